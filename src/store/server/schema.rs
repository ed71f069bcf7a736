//! The tables on a server: made by whoever comes first, brought up to date while nobody works with them.

use std::path::Path;

use super::super::error::{Error, Fault};
use super::super::sql::{self, Connection, OptionalExtension, Session};

/// Every migration, oldest first; the schema's number is how many have been run.
const MIGRATIONS: &[&str] = &[include_str!("migrations/0001.sql")];

/// Held, shared, by every program that works with the tables, for as long as it is connected.
const AT_WORK: &str = "1668050295, 3";

/// Makes sure that the tables are those of this program. Daemons that start together come one after the other.
pub(super) fn prepare(session: Session, name: &Path, make: bool) -> Result<Connection, Error> {
    let fail = |fault: Fault| fault.at(name, "bring the tables up to date");
    let connection = Connection::Postgres(Box::new(session));
    run(
        &connection,
        "BEGIN; SELECT pg_advisory_xact_lock(1668050295, 4)",
    )
    .map_err(fail)?;
    let found = number(&connection).map_err(|error| fail(error.into()))?;
    let known = latest();
    if found > known {
        return Err(Error::Newer {
            path: name.to_owned(),
            found,
            known,
        });
    }
    if found == 0 && !make {
        return Err(Error::Missing {
            path: name.to_owned(),
        });
    }
    if found < known {
        migrate(&connection, name, found).map_err(|error| match error {
            Refusal::InUse => Error::InUse {
                path: name.to_owned(),
            },
            Refusal::Fault(fault) => fail(fault),
        })?;
    }
    run(
        &connection,
        &format!("SELECT pg_advisory_lock_shared({AT_WORK}); COMMIT"),
    )
    .map_err(fail)?;
    Ok(connection)
}

fn latest() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// The number of the schema that is there; 0 for none.
fn number(connection: &Connection) -> sql::Result<i64> {
    let is_there = connection
        .prepare_cached("SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = 'claimwatch' AND tablename = 'schema_number'")?
        .exists([])?;
    if !is_there {
        return Ok(0);
    }
    let number = connection
        .prepare_cached("SELECT number FROM schema_number")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(number.unwrap_or(0))
}

enum Refusal {
    InUse,
    Fault(Fault),
}

impl<T: Into<Fault>> From<T> for Refusal {
    fn from(fault: T) -> Self {
        Self::Fault(fault.into())
    }
}

/// Runs the migrations that have not been run; what ran them is kept with the commit.
fn migrate(connection: &Connection, name: &Path, found: i64) -> Result<(), Refusal> {
    if found == 0 {
        run(
            connection,
            "CREATE SCHEMA IF NOT EXISTS claimwatch;
             CREATE TABLE IF NOT EXISTS schema_number (number BIGINT NOT NULL)",
        )?;
    } else {
        // A daemon of an earlier version must not find its tables changed under its feet.
        let is_alone: bool = connection
            .prepare_cached(&format!("SELECT pg_try_advisory_xact_lock({AT_WORK})"))?
            .query_row([], |row| row.get(0))?;
        if !is_alone {
            return Err(Refusal::InUse);
        }
    }
    let done = usize::try_from(found).unwrap_or(0);
    for sql in MIGRATIONS.iter().skip(done) {
        run(connection, sql)?;
    }
    connection.execute("DELETE FROM schema_number", [])?;
    connection.execute("INSERT INTO schema_number (number) VALUES (?1)", [latest()])?;
    tracing::info!(store = %name.display(), schema = latest(), "tables brought up to date");
    Ok(())
}

fn run(connection: &Connection, sql: &str) -> Result<(), Fault> {
    match connection {
        Connection::Postgres(session) => Ok(session.run(sql)?),
        Connection::Sqlite(_) => Ok(()),
    }
}

/// Reads every row of every table: what the disk has damaged the server notices then.
pub(in super::super) fn examine_all(connection: &Connection) -> Result<(), Fault> {
    let tables = connection
        .prepare_cached("SELECT tablename::text FROM pg_catalog.pg_tables WHERE schemaname = 'claimwatch' ORDER BY 1")?
        .query_map([], |row| row.get::<String>(0))?
        .collect::<sql::Result<Vec<_>>>()?;
    for table in tables {
        connection.execute(&format!("SELECT count(*) FROM {table}"), [])?;
    }
    Ok(())
}
