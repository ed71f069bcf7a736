//! Dates, years, times of day, ordinals and the numbering of lists: numbers that are points, not quantities.

use rust_decimal::Decimal;

use super::{Draft, Reader, context, plain_integer};
use crate::claims::FigureKind;
use crate::claims::lang::cue;
use crate::claims::line::Line;
use crate::claims::numbers::Form;

/// "1." or "(2)" before an item.
pub(super) fn list_marker(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let numeral = &reader.numerals[n];
    let value = plain_integer(numeral).filter(|value| (1..100).contains(value))?;
    let (first, last) = (numeral.first, numeral.last);
    let opens = |at: usize| at == 0 || line.is_mark(at - 1, &[':', ';', '•', '·']);
    let word_follows = |at: usize| line.is_word(at) && !line.glued(at);
    let dot =
        line.is_mark(last, &['.']) && line.glued(last) && opens(first) && word_follows(last + 1);
    let continues = value > 1
        && dot_list(reader)
        && line.is_mark(last, &['.'])
        && line.opens_sentence(first)
        && word_follows(last + 1);
    if dot || continues {
        return Some(Draft::new(first, last + 1, FigureKind::List));
    }
    let bracket = line.is_mark(last, &[')']) && line.glued(last);
    let open = first > 0 && line.is_mark(first - 1, &['(']);
    let listed = open
        && bracket
        && (opens(first - 1)
            || line.is_before(first - 1, cue::CONJUNCTION)
            || line.is_mark(first.saturating_sub(2), &[',']));
    if listed && word_follows(last + 1) {
        return Some(Draft::new(first - 1, last + 1, FigureKind::List));
    }
    (bracket && !open && opens(first) && word_follows(last + 1))
        .then(|| Draft::new(first, last + 1, FigureKind::List))
}

fn dot_list(reader: &Reader) -> bool {
    reader
        .found
        .iter()
        .rev()
        .take(12)
        .any(|draft| draft.kind == FigureKind::List)
}

fn is_month(line: &Line, at: usize) -> bool {
    line.is(at, cue::MONTH) || (line.is(at, cue::MONTH_WORD) && line.is_capital(at))
}

/// Skips the full stop of "Sept.".
fn after_month(line: &Line, at: usize) -> usize {
    at + usize::from(line.is_mark(at, &['.']) && line.glued(at) && line.word(at - 1).len() <= 4)
}

fn is_day(line: &Line, at: usize) -> bool {
    line.is_digits(at)
        && line.raw(at).len() <= 2
        && line
            .raw(at)
            .parse()
            .is_ok_and(|day: u8| (1..=31).contains(&day))
        && !(line.is_mark(at + 1, &['.', ','])
            && line.glued(at + 1)
            && line.is_digits(at + 2)
            && line.glued(at + 2))
        && !line.is_mark(at + 1, &['%', ':'])
}

fn is_year(line: &Line, at: usize) -> bool {
    line.is_digits(at)
        && line.raw(at).len() == 4
        && line
            .raw(at)
            .parse()
            .is_ok_and(|year: u16| (1000..=2100).contains(&year))
        && !(line.glued(at + 1)
            && line.is_mark(at + 1, &[',', '.'])
            && line.is_digits(at + 2)
            && line.glued(at + 2))
}

/// The ordinal's ending after a day: "4th".
fn day_end(line: &Line, at: usize) -> usize {
    let suffix = line.glued(at + 1) && matches!(line.word(at + 1), "st" | "nd" | "rd" | "th");
    at + 1 + usize::from(suffix)
}

/// "May 2 to 5", "7 May 2021", "March 6, 2022", "June 2018", "Q3", "the 1970s", "24/12/2021".
pub(super) fn date(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let at = reader.numerals[n].first;
    numeric_date(line, at)
        .or_else(|| after_its_month(line, at))
        .or_else(|| before_its_month(line, at))
        .or_else(|| quarter(line, at))
        .or_else(|| decade(line, at))
        .map(|(first, last)| Draft::new(first, last, FigureKind::Date))
}

/// A month before the number: "May 2", "Sept. 11, 2001", "June 2018", "May 2 to June 5".
fn after_its_month(line: &Line, at: usize) -> Option<(usize, usize)> {
    let dot = at > 0 && line.is_mark(at - 1, &['.']);
    let mut month = at.checked_sub(1 + usize::from(dot))?;
    if line.is_mark(month, &[',']) && is_year(line, at) {
        month = month.checked_sub(1)?;
    }
    let the = line.word(month) == "the";
    month -= usize::from(the && month > 0);
    if !is_month(line, month) {
        return None;
    }
    if is_year(line, at) {
        return Some((month, at + 1));
    }
    if !is_day(line, at) {
        return None;
    }
    Some((month, days_end(line, day_end(line, at))))
}

/// Where a date goes on after its first day: another day, another month and day, a year.
fn days_end(line: &Line, mut last: usize) -> usize {
    let joins = |at: usize| {
        line.is_hyphen(at) || matches!(line.word(at), "to" | "and" | "through" | "until" | "or")
    };
    let day = joins(last) && is_day(line, last + 1);
    let end = day_end(line, last + 1);
    if day && (!line.is_word(end) || line.is_hyphen(last)) {
        last = end;
    } else if joins(last) && is_month(line, last + 1) {
        let day = after_month(line, last + 2);
        if is_day(line, day) {
            last = day_end(line, day);
        }
    } else if joins(last)
        && is_day(line, last + 1)
        && context::ends_phrase(line, day_end(line, last + 1))
        && line.word(last) == "to"
    {
        last = day_end(line, last + 1);
    }
    with_year(line, last)
}

fn with_year(line: &Line, last: usize) -> usize {
    let year = last + usize::from(line.is_mark(last, &[',']));
    let closed = is_year(line, year)
        && (year > last || !line.glued(year))
        && !context::is_plural(line, year + 1);
    if closed { year + 1 } else { last }
}

/// The number before a month: "7 May", "the 4th of May 2021", "2-5 May".
fn before_its_month(line: &Line, at: usize) -> Option<(usize, usize)> {
    if !is_day(line, at) {
        return None;
    }
    let mut month = day_end(line, at);
    let joins = line.is_hyphen(month) || matches!(line.word(month), "to" | "and");
    if joins && is_day(line, month + 1) {
        month = day_end(line, month + 1);
    }
    let of = line.word(month) == "of" && is_month(line, month + 1);
    month += usize::from(of);
    if !is_month(line, month) || line.glued(month) {
        return None;
    }
    // "May" and "March" after a number are months only with a capital, and "may" after a count is a verb anyway.
    let mut last = after_month(line, month + 1);
    if is_year(line, last) && !line.glued(last) {
        last += 1;
    } else {
        last = month + 1;
        last = with_year(line, last);
    }
    Some((at, last))
}

/// "24/12/2021", "2021-12-24", "22.10.2021".
fn numeric_date(line: &Line, at: usize) -> Option<(usize, usize)> {
    let shape = line.is_digits(at)
        && line.is_digits(at + 2)
        && line.is_digits(at + 4)
        && (1..=4).all(|offset| line.glued(at + offset))
        && line.raw(at + 1) == line.raw(at + 3)
        && line.is_mark(at + 1, &['/', '-', '.', '–']);
    if !shape || (line.glued(at) && line.is_mark(at - 1, &['-', '/', '.'])) {
        return None;
    }
    let lengths = [
        line.raw(at).len(),
        line.raw(at + 2).len(),
        line.raw(at + 4).len(),
    ];
    let fits = |at: usize, most: u16| {
        line.raw(at)
            .parse::<u16>()
            .is_ok_and(|value| (1..=most).contains(&value))
    };
    let days = |one: usize, other: usize| {
        fits(one, 31) && fits(other, 31) && (fits(one, 12) || fits(other, 12))
    };
    let year_last =
        matches!(lengths, [1 | 2, 1 | 2, 4]) && is_year(line, at + 4) && days(at, at + 2);
    let year_first = lengths == [4, 2, 2] && is_year(line, at) && days(at + 2, at + 4);
    let short = lengths == [2, 2, 2] && days(at, at + 2) && line.is_mark(at + 1, &['/', '.']);
    let closed = !(line.glued(at + 5)
        && line.is_mark(at + 5, &['.', '-'])
        && line.glued(at + 6)
        && line.is_digits(at + 6));
    ((year_last || year_first || short) && closed).then_some((at, at + 5))
}

/// "Q3", "Q3 2021", "3Q", "1H".
fn quarter(line: &Line, at: usize) -> Option<(usize, usize)> {
    let digit = line.is_digits(at)
        && line.raw(at).len() == 1
        && matches!(line.raw(at), "1" | "2" | "3" | "4");
    if !digit {
        return None;
    }
    let year = |last: usize| if is_year(line, last) { last + 1 } else { last };
    if line.glued(at) && matches!(line.raw(at - 1), "Q" | "H") && !line.letters_touch(at + 1) {
        return Some((at - 1, year(at + 1)));
    }
    (line.glued(at + 1) && matches!(line.raw(at + 1), "Q" | "H")).then(|| (at, year(at + 2)))
}

/// "the 1970s", "'90s", "mid-1980s".
fn decade(line: &Line, at: usize) -> Option<(usize, usize)> {
    let letter = line.glued(at + 1) && line.word(at + 1) == "s";
    let apostrophe =
        line.is_mark(at + 1, &['\'', '’']) && line.word(at + 2) == "s" && line.glued(at + 1);
    if !line.is_digits(at) || !(letter || apostrophe) || !line.raw(at).ends_with('0') {
        return None;
    }
    let last = at + 2 + usize::from(apostrophe);
    if is_year(line, at) {
        return Some((at, last));
    }
    // "a 90s classic", "the 60s": two digits of a decade, where no one's age is meant.
    let apostrophe = at > 0 && line.glued(at) && line.is_mark(at - 1, &['\'', '’', '‘']);
    if letter && line.raw(at).len() == 2 && !apostrophe {
        let owner = |at: usize| {
            matches!(
                line.word(at),
                "his" | "her" | "their" | "my" | "our" | "your" | "over" | "under"
            )
        };
        let aged = (1..=3).any(|back| at >= back && owner(at - back));
        let named = at > 0
            && (matches!(line.word(at - 1), "the" | "a" | "early" | "late" | "mid")
                || line.is_hyphen(at - 1));
        let degrees = matches!(line.word(last), "fahrenheit" | "celsius");
        return (named && !aged && !degrees).then_some((at, last));
    }
    let short = apostrophe && line.raw(at).len() == 2;
    short.then(|| (at - 1, last))
}

/// "3:40 am", "0700 GMT", "04:17 local time", "9 pm", "2.13 am", "6pm".
pub(super) fn time(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let numeral = &reader.numerals[n];
    let at = numeral.first;
    if let Some(draft) = clock(reader, n) {
        return Some(draft);
    }
    if !line.is_digits(at) {
        return None;
    }
    let hour = |at: usize, most: u8| line.raw(at).parse::<u8>().is_ok_and(|hour| hour <= most);
    // "0700 GMT", "1430 hours".
    let military = line.raw(at).len() == 4
        && numeral.last == at + 1
        && line
            .raw(at)
            .parse::<u16>()
            .is_ok_and(|time| time < 2400 && time % 100 < 60);
    if military && let Some(end) = zone_end(line, at + 1) {
        return Some(Draft::new(at, end, FigureKind::Time));
    }
    // "2.13 am", "9 pm", "6-7pm".
    let dotted =
        numeral.places == 2 && line.is_mark(at + 1, &['.']) && hour(at, 23) && hour(at + 2, 59);
    let plain = numeral.last == at + 1 && hour(at, 12) && line.raw(at).len() <= 2;
    if !dotted && !plain {
        return None;
    }
    let mut last = numeral.last;
    if let Some(end) = meridiem_end(line, last) {
        return Some(Draft::new(
            at,
            zone_end(line, end).unwrap_or(end),
            FigureKind::Time,
        ));
    }
    let joined = line.is_hyphen(last) || matches!(line.word(last), "to" | "and" | "or");
    if joined && line.is_digits(last + 1) && hour(last + 1, 12) {
        last += 2;
        if let Some(end) = meridiem_end(line, last) {
            return Some(Draft::new(
                at,
                zone_end(line, end).unwrap_or(end),
                FigureKind::Time,
            ));
        }
    }
    let oclock = line.word(numeral.last) == "o"
        && line.is_mark(numeral.last + 1, &['\'', '’'])
        && line.word(numeral.last + 2) == "clock";
    oclock.then(|| Draft::new(at, numeral.last + 3, FigureKind::Time))
}

/// Where "am", "p.m." ends.
fn meridiem_end(line: &Line, at: usize) -> Option<usize> {
    if matches!(line.word(at), "am" | "pm") {
        return Some(at + 1);
    }
    let spelled = matches!(line.word(at), "a" | "p")
        && line.is_mark(at + 1, &['.'])
        && line.word(at + 2) == "m"
        && line.glued(at + 1)
        && line.glued(at + 2);
    spelled.then(|| at + 3 + usize::from(line.is_mark(at + 3, &['.']) && line.glued(at + 3)))
}

/// Where a time zone, "local time" or "hours" ends.
fn zone_end(line: &Line, at: usize) -> Option<usize> {
    if line.phrase_at(at, &["local", "time"]) {
        return Some(at + 2);
    }
    if line.word(at) == "hrs"
        || (line.word(at) == "hours" && line.is_digits(at - 1) && line.raw(at - 1).len() == 4)
    {
        return Some(at + 1);
    }
    let zone = line.is(at, cue::ZONE) && line.raw(at).chars().all(char::is_uppercase);
    let named = line.word(at + 1) == "time" && line.is_capital(at);
    if zone || named {
        return Some(at + 1 + usize::from(named));
    }
    None
}

/// Times in colons: a time of day, or a race's duration in seconds.
fn clock(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let at = reader.numerals[n].first;
    let pair = |at: usize| {
        line.is_mark(at, &[':'])
            && line.glued(at)
            && line.is_digits(at + 1)
            && line.glued(at + 1)
            && line.raw(at + 1).len() == 2
    };
    if !line.is_digits(at) || !pair(at + 1) || (line.glued(at) && line.is_mark(at - 1, &[':'])) {
        return None;
    }
    let part = |at: usize| line.raw(at).parse::<u32>().ok();
    let (major, minor) = (part(at)?, part(at + 2).filter(|minor| *minor < 60)?);
    let hours = pair(at + 3);
    let after = if hours { at + 5 } else { at + 3 };
    let fraction = line.is_mark(after, &['.'])
        && line.glued(after)
        && line.is_digits(after + 1)
        && line.glued(after + 1);
    if !hours && !fraction {
        let end = meridiem_end(line, after)
            .or(Some(after))
            .map(|end| zone_end(line, end).unwrap_or(end))?;
        return (major < 25).then(|| Draft::new(at, end, FigureKind::Time));
    }
    if hours && (zone_end(line, after).is_some() || meridiem_end(line, after).is_some()) {
        let end = meridiem_end(line, after).unwrap_or(after);
        return Some(Draft::new(
            at,
            zone_end(line, end).unwrap_or(end),
            FigureKind::Time,
        ));
    }
    let seconds = if hours {
        u64::from(major) * 3600 + u64::from(minor) * 60 + u64::from(part(at + 4)?)
    } else {
        u64::from(major) * 60 + u64::from(minor)
    };
    let mut value = Decimal::from(seconds);
    let mut last = after;
    if fraction {
        let digits = line
            .raw(after + 1)
            .get(..line.raw(after + 1).len().min(6))?;
        value += Decimal::new(digits.parse().ok()?, u32::try_from(digits.len()).ok()?);
        last = after + 2;
    }
    let mut draft = Draft::of_value(at, last, FigureKind::Duration, value, value);
    draft.unit = Some("second".to_owned());
    super::ranges::finish(reader, &mut draft);
    Some(draft)
}

/// A bare number 1000 to 2100 that names a year, or a range of them.
pub(super) fn year(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let numeral = &reader.numerals[n];
    let at = numeral.first;
    plain_integer(numeral)?;
    if let Some((first, last)) = era(line, at) {
        return Some(Draft::new(first, last, FigureKind::Year));
    }
    if !is_year(line, at) || numeral.last != at + 1 {
        return short_year(line, at);
    }
    if at > 0 && line.glued(at) && line.is_mark(at - 1, &['$', '£', '€', '¥', '₹', '#'])
        || line.is_before(at, cue::CURRENCY) && !line.is_before(at, cue::VERB)
    {
        return None;
    }
    if let Some(last) = year_range_end(line, at) {
        return year_cue(reader, at, last).then(|| Draft::new(at, last, FigureKind::Year));
    }
    if line.is_mark(at + 1, &['%', '+', '°', '€', '$', '£'])
        || (line.glued(at + 1) && line.is_word(at + 1))
    {
        return None;
    }
    year_cue(reader, at, at + 1).then(|| Draft::new(at, at + 1, FigureKind::Year))
}

/// "A.D. 1000", "500 BC", "between A.D. 1000 and 1260".
fn era(line: &Line, at: usize) -> Option<(usize, usize)> {
    let dots = at >= 4
        && line.is_mark(at - 1, &['.'])
        && line.word(at - 2) == "d"
        && line.is_mark(at - 3, &['.'])
        && line.word(at - 4) == "a";
    let plain = at > 0 && line.raw(at - 1) == "AD";
    let joined = |last: usize| {
        if matches!(line.word(last), "to" | "and") && is_year(line, last + 1)
            || line.is_hyphen(last) && line.is_digits(last + 1)
        {
            last + 2
        } else {
            last
        }
    };
    if dots || plain {
        return Some((at, joined(at + 1)));
    }
    let last = joined(at + 1);
    if matches!(line.raw(last), "BC" | "AD" | "BCE" | "CE") {
        return Some((at, last + 1));
    }
    let dotted = line.raw(last) == "B"
        && line.is_mark(last + 1, &['.'])
        && line.raw(last + 2) == "C"
        && line.glued(last + 1);
    dotted.then(|| (at, last + 3 + usize::from(line.is_mark(last + 3, &['.']))))
}

/// "'98".
fn short_year(line: &Line, at: usize) -> Option<Draft> {
    let short = line.is_digits(at)
        && line.raw(at).len() == 2
        && at > 0
        && line.glued(at)
        && line.is_mark(at - 1, &['\'', '’', '‘'])
        && line.tokens[at - 1].spaced
        && !line.letters_touch(at + 1);
    short.then(|| Draft::new(at - 1, at + 1, FigureKind::Year))
}

/// "2008-09", "1990 and 2010", "1914 to 1918".
fn year_range_end(line: &Line, at: usize) -> Option<usize> {
    let joined = line.is_hyphen(at + 1) || line.is_mark(at + 1, &['/']);
    if joined && line.glued(at + 1) && line.glued(at + 2) && line.is_digits(at + 2) {
        let closed = !(line.glued(at + 3)
            && (line.is_word(at + 3) || line.is_mark(at + 3, &['%', '-'])))
            && !(line.is_mark(at + 3, &['.', ','])
                && line.glued(at + 3)
                && line.glued(at + 4)
                && line.is_digits(at + 4));
        let short = line.raw(at + 2).len() == 2;
        if closed && (short || is_year(line, at + 2) && line.raw(at + 2) > line.raw(at)) {
            return Some(at + 3);
        }
        return None;
    }
    let words =
        matches!(line.word(at + 1), "to" | "and" | "through" | "until") && is_year(line, at + 2);
    let paired = line.word(at + 1) != "and"
        || line.is_before(at, cue::YEAR) && line.word(at - 1) == "between";
    let later = line.raw(at + 2) > line.raw(at);
    let counted = context::is_plural(line, at + 3) || line.is(at + 3, cue::UNIT | cue::CURRENCY);
    (words && paired && later && !counted).then_some(at + 3)
}

/// Whether the surroundings say that a number is a year.
fn year_cue(reader: &Reader, at: usize, last: usize) -> bool {
    let line = reader.line;
    let value: u32 = line.raw(at).parse().unwrap_or(0);
    let modern = (1900..=2100).contains(&value);
    let before = at.checked_sub(1);
    let unit_follows = line.is(last, cue::UNIT | cue::CURRENCY) && !line.is(last, cue::EVENT);
    let range = last > at + 1;
    if unit_follows && !range {
        return false;
    }
    let definite = before.is_some_and(|before| line.is(before, cue::ARTICLE | cue::DETERMINER))
        || at >= 2 && line.is_mark(at - 2, &['\'', '’']) && line.word(at - 1) == "s";
    if context::is_plural(line, last) && !line.is_capital(last) && !range {
        // "2000 people" is a count, "the 2008 elections" and "2016 elections" are not.
        return modern && line.is(last, cue::EVENT) && value != 2000
            || definite && modern && line.is(last, cue::EVENT);
    }
    let season = before.is_some_and(|before| {
        line.is(
            before,
            cue::SEASON | cue::MONTH | cue::MONTH_WORD | cue::EARLY,
        )
    });
    let hyphen_early = at >= 2 && line.is_hyphen(at - 1) && line.is(at - 2, cue::EARLY);
    let cued = before.is_some_and(|before| line.is(before, cue::YEAR));
    let bounded = before.is_some_and(|before| {
        matches!(
            line.word(before),
            "about" | "around" | "up" | "over" | "than" | "least" | "some" | "nearly" | "almost"
        )
    });
    if bounded && !range {
        return false;
    }
    let tally = cued
        && line.word(at - 1) == "of"
        && at >= 2
        && line.is(at - 2, cue::TALLY)
        && !line.is_capital(at - 2);
    if season || hyphen_early || (cued && !tally) {
        return modern || !cued || old_year_cue(line, at, value);
    }
    let event = line.is(last, cue::EVENT)
        || line.is_capital(last) && line.is(last + 1, cue::EVENT)
        || line.is_capital(last);
    if definite {
        return modern || event;
    }
    let bracketed =
        before.is_some_and(|before| line.is_mark(before, &['('])) && context::closes(line, last);
    modern
        && (range
            || bracketed
            || before.is_none()
            || !line.is(last, cue::TOLL) && standing_alone(line, at, last))
}

/// Whether the word before an older year tells of a year, and not of how many: "in 1848", but "to 1200", "of 1500".
fn old_year_cue(line: &Line, at: usize, value: u32) -> bool {
    let word = line.word(at.wrapping_sub(1));
    let round = value.is_multiple_of(100)
        && matches!(word, "of" | "by" | "from" | "for" | "about" | "around");
    let change = word == "by" && context::near_before(line, at, cue::CHANGE);
    word != "to" && !round && !change
}

/// Whether a modern year stands where a count would need a noun: at the end, before a capital, after a capital.
fn standing_alone(line: &Line, at: usize, last: usize) -> bool {
    let label = at > 0 && line.is_capital(at - 1) && !line.opens_sentence(at - 1);
    let verb = at > 0 && line.is(at - 1, cue::AUXILIARY | cue::TALLY);
    !verb
        && (context::closes(line, last)
            || line.is_capital(last)
            || label
            || line.is(
                last,
                cue::EVENT | cue::AUXILIARY | cue::PREPOSITION | cue::CONJUNCTION,
            )
            || line.is_word(last))
}

/// "first", "12th", "second": a place in an order.
pub(super) fn ordinal(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let numeral = &reader.numerals[n];
    let third_person =
        numeral.form == Form::Part && is_ordinal_after_article(line, numeral.first, numeral.last);
    if numeral.form != Form::Ordinal && !third_person {
        return None;
    }
    // "seconds" and "a second" are times.
    if line.word(numeral.first) == "second"
        && line.is_before(numeral.first, cue::NUMBER)
        && !line.is_before(numeral.first, cue::ARTICLE)
    {
        return None;
    }
    let first = numeral.first + usize::from(line.is(numeral.first, cue::ARTICLE));
    let value = if third_person {
        Decimal::ONE
            .checked_div(numeral.value)
            .map(|value| value.round())
    } else {
        Some(numeral.value)
    };
    let mut draft = Draft::new(first, numeral.last, FigureKind::Ordinal);
    draft.low = value;
    draft.high = value;
    draft.noun = super::nouns::text(
        line,
        super::nouns::head(line, numeral.last, super::nouns::Number::One),
    );
    Some(draft)
}

/// "a third man": an ordinal; "a third of them", "a third the rate", "a third less": parts.
fn is_ordinal_after_article(line: &Line, first: usize, last: usize) -> bool {
    let article = line.word(first) == "a"
        && last == first + 2
        && !matches!(line.word(first + 1), "half" | "quarter");
    let noun = line.is_word(last)
        && !context::ends_phrase(line, last)
        && !line.is(last, cue::COMPARED | cue::VERB | cue::DETERMINER)
        && !context::is_plural(line, last);
    article && noun
}
