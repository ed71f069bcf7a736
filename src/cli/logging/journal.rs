//! Log lines for the journal, each field by itself: `journalctl CLAIMWATCH_STORY=s7f3a91c2` tells all about a story.
//!
//! This is the journal's native protocol: one datagram for each line, `NAME=value` where the value is on one line. Where the
//! journal does not take a datagram the line goes to standard error, from where the journal picks it up without its fields.

use std::fmt::{Debug, Write as _};
use std::io::Write as _;
use std::os::fd::AsFd;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixDatagram;
use std::path::Path;

use tracing::field::{Field, Visit};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

use crate::cli::table;
use crate::secret;

/// Where the journal listens.
const SOCKET: &str = "/run/systemd/journal/socket";
/// The longest value that is sent, in bytes: a datagram has only so much room.
const MAX_VALUE_BYTES: usize = 8 << 10;

/// The way to the journal.
pub(super) struct Journal {
    socket: Option<UnixDatagram>,
}

impl Journal {
    /// The journal, where it reads our standard error: then its reader is the one to tell.
    pub(super) fn of_this_process() -> Option<Self> {
        let stream = secret::environment("JOURNAL_STREAM")?;
        let is_ours = names_stderr(&stream);
        let socket = is_ours.then(|| connect(Path::new(SOCKET))).flatten();
        Some(Self { socket })
    }

    fn send(&self, line: &Line, priority: u8) {
        let datagram = line.datagram(priority);
        let sent = self
            .socket
            .as_ref()
            .is_some_and(|socket| socket.send(datagram.as_bytes()).is_ok());
        if !sent {
            // There is nobody left to tell of a standard error that is closed.
            let _ = writeln!(std::io::stderr(), "<{priority}>{}", line.message());
        }
    }
}

/// Whether `stream`, a device and an inode, is our standard error.
fn names_stderr(stream: &str) -> bool {
    let Ok(stderr) = std::io::stderr().as_fd().try_clone_to_owned() else {
        return false;
    };
    let is_named = |file: std::fs::Metadata| stream == format!("{}:{}", file.dev(), file.ino());
    std::fs::File::from(stderr).metadata().is_ok_and(is_named)
}

fn connect(path: &Path) -> Option<UnixDatagram> {
    let socket = UnixDatagram::unbound().ok()?;
    socket.connect(path).ok()?;
    // A journal that does not keep up must not hold up the checks.
    socket.set_nonblocking(true).ok()?;
    Some(socket)
}

impl<S: tracing::Subscriber> Layer<S> for Journal {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        let priority = match *event.metadata().level() {
            tracing::Level::ERROR => 3,
            tracing::Level::WARN => 4,
            tracing::Level::INFO => 6,
            _ => 7,
        };
        let mut line = Line::default();
        event.record(&mut line);
        self.send(&line, priority);
    }
}

/// One line of the log, taken apart.
#[derive(Default)]
struct Line {
    message: String,
    fields: Vec<(&'static str, String)>,
}

impl Line {
    /// The line as people read it.
    fn message(&self) -> String {
        let mut message = self.message.clone();
        for (name, value) in &self.fields {
            // Writing to a string does not fail.
            let _ = write!(message, " {name}={value}");
        }
        message
    }

    fn datagram(&self, priority: u8) -> String {
        let mut text = format!(
            "PRIORITY={priority}\nSYSLOG_IDENTIFIER=claimwatch\nMESSAGE={}\n",
            self.message()
        );
        for (name, value) in &self.fields {
            let name = name.to_ascii_uppercase().replace('.', "_");
            // Writing to a string does not fail.
            let _ = writeln!(text, "CLAIMWATCH_{name}={value}");
        }
        text
    }
}

impl Visit for Line {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.note(field.name(), value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.note(field.name(), &format!("{value:?}"));
    }
}

impl Line {
    /// Keeps a value, on one line and without what could steer a terminal.
    fn note(&mut self, name: &'static str, value: &str) {
        let mut end = value.len().min(MAX_VALUE_BYTES);
        while !value.is_char_boundary(end) {
            end -= 1;
        }
        let value = table::plain(&value[..end]);
        match name {
            "message" => self.message = value,
            name => self.fields.push((name, value)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    #[test]
    fn each_field_reaches_the_journal_by_itself_and_on_one_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("socket");
        let journal = UnixDatagram::bind(&path).unwrap();
        let layer = Journal {
            socket: connect(&path),
        };

        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer), || {
            tracing::warn!(story = %"s7f3a91c2", error = "a\nMESSAGE=forged", failures = 3, "check failed");
        });

        let mut bytes = [0; 4096];
        let length = journal.recv(&mut bytes).unwrap();
        assert_eq!(
            std::str::from_utf8(&bytes[..length]).unwrap(),
            "PRIORITY=4\nSYSLOG_IDENTIFIER=claimwatch\n\
             MESSAGE=check failed story=s7f3a91c2 error=a MESSAGE=forged failures=3\n\
             CLAIMWATCH_STORY=s7f3a91c2\nCLAIMWATCH_ERROR=a MESSAGE=forged\nCLAIMWATCH_FAILURES=3\n"
        );
    }

    #[test]
    fn a_stream_that_is_not_ours_is_not_taken_for_ours() {
        assert!(!names_stderr("0:0"));
        assert!(!names_stderr("nonsense"));
    }
}
