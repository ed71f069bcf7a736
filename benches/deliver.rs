//! How fast alerts leave: from the outbox through the daemon to receivers on this machine, order kept.
//!
//! Prints alerts a second for webhooks and for mails. The daemon runs on one thread; the receivers have another.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::routing::post;
use claimwatch::alert::{About, Problem, WatchName, watch_failing};
use claimwatch::clock::Clock;
use claimwatch::daemon::{self, Order};
use claimwatch::store::{Destination, Outgoing, Store};
use claimwatch::{config, fetch, secret};
use jiff::SignedDuration;

/// Alerts of each run.
const ALERTS: usize = 2_000;
/// Watches they are about; the alerts of a watch keep their order.
const WATCHES: usize = 100;

/// What has arrived: the watch and the time of each alert, in the order of arrival.
type Arrived = Arc<Mutex<Vec<String>>>;

fn webhooks(arrived: Arrived) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.set_nonblocking(true).expect("sockets can wait");
    let port = listener.local_addr().expect("it is bound").port();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(async move {
            let take = move |body: Bytes| {
                let text = String::from_utf8_lossy(&body);
                let name = between(&text, "\"watch\":{\"id\":\"", "\"");
                let at = between(&text, "\"timestamp\":\"", "\"");
                arrived
                    .lock()
                    .expect("nobody panics")
                    .push(format!("{name} {at}"));
                async { StatusCode::NO_CONTENT }
            };
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            axum::serve(listener, Router::new().route("/", post(take)))
                .await
                .expect("it serves");
        });
    });
    port
}

fn mails(arrived: Arrived) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("it is bound").port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let arrived = Arc::clone(&arrived);
            // A client that goes away at the end is no news.
            std::thread::spawn(move || drop(converse(stream, &arrived)));
        }
    });
    port
}

fn converse(stream: TcpStream, arrived: &Arrived) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut out = stream.try_clone()?;
    let mut lines = BufReader::new(stream).lines();
    out.write_all(b"220 ready\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        if line == "DATA" {
            out.write_all(b"354 go on\r\n")?;
            let (mut name, mut at) = (String::new(), String::new());
            for line in lines.by_ref() {
                let line = line?;
                if let Some(watch) = line.strip_prefix("X-Claimwatch-Watch: ") {
                    watch.clone_into(&mut name);
                } else if let Some(alert) = line.strip_prefix("X-Claimwatch-Alert: ") {
                    alert.clone_into(&mut at);
                } else if line == "." {
                    break;
                }
            }
            arrived
                .lock()
                .expect("nobody panics")
                .push(format!("{name} {at}"));
        }
        let answer: &[u8] = if line.starts_with("EHLO") {
            b"250-here\r\n250 PIPELINING\r\n"
        } else {
            b"250 ok\r\n"
        };
        out.write_all(answer)?;
    }
    Ok(())
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> &'a str {
    let after = text.split_once(open).map_or("", |(_, after)| after);
    after.split_once(close).map_or("", |(inside, _)| inside)
}

/// Alerts a second from the outbox to where `notify` sends them.
async fn rate(notify: &str, address: &str, arrived: &Arrived) -> f64 {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("config.yaml");
    let text = format!("{notify}\nwatches: [{{url: 'https://127.0.0.1:1/a', cron: '@yearly'}}]\n");
    std::fs::write(&path, text).expect("it is written");
    let config = config::read(&path, &secret::Process).expect("it is accepted");
    let store = Store::open_exclusive(&config.store).expect("a store");
    let clock = Clock::system();
    let now = clock.now();
    let receiver = config.receivers[0].name.clone();
    for number in 0..ALERTS {
        let watch = WatchName::new(&format!("w{:03}", number % WATCHES)).expect("a name");
        let at = now - SignedDuration::from_secs(i64::try_from(ALERTS - number).expect("few"));
        let about = About {
            watch: &watch,
            tags: &[],
            story: None,
            at,
        };
        let problem = Problem {
            cause: "refused (403)".to_owned(),
            failures: 3,
            since: at,
            next_try: None,
            changed_meanwhile: None,
        };
        let outgoing = Outgoing {
            alert: watch_failing(&about, problem),
            to: vec![Destination::at_once(receiver.clone(), address)],
        };
        store.enqueue(outgoing, now).await.expect("it is stored");
    }
    let (orders, received) = tokio::sync::mpsc::channel(1);
    let again = Box::new(move || Ok(config::read(&path, &secret::Process)?));
    let start = Instant::now();
    let daemon = daemon::run(config, store, clock, received, again);
    let all_arrived = async {
        let limit = Instant::now() + Duration::from_secs(120);
        while arrived.lock().expect("nobody panics").len() < ALERTS && Instant::now() < limit {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        let seconds = start.elapsed().as_secs_f64();
        orders.send(Order::Stop).await.expect("the daemon listens");
        seconds
    };
    let (ended, seconds) = tokio::join!(daemon, all_arrived);
    ended.expect("it stops when told to");
    let count = arrived.lock().expect("nobody panics").len();
    f64::from(u32::try_from(count).expect("few")) / seconds
}

/// Whether the alerts of each watch arrived in their order.
fn is_in_order(arrived: &Arrived) -> bool {
    let arrived = arrived.lock().expect("nobody panics");
    let mut sorted = arrived.clone();
    sorted.sort();
    let mut by_watch = arrived.clone();
    by_watch.sort_by_key(|line| line.split(' ').next().map(ToOwned::to_owned));
    by_watch == sorted
}

fn main() {
    fetch::install_crypto();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    for (what, wanted) in [("webhooks", 1_000.0), ("mails", 200.0)] {
        let arrived = Arrived::default();
        let (notify, address) = if what == "webhooks" {
            let port = webhooks(Arc::clone(&arrived));
            (
                format!("notify: {{api: {{webhook: {{url: 'http://127.0.0.1:{port}/'}}}}}}"),
                "",
            )
        } else {
            let port = mails(Arc::clone(&arrived));
            let mail = format!(
                "email: {{smtp: 'smtp://127.0.0.1:{port}', from: a@example.org, to: desk@example.org}}"
            );
            (mail, "desk@example.org")
        };
        let rate = runtime.block_on(rate(&notify, address, &arrived));
        let order = if is_in_order(&arrived) {
            "in order"
        } else {
            "NOT IN ORDER"
        };
        println!("{what}: {rate:.0} a second, {order} (wanted: {wanted:.0})");
    }
}
