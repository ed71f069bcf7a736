//! The service: signals, reload, restart, one instance on one state.

use crate::support::hook::Hook;
use crate::support::program::Program;
use crate::support::site::Site;

const HEADLINE: &str = "Floods cut off the island towns";
const REST: [&str; 3] = [
    "Rain is expected to go on until the weekend, the weather service said.",
    "Schools in the west of the island stay closed, the regional council decided.",
    "Ferries to the mainland leave again from the northern harbour.",
];

fn publish(site: &Site, houses: u32) {
    let lead = format!(
        "Rescuers have led people out of {houses} houses since Monday, the fire service said."
    );
    site.publish("floods", HEADLINE, &[&lead, REST[0], REST[1], REST[2]]);
}

fn config(site: &Site, hook: &Hook) -> String {
    format!(
        "notify:\n  api: {{webhook: {{url: '{}'}}}}\ndefaults: {{every: 1s, decay: 0%, notify: [api]}}\n\
         fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nwatches:\n  - {{name: floods, url: '{}'}}\n",
        hook.url(),
        site.url("floods")
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_delivered_and_sigterm_ends_well() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 40);
    let program = Program::new(&config(&site, &hook));
    let mut daemon = program.start();
    daemon.until(site.visited(2)).await;
    publish(&site, 60);

    let posts = daemon.until(hook.has_taken(1)).await;
    daemon.signal("TERM");

    assert_eq!(daemon.ended().await, Some(0), "{}", program.log());
    let data = &posts[0].body["data"];
    assert_eq!(data["kind"], "figure_changed");
    assert_eq!(
        (
            &data["changes"][0]["old"]["low"],
            &data["changes"][0]["new"]["low"]
        ),
        (&40.into(), &60.into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_neither_forgets_nor_repeats() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 40);
    let program = Program::new(&config(&site, &hook));
    let mut daemon = program.start();
    daemon.until(site.visited(2)).await;
    publish(&site, 60);
    daemon.until(hook.has_taken(1)).await;
    daemon.signal("TERM");
    daemon.ended().await;
    publish(&site, 75);

    let mut again = program.start();
    let posts = again.until(hook.has_taken(2)).await;

    assert_eq!(posts.len(), 2, "{}", program.log());
    assert_eq!(posts[1].body["data"]["changes"][0]["old"]["low"], 60);
    assert_ne!(posts[0].id, posts[1].id);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_delivery_comes_again_with_the_same_identifier_and_body() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 40);
    let program = Program::new(&config(&site, &hook));
    let mut daemon = program.start();
    daemon.until(site.visited(2)).await;
    hook.refuse_next(503);
    publish(&site, 60);

    daemon.until(hook.was_tried(1)).await;
    let waiting = tokio::task::block_in_place(|| program.says(&["deliveries", "--json"], 0));
    let posts = daemon.until(hook.has_taken(1)).await;

    let row: serde_json::Value = serde_json::from_str(waiting.lines().next().unwrap()).unwrap();
    assert_eq!(
        posts[0].id,
        format!("msg_{}", row["alert"].as_str().unwrap())
    );
    assert_eq!(posts[0].body["data"]["alert_id"], row["alert"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_is_gone_is_switched_off_and_another_one_is_told() {
    let (site, hook, ops) = (
        Site::start().await,
        Hook::start().await,
        Hook::start().await,
    );
    publish(&site, 40);
    let with_ops = format!(
        "notify:\n  ops: {{webhook: {{url: '{}'}}, for: [problems]}}\n",
        ops.url()
    );
    let program = Program::new(&config(&site, &hook).replacen("notify:\n", &with_ops, 1));
    let mut daemon = program.start();
    daemon.until(site.visited(2)).await;
    hook.refuse_next(410);
    publish(&site, 60);

    let told = daemon.until(ops.has_taken(1)).await;
    let parked =
        tokio::task::block_in_place(|| program.says(&["deliveries", "--failed", "--json"], 0));
    let row: serde_json::Value = serde_json::from_str(parked.lines().next().unwrap()).unwrap();
    let alert = row["alert"].as_str().unwrap();
    tokio::task::block_in_place(|| program.says(&["resend", alert], 0));
    let posts = daemon.until(hook.has_taken(1)).await;

    assert_eq!(told[0].body["type"], "claimwatch.delivery_failed");
    assert!(
        told[0].body["data"]["summary"]
            .as_str()
            .unwrap()
            .contains(alert)
    );
    assert_eq!(posts[0].id, format!("msg_{alert}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_daemon_on_the_same_state_is_refused() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 40);
    let program = Program::new(&config(&site, &hook));
    let mut first = program.start();
    first.until(site.visited(1)).await;

    let output = tokio::task::block_in_place(|| program.run(&["run"]));

    assert_eq!(output.status.code(), Some(2));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("another claimwatch is running"), "{errors}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reload_takes_up_a_new_watch_and_a_bad_one_changes_nothing() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 40);
    site.publish("second", "Another story of the day", &REST);
    let program = Program::new(&config(&site, &hook));
    let mut daemon = program.start();
    daemon.until(site.visited(1)).await;

    program.configure("watches:\n  - {naem: floods}\n");
    daemon.signal("HUP");
    daemon.until(site.visited(site.visits().len() + 2)).await;
    let good =
        config(&site, &hook) + &format!("  - {{name: second, url: '{}'}}\n", site.url("second"));
    program.configure(&good);
    daemon.signal("HUP");
    daemon.until(site.visited_page("second")).await;

    assert!(
        program.log().contains("the old one goes on"),
        "{}",
        program.log()
    );
    daemon.signal("TERM");
    assert_eq!(daemon.ended().await, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watch_in_trouble_is_told_once_and_its_recovery_too() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 40);
    let program = Program::new(&(config(&site, &hook) + "problems: {after: 2, remind: 24h}\n"));
    let mut daemon = program.start();
    daemon.until(site.visited(2)).await;

    site.set("floods", 500, "down");
    let posts = daemon.until(hook.has_taken(1)).await;
    daemon.until(site.visited(site.visits().len() + 2)).await;
    publish(&site, 40);
    let posts_after = daemon.until(hook.has_taken(2)).await;

    assert_eq!(posts[0].body["type"], "claimwatch.watch_failing");
    assert_eq!(posts_after[1].body["type"], "claimwatch.watch_recovered");
    assert_eq!(posts_after.len(), 2);
}
