//! What a check found, written as one transaction.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::alert::rules::Flips;
use crate::alert::{Alert, ReceiverName, StoryId, WatchName};
use crate::claims::Figure;
use crate::compare::Change;
use crate::story::{Container, Story};

use super::Store;
use super::error::{Error, Fault};
use super::held::Hold;
use super::known::{Told, Validators, version_key};
use super::row::{Ms, found};
use super::sql::{Connection, OptionalExtension, Reach, params};
use super::standing::ClaimValues;
use super::{enqueue, figures, pages, shape, versions};

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
    /// The facts that have lately gone from one value to another.
    pub flips: Flips,
    /// The values of the claims that are followed in it.
    pub claims: ClaimValues,
    /// Whether a public archive is to keep the page.
    pub archive: bool,
}

/// The page of a new version.
#[derive(Debug, Clone)]
pub struct NewPage {
    /// The address it came from, after redirects.
    pub url: String,
    /// The value of `Content-Type`.
    pub content_type: Option<String>,
    /// Status line and headers of the answer, a line each, where they are known.
    pub head: Option<String>,
    /// SHA-256 of `bytes`, in hex.
    pub sha256: String,
    /// The decoded body.
    pub bytes: Vec<u8>,
    /// Name and version of what read the story from the page.
    pub reader: String,
    /// What it read.
    pub story: Story,
    /// Where on the page that stood.
    pub container: Option<Container>,
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
    /// How long the alert is held, where its receiver is not told at once.
    pub hold: Option<Hold>,
    /// The most alerts the receiver is told in an hour; what is more is held.
    pub max_per_hour: Option<u32>,
}

impl Destination {
    /// An address that is told everything at once.
    #[must_use]
    pub fn at_once(receiver: ReceiverName, address: impl Into<String>) -> Self {
        Self {
            receiver,
            address: address.into(),
            hold: None,
            max_per_hour: None,
        }
    }
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
    /// Where on the page that stood.
    pub container: Option<Container>,
    /// Every figure it found, with its words in the story.
    pub figures: Vec<(Figure, String)>,
}

impl Store {
    /// Writes that the page is as it was: one row touched.
    pub async fn seen_again(&self, seen: Seen) -> Result<(), Error> {
        let reach = reach(&seen.alerts);
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
            enqueue::enqueue_all(connection, &seen.alerts, seen.at)
        };
        self.0.write_as(reach, "store a check", job).await
    }

    /// Writes a new version with all that follows from it, and answers its number.
    ///
    /// Where the story has got another version since the caller looked, nothing is written: see [`Error::is_moved`].
    pub async fn record(&self, record: Record) -> Result<u32, Error> {
        let pack = move |connection: &Connection| {
            let body = shape::of_story(&record.page.story)?;
            let packed = versions::pack(connection, &record.story, &record.page.bytes, &body)?;
            Ok((record, packed))
        };
        let (record, packed) = self.0.read("compress a page", pack).await?;
        let reach = reach(&record.alerts);
        let job = move |connection: &Connection| versions::write(connection, &record, &packed);
        self.0.write_as(reach, "store a version", job).await
    }

    /// Counts a failed check and keeps its cause.
    pub async fn failed(&self, failed: Failed) -> Result<(), Error> {
        let reach = reach(&failed.alerts);
        let job = move |connection: &Connection| count_failure(connection, &failed);
        self.0.write_as(reach, "store a failed check", job).await
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
                .prepare_cached(
                    "UPDATE version SET reader = ?2, headline = ?3, container = ?4 WHERE key = ?1",
                )?
                .execute(params![
                    version,
                    reread.reader,
                    reread.body.headline,
                    reread.container.as_ref().map(Container::to_text)
                ])?;
            figures::reread(connection, story, reread.number, &reread.figures)
        };
        self.0
            .write_as(Reach::Own, "store a version read again", job)
            .await
    }
}

/// A check by itself concerns nobody else; what it tells counts against what others have told the same receivers.
fn reach(alerts: &[Outgoing]) -> Reach {
    if alerts.is_empty() {
        Reach::Own
    } else {
        Reach::All
    }
}

/// The rows a check is about.
pub(super) struct Current {
    pub(super) watch: i64,
    pub(super) story: i64,
    /// Key and number of the latest version.
    pub(super) latest: Option<(i64, u32)>,
}

const CURRENT: &str = "SELECT w.key, s.key, s.id FROM watch w JOIN story s ON s.watch = w.key AND s.url = w.url WHERE w.name = ?1";

/// On a server the watch is held until the transaction ends: what is known of it then cannot change under the write.
const CURRENT_HELD: &str =
    "SELECT w.key, s.key, s.id FROM watch w JOIN story s ON s.watch = w.key AND s.url = w.url
    WHERE w.name = ?1 FOR NO KEY UPDATE OF w";

/// A watch and its story, unless the watch has come to follow another one meanwhile.
pub(super) fn current(
    connection: &Connection,
    watch: &WatchName,
    story: &StoryId,
) -> Result<Current, Fault> {
    let row = connection
        .prepare_cached(connection.dialect(CURRENT, CURRENT_HELD))?
        .query_row([watch.as_str()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<String>(2)?))
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
pub(super) struct Checked<'a> {
    pub(super) watch: i64,
    pub(super) at: Timestamp,
    pub(super) next_due: Option<Timestamp>,
    pub(super) validators: &'a Validators,
}

/// The story was there: no failures, no evidence for a removal, no lease.
pub(super) fn it_works(connection: &Connection, checked: &Checked<'_>) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "UPDATE watch SET due = ?2, last_check = ?3, last_seen = ?3, etag = ?4, last_modified = ?5, seen = ?6,
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
            checked.validators.seen,
        ])?;
    end_article(connection, checked.watch, checked.at)
}

/// An article that is not checked again is followed no longer.
fn end_article(connection: &Connection, watch: i64, at: Timestamp) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "UPDATE watch SET archived = ?2
             WHERE key = ?1 AND due IS NULL AND archived IS NULL AND key IN (SELECT watch FROM article)",
        )?
        .execute(params![watch, Ms(at)])?;
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
                 missing_count = CASE WHEN ?7 THEN missing_count + 1 ELSE missing_count END
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
    end_article(connection, current.watch, failed.at)?;
    if failed.removed {
        connection
            .prepare_cached("UPDATE story SET removed = coalesce(removed, ?2) WHERE key = ?1")?
            .execute(params![current.story, Ms(failed.at)])?;
    }
    enqueue::enqueue_all(connection, &failed.alerts, failed.at)
}
