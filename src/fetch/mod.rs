//! Asks the web for pages: politely, with limits on everything, and never inside forbidden networks.
//!
//! [`Client::get`] is the whole of it. A page comes with its decoded bytes, the way that led to it and the validators to
//! ask with next time; whatever else happened is an [`Error`] that says what was tried, on what, and what came back.

mod access;
pub mod address;
mod browser;
pub mod client;
pub(crate) mod connect;
mod error;
mod guard;
mod headers;
pub mod limits;
mod politeness;
mod retry_after;
mod robots;
mod room;
pub(crate) mod shown;

use std::path::PathBuf;
use std::time::Duration;

pub use access::{Access, Login, Route, ca_problem, header_problem, proxy_problem, value_problem};
pub(crate) use browser::RENDERED_BY;
pub use client::Client;
pub use connect::install_crypto;
pub use error::{Error, Retry};
pub use limits::Limits;
pub use politeness::{Booking, Pacer};
pub(crate) use retry_after::retry_after;
pub use room::Room;

/// The manners and the walls of fetching.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The address to write to, told in the User-Agent.
    pub contact: Option<String>,
    /// The whole User-Agent, where the operator sets one.
    pub user_agent: Option<String>,
    /// The pause between two requests to one host.
    pub pace: Duration,
    /// Connections to one host at a time.
    pub per_host: usize,
    /// Private or special networks that may be asked all the same.
    pub allow_networks: Vec<address::Network>,
    /// The Chromium for the pages that need one, where it is not the first that is installed.
    pub browser: Option<PathBuf>,
}

impl Default for Options {
    /// The manners of a guest: two connections and a pause of a second to each host, nothing inside private networks.
    fn default() -> Self {
        Self {
            contact: None,
            user_agent: None,
            pace: Duration::from_secs(1),
            per_host: 2,
            allow_networks: Vec::new(),
            browser: None,
        }
    }
}

/// What a server gave to recognise a version of a page by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// The `ETag` header as it came.
    pub etag: Option<String>,
    /// The `Last-Modified` header as it came.
    pub last_modified: Option<String>,
}

impl Validators {
    /// Whether there is nothing to ask with.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// What a request brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// The server says that the page is the one the validators stand for.
    Unchanged {
        /// The redirects on the way, in order.
        hops: Vec<Hop>,
        /// The validators to ask with next time: the new ones where the server sent some.
        validators: Validators,
    },
    /// The page.
    Page(Page),
}

/// A page as it was served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it was found after all redirects, without user name and password.
    pub url: String,
    /// The redirects on the way, in order.
    pub hops: Vec<Hop>,
    /// The status of the answer: 200 or 203.
    pub status: u16,
    /// The `Content-Type` header as it came.
    pub content_type: Option<String>,
    /// The status line and the headers, a line each, as evidence: without cookies, and cut where they have no end.
    pub head: String,
    /// The body with its content encoding undone, in the page's own charset.
    pub bytes: Vec<u8>,
    /// What to ask with next time.
    pub validators: Validators,
    /// Whether the server said where the body ends. Where it did not, the connection closed and nothing tells a page
    /// that was cut from one that is whole: text missing from such a page needs a second look.
    pub framed: bool,
    /// The room it takes in memory as long as it is held.
    pub room: Room,
}

/// One redirect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// The status of the answer, such as 301.
    pub status: u16,
    /// The address that was left, with user name, password and the values of the query masked.
    pub url: String,
}
