//! What is held back for a receiver, and until when: digests, quiet hours, and the most it takes in an hour.
//!
//! Times of the day are those of a crontab line: each comes once a day, also when the clocks change.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::alert::Alert;
use crate::compare::Severity;
use crate::schedule::Crontab;
use crate::store::{Hold, Why};

/// The longest stretch that is searched for the digest before one: no crontab line of days of the week has longer gaps.
const LONGEST_GAP: SignedDuration = SignedDuration::from_hours(8 * 24);

/// When a receiver is told.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Holding {
    /// The times at which changes are told together.
    pub digest: Option<Digest>,
    /// The hours in which little is told.
    pub quiet: Option<Quiet>,
    /// The most alerts in an hour; the surplus is told as one.
    pub max_per_hour: Option<u32>,
}

/// The times of a digest.
#[derive(Debug, Clone, PartialEq)]
pub struct Digest {
    /// Its times of day as typed.
    pub at: Vec<String>,
    /// Its days of the week as typed.
    pub days: String,
    /// Whether it is sent although nothing has changed.
    pub even_empty: bool,
    /// A crontab line for each time.
    pub lines: Vec<Crontab>,
}

/// Hours in which only what is severe is told at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Quiet {
    /// When they begin.
    pub from: Time,
    /// When they end, on the same day or the next.
    pub to: Time,
    /// What is less severe than this is held.
    pub hold_below: Severity,
    /// The end as a crontab line.
    pub end: Crontab,
}

impl Holding {
    /// Whether `alert` is held at `now`, and until when. Digests hold changes; quiet hours hold problems too.
    #[must_use]
    pub fn hold(&self, alert: &Alert, now: Timestamp) -> Option<Hold> {
        if alert.test {
            return None;
        }
        let of_watch = matches!(
            alert.kind.as_str(),
            "watch_failing" | "watch_recovered" | "delivery_failed"
        );
        let digest = self.digest.as_ref().filter(|_| !of_watch);
        if let Some(until) = digest.and_then(|digest| digest.next(now)) {
            return Some(Hold {
                why: Why::Digest,
                until,
            });
        }
        self.quiet_until(&alert.severity, now).map(|until| Hold {
            why: Why::Quiet,
            until,
        })
    }

    /// When the quiet hours end that hold what is of this severity; `None` where they do not.
    #[must_use]
    pub fn quiet_until(&self, severity: &str, now: Timestamp) -> Option<Timestamp> {
        let quiet = self.quiet.as_ref()?;
        let held = Severity::ALL
            .into_iter()
            .find(|known| known.as_str() == severity)
            .is_some_and(|severity| severity < quiet.hold_below);
        if held && quiet.is_at(now) {
            quiet.end.next(now)
        } else {
            None
        }
    }

    /// The time zone of the receiver, where one matters.
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        let line = match (&self.digest, &self.quiet) {
            (Some(digest), _) => digest.lines.first(),
            (None, Some(quiet)) => Some(&quiet.end),
            (None, None) => None,
        };
        line.map_or(TimeZone::UTC, |line| line.zone.clone())
    }
}

impl Digest {
    /// The first time of the digest after `now`.
    #[must_use]
    pub fn next(&self, now: Timestamp) -> Option<Timestamp> {
        self.lines.iter().filter_map(|line| line.next(now)).min()
    }

    /// The last time of the digest before `at`.
    #[must_use]
    pub fn before(&self, at: Timestamp) -> Option<Timestamp> {
        let mut time = at.checked_sub(LONGEST_GAP).ok()?;
        let mut last = None;
        while let Some(next) = self.next(time).filter(|next| *next < at) {
            last = Some(next);
            time = next;
        }
        last
    }

    /// The digest in words: `digest at 08:00 and 17:00, mon-fri`.
    #[must_use]
    pub fn words(&self) -> String {
        let days = if self.days == "*" {
            String::new()
        } else {
            format!(", {}", self.days)
        };
        format!("digest at {}{days}", self.at.join(" and "))
    }
}

impl Quiet {
    /// Whether it is quiet at `now`.
    fn is_at(&self, now: Timestamp) -> bool {
        let time = self.end.zone.to_datetime(now).time();
        if self.from < self.to {
            (self.from..self.to).contains(&time)
        } else {
            time >= self.from || time < self.to
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn line(line: &str, zone: &str) -> Crontab {
        Crontab::parse(line, TimeZone::get(zone).unwrap()).unwrap()
    }

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    fn of(kind: &str, severity: &str) -> Alert {
        let mut alert = crate::alert::test(Timestamp::UNIX_EPOCH);
        alert.test = false;
        alert.kind = kind.to_owned();
        alert.severity = severity.to_owned();
        alert
    }

    fn quiet(from: &str, to: &str, zone: &str) -> Holding {
        let to: Time = to.parse().unwrap();
        Holding {
            quiet: Some(Quiet {
                from: from.parse().unwrap(),
                to,
                hold_below: Severity::High,
                end: line(&format!("{} {} * * *", to.minute(), to.hour()), zone),
            }),
            ..Holding::default()
        }
    }

    fn digest(times: &[&str], days: &str, zone: &str) -> Holding {
        let cron = |time: &&str| {
            let (hour, minute) = time.split_once(':').unwrap();
            line(&format!("{minute} {hour} * * {days}"), zone)
        };
        Holding {
            digest: Some(Digest {
                at: times.iter().map(|time| (*time).to_owned()).collect(),
                days: days.to_owned(),
                even_empty: false,
                lines: times.iter().map(cron).collect(),
            }),
            ..Holding::default()
        }
    }

    fn until(holding: &Holding, alert: &Alert, now: &str) -> Option<String> {
        Some(holding.hold(alert, at(now))?.until.to_string())
    }

    #[test]
    fn quiet_hours_over_midnight_hold_what_is_not_severe_until_they_end() {
        let holding = quiet("22:00", "07:00", "UTC");
        let (medium, high) = (of("figure_changed", "medium"), of("figure_changed", "high"));
        let end = |time: &str| Some(time.to_owned());

        assert_eq!(until(&holding, &medium, "2026-03-10T21:59:59Z"), None);
        assert_eq!(
            until(&holding, &medium, "2026-03-10T22:00:00Z"),
            end("2026-03-11T07:00:00Z")
        );
        assert_eq!(
            until(&holding, &medium, "2026-03-11T06:59:00Z"),
            end("2026-03-11T07:00:00Z")
        );
        assert_eq!(until(&holding, &medium, "2026-03-11T07:00:00Z"), None);
        assert_eq!(until(&holding, &high, "2026-03-10T23:00:00Z"), None);
        assert!(
            until(
                &holding,
                &of("watch_failing", "medium"),
                "2026-03-10T23:00:00Z"
            )
            .is_some()
        );
    }

    #[test]
    fn quiet_hours_keep_to_the_clocks_on_the_wall_when_they_change() {
        let holding = quiet("22:00", "07:00", "Europe/Zurich");
        let low = of("figure_changed", "low");

        // In the night to 29 March 2026 the clocks go forward, in that to 25 October back.
        assert_eq!(
            until(&holding, &low, "2026-03-28T21:30:00Z").unwrap(),
            "2026-03-29T05:00:00Z"
        );
        assert_eq!(
            until(&holding, &low, "2026-10-24T21:30:00Z").unwrap(),
            "2026-10-25T06:00:00Z"
        );
    }

    #[test]
    fn a_digest_holds_changes_until_its_next_time_and_lets_trouble_pass() {
        let holding = digest(&["08:00", "17:00"], "mon-fri", "Europe/Zurich");
        let critical = of("statement_changed", "critical");

        // A Friday noon, and the evening of it.
        assert_eq!(
            until(&holding, &critical, "2026-03-13T11:00:00Z").unwrap(),
            "2026-03-13T16:00:00Z"
        );
        assert_eq!(
            until(&holding, &critical, "2026-03-13T16:00:00Z").unwrap(),
            "2026-03-16T07:00:00Z"
        );
        assert_eq!(
            until(
                &holding,
                &of("watch_failing", "medium"),
                "2026-03-13T11:00:00Z"
            ),
            None
        );
    }

    #[test]
    fn the_digest_before_one_is_found_over_a_weekend() {
        let digest = digest(&["08:00", "17:00"], "mon-fri", "UTC")
            .digest
            .unwrap();

        assert_eq!(
            digest.before(at("2026-03-16T08:00:00Z")),
            Some(at("2026-03-13T17:00:00Z"))
        );
        assert_eq!(digest.words(), "digest at 08:00 and 17:00, mon-fri");
    }
}
