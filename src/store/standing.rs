//! The values of followed figures as they stand in every story, and the disagreements between them.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::alert::rules::Standing;
use crate::alert::{StoryId, WatchName};
use crate::claims::{Amount, Qualifier};

use super::Store;
use super::enqueue;
use super::error::{Error, Fault};
use super::record::Outgoing;
use super::row::{Ms, Name, Number, found, time};
use super::sql::{self, Connection, Row, params};

/// The values of a story's claims, and the key of the claims they were looked up by.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClaimValues {
    /// Differs where the claims or the reader do.
    pub key: String,
    /// A value for each claim that has one.
    pub standing: Vec<Standing>,
}

/// The value of a claim in the story that a watch follows now.
#[derive(Debug, Clone, PartialEq)]
pub struct Stand {
    /// The watch.
    pub watch: WatchName,
    /// The story.
    pub story: StoryId,
    /// Its address.
    pub url: String,
    /// The headline of its latest version.
    pub headline: String,
    /// The publication.
    pub outlet: Option<String>,
    /// The value.
    pub value: Standing,
    /// Since when the story says so.
    pub at: Timestamp,
}

/// A story, and by which claims its values were looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimsRead {
    /// The watch.
    pub watch: WatchName,
    /// The story.
    pub story: StoryId,
    /// Its latest version.
    pub version: u32,
    /// When that was first seen.
    pub first_seen: Timestamp,
    /// The key of [`ClaimValues`]; `None` where they never were looked up.
    pub key: Option<String>,
}

/// A disagreement that lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lasting {
    /// Since when.
    pub since: Timestamp,
    /// When it was told, or would have been.
    pub told: Option<Timestamp>,
}

impl Store {
    /// The values of `claim` in the stories that watches follow now, by the name of the watch.
    pub async fn standing(&self, claim: &str) -> Result<Vec<Stand>, Error> {
        let claim = claim.to_owned();
        let job = move |connection: &Connection| {
            let mut query = connection.prepare_cached(
                "SELECT w.name, s.id, s.url, v.headline, t.outlet, t.claim, t.text, t.low, t.high, t.qualifier,
                     t.unit, t.noun, t.at
                 FROM standing t JOIN story s ON s.key = t.story JOIN watch w ON w.key = s.watch AND w.url = s.url
                     JOIN version v ON v.key =
                         (SELECT l.key FROM version l WHERE l.story = s.key ORDER BY l.number DESC LIMIT 1)
                 WHERE t.claim = ?1 AND w.archived IS NULL AND s.removed IS NULL ORDER BY w.name",
            )?;
            let rows = query.query_map([claim], to_stand)?;
            Ok(rows.collect::<sql::Result<_>>()?)
        };
        self.0.read("look up the values of a claim", job).await
    }

    /// The stories that watches follow now, and by which key the values of each were looked up; without those whose values
    /// were looked up by the key `but`.
    pub async fn claims_read(&self, but: Option<String>) -> Result<Vec<ClaimsRead>, Error> {
        let job = move |connection: &Connection| {
            let mut query = connection.prepare_cached(
                "SELECT w.name, s.id, v.number, v.first_seen, f.key
                 FROM watch w JOIN story s ON s.watch = w.key AND s.url = w.url
                     LEFT JOIN claims_read f ON f.story = s.key
                     CROSS JOIN version v
                 WHERE v.key = (SELECT l.key FROM version l WHERE l.story = s.key ORDER BY l.number DESC LIMIT 1)
                     AND w.archived IS NULL AND (CAST(?1 AS TEXT) IS NULL OR f.key IS DISTINCT FROM ?1) ORDER BY w.name",
            )?;
            let rows = query.query_map([but], |row| {
                Ok(ClaimsRead {
                    watch: row.get::<Name<WatchName>>(0)?.0,
                    story: row.get::<Name<StoryId>>(1)?.0,
                    version: row.get(2)?,
                    first_seen: row.get::<Ms>(3)?.0,
                    key: row.get(4)?,
                })
            })?;
            Ok(rows.collect::<sql::Result<_>>()?)
        };
        self.0.read("look up the claims of stories", job).await
    }

    /// Puts values that were looked up anew in the place of the old ones.
    pub async fn keep_claims(
        &self,
        story: &StoryId,
        outlet: Option<String>,
        values: ClaimValues,
        at: Timestamp,
    ) -> Result<(), Error> {
        let story = story.clone();
        let job = move |connection: &Connection| {
            let key = connection
                .prepare_cached("SELECT key FROM story WHERE id = ?1")?
                .query_row([story.as_str()], |row| row.get(0));
            let key: i64 = found(key, || format!("story `{story}`"))?;
            update(connection, key, outlet.as_deref(), &values, at)
        };
        self.0.write("store the values of claims", job).await
    }

    /// The disagreements that last, by claim.
    pub async fn disagreements(&self) -> Result<BTreeMap<String, Lasting>, Error> {
        let job = |connection: &Connection| {
            let mut query =
                connection.prepare_cached("SELECT claim, since, told FROM disagreement")?;
            let rows = query.query_map([], |row| {
                let lasting = Lasting {
                    since: row.get::<Ms>(1)?.0,
                    told: time(row, 2)?,
                };
                Ok((row.get(0)?, lasting))
            })?;
            Ok(rows.collect::<sql::Result<_>>()?)
        };
        self.0.read("list the disagreements", job).await
    }

    /// Writes that stories give `claim` different values since a time, and when that is to be told; one that is known stays
    /// as it is but for the latter.
    pub async fn disagree(
        &self,
        claim: &str,
        since: Timestamp,
        due: Timestamp,
    ) -> Result<(), Error> {
        let claim = claim.to_owned();
        let job = move |connection: &Connection| {
            connection
                .prepare_cached(
                    "INSERT INTO disagreement (claim, since, due) VALUES (?1, ?2, ?3)
                     ON CONFLICT (claim) DO UPDATE SET due = excluded.due",
                )?
                .execute(params![claim, Ms(since), Ms(due)])?;
            Ok(())
        };
        self.0.write("store a disagreement", job).await
    }

    /// Writes that a disagreement was told by `outgoing`, or held back, and answers whether that is new.
    pub async fn tell_disagreement(
        &self,
        claim: &str,
        outgoing: Option<Outgoing>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let claim = claim.to_owned();
        let job = move |connection: &Connection| {
            let told = connection
                .prepare_cached(
                    "UPDATE disagreement SET told = ?2 WHERE claim = ?1 AND told IS NULL",
                )?
                .execute(params![claim, Ms(now)])?;
            if told > 0
                && let Some(outgoing) = outgoing
            {
                enqueue::enqueue_all(connection, &[outgoing], now)?;
            }
            Ok(told > 0)
        };
        self.0
            .write("store that a disagreement was told", job)
            .await
    }

    /// Writes that stories agree on `claim` again, and answers whether they had not.
    pub async fn agree(&self, claim: &str) -> Result<bool, Error> {
        let claim = claim.to_owned();
        let job = move |connection: &Connection| {
            let ended = connection
                .prepare_cached("DELETE FROM disagreement WHERE claim = ?1")?
                .execute([claim])?;
            Ok(ended > 0)
        };
        self.0.write("end a disagreement", job).await
    }
}

fn to_stand(row: &Row<'_>) -> sql::Result<Stand> {
    let qualifier: Option<String> = row.get(9)?;
    let qualifier = qualifier.and_then(|name| {
        Qualifier::ALL
            .into_iter()
            .find(|known| known.as_str() == name)
    });
    Ok(Stand {
        watch: row.get::<Name<WatchName>>(0)?.0,
        story: row.get::<Name<StoryId>>(1)?.0,
        url: row.get(2)?,
        headline: row.get(3)?,
        outlet: row.get(4)?,
        value: Standing {
            claim: row.get(5)?,
            text: row.get(6)?,
            amount: Amount {
                low: row.get::<Number>(7)?.0,
                high: row.get::<Number>(8)?.0,
                qualifier,
            },
            unit: row.get(10)?,
            noun: row.get(11)?,
        },
        at: row.get::<Ms>(12)?.0,
    })
}

/// Writes the values of a story's claims. One that is as it was keeps the time since when it stands.
pub(super) fn update(
    connection: &Connection,
    story: i64,
    outlet: Option<&str>,
    values: &ClaimValues,
    at: Timestamp,
) -> Result<(), Fault> {
    let mut before = BTreeMap::new();
    let mut query = connection
        .prepare_cached("SELECT claim, low, high, qualifier, at FROM standing WHERE story = ?1")?;
    let mut rows = query.query([story])?;
    while let Some(row) = rows.next()? {
        let value = (
            row.get::<Number>(1)?.0,
            row.get::<Number>(2)?.0,
            row.get::<Option<String>>(3)?,
        );
        before.insert(row.get::<String>(0)?, (value, row.get::<Ms>(4)?.0));
    }
    connection
        .prepare_cached("DELETE FROM standing WHERE story = ?1")?
        .execute([story])?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO standing (story, claim, outlet, text, low, high, qualifier, unit, noun, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for value in &values.standing {
        let Amount {
            low,
            high,
            qualifier,
        } = value.amount;
        let qualifier = qualifier.map(|qualifier| qualifier.as_str().to_owned());
        let same = before
            .get(&value.claim)
            .filter(|(known, _)| *known == (low, high, qualifier.clone()));
        insert.execute(params![
            story,
            value.claim,
            outlet,
            value.text,
            Number(low),
            Number(high),
            qualifier,
            value.unit,
            value.noun,
            Ms(same.map_or(at, |(_, since)| *since)),
        ])?;
    }
    connection
        .prepare_cached(
            "INSERT INTO claims_read (story, key) VALUES (?1, ?2) ON CONFLICT (story) DO UPDATE SET key = excluded.key",
        )?
        .execute(params![story, values.key])?;
    Ok(())
}
