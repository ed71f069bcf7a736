//! Where the database is: a file of this machine, or a server that several daemons share.

use std::fmt;
use std::path::{Path, PathBuf};

use super::schema;
use super::server::{self, Server};
use super::sql::{self, Connection};

/// Where the database is.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// A file, for the one daemon of it.
    File(PathBuf),
    /// A PostgreSQL server, for any number of daemons.
    Server(Server),
}

impl Place {
    /// The file; `None` on a server.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Server(_) => None,
        }
    }

    /// What messages call it; never with a password.
    pub(super) fn name(&self) -> PathBuf {
        match self {
            Self::File(path) => path.clone(),
            Self::Server(server) => PathBuf::from(server.to_string()),
        }
    }

    /// A connection that only reads.
    pub(super) fn connect_to_read(&self) -> sql::Result<Connection> {
        match self {
            Self::File(path) => Ok(Connection::Sqlite(schema::connect_to_read(path)?)),
            Self::Server(server) => Ok(Connection::Postgres(Box::new(server::connect(server)?))),
        }
    }
}

impl Place {
    /// A connection that a whole store is copied to.
    pub(super) fn connect_to_copy(&self) -> sql::Result<Connection> {
        match self {
            Self::File(path) => Ok(Connection::Sqlite(schema::connect(path)?)),
            Self::Server(_) => self.connect_to_read(),
        }
    }

    /// Another connection that writes, in the place of one that was lost.
    pub(super) fn connect_to_write_again(&self) -> sql::Result<Connection> {
        match self {
            Self::File(path) => Ok(Connection::Sqlite(schema::connect(path)?)),
            Self::Server(server) => server::connect_to_write(server, false)
                .map_err(|error| sql::Error::Unreachable(error.to_string())),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Server(server) => server.fmt(f),
        }
    }
}

impl From<&Path> for Place {
    fn from(path: &Path) -> Self {
        Self::File(path.to_owned())
    }
}

impl From<&PathBuf> for Place {
    fn from(path: &PathBuf) -> Self {
        Self::File(path.clone())
    }
}

impl From<PathBuf> for Place {
    fn from(path: PathBuf) -> Self {
        Self::File(path)
    }
}

impl From<&Self> for Place {
    fn from(place: &Self) -> Self {
        place.clone()
    }
}
