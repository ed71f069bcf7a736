//! What a page in the browser is given: its scripts and what they ask for, fetched by us.
//!
//! The rule: the walls of every page hold for every part of it, and one more. What a public page asks for must be public, even
//! where the operator has opened a private network for another watch: its scripts could carry away what they find there.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Method, Response, StatusCode};
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
use super::asked::{Answer, Asked, Moved, Reply, nothing_to_wear, told};
use super::{Served, is_html, is_inside};

/// What a page needs to become what its reader sees. Pictures, films, fonts and frames are not read.
const WANTED: [&str; 4] = ["Script", "XHR", "Fetch", "Preflight"];
/// How a page may ask.
const METHODS: [Method; 4] = [Method::GET, Method::HEAD, Method::POST, Method::OPTIONS];
/// One page on its way through the browser.
pub(super) struct Visit<'a> {
    client: &'a Client,
    access: &'a Access,
    home: &'a Url,
    user_agent: String,
    /// Without its bytes, which stand beside it.
    page: Page,
    bytes_of_page: Vec<u8>,
    headers: HeaderMap,
    /// Whether the browser was given the page; after that it is asked for anew.
    is_given: AtomicBool,
    is_inside: AtomicBool,
    parts: AtomicUsize,
    bytes: AtomicUsize,
}

impl<'a> Visit<'a> {
    pub(super) fn new(
        client: &'a Client,
        mut page: Page,
        served: Served,
        access: &'a Access,
        home: &'a Url,
    ) -> Self {
        Self {
            user_agent: client.user_agent(access),
            client,
            access,
            home,
            bytes_of_page: std::mem::take(&mut page.bytes),
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
        (self.page.clone(), self.page.hops.clone())
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
            body: self.bytes_of_page.clone(),
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
