//! What a database answers when it does not do as it was asked.

/// Why a statement failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A row was asked for, and there is none.
    #[error("the query answered no row")]
    NoRow,
    /// SQLite says so.
    #[error(transparent)]
    Sqlite(rusqlite::Error),
}

/// What a statement comes to.
pub(in crate::store) type Result<T> = std::result::Result<T, Error>;

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::QueryReturnedNoRows => Self::NoRow,
            other => Self::Sqlite(other),
        }
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
