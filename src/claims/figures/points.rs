//! Points, parts of units and other measures whose unit is told by the words around them.

use rust_decimal::Decimal;

use super::measures::{kind, longest};
use super::quantity::Quantity;
use super::{Reader, context};
use crate::claims::FigureKind;
use crate::claims::lang::cue;
use crate::claims::line::Line;
use crate::claims::numbers::Form;
use crate::claims::units::{self, Dimension};

/// "3.1 points", "a quarter point", "46.8 points": percentage points, index points, or points that are counted.
pub(super) fn points(reader: &Reader, found: &mut Quantity, at: usize) -> bool {
    let line = reader.line;
    // "half a point": the article stands between.
    let at = at + usize::from(line.is(at, cue::A) && reader.numerals[found.n].form == Form::Part);
    if !line.is(at, cue::POINTS) || line.is(at + 1, cue::OF) && line.is(at + 2, cue::PRONOUN) {
        return false;
    }
    let numeral = &reader.numerals[found.n];
    let index = context::in_sentence(line, at, cue::INDEX)
        || reader
            .found
            .iter()
            .any(|draft| draft.kind == FigureKind::Index);
    let percent = reader
        .found
        .iter()
        .rev()
        .take(3)
        .any(|draft| draft.unit.as_deref() == Some("percent"));
    let rate = numeral.form == Form::Part || line.is(at + 1, cue::COMPARED);
    let poll = context::in_sentence(line, at, cue::POLL);
    let (unit, kind) = if index && (!percent || line.is_mark(at + 1, &[','])) {
        ("point", FigureKind::Index)
    } else if percent
        || poll && (numeral.places > 0 || rate || near_poll(line, at))
        || numeral.form == Form::Part
    {
        ("percentage_point", FigureKind::Percent)
    } else if index {
        ("point", FigureKind::Index)
    } else {
        return false;
    };
    found.unit = Some(unit.to_owned());
    found.kind = kind;
    // The article of "a quarter point" stays outside.
    if numeral.article && numeral.form == Form::Part {
        found.first = numeral.first + 1;
    }
    found.last = at + 1;
    true
}

fn near_poll(line: &Line, at: usize) -> bool {
    context::near_before(line, at, cue::POLL)
        || (at + 1..at + 5).any(|token| line.is(token, cue::POLL))
}

/// "half an hour", "quarter of an hour", "half a mile", "half-hour".
pub(super) fn half_hour(reader: &Reader, found: &mut Quantity) -> bool {
    let line = reader.line;
    let numeral = &reader.numerals[found.n];
    if numeral.form != Form::Part || !numeral.spelled {
        return false;
    }
    let of = usize::from(line.is(found.last, cue::OF));
    let article = found.last + of;
    if !line.is(article, cue::A_AN) || !line.is(article + 1, cue::UNIT) {
        return false;
    }
    let Some((unit, last)) = longest(line, article + 1, &line.lexicon.units) else {
        return false;
    };
    let dimension = units::dimension(unit);
    if dimension == Some(Dimension::Multiple) {
        return false;
    }
    found.kind = kind(unit, dimension);
    found.unit = Some(unit.to_owned());
    found.last = last;
    true
}

/// "a magnitude of 7.1", "magnitude 6.4".
pub(super) fn magnitude(line: &Line, found: &mut Quantity) -> bool {
    let of = usize::from(found.first > 0 && line.is(found.first - 1, cue::OF | cue::AT));
    let named = found.first > of && line.is(found.first - 1 - of, cue::MAGNITUDE)
        || found.first >= 2
            && line.is_hyphen(found.first - 1)
            && line.is(found.first - 2, cue::MAGNITUDE);
    let free = !line.is(found.last, cue::UNIT)
        && !line.is_mark(found.last, &['%'])
        && found.value < Decimal::from(12);
    if named && free {
        found.unit = Some("magnitude".to_owned());
        found.kind = FigureKind::Measure;
    }
    named && free
}

/// "a shooting percentage of 58.3": the word before tells the unit.
pub(super) fn share_before(reader: &Reader, found: &mut Quantity) {
    let line = reader.line;
    let named = found.first >= 2
        && line.is(found.first - 1, cue::OF)
        && line.is(found.first - 2, cue::PERCENT_NOUN);
    let bare = context::closes_or_goes_on(line, found.last)
        && found.value <= Decimal::ONE_HUNDRED
        && found.kind == FigureKind::Count;
    // "a life expectancy of 73": years.
    let years = found.value <= Decimal::ONE_HUNDRED
        && found.kind == FigureKind::Count
        && !context::is_plural(line, found.last);
    if years
        && context::tokens_before(line, found.first, 9).any(|token| line.is(token, cue::LIFETIME))
    {
        found.unit = Some("year".to_owned());
        found.kind = FigureKind::Duration;
        return;
    }
    if named && bare && !counted_before(reader, found.first) {
        found.unit = Some("percent".to_owned());
        found.kind = FigureKind::Percent;
    }
}

/// Whether a number with a unit ends two to four words before word `first`, as in "5 percent of 20".
fn counted_before(reader: &Reader, first: usize) -> bool {
    let numerals = &reader.numerals;
    let from = numerals.partition_point(|numeral| numeral.last + 4 < first);
    numerals[from..]
        .iter()
        .take_while(|numeral| numeral.last + 2 <= first)
        .any(|numeral| reader.line.is(numeral.last, cue::UNIT))
}
