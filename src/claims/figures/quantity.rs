//! One number with its sign, scale, currency and unit.

use rust_decimal::Decimal;

use super::{Reader, measures, money};
use crate::claims::FigureKind;
use crate::claims::lang::{NumberWord, cue};
use crate::claims::numbers::{Form, Numeral};

/// A number with what it is measured in, over tokens `first..last`.
#[derive(Debug, Clone)]
pub(super) struct Quantity {
    /// The index of its (last) numeral.
    pub n: usize,
    pub first: usize,
    pub last: usize,
    pub value: Decimal,
    /// The product of its scale words and letters.
    pub scale: Decimal,
    pub kind: FigureKind,
    pub unit: Option<String>,
    /// Whether a currency sign or code stands before the number.
    pub currency_first: bool,
    /// Where its unit starts when it is joined by a hyphen ("24-hour"): the noun may follow at once.
    pub modifier: bool,
    /// Whether "-plus" or "+" stands inside, before the rate.
    pub over: bool,
}

impl Quantity {
    pub fn mantissa(&self) -> Decimal {
        self.value.checked_div(self.scale).unwrap_or(self.value)
    }
}

/// The quantity that starts with numeral `n`.
pub(super) fn quantity(reader: &Reader, n: usize) -> Option<Quantity> {
    let line = reader.line;
    let numeral = reader.numerals.get(n)?;
    let mut found = Quantity {
        n,
        first: numeral.first,
        last: numeral.last,
        value: numeral.value,
        scale: numeral.scale,
        kind: if numeral.form == Form::Part && !is_decimal_part(numeral) {
            FigureKind::Fraction
        } else {
            FigureKind::Count
        },
        unit: None,
        currency_first: false,
        modifier: false,
        over: false,
    };
    if line.is(numeral.last - 1, cue::FOLD) {
        found.kind = FigureKind::Multiple;
        found.unit = Some("times".to_owned());
        return Some(found);
    }
    if line.is_mark(found.first.wrapping_sub(1), &['±']) {
        found.first -= 1;
    }
    money::before(reader, &mut found);
    letter_scale(reader, numeral, &mut found)?;
    if money::after(reader, &mut found) {
        return Some(found);
    }
    if !found.currency_first {
        measures::after(reader, &mut found);
    }
    Some(found)
}

/// "½" or "1/4" before a unit measures; after "a" or in words it is a part of something.
fn is_decimal_part(numeral: &Numeral) -> bool {
    numeral.places > 0
}

/// "$2m", "1.4m of them", "20k", "€10B": the one-letter scales. `None` where the overflow leaves no number.
fn letter_scale(reader: &Reader, numeral: &Numeral, found: &mut Quantity) -> Option<()> {
    let line = reader.line;
    let at = found.last;
    let digits =
        !numeral.spelled && numeral.scale == Decimal::ONE && numeral.form == Form::Cardinal;
    let letter = line.is_word(at)
        && line.raw(at).len() == 1
        && !(line.glued(at + 1)
            && (line.is_word(at + 1)
                || line.is_digits(at + 1)
                || line.is_mark(at + 1, &['/', '²', '³'])));
    if !digits || !letter || !(line.glued(at) || found.currency_first) {
        return Some(());
    }
    let money =
        found.currency_first || line.is(at + 1, cue::CURRENCY) || money::is_code(line.raw(at + 1));
    let power = match line.raw(at) {
        "m" if money || (line.glued(at) && is_million(reader, numeral, at)) => 6,
        "M" if line.glued(at) || money => 6,
        "b" | "B" if money || (line.glued(at) && line.raw(at) == "B") => 9,
        "t" | "T" if money => 12,
        _ => return Some(()),
    };
    let factor = NumberWord::power(power);
    found.value = found.value.checked_mul(factor)?;
    found.scale = found.scale.checked_mul(factor)?;
    found.last = at + 1;
    Some(())
}

/// Whether the "m" at `at` is million and not metre.
fn is_million(reader: &Reader, numeral: &Numeral, at: usize) -> bool {
    let line = reader.line;
    let next = at + 1;
    if line.is(next, cue::EXTENT) || line.is(next, cue::AFTER_METRE) || line.is_hyphen(next) {
        return false;
    }
    if line.is(next, cue::UNIT) && !line.is(next, cue::SECOND | cue::TIMES) {
        return true;
    }
    let people = line.is(next, cue::OF) && line.is(next + 1, cue::PRONOUN);
    let counted = super::context::is_plural(line, next)
        || line.is(next, cue::TOLL | cue::PLURAL)
        || line.word(next).len() > 4 && line.is(next, cue::PARTICIPLE)
        || line.is_word(next)
            && !super::context::ends_phrase(line, next)
            && (next + 1..next + 3).any(|noun| super::context::is_plural(line, noun));
    let tally = super::context::tokens_before(line, numeral.first, 4)
        .any(|token| line.is(token, cue::TALLY));
    let level = numeral.first > 0
        && (line.is(
            numeral.first - 1,
            cue::TO | cue::FROM | cue::WITH | cue::AND,
        ) || line.is(numeral.first - 1, cue::AGAINST));
    let millions = reader.found.iter().rev().take(3).any(|before| {
        before.kind.is_claim()
            && before
                .low
                .is_some_and(|low| low >= Decimal::from(1_000_000))
            && !super::context::tokens_before(line, numeral.first, 30)
                .any(|token| token < before.last && line.ends_sentence(token))
    });
    let large = reader.found.iter().rev().take(3).any(|before| {
        before.kind == FigureKind::Count
            && before.unit.is_none()
            && before.low.is_some_and(|low| low >= Decimal::ONE_THOUSAND)
    });
    let crowd = super::context::tokens_before(line, numeral.first, 12)
        .any(|token| line.is(token, cue::CROWD));
    let subject = line.is(next, cue::AUXILIARY | cue::VERB);
    people
        || counted
        || tally
        || crowd
        || (level || subject) && (large || millions)
        || listed(reader, numeral)
}

/// "Polvia has taken in 950,000, and Germania 1.1m": the second count of a list names its place and nothing else.
fn listed(reader: &Reader, numeral: &Numeral) -> bool {
    let line = reader.line;
    reader.found.last().is_some_and(|before| {
        matches!(before.kind, FigureKind::Count | FigureKind::Money)
            && before.low.is_some_and(|low| low >= Decimal::ONE_THOUSAND)
            && (1..=5).contains(&numeral.first.saturating_sub(before.last))
            && (before.last..numeral.first).all(|token| {
                line.is_capital(token)
                    || line.is_mark(token, &[',', ';'])
                    || line.is(token, cue::AND | cue::IN | cue::THE)
            })
    })
}
