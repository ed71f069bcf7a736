//! The watches of the configuration, and what becomes of those it no longer lists.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::alert::{StoryId, WatchName};

use super::Store;
use super::error::{Error, Fault};
use super::row::Ms;
use super::sql::{self, Connection, OptionalExtension, params};

/// A watch as the configuration lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    /// Its name.
    pub name: WatchName,
    /// The address it follows.
    pub url: String,
    /// When it is checked first, where it is new.
    pub due: Timestamp,
    /// How it is read where it is a list of articles. When that changes, the whole list is looked at again.
    pub list: Option<String>,
}

/// What is stored of a watch that may be listed again.
struct Stored {
    key: i64,
    url: String,
    archived: bool,
}

impl Store {
    /// Makes the configuration's list the list of watches.
    ///
    /// A watch that is there already keeps its due time and its state; one with another address starts a new story; one
    /// that is no longer listed is archived with all its versions, and goes on from them when it is listed again. The
    /// articles of a list go with their list.
    pub async fn enroll(&self, listed: Vec<Enrolled>, now: Timestamp) -> Result<(), Error> {
        let job = move |connection: &Connection| enroll(connection, &listed, now);
        self.0.write("store the list of watches", job).await
    }
}

fn enroll(connection: &Connection, listed: &[Enrolled], now: Timestamp) -> Result<(), Fault> {
    let mut stored = stored(connection)?;
    for watch in listed {
        let key = match stored.remove(watch.name.as_str()) {
            None => add(connection, watch)?,
            Some(before) => {
                if before.url != watch.url {
                    readdress(connection, &before, watch)?;
                } else if before.archived {
                    bring_back(connection, before.key, watch.due)?;
                }
                before.key
            }
        };
        match &watch.list {
            Some(reading) => enroll_list(connection, key, reading, watch.due)?,
            None => end_list(connection, key, now)?,
        }
    }
    let mut archive = connection.prepare_cached(
        "UPDATE watch SET archived = ?2, holder = NULL, leased_until = NULL WHERE key = ?1",
    )?;
    for watch in stored.values().filter(|watch| !watch.archived) {
        archive.execute(params![watch.key, Ms(now)])?;
        end_list(connection, watch.key, now)?;
    }
    Ok(())
}

/// Notes how a list is read and follows again the articles it had, where it is listed again.
fn enroll_list(
    connection: &Connection,
    list: i64,
    reading: &str,
    due: Timestamp,
) -> Result<(), Fault> {
    let known: Option<String> = connection
        .prepare_cached("SELECT reading FROM list WHERE watch = ?1")?
        .query_row([list], |row| row.get(0))
        .optional()?;
    if known.as_deref() == Some(reading) {
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT INTO list (watch, reading) VALUES (?1, ?2) ON CONFLICT (watch) DO UPDATE SET reading = ?2",
        )?
        .execute(params![list, reading])?;
    // What was passed over may be wanted now, and "not modified" would hide it.
    for sql in [
        "UPDATE watch SET etag = NULL, last_modified = NULL, due = CASE WHEN due < ?2 THEN due ELSE ?2 END WHERE key = ?1",
        "UPDATE watch SET archived = NULL, due = CASE WHEN due > ?2 THEN due ELSE ?2 END, failures = 0, failing_since = NULL, failure_kind = NULL,
             error = NULL, problem_told = NULL, missing_since = NULL, missing_count = 0
         WHERE archived IS NOT NULL AND due IS NOT NULL
             AND key IN (SELECT watch FROM article WHERE list = ?1 AND until > ?2)",
    ] {
        connection
            .prepare_cached(sql)?
            .execute(params![list, Ms(due)])?;
    }
    connection
        .prepare_cached("DELETE FROM listed WHERE list = ?1 AND watch IS NULL")?
        .execute([list])?;
    Ok(())
}

/// The articles of a watch that is no list, or no longer one, are not followed.
fn end_list(connection: &Connection, list: i64, now: Timestamp) -> Result<(), Fault> {
    let was_list = connection
        .prepare_cached("DELETE FROM list WHERE watch = ?1")?
        .execute([list])?;
    if was_list > 0 {
        connection
            .prepare_cached(
                "UPDATE watch SET archived = ?2, holder = NULL, leased_until = NULL
                 WHERE archived IS NULL AND key IN (SELECT watch FROM article WHERE list = ?1)",
            )?
            .execute(params![list, Ms(now)])?;
    }
    Ok(())
}

fn stored(connection: &Connection) -> Result<BTreeMap<String, Stored>, Fault> {
    let mut query = connection.prepare_cached(
        "SELECT name, key, url, archived IS NOT NULL FROM watch
             WHERE key NOT IN (SELECT watch FROM article)",
    )?;
    let rows = query.query_map([], |row| {
        let stored = Stored {
            key: row.get(1)?,
            url: row.get(2)?,
            archived: row.get(3)?,
        };
        Ok((row.get(0)?, stored))
    })?;
    Ok(rows.collect::<sql::Result<_>>()?)
}

/// Adds a watch that is new, and answers its key.
pub(super) fn add(connection: &Connection, watch: &Enrolled) -> Result<i64, Fault> {
    let key = connection
        .prepare_cached("INSERT INTO watch (name, url, due) VALUES (?1, ?2, ?3) RETURNING key")?
        .query_row(
            params![watch.name.as_str(), watch.url, Ms(watch.due)],
            |row| row.get(0),
        )?;
    begin_story(connection, key, watch)?;
    Ok(key)
}

/// Lets a watch follow another address: what was known of the old one says nothing about the new one.
fn readdress(connection: &Connection, before: &Stored, watch: &Enrolled) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "UPDATE version SET last_seen = w.last_seen FROM watch w
             WHERE w.key = ?1 AND w.last_seen > version.last_seen
                 AND version.key = (SELECT v.key FROM version v JOIN story s ON s.key = v.story
                     WHERE s.watch = ?1 AND s.url = ?2 ORDER BY v.number DESC LIMIT 1)",
        )?
        .execute(params![before.key, before.url])?;
    connection
        .prepare_cached(
            "UPDATE watch SET url = ?2, due = ?3, archived = NULL, holder = NULL, leased_until = NULL,
                 last_check = NULL, last_seen = NULL, etag = NULL, last_modified = NULL, seen = NULL, failures = 0,
                 failing_since = NULL, failure_kind = NULL, error = NULL, problem_told = NULL,
                 missing_since = NULL, missing_count = 0
             WHERE key = ?1",
        )?
        .execute(params![before.key, watch.url, Ms(watch.due)])?;
    begin_story(connection, before.key, watch)
}

/// A watch that comes back was not checked meanwhile: it is due, and its failures are no longer in a row.
pub(super) fn bring_back(connection: &Connection, key: i64, due: Timestamp) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "UPDATE watch SET archived = NULL, due = ?2, failures = 0, failing_since = NULL, failure_kind = NULL,
                 error = NULL, problem_told = NULL, missing_since = NULL, missing_count = 0
             WHERE key = ?1",
        )?
        .execute(params![key, Ms(due)])?;
    Ok(())
}

/// Makes the story of a watch at its address, unless the watch has followed it before.
fn begin_story(connection: &Connection, watch: i64, listed: &Enrolled) -> Result<(), Fault> {
    let known = connection
        .prepare_cached("SELECT 1 FROM story WHERE watch = ?1 AND url = ?2")?
        .exists(params![watch, listed.url])?;
    if known {
        return Ok(());
    }
    let mut insert = connection.prepare_cached(
        "INSERT INTO story (id, watch, url) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING",
    )?;
    // Identifiers are short enough to be typed, so among many stories two can be given the same one.
    for attempt in 0u32.. {
        let id = match attempt {
            0 => StoryId::of(&listed.name, &listed.url),
            _ => StoryId::of(&listed.name, &format!("{}\n{attempt}", listed.url)),
        };
        if insert.execute(params![id.as_str(), watch, listed.url])? == 1 {
            break;
        }
    }
    Ok(())
}

/// The key of the watch with this name, where there is one.
pub(super) fn watch_key(connection: &Connection, watch: &WatchName) -> Result<Option<i64>, Fault> {
    let key = connection
        .prepare_cached("SELECT key FROM watch WHERE name = ?1")?
        .query_row([watch.as_str()], |row| row.get(0))
        .optional()?;
    Ok(key)
}
