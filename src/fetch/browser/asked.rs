//! What passes between a page in the browser and us: what it asks for, and what it is told.

use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use url::Url;

use super::super::{Error, Hop, Page};

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

/// A request of a page.
#[derive(Debug)]
pub(super) struct Asked {
    pub request: String,
    pub kind: String,
    /// Whether the page itself would be replaced by the answer, and not a frame in it.
    pub is_main: bool,
    pub method: Method,
    pub url: Url,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
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

/// An empty style sheet.
pub(super) fn nothing_to_wear() -> Reply {
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
pub(super) fn told(headers: &HeaderMap) -> Vec<(String, String)> {
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
