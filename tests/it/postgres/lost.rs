//! Connections that are lost: nothing is lost with them, and nothing is there twice.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use claimwatch::alert::StoryId;
use claimwatch::store::{Outgoing, Record, Store};

use super::{daemon, enroll};
use crate::store::{destination, found, watch};
use crate::support::postgres;

/// How often all connections are cut.
const CUTS: u32 = 8;

/// A check of the watch `w{number}` that finds its first version and tells the desk.
fn first(number: usize) -> Record {
    let name = watch(&format!("w{number}"));
    let story = StoryId::of(&name, &format!("https://news.example/{number}"));
    let mut alert = crate::store::alert(1, 1, 1);
    alert.alert_id = claimwatch::alert::AlertId::of(alert.at, &number.to_string());
    alert.watch.id = name.clone();
    alert.story = None;
    alert.old = None;
    alert.new = None;
    Record {
        watch: name,
        story,
        alerts: vec![Outgoing {
            alert,
            to: vec![destination("desk", "")],
        }],
        ..found(None, 1, &format!("{number} houses burn."))
    }
}

/// Records until it is known to be stored, as the daemon does when it checks again.
async fn record_in_the_end(store: &Store, number: usize) -> u32 {
    let mut failures = 0;
    loop {
        match store.record(first(number)).await {
            Ok(_) => return failures,
            // Stored, but the answer was lost: the check that follows finds it.
            Err(error) if error.is_moved() => return failures,
            Err(error) if error.is_full() => failures += 1,
            Err(error) => panic!("{error}"),
        }
    }
}

async fn is_whole(store: &Store, checks: u64) {
    let counts = store.counts().await.unwrap();
    assert_eq!(
        (counts.versions, counts.alerts, counts.waiting),
        (checks, checks, checks)
    );
    store.check_integrity().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn work_goes_on_when_the_server_comes_back_and_nothing_is_lost_or_doubled() {
    let Some(address) = postgres::database() else {
        return;
    };
    let stores = [daemon(&address), daemon(&address)];
    enroll(&stores[0], 300).await;
    let cluster = postgres::cluster().unwrap();
    let cutting = std::thread::spawn({
        let name = postgres::name(&address).to_owned();
        move || {
            for _ in 0..CUTS {
                std::thread::sleep(Duration::from_millis(250));
                cluster.cut(&name);
            }
        }
    });

    let records = (0..300).map(|number| {
        let store = stores[number % 2].clone();
        async move {
            tokio::time::sleep(Duration::from_millis(5 * number as u64)).await;
            record_in_the_end(&store, number).await
        }
    });
    let failures = futures_util::future::join_all(records).await;
    cutting.join().unwrap();

    println!("{CUTS} cuts, {} failures", failures.iter().sum::<u32>());
    is_whole(&stores[1], 300).await;
    is_whole(&stores[0], 300).await;
}

/// Passes bytes on to the server until it is told to cut; then the next commit reaches the server and its answer nobody.
struct Proxy {
    port: u16,
    cuts: Arc<AtomicBool>,
}

impl Proxy {
    fn to(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let cuts = Arc::new(AtomicBool::new(false));
        let shared = Arc::clone(&cuts);
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let (client, cuts) = (client.unwrap(), Arc::clone(&shared));
                let server = TcpStream::connect(("127.0.0.1", server)).unwrap();
                let (to_client, from_server) =
                    (client.try_clone().unwrap(), server.try_clone().unwrap());
                std::thread::spawn(move || pass(client, server, &cuts));
                std::thread::spawn(move || pass(from_server, to_client, &AtomicBool::new(false)));
            }
        });
        Self { port, cuts }
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, cuts: &AtomicBool) {
    let mut bytes = [0; 64 << 10];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        let sent = &bytes[..count];
        let is_commit = sent.windows(6).any(|word| word == b"COMMIT");
        if is_commit && cuts.swap(false, Ordering::Relaxed) {
            // The client hears nothing more, the server does as it was told.
            from.shutdown(Shutdown::Both).unwrap();
            drop(to.write_all(sent));
            std::thread::sleep(Duration::from_millis(300));
            break;
        }
        if to.write_all(sent).is_err() {
            break;
        }
    }
    drop(to.shutdown(Shutdown::Both));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_whose_answer_is_lost_makes_no_twins() {
    let Some(address) = postgres::database() else {
        return;
    };
    let cluster = postgres::cluster().unwrap();
    let proxy = Proxy::to(cluster.port);
    let by_proxy = cluster.network_address(postgres::name(&address), proxy.port, "sslmode=disable");
    let store = daemon(&by_proxy);
    enroll(&store, 5).await;

    let mut failures = 0;
    for number in 0..5 {
        proxy.cuts.store(true, Ordering::Relaxed);
        failures += record_in_the_end(&store, number).await;
    }

    assert!(failures >= 5, "{failures}");
    is_whole(&store, 5).await;
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_with_a_remedy() {
    let server =
        claimwatch::store::Server::read("postgres://desk:hunter2@127.0.0.1:1/claims").unwrap();

    let error = Store::open(claimwatch::store::Place::Server(server)).unwrap_err();

    let told = error.to_string();
    assert!(
        told.contains("postgres://desk@127.0.0.1:1/claims"),
        "{told}"
    );
    assert!(
        told.contains("hint:") && !told.contains("hunter2"),
        "{told}"
    );
    assert!(error.is_full(), "it may be there later");
}
