//! One request to one receiver, and what its answer means.
//!
//! Every receiver that is reached by HTTP goes through here: the guard against forbidden networks, no redirects, one time
//! limit, an answer read only so far. Addresses may hold keys, so nothing but host and port of them is ever shown.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Method, Response};
use tokio::time::timeout;
use url::{Host, Url};

use super::{Error, Retry};
use crate::fetch::address::{Guard, Network, is_localhost};
use crate::fetch::connect::{self, Fault, fault};
use crate::fetch::retry_after;
use crate::fetch::shown::{foreign, origin};

/// Who posts.
const USER_AGENT: &str = concat!("claimwatch/", env!("CARGO_PKG_VERSION"));
/// From the first byte sent to the end of the answer.
const TIME_LIMIT: Duration = Duration::from_secs(15);
/// Bytes of an answer that are read.
const MAX_ANSWER_BYTES: usize = 64 << 10;
/// Connections kept open to one receiver: as many as there are deliveries to it at once.
const IDLE_PER_HOST: usize = crate::store::MAX_PER_RECEIVER as usize;

/// What is sent.
#[derive(Debug)]
pub struct Request {
    /// `POST`, or what else the service asks for.
    pub method: Method,
    /// Where to; may hold a key.
    pub url: Url,
    /// The headers beside those every request has; may hold a key.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// A `POST` of JSON.
    #[must_use]
    pub fn json(url: Url, body: &serde_json::Value) -> Self {
        let json = HeaderValue::from_static("application/json");
        Self {
            method: Method::POST,
            url,
            headers: vec![(reqwest::header::CONTENT_TYPE, json)],
            // A `Value` has text for keys and finite numbers: writing it does not fail.
            body: serde_json::to_vec(body).unwrap_or_default(),
        }
    }

    /// The same with one more header.
    ///
    /// # Errors
    /// Where the value cannot stand in a header. It is not repeated: it may be a key.
    pub fn with(mut self, name: HeaderName, value: &str) -> Result<Self, String> {
        let mut value = HeaderValue::from_str(value).map_err(|_| {
            format!("the value for the header `{name}` has characters that no header may have")
        })?;
        value.set_sensitive(true);
        self.headers.push((name, value));
        Ok(self)
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The beginning of the body.
    pub body: Vec<u8>,
    /// When the request was made.
    pub at: Timestamp,
}

impl Answer {
    /// Whether the status is one of success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body, where it is JSON.
    #[must_use]
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The body on one line, shortened.
    #[must_use]
    pub fn words(&self) -> String {
        foreign(&String::from_utf8_lossy(&self.body))
    }

    /// The value of a header, as a number.
    #[must_use]
    pub fn number(&self, header: &str) -> Option<f64> {
        self.headers.get(header)?.to_str().ok()?.trim().parse().ok()
    }

    /// How long the receiver asks to be left alone, by the header that all use.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let asked = self.headers.get(RETRY_AFTER)?.to_str().ok()?;
        retry_after(asked, self.at)
    }

    /// The status and what was said, as a message shows it.
    #[must_use]
    pub fn told(&self, said: &str) -> String {
        let reason = reqwest::StatusCode::from_u16(self.status)
            .ok()
            .and_then(|status| status.canonical_reason())
            .unwrap_or("no standard status")
            .to_lowercase();
        let code = self.status;
        if said.is_empty() {
            format!("{code} ({reason})")
        } else {
            format!("{code} ({reason}): {}", foreign(said))
        }
    }
}

/// Makes requests. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    guard: Guard,
    time_limit: Duration,
}

impl Client {
    /// A client that may reach the open web, this machine where an address names it, and the networks in `allow`.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn new(allow: &[Network]) -> Result<Self, Error> {
        Self::with_time_limit(allow, TIME_LIMIT)
    }

    /// A client that gives up earlier or later than after the usual 15 s.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn with_time_limit(allow: &[Network], time_limit: Duration) -> Result<Self, Error> {
        let guard = Guard::for_receivers(allow);
        let http = connect::client(&guard, |builder| {
            builder
                .user_agent(USER_AGENT)
                .tcp_nodelay(true)
                .pool_max_idle_per_host(IDLE_PER_HOST)
        })
        .map_err(|why| Error::Config {
            to: String::from("receivers"),
            why,
        })?;
        Ok(Self {
            http,
            guard,
            time_limit,
        })
    }

    /// Makes the request once and gives the answer, whatever it says.
    ///
    /// # Errors
    /// When there is no whole answer, or the address may not be asked.
    pub async fn ask(&self, request: Request, at: Timestamp) -> Result<Answer, Error> {
        let to = origin(&request.url);
        self.guard
            .check_url(&request.url)
            .map_err(|refusal| Error::Config {
                to: to.clone(),
                why: refusal.to_string(),
            })?;
        let headers: HeaderMap = request.headers.into_iter().collect();
        let asked = self
            .http
            .request(request.method, request.url)
            .headers(headers)
            .body(request.body);
        let answered = timeout(self.time_limit, async {
            let response = asked.send().await.map_err(|error| failed(&to, &error))?;
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            // The status counts, whatever becomes of the rest; reading it keeps the connection usable.
            let body = timeout(self.time_limit / 4, beginning(response))
                .await
                .unwrap_or_default();
            Ok(Answer {
                status,
                headers,
                body,
                at,
            })
        });
        answered.await.map_err(|_| Error::Timeout {
            to: to.clone(),
            limit: self.time_limit,
        })?
    }
}

/// The beginning of an answer's body: at most [`MAX_ANSWER_BYTES`].
async fn beginning(mut response: Response) -> Vec<u8> {
    let mut bytes = Vec::new();
    while bytes.len() < MAX_ANSWER_BYTES {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                let room = MAX_ANSWER_BYTES - bytes.len();
                bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
            }
            Ok(None) | Err(_) => break,
        }
    }
    bytes
}

fn failed(to: &str, error: &reqwest::Error) -> Error {
    let to = to.to_owned();
    match fault(error) {
        // The name may be on its way to another address, so this is not for ever.
        Fault::Forbidden(refusal) => Error::Transport {
            to,
            why: refusal.to_string(),
        },
        Fault::ConnectTimeout => Error::Transport {
            to,
            why: String::from("no connection in time"),
        },
        Fault::Connect(why) | Fault::Broken(why) => Error::Transport { to, why },
    }
}

/// The address of a receiver: https, or http to this machine. The message does not repeat it: it may hold a key.
///
/// # Errors
/// What is wrong with it.
pub fn address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("the address is not a URL: {error}"))?;
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_this_machine(&url) => Ok(url),
        "http" => Err(String::from(
            "the address must begin with https:// (http:// is only for this machine, such as http://localhost:8700/)",
        )),
        other => Err(format!(
            "the address must begin with https://, not {other}:"
        )),
    }
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => is_localhost(name),
        None => false,
    }
}

/// How long to wait before the next attempt: as asked, or by the schedule.
#[must_use]
pub fn wait(asked: Option<Duration>) -> Retry {
    asked.map_or(Retry::Backoff, Retry::After)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_is_only_for_this_machine() {
        for text in [
            "https://hooks.example.org/x",
            "http://localhost/",
            "http://LOCALHOST.:8700/x",
            "http://127.0.0.1:1/",
            "http://127.9.9.9/",
            "http://[::1]/",
            "https://10.0.0.1/",
        ] {
            assert!(address(text).is_ok(), "{text}");
        }
        for text in [
            "http://hooks.example.org/s3cret",
            "http://localhost.example.org/s3cret",
            "http://10.0.0.1/s3cret",
            "ftp://hooks.example.org/s3cret",
            "file:///s3cret",
            "s3cret",
            "https://",
        ] {
            let problem = address(text).unwrap_err();
            assert!(!problem.contains("s3cret"), "{problem}");
        }
    }

    #[test]
    fn a_key_in_a_header_is_not_shown() {
        let url = address("https://chat.example.org/").unwrap();
        let request = Request::json(url, &serde_json::json!({}))
            .with(reqwest::header::AUTHORIZATION, "Bearer s3cret")
            .unwrap();

        assert!(!format!("{:?}", request.headers).contains("s3cret"));
    }
}
