//! A page that goes back and forth does not flood anybody.

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

fn config(site: &Site, hook: &Hook) -> String {
    format!(
        "notify:\n  api: {{webhook: {{url: '{}'}}}}\n\
         fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nwatches:\n  - {{name: floods, url: '{}'}}\n",
        hook.url(),
        site.url("floods")
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_fetches_of_a_page_that_goes_back_and_forth_are_three_alerts() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 40);
    let mut desk = Newsroom::open(&config(&site, &hook)).await;
    desk.check("floods").await;

    for fetch in 1..200 {
        publish(&site, if fetch % 2 == 0 { 40 } else { 60 });
        desk.round("floods").await;
        if fetch == 100 {
            desk = desk.restart().await;
        }
    }

    let posts = hook.taken();
    assert_eq!(posts.len(), 3, "{posts:#?}");
    let last = &posts[2].body["data"];
    let summary = last["summary"].as_str().unwrap();
    assert!(
        summary.starts_with("Houses: alternates between 40 and 60"),
        "{summary}"
    );
    assert_eq!(last["changes"][0]["alternates"], true);
    assert_eq!(
        desk.reasons("floods").await,
        [
            "not told: it alternates between two values, which was told; quiet until another value comes"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_third_value_is_told_at_once() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 40);
    let desk = Newsroom::open(&config(&site, &hook)).await;
    desk.check("floods").await;

    for houses in [60, 40, 60, 40, 75] {
        publish(&site, houses);
        desk.round("floods").await;
    }

    let posts = hook.taken();
    assert_eq!(posts.len(), 4, "{posts:#?}");
    let change = &posts[3].body["data"]["changes"][0];
    assert_eq!(
        (&change["old"]["low"], &change["new"]["low"]),
        (&40.into(), &75.into())
    );
    assert_eq!(change["alternates"], serde_json::Value::Null);
}
