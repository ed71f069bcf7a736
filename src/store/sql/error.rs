//! What a database answers when it does not do as it was asked.

use std::error::Error as _;

use postgres::error::SqlState;

/// Why a statement failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A row was asked for, and there is none.
    #[error("the query answered no row")]
    NoRow,
    /// SQLite says so.
    #[error(transparent)]
    Sqlite(rusqlite::Error),
    /// PostgreSQL says so, or nothing more.
    #[error("{}", told(.0))]
    Postgres(#[from] postgres::Error),
    /// There is no way to the server.
    #[error("{0}")]
    Unreachable(String),
    /// A stored value is not what was written.
    #[error("{0}")]
    Unreadable(String),
}

/// What a statement comes to.
pub(in crate::store) type Result<T> = std::result::Result<T, Error>;

/// What an error means for the one who works with the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Meaning {
    /// What is stored is damaged.
    Damaged,
    /// The disk is full or does not answer.
    Full,
    /// Somebody else holds what is needed.
    Busy,
    /// The server does not answer.
    Unreachable,
    /// The statement was refused.
    Refused,
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::QueryReturnedNoRows => Self::NoRow,
            other => Self::Sqlite(other),
        }
    }
}

impl Error {
    pub(in crate::store) fn meaning(&self) -> Meaning {
        match self {
            Self::NoRow => Meaning::Refused,
            Self::Sqlite(error) => of_sqlite(error),
            Self::Postgres(error) => of_postgres(error),
            Self::Unreachable(_) => Meaning::Unreachable,
            Self::Unreadable(_) => Meaning::Damaged,
        }
    }
}

fn of_sqlite(error: &rusqlite::Error) -> Meaning {
    use rusqlite::ErrorCode as Code;
    match error {
        rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::IntegralValueOutOfRange(..)
        | rusqlite::Error::InvalidColumnType(..) => return Meaning::Damaged,
        _ => {}
    }
    match error.sqlite_error_code() {
        Some(Code::DatabaseCorrupt | Code::NotADatabase) => Meaning::Damaged,
        Some(Code::DatabaseBusy | Code::DatabaseLocked) => Meaning::Busy,
        Some(Code::DiskFull | Code::SystemIoFailure | Code::CannotOpen | Code::ReadOnly) => {
            Meaning::Full
        }
        _ => Meaning::Refused,
    }
}

/// Classes are the first two signs of the code: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
fn of_postgres(error: &postgres::Error) -> Meaning {
    let Some(code) = error.code() else {
        // What the server has not said comes from the way to it, or from a value that did not fit its column.
        return match error.source() {
            Some(cause) if cause.is::<std::io::Error>() => Meaning::Unreachable,
            _ if error.is_closed() => Meaning::Unreachable,
            _ => Meaning::Refused,
        };
    };
    match code.code().get(..2) {
        Some("08" | "57") if *code != SqlState::QUERY_CANCELED => Meaning::Unreachable,
        Some("40" | "55" | "57") => Meaning::Busy,
        Some("53" | "58") => Meaning::Full,
        Some("XX") => Meaning::Damaged,
        _ => Meaning::Refused,
    }
}

/// The whole of it: by itself the error says only where it comes from.
fn told(error: &postgres::Error) -> String {
    match (error.as_db_error(), error.source()) {
        (Some(said), _) => format!("{} ({})", said.message(), said.code().code()),
        (None, Some(cause)) => cause.to_string(),
        (None, None) => error.to_string(),
    }
}

/// For rows that need not be there.
pub(in crate::store) trait OptionalExtension<T> {
    /// Nothing where there is no row.
    fn optional(self) -> Result<Option<T>>;
}

impl<T> OptionalExtension<T> for Result<T> {
    fn optional(self) -> Result<Option<T>> {
        match self {
            Ok(value) => Ok(Some(value)),
            Err(Error::NoRow) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
