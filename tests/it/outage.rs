//! Time passes as the test says: a mail server away for three days, a story gone for good.

use std::sync::{Arc, Mutex};

use claimwatch::clock::Clock;
use claimwatch::daemon::{self, Order};
use claimwatch::store::{DeliveryRow, State, Store, Wanted};
use claimwatch::{config, fetch, secret};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::support::site::Site;
use crate::support::smtp::{Mode, Server};

/// A daemon in this process whose clock stands until it is moved.
struct Daemon {
    now: Arc<Mutex<Timestamp>>,
    store: Store,
    orders: mpsc::Sender<Order>,
    task: JoinHandle<anyhow::Result<()>>,
    _folder: tempfile::TempDir,
}

impl Daemon {
    fn start(text: &str) -> Self {
        fetch::install_crypto();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.yaml");
        std::fs::write(&path, text).unwrap();
        let config = config::read(&path, &secret::Process).unwrap();
        let store = Store::open_exclusive(&config.store).unwrap();
        let now = Arc::new(Mutex::new(
            "2026-03-09T12:00:00Z".parse::<Timestamp>().unwrap(),
        ));
        let clock = Clock::from_fn({
            let now = Arc::clone(&now);
            move || *now.lock().unwrap()
        });
        let (orders, received) = mpsc::channel(1);
        let again = Box::new(move || Ok(config::read(&path, &secret::Process)?));
        let task = tokio::spawn(daemon::run(config, store.clone(), clock, received, again));
        Self {
            now,
            store,
            orders,
            task,
            _folder: folder,
        }
    }

    /// Lets time pass and wakes the loop, which sleeps by the machine's clock.
    async fn pass(&self, time: SignedDuration) {
        *self.now.lock().unwrap() += time;
        self.orders.send(Order::Reload).await.unwrap();
    }

    /// The only delivery, once there is one.
    async fn delivery(&self) -> DeliveryRow {
        loop {
            if let Some(row) = self
                .store
                .deliveries(Wanted::default())
                .await
                .unwrap()
                .pop()
            {
                return row;
            }
            tokio::task::yield_now().await;
        }
    }

    /// Lets time pass until the delivery is due, and waits for what becomes of the attempt.
    async fn next_attempt(&self) -> DeliveryRow {
        let before = self.delivery().await;
        let now = *self.now.lock().unwrap();
        self.pass(before.due.duration_since(now).max(SignedDuration::ZERO))
            .await;
        loop {
            let after = self.delivery().await;
            assert_ne!(after.state, State::Parked, "{after:?}");
            if after.state == State::Sent || after.attempts > before.attempts {
                return after;
            }
            tokio::task::yield_now().await;
        }
    }

    async fn stop(self) {
        self.orders.send(Order::Stop).await.unwrap();
        self.task.await.unwrap().unwrap();
    }
}

fn publish(site: &Site, page: &str, houses: u32) {
    let lead = format!(
        "Rescuers have led people out of {houses} houses since Monday, the fire service said."
    );
    let rest = "Rain is expected to go on until the weekend, the weather service said.";
    let end = "Schools in the west of the island stay closed, the regional council decided.";
    site.publish(page, "Floods cut off the island towns", &[&lead, rest, end]);
}

fn config(site: &Site, mail: &Server) -> String {
    format!(
        "email: {{smtp: 'smtp://127.0.0.1:{}', to: desk@example.org, from: alerts@example.org}}\n\
         defaults: {{every: 10m, decay: 0%}}\nfetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\n\
         watches:\n  - {{name: floods, url: '{}'}}\n",
        mail.port(),
        site.url("floods")
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_away_for_three_days_loses_nothing() {
    let site = Site::start().await;
    let mail = Server::start(Mode::Ok).await;
    publish(&site, "floods", 40);
    let daemon = Daemon::start(&config(&site, &mail));
    site.visited(1).await;
    mail.set(Mode::Greeting421);
    publish(&site, "floods", 60);
    daemon.pass(SignedDuration::from_mins(12)).await;

    let mut row = daemon.delivery().await;
    while row.due.duration_since(row.created) < SignedDuration::from_hours(72) {
        row = daemon.next_attempt().await;
    }
    assert!(mail.kept().is_empty());
    mail.set(Mode::Ok);
    let back = *daemon.now.lock().unwrap();
    row = daemon.next_attempt().await;

    assert_eq!(row.state, State::Sent);
    assert!(row.finished.unwrap().duration_since(back) <= SignedDuration::from_mins(15));
    // Two alerts by now, the other that no check succeeds: at most a hundred attempts a day between them.
    assert!(
        mail.connections() <= 300,
        "{} connections",
        mail.connections()
    );
    daemon.stop().await;
    assert_eq!(mail.kept().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_story_counts_as_removed_after_three_looks_over_an_hour_and_is_told_once() {
    let site = Site::start().await;
    let mail = Server::start(Mode::Ok).await;
    publish(&site, "floods", 40);
    let daemon = Daemon::start(&config(&site, &mail));
    site.visited(1).await;
    site.set("floods", 404, "not here");

    for visits in 2..=12 {
        daemon.pass(SignedDuration::from_mins(12)).await;
        site.visited(visits).await;
    }
    let store = daemon.store.clone();
    daemon.stop().await;

    let alerts = store.deliveries(Wanted::default()).await.unwrap();
    let removed: Vec<_> = alerts
        .iter()
        .filter(|row| row.kind == "story_removed")
        .collect();
    assert_eq!(removed.len(), 1, "{alerts:?}");
    assert_ne!(removed[0].state, State::Parked);
    assert!(store.status().await.unwrap()[0].removed.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_daemon_sends_a_digest_at_its_time_although_nothing_else_happens() {
    let site = Site::start().await;
    let mail = Server::start(Mode::Ok).await;
    publish(&site, "floods", 40);
    let text = config(&site, &mail)
        .replace("to: desk@example.org, ", "")
        .replace(
            "defaults: {every: 10m, decay: 0%}",
            "notify:\n  desk: {email: {to: desk@example.org, digest: {at: '12:30'}}}\n\
         defaults: {every: 6h, decay: 0%, timezone: UTC}",
        );
    let daemon = Daemon::start(&text);
    site.visited(1).await;
    publish(&site, "floods", 60);
    daemon.pass(SignedDuration::from_hours(6)).await;
    site.visited(2).await;
    loop {
        let held = Wanted {
            state: Some(State::Held),
            ..Wanted::default()
        };
        if !daemon.store.deliveries(held).await.unwrap().is_empty() {
            break;
        }
        tokio::task::yield_now().await;
    }
    let digests = || -> Vec<String> {
        let kept = mail.kept().into_iter();
        let texts = kept.map(|mail| String::from_utf8_lossy(&mail.bytes).into_owned());
        texts
            .filter(|text| text.contains("Subject: 1 change in 1 story"))
            .collect()
    };

    daemon.pass(SignedDuration::from_mins(18 * 60 + 29)).await;
    let before = digests().len();
    daemon.pass(SignedDuration::from_mins(1)).await;
    while digests().is_empty() {
        tokio::task::yield_now().await;
    }

    daemon.stop().await;
    assert_eq!(before, 0);
    assert!(
        digests()[0].contains("since 9 Mar 12:30 UTC"),
        "{}",
        digests()[0]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_set_back_by_a_day_holds_up_no_check_and_no_alert() {
    let site = Site::start().await;
    let mail = Server::start(Mode::Ok).await;
    publish(&site, "floods", 40);
    let daemon = Daemon::start(&config(&site, &mail));
    site.visited(1).await;
    mail.set(Mode::Greeting421);
    publish(&site, "floods", 60);
    daemon.pass(SignedDuration::from_mins(12)).await;
    while daemon.delivery().await.attempts == 0 {
        tokio::task::yield_now().await;
    }
    mail.set(Mode::Ok);

    let due = daemon.delivery().await.due;
    daemon.pass(SignedDuration::from_hours(-24)).await;
    while daemon.delivery().await.due == due {
        tokio::task::yield_now().await;
    }
    daemon.pass(SignedDuration::from_mins(12)).await;
    site.visited(3).await;
    while daemon.delivery().await.state != State::Sent {
        tokio::task::yield_now().await;
    }
    daemon.stop().await;

    assert_eq!(mail.kept().len(), 1);
    let visits = site.visits().len();
    assert!(visits <= 4, "{visits} visits");
}
