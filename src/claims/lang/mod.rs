//! What a language contributes to the reading of claims: its words and what they signal.
//!
//! The grammar of figures is the same for every language; a language is one file (with its lists) that fills a [`Lexicon`].

mod cues;
pub(super) mod de_statements;
pub(crate) mod en;
pub(super) mod en_statements;
pub(super) mod es_statements;
pub(super) mod fr_statements;
pub(super) mod places;
pub(super) mod ru_statements;
pub(super) mod uk_statements;

use std::collections::HashMap;
use std::sync::LazyLock;

pub(crate) use cues::{Cues, cue};
use rust_decimal::Decimal;

use super::Qualifier;
use crate::text::Language;

/// The words of one language that matter to numbers.
pub(crate) struct Lexicon {
    /// What a word signals, by its spelling in lower case.
    pub cues: HashMap<&'static str, Cues>,
    /// The words that make numbers.
    pub numbers: HashMap<&'static str, NumberWord>,
    /// Phrases before a number that bound or blur it, longest first.
    pub before: Vec<(Vec<&'static str>, Qualifier)>,
    /// Phrases after a number that bound or blur it, longest first.
    pub after: Vec<(Vec<&'static str>, Qualifier)>,
    /// Names of units, spelled out, words parted by one space; the value is the canonical name.
    pub units: HashMap<&'static str, &'static str>,
    /// Names of currencies, likewise; the value is the ISO code or the subunit.
    pub currencies: HashMap<&'static str, &'static str>,
}

/// What a number word contributes to its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberWord {
    /// zero to nineteen.
    Small(u8),
    /// twenty to ninety.
    Ten(u8),
    /// hundred.
    Hundred,
    /// thousand, million, lakh: the power of ten.
    Scale(u8),
    /// dozen.
    Dozen,
    /// half, quarter: one over this.
    Part(u8),
    /// first to nineteenth.
    SmallOrdinal(u8),
    /// twentieth to ninetieth.
    TenOrdinal(u8),
    /// hundredth, thousandth, millionth: the power of ten.
    ScaleOrdinal(u8),
}

impl NumberWord {
    /// Ten to the given power.
    pub fn power(exponent: u8) -> Decimal {
        let mut value = Decimal::ONE;
        for _ in 0..exponent.min(27) {
            value *= Decimal::TEN;
        }
        value
    }
}

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(en::lexicon);

impl Lexicon {
    /// The words of a language; English where the language is not known or has no file yet, so that digits with signs and
    /// international symbols are read in any text.
    pub fn of(_language: &Language) -> &'static Self {
        &ENGLISH
    }

    /// What a word in lower case signals.
    pub fn cues(&self, word: &str) -> Cues {
        self.cues.get(word).copied().unwrap_or_default()
    }
}
