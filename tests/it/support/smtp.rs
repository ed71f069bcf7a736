//! A receiving SMTP server on loopback that keeps what it is sent, and can fail in every way that mail servers do.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// How the server behaves, from the next command on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Takes everything.
    Ok,
    /// `421` in place of a greeting.
    Greeting421,
    /// `450` for every recipient.
    Recipient450,
    /// `550` for every recipient.
    Recipient550,
    /// `550` for recipients that begin with `bad`.
    BadRecipient550,
    /// `451` after the message.
    Message451,
    /// `552` after the message.
    Message552,
    /// The connection is closed in the middle of the message.
    ClosedInMessage,
    /// The message is kept, and the connection closed before the answer.
    KeptWithoutAnswer,
    /// The message is kept, and answered only when the gate is opened.
    KeptAnsweredLate,
    /// `535` for every login.
    Login535,
}

/// A message the server has kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The sender of the envelope.
    pub from: String,
    /// The recipients of the envelope.
    pub to: Vec<String>,
    /// The message as it came, the dots that SMTP adds taken away.
    pub bytes: Vec<u8>,
}

#[derive(Debug)]
struct State {
    mode: Mode,
    kept: Vec<Kept>,
    /// Every line received outside of a message.
    commands: Vec<String>,
    connections: usize,
}

/// The running server; it stops when this is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    gate: Arc<Notify>,
    task: JoinHandle<()>,
}

impl Server {
    /// Starts a server on a free port of 127.0.0.1.
    pub async fn start(mode: Mode) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State {
            mode,
            kept: Vec::new(),
            commands: Vec::new(),
            connections: 0,
        }));
        let gate = Arc::new(Notify::new());
        let (shared, opened) = (Arc::clone(&state), Arc::clone(&gate));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                shared.lock().unwrap().connections += 1;
                let session = Session::new(stream, Arc::clone(&shared), Arc::clone(&opened));
                // A client that goes away in the middle is what some tests are about.
                tokio::spawn(async move { session.serve().await.ok() });
            }
        });
        Self {
            address,
            state,
            gate,
            task,
        }
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Behaves like this from now on.
    pub fn set(&self, mode: Mode) {
        self.state.lock().unwrap().mode = mode;
    }

    /// Lets every answer go that is held back now.
    pub fn open_gate(&self) {
        self.gate.notify_waiters();
    }

    pub fn kept(&self) -> Vec<Kept> {
        self.state.lock().unwrap().kept.clone()
    }

    pub fn commands(&self) -> Vec<String> {
        self.state.lock().unwrap().commands.clone()
    }

    pub fn connections(&self) -> usize {
        self.state.lock().unwrap().connections
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One connection.
struct Session {
    input: BufReader<OwnedReadHalf>,
    output: OwnedWriteHalf,
    state: Arc<Mutex<State>>,
    gate: Arc<Notify>,
    from: String,
    to: Vec<String>,
}

/// Whether the conversation goes on.
#[derive(PartialEq, Eq)]
enum Next {
    Command,
    Close,
}

impl Session {
    fn new(stream: TcpStream, state: Arc<Mutex<State>>, gate: Arc<Notify>) -> Self {
        let (input, output) = stream.into_split();
        Self {
            input: BufReader::new(input),
            output,
            state,
            gate,
            from: String::new(),
            to: Vec::new(),
        }
    }

    fn mode(&self) -> Mode {
        self.state.lock().unwrap().mode
    }

    async fn say(&mut self, line: &str) -> std::io::Result<()> {
        // In one piece: the second half would wait until the first is acknowledged.
        self.output
            .write_all(format!("{line}\r\n").as_bytes())
            .await
    }

    /// The next line without its end; `None` when the client has gone.
    async fn line(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        if self.input.read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        while line.ends_with(b"\n") || line.ends_with(b"\r") {
            line.pop();
        }
        Ok(Some(line))
    }

    async fn serve(mut self) -> std::io::Result<()> {
        if self.mode() == Mode::Greeting421 {
            return self.say("421 4.3.2 closing down").await;
        }
        self.say("220 mail.test ready").await?;
        while let Some(line) = self.line().await? {
            let line = String::from_utf8_lossy(&line).into_owned();
            self.state.lock().unwrap().commands.push(line.clone());
            if self.answer(&line).await? == Next::Close {
                break;
            }
        }
        Ok(())
    }

    async fn answer(&mut self, line: &str) -> std::io::Result<Next> {
        let verb = line
            .split([' ', ':'])
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" => {
                self.say("250-mail.test\r\n250-8BITMIME\r\n250 AUTH PLAIN")
                    .await?
            }
            "AUTH" if self.mode() == Mode::Login535 => {
                self.say("535 5.7.8 wrong user or password").await?;
            }
            "AUTH" => self.say("235 2.7.0 welcome").await?,
            "MAIL" => {
                self.from = mailbox(line);
                self.to.clear();
                self.say("250 2.1.0 ok").await?;
            }
            "RCPT" => self.recipient(&mailbox(line)).await?,
            "DATA" => return self.data().await,
            "QUIT" => {
                self.say("221 2.0.0 bye").await?;
                return Ok(Next::Close);
            }
            "NOOP" | "RSET" => self.say("250 2.0.0 ok").await?,
            _ => self.say("500 5.5.1 what?").await?,
        }
        Ok(Next::Command)
    }

    async fn recipient(&mut self, address: &str) -> std::io::Result<()> {
        match self.mode() {
            Mode::Recipient450 => self.say("450 4.2.0 greylisted, come back").await,
            Mode::Recipient550 => self.say("550 5.1.1 no such user").await,
            Mode::BadRecipient550 if address.starts_with("bad") => {
                self.say("550 5.1.1 no such user").await
            }
            _ => {
                self.to.push(address.to_owned());
                self.say("250 2.1.5 ok").await
            }
        }
    }

    async fn data(&mut self) -> std::io::Result<Next> {
        self.say("354 go on").await?;
        if self.mode() == Mode::ClosedInMessage {
            self.line().await?;
            return Ok(Next::Close);
        }
        let Some(bytes) = self.message().await? else {
            return Ok(Next::Close);
        };
        match self.mode() {
            Mode::Message451 => self.say("451 4.3.0 try later").await?,
            Mode::Message552 => self.say("552 5.3.4 too big").await?,
            Mode::KeptWithoutAnswer => {
                self.keep(bytes);
                return Ok(Next::Close);
            }
            Mode::KeptAnsweredLate => {
                let gate = Arc::clone(&self.gate);
                let opened = gate.notified();
                self.keep(bytes);
                opened.await;
                self.say("250 2.0.0 kept, late").await?;
            }
            _ => {
                self.keep(bytes);
                self.say("250 2.0.0 kept").await?;
            }
        }
        Ok(Next::Command)
    }

    /// Everything up to the line with a single dot. Only CR LF ends a line here, as the standard has it.
    async fn message(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        loop {
            let mut line = Vec::new();
            while !line.ends_with(b"\r\n") {
                if self.input.read_until(b'\n', &mut line).await? == 0 {
                    return Ok(None);
                }
            }
            if line == b".\r\n" {
                return Ok(Some(bytes));
            }
            bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
    }

    fn keep(&self, bytes: Vec<u8>) {
        self.state.lock().unwrap().kept.push(Kept {
            from: self.from.clone(),
            to: self.to.clone(),
            bytes,
        });
    }
}

/// The address between angle brackets.
fn mailbox(line: &str) -> String {
    let start = line.find('<').map_or(0, |at| at + 1);
    let end = line.find('>').unwrap_or(line.len());
    line.get(start..end).unwrap_or_default().to_owned()
}
