//! Ratios: "one in five", "eight out of ten", "35 cases per 100,000 people".

use rust_decimal::Decimal;

use super::{Draft, Reader, context, nouns, ranges};
use crate::claims::FigureKind;
use crate::claims::lang::cue;
use crate::claims::numbers::Form;

/// A ratio that starts with numeral `n`.
pub(super) fn ratio(reader: &Reader, n: usize) -> Option<Draft> {
    one_in_so_many(reader, n)
        .or_else(|| one_of_them_in(reader, n))
        .or_else(|| per_so_many(reader, n))
        .or_else(|| so_many_to_one(reader, n))
}

/// "a ratio of 8 to 1", "outnumbered three to one": how many there are for each.
fn so_many_to_one(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let top = &reader.numerals[n];
    let linked = line.is(top.last, cue::TO);
    let bottom = &reader.numerals[reader.numeral_at(n + 1, top.last + 1).filter(|_| linked)?];
    let counts = |numeral: &crate::claims::numbers::Numeral| {
        numeral.form == Form::Cardinal
            && numeral.scale == Decimal::ONE
            && numeral.value > Decimal::ZERO
            && !numeral.article
    };
    let told = context::tokens_before(line, top.first, 10).any(|token| line.is(token, cue::ODDS));
    let closed = !line.is(bottom.last, cue::UNIT | cue::CURRENCY);
    if !(told && closed && counts(top) && counts(bottom)) || line.is_before(top.first, cue::FROM) {
        return None;
    }
    let value = top.value.checked_div(bottom.value)?;
    let mut draft = Draft::of_value(top.first, bottom.last, FigureKind::Ratio, value, value);
    ranges::finish(reader, &mut draft);
    Some(draft)
}

fn one_in_so_many(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let top = &reader.numerals[n];
    let rating = line.signals_at(top.last, &[cue::OUT, cue::OF])
        && matches!(line.raw(top.last + 2), "5" | "10");
    if top.form != Form::Cardinal
        || !(top.value.is_integer() || rating)
        || top.value <= Decimal::ZERO
        || top.scale != Decimal::ONE
    {
        return None;
    }
    let hyphenated = line.is_hyphen(top.last)
        && line.is(top.last + 1, cue::IN)
        && line.is_hyphen(top.last + 2)
        && line.glued(top.last + 3);
    let words = if line.is(top.last, cue::IN) {
        1
    } else if hyphenated {
        3
    } else if line.signals_at(top.last, &[cue::OUT, cue::OF])
        || line.signals_at(top.last, &[cue::OF, cue::EVERY])
    {
        2
    } else {
        return None;
    };
    let out_of = words == 2;
    let every = usize::from(line.is(top.last + words, cue::EVERY));
    let start = words + every;
    let bottom = &reader.numerals[reader.numeral_at(n + 1, top.last + start)?];
    let whole =
        bottom.form == Form::Cardinal && bottom.value.is_integer() && bottom.value > top.value;
    // "three in 2019", "12 in two weeks", "20 in 56 cities" are no ratios.
    let one = top.value == Decimal::ONE;
    let small = bottom.value <= Decimal::TEN
        || bottom.value == Decimal::ONE_HUNDRED
        || bottom.value == Decimal::from(20)
        || bottom.value == Decimal::ONE_THOUSAND;
    let year = bottom.is_plain_integer() && bottom.digits == 4 && !one;
    let unit = line.is(bottom.last, cue::UNIT) && !line.is(bottom.last, cue::PEOPLE)
        || line.is_mark(bottom.last, &['%']);
    let plain = if out_of {
        !unit
    } else {
        (one || small) && !unit && !year
    };
    if !whole || !plain {
        return None;
    }
    let value = top.value.checked_div(bottom.value)?;
    let mut draft = Draft::of_value(top.first, bottom.last, FigureKind::Ratio, value, value);
    ranges::finish(reader, &mut draft);
    let noun = nouns::after_of(line, bottom.last, nouns::Number::Many)
        .or_else(|| nouns::counted(line, bottom.last, nouns::Number::Many));
    draft.noun = nouns::text(line, noun);
    Some(draft)
}

/// "One rider in nine", "one child in every five": the noun stands inside the ratio.
fn one_of_them_in(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let top = &reader.numerals[n];
    let noun = top.last;
    let of_one = top.spelled && top.value == Decimal::ONE && top.last == top.first + 1;
    let named = line.is_word(noun)
        && !context::ends_phrase(line, noun)
        && !line.is(noun, cue::UNIT | cue::CURRENCY)
        && line.is(noun + 1, cue::IN);
    if !of_one || !named {
        return None;
    }
    let every = usize::from(line.is(noun + 2, cue::EVERY));
    let bottom = &reader.numerals[reader.numeral_at(n + 1, noun + 2 + every)?];
    let whole = bottom.form == Form::Cardinal
        && bottom.value.is_integer()
        && bottom.value > Decimal::ONE
        && (bottom.spelled || bottom.value <= Decimal::ONE_HUNDRED)
        && context::closes_or_verb(line, bottom.last);
    if !whole {
        return None;
    }
    let value = Decimal::ONE.checked_div(bottom.value)?;
    let mut draft = Draft::of_value(top.first, bottom.last, FigureKind::Ratio, value, value);
    ranges::finish(reader, &mut draft);
    draft.noun = Some(line.raw(noun).to_owned());
    Some(draft)
}

/// "35 cases per 100,000 people", "12.3 deaths per 1,000 births".
fn per_so_many(reader: &Reader, n: usize) -> Option<Draft> {
    let line = reader.line;
    let top = &reader.numerals[n];
    if top.form != Form::Cardinal {
        return None;
    }
    let per = (top.last..top.last + 4).find(|&at| {
        line.is(at, cue::PER | cue::FOR) || line.signals_at(at, &[cue::IN, cue::EVERY])
    })?;
    let words = (top.last..per).all(|at| {
        line.is_word(at)
            && !context::ends_phrase(line, at)
            && !line.is(at, cue::UNIT | cue::CURRENCY)
    });
    let every = usize::from(line.is(per + 1, cue::EVERY));
    if !words || (line.is(per, cue::FOR) && every == 0) {
        return None;
    }
    let base = &reader.numerals[reader.numeral_at(n + 1, per + 1 + every)?];
    let round = base.value >= Decimal::ONE_HUNDRED
        && base.value.is_integer()
        && base.form == Form::Cardinal;
    if !round || line.is(base.last, cue::UNIT | cue::CURRENCY) {
        return None;
    }
    let population = line.is_word(base.last)
        && !context::ends_phrase(line, base.last)
        && (!line.is(base.last, cue::VERB) || context::is_plural(line, base.last));
    let last = base.last + usize::from(population);
    let mut draft = Draft::of_value(top.first, last, FigureKind::Ratio, top.value, top.value);
    draft.unit = Some(format!("per_{}", base.value.normalize()));
    ranges::finish(reader, &mut draft);
    draft.noun = (per > top.last).then(|| line.raw(per - 1).to_owned());
    Some(draft)
}
