//! Kills the daemon at random moments, again and again, and counts what became of its alerts.
//!
//! `cargo test --test kill_loop -- 60` plays 60 rounds: publish a new figure, kill -9 some time later, start again, wait for
//! the figure to arrive. In a third of the rounds the receiver refuses one delivery too. It is a rig and not a test of the
//! ordinary run: what it tries is chosen by chance (the seed is printed), and its rounds take real time.

#![allow(missing_docs, clippy::pedantic, clippy::unwrap_used, dead_code)]

#[path = "it/support/mod.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;
use std::time::Duration;

use support::hook::{Hook, Post};
use support::program::Program;
use support::site::Site;

/// A kill falls within this long after the edit: long enough for fetch, commit and delivery.
const WINDOW_MILLISECONDS: u64 = 1_500;
/// A figure that has not arrived this long after the restart is lost: longer than the pause after a second refusal.
const PATIENCE: Duration = Duration::from_secs(420);

/// A small generator of numbers (xorshift), so that a run can be repeated by its seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

fn publish(site: &Site, houses: u64) {
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

/// The new figure a delivery tells.
fn figure(post: &Post) -> Option<u64> {
    post.body["data"]["changes"][0]["new"]["text"]
        .as_str()?
        .parse()
        .ok()
}

fn main() -> ExitCode {
    let rounds: u64 = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(60);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let failures = runtime.block_on(play(rounds));
    if failures == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

async fn play(rounds: u64) -> usize {
    let seed = 0x5eed_0001;
    let mut chance = Chance(seed);
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 1_100);
    let program = Program::new(&format!(
        "notify:\n  api: {{webhook: {{url: '{}'}}}}\ndefaults: {{every: 1s, decay: 0%, notify: [api]}}\n\
         fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nwatches:\n  - {{name: floods, url: '{}'}}\n",
        hook.url(),
        site.url("floods")
    ));
    let mut daemon = program.start();
    daemon.until(site.visited(2)).await;
    let (mut lost, mut damaged) = (0, 0);
    for round in 1..=rounds {
        if chance.below(3) == 0 {
            hook.refuse_next(500);
        }
        publish(&site, 1_100 + round);
        tokio::time::sleep(Duration::from_millis(chance.below(WINDOW_MILLISECONDS))).await;
        daemon.kill().await;
        damaged += usize::from(!is_intact(&program));
        daemon = program.start();
        let arrived =
            hook.until(|posts| posts.iter().any(|post| figure(post) == Some(1_100 + round)));
        if tokio::time::timeout(PATIENCE, arrived).await.is_err() {
            lost += 1;
        }
    }
    daemon.kill().await;
    let (twins, mutated, repeats) = verdict(&hook.taken());
    println!(
        "kill loop: {rounds} rounds (seed {seed:#x}), lost {lost}, twins {twins}, mutated {mutated}, \
         damaged {damaged}, repeats {repeats}"
    );
    lost + twins + mutated + damaged
}

/// Whether the store is sound; asked while nothing runs on it.
fn is_intact(program: &Program) -> bool {
    program.run(&["status", "--json"]).status.success()
}

/// Figures told under two identifiers, identifiers with two bodies, and identifiers taken more than once.
fn verdict(posts: &[Post]) -> (usize, usize, usize) {
    let mut identifiers: BTreeMap<u64, BTreeSet<&str>> = BTreeMap::new();
    let mut bodies: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for post in posts {
        if let Some(figure) = figure(post) {
            identifiers.entry(figure).or_default().insert(&post.id);
        }
        bodies
            .entry(&post.id)
            .or_default()
            .push(post.body["data"].to_string());
    }
    let twins = identifiers.values().filter(|ids| ids.len() > 1).count();
    let mutated = bodies
        .values()
        .filter(|bodies| bodies.iter().any(|body| *body != bodies[0]))
        .count();
    (twins, mutated, posts.len() - bodies.len())
}
