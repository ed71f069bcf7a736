//! The names things go by: watches, stories, alerts, receivers.
//!
//! A name was checked when it was made; nothing checks it again.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The alphabet of identifiers that people may have to type (Crockford's base 32).
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The longest name of a watch or receiver, in bytes.
pub const MAX_NAME_BYTES: usize = 80;

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name! {
    /// The name of a watch: letters, digits, `-`, `_` and `.`.
    WatchName
}
name! {
    /// The name of a receiver: letters, digits, `-`, `_` and `.`.
    ReceiverName
}
name! {
    /// The identifier of a story: `s` and eight hex digits.
    StoryId
}
name! {
    /// The identifier of an alert: 26 characters that sort by time, as a ULID does.
    AlertId
}

/// Whether `text` may be a name: short, and of characters that are safe in mail headers, file names and shells.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= MAX_NAME_BYTES
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

impl WatchName {
    /// The name, or `None` where `text` has other characters or is too long.
    ///
    /// ```
    /// # use claimwatch::alert::WatchName;
    /// assert!(WatchName::new("ndtv-ukraine").is_some());
    /// assert!(WatchName::new("two words").is_none());
    /// ```
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        is_name(text).then(|| Self(text.to_owned()))
    }

    /// The name that digests bear, which are about many watches.
    #[must_use]
    pub fn of_digests() -> Self {
        Self("digest".to_owned())
    }

    /// The name of an article that the list of this name has brought: the list, `/`, and eight hex digits of the address.
    ///
    /// ```
    /// # use claimwatch::alert::WatchName;
    /// let list = WatchName::new("afp-ukraine").expect("a plain word");
    /// let article = list.of_article("news.example/a/1", 0);
    /// assert_eq!(article.as_str(), "afp-ukraine/f67f117b");
    /// assert_eq!(article.list(), Some(list));
    /// ```
    #[must_use]
    pub fn of_article(&self, address: &str, attempt: u32) -> Self {
        let hash = match attempt {
            0 => Sha256::digest(address),
            _ => Sha256::digest(format!("{address}\n{attempt}")),
        };
        let digits = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]);
        Self(format!("{self}/{digits:08x}"))
    }

    /// The list that has brought this article; none for a watch of the configuration.
    #[must_use]
    pub fn list(&self) -> Option<Self> {
        let (list, _) = self.0.split_once('/')?;
        Some(Self(list.to_owned()))
    }

    /// The name of a watch or of an article, or `None` where `text` is neither.
    ///
    /// ```
    /// # use claimwatch::alert::WatchName;
    /// assert!(WatchName::of_any("afp-ukraine/f67f117b").is_some());
    /// assert!(WatchName::of_any("afp-ukraine/../etc").is_none());
    /// ```
    #[must_use]
    pub fn of_any(text: &str) -> Option<Self> {
        let (list, article) = text.split_once('/').unwrap_or((text, "0"));
        let is_article = article.len() <= 8 && article.bytes().all(|byte| byte.is_ascii_hexdigit());
        (is_name(list) && is_article && !article.is_empty()).then(|| Self(text.to_owned()))
    }
}

impl ReceiverName {
    /// The name, or `None` where `text` has other characters or is too long.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        is_name(text).then(|| Self(text.to_owned()))
    }
}

impl StoryId {
    /// The identifier of the story at `url` as `watch` follows it.
    ///
    /// ```
    /// # use claimwatch::alert::{StoryId, WatchName};
    /// let watch = WatchName::new("desk").expect("a plain word");
    /// let id = StoryId::of(&watch, "https://news.example/1");
    /// assert_eq!(id.as_str().len(), 9);
    /// assert_eq!(id, StoryId::of(&watch, "https://news.example/1"));
    /// ```
    #[must_use]
    pub fn of(watch: &WatchName, url: &str) -> Self {
        let hash = Sha256::digest(format!("{watch}\n{url}"));
        let start = hash
            .iter()
            .take(4)
            .fold(0u32, |bits, byte| bits << 8 | u32::from(*byte));
        Self(format!("s{start:08x}"))
    }

    /// The identifier as typed by a person; it need not exist.
    #[must_use]
    pub fn from_typed(text: &str) -> Self {
        Self(text.trim().to_owned())
    }
}

impl AlertId {
    /// The identifier of the alert about `facts` at `at`.
    ///
    /// Laid out as a ULID (48 bits of milliseconds, 80 more), but the 80 are a hash of the facts and not random: the same
    /// check, repeated after a crash, gives the same identifier.
    ///
    /// ```
    /// # use claimwatch::alert::AlertId;
    /// let id = AlertId::of(jiff::Timestamp::UNIX_EPOCH, "s7f3a91c2 2 3");
    /// assert_eq!(id.as_str().len(), 26);
    /// assert!(id < AlertId::of(jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_secs(1), "s7f3a91c2 2 3"));
    /// ```
    #[must_use]
    pub fn of(at: Timestamp, facts: &str) -> Self {
        let hash = Sha256::digest(facts);
        let millis = u128::try_from(at.as_millisecond().max(0)).unwrap_or(0) & 0xFFFF_FFFF_FFFF;
        let tail = hash
            .iter()
            .take(10)
            .fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
        let bits = millis << 80 | tail;
        let text = (0..26u32)
            .map(|place| {
                char::from(CROCKFORD[usize::try_from(bits >> (125 - 5 * place) & 31).unwrap_or(0)])
            })
            .collect();
        Self(text)
    }

    /// The identifier as typed by a person; it need not exist.
    #[must_use]
    pub fn from_typed(text: &str) -> Self {
        Self(text.trim().to_ascii_uppercase())
    }
}
