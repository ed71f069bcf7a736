//! Scale words and the smaller groups after them: "three million, two hundred and forty".

use rust_decimal::Decimal;

use super::Numeral;
use super::fractions::{as_part, denominator, of_scale, part, with_part};
use super::spelled::{Piece, below_thousand, is_and, is_plural, joined, word};
use crate::claims::lang::{NumberWord, cue};
use crate::claims::line::Line;

/// Multiplies by the scale words that follow and adds the smaller groups after them.
pub(super) fn with_scales(line: &Line, number: Numeral) -> Numeral {
    let mut scaled = number;
    while let Some((factor, last)) = scale_word(line, &scaled) {
        let (Some(value), Some(scale)) = (
            scaled.value.checked_mul(factor),
            scaled.scale.checked_mul(factor),
        ) else {
            return scaled;
        };
        // "half a dozen hundred" and worse: no one writes more than two scales.
        if scaled.scale > NumberWord::power(9) {
            break;
        }
        scaled = Numeral {
            last,
            value,
            scale,
            ..scaled
        };
    }
    if scaled.scale == number.scale {
        return scaled;
    }
    let piece = Piece {
        value: scaled.value,
        last: scaled.last,
        open_ten: 0,
        linked: false,
    };
    let (piece, parted) = with_part(line, piece, scaled.scale);
    scaled.value = piece.value;
    scaled.last = piece.last;
    if parted || scaled.scale == Decimal::from(12) {
        return scaled;
    }
    smaller_groups(line, scaled)
}

/// The factor of the scale word after a number and where that word ends.
fn scale_word(line: &Line, number: &Numeral) -> Option<(Decimal, usize)> {
    let at = joined(line, number.last);
    let digits = !number.spelled;
    match word(line, at)? {
        NumberWord::Scale(power) => {
            let short = line.word(at).len() <= 3 && !line.is(at, cue::LAC);
            let fits = !short
                || digits
                || line.word(at).starts_with(['c', 'k']) && line.word(at).len() == 2;
            // A short scale touches its digits or stands right after them, and nothing touches it.
            let free = !short
                || !(line.glued(at + 1)
                    && (line.is_digits(at + 1) || line.is_mark(at + 1, &['/', '\''])));
            (fits && free).then(|| (NumberWord::power(power), at + 1))
        }
        NumberWord::Dozen => Some((Decimal::from(12), at + 1)),
        NumberWord::Hundred
            if number.scale == Decimal::ONE && is_plural(line, at) && number.spelled =>
        {
            Some((Decimal::ONE_HUNDRED, at + 1))
        }
        _ => None,
    }
}

/// "twenty-one trillion three hundred", "three million, two hundred and forty".
fn smaller_groups(line: &Line, number: Numeral) -> Numeral {
    let mut whole = number;
    // Digits with a scale word are complete: "5 million and two others" are two numbers.
    if !number.spelled {
        return whole;
    }
    let mut limit = number.scale;
    while let Some((value, scale, last)) = next_group(line, &whole, limit) {
        let Some(sum) = whole.value.checked_add(value) else {
            return whole;
        };
        whole.value = sum;
        whole.last = last;
        limit = scale;
        if scale <= Decimal::ONE {
            break;
        }
    }
    whole
}

fn next_group(line: &Line, whole: &Numeral, limit: Decimal) -> Option<(Decimal, Decimal, usize)> {
    let mut at = joined(line, whole.last);
    let comma = line.is_mark(at, &[',']);
    at += usize::from(comma);
    let linked = is_and(line, at);
    at += usize::from(linked);
    let article = line.is(at, cue::A) && linked;
    let start = if article { at + 1 } else { at };
    let (value, last) = if article {
        match part(line, start, true) {
            Some(part) if part.scale > Decimal::ONE => {
                return below_limit(part.value, part.scale, part.last, limit);
            }
            _ => return None,
        }
    } else {
        let piece = below_thousand(line, start, false)?;
        if let Some((share, last)) = denominator(line, piece.last, piece.value) {
            let part = as_part(
                &Numeral::plain(start, last, piece.value),
                piece.value,
                share,
            )?;
            let scaled = of_scale(line, Numeral { last, ..part });
            return below_limit(scaled.value, scaled.scale, scaled.last, limit)
                .filter(|_| scaled.scale > Decimal::ONE);
        }
        (piece.value, piece.last)
    };
    let group = Numeral {
        spelled: true,
        ..Numeral::plain(start, last, value)
    };
    let (mut value, mut scale, mut last) = (value, Decimal::ONE, last);
    if let Some((factor, end)) = scale_word(line, &group) {
        value = value.checked_mul(factor)?;
        scale = factor;
        last = end;
    }
    // After a comma only a group that could not start a count of its own.
    if comma && value < Decimal::ONE_HUNDRED {
        return None;
    }
    below_limit(value, scale, last, limit)
}

fn below_limit(
    value: Decimal,
    scale: Decimal,
    last: usize,
    limit: Decimal,
) -> Option<(Decimal, Decimal, usize)> {
    (value < limit).then_some((value, scale, last))
}
