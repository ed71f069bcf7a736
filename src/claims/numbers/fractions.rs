//! Fractions in words: "half a million", "three twenty-firsts", "and three quarters".

use rust_decimal::Decimal;

use super::spelled::{Piece, below_hundred, is_and, is_plural, joined, joined_any, word};
use super::{Form, Numeral};
use crate::claims::lang::{NumberWord, cue};
use crate::claims::line::Line;

/// "half", "quarter", "half a million", "a quarter of a million".
pub(super) fn part(line: &Line, at: usize, article: bool) -> Option<Numeral> {
    let Some(NumberWord::Part(share)) = word(line, at) else {
        return None;
    };
    if is_plural(line, at) {
        return None;
    }
    // "The banking quarter of the capital", "sales in the quarter": without its article it is a part of a town or a year.
    let led = at > 0 && line.is_word(at - 1) && !line.is(at - 1, cue::NUMBER);
    let part_of_time = line.is(at + 1, cue::OF) && line.is(at + 2, cue::A);
    if share == 4
        && !article
        && led
        && line.is(at + 1, cue::OF | cue::TO | cue::IN)
        && !part_of_time
    {
        return None;
    }
    let value = Decimal::ONE.checked_div(Decimal::from(share))?;
    Some(of_scale(
        line,
        Numeral {
            form: Form::Part,
            spelled: true,
            article,
            ..Numeral::plain(at, at + 1, value)
        },
    ))
}

/// Multiplies a part by the scale word it is a part of: "half a million", "three quarters of a billion".
pub(super) fn of_scale(line: &Line, numeral: Numeral) -> Numeral {
    let mut at = joined(line, numeral.last);
    if line.is(at, cue::OF) {
        at += 1;
        if !line.is(at, cue::A) {
            return numeral;
        }
    }
    if line.is(at, cue::A) {
        at = joined(line, at + 1);
    }
    let factor = match word(line, at) {
        Some(NumberWord::Scale(power)) if !is_plural(line, at) => NumberWord::power(power),
        Some(NumberWord::Dozen) if !is_plural(line, at) => Decimal::from(12),
        _ => return numeral,
    };
    let Some(value) = numeral.value.checked_mul(factor) else {
        return numeral;
    };
    Numeral {
        value,
        last: at + 1,
        form: Form::Cardinal,
        scale: factor,
        ..numeral
    }
}

pub(super) fn as_part(
    numeral: &Numeral,
    numerator: Decimal,
    denominator: Decimal,
) -> Option<Numeral> {
    Some(Numeral {
        value: numerator.checked_div(denominator)?,
        form: Form::Part,
        scale: Decimal::ONE,
        ..*numeral
    })
}

/// The fraction's name at `at`: thirds, quarters, twenty-firsts; singular after one.
pub(super) fn denominator(line: &Line, at: usize, numerator: Decimal) -> Option<(Decimal, usize)> {
    let at = joined(line, at);
    let fits = |at: usize| is_plural(line, at) != (numerator == Decimal::ONE);
    match word(line, at)? {
        NumberWord::Part(share) if fits(at) => Some((Decimal::from(share), at + 1)),
        NumberWord::SmallOrdinal(share) if share > 2 && fits(at) => {
            Some((Decimal::from(share), at + 1))
        }
        NumberWord::TenOrdinal(share) if fits(at) => Some((Decimal::from(share), at + 1)),
        NumberWord::ScaleOrdinal(power) if fits(at) => Some((NumberWord::power(power), at + 1)),
        NumberWord::Ten(tens) => {
            let ones = joined(line, at + 1);
            match word(line, ones)? {
                NumberWord::SmallOrdinal(share @ 1..=9) if fits(ones) => {
                    Some((Decimal::from(tens) + Decimal::from(share), ones + 1))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// "and a half", "and three quarters" after a cardinal; the part is of `unit`. Also tells whether it found one.
pub(super) fn with_part(line: &Line, piece: Piece, unit: Decimal) -> (Piece, bool) {
    let mut at = joined_any(line, piece.last);
    if !is_and(line, at) {
        return (piece, false);
    }
    at = joined_any(line, at + 1);
    let found = if line.is(at, cue::A) {
        let named = joined_any(line, at + 1);
        denominator(line, named, Decimal::ONE).map(|(share, last)| (Decimal::ONE, share, last))
    } else {
        below_hundred(line, at).and_then(|count| mixed_part(line, &count))
    };
    let Some((numerator, share, last)) = found else {
        return (piece, false);
    };
    // "one billion and a half million": the part has a scale of its own.
    let scaled = unit > Decimal::ONE && matches!(word(line, last), Some(NumberWord::Scale(_)));
    let value = numerator
        .checked_div(share)
        .and_then(|part| part.checked_mul(unit))
        .and_then(|part| part.checked_add(piece.value));
    match value.filter(|_| !scaled) {
        Some(value) => (
            Piece {
                value,
                last,
                ..piece
            },
            true,
        ),
        None => (piece, false),
    }
}

/// "three fifths" or "three and three fifths" after "and".
fn mixed_part(line: &Line, count: &Piece) -> Option<(Decimal, Decimal, usize)> {
    if let Some((share, last)) = denominator(line, count.last, count.value) {
        return (count.value < share).then_some((count.value, share, last));
    }
    if !is_and(line, count.last) {
        return None;
    }
    let top = below_hundred(line, count.last + 1)?;
    let (share, last) = denominator(line, top.last, top.value)?;
    Some((count.value * share + top.value, share, last))
}

/// Whether a fraction smaller than one follows: the "three" of "three quarters".
pub(super) fn proper_part(line: &Line, numerator: &Piece) -> bool {
    denominator(line, numerator.last, numerator.value)
        .is_some_and(|(denominator, _)| numerator.value < denominator)
}
