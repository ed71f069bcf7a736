//! Asks the local page as a browser or a scraper would, byte by byte.

use std::collections::BTreeMap;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::program::Program;

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Answer {
    pub fn is_html(&self) -> bool {
        self.headers["content-type"].starts_with("text/html")
    }
}

/// Where the daemon of `program` serves its page, once its log says so.
pub async fn address(program: &Program) -> String {
    loop {
        let log = program.log();
        let named = log.rsplit_once("serving the local page address=");
        if let Some(address) = named.and_then(|(_, rest)| rest.split_once('\n')) {
            return address.0.trim().to_owned();
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

/// Gets a path under the page's own name.
pub async fn get(address: &str, path: &str) -> Answer {
    ask(
        address,
        &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n"),
    )
    .await
}

/// Sends the head of a request, and reads what comes back.
pub async fn ask(address: &str, head: &str) -> Answer {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("{head}Connection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let body = match headers.get("transfer-encoding") {
        Some(_) => unchunked(body),
        None => body.to_owned(),
    };
    Answer {
        status: status.parse().unwrap(),
        headers,
        body,
    }
}

fn unchunked(mut body: &str) -> String {
    let mut whole = String::new();
    while let Some((size, rest)) = body.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).unwrap();
        if size == 0 {
            break;
        }
        whole.push_str(&rest[..size]);
        body = &rest[size + 2..];
    }
    whole
}
