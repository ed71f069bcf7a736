//! A story that goes is told on proof alone, and one that comes back is told with what changed meanwhile.

use claimwatch::alert::render;
use serde_json::Value;

use crate::alerts::assert_promised;
use crate::support::hook::Hook;
use crate::support::newsroom::Newsroom;
use crate::support::site::Site;

const REST: &str = "Rain is expected to go on until the weekend, the weather service said.";
const END: &str = "Schools in the west of the island stay closed, the regional council decided.";

fn publish(site: &Site, houses: u32) {
    let lead = format!(
        "Rescuers have led people out of {houses} houses since Monday, the fire service said."
    );
    site.publish(
        "floods",
        "Floods cut off the island towns",
        &[&lead, REST, END],
    );
}

/// A desk that has seen the story once.
async fn desk(site: &Site, hook: &Hook) -> Newsroom {
    publish(site, 40);
    let desk = Newsroom::open(&format!(
        "notify:\n  api: {{webhook: {{url: '{}'}}}}\nproblems: {{after: 100}}\n\
         fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nwatches:\n  - {{name: floods, url: '{}'}}\n",
        hook.url(),
        site.url("floods")
    ))
    .await;
    desk.check("floods").await;
    desk
}

fn types(hook: &Hook) -> Vec<String> {
    let posts = hook.taken();
    posts
        .iter()
        .map(|post| post.body["type"].as_str().unwrap().to_owned())
        .collect()
}

fn summary(body: &Value) -> &str {
    body["data"]["summary"].as_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_story_that_comes_back_is_told_with_what_changed_meanwhile() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    let desk = desk(&site, &hook).await;
    site.set("floods", 404, "not here");
    for _ in 0..3 {
        desk.pass_minutes(30);
        desk.check("floods").await;
    }
    desk.deliver().await;

    publish(&site, 60);
    desk.round("floods").await;
    desk.round("floods").await;

    assert_eq!(
        types(&hook),
        ["claimwatch.story_removed", "claimwatch.story_restored"]
    );
    let body = &hook.taken()[1].body;
    assert_eq!(
        summary(body),
        "Story back after 1 h 10 min: Houses: 40 changed to 60 (+50%), said by fire service, in the story \
         \"Floods cut off the island towns\" (The Harbour Post)"
    );
    assert_eq!(body["data"]["changes"][0]["new"]["low"], 60);
    let alert = serde_json::from_value(body["data"].clone()).unwrap();
    assert_promised(&alert);
    let mail = render::terminal(&alert);
    assert!(
        mail.starts_with(
            "Subject: Back after 1 h 10 min: Houses 40 → 60 (+50%) – The Harbour Post: Floods cut…"
        ),
        "{mail}"
    );
    assert!(
        mail.contains("GONE      9 Mar 12:30 to 9 Mar 13:40 UTC"),
        "{mail}"
    );
    assert!(mail.contains("HOUSES: 40 -> 60  (+50%)"), "{mail}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_story_that_comes_back_as_it_was_is_told_as_unchanged() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    let desk = desk(&site, &hook).await;
    site.set("floods", 410, "gone");
    desk.round("floods").await;

    publish(&site, 40);
    desk.round("floods").await;
    desk.round("floods").await;

    assert_eq!(
        types(&hook),
        ["claimwatch.story_removed", "claimwatch.story_restored"]
    );
    let body = &hook.taken()[1].body;
    assert_eq!(
        summary(body),
        "Story back after 10 min, unchanged: \"Floods cut off the island towns\""
    );
    assert_promised(&serde_json::from_value(body["data"].clone()).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn walls_and_errors_and_short_absences_are_no_removal() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    let desk = desk(&site, &hook).await;
    let captcha =
        "<html><body><h1>Are you a robot?</h1><p>Please solve the captcha.</p></body></html>";

    // Twice not found over an hour, then a wall, an error, and twice not found again: never three in an hour of proof.
    for (status, body) in [
        (404, ""),
        (404, ""),
        (200, captcha),
        (503, ""),
        (200, ""),
        (403, ""),
        (500, ""),
    ] {
        site.set("floods", status, body);
        desk.pass_minutes(40);
        desk.check("floods").await;
    }
    publish(&site, 40);
    desk.round("floods").await;
    // Three in ten minutes are no proof either.
    for _ in 0..3 {
        site.set("floods", 404, "");
        desk.pass_minutes(5);
        desk.check("floods").await;
    }
    publish(&site, 40);
    desk.round("floods").await;

    assert_eq!(types(&hook), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_has_come_to_lead_to_the_front_page_is_gone_after_an_hour() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    let desk = desk(&site, &hook).await;
    let headlines = [
        "Council votes on the new bridge after a long night of talks and protest.",
        "Ferries run again from the northern harbour, the operator announced on Friday.",
        "Twelve schools open their doors to 400 people who had to leave their homes.",
    ];
    site.publish("", "The Harbour Post", &headlines);
    site.redirect("floods", "/");

    for _ in 0..4 {
        desk.pass_minutes(25);
        desk.check("floods").await;
    }
    desk.deliver().await;

    assert_eq!(types(&hook), ["claimwatch.story_removed"]);
    let cause = &hook.taken()[0].body["data"]["problem"]["cause"];
    assert_eq!(*cause, "the address leads to the front page");
}
