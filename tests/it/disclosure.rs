//! Every alert about changes says whether the publisher told its readers of the edit.

use crate::support::hook::Hook;
use crate::support::newsroom::Newsroom;
use crate::support::site::{Site, story_page};

const REST: &str = "Rain is expected to go on until the weekend, the weather service said.";
const END: &str = "Schools in the west of the island stay closed, the regional council decided.";

/// The story with this many houses, an update time where there is one, and a paragraph at its end.
fn publish(site: &Site, houses: u32, modified: &str, end: &str) {
    let lead = format!(
        "Rescuers have led people out of {houses} houses since Monday, the fire service said."
    );
    let page = story_page("Floods cut off the island towns", &[&lead, REST, END, end]);
    let time = format!("<meta property=\"article:modified_time\" content=\"{modified}\"></head>");
    let page = match modified {
        "" => page,
        _ => page.replacen("</head>", &time, 1),
    };
    site.set("floods", 200, &page);
}

/// What an alert says of an edit after which the page has this update time and end.
async fn disclosure(modified: &str, end: &str) -> (String, Option<String>, String) {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 40, "2026-03-09T10:00:00Z", "");
    let desk = Newsroom::open(&format!(
        "notify:\n  api: {{webhook: {{url: '{}'}}}}\n\
         fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nwatches:\n  - {{name: floods, url: '{}'}}\n",
        hook.url(),
        site.url("floods")
    ))
    .await;
    desk.check("floods").await;
    publish(&site, 60, modified, end);
    desk.round("floods").await;
    let alert: claimwatch::alert::Alert =
        serde_json::from_value(hook.taken().remove(0).body["data"].clone()).unwrap();
    let text = claimwatch::alert::render::text::text(&alert);
    let line = text.lines().find(|line| line.starts_with("DISCLOSED?"));
    let line = line.unwrap().to_owned();
    (alert.disclosure.state, alert.disclosure.note, line)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_without_a_note_or_a_new_time_is_silent() {
    let (state, note, line) = disclosure("2026-03-09T10:00:00Z", "").await;

    assert_eq!((state.as_str(), note), ("none", None));
    assert_eq!(
        line,
        "DISCLOSED?    no correction note, no new update time in the story"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_update_time_is_less_than_a_note() {
    let (state, note, line) = disclosure("2026-03-09T12:05:00Z", "").await;

    assert_eq!((state.as_str(), note), ("modified_time", None));
    assert_eq!(
        line,
        "DISCLOSED?    no correction note; the story has a new update time"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_note_is_quoted() {
    let text = "Correction: An earlier version of this story gave a wrong number of houses.";
    let (state, note, line) = disclosure("2026-03-09T12:05:00Z", text).await;

    assert_eq!(state, "note");
    assert!(note.unwrap().contains("gave a wrong number of houses"));
    assert!(
        line.starts_with("DISCLOSED?    yes, by a note: \"Correction: An"),
        "{line}"
    );
}
