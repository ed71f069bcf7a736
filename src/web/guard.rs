//! What stands before every answer: who may ask, how, how many at a time, and what a browser may do with it.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Shared;
use crate::config;

/// Connections at a time; who comes later waits.
const MAX_CONNECTIONS: usize = 64;
/// The longest an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// The longest a connection may last; a browser or a scraper opens another one.
const MAX_AGE: Duration = Duration::from_secs(300);

/// What a browser may do with an answer: show it with our own style, and nothing else.
const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cache-control", "no-store"),
];

/// Lets a request pass that only reads and that is meant for us.
pub(super) async fn check(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let services = shared.services();
    let mut response = if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let allow = [(header::ALLOW, "GET, HEAD")];
        (
            StatusCode::METHOD_NOT_ALLOWED,
            allow,
            "only GET is answered here\n",
        )
            .into_response()
    } else if is_meant_for_us(&request, services.config.server.as_ref()) {
        match tokio::time::timeout(PATIENCE, next.run(request)).await {
            Ok(response) => response,
            Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "this took too long\n").into_response(),
        }
    } else {
        let hint =
            "this name is not one of the local page; set server.url to the address you use\n";
        (StatusCode::FORBIDDEN, hint).into_response()
    };
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Whether the request names us as its host. A page elsewhere whose name leads to this machine does not.
fn is_meant_for_us(request: &Request, server: Option<&config::Server>) -> bool {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let (Some(host), None, Some(server)) = (hosts.next(), hosts.next(), server) else {
        return false;
    };
    let is_ours = |host: &str| is_our_name(host, server);
    host.to_str().is_ok_and(is_ours)
        && request
            .uri()
            .authority()
            .is_none_or(|authority| is_ours(authority.as_str()))
}

/// Whether `host`, a name or an address and perhaps a port, is one under which we are reached.
fn is_our_name(host: &str, server: &config::Server) -> bool {
    let Some((name, port)) = parts(host) else {
        return false;
    };
    if name == "localhost" {
        return server.listen.ip().is_loopback() || server.listen.ip().is_unspecified();
    }
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    if let Ok(ip) = bare.parse::<IpAddr>() {
        return ip.is_loopback() || ip == server.listen.ip();
    }
    let public = server
        .url
        .as_deref()
        .and_then(|url| url::Url::parse(url).ok());
    public.is_some_and(|url| {
        url.host_str() == Some(&name)
            && port.is_none_or(|port| Some(port) == url.port_or_known_default())
    })
}

/// The name in small letters and the port; `None` where there is anything else.
fn parts(host: &str) -> Option<(String, Option<u16>)> {
    let end = if host.starts_with('[') {
        host.find(']')? + 1
    } else {
        host.find(':').unwrap_or(host.len())
    };
    let (name, rest) = host.split_at(end);
    let port = match rest.strip_prefix(':') {
        Some(port) if port.bytes().all(|byte| byte.is_ascii_digit()) => Some(port.parse().ok()?),
        None if rest.is_empty() => None,
        Some(_) | None => return None,
    };
    (!name.is_empty()).then(|| (name.to_ascii_lowercase(), port))
}

/// A listener that has only so many connections open.
pub(super) struct Limited {
    listener: TcpListener,
    room: Arc<Semaphore>,
}

impl Limited {
    pub(super) fn new(listener: TcpListener) -> Self {
        Self {
            listener,
            room: Arc::new(Semaphore::new(MAX_CONNECTIONS)),
        }
    }
}

impl Listener for Limited {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let room = loop {
            // The semaphore is never closed; a closed one would only mean that nobody is let in.
            if let Ok(room) = Arc::clone(&self.room).acquire_owned().await {
                break room;
            }
        };
        let (stream, address) = Listener::accept(&mut self.listener).await;
        let connection = Connection {
            stream,
            age: Box::pin(tokio::time::sleep(MAX_AGE)),
            _room: room,
        };
        (connection, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

/// A connection with its place among those allowed; it ends when it has lasted long enough, whatever the other side does.
pub(super) struct Connection {
    stream: TcpStream,
    age: Pin<Box<tokio::time::Sleep>>,
    _room: OwnedSemaphorePermit,
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.age.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.age.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn server(listen: &str, url: Option<&str>) -> config::Server {
        config::Server {
            listen: listen.parse().unwrap(),
            url: url.map(str::to_owned),
        }
    }

    #[test]
    fn only_the_names_of_the_page_are_answered() {
        let local = server("127.0.0.1:8077", None);
        for host in [
            "127.0.0.1:8077",
            "localhost",
            "LOCALHOST:8077",
            "[::1]:8077",
            "localhost:9000",
        ] {
            assert!(is_our_name(host, &local), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "evil.example:8077",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "localhost:80:80",
            "localhost:http",
            "localhost@evil.example",
            "evil.example@localhost",
            "10.0.0.1:8077",
            "0.0.0.0:8077",
            "[::1",
            "[::1]x",
            "[fe80::1]",
            "::1",
            "localhost ",
            " localhost",
            "localhost/",
            "localhost:99999",
            "2130706433",
            "0x7f.1",
            ".",
            "localhost.",
        ] {
            assert!(!is_our_name(host, &local), "{host}");
        }
    }

    #[test]
    fn the_public_address_is_a_name_of_the_page_too() {
        let public = server("127.0.0.1:8077", Some("https://watch.desk.example/news"));

        assert!(is_our_name("watch.desk.example", &public));
        assert!(is_our_name("watch.desk.example:443", &public));
        assert!(!is_our_name("watch.desk.example:8443", &public));
        assert!(!is_our_name("desk.example", &public));
    }

    #[test]
    fn a_page_on_every_interface_is_asked_for_by_its_own_address_only() {
        let open = server("10.0.0.5:8077", None);

        assert!(is_our_name("10.0.0.5:8077", &open));
        assert!(!is_our_name("localhost:8077", &open));
        assert!(!is_our_name("10.0.0.6:8077", &open));
    }
}
