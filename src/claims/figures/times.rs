//! Times of day, and race times in colons.

use rust_decimal::Decimal;

use super::{Draft, Reader};
use crate::claims::FigureKind;
use crate::claims::lang::cue;
use crate::claims::line::Line;
use crate::claims::numbers::Form;

/// "3:40 am", "0700 GMT", "04:17 local time", "9 pm", "2.13 am", "6pm".
pub(super) fn time(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let numeral = &reader.numerals[n];
    let at = numeral.first;
    if let Some(draft) = clock(reader, n) {
        return Some(draft);
    }
    if let Some(draft) = spoken(reader, n) {
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
    let joined = line.is_hyphen(last) || line.is(last, cue::TO | cue::AND | cue::OR);
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
    let oclock = line.is(numeral.last, cue::O)
        && line.is_mark(numeral.last + 1, &['\'', '’'])
        && line.is(numeral.last + 2, cue::CLOCK_WORD);
    oclock.then(|| Draft::new(at, numeral.last + 3, FigureKind::Time))
}

/// "By nine in the morning", "at eight this evening", "until five o'clock".
fn spoken(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let numeral = &reader.numerals[n];
    let hour = numeral.form == Form::Cardinal
        && numeral.value >= Decimal::ONE
        && numeral.value <= Decimal::from(12)
        && numeral.scale == Decimal::ONE
        && numeral.value.is_integer();
    if !hour {
        return None;
    }
    let last = numeral.last;
    let at_hour = line.is_before(
        numeral.first,
        cue::AT | cue::DEADLINE | cue::FROM | cue::ABOUT,
    );
    let part = |at: usize| line.is(at, cue::DAY_PART);
    let end = if line.signals_at(last, &[cue::IN, cue::THE]) && part(last + 2) {
        last + 3
    } else if line.is(last, cue::AT) && part(last + 1)
        || at_hour && line.is_word(last) && part(last + 1) && !line.is(last, cue::UNIT)
    {
        last + 2
    } else if line.is(last, cue::O) && line.is(last + 2, cue::CLOCK_WORD) {
        last + 3
    } else {
        return None;
    };
    Some(Draft::new(numeral.first, end, FigureKind::Time))
}

/// Where "am", "p.m." ends.
fn meridiem_end(line: &Line, at: usize) -> Option<usize> {
    if line.is(at, cue::MERIDIEM) {
        return Some(at + 1);
    }
    let spelled = line.is(at, cue::A | cue::P)
        && line.is_mark(at + 1, &['.'])
        && line.is(at + 2, cue::M)
        && line.glued(at + 1)
        && line.glued(at + 2);
    spelled.then(|| at + 3 + usize::from(line.is_mark(at + 3, &['.']) && line.glued(at + 3)))
}

/// Where a time zone, "local time" or "hours" ends.
fn zone_end(line: &Line, at: usize) -> Option<usize> {
    if line.signals_at(at, &[cue::LOCAL, cue::TIME]) {
        return Some(at + 2);
    }
    if line.is(at, cue::HRS)
        || (line.is(at, cue::HOURS) && line.is_digits(at - 1) && line.raw(at - 1).len() == 4)
    {
        return Some(at + 1);
    }
    let zone = line.is(at, cue::ZONE) && line.raw(at).chars().all(char::is_uppercase);
    let named = line.is(at + 1, cue::TIME) && line.is_capital(at);
    if zone || named {
        return Some(at + 1 + usize::from(named));
    }
    None
}

/// "finished in 41:12", "a personal best of 8:37": minutes and seconds where the text speaks of a race, or where no clock
/// goes that far.
fn raced(line: &Line, at: usize, after: usize, major: u32) -> bool {
    let taken = at > 0 && line.is(at - 1, cue::RUN_IN);
    let race = super::context::tokens_before(line, at, 20).any(|token| line.is(token, cue::RACE));
    let free = meridiem_end(line, after).is_none() && zone_end(line, after).is_none();
    free && race && (taken || (25..=200).contains(&major))
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
    let raced = !hours && !fraction && raced(line, at, after, major);
    if !hours && !fraction && !raced {
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
