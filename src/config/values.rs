//! Single values as people write them: lengths of time, percentages, amounts, words with a meaning.

use std::time::Duration;

use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use super::mistakes::{Wrong, nearest, quoted};
use crate::alert::render::template::{MAX_TEMPLATE_BYTES, PLACEHOLDERS};
use crate::alert::rules::Step;
use crate::compare::{ChangeKind, Severity};
use crate::deliver::email::{SubjectLine, SubjectStyle, Template};

/// The longest length of time that is taken seriously: ten years.
const LONGEST: Duration = Duration::from_secs(3653 * 86_400);

/// The longest text of a claim or tag, in bytes.
const MAX_TEXT_BYTES: usize = 1000;

/// Any text but an empty one.
pub(super) fn text(typed: &str) -> Result<String, Wrong> {
    if typed.is_empty() {
        return Err(Wrong::new(
            "this is empty",
            "write something, or leave the key out",
        ));
    }
    if typed.len() > MAX_TEXT_BYTES || typed.chars().any(char::is_control) {
        return Err(Wrong::new(
            format!(
                "{} is not one line of at most {MAX_TEXT_BYTES} bytes",
                quoted(typed)
            ),
            "shorten it to one line",
        ));
    }
    Ok(typed.to_owned())
}

/// `true` or `false`.
pub(super) fn truth(typed: &str) -> Result<bool, Wrong> {
    match typed {
        "true" | "True" => Ok(true),
        "false" | "False" => Ok(false),
        _ => Err(Wrong::new(
            format!("{} is neither true nor false", quoted(typed)),
            "write true or false",
        )),
    }
}

/// A whole number from `least` to `most`.
pub(super) fn count(typed: &str, least: u32, most: u32) -> Result<u32, Wrong> {
    match typed.parse::<u32>() {
        Ok(count) if (least..=most).contains(&count) => Ok(count),
        _ => Err(Wrong::new(
            format!(
                "{} is not a whole number from {least} to {most}",
                quoted(typed)
            ),
            format!("write a number such as {}", least.max(2)),
        )),
    }
}

/// A length of time: `10m`, `1h 30m`, `2 days`.
pub(super) fn length(typed: &str) -> Result<Duration, Wrong> {
    let wrong = || {
        Wrong::new(
            format!("{} is not a length of time", quoted(typed)),
            "write a number and a unit: 30s, 10m, 2h, 1d, 1w",
        )
    };
    let mut total = Duration::ZERO;
    let mut rest = typed;
    if rest.is_empty() {
        return Err(wrong());
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
        let number: u64 = rest[..digits].parse().map_err(|_| wrong())?;
        rest = rest[digits..].trim_start();
        let letters = rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len());
        let seconds = unit_seconds(&rest[..letters]).ok_or_else(wrong)?;
        rest = rest[letters..].trim_start();
        let part = Duration::from_secs(number.checked_mul(seconds).ok_or_else(wrong)?);
        total = total.checked_add(part).ok_or_else(wrong)?;
    }
    if total > LONGEST {
        return Err(Wrong::new(
            format!("{} is longer than ten years", quoted(typed)),
            "write a shorter time",
        ));
    }
    Ok(total)
}

fn unit_seconds(unit: &str) -> Option<u64> {
    match unit.to_ascii_lowercase().as_str() {
        "s" | "sec" | "second" | "seconds" => Some(1),
        "m" | "min" | "minute" | "minutes" => Some(60),
        "h" | "hour" | "hours" => Some(3600),
        "d" | "day" | "days" => Some(86_400),
        "w" | "week" | "weeks" => Some(604_800),
        _ => None,
    }
}

/// A length of time of at least a second.
pub(super) fn interval(typed: &str) -> Result<Duration, Wrong> {
    let length = length(typed)?;
    if length.is_zero() {
        return Err(Wrong::new(
            format!("{} is no time at all", quoted(typed)),
            "write at least 1s",
        ));
    }
    Ok(length)
}

/// A length of time, or `never`.
pub(super) fn interval_or_never(typed: &str) -> Result<Option<Duration>, Wrong> {
    if typed.eq_ignore_ascii_case("never") {
        return Ok(None);
    }
    interval(typed).map(Some)
}

/// A percentage above zero: `5%`, `2.5%`.
pub(super) fn percent(typed: &str) -> Result<Decimal, Wrong> {
    let number = typed.strip_suffix('%').map(str::trim_end);
    let number = number.filter(|number| is_plain_number(number));
    match number.and_then(|number| number.parse::<Decimal>().ok()) {
        Some(percent) if percent > Decimal::ZERO && percent <= Decimal::from(100_000) => {
            Ok(percent)
        }
        _ => {
            let hint = if is_plain_number(typed) {
                format!("write {typed}%")
            } else {
                "write a number above zero and a percent sign: 5%".to_owned()
            };
            Err(Wrong::new(
                format!("{} is not a percentage", quoted(typed)),
                hint,
            ))
        }
    }
}

/// A whole percentage from 0 to 100.
pub(super) fn whole_percent(typed: &str) -> Result<u32, Wrong> {
    let number = typed.strip_suffix('%').map(str::trim_end);
    match number.and_then(|number| number.parse::<u32>().ok()) {
        Some(percent @ 0..=100) => Ok(percent),
        _ => Err(Wrong::new(
            format!(
                "{} is not a whole percentage from 0% to 100%",
                quoted(typed)
            ),
            "write a number and a percent sign: 20%",
        )),
    }
}

/// `any`, or a percentage.
pub(super) fn step(typed: &str) -> Result<Step, Wrong> {
    if typed.eq_ignore_ascii_case("any") {
        return Ok(Step::Any);
    }
    percent(typed).map(Step::Percent).map_err(|wrong| Wrong {
        hint: Some("write any, or a percentage: 5%".into()),
        ..wrong
    })
}

fn is_plain_number(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(fraction)
}

/// An amount: `2.5 million`, `40000`, `-3.5`.
pub(super) fn amount(typed: &str) -> Result<Decimal, Wrong> {
    let wrong = || {
        Wrong::new(
            format!("{} is not an amount", quoted(typed)),
            "write a number, with thousand, million, billion or trillion if you like: 2.5 million",
        )
    };
    let split = typed
        .find(|c: char| c.is_ascii_alphabetic())
        .unwrap_or(typed.len());
    let (number, magnitude) = typed.split_at(split);
    let number = number.trim_end();
    let digits = ungrouped(number.strip_prefix('-').unwrap_or(number)).ok_or_else(wrong)?;
    if digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.") {
        return Err(Wrong::new(
            format!("{} begins with a zero", quoted(typed)),
            "in a list a comma separates entries: write 2500000 or \"2,500,000\"",
        ));
    }
    let value: Decimal = digits.parse().map_err(|_| wrong())?;
    let factor = magnitude_of(magnitude).ok_or_else(wrong)?;
    let value = value.checked_mul(factor).ok_or_else(wrong)?.normalize();
    Ok(if number.starts_with('-') {
        -value
    } else {
        value
    })
}

/// The number without the commas between groups of three digits, or `None` where it is not one.
fn ungrouped(number: &str) -> Option<String> {
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (number, None),
    };
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    if grouped && (first.is_empty() || first.len() > 3 || groups.any(|group| group.len() != 3)) {
        return None;
    }
    let digits = match fraction {
        Some(fraction) => format!("{}.{fraction}", whole.replace(',', "")),
        None => whole.replace(',', ""),
    };
    is_plain_number(&digits).then_some(digits)
}

fn magnitude_of(word: &str) -> Option<Decimal> {
    let power = match word.to_ascii_lowercase().as_str() {
        "" => 0,
        "thousand" | "k" => 3,
        "million" | "m" | "mn" => 6,
        "billion" | "b" | "bn" => 9,
        "trillion" | "tn" => 12,
        _ => return None,
    };
    Some(Decimal::from(10_u64.pow(power)))
}

/// A kind of change by its name.
pub(super) fn kind(typed: &str) -> Result<ChangeKind, Wrong> {
    let known = ChangeKind::ALL.map(ChangeKind::as_str);
    let found = ChangeKind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == typed);
    found.ok_or_else(|| unknown("kind of change", typed, &known))
}

/// A severity by its name.
pub(super) fn severity(typed: &str) -> Result<Severity, Wrong> {
    let all = Severity::ALL;
    let found = all.into_iter().find(|severity| severity.as_str() == typed);
    found.ok_or_else(|| unknown("severity", typed, &all.map(Severity::as_str)))
}

/// What mail subjects are: a word for one of ours, or a template.
pub(super) fn subject(typed: &str) -> Result<SubjectLine, Wrong> {
    match typed {
        "change" => Ok(SubjectLine::Style(SubjectStyle::Change)),
        "story" => Ok(SubjectLine::Style(SubjectStyle::Story)),
        _ if typed.contains("{{") => template(typed).map(SubjectLine::Template),
        _ => Err(unknown("subject", typed, &["change", "story"])),
    }
}

/// Text with placeholders.
pub(super) fn template(typed: &str) -> Result<Template, Wrong> {
    if typed.is_empty() || typed.len() > MAX_TEMPLATE_BYTES {
        return Err(Wrong::new(
            "a template is some text, at most 64 KiB of it",
            "write text with placeholders, such as {{summary}}",
        ));
    }
    Template::new(typed).map_err(|mistake| {
        let known = PLACEHOLDERS.iter().map(|(name, _)| *name);
        let meant = mistake
            .unknown
            .as_ref()
            .and_then(|name| nearest(name, known.clone()));
        let meant_words = meant.map_or_else(String::new, |name| {
            format!("; did you mean {{{{{name}}}}}?")
        });
        let hint = match (&mistake.unknown, meant) {
            (Some(_), None) => format!(
                "the placeholders are: {}",
                known.collect::<Vec<_>>().join(", ")
            ),
            (Some(_), Some(_)) => "docs/RECEIVERS.md lists the placeholders".to_owned(),
            (None, _) => "compare it with the example in config.yaml".to_owned(),
        };
        let line = mistake.line;
        Wrong::new(
            format!("line {line} of the template: {}{meant_words}", mistake.what),
            hint,
        )
    })
}

/// What is wrong with a word that is none of `known`.
pub(super) fn unknown(what: &str, typed: &str, known: &[&str]) -> Wrong {
    let meant = nearest(typed, known.iter().copied())
        .map_or_else(String::new, |word| format!("; did you mean `{word}`?"));
    Wrong::new(
        format!("unknown {what} {}{meant}", quoted(typed)),
        format!("one of: {}", known.join(", ")),
    )
}

/// A time zone by its IANA name.
pub(super) fn zone(typed: &str) -> Result<TimeZone, Wrong> {
    if let Ok(zone) = TimeZone::get(typed) {
        return Ok(zone);
    }
    let names: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.to_string())
        .collect();
    let meant = nearest(typed, names.iter().map(String::as_str))
        .map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
    Err(Wrong::new(
        format!("unknown time zone {}{meant}", quoted(typed)),
        "write a name such as Europe/Berlin, America/New_York or UTC",
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn lengths_of_time_read_as_people_write_them() {
        for (typed, seconds) in [
            ("90s", 90),
            ("10m", 600),
            ("10 minutes", 600),
            ("1h30m", 5400),
            ("1h 30m", 5400),
            ("2D", 172_800),
            ("1w", 604_800),
            ("0s", 0),
        ] {
            assert_eq!(length(typed).unwrap().as_secs(), seconds, "{typed}");
        }
        for typed in [
            "",
            "10",
            "m",
            "-5m",
            "1.5h",
            "10 parsecs",
            "99999999999999999999s",
            "11000d",
            "1h 30",
            "٣m",
        ] {
            assert!(length(typed).is_err(), "{typed}");
        }
        assert!(interval("0s").is_err());
        assert_eq!(interval_or_never("Never").unwrap(), None);
    }

    #[test]
    fn percentages_need_their_sign() {
        assert_eq!(percent("2.5%").unwrap(), Decimal::new(25, 1));
        assert_eq!(percent("5 %").unwrap(), Decimal::from(5));
        assert_eq!(percent("5").unwrap_err().hint.unwrap(), "write 5%");
        for typed in ["0%", "-5%", "%", "5%%", "1e3%", "999999%", "5,5%"] {
            assert!(percent(typed).is_err(), "{typed}");
        }
        assert_eq!(whole_percent("0%").unwrap(), 0);
        assert!(whole_percent("101%").is_err());
    }

    #[test]
    fn amounts_take_magnitudes_and_grouped_digits() {
        for (typed, value) in [
            ("40000", "40000"),
            ("2.5 million", "2500000"),
            ("2.5M", "2500000"),
            ("3 bn", "3000000000"),
            ("1,250,000", "1250000"),
            ("0.4", "0.4"),
            ("-3.50", "-3.5"),
        ] {
            assert_eq!(amount(typed).unwrap().to_string(), value, "{typed}");
        }
        for typed in [
            "",
            "million",
            "2 dozen",
            "1,25,000",
            "000",
            "1.2.3",
            "--1",
            "1e9",
            "99999999999999999999999999999 trillion",
        ] {
            assert!(amount(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_word_that_is_none_of_the_known_is_told_the_nearest() {
        assert_eq!(
            kind("figure_chnaged").unwrap_err().what,
            "unknown kind of change `figure_chnaged`; did you mean `figure_changed`?"
        );
        assert_eq!(severity("high").unwrap(), Severity::High);
        assert!(severity("High").is_err());
        assert!(zone("europe/zurich").is_ok());
    }
}
