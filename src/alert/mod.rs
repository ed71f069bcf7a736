//! Which changes are told, and the [`Alert`] that tells them.
//!
//! An alert is made once, stored with its check in one transaction, and rendered the same way at every attempt. The JSON of
//! [`Alert`] is at the same time the outbox row and the `data` of the webhook body (`docs/alert.schema.json`); fields are
//! added, never renamed, within one `schema`.

pub mod compose;
pub mod digest;
pub mod names;
mod number;
pub mod render;
pub mod rules;
mod sample;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use compose::{
    About, Context, Fold, Neighbour, Parties, Party, claim_disagreement, compose, delivery_failed,
    digest, story_removed, story_restored, watch_failing, watch_recovered,
};
pub use digest::{Digest, DigestRow, DigestStory};
pub use names::{AlertId, ReceiverName, StoryId, WatchName};
pub use rules::{Judgement, LastAlerted, Told, judge};
pub use sample::test;

/// The format of [`Alert`] that this version writes.
pub const SCHEMA: &str = "1";

/// The most changes an alert lists; the rest is counted.
pub const MAX_CHANGES: usize = 10;

/// The longest sentence, quotation or note in an alert, in characters.
pub const MAX_SENTENCE_CHARS: usize = 600;

/// The most points of a figure's history.
pub const MAX_HISTORY_POINTS: usize = 20;

/// The largest alert as JSON, in bytes.
pub const MAX_ALERT_BYTES: usize = 20_000;

/// One alert: everything a receiver is told about one story at one check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// The version of this format: `"1"`.
    pub schema: String,
    /// The identifier, the same at every attempt.
    pub alert_id: AlertId,
    /// The kind of the most severe change, or one of the alerts that are not about a change.
    pub kind: String,
    /// When the check that found it took place.
    pub at: Timestamp,
    /// `critical`, `high`, `medium` or `low`.
    pub severity: String,
    /// Whether it was made by `test-alert`.
    pub test: bool,
    /// One sentence that tells it all.
    pub summary: String,
    /// The watch and why it tells.
    pub watch: WatchRef,
    /// The story; `None` for a digest.
    pub story: Option<StoryRef>,
    /// The version before.
    pub old: Option<VersionRef>,
    /// The version now.
    pub new: Option<VersionRef>,
    /// What changed, most severe first.
    pub changes: Vec<ToldChange>,
    /// How many changes are not listed for want of room.
    pub changes_omitted: u32,
    /// What else changed without being told by itself, in a few words each.
    #[serde(default)]
    pub also_changed: Vec<String>,
    /// Whether the headline changed.
    pub headline_changed: bool,
    /// Whether the publisher disclosed the edit.
    pub disclosure: Disclosure,
    /// Where to look further.
    pub links: Links,
    /// The trouble of a watch or a story: for `watch_failing`, `watch_recovered`, `delivery_failed`, `story_removed` and
    /// `story_restored`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub problem: Option<Problem>,
    /// What a digest tells, in place of changes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub digest: Option<Digest>,
    /// Who says what, for `claim_disagreement`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub disagreement: Option<Disagreement>,
}

/// The watch an alert belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WatchRef {
    /// Its name.
    pub id: WatchName,
    /// Its tags.
    pub tags: Vec<String>,
    /// Why it tells, in words.
    pub reason: String,
}

/// The story an alert is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoryRef {
    /// Its identifier.
    pub id: StoryId,
    /// Its address.
    pub url: String,
    /// Its headline, of the new version where there is one.
    pub title: String,
    /// The publication.
    pub outlet: Option<String>,
    /// The news agency.
    pub agency: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// How many paragraphs the new version has.
    pub paragraphs: u32,
}

/// A stored version of a story.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VersionRef {
    /// Counted from 1.
    pub version: u32,
    /// When it was first seen.
    pub first_seen: Timestamp,
    /// When it was last seen.
    pub last_seen: Option<Timestamp>,
    /// SHA-256 of the page's bytes, in hex.
    pub sha256: String,
    /// Where an archive keeps it.
    pub archive_url: Option<String>,
}

/// One change as it is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldChange {
    /// The kind.
    pub kind: String,
    /// The side of the fact that changed.
    pub aspect: Option<String>,
    /// The severity after the rules.
    pub severity: String,
    /// The tracked claim it belongs to.
    pub claim: Option<String>,
    /// What a figure counts or measures.
    pub noun: Option<String>,
    /// The unit of a figure.
    pub unit: Option<String>,
    /// The unit it had, where that was another one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub old_unit: Option<String>,
    /// The paragraph, counted from 1; `None` for the headline.
    pub paragraph: Option<u32>,
    /// Whether it goes back and forth between its two sides.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub alternates: bool,
    /// Every place it shows, the one the sentence is from first: `headline`, `standfirst`, `paragraph 3`.
    #[serde(default)]
    pub places: Vec<String>,
    /// Who says it.
    pub attribution: Option<Attribution>,
    /// The old side.
    pub old: Option<Side>,
    /// The new side.
    pub new: Option<Side>,
    /// How far a figure moved.
    pub delta: Option<ToldDelta>,
    /// The rules that were asked, met or not.
    pub rules: Vec<RuleResult>,
    /// The sentences the two sides stand in.
    pub sentence: Sentences,
    /// The word diff of the two sentences: `=`, `-` or `+`, and the words.
    pub diff: Vec<(String, String)>,
    /// How the figure moved over the versions, oldest first.
    pub history: Vec<Point>,
    /// The same claim in other watches, by their names.
    pub elsewhere: Vec<Elsewhere>,
}

/// Who says what changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// The speaker.
    pub source: String,
    /// Whether the speaker is another one than before.
    pub changed: bool,
    /// Who said it before.
    #[serde(default)]
    pub before: Option<String>,
    /// Who says it now.
    #[serde(default)]
    pub now: Option<String>,
}

/// One side of a change.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// The story's own words.
    pub text: String,
    /// The lower end of a figure.
    #[serde(serialize_with = "number::option::serialize")]
    pub low: Option<f64>,
    /// The upper end of a figure.
    #[serde(serialize_with = "number::option::serialize")]
    pub high: Option<f64>,
    /// The qualifier of a figure.
    pub qualifier: Option<String>,
}

/// How far a figure moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of compare::Delta")]
pub struct ToldDelta {
    #[serde(serialize_with = "number::serialize")]
    pub absolute: f64,
    #[serde(serialize_with = "number::serialize")]
    pub absolute_low: f64,
    #[serde(serialize_with = "number::serialize")]
    pub absolute_high: f64,
    #[serde(serialize_with = "number::option::serialize")]
    pub percent: Option<f64>,
    #[serde(serialize_with = "number::option::serialize")]
    pub percent_low: Option<f64>,
    #[serde(serialize_with = "number::option::serialize")]
    pub percent_high: Option<f64>,
    /// `midpoint`, or `points` for percentages.
    pub basis: String,
}

/// A rule and whether it was met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RuleResult {
    /// The rule in words, such as `change 5%`.
    pub rule: String,
    /// Whether the change met it.
    pub met: bool,
}

/// The sentences of a change.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the two sides")]
pub struct Sentences {
    pub old: Option<String>,
    pub new: Option<String>,
}

/// A figure at one time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "an instant and an interval")]
pub struct Point {
    pub at: Timestamp,
    #[serde(serialize_with = "number::serialize")]
    pub low: f64,
    #[serde(serialize_with = "number::serialize")]
    pub high: f64,
    pub text: String,
}

/// The same claim in another watch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "an outlet, an instant and an interval")]
pub struct Elsewhere {
    pub outlet: String,
    pub text: String,
    #[serde(serialize_with = "number::serialize")]
    pub low: f64,
    #[serde(serialize_with = "number::serialize")]
    pub high: f64,
    pub at: Timestamp,
    /// The watch.
    #[serde(default)]
    pub watch: Option<WatchName>,
    /// The qualifier of the value.
    #[serde(default)]
    pub qualifier: Option<String>,
    /// Whether it says the same, bounds and rounding considered.
    #[serde(default)]
    pub agrees: bool,
    /// How far it lies from the value told, in percent.
    #[serde(serialize_with = "number::option::serialize", default)]
    pub percent: Option<f64>,
}

/// Stories that give one claim different values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Disagreement {
    /// The claim.
    pub claim: String,
    /// The unit of the values.
    pub unit: Option<String>,
    /// Since when they differ.
    pub since: Timestamp,
    /// By how many percent of the lowest; `None` from zero.
    #[serde(serialize_with = "number::option::serialize")]
    pub percent: Option<f64>,
    /// The highest value first.
    pub values: Vec<DisagreementValue>,
}

/// What one story says of a claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DisagreementValue {
    /// The watch.
    pub watch: WatchName,
    /// The publication, else the watch.
    pub outlet: String,
    /// The story.
    pub story: StoryId,
    /// Its address.
    pub url: String,
    /// What it says.
    pub value: Side,
    /// Since when.
    pub at: Timestamp,
}

/// Whether the publisher told its readers of the edit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Disclosure {
    /// `none`, `modified_time` or `note`.
    pub state: String,
    /// The words of the note.
    pub note: Option<String>,
}

/// Where to look further.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Links {
    /// The story on the local page.
    pub story: Option<String>,
}

/// A watch in trouble, or out of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// The cause in a sentence.
    pub cause: String,
    /// Failed checks in a row.
    pub failures: u32,
    /// Since when.
    pub since: Timestamp,
    /// The next try.
    pub next_try: Option<Timestamp>,
    /// For a recovery, and a story that is back: whether the story changed meanwhile.
    pub changed_meanwhile: Option<bool>,
}
