//! How long and how much: every limit of fetching, with its unit.

use std::time::Duration;

/// Decoded bytes of one page.
pub const MAX_BODY_BYTES: usize = 8 << 20;
/// Decoded bytes that any number of pages may hold at once. Most news pages have less.
pub const SMALL_BODY_BYTES: usize = 256 << 10;
/// Decoded bytes up to which a page takes one of [`MEDIUM_BODIES_AT_ONCE`] places. The largest of 1,301 measured has 1.6 MiB.
pub const MEDIUM_BODY_BYTES: usize = 2 << 20;
/// Pages past [`SMALL_BODY_BYTES`] that are held at one time.
pub const MEDIUM_BODIES_AT_ONCE: usize = 8;
/// Pages past [`MEDIUM_BODY_BYTES`] that are held at one time, so that bombs cannot add up.
pub const LARGE_BODIES_AT_ONCE: usize = 2;
/// How long a page that grows waits for a place.
pub const PATIENCE_FOR_ROOM: Duration = Duration::from_secs(10);
/// Redirects followed for one page.
pub const MAX_REDIRECTS: usize = 10;
/// Header lines of one answer.
pub const MAX_HEADERS: usize = 256;
/// Bytes of the header block of one HTTP/2 answer.
pub const MAX_HEADER_BYTES: u32 = 256 << 10;
/// Bytes of a header that is read or kept: an address to go to, a validator, a type.
pub const MAX_HEADER_VALUE_BYTES: usize = 8 << 10;
/// Bytes of an answer's headers that are kept with its page.
pub const MAX_KEPT_HEAD_BYTES: usize = 16 << 10;
/// The longest rest a server may ask for with `Retry-After` for the address that was asked.
pub const MAX_RETRY_AFTER: Duration = Duration::from_secs(24 * 60 * 60);
/// The longest that every other address of the host is spared with it: one page's answer must not silence a whole site.
pub const MAX_HOST_REST: Duration = Duration::from_secs(60 * 60);
/// The rest given to a host that answers 429 without a usable `Retry-After`.
pub const REST_WHEN_UNTOLD: Duration = Duration::from_secs(60);
/// Requests that wait for their turn at one host.
pub const MAX_WAITING_PER_HOST: usize = 600;
/// Hosts whose pace and rest are remembered.
pub const MAX_HOSTS: usize = 10_000;
/// Bytes of a robots.txt that are read; the standard asks for no less.
pub const MAX_ROBOTS_BYTES: usize = 500 << 10;
/// Rules of a robots.txt that are kept.
pub const MAX_ROBOTS_RULES: usize = 2_000;
/// Sites whose robots.txt is remembered.
pub const MAX_ROBOTS_HOSTS: usize = 500;
/// Names looked up at one time; each holds a thread until the system's resolver answers.
pub const MAX_LOOKUPS: usize = 24;
/// How long a connection that nobody uses stays open.
pub const IDLE_CONNECTION: Duration = Duration::from_secs(15);

/// Pages that the browser shows at one time; each takes a good part of the memory of a small machine.
pub const MAX_TABS: usize = 2;
/// Pages that are fetched for the browser before it is free; more are not asked for, so that none is asked for in vain.
pub const MAX_VISITS: usize = 4;
/// How long a page waits for its visit to begin.
pub const PATIENCE_FOR_VISIT: Duration = Duration::from_secs(10);
/// How long a page that was fetched waits for the browser: as long as those before it may take.
pub const PATIENCE_FOR_TAB: Duration = Duration::from_secs(20);
/// Pages after which a browser is replaced by a new one: what they leave behind adds up.
pub const PAGES_PER_BROWSER: usize = 200;
/// What one page in the browser may ask for: scripts and the answers they want.
pub const MAX_PARTS: usize = 300;
/// Decoded bytes of one part.
pub const MAX_PART_BYTES: usize = 4 << 20;
/// Decoded bytes of all parts of one page.
pub const MAX_PARTS_BYTES: usize = 24 << 20;
/// Parts of all pages that are asked for at one time.
pub const MAX_PARTS_AT_ONCE: usize = 8;
/// Bytes that a page may send with a request.
pub const MAX_POST_BYTES: usize = 256 << 10;

/// How long a request may take and how much it may bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// To be connected: name, TCP and TLS.
    pub connect: Duration,
    /// To the end of the answer's header, connecting included.
    pub head: Duration,
    /// For the whole page with all its redirects, waiting for turns apart.
    pub whole: Duration,
    /// Waiting for turns at the hosts on the way.
    pub turn: Duration,
    /// Decoded bytes of the page.
    pub body_bytes: usize,
    /// For the browser to show a page that has been fetched.
    pub render: Duration,
    /// How long a browser with nothing to do is kept.
    pub browser_idle: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            head: Duration::from_secs(10),
            whole: Duration::from_secs(30),
            turn: Duration::from_secs(60),
            body_bytes: MAX_BODY_BYTES,
            render: Duration::from_secs(20),
            browser_idle: Duration::from_secs(60),
        }
    }
}
