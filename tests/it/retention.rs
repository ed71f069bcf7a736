//! The past in bounds: what `keep` lets go, and what it never does.

use crate::support::program::Program;
use crate::support::site::Site;

const REST: [&str; 2] = [
    "Rain is expected to go on until the weekend, the weather service said.",
    "Schools in the west of the island stay closed, the regional council decided.",
];

fn config(site: &Site, keep: &str) -> String {
    format!(
        "defaults: {{every: 1h}}\nfetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\n{keep}\
         watches:\n  - {{name: floods, url: '{}'}}\n",
        site.url("floods")
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_lets_old_pages_go_and_keeps_the_evidence_of_alerts() {
    let site = Site::start().await;
    let program = Program::new(&config(&site, ""));
    // The third version changes a figure; the others only add what nobody is told of.
    for (houses, more) in [(40, 0), (40, 1), (60, 1), (60, 2), (60, 3), (60, 4)] {
        let lead = format!("Rescuers led people out of {houses} houses, the fire service said.");
        let added = [
            "The ferry to the mainland sails again.",
            "The library lends pumps to its neighbours.",
            "A choir sang in the market hall.",
            "The mill by the bridge is dry.",
        ];
        let paragraphs: Vec<&str> = [lead.as_str()].into_iter().chain(REST).collect();
        let paragraphs: Vec<&str> = paragraphs
            .into_iter()
            .chain(added[..more].iter().copied())
            .collect();
        site.publish("floods", "Floods cut off towns", &paragraphs);
        program.run(&["check"]);
    }
    assert!(
        !program
            .says(&["history", "floods"], 0)
            .contains("no longer kept")
    );

    program.configure(&config(&site, "keep: {versions: 1}\n"));
    let mut daemon = program.start();
    daemon
        .until(async {
            while !program.log().contains("old pages were let go") {
                tokio::task::yield_now().await;
            }
        })
        .await;
    daemon.signal("TERM");
    assert_eq!(daemon.ended().await, Some(0));

    let history = program.says(&["history", "floods"], 0);
    let gone: Vec<&str> = history
        .lines()
        .filter(|line| line.contains("no longer kept"))
        .filter_map(|line| line.split_whitespace().nth(1))
        .collect();
    // The first and the last stay, and the second and third, between which an alert was sent.
    assert_eq!(gone, ["4", "5"], "{history}");
    assert!(
        history.contains("40") && history.contains("60"),
        "{history}"
    );
    let refused = program.run(&["diff", "floods", "3", "4"]);
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        why.contains("`keep` in the configuration has let it go"),
        "{why}"
    );
    program.says(&["diff", "floods", "2", "3"], 1);
    program.says(&["export", "floods", "--to", "evidence"], 0);
    assert!(program.path("evidence/0003").exists() && !program.path("evidence/0004").exists());
}
