//! Units after a number: measures, percentages, durations, multiples, points.

use rust_decimal::Decimal;

use super::compound::smaller_unit;
use super::points::{half_hour, magnitude, points, share_before};
use super::quantity::Quantity;
use super::{Reader, context, rates};
use crate::claims::FigureKind;
use crate::claims::lang::{Table, cue};
use crate::claims::line::Line;
use crate::claims::numbers::Form;
use crate::claims::units::{self, Dimension};

/// The most words of a unit's or currency's name.
const MAX_WORDS: usize = 6;

/// The longest phrase of a table that starts at `at`, with its value and where it ends.
pub(super) fn longest(
    line: &Line,
    at: usize,
    table: &Table<&'static str>,
) -> Option<(&'static str, usize)> {
    let mut phrase = String::new();
    let mut best = None;
    for next in at..(at + MAX_WORDS).min(line.len()) {
        if next > at {
            // "sq. km" and "cu. ft" are the same words with a full stop.
            if line.is_mark(next, &['.']) && line.glued(next) && !line.is(at, cue::M) {
                continue;
            }
            if line.is_hyphen(next) && line.glued(next) && line.glued(next + 1) {
                continue;
            }
            phrase.push(' ');
        }
        phrase.push_str(line.word(next));
        if let Some(value) = table.get(phrase.as_str()) {
            best = Some((*value, next + 1));
        }
        if !line.is_word(next) && !line.is_mark(next, &['.']) {
            break;
        }
    }
    best
}

/// The unit written as a symbol at `at` and where it ends: "km", "km²", "°C", "MW".
pub(super) fn symbol(line: &Line, at: usize) -> Option<(String, usize)> {
    if line.is_mark(at, &['°', 'º', '˚']) {
        if matches!(line.raw(at + 1), "C" | "F" | "c" | "f")
            && !(line.glued(at + 2) && line.is_word(at + 2))
        {
            let name = if matches!(line.raw(at + 1), "C" | "c") {
                "celsius"
            } else {
                "fahrenheit"
            };
            return Some((name.to_owned(), at + 2));
        }
        return Some(("degree".to_owned(), at + 1));
    }
    if line.is_mark(at, &['%', '٪', '％']) {
        return Some(("percent".to_owned(), at + 1));
    }
    if line.is_mark(at, &['℃']) {
        return Some(("celsius".to_owned(), at + 1));
    }
    if !line.is_word(at) {
        return None;
    }
    let raw = line.raw(at);
    let power = line.is_mark(at + 1, &['²', '³']) && line.glued(at + 1);
    let digit = line.glued(at + 1)
        && matches!(line.raw(at + 1), "2" | "3")
        && !(line.glued(at + 2) && line.is_word(at + 2));
    let caret = line.is_mark(at + 1, &['^']) && matches!(line.raw(at + 2), "2" | "3");
    if power || digit || caret {
        let exponent = if caret { at + 2 } else { at + 1 };
        let sign = if matches!(line.raw(exponent), "2" | "²") {
            '²'
        } else {
            '³'
        };
        if let Some(name) = units::of_symbol(&format!("{raw}{sign}")) {
            return Some((name, exponent + 1));
        }
    }
    let inverse = line.is_mark(at + 1, &['−', '-', '⁻'])
        && line.glued(at + 1)
        && matches!(line.raw(at + 2), "1" | "¹")
        && line.glued(at + 2);
    if inverse {
        let name = units::of_symbol(raw)?;
        return Some((format!("inverse_{name}"), at + 3));
    }
    let name = units::of_symbol(raw)?;
    Some((name, at + 1))
}

/// The unit at `at`, as a symbol or a name.
fn unit_at(line: &Line, at: usize, found: &Quantity) -> Option<(String, usize)> {
    if line.is(at, cue::UNIT) {
        let exact = symbol(line, at).filter(|(_, last)| {
            *last > at + 1 || matches!(line.raw(at), "MB" | "Mb" | "Nm" | "PS" | "Gy")
        });
        if let Some(found) = exact {
            return Some(found);
        }
        if let Some((name, last)) = longest(line, at, &line.lexicon.units) {
            return Some((name.to_owned(), last));
        }
    }
    // "km/h" and "mb/s" have symbols of their own.
    let slashed = line.is_mark(at + 1, &['/'])
        && line.glued(at + 1)
        && line.glued(at + 2)
        && line.is_word(at + 2);
    if slashed {
        let joined = format!("{}/{}", line.raw(at), line.raw(at + 2));
        if let Some(name) = units::of_symbol(&joined) {
            return Some((name, at + 3));
        }
    }
    let glued = line.glued(at);
    let short = line.is_word(at) && line.raw(at).chars().count() == 1;
    let allowed = match line.raw(at) {
        "C" | "F" => single_degree(line, at),
        "b" => at + 1 >= line.len(),
        "s" | "h" | "t" => glued,
        "q" | "d" | "a" | "I" | "S" | "B" => glued && line.raw(at) == "B",
        "A" => glued || context::closes(line, at + 1) || line.is_mark(at + 1, &['/']),
        raw if line.lexicon.no_symbols.contains(&raw) => matches!(raw, "h" | "d") && glued,
        _ => true,
    };
    if !allowed || (short && line.is_mark(at + 1, &['\'', '’', '&'])) {
        return None;
    }
    if short
        && !glued
        && matches!(line.raw(at), "V" | "N" | "J" | "K" | "L" | "W")
        && line.is_mark(at + 1, &['.'])
        && at + 2 < line.len()
    {
        return None;
    }
    symbol(line, at).or_else(|| {
        let name = units::of_prefixed(line.word(at), |base| line.lexicon.units.get(base).copied())?;
        (found.kind != FigureKind::Fraction || line.word(at).len() > 4).then_some((name, at + 1))
    })
}

/// "12C", "100 F": a capital that touches its number or stands alone after it.
fn single_degree(line: &Line, at: usize) -> bool {
    !line.is_mark(at + 1, &['-', '/', '$', '&']) || !line.glued(at + 1)
}

/// Takes the unit after the number into the quantity.
pub(super) fn after(reader: &Reader, found: &mut Quantity) {
    let line = reader.line;
    let hyphen = usize::from(
        line.is_hyphen(found.last)
            && line.glued(found.last)
            && (line.glued(found.last + 1) || line.is_word(found.last + 1)),
    );
    let at = found.last + hyphen;
    if inches_and_quotes(line, found)
        || points(reader, found, at)
        || half_hour(reader, found)
        || magnitude(line, found)
    {
        return;
    }
    let bracket = usize::from(line.is_mark(at, &['<', '[']) && line.is_mark(at + 2, &['>', ']']));
    let Some((mut unit, mut last)) = unit_at(line, at + bracket, found) else {
        share_before(reader, found);
        return;
    };
    last += bracket;
    if !fits(reader, found, &unit, at + bracket, last) {
        return;
    }
    if matches!(unit.as_str(), "kilometer" | "meter" | "mile" | "foot")
        && line.is(last, cue::H)
        && line.glued(last)
    {
        last += 1;
    }
    let dimension = units::dimension(&unit);
    if let Some((below, end)) =
        rates::denominator(line, last).filter(|(below, _)| joins(line, dimension, below, last))
    {
        unit = format!("{unit}_per_{below}");
        last = end;
    }
    if dimension == Some(Dimension::Temperature) {
        spaced_minus(line, found);
    }
    if unit == "degree" && tells_an_angle(line, found.first, last) {
        "arc_degree".clone_into(&mut unit);
    }
    let per = unit.contains("_per_");
    found.kind = kind(&unit, dimension);
    if found.kind == FigureKind::Duration && per {
        found.kind = FigureKind::Measure;
    }
    found.unit = Some(unit);
    found.last = last;
    found.modifier = hyphen > 0;
    smaller_unit(reader, found);
}

/// "turned 180 degrees", "a 30-degree slope": degrees that are no temperature.
fn tells_an_angle(line: &Line, first: usize, last: usize) -> bool {
    context::tokens_before(line, first, 5).any(|token| line.is(token, cue::ANGLE))
        || (last..last + 3)
            .take_while(|&token| line.is_word(token))
            .any(|token| line.is(token, cue::ANGLE))
}

/// "- 20 degrees Celsius" after a word: a scale of temperature makes the lone hyphen a sign.
fn spaced_minus(line: &Line, found: &mut Quantity) {
    let first = found.first;
    let apart = first >= 2
        && line.is_mark(first - 1, &['-', '−'])
        && !line.glued(first)
        && !line.glued(first - 1)
        && line.is_word(first - 2);
    if apart && found.value > Decimal::ZERO && line.is(first - 2, cue::BEFORE_MINUS) {
        found.value = -found.value;
        found.first = first - 1;
    }
}

pub(super) fn kind(unit: &str, dimension: Option<Dimension>) -> FigureKind {
    match dimension {
        Some(Dimension::Share | Dimension::SharePoints) => FigureKind::Percent,
        Some(Dimension::Time) => FigureKind::Duration,
        Some(Dimension::Multiple) => FigureKind::Multiple,
        _ if unit == "second" => FigureKind::Duration,
        _ => FigureKind::Measure,
    }
}

/// Whether a denominator makes a unit of its own with the unit before.
fn joins(line: &Line, dimension: Option<Dimension>, below: &str, last: usize) -> bool {
    let article = line.is(last, cue::A_AN);
    match dimension {
        Some(Dimension::Share | Dimension::SharePoints | Dimension::Multiple) => false,
        Some(Dimension::Time) => units::dimension(below) == Some(Dimension::Time),
        _ if article => {
            units::dimension(below).is_some()
                || matches!(below, "head" | "person" | "share" | "capita")
        }
        _ => true,
    }
}

/// Whether this unit is meant, where the word has other meanings.
fn fits(reader: &Reader, found: &Quantity, unit: &str, at: usize, last: usize) -> bool {
    let line = reader.line;
    let numeral = &reader.numerals[found.n];
    // "up by half year on year": the year belongs to the comparison.
    let compares = line.is(last, cue::ON | cue::OVER) && line.word(last + 1) == line.word(at);
    if compares {
        return false;
    }
    if numeral.form == Form::Part && found.kind == FigureKind::Fraction {
        // "half an hour" is read elsewhere; "a third second" is no time; "1/4 mile", "½ cup" are measures.
        let written = !numeral.spelled
            || matches!(unit, "percent" | "percentage_point")
            || line.is_hyphen(at.saturating_sub(1))
            || numeral.article
            || !matches!(unit, "day" | "quarter" | "turn" | "times");
        return written && !line.is(at, cue::SECOND);
    }
    // "second" after a whole number in words is an ordinal unless it is one.
    if line.is(at, cue::SECOND) {
        return found.value == Decimal::ONE || numeral.places > 0 || line.is_hyphen(at - 1);
    }
    if line.is(at, cue::STONE) {
        return !line.is_capital(at) && found.value >= Decimal::from(5);
    }
    if line.is(at, cue::HOMONYM_UNIT) {
        return line.glued(at)
            || line.is_hyphen(at - 1)
            || found.value != Decimal::ONE && !context::is_plural(line, last) && unit != "bar";
    }
    if line.is(at, cue::SHORT_UNIT) {
        return !line.is_capital(at)
            || line.glued(at)
            || line.raw(at).chars().all(char::is_uppercase);
    }
    if line.is(at, cue::TIMES) {
        return found.kind != FigureKind::Fraction;
    }
    !line.is(at, cue::IN)
}

/// "8"", "6'2"", "30'": inches and feet after digits; "2 in." at the end of a phrase.
fn inches_and_quotes(line: &Line, found: &mut Quantity) -> bool {
    let at = found.last;
    let digits = line.is_digits(at.saturating_sub(1));
    let foot_mark = digits
        && line.glued(at)
        && (line.is_mark(at, &['′'])
            || line.is_mark(at, &['\'', '’'])
                && !line.letters_touch(at + 1)
                && !in_single_quotation(line, at));
    if foot_mark {
        found.unit = Some("foot".to_owned());
        found.kind = FigureKind::Measure;
        found.last = at + 1;
        inches_after(line, found);
        return true;
    }
    let inch_mark =
        line.is_mark(at, &['″']) || digits && line.is_mark(at, &['"']) && !in_quotation(line, at);
    let inch_word =
        line.is(at, cue::IN) && digits && !line.is_word(at + 1) && !line.is_digits(at + 1);
    if inch_mark || inch_word {
        found.unit = Some("inch".to_owned());
        found.kind = FigureKind::Measure;
        found.last = at + 1;
        return true;
    }
    false
}

/// The inches of "6'2"".
fn inches_after(line: &Line, found: &mut Quantity) {
    let at = found.last;
    let written = line.glued(at)
        && line.is_digits(at)
        && line.glued(at + 1)
        && line.is_mark(at + 1, &['"', '″', '”']);
    let inches = line
        .raw(at)
        .parse::<u8>()
        .ok()
        .filter(|inches| *inches < 12);
    if let (true, Some(inches)) = (written, inches) {
        found.value += Decimal::from(inches) / Decimal::from(12);
        found.last = at + 2;
    }
}

/// Whether a single quotation mark before `at` is still open, so that this one closes it.
fn in_single_quotation(line: &Line, at: usize) -> bool {
    (at.saturating_sub(80)..at).any(|token| {
        line.is_mark(token, &['\'', '‘', '’'])
            && line.tokens.get(token).is_some_and(|mark| mark.spaced)
            && line.glued(token + 1)
    })
}

/// Whether a straight quotation mark before `at` is still open, looking back over one long sentence at most.
fn in_quotation(line: &Line, at: usize) -> bool {
    let marks = (at.saturating_sub(80)..at)
        .filter(|&token| line.raw(token) == "\"")
        .count();
    marks % 2 == 1
}

/// Whether the words after a weight say what is weighed: "two pounds of flour".
pub(super) fn weighed(line: &Line, last: usize) -> bool {
    line.is(last, cue::OF) || line.is(last, cue::EXTENT | cue::COMPARED)
}
