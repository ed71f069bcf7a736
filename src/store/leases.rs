//! Who checks which watch, and until when.
//!
//! A due watch is handed to one holder for a while. A holder that finishes stores the check, which ends the lease; one
//! that stops hands back; one that dies is taken over when its time is up, or at once by its successor.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::alert::WatchName;

use super::Store;
use super::error::{Error, Fault};
use super::row::{Ms, Name, time};
use super::sql::{self, Connection, Reach, params};

/// Takes the watches that have been ready longest. One statement: nobody can come between the choice and the lease.
const LEASE: &str = "
    UPDATE watch SET holder = ?1, leased_until = ?3
    WHERE key IN (SELECT key FROM watch WHERE archived IS NULL AND coalesce(leased_until, due) <= ?2
                  ORDER BY coalesce(leased_until, due) LIMIT ?4)
    RETURNING name, due";

/// The same on a server, where several choose at once: what another one is about to take is passed over.
const LEASE_AMONG_OTHERS: &str = "
    WITH ready AS MATERIALIZED (
        SELECT key FROM watch WHERE archived IS NULL AND coalesce(leased_until, due) <= ?2
        ORDER BY coalesce(leased_until, due) LIMIT ?4 FOR NO KEY UPDATE SKIP LOCKED)
    UPDATE watch SET holder = ?1, leased_until = ?3 FROM ready WHERE watch.key = ready.key
    RETURNING name, due";

/// When the next watch is ready.
const NEXT: &str = "
    SELECT coalesce(leased_until, due) FROM watch
    WHERE archived IS NULL AND coalesce(leased_until, due) IS NOT NULL
    ORDER BY coalesce(leased_until, due) LIMIT 1";

impl Store {
    /// Hands up to `limit` due watches to `holder` until the time `until`, those first that have been due longest.
    pub async fn lease_due(
        &self,
        holder: &str,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<WatchName>, Error> {
        let holder = self.0.holder(holder);
        let job = move |connection: &Connection| {
            let mut lease =
                connection.prepare_cached(connection.dialect(LEASE, LEASE_AMONG_OTHERS))?;
            let rows = lease.query_map(params![holder, Ms(now), Ms(until), limit], |row| {
                Ok((time(row, 1)?, row.get::<Name<WatchName>>(0)?.0))
            })?;
            let mut leased = rows.collect::<sql::Result<Vec<_>>>()?;
            leased.sort();
            Ok(leased.into_iter().map(|(_, name)| name).collect())
        };
        self.0
            .write_as(Reach::Own, "hand out due watches", job)
            .await
    }

    /// When the next watch is due, or the next lease ends.
    pub async fn next_due(&self) -> Result<Option<Timestamp>, Error> {
        let job = |connection: &Connection| first_time(connection, NEXT);
        self.0.read("look up the next due time", job).await
    }

    /// Hands back every watch and delivery that `holder` has.
    pub async fn release(&self, holder: &str) -> Result<(), Error> {
        let holder = self.0.holder(holder);
        let job = move |connection: &Connection| {
            for sql in [
                "UPDATE watch SET holder = NULL, leased_until = NULL WHERE holder = ?1",
                "UPDATE delivery SET holder = NULL, leased_until = NULL WHERE holder = ?1",
            ] {
                connection.prepare_cached(sql)?.execute([&holder])?;
            }
            Ok(())
        };
        self.0.write("hand back what was leased", job).await
    }

    /// Frees what earlier holders of the same name have left behind: for a daemon that starts and knows that it is the
    /// only one of its name. The name of a holder is what stands before its first `/`. On a server nobody knows that; there
    /// the leases of the dead end by themselves.
    pub async fn take_over(&self, holder: &str) -> Result<(), Error> {
        if self.is_shared() {
            return Ok(());
        }
        let name = holder.split('/').next().unwrap_or_default().to_owned();
        let job = move |connection: &Connection| {
            for sql in [
                "UPDATE watch SET holder = NULL, leased_until = NULL
                 WHERE holder IS NOT NULL AND (holder = ?1 OR substr(holder, 1, length(?1) + 1) = ?1 || '/')",
                "UPDATE delivery SET holder = NULL, leased_until = NULL
                 WHERE holder IS NOT NULL AND (holder = ?1 OR substr(holder, 1, length(?1) + 1) = ?1 || '/')",
            ] {
                connection.prepare_cached(sql)?.execute([&name])?;
            }
            Ok(())
        };
        self.0.write("take over what was leased", job).await
    }

    /// Holds what `holder` has in hand until the time `until`: work that takes longer than was thought is not begun by another.
    pub async fn renew(
        &self,
        holder: &str,
        watches: Vec<WatchName>,
        deliveries: Vec<i64>,
        until: Timestamp,
    ) -> Result<(), Error> {
        let holder = self.0.holder(holder);
        let job = move |connection: &Connection| {
            let mut renew = connection.prepare_cached(
                "UPDATE watch SET leased_until = ?3 WHERE name = ?1 AND holder = ?2",
            )?;
            for name in &watches {
                renew.execute(params![name.as_str(), holder, Ms(until)])?;
            }
            let mut renew = connection.prepare_cached(
                "UPDATE delivery SET leased_until = ?3 WHERE key = ?1 AND holder = ?2 AND state = 'waiting'",
            )?;
            for key in &deliveries {
                renew.execute(params![key, holder, Ms(until)])?;
            }
            Ok(())
        };
        self.0
            .write_as(Reach::Own, "hold on to what is in hand", job)
            .await
    }

    /// Makes watches due `now`, and answers how many of the names are watches.
    pub async fn make_due(&self, names: Vec<WatchName>, now: Timestamp) -> Result<usize, Error> {
        let job = move |connection: &Connection| {
            let mut update = connection
                .prepare_cached("UPDATE watch SET due = ?2 WHERE name = ?1 AND archived IS NULL")?;
            let mut made = 0;
            for name in &names {
                made += update.execute(params![name.as_str(), Ms(now)])?;
            }
            Ok(made)
        };
        self.0.write("make watches due", job).await
    }

    /// Hands `watch` back unchecked, to be due again at `due`.
    pub async fn postpone(&self, watch: &WatchName, due: Timestamp) -> Result<(), Error> {
        let watch = watch.clone();
        // On a server another process may have it by now; then it is not ours to put off.
        let process = self.0.holder("");
        let job = move |connection: &Connection| {
            connection
                .prepare_cached(
                    "UPDATE watch SET due = ?2, holder = NULL, leased_until = NULL
                     WHERE name = ?1 AND (?3 = '' OR holder IS NULL OR substr(holder, length(holder) - length(?3) + 1) = ?3)",
                )?
                .execute(params![watch.as_str(), Ms(due), process])?;
            Ok(())
        };
        self.0.write_as(Reach::Own, "put a check off", job).await
    }

    /// When a watch was last checked.
    pub async fn last_check(&self) -> Result<Option<Timestamp>, Error> {
        let job =
            |connection: &Connection| first_time(connection, "SELECT max(last_check) FROM watch");
        self.0.read("look up the last check", job).await
    }

    /// Brings what is due forward by `back`, for which the clock was set back. What waits for a time of day is left as it is,
    /// and so is everything where other daemons go by clocks of their own.
    pub async fn set_back(&self, back: SignedDuration) -> Result<(), Error> {
        if self.is_shared() {
            return Ok(());
        }
        let back = i64::try_from(back.as_millis()).unwrap_or(i64::MAX);
        let job = move |connection: &Connection| {
            for sql in [
                "UPDATE watch SET due = due - ?1, leased_until = leased_until - ?1 WHERE due IS NOT NULL",
                "UPDATE delivery SET due = due - ?1, leased_until = leased_until - ?1 WHERE state = 'waiting'",
                "UPDATE disagreement SET since = since - ?1, due = due - ?1 WHERE told IS NULL",
            ] {
                connection.prepare_cached(sql)?.execute([back])?;
            }
            Ok(())
        };
        self.0.write("set what is due back", job).await
    }

    /// Spreads the watches that are overdue `now` evenly over the time `over`, in the order in which they were due: after
    /// a stop their checks do not fall on the network all at once.
    pub async fn spread_overdue(&self, now: Timestamp, over: Duration) -> Result<usize, Error> {
        let over = i64::try_from(over.as_millis()).unwrap_or(i64::MAX);
        let job = move |connection: &Connection| {
            let spread = connection
                .prepare_cached(
                    "UPDATE watch SET due = late.due FROM (
                         SELECT key, ?1 + (row_number() OVER (ORDER BY due, key) - 1) * ?2 / count(*) OVER () AS due
                         FROM watch WHERE archived IS NULL AND leased_until IS NULL AND due < ?1) AS late
                     WHERE watch.key = late.key",
                )?
                .execute(params![Ms(now), over])?;
            Ok(spread)
        };
        self.0.write("spread overdue watches", job).await
    }
}

/// The one time a query answers, or none.
pub(super) fn first_time(connection: &Connection, sql: &str) -> Result<Option<Timestamp>, Fault> {
    let mut query = connection.prepare_cached(sql)?;
    let mut rows = query.query([])?;
    match rows.next()? {
        Some(row) => Ok(time(&row, 0)?),
        None => Ok(None),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::store::fixture::{Desk, plan};

    #[tokio::test]
    async fn ten_thousand_watches_are_handed_out_without_a_look_at_each() {
        let desk = Desk::watching(10_000).await;

        for (sql, parameters) in [(LEASE, 4), (NEXT, 0)] {
            let plan = plan(&desk.store, sql, parameters).await;
            assert!(plan.contains("USING INDEX watch_ready"), "{plan}");
            assert!(
                !plan.contains("SCAN watch\n") && !plan.contains("TEMP B-TREE"),
                "{plan}"
            );
        }
        let leased = desk
            .store
            .lease_due("me", desk.now, desk.now, 10)
            .await
            .unwrap();
        assert_eq!(leased.len(), 10);
    }
}
