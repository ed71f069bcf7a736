//! A receiver in trouble rests as a whole: one delivery at a time asks how it is, the others wait for the answer.
//!
//! Without this each of a hundred alerts would knock at the same closed door by itself. What is known here is forgotten
//! when the process ends: whoever starts it again has usually mended what was wrong.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::retry::{self, Kind};
use crate::alert::ReceiverName;

/// Longer than the longest attempt: by then the one that asks has its answer.
const ANSWER: SignedDuration = SignedDuration::from_secs(75);
/// Longer than any rest, those included that a receiver asks for; a rest that seems longer is a jump of the clock.
const LONGEST: SignedDuration = SignedDuration::from_hours(25);
/// After so many failures in a row the trouble was the receiver's and not that of one alert.
const LASTING_FAILURES: u32 = 3;

/// What rests.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resting {
    /// The mail server, with everybody who is reached through it.
    MailServer,
    /// A receiver at one of its addresses.
    Line(ReceiverName, String),
}

/// Whether a delivery may be tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// It may.
    Go,
    /// Not before this time, because of this.
    Wait(Timestamp, String),
}

/// What is over when an attempt has succeeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relief {
    /// Nothing rested.
    None,
    /// Deliveries that were put off until this time at the latest may go.
    Until(Timestamp),
    /// All may go, whatever their schedule: the trouble was not theirs.
    All,
}

/// One rest.
#[derive(Debug, Clone)]
struct Rest {
    /// Failures in a row.
    failures: u32,
    /// When the last was seen.
    failed: Timestamp,
    /// Until when nothing is tried.
    until: Timestamp,
    /// Until when the answer to the one attempt is waited for.
    asked: Option<Timestamp>,
    /// What went wrong.
    error: String,
}

/// Who rests, and until when.
#[derive(Debug, Default)]
pub struct Rests(Mutex<BTreeMap<Resting, Rest>>);

impl Rests {
    /// Asks for a turn for a delivery that goes through all of `through`. Where one of them has rested, the turn is for a
    /// single attempt.
    ///
    /// ```
    /// use claimwatch::deliver::rest::{Relief, Resting, Rests, Turn};
    /// use claimwatch::deliver::retry::Kind;
    /// let now: jiff::Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
    /// let (rests, server) = (Rests::default(), [Resting::MailServer]);
    ///
    /// rests.failed(&server[0], Kind::Mail, (now, now), None, "closed");
    ///
    /// assert!(matches!(rests.turn(&server, now), Turn::Wait(..)));
    /// let later = now + jiff::SignedDuration::from_mins(2);
    /// assert_eq!(rests.turn(&server, later), Turn::Go);
    /// assert_ne!(rests.worked(&server[0]), Relief::None);
    /// ```
    #[must_use]
    pub fn turn(&self, through: &[Resting], now: Timestamp) -> Turn {
        let mut rests = self.rests();
        let is_over = |rest: &Rest| rest.until.duration_since(now) > LONGEST;
        rests.retain(|_, rest| !is_over(rest));
        for resting in through {
            let Some(rest) = rests.get(resting) else {
                continue;
            };
            let waits_until = rest.asked.unwrap_or(rest.until).max(rest.until);
            if waits_until > now {
                return Turn::Wait(waits_until, rest.error.clone());
            }
        }
        for resting in through {
            if let Some(rest) = rests.get_mut(resting) {
                rest.asked = Some(later(now, ANSWER));
            }
        }
        Turn::Go
    }

    /// An attempt has failed, begun and ended at the two `times`. `wish` is the time that the receiver asked for. Answers
    /// until when it rests.
    pub fn failed(
        &self,
        resting: &Resting,
        kind: Kind,
        times: (Timestamp, Timestamp),
        wish: Option<Timestamp>,
        error: &str,
    ) -> Timestamp {
        let (begun, now) = times;
        let mut rests = self.rests();
        let before = rests.get(resting);
        // Attempts that were under way together have met the same trouble: it counts once.
        let together = before.filter(|rest| rest.asked.is_none() && rest.failed >= begun);
        let failures = match (together, before) {
            (Some(rest), _) => rest.failures,
            (None, Some(rest)) => rest.failures.saturating_add(1),
            (None, None) => 1,
        };
        let until = retry::rest(kind, failures, now, seed(resting));
        let until = wish.map_or(until, |wish| until.max(wish));
        let until = together.map_or(until, |rest| until.max(rest.until));
        let rest = Rest {
            failures,
            failed: now,
            until,
            asked: None,
            error: error.to_owned(),
        };
        rests.insert(resting.clone(), rest);
        until
    }

    /// An attempt has succeeded, or was at least answered: the rest is over.
    #[must_use]
    pub fn worked(&self, resting: &Resting) -> Relief {
        match self.rests().remove(resting) {
            None => Relief::None,
            Some(rest) if rest.failures >= LASTING_FAILURES => Relief::All,
            Some(rest) => Relief::Until(rest.asked.unwrap_or(rest.until).max(rest.until)),
        }
    }

    /// The attempt was none: the next delivery may ask.
    pub fn not_tried(&self, through: &[Resting]) {
        let mut rests = self.rests();
        for resting in through {
            if let Some(rest) = rests.get_mut(resting) {
                rest.asked = None;
            }
        }
    }

    /// Nobody rests any more.
    pub fn forget(&self) {
        self.rests().clear();
    }

    fn rests(&self) -> MutexGuard<'_, BTreeMap<Resting, Rest>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Relief {
    /// The wider of the two.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::All, _) | (_, Self::All) => Self::All,
            (Self::None, relief) | (relief, Self::None) => relief,
            (Self::Until(one), Self::Until(other)) => Self::Until(one.max(other)),
        }
    }
}

/// A number for each, so that receivers that failed together do not come back together.
fn seed(resting: &Resting) -> u64 {
    let (name, address) = match resting {
        Resting::MailServer => ("", ""),
        Resting::Line(name, address) => (name.as_str(), address.as_str()),
    };
    let bytes = name.bytes().chain([0]).chain(address.bytes());
    bytes.fold(7, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u64::from(byte))
    })
}

fn later(from: Timestamp, by: SignedDuration) -> Timestamp {
    from.checked_add(by).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const START: Timestamp = Timestamp::UNIX_EPOCH;

    fn line(name: &str) -> Resting {
        Resting::Line(ReceiverName::new(name).unwrap(), String::new())
    }

    /// Attempts in the first `hours` when every one of them fails and somebody always wants a turn.
    fn attempts(kind: Kind, hours: i64) -> usize {
        let (rests, server) = (Rests::default(), [Resting::MailServer]);
        let (mut now, mut attempts) = (START, 0);
        while now.duration_since(START) < SignedDuration::from_hours(hours) {
            match rests.turn(&server, now) {
                Turn::Go => {
                    attempts += 1;
                    rests.failed(&server[0], kind, (now, now), None, "closed");
                }
                Turn::Wait(until, _) => now = until,
            }
        }
        attempts
    }

    #[test]
    fn a_mail_server_that_is_away_is_asked_at_most_a_hundred_times_a_day() {
        let (first, three) = (attempts(Kind::Mail, 24), attempts(Kind::Mail, 72));

        assert!((95..=100).contains(&first), "{first}");
        assert!(three <= 300, "{three}");
    }

    #[test]
    fn nobody_waits_longer_than_a_quarter_of_an_hour_for_one_that_is_back() {
        let (rests, server) = (Rests::default(), Resting::MailServer);
        let mut now = START;
        for _ in 0..50 {
            rests.failed(&server, Kind::Mail, (now, now), None, "closed");
            let Turn::Wait(until, _) = rests.turn(std::slice::from_ref(&server), now) else {
                panic!("it rests");
            };
            assert!(until.duration_since(now) <= SignedDuration::from_mins(15));
            now = until;
        }
    }

    #[test]
    fn one_asks_and_the_others_wait_for_the_answer() {
        let (rests, through) = (Rests::default(), [line("desk")]);
        rests.failed(&through[0], Kind::Webhook, (START, START), None, "500");
        let now = later(START, SignedDuration::from_mins(1));

        assert_eq!(rests.turn(&through, now), Turn::Go);
        assert!(matches!(rests.turn(&through, now), Turn::Wait(until, _) if until > now));
        assert!(matches!(rests.worked(&through[0]), Relief::Until(until) if until > now));
        assert_eq!(rests.turn(&through, now), Turn::Go);
        assert_eq!(rests.turn(&through, now), Turn::Go);
    }

    #[test]
    fn attempts_that_were_under_way_together_count_as_one_failure() {
        let (rests, server) = (Rests::default(), Resting::MailServer);
        for _ in 0..16 {
            rests.failed(&server, Kind::Mail, (START, START), None, "closed");
        }

        assert!(
            matches!(rests.turn(std::slice::from_ref(&server), START), Turn::Wait(until, _)
                if until.duration_since(START) < SignedDuration::from_mins(2))
        );
    }

    #[test]
    fn trouble_of_one_receiver_is_not_that_of_another() {
        let rests = Rests::default();
        rests.failed(&line("desk"), Kind::Webhook, (START, START), None, "500");

        assert_eq!(rests.turn(&[line("analysts")], START), Turn::Go);
        assert_eq!(rests.worked(&line("analysts")), Relief::None);
    }

    #[test]
    fn a_clock_that_goes_back_by_days_ends_a_rest() {
        let (rests, server) = (Rests::default(), [Resting::MailServer]);
        rests.failed(&server[0], Kind::Mail, (START, START), None, "closed");
        let before = START.checked_sub(SignedDuration::from_hours(48)).unwrap();

        assert_eq!(rests.turn(&server, before), Turn::Go);
    }
}
