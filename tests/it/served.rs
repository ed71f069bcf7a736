//! A web server on loopback that answers with exactly the bytes it is told to, broken ones included.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// What follows the bytes of an answer.
#[derive(Clone)]
pub enum Then {
    /// The connection is closed.
    Close,
    /// The connection is reset.
    Reset,
    /// Nothing, until the client goes away.
    Silence,
    /// These bytes, over and over, until the client goes away.
    Endless(Vec<u8>),
    /// A byte now and then, until the client goes away.
    Drip,
}

/// An answer on the wire.
#[derive(Clone)]
pub struct Answer {
    pub bytes: Vec<u8>,
    pub then: Then,
    /// Answered only when this is notified.
    pub gate: Option<Arc<Notify>>,
    /// How long the server takes to answer.
    pub takes: Duration,
}

/// A status line with headers, `\n` standing for the end of a line, and the body as it is.
pub fn raw(head: &str, body: impl AsRef<[u8]>) -> Answer {
    let mut bytes = format!("HTTP/1.1 {}\n\n", head.trim())
        .replace('\n', "\r\n")
        .into_bytes();
    bytes.extend_from_slice(body.as_ref());
    Answer {
        bytes,
        then: Then::Close,
        gate: None,
        takes: Duration::ZERO,
    }
}

/// A whole answer: `head` and the length of the body.
pub fn whole(head: &str, body: impl AsRef<[u8]>) -> Answer {
    raw(
        &format!(
            "{}\nContent-Length: {}\nConnection: close",
            head.trim(),
            body.as_ref().len()
        ),
        body,
    )
}

impl Answer {
    pub fn then(self, then: Then) -> Self {
        Self { then, ..self }
    }
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Request {
    pub at: Instant,
    pub target: String,
    head: String,
    pub body: Vec<u8>,
}

impl Request {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// The server and what it was asked.
pub struct Server {
    pub address: SocketAddr,
    seen: Arc<Mutex<Vec<Request>>>,
    arrived: Arc<Notify>,
}

impl Server {
    /// Answers every request with what `answer` gives.
    pub async fn start(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (seen, arrived) = (
            Arc::<Mutex<Vec<Request>>>::default(),
            Arc::new(Notify::new()),
        );
        let answer = Arc::new(answer);
        tokio::spawn({
            let (seen, arrived) = (Arc::clone(&seen), Arc::clone(&arrived));
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    let (seen, arrived, answer) =
                        (Arc::clone(&seen), Arc::clone(&arrived), Arc::clone(&answer));
                    tokio::spawn(async move {
                        // A client that goes away in the middle is part of the tests.
                        let _ = serve(stream, &seen, &arrived, &*answer).await;
                    });
                }
            }
        });
        Self {
            address,
            seen,
            arrived,
        }
    }

    /// Answers every request with the same.
    pub async fn always(answer: Answer) -> Self {
        Self::start(move |_| answer.clone()).await
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn seen(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
    }

    /// Waits until `count` requests have arrived.
    pub async fn has_seen(&self, count: usize) {
        loop {
            let arrived = self.arrived.notified();
            if self.seen.lock().unwrap().len() >= count {
                return;
            }
            arrived.await;
        }
    }
}

async fn serve(
    mut stream: TcpStream,
    seen: &Mutex<Vec<Request>>,
    arrived: &Notify,
    answer: &(dyn Fn(&Request) -> Answer + Send + Sync),
) -> std::io::Result<()> {
    let request = read(&mut stream).await?;
    seen.lock().unwrap().push(request.clone());
    arrived.notify_waiters();
    let answer = answer(&request);
    if let Some(gate) = &answer.gate {
        gate.notified().await;
    }
    tokio::time::sleep(answer.takes).await;
    stream.write_all(&answer.bytes).await?;
    match answer.then {
        Then::Close => stream.shutdown().await?,
        Then::Reset => stream.set_zero_linger()?,
        Then::Silence => drop(stream.read(&mut [0]).await?),
        Then::Endless(bytes) => loop {
            stream.write_all(&bytes).await?;
        },
        Then::Drip => {
            let mut pause = tokio::time::interval(Duration::from_millis(5));
            loop {
                pause.tick().await;
                stream.write_all(b"x").await?;
            }
        }
    }
    Ok(())
}

async fn read(stream: &mut TcpStream) -> std::io::Result<Request> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let target = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut request = Request {
        at: Instant::now(),
        target,
        head,
        body: bytes.split_off(end + 4),
    };
    let length = request
        .header("content-length")
        .map_or(0, |length| length.parse().unwrap());
    while request.body.len() < length {
        if stream.read_buf(&mut request.body).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(request)
}

/// A listener that nobody may connect to.
pub struct Canary {
    listener: TcpListener,
}

impl Canary {
    pub async fn start(address: &str) -> Self {
        Self {
            listener: TcpListener::bind(address).await.unwrap(),
        }
    }

    pub fn port(&self) -> u16 {
        self.listener.local_addr().unwrap().port()
    }

    /// Nobody came: the first connection in the queue is the one made here.
    pub async fn saw_nobody(self) {
        let own = TcpStream::connect(self.listener.local_addr().unwrap())
            .await
            .unwrap();
        let (_, first) = self.listener.accept().await.unwrap();
        assert_eq!(
            first,
            own.local_addr().unwrap(),
            "somebody connected before"
        );
    }
}
