//! A changed configuration is tried on what is stored before it is used: what it would have told, and what not.

use claimwatch::check::replay::{Replay, replay};
use claimwatch::store::Target;
use jiff::{SignedDuration, Timestamp};

use crate::support::hook::Hook;
use crate::support::newsroom::Newsroom;
use crate::support::program::Program;
use crate::support::site::Site;

const REST: &str = "Rain is expected to go on until the weekend, the weather service said.";
const END: &str = "Schools in the west of the island stay closed, the regional council decided.";

fn config(site: &Site, hook: &Hook, notify: &str, claims: &str) -> String {
    format!(
        "notify:\n  api: {{webhook: {{url: '{}'{notify}}}}}\n{claims}defaults: {{timezone: UTC}}\n\
         fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nwatches:\n  - {{name: floods, url: '{}'}}\n",
        hook.url(),
        site.url("floods")
    )
}

/// A program whose store holds a figure that went through four values in half an hour, each step told.
async fn history(site: &Site, hook: &Hook) -> Program {
    let text = config(site, hook, "", "");
    let program = Program::new(&text);
    let desk = Newsroom::open(&text).await;
    for houses in [100, 103, 106, 150] {
        let lead = format!(
            "Rescuers have led people out of {houses} houses since Monday, the fire service said."
        );
        site.publish("floods", "Floods cut off the towns", &[&lead, REST, END]);
        desk.round("floods").await;
    }
    let store = program.path("claimwatch.db");
    desk.services.store.backup(&store).await.unwrap();
    program
}

async fn says(program: Program, arguments: &'static [&str]) -> (Program, String) {
    let task = tokio::task::spawn_blocking(move || {
        let said = program.says(arguments, 0);
        (program, said)
    });
    task.await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_threshold_is_tried_on_the_history_before_it_is_used() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    let program = history(&site, &hook).await;
    let before = hook.taken().len();
    let claims = "claims:\n  houses: {words: [houses], alert: {change: 5%}}\n";
    let digest = ", digest: {at: '17:00'}";
    std::fs::write(
        program.path("new.yaml"),
        config(&site, &hook, digest, claims),
    )
    .unwrap();

    let (program, same) = says(program, &["simulate"]).await;
    let (program, text) = says(program, &["simulate", "-c", "new.yaml"]).await;
    let (program, json) = says(program, &["simulate", "-c", "new.yaml", "--json"]).await;
    let late = &[
        "simulate",
        "-c",
        "new.yaml",
        "--since",
        "2026-03-09T12:35:00Z",
    ];
    let (program, late) = says(program, late).await;
    let (_, deliveries) = says(program, &["deliveries", "--held"]).await;

    assert!(
        same.ends_with("3 alerts of 3 changes; then 3 were told.\n"),
        "{same}"
    );
    assert_eq!(
        text,
        "\
2026-03-09 12:30  floods  Houses 103 → 106 (+2.9%) – The Harbour Post: Floods cut off the towns
  to api (digest of 2026-03-09 17:00); told then as well
  claim houses: moved 6% (limit 5%)
2026-03-09 12:40  floods  Houses 106 → 150 (+42%) – The Harbour Post: Floods cut off the towns
  to api (digest of 2026-03-09 17:00); told then as well
  claim houses: moved 42% (limit 5%)
Told then, and not by these rules:
2026-03-09 12:20  floods  HIGH figure_changed: \"100\" -> \"103\" (+3%), par. 1
  claim houses: moved 3%, within its limits
2 alerts of 2 changes; then 3 were told.
"
    );
    let lines: Vec<serde_json::Value> = json
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[1]["to"][0]["held"]["why"], "digest");
    assert_eq!(lines[1]["changes"][0]["claim"], "houses");
    assert_eq!(lines[2]["told"], false);
    assert_eq!(
        lines[2]["reason"],
        "claim houses: moved 3%, within its limits"
    );
    assert!(
        late.ends_with("1 alert of 1 change; then 1 was told.\n"),
        "{late}"
    );
    assert_eq!(hook.taken().len(), before, "nothing was sent");
    assert_eq!(deliveries, "No deliveries.\n", "nothing was stored");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_much_for_an_hour_is_shown_as_a_summary() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    let program = history(&site, &hook).await;
    let limit = ", max_per_hour: 2";
    std::fs::write(program.path("new.yaml"), config(&site, &hook, limit, "")).unwrap();

    let (_, text) = says(program, &["simulate", "-c", "new.yaml"]).await;

    let to: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("  to "))
        .collect();
    assert_eq!(
        to,
        [
            "  to api; told then as well",
            "  to api; told then as well",
            "  to api (in a summary at 2026-03-09 13:20); told then as well"
        ]
    );
}

fn publish(site: &Site, page: &str, houses: u32) {
    let lead = format!(
        "Rescuers have led people out of {houses} houses since Monday, the fire service said."
    );
    site.publish(page, "Floods cut off the towns", &[&lead, REST, END]);
}

async fn replayed(desk: &Newsroom) -> Replay {
    replay(&desk.services, Timestamp::MIN).await.unwrap()
}

/// The kind of each alert, and until when it would have been held.
fn told(replay: &Replay) -> Vec<(String, Option<String>)> {
    let alerts = replay.alerts.iter();
    alerts
        .map(|replayed| {
            let hold = replayed.to[0].hold.map(|hold| hold.until.to_string());
            (replayed.alert.kind.clone(), hold)
        })
        .collect()
}

fn at_once(kinds: &[&str]) -> Vec<(String, Option<String>)> {
    kinds
        .iter()
        .map(|kind| ((*kind).to_owned(), None))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_muted_stays_muted() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, "floods", 100);
    let desk = Newsroom::open(&config(&site, &hook, "", "")).await;
    desk.check("floods").await;
    let store = &desk.services.store;
    let story = store.find_story("floods").await.unwrap().unwrap();
    let muted = Target::Story(story);
    let day = SignedDuration::from_hours(24);

    publish(&site, "floods", 120);
    desk.round("floods").await;
    store
        .mute(muted.clone(), desk.now(), desk.now() + day)
        .await
        .unwrap();
    publish(&site, "floods", 140);
    desk.round("floods").await;
    let while_muted = replayed(&desk).await;
    // Ended by hand, the mute is known from what was recorded of the change alone.
    store.unmute(muted, desk.now()).await.unwrap();
    publish(&site, "floods", 160);
    desk.round("floods").await;
    let after = replayed(&desk).await;

    assert_eq!(told(&while_muted), at_once(&["figure_changed"]));
    assert_eq!(told(&after), at_once(&["figure_changed", "figure_changed"]));
    assert_eq!((after.told, after.told_then), (2, 2));
    assert_eq!(after.silenced, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_story_that_was_gone_and_came_back_is_replayed_as_that() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, "floods", 100);
    let desk = Newsroom::open(&config(&site, &hook, "", "")).await;
    desk.check("floods").await;
    for houses in [100, 150] {
        site.set("floods", 410, "gone");
        desk.round("floods").await;
        publish(&site, "floods", houses);
        desk.round("floods").await;
    }

    let replay = replayed(&desk).await;

    let kinds = [
        "story_removed",
        "story_restored",
        "story_removed",
        "story_restored",
    ];
    assert_eq!(told(&replay), at_once(&kinds));
    let changes: Vec<usize> = replay
        .alerts
        .iter()
        .map(|replayed| replayed.alert.changes.len())
        .collect();
    assert_eq!(changes, [0, 0, 0, 1]);
    assert!(replay.alerts.iter().all(|replayed| replayed.told_then));
    assert_eq!(hook.taken().len(), 4, "nothing was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_on_stories_that_differ_is_tried_on_what_they_said() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    let watches = |claims: &str| {
        config(&site, &hook, "", claims)
            + &format!("  - {{name: island, url: '{}'}}\n", site.url("island"))
    };
    for page in ["floods", "island"] {
        publish(&site, page, 100);
    }
    let mut desk = Newsroom::open(&watches("")).await;
    desk.check("floods").await;
    desk.check("island").await;
    // They differ for an hour, agree, and differ for good.
    for (page, houses, hours) in [
        ("floods", 150, 1),
        ("island", 151, 5),
        ("island", 200, 1),
        ("island", 220, 30),
    ] {
        publish(&site, page, houses);
        desk.round(page).await;
        desk.pass(SignedDuration::from_hours(hours));
    }
    let rule = "claims:\n  houses: {words: [houses], disagree: {by: 10%, for: 3h}}\n";
    desk = desk.restart_with(&watches(rule)).await;

    let replay = replayed(&desk).await;

    let differing: Vec<_> = replay
        .alerts
        .iter()
        .filter(|replayed| replayed.alert.kind == "claim_disagreement")
        .collect();
    assert_eq!(differing.len(), 1);
    let alert = &differing[0].alert;
    let about = alert.disagreement.as_ref().unwrap();
    assert_eq!(
        alert.at.duration_since(about.since),
        SignedDuration::from_hours(3)
    );
    assert_eq!(about.values[0].value.text, "220");
    assert!(!differing[0].told_then);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_severe_takes_along_what_quiet_hours_would_hold_of_its_story() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, "floods", 100);
    let text = config(&site, &hook, "", "");
    let mut desk = Newsroom::open_at(&text, "2026-03-09T23:00:00Z").await;
    desk.check("floods").await;
    publish(&site, "floods", 110);
    desk.round("floods").await;
    site.set("floods", 410, "gone");
    desk.round("floods").await;
    let quiet = "quiet: {from: '22:00', to: '07:00', hold_below: critical}\n";
    desk = desk.restart_with(&(text + quiet)).await;

    let replay = replayed(&desk).await;

    let gone = ("story_removed".to_owned(), None);
    let held = Some("2026-03-09T23:20:00Z".to_owned());
    assert_eq!(told(&replay), [("figure_changed".to_owned(), held), gone]);
}
