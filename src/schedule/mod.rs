//! When a watch is due: every so often with decay, or by a crontab line.
//!
//! Nothing here reads a clock. The caller stores the answer and checks once when it has passed, however long ago: a daemon
//! that was down for a day owes each watch one check, not a day's worth.

pub mod crontab;
pub mod every;
mod fields;

use std::time::Duration;

use jiff::Timestamp;

pub use crontab::Crontab;
pub use every::Every;

/// When a watch is due.
#[derive(Debug, Clone, PartialEq)]
pub enum Schedule {
    /// Every so often, less often as the story ages.
    Every(Every),
    /// By a crontab line.
    Cron(Crontab),
}

impl Schedule {
    /// The next check after `after` of a story as old as `story_age`; `None` where there is none any more.
    ///
    /// `seed` spreads the watches of an interval over its last tenth. The same seed and time give the same answer.
    /// A crontab line is exact: who writes 06:15 means 06:15.
    #[must_use]
    pub fn next(
        &self,
        after: Timestamp,
        story_age: Option<Duration>,
        seed: u64,
    ) -> Option<Timestamp> {
        match self {
            Self::Every(every) => every.next(after, story_age, seed),
            Self::Cron(crontab) => crontab.next_for(after, story_age),
        }
    }
}

/// Whether a story is too old to be checked again.
fn is_over(story_age: Option<Duration>, stop_after: Option<Duration>) -> bool {
    match (story_age, stop_after) {
        (Some(age), Some(limit)) => age > limit,
        (None, _) | (_, None) => false,
    }
}
