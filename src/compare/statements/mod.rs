//! Whether a sentence that was edited now says something else: negation, modality, time, names, predicate, scope.
//!
//! The one rule: words that only say the same otherwise are silence. So everything that has a counterpart (moved, another
//! form, a synonym) is taken away first, and what is left is asked what it does to the claim.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::matching::{Matching, Region};
use super::tokens::{Kind, Token};
use super::{Aspect, ChangeKind};
use exchanged::exchanged;
pub(super) use teaser::promises;
use teaser::{is_teaser, question};
use things::{opposites, other_country, other_thing};

mod deeds;
mod exchanged;
mod negation;
mod plans;
mod teaser;
mod things;
mod times;

#[cfg(test)]
mod tests;

/// One altered statement: which tokens of each version show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub kind: ChangeKind,
    pub aspect: Option<Aspect>,
    pub old: Range<usize>,
    pub new: Range<usize>,
}

/// Two versions of a sentence, matched.
pub(super) struct Pair<'a> {
    pub old: &'a [Token],
    pub new: &'a [Token],
    pub matching: &'a Matching,
    pub lexicon: &'a Lexicon,
    /// Tokens that say who says it; they are judged elsewhere.
    pub old_sources: &'a [bool],
    pub new_sources: &'a [bool],
    /// Tokens of figures that have a counterpart.
    pub old_counted: &'a [bool],
    pub new_counted: &'a [bool],
    /// What the old and the new words end in.
    pub endings: (Ending, Ending),
    /// Whether it is the lead of the story: a rewritten lead is told for the facts that differ in it.
    pub lead: bool,
}

/// What a sentence ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    FullStop,
    QuestionMark,
    /// Nothing, as a headline does.
    Open,
}

/// What became of the statements.
pub(super) fn findings(pair: &Pair<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    let teaser = is_teaser(pair.old, pair.endings.0, pair.lexicon)
        || is_teaser(pair.new, pair.endings.1, pair.lexicon);
    if let Some(finding) = question(pair) {
        return vec![finding];
    }
    let recast = pair.share() < if pair.lead { 0.45 } else { 0.25 };
    if !(teaser || recast) {
        found.extend(asserted_otherwise(pair));
    }
    let told: Vec<Finding> = found.clone();
    for region in &pair.matching.regions {
        if told.iter().any(|finding| finding.shows(region)) {
            continue;
        }
        let judged = Judged::new(pair, region);
        if judged.is_empty() {
            continue;
        }
        if let Some(finding) = judged.time().filter(|_| !(teaser || recast && pair.lead)) {
            push(&mut found, finding);
        }
        if recast {
            continue;
        }
        if judged.is_other_source() {
            let mut finding = judged.finding(ChangeKind::AttributionChanged, Aspect::Replaced);
            (finding.old, finding.new) = (
                sentence(pair.old, &region.old),
                sentence(pair.new, &region.new),
            );
            push(&mut found, finding);
        } else if let Some(aspect) = judged.aspect(teaser) {
            let mut finding = judged.finding(ChangeKind::StatementChanged, aspect);
            let named = matches!(aspect, Aspect::Entity | Aspect::Where);
            if named && !region.old.is_empty() && !region.new.is_empty() {
                // A name is proof enough, and the same name changed in ten sentences is one fact.
                (finding.old, finding.new) = (region.old.clone(), region.new.clone());
            }
            push(&mut found, finding);
        } else if let Some(finding) = judged.dropped_clause() {
            push(&mut found, finding);
        }
    }
    if !teaser
        && !recast
        && let Some(finding) = exchanged(pair)
    {
        push(&mut found, finding);
    }
    if !teaser && !recast && found.is_empty() {
        found.extend(
            other_thing(pair)
                .or_else(|| opposites(pair))
                .or_else(|| other_country(pair)),
        );
    }
    found
}

/// Whether the sentence now denies what it said, or is surer or less sure of it.
///
/// That is a matter of the whole sentence: "planned no job cuts" and "job cuts are not planned" deny in different places.
fn asserted_otherwise(pair: &Pair<'_>) -> Option<Finding> {
    let whole = Region {
        old: 0..pair.old.len(),
        new: 0..pair.new.len(),
    };
    let judged = Judged::new(pair, &whole);
    let (cue, aspect) = judged
        .denial()
        .map(|cue| (cue, Aspect::Negation))
        .or_else(|| judged.other_modality().map(|cue| (cue, Aspect::Modality)))?;
    let region = judged.region_of(cue)?;
    Some(Judged::new(pair, region).finding(ChangeKind::StatementChanged, aspect))
}

fn push(found: &mut Vec<Finding>, finding: Finding) {
    let known = found.iter().any(|known| {
        known.kind == finding.kind
            && (known.aspect == Some(Aspect::When)) == (finding.aspect == Some(Aspect::When))
            && known.old == finding.old
            && known.new == finding.new
    });
    if !known {
        found.push(finding);
    }
}

impl Finding {
    /// Whether the finding already tells what became of a stretch of difference.
    fn shows(&self, region: &Region) -> bool {
        let within = |whole: &Range<usize>, part: &Range<usize>| {
            whole.start <= part.start && part.end <= whole.end
        };
        within(&self.old, &region.old) && within(&self.new, &region.new)
    }
}

impl Pair<'_> {
    /// The share of meaning-bearing words that have a counterpart, of the side that keeps more.
    pub fn share(&self) -> f32 {
        let side = |tokens: &[Token], paired: &[Option<usize>]| {
            let all = tokens
                .iter()
                .filter(|token| token.kind != Kind::Stop)
                .count();
            let kept = tokens
                .iter()
                .zip(paired)
                .filter(|(token, pair)| token.kind != Kind::Stop && pair.is_some())
                .count();
            (all, kept)
        };
        let (a, kept_a) = side(self.old, &self.matching.old);
        let (b, kept_b) = side(self.new, &self.matching.new);
        let share = |kept: usize, all: usize| ratio(kept, all);
        share(kept_a, a).max(share(kept_b, b))
    }

    fn is_left(&self, side: Side, at: usize) -> bool {
        let (tokens, paired, sources) = match side {
            Side::Old => (self.old, &self.matching.old, self.old_sources),
            Side::New => (self.new, &self.matching.new, self.new_sources),
        };
        paired[at].is_none() && !tokens[at].quoted && !sources.get(at).copied().unwrap_or(false)
    }
}

#[expect(clippy::cast_precision_loss, reason = "words of a sentence are few")]
fn ratio(part: usize, whole: usize) -> f32 {
    if whole == 0 {
        1.0
    } else {
        part as f32 / whole as f32
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Old,
    New,
}

impl Side {
    fn other(self) -> Self {
        match self {
            Self::Old => Self::New,
            Self::New => Self::Old,
        }
    }
}

/// A stretch of difference with what is left of it on each side.
struct Judged<'a> {
    pair: &'a Pair<'a>,
    region: &'a Region,
    old: Vec<usize>,
    new: Vec<usize>,
}

impl<'a> Judged<'a> {
    fn new(pair: &'a Pair<'a>, region: &'a Region) -> Self {
        let left = |side: Side, range: &Range<usize>| {
            range.clone().filter(|&at| pair.is_left(side, at)).collect()
        };
        Self {
            old: left(Side::Old, &region.old),
            new: left(Side::New, &region.new),
            pair,
            region,
        }
    }

    fn is_empty(&self) -> bool {
        self.old.is_empty() && self.new.is_empty()
    }

    /// The stretch of difference that a word without a counterpart stands in.
    fn region_of(&self, (side, at): (Side, usize)) -> Option<&'a Region> {
        self.pair.matching.regions.iter().find(|region| match side {
            Side::Old => region.old.contains(&at),
            Side::New => region.new.contains(&at),
        })
    }

    fn paired(&self, side: Side) -> &[Option<usize>] {
        match side {
            Side::Old => &self.pair.matching.old,
            Side::New => &self.pair.matching.new,
        }
    }

    fn tokens(&self, side: Side) -> (&[Token], &[usize]) {
        match side {
            Side::Old => (self.pair.old, &self.old),
            Side::New => (self.pair.new, &self.new),
        }
    }

    fn count(&self, side: Side, is: impl Fn(&[Token], usize) -> bool) -> usize {
        let (tokens, left) = self.tokens(side);
        left.iter().filter(|&&at| is(tokens, at)).count()
    }

    fn content(&self, side: Side) -> usize {
        self.count(side, |tokens, at| tokens[at].is_content())
    }

    /// What the stretch does to the claim, if anything.
    fn aspect(&self, teaser: bool) -> Option<Aspect> {
        if teaser {
            return None;
        }
        if let Some(aspect) = self.name().or_else(|| self.joins_a_name()) {
            return Some(aspect);
        }
        if self.is_other_office() {
            return Some(Aspect::Entity);
        }
        (self.has_opposites()
            || self.is_other_scope()
            || self.is_other_share()
            || self.is_other_degree()
            || self.is_other_predicate()
            || self.is_done_to_oneself())
        .then_some(Aspect::Other)
    }

    fn finding(&self, kind: ChangeKind, aspect: Aspect) -> Finding {
        Finding {
            kind,
            aspect: Some(aspect),
            old: clause(self.pair.old, &self.region.old),
            new: clause(self.pair.new, &self.region.new),
        }
    }
}

/// The sentence that a stretch of words stands in.
fn sentence(tokens: &[Token], stretch: &Range<usize>) -> Range<usize> {
    let Some(token) = tokens.get(stretch.start).or(tokens.last()) else {
        return 0..0;
    };
    let of = |other: &Token| other.sentence == token.sentence;
    let start = tokens.iter().position(of).unwrap_or(0);
    let end = tokens.iter().rposition(of).map_or(start, |last| last + 1);
    start..end
}

/// The clause around a stretch of words, for people to read: to the next mark on either side.
fn clause(tokens: &[Token], stretch: &Range<usize>) -> Range<usize> {
    const MOST_WORDS: usize = 12;
    if tokens.is_empty() {
        return 0..0;
    }
    let last = tokens.len() - 1;
    let (mut start, mut end) = (
        stretch.start.min(last),
        stretch.end.max(stretch.start + 1).min(tokens.len()),
    );
    let sentence = tokens[start].sentence;
    for _ in 0..MOST_WORDS {
        if start == 0 || tokens[start].after_mark || tokens[start - 1].sentence != sentence {
            break;
        }
        start -= 1;
    }
    let sentence = tokens[end - 1].sentence;
    for _ in 0..MOST_WORDS {
        if end >= tokens.len() || tokens[end].after_mark || tokens[end].sentence != sentence {
            break;
        }
        end += 1;
    }
    start..end
}
