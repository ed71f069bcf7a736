//! The tables of a language, ready to be asked.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::tables::{self, Table};
use super::token::Token;
use crate::claims::{Decimal, Qualifier};

/// The words of one language by what they mean.
pub(super) struct Book {
    pub table: &'static Table,
    pub code: &'static str,
    pub numbers: HashMap<String, Decimal>,
    pub magnitudes: HashMap<String, Decimal>,
    /// Number words and magnitudes, the longest first: the parts of "achtunddreissigtausend".
    pub parts: Vec<(String, Option<Decimal>)>,
    pub fractions: HashMap<String, (u32, u32)>,
    ordinals: Vec<(String, u32)>,
    multiples: Vec<(String, Decimal)>,
    vague: HashMap<String, (u32, u32)>,
    phrases: BTreeMap<Use, Phrases>,
}

/// Words in a row and what they mean, the longest first.
type Phrases = Vec<(Vec<String>, String)>;

/// What a phrase is looked up for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    Unit,
    Money,
    Bound,
    Half,
    InEach,
    None,
    At,
    Year,
    Aged,
}

const CODES: [&str; 9] = ["de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk"];

/// The book of a language, if it has one.
pub(super) fn of(code: &str) -> Option<&'static Book> {
    static BOOKS: LazyLock<Vec<Book>> = LazyLock::new(|| {
        CODES
            .iter()
            .filter_map(|code| Some(Book::new(code, tables::of(code)?)))
            .collect()
    });
    CODES
        .contains(&code)
        .then(|| BOOKS.iter().find(|book| book.code == code))
        .flatten()
}

/// A word as the tables have it: lower case, without accents.
pub(super) fn fold(word: &str) -> String {
    crate::text::similarity::fold(word)
        .replace('ł', "l")
        .replace('’', "'")
}

fn entries(list: &'static str) -> impl Iterator<Item = (String, &'static str)> {
    list.split_ascii_whitespace()
        .filter_map(|entry| entry.split_once('='))
        .flat_map(|(words, value)| words.split('|').map(move |word| (fold(word), value)))
}

fn words(list: &'static str) -> impl Iterator<Item = (String, &'static str)> {
    list.split_ascii_whitespace().map(|word| (fold(word), ""))
}

fn phrases(entries: impl Iterator<Item = (String, &'static str)>) -> Phrases {
    let mut phrases: Phrases = entries
        .map(|(words, value)| {
            let words = words.split('_').filter(|word| !word.is_empty());
            (words.map(str::to_owned).collect(), value.to_owned())
        })
        .collect();
    phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    phrases
}

fn decimals(list: &'static str) -> HashMap<String, Decimal> {
    entries(list)
        .filter_map(|(word, value)| Some((word, value.parse().ok()?)))
        .collect()
}

impl Book {
    fn new(code: &'static str, table: &'static Table) -> Self {
        let numbers = decimals(table.numbers);
        let magnitudes = decimals(table.magnitudes);
        let mut parts: Vec<(String, Option<Decimal>)> = numbers
            .iter()
            .chain(&magnitudes)
            .map(|(word, value)| (word.clone(), Some(*value)))
            .chain(words(table.joints).map(|(word, _)| (word, None)))
            .collect();
        parts.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
        let pair = |value: &str, between: &str| {
            let (one, other) = value.split_once(between)?;
            Some((one.parse().ok()?, other.parse().ok()?))
        };
        let with_signs = |list, signs| phrases(entries(list).chain(entries(signs)));
        let phrases = BTreeMap::from([
            (Use::Unit, with_signs(table.units, tables::SIGNS)),
            (Use::Money, with_signs(table.money, tables::COINS)),
            (Use::Bound, phrases(entries(table.bounds))),
            (Use::Half, phrases(words(table.halves))),
            (Use::InEach, phrases(words(table.in_each))),
            (Use::None, phrases(words(table.none))),
            (Use::At, phrases(words(table.at))),
            (Use::Year, phrases(words(table.year))),
            (Use::Aged, phrases(words(table.aged))),
        ]);
        Self {
            table,
            code,
            numbers,
            magnitudes,
            parts,
            fractions: entries(table.fractions)
                .filter_map(|(word, value)| Some((word, pair(value, "/")?)))
                .collect(),
            ordinals: entries(table.ordinals)
                .filter_map(|(word, value)| Some((word, value.parse().ok()?)))
                .collect(),
            multiples: entries(table.multiples)
                .filter_map(|(word, value)| Some((word, value.parse().ok()?)))
                .collect(),
            vague: entries(table.vague)
                .filter_map(|(word, value)| Some((word, pair(value, "..")?)))
                .collect(),
            phrases,
        }
    }

    /// A phrase that begins at a token: how many tokens it takes, and what it means.
    pub fn starting(&self, of: Use, tokens: &[Token<'_>], at: usize) -> Option<(usize, &str)> {
        self.phrases.get(&of)?.iter().find_map(|(words, value)| {
            let fits = tokens.get(at..at + words.len())?;
            let same = fits
                .iter()
                .zip(words)
                .all(|(token, word)| is_word(token, word));
            (same && !words.is_empty()).then_some((words.len(), value.as_str()))
        })
    }

    /// A phrase that ends before a token.
    pub fn ending(&self, of: Use, tokens: &[Token<'_>], at: usize) -> Option<(usize, &str)> {
        self.phrases.get(&of)?.iter().find_map(|(words, value)| {
            let start = at.checked_sub(words.len())?;
            let fits = tokens.get(start..at)?;
            let same = fits
                .iter()
                .zip(words)
                .all(|(token, word)| is_word(token, word));
            (same && !words.is_empty()).then_some((words.len(), value.as_str()))
        })
    }

    /// The bound that ends before a token.
    pub fn bound(&self, tokens: &[Token<'_>], at: usize) -> Option<(usize, Qualifier)> {
        let (length, sign) = self.ending(Use::Bound, tokens, at)?;
        let qualifier = match sign {
            ">" => Qualifier::MoreThan,
            "+" => Qualifier::AtLeast,
            "<" => Qualifier::LessThan,
            "-" => Qualifier::UpTo,
            "n" => Qualifier::Nearly,
            _ => Qualifier::About,
        };
        Some((length, qualifier))
    }

    /// The number an ordinal counts.
    pub fn ordinal(&self, word: &str) -> Option<u32> {
        self.ordinals
            .iter()
            .find(|(ordinal, _)| begins(ordinal, word))
            .map(|(_, value)| *value)
    }

    /// How many times as much: "verdoppelt" is 2.
    pub fn multiple(&self, word: &str) -> Option<Decimal> {
        self.multiples
            .iter()
            .find(|(multiple, _)| begins(multiple, word))
            .map(|(_, value)| *value)
    }

    /// The bounds that a vague word is taken for.
    pub fn vague(&self, word: &str) -> Option<(u32, u32)> {
        self.vague.get(word).copied()
    }

    /// Whether a word is in a list of single words.
    pub fn lists(list: &'static str, word: &str) -> bool {
        !word.is_empty() && list.split_ascii_whitespace().any(|item| fold(item) == word)
    }
}

fn is_word(token: &Token<'_>, word: &str) -> bool {
    match word.strip_suffix('*') {
        Some(beginning) => token.folded.starts_with(beginning),
        None => token.folded == word,
    }
}

fn begins(pattern: &str, word: &str) -> bool {
    match pattern.strip_suffix('*') {
        // "Dritte" and its endings, but not "Drittel".
        Some(stem) => word
            .strip_prefix(stem)
            .is_some_and(|rest| rest.chars().count() <= 3 && !rest.starts_with('l')),
        None => pattern == word,
    }
}
