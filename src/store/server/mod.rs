//! A PostgreSQL server: how its address is written and how it is reached.
//!
//! The address is that of libpq, `postgres://user:password@host:port/database?sslmode=verify-full`. What it says and we do
//! not know is refused: an option that is passed over in silence may be the one that was to keep others from reading along.

mod schema;
mod tls;

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use postgres::config::SslMode;
use url::Url;

use super::error::{Error, Fault};
use super::sql::{self, Connection, Session};
use crate::secret::Secret;

pub(super) use schema::examine_all;

/// How long a connection may take to come about.
const CONNECTING: Duration = Duration::from_secs(10);
/// How long a server may leave bytes unacknowledged before the connection counts as lost.
const UNANSWERED: Duration = Duration::from_secs(30);
/// When a silent connection is asked whether anybody is there.
const SILENT: Duration = Duration::from_secs(30);

/// The settings of every connection: where the tables are, and that no statement and no transaction that was left open can
/// hold up the other daemons for long.
const SETTINGS: &str = "SET search_path = claimwatch; SET statement_timeout = '120s'; SET lock_timeout = '60s';
    SET idle_in_transaction_session_timeout = '60s'; SET synchronous_commit = on; SET client_min_messages = warning";

/// A database of a PostgreSQL server.
#[derive(Clone, PartialEq)]
pub struct Server {
    user: String,
    password: Option<Secret>,
    host: String,
    port: u16,
    database: String,
    encryption: Encryption,
    roots: Option<PathBuf>,
}

/// Whether the way to the server is encrypted, in libpq's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encryption {
    /// It is not.
    Disable,
    /// Where the server offers it, with whoever that is.
    Prefer,
    /// It must be, with whoever that is.
    Require,
    /// It must be, and the certificate must be one of this host.
    VerifyFull,
}

impl Encryption {
    const ALL: [(&'static str, Self); 4] = [
        ("disable", Self::Disable),
        ("prefer", Self::Prefer),
        ("require", Self::Require),
        ("verify-full", Self::VerifyFull),
    ];
}

impl Server {
    /// Whether `typed` begins as the address of a server does.
    #[must_use]
    pub fn is_meant(typed: &str) -> bool {
        typed.starts_with("postgres://") || typed.starts_with("postgresql://")
    }

    /// Reads an address.
    ///
    /// ```
    /// use claimwatch::store::Server;
    /// let server = Server::read("postgres://desk:secret@db.example/claimwatch?sslmode=verify-full").unwrap();
    ///
    /// assert_eq!(server.to_string(), "postgres://desk@db.example:5432/claimwatch");
    /// assert!(Server::read("postgres://db.example/claimwatch?sslmode=allow").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// What is wrong with it; a password is not repeated.
    pub fn read(typed: &str) -> Result<Self, String> {
        let url = Url::parse(typed).map_err(|error| format!("it is no address: {error}"))?;
        if !Self::is_meant(typed) {
            return Err("it does not begin with postgres://".to_owned());
        }
        let text = |part: &str| {
            percent_decoded(part).ok_or_else(|| "a part of it is not UTF-8".to_owned())
        };
        let user = text(url.username())?;
        let mut server = Self {
            password: url.password().map(text).transpose()?.map(Secret::new),
            host: text(url.host_str().unwrap_or_default())?,
            port: url.port().unwrap_or(5432),
            database: text(url.path().trim_start_matches('/'))?,
            encryption: Encryption::Prefer,
            roots: None,
            user,
        };
        for (name, value) in url.query_pairs() {
            server.set(&name, &value)?;
        }
        if server.host.starts_with('/') {
            // Nobody listens on a socket of this machine, and the server offers no encryption there.
            server.encryption = Encryption::Disable;
        }
        if server.user.is_empty() {
            return Err("it names no user".to_owned());
        }
        if server.host.is_empty() {
            return Err("it names no host; write ?host=/run/postgresql for a socket".to_owned());
        }
        if server.database.is_empty() {
            server.database.clone_from(&server.user);
        }
        Ok(server)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "sslmode" => {
                self.encryption = Encryption::ALL
                    .into_iter()
                    .find(|(word, _)| *word == value)
                    .map(|(_, encryption)| encryption)
                    .ok_or("`sslmode` is one of disable, prefer, require, verify-full")?;
            }
            "sslrootcert" => self.roots = Some(PathBuf::from(value)),
            "host" => value.clone_into(&mut self.host),
            "port" => self.port = value.parse().map_err(|_| "`port` is not a number")?,
            "user" => value.clone_into(&mut self.user),
            "dbname" => value.clone_into(&mut self.database),
            "password" => self.password = Some(Secret::new(value.to_owned())),
            _ => {
                return Err(format!(
                    "`{name}` is not known; known are sslmode, sslrootcert, host, port, user, password, dbname"
                ));
            }
        }
        Ok(())
    }

    /// Whether the address holds a password.
    #[must_use]
    pub fn has_password(&self) -> bool {
        self.password.is_some()
    }

    /// The same with a password.
    #[must_use]
    pub fn with_password(self, password: Secret) -> Self {
        Self {
            password: Some(password),
            ..self
        }
    }

    fn options(&self) -> postgres::Config {
        let mut options = postgres::Config::new();
        options
            .user(&self.user)
            .host(&self.host)
            .port(self.port)
            .dbname(&self.database)
            .application_name("claimwatch")
            .connect_timeout(CONNECTING)
            .tcp_user_timeout(UNANSWERED)
            .keepalives_idle(SILENT)
            .ssl_mode(match self.encryption {
                Encryption::Disable => SslMode::Disable,
                Encryption::Prefer => SslMode::Prefer,
                Encryption::Require | Encryption::VerifyFull => SslMode::Require,
            });
        if let Some(password) = &self.password {
            options.password(password.expose());
        }
        options
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            user,
            host,
            port,
            database,
            ..
        } = self;
        if host.starts_with('/') {
            return write!(
                f,
                "postgres:///{database}?host={host}&port={port}&user={user}"
            );
        }
        write!(f, "postgres://{user}@{host}:{port}/{database}")
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Server").field(&self.to_string()).finish()
    }
}

fn percent_decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// A connection with the settings that every one has. It blocks, and may not be made or dropped inside a task.
pub(super) fn connect(server: &Server) -> sql::Result<Session> {
    let options = server.options();
    let connected = match server.encryption {
        Encryption::Disable => options.connect(postgres::NoTls),
        Encryption::Prefer | Encryption::Require => options.connect(tls::Encrypt::with_anybody()),
        Encryption::VerifyFull => {
            let encrypt = tls::Encrypt::with_the_host(server.roots.as_deref())
                .map_err(|error| sql::Error::Unreachable(error.to_string()))?;
            options.connect(encrypt)
        }
    };
    let session = Session::new(connected?);
    session.run(SETTINGS)?;
    Ok(session)
}

/// The connection that writes, to tables that are this program's. `make` says whether they are made where there are none.
pub(super) fn connect_to_write(server: &Server, make: bool) -> Result<Connection, Error> {
    let name = PathBuf::from(server.to_string());
    let session =
        connect(server).map_err(|error| Fault::from(error).at(&name, "open the database"))?;
    schema::prepare(session, &name, make)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password_and_means_the_same_when_it_is_read_again() {
        for (typed, shown) in [
            (
                "postgres://desk:p%40ss@db.example/claims",
                "postgres://desk@db.example:5432/claims",
            ),
            (
                "postgresql://desk@[::1]:6000?sslmode=disable&password=pass",
                "postgres://desk@[::1]:6000/desk",
            ),
            (
                "postgres:///claims?host=/run/postgresql&user=desk",
                "postgres:///claims?host=/run/postgresql&port=5432&user=desk",
            ),
        ] {
            let server = Server::read(typed).unwrap();

            assert_eq!(server.to_string(), shown);
            assert_eq!(Server::read(shown).unwrap().to_string(), shown);
            assert!(!format!("{server:?}").contains("pass"), "{server:?}");
        }
        let password = Server::read("postgres://desk:p%40ss@db.example/claims").unwrap();
        assert_eq!(password.password.unwrap().expose(), "p@ss");
    }

    #[test]
    fn what_an_address_asks_for_and_is_not_done_is_refused() {
        for (typed, why) in [
            (
                "postgres://desk@db.example/claims?sslmode=verify-ca",
                "verify-full",
            ),
            (
                "postgres://desk@db.example/claims?sslcert=me.pem",
                "`sslcert`",
            ),
            ("postgres://db.example/claims", "no user"),
            ("postgres:///claims?user=desk", "no host"),
            (
                "postgres://desk:secret@db.example:port/claims",
                "no address",
            ),
        ] {
            let error = Server::read(typed).unwrap_err();

            assert!(error.contains(why), "{error}");
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
