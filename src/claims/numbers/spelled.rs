//! Numbers in words, and digits with scale words: "two-and-a-half million", "1,20,000 crore", "three quarters".

use rust_decimal::Decimal;

use super::fractions::{as_part, denominator, of_scale, part, proper_part, with_part};
use super::scales::with_scales;
use super::{Form, Numeral, digits};
use crate::claims::lang::{NumberWord, cue};
use crate::claims::line::Line;

/// The number that starts with token `at`: digits or words, with its sign, scale words and fractions.
pub(super) fn number(line: &Line, at: usize) -> Option<Numeral> {
    if let Some(after) = sign_end(line, at) {
        let positive = unsigned(line, after)?;
        if positive.form == Form::Ordinal || line.is(after, cue::ARTICLE) {
            return None;
        }
        return Some(Numeral {
            first: at,
            value: -positive.value,
            signed: true,
            ..positive
        });
    }
    unsigned(line, at)
}

/// Whether a sign with its number starts here.
pub(super) fn opens_with_sign(line: &Line, at: usize) -> bool {
    line.is_hyphen(at) && sign_end(line, at).is_some()
}

/// Where the number after a sign starts.
fn sign_end(line: &Line, at: usize) -> Option<usize> {
    let word = line.is(at, cue::MINUS);
    // "plus or minus 3 points" is a width, not a value below zero.
    if word && line.signals_before(at, &[cue::PLUS, cue::OR]) {
        return None;
    }
    if word {
        return Some(at + 1 + usize::from(line.is_hyphen(at + 1)));
    }
    if !line.is_mark(at, &['-', '−', '–']) {
        return None;
    }
    let digit = line.is_digits(at + 1) || digits::opens_with_point(line, at + 1);
    let free = at == 0
        || line.tokens[at].spaced
        || line.is_mark(at - 1, &['(', '$', '€', '£', '¥', '<', '>', '=', '~']);
    let touching = line.glued(at + 1);
    // "75 -300mm" is a range whose blank went astray; "5 -2C" may be two temperatures.
    let joint = line.is_mark(at, &['-', '–'])
        && at > 0
        && line.is_digits(at - 1)
        && !line.is_mark(at + 2, &['°', 'º'])
        && !line.is(at + 2, cue::UNIT)
        && !matches!(line.raw(at + 2), "C" | "F");
    (digit && free && !joint && (touching || at == 0)).then_some(at + 1)
}

fn unsigned(line: &Line, at: usize) -> Option<Numeral> {
    let article = line.is(at, cue::ARTICLE);
    if article && !line.is(at, cue::A_AN) {
        return None;
    }
    let start = if article { joined(line, at + 1) } else { at };
    let found = part(line, start, article)
        .or_else(|| ordinal(line, start, article))
        .or_else(|| cardinal(line, start, article))?;
    Some(Numeral {
        first: at,
        article,
        ..found
    })
}

/// Skips the hyphen that joins number words.
pub(super) fn joined(line: &Line, at: usize) -> usize {
    let spoken = line.is(at + 1, cue::NUMBER);
    if line.is_hyphen(at) && spoken {
        at + 1
    } else {
        at
    }
}

pub(super) fn word(line: &Line, at: usize) -> Option<NumberWord> {
    if !line.is(at, cue::NUMBER) {
        return None;
    }
    line.lexicon.numbers.get(line.word(at)).copied()
}

pub(super) fn is_plural(line: &Line, at: usize) -> bool {
    line.word(at).ends_with('s')
}

/// "first", "twentieth", "hundredth"; after "a", a part: "a third".
fn ordinal(line: &Line, at: usize, article: bool) -> Option<Numeral> {
    let value = match word(line, at)? {
        NumberWord::SmallOrdinal(value) | NumberWord::TenOrdinal(value) => Decimal::from(value),
        NumberWord::ScaleOrdinal(power) => NumberWord::power(power),
        _ => return None,
    };
    if is_plural(line, at) {
        return None;
    }
    let ordinal = Numeral {
        form: Form::Ordinal,
        spelled: true,
        ..Numeral::plain(at, at + 1, value)
    };
    if article && value > Decimal::TWO {
        return as_part(&ordinal, Decimal::ONE, value).map(|part| of_scale(line, part));
    }
    Some(ordinal)
}

/// A piece of a cardinal under construction.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    pub value: Decimal,
    pub last: usize,
    /// The tens word it ends with, which may belong to a fraction's name: "three twenty-firsts".
    pub open_ten: u8,
    /// Whether "and" stands inside.
    pub linked: bool,
}

fn cardinal(line: &Line, at: usize, article: bool) -> Option<Numeral> {
    let digits =
        line.is_digits(at) || digits::is_vulgar(line, at) || digits::opens_with_point(line, at);
    if article && digits {
        return None;
    }
    if digits {
        let number = digits::number(line, at)?;
        return Some(scaled_digits(line, number));
    }
    let piece = if line.is(at, cue::POINT) {
        decimals(
            line,
            at,
            Piece {
                value: Decimal::ZERO,
                last: at,
                open_ten: 0,
                linked: false,
            },
        )?
    } else {
        below_thousand(line, at, article)?
    };
    if let Some(found) = with_ordinal(line, at, &piece) {
        return Some(found);
    }
    let piece = decimals(line, piece.last, piece).unwrap_or(piece);
    let (piece, parted) = with_part(line, piece, Decimal::ONE);
    let start = Numeral {
        spelled: true,
        places: u8::from(parted),
        ..Numeral::plain(at, piece.last, piece.value)
    };
    let whole = with_scales(line, start);
    let last_piece = Piece {
        value: whole.value,
        last: whole.last,
        open_ten: 0,
        linked: false,
    };
    Some(
        with_ordinal(line, at, &last_piece)
            .filter(|_| whole.scale > Decimal::ONE)
            .unwrap_or(whole),
    )
}

/// Digits with what may follow them: an ordinal's ending, scale words, "and a half".
fn scaled_digits(line: &Line, number: Numeral) -> Numeral {
    let suffix = line.glued(number.last) && line.is(number.last, cue::ORDINAL_ENDING);
    if suffix && number.places == 0 && number.form == Form::Cardinal {
        return Numeral {
            form: Form::Ordinal,
            last: number.last + 1,
            ..number
        };
    }
    if word(line, number.last) == Some(NumberWord::Hundred) && number.value < Decimal::ONE_HUNDRED {
        return with_scales(line, hundreds_of_digits(line, number));
    }
    with_scales(line, number)
}

fn hundreds_of_digits(line: &Line, number: Numeral) -> Numeral {
    let mut value = number.value * Decimal::ONE_HUNDRED;
    let mut last = number.last + 1;
    let linked = last + usize::from(line.is(last, cue::AND));
    let digits = line.is_digits(linked) && line.raw(linked).len() <= 2 && linked > last;
    let rest = if digits {
        digits::number(line, linked).map(|number| (number.value, number.last))
    } else {
        below_hundred(line, linked).map(|piece| (piece.value, piece.last))
    };
    let scale_follows = rest.is_some_and(|(_, end)| word(line, end) == Some(NumberWord::Hundred));
    if let Some((rest, end)) = rest.filter(|_| !scale_follows) {
        value += rest;
        last = end;
    }
    Numeral {
        value,
        last,
        scale: Decimal::ONE_HUNDRED,
        ..number
    }
}

/// The tens and ones at `at`.
pub(super) fn below_hundred(line: &Line, at: usize) -> Option<Piece> {
    let (value, open_ten) = match word(line, at)? {
        NumberWord::Small(value) => (value, 0),
        NumberWord::Ten(value) => (value, value),
        _ => return None,
    };
    let mut piece = Piece {
        value: Decimal::from(value),
        last: at + 1,
        open_ten,
        linked: false,
    };
    let next = joined(line, at + 1);
    if let (true, Some(NumberWord::Small(ones @ 1..=9))) = (open_ten > 0, word(line, next)) {
        // "twenty-three fifths" keeps its three; "twenty one third" is nothing anyone writes.
        piece.value += Decimal::from(ones);
        piece.last = next + 1;
        piece.open_ten = 0;
    }
    Some(piece)
}

/// Hundreds, tens and ones at `at`.
pub(super) fn below_thousand(line: &Line, at: usize, article: bool) -> Option<Piece> {
    let mut piece = match word(line, at)? {
        NumberWord::Hundred if !is_plural(line, at) => Piece {
            value: Decimal::ONE,
            last: at,
            open_ten: 0,
            linked: false,
        },
        NumberWord::Scale(_) | NumberWord::Dozen if article || !is_plural(line, at) => {
            if !article {
                return None;
            }
            return Some(Piece {
                value: Decimal::ONE,
                last: at,
                open_ten: 0,
                linked: false,
            });
        }
        _ if article => return None,
        _ => below_hundred(line, at)?,
    };
    if let Some(spoken) = spoken_hundreds(line, &piece) {
        return Some(spoken);
    }
    let hundred = joined(line, piece.last);
    if word(line, hundred) != Some(NumberWord::Hundred) || piece.value.is_zero() {
        return Some(piece);
    }
    piece = Piece {
        value: piece.value * Decimal::ONE_HUNDRED,
        last: hundred + 1,
        open_ten: 0,
        linked: false,
    };
    let linked = is_and(line, piece.last);
    let next = joined(line, piece.last) + usize::from(linked);
    let Some(rest) = below_hundred(line, next) else {
        return Some(piece);
    };
    // "one hundred and three quarters", "three hundred and 2 hundred", "a hundred and two thousand-year-old" stay apart.
    let parts = linked && proper_part(line, &rest);
    if parts || word(line, rest.last) == Some(NumberWord::Hundred) {
        return Some(piece);
    }
    if word(line, rest.last) == Some(NumberWord::Dozen) {
        return Some(Piece {
            value: piece.value + rest.value * Decimal::from(12),
            last: rest.last + 1,
            open_ten: 0,
            linked,
        });
    }
    Some(Piece {
        value: piece.value + rest.value,
        linked,
        ..rest
    })
}

/// "one twenty two" for 122: ones, then tens and ones, with blanks only.
fn spoken_hundreds(line: &Line, piece: &Piece) -> Option<Piece> {
    if piece.value >= Decimal::TEN || piece.value < Decimal::ONE || line.is_hyphen(piece.last) {
        return None;
    }
    let Some(NumberWord::Ten(_)) = word(line, piece.last) else {
        return None;
    };
    let rest = below_hundred(line, piece.last)?;
    let complete = rest.last == piece.last + 2 && word(line, rest.last).is_none();
    complete.then_some(Piece {
        value: piece.value * Decimal::ONE_HUNDRED + rest.value,
        ..rest
    })
}

pub(super) fn is_and(line: &Line, at: usize) -> bool {
    line.is(at, cue::AND) || line.is_mark(at, &['&'])
}

/// Turns a cardinal into the ordinal or fraction that its next word makes of it.
fn with_ordinal(line: &Line, first: usize, piece: &Piece) -> Option<Numeral> {
    let base = Numeral {
        spelled: true,
        ..Numeral::plain(first, piece.last, piece.value)
    };
    let next = joined(line, piece.last);
    if piece.open_ten > 0 {
        let ten = Decimal::from(piece.open_ten);
        if let Some(NumberWord::SmallOrdinal(ones @ 1..=9)) = word(line, next) {
            if !is_plural(line, next) {
                return Some(Numeral {
                    form: Form::Ordinal,
                    value: piece.value + Decimal::from(ones),
                    last: next + 1,
                    ..base
                });
            }
            // "one hundred thirty fifths" are thirty-fifths; after "and" the tens belong to the count.
            if !piece.linked && piece.value > ten {
                let part = as_part(&base, piece.value - ten, ten + Decimal::from(ones))?;
                return Some(Numeral {
                    last: next + 1,
                    ..part
                });
            }
        }
    }
    if let Some(NumberWord::ScaleOrdinal(power)) = word(line, next)
        && !is_plural(line, next)
        && piece.value > Decimal::ONE
    {
        let value = piece.value.checked_mul(NumberWord::power(power))?;
        return Some(Numeral {
            form: Form::Ordinal,
            value,
            last: next + 1,
            ..base
        });
    }
    if matches!(
        word(line, next),
        Some(NumberWord::SmallOrdinal(_) | NumberWord::TenOrdinal(_))
    ) && !is_plural(line, next)
        && piece.value >= Decimal::ONE_HUNDRED
    {
        let ones = ordinal(line, next, false)?;
        return Some(Numeral {
            form: Form::Ordinal,
            value: piece.value + ones.value,
            last: ones.last,
            ..base
        });
    }
    let (denominator, last) = denominator(line, piece.last, piece.value)?;
    // "one second", "two seconds" are times; "two fifth places" is no fraction.
    let part = as_part(&base, piece.value, denominator)?;
    Some(of_scale(line, Numeral { last, ..part }))
}

pub(super) fn joined_any(line: &Line, at: usize) -> usize {
    if line.is_hyphen(at) && line.glued(at) && line.glued(at + 1) {
        at + 1
    } else {
        at
    }
}

/// "two point two", "nought point nought three", "point 77".
fn decimals(line: &Line, at: usize, piece: Piece) -> Option<Piece> {
    if !line.is(at, cue::POINT) {
        return None;
    }
    let mut last = at + 1;
    let mut text = String::new();
    if line.is_digits(last) {
        text.push_str(line.raw(last));
        last += 1;
    } else {
        while let Some(next) = below_hundred(line, last).filter(|_| text.len() < 12) {
            text.push_str(&next.value.to_string());
            last = next.last;
        }
    }
    if text.is_empty() || line.is(last, cue::ADJECTIVE) {
        return None;
    }
    let places = u32::try_from(text.len()).ok()?;
    let fraction = Decimal::from(text.parse::<u64>().ok()?)
        .checked_div(NumberWord::power(u8::try_from(places).ok()?))?;
    Some(Piece {
        value: piece.value.checked_add(fraction)?,
        last,
        open_ten: 0,
        linked: false,
    })
}
