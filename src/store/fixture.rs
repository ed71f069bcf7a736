//! A store for the tests of its modules.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::Timestamp;

use crate::alert::{Alert, AlertId, Disclosure, Links, ReceiverName, StoryId, WatchName, WatchRef};
use crate::story::Story;

use super::sql::Connection;
use super::{ClaimValues, Destination, Enrolled, NewPage, Outgoing, Record, Store, Validators};

/// A store in a folder of its own, with watches `w0`, `w1`, ... that are due.
pub(super) struct Desk {
    pub(super) store: Store,
    pub(super) now: Timestamp,
    pub(super) _folder: tempfile::TempDir,
}

impl Desk {
    pub(super) async fn watching(count: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_exclusive(folder.path().join("claimwatch.db")).unwrap();
        let now = Timestamp::from_second(1_700_000_000).unwrap();
        let listed = (0..count).map(|number| Enrolled {
            name: name(number),
            url: url(number),
            due: now,
            list: None,
        });
        store.enroll(listed.collect(), now).await.unwrap();
        Self {
            store,
            now,
            _folder: folder,
        }
    }

    /// Puts an alert about a watch into the outbox.
    pub(super) async fn alert(&self, number: usize) {
        let alert = Alert {
            schema: "1".to_owned(),
            alert_id: AlertId::of(self.now, &number.to_string()),
            kind: "watch_failing".to_owned(),
            at: self.now,
            severity: "medium".to_owned(),
            test: false,
            summary: "it fails".to_owned(),
            watch: WatchRef {
                id: name(number),
                tags: Vec::new(),
                reason: "3 failed checks".to_owned(),
            },
            story: None,
            old: None,
            new: None,
            changes: Vec::new(),
            also_changed: Vec::new(),
            changes_omitted: 0,
            headline_changed: false,
            disclosure: Disclosure::default(),
            links: Links::default(),
            problem: None,
            digest: None,
            disagreement: None,
        };
        let to = vec![Destination::at_once(ReceiverName::new("desk").unwrap(), "")];
        let outgoing = Outgoing { alert, to };
        self.store.enqueue(outgoing, self.now).await.unwrap();
    }

    /// A check of a watch that finds `page` after the version `expected`.
    pub(super) fn found(&self, number: usize, expected: Option<u32>, page: Vec<u8>) -> Record {
        Record {
            archive: false,
            watch: name(number),
            story: StoryId::of(&name(number), &url(number)),
            expected,
            at: self.now,
            next_due: Some(self.now),
            validators: Validators::default(),
            page: NewPage {
                url: url(number),
                content_type: None,
                head: None,
                sha256: "00".repeat(32),
                bytes: page,
                reader: "html/1".to_owned(),
                story: Story::from_text("Talks", &["The truce holds."]),
                container: None,
            },
            changes: Vec::new(),
            figures: Vec::new(),
            alerts: Vec::new(),
            last_alerted: BTreeMap::new(),
            flips: BTreeMap::new(),
            claims: ClaimValues::default(),
        }
    }
}

pub(super) fn name(number: usize) -> WatchName {
    WatchName::new(&format!("w{number}")).unwrap()
}

fn url(number: usize) -> String {
    format!("https://news.example/{number}")
}

/// How SQLite means to run `sql`, a line for each step.
pub(super) async fn plan(store: &Store, sql: &'static str, parameters: usize) -> String {
    let explain = move |connection: &Connection| {
        let Connection::Sqlite(file) = connection else {
            panic!("not a file");
        };
        let mut query = file.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
        let nothing = vec![0; parameters];
        let mut rows = query.query(rusqlite::params_from_iter(nothing))?;
        let mut plan = String::new();
        while let Some(row) = rows.next()? {
            writeln!(plan, "{}", row.get::<_, String>(3)?).unwrap();
        }
        Ok(plan)
    };
    store.0.read("explain", explain).await.unwrap()
}
