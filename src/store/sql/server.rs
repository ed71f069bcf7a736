//! A connection to PostgreSQL, with the statements it has prepared.

use std::cell::{Cell as Flag, RefCell};
use std::collections::HashMap;

use postgres::types::ToSql;
use postgres::{Client, Row, Statement};
use rusqlite::types::{FromSql, FromSqlError};

use super::cell::{Bound, Cell};
use super::error::{Error, Result};
use super::params::Params;

/// A connection to a server. The verbs share it as they share one to a file.
pub(in crate::store) struct Session {
    client: RefCell<Client>,
    prepared: RefCell<HashMap<String, Statement>>,
    lost: Flag<bool>,
}

impl Session {
    pub(in crate::store) fn new(client: Client) -> Self {
        Self {
            client: RefCell::new(client),
            prepared: RefCell::default(),
            lost: Flag::new(false),
        }
    }

    /// Whether nothing more comes of this connection.
    pub(super) fn is_lost(&self) -> bool {
        self.lost.get()
    }

    /// Prepares `sql` where that was not done before. Its numbered places are written as SQLite writes them.
    pub(super) fn prepare(&self, sql: &str) -> Result<Statement> {
        if let Some(known) = self.prepared.borrow().get(sql) {
            return Ok(known.clone());
        }
        let translated = numbered(sql);
        let statement = self.noting(self.client.borrow_mut().prepare(&translated))?;
        self.prepared
            .borrow_mut()
            .insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(super) fn execute(&self, statement: &Statement, params: impl Params) -> Result<usize> {
        let touched = bound(params, |values| {
            self.client.borrow_mut().execute(statement, values)
        })?;
        Ok(usize::try_from(self.noting(touched)?).unwrap_or(usize::MAX))
    }

    pub(super) fn query(&self, statement: &Statement, params: impl Params) -> Result<Vec<Row>> {
        let rows = bound(params, |values| {
            self.client.borrow_mut().query(statement, values)
        })?;
        self.noting(rows)
    }

    /// Runs statements that have no values and whose answers are not looked at.
    pub(in crate::store) fn run(&self, sql: &str) -> Result<()> {
        let done = self.client.borrow_mut().batch_execute(sql);
        self.noting(done)
    }

    fn noting<T>(&self, result: std::result::Result<T, postgres::Error>) -> Result<T> {
        if let Err(error) = &result
            && (error.is_closed() || error.as_db_error().is_none_or(ends_the_session))
        {
            // Whether it is still good for something is not worth finding out: another one is made in a moment.
            self.lost.set(true);
        }
        Ok(result?)
    }
}

/// Whether the server has ended the session with this error.
fn ends_the_session(error: &postgres::error::DbError) -> bool {
    matches!(error.severity(), "FATAL" | "PANIC")
}

/// Runs `run` with the values as the server takes them.
fn bound<R>(params: impl Params, run: impl FnOnce(&[&(dyn ToSql + Sync)]) -> R) -> Result<R> {
    params.with(|values| {
        let values = values
            .iter()
            .map(|value| Bound::of(*value))
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let values: Vec<&(dyn ToSql + Sync)> = values
            .iter()
            .map(|value| value as &(dyn ToSql + Sync))
            .collect();
        Ok(run(&values))
    })
}

/// The value in a column of a row.
pub(super) fn get<T: FromSql>(row: &Row, column: usize) -> Result<T> {
    let cell: Cell<'_> = row.try_get(column)?;
    T::column_result(cell.0).map_err(|error| unreadable(row, column, &error))
}

fn unreadable(row: &Row, column: usize, error: &FromSqlError) -> Error {
    let name = row
        .columns()
        .get(column)
        .map_or("?", |column| column.name());
    Error::Unreadable(format!("the column `{name}` cannot be read: {error}"))
}

/// The statement with its places written `$1`. In our SQL a question mark stands for nothing else.
fn numbered(sql: &str) -> String {
    sql.replace('?', "$")
}
