//! The bare numerals of a text: digits and number words, each apart, without unit or qualifier.
//!
//! "one third" is 0.333…, "20%" is 20, "2.1 to 2.2 million" is 2.1 and 2,200,000. Figures are joined from these in
//! [`figures`](super::figures).

mod digits;
mod fractions;
mod notation;
mod scales;
mod spelled;

use rust_decimal::Decimal;

use super::lang::{Lexicon, cue};
use super::line::Line;
use super::pieces;
use crate::text::Language;

/// A bare numeral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// What it is worth.
    pub value: Decimal,
    /// Whether it counts a place in an order: "first", "12th".
    pub ordinal: bool,
}

/// The bare numerals of `text`, in reading order.
///
/// ```
/// use claimwatch::{claims::numbers, text::Language};
///
/// let found = numbers::in_text("Two thirds of the 11,500 voted for the third time.", &Language::new("en"));
/// let values: Vec<String> = found.iter().map(|number| number.value.round_dp(3).to_string()).collect();
/// assert_eq!(values, ["0.667", "11500", "3"]);
/// ```
#[must_use]
pub fn in_text(text: &str, language: &Language) -> Vec<Number> {
    pieces::of(text, language)
        .into_iter()
        .flat_map(|piece| {
            let start = piece.start;
            let line = Line::new(&text[piece], Lexicon::of(language));
            let found = if line.has_numbers {
                notation::bare(&line, &numerals(&line))
            } else {
                Vec::new()
            };
            found.into_iter().map(move |number| Number {
                start: number.start + start,
                end: number.end + start,
                ..number
            })
        })
        .collect()
}

/// How a numeral is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// How many: "12", "twelve", "1.4 million".
    Cardinal,
    /// Which one: "twelfth", "12th".
    Ordinal,
    /// A part: "two-thirds", "a quarter", "½".
    Part,
    /// More digits than a decimal can hold: passed over as a whole, so that no part of it is taken for a number.
    Unreadable,
}

/// A numeral over tokens `first..last`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of how the numeral is written"
)]
pub(crate) struct Numeral {
    pub first: usize,
    pub last: usize,
    pub value: Decimal,
    pub form: Form,
    /// The product of its scale words; one where it has none.
    pub scale: Decimal,
    /// Whether it has number words only.
    pub spelled: bool,
    /// Whether its digits are grouped ("5,000").
    pub grouped: bool,
    /// Digits after the decimal point.
    pub places: u8,
    /// How many digits stand before the point, as written; 0 for words.
    pub digits: u8,
    /// Whether it opens with "a" or "an" standing for one.
    pub article: bool,
    /// Whether it has a sign of its own.
    pub signed: bool,
}

impl Numeral {
    fn plain(first: usize, last: usize, value: Decimal) -> Self {
        Self {
            first,
            last,
            value,
            form: Form::Cardinal,
            scale: Decimal::ONE,
            spelled: false,
            grouped: false,
            places: 0,
            digits: 0,
            article: false,
            signed: false,
        }
    }

    /// Whether it is a whole number in plain digits, as labels and years are.
    pub fn is_plain_integer(&self) -> bool {
        self.digits > 0
            && !self.grouped
            && self.places == 0
            && self.scale == Decimal::ONE
            && !self.signed
            && self.form == Form::Cardinal
            && self.value.is_integer()
    }
}

/// Every numeral of the line, in reading order, none overlapping another.
pub(crate) fn numerals(line: &Line) -> Vec<Numeral> {
    let mut found: Vec<Numeral> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        match numeral(line, at).filter(|_| !line.is_in_address(at)) {
            Some(numeral) => {
                at = numeral.last.max(at + 1);
                found.push(numeral);
            }
            None => at += 1,
        }
    }
    found
}

/// The numeral that starts with token `at`.
pub(crate) fn numeral(line: &Line, at: usize) -> Option<Numeral> {
    let starts = line.is_digits(at)
        || line.is(at, cue::NUMBER)
        || digits::is_vulgar(line, at)
        || spelled::opens_with_sign(line, at)
        || digits::opens_with_point(line, at);
    if !starts {
        return None;
    }
    // A number word inside a word with an apostrophe or after letters is no number: "one's", "x-one".
    spelled::number(line, at)
}

/// Whether a numeral is a pronoun or an article rather than a number: "the one", "no one".
pub(crate) fn is_no_number(line: &Line, numeral: &Numeral) -> bool {
    numeral.form == Form::Unreadable || notation::is_article_or_pronoun(line, numeral)
}

/// Whether the word "one" at `at` is a pronoun: "the one", "this one".
pub(crate) fn is_pronoun_one(line: &Line, at: usize) -> bool {
    notation::is_article_or_pronoun(line, &Numeral::plain(at, at + 1, Decimal::ONE))
}
