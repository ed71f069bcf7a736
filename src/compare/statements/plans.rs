//! Whether a claim is now surer or less sure: hedges that came or went, plans that became deeds.

use super::{Ending, Judged, Side};
use crate::compare::lexicon::Lexicon;
use crate::compare::tokens::{Kind, Token};
use crate::compare::verbs::is_verb;
use crate::text::thesaurus::Relation;

impl Judged<'_> {
    pub(super) fn is_other_modality(&self) -> bool {
        let lexicon = self.pair.lexicon;
        let hedges = |side| self.count(side, |tokens, at| lexicon.is_hedge(&tokens[at].word));
        let planned = |side| self.count(side, |tokens, at| is_plan(tokens, at, lexicon));
        let (uncertain, plans) = (
            (hedges(Side::Old), hedges(Side::New)),
            (planned(Side::Old), planned(Side::New)),
        );
        let is_hedged = match uncertain {
            (1.., 0) => plans.1 == 0 && self.touches(Side::Old, |word| lexicon.is_hedge(word)),
            (0, 1..) => plans.0 == 0 && self.touches(Side::New, |word| lexicon.is_hedge(word)),
            _ => false,
        };
        let is_hedged = is_hedged && !self.is_permission() && !self.is_said_instead();
        if is_hedged || self.is_settled(Side::Old) || self.is_settled(Side::New) {
            return true;
        }
        match plans {
            (1.., 0) if uncertain.1 == 0 => {
                !self.plans_elsewhere(Side::New)
                    && (self.intends(Side::Old) || !self.obliges(Side::New))
                    && self.is_carried_out(Side::Old)
            }
            (0, 1..) if uncertain.0 == 0 => {
                !self.plans_elsewhere(Side::Old)
                    && (self.intends(Side::New) || !self.obliges(Side::Old))
                    && self.is_carried_out(Side::New)
            }
            (1.., 1..) => {
                (self.intends(Side::Old) && self.is_decided(Side::New))
                    || (self.intends(Side::New) && self.is_decided(Side::Old))
            }
            _ => false,
        }
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
        let may = |side| {
            self.count(side, |tokens, at| {
                matches!(tokens[at].word.as_str(), "may" | "might" | "could")
            })
        };
        let possible = |side: Side| {
            let tokens = self.tokens(side).0;
            (0..tokens.len()).any(|at| {
                self.pair.is_left(side, at)
                    && POSSIBLE.split(' ').any(|word| word == tokens[at].word)
            })
        };
        (may(Side::Old) > 0 && possible(Side::New)) || (may(Side::New) > 0 && possible(Side::Old))
    }

    /// "May also sell" against "will also sell".
    pub(super) fn is_settled(&self, doubted: Side) -> bool {
        let other = if doubted == Side::Old {
            Side::New
        } else {
            Side::Old
        };
        let doubts = self.count(doubted, |tokens, at| {
            matches!(
                tokens[at].word.as_str(),
                "may"
                    | "might"
                    | "could"
                    | "considering"
                    | "mulling"
                    | "weighing"
                    | "considers"
                    | "mulls"
                    | "weighs"
            )
        });
        let settles = self.count(other, |tokens, at| {
            matches!(tokens[at].word.as_str(), "will" | "shall" | "would")
        });
        doubts > 0 && settles > 0
    }

    /// Whether the other version speaks of a plan in another place of the sentence.
    pub(super) fn plans_elsewhere(&self, side: Side) -> bool {
        let tokens = self.tokens(side).0;
        (0..tokens.len())
            .any(|at| self.pair.is_left(side, at) && is_plan(tokens, at, self.pair.lexicon))
    }

    /// Whether the planned deed of one side is told as done by the other.
    pub(super) fn is_carried_out(&self, planned: Side) -> bool {
        let (tokens, left) = self.tokens(planned);
        let lexicon = self.pair.lexicon;
        let Some(&cue) = left.iter().rfind(|&&at| is_plan(tokens, at, lexicon)) else {
            return false;
        };
        let paired = match planned {
            Side::Old => &self.pair.matching.old,
            Side::New => &self.pair.matching.new,
        };
        let others = match planned {
            Side::Old => self.pair.new,
            Side::New => self.pair.old,
        };
        let verb = (cue + 1..tokens.len())
            .take(4)
            .find(|&at| tokens[at].is_content());
        let done = verb.is_some_and(|at| {
            !matches!(
                tokens[at].word.as_str(),
                "continue" | "remain" | "stay" | "keep"
            ) && paired[at].is_some_and(|other| {
                others[other].word != tokens[at].word
                    || others
                        .get(other.wrapping_sub(1))
                        .is_none_or(|token| token.word != "to")
            })
        });
        let other_side = if planned == Side::Old {
            Side::New
        } else {
            Side::Old
        };
        let shares_will = |verb: usize| {
            let participle = is_bare_participle(others, verb);
            participle
                && others[..verb].iter().enumerate().any(|(at, token)| {
                    token.sentence == others[verb].sentence && is_plan(others, at, lexicon)
                })
        };
        let kept = verb.and_then(|at| paired[at]);
        if kept.is_some_and(|verb| {
            self.is_timetable(others, verb)
                || is_governed(others, verb, lexicon)
                || shares_will(verb)
        }) {
            return false;
        }
        let another = self.is_other_deed(other_side, others, verb.map(|at| &tokens[at]));
        // "To take place", "to be held": the deed is the noun before, and the other version says how it stands.
        let held = verb.is_some_and(|at| lexicon.is_light(&tokens[at].word))
            && (0..others.len())
                .any(|at| others[at].is_content() && self.pair.is_left(other_side, at));
        // "Set to miss the final" for "out of the final".
        let other = match other_side {
            Side::Old => self.region.old.clone(),
            Side::New => self.region.new.clone(),
        };
        let to = [cue, cue + 1]
            .iter()
            .any(|&at| tokens.get(at).is_some_and(|token| token.word == "to"));
        let put_otherwise = to && verb.is_some_and(|at| paired[at].is_none()) && !other.is_empty();
        done || another || held || put_otherwise
    }
}

impl Judged<'_> {
    /// Whether the other side tells a deed that the news tells apart from the planned one, or the planned one by another word.
    fn is_other_deed(&self, side: Side, others: &[Token], planned: Option<&Token>) -> bool {
        let lexicon = self.pair.lexicon;
        let left = if side == Side::Old {
            &self.old
        } else {
            &self.new
        };
        left.iter().filter(|&&at| is_verb(others, at)).any(|&at| {
            let word = others[at].word.as_str();
            lexicon.is_deed(word)
                || planned
                    .is_some_and(|planned| lexicon.relation(word, &planned.word) != Relation::None)
        })
    }

    /// "The school reopens on Tuesday": the present tense with a time, in a full sentence, is as much to come as "will reopen".
    fn is_timetable(&self, tokens: &[Token], verb: usize) -> bool {
        let word = tokens[verb].word.as_str();
        let present = crate::text::thesaurus::base_forms(word)
            .iter()
            .any(|form| form.parts.contains('v') && (form.lemma == word || word.ends_with('s')))
            && !tokens[verb].past;
        present
            && self.pair.endings == (Ending::FullStop, Ending::FullStop)
            && tokens.iter().any(|token| token.kind == Kind::When)
            || is_progressive(tokens, verb)
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

/// "Is cancelling", "are taking": under way, and as a rule still to come.
fn is_progressive(tokens: &[Token], verb: usize) -> bool {
    tokens[verb].progressive
        && tokens[verb.saturating_sub(2)..verb]
            .iter()
            .any(|token| matches!(token.word.as_str(), "is" | "are" | "'s" | "'re"))
}

/// "Hope to understand" for "hope that it will help to understand": another word before the verb makes it a plan as well.
fn is_governed(tokens: &[Token], verb: usize, lexicon: &Lexicon) -> bool {
    const REACH: usize = 4;
    const BINDING: &str = "promise promised promises pledge pledged pledges vow vowed vows agree agreed agrees offer offered offers undertake undertook";
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
        "set" | "going" | "about" | "ready" | "close" | "poised" | "scheduled" => next == "to",
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
        && (be || (before.is_content() && noun && !is_verb(tokens, at - 1) && !asked && !done))
}
