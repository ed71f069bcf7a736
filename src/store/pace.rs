//! The pace at which hosts are asked, where several daemons keep it together.

use std::time::Duration;

use super::Store;
use super::error::Error;
use super::sql::{Connection, Reach, params};

/// Books the next free start at a host and answers how long it is until then, by the clock of the server: those of the
/// daemons need not agree so well.
const NEXT_START: &str = "
    INSERT INTO pace AS known (host, next)
    VALUES (?1, CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT) + ?2)
    ON CONFLICT (host) DO UPDATE SET next = greatest(known.next + ?2, excluded.next)
    RETURNING next - ?2 - CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";

/// Hosts that nobody has asked for an hour have nothing to be remembered.
const FORGET: &str = "DELETE FROM pace
    WHERE next < CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT) - 3600000";

impl Store {
    /// How long until `host` may be asked, `pace` after whoever asked before: of all daemons on the store. The start is
    /// booked. In a file nothing is written down: its one daemon knows.
    pub async fn next_start(&self, host: &str, pace: Duration) -> Result<Duration, Error> {
        if !self.is_shared() || pace.is_zero() {
            return Ok(Duration::ZERO);
        }
        let host = host.to_owned();
        let pace = i64::try_from(pace.as_millis()).unwrap_or(i64::MAX >> 20);
        let job = move |connection: &Connection| {
            let wait: i64 = connection
                .prepare_cached(NEXT_START)?
                .query_row(params![host, pace], |row| row.get(0))?;
            Ok(Duration::from_millis(u64::try_from(wait).unwrap_or(0)))
        };
        self.0.write_as(Reach::Pace, "book a start", job).await
    }

    /// Forgets hosts that were asked long ago.
    pub async fn forget_pace(&self) -> Result<(), Error> {
        if !self.is_shared() {
            return Ok(());
        }
        let job = |connection: &Connection| {
            connection.execute(FORGET, [])?;
            Ok(())
        };
        self.0
            .write_as(Reach::Pace, "forget hosts asked long ago", job)
            .await
    }
}
