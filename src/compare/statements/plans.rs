//! Whether a claim is now surer or less sure: hedges that came or went, plans that became deeds.

use super::cues::{is_bare_participle, is_governed, is_hedge, is_plan};
use super::{Ending, Judged, Side};
use crate::compare::tokens::{Kind, Token};
use crate::compare::verbs::is_verb;
use crate::text::thesaurus::Relation;

impl Judged<'_> {
    /// The word that makes the claim surer or less sure on one side.
    pub(super) fn other_modality(&self) -> Option<(Side, usize)> {
        self.hedge()
            .or_else(|| {
                [Side::Old, Side::New]
                    .into_iter()
                    .find_map(|side| self.settled(side))
            })
            .or_else(|| self.carried_out())
    }

    /// A hedge that came or went.
    fn hedge(&self) -> Option<(Side, usize)> {
        let lexicon = self.pair.lexicon;
        let hedges = |side| self.count(side, |tokens, at| is_hedge(tokens, at, lexicon)) > 0;
        let side = match (hedges(Side::Old), hedges(Side::New)) {
            (true, false) => Side::Old,
            (false, true) => Side::New,
            _ => return None,
        };
        if self.is_unsure(side.other()) || self.is_permission() || self.is_said_instead() {
            return None;
        }
        let cue = self.touching(side, |tokens, at| is_hedge(tokens, at, lexicon))?;
        Some((side, cue))
    }

    /// A plan that one version tells as done.
    fn carried_out(&self) -> Option<(Side, usize)> {
        let lexicon = self.pair.lexicon;
        let hedged = |side| self.count(side, |tokens, at| is_hedge(tokens, at, lexicon)) > 0;
        let side = match (self.plans(Side::Old), self.plans(Side::New)) {
            (true, false) => Side::Old,
            (false, true) => Side::New,
            (true, true) => {
                return [Side::Old, Side::New]
                    .into_iter()
                    .find(|&side| self.intends(side) && self.is_decided(side.other()))
                    .and_then(|side| self.cue(side));
            }
            (false, false) => return None,
        };
        let other = side.other();
        let open = hedged(other)
            || self.plans_elsewhere(other)
            || (!self.intends(side) && self.obliges(other));
        let cue = self.cue(side).filter(|_| !open)?;
        self.is_carried_out(side, cue.1).then_some(cue)
    }

    /// Whether a version hedges or plans in words of its own: "expected" for "thought likely".
    fn is_unsure(&self, side: Side) -> bool {
        const DOUBTING: &str = "believe believes believed think thinks thought suspect suspects fear fears expect expects assume assumes should ought \
risk risks chance exclude";
        let (tokens, others) = (self.tokens(side).0, self.tokens(side.other()).0);
        let lexicon = self.pair.lexicon;
        (0..tokens.len()).any(|at| {
            !tokens[at].quoted
                && self.paired(side)[at].is_none_or(|to| others[to].stem != tokens[at].stem)
                && (is_hedge(tokens, at, lexicon)
                    || is_plan(tokens, at, lexicon)
                    || lexicon.english && DOUBTING.split(' ').any(|word| word == tokens[at].word))
        })
    }

    fn plans(&self, side: Side) -> bool {
        self.count(side, |tokens, at| is_plan(tokens, at, self.pair.lexicon)) > 0
    }

    /// The last word that makes a deed a plan.
    fn cue(&self, side: Side) -> Option<(Side, usize)> {
        let (tokens, left) = self.tokens(side);
        left.iter()
            .rfind(|&&at| is_plan(tokens, at, self.pair.lexicon))
            .map(|&at| (side, at))
    }

    /// "Should take two weeks", "must first be lifted": as much still to come as "is expected to", "will have to".
    fn obliges(&self, side: Side) -> bool {
        self.count(side, |tokens, at| {
            matches!(tokens[at].word.as_str(), "should" | "must" | "ought")
        }) > 0
    }

    /// "Plans to bring" against "will bring": what is only meant can still be dropped.
    fn intends(&self, side: Side) -> bool {
        const MEANT: &str = "plan plans planned planning intend intends aim aims hope hopes hoping want wants consider considering mull mulls mulling";
        self.count(side, |tokens, at| {
            MEANT.split(' ').any(|word| word == tokens[at].word)
                && is_plan(tokens, at, self.pair.lexicon)
                || matches!(tokens[at].word.as_str(), "considering" | "mulling")
        }) > 0
    }

    fn is_decided(&self, side: Side) -> bool {
        !self.intends(side)
            && self.count(side, |tokens, at| {
                matches!(tokens[at].word.as_str(), "will" | "shall" | "would")
            }) > 0
    }

    /// "The chief accuses states of recruiting students" for "states recruit students, the chief says": it stays what he says.
    fn is_said_instead(&self) -> bool {
        let accuses = |side| {
            self.count(side, |tokens, at| {
                matches!(
                    tokens[at].word.as_str(),
                    "accuse" | "accuses" | "accused" | "claim" | "claims" | "claimed"
                ) && !tokens[..at].last().is_some_and(|before| {
                    matches!(
                        before.word.as_str(),
                        "is" | "are" | "was" | "were" | "been" | "be"
                    )
                })
            }) > 0
        };
        let says = |tokens: &[Token], sources: &[bool], paired: &[Option<usize>]| {
            (0..tokens.len()).any(|at| {
                sources.get(at).copied().unwrap_or(false)
                    && paired[at].is_none()
                    && self.pair.lexicon.relation(&tokens[at].word, "say") == Relation::Same
            })
        };
        let pair = self.pair;
        (accuses(Side::Old) && says(pair.new, pair.new_sources, &pair.matching.new))
            || (accuses(Side::New) && says(pair.old, pair.old_sources, &pair.matching.old))
    }

    /// "May be used", "can be used", "is allowed": what is possible in one version is so in the other.
    fn is_permission(&self) -> bool {
        const POSSIBLE: &str = "can able allowed permitted face faces facing risk risks danger chance threatened possible potential should";
        const WARNING: &str = "warn warned warns warning warnings fear fears";
        let may = |side| {
            self.count(side, |tokens, at| {
                matches!(tokens[at].word.as_str(), "may" | "might" | "could")
            })
        };
        let possible = |side: Side| {
            let tokens = self.tokens(side).0;
            (0..tokens.len()).any(|at| {
                let listed = |list: &str| list.split(' ').any(|word| word == tokens[at].word);
                // "Warned of months without rain": what is warned of may come.
                let warns =
                    listed(WARNING) && tokens.get(at + 1).is_some_and(|next| next.word == "of");
                warns || (self.paired(side)[at].is_none() && listed(POSSIBLE))
            })
        };
        (may(Side::Old) > 0 && possible(Side::New)) || (may(Side::New) > 0 && possible(Side::Old))
    }

    /// "May also sell" against "will also sell".
    fn settled(&self, doubted: Side) -> Option<(Side, usize)> {
        const DOUBTS: &str = "may might could considering mulling weighing considers mulls weighs";
        let (tokens, left) = self.tokens(doubted);
        let doubt = left
            .iter()
            .copied()
            .find(|&at| DOUBTS.split(' ').any(|word| word == tokens[at].word))?;
        let settles = self.count(doubted.other(), |tokens, at| {
            matches!(tokens[at].word.as_str(), "will" | "shall" | "would")
        }) > 0;
        (settles && !self.is_permission()).then_some((doubted, doubt))
    }

    /// Whether the other version speaks of a plan in another place of the sentence: "due in June", "set for Monday".
    fn plans_elsewhere(&self, side: Side) -> bool {
        let tokens = self.tokens(side).0;
        let lexicon = self.pair.lexicon;
        (0..tokens.len()).any(|at| {
            self.pair.is_left(side, at)
                && (is_plan(tokens, at, lexicon)
                    || matches!(
                        tokens[at].word.as_str(),
                        "due" | "set" | "scheduled" | "face" | "faces"
                    ))
        }) || self.has_future(side)
    }

    /// Whether a verb of its own stands in the future tense, where one word tells it: "fumigarán".
    fn has_future(&self, side: Side) -> bool {
        let (tokens, others) = (self.tokens(side).0, self.tokens(side.other()).0);
        (0..tokens.len()).any(|at| {
            self.pair.lexicon.is_future(&tokens[at].word)
                && self.paired(side)[at].is_none_or(|to| others[to].word != tokens[at].word)
        })
    }

    /// Whether the planned deed of one side is told as done by the other.
    fn is_carried_out(&self, planned: Side, cue: usize) -> bool {
        let tokens = self.tokens(planned).0;
        let (paired, others) = (self.paired(planned), self.tokens(planned.other()).0);
        let verb = (cue + 1..tokens.len())
            .take(4)
            .find(|&at| tokens[at].is_content());
        let lasting = verb.is_some_and(|at| {
            matches!(
                tokens[at].word.as_str(),
                "continue" | "remain" | "stay" | "keep"
            )
        });
        let passive = verb.is_some_and(|at| {
            tokens[cue..at]
                .iter()
                .any(|token| matches!(token.word.as_str(), "be" | "been"))
        });
        let done = |at: usize| self.is_done(planned.other(), at, passive);
        let Some(kept) = verb.and_then(|at| paired[at]) else {
            return self.is_put_otherwise(planned, cue, verb, &done);
        };
        !lasting
            && done(kept)
            && !is_governed(others, kept, self.pair.lexicon)
            && !self.shares_will(others, kept)
    }

    /// "Set to miss the final" for "out of the final": a headline tells the deed in other words.
    fn is_put_otherwise(
        &self,
        planned: Side,
        cue: usize,
        verb: Option<usize>,
        done: &dyn Fn(usize) -> bool,
    ) -> bool {
        let lexicon = self.pair.lexicon;
        let tokens = self.tokens(planned).0;
        let (others, left) = self.tokens(planned.other());
        let Some(region) = self.region_of((planned, cue)) else {
            return false;
        };
        let (own, other) = match planned {
            Side::Old => (&region.old, &region.new),
            Side::New => (&region.new, &region.old),
        };
        let open = self.ending(planned.other()) == Ending::Open;
        let to = [cue, cue + 1]
            .iter()
            .any(|&at| tokens.get(at).is_some_and(|token| token.word == "to"));
        let light = verb.is_some_and(|at| lexicon.is_light(&tokens[at].word));
        let told = left.iter().any(|&at| {
            other.contains(&at)
                && is_verb(others, at)
                && lexicon.is_deed(&others[at].word)
                && done(at)
        });
        // "The verdict is expected on Thursday", "judges gave their verdict".
        let bare = verb.is_none_or(|at| tokens[at].kind == Kind::When || !own.contains(&at))
            && !to
            && left.iter().any(|&at| {
                is_verb(others, at)
                    && others[at].past
                    && done(at)
                    && lexicon.relation(&others[at].word, "say") == Relation::None
            });
        if bare {
            return true;
        }
        let stated = other.clone().any(|at| others[at].is_content());
        // "To take place": the deed is the noun before, and the other version says how it stands.
        let held = open && light && left.iter().any(|&at| others[at].is_content());
        held || verb.is_none_or(|at| own.contains(&at)) && (told || open && stated && to)
    }

    fn ending(&self, side: Side) -> Ending {
        match side {
            Side::Old => self.pair.endings.0,
            Side::New => self.pair.endings.1,
        }
    }

    /// Whether a verb tells its deed as done: in the past or perfect, in a headline in the present, too.
    fn is_done(&self, side: Side, at: usize, passive: bool) -> bool {
        const REACH: usize = 4;
        let tokens = self.tokens(side).0;
        let lexicon = self.pair.lexicon;
        if !lexicon.english {
            return true;
        }
        let before = |words: &str| {
            tokens[at.saturating_sub(REACH)..at]
                .iter()
                .enumerate()
                .rev()
                .take_while(|(k, _)| {
                    let next = at.saturating_sub(REACH) + k + 1;
                    !tokens[next].after_mark && tokens[next].sentence == tokens[at].sentence
                })
                .any(|(_, token)| words.split(' ').any(|word| word == token.word))
        };
        if before("to be will would shall should must can could may might not being") {
            return false;
        }
        if before("has have had was were") || tokens[at].progressive && before("is are") {
            return !tokens[at].progressive;
        }
        if before("is are") {
            return passive;
        }
        if !is_verb(tokens, at) {
            return false;
        }
        tokens[at].past || self.ending(side) == Ending::Open && !tokens[at].progressive
    }

    /// "Will be returned and the routes dropped": a participle without an auxiliary of its own shares the one before.
    fn shares_will(&self, others: &[Token], verb: usize) -> bool {
        is_bare_participle(others, verb)
            && others[..verb].iter().enumerate().any(|(at, token)| {
                token.sentence == others[verb].sentence && is_plan(others, at, self.pair.lexicon)
            })
    }
}
