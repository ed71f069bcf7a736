//! What somebody asked to keep quiet about is not told, says so, and is told again afterwards.

use claimwatch::check::Outcome;
use claimwatch::store::Target;
use jiff::SignedDuration;

use crate::support::hook::Hook;
use crate::support::newsroom::Newsroom;
use crate::support::program::Program;
use crate::support::site::Site;

const REST: &str = "Rain is expected to go on until the weekend, the weather service said.";
const END: &str = "Schools in the west of the island stay closed, the regional council decided.";

fn publish(site: &Site, houses: u32, ferries: u32) {
    let lead = format!(
        "Rescuers have led people out of {houses} houses since Monday, the fire service said."
    );
    let boats = format!("Navy divers have brought {ferries} ferries back into the harbour.");
    site.publish(
        "floods",
        "Floods cut off the towns",
        &[&lead, &boats, REST, END],
    );
}

fn config(site: &Site, hook: &Hook) -> String {
    format!(
        "notify:\n  api: {{webhook: {{url: '{}'}}}}\n\
         claims:\n  houses: {{words: [houses], alert: {{change: 20%}}}}\n\
         fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nwatches:\n  - {{name: floods, url: '{}'}}\n",
        hook.url(),
        site.url("floods")
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_muted_story_is_told_of_again_when_its_time_is_over() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 40, 3);
    let desk = Newsroom::open(&config(&site, &hook)).await;
    desk.check("floods").await;
    let store = &desk.services.store;
    let story = store.find_story("floods").await.unwrap().unwrap();
    let week = desk.now() + SignedDuration::from_hours(7 * 24);
    let target = Target::Story(story);
    store.mute(target, desk.now(), week).await.unwrap();

    publish(&site, 60, 5);
    let muted = desk.round("floods").await;
    let reasons = desk.reasons("floods").await;
    desk.pass(SignedDuration::from_hours(7 * 24));
    publish(&site, 60, 4);
    desk.round("floods").await;

    assert!(
        matches!(muted, Outcome::Changed { alert: None, .. }),
        "{muted:?}"
    );
    assert!(
        reasons
            .iter()
            .all(|reason| reason == "not told: the story is muted until 16 Mar 2026 12:00 UTC"),
        "{reasons:?}"
    );
    let posts = hook.taken();
    assert_eq!(posts.len(), 1, "{posts:#?}");
    assert_eq!(posts[0].body["data"]["changes"][0]["noun"], "ferries");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_muted_claim_silences_its_figure_alone_and_keeps_the_value_last_told() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 40, 3);
    let desk = Newsroom::open(&config(&site, &hook)).await;
    desk.check("floods").await;
    let store = &desk.services.store;
    let target = || Target::Claim("houses".to_owned());
    let day = desk.now() + SignedDuration::from_hours(24);
    store.mute(target(), desk.now(), day).await.unwrap();

    publish(&site, 50, 5);
    desk.round("floods").await;
    assert!(store.unmute(target(), desk.now()).await.unwrap());
    publish(&site, 52, 5);
    desk.round("floods").await;

    let posts = hook.taken();
    assert_eq!(posts.len(), 2, "{posts:#?}");
    assert_eq!(posts[0].body["data"]["changes"][0]["noun"], "ferries");
    assert_eq!(
        posts[0].body["data"]["changes"].as_array().unwrap().len(),
        1
    );
    // 50 to 52 is little; what the desk was told last is 40.
    let reason = &posts[1].body["data"]["watch"]["reason"];
    assert_eq!(*reason, "claim houses: moved 30% (limit 20%)");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_muted_story_that_goes_is_not_told_of() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 40, 3);
    let desk = Newsroom::open(&config(&site, &hook)).await;
    desk.check("floods").await;
    let store = &desk.services.store;
    let story = store.find_story("floods").await.unwrap().unwrap();
    let week = desk.now() + SignedDuration::from_hours(7 * 24);
    store
        .mute(Target::Story(story), desk.now(), week)
        .await
        .unwrap();

    site.set("floods", 410, "gone");
    desk.round("floods").await;

    assert_eq!(hook.taken(), []);
    assert!(store.status().await.unwrap()[0].removed.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_mutes_lists_shows_and_ends() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 40, 3);
    let program = Program::new(&config(&site, &hook));
    let said = tokio::task::spawn_blocking(move || {
        program.says(&["check"], 0);
        let story = program.says(&["mute", "floods", "--for", "7d"], 0);
        let claim = program.says(&["mute", "houses", "--for", "12h"], 0);
        let listed = program.says(&["mute"], 0);
        let status = program.says(&["status"], 0);
        let off = program.says(&["mute", "floods", "--off"], 0);
        let json = program.says(&["mute", "--json"], 0);
        let unknown = program.run(&["mute", "flods", "--for", "7d"]);
        let unsaid = program.run(&["mute", "floods"]);
        let wrong = [unknown, unsaid].map(|output| String::from_utf8(output.stderr).unwrap());
        [story, claim, listed, status, off, json, wrong.concat()]
    });

    let [story, claim, listed, status, off, json, wrong] = said.await.unwrap();

    assert!(story.starts_with("story s") && story.contains(" is muted until "));
    assert!(claim.starts_with("claim houses is muted until "));
    assert_eq!(listed.lines().count(), 2, "{listed}");
    assert!(status.contains("ok; muted until "), "{status}");
    assert!(status.contains("Claim houses is muted until "), "{status}");
    assert!(off.ends_with(" is told of again\n"), "{off}");
    assert!(json.contains("\"claim\":\"houses\"") && json.lines().count() == 1);
    assert!(wrong.contains("no story, watch or claim is called `flods`"));
    assert!(
        wrong.contains("hint: write for example --for 7d"),
        "{wrong}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_has_a_line_with_the_reason_for_whatever_is_not_told() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 40, 3);
    let program = Program::new(&config(&site, &hook));
    let program = tokio::task::spawn_blocking(move || {
        program.says(&["check"], 0);
        program
    });
    let program = program.await.unwrap();
    publish(&site, 44, 3);

    let output = tokio::task::spawn_blocking(move || program.run(&["check", "-v"]));
    let log = String::from_utf8(output.await.unwrap().stderr).unwrap();

    let line = log.lines().find(|line| line.contains("not told"));
    let line = line.unwrap_or_else(|| panic!("{log}"));
    for field in [
        "watch=floods",
        "story=s",
        "kind=\"figure_changed\"",
        "reason=claim houses: moved 10%, within its limits",
    ] {
        assert!(line.contains(field), "{line}");
    }
}
