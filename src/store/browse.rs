//! Looking around, a screenful at a time: what the local page asks.
//!
//! Nothing here grows with the age of the store: every list has a limit, and lists of what is recent begin at their end.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::alert::{Alert, StoryId, WatchName};

use super::Store;
use super::error::{Error, Fault};
use super::known::{VERSIONS, to_version};
use super::lookback::{Happened, StoryEntry, changes, to_story_entry};
use super::record::Recorded;
use super::row::{Ms, Name, found};
use super::shape;
use super::sql::{self, Connection, OptionalExtension, params};

/// A change with the story it happened to.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The watch.
    pub watch: WatchName,
    /// The story.
    pub story: StoryId,
    /// Its address.
    pub url: String,
    /// Its headline since this change.
    pub headline: String,
    /// The version that brought the change.
    pub version: u32,
    /// Its place among the changes of the version, from 0.
    pub position: u32,
    /// When the version was first seen.
    pub at: Timestamp,
    /// The change, and what became of it.
    pub recorded: Recorded,
}

/// Which changes to list.
#[derive(Debug, Clone)]
pub struct Recent {
    /// Not older than this.
    pub since: Timestamp,
    /// Of this watch.
    pub watch: Option<WatchName>,
    /// At most this many, the newest.
    pub limit: u32,
}

/// What a watch found lately.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Noise {
    /// Versions of which something was told.
    pub told: u32,
    /// Versions that changed something, of which nothing was told.
    pub untold: u32,
}

/// The keys of the versions that are not older than a time: keys are given in the order of time.
const SINCE: &str = "v.key > coalesce((SELECT o.key FROM version o WHERE o.first_seen < ?1 ORDER BY o.key DESC LIMIT 1), 0)";

impl Store {
    /// The alerts of these kinds that were made, oldest first. One that cannot be read is left out.
    pub async fn alerts_of(&self, kinds: &'static [&'static str]) -> Result<Vec<Alert>, Error> {
        let job = move |connection: &Connection| {
            let mut query = connection
                .prepare_cached("SELECT whole FROM alert WHERE kind = ?1 ORDER BY key")?;
            let mut alerts: Vec<Alert> = Vec::new();
            for kind in kinds {
                let rows = query.query_map([kind], |row| row.get::<String>(0))?;
                for whole in rows {
                    alerts.extend(serde_json::from_str::<Alert>(&whole?));
                }
            }
            alerts.retain(|alert| !alert.test);
            alerts.sort_by_key(|alert| alert.at);
            Ok(alerts)
        };
        self.0.read("list alerts", job).await
    }

    /// The latest changes, newest first.
    pub async fn recent(&self, wanted: Recent) -> Result<Vec<Event>, Error> {
        let job = move |connection: &Connection| recent(connection, &wanted);
        self.0.read("list the latest changes", job).await
    }

    /// One story as it is listed; `None` where there is none.
    pub async fn story(&self, story: &StoryId) -> Result<Option<StoryEntry>, Error> {
        let story = story.clone();
        let job = move |connection: &Connection| {
            let entry = connection
                .prepare_cached(
                    "SELECT s.id, w.name, w.archived IS NULL AND w.url = s.url, s.url, l.headline, s.published, f.first_seen,
                         s.changed, s.removed, coalesce(l.number, 0)
                     FROM story s JOIN watch w ON w.key = s.watch
                         LEFT JOIN version f ON f.story = s.key AND f.number = 1
                         LEFT JOIN version l ON l.key =
                             (SELECT n.key FROM version n WHERE n.story = s.key ORDER BY n.number DESC LIMIT 1)
                     WHERE s.id = ?1",
                )?
                .query_row([story.as_str()], to_story_entry)
                .optional()?;
            Ok(entry)
        };
        self.0.read("look up a story", job).await
    }

    /// Up to `limit` versions of a story before the version `before`, newest first, with what each one changed.
    pub async fn versions(
        &self,
        story: &StoryId,
        before: u32,
        limit: u32,
    ) -> Result<Vec<Happened>, Error> {
        let story = story.clone();
        let job = move |connection: &Connection| versions(connection, &story, before, limit);
        self.0.read("list the versions of a story", job).await
    }

    /// What each watch has found since a time.
    pub async fn noise(&self, since: Timestamp) -> Result<BTreeMap<WatchName, Noise>, Error> {
        let job = move |connection: &Connection| noise(connection, since);
        self.0.read("count what was told", job).await
    }
}

fn recent(connection: &Connection, wanted: &Recent) -> Result<Vec<Event>, Fault> {
    let sql = format!(
        "SELECT w.name, s.id, s.url, v.headline, v.number, c.position, v.first_seen, c.whole, c.told, c.reason
         FROM version v JOIN change c ON c.version = v.key JOIN story s ON s.key = v.story JOIN watch w ON w.key = s.watch
         WHERE {SINCE} AND v.first_seen >= ?1 AND (CAST(?2 AS TEXT) IS NULL OR w.name = ?2 OR substr(w.name, 1, length(?2) + 1) = ?2 || '/')
         ORDER BY v.key DESC, c.position LIMIT ?3"
    );
    let mut query = connection.prepare_cached(&sql)?;
    let watch = wanted.watch.as_ref().map(WatchName::as_str);
    let mut rows = query.query(params![Ms(wanted.since), watch, wanted.limit])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(Event {
            watch: row.get::<Name<WatchName>>(0)?.0,
            story: row.get::<Name<StoryId>>(1)?.0,
            url: row.get(2)?,
            headline: row.get(3)?,
            version: row.get(4)?,
            position: row.get(5)?,
            at: row.get::<Ms>(6)?.0,
            recorded: Recorded {
                change: shape::to_change(&row.get::<String>(7)?)?,
                told: row.get(8)?,
                reason: row.get(9)?,
            },
        });
    }
    Ok(events)
}

fn versions(
    connection: &Connection,
    story: &StoryId,
    before: u32,
    limit: u32,
) -> Result<Vec<Happened>, Fault> {
    let key = connection
        .prepare_cached("SELECT key FROM story WHERE id = ?1")?
        .query_row([story.as_str()], |row| row.get(0));
    let key: i64 = found(key, || format!("story `{story}`"))?;
    let sql =
        format!("{VERSIONS} WHERE v.story = ?1 AND v.number < ?2 ORDER BY v.number DESC LIMIT ?3");
    let mut query = connection.prepare_cached(&sql)?;
    let mut happened = Vec::new();
    for version in query.query_map(params![key, before, limit], to_version)? {
        let version = version?;
        happened.push(Happened {
            changes: changes(connection, key, version.number)?,
            version,
        });
    }
    Ok(happened)
}

fn noise(connection: &Connection, since: Timestamp) -> Result<BTreeMap<WatchName, Noise>, Fault> {
    let sql = format!(
        "SELECT name, CAST(sum(told) AS BIGINT), CAST(sum(1 - told) AS BIGINT) FROM (
             SELECT w.name AS name, max(c.told) AS told
             FROM version v JOIN change c ON c.version = v.key JOIN story s ON s.key = v.story JOIN watch w ON w.key = s.watch
             WHERE {SINCE} AND v.first_seen >= ?1 GROUP BY v.key, w.name) AS seen
         GROUP BY name"
    );
    let mut query = connection.prepare_cached(&sql)?;
    let rows = query.query_map(params![Ms(since)], |row| {
        let noise = Noise {
            told: row.get(1)?,
            untold: row.get(2)?,
        };
        Ok((row.get::<Name<WatchName>>(0)?.0, noise))
    })?;
    Ok(rows.collect::<sql::Result<_>>()?)
}
