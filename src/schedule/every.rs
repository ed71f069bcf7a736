//! Every so often, less often as the story ages.

use std::time::Duration;

/// An interval that grows with the age of the story.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Every {
    /// The interval for a new story.
    pub every: Duration,
    /// Wait at least this share (in percent) of the story's age.
    pub decay_percent: u32,
    /// The longest interval.
    pub at_most: Duration,
    /// No more checks when the story is older than this.
    pub stop_after: Option<Duration>,
}
