//! Whole tables for `export`: every story, figure, version and alert, a handful of rows at a time.
//!
//! Each handful begins behind the last row of the one before, so that a store of any size takes the memory of a few hundred
//! rows, and no transaction lasts while somebody reads the output.

use jiff::Timestamp;

use crate::alert::{AlertId, ReceiverName, StoryId, WatchName};
use crate::story::Story;

use super::Store;
use super::error::{Error, Fault};
use super::figures::FigureStand;
use super::known::{VERSIONS, Version, to_version};
use super::row::{Ms, Name, number, time};
use super::sql::{self, Connection, OptionalExtension, Row, params};
use super::{pages, shape};

/// Rows in one handful.
const AT_ONCE: u32 = 500;

/// Which stories are exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extent {
    /// All there are.
    Everything,
    /// Those of a watch; of a list, its articles.
    Watch(WatchName),
    /// One.
    Story(StoryId),
}

/// A story whose rows are exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    key: i64,
    /// The story.
    pub story: StoryId,
    /// The watch that follows or followed it.
    pub watch: WatchName,
    /// Its address.
    pub url: String,
}

/// A version as it is exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedVersion {
    /// The version.
    pub version: Version,
    /// The address its page came from, after redirects; `None` where the page was let go.
    pub page_url: Option<String>,
    /// How much it changed.
    pub changes: u32,
    /// How much of that was told.
    pub told: u32,
}

/// An alert as it is exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedAlert {
    key: i64,
    /// Its identifier.
    pub id: AlertId,
    /// When it was made.
    pub at: Timestamp,
    /// Its kind.
    pub kind: String,
    /// Its severity.
    pub severity: String,
    /// The watch it tells of; `None` for alerts about none.
    pub watch: Option<WatchName>,
    /// The story it tells of.
    pub story: Option<StoryId>,
    /// The version before.
    pub old_version: Option<u32>,
    /// The version that it is about.
    pub new_version: Option<u32>,
    /// The alert in a sentence.
    pub summary: String,
    /// To whom it went, by receiver and address.
    pub deliveries: Vec<ExportedDelivery>,
}

/// What became of an alert at one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedDelivery {
    /// To whom.
    pub receiver: ReceiverName,
    /// At which of the receiver's addresses.
    pub address: String,
    /// `waiting`, `sent` or `parked`; `held` until it is told together with others, then `together`, or `settled` where
    /// nothing was left of it to tell.
    pub state: String,
    /// Attempts so far.
    pub attempts: u32,
    /// When it was written.
    pub created: Timestamp,
    /// When it was sent, parked, or told with others.
    pub finished: Option<Timestamp>,
    /// What went wrong last.
    pub error: Option<String>,
    /// The alert that told it together with others.
    pub told_by: Option<AlertId>,
}

/// Where a handful begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cursor(i64, i64);

/// A handful of rows, and where the next begins; `None` after the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handful<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where the next handful begins.
    pub next: Option<Cursor>,
}

impl<T> Handful<T> {
    fn of(rows: Vec<T>, end: impl Fn(&T) -> Cursor) -> Self {
        let is_full = rows.len() >= AT_ONCE as usize;
        let next = rows.last().filter(|_| is_full).map(end);
        Self { rows, next }
    }
}

impl Extent {
    fn story(&self) -> Option<&str> {
        match self {
            Self::Story(story) => Some(story.as_str()),
            Self::Everything | Self::Watch(_) => None,
        }
    }

    fn watch(&self) -> Option<&str> {
        match self {
            Self::Watch(watch) => Some(watch.as_str()),
            Self::Everything | Self::Story(_) => None,
        }
    }
}

impl Store {
    /// Whether there is, or was, a watch of this name.
    pub async fn has_watch(&self, watch: &WatchName) -> Result<bool, Error> {
        let watch = watch.clone();
        let job = move |connection: &Connection| {
            let mut query = connection.prepare_cached("SELECT 1 FROM watch WHERE name = ?1")?;
            Ok(query.exists([watch.as_str()])?)
        };
        self.0.read("look up a watch", job).await
    }

    /// The stories of `extent` that have a version, in the order in which they came to be followed.
    pub async fn export_stories(
        &self,
        extent: &Extent,
        from: Cursor,
    ) -> Result<Handful<Exported>, Error> {
        let extent = extent.clone();
        let job = move |connection: &Connection| {
            let mut query = connection.prepare_cached(
                "SELECT s.key, s.id, w.name, s.url FROM story s JOIN watch w ON w.key = s.watch
                 WHERE s.key > ?1 AND (CAST(?2 AS TEXT) IS NULL OR s.id = ?2)
                     AND (CAST(?3 AS TEXT) IS NULL OR w.name = ?3 OR substr(w.name, 1, length(?3) + 1) = ?3 || '/')
                     AND EXISTS (SELECT 1 FROM version v WHERE v.story = s.key)
                 ORDER BY s.key LIMIT ?4",
            )?;
            let values = params![from.0, extent.story(), extent.watch(), AT_ONCE];
            let rows = query.query_map(values, |row| {
                Ok(Exported {
                    key: row.get(0)?,
                    story: row.get::<Name<StoryId>>(1)?.0,
                    watch: row.get::<Name<WatchName>>(2)?.0,
                    url: row.get(3)?,
                })
            })?;
            let rows = rows.collect::<sql::Result<Vec<_>>>()?;
            Ok(Handful::of(rows, |story| Cursor(story.key, 0)))
        };
        self.0.read("export the stories", job).await
    }

    /// The text of a version of a story, or of the latest that has one; `None` where it is not kept.
    pub async fn export_text(
        &self,
        of: &Exported,
        number: Option<u32>,
    ) -> Result<Option<Story>, Error> {
        let story = of.key;
        let job = move |connection: &Connection| {
            let body = connection
                .prepare_cached(
                    "SELECT p.body FROM page p JOIN version v ON v.key = p.version
                     WHERE v.story = ?1 AND (CAST(?2 AS BIGINT) IS NULL OR v.number = ?2)
                     ORDER BY v.number DESC LIMIT 1",
                )?
                .query_row(params![story, number], |row| row.get::<Vec<u8>>(0))
                .optional()?;
            let Some(body) = body else { return Ok(None) };
            Ok(Some(shape::to_story(&pages::unpack(&body, None)?)?))
        };
        self.0.read("read a version", job).await
    }

    /// The figures of a story that came, or went, at `since` or later: by the version they came with and their place in it.
    pub async fn export_figures(
        &self,
        of: &Exported,
        since: Timestamp,
        from: Cursor,
    ) -> Result<Handful<FigureStand>, Error> {
        let story = of.key;
        let job = move |connection: &Connection| {
            let mut query = connection.prepare_cached(
                "SELECT f.key, f.since, v.first_seen, f.gone, g.first_seen,
                     f.kind, f.text, f.low, f.high, f.qualifier, f.unit, f.noun, f.counted, f.said_by
                 FROM figure f JOIN version v ON v.story = f.story AND v.number = f.since
                     LEFT JOIN version g ON g.story = f.story AND g.number = f.gone
                 WHERE f.story = ?1 AND (f.since, f.key) > (?2, ?3) AND (v.first_seen >= ?4 OR g.first_seen >= ?4)
                 ORDER BY f.since, f.key LIMIT ?5",
            )?;
            let rows = query
                .query_map(params![story, from.0, from.1, Ms(since), AT_ONCE], |row| {
                    Ok((row.get::<i64>(0)?, to_stand(row)?))
                })?;
            let rows = rows.collect::<sql::Result<Vec<_>>>()?;
            let whole = Handful::of(rows, |(key, stand)| Cursor(stand.since.into(), *key));
            Ok(Handful {
                rows: whole.rows.into_iter().map(|(_, stand)| stand).collect(),
                next: whole.next,
            })
        };
        self.0.read("export the figures", job).await
    }

    /// The versions of a story, oldest first, that were first seen at `since` or later.
    pub async fn export_versions(
        &self,
        of: &Exported,
        since: Timestamp,
        from: Cursor,
    ) -> Result<Handful<ExportedVersion>, Error> {
        let story = of.key;
        let job = move |connection: &Connection| {
            let sql = format!(
                "{VERSIONS} WHERE v.story = ?1 AND v.number > ?2 AND v.first_seen >= ?3 ORDER BY v.number LIMIT ?4"
            );
            let mut query = connection.prepare_cached(&sql)?;
            let versions =
                query.query_map(params![story, from.0, Ms(since), AT_ONCE], to_version)?;
            let mut rows = Vec::new();
            for version in versions {
                rows.push(with_counts(connection, story, version?)?);
            }
            Ok(Handful::of(rows, |row| {
                Cursor(row.version.number.into(), 0)
            }))
        };
        self.0.read("export the versions", job).await
    }

    /// The alerts about `extent` that were made at `since` or later, oldest first, with what became of each. An alert about
    /// no story, such as a digest, belongs to everything alone; one that `test-alert` made tells of nothing and is left out.
    pub async fn export_alerts(
        &self,
        extent: &Extent,
        since: Timestamp,
        from: Cursor,
    ) -> Result<Handful<ExportedAlert>, Error> {
        let extent = extent.clone();
        let job = move |connection: &Connection| {
            let mut query = connection.prepare_cached(
                "SELECT a.key, a.id, a.at, a.kind, a.severity, w.name, s.id, o.number, n.number, a.summary
                 FROM alert a LEFT JOIN watch w ON w.key = a.watch LEFT JOIN story s ON s.key = a.story
                     LEFT JOIN version o ON o.key = a.old_version LEFT JOIN version n ON n.key = a.new_version
                 WHERE a.key > ?1 AND (CAST(?2 AS TEXT) IS NULL OR s.id = ?2)
                     AND (CAST(?3 AS TEXT) IS NULL OR w.name = ?3 OR substr(w.name, 1, length(?3) + 1) = ?3 || '/')
                     AND a.at >= ?4 AND NOT (substr(a.whole, 1, 400) LIKE '%\"test\":true%') ORDER BY a.key LIMIT ?5",
            )?;
            let values = params![from.0, extent.story(), extent.watch(), Ms(since), AT_ONCE];
            let alerts = query.query_map(values, to_alert)?;
            let mut rows = alerts.collect::<sql::Result<Vec<_>>>()?;
            for alert in &mut rows {
                alert.deliveries = deliveries(connection, alert.key)?;
            }
            Ok(Handful::of(rows, |alert| Cursor(alert.key, 0)))
        };
        self.0.read("export the alerts", job).await
    }
}

fn to_stand(row: &Row<'_>) -> sql::Result<FigureStand> {
    Ok(FigureStand {
        since: row.get(1)?,
        at: row.get::<Ms>(2)?.0,
        gone: row.get(3)?,
        until: time(row, 4)?,
        kind: row.get(5)?,
        text: row.get(6)?,
        low: number(row, 7)?,
        high: number(row, 8)?,
        qualifier: row.get(9)?,
        unit: row.get(10)?,
        noun: row.get(11)?,
        counted: row.get(12)?,
        said_by: row.get(13)?,
    })
}

fn with_counts(
    connection: &Connection,
    story: i64,
    version: Version,
) -> Result<ExportedVersion, Fault> {
    let counts = connection
        .prepare_cached(
            "SELECT (SELECT p.url FROM page p WHERE p.version = v.key),
                 (SELECT count(*) FROM change c WHERE c.version = v.key),
                 (SELECT count(*) FROM change c WHERE c.version = v.key AND c.told = 1)
             FROM version v WHERE v.story = ?1 AND v.number = ?2",
        )?
        .query_row(params![story, version.number], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    let (page_url, changes, told) = counts;
    Ok(ExportedVersion {
        version,
        page_url,
        changes,
        told,
    })
}

fn to_alert(row: &Row<'_>) -> sql::Result<ExportedAlert> {
    Ok(ExportedAlert {
        key: row.get(0)?,
        id: row.get::<Name<AlertId>>(1)?.0,
        at: row.get::<Ms>(2)?.0,
        kind: row.get(3)?,
        severity: row.get(4)?,
        watch: row.get::<Option<Name<WatchName>>>(5)?.map(|name| name.0),
        story: row.get::<Option<Name<StoryId>>>(6)?.map(|name| name.0),
        old_version: row.get(7)?,
        new_version: row.get(8)?,
        summary: row.get(9)?,
        deliveries: Vec::new(),
    })
}

/// What became of the alert with this key. What was held and then had to be told by itself is under one address twice.
fn deliveries(connection: &Connection, alert: i64) -> Result<Vec<ExportedDelivery>, Fault> {
    let mut found = Vec::new();
    for sql in [
        "SELECT receiver, address, state, attempts, created, finished, error, NULL FROM delivery
         WHERE alert = ?1 ORDER BY receiver, address",
        "SELECT h.receiver, h.address,
             CASE WHEN h.finished IS NULL THEN 'held' WHEN h.told_by IS NULL THEN 'settled' ELSE 'together' END,
             0, h.created, h.finished, NULL, t.id
         FROM held h LEFT JOIN alert t ON t.key = h.told_by WHERE h.alert = ?1 ORDER BY h.receiver, h.address",
    ] {
        let mut query = connection.prepare_cached(sql)?;
        let rows = query.query_map([alert], |row| {
            Ok(ExportedDelivery {
                receiver: row.get::<Name<ReceiverName>>(0)?.0,
                address: row.get(1)?,
                state: row.get(2)?,
                attempts: row.get(3)?,
                created: row.get::<Ms>(4)?.0,
                finished: time(row, 5)?,
                error: row.get(6)?,
                told_by: row.get::<Option<Name<AlertId>>>(7)?.map(|name| name.0),
            })
        })?;
        for row in rows {
            found.push(row?);
        }
    }
    // A stable order: what was delivered stands before what was held for the same address.
    found.sort_by(|one, other| {
        (&one.receiver, &one.address).cmp(&(&other.receiver, &other.address))
    });
    Ok(found)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::store::fixture::{Desk, name};

    async fn stories(desk: &Desk, extent: Extent) -> Vec<String> {
        let mut found = Vec::new();
        let mut next = Some(Cursor::default());
        while let Some(from) = next {
            let handful = desk.store.export_stories(&extent, from).await.unwrap();
            found.extend(handful.rows.iter().map(|story| story.watch.to_string()));
            next = handful.next;
        }
        found
    }

    #[tokio::test]
    async fn handful_after_handful_every_story_comes_once() {
        let count = AT_ONCE as usize + 3;
        let desk = Desk::watching(count).await;
        let records = (0..count).map(|number| {
            let page = format!("page {number}").into_bytes();
            desk.store.record(desk.found(number, None, page))
        });
        for recorded in futures_util::future::join_all(records).await {
            recorded.unwrap();
        }

        let everything = stories(&desk, Extent::Everything).await;

        let listed: Vec<String> = (0..count).map(|number| name(number).to_string()).collect();
        assert_eq!(everything, listed);
        // `w1` is not `w10`.
        assert_eq!(stories(&desk, Extent::Watch(name(1))).await, ["w1"]);
    }

    #[tokio::test]
    async fn an_alert_is_exported_with_what_became_of_it_and_for_its_watch_alone() {
        let desk = Desk::watching(2).await;
        desk.alert(0).await;
        desk.alert(1).await;
        let alerts = async |extent: Extent, since: Timestamp| {
            let from = Cursor::default();
            desk.store
                .export_alerts(&extent, since, from)
                .await
                .unwrap()
        };

        let of_one = alerts(Extent::Watch(name(1)), Timestamp::MIN).await;
        let all = alerts(Extent::Everything, desk.now).await;
        let later = desk.now + jiff::SignedDuration::from_secs(1);

        assert_eq!(of_one.rows.len(), 1);
        assert_eq!(all.rows.len(), 2);
        assert_eq!(all.rows[1], of_one.rows[0]);
        assert_eq!(all.rows[0].deliveries[0].state, "waiting");
        assert_eq!(alerts(Extent::Everything, later).await.rows, []);
    }
}
