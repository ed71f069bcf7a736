//! What can go wrong with a request, and whether to ask again.

use std::time::Duration;

use super::address::Refusal;

/// When to ask again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Not before the next regular check: the same question gets the same answer.
    Never,
    /// Soon, and more slowly each time.
    Backoff,
    /// Not before this much time has passed.
    After(Duration),
}

/// Why there is no page. Addresses in it show no password and no value of the query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The options do not make a client.
    #[error("cannot prepare the HTTP client: {why}")]
    Options {
        /// What is wrong with them.
        why: String,
    },
    /// The address, or one it redirects to, cannot be fetched from.
    #[error("cannot fetch `{url}`: {why}")]
    Address {
        /// The address.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// The address, or one it redirects to, lies in a forbidden network. Nothing was connected.
    #[error("refused to fetch `{url}`: {refusal}")]
    Forbidden {
        /// The address.
        url: String,
        /// The host and where it is.
        refusal: Refusal,
    },
    /// The host asked to be left alone and the time is not over. Nothing was sent.
    #[error("did not ask `{host}`: it asked for a rest that lasts {} s more", .left.as_secs().max(1))]
    Resting {
        /// Host and port.
        host: String,
        /// What is left of the rest.
        left: Duration,
    },
    /// Too many requests wait for the host. Nothing was sent.
    #[error("did not ask `{host}`: {waiting} other requests wait for their turn there")]
    Busy {
        /// Host and port.
        host: String,
        /// How many wait.
        waiting: usize,
        /// When a turn can be hoped for.
        hope: Duration,
    },
    /// The page is a large one, and no room for it came free in time.
    #[error("put off `{url}`: too many other large pages are being read")]
    Crowded {
        /// The address.
        url: String,
        /// When there may be room.
        hope: Duration,
    },
    /// The browser shows other pages, and was not free in time.
    #[error("put off `{url}`: the browser is busy with other pages")]
    Occupied {
        /// The address.
        url: String,
        /// When it may be free.
        hope: Duration,
    },
    /// The page was fetched, and the browser that it needs is missing or failed.
    #[error("cannot show `{url}` to a browser: {why}")]
    Browser {
        /// The address.
        url: String,
        /// What is missing, or what happened.
        why: String,
    },
    /// No connection: the name is unknown, nobody listens, or TLS failed.
    #[error("cannot connect to fetch `{url}`: {why}")]
    Connect {
        /// The address.
        url: String,
        /// What came back.
        why: String,
    },
    /// A time limit was reached.
    #[error("gave up on `{url}`: {awaited} took longer than {} s", .limit.as_secs_f32())]
    Timeout {
        /// The address.
        url: String,
        /// What was waited for.
        awaited: &'static str,
        /// The limit.
        limit: Duration,
    },
    /// What came back is not a whole answer: malformed, cut off, reset.
    #[error("the answer for `{url}` is broken: {why}")]
    Broken {
        /// The address.
        url: String,
        /// How it is broken.
        why: String,
    },
    /// The body is encoded in a way that was not asked for.
    #[error("the answer for `{url}` is encoded as `{encoding}`, which cannot be read")]
    Encoding {
        /// The address.
        url: String,
        /// The `Content-Encoding`.
        encoding: String,
    },
    /// The page is longer than the cap.
    #[error("the page at `{url}` is longer than {} KiB", .limit_bytes >> 10)]
    TooLarge {
        /// The address.
        url: String,
        /// The cap on decoded bytes.
        limit_bytes: usize,
    },
    /// Redirects without end, or one that leads nowhere.
    #[error("cannot follow the redirect from `{url}`: {why}")]
    Redirect {
        /// The address that redirects.
        url: String,
        /// What is wrong.
        why: String,
    },
    /// "Not modified" was answered though nothing was known to compare with.
    #[error("`{url}` answered 304 (not modified) to a request without validators")]
    NothingToCompare {
        /// The address.
        url: String,
    },
    /// The server answered with a status that brings no page.
    #[error("`{url}` answered {status}{}", reason(*.status))]
    Status {
        /// The address that answered, after redirects.
        url: String,
        /// The status.
        status: u16,
        /// What the server asked for with `Retry-After`, at most a day.
        retry_after: Option<Duration>,
    },
}

impl Error {
    /// When to ask again.
    #[must_use]
    pub fn retry(&self) -> Retry {
        match self {
            Self::Options { .. }
            | Self::Address { .. }
            | Self::Forbidden { .. }
            | Self::Encoding { .. }
            | Self::TooLarge { .. }
            | Self::Redirect { .. } => Retry::Never,
            Self::Connect { .. }
            | Self::Timeout { .. }
            | Self::Broken { .. }
            | Self::Browser { .. }
            | Self::NothingToCompare { .. } => Retry::Backoff,
            Self::Resting { left, .. } => Retry::After(*left),
            Self::Busy { hope, .. } | Self::Crowded { hope, .. } | Self::Occupied { hope, .. } => {
                Retry::After(*hope)
            }
            Self::Status {
                status,
                retry_after,
                ..
            } => after_status(*status, *retry_after),
        }
    }

    /// Whether the server says that the page is gone for good (410).
    #[must_use]
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Status { status: 410, .. })
    }

    /// Whether the server says that there is no such page (404).
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Status { status: 404, .. })
    }

    /// Whether the host was spared or its page found no room: such a check has not failed, it has only to wait.
    #[must_use]
    pub fn is_postponed(&self) -> bool {
        matches!(
            self,
            Self::Resting { .. } | Self::Busy { .. } | Self::Crowded { .. } | Self::Occupied { .. }
        )
    }
}

/// What the server asks for; else, refusals for want of time or strength may pass, all others stay.
fn after_status(status: u16, retry_after: Option<Duration>) -> Retry {
    match (retry_after, status) {
        (Some(wait), _) => Retry::After(wait),
        (None, 408 | 425 | 429 | 500..=599) => Retry::Backoff,
        (None, _) => Retry::Never,
    }
}

/// The words of a status, in brackets.
fn reason(status: u16) -> String {
    match reqwest::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
    {
        Some(reason) => format!(" ({})", reason.to_lowercase()),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(status: u16, retry_after: Option<Duration>) -> Error {
        Error::Status {
            url: "https://news.example/a".into(),
            status,
            retry_after,
        }
    }

    #[test]
    fn a_status_says_when_to_ask_again() {
        assert_eq!(status(404, None).retry(), Retry::Never);
        assert_eq!(status(403, None).retry(), Retry::Never);
        assert_eq!(status(429, None).retry(), Retry::Backoff);
        assert_eq!(status(503, None).retry(), Retry::Backoff);
        assert_eq!(
            status(503, Some(Duration::from_secs(7))).retry(),
            Retry::After(Duration::from_secs(7))
        );
    }

    #[test]
    fn gone_and_missing_are_told_apart() {
        assert!(status(410, None).is_gone() && !status(410, None).is_missing());
        assert!(status(404, None).is_missing() && !status(404, None).is_gone());
    }

    #[test]
    fn a_message_says_what_was_asked_and_what_came_back() {
        assert_eq!(
            status(410, None).to_string(),
            "`https://news.example/a` answered 410 (gone)"
        );
        assert_eq!(
            status(799, None).to_string(),
            "`https://news.example/a` answered 799"
        );

        let limit = Duration::from_secs(30);
        let slow = Error::Timeout {
            url: "https://news.example/a".into(),
            awaited: "the page",
            limit,
        };
        assert_eq!(
            slow.to_string(),
            "gave up on `https://news.example/a`: the page took longer than 30 s"
        );

        let large = Error::TooLarge {
            url: "https://news.example/a".into(),
            limit_bytes: 8 << 20,
        };
        assert_eq!(
            large.to_string(),
            "the page at `https://news.example/a` is longer than 8192 KiB"
        );
    }
}
