//! Looking back: lists and counts for the commands and pages that change nothing.

use std::fs::OpenOptions;
use std::path::Path;

use jiff::Timestamp;

use crate::alert::{StoryId, WatchName};

use super::Store;
use super::error::{Error, Fault};
use super::known::{VERSIONS, Version, to_version};
use super::record::Recorded;
use super::row::{Name, found, time};
use super::sql::{self, Connection, OptionalExtension, Row, params};
use super::{schema, shape};

/// A watch and how its checks go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The watch.
    pub watch: WatchName,
    /// The story it follows now.
    pub story: StoryId,
    /// Its address.
    pub url: String,
    /// The headline of its latest version.
    pub headline: Option<String>,
    /// When it was last checked.
    pub last_check: Option<Timestamp>,
    /// When a change was last found.
    pub last_change: Option<Timestamp>,
    /// When it is checked next; `None` for never.
    pub next_check: Option<Timestamp>,
    /// Failed checks in a row.
    pub failures: u32,
    /// Since when they fail.
    pub failing_since: Option<Timestamp>,
    /// The kind of the last failure, in a word.
    pub failure_kind: Option<String>,
    /// What the last check met.
    pub error: Option<String>,
    /// Since when the story counts as removed.
    pub removed: Option<Timestamp>,
    /// How many versions there are.
    pub versions: u32,
    /// Deliveries about it that wait.
    pub waiting: u32,
}

/// A story as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryEntry {
    /// The story.
    pub id: StoryId,
    /// The watch that follows or followed it.
    pub watch: WatchName,
    /// Whether the watch follows it still.
    pub followed: bool,
    /// Its address.
    pub url: String,
    /// The headline of its latest version.
    pub headline: Option<String>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// When its first version was seen.
    pub first_seen: Option<Timestamp>,
    /// When a change was last found.
    pub last_change: Option<Timestamp>,
    /// Since when it counts as removed.
    pub removed: Option<Timestamp>,
    /// How many versions there are.
    pub versions: u32,
}

/// A version and what it changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Happened {
    /// The version.
    pub version: Version,
    /// The changes from the one before, most severe first.
    pub changes: Vec<Recorded>,
}

/// How much there is of everything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Watches the configuration lists.
    pub watches: u64,
    /// Of these, those that fail.
    pub failing: u64,
    /// Articles that lists have brought and that are followed.
    pub articles: u64,
    /// Stories.
    pub stories: u64,
    /// Versions.
    pub versions: u64,
    /// Changes.
    pub changes: u64,
    /// Alerts.
    pub alerts: u64,
    /// Deliveries that wait.
    pub waiting: u64,
    /// Deliveries held, to be told together.
    pub held: u64,
    /// Deliveries made.
    pub sent: u64,
    /// Deliveries given up.
    pub parked: u64,
}

impl Store {
    /// Every watch of the configuration and every article that is followed, by name.
    pub async fn status(&self) -> Result<Vec<Status>, Error> {
        let job = |connection: &Connection| {
            let mut query = connection.prepare_cached(
                "SELECT w.name, s.id, w.url, v.headline, w.last_check, s.changed, w.due, w.failures, w.failing_since,
                     w.failure_kind, w.error, s.removed, coalesce(v.number, 0), coalesce(d.waiting, 0)
                 FROM watch w JOIN story s ON s.watch = w.key AND s.url = w.url
                     LEFT JOIN version v ON v.key =
                         (SELECT l.key FROM version l WHERE l.story = s.key ORDER BY l.number DESC LIMIT 1)
                     LEFT JOIN (SELECT a.watch, count(*) AS waiting FROM delivery o JOIN alert a ON a.key = o.alert
                                WHERE o.state = 'waiting' GROUP BY a.watch) d ON d.watch = w.key
                 WHERE w.archived IS NULL ORDER BY w.name",
            )?;
            let rows = query.query_map([], to_status)?;
            Ok(rows.collect::<sql::Result<_>>()?)
        };
        self.0.read("list the watches", job).await
    }

    /// Every story, by the name of its watch. A list is none, nor is an article that was never read.
    pub async fn stories(&self) -> Result<Vec<StoryEntry>, Error> {
        let job = |connection: &Connection| {
            let mut query = connection.prepare_cached(
                "SELECT s.id, w.name, w.archived IS NULL AND w.url = s.url, s.url, l.headline, s.published, f.first_seen,
                     s.changed, s.removed, coalesce(l.number, 0)
                 FROM story s JOIN watch w ON w.key = s.watch
                     LEFT JOIN version f ON f.story = s.key AND f.number = 1
                     LEFT JOIN version l ON l.key =
                         (SELECT n.key FROM version n WHERE n.story = s.key ORDER BY n.number DESC LIMIT 1)
                 WHERE l.key IS NOT NULL OR NOT (w.key IN (SELECT watch FROM list)
                     OR (w.archived IS NOT NULL AND w.key IN (SELECT watch FROM article)))
                 ORDER BY w.name, s.key",
            )?;
            let rows = query.query_map([], to_story_entry)?;
            Ok(rows.collect::<sql::Result<_>>()?)
        };
        self.0.read("list the stories", job).await
    }

    /// The story that goes by `word`: its identifier, or the name of the watch that follows it.
    pub async fn find_story(&self, word: &str) -> Result<Option<StoryId>, Error> {
        let word = word.trim().to_owned();
        let job = move |connection: &Connection| {
            let story = connection
                .prepare_cached(
                    "SELECT s.id FROM story s JOIN watch w ON w.key = s.watch
                     WHERE s.id = ?1 OR (w.name = ?1 AND w.url = s.url) ORDER BY s.id = ?1 DESC LIMIT 1",
                )?
                .query_row([word], |row| row.get::<Name<StoryId>>(0))
                .optional()?;
            Ok(story.map(|name| name.0))
        };
        self.0.read("look up a story", job).await
    }

    /// The versions of a story, oldest first, with what each one changed.
    pub async fn history(&self, story: &StoryId) -> Result<Vec<Happened>, Error> {
        let story = story.clone();
        let job = move |connection: &Connection| history(connection, &story);
        self.0.read("look up the history of a story", job).await
    }

    /// How much there is of everything.
    pub async fn counts(&self) -> Result<Counts, Error> {
        self.0.read("count what is stored", counts).await
    }

    /// Examines the whole database, page by page and reference by reference.
    pub async fn check_integrity(&self) -> Result<(), Error> {
        self.0
            .read("examine the database", schema::examine_all)
            .await
    }

    /// Writes a copy of the database to `to`, which must not exist, while work goes on.
    pub async fn backup(&self, to: &Path) -> Result<(), Error> {
        let file = |cause| Error::file(to, "write the backup", cause);
        let name = to.to_str().map(str::to_owned).ok_or_else(|| {
            file(std::io::Error::new(
                std::io::ErrorKind::InvalidInput,
                "its name is not UTF-8",
            ))
        })?;
        schema::private(OpenOptions::new().create_new(true).write(true))
            .open(to)
            .map_err(file)?;
        let copied = self.0.copy_to("write a backup", name).await;
        if copied.is_err() {
            // Half a backup must not be taken for one; the error that is told is the one of the copy.
            let _ = std::fs::remove_file(to);
        }
        copied
    }
}

fn to_status(row: &Row<'_>) -> sql::Result<Status> {
    Ok(Status {
        watch: row.get::<Name<WatchName>>(0)?.0,
        story: row.get::<Name<StoryId>>(1)?.0,
        url: row.get(2)?,
        headline: row.get(3)?,
        last_check: time(row, 4)?,
        last_change: time(row, 5)?,
        next_check: time(row, 6)?,
        failures: row.get(7)?,
        failing_since: time(row, 8)?,
        failure_kind: row.get(9)?,
        error: row.get(10)?,
        removed: time(row, 11)?,
        versions: row.get(12)?,
        waiting: row.get(13)?,
    })
}

pub(super) fn to_story_entry(row: &Row<'_>) -> sql::Result<StoryEntry> {
    Ok(StoryEntry {
        id: row.get::<Name<StoryId>>(0)?.0,
        watch: row.get::<Name<WatchName>>(1)?.0,
        followed: row.get(2)?,
        url: row.get(3)?,
        headline: row.get(4)?,
        published: time(row, 5)?,
        first_seen: time(row, 6)?,
        last_change: time(row, 7)?,
        removed: time(row, 8)?,
        versions: row.get(9)?,
    })
}

fn history(connection: &Connection, story: &StoryId) -> Result<Vec<Happened>, Fault> {
    let key = connection
        .prepare_cached("SELECT key FROM story WHERE id = ?1")?
        .query_row([story.as_str()], |row| row.get(0));
    let key: i64 = found(key, || format!("story `{story}`"))?;
    let sql = format!("{VERSIONS} WHERE v.story = ?1 ORDER BY v.number");
    let mut query = connection.prepare_cached(&sql)?;
    let versions = query.query_map([key], to_version)?;
    let mut happened = Vec::new();
    for version in versions {
        let version = version?;
        happened.push(Happened {
            changes: changes(connection, key, version.number)?,
            version,
        });
    }
    Ok(happened)
}

pub(super) fn changes(
    connection: &Connection,
    story: i64,
    number: u32,
) -> Result<Vec<Recorded>, Fault> {
    let mut query = connection.prepare_cached(
        "SELECT c.whole, c.told, c.reason FROM change c JOIN version v ON v.key = c.version
         WHERE v.story = ?1 AND v.number = ?2 ORDER BY c.position",
    )?;
    let mut rows = query.query(params![story, number])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        changes.push(Recorded {
            change: shape::to_change(&row.get::<String>(0)?)?,
            told: row.get(1)?,
            reason: row.get(2)?,
        });
    }
    Ok(changes)
}

fn counts(connection: &Connection) -> Result<Counts, Fault> {
    let count = |sql: &str| -> Result<u64, Fault> {
        let count: i64 = connection
            .prepare_cached(sql)?
            .query_row([], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    };
    Ok(Counts {
        watches: count(
            "SELECT count(*) FROM watch WHERE archived IS NULL AND key NOT IN (SELECT watch FROM article)",
        )?,
        failing: count(
            "SELECT count(*) FROM watch WHERE archived IS NULL AND failures > 0 AND key NOT IN (SELECT watch FROM article)",
        )?,
        articles: count(
            "SELECT count(*) FROM watch WHERE archived IS NULL AND key IN (SELECT watch FROM article)",
        )?,
        stories: count("SELECT count(*) FROM story WHERE watch NOT IN (SELECT watch FROM list)")?,
        versions: count("SELECT count(*) FROM version")?,
        changes: count("SELECT count(*) FROM change")?,
        alerts: count("SELECT count(*) FROM alert")?,
        waiting: count("SELECT count(*) FROM delivery WHERE state = 'waiting'")?,
        held: count("SELECT count(*) FROM held WHERE finished IS NULL")?,
        sent: count("SELECT count(*) FROM delivery WHERE state = 'sent'")?,
        parked: count("SELECT count(*) FROM delivery WHERE state = 'parked'")?,
    })
}
