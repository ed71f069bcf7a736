//! What is measured when somebody looks: how the watches stand, what waits, and what has come since the last look.

use jiff::Timestamp;

use crate::alert::{ReceiverName, WatchName};

use super::Store;
use super::error::{Error, Fault};
use super::row::{Name, time};
use super::sql::{self, Connection, params};

/// How the store stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Gauges {
    /// Every watch of the configuration.
    pub watches: Vec<WatchGauge>,
    /// How many deliveries wait for each receiver.
    pub waiting: Vec<(ReceiverName, u32)>,
    /// When the oldest delivery that waits was written.
    pub oldest_waiting: Option<Timestamp>,
    /// How many changes of each kind there are behind the mark that was handed in.
    pub changes: Vec<(String, u32)>,
    /// How many alerts of each kind and severity there are behind it.
    pub alerts: Vec<(String, String, u32)>,
    /// Where the next look begins to count.
    pub mark: Mark,
}

/// A watch and how its checks go.
#[derive(Debug, Clone, PartialEq)]
pub struct WatchGauge {
    /// The watch.
    pub watch: WatchName,
    /// When a check last succeeded.
    pub last_success: Option<Timestamp>,
    /// When it was last checked.
    pub last_check: Option<Timestamp>,
    /// When it is due; `None` for never again.
    pub due: Option<Timestamp>,
    /// Failed checks in a row.
    pub failures: u32,
    /// Whether its trouble was told.
    pub problem_told: bool,
}

/// Up to where changes and alerts were counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mark {
    version: i64,
    alert: i64,
}

impl Store {
    /// How the store stands, and what has come since `mark`; without one, nothing counts as new.
    pub async fn gauges(&self, mark: Option<Mark>) -> Result<Gauges, Error> {
        let job = move |connection: &Connection| gauges(connection, mark);
        self.0.read("measure what is stored", job).await
    }
}

fn gauges(connection: &Connection, mark: Option<Mark>) -> Result<Gauges, Fault> {
    let last = |sql: &str| -> Result<i64, Fault> {
        Ok(connection
            .prepare_cached(sql)?
            .query_row([], |row| row.get(0))?)
    };
    let next = Mark {
        version: last("SELECT coalesce(max(key), 0) FROM version")?,
        alert: last("SELECT coalesce(max(key), 0) FROM alert")?,
    };
    let mark = mark.unwrap_or(next);
    let mut query = connection.prepare_cached(
        "SELECT kind, count(*) FROM change WHERE version > ?1 GROUP BY kind ORDER BY kind",
    )?;
    let changes = query
        .query_map([mark.version], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<sql::Result<_>>()?;
    let mut query = connection.prepare_cached(
        "SELECT kind, severity, count(*) FROM alert WHERE key > ?1 GROUP BY kind, severity ORDER BY kind, severity",
    )?;
    let alerts = query
        .query_map([mark.alert], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect::<sql::Result<_>>()?;
    let (waiting, oldest_waiting) = waiting(connection)?;
    Ok(Gauges {
        watches: watches(connection)?,
        waiting,
        oldest_waiting,
        changes,
        alerts,
        mark: next,
    })
}

fn watches(connection: &Connection) -> Result<Vec<WatchGauge>, Fault> {
    let mut query = connection.prepare_cached(
        "SELECT name, last_seen, last_check, due, failures, problem_told IS NOT NULL FROM watch WHERE archived IS NULL ORDER BY name",
    )?;
    let rows = query.query_map([], |row| {
        Ok(WatchGauge {
            watch: row.get::<Name<WatchName>>(0)?.0,
            last_success: time(row, 1)?,
            last_check: time(row, 2)?,
            due: time(row, 3)?,
            failures: row.get(4)?,
            problem_told: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<sql::Result<_>>()?)
}

type Waiting = (Vec<(ReceiverName, u32)>, Option<Timestamp>);

fn waiting(connection: &Connection) -> Result<Waiting, Fault> {
    let mut query = connection.prepare_cached(
        "SELECT receiver, count(*), min(created) FROM delivery WHERE state = ?1 GROUP BY receiver ORDER BY receiver",
    )?;
    let mut rows = query.query(params!["waiting"])?;
    let (mut depths, mut oldest) = (Vec::new(), None);
    while let Some(row) = rows.next()? {
        depths.push((row.get::<Name<ReceiverName>>(0)?.0, row.get(1)?));
        oldest = [oldest, time(&row, 2)?].into_iter().flatten().min();
    }
    Ok((depths, oldest))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::store::fixture::Desk;

    #[tokio::test]
    async fn what_has_come_since_the_last_look_is_counted_once() {
        let desk = Desk::watching(3).await;
        desk.alert(0).await;
        let first = desk.store.gauges(None).await.unwrap();
        desk.alert(1).await;
        desk.alert(2).await;

        let second = desk.store.gauges(Some(first.mark)).await.unwrap();
        let third = desk.store.gauges(Some(second.mark)).await.unwrap();

        assert!(first.alerts.is_empty());
        let failing = ("watch_failing".to_owned(), "medium".to_owned(), 2);
        assert_eq!(second.alerts, [failing]);
        assert!(third.alerts.is_empty());
        assert_eq!(third.waiting[0].1, 3);
        assert_eq!(third.oldest_waiting, Some(desk.now));
        assert_eq!(third.watches.len(), 3);
    }
}
