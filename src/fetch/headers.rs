//! The headers of conditional requests, and what an answer's headers say about its body.

use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Response, Version};

use super::Validators;

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

/// A header as text; bytes that are not UTF-8 are replaced.
pub(super) fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers
        .get(name)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
}

/// Whether a `Content-Encoding` means none: the word for it, or a charset that was put there by mistake.
pub(super) fn is_plain(encoding: &str) -> bool {
    [
        "",
        "identity",
        "none",
        "utf-8",
        "utf8",
        "iso-8859-1",
        "8bit",
        "binary",
    ]
    .iter()
    .any(|plain| encoding.eq_ignore_ascii_case(plain))
}

/// Whether the end of the body is marked: by a length, by chunks, or by HTTP/2.
pub(super) fn is_framed(response: &Response) -> bool {
    let headers = response.headers();
    response.version() >= Version::HTTP_2
        || headers.contains_key(header::CONTENT_LENGTH)
        || headers.contains_key(header::TRANSFER_ENCODING)
}
