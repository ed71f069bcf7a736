//! The store on real files: what is written together, handed out once, and found again.

#![allow(clippy::unwrap_used)]

mod figures;
mod file;
mod leases;
mod memory;
mod outbox;

use std::collections::BTreeMap;
use std::path::PathBuf;

use claimwatch::alert::{
    Alert, AlertId, Disclosure, Links, ReceiverName, StoryId, StoryRef, VersionRef, WatchName,
    WatchRef,
};
use claimwatch::claims::{self, Decimal, Figure, FigureKind};
use claimwatch::compare::{Change, ChangeKind, Evidence};
use claimwatch::store::{
    Destination, Enrolled, Failed, NewPage, Outgoing, Record, Recorded, Seen, Store, Told,
    Validators,
};
use claimwatch::story::{Place, Span, Story};
use jiff::Timestamp;

use crate::support::postgres;

/// A store in a folder of its own.
pub struct Desk {
    pub store: Store,
    pub path: PathBuf,
    place: claimwatch::store::Place,
    folder: tempfile::TempDir,
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = postgres::place(folder.path());
        let store = Store::open_exclusive(&place).unwrap();
        Self {
            store,
            path: folder.path().join("claimwatch.db"),
            place,
            folder,
        }
    }

    /// With one watch, `desk`, due at time 0.
    pub async fn watching() -> Self {
        let desk = Self::new();
        desk.enroll(&[("desk", URL)], 0).await;
        desk
    }

    pub async fn enroll(&self, watches: &[(&str, &str)], now: i64) {
        let listed = watches
            .iter()
            .map(|(name, url)| Enrolled {
                name: watch(name),
                url: (*url).to_owned(),
                due: at(now),
                list: None,
            })
            .collect();
        self.store.enroll(listed, at(now)).await.unwrap();
    }

    /// Stops and starts again.
    pub fn restarted(self) -> Self {
        drop(self.store);
        Self {
            store: Store::open_exclusive(&self.place).unwrap(),
            place: self.place,
            path: self.path,
            folder: self.folder,
        }
    }

    pub async fn lease(&self, now: i64) -> Vec<String> {
        let until = at(now + 100);
        let leased = self.store.lease_due("me/1", at(now), until, 100).await;
        leased.unwrap().iter().map(ToString::to_string).collect()
    }
}

pub const URL: &str = "https://news.example/1";

/// The time, in seconds from the beginning of the test.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + seconds).unwrap()
}

pub fn watch(name: &str) -> WatchName {
    WatchName::new(name).unwrap()
}

pub fn story_id() -> StoryId {
    StoryId::of(&watch("desk"), URL)
}

pub fn destination(receiver: &str, address: &str) -> Destination {
    Destination::at_once(ReceiverName::new(receiver).unwrap(), address)
}

/// A check of `desk` at `now` that finds `text` after the version `expected`.
pub fn found(expected: Option<u32>, now: i64, text: &str) -> Record {
    let page = format!("<html><body><h1>Talks</h1><p>{text}</p></body></html>");
    Record {
        archive: false,
        watch: watch("desk"),
        story: story_id(),
        expected,
        at: at(now),
        next_due: Some(at(now + 600)),
        validators: Validators {
            etag: Some(format!("\"{now}\"")),
            ..Validators::default()
        },
        page: NewPage {
            url: URL.to_owned(),
            content_type: Some("text/html".to_owned()),
            head: None,
            sha256: format!("{:064x}", page.len()),
            bytes: page.into_bytes(),
            reader: "html/1".to_owned(),
            story: Story::from_text("Talks", &[text]),
            container: None,
        },
        changes: Vec::new(),
        figures: Vec::new(),
        alerts: Vec::new(),
        last_alerted: BTreeMap::new(),
        flips: BTreeMap::new(),
        claims: Default::default(),
    }
}

/// `desk` checked at `now` with nothing new.
pub fn again(now: i64) -> Seen {
    Seen {
        watch: watch("desk"),
        story: story_id(),
        at: at(now),
        next_due: Some(at(now + 600)),
        validators: Validators::default(),
        alerts: Vec::new(),
    }
}

/// `desk` checked at `now` in vain.
pub fn in_vain(now: i64) -> Failed {
    Failed {
        watch: watch("desk"),
        story: story_id(),
        at: at(now),
        next_due: Some(at(now + 600)),
        error: "the server answered 503".to_owned(),
        kind: "status".to_owned(),
        missing: false,
        removed: false,
        problem_told: false,
        alerts: Vec::new(),
    }
}

/// An alert of `desk` about the step from one version to the next.
pub fn alert(now: i64, old: u32, new: u32) -> Alert {
    let version = |number| VersionRef {
        version: number,
        first_seen: at(now),
        last_seen: None,
        sha256: "00".repeat(32),
        archive_url: None,
    };
    Alert {
        schema: "1".to_owned(),
        alert_id: AlertId::of(at(now), &format!("{} {old} {new}", story_id())),
        kind: "figure_changed".to_owned(),
        at: at(now),
        severity: "high".to_owned(),
        test: false,
        summary: format!("version {old} became version {new}"),
        watch: WatchRef {
            id: watch("desk"),
            tags: Vec::new(),
            reason: "figure changed".to_owned(),
        },
        story: Some(StoryRef {
            id: story_id(),
            url: URL.to_owned(),
            title: "Talks".to_owned(),
            outlet: None,
            agency: None,
            language: Some("en".to_owned()),
            published_at: None,
            paragraphs: 1,
        }),
        old: Some(version(old)),
        new: Some(version(new)),
        changes: Vec::new(),
        also_changed: Vec::new(),
        changes_omitted: 0,
        headline_changed: false,
        disclosure: Disclosure::default(),
        links: Links::default(),
        problem: None,
        digest: None,
        disagreement: None,
    }
}

pub fn outgoing(alert: Alert, to: &[(&str, &str)]) -> Outgoing {
    Outgoing {
        alert,
        to: to
            .iter()
            .map(|(receiver, address)| destination(receiver, address))
            .collect(),
    }
}

fn span(text: &str) -> Span {
    Span {
        place: Place::Paragraph(0),
        start: 0,
        end: u32::try_from(text.len()).unwrap(),
    }
}

pub fn amount(low: i64, high: i64) -> claims::Amount {
    claims::Amount {
        low: Decimal::from(low),
        high: Decimal::from(high),
        qualifier: Some(claims::Qualifier::About),
    }
}

/// A count of refugees.
pub fn figure(text: &str, low: i64, high: i64) -> (Figure, String) {
    let figure = Figure {
        amount: Some(amount(low, high)),
        tally: None,
        kind: FigureKind::Count,
        unit: None,
        noun: Some("refugees".to_owned()),
        counted: None,
        role: None,
        said_by: None,
        span: span(text),
    };
    (figure, text.to_owned())
}

/// The count of refugees moved.
pub fn moved(old: (&str, i64, i64), new: (&str, i64, i64)) -> Recorded {
    let side = |(text, low, high): (&str, i64, i64)| Evidence {
        text: text.to_owned(),
        sentence: format!("The agency counts {text} refugees."),
        said_by: Some(claims::Source {
            name: "the agency".to_owned(),
            via: None,
        }),
        amount: Some(amount(low, high)),
        tally: None,
        unit: None,
        noun: Some("refugees".to_owned()),
        span: span(text),
    };
    let change = Change {
        kind: ChangeKind::FigureChanged,
        aspect: None,
        severity: ChangeKind::FigureChanged.severity(None),
        old: Some(side(old)),
        new: Some(side(new)),
        delta: None,
        places: vec![Place::Paragraph(0), Place::Headline],
    };
    Recorded {
        change,
        told: true,
        reason: "claim refugees: 16% >= 5%".to_owned(),
    }
}

pub fn told(text: &str, value: i64) -> BTreeMap<String, Told> {
    let told = Told {
        low: Some(Decimal::from(value)),
        high: Some(Decimal::from(value)),
        text: text.to_owned(),
    };
    BTreeMap::from([("refugees".to_owned(), told)])
}
