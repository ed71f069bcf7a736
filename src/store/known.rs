//! What is known of a watch before it is checked.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::alert::rules::{Flips, Muted};
use crate::alert::{StoryId, WatchName};
use crate::claims::Decimal;
use crate::story::{Container, Reading, Story};

use super::Store;
use super::error::{Error, Fault};
use super::row::{Ms, Name, found, number, time};
use super::sql::{self, Connection, OptionalExtension, Row};
use super::{flips, mutes, pages, shape};

/// Everything a check starts from, except the text: see [`Store::body`].
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// The story the watch follows now.
    pub story: StoryId,
    /// Its address.
    pub url: String,
    /// Its latest version; `None` before the first one.
    pub latest: Option<Version>,
    /// What to ask the server with.
    pub validators: Validators,
    /// For each tracked claim, the value its receivers know.
    pub last_alerted: BTreeMap<String, Told>,
    /// The facts that have lately gone from one value to another.
    pub flips: Flips,
    /// What is muted.
    pub muted: Muted,
    /// Failed checks in a row.
    pub failures: u32,
    /// Since when they fail.
    pub failing_since: Option<Timestamp>,
    /// When that was last told.
    pub problem_told: Option<Timestamp>,
    /// The evidence for a removal so far.
    pub missing: Option<Missing>,
    /// Since when the story counts as removed.
    pub removed: Option<Timestamp>,
    /// When the first version was seen.
    pub first_seen: Option<Timestamp>,
    /// When the latest version that says so was published.
    pub published: Option<Timestamp>,
    /// For an article that a list has brought, how it is followed.
    pub followed: Option<Term>,
}

/// How an article of a list is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// When it was published, as the list says, or else when the list first named it.
    pub born: Timestamp,
    /// Until when it is followed.
    pub until: Timestamp,
}

/// "Not found", again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// The first time since the page was last there.
    pub since: Timestamp,
    /// How many times.
    pub count: u32,
}

/// The validators of a page, to be sent back with the next request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// The value of `ETag`, as it came.
    pub etag: Option<String>,
    /// The value of `Last-Modified`, as it came.
    pub last_modified: Option<String>,
    /// SHA-256, in hex, of a page with other bytes than the latest version's that says the same. It is not sent.
    pub seen: Option<String>,
}

/// The value of a tracked claim that its receivers know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The lower end; `None` for a statement.
    pub low: Option<Decimal>,
    /// The upper end; `None` for a statement.
    pub high: Option<Decimal>,
    /// The story's words for it.
    pub text: String,
}

/// One state of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The story.
    pub story: StoryId,
    /// Counted from 1.
    pub number: u32,
    /// When it was first seen.
    pub first_seen: Timestamp,
    /// When it was last seen.
    pub last_seen: Timestamp,
    /// Its headline.
    pub headline: String,
    /// SHA-256 of the page's bytes, in hex.
    pub sha256: String,
    /// Name and version of what read the story from the page.
    pub reader: String,
    /// Whether its page and text are still there; old ones may have been let go.
    pub kept: bool,
    /// Where a public archive has a copy of the page, once it is known.
    pub archive_url: Option<String>,
}

/// A page as it was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPage {
    /// The address it came from, after redirects.
    pub url: String,
    /// The value of `Content-Type`.
    pub content_type: Option<String>,
    /// Status line and headers of the answer, a line each, where they were kept.
    pub head: Option<String>,
    /// The decoded body.
    pub bytes: Vec<u8>,
}

/// A version with its story and watch; `last_seen` of the latest is kept with the watch.
pub(super) const VERSIONS: &str = "
    SELECT s.id, v.number, v.first_seen,
        CASE WHEN w.url = s.url AND w.last_seen > v.last_seen
                AND NOT EXISTS (SELECT 1 FROM version n WHERE n.story = v.story AND n.number > v.number)
            THEN w.last_seen ELSE v.last_seen END,
        v.headline, v.sha256, v.reader,
        EXISTS (SELECT 1 FROM page p WHERE p.version = v.key),
        (SELECT a.url FROM archived a WHERE a.version = v.key)
    FROM version v JOIN story s ON s.key = v.story JOIN watch w ON w.key = s.watch";

/// Reads a row of [`VERSIONS`].
pub(super) fn to_version(row: &Row<'_>) -> sql::Result<Version> {
    Ok(Version {
        story: row.get::<Name<StoryId>>(0)?.0,
        number: row.get(1)?,
        first_seen: row.get::<Ms>(2)?.0,
        last_seen: row.get::<Ms>(3)?.0,
        headline: row.get(4)?,
        sha256: row.get(5)?,
        reader: row.get(6)?,
        kept: row.get(7)?,
        archive_url: row.get(8)?,
    })
}

impl Store {
    /// What is known of `watch`.
    pub async fn known(&self, watch: &WatchName) -> Result<Known, Error> {
        let watch = watch.clone();
        let job = move |connection: &Connection| known(connection, &watch);
        self.0.read("look up the watch", job).await
    }

    /// The text of a version.
    pub async fn body(&self, story: &StoryId, number: u32) -> Result<Story, Error> {
        let reading = self.reading(story, number).await?;
        Ok(reading.story)
    }

    /// The text of a version, and where on its page that stood.
    pub async fn reading(&self, story: &StoryId, number: u32) -> Result<Reading, Error> {
        let story = story.clone();
        let job = move |connection: &Connection| {
            let row = connection
                .prepare_cached(
                    "SELECT p.body, v.container FROM page p JOIN version v ON v.key = p.version
                     JOIN story s ON s.key = v.story
                 WHERE s.id = ?1 AND v.number = ?2",
                )?
                .query_row((story.as_str(), number), |row| {
                    let container: Option<String> = row.get(1)?;
                    Ok((row.get::<Vec<u8>>(0)?, container))
                });
            let Some((body, container)) = row.optional()? else {
                return Err(no_text(connection, &story, number));
            };
            Ok(Reading {
                story: shape::to_story(&pages::unpack(&body, None)?)?,
                container: container.as_deref().map(Container::of_text),
            })
        };
        self.0.read("read a version", job).await
    }

    /// The page of a version, as it was fetched.
    pub async fn page(&self, story: &StoryId, number: u32) -> Result<StoredPage, Error> {
        let story = story.clone();
        let job = move |connection: &Connection| {
            let version = version_key(connection, &story, number)?;
            match pages::page(connection, version)? {
                Some(page) => Ok(page),
                None => Err(no_text(connection, &story, number)),
            }
        };
        self.0.read("read a page", job).await
    }

    /// One version, without its text.
    pub async fn version(&self, story: &StoryId, number: u32) -> Result<Version, Error> {
        let story = story.clone();
        let job = move |connection: &Connection| {
            let sql = format!("{VERSIONS} WHERE s.id = ?1 AND v.number = ?2");
            let version = connection
                .prepare_cached(&sql)?
                .query_row((story.as_str(), number), to_version);
            found(version, || no_version(&story, number))
        };
        self.0.read("look up a version", job).await
    }
}

fn no_version(story: &StoryId, number: u32) -> String {
    format!("version {number} of story `{story}`")
}

/// Why there is no text of a version.
fn no_text(connection: &Connection, story: &StoryId, number: u32) -> Fault {
    match version_key(connection, story, number) {
        Ok(_) => Fault::Unknown(format!(
            "text of {} any more: `keep` in the configuration has let it go",
            no_version(story, number)
        )),
        Err(fault) => fault,
    }
}

pub(super) fn version_key(
    connection: &Connection,
    story: &StoryId,
    number: u32,
) -> Result<i64, Fault> {
    let key = connection
        .prepare_cached(
            "SELECT v.key FROM version v JOIN story s ON s.key = v.story WHERE s.id = ?1 AND v.number = ?2",
        )?
        .query_row((story.as_str(), number), |row| row.get(0));
    found(key, || no_version(story, number))
}

fn known(connection: &Connection, watch: &WatchName) -> Result<Known, Fault> {
    let row = connection
        .prepare_cached(
            "SELECT s.key, s.id, s.url, w.etag, w.last_modified, w.failures, w.failing_since, w.problem_told,
                 w.missing_since, w.missing_count, s.removed, s.published,
                 (SELECT v.first_seen FROM version v WHERE v.story = s.key ORDER BY v.number LIMIT 1),
                 coalesce(a.published, a.found), a.until, w.seen
             FROM watch w JOIN story s ON s.watch = w.key AND s.url = w.url LEFT JOIN article a ON a.watch = w.key
             WHERE w.name = ?1",
        )?
        .query_row([watch.as_str()], |row| {
            let count = row.get(9)?;
            let known = Known {
                story: row.get::<Name<StoryId>>(1)?.0,
                url: row.get(2)?,
                latest: None,
                validators: Validators {
                    etag: row.get(3)?,
                    last_modified: row.get(4)?,
                    seen: row.get(15)?,
                },
                last_alerted: BTreeMap::new(),
                flips: Flips::new(),
                muted: Muted::default(),
                failures: row.get(5)?,
                failing_since: time(row, 6)?,
                problem_told: time(row, 7)?,
                missing: time(row, 8)?.map(|since| Missing { since, count }),
                removed: time(row, 10)?,
                published: time(row, 11)?,
                first_seen: time(row, 12)?,
                followed: time(row, 13)?
                    .zip(time(row, 14)?)
                    .map(|(born, until)| Term { born, until }),
            };
            Ok((row.get::<i64>(0)?, known))
        });
    let (story, known) = found(row, || format!("watch `{watch}`"))?;
    Ok(Known {
        latest: latest(connection, story)?,
        last_alerted: last_alerted(connection, story)?,
        flips: flips::of_story(connection, story)?,
        muted: mutes::of_story(connection, &known.story)?,
        ..known
    })
}

/// The latest version of the story with this key.
fn latest(connection: &Connection, story: i64) -> Result<Option<Version>, Fault> {
    let sql = format!("{VERSIONS} WHERE v.story = ?1 ORDER BY v.number DESC LIMIT 1");
    let version = connection
        .prepare_cached(&sql)?
        .query_row([story], to_version)
        .optional()?;
    Ok(version)
}

fn last_alerted(connection: &Connection, story: i64) -> Result<BTreeMap<String, Told>, Fault> {
    let mut told =
        connection.prepare_cached("SELECT claim, low, high, text FROM told WHERE story = ?1")?;
    let rows = told.query_map([story], |row| {
        let value = Told {
            low: number(row, 1)?,
            high: number(row, 2)?,
            text: row.get(3)?,
        };
        Ok((row.get(0)?, value))
    })?;
    Ok(rows.collect::<sql::Result<_>>()?)
}
