//! How names, times and numbers stand in a row.

use std::str::FromStr;

use jiff::Timestamp;
use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};

use crate::alert::{AlertId, ReceiverName, StoryId, WatchName};
use crate::claims::Decimal;

use super::error::Fault;
use super::sql::{self, Row};

/// A time: milliseconds since 1970 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ms(pub(super) Timestamp);

impl ToSql for Ms {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.as_millisecond().into())
    }
}

impl FromSql for Ms {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let millis = value.as_i64()?;
        Timestamp::from_millisecond(millis)
            .map(Self)
            .map_err(|_| FromSqlError::OutOfRange(millis))
    }
}

/// A number, as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Number(pub(super) Decimal);

impl ToSql for Number {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.to_string().into())
    }
}

impl FromSql for Number {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Decimal::from_str(value.as_str()?)
            .map(Self)
            .map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}

/// A name that was checked before it was stored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name<T>(pub(super) T);

/// Reads a name back; `None` where the text is not one.
pub(super) trait Stored: Sized {
    fn stored(text: &str) -> Option<Self>;
}

impl Stored for WatchName {
    fn stored(text: &str) -> Option<Self> {
        Self::of_any(text)
    }
}

impl Stored for ReceiverName {
    fn stored(text: &str) -> Option<Self> {
        Self::new(text)
    }
}

impl Stored for StoryId {
    fn stored(text: &str) -> Option<Self> {
        Some(Self::from_typed(text))
    }
}

impl Stored for AlertId {
    fn stored(text: &str) -> Option<Self> {
        Some(Self::from_typed(text))
    }
}

impl<T: Stored> FromSql for Name<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        T::stored(text)
            .map(Self)
            .ok_or_else(|| FromSqlError::Other(format!("`{text}` is not a name").into()))
    }
}

/// A column that holds a time, or none.
pub(super) fn time(row: &Row<'_>, column: usize) -> sql::Result<Option<Timestamp>> {
    Ok(row.get::<Option<Ms>>(column)?.map(|ms| ms.0))
}

/// A column that holds a number, or none.
pub(super) fn number(row: &Row<'_>, column: usize) -> sql::Result<Option<Decimal>> {
    Ok(row.get::<Option<Number>>(column)?.map(|number| number.0))
}

/// The one row a query asks for, or that there is no such `what`.
pub(super) fn found<T>(result: sql::Result<T>, what: impl FnOnce() -> String) -> Result<T, Fault> {
    match result {
        Err(sql::Error::NoRow) => Err(Fault::Unknown(what())),
        other => Ok(other?),
    }
}
