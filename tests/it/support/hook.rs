//! A webhook receiver on loopback that keeps what it is sent, and misbehaves when told to.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// One delivery that was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    pub id: String,
    pub body: serde_json::Value,
}

/// What becomes of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is answered with this status, and not kept.
    Status(u16),
    /// The connection is reset before it is read.
    Reset,
    /// It is kept, and the connection reset before the answer.
    KeptWithoutAnswer,
}

/// The running receiver. It ends with the runtime it was started on.
#[derive(Clone)]
pub struct Hook {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    /// What becomes of the next deliveries; where there are none, they are taken.
    faults: Mutex<VecDeque<Fault>>,
    /// How long an answer takes.
    delay: Mutex<std::time::Duration>,
    attempts: watch::Sender<usize>,
    taken: watch::Sender<Vec<Post>>,
}

impl Hook {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            faults: Mutex::default(),
            delay: Mutex::default(),
            attempts: watch::Sender::new(0),
            taken: watch::Sender::new(Vec::new()),
        });
        let all = Arc::clone(&shared);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A client that goes away in the middle is what some tests are about.
                let shared = Arc::clone(&all);
                tokio::spawn(async move { serve(stream, &shared).await.ok() });
            }
        });
        Self { address, shared }
    }

    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Answers the next delivery with `status` and does not keep it.
    pub fn refuse_next(&self, status: u16) {
        self.fail_next(Fault::Status(status));
    }

    /// Answers everything so long after it came.
    pub fn answer_after(&self, delay: std::time::Duration) {
        *self.shared.delay.lock().unwrap() = delay;
    }

    /// Fails the next delivery like this.
    pub fn fail_next(&self, fault: Fault) {
        self.shared.faults.lock().unwrap().push_back(fault);
    }

    pub fn taken(&self) -> Vec<Post> {
        self.shared.taken.borrow().clone()
    }

    /// How many deliveries were tried in all.
    pub fn tried(&self) -> usize {
        *self.shared.attempts.borrow()
    }

    /// Waits until `count` deliveries were taken in all, and gives them.
    pub async fn has_taken(&self, count: usize) -> Vec<Post> {
        let mut taken = self.shared.taken.subscribe();
        taken
            .wait_for(|posts| posts.len() >= count)
            .await
            .unwrap()
            .clone()
    }

    /// Waits until what was taken is as wanted.
    pub async fn until(&self, is_so: impl FnMut(&Vec<Post>) -> bool) {
        self.shared.taken.subscribe().wait_for(is_so).await.unwrap();
    }

    /// Waits until `count` deliveries were tried in all.
    pub async fn was_tried(&self, count: usize) {
        self.shared
            .attempts
            .subscribe()
            .wait_for(|attempts| *attempts >= count)
            .await
            .unwrap();
    }
}

/// One connection: deliveries one after the other, as HTTP/1.1 has them.
async fn serve(stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let (mut id, mut length) = (None, 0);
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let Some((name, value)) = line.split_once(':') else {
                if line.trim().is_empty() {
                    break;
                }
                continue;
            };
            match name.to_ascii_lowercase().as_str() {
                "webhook-id" => id = Some(value.trim().to_owned()),
                "content-length" => length = value.trim().parse().unwrap(),
                _ => {}
            }
        }
        let fault = shared.faults.lock().unwrap().pop_front();
        if fault == Some(Fault::Reset) {
            shared.attempts.send_modify(|attempts| *attempts += 1);
            return reset(stream.into_inner());
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await?;
        if matches!(fault, None | Some(Fault::KeptWithoutAnswer)) {
            let id = id.expect("a delivery names its identifier");
            let body = serde_json::from_slice(&body).unwrap();
            let post = Post { id, body };
            shared.taken.send_modify(|taken| taken.push(post));
        }
        shared.attempts.send_modify(|attempts| *attempts += 1);
        let delay = *shared.delay.lock().unwrap();
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        let status = match fault {
            None => 204,
            Some(Fault::Status(status)) => status,
            Some(Fault::Reset | Fault::KeptWithoutAnswer) => return reset(stream.into_inner()),
        };
        // A 204 has no body, and so no length of one.
        let length = if status == 204 {
            ""
        } else {
            "Content-Length: 0\r\n"
        };
        let answer = format!("HTTP/1.1 {status} so\r\n{length}\r\n");
        stream.write_all(answer.as_bytes()).await?;
    }
}

/// Closes a connection as a process that is killed does.
fn reset(stream: TcpStream) -> std::io::Result<()> {
    stream.set_zero_linger()
}
