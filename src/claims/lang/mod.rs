//! What a language contributes to the reading of claims: its words and what they signal.
//!
//! The grammar of figures is the same for every language; a language is one file (with its lists) that fills a [`Lexicon`].

mod cues;
pub(super) mod de_statements;
pub(crate) mod en;
pub(super) mod es_statements;
pub(super) mod fr_statements;
pub(super) mod ru_statements;
pub(super) mod uk_statements;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

pub(crate) use cues::{Cues, cue};
use rust_decimal::Decimal;

use super::Qualifier;
use crate::text::Language;

/// A table looked up by word. Its order is never used.
pub(crate) type Table<T> = HashMap<&'static str, T, BuildHasherDefault<WordHasher>>;

/// Hashes short words quickly. The tables are fixed, so nobody can feed them collisions.
#[derive(Default)]
pub(crate) struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            self.mix(u64::from_le_bytes(chunk.try_into().unwrap_or_default()));
        }
        let mut rest = [0; 8];
        for (to, from) in rest.iter_mut().zip(chunks.remainder()) {
            *to = *from;
        }
        self.mix(u64::from_le_bytes(rest));
    }

    fn write_u8(&mut self, byte: u8) {
        self.mix(u64::from(byte));
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl WordHasher {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
        self.0 ^= self.0 >> 29;
    }
}

/// The longest word the tables hold, in bytes; longer ones need no look-up.
const LONGEST_WORD_BYTES: usize = 24;

/// The words of one language that matter to numbers.
pub(crate) struct Lexicon {
    /// What a word signals, by its spelling in lower case.
    pub cues: Table<Cues>,
    /// The words that make numbers.
    pub numbers: Table<NumberWord>,
    /// Phrases before a number that bound or blur it, by their last word, longest first.
    pub before: Table<Vec<Phrase>>,
    /// Phrases after a number that bound or blur it, by their first word, longest first.
    pub after: Table<Vec<Phrase>>,
    /// Names of units, spelled out, words parted by one space; the value is the canonical name.
    pub units: Table<&'static str>,
    /// What the form of a word tells that no list holds.
    pub form: fn(&str) -> Cues,
    /// The one form under which a verb of harm is known: killing, kills, kill are all "killed".
    pub participle: fn(&str) -> String,
    /// Short words that are seldom the unit symbol they look like, as written.
    pub no_symbols: &'static [&'static str],
    /// Names of currencies, likewise; the value is the ISO code or the subunit.
    pub currencies: Table<&'static str>,
}

/// A phrase that bounds or blurs a number.
pub(crate) struct Phrase {
    pub words: Vec<&'static str>,
    pub qualifier: Qualifier,
    pub place: Place,
}

/// What must surround a phrase after a number for it to bound that number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Nothing.
    Anywhere,
    /// It touches the number: "250-odd", "18+".
    Glued,
    /// No other sum, number or noun phrase follows: "500 plus fans", not "£10,000 plus costs".
    NoSum,
    /// A word follows: "40 odd years".
    BeforeNoun,
    /// A mark or another phrase follows: "40 and over".
    PhraseEnd,
    /// No number follows: "40 or more".
    NoNumber,
    /// No number or article follows: "40 or over".
    NoObject,
    /// A mark or the end follows: "40 at most".
    ClauseEnd,
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
        if word.len() > LONGEST_WORD_BYTES {
            return Cues::default();
        }
        self.cues.get(word).copied().unwrap_or_default()
    }
}
