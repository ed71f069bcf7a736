//! Several alerts told as one: a digest, what quiet hours held, or what was too much for an hour.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AlertId, Side, StoryId, ToldDelta, WatchName};

/// The most rows of a digest; the rest is counted.
pub const MAX_DIGEST_ROWS: usize = 100;

/// The largest digest as JSON, in bytes.
pub const MAX_DIGEST_BYTES: usize = 76_000;

/// The room that the rows of a digest have in a mail, both parts and their encoding counted.
pub const MAX_DIGEST_MAIL_BYTES: usize = 70_000;

/// What a digest holds in place of changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Digest {
    /// Why it is told together: `digest`, `quiet` or `surplus`.
    pub cause: String,
    /// Since when it was gathered.
    pub since: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// How many minutes the receiver's clocks are ahead of UTC.
    pub offset_minutes: i32,
    /// How many facts changed and have not gone back, listed or not.
    pub changes: u32,
    /// How many stories they are in.
    pub stories: u32,
    /// How many notices of other sorts there are: a watch in trouble, a story that is gone.
    pub notices: u32,
    /// How many facts changed and are what they were.
    pub went_back: u32,
    /// The changes and notices, by claim and then by story, the largest first.
    pub rows: Vec<DigestRow>,
    /// How many are not listed for want of room.
    pub omitted: u32,
}

/// One line of a digest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DigestRow {
    /// When it was seen last.
    pub at: Timestamp,
    /// The kind of the change or of the notice.
    pub kind: String,
    /// The severity of the most severe step.
    pub severity: String,
    /// The watch.
    pub watch: WatchName,
    /// The story, where it is about one.
    pub story: Option<DigestStory>,
    /// The tracked claim it belongs to.
    pub claim: Option<String>,
    /// What a figure counts or measures.
    pub noun: Option<String>,
    /// The unit of a figure.
    pub unit: Option<String>,
    /// What it was at the beginning.
    pub old: Option<Side>,
    /// What it is at the end.
    pub new: Option<Side>,
    /// How far it has moved in all.
    pub delta: Option<ToldDelta>,
    /// In how many changes.
    pub steps: u32,
    /// All of it in a line.
    pub summary: String,
    /// The last alert about it.
    pub alert_id: AlertId,
}

/// A story as a digest names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestStory {
    /// Its identifier.
    pub id: StoryId,
    /// Its address.
    pub url: String,
    /// Its headline.
    pub title: String,
    /// The publication.
    pub outlet: Option<String>,
}
