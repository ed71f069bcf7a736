//! Whether a claim is now surer or less sure: hedges that came or went, plans that became deeds.

use super::{Ending, Judged, Side};
use crate::compare::lexicon::Lexicon;
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
        let (tokens, others) = (self.tokens(side).0, self.tokens(side.other()).0);
        let lexicon = self.pair.lexicon;
        (0..tokens.len()).any(|at| {
            !tokens[at].quoted
                && self.paired(side)[at].is_none_or(|to| others[to].stem != tokens[at].stem)
                && (is_hedge(tokens, at, lexicon) || is_plan(tokens, at, lexicon))
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
        const POSSIBLE: &str = "can able allowed permitted face faces facing risk risks danger chance threatened possible potential should warn warned warns warning warnings fear fears feared";
        let may = |side| {
            self.count(side, |tokens, at| {
                matches!(tokens[at].word.as_str(), "may" | "might" | "could")
            })
        };
        let possible = |side: Side| {
            let tokens = self.tokens(side).0;
            // "Leaders warned" is a warning, though it says who speaks.
            (0..tokens.len()).any(|at| {
                self.paired(side)[at].is_none()
                    && POSSIBLE.split(' ').any(|word| word == tokens[at].word)
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
                    let next = at.saturating_sub(REACH).max(0) + k + 1;
                    !tokens[next].after_mark && tokens[next].sentence == tokens[at].sentence
                })
                .any(|(_, token)| words.split(' ').any(|word| word == token.word))
        };
        if before("to will would shall should must can could may might not being") {
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

/// Whether a word makes a claim uncertain: "appeared" does in "appeared to be", and "May" is a month.
fn is_hedge(tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let token = &tokens[at];
    if !lexicon.is_hedge(&token.word) || token.kind == Kind::When {
        return false;
    }
    let next = tokens.get(at + 1).map_or("", |next| next.word.as_str());
    match token.word.as_str() {
        "appear" | "appears" | "appeared" if lexicon.english => next == "to" || next == "that",
        _ => true,
    }
}

/// A participle without an auxiliary of its own: "will be returned and the routes dropped".
fn is_bare_participle(tokens: &[Token], verb: usize) -> bool {
    tokens[verb].word.ends_with("ed")
        && !tokens[verb.saturating_sub(2)..verb].iter().any(|token| {
            matches!(
                token.word.as_str(),
                "was" | "were" | "has" | "have" | "had" | "is" | "are" | "been"
            )
        })
}

/// "Hope to understand" for "hope that it will help to understand": another word before the verb makes it a plan as well.
fn is_governed(tokens: &[Token], verb: usize, lexicon: &Lexicon) -> bool {
    const REACH: usize = 4;
    const BINDING: &str = "vote voted votes decide decided decides promise promised promises pledge pledged pledges vow vowed vows agree agreed agrees offer offered offers undertake undertook";
    (verb.saturating_sub(REACH)..verb)
        .filter(|&at| tokens[at].sentence == tokens[verb].sentence)
        .any(|at| {
            is_plan(tokens, at, lexicon)
                || BINDING
                    .split_ascii_whitespace()
                    .any(|word| word == tokens[at].word)
        })
}

pub(super) fn is_plan(tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let word = tokens[at].word.as_str();
    let next = tokens.get(at + 1).map_or("", |token| token.word.as_str());
    if word == "to" {
        return is_headline_future(tokens, at);
    }
    if !lexicon.is_plan(word) {
        return false;
    }
    match word {
        "due" => {
            at > 0
                && !tokens[at].after_mark
                && (next == "for" || next == "to" && is_infinitive(tokens, at + 1))
        }
        "want" | "wants" if at > 0 && tokens[at - 1].word == "not" => false,
        "will" | "would" | "shall" if next == "not" => false,
        // "Will still have to pay" is the duty that "has to pay" tells.
        "will" | "would" | "shall" => !tokens
            .iter()
            .skip(at + 1)
            .take(2)
            .any(|token| token.word == "must"),
        "set" | "going" | "about" | "ready" | "close" | "poised" | "scheduled" => {
            next == "to"
                && (!lexicon.english
                    || is_base_form(tokens, at + 2)
                    || tokens.get(at + 2).is_some_and(|verb| verb.progressive))
        }
        "heading" | "head" => next == "for",
        "plan" | "plans" | "hope" | "hopes" | "hoping" | "aim" | "aims" | "aiming" | "brace"
        | "seeks" | "seeking" | "wants" | "want" | "threatens" | "threaten" | "prepare"
        | "prepares" | "preparing" => next == "to" || next == "for",
        _ => true,
    }
}

/// Verbs an infinitive hangs on: "urges ministers to resign" is no plan.
pub(super) const ASKING: &str = "ask urge tell order force allow help want cause lead enable encourage persuade require request invite push press pressure \
warn teach get like love call bring move try seem appear vow refuse agree decide begin start continue need fail try";

/// Whether the "to" at `at` begins an infinitive and no noun follows it: "due to speak", not "due to fog".
pub(super) fn is_infinitive(tokens: &[Token], at: usize) -> bool {
    is_base_form(tokens, at + 1)
        && tokens.get(at + 1).is_some_and(|next| {
            next.word == "be"
                || crate::text::thesaurus::base_forms(&next.word)
                    .first()
                    .is_some_and(|form| form.parts.starts_with('v'))
        })
}

pub(super) fn is_base_form(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|next| {
        next.word == "be"
            || crate::text::thesaurus::base_forms(&next.word)
                .iter()
                .any(|form| form.lemma == next.word && form.parts.contains('v'))
    })
}

/// "PM to strike deal", "checks to be scrapped", "is to close": the infinitive of a plan.
pub(super) fn is_headline_future(tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|k| &tokens[k]) else {
        return false;
    };
    let next_is_base = is_base_form(tokens, at + 1);
    // "The first vaccine to be sprayed" is the first that is sprayed.
    let singled_out = tokens[..at].iter().rev().take(5).any(|token| {
        matches!(token.word.as_str(), "first" | "only" | "last" | "latest")
            || token.word.starts_with("#1..1 ")
    });
    if singled_out {
        return false;
    }
    // "The decision to close the library" is taken, whatever became of the library.
    let resolved = matches!(
        before.word.as_str(),
        "decision"
            | "bid"
            | "attempt"
            | "effort"
            | "efforts"
            | "campaign"
            | "order"
            | "chance"
            | "right"
            | "deal"
            | "vote"
    );
    let be = matches!(before.word.as_str(), "is" | "are" | "was" | "were");
    let asked = tokens[..at]
        .iter()
        .rev()
        .take_while(|token| !token.after_mark)
        .any(|token| {
            ASKING
                .split_ascii_whitespace()
                .any(|word| word == token.word)
                || crate::text::thesaurus::base_forms(&token.word)
                    .iter()
                    .any(|form| {
                        ASKING
                            .split_ascii_whitespace()
                            .any(|word| word == form.lemma)
                    })
        });
    let noun = before.name
        || crate::text::thesaurus::base_forms(&before.word)
            .first()
            .is_none_or(|form| form.parts.contains('n'));
    // "Thousands took to the streets to protest": the deed is done, and the infinitive says what for.
    // A headline has no articles, and its participles tell of what was done to a thing: "sisters killed in flood to be buried".
    let prose = tokens
        .iter()
        .any(|token| matches!(token.word.as_str(), "the" | "a" | "an"));
    let done = (0..at - 1).any(|before| {
        prose
            && tokens[before].sentence == tokens[at].sentence
            && is_verb(tokens, before)
            && !tokens[before].word.ends_with("ing")
    }) || crate::compare::verbs::has_past_verb(&tokens[..at]);
    next_is_base
        && !resolved
        && (be || (before.is_content() && noun && !is_verb(tokens, at - 1) && !asked && !done))
}
