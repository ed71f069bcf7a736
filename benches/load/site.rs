//! News sites on ports of this machine: stories whose surroundings and figures change as told.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use crate::support::{Edit, page};

/// Different pages; stories beyond that share them, under addresses of their own.
const PAGES: u32 = 2_000;
/// A request is no longer.
const MAX_REQUEST_BYTES: usize = 8 * 1024;

/// The sites.
pub struct Site {
    /// Where they listen.
    pub ports: Vec<u16>,
    /// Changes what surrounds each story.
    pub noise: Arc<AtomicU32>,
    /// Added to the figure of one story of ten.
    pub figure: Arc<AtomicU32>,
    asked: Arc<Asked>,
}

/// Who asked, and when.
#[derive(Default)]
struct Asked {
    count: AtomicU64,
    first: Notify,
    /// When each story was first asked for.
    times: Mutex<Vec<(u32, Timestamp)>>,
}

impl Site {
    /// Begins to listen on `hosts` ports.
    pub async fn start(hosts: usize, stories: u32) -> anyhow::Result<Self> {
        let site = Self {
            ports: Vec::new(),
            noise: Arc::default(),
            figure: Arc::default(),
            asked: Arc::default(),
        };
        let pages = Arc::new(Pages::of(stories.min(PAGES)));
        let mut ports = Vec::new();
        for _ in 0..hosts {
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            ports.push(listener.local_addr()?.port());
            let (pages, asked) = (Arc::clone(&pages), Arc::clone(&site.asked));
            let (noise, figure) = (Arc::clone(&site.noise), Arc::clone(&site.figure));
            tokio::spawn(async move {
                while let Ok((stream, _)) = listener.accept().await {
                    let (pages, asked) = (Arc::clone(&pages), Arc::clone(&asked));
                    let (noise, figure) = (Arc::clone(&noise), Arc::clone(&figure));
                    tokio::spawn(async move {
                        // A client that goes away is its own affair.
                        let _ = answer(stream, &pages, &asked, (&noise, &figure)).await;
                    });
                }
            });
        }
        Ok(Self { ports, ..site })
    }

    /// The address of a story.
    pub fn url(&self, story: u32) -> String {
        let port = self.ports[story as usize % self.ports.len()];
        format!("http://127.0.0.1:{port}/story/{story}")
    }

    /// The size of a page.
    pub fn bytes(&self) -> usize {
        page(1, Edit::default()).len()
    }

    /// How many pages were asked for.
    pub fn asked(&self) -> u64 {
        self.asked.count.load(Ordering::Relaxed)
    }

    /// Waits for the first request.
    pub async fn first_request(&self) {
        self.asked.first.notified().await;
    }

    /// How late each of so many stories was first asked for.
    pub fn lateness(&self, stories: u32, due: impl Fn(u32) -> Timestamp) -> Vec<Duration> {
        let times = self.asked.times.lock().expect("nobody panics with it");
        let planned = times.iter().filter(|(story, _)| *story < stories);
        let late = planned.map(|(story, at)| at.duration_since(due(*story)));
        late.map(|late| Duration::try_from(late).unwrap_or_default())
            .collect()
    }
}

/// Pages without noise, made once.
struct Pages(Vec<String>);

impl Pages {
    fn of(count: u32) -> Self {
        Self(
            (0..count)
                .map(|number| page(number, Edit::default()))
                .collect(),
        )
    }

    /// The page of a story as it is now. Making one anew for each request would cost more than reading it.
    fn now(&self, story: u32, edit: Edit) -> String {
        let number = story % u32::try_from(self.0.len()).unwrap_or(u32::MAX).max(1);
        let figure = if story % 10 == 0 { edit.figure } else { 0 };
        if edit.noise == 0 && figure == 0 {
            return self.0[number as usize].clone();
        }
        page(number, Edit { figure, ..edit })
    }
}

async fn answer(
    mut stream: TcpStream,
    pages: &Pages,
    asked: &Asked,
    (noise, figure): (&AtomicU32, &AtomicU32),
) -> anyhow::Result<()> {
    let mut request = Vec::new();
    loop {
        request.clear();
        while !request.ends_with(b"\r\n\r\n") {
            anyhow::ensure!(request.len() < MAX_REQUEST_BYTES, "too long");
            if stream.read_buf(&mut request).await? == 0 {
                return Ok(());
            }
        }
        let now = Timestamp::now();
        let line = String::from_utf8_lossy(&request);
        let path = line.split(' ').nth(1).unwrap_or_default();
        let story = path
            .strip_prefix("/story/")
            .and_then(|story| story.parse().ok());
        let Some(story) = story else {
            stream
                .write_all(b"HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n")
                .await?;
            continue;
        };
        asked.count.fetch_add(1, Ordering::Relaxed);
        asked.first.notify_one();
        if let Ok(mut times) = asked.times.lock()
            && times.len() < 1_000_000
        {
            times.push((story, now));
        }
        let edit = Edit {
            noise: noise.load(Ordering::Relaxed),
            figure: figure.load(Ordering::Relaxed),
        };
        let body = pages.now(story, edit);
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(body.as_bytes()).await?;
    }
}
