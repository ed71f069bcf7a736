//! What several daemons do once, and in turn.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use claimwatch::alert::StoryId;
use claimwatch::store::{Error, Seen, Store, Validators};

use super::{daemon, enroll, lease};
use crate::store::{at, found, watch};
use crate::support::postgres;

const WATCHES: usize = 10_000;

/// Checks what is due until nothing is, and counts each check.
async fn check_all(store: Store, done: Arc<Mutex<BTreeMap<String, u32>>>) {
    loop {
        let leased = lease(&store, at(1), 128).await;
        if leased.is_empty() {
            return;
        }
        let checks = leased.iter().map(|name| {
            let (store, name) = (store.clone(), name.clone());
            async move {
                let url = format!("https://news.example/{}", &name[1..]);
                let seen = Seen {
                    watch: watch(&name),
                    story: StoryId::of(&watch(&name), &url),
                    at: at(1),
                    next_due: Some(at(600)),
                    validators: Validators::default(),
                    alerts: Vec::new(),
                };
                store.seen_again(seen).await.unwrap();
                name
            }
        });
        let names = futures_util::future::join_all(checks).await;
        let mut done = done.lock().unwrap();
        for name in names {
            *done.entry(name).or_default() += 1;
        }
    }
}

async fn checked_by(daemons: usize) -> Option<Duration> {
    let address = postgres::database()?;
    let stores: Vec<Store> = (0..daemons).map(|_| daemon(&address)).collect();
    enroll(&stores[0], WATCHES).await;
    let done = Arc::default();
    let begun = Instant::now();

    let all = stores
        .into_iter()
        .map(|store| tokio::spawn(check_all(store, Arc::clone(&done))));
    for one in futures_util::future::join_all(all).await {
        one.unwrap();
    }

    let took = begun.elapsed();
    let done = done.lock().unwrap();
    assert_eq!(done.len(), WATCHES, "missed");
    assert!(done.values().all(|times| *times == 1), "doubled");
    Some(took)
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_due_checks_are_done_once_each_by_four_daemons() {
    let (Some(one), Some(four)) = (checked_by(1).await, checked_by(4).await) else {
        return;
    };

    println!("{WATCHES} checks: one daemon {one:.1?}, four daemons {four:.1?}");
}

#[tokio::test]
async fn what_a_killed_daemon_had_in_hand_another_does_when_its_lease_is_over() {
    let Some(address) = postgres::database() else {
        return;
    };
    let (killed, other) = (daemon(&address), daemon(&address));
    enroll(&killed, 10).await;
    assert_eq!(lease(&killed, at(0), 10).await.len(), 10);
    drop(killed);

    let successor = daemon(&address);
    successor.take_over("daemon").await.unwrap();
    successor.release("daemon").await.unwrap();

    assert_eq!(lease(&other, at(59), 10).await.len(), 0);
    assert_eq!(lease(&other, at(60), 10).await.len(), 10);
    assert_eq!(lease(&successor, at(61), 10).await.len(), 0);
}

#[tokio::test]
async fn a_daemon_holds_on_to_what_it_works_on_and_to_nothing_that_another_has_taken() {
    let Some(address) = postgres::database() else {
        return;
    };
    let (slow, other) = (daemon(&address), daemon(&address));
    enroll(&slow, 2).await;
    assert_eq!(lease(&slow, at(0), 1).await, ["w0"]);
    assert_eq!(lease(&other, at(0), 2).await, ["w1"]);

    let both = vec![watch("w0"), watch("w1")];
    slow.renew("daemon", both, Vec::new(), at(200))
        .await
        .unwrap();
    slow.postpone(&watch("w1"), at(0)).await.unwrap();

    assert_eq!(lease(&other, at(59), 2).await, Vec::<String>::new());
    assert_eq!(lease(&other, at(61), 2).await, ["w1"]);
    assert_eq!(lease(&other, at(200), 2).await, ["w0", "w1"]);
}

#[test]
fn daemons_that_start_together_make_one_database() {
    let Some(address) = postgres::database() else {
        return;
    };

    let starts: Vec<_> = (0..4)
        .map(|_| {
            let address = address.clone();
            std::thread::spawn(move || daemon(&address))
        })
        .collect();
    let stores: Vec<Store> = starts
        .into_iter()
        .map(|start| start.join().unwrap())
        .collect();

    assert_eq!(stores.len(), 4);
    let number = "SELECT string_agg(number::text, ' ') FROM claimwatch.schema_number";
    let cluster = postgres::cluster().unwrap();
    assert_eq!(cluster.psql(postgres::name(&address), number), "1");
}

#[test]
fn tables_of_a_later_version_are_left_alone() {
    let Some(address) = postgres::database() else {
        return;
    };
    drop(daemon(&address));
    let cluster = postgres::cluster().unwrap();
    cluster.psql(
        postgres::name(&address),
        "UPDATE claimwatch.schema_number SET number = 99",
    );

    let server = claimwatch::store::Server::read(&address).unwrap();
    let error = Store::open(claimwatch::store::Place::Server(server)).unwrap_err();

    assert!(matches!(error, Error::Newer { found: 99, .. }), "{error}");
    assert!(error.to_string().contains("later claimwatch"), "{error}");
}

#[tokio::test]
async fn a_database_that_was_never_made_is_not_made_by_whoever_only_looks() {
    let Some(address) = postgres::database() else {
        return;
    };
    let server = claimwatch::store::Server::read(&address).unwrap();

    let error = Store::open_existing(claimwatch::store::Place::Server(server)).unwrap_err();

    assert!(matches!(error, Error::Missing { .. }), "{error}");
}

#[tokio::test]
async fn two_checks_of_one_story_by_two_daemons_make_one_version() {
    let Some(address) = postgres::database() else {
        return;
    };
    let (one, other) = (daemon(&address), daemon(&address));
    let listed = claimwatch::store::Enrolled {
        name: watch("desk"),
        url: crate::store::URL.to_owned(),
        due: at(0),
        list: None,
    };
    one.enroll(vec![listed], at(0)).await.unwrap();

    for round in 0..20 {
        let expected = (round > 0).then_some(round);
        let text = format!("The truce holds, day {round}.");
        let (a, b) = tokio::join!(
            one.record(found(expected, 1, &text)),
            other.record(found(expected, 1, &text))
        );

        let moved = [&a, &b]
            .iter()
            .filter(|r| matches!(r, Err(error) if error.is_moved()))
            .count();
        assert_eq!((a.is_ok() ^ b.is_ok(), moved), (true, 1), "{a:?} {b:?}");
    }
    assert_eq!(one.counts().await.unwrap().versions, 20);
}

#[tokio::test]
async fn a_nul_on_a_page_is_stored_as_what_cannot_be_read() {
    let Some(address) = postgres::database() else {
        return;
    };
    let store = daemon(&address);
    enroll(&store, 1).await;
    let url = "https://news.example/0";
    let mut record = found(None, 1, "Twelve were hurt.");
    (record.watch, record.story) = (watch("w0"), StoryId::of(&watch("w0"), url));
    record.page.story.headline = "Tw\0elve".to_owned();
    let story = record.story.clone();

    store.record(record).await.unwrap();

    let version = store.version(&story, 1).await.unwrap();
    assert_eq!(version.headline, "Tw\u{fffd}elve");
    assert_eq!(store.body(&story, 1).await.unwrap().headline, "Tw\0elve");
}

#[tokio::test]
async fn the_pace_at_a_host_holds_over_all_daemons() {
    let Some(address) = postgres::database() else {
        return;
    };
    let daemons = [daemon(&address), daemon(&address)];
    let pace = Duration::from_secs(20);

    let mut waits = Vec::new();
    for turn in 0..6 {
        let wait = daemons[turn % 2]
            .next_start("news.example:443", pace)
            .await
            .unwrap();
        waits.push(wait.as_millis());
    }
    let elsewhere = daemons[0]
        .next_start("other.example:443", pace)
        .await
        .unwrap();

    // The turns are booked within a moment, which the later ones wait less.
    for (turn, wait) in (0..).zip(&waits) {
        assert!((turn * 20_000u128).abs_diff(*wait) < 10_000, "{waits:?}");
    }
    assert!(elsewhere < Duration::from_secs(1));
}

#[tokio::test]
async fn a_host_is_asked_by_two_daemons_at_the_pace_of_one() {
    let Some(address) = postgres::database() else {
        return;
    };
    let pace = Duration::from_millis(300);
    let server =
        crate::served::Server::always(crate::served::whole("200 OK", "<p>Talks go on.</p>")).await;
    let url = server.url("/story");
    let begun = Instant::now();

    let asking = (0..2).map(|_| {
        let (store, url) = (daemon(&address), url.clone());
        let options = claimwatch::fetch::Options {
            pace,
            ..crate::fetch::options()
        };
        let client = claimwatch::fetch::Client::new(&options).unwrap();
        client.keep_pace_with(claimwatch::services::among_daemons(store));
        async move {
            for _ in 0..4 {
                client
                    .get(&url, &claimwatch::fetch::Validators::default())
                    .await
                    .unwrap();
            }
        }
    });
    futures_util::future::join_all(asking).await;

    // Eight starts are seven pauses; a daemon by itself makes four in three.
    assert!(begun.elapsed() >= pace * 7, "{:?}", begun.elapsed());
}
