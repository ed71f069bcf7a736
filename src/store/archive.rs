//! Copies of versions in a public archive: what is asked for, and what became of it. Apart from everything else: no check and
//! no alert waits for it.

use jiff::{SignedDuration, Timestamp};

use super::Store;
use super::error::{Error, Fault};
use super::row::{Ms, time};
use super::sql::{Connection, OptionalExtension, params};

/// How long one daemon of several has for asking the archive.
const ASKING: SignedDuration = SignedDuration::from_mins(5);

/// A version that is to be kept in the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeping {
    /// Its row.
    pub version: i64,
    /// The address of the page.
    pub address: String,
    /// Requests that came to nothing.
    pub attempts: u32,
    /// What the archive calls the request it works on, and since when it does.
    pub job: Option<(String, Timestamp)>,
    /// Whether the story has a newer version: what the archive would see now is no longer this one.
    pub is_past: bool,
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// The archive works on it under this name; look again at this time.
    Working(String, Timestamp),
    /// It came to nothing; ask again at this time.
    Later(String, Timestamp),
    /// The copy is at this address.
    At(String),
    /// It is given up for this reason.
    GivenUp(String),
}

impl Store {
    /// The version whose turn it is, if one is due.
    pub async fn to_archive(&self, now: Timestamp) -> Result<Option<Keeping>, Error> {
        let job = move |connection: &Connection| {
            let found = connection
                .prepare_cached(
                    "SELECT a.version, a.address, a.attempts, a.job, a.since,
                         EXISTS (SELECT 1 FROM version v JOIN version n ON n.story = v.story AND n.number > v.number
                                 WHERE v.key = a.version)
                     FROM archived a WHERE a.due <= ?1 ORDER BY a.due, a.version LIMIT 1",
                )?
                .query_row([Ms(now)], |row| {
                    let name: Option<String> = row.get(3)?;
                    Ok(Keeping {
                        version: row.get(0)?,
                        address: row.get(1)?,
                        attempts: row.get(2)?,
                        job: name.zip(time(row, 4)?),
                        is_past: row.get(5)?,
                    })
                })
                .optional()?;
            Ok(found)
        };
        if !self.is_shared() {
            return self.0.read("look up what is to be archived", job).await;
        }
        // Whoever looks first asks; the others look again when it should have its answer.
        let until = now.checked_add(ASKING).unwrap_or(Timestamp::MAX);
        let claim = move |connection: &Connection| {
            let found = job(connection)?;
            if let Some(keeping) = &found {
                connection
                    .prepare_cached("UPDATE archived SET due = ?2 WHERE version = ?1")?
                    .execute(params![keeping.version, Ms(until)])?;
            }
            Ok(found)
        };
        self.0.write("choose what is to be archived", claim).await
    }

    /// When the next version is due.
    pub async fn next_to_archive(&self) -> Result<Option<Timestamp>, Error> {
        let job = |connection: &Connection| {
            let next = connection
                .prepare_cached("SELECT min(due) FROM archived WHERE due IS NOT NULL")?
                .query_row([], |row| time(row, 0))?;
            Ok(next)
        };
        self.0.read("look up what is to be archived", job).await
    }

    /// Writes down what became of a request.
    pub async fn archived(&self, version: i64, kept: Kept, now: Timestamp) -> Result<(), Error> {
        let job = move |connection: &Connection| {
            let sql = match &kept {
                Kept::Working(..) => {
                    "UPDATE archived SET due = ?2, since = coalesce(since, ?4), job = ?3 WHERE version = ?1"
                }
                Kept::Later(..) => {
                    "UPDATE archived SET due = ?2, error = ?3, since = NULL, job = NULL, attempts = attempts + 1
                     WHERE version = ?1"
                }
                Kept::At(_) => {
                    "UPDATE archived SET due = ?2, url = ?3, error = NULL, job = NULL WHERE version = ?1"
                }
                Kept::GivenUp(_) => {
                    "UPDATE archived SET due = ?2, error = ?3, job = NULL WHERE version = ?1"
                }
            };
            let (due, words) = match &kept {
                Kept::Working(words, due) | Kept::Later(words, due) => (Some(Ms(*due)), words),
                Kept::At(words) | Kept::GivenUp(words) => (None, words),
            };
            let mut statement = connection.prepare_cached(sql)?;
            match kept {
                Kept::Working(..) => statement.execute(params![version, due, words, Ms(now)])?,
                Kept::Later(..) | Kept::At(_) | Kept::GivenUp(_) => {
                    statement.execute(params![version, due, words])?
                }
            };
            Ok(())
        };
        self.0.write("note what was archived", job).await
    }

    /// Nothing is asked of the archive before this time.
    pub async fn spare_archive(&self, until: Timestamp) -> Result<(), Error> {
        let job = move |connection: &Connection| {
            connection
                .prepare_cached("UPDATE archived SET due = ?1 WHERE due < ?1")?
                .execute([Ms(until)])?;
            Ok(())
        };
        self.0.write("spare the archive", job).await
    }
}

/// Notes that a version is to be kept, in the transaction that writes it.
pub(super) fn want(
    connection: &Connection,
    version: i64,
    address: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    connection
        .prepare_cached("INSERT INTO archived (version, address, due) VALUES (?1, ?2, ?3)")?
        .execute(params![version, address, Ms(now)])?;
    Ok(())
}
