//! Looks up phrases of several words, longest first, without a pass over the text for each.

use std::collections::BTreeMap;

use super::passage::Passage;

/// Phrases with what they mean, by their first word.
pub(super) struct Phrases<T>(BTreeMap<&'static str, Vec<(Vec<&'static str>, T)>>);

impl<T: Copy> Phrases<T> {
    /// Builds the table from lists of phrases, each list separated by "|", all in lower case.
    pub(super) fn new(lists: &[(T, &'static str)]) -> Self {
        let mut table: BTreeMap<&'static str, Vec<(Vec<&'static str>, T)>> = BTreeMap::new();
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

    /// The first words of all phrases, to be marked in the vocabulary.
    pub(super) fn first_words(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }

    /// The longest phrase that starts at the word `at`: how many words it has and what it means.
    pub(super) fn at(&self, p: &Passage, at: usize) -> Option<(usize, T)> {
        let first = p.str(p.words.get(at)?).replace('’', "'").to_lowercase();
        self.0
            .get(first.as_str())?
            .iter()
            .find(|(rest, _)| {
                rest.iter()
                    .enumerate()
                    .all(|(nth, word)| p.is_at(at + 1 + nth, word))
            })
            .map(|(rest, meaning)| (rest.len() + 1, *meaning))
    }
}
