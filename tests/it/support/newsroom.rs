//! A whole claimwatch in this process whose clock the test sets: checks and deliveries happen when the test says so.

use std::sync::{Arc, Mutex};

use claimwatch::alert::WatchName;
use claimwatch::check::{self, Outcome};
use claimwatch::clock::Clock;
use claimwatch::services::Services;
use claimwatch::store::{Place, Store};
use claimwatch::{config, fetch, outbox, secret};
use jiff::{SignedDuration, Timestamp};

use super::postgres;

pub struct Newsroom {
    now: Arc<Mutex<Timestamp>>,
    pub services: Arc<Services>,
    place: Place,
    folder: tempfile::TempDir,
}

impl Newsroom {
    /// Reads the configuration at a Monday noon in UTC; nothing has been checked yet.
    pub async fn open(text: &str) -> Self {
        Self::open_at(text, "2026-03-09T12:00:00Z").await
    }

    pub async fn open_at(text: &str, now: &str) -> Self {
        fetch::install_crypto();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.yaml");
        std::fs::write(&path, text).unwrap();
        let config = config::read(&path, &secret::Process).unwrap();
        let place = postgres::place(folder.path());
        let store = Store::open_exclusive(&place).unwrap();
        let now = Arc::new(Mutex::new(now.parse::<Timestamp>().unwrap()));
        let clock = Clock::from_fn({
            let now = Arc::clone(&now);
            move || *now.lock().unwrap()
        });
        let services = Arc::new(Services::new(config, store, clock).unwrap());
        services.enroll(services.clock.now()).await.unwrap();
        check::standing::refresh(&services).await.unwrap();
        check::disagreement::review(&services).await.unwrap();
        Self {
            now,
            services,
            place,
            folder,
        }
    }

    /// Ends as if killed and starts again on the same files.
    pub async fn restart(self) -> Self {
        let Self {
            now,
            services,
            place,
            folder,
        } = self;
        drop(services);
        let config = config::read(&folder.path().join("config.yaml"), &secret::Process).unwrap();
        let store = Store::open_exclusive(&place).unwrap();
        let clock = Clock::from_fn({
            let now = Arc::clone(&now);
            move || *now.lock().unwrap()
        });
        let services = Arc::new(Services::new(config, store, clock).unwrap());
        services.enroll(services.clock.now()).await.unwrap();
        check::standing::refresh(&services).await.unwrap();
        check::disagreement::review(&services).await.unwrap();
        Self {
            now,
            services,
            place,
            folder,
        }
    }

    /// Starts again with another configuration.
    pub async fn restart_with(self, text: &str) -> Self {
        std::fs::write(self.folder.path().join("config.yaml"), text).unwrap();
        self.restart().await
    }

    pub fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    pub fn pass(&self, time: SignedDuration) {
        *self.now.lock().unwrap() += time;
    }

    pub fn pass_minutes(&self, minutes: i64) {
        self.pass(SignedDuration::from_mins(minutes));
    }

    /// Sets the clock to this time.
    pub fn at(&self, time: &str) {
        *self.now.lock().unwrap() = time.parse().unwrap();
    }

    /// Checks one watch now.
    pub async fn check(&self, watch: &str) -> Outcome {
        let name = WatchName::new(watch).unwrap();
        let watch = self.services.watch(&name).expect("it is watched");
        check::check(&watch, &self.services, self.now())
            .await
            .unwrap()
    }

    /// Sends what is due now.
    pub async fn deliver(&self) {
        check::disagreement::review(&self.services).await.unwrap();
        outbox::tell_together(&self.services).await.unwrap();
        let (store, now) = (&self.services.store, self.now());
        let until = now + SignedDuration::from_mins(5);
        loop {
            let due = store
                .lease_deliveries("test", now, until, 64)
                .await
                .unwrap();
            if due.is_empty() {
                return;
            }
            for delivery in due {
                outbox::deliver(delivery, &self.services).await.unwrap();
            }
        }
    }

    /// Ten minutes pass, a watch is checked, and what is due is sent.
    pub async fn round(&self, watch: &str) -> Outcome {
        self.pass_minutes(10);
        let outcome = self.check(watch).await;
        self.deliver().await;
        outcome
    }

    /// The reasons why the changes of the latest version of a watch's story were told or not, told ones first.
    pub async fn reasons(&self, watch: &str) -> Vec<String> {
        let store = &self.services.store;
        let story = store.find_story(watch).await.unwrap().unwrap();
        let last = store.history(&story).await.unwrap().pop().unwrap();
        let told = |told: bool| if told { "told" } else { "not told" };
        last.changes
            .iter()
            .map(|recorded| format!("{}: {}", told(recorded.told), recorded.reason))
            .collect()
    }
}
