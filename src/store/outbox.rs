//! Alerts on their way: a row for each alert and address, until it is sent or parked.
//!
//! Order is kept for each story and address: a delivery is handed out only when none before it is still waiting. A parked
//! one no longer waits, so trouble with one alert does not silence the next.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::alert::{Alert, AlertId, ReceiverName, StoryId, WatchName};

use super::Store;
use super::enqueue;
use super::error::{Error, Fault};
use super::record::Outgoing;
use super::row::{Ms, Name, found, time};
use super::sql::{self, Connection, OptionalExtension, Reach, Row, params};

/// Deliveries to one receiver that are in hand at once: enough that a commit is shared by several of them.
pub const MAX_PER_RECEIVER: u32 = 16;

/// A delivery that is due.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// Its number in the outbox.
    pub id: i64,
    /// What is told.
    pub alert: Alert,
    /// To whom.
    pub receiver: ReceiverName,
    /// At which of the receiver's addresses.
    pub address: String,
    /// Attempts that failed so far.
    pub attempts: u32,
    /// When it was written.
    pub created: Timestamp,
    /// When it was due.
    pub due: Timestamp,
}

/// Where a delivery is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// To be sent when it is due.
    Waiting,
    /// To be told together with others when that is due.
    Held,
    /// Taken by the receiver.
    Sent,
    /// Given up until somebody asks for it.
    Parked,
}

/// Which deliveries to list.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// In this state.
    pub state: Option<State>,
    /// Of this alert.
    pub alert: Option<AlertId>,
    /// At most this many, the newest.
    pub limit: Option<u32>,
}

/// A delivery as it is listed.
#[derive(Debug, Clone, PartialEq)]
pub struct DeliveryRow {
    /// Its number in the outbox.
    pub id: i64,
    /// The alert.
    pub alert: AlertId,
    /// The watch it tells of; `None` for alerts about none.
    pub watch: Option<WatchName>,
    /// The story it tells of.
    pub story: Option<StoryId>,
    /// The kind of the alert.
    pub kind: String,
    /// The alert in a sentence.
    pub summary: String,
    /// To whom.
    pub receiver: ReceiverName,
    /// At which of the receiver's addresses.
    pub address: String,
    /// Where it is on its way.
    pub state: State,
    /// Attempts so far.
    pub attempts: u32,
    /// When it was written.
    pub created: Timestamp,
    /// When it is due, where it is waiting.
    pub due: Timestamp,
    /// When it was sent or parked.
    pub finished: Option<Timestamp>,
    /// What went wrong last.
    pub error: Option<String>,
}

impl State {
    const ALL: [Self; 4] = [Self::Waiting, Self::Held, Self::Sent, Self::Parked];

    /// The name used in lists and JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Held => "held",
            Self::Sent => "sent",
            Self::Parked => "parked",
        }
    }
}

/// Deliveries that are the first of their strand to wait, and so may go; `d` is the delivery.
macro_rules! heads {
    ($columns:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " WHERE d.state = 'waiting' AND NOT EXISTS (SELECT 1 FROM delivery e WHERE e.state = 'waiting'
                 AND e.strand = d.strand AND e.receiver = d.receiver AND e.address = d.address AND e.key < d.key) ",
            $rest
        )
    };
}

/// Those of one receiver that are due.
const READY: &str = heads!(
    "d.key, a.whole, d.receiver, d.address, d.attempts, d.created, d.due, coalesce(d.leased_until, d.due)
     FROM delivery d JOIN alert a ON a.key = d.alert",
    "AND d.receiver = ?1 AND coalesce(d.leased_until, d.due) <= ?2
     ORDER BY coalesce(d.leased_until, d.due), d.key LIMIT ?3"
);

/// When the first of a receiver may go.
const NEXT: &str = heads!(
    "coalesce(d.leased_until, d.due) FROM delivery d",
    "AND d.receiver = ?1 ORDER BY coalesce(d.leased_until, d.due) LIMIT 1"
);

/// The receivers for whom something waits, each found by one look into the index.
const RECEIVERS: &str = "WITH RECURSIVE found (name) AS (
         SELECT min(receiver) FROM delivery WHERE state = 'waiting'
         UNION ALL
         SELECT (SELECT min(receiver) FROM delivery WHERE state = 'waiting' AND receiver > found.name)
         FROM found WHERE found.name IS NOT NULL
     )
     SELECT name FROM found WHERE name IS NOT NULL";

/// How many deliveries of each receiver are in hand.
const IN_HAND: &str = "SELECT receiver, count(*) FROM delivery
     WHERE holder IS NOT NULL AND state = 'waiting' AND leased_until > ?1 GROUP BY receiver";

/// A row of [`READY`]: when it was due, its number, the alert as JSON, and the rest.
type Ready<T> = (i64, i64, String, T);

/// The receivers for whom something waits, each with how many more it may have in hand.
fn rooms(connection: &Connection, now: Timestamp) -> Result<Vec<(String, u32)>, Fault> {
    let mut query = connection.prepare_cached(IN_HAND)?;
    let rows = query.query_map([Ms(now)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let in_hand: BTreeMap<String, u32> = rows.collect::<sql::Result<_>>()?;
    let mut query = connection.prepare_cached(RECEIVERS)?;
    let names = query.query_map([], |row| row.get::<String>(0))?;
    let room = |name: sql::Result<String>| {
        let name = name?;
        let room = MAX_PER_RECEIVER.saturating_sub(in_hand.get(&name).copied().unwrap_or(0));
        Ok((name, room))
    };
    names.map(room).collect()
}

impl Store {
    /// Hands up to `limit` due deliveries to `holder` until the time `until`, those first that have been due longest, and
    /// to each receiver no more than [`MAX_PER_RECEIVER`] at once: one that does not answer holds up no other.
    pub async fn lease_deliveries(
        &self,
        holder: &str,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Delivery>, Error> {
        if self.is_shared()
            && self
                .next_delivery_due(now)
                .await?
                .is_none_or(|due| due > now)
        {
            // Nothing to choose from: no other daemon is held up for it.
            return Ok(Vec::new());
        }
        let holder = self.0.holder(holder);
        let job = move |connection: &Connection| {
            let mut query = connection.prepare_cached(READY)?;
            let mut ready: Vec<Ready<_>> = Vec::new();
            for (receiver, room) in rooms(connection, now)? {
                let rows = query.query_map(params![receiver, Ms(now), room.min(limit)], |row| {
                    Ok((row.get(7)?, row.get(0)?, row.get(1)?, to_delivery(row)))
                })?;
                ready.extend(rows.collect::<sql::Result<Vec<_>>>()?);
            }
            ready.sort_by_key(|(due, key, ..)| (*due, *key));
            ready.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            let mut lease = connection.prepare_cached(
                "UPDATE delivery SET holder = ?2, leased_until = ?3 WHERE key = ?1 AND state = 'waiting'",
            )?;
            let mut leased = Vec::new();
            for (_, key, whole, to_delivery) in ready {
                match serde_json::from_str(&whole) {
                    Ok(alert) => {
                        // One whose lease has run out may be sent in this very moment by whom it was leased to.
                        if lease.execute(params![key, holder, Ms(until)])? > 0 {
                            leased.push(to_delivery?(alert));
                        }
                    }
                    // One alert that cannot be read must not hold up all others.
                    Err(error) => {
                        let error = format!("the stored alert cannot be read: {error}");
                        finish(connection, key, State::Parked, now, Some(&error))?;
                    }
                }
            }
            Ok(leased)
        };
        self.0
            .write_as(Reach::Turns, "hand out due deliveries", job)
            .await
    }

    /// When the next delivery may go, or the lease of one ends. Receivers that have as many in hand at `now` as they may
    /// are left out: theirs go when one of those has ended.
    pub async fn next_delivery_due(&self, now: Timestamp) -> Result<Option<Timestamp>, Error> {
        let job = move |connection: &Connection| {
            let mut query = connection.prepare_cached(NEXT)?;
            let mut next: Option<Timestamp> = None;
            for (receiver, room) in rooms(connection, now)? {
                let mut rows = query.query([receiver])?;
                let first = match rows.next()? {
                    Some(row) if room > 0 => time(&row, 0)?,
                    _ => None,
                };
                next = next.into_iter().chain(first).min();
            }
            Ok(next)
        };
        self.0.read("look up the next delivery", job).await
    }

    /// What the receiver called the first message about the story of a delivery that it took.
    pub async fn thread(&self, delivery: &Delivery) -> Result<Option<String>, Error> {
        let id = delivery.id;
        let job = move |connection: &Connection| {
            let first = connection
                .prepare_cached(
                    "SELECT e.receipt FROM delivery d JOIN delivery e
                         ON e.strand = d.strand AND e.receiver = d.receiver AND e.address = d.address
                     WHERE d.key = ?1 AND e.receipt IS NOT NULL ORDER BY e.key LIMIT 1",
                )?
                .query_row([id], |row| row.get(0));
            Ok(first.optional()?)
        };
        self.0.read("look up a thread", job).await
    }

    /// Makes the deliveries due that wait after up to `attempts` failures, and begins their schedule anew: whoever starts
    /// the program again has usually mended what was wrong.
    pub async fn hasten(&self, now: Timestamp, attempts: u32) -> Result<(), Error> {
        let job = move |connection: &Connection| {
            connection
                .prepare_cached(
                    "UPDATE delivery SET due = ?1, attempts = 0 WHERE state = 'waiting' AND due > ?1 AND attempts <= ?2
                         AND asked = 0",
                )?
                .execute(params![Ms(now), attempts])?;
            Ok(())
        };
        self.0.write("make deliveries due", job).await
    }

    /// Puts a delivery that was not tried off until `due`, because of `error`: it does not count as an attempt.
    pub async fn wait(&self, id: i64, due: Timestamp, error: &str) -> Result<(), Error> {
        let error = error.to_owned();
        let job = move |connection: &Connection| {
            connection
                .prepare_cached(
                    "UPDATE delivery SET due = ?2, error = ?3, holder = NULL, leased_until = NULL
                     WHERE key = ?1 AND state = 'waiting'",
                )?
                .execute(params![id, Ms(due), error])?;
            Ok(())
        };
        self.0
            .write_as(Reach::Own, "let a delivery wait", job)
            .await
    }

    /// Makes the deliveries to `receivers` due that were put off until `until` at the latest, in the order in which they
    /// were written.
    pub async fn relieve(
        &self,
        receivers: Vec<ReceiverName>,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<(), Error> {
        let job = move |connection: &Connection| {
            let mut relieve = connection.prepare_cached(
                "UPDATE delivery SET due = created WHERE state = 'waiting' AND receiver = ?1
                     AND coalesce(leased_until, due) > ?2 AND holder IS NULL AND due <= ?3 AND asked = 0",
            )?;
            for receiver in &receivers {
                relieve.execute(params![receiver.as_str(), Ms(now), Ms(until)])?;
            }
            Ok(())
        };
        self.0.write("make deliveries due", job).await
    }

    /// Hands a delivery that waits back, unsent.
    pub async fn hand_back(&self, id: i64) -> Result<(), Error> {
        let job = move |connection: &Connection| {
            connection
                .prepare_cached(
                    "UPDATE delivery SET holder = NULL, leased_until = NULL WHERE key = ?1 AND state = 'waiting'",
                )?
                .execute([id])?;
            Ok(())
        };
        self.0
            .write_as(Reach::Own, "hand a delivery back", job)
            .await
    }

    /// Writes that the receiver has taken the delivery.
    pub async fn delivered(&self, id: i64, now: Timestamp) -> Result<(), Error> {
        let job = move |connection: &Connection| finish(connection, id, State::Sent, now, None);
        self.0
            .write_as(Reach::Own, "mark a delivery as sent", job)
            .await
    }

    /// The same, and what the receiver called it.
    pub async fn delivered_as(&self, id: i64, receipt: &str, now: Timestamp) -> Result<(), Error> {
        let receipt = receipt.to_owned();
        let job = move |connection: &Connection| {
            connection
                .prepare_cached("UPDATE delivery SET receipt = ?2 WHERE key = ?1")?
                .execute(params![id, receipt])?;
            finish(connection, id, State::Sent, now, None)
        };
        self.0
            .write_as(Reach::Own, "mark a delivery as sent", job)
            .await
    }

    /// Puts the delivery off until `due`, the time of the schedule.
    pub async fn later(&self, id: i64, due: Timestamp, error: &str) -> Result<(), Error> {
        self.put_off(id, due, error, false).await
    }

    /// Puts the delivery off until `due`, which the receiver asked for: no start hastens it.
    pub async fn later_as_asked(&self, id: i64, due: Timestamp, error: &str) -> Result<(), Error> {
        self.put_off(id, due, error, true).await
    }

    async fn put_off(
        &self,
        id: i64,
        due: Timestamp,
        error: &str,
        is_asked: bool,
    ) -> Result<(), Error> {
        let error = error.to_owned();
        let job = move |connection: &Connection| {
            connection
                .prepare_cached(
                    "UPDATE delivery SET due = ?2, error = ?3, asked = ?4, attempts = attempts + 1, holder = NULL,
                         leased_until = NULL
                     WHERE key = ?1 AND state = 'waiting'",
                )?
                .execute(params![id, Ms(due), error, is_asked])?;
            Ok(())
        };
        self.0.write_as(Reach::Own, "put off a delivery", job).await
    }

    /// Gives the delivery up until somebody asks for it.
    pub async fn park(&self, id: i64, now: Timestamp, error: &str) -> Result<(), Error> {
        let error = error.to_owned();
        let job =
            move |connection: &Connection| finish(connection, id, State::Parked, now, Some(&error));
        self.0.write_as(Reach::Own, "park a delivery", job).await
    }

    /// The deliveries asked for, newest first.
    pub async fn deliveries(&self, wanted: Wanted) -> Result<Vec<DeliveryRow>, Error> {
        let job = move |connection: &Connection| {
            let mut query = connection.prepare_cached(
                "SELECT d.key, a.id, w.name, s.id, a.kind, a.summary, d.receiver, d.address, d.state, d.attempts,
                     d.created, d.due, d.finished, d.error
                 FROM (SELECT key, alert, receiver, address, state, attempts, created, due, finished, error FROM delivery
                       UNION ALL
                       SELECT key, alert, receiver, address, 'held', 0, created, due, NULL, NULL FROM held
                       WHERE finished IS NULL) d JOIN alert a ON a.key = d.alert
                     LEFT JOIN watch w ON w.key = a.watch LEFT JOIN story s ON s.key = a.story
                 WHERE (CAST(?1 AS TEXT) IS NULL OR d.state = ?1) AND (CAST(?2 AS TEXT) IS NULL OR a.id = ?2)
                 ORDER BY d.created DESC, d.key DESC LIMIT ?3",
            )?;
            let rows = query.query_map(
                params![
                    wanted.state.map(State::as_str),
                    wanted.alert.as_ref().map(AlertId::as_str),
                    wanted.limit.map_or(i64::MAX, i64::from),
                ],
                to_delivery_row,
            )?;
            Ok(rows.collect::<sql::Result<_>>()?)
        };
        self.0.read("list deliveries", job).await
    }

    /// Makes the parked deliveries of an alert due `now`, as if they had never been tried, and answers how many. A
    /// receiver that was switched off is switched on again.
    pub async fn resend(&self, alert: &AlertId, now: Timestamp) -> Result<usize, Error> {
        let alert = alert.clone();
        let job = move |connection: &Connection| {
            let key = connection
                .prepare_cached("SELECT key FROM alert WHERE id = ?1")?
                .query_row([alert.as_str()], |row| row.get(0));
            let key: i64 = found(key, || format!("alert `{alert}`"))?;
            connection
                .prepare_cached(
                    "DELETE FROM disabled WHERE receiver IN
                         (SELECT receiver FROM delivery WHERE alert = ?1 AND state = 'parked')",
                )?
                .execute([key])?;
            let resent = connection
                .prepare_cached(
                    "UPDATE delivery SET state = 'waiting', due = ?2, attempts = 0, finished = NULL, error = NULL
                     WHERE alert = ?1 AND state = 'parked'",
                )?
                .execute(params![key, Ms(now)])?;
            Ok(resent)
        };
        self.0.write("resend an alert", job).await
    }

    /// Puts an alert that is not about a check into the outbox; one that is there already stays as it is.
    pub async fn enqueue(&self, outgoing: Outgoing, now: Timestamp) -> Result<(), Error> {
        let job = move |connection: &Connection| enqueue::enqueue_all(connection, &[outgoing], now);
        self.0.write("store an alert", job).await
    }

    /// Switches a receiver off: what waits for it and what comes is parked, until [`Store::resend`] or
    /// [`Store::enable_receiver`].
    pub async fn disable_receiver(
        &self,
        receiver: &ReceiverName,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let receiver = receiver.clone();
        let reason = reason.to_owned();
        let job = move |connection: &Connection| {
            connection
                .prepare_cached(
                    "INSERT INTO disabled (receiver, since, reason) VALUES (?1, ?2, ?3)
                     ON CONFLICT (receiver) DO UPDATE SET reason = excluded.reason",
                )?
                .execute(params![receiver.as_str(), Ms(now), reason])?;
            connection
                .prepare_cached(
                    "UPDATE delivery SET state = 'parked', finished = ?2, error = ?3, holder = NULL, leased_until = NULL
                     WHERE state = 'waiting' AND receiver = ?1",
                )?
                .execute(params![receiver.as_str(), Ms(now), reason])?;
            Ok(())
        };
        self.0.write("switch a receiver off", job).await
    }

    /// Switches a receiver on again; what was parked meanwhile stays parked.
    pub async fn enable_receiver(&self, receiver: &ReceiverName) -> Result<(), Error> {
        let receiver = receiver.clone();
        let job = move |connection: &Connection| {
            connection
                .prepare_cached("DELETE FROM disabled WHERE receiver = ?1")?
                .execute([receiver.as_str()])?;
            Ok(())
        };
        self.0.write("switch a receiver on", job).await
    }

    /// The receivers that are switched off, and why.
    pub async fn disabled_receivers(&self) -> Result<BTreeMap<ReceiverName, String>, Error> {
        let job = |connection: &Connection| {
            let mut query = connection.prepare_cached("SELECT receiver, reason FROM disabled")?;
            let rows = query.query_map([], |row| {
                Ok((row.get::<Name<ReceiverName>>(0)?.0, row.get(1)?))
            })?;
            Ok(rows.collect::<sql::Result<_>>()?)
        };
        self.0.read("list the receivers switched off", job).await
    }
}

/// Reads a row of [`READY`] except for the alert, which is handed in later.
fn to_delivery(row: &Row<'_>) -> sql::Result<impl FnOnce(Alert) -> Delivery + use<>> {
    let id = row.get(0)?;
    let receiver = row.get::<Name<ReceiverName>>(2)?.0;
    let address = row.get(3)?;
    let attempts = row.get(4)?;
    let created = row.get::<Ms>(5)?.0;
    let due = row.get::<Ms>(6)?.0;
    Ok(move |alert| Delivery {
        id,
        alert,
        receiver,
        address,
        attempts,
        created,
        due,
    })
}

fn to_delivery_row(row: &Row<'_>) -> sql::Result<DeliveryRow> {
    let state: String = row.get(8)?;
    Ok(DeliveryRow {
        id: row.get(0)?,
        alert: row.get::<Name<AlertId>>(1)?.0,
        watch: row.get::<Option<Name<WatchName>>>(2)?.map(|name| name.0),
        story: row.get::<Option<Name<StoryId>>>(3)?.map(|name| name.0),
        kind: row.get(4)?,
        summary: row.get(5)?,
        receiver: row.get::<Name<ReceiverName>>(6)?.0,
        address: row.get(7)?,
        // The table holds no other words than these.
        state: State::ALL
            .into_iter()
            .find(|one| one.as_str() == state)
            .unwrap_or(State::Parked),
        attempts: row.get(9)?,
        created: row.get::<Ms>(10)?.0,
        due: row.get::<Ms>(11)?.0,
        finished: time(row, 12)?,
        error: row.get(13)?,
    })
}

/// Ends the way of a delivery after one more attempt.
fn finish(
    connection: &Connection,
    id: i64,
    state: State,
    now: Timestamp,
    error: Option<&str>,
) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "UPDATE delivery SET state = ?2, finished = ?3, error = ?4, attempts = attempts + 1,
                 holder = NULL, leased_until = NULL
             WHERE key = ?1 AND state = 'waiting'",
        )?
        .execute(params![id, state.as_str(), Ms(now), error])?;
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::store::fixture::{Desk, plan};

    #[tokio::test]
    async fn due_deliveries_are_handed_out_without_a_look_at_those_sent() {
        let desk = Desk::watching(1).await;

        for (sql, parameters) in [(READY, 3), (NEXT, 1)] {
            let plan = plan(&desk.store, sql, parameters).await;
            assert!(plan.contains("USING INDEX delivery_turn"), "{plan}");
            assert!(plan.contains("delivery_order"), "{plan}");
            assert!(
                !plan.contains("SCAN e") && !plan.contains("SCAN a"),
                "{plan}"
            );
        }
    }

    #[tokio::test]
    async fn an_alert_that_cannot_be_read_is_parked_and_holds_up_nobody() {
        let desk = Desk::watching(2).await;
        desk.alert(0).await;
        desk.alert(1).await;
        let spoil = |connection: &Connection| {
            Ok(connection.execute("UPDATE alert SET whole = 'x' WHERE key = 1", [])?)
        };
        desk.store.0.write("spoil an alert", spoil).await.unwrap();

        let leased = desk
            .store
            .lease_deliveries("me", desk.now, desk.now, 10)
            .await
            .unwrap();

        assert_eq!(leased.len(), 1);
        assert_eq!(desk.store.counts().await.unwrap().parked, 1);
    }
}
