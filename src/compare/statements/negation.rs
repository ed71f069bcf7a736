//! Whether a claim is now denied, or no longer: not, never, nobody, failed to.

use super::{Judged, Side};
use crate::compare::tokens::{Kind, Token};
use crate::compare::verbs::is_verb;
use crate::text::thesaurus::Relation;

impl Judged<'_> {
    pub(super) fn is_negated(&self) -> bool {
        let lexicon = self.pair.lexicon;
        let strong = |side| self.count(side, |tokens, at| self.denies(side, tokens, at));
        let weak = |side| {
            self.count(side, |tokens, at| {
                lexicon.is_denial(&tokens[at].word)
                    || matches!(
                        tokens[at].word.as_str(),
                        "little" | "few" | "rarely" | "seldom"
                    )
                    || (tokens[at].word == "out"
                        && tokens.get(at + 1).is_some_and(|next| next.word == "of"))
                    || (tokens[at].word == "yet"
                        && tokens.get(at + 1).is_some_and(|next| next.word == "to"))
                    || (tokens[at].word.len() > 5
                        && (tokens[at].word.starts_with("un") || tokens[at].word.starts_with("in")))
            })
        };
        let (old, new) = (strong(Side::Old), strong(Side::New));
        if old + new == 0 {
            let fails = (self.fails(Side::Old), self.fails(Side::New));
            let avoids = if fails.0 {
                weak(Side::New)
            } else {
                weak(Side::Old)
            };
            return fails.0 != fails.1 && avoids == 0;
        }
        if (old + new) % 2 == 0 {
            return false;
        }
        let (with, without) = if old > new {
            (Side::Old, Side::New)
        } else {
            (Side::New, Side::Old)
        };
        // "Did not invite" for "refused to invite" is the same; "has not said that" for "has ruled out that" is not.
        let without_it = self.count(without, |tokens, at| tokens[at].word == "without") > 0;
        if without_it || (weak(without) > 0 && self.denies_the_same(with)) {
            return false;
        }
        self.touches(with, |word| {
            lexicon.is_negation(word) || word.starts_with(ZERO)
        }) || self.is_undone(with, without)
    }

    /// "Rejected the application" against "has yet to rule on it": a deed on one side, none on the other.
    fn is_undone(&self, with: Side, without: Side) -> bool {
        let lexicon = self.pair.lexicon;
        let deeds = |side: Side| {
            let (tokens, left) = self.tokens(side);
            left.iter()
                .copied()
                .filter(|&at| is_verb(tokens, at))
                .map(|at| tokens[at].word.clone())
                .collect::<Vec<_>>()
        };
        let (denied, done) = (deeds(with), deeds(without));
        !denied.is_empty()
            && done.iter().any(|word| {
                lexicon.is_deed(word)
                    && !lexicon.is_denial(word)
                    && denied
                        .iter()
                        .all(|other| lexicon.relation(word, other) == Relation::None)
            })
    }

    /// "Failed to reach orbit": a deed that both versions have, denied by the verb before it.
    pub(super) fn fails(&self, side: Side) -> bool {
        let (tokens, left) = self.tokens(side);
        let paired = match side {
            Side::Old => &self.pair.matching.old,
            Side::New => &self.pair.matching.new,
        };
        left.iter().any(|&at| {
            self.pair.lexicon.is_denial(&tokens[at].word)
                && tokens.get(at + 1).is_some_and(|next| next.word == "to")
                && paired.get(at + 2).copied().flatten().is_some()
        })
    }

    /// Whether a word denies; "nobody" is the figure 0 where the other version has a figure for it, and a denial elsewhere.
    pub(super) fn denies(&self, side: Side, tokens: &[Token], at: usize) -> bool {
        let counted = match side {
            Side::Old => self.pair.old_counted,
            Side::New => self.pair.new_counted,
        };
        // "No more than 50" is a bound.
        let bound = tokens.get(at + 1).is_some_and(|next| {
            matches!(
                next.word.as_str(),
                "more"
                    | "less"
                    | "fewer"
                    | "later"
                    | "earlier"
                    | "sooner"
                    | "only"
                    | "just"
                    | "least"
                    | "doubt"
                    | "matter"
            )
        });
        (self.pair.lexicon.is_negation(&tokens[at].word) && !bound)
            || (tokens[at].word.starts_with(ZERO) && !counted.get(at).copied().unwrap_or(false))
    }

    /// Whether the word after the negation has a counterpart.
    pub(super) fn denies_the_same(&self, side: Side) -> bool {
        let (tokens, left) = self.tokens(side);
        let (paired, others) = match side {
            Side::Old => (&self.pair.matching.old, self.pair.new),
            Side::New => (&self.pair.matching.new, self.pair.old),
        };
        left.iter()
            .filter(|&&at| self.pair.lexicon.is_negation(&tokens[at].word))
            .any(|&at| {
                (at + 1..tokens.len())
                    .find(|&k| tokens[k].kind != Kind::Stop)
                    .is_some_and(|k| {
                        paired[k].is_some()
                            || others
                                .iter()
                                .any(|other| is_prefixed(&other.word, &tokens[k].word))
                    })
            })
    }

    /// Whether the cue speaks of something that both versions have, or that was put in the place of something.
    pub(super) fn touches(&self, side: Side, is_cue: impl Fn(&str) -> bool) -> bool {
        let (tokens, left) = self.tokens(side);
        let paired = match side {
            Side::Old => &self.pair.matching.old,
            Side::New => &self.pair.matching.new,
        };
        left.iter()
            .filter(|&&at| is_cue(&tokens[at].word))
            .any(|&at| {
                let content = |range: &mut dyn Iterator<Item = usize>| {
                    range
                        .take_while(|&k| {
                            tokens[k].sentence == tokens[at].sentence && k.abs_diff(at) <= 4
                        })
                        .find(|&k| tokens[k].kind != Kind::Stop)
                };
                // What is denied follows the denial; only where nothing does, it stands before.
                let next = content(&mut (at + 1..tokens.len()));
                let before = content(&mut (0..at).rev());
                let kept = |k: Option<usize>| k.is_some_and(|k| paired[k].is_some());
                // "Does not expect to reopen it": the deed hangs on the word denied.
                let governed = next.is_some_and(|k| {
                    tokens.get(k + 1).is_some_and(|token| token.word == "to")
                        && kept(content(&mut (k + 2..tokens.len())))
                });
                // "Has not said whether", "arrested nobody".
                let said = tokens.get(at + 1).is_some_and(|token| {
                    matches!(
                        token.word.as_str(),
                        "said" | "say" | "says" | "told" | "yet"
                    )
                }) && paired[at + 1].is_some();
                let object = matches!(tokens[at].word.as_str(), "nobody" | "none" | "nothing")
                    || tokens[at].word.starts_with(ZERO);
                kept(next) || governed || said || ((next.is_none() || object) && kept(before))
            })
    }
}

/// How the token of the figure 0 begins.
pub(super) const ZERO: &str = "#0..0";

/// Whether `one` is `other` with a prefix that denies it: "unclear" and "clear".
pub(super) fn is_prefixed(one: &str, other: &str) -> bool {
    ["un", "in", "im", "dis", "non"]
        .iter()
        .any(|prefix| one.strip_prefix(prefix) == Some(other))
}
