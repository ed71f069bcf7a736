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

/// A gap of the clocks is shorter than this, moves of the date line aside; a civil time in one is looked for this far back.
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
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn crontab(line: &str, zone: &str) -> Crontab {
        Crontab::parse(line, TimeZone::get(zone).unwrap()).unwrap()
    }

    /// The first `count` times after `from`, as civil times with their offset.
    fn times(line: &str, zone: &str, from: &str, count: usize) -> Vec<String> {
        let crontab = crontab(line, zone);
        let mut at: Timestamp = from.parse().unwrap();
        let mut times = Vec::new();
        for _ in 0..count {
            at = crontab.next(at).unwrap();
            times.push(
                at.to_zoned(crontab.zone.clone())
                    .strftime("%a %d %b %H:%M %z")
                    .to_string(),
            );
        }
        times
    }

    fn mistake(line: &str) -> String {
        let mistake = Crontab::parse(line, TimeZone::UTC).unwrap_err();
        format!("{} | {}", mistake.what, mistake.hint.unwrap_or_default())
    }

    #[test]
    fn weekday_1_is_monday_and_0_and_7_are_sunday() {
        let from = "2026-11-22T12:00:00Z";

        assert_eq!(
            times("30 4 * * 1", "UTC", from, 1),
            ["Mon 23 Nov 04:30 +0000"]
        );
        assert_eq!(
            times("30 4 * * 0", "UTC", from, 1),
            ["Sun 29 Nov 04:30 +0000"]
        );
        assert_eq!(
            times("30 4 * * 7", "UTC", from, 1),
            ["Sun 29 Nov 04:30 +0000"]
        );
        assert_eq!(
            times("30 4 * * 5-7", "UTC", from, 4),
            [
                "Fri 27 Nov 04:30 +0000",
                "Sat 28 Nov 04:30 +0000",
                "Sun 29 Nov 04:30 +0000",
                "Fri 04 Dec 04:30 +0000"
            ]
        );
        assert_eq!(
            times("30 4 * * sun-sun", "UTC", from, 2),
            times("30 4 * * 0", "UTC", from, 2)
        );
        assert_eq!(
            times("30 4 * * fri-sun", "UTC", from, 4),
            times("30 4 * * 5-7", "UTC", from, 4)
        );
    }

    #[test]
    fn two_restricted_day_fields_mean_either_day() {
        let from = "2026-11-22T12:00:00Z";

        assert_eq!(
            times("30 4 1,15 * 5", "UTC", from, 3),
            [
                "Fri 27 Nov 04:30 +0000",
                "Tue 01 Dec 04:30 +0000",
                "Fri 04 Dec 04:30 +0000"
            ]
        );
    }

    #[test]
    fn a_day_field_that_begins_with_a_star_narrows_the_other() {
        let from = "2026-11-22T12:00:00Z";

        assert_eq!(
            times("30 4 */2 * 1", "UTC", from, 3),
            [
                "Mon 23 Nov 04:30 +0000",
                "Mon 07 Dec 04:30 +0000",
                "Mon 21 Dec 04:30 +0000"
            ]
        );
    }

    #[test]
    fn the_names_of_crontab_stand_for_their_lines() {
        let from = "2026-11-22T12:00:00Z";
        for (name, line) in [
            ("@hourly", "0 * * * *"),
            ("@daily", "0 0 * * *"),
            ("@midnight", "0 0 * * *"),
            ("@weekly", "0 0 * * sun"),
            ("@monthly", "0 0 1 * *"),
            ("@yearly", "0 0 1 jan *"),
            ("@annually", "0 0 1 1 *"),
        ] {
            assert_eq!(
                times(name, "UTC", from, 3),
                times(line, "UTC", from, 3),
                "{name}"
            );
        }
    }

    #[test]
    fn a_time_in_the_gap_of_spring_comes_later_that_day_and_only_once() {
        let from = "2027-03-13T12:00:00Z";

        assert_eq!(
            times("30 2 * * *", "America/New_York", from, 3),
            [
                "Sun 14 Mar 03:30 -0400",
                "Mon 15 Mar 02:30 -0400",
                "Tue 16 Mar 02:30 -0400"
            ]
        );
    }

    #[test]
    fn times_in_and_after_the_gap_come_in_order() {
        let from = "2027-03-14T06:00:00Z";

        assert_eq!(
            times("0,30 2,3 * * *", "America/New_York", from, 3),
            [
                "Sun 14 Mar 03:00 -0400",
                "Sun 14 Mar 03:30 -0400",
                "Mon 15 Mar 02:00 -0400"
            ]
        );
    }

    #[test]
    fn a_restart_inside_the_gap_loses_nothing() {
        // The clock went from 02:00 to 03:00 at 07:00 UTC; 02:30 means 03:30 today.
        let from = "2027-03-14T07:10:00Z";

        assert_eq!(
            times("30 2 * * *", "America/New_York", from, 1),
            ["Sun 14 Mar 03:30 -0400"]
        );
    }

    #[test]
    fn a_time_in_the_overlap_of_autumn_comes_once() {
        let from = "2026-10-31T12:00:00Z";

        assert_eq!(
            times("30 1 * * *", "America/New_York", from, 2),
            ["Sun 01 Nov 01:30 -0400", "Mon 02 Nov 01:30 -0500"]
        );
    }

    #[test]
    fn a_line_with_a_star_follows_real_time_through_the_overlap() {
        let from = "2026-11-01T04:59:00Z";

        assert_eq!(
            times("*/30 1-3 * * *", "America/New_York", from, 5),
            [
                "Sun 01 Nov 01:00 -0400",
                "Sun 01 Nov 01:30 -0400",
                "Sun 01 Nov 01:00 -0500",
                "Sun 01 Nov 01:30 -0500",
                "Sun 01 Nov 02:00 -0500"
            ]
        );
    }

    #[test]
    fn a_line_with_a_star_follows_real_time_through_the_gap() {
        let from = "2027-03-14T06:29:00Z";

        assert_eq!(
            times("*/30 * * * *", "America/New_York", from, 3),
            [
                "Sun 14 Mar 01:30 -0500",
                "Sun 14 Mar 03:00 -0400",
                "Sun 14 Mar 03:30 -0400"
            ]
        );
    }

    #[test]
    fn half_hour_changes_and_skipped_days_are_changes_of_the_clock_too() {
        assert_eq!(
            times(
                "45 1 * * *",
                "Australia/Lord_Howe",
                "2026-04-03T16:00:00Z",
                2
            ),
            ["Sun 05 Apr 01:45 +1100", "Mon 06 Apr 01:45 +1030"]
        );
        // Samoa had no 30 December 2011.
        assert_eq!(
            times("0 12 * * *", "Pacific/Apia", "2011-12-29T23:00:00Z", 2),
            ["Sat 31 Dec 12:00 +1400", "Sun 01 Jan 12:00 +1400"]
        );
    }

    #[test]
    fn a_mistake_says_what_is_wrong_and_what_to_write() {
        assert_eq!(
            mistake("0 */15 * * * *"),
            "a crontab line has five fields, this one has 6 fields | leave out the seconds and the year: minute hour day month weekday"
        );
        assert_eq!(
            mistake("61 * * * *"),
            "`61` in the minute is not a number from 0 to 59 | fields are minute, hour, day of the month, month, day of the week"
        );
        assert_eq!(
            mistake("*/90 * * * *"),
            "`*/90` in the minute: the step `90` is not a number from 1 to 60 | a step counts within its field; for longer intervals list the times, or use `every`"
        );
        assert_eq!(
            mistake("5/15 * * * *"),
            "`5/15` in the minute: a step needs a range | write `5-59/15`"
        );
        assert_eq!(
            mistake("0 22-6 * * *"),
            "`22-6` in the hour runs backwards | split it: `22-23,0-6`"
        );
        assert_eq!(
            mistake("0 0 30 2 *"),
            "`0 0 30 2 *` names a day that no month has | check the day of the month against the month"
        );
        assert!(mistake("0 0 L * *").contains("belong to other schedulers"));
        assert!(mistake("@reboot").starts_with("`@reboot` is not a time"));
        assert!(mistake("@fortnightly").starts_with("unknown schedule name `@fortnightly`"));
        assert!(mistake("").starts_with("a crontab line has five fields, this one has 0 fields"));
        assert!(mistake("0 0 * * funday").contains("nor a name from sun to sat"));
        for line in [
            "* * * *",
            "-1 * * * *",
            "1- * * * *",
            ", * * * *",
            "*/0 * * * *",
            "+5 * * * *",
            "1,,2 * * * *",
            "** * * * *",
            "1-2-3 * * * *",
            "٣ * * * *",
        ] {
            assert!(Crontab::parse(line, TimeZone::UTC).is_err(), "{line}");
        }
    }

    #[test]
    fn a_story_past_stop_after_is_not_checked_again() {
        let mut crontab = crontab("@hourly", "UTC");
        crontab.stop_after = Some(Duration::from_secs(60));

        assert!(
            crontab
                .next_for(Timestamp::UNIX_EPOCH, Some(Duration::from_secs(60)))
                .is_some()
        );
        assert_eq!(
            crontab.next_for(Timestamp::UNIX_EPOCH, Some(Duration::from_secs(61))),
            None
        );
    }
}
