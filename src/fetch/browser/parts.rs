//! What a page in the browser is given: its scripts and what they ask for, fetched by us.
//!
//! The rule: the walls of every page hold for every part of it, and one more. What a public page asks for must be public, even
//! where the operator has opened a private network for another watch: its scripts could carry away what they find there.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Response, StatusCode};
use serde_json::Value;
use tokio::time::timeout;
use tracing::debug;
use url::Url;

use super::super::client::{is_web, target};
use super::super::headers::head;
use super::super::limits::{
    MAX_PART_BYTES, MAX_PARTS, MAX_PARTS_BYTES, MAX_POST_BYTES, SMALL_BODY_BYTES,
};
use super::super::shown::{origin, shown, without_userinfo};
use super::super::{Access, Client, Error, Hop, Page, Room, Validators};
use super::{Served, is_html, is_inside};

/// What a page needs to become what its reader sees. Pictures, films, fonts and frames are not read.
const WANTED: [&str; 4] = ["Script", "XHR", "Fetch", "Preflight"];
/// How a page may ask.
const METHODS: [Method; 4] = [Method::GET, Method::HEAD, Method::POST, Method::OPTIONS];
/// What the browser says of a request that is passed on; all else is said by us.
const PASSED_ON: [&str; 8] = [
    "accept",
    "authorization",
    "content-type",
    "cookie",
    "origin",
    "referer",
    "access-control-request-headers",
    "access-control-request-method",
];
/// What is no longer true of an answer when it reaches the browser.
const OF_THE_CONNECTION: [&str; 8] = [
    "alt-svc",
    "connection",
    "content-encoding",
    "content-length",
    "keep-alive",
    "proxy-authenticate",
    "trailer",
    "transfer-encoding",
];

/// One page on its way through the browser.
pub(super) struct Visit<'a> {
    client: &'a Client,
    access: &'a Access,
    home: &'a Url,
    user_agent: String,
    page: Page,
    headers: HeaderMap,
    /// Whether the browser was given the page; after that it is asked for anew.
    is_given: AtomicBool,
    is_inside: AtomicBool,
    parts: AtomicUsize,
    bytes: AtomicUsize,
}

/// A request of a page.
#[derive(Debug)]
pub(super) struct Asked {
    request: String,
    kind: String,
    /// Whether the page itself would be replaced by the answer, and not a frame in it.
    is_main: bool,
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Vec<u8>,
}

/// What becomes of a request.
pub(super) struct Answer {
    pub request: String,
    pub reply: Reply,
    /// Where the page itself leads, where this was its own request.
    pub moved: Option<Result<Moved, Error>>,
}

/// A page that leads on.
pub(super) struct Moved {
    /// The address that was left.
    pub hop: Option<Hop>,
    /// The page found there; none where it leads on.
    pub page: Option<Page>,
}

/// What the browser is told.
pub(super) enum Reply {
    /// There is nothing.
    None,
    /// It has it already.
    Own,
    /// This.
    Whole {
        status: u16,
        headers: Vec<(String, String)>,
        body: Vec<u8>,
    },
}

impl Asked {
    /// Reads what the browser says of a request. None where it cannot be made out.
    pub(super) fn read(params: &Value, main_frame: &str) -> Option<Self> {
        let request = &params["request"];
        let kind = params["resourceType"].as_str()?.to_owned();
        let mut headers = HeaderMap::new();
        for (name, value) in request["headers"].as_object()? {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            let value = HeaderValue::from_str(value.as_str()?);
            if let Ok(value) = value
                && is_passed_on(&name)
            {
                headers.insert(name, value);
            }
        }
        Some(Self {
            request: params["requestId"].as_str()?.to_owned(),
            is_main: kind == "Document" && params["frameId"].as_str() == Some(main_frame),
            kind,
            method: request["method"].as_str()?.parse().ok()?,
            url: Url::parse(request["url"].as_str()?).ok()?,
            headers,
            body: request["postData"].as_str().unwrap_or_default().into(),
        })
    }
}

/// Whether a header of the page goes out: the few that matter, and those of the page's own making.
fn is_passed_on(name: &HeaderName) -> bool {
    let name = name.as_str();
    PASSED_ON.contains(&name) || name.starts_with("x-")
}

impl<'a> Visit<'a> {
    pub(super) fn new(
        client: &'a Client,
        page: Page,
        served: Served,
        access: &'a Access,
        home: &'a Url,
    ) -> Self {
        Self {
            user_agent: client.user_agent(access),
            client,
            access,
            home,
            page,
            headers: served.headers,
            is_given: AtomicBool::new(false),
            is_inside: AtomicBool::new(served.is_inside),
            parts: AtomicUsize::new(MAX_PARTS),
            bytes: AtomicUsize::new(MAX_PARTS_BYTES),
        }
    }

    /// Who asks.
    pub(super) fn user_agent(&self) -> &str {
        &self.user_agent
    }

    /// The address of the page.
    pub(super) fn start(&self) -> &str {
        &self.page.url
    }

    /// The page without its bytes, and the way that led to it.
    pub(super) fn first(&self) -> (Page, Vec<Hop>) {
        (
            Page {
                bytes: Vec::new(),
                hops: Vec::new(),
                room: Room::default(),
                ..self.page.clone()
            },
            self.page.hops.clone(),
        )
    }

    /// Answers a request of the page, which is at `at`.
    pub(super) async fn answer(&self, asked: Asked, at: String) -> Answer {
        let request = asked.request.clone();
        let none = |moved| Answer {
            request: request.clone(),
            reply: Reply::None,
            moved,
        };
        if matches!(asked.url.scheme(), "data" | "blob") {
            return Answer {
                reply: Reply::Own,
                ..none(None)
            };
        }
        if asked.kind == "Stylesheet" {
            // Nothing is drawn; a sheet that never came would hold up the scripts that wait for it.
            return Answer {
                reply: nothing_to_wear(),
                ..none(None)
            };
        }
        if asked.is_main && self.is_the_page(&asked) && !self.is_given.swap(true, Ordering::Relaxed)
        {
            return Answer {
                reply: self.page_itself(),
                ..none(None)
            };
        }
        if !asked.is_main && !WANTED.contains(&asked.kind.as_str()) {
            return none(None);
        }
        let is_left = |left: usize| left.checked_sub(1);
        if self
            .parts
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, is_left)
            .is_err()
        {
            return none(None);
        }
        let _place = self.client.part_place().await;
        if asked.is_main {
            return match self.lead(&asked, &at).await {
                Ok((reply, moved)) => Answer {
                    request,
                    reply,
                    moved: Some(Ok(moved)),
                },
                Err(error) => none(Some(Err(error))),
            };
        }
        match self.part(&asked, &at).await {
            Ok(reply) => Answer {
                request,
                reply,
                moved: None,
            },
            Err(error) => {
                debug!(host = %origin(&asked.url), %error, "a part of a page is missing");
                none(None)
            }
        }
    }

    /// Whether the browser asks for the page that is here already.
    fn is_the_page(&self, asked: &Asked) -> bool {
        let mut url = asked.url.clone();
        url.set_fragment(None);
        let mut page = self.page.url.as_str();
        if let Some((before, _)) = page.split_once('#') {
            page = before;
        }
        asked.method == Method::GET && url.as_str() == page
    }

    fn page_itself(&self) -> Reply {
        Reply::Whole {
            status: self.page.status,
            headers: told(&self.headers),
            body: self.page.bytes.clone(),
        }
    }

    /// A script, or what a script asks for.
    async fn part(&self, asked: &Asked, at: &str) -> Result<Reply, Error> {
        let response = self.ask(asked, at).await?;
        let (status, headers) = (response.status(), told(response.headers()));
        if matches!(
            status,
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
        ) {
            // A host that asks for a rest gets it, whoever was told.
            self.client.refused(&asked.url, &response);
        }
        let body = self.body(&asked.url, response).await?;
        Ok(Reply::Whole {
            status: status.as_u16(),
            headers,
            body,
        })
    }

    /// Where the page has led the browser.
    async fn lead(&self, asked: &Asked, at: &str) -> Result<(Reply, Moved), Error> {
        if asked.method != Method::GET {
            return Err(Error::Redirect {
                url: shown(&asked.url),
                why: "the page sends a form".to_owned(),
            });
        }
        let response = self.ask(asked, at).await?;
        let (status, served) = (response.status(), response.headers().clone());
        let hop = |status: u16, url: String| Hop { status, url };
        if status.is_redirection() {
            target(&asked.url, &served)?;
            let reply = Reply::Whole {
                status: status.as_u16(),
                headers: told(&served),
                body: Vec::new(),
            };
            let hop = Some(hop(status.as_u16(), shown(&asked.url)));
            return Ok((reply, Moved { hop, page: None }));
        }
        if !matches!(
            status,
            StatusCode::OK | StatusCode::NON_AUTHORITATIVE_INFORMATION
        ) {
            return Err(self.client.refused(&asked.url, &response));
        }
        let content_type = super::super::headers::text(&served, &header::CONTENT_TYPE);
        if !is_html(content_type.as_deref()) {
            return Err(Error::Redirect {
                url: super::shown_text(at),
                why: "the page leads to what is no page".to_owned(),
            });
        }
        let page = Page {
            url: without_userinfo(&asked.url).into(),
            hops: Vec::new(),
            status: status.as_u16(),
            content_type,
            head: head(&response),
            bytes: Vec::new(),
            validators: Validators::default(),
            framed: true,
            room: Room::default(),
        };
        if !is_inside(&response, &self.access.route) {
            self.is_inside.store(false, Ordering::Relaxed);
        }
        let body = self.body(&asked.url, response).await?;
        let reply = Reply::Whole {
            status: status.as_u16(),
            headers: told(&served),
            body,
        };
        // A page that its own script replaces was left with 200.
        let hop = (page.url != at).then(|| hop(200, super::shown_text(at)));
        let page = Some(page);
        Ok((reply, Moved { hop, page }))
    }

    /// One request, through the walls of every page.
    async fn ask(&self, asked: &Asked, at: &str) -> Result<Response, Error> {
        let url = &asked.url;
        let refused = |why: &str| Error::Address {
            url: shown(url),
            why: why.to_owned(),
        };
        is_web(url).map_err(|why| refused(&why))?;
        if !METHODS.contains(&asked.method) || asked.body.len() > MAX_POST_BYTES {
            return Err(refused("pages may not ask in this way"));
        }
        let http = self.client.for_part(
            url,
            self.is_inside.load(Ordering::Relaxed),
            &self.access.route,
        )?;
        // What identifies the reader is for the watch's own page, not for what another page asks of its host.
        let is_home = Url::parse(at).is_ok_and(|at| at.origin() == self.home.origin());
        let mut headers = asked.headers.clone();
        for (name, value) in &self.access.headers(url, self.home) {
            if is_home || name == header::USER_AGENT {
                let value = match headers.get(header::COOKIE) {
                    Some(own) if name == header::COOKIE => joined(value, own),
                    _ => value.clone(),
                };
                headers.insert(name, value);
            }
        }
        let mut request = http
            .request(asked.method.clone(), without_userinfo(url))
            .headers(headers);
        if let Some(login) = self.access.login(url, self.home).filter(|_| is_home) {
            request = request.basic_auth(&login.user, Some(login.password.expose()));
        }
        if !asked.body.is_empty() {
            request = request.body(asked.body.clone());
        }
        let limit = self.client.limits.head;
        timeout(limit, request.send())
            .await
            .map_err(|_| Error::Timeout {
                url: shown(url),
                awaited: "the beginning of the answer",
                limit,
            })?
            .map_err(|error| self.client.failed(url, &error))
    }

    /// The body of a part, within what is left for this page.
    async fn body(&self, url: &Url, mut response: Response) -> Result<Vec<u8>, Error> {
        let mut body = Vec::with_capacity(SMALL_BODY_BYTES);
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| self.client.failed(url, &error))?
        {
            let is_left = |left: usize| left.checked_sub(chunk.len());
            let spent = self
                .bytes
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, is_left);
            if spent.is_err() || body.len() + chunk.len() > MAX_PART_BYTES {
                return Err(Error::TooLarge {
                    url: shown(url),
                    limit_bytes: MAX_PART_BYTES,
                });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

/// Two lists of cookies as one.
fn joined(ours: &HeaderValue, own: &HeaderValue) -> HeaderValue {
    let both = [ours.as_bytes(), b"; ", own.as_bytes()].concat();
    let mut both = HeaderValue::from_bytes(&both).unwrap_or_else(|_| ours.clone());
    both.set_sensitive(true);
    both
}

/// An empty style sheet.
fn nothing_to_wear() -> Reply {
    Reply::Whole {
        status: 200,
        headers: vec![
            ("Content-Type".into(), "text/css".into()),
            ("Access-Control-Allow-Origin".into(), "*".into()),
        ],
        body: Vec::new(),
    }
}

/// The headers of an answer as the browser is told them.
fn told(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .filter(|(name, _)| !OF_THE_CONNECTION.contains(&name.as_str()))
        .filter_map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            let is_plain = !value.chars().any(char::is_control);
            is_plain.then(|| (name.to_string(), value.into_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use super::*;

    fn asked(kind: &str, frame: &str) -> Asked {
        let params = json!({
            "requestId": "r1", "resourceType": kind, "frameId": frame,
            "request": {
                "url": "https://news.example/data#top", "method": "POST", "postData": "a=b",
                "headers": {"X-Key": "k", "User-Agent": "Chrome", "Accept": "*/*", "sec-ch-ua": "?"},
            },
        });
        Asked::read(&params, "main").unwrap()
    }

    #[test]
    fn a_request_says_what_matters_and_not_who_the_browser_is() {
        let asked = asked("XHR", "main");

        assert!(!asked.is_main);
        assert_eq!(
            (asked.method, asked.body.as_slice()),
            (Method::POST, &b"a=b"[..])
        );
        let names: Vec<&str> = asked.headers.keys().map(HeaderName::as_str).collect();
        assert_eq!(names.len(), 2, "{names:?}");
    }

    #[test]
    fn a_frame_is_not_the_page() {
        assert!(asked("Document", "main").is_main);
        assert!(!asked("Document", "advert").is_main);
    }

    #[test]
    fn what_the_browser_is_told_is_true_of_what_it_is_given() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("content-type", "text/html"),
            ("content-encoding", "gzip"),
            ("content-length", "12"),
            ("set-cookie", "a=1"),
            ("set-cookie", "b=2"),
        ] {
            headers.append(name, value.parse().unwrap());
        }

        let told = told(&headers);

        let names: Vec<&str> = told.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["content-type", "set-cookie", "set-cookie"]);
    }
}
