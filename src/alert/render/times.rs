//! Times as people read them, always in UTC.

use jiff::{Timestamp, tz::TimeZone};

/// A day and a time: `9 Mar 15:10`.
///
/// ```
/// use claimwatch::alert::render::times::short;
/// assert_eq!(short("2022-03-09T15:10:07Z".parse().expect("a time")), "9 Mar 15:10");
/// ```
#[must_use]
pub fn short(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC)
        .strftime("%-d %b %H:%M")
        .to_string()
}

/// The time of day: `15:10`.
#[must_use]
pub fn clock(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%H:%M").to_string()
}

/// A day with its year, and a time: `9 Mar 2022 15:10`.
#[must_use]
pub fn dated(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC)
        .strftime("%-d %b %Y %H:%M")
        .to_string()
}

/// `at` as it reads in an alert of `now`: with the year where that is another one.
#[must_use]
pub fn beside(at: Timestamp, now: Timestamp) -> String {
    let zoned = at.to_zoned(TimeZone::UTC);
    if zoned.year() == now.to_zoned(TimeZone::UTC).year() {
        short(at)
    } else {
        dated(at)
    }
}

/// Two times as they read in an alert of `now`, each part said once: `9 Mar 15:10 to 11 Mar 13:35`, `9 Mar 15:10 to 16:40`.
///
/// ```
/// use claimwatch::alert::render::times::span;
/// let [from, to] = ["2022-03-09T15:10:07Z", "2022-03-09T16:40:00Z"].map(|at| at.parse().expect("a time"));
/// assert_eq!(span(from, to, "to", to), "9 Mar 15:10 to 16:40");
/// ```
#[must_use]
pub fn span(from: Timestamp, to: Timestamp, joined_by: &str, now: Timestamp) -> String {
    let (first, last) = (beside(from, now), beside(to, now));
    let day = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
    if first == last {
        first
    } else if day(from) == day(to) {
        format!("{first} {joined_by} {}", clock(to))
    } else {
        format!("{first} {joined_by} {last}")
    }
}

/// How long it is from one time to another: `2 h 10 min`, `3 days`.
///
/// ```
/// use claimwatch::alert::render::times::between;
/// let start = jiff::Timestamp::UNIX_EPOCH;
/// assert_eq!(between(start, start + jiff::SignedDuration::from_mins(130)), "2 h 10 min");
/// ```
#[must_use]
pub fn between(from: Timestamp, to: Timestamp) -> String {
    let minutes = to.duration_since(from).as_mins().max(0);
    match (minutes / 60, minutes % 60) {
        (hours, _) if hours >= 48 => format!("{} days", hours / 24),
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}
