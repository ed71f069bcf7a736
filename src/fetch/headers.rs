//! The headers of conditional requests, and what an answer's headers say about its body.

use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Response, Version};

use super::Validators;
use super::limits::{MAX_HEADER_VALUE_BYTES, MAX_KEPT_HEAD_BYTES};
use super::shown::foreign;

/// What servers write into `Content-Encoding` where there is none.
const NO_ENCODING: [&str; 8] = [
    "",
    "identity",
    "none",
    "utf-8",
    "utf8",
    "iso-8859-1",
    "8bit",
    "binary",
];

/// The headers that ask only for a page that changed.
pub(super) fn conditions(known: &Validators) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        (header::IF_NONE_MATCH, &known.etag),
        (header::IF_MODIFIED_SINCE, &known.last_modified),
    ] {
        // A stored validator that no header can carry is as good as none.
        if let Some(value) = value
            .as_ref()
            .and_then(|value| HeaderValue::from_str(value).ok())
        {
            headers.insert(name, value);
        }
    }
    headers
}

pub(super) fn validators(headers: &HeaderMap) -> Validators {
    Validators {
        etag: text(headers, &header::ETAG),
        last_modified: text(headers, &header::LAST_MODIFIED),
    }
}

/// The new validators where there are any, else the old ones.
pub(super) fn or(new: Validators, known: &Validators) -> Validators {
    Validators {
        etag: new.etag.or_else(|| known.etag.clone()),
        last_modified: new.last_modified.or_else(|| known.last_modified.clone()),
    }
}

/// A header as text; bytes that are not UTF-8 are replaced. One that is empty, or longer than any honest one, is none.
pub(super) fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?.as_bytes();
    if value.len() > MAX_HEADER_VALUE_BYTES {
        return None;
    }
    let text = String::from_utf8_lossy(value).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// The encoding that is left on the body. What the library undid, it took out of the header, so what is still there was
/// not asked for; unless it means none, or is a charset that was put there by mistake.
pub(super) fn encoding(headers: &HeaderMap) -> Option<String> {
    let left = headers.get(header::CONTENT_ENCODING)?;
    let left = foreign(&String::from_utf8_lossy(left.as_bytes()));
    let is_none = NO_ENCODING
        .iter()
        .any(|none| left.eq_ignore_ascii_case(none));
    (!is_none).then_some(left)
}

/// The status line and the headers, a line each. What a cookie is set to may let somebody in, so it is not kept.
pub(super) fn head(response: &Response) -> String {
    let mut head = format!("{:?} {}\n", response.version(), response.status());
    for (name, value) in response.headers() {
        if name == header::SET_COOKIE {
            continue;
        }
        let value: String = String::from_utf8_lossy(value.as_bytes())
            .chars()
            .filter(|letter| !letter.is_control())
            .collect();
        let line = format!("{name}: {value}\n");
        if head.len() + line.len() > MAX_KEPT_HEAD_BYTES {
            break;
        }
        head.push_str(&line);
    }
    head
}

/// Whether the end of the body is marked: by a length, by chunks, or by HTTP/2.
pub(super) fn is_framed(response: &Response) -> bool {
    let headers = response.headers();
    response.version() >= Version::HTTP_2
        || headers.contains_key(header::CONTENT_LENGTH)
        || headers.contains_key(header::TRANSFER_ENCODING)
}
