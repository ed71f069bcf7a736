//! Looks up words and phrases, longest first, without a pass over the text for each and without allocation.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use super::passage::Passage;

/// Phrases with what they mean, by their first word.
pub(super) struct Phrases<T>(WordMap<Vec<(Vec<&'static str>, T)>>);

impl<T: Copy> Phrases<T> {
    /// Builds the table from lists of phrases, each list separated by "|", all in lower case.
    pub(super) fn new(lists: &[(T, &'static str)]) -> Self {
        let mut table: WordMap<Vec<(Vec<&'static str>, T)>> = WordMap::default();
        for (meaning, list) in lists {
            for phrase in list.split('|') {
                let words: Vec<&'static str> = phrase.split_whitespace().collect();
                if let Some((first, rest)) = words.split_first() {
                    table
                        .entry(first)
                        .or_default()
                        .push((rest.to_vec(), *meaning));
                }
            }
        }
        for phrases in table.values_mut() {
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        Self(table)
    }

    /// The first words of all phrases, in no order, to be marked in the vocabulary.
    pub(super) fn first_words(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }

    /// The phrases of one word with what they mean, in alphabetical order.
    pub(super) fn single(&self) -> BTreeMap<&'static str, T> {
        self.0
            .iter()
            .filter_map(|(word, phrases)| {
                let (_, meaning) = phrases.iter().find(|(rest, _)| rest.is_empty())?;
                Some((*word, *meaning))
            })
            .collect()
    }

    /// The longest phrase that starts at the word `at`: how many words it has and what it means.
    pub(super) fn at(&self, p: &Passage, at: usize) -> Option<(usize, T)> {
        let mut buffer = String::new();
        let first = folded(p.str(p.words.get(at)?), &mut buffer);
        self.0
            .get(first)?
            .iter()
            .find(|(rest, _)| {
                rest.iter()
                    .enumerate()
                    .all(|(nth, word)| p.is_at(at + 1 + nth, word))
            })
            .map(|(rest, meaning)| (rest.len() + 1, *meaning))
    }
}

/// `word` in lower case with straight apostrophes; `buffer` is used only where that differs from the word.
pub(super) fn folded<'a>(word: &'a str, buffer: &'a mut String) -> &'a str {
    if word
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        return word;
    }
    buffer.clear();
    for c in word.chars() {
        match c {
            '’' => buffer.push('\''),
            _ if c.is_ascii() => buffer.push(c.to_ascii_lowercase()),
            _ => buffer.extend(c.to_lowercase()),
        }
    }
    buffer
}

/// A map from words. Its hash is quick and the same everywhere; its keys are word lists of ours, so nobody can make them
/// collide.
pub(super) type WordMap<T> = HashMap<&'static str, T, BuildHasherDefault<WordHasher>>;

/// FNV-1a, 64 bits.
pub(super) struct WordHasher(u64);

impl Default for WordHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
