//! Killed between any two steps of a check or a delivery: nothing is lost, nothing becomes two.

use crate::support::hook::Hook;
use crate::support::program::Program;
use crate::support::site::Site;

/// Where the debug build can be told to die.
const STEPS: [&str; 5] = ["fetched", "compared", "recorded", "leased", "sent"];

fn publish(site: &Site, houses: u32) {
    let lead = format!(
        "Rescuers have led people out of {houses} houses since Monday, the fire service said."
    );
    let rest = "Rain is expected to go on until the weekend, the weather service said.";
    let end = "Schools in the west of the island stay closed, the regional council decided.";
    site.publish(
        "floods",
        "Floods cut off the island towns",
        &[&lead, rest, end],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_after_any_step_loses_nothing_and_makes_no_twin() {
    for step in STEPS {
        let (site, hook) = (Site::start().await, Hook::start().await);
        publish(&site, 40);
        let program = Program::new(&format!(
            "notify:\n  api: {{webhook: {{url: '{}'}}}}\ndefaults: {{every: 1s, decay: 0%, notify: [api]}}\n\
             fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nwatches:\n  - {{name: floods, url: '{}'}}\n",
            hook.url(),
            site.url("floods")
        ));
        tokio::task::block_in_place(|| program.says(&["check"], 0));
        publish(&site, 60);

        let died = program
            .start_with(&[("CLAIMWATCH_CRASH_AT", step)])
            .ended()
            .await;
        let mut again = program.start();
        let posts = again.until(hook.has_taken(1)).await;
        let end = tokio::task::block_in_place(|| settled(&program));

        assert_eq!(died, None, "{step}: {}", program.log());
        let ids: std::collections::BTreeSet<&str> =
            posts.iter().map(|post| post.id.as_str()).collect();
        assert_eq!(ids.len(), 1, "{step}");
        assert!(
            posts
                .iter()
                .all(|post| post.body["data"] == posts[0].body["data"]),
            "{step}"
        );
        assert_eq!(end.len(), 1, "{step}: one alert, one delivery");
    }
}

/// The deliveries once none waits any more.
fn settled(program: &Program) -> Vec<serde_json::Value> {
    loop {
        let rows: Vec<serde_json::Value> = program
            .says(&["deliveries", "--json"], 0)
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        if !rows.is_empty() && rows.iter().all(|row| row["state"] == "sent") {
            return rows;
        }
    }
}
