//! Ends the daemon at random moments, again and again, and counts what became of its alerts.
//!
//! `cargo test --test kill_loop -- 60` plays 60 rounds: publish a new figure, kill -9 some time later, start again, wait for
//! the figure to arrive. In a third of the rounds the receiver fails one delivery: it refuses it (500), resets the
//! connection, or keeps the delivery and resets the connection before it answers. `-- 60 term` stops the daemon (SIGTERM) in
//! place of killing it and `-- 60 hup` has it read its configuration again, both with a receiver that works: then nothing
//! may come twice. `-- 60 postgres` has two daemons on one PostgreSQL and kills one or the other. It is a rig and not a test of the ordinary run: what it tries is chosen by chance (the seed is printed),
//! and its rounds take real time.

#![allow(missing_docs, clippy::pedantic, clippy::unwrap_used, dead_code)]

#[path = "it/support/mod.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use support::hook::{Fault, Hook, Post};
use support::program::{Daemon, Program};
use support::site::Site;

/// A kill falls within this long after the edit: long enough for fetch, commit and delivery.
const WINDOW_MILLISECONDS: u64 = 1_500;
/// A figure that has not arrived this long after the restart is lost.
const PATIENCE: Duration = Duration::from_secs(60);
/// Of two daemons, what the one had in hand that was killed waits for the end of its lease.
const PATIENCE_AMONG_DAEMONS: Duration = Duration::from_secs(150);
/// A stop may take this long.
const STOP_PATIENCE: Duration = Duration::from_secs(30);
/// What the receiver does to a delivery in a third of the rounds with kill -9.
const FAULTS: [Fault; 3] = [Fault::Status(500), Fault::KeptWithoutAnswer, Fault::Reset];

/// How a round ends the daemon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Blow {
    Kill,
    Term,
    Hup,
}

/// What became of the alerts.
#[derive(Debug, Default)]
struct Toll {
    lost: usize,
    twins: usize,
    mutated: usize,
    damaged: usize,
    repeats: usize,
    /// Ends that were not as asked for: by itself, with another exit code, or too late.
    ends: usize,
    slowest: Duration,
}

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
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rounds = arguments.iter().find_map(|argument| argument.parse().ok());
    let is_asked = |word: &str| arguments.iter().any(|argument| argument == word);
    let blow = match (is_asked("term"), is_asked("hup")) {
        (true, _) => Blow::Term,
        (false, true) => Blow::Hup,
        (false, false) => Blow::Kill,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let address = is_asked("postgres").then(|| support::postgres::database().unwrap());
    let toll = runtime.block_on(play(rounds.unwrap_or(60), blow, address));
    let repeats = if blow == Blow::Kill { 0 } else { toll.repeats };
    if toll.lost + toll.twins + toll.mutated + toll.damaged + toll.ends + repeats == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

async fn play(rounds: u64, blow: Blow, address: Option<String>) -> Toll {
    let seed = 0x5eed_0001;
    let mut chance = Chance(seed);
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 1_100);
    let (store, daemons, patience) = match &address {
        Some(address) => (format!("store: '{address}'\n"), 2, PATIENCE_AMONG_DAEMONS),
        None => (String::new(), 1, PATIENCE),
    };
    let program = Program::new(&format!(
        "{store}notify:\n  api: {{webhook: {{url: '{}'}}}}\ndefaults: {{every: 1s, decay: 0%, notify: [api]}}\n\
         fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nwatches:\n  - {{name: floods, url: '{}'}}\n",
        hook.url(),
        site.url("floods")
    ));
    let mut daemon = program.start();
    daemon.until(site.visited(2)).await;
    // Which of them is struck next is chance; the others go on.
    let mut others: Vec<Daemon> = (1..daemons).map(|_| program.start()).collect();
    let mut toll = Toll::default();
    for round in 1..=rounds {
        if blow == Blow::Kill && chance.below(3) == 0 {
            hook.fail_next(FAULTS[usize::try_from(chance.below(3)).unwrap()]);
        }
        publish(&site, 1_100 + round);
        tokio::time::sleep(Duration::from_millis(chance.below(WINDOW_MILLISECONDS))).await;
        if let Some(other) = others.first_mut()
            && chance.below(2) == 0
        {
            std::mem::swap(other, &mut daemon);
        }
        daemon = strike(daemon, blow, &program, &mut toll).await;
        let begun = Instant::now();
        let arrived =
            hook.until(|posts| posts.iter().any(|post| figure(post) == Some(1_100 + round)));
        if tokio::time::timeout(patience, arrived).await.is_err() {
            toll.lost += 1;
        }
        toll.slowest = toll.slowest.max(begun.elapsed());
    }
    daemon.kill().await;
    for mut other in others {
        other.kill().await;
    }
    (toll.twins, toll.mutated, toll.repeats) = verdict(&hook.taken());
    println!("{blow:?} loop: {rounds} rounds (seed {seed:#x}), {toll:?}");
    toll
}

/// Ends the daemon, and gives the one that goes on.
async fn strike(mut daemon: Daemon, blow: Blow, program: &Program, toll: &mut Toll) -> Daemon {
    match blow {
        Blow::Hup => {
            daemon.signal("HUP");
            return daemon;
        }
        Blow::Kill => daemon.kill().await,
        Blow::Term => {
            daemon.signal("TERM");
            let end = tokio::time::timeout(STOP_PATIENCE, daemon.ended()).await;
            toll.ends += usize::from(end != Ok(Some(0)));
        }
    }
    toll.damaged += usize::from(!is_intact(program));
    program.start()
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
