//! The rules that decide which changes are told.
//!
//! A tracked claim decides for what it matches; everything else keeps its default severity, and medium and above are
//! told. Every decision comes with its [`Reason`].

mod baseline;
mod flips;
mod judge;
mod memory;
mod reason;
mod standing;
mod thresholds;
mod tracked;

pub use baseline::LastAlerted;
pub use flips::{Flip, Flips};
pub use judge::{Judgement, Told, judge};
pub use memory::{Memory, Muted};
pub use reason::{Met, Reason, recorded_mute};
pub use standing::{Disagree, Standing, agree, apart, distance, standing};

use crate::alert::ReceiverName;
use crate::claims::Decimal;
use crate::compare::{Change, ChangeKind, Severity};

/// What a watch wants to be told.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rules {
    /// The claims followed in its stories; without any, the default severities decide.
    pub claims: Vec<TrackedClaim>,
    /// Kinds that are never told.
    pub ignore: Vec<ChangeKind>,
}

/// A figure or statement the user follows over every version.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TrackedClaim {
    /// Its name.
    pub name: String,
    /// Words one of which stands in the sentence of the figure.
    pub words: Vec<String>,
    /// Words that rule a sentence out.
    pub not_near: Vec<String>,
    /// Sources one of which must be the speaker, where the story names one.
    pub said_by: Vec<String>,
    /// What is counted, in the user's words.
    pub unit: Option<String>,
    /// The statement followed, for a claim that is no figure.
    pub statement: Option<String>,
    /// When a move of it is told.
    pub alert: Thresholds,
    /// When it is told that stories give it different values.
    pub disagree: Option<Disagree>,
    /// The severity it is told with, in place of the default.
    pub severity: Option<Severity>,
    /// Who is told, in place of the watch's receivers.
    pub notify: Option<Vec<ReceiverName>>,
}

/// Whether `change` is about what `claim` follows.
///
/// ```
/// use claimwatch::alert::rules::{TrackedClaim, follows};
/// use claimwatch::{compare, story::Story};
///
/// let old = Story::from_text("Storm", &["The storm killed 14 people."]);
/// let new = Story::from_text("Storm", &["The storm killed 19 people."]);
/// let changes = compare::versions(&old, &new).changes;
/// let claim = |word: &str| TrackedClaim { words: vec![word.to_owned()], ..TrackedClaim::default() };
///
/// assert!(follows(&claim("killed"), &changes[0]));
/// assert!(!follows(&claim("refugees"), &changes[0]));
/// ```
#[must_use]
pub fn follows(claim: &TrackedClaim, change: &Change) -> bool {
    tracked::matches(claim, change)
}

/// When a move of a tracked claim is told; every one that is met counts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Thresholds {
    /// Moved by at least this many percent since it was last told.
    pub change: Option<Decimal>,
    /// Passed one of these values, in either direction.
    pub crosses: Vec<Decimal>,
    /// Rose: by any amount, or by at least this many percent.
    pub up: Option<Step>,
    /// Fell: by any amount, or by at least this many percent.
    pub down: Option<Step>,
    /// Kinds of change told for it; empty means figures by the thresholds above, statements by default severity.
    pub kinds: Vec<ChangeKind>,
}

/// The least step that is told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// Any step.
    Any,
    /// At least this many percent.
    Percent(Decimal),
}
