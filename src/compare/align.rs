//! Pairs the sentences of two versions.
//!
//! An edit rarely keeps its place: paragraphs move, sentences split and merge. Pairing goes by likeness first and by
//! position only to settle what likeness leaves open. Every sentence ends up in exactly one group, or is removed or added.

use std::collections::{BTreeMap, HashMap};

use unicode_segmentation::UnicodeSegmentation;

use super::bags::{Bag, bag, holds};
use super::lexicon::Lexicon;
use super::matching::match_words;
use super::reading::Sentence;
use super::tokens::{Reader, Token};
use crate::text::similarity::{fold, likeness};
use crate::text::thesaurus::Relation;

/// What became of the sentences.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    /// Sentences that tell the same thing in both versions, by index, in reading order of the old version.
    pub groups: Vec<Group>,
    /// Old sentences without a counterpart.
    pub removed: Vec<usize>,
    /// New sentences without a counterpart.
    pub added: Vec<usize>,
    /// Whether there was too much to pair.
    pub coarse: bool,
}

impl Alignment {
    /// Whether every sentence has one that reads the same.
    pub fn is_unchanged(&self) -> bool {
        self.groups.is_empty() && self.removed.is_empty() && self.added.is_empty()
    }
}

/// Sentences of the old version and those of the new one that took their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub old: Vec<usize>,
    pub new: Vec<usize>,
    /// How the group was found.
    pub tie: Tie,
}

/// How sure it is that two sentences belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// Much of the wording is the same.
    Alike,
    /// They stand in the same place and share their subject.
    Place,
    /// Both are the first sentence: a rewritten lead.
    Lead,
}

/// More unpaired sentences than this on both sides are not paired by likeness.
const MOST_SENTENCES: usize = 6_000;
/// A word in more sentences than this says nothing about which belong together.
const MOST_POSTINGS: usize = 120;

const ALIKE: f32 = 0.5;
const ALIKE_IN_PLACE: f32 = 0.3;
const WITHIN: f32 = 0.72;
const SAME_SUBJECT: f32 = 0.16;

/// Pairs the sentences of two versions.
pub(super) fn pair(
    old: &[Sentence<'_>],
    new: &[Sentence<'_>],
    reader: &mut Reader<'_>,
) -> Alignment {
    let mut table = Table::new(old, new);
    table.pair_equal();
    let (o, n) = table.open();
    if o.len().min(n.len()) > 0 {
        if o.len().max(n.len()) > MOST_SENTENCES {
            table.coarse = true;
        } else {
            table.weigh(reader);
            table.pair_alike();
            table.join_parts();
            table.pair_by_meaning(reader);
            table.pair_in_place(reader.lexicon);
        }
    }
    table.finish()
}

struct Table<'a> {
    old: &'a [Sentence<'a>],
    new: &'a [Sentence<'a>],
    old_to_new: Vec<Option<usize>>,
    new_to_old: Vec<Option<usize>>,
    /// Exactly the same sentence, or a further copy of one that is.
    equal_old: Vec<bool>,
    equal_new: Vec<bool>,
    ties: BTreeMap<usize, Tie>,
    extra_old: BTreeMap<usize, usize>,
    extra_new: BTreeMap<usize, usize>,
    old_bags: Vec<Bag>,
    new_bags: Vec<Bag>,
    coarse: bool,
}

impl<'a> Table<'a> {
    fn new(old: &'a [Sentence<'a>], new: &'a [Sentence<'a>]) -> Self {
        Self {
            old,
            new,
            old_to_new: vec![None; old.len()],
            new_to_old: vec![None; new.len()],
            equal_old: vec![false; old.len()],
            equal_new: vec![false; new.len()],
            ties: BTreeMap::new(),
            extra_old: BTreeMap::new(),
            extra_new: BTreeMap::new(),
            old_bags: Vec::new(),
            new_bags: Vec::new(),
            coarse: false,
        }
    }

    fn pair_equal(&mut self) {
        let mut places: HashMap<&str, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (i, sentence) in self.old.iter().enumerate() {
            places.entry(&sentence.key).or_default().0.push(i);
        }
        for (j, sentence) in self.new.iter().enumerate() {
            if let Some((_, list)) = places.get_mut(sentence.key.as_str()) {
                list.push(j);
            }
        }
        for (i, sentence) in self.old.iter().enumerate() {
            let Some((olds, news)) = places.get(sentence.key.as_str()) else {
                continue;
            };
            if news.is_empty() || olds.first() != Some(&i) {
                continue;
            }
            for (at, &i) in olds.iter().enumerate() {
                self.equal_old[i] = true;
                // A sentence printed twice that is now printed once has not gone.
                if let Some(&j) = news.get(at) {
                    self.old_to_new[i] = Some(j);
                    self.new_to_old[j] = Some(i);
                }
            }
            for &j in news {
                self.equal_new[j] = true;
            }
        }
    }

    /// The sentences that have no counterpart yet.
    fn open(&self) -> (Vec<usize>, Vec<usize>) {
        let olds = (0..self.old.len())
            .filter(|&i| {
                self.old_to_new[i].is_none()
                    && !self.equal_old[i]
                    && !self.extra_old.contains_key(&i)
            })
            .collect();
        let news = (0..self.new.len())
            .filter(|&j| {
                self.new_to_old[j].is_none()
                    && !self.equal_new[j]
                    && !self.extra_new.contains_key(&j)
            })
            .collect();
        (olds, news)
    }

    fn weigh(&mut self, reader: &mut Reader<'_>) {
        let skip = |equal: bool| equal;
        self.old_bags = self
            .old
            .iter()
            .zip(&self.equal_old)
            .map(|(s, &equal)| {
                if skip(equal) {
                    Bag::new()
                } else {
                    bag(s.text, reader)
                }
            })
            .collect();
        self.new_bags = self
            .new
            .iter()
            .zip(&self.equal_new)
            .map(|(s, &equal)| {
                if skip(equal) {
                    Bag::new()
                } else {
                    bag(s.text, reader)
                }
            })
            .collect();
        // A word that many sentences share says less about each.
        let mut seen: HashMap<u32, f32> = HashMap::new();
        for (word, _) in self.old_bags.iter().chain(&self.new_bags).flatten() {
            *seen.entry(*word).or_default() += 1.0;
        }
        for (word, weight) in self.old_bags.iter_mut().chain(&mut self.new_bags).flatten() {
            let count = seen.get(word).copied().unwrap_or(1.0);
            *weight /= 1.0 + (count / 2.0).max(1.0).ln();
        }
    }

    fn pair_alike(&mut self) {
        let (olds, news) = self.open();
        let mut postings: HashMap<u32, Vec<usize>> = HashMap::new();
        for &j in &news {
            for (word, _) in &self.new_bags[j] {
                postings.entry(*word).or_default().push(j);
            }
        }
        let mut candidates: Vec<(f32, usize, usize)> = Vec::new();
        for &i in &olds {
            for j in self.likely(i, &postings) {
                let (dice, within) = likeness(&self.old_bags[i], &self.new_bags[j]);
                let close = self.is_in_place(i, j);
                let enough = dice >= ALIKE
                    || (close && dice >= ALIKE_IN_PLACE)
                    || (within >= WITHIN && dice >= 0.25);
                if enough {
                    candidates.push((dice + if close { 0.12 } else { 0.0 }, i, j));
                }
            }
        }
        candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        for (_, i, j) in candidates {
            if self.old_to_new[i].is_none() && self.new_to_old[j].is_none() {
                self.tie(i, j, Tie::Alike);
            }
        }
    }

    /// The new sentences that share most with an old one.
    fn likely(&self, i: usize, postings: &HashMap<u32, Vec<usize>>) -> Vec<usize> {
        const KEPT: usize = 6;
        let mut shared: BTreeMap<usize, f32> = BTreeMap::new();
        for (word, weight) in &self.old_bags[i] {
            let Some(list) = postings
                .get(word)
                .filter(|list| list.len() <= MOST_POSTINGS)
            else {
                continue;
            };
            for &j in list {
                *shared.entry(j).or_default() += weight;
            }
        }
        let mut ranked: Vec<(usize, f32)> = shared.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.truncate(KEPT);
        ranked.into_iter().map(|(j, _)| j).collect()
    }

    /// Whether a new sentence stands where the old one stood, between the same neighbours.
    fn is_in_place(&self, i: usize, j: usize) -> bool {
        let before = (0..i).rev().take(40).find_map(|k| self.old_to_new[k]);
        let after = (i + 1..self.old.len())
            .take(40)
            .find_map(|k| self.old_to_new[k]);
        match (before, after) {
            (Some(b), Some(a)) if b < a => b < j && j < a,
            (Some(b), _) => {
                j == b + 1 || after.is_some_and(|a| j + 1 == a) || (after.is_none() && j > b)
            }
            (None, Some(a)) => j < a,
            (None, None) => true,
        }
    }

    /// Adds to a group the sentence that was split from it or merged into it.
    fn join_parts(&mut self) {
        let (olds, news) = self.open();
        for i in olds {
            if let Some(j) = self.host(
                &self.old_bags[i],
                &self.new_bags,
                &self.old_bags,
                &self.new_to_old,
                i,
                true,
            ) {
                self.extra_old.insert(i, j);
            }
        }
        for j in news {
            if let Some(i) = self.host(
                &self.new_bags[j],
                &self.old_bags,
                &self.new_bags,
                &self.old_to_new,
                j,
                false,
            ) {
                self.extra_new.insert(j, i);
            }
        }
    }

    /// The paired sentence of the other side that holds most of `part` in words its own counterpart does not account for.
    fn host(
        &self,
        part: &Bag,
        hosts: &[Bag],
        partners: &[Bag],
        paired: &[Option<usize>],
        at: usize,
        old: bool,
    ) -> Option<usize> {
        let weight: f32 = part.iter().map(|(_, weight)| weight).sum();
        if weight <= 0.0 {
            return None;
        }
        let mut best: Option<(f32, usize)> = None;
        for (host, partner) in paired.iter().enumerate() {
            let Some(partner) = *partner else { continue };
            let equal = if old {
                self.equal_new[host]
            } else {
                self.equal_old[host]
            };
            if equal || partner.abs_diff(at) > 3 {
                continue;
            }
            let free: f32 = part
                .iter()
                .filter(|(word, _)| holds(&hosts[host], *word) && !holds(&partners[partner], *word))
                .map(|(_, weight)| weight)
                .sum();
            let share = free / weight;
            if share >= 0.45 && best.is_none_or(|(known, _)| share > known) {
                best = Some((share, host));
            }
        }
        best.map(|(_, host)| host)
    }

    /// Pairs what is left in the same place if most of its words have one of the same meaning on the other side: "called for
    /// a ceasefire" and "demanded a truce" share no word.
    fn pair_by_meaning(&mut self, reader: &mut Reader<'_>) {
        const MOST_OPEN: usize = 60;
        const LEAST_SHARE: f32 = 0.6;
        // Between neighbours that stayed, one sentence went and one came.
        const LEAST_SHARE_ALONE: f32 = 0.35;
        let (olds, news) = self.open();
        if olds.len().max(news.len()) > MOST_OPEN {
            return;
        }
        let mut words = |sentence: &Sentence<'_>| reader.tokens(0, sentence, &[], 0, &[]);
        let read: Vec<(usize, Vec<Token>)> =
            olds.iter().map(|&i| (i, words(&self.old[i]))).collect();
        let come: Vec<(usize, Vec<Token>)> =
            news.iter().map(|&j| (j, words(&self.new[j]))).collect();
        for (i, old) in &read {
            let alone = is_alone(&olds, *i);
            let best = come
                .iter()
                .filter(|(j, _)| {
                    self.new_to_old[*j].is_none()
                        && self.is_in_place(*i, *j)
                        && self.old[*i].role == self.new[*j].role
                })
                .map(|(j, new)| {
                    let least = if alone && is_alone(&news, *j) {
                        LEAST_SHARE_ALONE
                    } else {
                        LEAST_SHARE
                    };
                    (kept_meaning(old, new, reader.lexicon), *j, least)
                })
                .filter(|(share, _, least)| share >= least)
                .map(|(share, j, _)| (share, j))
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            if let Some((_, j)) = best {
                self.tie(*i, j, Tie::Alike);
            }
        }
    }

    /// Pairs what is left in the same place if it is about the same thing, and the two leads in any case.
    fn pair_in_place(&mut self, lexicon: &Lexicon) {
        let (olds, news) = self.open();
        for &i in &olds {
            let best = news
                .iter()
                .copied()
                .filter(|&j| {
                    self.new_to_old[j].is_none()
                        && self.is_in_place(i, j)
                        && self.old[i].role == self.new[j].role
                })
                .map(|j| (likeness(&self.old_bags[i], &self.new_bags[j]).0, j))
                .filter(|(dice, j)| *dice >= SAME_SUBJECT && self.begins_alike(i, *j, lexicon))
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            if let Some((_, j)) = best {
                self.tie(i, j, Tie::Place);
            }
        }
        let lead = |list: &[Sentence<'_>]| list.iter().position(|sentence| sentence.lead);
        if let (Some(i), Some(j)) = (lead(self.old), lead(self.new)) {
            let free = |equal: bool, paired: Option<usize>| !equal && paired.is_none();
            if free(self.equal_old[i], self.old_to_new[i])
                && free(self.equal_new[j], self.new_to_old[j])
                && !self.extra_old.contains_key(&i)
                && !self.extra_new.contains_key(&j)
            {
                self.tie(i, j, Tie::Lead);
            }
        }
    }

    /// Whether two sentences begin with the same subject.
    fn begins_alike(&self, i: usize, j: usize, lexicon: &Lexicon) -> bool {
        let start = |text: &str| {
            text.unicode_words()
                .map(fold)
                .filter(|word| {
                    word.len() > 2
                        && !matches!(
                            word.as_str(),
                            "the" | "and" | "but" | "his" | "her" | "its" | "their"
                        )
                })
                .take(3)
                .collect::<Vec<_>>()
        };
        let (a, b) = (start(self.old[i].text), start(self.new[j].text));
        let same = |one: &str, other: &str| lexicon.relation(one, other) == Relation::Same;
        a.iter().any(|word| b.contains(word))
            || a.first()
                .zip(b.first())
                .is_some_and(|(one, other)| same(one, other))
    }

    fn tie(&mut self, i: usize, j: usize, tie: Tie) {
        self.old_to_new[i] = Some(j);
        self.new_to_old[j] = Some(i);
        self.ties.insert(i, tie);
    }

    fn finish(self) -> Alignment {
        let (removed, added) = self.open();
        let mut groups = Vec::new();
        for (i, paired) in self.old_to_new.iter().enumerate() {
            let Some(j) = *paired else { continue };
            if self.equal_old[i] {
                continue;
            }
            let mut old: Vec<usize> = self
                .extra_old
                .iter()
                .filter(|(_, host)| **host == j)
                .map(|(k, _)| *k)
                .collect();
            let mut new: Vec<usize> = self
                .extra_new
                .iter()
                .filter(|(_, host)| **host == i)
                .map(|(k, _)| *k)
                .collect();
            old.push(i);
            new.push(j);
            old.sort_unstable();
            new.sort_unstable();
            let tie = self.ties.get(&i).copied().unwrap_or(Tie::Alike);
            groups.push(Group { old, new, tie });
        }
        Alignment {
            groups,
            removed,
            added,
            coarse: self.coarse,
        }
    }
}

/// Whether no neighbour of a sentence is open as well.
fn is_alone(open: &[usize], at: usize) -> bool {
    !open.contains(&(at + 1))
        && at
            .checked_sub(1)
            .is_none_or(|before| !open.contains(&before))
}

/// The share of meaning-bearing words that two sentences have in common, in whatever words, of both together.
fn kept_meaning(old: &[Token], new: &[Token], lexicon: &Lexicon) -> f32 {
    let matching = match_words(old, new, lexicon);
    let count = |tokens: &[Token], paired: &[Option<usize>]| {
        let bearing = tokens
            .iter()
            .zip(paired)
            .filter(|(token, _)| token.is_content());
        let all = bearing.clone().count();
        (all, bearing.filter(|(_, pair)| pair.is_some()).count())
    };
    let (a, kept_a) = count(old, &matching.old);
    let (b, kept_b) = count(new, &matching.new);
    // Two words in common are an accident in a short sentence.
    if kept_a.min(kept_b) < 2 || a + b == 0 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "words of a sentence are few")]
    let share = (kept_a + kept_b) as f32 / (a + b) as f32;
    share
}
