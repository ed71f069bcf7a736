//! A new version, row by row, inside the one transaction of its check.

use std::collections::BTreeMap;

use crate::alert::StoryId;
use crate::story::Container;

use super::error::Fault;
use super::known::Told;
use super::record::{Checked, NewPage, Record, Recorded, current, it_works};
use super::row::{Ms, Number, found};
use super::sql::{Connection, params};
use super::{archive, enqueue, figures, flips, pages, shape, standing};

/// What a new version needs that takes time: made before the transaction, off the writer's thread.
pub(super) struct Packed {
    base: Option<i64>,
    bytes: Vec<u8>,
    body: Vec<u8>,
}

/// Compresses the page and the text of a new version.
pub(super) fn pack(
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

/// Writes a new version and all that follows from it.
pub(super) fn write(
    connection: &Connection,
    record: &Record,
    packed: &Packed,
) -> Result<u32, Fault> {
    let current = current(connection, &record.watch, &record.story)?;
    if current.latest.map(|(_, number)| number) != record.expected {
        return Err(Fault::Moved(record.watch.to_string()));
    }
    let number = record.expected.unwrap_or(0).saturating_add(1);
    if let Some((previous, _)) = current.latest {
        connection
            .prepare_cached(
                "UPDATE version SET last_seen = w.last_seen FROM watch w
                 WHERE version.key = ?1 AND w.key = ?2 AND w.last_seen > version.last_seen",
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
    if record.archive {
        archive::want(connection, version, &record.page.url, record.at)?;
    }
    update_story(connection, record, current.story)?;
    insert_changes(connection, version, &record.changes)?;
    figures::keep(connection, current.story, number, &record.figures)?;
    update_told(connection, current.story, &record.last_alerted)?;
    flips::update(connection, current.story, &record.flips)?;
    let outlet = record.page.story.outlet.as_deref();
    standing::update(connection, current.story, outlet, &record.claims, record.at)?;
    enqueue::enqueue_all(connection, &record.alerts, record.at)?;
    Ok(number)
}

fn insert_version(
    connection: &Connection,
    record: &Record,
    story: i64,
    number: u32,
) -> Result<i64, Fault> {
    let page = &record.page;
    let key = connection
        .prepare_cached(
            "INSERT INTO version (story, number, first_seen, last_seen, headline, sha256, reader, container)
             VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6, ?7) RETURNING key",
        )?
        .query_row(params![
            story,
            number,
            Ms(record.at),
            page.story.headline,
            page.sha256,
            page.reader,
            page.container.as_ref().map(Container::to_text)
        ], |row| row.get(0))?;
    Ok(key)
}

fn insert_page(
    connection: &Connection,
    version: i64,
    page: &NewPage,
    packed: &Packed,
) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT INTO page (version, url, content_type, base, length, bytes, body, head)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            version,
            page.url,
            page.content_type,
            packed.base,
            i64::try_from(page.bytes.len()).unwrap_or(i64::MAX),
            packed.bytes,
            packed.body,
            page.head
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

/// What the receivers know takes the place of what they knew: a claim that is followed no more leaves nothing behind.
fn update_told(
    connection: &Connection,
    story: i64,
    last_alerted: &BTreeMap<String, Told>,
) -> Result<(), Fault> {
    connection
        .prepare_cached("DELETE FROM told WHERE story = ?1")?
        .execute([story])?;
    let mut update = connection.prepare_cached(
        "INSERT INTO told (story, claim, low, high, text) VALUES (?1, ?2, ?3, ?4, ?5)",
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
