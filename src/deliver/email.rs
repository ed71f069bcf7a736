//! Mail through one SMTP server.

use crate::secret::Secret;

/// The mail server and how messages look.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// Host name or address of the server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// The user to log in as.
    pub user: Option<String>,
    /// The password to log in with.
    pub password: Option<Secret>,
    /// The sender: `claimwatch <alerts@example.org>`.
    pub from: String,
    /// Whether subjects keep to ASCII (`->` for an arrow).
    pub ascii: bool,
    /// What the subject starts with.
    pub subject: SubjectStyle,
}

/// How the connection to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (`smtps://`).
    Tls,
    /// STARTTLS, refused where the server does not offer it (`smtp+starttls://`).
    StartTls,
    /// Without TLS (`smtp://`): the server on this machine, or a relay that offers none.
    Plain,
}

/// What the subject of an alert starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubjectStyle {
    /// The figure or statement that moved.
    Change,
    /// The title: the same subject for every mail of a story.
    Story,
}

/// The options of one receiver by mail.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The addresses; each gets a message of its own.
    pub to: Vec<String>,
    /// Whether the webhook body is attached.
    pub attach_json: bool,
}
