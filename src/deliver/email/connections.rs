//! Conversations with one mail server: begun when there is something to say, kept for the next message.
//!
//! lettre's own pool is not used, for two reasons. It takes a connection back whose conversation was broken off, and the
//! late answer is then read as the next message's. And its sockets wait for acknowledgements (Nagle), which costs 40 ms
//! for each message.

use std::fmt;
use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use super::{Security, Server};

/// The time a connection may take to be made.
pub(super) const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// The time in which a server that is looked for must greet.
const GREETING_LIMIT: Duration = Duration::from_secs(3);
/// The time that open conversations are given to say goodbye.
const GOODBYE_LIMIT: Duration = Duration::from_secs(1);
/// Conversations at once with a server that takes what it is sent, each kept for the next message: mail servers count them.
/// Their number begins with one, grows by one with each mail that was taken, and falls by one with each that was not.
const MAX_CONVERSATIONS: usize = 4;

/// Whether a mail server greets whoever connects to this port.
pub(super) async fn greets(host: &str, port: u16) -> bool {
    let greeting = async {
        let mut stream = TcpStream::connect((host, port)).await?;
        let mut code = [0; 3];
        stream.read_exact(&mut code).await?;
        io::Result::Ok(code == *b"220")
    };
    matches!(timeout(GREETING_LIMIT, greeting).await, Ok(Ok(true)))
}

/// Why a message was not taken.
pub(super) enum Fault {
    /// There was no connection.
    Unreachable(io::Error),
    /// No connection was made within [`CONNECT_LIMIT`].
    ConnectTimeout,
    /// What was said, or the lack of it.
    Smtp(SmtpError),
}

impl From<SmtpError> for Fault {
    fn from(error: SmtpError) -> Self {
        Self::Smtp(error)
    }
}

/// The open conversations with a server.
pub(super) struct Connections {
    host: String,
    port: u16,
    security: Security,
    tls: Option<TlsParameters>,
    credentials: Option<Credentials>,
    hello: ClientId,
    kept: Mutex<Vec<AsyncSmtpConnection>>,
    turns: Semaphore,
    /// How many turns there are, taken or not.
    allowed: Mutex<usize>,
}

/// The right to one conversation, for as long as it is held.
#[derive(Debug)]
pub(super) struct Turn<'a> {
    connections: &'a Connections,
    permit: Option<SemaphorePermit<'a>>,
}

impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Connections to {}:{}", self.host, self.port)
    }
}

impl Connections {
    /// None yet.
    ///
    /// # Errors
    /// When the system's certificates cannot be read.
    pub(super) fn new(server: &Server) -> Result<Self, SmtpError> {
        let tls = match server.security {
            Security::Tls | Security::StartTls => Some(TlsParameters::new(server.host.clone())?),
            Security::Plain => None,
        };
        let credentials = match (&server.user, &server.password) {
            (Some(user), Some(password)) => {
                let password = password.expose().to_owned();
                Some(Credentials::new(user.clone(), password))
            }
            _ => None,
        };
        Ok(Self {
            host: server.host.clone(),
            port: server.port,
            security: server.security,
            tls,
            credentials,
            hello: ClientId::default(),
            kept: Mutex::new(Vec::new()),
            turns: Semaphore::new(1),
            allowed: Mutex::new(1),
        })
    }

    /// Waits until there may be one more conversation.
    pub(super) async fn turn(&self) -> Turn<'_> {
        Turn {
            connections: self,
            // Nobody closes the semaphore; if it were, the server's own limits would still hold.
            permit: self.turns.acquire().await.ok(),
        }
    }

    /// Ends the conversations that nobody uses.
    pub(super) async fn close(&self) {
        let kept = std::mem::take(&mut *self.kept());
        for mut connection in kept {
            // Whether the server hears the goodbye does not matter: the connection is closed either way.
            let _ = timeout(GOODBYE_LIMIT, connection.quit()).await;
        }
    }

    fn allowed(&self) -> std::sync::MutexGuard<'_, usize> {
        self.allowed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Vec<AsyncSmtpConnection>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let mut kept = self.kept();
        if kept.len() < MAX_CONVERSATIONS && !connection.has_broken() {
            kept.push(connection);
        }
    }

    /// A conversation in which the server answers.
    async fn ready(&self) -> Result<AsyncSmtpConnection, Fault> {
        while let Some(mut connection) = self.take() {
            // Servers hang up on those who say nothing for a while.
            if connection.test_connected().await {
                return Ok(connection);
            }
        }
        self.connect().await
    }

    fn take(&self) -> Option<AsyncSmtpConnection> {
        self.kept().pop()
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Fault> {
        let mut connection = match (self.security, &self.tls) {
            (Security::Tls, tls) => {
                let address = (self.host.as_str(), self.port);
                let limit = Some(CONNECT_LIMIT);
                AsyncSmtpConnection::connect_tokio1(address, limit, &self.hello, tls.clone(), None)
                    .await?
            }
            (Security::StartTls, Some(tls)) => {
                let mut connection = self.connect_in_the_clear().await?;
                connection.starttls(tls.clone(), &self.hello).await?;
                connection
            }
            (Security::StartTls | Security::Plain, _) => self.connect_in_the_clear().await?,
        };
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }

    async fn connect_in_the_clear(&self) -> Result<AsyncSmtpConnection, Fault> {
        let address = (self.host.as_str(), self.port);
        let stream = timeout(CONNECT_LIMIT, TcpStream::connect(address))
            .await
            .map_err(|_| Fault::ConnectTimeout)?
            .map_err(Fault::Unreachable)?;
        stream.set_nodelay(true).map_err(Fault::Unreachable)?;
        let connection =
            AsyncSmtpConnection::connect_with_transport(Box::new(stream), &self.hello).await?;
        Ok(connection)
    }
}

impl Turn<'_> {
    /// Sends one message. A conversation that ends badly, or is given up by dropping this future, is closed.
    pub(super) async fn send(&self, message: &Message) -> Result<(), Fault> {
        let mut connection = self.connections.ready().await?;
        connection
            .send(message.envelope(), &message.formatted())
            .await?;
        self.connections.keep(connection);
        Ok(())
    }

    /// The server has taken the mail: it may be given more at once.
    pub(super) fn more(&self) {
        let mut allowed = self.connections.allowed();
        if *allowed < MAX_CONVERSATIONS {
            *allowed += 1;
            self.connections.turns.add_permits(1);
        }
    }

    /// The server is in trouble: fewer are in its way. One is always left.
    pub(super) fn fewer(&mut self) {
        let mut allowed = self.connections.allowed();
        if *allowed > 1
            && let Some(permit) = self.permit.take()
        {
            *allowed -= 1;
            permit.forget();
        }
    }
}
