//! The database as the verbs see it: connections, statements and rows, whichever database is behind them.
//!
//! A verb is written once. What it binds and reads goes through the conversions of SQLite's driver, which know five kinds
//! of value (nothing, whole number, fraction, text, bytes); another database is a variant here and translates to those.

mod cell;
mod error;
mod params;
mod server;

use rusqlite::types::FromSql;

pub(super) use error::{Error, Meaning, OptionalExtension, Result};
pub(super) use params::Params;
pub(super) use rusqlite::params;
pub(super) use server::Session;

/// A connection to the database.
pub(super) enum Connection {
    /// To a file.
    Sqlite(rusqlite::Connection),
    /// To a server.
    Postgres(Box<Session>),
}

/// A statement, ready to be run.
pub(super) enum Statement<'c> {
    /// Of a file.
    Sqlite(rusqlite::CachedStatement<'c>),
    /// Of a server.
    Postgres(&'c Session, postgres::Statement),
}

/// The rows that a query answers, one after the other.
pub(super) enum Rows<'s> {
    /// Of a file.
    Sqlite(rusqlite::Rows<'s>),
    /// Of a server, which answers them all at once; the one that is looked at stands beside them.
    Postgres(std::vec::IntoIter<postgres::Row>, Option<postgres::Row>),
}

/// One row.
pub(super) enum Row<'r> {
    /// Of a file.
    Sqlite(&'r rusqlite::Row<'r>),
    /// Of a server.
    Postgres(&'r postgres::Row),
}

/// The rows of a query, each made into a value.
pub(super) struct Mapped<'s, F> {
    rows: Rows<'s>,
    map: F,
}

/// How much of the database a write looks at and changes, and so which others it may run beside on a server.
///
/// On a file one write comes after the other in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// What belongs to one watch or one delivery that its writer has leased: beside all others of this kind.
    Own,
    /// The pace of hosts: beside everything else, but one at a time.
    Pace,
    /// The choice of deliveries to be made: beside those, but one at a time.
    Turns,
    /// Several stories or receivers: alone.
    All,
}

/// Which lock of the server a writer of each reach holds to the end of its transaction. Nobody waits for a row that is held
/// by one that waits for a lock: the locks are taken first.
const LOCKS: [(Reach, &str); 4] = [
    (
        Reach::Own,
        "BEGIN; SELECT pg_advisory_xact_lock_shared(1668050295, 1)",
    ),
    // A start that a crash of the server forgets is no loss, and nobody waits for the disk meanwhile.
    (
        Reach::Pace,
        "BEGIN; SET LOCAL synchronous_commit = off; SELECT pg_advisory_xact_lock(1668050295, 5)",
    ),
    (
        Reach::Turns,
        "BEGIN; SELECT pg_advisory_xact_lock_shared(1668050295, 1); SELECT pg_advisory_xact_lock(1668050295, 2)",
    ),
    (
        Reach::All,
        "BEGIN; SELECT pg_advisory_xact_lock(1668050295, 1)",
    ),
];

impl Connection {
    /// The statement `sql`, prepared once for each connection.
    pub(super) fn prepare_cached(&self, sql: &str) -> Result<Statement<'_>> {
        Ok(match self {
            Self::Sqlite(file) => Statement::Sqlite(file.prepare_cached(sql)?),
            Self::Postgres(session) => Statement::Postgres(session, session.prepare(sql)?),
        })
    }

    /// Runs one statement and answers how many rows it touched.
    pub(super) fn execute(&self, sql: &str, params: impl Params) -> Result<usize> {
        self.prepare_cached(sql)?.execute(params)
    }

    /// The one of two statements that this database understands: for a file, for a server.
    pub(super) fn dialect<'s>(&self, file: &'s str, server: &'s str) -> &'s str {
        match self {
            Self::Sqlite(_) => file,
            Self::Postgres(_) => server,
        }
    }

    /// Begins a transaction that writes as far as `reach`.
    pub(super) fn begin_to_write(&self, reach: Reach) -> Result<()> {
        match self {
            Self::Sqlite(_) => self.run("BEGIN IMMEDIATE"),
            Self::Postgres(session) => LOCKS
                .iter()
                .filter(|(holds, _)| *holds == reach)
                .try_for_each(|(_, begin)| session.run(begin)),
        }
    }

    /// Begins a transaction that sees one state of the database throughout.
    pub(super) fn begin_to_read(&self) -> Result<()> {
        match self {
            Self::Sqlite(_) => self.run("BEGIN"),
            Self::Postgres(session) => {
                session.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            }
        }
    }

    /// Ends the transaction: what it wrote is on disk.
    pub(super) fn commit(&self) -> Result<()> {
        self.run("COMMIT")
    }

    /// Ends the transaction as if it had not been.
    pub(super) fn roll_back(&self) -> Result<()> {
        self.run("ROLLBACK")
    }

    /// Begins a part of a transaction that can be taken back by itself.
    pub(super) fn begin_part(&self) -> Result<()> {
        self.run("SAVEPOINT part")
    }

    /// Keeps the part.
    pub(super) fn keep_part(&self) -> Result<()> {
        self.run("RELEASE part")
    }

    /// Takes the part back.
    pub(super) fn drop_part(&self) -> Result<()> {
        self.run("ROLLBACK TO part")?;
        self.keep_part()
    }

    /// Whether the database has ended the transaction of its own accord.
    pub(super) fn has_no_transaction(&self) -> bool {
        match self {
            Self::Sqlite(file) => file.is_autocommit(),
            Self::Postgres(session) => session.is_lost(),
        }
    }

    /// Whether nothing more comes of this connection and another one is needed.
    pub(super) fn is_lost(&self) -> bool {
        match self {
            Self::Sqlite(_) => false,
            Self::Postgres(session) => session.is_lost(),
        }
    }

    fn run(&self, sql: &str) -> Result<()> {
        match self {
            Self::Sqlite(file) => {
                file.prepare_cached(sql)?.execute([])?;
                Ok(())
            }
            Self::Postgres(session) => session.run(sql),
        }
    }
}

impl Statement<'_> {
    /// Runs it and answers how many rows it touched.
    pub(super) fn execute(&mut self, params: impl Params) -> Result<usize> {
        match self {
            Self::Sqlite(statement) => Ok(params.with(|values| statement.execute(values))?),
            Self::Postgres(session, statement) => session.execute(statement, params),
        }
    }

    /// Runs it and answers its rows.
    pub(super) fn query(&mut self, params: impl Params) -> Result<Rows<'_>> {
        match self {
            Self::Sqlite(statement) => {
                Ok(Rows::Sqlite(params.with(|values| statement.query(values))?))
            }
            Self::Postgres(session, statement) => {
                let rows = session.query(statement, params)?;
                Ok(Rows::Postgres(rows.into_iter(), None))
            }
        }
    }

    /// Runs it and answers its rows, each made into a value by `map`.
    pub(super) fn query_map<T, F>(&mut self, params: impl Params, map: F) -> Result<Mapped<'_, F>>
    where
        F: FnMut(&Row<'_>) -> Result<T>,
    {
        let rows = self.query(params)?;
        Ok(Mapped { rows, map })
    }

    /// Runs it and answers its first row, made into a value by `map`; [`Error::NoRow`] where there is none.
    pub(super) fn query_row<T>(
        &mut self,
        params: impl Params,
        map: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        match self.query(params)?.next()? {
            Some(row) => map(&row),
            None => Err(Error::NoRow),
        }
    }

    /// Whether it answers a row.
    pub(super) fn exists(&mut self, params: impl Params) -> Result<bool> {
        Ok(self.query(params)?.next()?.is_some())
    }
}

impl Rows<'_> {
    /// The next row, if there is one.
    pub(super) fn next(&mut self) -> Result<Option<Row<'_>>> {
        match self {
            Self::Sqlite(rows) => Ok(rows.next()?.map(Row::Sqlite)),
            Self::Postgres(rows, current) => {
                *current = rows.next();
                Ok(current.as_ref().map(Row::Postgres))
            }
        }
    }
}

impl Row<'_> {
    /// The value in `column`, counted from 0.
    pub(super) fn get<T: FromSql>(&self, column: usize) -> Result<T> {
        match self {
            Self::Sqlite(row) => Ok(row.get(column)?),
            Self::Postgres(row) => server::get(row, column),
        }
    }
}

impl<T, F> Iterator for Mapped<'_, F>
where
    F: FnMut(&Row<'_>) -> Result<T>,
{
    type Item = Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.rows.next() {
            Ok(Some(row)) => Some((self.map)(&row)),
            Ok(None) => None,
            Err(error) => Some(Err(error)),
        }
    }
}
