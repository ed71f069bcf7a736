//! Measures in two units: "two hours and 41 minutes", "5 ft 2 in".

use rust_decimal::Decimal;

use super::Reader;
use super::quantity::Quantity;
use crate::claims::lang::cue;
use crate::claims::numbers::Form;

/// "two hours and 41 minutes", "5 ft 2 in", "6ft 2in": one figure in the larger unit.
pub(super) fn smaller_unit(reader: &Reader, found: &mut Quantity) {
    let line = reader.line;
    let Some(large) = found
        .unit
        .as_deref()
        .filter(|_| found.scale == Decimal::ONE)
    else {
        return;
    };
    let linked =
        line.is(found.last, cue::AND) || line.is_mark(found.last, &[',']) && line.glued(found.last);
    let Some(next) = reader.numeral_at(found.n + 1, found.last + usize::from(linked)) else {
        return;
    };
    let numeral = &reader.numerals[next];
    let small = match (large, line.word(numeral.last)) {
        ("foot", "in") => "inch",
        ("hour", "m") => "minute",
        ("minute", "s") => "second",
        (_, word) if line.is(numeral.last, cue::UNIT) => match line.lexicon.units.get(word) {
            Some(unit) => unit,
            None => return,
        },
        _ => return,
    };
    let steps: Option<i64> = match (large, small) {
        ("year", "month") | ("foot", "inch") => Some(12),
        ("week", "day") => Some(7),
        ("day", "hour") => Some(24),
        ("hour", "minute") | ("minute", "second") => Some(60),

        ("pound", "ounce") => Some(16),
        ("stone", "pound") => Some(14),
        _ => None,
    };
    let Some(steps) = steps.map(Decimal::from).filter(|steps| {
        numeral.value < *steps && numeral.form == Form::Cardinal && numeral.value > Decimal::ZERO
    }) else {
        return;
    };
    let large_is_hour = large == "hour";
    let comma = line.is_mark(found.last, &[',']);
    if comma && !matches!((large, small), ("hour", "minute") | ("minute", "second")) {
        return;
    }
    if let Some(value) = numeral
        .value
        .checked_div(steps)
        .and_then(|part| part.checked_add(found.value))
    {
        found.value = value;
        found.last = numeral.last + 1;
        found.n = next;
        seconds_after(reader, found, large_is_hour);
    }
}

/// "24 hours, 39 minutes and 35 seconds": the third part.
fn seconds_after(reader: &Reader, found: &mut Quantity, hours: bool) {
    let line = reader.line;
    let comma = usize::from(line.is_mark(found.last, &[',']));
    let linked = usize::from(line.is(found.last + comma, cue::AND));
    let Some(next) = reader
        .numeral_at(found.n + 1, found.last + comma + linked)
        .filter(|_| hours)
    else {
        return;
    };
    let numeral = &reader.numerals[next];
    let seconds = line.is(numeral.last, cue::SECONDS) && numeral.value < Decimal::from(60);
    let part = numeral
        .value
        .checked_div(Decimal::from(3600))
        .and_then(|part| part.checked_add(found.value));
    if let (true, Some(value)) = (seconds, part) {
        found.value = value;
        found.last = numeral.last + 1;
        found.n = next;
    }
}
