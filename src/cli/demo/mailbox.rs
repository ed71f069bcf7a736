//! The demo's mail server: a real SMTP conversation, every message kept as it arrived.

use std::net::SocketAddr;

use mail_parser::MessageParser;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// More than any mail of the demo.
const MAX_MESSAGE_BYTES: u64 = 1 << 20;
/// More messages than the demo sends.
const MAX_WAITING: usize = 16;

/// The running mail server.
pub(super) struct Mailbox {
    pub(super) address: SocketAddr,
    messages: mpsc::Receiver<String>,
    task: JoinHandle<()>,
}

impl Mailbox {
    /// Listens on a free port of loopback.
    pub(super) async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (sender, messages) = mpsc::channel(MAX_WAITING);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(stream, sender.clone()));
            }
        });
        Ok(Self {
            address,
            messages,
            task,
        })
    }

    /// The next message, as it came over the wire.
    pub(super) async fn next(&mut self) -> Option<String> {
        self.messages.recv().await
    }

    /// A message that has come already.
    pub(super) fn already(&mut self) -> Option<String> {
        self.messages.try_recv().ok()
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The server's side of one SMTP session (RFC 5321), as far as a client that behaves needs it.
async fn converse(stream: TcpStream, messages: mpsc::Sender<String>) -> std::io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader.take(MAX_MESSAGE_BYTES));
    let mut line = String::new();
    writer.write_all(b"220 demo.invalid ESMTP\r\n").await?;
    loop {
        line.clear();
        if lines.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let command = line
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase();
        let answer = match command.as_str() {
            "EHLO" => "250-demo.invalid\r\n250 8BITMIME\r\n",
            "HELO" | "MAIL" | "RCPT" | "RSET" | "NOOP" => "250 OK\r\n",
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await?;
                let message = message(&mut lines).await?;
                if messages.send(message).await.is_err() {
                    return Ok(());
                }
                "250 taken\r\n"
            }
            "QUIT" => {
                writer.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "502 not known here\r\n",
        };
        writer.write_all(answer.as_bytes()).await?;
    }
}

/// The lines up to the lone dot, with the stuffed dots taken out again.
async fn message(lines: &mut (impl AsyncBufReadExt + Unpin)) -> std::io::Result<String> {
    let mut message = String::new();
    loop {
        let start = message.len();
        if lines.read_line(&mut message).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if message[start..].trim_end_matches(['\r', '\n']) == "." {
            message.truncate(start);
            return Ok(message);
        }
        if message[start..].starts_with("..") {
            message.remove(start);
        }
    }
}

/// A message as a mail program shows it: the headers a reader looks at, and the plain text.
pub(super) fn readable(message: &str) -> String {
    let Some(parsed) = MessageParser::default().parse(message) else {
        return message.to_owned();
    };
    let header = |name: &str| {
        parsed
            .header_raw(name)
            .map(|value| format!("{name}: {}\n", value.trim()))
    };
    let mut text = format!("Subject: {}\n", parsed.subject().unwrap_or_default());
    for name in [
        "From",
        "To",
        "Message-ID",
        "In-Reply-To",
        "List-Id",
        "X-Claimwatch-Kind",
        "X-Claimwatch-Severity",
    ] {
        text.extend(header(name));
    }
    text.push('\n');
    text.push_str(
        &parsed
            .body_text(0)
            .unwrap_or_default()
            .replace("\r\n", "\n"),
    );
    text
}
