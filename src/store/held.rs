//! Alerts that are held for a receiver, to be told together as one: written with the check that made them, and taken out in
//! the transaction that writes the one.

use jiff::{SignedDuration, Timestamp};

use crate::alert::{Alert, ReceiverName};

use super::Store;
use super::enqueue;
use super::error::{Error, Fault};
use super::leases::first_time;
use super::record::{Destination, Outgoing};
use super::row::{Ms, Name};
use super::sql::{self, Connection, OptionalExtension, Row, params};

/// The most held deliveries that are told as one; the rest makes another.
const MAX_FOLDED: u32 = 4_000;

/// The stretch over which the alerts of a receiver are counted.
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Why an alert is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Its receiver is told at times.
    Digest,
    /// Its receiver has quiet hours.
    Quiet,
    /// Its receiver was told enough for an hour.
    Surplus,
}

/// How long an alert is held for one receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hold {
    /// Why.
    pub why: Why,
    /// Until when.
    pub until: Timestamp,
}

/// What is due to be told to one receiver as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// The receiver.
    pub receiver: ReceiverName,
    /// Its addresses.
    pub addresses: Vec<String>,
    /// Why most of it was held.
    pub why: Why,
    /// When it was due.
    pub due: Timestamp,
    /// When the first of it was held.
    pub since: Timestamp,
    /// The alerts, oldest first, each once. None where a digest is due that is sent even when it is empty.
    pub alerts: Vec<Alert>,
    /// How many stored alerts could not be read; they are lost to it.
    pub unreadable: usize,
    /// The held deliveries, as [`Store::tell_together`] takes them.
    pub ids: Vec<i64>,
}

impl Why {
    /// Every reason, the one that stands for a batch of several first.
    pub const ALL: [Self; 3] = [Self::Digest, Self::Quiet, Self::Surplus];

    /// The name used in the database and in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Digest => "digest",
            Self::Quiet => "quiet",
            Self::Surplus => "surplus",
        }
    }
}

impl Store {
    /// What is due at `now`, receiver by receiver.
    pub async fn due_together(&self, now: Timestamp) -> Result<Vec<Batch>, Error> {
        let job = move |connection: &Connection| {
            let mut receivers = connection.prepare_cached(
                "SELECT receiver FROM held WHERE finished IS NULL AND due <= ?1
                 UNION SELECT receiver FROM round WHERE due <= ?1 ORDER BY receiver",
            )?;
            let names =
                receivers.query_map([Ms(now)], |row| Ok(row.get::<Name<ReceiverName>>(0)?.0))?;
            let mut batches = Vec::new();
            for name in names {
                batches.push(batch(connection, name?, now)?);
            }
            Ok(batches)
        };
        self.0.read("look up what is told together", job).await
    }

    /// When something is due next that no check brings about: alerts to be told together, a disagreement that has lasted.
    pub async fn next_timed(&self) -> Result<Option<Timestamp>, Error> {
        let job = |connection: &Connection| {
            let times = [
                "SELECT due FROM held WHERE finished IS NULL ORDER BY due LIMIT 1",
                "SELECT due FROM round ORDER BY due LIMIT 1",
                "SELECT due FROM disagreement WHERE told IS NULL ORDER BY due LIMIT 1",
            ];
            let mut next = None;
            for sql in times {
                next = next.into_iter().chain(first_time(connection, sql)?).min();
            }
            Ok(next)
        };
        self.0.read("look up what is due next", job).await
    }

    /// Writes that what was held under `ids` is told by `outgoing`, or that nothing is left of it to tell, and when the
    /// receiver's next digest is due where it gets one in any case. Answers whether it was so: what is told by now, by a run
    /// that was interrupted, is not told twice.
    pub async fn tell_together(
        &self,
        batch: Batch,
        outgoing: Option<Outgoing>,
        next: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let job = move |connection: &Connection| {
            let open = advance(connection, &batch, next)?;
            if !open {
                return Ok(false);
            }
            let told_by = match &outgoing {
                Some(outgoing) => {
                    enqueue::enqueue_all(connection, std::slice::from_ref(outgoing), now)?;
                    Some(alert_key(connection, &outgoing.alert)?)
                }
                None => None,
            };
            let mut finish = connection
                .prepare_cached("UPDATE held SET finished = ?2, told_by = ?3 WHERE key = ?1")?;
            for id in &batch.ids {
                finish.execute(params![id, Ms(now), told_by])?;
            }
            Ok(true)
        };
        self.0.write("store what is told together", job).await
    }

    /// Holds a batch for longer.
    pub async fn hold_longer(&self, batch: Batch, hold: Hold) -> Result<(), Error> {
        let job = move |connection: &Connection| {
            let mut update = connection.prepare_cached(
                "UPDATE held SET due = ?2, why = ?3 WHERE key = ?1 AND finished IS NULL",
            )?;
            for id in &batch.ids {
                update.execute(params![id, Ms(hold.until), hold.why.as_str()])?;
            }
            Ok(())
        };
        self.0.write("hold alerts for longer", job).await
    }

    /// Brings the list of receivers that get their digest in any case in line with the configuration's, with the times of
    /// their next. A digest that has become due meanwhile stays due.
    pub async fn plan_rounds(
        &self,
        rounds: Vec<(ReceiverName, Timestamp)>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let job = move |connection: &Connection| {
            let names: Vec<&str> = rounds.iter().map(|(name, _)| name.as_str()).collect();
            let known = connection
                .prepare_cached("SELECT receiver FROM round")?
                .query_map([], |row| row.get::<String>(0))?
                .collect::<sql::Result<Vec<_>>>()?;
            let mut drop = connection.prepare_cached("DELETE FROM round WHERE receiver = ?1")?;
            for name in known.iter().filter(|name| !names.contains(&name.as_str())) {
                drop.execute([name])?;
            }
            let mut plan = connection.prepare_cached(
                "INSERT INTO round (receiver, due) VALUES (?1, ?2)
                 ON CONFLICT (receiver) DO UPDATE SET due = excluded.due WHERE round.due > ?3",
            )?;
            for (name, due) in &rounds {
                plan.execute(params![name.as_str(), Ms(*due), Ms(now)])?;
            }
            Ok(())
        };
        self.0.write("plan the digests", job).await
    }
}

fn alert_key(connection: &Connection, alert: &Alert) -> Result<i64, Fault> {
    let key = connection
        .prepare_cached("SELECT key FROM alert WHERE id = ?1")?
        .query_row([alert.alert_id.as_str()], |row| row.get(0))?;
    Ok(key)
}

/// Whether the batch is still open; plans the next digest where the receiver gets one in any case.
fn advance(connection: &Connection, batch: &Batch, next: Option<Timestamp>) -> Result<bool, Fault> {
    let mut query =
        connection.prepare_cached("SELECT 1 FROM held WHERE key = ?1 AND finished IS NULL")?;
    for id in &batch.ids {
        if !query.exists([id])? {
            return Ok(false);
        }
    }
    let Some(next) = next else {
        return Ok(!batch.ids.is_empty());
    };
    let moved = connection
        .prepare_cached("UPDATE round SET due = ?2 WHERE receiver = ?1 AND due <= ?3")?
        .execute(params![
            batch.receiver.as_str(),
            Ms(next),
            Ms(batch.due.max(Timestamp::UNIX_EPOCH))
        ])?;
    Ok(moved > 0 || !batch.ids.is_empty())
}

/// One held delivery.
struct HeldRow {
    key: i64,
    alert: i64,
    whole: String,
    address: String,
    why: Why,
    created: Timestamp,
    due: Timestamp,
}

fn to_held(row: &Row<'_>) -> sql::Result<HeldRow> {
    let why: String = row.get(4)?;
    Ok(HeldRow {
        key: row.get(0)?,
        alert: row.get(1)?,
        whole: row.get(2)?,
        address: row.get(3)?,
        // The table holds no other words than these.
        why: Why::ALL
            .into_iter()
            .find(|one| one.as_str() == why)
            .unwrap_or(Why::Digest),
        created: row.get::<Ms>(5)?.0,
        due: row.get::<Ms>(6)?.0,
    })
}

/// What is due to one receiver.
fn batch(connection: &Connection, receiver: ReceiverName, now: Timestamp) -> Result<Batch, Fault> {
    let mut query = connection.prepare_cached(
        "SELECT h.key, h.alert, a.whole, h.address, h.why, h.created, h.due
         FROM held h JOIN alert a ON a.key = h.alert
         WHERE h.receiver = ?1 AND h.finished IS NULL AND h.due <= ?2 ORDER BY h.key LIMIT ?3",
    )?;
    let rows = query
        .query_map(params![receiver.as_str(), Ms(now), MAX_FOLDED], to_held)?
        .collect::<sql::Result<Vec<_>>>()?;
    let round: Option<Timestamp> = connection
        .prepare_cached("SELECT due FROM round WHERE receiver = ?1 AND due <= ?2")?
        .query_row(params![receiver.as_str(), Ms(now)], |row| row.get::<Ms>(0))
        .optional()?
        .map(|ms| ms.0);
    let mut addresses: Vec<String> = rows.iter().map(|row| row.address.clone()).collect();
    addresses.sort();
    addresses.dedup();
    let mut alerts: Vec<Alert> = Vec::new();
    let mut unreadable = 0;
    let mut last = None;
    for row in &rows {
        // The rows of one alert stand together: they were written together.
        if last != Some(row.alert) {
            last = Some(row.alert);
            match serde_json::from_str(&row.whole) {
                Ok(alert) => alerts.push(alert),
                // What cannot be read can never be told; the rest must not wait for it.
                Err(_) => unreadable += 1,
            }
        }
    }
    let dues = rows.iter().map(|row| row.due).chain(round);
    Ok(Batch {
        receiver,
        addresses,
        why: rows.iter().map(|row| row.why).min().unwrap_or(Why::Digest),
        due: dues.max().unwrap_or(now),
        since: rows.iter().map(|row| row.created).min().unwrap_or(now),
        alerts,
        unreadable,
        ids: rows.iter().map(|row| row.key).collect(),
    })
}

/// Until when one more alert to `destination` is held; `None` where it may go at once.
pub(super) fn holds(
    connection: &Connection,
    alert: i64,
    destination: &Destination,
    now: Timestamp,
) -> Result<Option<Hold>, Fault> {
    if destination.hold.is_some() {
        return Ok(destination.hold);
    }
    let Some(most) = destination.max_per_hour else {
        return Ok(None);
    };
    let surplus = |until: Timestamp| Hold {
        why: Why::Surplus,
        until,
    };
    let receiver = destination.receiver.as_str();
    // What follows a surplus belongs to it: told at once it would overtake what is held.
    let open: Option<Ms> = connection
        .prepare_cached(
            "SELECT due FROM held WHERE receiver = ?1 AND finished IS NULL AND why = 'surplus' ORDER BY due LIMIT 1",
        )?
        .query_row([receiver], |row| row.get(0))
        .optional()?;
    if let Some(due) = open {
        return Ok(Some(surplus(due.0)));
    }
    let hour_ago = now.checked_sub(HOUR).unwrap_or(Timestamp::MIN);
    let (count, first): (u32, Option<Ms>) = connection
        .prepare_cached(
            "SELECT count(DISTINCT alert), min(created) FROM delivery
             WHERE receiver = ?1 AND created > ?2 AND alert <> ?3",
        )?
        .query_row(params![receiver, Ms(hour_ago), alert], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let first = first.map_or(now, |ms| ms.0);
    let until = first.checked_add(HOUR).unwrap_or(Timestamp::MAX);
    Ok((count >= most).then(|| surplus(until)))
}

/// Ends the hold of what quiet hours keep of the story of `alert` for `destination`, and gives the keys of those alerts,
/// oldest first. What is severe goes at once, and takes them along: told in the morning they would come after what
/// followed them.
pub(super) fn take_along(
    connection: &Connection,
    alert: i64,
    destination: &Destination,
    now: Timestamp,
) -> Result<Vec<i64>, Fault> {
    let mut query = connection.prepare_cached(
        "SELECT h.alert FROM held h JOIN alert a ON a.key = h.alert
         WHERE h.receiver = ?1 AND h.address = ?2 AND h.finished IS NULL AND h.why = 'quiet'
             AND a.story = (SELECT story FROM alert WHERE key = ?3) ORDER BY h.key",
    )?;
    let rows = query.query_map(
        params![destination.receiver.as_str(), destination.address, alert],
        |row| row.get::<i64>(0),
    )?;
    let keys = rows.collect::<sql::Result<Vec<_>>>()?;
    let mut finish = connection.prepare_cached(
        "UPDATE held SET finished = ?4, told_by = alert WHERE alert = ?1 AND receiver = ?2 AND address = ?3",
    )?;
    for key in &keys {
        let (receiver, address) = (destination.receiver.as_str(), &destination.address);
        finish.execute(params![key, receiver, address, Ms(now)])?;
    }
    Ok(keys)
}

/// Writes a delivery that is held.
pub(super) fn insert(
    connection: &Connection,
    alert: i64,
    destination: &Destination,
    hold: Hold,
    now: Timestamp,
) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT INTO held (alert, receiver, address, why, created, due) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (alert, receiver, address) DO NOTHING",
        )?
        .execute(params![
            alert,
            destination.receiver.as_str(),
            destination.address,
            hold.why.as_str(),
            Ms(now),
            Ms(hold.until)
        ])?;
    Ok(())
}
