//! All there is of something, a screenful at a time, for exports whose memory does not grow with the store.

use crate::alert::{Alert, StoryId};

use super::Store;
use super::error::Error;
use super::figures::FigureStand;
use super::row::{Ms, number, time};
use super::sql::{self, Connection, params};

impl Store {
    /// Up to `limit` values of figures of a story behind the place `after`, oldest first, each with its place.
    pub async fn figures_of(
        &self,
        story: &StoryId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<(i64, FigureStand)>, Error> {
        let story = story.clone();
        let job = move |connection: &Connection| {
            let mut query = connection.prepare_cached(
                "SELECT f.key, f.since, v.first_seen, f.gone, g.first_seen, f.kind, f.text, f.low, f.high, f.qualifier,
                     f.unit, f.noun, f.counted, f.said_by
                 FROM story s JOIN figure f ON f.story = s.key
                     JOIN version v ON v.story = f.story AND v.number = f.since
                     LEFT JOIN version g ON g.story = f.story AND g.number = f.gone
                 WHERE s.id = ?1 AND f.key > ?2 ORDER BY f.key LIMIT ?3",
            )?;
            let rows = query.query_map(params![story.as_str(), after, limit], |row| {
                let stand = FigureStand {
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
                };
                Ok((row.get(0)?, stand))
            })?;
            Ok(rows.collect::<sql::Result<_>>()?)
        };
        self.0.read("list the figures of a story", job).await
    }

    /// Up to `limit` alerts behind the place `after`, oldest first, each with its place; `None` for one that cannot be read.
    pub async fn alerts_after(
        &self,
        after: i64,
        limit: u32,
    ) -> Result<Vec<(i64, Option<Alert>)>, Error> {
        let job = move |connection: &Connection| {
            let mut query = connection.prepare_cached(
                "SELECT key, whole FROM alert WHERE key > ?1 ORDER BY key LIMIT ?2",
            )?;
            let rows = query.query_map(params![after, limit], |row| {
                let whole: String = row.get(1)?;
                Ok((row.get(0)?, serde_json::from_str(&whole).ok()))
            })?;
            Ok(rows.collect::<sql::Result<_>>()?)
        };
        self.0.read("list alerts", job).await
    }
}
