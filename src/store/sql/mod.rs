//! The database as the verbs see it: connections, statements and rows, whichever database is behind them.
//!
//! A verb is written once. What it binds and reads goes through the conversions of SQLite's driver, which know five kinds
//! of value (nothing, whole number, fraction, text, bytes); another database is a variant here and translates to those.

mod error;
mod params;

use rusqlite::types::FromSql;

pub(super) use error::{Error, OptionalExtension, Result};
pub(super) use params::Params;
pub(super) use rusqlite::params;

/// A connection to the database.
pub(super) enum Connection {
    /// To a file.
    Sqlite(rusqlite::Connection),
}

/// A statement, ready to be run.
pub(super) enum Statement<'c> {
    /// Of a file.
    Sqlite(rusqlite::CachedStatement<'c>),
}

/// The rows that a query answers, one after the other.
pub(super) enum Rows<'s> {
    /// Of a file.
    Sqlite(rusqlite::Rows<'s>),
}

/// One row.
pub(super) enum Row<'r> {
    /// Of a file.
    Sqlite(&'r rusqlite::Row<'r>),
}

/// The rows of a query, each made into a value.
pub(super) struct Mapped<'s, F> {
    rows: Rows<'s>,
    map: F,
}

impl Connection {
    /// The statement `sql`, prepared once for each connection.
    pub(super) fn prepare_cached(&self, sql: &str) -> Result<Statement<'_>> {
        match self {
            Self::Sqlite(file) => Ok(Statement::Sqlite(file.prepare_cached(sql)?)),
        }
    }

    /// Runs one statement and answers how many rows it touched.
    pub(super) fn execute(&self, sql: &str, params: impl Params) -> Result<usize> {
        self.prepare_cached(sql)?.execute(params)
    }

    /// Begins a transaction that writes.
    pub(super) fn begin_to_write(&self) -> Result<()> {
        match self {
            Self::Sqlite(_) => self.run("BEGIN IMMEDIATE"),
        }
    }

    /// Begins a transaction that sees one state of the database throughout.
    pub(super) fn begin_to_read(&self) -> Result<()> {
        match self {
            Self::Sqlite(_) => self.run("BEGIN"),
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
        }
    }

    fn run(&self, sql: &str) -> Result<()> {
        self.execute(sql, [])?;
        Ok(())
    }
}

impl Statement<'_> {
    /// Runs it and answers how many rows it touched.
    pub(super) fn execute(&mut self, params: impl Params) -> Result<usize> {
        match self {
            Self::Sqlite(statement) => Ok(params.with(|values| statement.execute(values))?),
        }
    }

    /// Runs it and answers its rows.
    pub(super) fn query(&mut self, params: impl Params) -> Result<Rows<'_>> {
        match self {
            Self::Sqlite(statement) => {
                Ok(Rows::Sqlite(params.with(|values| statement.query(values))?))
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
        }
    }
}

impl Row<'_> {
    /// The value in `column`, counted from 0.
    pub(super) fn get<T: FromSql>(&self, column: usize) -> Result<T> {
        match self {
            Self::Sqlite(row) => Ok(row.get(column)?),
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
