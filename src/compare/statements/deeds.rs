//! Whether a claim now tells another deed, or no longer tells one.

use super::things::is_denied_on_one_side;
use super::{Finding, Judged, Pair, Side};
use crate::compare::tokens::{Kind, Token};
use crate::compare::verbs::is_verb;
use crate::compare::{Aspect, ChangeKind};
use crate::text::thesaurus::Relation;

impl Judged<'_> {
    pub(super) fn is_other_predicate(&self) -> bool {
        // Without a thesaurus nobody can tell a synonym from another deed: only what the lists set apart is told there.
        if !self.pair.lexicon.english {
            return false;
        }
        let verbs = |side| {
            let (tokens, left) = self.tokens(side);
            left.iter()
                .copied()
                .filter(|&at| is_verb(tokens, at))
                .collect::<Vec<_>>()
        };
        let (old, new) = (verbs(Side::Old), verbs(Side::New));
        exclude(self.pair, &old, &new)
    }

    /// "Was shot by police" against "shot himself".
    pub(super) fn is_done_to_oneself(&self) -> bool {
        let reflexive = |side| {
            self.count(side, |tokens, at| {
                matches!(
                    tokens[at].word.as_str(),
                    "himself" | "herself" | "itself" | "themselves"
                )
            })
        };
        let (old, new) = (reflexive(Side::Old), reflexive(Side::New));
        (old > 0 && new == 0 && !self.new.is_empty())
            || (new > 0 && old == 0 && !self.old.is_empty())
    }

    /// Another source behind or before a word of saying, in a language whose sources are not read: "powiedział Marek", "volgens de
    /// verzekeraar".
    pub(super) fn is_other_source(&self) -> bool {
        const REACH: usize = 2;
        let lexicon = self.pair.lexicon;
        let led = |side: Side| {
            let tokens = self.tokens(side).0;
            let range = match side {
                Side::Old => &self.region.old,
                Side::New => &self.region.new,
            };
            let start = range.start;
            self.content(side) > 0
                && (start.saturating_sub(REACH)..start)
                    .rev()
                    .take_while(|&at| at + 1 == start || tokens[at + 1].kind == Kind::Stop)
                    .any(|at| {
                        lexicon.is_saying(&tokens[at].word)
                            && tokens[at].sentence == tokens[start.min(tokens.len() - 1)].sentence
                    })
        };
        led(Side::Old) && led(Side::New)
    }

    /// A clause with a subject and a verb of its own that the new version leaves out.
    pub(super) fn dropped_clause(&self) -> Option<Finding> {
        let tokens = self.pair.old;
        let first = self.region.old.start;
        let begins = tokens.get(first)?;
        let joined = matches!(begins.word.as_str(), "and" | "but" | "while")
            || (begins.first && self.old.len() == self.region.old.len());
        let words = self.content(Side::Old);
        let verb = (first + 1..self.region.old.end).any(|at| {
            matches!(
                tokens[at].word.as_str(),
                "is" | "are" | "was" | "were" | "has" | "have" | "had" | "will" | "would"
            ) && at > first + 1
                || (!begins.first && is_verb(tokens, at))
        });
        let kept = self
            .new
            .iter()
            .filter(|&&at| self.pair.new[at].is_content())
            .count();
        if !(joined && verb && words >= 3) || kept > words {
            return None;
        }
        let mut finding = self.finding(ChangeKind::StatementRemoved, Aspect::Other);
        finding.aspect = None;
        finding.old = self.region.old.clone();
        Some(finding)
    }
}

/// Whether the verbs that went and those that came tell different deeds.
///
/// Editors exchange verbs all day without meaning anything by it, so two verbs are taken for the same until both are deeds
/// that the news tells apart: to arrest and to die, to sell and to close.
fn exclude(pair: &Pair<'_>, old: &[usize], new: &[usize]) -> bool {
    let deeds = |tokens: &[Token], verbs: &[usize]| {
        verbs
            .iter()
            .copied()
            .filter(|&at| pair.lexicon.is_deed(&tokens[at].word))
            .collect::<Vec<_>>()
    };
    let (old, new) = (deeds(pair.old, old), deeds(pair.new, new));
    let related =
        |i: usize, j: usize| match pair.lexicon.relation(&pair.old[i].word, &pair.new[j].word) {
            Relation::Same | Relation::Wider => true,
            Relation::Opposite => is_denied_on_one_side(pair, i, j),
            Relation::None => false,
        };
    old.iter().any(|&i| !new.iter().any(|&j| related(i, j)))
        && new.iter().any(|&j| !old.iter().any(|&i| related(i, j)))
}
