//! One request and its redirects.
//!
//! Every hop is judged, waits for its turn and is bounded in time; what is read is bounded in bytes after decoding. The
//! library underneath follows no redirect, uses no proxy and keeps no cookie.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Response, StatusCode};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};
use tracing::debug;
use url::Url;

use super::access::{Access, Route, Routes};
use super::address::{Guard, is_localhost};
use super::browser::{Browser, Served, is_inside};
use super::connect::{Fault, fault};
use super::headers::{conditions, encoding, head, is_framed, or, text, validators};
use super::limits::{
    Limits, MAX_HOST_REST, MAX_PARTS_AT_ONCE, MAX_REDIRECTS, PATIENCE_FOR_ROOM, REST_WHEN_UNTOLD,
    SMALL_BODY_BYTES,
};
use super::politeness::{Hosts, NoTurn, Pacer, Turn};
use super::robots::{Robots, product_of};
use super::room::{Room, Rooms};
use super::shown::{origin, shown, shown_text, without_userinfo};
use super::{Error, Fetched, Hop, Options, Page, Validators, retry_after};
use crate::clock::Clock;

/// What a page is preferred as.
const ACCEPT: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// How much later than the connection the beginning of an answer is given up.
const CONNECT_GRACE: Duration = Duration::from_millis(500);

/// Asks for pages. Cheap to clone; the clones share their manners.
#[derive(Debug, Clone)]
pub struct Client {
    pub(super) routes: Routes,
    pub(super) guard: Guard,
    /// The same without the networks that the operator has opened.
    pub(super) public_routes: Routes,
    pub(super) public_guard: Guard,
    pub(super) part_places: Arc<Semaphore>,
    pub(super) browser: Browser,
    hosts: Arc<Hosts>,
    pub(super) robots: Arc<Robots>,
    /// The name by which robots.txt knows us.
    product: String,
    rooms: Rooms,
    pub(super) limits: Limits,
    clock: Clock,
}

impl Client {
    /// A client with the usual limits.
    ///
    /// # Errors
    /// When the User-Agent cannot be sent.
    pub fn new(options: &Options) -> Result<Self, Error> {
        Self::with(options, Limits::default(), Clock::system())
    }

    /// Keeps the pace at each host together with other daemons.
    pub fn keep_pace_with(&self, others: Pacer) {
        self.hosts.keep_pace_with(others);
    }

    /// A client with limits and a clock of one's own; the clock is asked only for what a `Retry-After` date means.
    ///
    /// # Errors
    /// When the User-Agent cannot be sent.
    pub fn with(options: &Options, limits: Limits, clock: Clock) -> Result<Self, Error> {
        let wrong = |why: String| Error::Options { why };
        let user_agent = user_agent(options);
        let product = product_of(&user_agent).to_owned();
        let user_agent = HeaderValue::from_str(&user_agent).map_err(|_| {
            wrong(String::from(
                "the User-Agent has characters that no header can carry",
            ))
        })?;
        let accept = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(ACCEPT))]);
        let routes = |guard: &Guard| {
            Routes::new(
                user_agent.clone(),
                accept.clone(),
                limits.connect,
                options.per_host,
                guard.clone(),
            )
        };
        let guard = Guard::for_pages(&options.allow_networks);
        let public_guard = Guard::for_pages(&[]);
        let (routes, public_routes) = (routes(&guard), routes(&public_guard));
        // Opened at once, so that options which cannot work are told at the start.
        routes.client(&Route::default())?;
        let hosts = Arc::new(Hosts::new(options.pace, options.per_host));
        // Where the operator asks for long pauses, a turn or two must still be worth waiting for.
        let limits = Limits {
            turn: limits.turn.max(options.pace.saturating_mul(3)),
            ..limits
        };
        Ok(Self {
            routes,
            guard,
            public_routes,
            public_guard,
            part_places: Arc::new(Semaphore::new(MAX_PARTS_AT_ONCE)),
            browser: Browser::new(options.browser.clone(), limits.browser_idle),
            hosts,
            robots: Arc::default(),
            product,
            rooms: Rooms::default(),
            limits,
            clock,
        })
    }

    /// Asks for the page at `url`, following redirects; with validators, only for a page that changed.
    ///
    /// # Errors
    /// When there is no whole page: see [`Error`].
    pub async fn get(&self, url: &str, known: &Validators) -> Result<Fetched, Error> {
        self.get_as(url, known, &Access::default()).await
    }

    /// As [`Client::get`], in the way the watch wants its pages asked for.
    ///
    /// # Errors
    /// When there is no whole page: see [`Error`].
    pub async fn get_as(
        &self,
        url: &str,
        known: &Validators,
        access: &Access,
    ) -> Result<Fetched, Error> {
        if access.browser {
            return self.get_rendered(url, access).await;
        }
        let (fetched, _) = self.follow(url, known, access).await?;
        Ok(fetched)
    }

    /// The page at `url` and what was sent with it.
    pub(super) async fn follow(
        &self,
        url: &str,
        known: &Validators,
        access: &Access,
    ) -> Result<(Fetched, Served), Error> {
        let mut url = fetchable(url)?;
        let home = access.home.clone().unwrap_or_else(|| url.clone());
        let asking = Asking {
            http: self.routes.client(&access.route)?,
            known,
            access,
            home: &home,
        };
        let mut hops = Vec::new();
        let (mut patience, mut time) = (self.limits.turn, self.limits.whole);
        loop {
            if access.route.proxy.is_some() {
                Self::check_name(&self.guard, &url)?;
            }
            let turn = self.turn(&url, &mut patience).await?;
            let begin = Instant::now();
            let asked = timeout(time, self.ask(&url, &asking)).await;
            time = time.saturating_sub(begin.elapsed());
            drop(turn);
            let awaited = || Error::Timeout {
                url: shown(&url),
                awaited: "the page",
                limit: self.limits.whole,
            };
            match asked.map_err(|_| awaited())?? {
                Answer::Redirect { status, to } => {
                    if hops.len() == MAX_REDIRECTS {
                        return Err(Error::Redirect {
                            url: shown(&url),
                            why: format!("{MAX_REDIRECTS} redirects came before it"),
                        });
                    }
                    hops.push(Hop {
                        status,
                        url: shown(&url),
                    });
                    url = to;
                }
                Answer::Unchanged(validators) => {
                    let unchanged = Fetched::Unchanged { hops, validators };
                    return Ok((unchanged, Served::default()));
                }
                Answer::Page(found) => {
                    let (page, served) = *found;
                    return Ok((Fetched::Page(Page { hops, ..page }), served));
                }
            }
        }
    }

    /// Judges a name that a proxy will look up: the one that means this machine by definition is refused here.
    pub(super) fn check_name(guard: &Guard, url: &Url) -> Result<(), Error> {
        let is_local = url.host_str().is_some_and(is_localhost);
        let local: &[IpAddr] = if is_local {
            &[IpAddr::V4(Ipv4Addr::LOCALHOST)]
        } else {
            &[]
        };
        guard
            .check_answer("localhost", local)
            .map_err(|refusal| Error::Forbidden {
                url: shown(url),
                refusal,
            })
    }

    /// The name by which robots.txt knows us.
    pub(super) fn product(&self) -> &str {
        &self.product
    }

    /// Judges the host and waits for a turn there, at most as long as `patience` lasts.
    async fn turn(&self, url: &Url, patience: &mut Duration) -> Result<Turn, Error> {
        self.guard
            .check_url(url)
            .map_err(|refusal| Error::Forbidden {
                url: shown(url),
                refusal,
            })?;
        let host = origin(url);
        let begin = Instant::now();
        let turn = timeout(*patience, self.hosts.turn(&host)).await;
        *patience = patience.saturating_sub(begin.elapsed());
        let hope = self.limits.turn;
        match turn {
            Ok(Ok(turn)) => Ok(turn),
            Ok(Err(NoTurn::Resting(left))) => Err(Error::Resting { host, left }),
            Ok(Err(NoTurn::Full(waiting))) => Err(Error::Busy {
                host,
                waiting,
                hope,
            }),
            Err(_) => Err(Error::Busy {
                waiting: self.hosts.waiting(&host),
                host,
                hope,
            }),
        }
    }

    /// One request and its answer.
    async fn ask(&self, url: &Url, asking: &Asking<'_>) -> Result<Answer, Error> {
        let begin = Instant::now();
        let (access, known) = (asking.access, asking.known);
        let conditions = conditions(known);
        let is_conditional = !conditions.is_empty();
        let mut request = asking
            .http
            .get(url.clone())
            .headers(access.headers(url, asking.home))
            .headers(conditions);
        if let Some(login) = access.login(url, asking.home) {
            request = request.basic_auth(&login.user, Some(login.password.expose()));
        }
        // A connection that fails at its own limit is to be told as such, so that limit comes first.
        let limit = self.limits.head.max(self.limits.connect);
        let response = timeout(limit + CONNECT_GRACE, request.send())
            .await
            .map_err(|_| Error::Timeout {
                url: shown(url),
                awaited: "the beginning of the answer",
                limit,
            })?
            .map_err(|error| self.failed(url, &error))?;
        let (status, elapsed) = (response.status(), begin.elapsed());
        debug!(host = %origin(url), status = status.as_u16(), elapsed_ms = elapsed.as_millis(), "asked");
        match status {
            StatusCode::OK | StatusCode::NON_AUTHORITATIVE_INFORMATION => {
                let served = Served {
                    headers: response.headers().clone(),
                    is_inside: is_inside(&response, &access.route),
                };
                let page = self.page(url, response).await?;
                Ok(Answer::Page(Box::new((page, served))))
            }
            StatusCode::NOT_MODIFIED if !is_conditional => {
                Err(Error::NothingToCompare { url: shown(url) })
            }
            StatusCode::NOT_MODIFIED => {
                Ok(Answer::Unchanged(or(validators(response.headers()), known)))
            }
            StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT => {
                let to = target(url, response.headers())?;
                Ok(Answer::Redirect {
                    status: status.as_u16(),
                    to,
                })
            }
            _ => Err(self.refused(url, &response)),
        }
    }

    /// The error of a status that brings no page; a host that asks for a rest gets it.
    pub(super) fn refused(&self, url: &Url, response: &Response) -> Error {
        let status = response.status();
        let asked = text(response.headers(), &header::RETRY_AFTER)
            .and_then(|asked| retry_after(&asked, self.clock.now()));
        let rest = match status {
            StatusCode::TOO_MANY_REQUESTS => Some(asked.unwrap_or(REST_WHEN_UNTOLD)),
            StatusCode::SERVICE_UNAVAILABLE => asked,
            _ => None,
        };
        if let Some(rest) = rest {
            self.hosts.rest(&origin(url), rest.min(MAX_HOST_REST));
        }
        Error::Status {
            url: shown(url),
            status: status.as_u16(),
            retry_after: asked,
        }
    }

    async fn page(&self, url: &Url, response: Response) -> Result<Page, Error> {
        let headers = response.headers();
        if let Some(encoding) = encoding(headers) {
            return Err(Error::Encoding {
                url: shown(url),
                encoding,
            });
        }
        let page = Page {
            url: without_userinfo(url).into(),
            hops: Vec::new(),
            status: response.status().as_u16(),
            content_type: text(headers, &header::CONTENT_TYPE),
            head: head(&response),
            validators: validators(headers),
            framed: is_framed(&response),
            bytes: Vec::new(),
            room: Room::default(),
        };
        let (bytes, room) = self.body(url, response).await?;
        Ok(Page {
            bytes,
            room,
            ..page
        })
    }

    /// Reads the body up to the cap on decoded bytes: neither the length it claims nor its size on the wire proves anything.
    async fn body(&self, url: &Url, mut response: Response) -> Result<(Vec<u8>, Room), Error> {
        let limit = self.limits.body_bytes;
        let too_large = || Error::TooLarge {
            url: shown(url),
            limit_bytes: limit,
        };
        let claimed = response
            .content_length()
            .map(|length| usize::try_from(length).unwrap_or(usize::MAX));
        if claimed.is_some_and(|claimed| claimed > limit) {
            return Err(too_large());
        }
        let mut bytes = Vec::with_capacity(claimed.unwrap_or(0).min(SMALL_BODY_BYTES));
        let mut room = Room::default();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| self.failed(url, &error))?
        {
            let length = bytes.len() + chunk.len();
            if length > limit {
                return Err(too_large());
            }
            if !self.has_room(&mut room, length).await {
                return Err(Error::Crowded {
                    url: shown(url),
                    hope: self.limits.whole,
                });
            }
            bytes.extend_from_slice(&chunk);
        }
        bytes.shrink_to_fit();
        Ok((bytes, room))
    }

    /// Whether there is room for a page of so many bytes, waited for if need be.
    pub(super) async fn has_room(&self, room: &mut Room, bytes: usize) -> bool {
        self.rooms.grow(room, bytes, PATIENCE_FOR_ROOM).await
    }

    pub(super) fn failed(&self, url: &Url, error: &reqwest::Error) -> Error {
        let shown = shown(url);
        match fault(error) {
            Fault::Forbidden(refusal) => Error::Forbidden {
                url: shown,
                refusal,
            },
            Fault::ConnectTimeout => Error::Timeout {
                url: shown,
                awaited: "the connection",
                limit: self.limits.connect,
            },
            Fault::Connect(why) => Error::Connect { url: shown, why },
            Fault::Broken(why) => Error::Broken { url: shown, why },
        }
    }
}

/// What all requests for one page have in common.
struct Asking<'a> {
    http: reqwest::Client,
    known: &'a Validators,
    access: &'a Access,
    /// The address of the watch.
    home: &'a Url,
}

/// What one request brought.
enum Answer {
    Redirect { status: u16, to: Url },
    Unchanged(Validators),
    Page(Box<(Page, Served)>),
}

/// `claimwatch/0.1.0 (+desk@example.org)`: who asks, and whom to write to.
fn user_agent(options: &Options) -> String {
    let program = concat!("claimwatch/", env!("CARGO_PKG_VERSION"));
    match (&options.user_agent, &options.contact) {
        (Some(whole), _) => whole.clone(),
        (None, Some(contact)) => format!("{program} (+{contact})"),
        (None, None) => program.to_owned(),
    }
}

/// An address that can be fetched from.
fn fetchable(text: &str) -> Result<Url, Error> {
    let url = Url::parse(text).map_err(|error| Error::Address {
        url: shown_text(text),
        why: error.to_string(),
    })?;
    is_web(&url).map_err(|why| Error::Address {
        url: shown(&url),
        why,
    })?;
    Ok(url)
}

pub(super) fn is_web(url: &Url) -> Result<(), String> {
    match url.scheme() {
        "http" | "https" => Ok(()),
        other => Err(format!(
            "only http and https addresses are fetched, not {other}"
        )),
    }
}

/// Where a redirect leads.
pub(super) fn target(from: &Url, headers: &HeaderMap) -> Result<Url, Error> {
    let wrong = |why: String| Error::Redirect {
        url: shown(from),
        why,
    };
    let Some(location) = text(headers, &header::LOCATION) else {
        return Err(wrong(String::from("it does not say where to")));
    };
    let to = from
        .join(&location)
        .map_err(|error| wrong(format!("`{}`: {error}", shown_text(&location))))?;
    is_web(&to).map_err(wrong)?;
    Ok(to)
}
