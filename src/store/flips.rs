//! The facts of a story that go back and forth, as they are remembered from one check to the next.

use crate::alert::rules::{Flip, Flips};

use super::error::Fault;
use super::row::{Ms, time};
use super::sql::{self, Connection, params};

/// What is remembered of the story with this key.
pub(super) fn of_story(connection: &Connection, story: i64) -> Result<Flips, Fault> {
    let mut query = connection
        .prepare_cached("SELECT fact, now, last, before, told FROM flip WHERE story = ?1")?;
    let rows = query.query_map([story], |row| {
        let flip = Flip {
            now: row.get(1)?,
            last: row.get::<Ms>(2)?.0,
            before: time(row, 3)?,
            told: row.get(4)?,
        };
        Ok((row.get(0)?, flip))
    })?;
    Ok(rows.collect::<sql::Result<_>>()?)
}

/// Puts `flips` in the place of what was remembered.
pub(super) fn update(connection: &Connection, story: i64, flips: &Flips) -> Result<(), Fault> {
    connection
        .prepare_cached("DELETE FROM flip WHERE story = ?1")?
        .execute([story])?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO flip (story, fact, now, last, before, told) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (fact, flip) in flips {
        insert.execute(params![
            story,
            fact,
            flip.now,
            Ms(flip.last),
            flip.before.map(Ms),
            flip.told
        ])?;
    }
    Ok(())
}
