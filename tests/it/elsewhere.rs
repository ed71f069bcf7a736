//! One claim in several stories: what the others say stands beside a change, and a difference that lasts is told once.

use claimwatch::alert::{Alert, render};
use claimwatch::store::Target;
use jiff::SignedDuration;

use crate::alerts::assert_promised;
use crate::support::hook::Hook;
use crate::support::newsroom::Newsroom;
use crate::support::site::{Site, story_page};

const REST: &str = "Rain is expected to go on until the weekend, the weather service said.";
const END: &str = "Schools in the west of the island stay closed, the regional council decided.";

/// A story of `outlet` that counts this many houses without power.
fn publish(site: &Site, page: &str, outlet: &str, houses: &str) {
    let lead = format!("The flood has left {houses} houses without power, the grid operator said.");
    let html = story_page("Floods cut off the island towns", &[&lead, REST, END]);
    site.set(page, 200, &html.replace("The Harbour Post", outlet));
}

fn config(site: &Site, hook: &Hook, claim: &str) -> String {
    let watch = |page: &str| format!("  - {{name: {page}, url: '{}'}}\n", site.url(page));
    format!(
        "notify:\n  api: {{webhook: {{url: '{}'}}}}\nclaims:\n  outage: {{words: [houses]{claim}}}\n\
         fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nwatches:\n{}{}{}",
        hook.url(),
        watch("gazette"),
        watch("herald"),
        watch("mercury")
    )
}

/// A desk that has seen all three stories.
async fn desk(site: &Site, hook: &Hook, claim: &str, houses: [&str; 3]) -> Newsroom {
    let outlets = [
        ("gazette", "Gazette"),
        ("herald", "Herald"),
        ("mercury", "Mercury"),
    ];
    for ((page, outlet), houses) in outlets.into_iter().zip(houses) {
        publish(site, page, outlet, houses);
    }
    let desk = Newsroom::open(&config(site, hook, claim)).await;
    for (page, _) in outlets {
        desk.check(page).await;
        desk.pass_minutes(1);
    }
    desk
}

fn alerts(hook: &Hook) -> Vec<Alert> {
    let posts = hook.taken();
    posts
        .iter()
        .map(|post| serde_json::from_value(post.body["data"].clone()).unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_a_followed_figure_shows_what_other_stories_say() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    let houses = ["2,000", "more than 2,400", "2,300"];
    let desk = desk(&site, &hook, ", alert: {change: 5%}", houses).await;

    publish(&site, "gazette", "Gazette", "2,500");
    desk.round("gazette").await;

    let alert = alerts(&hook).remove(0);
    assert_promised(&alert);
    let elsewhere = &alert.changes[0].elsewhere;
    let said: Vec<_> = elsewhere
        .iter()
        .map(|other| {
            (
                other.outlet.as_str(),
                other.text.as_str(),
                other.agrees,
                other.percent,
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            ("Herald", "2,400", true, Some(-4.0)),
            ("Mercury", "2,300", false, Some(-8.0))
        ]
    );
    let text = render::text::text(&alert);
    assert!(
        text.contains(
            "ELSEWHERE (SAME CLAIM, YOUR OTHER WATCHES)\n\
             \x20 Herald   more than 2,400   9 Mar 12:01   agrees\n\
             \x20 Mercury  2,300             9 Mar 12:02   8% lower\n"
        ),
        "{text}"
    );
    assert!(render::html::html(&alert).contains("8% lower"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_that_is_new_in_the_configuration_knows_the_stories_that_did_not_change() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    let desk = desk(
        &site,
        &hook,
        ", not_near: [power]",
        ["2,000", "2,400", "2,300"],
    )
    .await;
    let desk = desk.restart_with(&config(&site, &hook, "")).await;

    publish(&site, "gazette", "Gazette", "2,500");
    desk.round("gazette").await;

    assert_eq!(alerts(&hook)[0].changes[0].elsewhere.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn outlets_that_differ_for_long_enough_are_told_once_and_again_after_they_agreed() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    let rule = ", alert: {kinds: [quote_changed]}, disagree: {by: 10%, for: 2h}";
    let mut desk = desk(&site, &hook, rule, ["2,000", "2,000", "2,050"]).await;
    publish(&site, "herald", "Herald", "2,500");
    desk.round("herald").await;
    desk.pass(SignedDuration::from_mins(119));
    desk.deliver().await;
    assert!(alerts(&hook).is_empty(), "not for two hours yet");
    desk = desk.restart().await;

    desk.pass_minutes(1);
    desk.deliver().await;
    desk.pass(SignedDuration::from_hours(5));
    desk.deliver().await;
    publish(&site, "herald", "Herald", "2,600");
    desk.round("herald").await;
    desk.pass(SignedDuration::from_hours(5));
    desk.deliver().await;

    let first = alerts(&hook);
    assert_eq!(first.len(), 1, "{first:#?}");
    assert_promised(&first[0]);
    assert_eq!(
        render::subject::subject(&first[0], render::SubjectStyle::Change),
        "Outlets differ on outage: 2,500 (Herald) – 2,000 (Gazette) for 2 h"
    );
    let text = render::text::text(&first[0]);
    assert!(
        text.contains(
            "\x20 Herald   2,500   9 Mar 12:13   +25%\n\
             \x20 Mercury  2,050   9 Mar 12:02   +2.5%\n\
             \x20 Gazette  2,000   9 Mar 12:00\n"
        ),
        "{text}"
    );

    let chat = render::chat::fitted(&first[0], render::chat::plain, |text| text.len() < 1_000);
    assert!(
        chat.contains("Herald: 2,500 (since 9 Mar 12:13 UTC)"),
        "{chat}"
    );

    // They agree, and then differ again.
    publish(&site, "herald", "Herald", "2,000");
    desk.round("herald").await;
    publish(&site, "gazette", "Gazette", "3,000");
    desk.round("gazette").await;
    desk.pass(SignedDuration::from_hours(2));
    desk.deliver().await;
    assert_eq!(alerts(&hook).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_difference_that_passes_or_is_small_is_not_told() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    let rule = ", alert: {kinds: [quote_changed]}, disagree: {by: 10%, for: 2h}";
    let desk = desk(&site, &hook, rule, ["2,000", "2,000", "2,150"]).await;
    publish(&site, "herald", "Herald", "2,500");
    desk.round("herald").await;
    desk.pass(SignedDuration::from_mins(90));
    // A bound that holds the others' value does not disagree with them.
    publish(&site, "herald", "Herald", "at least 1,500");
    desk.round("herald").await;

    desk.pass(SignedDuration::from_hours(8));
    desk.deliver().await;

    assert!(alerts(&hook).is_empty(), "{:#?}", alerts(&hook));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_muted_claim_does_not_tell_that_outlets_differ() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    let rule = ", alert: {kinds: [quote_changed]}, disagree: {by: 10%, for: 0s}";
    let desk = desk(&site, &hook, rule, ["2,000", "2,000", "2,000"]).await;
    let claim = Target::Claim("outage".to_owned());
    let week = desk.now() + SignedDuration::from_hours(7 * 24);
    let store = &desk.services.store;
    store.mute(claim, desk.now(), week).await.unwrap();

    publish(&site, "herald", "Herald", "2,500");
    desk.round("herald").await;
    desk.deliver().await;

    assert!(alerts(&hook).is_empty());
}
