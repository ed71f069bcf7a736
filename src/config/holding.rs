//! What is held back for a receiver: digests, quiet hours, the most in an hour; as typed, and resolved.

use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::compare::Severity;
use crate::deliver::Holding;
use crate::deliver::holding::{Digest, Quiet};
use crate::schedule::Crontab;

use super::desk::Desk;
use super::file::{File, Many, One};
use super::mistakes::{Mistakes, Wrong, quoted};
use super::receivers::needed;
use super::section::{At, Field, Section};
use super::values;
use super::yaml::Value;

/// The most alerts that people are sent in an hour, where nobody says otherwise.
const MAX_PER_HOUR: u32 = 30;

/// What quiet hours let pass, where nobody says otherwise.
const HOLD_BELOW: Severity = Severity::High;

/// The keys of a receiver that say what it is not told at once.
#[derive(Debug, Clone, Default)]
pub(super) struct TypedHolding {
    pub digest: One<TypedDigest>,
    pub quiet: One<TypedQuiet>,
    pub max_per_hour: One<u32>,
    pub timezone: One<TimeZone>,
}

/// The key `digest`.
#[derive(Debug, Clone)]
pub(super) struct TypedDigest {
    pub at: At<Vec<At<Time>>>,
    pub days: One<String>,
    pub empty: One<bool>,
}

/// The key `quiet`.
#[derive(Debug, Clone)]
pub(super) enum TypedQuiet {
    /// No quiet hours, whatever holds for others.
    Never,
    /// From one time of the day to another.
    Hours {
        from: At<Time>,
        to: At<Time>,
        hold_below: One<Severity>,
    },
}

impl TypedHolding {
    /// Reads the keys from among those of a receiver.
    pub fn read(section: &mut Section<'_>, notes: &mut Mistakes) -> Self {
        Self {
            digest: section
                .field("digest")
                .and_then(|field| digest(&field, notes)),
            quiet: section
                .field("quiet")
                .and_then(|field| quiet(&field, notes)),
            max_per_hour: section.value("max_per_hour", notes, |typed| {
                values::count(typed, 1, 100_000)
            }),
            timezone: section.value("timezone", notes, values::zone),
        }
    }
}

fn digest(field: &Field<'_>, notes: &mut Mistakes) -> One<TypedDigest> {
    let mut section = Section::open(field, notes)?;
    let at: Many<Time> = section.filled("at", notes, time);
    let days = section.value("days", notes, days);
    let empty = section.value("empty", notes, values::truth);
    let at = needed(at, "at", "write at: \"08:00\"", &section, notes);
    section.close(notes);
    Some(field.with(TypedDigest {
        at: at?,
        days,
        empty,
    }))
}

/// Reads the key `quiet`, of a receiver or of the whole file.
pub(super) fn quiet(field: &Field<'_>, notes: &mut Mistakes) -> One<TypedQuiet> {
    if matches!(&field.value.value, Value::Text(text) if text.eq_ignore_ascii_case("never")) {
        return Some(field.with(TypedQuiet::Never));
    }
    let mut section = Section::open(field, notes)?;
    let from = section.value("from", notes, time);
    let to = section.value("to", notes, time);
    let hold_below = section.value("hold_below", notes, values::severity);
    let from = needed(from, "from", "write from: \"22:00\"", &section, notes);
    let to = needed(to, "to", "write to: \"07:00\"", &section, notes);
    section.close(notes);
    let (from, to) = (from?, to?);
    if from.value == to.value {
        let wrong = Wrong::new(
            "quiet hours that end when they begin are none",
            "write two times of the day, or quiet: never",
        );
        to.wrong(notes, wrong);
        return None;
    }
    Some(field.with(TypedQuiet::Hours {
        from,
        to,
        hold_below,
    }))
}

/// A time of the day: `8:00`, `17:30`.
fn time(typed: &str) -> Result<Time, Wrong> {
    let number = |text: &str| {
        let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse::<i8>().ok()).flatten()
    };
    let parts = typed
        .split_once(':')
        .filter(|(_, minute)| minute.len() == 2);
    parts
        .and_then(|(hour, minute)| Time::new(number(hour)?, number(minute)?, 0, 0).ok())
        .ok_or_else(|| {
            Wrong::new(
                format!("{} is not a time of the day", quoted(typed)),
                "write hours and minutes: \"08:00\"",
            )
        })
}

/// Days of the week as crontab lines have them.
fn days(typed: &str) -> Result<String, Wrong> {
    let wrong = || {
        Wrong::new(
            format!("{} names no days of the week", quoted(typed)),
            "write for example mon-fri, or mon,wed,fri",
        )
    };
    if typed.contains(char::is_whitespace) {
        return Err(wrong());
    }
    match Crontab::parse(&format!("0 0 * * {typed}"), TimeZone::UTC) {
        Ok(_) => Ok(typed.to_owned()),
        Err(_) => Err(wrong()),
    }
}

/// What a receiver called `name` is not told at once. `people` says whether
/// people read it, who can take only so much.
pub(super) fn holding(
    name: &str,
    typed: &TypedHolding,
    file: &File,
    people: bool,
    desk: &mut Desk<'_>,
) -> Holding {
    let key = |of: &str| format!("notify.{name}.{of}");
    let everywhere = file.quiet.as_ref();
    let zone = typed.timezone.as_ref().or(file.defaults.timezone.as_ref());
    let zone = desk.optional(&key("timezone"), zone).unwrap_or_else(|| {
        desk.follows(&key("timezone"), "this machine's");
        desk.lookup.time_zone()
    });
    let zone = &zone;
    let given = typed.quiet.as_ref().or(everywhere);
    desk.came(&key("quiet"), given);
    desk.came(&key("digest"), typed.digest.as_ref());
    let most = desk.optional(&key("max_per_hour"), typed.max_per_hour.as_ref());
    Holding {
        digest: typed.digest.as_ref().map(|at| digest_of(&at.value, zone)),
        quiet: given.and_then(|at| quiet_of(&at.value, zone)),
        max_per_hour: most.or(people.then_some(MAX_PER_HOUR)),
    }
}

fn digest_of(typed: &TypedDigest, zone: &TimeZone) -> Digest {
    let days = typed
        .days
        .as_ref()
        .map_or_else(|| "*".to_owned(), |days| days.value.clone());
    let mut times: Vec<Time> = typed.at.value.iter().map(|at| at.value).collect();
    times.sort();
    times.dedup();
    Digest {
        at: times.iter().copied().map(shown).collect(),
        lines: times
            .iter()
            .filter_map(|time| line(*time, &days, zone))
            .collect(),
        even_empty: typed.empty.as_ref().is_some_and(|empty| empty.value),
        days,
    }
}

fn quiet_of(typed: &TypedQuiet, zone: &TimeZone) -> Option<Quiet> {
    match typed {
        TypedQuiet::Never => None,
        TypedQuiet::Hours {
            from,
            to,
            hold_below,
        } => Some(Quiet {
            from: from.value,
            to: to.value,
            hold_below: hold_below.as_ref().map_or(HOLD_BELOW, |below| below.value),
            end: line(to.value, "*", zone)?,
        }),
    }
}

/// A time of the day as the configuration writes it.
pub(super) fn shown(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

/// A crontab line of one time. The parts were checked when they were read.
fn line(time: Time, days: &str, zone: &TimeZone) -> Option<Crontab> {
    let line = format!("{} {} * * {days}", time.minute(), time.hour());
    Crontab::parse(&line, zone.clone()).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn times_of_the_day_read_as_people_write_them() {
        for (typed, read) in [("8:00", "08:00"), ("08:05", "08:05"), ("23:59", "23:59")] {
            assert_eq!(shown(time(typed).unwrap()), read);
        }
        for typed in [
            "24:00", "8", "8:0", "8:60", "noon", "08:00:00", "-1:00", "+8:00", ":30",
        ] {
            assert!(time(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn days_are_those_of_crontab_lines_and_nothing_more() {
        for typed in ["mon-fri", "mon,wed,fri", "*", "1-5", "sat"] {
            assert!(days(typed).is_ok(), "{typed}");
        }
        for typed in ["mon - fri", "weekdays", "0 0", "8", ""] {
            assert!(days(typed).is_err(), "{typed}");
        }
    }
}
