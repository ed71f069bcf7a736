//! Alerts written into the outbox, inside the transaction of the check that made them.

use jiff::Timestamp;

use crate::alert::Alert;

use super::error::Fault;
use super::held;
use super::known::version_key;
use super::outbox::State;
use super::record::{Destination, Outgoing};
use super::row::{Ms, found};
use super::sql::{Connection, OptionalExtension, params};
use super::watches::watch_key;

/// Writes alerts and their deliveries, in order.
pub(super) fn enqueue_all(
    connection: &Connection,
    alerts: &[Outgoing],
    now: Timestamp,
) -> Result<(), Fault> {
    for outgoing in alerts {
        let alert = insert_alert(connection, &outgoing.alert)?;
        for destination in &outgoing.to {
            insert_delivery(connection, alert, &outgoing.alert, destination, now)?;
        }
    }
    Ok(())
}

/// Writes an alert, unless it is there: the same facts have the same identifier.
fn insert_alert(connection: &Connection, alert: &Alert) -> Result<i64, Fault> {
    let known = connection
        .prepare_cached("SELECT key FROM alert WHERE id = ?1")?
        .query_row([alert.alert_id.as_str()], |row| row.get(0))
        .optional()?;
    if let Some(key) = known {
        return Ok(key);
    }
    let facts = facts(connection, alert)?;
    let whole = serde_json::to_string(alert)
        .map_err(|error| Fault::Unreadable(format!("an alert cannot be written: {error}")))?;
    let key = connection
        .prepare_cached(
            "INSERT INTO alert (id, watch, story, old_version, new_version, at, kind, severity, summary, whole)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING key",
        )?
        .query_row(params![
            alert.alert_id.as_str(),
            facts.watch,
            facts.story,
            facts.old,
            facts.new,
            Ms(alert.at),
            alert.kind,
            alert.severity,
            alert.summary,
            whole
        ], |row| row.get(0))?;
    Ok(key)
}

/// The rows an alert tells of.
#[derive(Default)]
struct Facts {
    watch: Option<i64>,
    story: Option<i64>,
    old: Option<i64>,
    new: Option<i64>,
}

fn facts(connection: &Connection, alert: &Alert) -> Result<Facts, Fault> {
    // A test alert tells of an invented story.
    if alert.test {
        return Ok(Facts::default());
    }
    let watch = watch_key(connection, &alert.watch.id)?;
    let Some(story) = &alert.story else {
        return Ok(Facts {
            watch,
            ..Facts::default()
        });
    };
    let key = connection
        .prepare_cached("SELECT key FROM story WHERE id = ?1")?
        .query_row([story.id.as_str()], |row| row.get(0));
    let version = |side: Option<u32>| {
        side.map(|number| version_key(connection, &story.id, number))
            .transpose()
    };
    Ok(Facts {
        watch,
        story: Some(found(key, || format!("story `{}`", story.id))?),
        old: version(alert.old.as_ref().map(|old| old.version))?,
        new: version(alert.new.as_ref().map(|new| new.version))?,
    })
}

fn insert_delivery(
    connection: &Connection,
    key: i64,
    alert: &Alert,
    destination: &Destination,
    now: Timestamp,
) -> Result<(), Fault> {
    // An alert that is enqueued again is on its way already, or held.
    let known = connection
        .prepare_cached(
            "SELECT 1 FROM delivery WHERE alert = ?1 AND receiver = ?2 AND address = ?3
             UNION ALL SELECT 1 FROM held WHERE alert = ?1 AND receiver = ?2 AND address = ?3",
        )?
        .exists(params![
            key,
            destination.receiver.as_str(),
            destination.address
        ])?;
    if known {
        return Ok(());
    }
    if let Some(hold) = held::holds(connection, key, destination, now)? {
        return held::insert(connection, key, destination, hold, now);
    }
    let off: Option<String> = connection
        .prepare_cached("SELECT reason FROM disabled WHERE receiver = ?1")?
        .query_row([destination.receiver.as_str()], |row| row.get(0))
        .optional()?;
    let strand = strand(alert);
    for earlier in held::take_along(connection, key, destination, now)? {
        insert_row(
            connection,
            (earlier, &strand),
            destination,
            off.as_deref(),
            now,
        )?;
    }
    insert_row(connection, (key, &strand), destination, off.as_deref(), now)
}

/// Writes the row of a delivery that goes at once; to a receiver that is `off` for a reason it does not go.
fn insert_row(
    connection: &Connection,
    (key, strand): (i64, &str),
    destination: &Destination,
    off: Option<&str>,
    now: Timestamp,
) -> Result<(), Fault> {
    let state = match off {
        Some(_) => State::Parked,
        None => State::Waiting,
    };
    connection
        .prepare_cached(
            "INSERT INTO delivery (alert, receiver, address, strand, state, created, due, finished, error)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8)",
        )?
        .execute(params![
            key,
            destination.receiver.as_str(),
            destination.address,
            strand,
            state.as_str(),
            Ms(now),
            off.is_some().then_some(Ms(now)),
            off
        ])?;
    Ok(())
}

/// What an alert keeps its order with: the alerts of its story, else those of its watch.
fn strand(alert: &Alert) -> String {
    if alert.test {
        return format!("alert {}", alert.alert_id);
    }
    match &alert.story {
        Some(story) => format!("story {}", story.id),
        None => format!("watch {}", alert.watch.id),
    }
}
