//! Whether a claim is now denied, or no longer: not, never, nobody, failed to.

use super::{Judged, Side};
use crate::compare::tokens::{Kind, Token};
use crate::compare::verbs::is_verb;
use crate::text::thesaurus::Relation;

impl Judged<'_> {
    /// The word that denies on one side what the other side says.
    pub(super) fn denial(&self) -> Option<(Side, usize)> {
        [Side::Old, Side::New]
            .into_iter()
            .find_map(|side| Some((side, self.denial_of(side)?)))
            .or_else(|| self.failure())
    }

    /// A denial that came or went, of something that both versions tell and only one denies.
    fn denial_of(&self, side: Side) -> Option<usize> {
        let (tokens, left) = self.tokens(side);
        let cues = left
            .iter()
            .copied()
            .filter(|&at| self.denies(side, tokens, at));
        // "Did not invite" for "refused to invite" is the same; "has not said that" for "has ruled out that" is not.
        let excused = self.denies_otherwise(side.other());
        cues.into_iter().find(|&cue| {
            self.denied_words(side, cue)
                .into_iter()
                .any(|word| !self.is_denied(side.other(), word))
                && (!excused
                    || (self.is_of_saying(side, cue) && self.paired(side)[cue + 1].is_none()))
                || self.is_undone(side, cue)
        })
    }

    /// What a denial denies, as words of the other version; empty where the other version speaks of something else.
    fn denied_words(&self, side: Side, cue: usize) -> Vec<usize> {
        const REACH: usize = 4;
        let (tokens, paired) = (self.tokens(side).0, self.paired(side));
        let content = |range: &mut dyn Iterator<Item = usize>| {
            range
                .take_while(|&k| {
                    tokens[k].sentence == tokens[cue].sentence && k.abs_diff(cue) <= REACH
                })
                .find(|&k| tokens[k].kind != Kind::Stop)
        };
        // What is denied follows the denial; only where nothing does, it stands before.
        let next = content(&mut (cue + 1..tokens.len()));
        let before = content(&mut (0..cue).rev());
        let kept = |at: Option<usize>| at.and_then(|at| paired[at]);
        // "Does not expect to reopen it": the deed hangs on the word denied.
        let governed = next
            .filter(|&k| tokens.get(k + 1).is_some_and(|token| token.word == "to"))
            .and_then(|k| content(&mut (k + 2..tokens.len())));
        let object = matches!(tokens[cue].word.as_str(), "nobody" | "none" | "nothing")
            || tokens[cue].word.starts_with(ZERO);
        // "Has not said whether", "arrested nobody".
        let said = self.is_of_saying(side, cue).then_some(cue + 1);
        let before = before.filter(|_| next.is_none() || object);
        [kept(next), kept(governed), kept(said), kept(before)]
            .into_iter()
            .flatten()
            .collect()
    }

    /// "Has not said", "did not tell".
    fn is_of_saying(&self, side: Side, cue: usize) -> bool {
        let tokens = self.tokens(side).0;
        tokens.get(cue + 1).is_some_and(|token| {
            matches!(
                token.word.as_str(),
                "said" | "say" | "says" | "told" | "yet"
            )
        })
    }

    /// Whether a denial stands in the clause of a word.
    fn is_denied(&self, side: Side, word: usize) -> bool {
        let tokens = self.tokens(side).0;
        let ends = |at: usize| {
            tokens[at].after_mark || matches!(tokens[at].word.as_str(), "and" | "but" | "while")
        };
        let same = |at: &usize| tokens[*at].sentence == tokens[word].sentence;
        let start = (1..=word)
            .rev()
            .take_while(same)
            .find(|&at| ends(at))
            .unwrap_or(0);
        let end = (word + 1..tokens.len())
            .take_while(same)
            .find(|&at| ends(at))
            .unwrap_or(tokens.len());
        (start..end)
            .filter(same)
            .any(|at| self.denies(side, tokens, at))
    }

    /// Whether the words without a counterpart deny in another way: refuse, unable, empty of, too little, only then.
    fn denies_otherwise(&self, side: Side) -> bool {
        const DENYING: &str = "little few rarely seldom only without negative empty cancel cancelled suspended grounded halted closed shut \
barred banned prevented stopped lost against free absent gone ceased ended ruled enough";
        let lexicon = self.pair.lexicon;
        self.count(side, |tokens, at| {
            let word = tokens[at].word.as_str();
            let next = tokens.get(at + 1).map_or("", |next| next.word.as_str());
            lexicon.is_denial(word)
                || DENYING.split(' ').any(|listed| listed == word)
                || matches!(
                    (word, next),
                    ("out", "of") | ("yet", "to") | ("short", "of")
                )
                || (word.len() > 5 && (word.starts_with("un") || word.starts_with("in")))
        }) > 0
    }

    /// "Failed to reach orbit" on one side only.
    fn failure(&self) -> Option<(Side, usize)> {
        let fails = (self.fails(Side::Old), self.fails(Side::New));
        let (side, cue) = match fails {
            (Some(cue), None) => (Side::Old, cue),
            (None, Some(cue)) => (Side::New, cue),
            _ => return None,
        };
        let tokens = self.tokens(side.other()).0;
        let denied = (0..tokens.len())
            .any(|at| self.pair.is_left(side.other(), at) && self.denies(side.other(), tokens, at));
        (!denied && !self.denies_otherwise(side.other())).then_some((side, cue))
    }

    /// "Rejected the application" against "has yet to rule on it": a deed on one side, none on the other.
    fn is_undone(&self, with: Side, cue: usize) -> bool {
        let lexicon = self.pair.lexicon;
        let deeds = |side: Side| {
            let (tokens, left) = self.tokens(side);
            left.iter()
                .copied()
                .filter(|&at| is_verb(tokens, at))
                .map(|at| tokens[at].word.clone())
                .collect::<Vec<_>>()
        };
        let tokens = self.tokens(with).0;
        let pending = cue
            .checked_sub(1)
            .is_some_and(|at| matches!(tokens[at].word.as_str(), "has" | "have" | "yet"));
        let (denied, done) = (deeds(with), deeds(with.other()));
        pending
            && !denied.is_empty()
            && done.iter().any(|word| {
                lexicon.is_deed(word)
                    && !lexicon.is_denial(word)
                    && denied
                        .iter()
                        .all(|other| lexicon.relation(word, other) == Relation::None)
            })
    }

    /// "Failed to reach orbit": a deed that both versions have, denied by the verb before it.
    fn fails(&self, side: Side) -> Option<usize> {
        let (tokens, left) = self.tokens(side);
        let paired = self.paired(side);
        left.iter().copied().find(|&at| {
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
        // "No, he said": the answer to a question.
        let answers =
            tokens[at].word == "no" && tokens.get(at + 1).is_some_and(|next| next.after_mark);
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
        // "No bigger find since" tells of the biggest.
        let compared = at + 1 < tokens.len()
            && tokens[at + 1].word.ends_with("er")
            && super::things::is_degree(tokens, at + 1);
        (self.pair.lexicon.is_negation(&tokens[at].word) && !bound && !compared && !answers)
            || (tokens[at].word.starts_with(ZERO) && !counted.get(at).copied().unwrap_or(false))
    }

    /// The first cue that speaks of something both versions have, or that was put in the place of something.
    pub(super) fn touching(
        &self,
        side: Side,
        is_cue: impl Fn(&[Token], usize) -> bool,
    ) -> Option<usize> {
        let (tokens, left) = self.tokens(side);
        left.iter()
            .copied()
            .filter(|&at| is_cue(tokens, at))
            .find(|&at| !self.denied_words(side, at).is_empty())
    }
}

/// How the token of the figure 0 begins.
pub(super) const ZERO: &str = "#0..0";
