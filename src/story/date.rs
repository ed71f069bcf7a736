//! Reads the dates pages give of themselves: their words, and the instant where the words give one.

use jiff::Timestamp;
use jiff::civil::{Date as CivilDate, DateTime};
use jiff::tz::Offset;

use super::{Date, line};

/// The longest text that is still a date.
const MAX_DATE_CHARS: usize = 80;

/// The date a text gives; nothing for an empty or overlong text.
///
/// A time without a zone is kept as words only: to guess the zone would shift it by up to a day.
///
/// ```
/// use claimwatch::story::date::read;
///
/// let date = read("2024-03-06T11:12:00+01:00").unwrap();
/// assert_eq!(date.at.unwrap().to_string(), "2024-03-06T10:12:00Z");
/// assert_eq!(read("2024-03-06").unwrap().at, None);
/// assert_eq!(read(" "), None);
/// ```
#[must_use]
pub fn read(text: &str) -> Option<Date> {
    let text = line(text);
    if text.is_empty() || text.chars().count() > MAX_DATE_CHARS {
        return None;
    }
    let at = instant(&text);
    Some(Date { text, at })
}

fn instant(text: &str) -> Option<Timestamp> {
    text.parse::<Timestamp>()
        .ok()
        .or_else(|| with_offset(text))
        .or_else(|| {
            jiff::fmt::rfc2822::parse(text)
                .ok()
                .map(|zoned| zoned.timestamp())
        })
        .or_else(|| unix(text))
}

/// ISO dates in the spellings that pages use: a space before the offset, `+0100` without a colon, `Z` after a space.
fn with_offset(text: &str) -> Option<Timestamp> {
    let text = text.trim_end_matches(" GMT").trim_end_matches(" UTC");
    let is_utc =
        text.ends_with('Z') || text.len() < text.trim_end().len() + 1 && text.ends_with("+00:00");
    let split = text
        .char_indices()
        .skip(11)
        .find(|(_, letter)| matches!(letter, '+' | '-' | 'Z'));
    let (local, offset) = match split {
        Some((at, _)) => (text[..at].trim(), text[at..].trim()),
        None => return None,
    };
    let local: DateTime = local.replacen(' ', "T", 1).parse().ok()?;
    let offset = if is_utc || offset == "Z" {
        Offset::UTC
    } else {
        offset_of(offset)?
    };
    offset.to_timestamp(local).ok()
}

/// `+01:00`, `+0100` or `+01`.
fn offset_of(text: &str) -> Option<Offset> {
    let sign: i32 = if text.starts_with('-') { -1 } else { 1 };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits.get(2..4).map_or(Some(0), |text| text.parse().ok())?;
    Offset::from_seconds(sign * (hours * 3_600 + minutes * 60)).ok()
}

/// Seconds or milliseconds since 1970, as scripts write them.
fn unix(text: &str) -> Option<Timestamp> {
    let number: i64 = text.parse().ok()?;
    match text.len() {
        10 => Timestamp::from_second(number).ok(),
        13 => Timestamp::from_millisecond(number).ok(),
        _ => None,
    }
}

/// The day a date text names, also where it gives no instant.
#[must_use]
pub fn day(date: &Date) -> Option<CivilDate> {
    date.text.get(..10)?.parse().ok()
}
