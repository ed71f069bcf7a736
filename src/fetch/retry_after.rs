//! Reads `Retry-After`, in seconds or as a date.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use super::limits::MAX_RETRY_AFTER;

/// How long the server asks to be left alone, at most a day; `None` where it does not say, or says nothing usable.
pub(crate) fn retry_after(header: &str, now: Timestamp) -> Option<Duration> {
    let header = header.trim();
    let wait = if !header.is_empty() && header.bytes().all(|b| b.is_ascii_digit()) {
        // A number too large to read is a wish to be left alone for long, not a typing mistake.
        Duration::from_secs(header.parse().unwrap_or(u64::MAX))
    } else {
        // The date alone decides: a wrong weekday is the server's slip, not another day.
        let dates = DateTimeParser::new().relaxed_weekday(true);
        let until = dates.parse_timestamp(header).ok()?;
        Duration::try_from(until.duration_since(now)).ok()?
    };
    // "At once" after a refusal tells nothing; the caller's own backoff is kinder.
    (!wait.is_zero()).then_some(wait.min(MAX_RETRY_AFTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(header: &str) -> Option<u64> {
        let now: Timestamp = "1994-11-06T08:49:00Z".parse().unwrap();
        retry_after(header, now).map(|wait| wait.as_secs())
    }

    #[test]
    fn a_rest_is_asked_for_in_seconds_or_by_date() {
        assert_eq!(read("120"), Some(120));
        assert_eq!(read(" 7 "), Some(7));
        assert_eq!(read("Sun, 06 Nov 1994 08:49:37 GMT"), Some(37));
    }

    #[test]
    fn a_rest_lasts_a_day_at_most() {
        assert_eq!(read("99999999999999999999"), Some(86_400));
        assert_eq!(read("86401"), Some(86_400));
        assert_eq!(read("Sun, 06 Nov 2094 08:49:37 GMT"), Some(86_400));
    }

    #[test]
    fn a_rest_that_is_over_or_unreadable_is_none() {
        for header in [
            "",
            "0",
            "soon",
            "-5",
            "1.5",
            "5 s",
            "Sun, 06 Nov 1994 08:48:59 GMT",
            "Sun, 99 Nov 1994",
        ] {
            assert_eq!(read(header), None, "{header}");
        }
    }
}
