//! The database file: made whole or not at all, and examined before anything in it is believed.
//!
//! A file that is damaged, of another program or of a later claimwatch is refused and left as it is. Nothing here ever
//! replaces a file that exists.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior};

use super::error::{Error, Fault};
use super::{server, sql};

/// Marks the file as claimwatch's: "clmw".
const APPLICATION_ID: i64 = 0x636c_6d77;
/// Every migration, oldest first; the schema's number is how many have been run.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
    include_str!("migrations/0005.sql"),
    include_str!("migrations/0006.sql"),
    include_str!("migrations/0007.sql"),
    include_str!("migrations/0008.sql"),
    include_str!("migrations/0009.sql"),
    include_str!("migrations/0010.sql"),
];
/// How long a write waits for one of another process.
const BUSY: Duration = Duration::from_secs(10);
/// Up to this size a file is examined page by page when it is opened; of a larger one, what decides on checks and
/// deliveries. (Pages and stories carry checksums of their own and are checked whenever they are read.)
const EXAMINED_WHOLE_BYTES: i64 = 256 << 20;
/// Statements that a connection keeps prepared: more than there are.
const STATEMENTS: usize = 128;
/// The memory one connection keeps pages in: the upper levels of the indexes, which is what every check goes through. The
/// rest is kept by the system, once for all connections.
const CACHE_KIB: i64 = 1 << 10;
/// What the write-ahead log is cut back to.
const LOG_BYTES: i64 = 16 << 20;

/// How closely a database is examined.
#[derive(Clone, Copy)]
enum Depth {
    /// Each page for itself.
    Pages,
    /// And each index against its table.
    Indexes,
}

/// The sole right to run a daemon on a database, held while the file is open.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes it, or says who has it.
    pub(super) fn take(database: &Path) -> Result<Self, Error> {
        let path = beside(database, "-lock");
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        let file = private(&mut options)
            .open(&path)
            .map_err(|cause| Error::file(&path, "open the lock file", cause))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Error::InUse {
                path: database.to_owned(),
            }),
            Err(TryLockError::Error(cause)) => Err(Error::file(&path, "lock the lock file", cause)),
        }
    }
}

/// The connection that writes to the database at `path`, which is examined and brought up to this program's schema.
pub(super) fn connect_to_write(path: &Path, lock: Option<&Lock>) -> Result<Connection, Error> {
    let doing = "open the database";
    if fs::metadata(path).is_ok_and(|file| file.len() == 0) {
        return Err(Error::Damaged {
            path: path.to_owned(),
            what: "the file is empty".to_owned(),
        });
    }
    let fail = |error: rusqlite::Error| Fault::from(error).at(path, doing);
    let mut connection = connect(path).map_err(fail)?;
    identify(&connection, path)?;
    migrate_file(&mut connection, path, lock)?;
    let depth = match lock {
        Some(_) => Depth::Indexes,
        None => Depth::Pages,
    };
    examine(&connection, depth).map_err(|fault| fault.at(path, doing))?;
    (|| {
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "journal_size_limit", LOG_BYTES)
    })()
    .map_err(fail)?;
    Ok(connection)
}

/// A connection that only reads.
pub(super) fn connect_to_read(path: &Path) -> rusqlite::Result<Connection> {
    let connection = connect(path)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// A connection with the settings that every one has.
pub(super) fn connect(path: &Path) -> rusqlite::Result<Connection> {
    // Without the flag to create: a file that has gone since it was looked at is an error, not a new database.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Otherwise a prepared statement is prepared again whenever it is given another value: slower than running it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    for (name, value) in [
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("cache_size", -CACHE_KIB),
        ("temp_store", 2),
    ] {
        connection.pragma_update(None, name, value)?;
    }
    Ok(connection)
}

/// Refuses a file that is not ours or that a later claimwatch wrote, before anything is written to it.
fn identify(connection: &Connection, path: &Path) -> Result<(), Error> {
    let pragma = |name: &str| {
        connection
            .pragma_query_value(None, name, |row| row.get::<_, i64>(0))
            .map_err(|error| Fault::from(error).at(path, "open the database"))
    };
    if pragma("application_id")? != APPLICATION_ID {
        return Err(Error::Foreign {
            path: path.to_owned(),
        });
    }
    let found = pragma("user_version")?;
    let known = latest();
    if found > known {
        return Err(Error::Newer {
            path: path.to_owned(),
            found,
            known,
        });
    }
    if found < 1 {
        return Err(Error::Damaged {
            path: path.to_owned(),
            what: format!("it says it has schema {found}"),
        });
    }
    Ok(())
}

fn latest() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

fn migrate_file(
    connection: &mut Connection,
    path: &Path,
    lock: Option<&Lock>,
) -> Result<(), Error> {
    let fail = |error: rusqlite::Error| Fault::from(error).at(path, "bring the tables up to date");
    if schema_number(connection).map_err(fail)? == latest() {
        return Ok(());
    }
    // A daemon of an earlier version must not find its tables changed under its feet.
    let _own = match lock {
        Some(_) => None,
        None => Some(Lock::take(path)?),
    };
    migrate(connection).map_err(fail)
}

fn schema_number(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Runs the migrations that have not been run, all or none.
fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = usize::try_from(schema_number(&transaction)?).unwrap_or(0);
    for sql in MIGRATIONS.iter().skip(done) {
        transaction.execute_batch(sql)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", latest())?;
    transaction.commit()
}

/// Looks for damage: the tables must be the very ones this program makes, and their pages sound.
fn examine(connection: &Connection, depth: Depth) -> Result<(), Fault> {
    let mut pristine = Connection::open_in_memory()?;
    migrate(&mut pristine)?;
    if tables(connection)? != tables(&pristine)? {
        return Err(Fault::Unreadable(
            "its tables are not the ones that claimwatch made".to_owned(),
        ));
    }
    let pages: i64 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
    let page: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
    // The daemon rests on the indexes, too: a due time that one of them has wrong is a check that never comes.
    let check = match depth {
        Depth::Indexes => "integrity_check",
        Depth::Pages => "quick_check",
    };
    if pages.saturating_mul(page) <= EXAMINED_WHOLE_BYTES {
        return no_findings(connection, &format!("PRAGMA {check}(1)"));
    }
    for table in ["watch", "story", "delivery"] {
        no_findings(connection, &format!("PRAGMA {check}({table})"))?;
    }
    Ok(())
}

/// A table, for those that copy it.
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<String>,
    /// The columns of its primary key.
    pub(super) key: Vec<String>,
}

/// Every table of this program, those first that others refer to.
pub(super) fn known_tables() -> Result<Vec<Table>, Fault> {
    let mut pristine = Connection::open_in_memory()?;
    migrate(&mut pristine)?;
    let mut tables = pristine.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
    )?;
    let names = tables.query_map([], |row| row.get::<_, String>(0))?;
    let mut known = Vec::new();
    for name in names {
        let name = name?;
        let columns = |sql: &str| -> rusqlite::Result<Vec<String>> {
            let mut query = pristine.prepare(sql)?;
            query.query_map([&name], |row| row.get(0))?.collect()
        };
        known.push(Table {
            columns: columns("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?,
            key: columns("SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk")?,
            name,
        });
    }
    Ok(known)
}

/// Every table and index with the words that made it.
fn tables(connection: &Connection) -> rusqlite::Result<Vec<(String, Option<String>)>> {
    connection
        .prepare(
            "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY name",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Examines the whole database, page by page and reference by reference.
pub(super) fn examine_all(connection: &sql::Connection) -> Result<(), Fault> {
    let sql::Connection::Sqlite(file) = connection else {
        return server::examine_all(connection);
    };
    no_findings(file, "PRAGMA integrity_check(1)")?;
    let stray = file
        .prepare("PRAGMA foreign_key_check")?
        .query_row([], |row| row.get::<_, String>(0))
        .optional()?;
    match stray {
        None => Ok(()),
        Some(table) => Err(Fault::Unreadable(format!(
            "a row of `{table}` refers to one that is not there"
        ))),
    }
}

/// Runs one of SQLite's checks, which answers `ok` or says what is wrong.
fn no_findings(connection: &Connection, query: &str) -> Result<(), Fault> {
    let finding: String = connection.query_row(query, [], |row| row.get(0))?;
    if finding == "ok" {
        Ok(())
    } else {
        Err(Fault::Unreadable(finding))
    }
}

/// Makes a new database at `path`: written aside and then given its name, so that a crash leaves none rather than half.
pub(super) fn create(path: &Path) -> Result<(), Error> {
    let log = beside(path, "-wal");
    if log.exists() {
        // SQLite would play the old log into the new file.
        return Err(Error::Damaged {
            path: path.to_owned(),
            what: format!("the file is gone, but `{}` is there", log.display()),
        });
    }
    let aside = beside(path, &format!("-new-{}", std::process::id()));
    let file = |doing, cause| Error::file(path, doing, cause);
    private(OpenOptions::new().create(true).truncate(true).write(true))
        .open(&aside)
        .map_err(|cause| file("create the database", cause))?;
    let made = connect(&aside).and_then(|mut connection| {
        migrate(&mut connection)?;
        connection.close().map_err(|(_, error)| error)
    });
    let named = match made {
        Ok(()) => give_name(&aside, path).map_err(|cause| file("create the database", cause)),
        Err(error) => Err(Fault::from(error).at(path, "create the tables")),
    };
    // Whatever became of it, nothing needs the other name; a leftover is harmless.
    let _ = fs::remove_file(&aside);
    named
}

/// Gives a finished file its name, unless another process was faster.
fn give_name(aside: &Path, path: &Path) -> std::io::Result<()> {
    match fs::hard_link(aside, path) {
        Ok(()) => {}
        Err(cause) if cause.kind() == std::io::ErrorKind::AlreadyExists => return Ok(()),
        // Some file systems have no links.
        Err(_) => fs::rename(aside, path)?,
    }
    match path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        Some(folder) => File::open(folder)?.sync_all(),
        None => File::open(".")?.sync_all(),
    }
}

/// The path with `ending` after its file name.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Files of the store are for their owner alone.
pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}
