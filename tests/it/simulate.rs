//! A changed configuration is tried on what is stored before it is used: what it would have told, and what not.

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
