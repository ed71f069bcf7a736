//! What a check found, written as one transaction.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use crate::alert::{Alert, ReceiverName, StoryId, WatchName};
use crate::claims::Figure;
use crate::compare::Change;
use crate::story::Story;

use super::Store;
use super::error::{Error, Fault};
use super::known::{Told, Validators, version_key};
use super::row::{Ms, Number, found};
use super::{figures, outbox, pages, shape};

/// A check that found the page as it was.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The watch.
    pub watch: WatchName,
    /// The story that was checked.
    pub story: StoryId,
    /// When.
    pub at: Timestamp,
    /// When to check next; `None` for never.
    pub next_due: Option<Timestamp>,
    /// What to ask the server with next time.
    pub validators: Validators,
    /// What is to be told of it: that the watch works again.
    pub alerts: Vec<Outgoing>,
}

/// A check that found a new version.
#[derive(Debug, Clone)]
pub struct Record {
    /// The watch.
    pub watch: WatchName,
    /// The story that was checked.
    pub story: StoryId,
    /// The latest version it was compared with; `None` for a first version.
    pub expected: Option<u32>,
    /// When.
    pub at: Timestamp,
    /// When to check next; `None` for never.
    pub next_due: Option<Timestamp>,
    /// What to ask the server with next time.
    pub validators: Validators,
    /// The page and what was read from it.
    pub page: NewPage,
    /// What changed, most severe first.
    pub changes: Vec<Recorded>,
    /// Every figure of the new version, with its words in the story.
    pub figures: Vec<(Figure, String)>,
    /// What is told of it, and to whom.
    pub alerts: Vec<Outgoing>,
    /// The tracked claims whose value the receivers know from now on.
    pub last_alerted: BTreeMap<String, Told>,
}

/// The page of a new version.
#[derive(Debug, Clone)]
pub struct NewPage {
    /// The address it came from, after redirects.
    pub url: String,
    /// The value of `Content-Type`.
    pub content_type: Option<String>,
    /// SHA-256 of `bytes`, in hex.
    pub sha256: String,
    /// The decoded body.
    pub bytes: Vec<u8>,
    /// Name and version of what read the story from the page.
    pub reader: String,
    /// What it read.
    pub story: Story,
}

/// A change and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// The change.
    pub change: Change,
    /// Whether somebody is told.
    pub told: bool,
    /// Why, or why not.
    pub reason: String,
}

/// An alert and its destinations.
#[derive(Debug, Clone, PartialEq)]
pub struct Outgoing {
    /// The alert.
    pub alert: Alert,
    /// To whom it goes; one delivery each.
    pub to: Vec<Destination>,
}

/// Where a delivery goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Destination {
    /// The receiver.
    pub receiver: ReceiverName,
    /// The address among those of the receiver; empty where it has but one. Never a secret: it is stored and shown.
    pub address: String,
}

/// A check that found no story.
#[derive(Debug, Clone)]
pub struct Failed {
    /// The watch.
    pub watch: WatchName,
    /// The story that was checked.
    pub story: StoryId,
    /// When.
    pub at: Timestamp,
    /// When to check next; `None` for never.
    pub next_due: Option<Timestamp>,
    /// What was tried and what came back.
    pub error: String,
    /// The kind of failure, in a word.
    pub kind: String,
    /// Whether the server said that the page is not there: evidence for a removal.
    pub missing: bool,
    /// Whether the evidence suffices: the story counts as removed from now on.
    pub removed: bool,
    /// Whether `alerts` tell of the watch being in trouble.
    pub problem_told: bool,
    /// What is told of it, and to whom.
    pub alerts: Vec<Outgoing>,
}

/// A stored page read again by a newer reader.
#[derive(Debug, Clone)]
pub struct Reread {
    /// The story.
    pub story: StoryId,
    /// The version.
    pub number: u32,
    /// Name and version of the reader.
    pub reader: String,
    /// What it read.
    pub body: Story,
    /// Every figure it found, with its words in the story.
    pub figures: Vec<(Figure, String)>,
}

/// What a new version needs that takes time: made before the transaction, off the writer's thread.
struct Packed {
    base: Option<i64>,
    bytes: Vec<u8>,
    body: Vec<u8>,
}

impl Store {
    /// Writes that the page is as it was: one row touched.
    pub async fn seen_again(&self, seen: Seen) -> Result<(), Error> {
        let job = move |connection: &Connection| {
            let watch = current(connection, &seen.watch, &seen.story)?.watch;
            let checked = Checked {
                watch,
                at: seen.at,
                next_due: seen.next_due,
                validators: &seen.validators,
            };
            it_works(connection, &checked)?;
            connection
                .prepare_cached(
                    "UPDATE story SET removed = NULL WHERE id = ?1 AND removed IS NOT NULL",
                )?
                .execute([seen.story.as_str()])?;
            outbox::enqueue_all(connection, &seen.alerts, seen.at)
        };
        self.0.write("store a check", job).await
    }

    /// Writes a new version with all that follows from it, and answers its number.
    ///
    /// Where the story has got another version since the caller looked, nothing is written: see [`Error::is_moved`].
    pub async fn record(&self, record: Record) -> Result<u32, Error> {
        let reading = {
            let story = record.story.clone();
            let page = record.page.bytes.clone();
            let body = shape::of_story(&record.page.story);
            move |connection: &Connection| pack(connection, &story, &page, &body?)
        };
        let packed = self.0.read("compress a page", reading).await?;
        let job = move |connection: &Connection| write(connection, &record, &packed);
        self.0.write("store a version", job).await
    }

    /// Counts a failed check and keeps its cause.
    pub async fn failed(&self, failed: Failed) -> Result<(), Error> {
        let job = move |connection: &Connection| count_failure(connection, &failed);
        self.0.write("store a failed check", job).await
    }

    /// Puts what a newer reader reads from a stored page in the place of what the older one read. Never alerts.
    pub async fn reread(&self, reread: Reread) -> Result<(), Error> {
        let job = move |connection: &Connection| {
            let version = version_key(connection, &reread.story, reread.number)?;
            let story: i64 = connection
                .prepare_cached("SELECT story FROM version WHERE key = ?1")?
                .query_row([version], |row| row.get(0))?;
            let body = pages::pack(&shape::of_story(&reread.body)?, None)?;
            connection
                .prepare_cached("UPDATE page SET body = ?2 WHERE version = ?1")?
                .execute(params![version, body])?;
            connection
                .prepare_cached("UPDATE version SET reader = ?2, headline = ?3 WHERE key = ?1")?
                .execute(params![version, reread.reader, reread.body.headline])?;
            figures::reread(connection, story, reread.number, &reread.figures)
        };
        self.0.write("store a version read again", job).await
    }
}

/// The rows a check is about.
struct Current {
    watch: i64,
    story: i64,
    latest: Option<(i64, u32)>,
}

/// A watch and its story, unless the watch has come to follow another one meanwhile.
fn current(connection: &Connection, watch: &WatchName, story: &StoryId) -> Result<Current, Fault> {
    let row = connection
        .prepare_cached(
            "SELECT w.key, s.key, s.id FROM watch w JOIN story s ON s.watch = w.key AND s.url = w.url WHERE w.name = ?1",
        )?
        .query_row([watch.as_str()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?))
        });
    let (watch_key, story_key, id) = found(row, || format!("watch `{watch}`"))?;
    if id != story.as_str() {
        return Err(Fault::Moved(watch.to_string()));
    }
    let latest = connection
        .prepare_cached(
            "SELECT key, number FROM version WHERE story = ?1 ORDER BY number DESC LIMIT 1",
        )?
        .query_row([story_key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(Current {
        watch: watch_key,
        story: story_key,
        latest,
    })
}

/// A check that ended well.
struct Checked<'a> {
    watch: i64,
    at: Timestamp,
    next_due: Option<Timestamp>,
    validators: &'a Validators,
}

/// The story was there: no failures, no evidence for a removal, no lease.
fn it_works(connection: &Connection, checked: &Checked<'_>) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "UPDATE watch SET due = ?2, last_check = ?3, last_seen = ?3, etag = ?4, last_modified = ?5,
                 holder = NULL, leased_until = NULL, failures = 0, failing_since = NULL, failure_kind = NULL,
                 error = NULL, problem_told = NULL, missing_since = NULL, missing_count = 0
             WHERE key = ?1",
        )?
        .execute(params![
            checked.watch,
            checked.next_due.map(Ms),
            Ms(checked.at),
            checked.validators.etag,
            checked.validators.last_modified,
        ])?;
    Ok(())
}

fn pack(
    connection: &Connection,
    story: &StoryId,
    page: &[u8],
    body: &[u8],
) -> Result<Packed, Fault> {
    let key = connection
        .prepare_cached("SELECT key FROM story WHERE id = ?1")?
        .query_row([story.as_str()], |row| row.get(0));
    let key: i64 = found(key, || format!("story `{story}`"))?;
    let base = pages::base(connection, key)?;
    let prefix = base.as_ref().map(|base| base.bytes.as_slice());
    Ok(Packed {
        bytes: pages::pack(page, prefix)?,
        body: pages::pack(body, None)?,
        base: base.as_ref().map(|base| base.version),
    })
}

fn write(connection: &Connection, record: &Record, packed: &Packed) -> Result<u32, Fault> {
    let current = current(connection, &record.watch, &record.story)?;
    if current.latest.map(|(_, number)| number) != record.expected {
        return Err(Fault::Moved(record.watch.to_string()));
    }
    let number = record.expected.unwrap_or(0).saturating_add(1);
    if let Some((previous, _)) = current.latest {
        connection
            .prepare_cached(
                "UPDATE version SET last_seen = max(last_seen, coalesce((SELECT last_seen FROM watch WHERE key = ?2), 0))
                 WHERE key = ?1",
            )?
            .execute([previous, current.watch])?;
    }
    let checked = Checked {
        watch: current.watch,
        at: record.at,
        next_due: record.next_due,
        validators: &record.validators,
    };
    it_works(connection, &checked)?;
    let version = insert_version(connection, record, current.story, number)?;
    insert_page(connection, version, &record.page, packed)?;
    update_story(connection, record, current.story)?;
    insert_changes(connection, version, &record.changes)?;
    figures::keep(connection, current.story, number, &record.figures)?;
    update_told(connection, current.story, &record.last_alerted)?;
    outbox::enqueue_all(connection, &record.alerts, record.at)?;
    Ok(number)
}

fn insert_version(
    connection: &Connection,
    record: &Record,
    story: i64,
    number: u32,
) -> Result<i64, Fault> {
    let page = &record.page;
    connection
        .prepare_cached(
            "INSERT INTO version (story, number, first_seen, last_seen, headline, sha256, reader)
             VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            story,
            number,
            Ms(record.at),
            page.story.headline,
            page.sha256,
            page.reader
        ])?;
    Ok(connection.last_insert_rowid())
}

fn insert_page(
    connection: &Connection,
    version: i64,
    page: &NewPage,
    packed: &Packed,
) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT INTO page (version, url, content_type, base, length, bytes, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            version,
            page.url,
            page.content_type,
            packed.base,
            i64::try_from(page.bytes.len()).unwrap_or(i64::MAX),
            packed.bytes,
            packed.body
        ])?;
    Ok(())
}

fn update_story(connection: &Connection, record: &Record, story: i64) -> Result<(), Fault> {
    let published = record.page.story.published.as_ref();
    let changed = (!record.changes.is_empty()).then_some(Ms(record.at));
    connection
        .prepare_cached(
            "UPDATE story SET published = coalesce(?2, published), changed = coalesce(?3, changed), removed = NULL
             WHERE key = ?1",
        )?
        .execute(params![
            story,
            published.and_then(|date| date.at).map(Ms),
            changed
        ])?;
    Ok(())
}

fn insert_changes(
    connection: &Connection,
    version: i64,
    changes: &[Recorded],
) -> Result<(), Fault> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO change (version, position, kind, severity, noun, unit, old_text, new_text, told, reason, whole)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    for (position, recorded) in (0i64..).zip(changes) {
        let change = &recorded.change;
        let old = change.old.as_ref();
        let new = change.new.as_ref();
        let either = new.or(old);
        insert.execute(params![
            version,
            position,
            change.kind.as_str(),
            change.severity.as_str(),
            either.and_then(|side| side.noun.as_deref()),
            either.and_then(|side| side.unit.as_deref()),
            old.map(|side| side.text.as_str()),
            new.map(|side| side.text.as_str()),
            recorded.told,
            recorded.reason,
            shape::of_change(change)?,
        ])?;
    }
    Ok(())
}

fn update_told(
    connection: &Connection,
    story: i64,
    last_alerted: &BTreeMap<String, Told>,
) -> Result<(), Fault> {
    let mut update = connection.prepare_cached(
        "INSERT INTO told (story, claim, low, high, text) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (story, claim) DO UPDATE SET low = excluded.low, high = excluded.high, text = excluded.text",
    )?;
    for (claim, told) in last_alerted {
        update.execute(params![
            story,
            claim,
            told.low.map(Number),
            told.high.map(Number),
            told.text
        ])?;
    }
    Ok(())
}

fn count_failure(connection: &Connection, failed: &Failed) -> Result<(), Fault> {
    let current = current(connection, &failed.watch, &failed.story)?;
    connection
        .prepare_cached(
            "UPDATE watch SET due = ?2, last_check = ?3, holder = NULL, leased_until = NULL,
                 failures = failures + 1, failing_since = coalesce(failing_since, ?3), failure_kind = ?4, error = ?5,
                 problem_told = CASE WHEN ?6 THEN ?3 ELSE problem_told END,
                 missing_since = CASE WHEN ?7 THEN coalesce(missing_since, ?3) ELSE missing_since END,
                 missing_count = missing_count + ?7
             WHERE key = ?1",
        )?
        .execute(params![
            current.watch,
            failed.next_due.map(Ms),
            Ms(failed.at),
            failed.kind,
            failed.error,
            failed.problem_told,
            failed.missing,
        ])?;
    if failed.removed {
        connection
            .prepare_cached("UPDATE story SET removed = coalesce(removed, ?2) WHERE key = ?1")?
            .execute(params![current.story, Ms(failed.at)])?;
    }
    outbox::enqueue_all(connection, &failed.alerts, failed.at)
}
