//! Which words of two versions of a sentence stand for each other.
//!
//! First the words both versions have in the same order, then those that moved, then those that mean the same. What stays
//! over is what the edit put in, took out or replaced.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::lexicon::{Known, Lexicon};
use super::tokens::{Kind, Token};
use crate::text::similarity::is_respelling;
use crate::text::thesaurus::Relation;

/// The words of two versions matched, and the stretches where they differ.
#[derive(Debug)]
pub(super) struct Matching {
    /// For every old token the new one that stands for it.
    pub old: Vec<Option<usize>>,
    /// For every new token the old one.
    pub new: Vec<Option<usize>>,
    /// Where the wording differs, in reading order.
    pub regions: Vec<Region>,
}

/// A stretch of old words and the new words in its place; one of them may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region {
    pub old: Range<usize>,
    pub new: Range<usize>,
}

/// More unmatched words than this are not searched for other words of the same meaning.
const MOST_WORDS: usize = 60;

/// Matches the words of two versions.
pub(super) fn match_words(old: &[Token], new: &[Token], lexicon: &Lexicon) -> Matching {
    let keys = |tokens: &[Token]| tokens.iter().map(|token| token.stem).collect::<Vec<_>>();
    let operations = capture_diff_slices(Algorithm::Myers, &keys(old), &keys(new));
    let mut matching = Matching {
        old: vec![None; old.len()],
        new: vec![None; new.len()],
        regions: Vec::new(),
    };
    for operation in operations {
        match operation {
            DiffOp::Equal {
                old_index,
                new_index,
                len,
            } => {
                for at in 0..len {
                    matching.tie(old_index + at, new_index + at);
                }
            }
            DiffOp::Delete { .. } | DiffOp::Insert { .. } | DiffOp::Replace { .. } => {
                matching.regions.push(Region {
                    old: operation.old_range(),
                    new: operation.new_range(),
                });
            }
        }
    }
    matching.join_regions(old, new);
    matching.tie_moved(old, new);
    matching.tie_alike(old, new, lexicon);
    matching.tie_acronyms(old, new);
    matching
}

impl Matching {
    fn tie(&mut self, i: usize, j: usize) {
        self.old[i] = Some(j);
        self.new[j] = Some(i);
    }

    /// Joins stretches that only a word or two without meaning of their own keep apart.
    fn join_regions(&mut self, old: &[Token], new: &[Token]) {
        let mut joined: Vec<Region> = Vec::new();
        for region in self.regions.drain(..) {
            if let Some(last) = joined.last_mut() {
                let between = last.old.end..region.old.start;
                let small = between.len() <= 2
                    && old[between.clone()]
                        .iter()
                        .all(|token| token.kind == Kind::Stop && !token.after_mark)
                    && !old
                        .get(region.old.start)
                        .is_some_and(|token| token.after_mark)
                    && !new
                        .get(region.new.start)
                        .is_some_and(|token| token.after_mark);
                if small {
                    last.old.end = region.old.end;
                    last.new.end = region.new.end;
                    continue;
                }
            }
            joined.push(region);
        }
        self.regions = joined;
    }

    fn tie_moved(&mut self, old: &[Token], new: &[Token]) {
        for (i, word) in old.iter().enumerate() {
            if self.old[i].is_some() || word.kind == Kind::Stop {
                continue;
            }
            let moved = (0..new.len())
                .filter(|&j| {
                    self.new[j].is_none() && new[j].stem == word.stem && same_kind(word, &new[j])
                })
                .min_by_key(|&j| j.abs_diff(i));
            if let Some(j) = moved {
                self.tie(i, j);
            }
        }
    }

    fn tie_alike<'t>(&mut self, old: &'t [Token], new: &'t [Token], lexicon: &Lexicon) {
        let open = |tokens: &[Token], paired: &[Option<usize>]| {
            (0..tokens.len())
                .filter(|&at| paired[at].is_none() && tokens[at].is_content())
                .collect::<Vec<_>>()
        };
        let (olds, news) = (open(old, &self.old), open(new, &self.new));
        if olds.len() > MOST_WORDS || news.len() > MOST_WORDS {
            return;
        }
        let known = |tokens: &'t [Token], open: &[usize]| {
            open.iter()
                .map(|&at| lexicon.known(&tokens[at].word))
                .collect::<Vec<_>>()
        };
        let (old_known, new_known) = (known(old, &olds), known(new, &news));
        let mut pairs: Vec<(u8, usize, usize, usize)> = Vec::new();
        for (&i, one) in olds.iter().zip(&old_known) {
            for (&j, other) in news.iter().zip(&new_known) {
                let near = self
                    .regions
                    .iter()
                    .any(|r| r.old.contains(&i) && r.new.contains(&j));
                if let Some(rank) = rank((&old[i], one), (&new[j], other), near, lexicon) {
                    pairs.push((rank, i.abs_diff(j), i, j));
                }
            }
        }
        pairs.sort_unstable();
        for (_, _, i, j) in pairs {
            if self.old[i].is_none() && self.new[j].is_none() {
                self.tie(i, j);
            }
        }
    }

    /// Ties an acronym to the words it is made of, whichever version spells it out.
    fn tie_acronyms(&mut self, old: &[Token], new: &[Token]) {
        for (i, length, j) in spelled_out(new, old) {
            for at in i..i + length {
                self.new[at].get_or_insert(j);
            }
            self.old[j].get_or_insert(i);
        }
        for (i, length, j) in spelled_out(old, new) {
            for at in i..i + length {
                self.old[at].get_or_insert(j);
            }
            self.new[j].get_or_insert(i);
        }
        // An acronym that only one version has, beside the name it stands for, adds nothing.
        for (tokens, paired) in [(old, &mut self.old), (new, &mut self.new)] {
            for (i, length, j) in spelled_out(tokens, tokens) {
                if !(i..i + length).contains(&j) && paired[j].is_none() {
                    paired[j] = paired[i];
                }
            }
        }
    }
}

/// How well two words stand for each other, best first; `None` where they do not.
fn rank(
    (old, one): (&Token, &Known<'_>),
    (new, other): (&Token, &Known<'_>),
    near: bool,
    lexicon: &Lexicon,
) -> Option<u8> {
    if old.quoted != new.quoted && !near {
        return None;
    }
    if (old.name || new.name) && old.name != new.name && !old.first && !new.first {
        return None;
    }
    if is_respelling(&old.word, &new.word)
        && lexicon.relation_of(one, other) != Relation::Opposite
        // Two words that are both in the dictionary are no spellings of one: "form" and "farm".
        && (old.name || !(one.is_in_dictionary() && other.is_in_dictionary()))
    {
        return Some(0);
    }
    if old.name && new.name {
        // A capital speaks for its country.
        return lexicon.is_like(one, other).then_some(2);
    }
    if shares_beginning(&old.word, &new.word) {
        return Some(1);
    }
    match lexicon.relation_of(one, other) {
        Relation::Same => Some(2),
        Relation::Wider if near => Some(3),
        Relation::Wider | Relation::Opposite | Relation::None => None,
    }
}

/// Words of one family: "analyse" and "analysis", "worse" is left to the word lists.
pub(super) fn shares_beginning(one: &str, other: &str) -> bool {
    let shared = one
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let (a, b) = (one.chars().count(), other.chars().count());
    shared >= 5 && a.min(b) - shared <= 3 && a.max(b) - shared <= 5
}

fn same_kind(old: &Token, new: &Token) -> bool {
    matches!(
        (old.kind, new.kind),
        (Kind::Figure(_), Kind::Figure(_))
            | (Kind::When, Kind::When)
            | (Kind::Content, Kind::Content)
    )
}

/// Runs of words in `long` whose initials are an acronym in `short`: the first word, the number of words, the acronym.
fn spelled_out(long: &[Token], short: &[Token]) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    for (j, acronym) in short.iter().enumerate().filter(|(_, token)| token.acronym) {
        let letters: Vec<char> = acronym.word.chars().filter(|c| c.is_alphabetic()).collect();
        if letters.len() < 2 {
            continue;
        }
        for i in 0..long.len() {
            if let Some(length) = run_of_initials(&long[i..], &letters) {
                found.push((i, length, j));
                break;
            }
        }
    }
    found
}

fn run_of_initials(tokens: &[Token], letters: &[char]) -> Option<usize> {
    let mut at_letter = 0;
    for (at, token) in tokens.iter().enumerate() {
        if at_letter == letters.len() {
            return Some(at);
        }
        let left = &letters[at_letter..];
        if token.acronym || token.word == "un" {
            // "The U.S. Army Corps" in "USACE": a short form inside gives all its letters.
            let inner: Vec<char> = match token.word.as_str() {
                "usa" => vec!['u', 's'],
                word => word.chars().filter(|c| c.is_alphabetic()).collect(),
            };
            if at == 0 && inner.len() < left.len() && left.starts_with(&inner) {
                at_letter += inner.len();
                continue;
            }
            return None;
        }
        if left
            .first()
            .is_some_and(|letter| token.word.starts_with(*letter))
        {
            at_letter += 1;
        } else if token.kind != Kind::Stop {
            return None;
        }
    }
    (at_letter == letters.len()).then_some(tokens.len())
}
