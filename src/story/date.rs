//! Reads the dates pages give of themselves: their words, and the instant where the words give one.

use jiff::Timestamp;
use jiff::civil::DateTime;
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

/// ISO dates in the spellings that pages use: a space before the time or the offset, `+0100` without a colon, `UTC`.
fn with_offset(text: &str) -> Option<Timestamp> {
    let text = text
        .strip_suffix("GMT")
        .or_else(|| text.strip_suffix("UTC"))
        .map_or_else(|| text.to_owned(), |start| format!("{}Z", start.trim_end()));
    // The first ten characters are the date, whose hyphens are none of an offset.
    let at = 10 + text.get(10..)?.find(['+', '-', 'Z'])?;
    let local: DateTime = text[..at].trim().replacen(' ', "T", 1).parse().ok()?;
    offset_of(text[at..].trim())?.to_timestamp(local).ok()
}

/// `Z`, `+01:00`, `+0100` or `+01`.
fn offset_of(text: &str) -> Option<Offset> {
    if text == "Z" {
        return Some(Offset::UTC);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_common_spelling_gives_the_same_instant() {
        for text in [
            "2024-03-06T11:12:00Z",
            "2024-03-06T12:12:00+01:00",
            "2024-03-06T12:12:00+0100",
            "2024-03-06 12:12:00 +0100",
            "2024-03-06 11:12:00 UTC",
            "2024-03-06T06:12:00-05",
            "2024-03-06T11:12:00.000Z",
            "Wed, 06 Mar 2024 11:12:00 GMT",
            "1709723520",
            "1709723520000",
        ] {
            let date = read(text).unwrap();

            assert_eq!(
                date.at.map(|at| at.to_string()).as_deref(),
                Some("2024-03-06T11:12:00Z"),
                "{text}"
            );
            assert_eq!(date.text, text);
        }
    }

    #[test]
    fn a_time_without_a_zone_is_kept_as_words() {
        for text in [
            "2024-03-06",
            "2024-03-06T11:12:00",
            "March 6, 2024",
            "gestern",
            "é2024-03-06éé+",
        ] {
            assert_eq!(read(text).unwrap().at, None, "{text}");
        }
    }
}
