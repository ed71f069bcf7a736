//! The configuration is read again and again while stories change and receivers are slow: nothing is lost, nothing comes
//! twice, and what was not changed keeps its state and its times.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::Value;

use crate::support::hook::Hook;
use crate::support::program::{Daemon, Program};
use crate::support::site::{Site, Visit};
use crate::support::smtp::{Mode, Server};

/// How often the configuration is read again.
const RELOADS: usize = 100;

/// Stories that change all the time.
const LIVELY: [&str; 4] = ["floods", "harbour", "railway", "clinic"];

/// Stories that nobody looks at again within the test.
const STEADY: [&str; 3] = ["library", "museum", "theatre"];

/// How long the receivers take to answer: longer than from one reload to the next.
const SLOW: Duration = Duration::from_millis(400);

fn publish(site: &Site, page: &str, houses: usize) {
    let lead = format!(
        "Rescuers have led people out of {houses} houses since Monday, the fire service said."
    );
    let rest = [
        "Rain is expected to go on until the weekend, the weather service said.",
        "Schools in the west of the island stay closed, the regional council decided.",
        "Ferries to the mainland leave again from the northern harbour.",
    ];
    let headline = format!("Floods cut off the island towns near the {page}");
    site.publish(page, &headline, &[&lead, rest[0], rest[1], rest[2]]);
}

/// The configuration of a round: the lively and the steady watches are in all, the others come, go and change.
fn config(site: &Site, hook: &Hook, smtp: &Server, round: usize) -> String {
    if round % 5 == 4 {
        let bad = [
            "watches: [",
            "watches:\n  - {naem: x}\n",
            "\t",
            "",
            "watches: *a\n",
        ];
        return bad[round / 5 % bad.len()].to_owned();
    }
    let mut text = format!(
        "notify:\n  api: {{webhook: {{url: '{}'}}}}\n  desk: {{email: {{to: desk@example.org, max_per_hour: 100000}}}}\n\
         email: {{smtp: 'smtp://127.0.0.1:{}'}}\ndefaults: {{decay: 0%, notify: [api, desk]}}\n\
         fetch: {{allow_networks: [127.0.0.1/32], pace: 0s, per_host: 16}}\nproblems: {{after: {}}}\nwatches:\n",
        hook.url(),
        smtp.port(),
        3 + round % 3,
    );
    for (pages, every) in [(&LIVELY[..], "1s"), (&STEADY[..], "1h")] {
        for page in pages {
            text += &format!(
                "  - {{name: {page}, url: '{}', every: {every}}}\n",
                site.url(page)
            );
        }
    }
    if round.is_multiple_of(2) {
        text += &format!(
            "  - {{name: extra, url: '{}', every: {}m}}\n",
            site.url("extra"),
            2 + round % 7
        );
    }
    text
}

/// What the log says of the reloads so far.
fn reloads(program: &Program) -> (usize, usize) {
    let log = program.log();
    let count = |words: &str| log.matches(words).count();
    (
        count("configuration read again"),
        count("the old one goes on"),
    )
}

/// Has the daemon read the configuration of a round, and waits until it has.
async fn reload(daemon: &mut Daemon, program: &Program, round: usize) {
    daemon.signal("HUP");
    let heard = async {
        loop {
            let (good, bad) = reloads(program);
            if good + bad > round {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    daemon.until(heard).await;
}

/// When each steady watch is due, as the status tells it.
fn due(program: &Program) -> BTreeMap<String, Value> {
    let status = program.says(&["status", "--json"], 0);
    let watches = status
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    watches
        .filter(|watch| STEADY.iter().any(|name| watch["watch"] == *name))
        .map(|watch| (watch["watch"].to_string(), watch["next_check"].clone()))
        .collect()
}

/// The moves of the figure in one story, in order: of two deliveries under way the later one may arrive first.
fn moves(alerts: &[Value], page: &str) -> Vec<(u64, u64)> {
    let of_page = alerts
        .iter()
        .filter(|alert| alert["data"]["watch"]["id"] == page);
    let ends = |alert: &Value| {
        let change = &alert["data"]["changes"][0];
        Some((
            change["old"]["low"].as_u64()?,
            change["new"]["low"].as_u64()?,
        ))
    };
    let mut moves: Vec<(u64, u64)> = of_page
        .map(|alert| ends(alert).unwrap_or_else(|| panic!("{alert}")))
        .collect();
    moves.sort_unstable();
    moves
}

/// The longest pause between two visits to a lively page.
fn longest_pause(visits: &[Visit]) -> Duration {
    let pauses = LIVELY.iter().flat_map(|page| {
        let times: Vec<_> = visits
            .iter()
            .filter(|visit| visit.page == *page)
            .map(|visit| visit.at)
            .collect();
        times
            .windows(2)
            .map(|pair| pair[1] - pair[0])
            .collect::<Vec<_>>()
    });
    pauses.max().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_reloads_lose_nothing_repeat_nothing_and_leave_other_watches_their_times() {
    let (site, hook, smtp) = (
        Site::start().await,
        Hook::start().await,
        Server::start(Mode::KeptAnsweredLate).await,
    );
    for page in LIVELY.iter().chain(&STEADY).chain(&["extra"]) {
        publish(&site, page, 100);
    }
    let program = Program::new(&config(&site, &hook, &smtp, 0));
    let mut daemon = program.start();
    daemon
        .until(site.until(|visits| {
            let seen: BTreeSet<&str> = visits.iter().map(|visit| visit.page.as_str()).collect();
            seen.len() == LIVELY.len() + STEADY.len() + 1
        }))
        .await;
    daemon
        .until(site.visited(site.visits().len() + 2 * LIVELY.len()))
        .await;
    let before = tokio::task::block_in_place(|| due(&program));
    hook.answer_after(SLOW);

    for round in 0..RELOADS {
        for page in LIVELY {
            publish(&site, page, 101 + round);
        }
        program.configure(&config(&site, &hook, &smtp, round));
        reload(&mut daemon, &program, round).await;
        smtp.open_gate();
        daemon.until(site.visited(site.visits().len() + 1)).await;
    }
    let visits = site.visits();
    program.configure(&config(&site, &hook, &smtp, 0));
    let after = tokio::task::block_in_place(|| due(&program));
    hook.answer_after(Duration::ZERO);
    smtp.set(Mode::Ok);
    smtp.open_gate();
    let last = |posts: &Vec<_>| {
        let alerts: Vec<Value> = bodies(posts);
        LIVELY.iter().all(|page| {
            moves(&alerts, page)
                .last()
                .is_some_and(|(_, new)| *new == 100 + RELOADS as u64)
        })
    };
    daemon.until(hook.until(last)).await;
    let posts = hook.taken();
    while smtp.kept().len() < posts.len() {
        smtp.open_gate();
        daemon
            .until(tokio::time::sleep(Duration::from_millis(20)))
            .await;
    }
    daemon.signal("TERM");
    assert_eq!(daemon.ended().await, Some(0), "{}", program.log());

    let (good, bad) = reloads(&program);
    assert_eq!((good, bad), (RELOADS - RELOADS / 5, RELOADS / 5));
    // Each story's alerts are one chain from the first figure to the last: none is missing, none is told twice.
    let alerts = bodies(&posts);
    for page in LIVELY {
        let moves = moves(&alerts, page);
        assert_eq!(moves[0].0, 100, "{page}");
        assert!(
            moves.windows(2).all(|pair| pair[0].1 == pair[1].0),
            "{page}: {moves:?}"
        );
    }
    let identifiers: BTreeSet<&str> = posts.iter().map(|post| post.id.as_str()).collect();
    assert_eq!(identifiers.len(), posts.len());
    let mails: BTreeSet<String> = smtp
        .kept()
        .iter()
        .map(|kept| message_id(&kept.bytes))
        .collect();
    assert_eq!((mails.len(), smtp.kept().len()), (posts.len(), posts.len()));
    assert_eq!((before.len(), &before), (STEADY.len(), &after));
    for page in STEADY {
        let asked = visits.iter().filter(|visit| visit.page == page).count();
        assert_eq!(asked, 1, "{page}");
    }
    println!(
        "{RELOADS} reloads, {} alerts, longest pause of a watch of 1 s: {:?}",
        posts.len(),
        longest_pause(&visits)
    );
}

fn bodies(posts: &[crate::support::hook::Post]) -> Vec<Value> {
    posts.iter().map(|post| post.body.clone()).collect()
}

fn message_id(mail: &[u8]) -> String {
    let text = String::from_utf8_lossy(mail);
    let line = text
        .lines()
        .find(|line| line.to_ascii_lowercase().starts_with("message-id:"));
    line.unwrap().to_owned()
}
