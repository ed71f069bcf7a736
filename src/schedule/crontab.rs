//! Crontab lines with the meaning of crontab(5).
//!
//! The `cron` crate finds the times; it is run on civil time, and the way back to instants is ours. A line with `*` at the
//! start of its minute or hour means "throughout": it follows real time through a change of the clocks. Any other line names
//! times of the day, and each of them comes once a day: in the gap of spring it comes later by the length of the gap, in
//! the overlap of autumn it comes the first time.

use std::collections::BTreeSet;
use std::str::FromStr;
use std::time::Duration;

use chrono::{DateTime, Utc};
use jiff::civil;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Span, Timestamp};

use super::fields::Fields;
pub use super::fields::Mistake;

/// A gap of the clocks is shorter than this everywhere; a civil time in one is looked for this far back.
const LONGEST_GAP_HOURS: i64 = 4;

/// Changes of the clocks that are walked over in search of one time: more than two a year up to the end of the calendar.
const MAX_TRANSITIONS: usize = 1000;

/// A crontab line in a time zone.
#[derive(Debug, Clone, PartialEq)]
pub struct Crontab {
    /// The line as typed.
    pub line: String,
    /// The time zone it is read in.
    pub zone: TimeZone,
    /// No more checks when the story is older than this.
    pub stop_after: Option<Duration>,
    times: Times,
}

/// The civil times of a line.
#[derive(Debug, Clone, PartialEq)]
struct Times {
    /// One schedule, or two where either day field is enough.
    either: Vec<cron::Schedule>,
    /// Whether the line follows real time when the clocks change.
    throughout: bool,
}

impl Crontab {
    /// Reads a line of five fields or an `@` name.
    ///
    /// # Errors
    /// Says what is wrong with the line and what to write instead.
    pub fn parse(line: &str, zone: TimeZone) -> Result<Self, Mistake> {
        let times = Times::of(&Fields::read(line)?)?;
        // Any moment does to find out whether it ever comes; the crate's calendar runs from 1970 to 2100.
        if times
            .after(civil::date(2020, 1, 1).at(0, 0, 0, 0))
            .is_none()
        {
            return Err(Mistake::new(
                format!("`{line}` names a day that no month has"),
                "check the day of the month against the month",
            ));
        }
        Ok(Self {
            line: line.trim().to_owned(),
            zone,
            stop_after: None,
            times,
        })
    }

    /// The first time after `after`; `None` where the calendar ends.
    #[must_use]
    pub fn next(&self, after: Timestamp) -> Option<Timestamp> {
        if self.times.throughout {
            self.next_throughout(after)
        } else {
            self.next_fixed(after)
        }
    }

    /// As [`Crontab::next`], for a story that may be too old to be checked again.
    #[must_use]
    pub fn next_for(&self, after: Timestamp, story_age: Option<Duration>) -> Option<Timestamp> {
        if super::is_over(story_age, self.stop_after) {
            return None;
        }
        self.next(after)
    }

    /// Real time, stretch by stretch of one offset.
    fn next_throughout(&self, after: Timestamp) -> Option<Timestamp> {
        let mut offset = self.zone.to_offset(after);
        let mut from = offset.to_datetime(after);
        let mut transitions = self.zone.following(after);
        for _ in 0..MAX_TRANSITIONS {
            let found = self
                .times
                .after(from)
                .and_then(|time| offset.to_timestamp(time).ok());
            let Some(change) = transitions.next() else {
                return found;
            };
            match found {
                Some(found) if found < change.timestamp() => return Some(found),
                Some(_) | None => {}
            }
            offset = change.offset();
            from = just_before(change.timestamp(), offset)?;
        }
        None
    }

    /// Each civil time once.
    fn next_fixed(&self, after: Timestamp) -> Option<Timestamp> {
        let here = self.zone.to_datetime(after);
        let mut time = here
            .checked_sub(Span::new().hours(LONGEST_GAP_HOURS))
            .ok()?;
        let mut best: Option<Timestamp> = None;
        while let Some(next) = self.times.after(time) {
            // A time in a gap comes later than its name says; times that lie between the two come first.
            if best.is_some_and(|best| next > self.zone.to_datetime(best)) {
                break;
            }
            let at = self.zone.to_timestamp(next).ok()?;
            if at > after {
                best = Some(best.map_or(at, |best| best.min(at)));
            }
            time = next;
        }
        best
    }
}

/// The civil time one second before `at`, so that a search strictly after it includes `at`.
fn just_before(at: Timestamp, offset: Offset) -> Option<civil::DateTime> {
    let before = at.checked_sub(SignedDuration::from_secs(1)).ok()?;
    Some(offset.to_datetime(before))
}

impl Times {
    fn of(fields: &Fields) -> Result<Self, Mistake> {
        let minute = list(&fields.minute.values, 0);
        let hour = list(&fields.hour.values, 0);
        let month = list(&fields.month.values, 0);
        let day = list(&fields.day.values, 0);
        // The crate counts weekdays from 1, a Sunday.
        let weekday = list(&fields.weekday.values, 1);
        let schedule = |day: &str, weekday: &str| {
            let line = format!("0 {minute} {hour} {day} {month} {weekday}");
            cron::Schedule::from_str(&line).map_err(|error| Mistake {
                what: format!("this crontab line cannot be used: {error}"),
                hint: None,
            })
        };
        // Where both day fields name days, either is enough; a field that begins with `*` only narrows the other.
        let either = if fields.day.star || fields.weekday.star {
            vec![schedule(&day, &weekday)?]
        } else {
            vec![schedule(&day, "*")?, schedule("*", &weekday)?]
        };
        Ok(Self {
            either,
            throughout: fields.minute.star || fields.hour.star,
        })
    }

    /// The first civil time after `time`.
    fn after(&self, time: civil::DateTime) -> Option<civil::DateTime> {
        let seconds = Offset::UTC.to_timestamp(time).ok()?.as_second();
        let start: DateTime<Utc> = DateTime::from_timestamp(seconds, 0)?;
        let first = self
            .either
            .iter()
            .filter_map(|schedule| schedule.after(&start).next())
            .min()?;
        let first = Timestamp::from_second(first.timestamp()).ok()?;
        Some(Offset::UTC.to_datetime(first))
    }
}

/// `values` as the crate reads them.
fn list(values: &BTreeSet<u8>, shift: u8) -> String {
    let values: Vec<String> = values
        .iter()
        .map(|value| (value + shift).to_string())
        .collect();
    values.join(",")
}

#[cfg(test)]
#[path = "crontab_tests.rs"]
mod tests;
