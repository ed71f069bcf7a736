//! Every so often, less often as the story ages.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// How much of an interval the jitter may take off, in percent.
pub const JITTER_PERCENT: u32 = 10;

/// An interval that grows with the age of the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

impl Every {
    /// How long to wait before the next check of a story as old as `story_age`, before jitter.
    ///
    /// A story of unknown age counts as new.
    #[must_use]
    pub fn wait(&self, story_age: Option<Duration>) -> Duration {
        let age = story_age.unwrap_or_default();
        let share = age.saturating_mul(self.decay_percent) / 100;
        self.every.max(share).min(self.at_most.max(self.every))
    }

    /// The next check after `after`, up to a tenth of the interval early; `None` for a story past `stop_after`.
    #[must_use]
    pub fn next(
        &self,
        after: Timestamp,
        story_age: Option<Duration>,
        seed: u64,
    ) -> Option<Timestamp> {
        if super::is_over(story_age, self.stop_after) {
            return None;
        }
        let wait = jittered(self.wait(story_age), after, seed);
        let wait = SignedDuration::try_from(wait).ok()?;
        after.checked_add(wait).ok()
    }
}

/// `wait` less up to [`JITTER_PERCENT`] of it.
///
/// Early and never late, so that `every` and `at_most` are promises kept.
fn jittered(wait: Duration, after: Timestamp, seed: u64) -> Duration {
    let at = u64::try_from(after.as_second().max(0)).unwrap_or(0);
    let permille = u32::try_from(mixed(seed ^ mixed(at)) % 1000).unwrap_or(0);
    wait.saturating_sub(wait / 100_000 * (JITTER_PERCENT * permille))
}

/// The bits of `x` well mixed (the finaliser of splitmix64), so that neighbouring seeds part ways.
fn mixed(x: u64) -> u64 {
    let x = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);
    const HOUR: Duration = Duration::from_secs(3600);
    const DAY: Duration = Duration::from_secs(86_400);

    fn newsroom() -> Every {
        Every {
            every: 10 * MINUTE,
            decay_percent: 20,
            at_most: 12 * HOUR,
            stop_after: Some(30 * DAY),
        }
    }

    #[test]
    fn the_wait_grows_with_the_story_between_its_two_ends() {
        let every = newsroom();

        assert_eq!(every.wait(None), 10 * MINUTE);
        assert_eq!(every.wait(Some(30 * MINUTE)), 10 * MINUTE);
        assert_eq!(every.wait(Some(5 * HOUR)), HOUR);
        assert_eq!(every.wait(Some(10 * DAY)), 12 * HOUR);
    }

    #[test]
    fn an_interval_longer_than_at_most_is_kept() {
        let every = Every {
            every: DAY,
            ..newsroom()
        };

        assert_eq!(every.wait(Some(HOUR)), DAY);
    }

    #[test]
    fn a_story_past_stop_after_is_not_checked_again() {
        let every = newsroom();
        let now = Timestamp::UNIX_EPOCH;

        assert!(every.next(now, Some(30 * DAY), 1).is_some());
        assert_eq!(every.next(now, Some(30 * DAY + MINUTE), 1), None);
    }

    #[test]
    fn jitter_takes_off_at_most_a_tenth_and_spreads_evenly() {
        let every = newsroom();
        let now = Timestamp::UNIX_EPOCH;

        let waits: Vec<i64> = (0..1000)
            .map(|seed| every.next(now, None, seed).unwrap().as_second())
            .collect();

        assert!(waits.iter().all(|wait| (540..=600).contains(wait)));
        let early = waits.iter().filter(|wait| **wait < 570).count();
        assert!(
            (400..600).contains(&early),
            "{early} of 1000 in the first half"
        );
    }

    #[test]
    fn the_same_seed_and_time_give_the_same_answer_and_another_time_another() {
        let every = newsroom();
        let now = Timestamp::UNIX_EPOCH;
        let later = Timestamp::from_second(600).unwrap();

        assert_eq!(every.next(now, None, 7), every.next(now, None, 7));
        let first = every.next(now, None, 7).unwrap() - now;
        let second = every.next(later, None, 7).unwrap() - later;
        assert_ne!(first.fieldwise(), second.fieldwise());
    }

    #[test]
    fn no_length_of_time_overflows() {
        let every = Every {
            every: Duration::MAX,
            decay_percent: u32::MAX,
            at_most: Duration::MAX,
            stop_after: None,
        };

        assert_eq!(
            every.next(Timestamp::MAX, Some(Duration::MAX), u64::MAX),
            None
        );
    }
}
