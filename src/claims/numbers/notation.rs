//! What bare numerals may do beyond figures: one-letter scales, "one over twenty", "two out of five".

use rust_decimal::Decimal;

use super::{Form, Number, Numeral};
use crate::claims::lang::{NumberWord, cue};
use crate::claims::line::Line;

/// The numerals of a line as bare numbers.
pub(super) fn bare(line: &Line, numerals: &[Numeral]) -> Vec<Number> {
    let mut found = Vec::with_capacity(numerals.len());
    let mut next = 0;
    while let Some(numeral) = numerals.get(next) {
        next += 1;
        if super::is_no_number(line, numeral) || is_glued_to_letters(line, numeral) {
            continue;
        }
        let mut numeral = *numeral;
        with_letter_scale(line, &mut numeral);
        if let Some(joined) = numerals
            .get(next)
            .and_then(|other| quotient(line, &numeral, other))
        {
            numeral = joined;
            next += 1;
        }
        let (Some(first), Some(last)) = (
            line.tokens.get(numeral.first),
            line.tokens.get(numeral.last.saturating_sub(1)),
        ) else {
            continue;
        };
        found.push(Number {
            start: first.start,
            end: last.end,
            value: numeral.value,
            ordinal: numeral.form == Form::Ordinal,
        });
    }
    found
}

/// "the one", "this one", "which one", "no one", "one another".
pub(crate) fn is_article_or_pronoun(line: &Line, numeral: &Numeral) -> bool {
    if numeral.last != numeral.first + 1 || !line.is(numeral.first, cue::ONE) {
        return false;
    }
    if line.is(numeral.last, cue::UNIT | cue::CURRENCY) && !line.is(numeral.last, cue::SECOND) {
        return false;
    }
    let before = numeral.first.checked_sub(1).map_or("", |at| line.word(at));
    let ordinal_before = numeral.first > 0
        && matches!(
            line.lexicon.numbers.get(before),
            Some(NumberWord::SmallOrdinal(_) | NumberWord::TenOrdinal(_))
        );
    ordinal_before
        || line.is_before(numeral.first, cue::BEFORE_ONE)
        || line.is(numeral.last, cue::ONE_TAIL)
        || (line.is_mark(numeral.last, &['\'', '’']) && line.is(numeral.last + 1, cue::S))
}

/// "180.25ml", "4km": a number that is one with its unit is no bare numeral.
fn is_glued_to_letters(line: &Line, numeral: &Numeral) -> bool {
    let after = numeral.last;
    let letters = line.glued(after) && line.is_word(after) && letter_scale(line, numeral).is_none();
    let before = numeral.first > 0 && line.glued(numeral.first) && line.is_word(numeral.first - 1);
    letters || before
}

fn letter_scale(line: &Line, numeral: &Numeral) -> Option<Decimal> {
    if numeral.spelled
        || numeral.scale != Decimal::ONE
        || (line.glued(numeral.last + 1) && line.is_word(numeral.last + 1))
    {
        return None;
    }
    let power = match line.raw(numeral.last) {
        "K" => 3,
        "M" => 6,
        "G" | "g" | "B" => 9,
        "T" => 12,
        _ => return None,
    };
    (line.glued(numeral.last) || line.raw(numeral.last) == "G").then(|| NumberWord::power(power))
}

fn with_letter_scale(line: &Line, numeral: &mut Numeral) {
    if let Some(value) =
        letter_scale(line, numeral).and_then(|factor| numeral.value.checked_mul(factor))
    {
        numeral.value = value;
        numeral.last += 1;
    }
}

/// "one over twenty", "one out of three": both numbers as one.
fn quotient(line: &Line, top: &Numeral, bottom: &Numeral) -> Option<Numeral> {
    let over = line.is(top.last, cue::OVER) && bottom.first == top.last + 1;
    let out_of = line.signals_at(top.last, &[cue::OUT, cue::OF]) && bottom.first == top.last + 2;
    let bare = bottom.last >= line.len() || !line.is_word(bottom.last);
    let ends =
        top.form == Form::Cardinal && bottom.form == Form::Cardinal && bottom.value > Decimal::ZERO;
    let money = top.first > 0 && line.is_mark(top.first - 1, &['$', '€', '£']);
    let fits = (over && bare && !money) || (out_of && top.value.abs() <= bottom.value);
    if !fits || !ends || line.is(bottom.last, cue::UNIT) && over {
        return None;
    }
    Some(Numeral {
        value: top.value.checked_div(bottom.value)?,
        last: bottom.last,
        form: Form::Part,
        ..*top
    })
}
