//! What can go wrong with the store, told so that an operator knows what to do.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::sql::{self, Meaning};

/// Why the store could not do what it was asked for.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no database yet.
    #[error(
        "there is no database at `{}` yet\n  hint: `claimwatch run` makes it; or name another file with `store:` in the configuration",
        path.display()
    )]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// Another daemon works on the same database.
    #[error(
        "another claimwatch is running on `{}`\n  hint: stop it first, or give this one a file of its own with `store:`",
        path.display()
    )]
    InUse {
        /// The database.
        path: PathBuf,
    },
    /// A later claimwatch wrote it.
    #[error(
        "the database `{}` is of a later claimwatch (schema {found}; this one knows up to {known})\n  hint: run the later version, or restore a backup from before the upgrade",
        path.display()
    )]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The schema of this program.
        known: i64,
    },
    /// The file belongs to another program.
    #[error(
        "`{}` is a database of another program; nothing in it was touched\n  hint: name another file with `store:` in the configuration",
        path.display()
    )]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The database is where somebody else could exchange it.
    #[error(
        "`{}` {what}\n  hint: the database needs a folder of its own, no link, which only the user of the service may write: chown it to that user, mode 0700",
        path.display()
    )]
    Untrusted {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The file is damaged.
    #[error(
        "the database `{}` is damaged: {what}\n  hint: stop claimwatch, move the file and its `-wal` and `-shm` aside, put the last backup in its place and start again; \
         `sqlite3 FILE .recover` saves what can be read of the damaged one",
        path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// The disk is full or does not answer; the same call succeeds when it does again.
    #[error(
        "cannot {doing} in `{}`: {cause}\n  hint: make room on its disk; claimwatch goes on by itself",
        path.display()
    )]
    Full {
        /// The database.
        path: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// What the disk said.
        cause: Arc<sql::Error>,
    },
    /// Another program holds the database; the same call succeeds when it lets go.
    #[error(
        "cannot {doing} in `{}`: another program has been writing to it for too long\n  hint: see who has the file open; claimwatch goes on by itself",
        path.display()
    )]
    Busy {
        /// The database.
        path: PathBuf,
        /// What was tried.
        doing: &'static str,
    },
    /// The server is not there, or is gone; the same call succeeds when it is back.
    #[error("cannot {doing} in `{}`: {cause}\n  hint: see whether the server runs and can be reached; claimwatch goes on by itself", path.display())]
    Unreachable {
        /// The database.
        path: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// What came back.
        cause: Arc<sql::Error>,
    },
    /// The story has moved on since the caller looked at it; look again.
    #[error("the story of watch `{watch}` has another latest version than the check compared with")]
    Moved {
        /// The watch.
        watch: String,
    },
    /// Nothing goes by that name.
    #[error("the database knows no {what}")]
    Unknown {
        /// What was asked for, with its name.
        what: String,
    },
    /// A file beside the database could not be used.
    #[error("cannot {doing} `{}`: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// What the system said.
        cause: Arc<std::io::Error>,
    },
    /// The database refused.
    #[error("cannot {doing} in `{}`: {cause}", path.display())]
    Refused {
        /// The database.
        path: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// What the database said.
        cause: Arc<sql::Error>,
    },
    /// Nothing is copied over what is there.
    #[error("something is stored in `{}` already; nothing was copied\n  hint: name an empty database", path.display())]
    NotEmpty {
        /// The database.
        path: PathBuf,
    },
    /// A server is not copied by us.
    #[error(
        "`{}` is a server, which is not copied into a file\n  hint: pg_dump makes backups of it; `claimwatch store copy` copies what claimwatch stores",
        path.display()
    )]
    NoFile {
        /// The database.
        path: PathBuf,
    },
    /// The store has been closed, or failed inside.
    #[error("cannot {doing}: the store is closed")]
    Closed {
        /// What was tried.
        doing: &'static str,
    },
}

impl Error {
    /// Whether the disk or the server is the cause (full, not writable, held by another program, not there), so that the same call can succeed later.
    #[must_use]
    pub fn is_full(&self) -> bool {
        matches!(
            self,
            Self::Full { .. } | Self::Busy { .. } | Self::Unreachable { .. }
        )
    }

    /// Whether only the operator can help: the same call fails until another file is there.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Newer { .. }
                | Self::Foreign { .. }
                | Self::Untrusted { .. }
                | Self::Damaged { .. }
        )
    }

    /// Whether another check of the same story was faster, so that looking again helps.
    #[must_use]
    pub fn is_moved(&self) -> bool {
        matches!(self, Self::Moved { .. })
    }

    pub(super) fn file(path: &Path, doing: &'static str, cause: std::io::Error) -> Self {
        Self::File {
            path: path.to_owned(),
            doing,
            cause: Arc::new(cause),
        }
    }
}

/// What goes wrong inside a transaction, before it is known where it happened.
#[derive(Debug)]
pub(super) enum Fault {
    /// The database says so.
    Sql(Arc<sql::Error>),
    /// A stored value is not what was written.
    Unreadable(String),
    /// Nothing goes by this name.
    Unknown(String),
    /// The story of this watch has moved on.
    Moved(String),
    /// Something is stored already.
    NotEmpty,
}

impl From<sql::Error> for Fault {
    fn from(error: sql::Error) -> Self {
        Self::Sql(Arc::new(error))
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        sql::Error::from(error).into()
    }
}

impl Fault {
    /// The error it is for the caller who was `doing` something with the database at `path`.
    pub(super) fn at(self, path: &Path, doing: &'static str) -> Error {
        let path = path.to_owned();
        match self {
            Self::Unreadable(what) => Error::Damaged { path, what },
            Self::Unknown(what) => Error::Unknown { what },
            Self::Moved(watch) => Error::Moved { watch },
            Self::NotEmpty => Error::NotEmpty { path },
            Self::Sql(cause) => of_database(path, doing, cause),
        }
    }
}

fn of_database(path: PathBuf, doing: &'static str, cause: Arc<sql::Error>) -> Error {
    match cause.meaning() {
        Meaning::Damaged => Error::Damaged {
            path,
            what: format!("cannot {doing}: {cause}"),
        },
        Meaning::Busy => Error::Busy { path, doing },
        Meaning::Full => Error::Full { path, doing, cause },
        Meaning::Unreachable => Error::Unreachable { path, doing, cause },
        Meaning::Refused => Error::Refused { path, doing, cause },
    }
}
