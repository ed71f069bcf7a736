//! How the pages of one watch are asked for, where that differs from the rest: as whom, with which headers, by which way.
//!
//! What identifies the reader (headers, cookies, login) goes to the host of the watch's own address and nowhere else: a
//! redirect to another one is followed without it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Certificate, Proxy};
use url::Url;

use super::Error;
use super::address::Guard;
use super::connect;
use crate::secret::Secret;

/// Ways of their own that are kept open; beyond it the oldest is closed.
const MAX_ROUTES: usize = 32;

/// Headers that claimwatch or the connection decide.
const OURS: [&str; 14] = [
    "accept-encoding",
    "connection",
    "content-length",
    "cookie",
    "host",
    "if-modified-since",
    "if-none-match",
    "keep-alive",
    "proxy-authorization",
    "range",
    "te",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];

/// How the pages of one watch are asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Access {
    /// The watch's own address; that of the request where there is none.
    pub home: Option<Url>,
    /// The whole User-Agent, in place of that of all.
    pub user_agent: Option<String>,
    /// Further headers.
    pub headers: Vec<(String, Secret)>,
    /// Cookies.
    pub cookies: Vec<(String, Secret)>,
    /// Name and password of basic authentication.
    pub login: Option<Login>,
    /// The way to the server.
    pub route: Route,
    /// Whether a browser shows the page first, for those that are made by scripts.
    pub browser: bool,
}

/// A name and its password.
#[derive(Debug, Clone, PartialEq)]
pub struct Login {
    /// The name.
    pub user: String,
    /// The password.
    pub password: Secret,
}

/// The way to a server.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Route {
    /// The address of a proxy, with its own name and password where it wants them.
    pub proxy: Option<Secret>,
    /// Certificates that are trusted beside those of the system, in PEM.
    pub ca: Option<Vec<u8>>,
}

/// Why a header of this name cannot be set, or nothing where it can.
///
/// ```
/// use claimwatch::fetch::header_problem;
///
/// assert_eq!(header_problem("Accept-Language"), None);
/// assert!(header_problem("Host").is_some());
/// ```
#[must_use]
pub fn header_problem(name: &str) -> Option<String> {
    if HeaderName::from_bytes(name.as_bytes()).is_err() {
        return Some("this is not the name of a header".to_owned());
    }
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "cookie" => Some("cookies have a key of their own, `cookies`".to_owned()),
        "user-agent" => Some("it has a key of its own, `user_agent`".to_owned()),
        name if OURS.contains(&name) => Some("claimwatch sets this header itself".to_owned()),
        _ => None,
    }
}

/// Why a text cannot be sent in a header, or nothing where it can. Cookies may hold no semicolon either.
#[must_use]
pub fn value_problem(value: &Secret, is_cookie: bool) -> Option<&'static str> {
    let text = value.expose();
    let is_unfit = HeaderValue::from_str(text).is_err() || is_cookie && text.contains(';');
    is_unfit.then_some("it holds characters that a header cannot carry")
}

/// Why this is not the address of a proxy, or nothing where it is.
#[must_use]
pub fn proxy_problem(proxy: &Secret) -> Option<&'static str> {
    let is_web = Url::parse(proxy.expose())
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    (!is_web || Proxy::all(proxy.expose()).is_err())
        .then_some("this is not the address of an HTTP proxy")
}

/// Why these are no certificates, or nothing where they are.
#[must_use]
pub fn ca_problem(pem: &[u8]) -> Option<&'static str> {
    let is_some = Certificate::from_pem_bundle(pem).is_ok_and(|found| !found.is_empty());
    (!is_some).then_some("it holds no certificate in PEM")
}

impl Access {
    /// The headers for a request to `url`, whose watch has an address on `home`.
    pub(super) fn headers(&self, url: &Url, home: &Url) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if let Some(agent) = &self.user_agent {
            insert(&mut headers, header::USER_AGENT, agent);
        }
        if url.origin() != home.origin() {
            return headers;
        }
        for (name, value) in &self.headers {
            if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
                insert(&mut headers, name, value.expose());
            }
        }
        if !self.cookies.is_empty() {
            let pair = |(name, value): &(String, Secret)| format!("{name}={}", value.expose());
            let pairs: Vec<String> = self.cookies.iter().map(pair).collect();
            insert(&mut headers, header::COOKIE, &pairs.join("; "));
        }
        headers
    }

    /// The login, for a request to `url`.
    pub(super) fn login(&self, url: &Url, home: &Url) -> Option<&Login> {
        self.login
            .as_ref()
            .filter(|_| url.origin() == home.origin())
    }
}

/// The configuration has tried all values; one that cannot be sent after all is left out.
fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(mut value) = HeaderValue::from_str(value) {
        value.set_sensitive(true);
        headers.insert(name, value);
    }
}

/// What all ways have in common, and those that are open.
#[derive(Debug, Clone)]
pub(super) struct Routes {
    user_agent: HeaderValue,
    accept: HeaderMap,
    connect: Duration,
    per_host: usize,
    guard: Guard,
    open: Arc<Mutex<Vec<(Route, reqwest::Client)>>>,
}

impl Routes {
    /// No way open yet.
    pub(super) fn new(
        user_agent: HeaderValue,
        accept: HeaderMap,
        connect: Duration,
        per_host: usize,
        guard: Guard,
    ) -> Self {
        Self {
            user_agent,
            accept,
            connect,
            per_host,
            guard,
            open: Arc::default(),
        }
    }

    /// Who is asking, unless a watch says otherwise.
    pub(super) fn user_agent(&self) -> &str {
        self.user_agent.to_str().unwrap_or_default()
    }

    /// The client that goes this way, opened when it is first needed.
    pub(super) fn client(&self, route: &Route) -> Result<reqwest::Client, Error> {
        // The list is never left half changed, so a panic elsewhere does not spoil it.
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, client)) = open.iter().find(|(known, _)| known == route) {
            return Ok(client.clone());
        }
        let client = self.build(route).map_err(|why| Error::Options { why })?;
        if open.len() >= MAX_ROUTES {
            open.remove(0);
        }
        open.push((route.clone(), client.clone()));
        Ok(client)
    }

    fn build(&self, route: &Route) -> Result<reqwest::Client, String> {
        let proxy = match &route.proxy {
            Some(proxy) => {
                Some(Proxy::all(proxy.expose()).map_err(|_| "the proxy has no usable address")?)
            }
            None => None,
        };
        let certificates = match &route.ca {
            Some(pem) => Certificate::from_pem_bundle(pem)
                .map_err(|_| "the additional certificates cannot be read")?,
            None => Vec::new(),
        };
        // The operator chose the proxy, wherever it is; it alone looks names up and connects to pages.
        let guard = match proxy {
            Some(_) => Guard::for_proxies(),
            None => self.guard.clone(),
        };
        connect::client(&guard, |builder| {
            let builder = builder
                .user_agent(self.user_agent.clone())
                .default_headers(self.accept.clone())
                .connect_timeout(self.connect)
                .pool_max_idle_per_host(self.per_host);
            let builder = match &proxy {
                Some(proxy) => builder.proxy(proxy.clone()),
                None => builder,
            };
            if certificates.is_empty() {
                builder
            } else {
                builder.tls_certs_merge(certificates.clone())
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_is_told_to_the_watchs_own_host_alone() {
        let access = Access {
            headers: vec![("X-Key".into(), Secret::new("k".into()))],
            cookies: vec![
                ("a".into(), Secret::new("1".into())),
                ("b".into(), Secret::new("2".into())),
            ],
            login: Some(Login {
                user: "desk".into(),
                password: Secret::new("p".into()),
            }),
            ..Access::default()
        };
        let home: Url = "https://news.example/a".parse().unwrap();

        let own = access.headers(&"https://news.example/b".parse().unwrap(), &home);
        assert_eq!(
            (&own["x-key"], &own["cookie"]),
            (&"k".parse().unwrap(), &"a=1; b=2".parse().unwrap())
        );

        for other in [
            "https://ads.example/",
            "http://news.example/",
            "https://news.example:444/",
        ] {
            let other = other.parse().unwrap();
            assert!(access.headers(&other, &home).is_empty());
            assert!(access.login(&other, &home).is_none());
        }
    }

    #[test]
    fn nothing_secret_shows_itself() {
        let access = Access {
            headers: vec![("X-Key".into(), Secret::new("hush".into()))],
            route: Route {
                proxy: Some(Secret::new("http://u:hush@proxy.example".into())),
                ca: None,
            },
            ..Access::default()
        };

        assert!(!format!("{access:?}").contains("hush"));
    }

    #[test]
    fn what_cannot_be_sent_is_told() {
        assert!(header_problem("X Key").is_some());
        assert!(header_problem("cookie").is_some_and(|why| why.contains("cookies")));
        assert!(value_problem(&Secret::new("a\nb".into()), false).is_some());
        assert!(value_problem(&Secret::new("a;b".into()), true).is_some());
        assert!(proxy_problem(&Secret::new("socks5://x".into())).is_some());
        assert!(proxy_problem(&Secret::new("http://u:p@proxy.example:3128".into())).is_none());
        assert!(ca_problem(b"hello").is_some());
    }
}
