//! Mail through one SMTP server.
//!
//! One message for each address, so that a bad address never harms a good one. Both text parts are base64: in that alphabet
//! no line of a story can be mistaken for the end of the message or for a command (RUSTSEC-2026-0561).

mod connections;

use std::time::{Duration, SystemTime};

use lettre::Message;
use lettre::address::Address;
use lettre::message::header::{
    ContentDisposition, ContentTransferEncoding, ContentType, HeaderName, HeaderValue,
};
use lettre::message::{Mailbox, MultiPart, MultiPartKind, SinglePart};
use tokio::time::timeout;

use connections::{CONNECT_LIMIT, Connections, Fault};

use super::{Error, Retry, webhook};
use crate::alert::Alert;
use crate::alert::render::words::{clean, cut};
use crate::alert::render::{MailOptions, mail};
use crate::fetch::address::is_localhost;
use crate::secret::Secret;

pub use crate::alert::render::template::Template;
pub use crate::alert::render::{SubjectLine, SubjectStyle};

/// From the first connection to the server's last word.
const TIME_LIMIT: Duration = Duration::from_secs(60);
/// The longest answer of a server that is repeated in a message.
const MAX_ANSWER_CHARS: usize = 300;

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
    /// What the subject is.
    pub subject: SubjectLine,
    /// The text of the user's own, where it is not the usual one.
    pub text: Option<Template>,
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

/// The options of one receiver by mail.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The addresses; each gets a message of its own.
    pub to: Vec<String>,
    /// Whether the webhook body is attached.
    pub attach_json: bool,
    /// What the subject is, where it is another than the server's.
    pub subject: Option<SubjectLine>,
    /// The text, likewise.
    pub text: Option<Template>,
}

/// Sends alerts through one server, over few connections that it keeps for the next message.
#[derive(Debug)]
pub struct Mailer {
    server: Server,
    from: Mailbox,
    look: MailOptions,
    time_limit: Duration,
    connections: Connections,
}

/// The right to send one mail, for as long as it is held.
#[derive(Debug)]
pub struct Turn<'a> {
    mailer: &'a Mailer,
    conversation: connections::Turn<'a>,
}

impl Mailer {
    /// A mailer for `server`. It does not connect before there is something to send.
    ///
    /// # Errors
    /// When the server cannot be used as configured: the sender is no address, the system's certificates cannot be read,
    /// or a password would be sent in the clear to another machine.
    pub fn new(server: &Server) -> Result<Self, Error> {
        Self::with_time_limit(server, TIME_LIMIT)
    }

    /// A mailer that gives up earlier or later than after the usual minute.
    ///
    /// # Errors
    /// As [`Mailer::new`].
    pub fn with_time_limit(server: &Server, time_limit: Duration) -> Result<Self, Error> {
        let config = |why: String| Error::Config {
            to: destination(server),
            why,
        };
        if let Some(problem) = sender_problem(&server.from) {
            return Err(config(problem));
        }
        if let Some(problem) = clear_password_problem(server) {
            return Err(config(problem));
        }
        let from: Mailbox = server.from.parse().map_err(|error| {
            config(format!(
                "the sender `{}` is no address: {error}",
                server.from
            ))
        })?;
        let connections = Connections::new(server).map_err(|error| config(error.to_string()))?;
        let look = MailOptions {
            host: from.email.domain().to_owned(),
            admin: Some(from.email.to_string()),
            ascii: server.ascii,
            subject: server.subject.clone(),
            text: server.text.clone(),
        };
        Ok(Self {
            server: server.clone(),
            from,
            look,
            time_limit,
            connections,
        })
    }

    /// Names the address that is asked to mute a watch, where it is another than the sender.
    #[must_use]
    pub fn with_admin(mut self, address: &str) -> Self {
        if address_problem(address).is_none() {
            self.look.admin = Some(address.to_owned());
        }
        self
    }

    /// Sends the alert to one address, once. The server has taken it when this is `Ok`.
    ///
    /// # Errors
    /// When it has not, or when that is not known: see [`Error`]. A repeat is the same message with the same `Message-ID`.
    pub async fn send(&self, to: &str, alert: &Alert, options: &Options) -> Result<(), Error> {
        self.turn().await.send(to, alert, options).await
    }

    /// Waits for a turn to send. With a server in trouble there is one turn at a time: whoever gets the next can know what
    /// the one before has met.
    pub async fn turn(&self) -> Turn<'_> {
        Turn {
            mailer: self,
            conversation: self.connections.turn().await,
        }
    }

    /// Says goodbye to the server. To be called when nothing is left to send; the next mail connects anew.
    pub async fn close(&self) {
        self.connections.close().await;
    }

    /// The message as it is sent.
    ///
    /// # Errors
    /// When `to` is no address.
    pub fn message(&self, to: &str, alert: &Alert, options: &Options) -> Result<Message, Error> {
        let config = |why: String| Error::Config { to: clean(to), why };
        if let Some(problem) = address_problem(to) {
            return Err(config(problem));
        }
        let address: Address = to.parse().map_err(|error| config(format!("{error}")))?;
        let mail = mail(alert, &self.look(options));
        let mut builder = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, address))
            .subject(mail.subject)
            .date(date(alert))
            .message_id(Some(mail.message_id))
            .in_reply_to(mail.in_reply_to.clone())
            .references(mail.in_reply_to);
        for (name, value) in mail.headers {
            let name = HeaderName::new_from_ascii_str(name);
            builder = builder.raw_header(HeaderValue::new(name, value));
        }
        let both = multipart(MultiPartKind::Alternative, alert, "both")
            .singlepart(part(ContentType::TEXT_PLAIN, mail.text))
            .singlepart(part(ContentType::TEXT_HTML, mail.html));
        let body = match attachment(alert).filter(|_| options.attach_json) {
            Some(json) => multipart(MultiPartKind::Mixed, alert, "all")
                .multipart(both)
                .singlepart(json),
            None => both,
        };
        builder
            .multipart(body)
            .map_err(|error| config(format!("the message cannot be written: {error}")))
    }

    /// How messages to a receiver look.
    fn look(&self, options: &Options) -> MailOptions {
        let mut look = self.look.clone();
        if let Some(subject) = &options.subject {
            look.subject = subject.clone();
        }
        if let Some(text) = &options.text {
            look.text = Some(text.clone());
        }
        look
    }

    /// What a failed send means.
    fn failed(&self, to: &str, fault: Fault) -> Error {
        let error = match fault {
            Fault::Smtp(error) => error,
            Fault::ConnectTimeout => return self.timed_out(CONNECT_LIMIT),
            Fault::Unreachable(error) => {
                return Error::Transport {
                    to: destination(&self.server),
                    why: clean(&error.to_string()),
                };
            }
        };
        let why = answer(&error);
        if let Some(code) = error.status() {
            let retry = if error.is_permanent() {
                Retry::Never
            } else {
                Retry::Backoff
            };
            return Error::Refused {
                to: clean(to),
                answer: format!("{code} {why}").trim_end().to_owned(),
                retry,
            };
        }
        let server = destination(&self.server);
        if error.is_client() {
            return Error::Config { to: server, why };
        }
        if error.is_timeout() {
            return self.timed_out(CONNECT_LIMIT);
        }
        if error.is_response() && why.contains("incomplete response") {
            return Error::Transport {
                to: server,
                why: String::from("the server closed the connection before it had answered"),
            };
        }
        let hint = self.hint(&error);
        Error::Transport {
            to: server,
            why: format!("{why}{hint}"),
        }
    }

    fn timed_out(&self, limit: Duration) -> Error {
        Error::Timeout {
            to: destination(&self.server),
            limit,
        }
    }

    /// What to try, where an error is one that a wrong setting is known to cause.
    fn hint(&self, error: &lettre::transport::smtp::Error) -> &'static str {
        let no_tls = format!("{error:?}").contains("InvalidContentType");
        match self.server.security {
            Security::Tls if no_tls => {
                " (the port does not speak TLS from the start: try `smtp+starttls://`)"
            }
            Security::Plain if error.is_response() => {
                " (the answer is not SMTP: does the port expect TLS? try `smtps://`)"
            }
            Security::Tls | Security::StartTls | Security::Plain => "",
        }
    }
}

impl Turn<'_> {
    /// Sends as [`Mailer::send`] does, in this turn.
    ///
    /// # Errors
    /// As [`Mailer::send`].
    pub async fn send(&mut self, to: &str, alert: &Alert, options: &Options) -> Result<(), Error> {
        let (mailer, limit) = (self.mailer, self.mailer.time_limit);
        let message = mailer.message(to, alert, options)?;
        let result = match timeout(limit, self.conversation.send(&message)).await {
            Ok(result) => result.map_err(|fault| mailer.failed(to, fault)),
            Err(_) => Err(mailer.timed_out(limit)),
        };
        match &result {
            Ok(()) => self.conversation.more(),
            Err(error) if error.retry() != Retry::Never => self.conversation.fewer(),
            Err(_) => {}
        }
        result
    }
}

/// Whether a mail server answers at `port` of `host`, within three seconds.
pub async fn greets(host: &str, port: u16) -> bool {
    connections::greets(host, port).await
}

/// Whether a failure is one of the server, and not of this message or recipient.
#[must_use]
pub fn is_of_server(error: &Error) -> bool {
    match error {
        Error::Transport { .. } | Error::Timeout { .. } => true,
        // "Service not available" and "temporary authentication failure" (RFC 5321, RFC 4954).
        Error::Refused { answer, .. } => answer.starts_with("421") || answer.starts_with("454"),
        Error::Config { .. } => false,
    }
}

/// Host and port of the server, for messages.
fn destination(server: &Server) -> String {
    format!("{}:{}", clean(&server.host), server.port)
}

/// What the server or the network said, on one line.
fn answer(error: &lettre::transport::smtp::Error) -> String {
    let mut text = String::new();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let cause_text = clean(&cause.to_string());
        if !text.contains(&cause_text) {
            if !text.is_empty() {
                text.push_str(": ");
            }
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    if text.is_empty() {
        text = clean(&error.to_string());
    }
    cut(&text, MAX_ANSWER_CHARS)
}

/// The time of the alert: a repeat has the date of the first attempt, as all of it is the same.
fn date(alert: &Alert) -> SystemTime {
    SystemTime::from(alert.at).max(SystemTime::UNIX_EPOCH)
}

/// A multipart whose boundary is the same each time and cannot stand in a base64 line.
fn multipart(kind: MultiPartKind, alert: &Alert, name: &str) -> MultiPart {
    MultiPart::builder()
        .kind(kind)
        .boundary(format!("=_{name}_{}", alert.alert_id))
        .build()
}

fn part(content: ContentType, text: String) -> SinglePart {
    SinglePart::builder()
        .header(content)
        .header(ContentTransferEncoding::Base64)
        .body(text)
}

/// The webhook body as a file.
fn attachment(alert: &Alert) -> Option<SinglePart> {
    let json = String::from_utf8(webhook::body(alert).ok()?).ok()?;
    let content = ContentType::parse("application/json; charset=utf-8").ok()?;
    Some(
        SinglePart::builder()
            .header(content)
            .header(ContentDisposition::attachment("claimwatch-alert.json"))
            .header(ContentTransferEncoding::Base64)
            .body(json),
    )
}

/// What is wrong with logging in to the server; `None` when the password is protected on its way.
#[must_use]
pub fn clear_password_problem(server: &Server) -> Option<String> {
    let exposed = server.security == Security::Plain
        && server.password.is_some()
        && !is_this_machine(&server.host);
    exposed.then(|| {
        String::from(
            "the password would be sent in the clear to another machine; use `smtps://` or `smtp+starttls://`",
        )
    })
}

/// Whether a host name or address is that of this machine.
fn is_this_machine(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    is_localhost(host)
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// What is wrong with a sender (`claimwatch <alerts@example.org>`); `None` when it can be used.
///
/// ```
/// use claimwatch::deliver::email::sender_problem;
///
/// assert_eq!(sender_problem("claimwatch <alerts@example.org>"), None);
/// assert!(sender_problem("claimwatch").is_some());
/// ```
#[must_use]
pub fn sender_problem(text: &str) -> Option<String> {
    if text.chars().any(char::is_control) {
        return Some(String::from(
            "a sender has no line breaks or control characters",
        ));
    }
    match text.parse::<Mailbox>() {
        Ok(mailbox) => address_problem(mailbox.email.as_ref()),
        Err(_) => Some(format!(
            "`{text}` is no sender; write `alerts@example.org` or `claimwatch <alerts@example.org>`"
        )),
    }
}

/// What is wrong with a mail address; `None` when it can be used.
///
/// ```
/// use claimwatch::deliver::email::address_problem;
///
/// assert_eq!(address_problem("desk@example.org"), None);
/// assert!(address_problem("desk at example.org").is_some());
/// ```
#[must_use]
pub fn address_problem(text: &str) -> Option<String> {
    if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Some(String::from(
            "an address has no spaces, line breaks or control characters",
        ));
    }
    if text.contains(['<', '>', ',', ';']) {
        return Some(format!(
            "`{text}` is more than one plain address; write `desk@example.org`"
        ));
    }
    match text.parse::<Address>() {
        Ok(_) => None,
        Err(_) => Some(format!(
            "`{text}` is no mail address; write `desk@example.org`"
        )),
    }
}
