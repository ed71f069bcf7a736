//! The words that make a claim a plan or leave it open, read with the words around them.

use crate::compare::lexicon::Lexicon;
use crate::compare::tokens::{Kind, Token};
use crate::compare::verbs::is_verb;

/// Whether a word makes a claim uncertain: "appeared" does in "appeared to be", and "May" is a month.
pub(super) fn is_hedge(tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let token = &tokens[at];
    if !lexicon.is_hedge(&token.word) || token.kind == Kind::When {
        return false;
    }
    let next = tokens.get(at + 1).map_or("", |next| next.word.as_str());
    match token.word.as_str() {
        "appear" | "appears" | "appeared" if lexicon.english => next == "to" || next == "that",
        // "Could not say" tells that somebody was unable.
        "could" => !matches!(next, "not" | "no"),
        _ => true,
    }
}

/// A participle without an auxiliary of its own: "will be returned and the routes dropped".
pub(super) fn is_bare_participle(tokens: &[Token], verb: usize) -> bool {
    tokens[verb].word.ends_with("ed")
        && !tokens[verb.saturating_sub(2)..verb].iter().any(|token| {
            matches!(
                token.word.as_str(),
                "was" | "were" | "has" | "have" | "had" | "is" | "are" | "been"
            )
        })
}

/// "Hope to understand" for "hope that it will help to understand": another word before the verb makes it a plan as well.
pub(super) fn is_governed(tokens: &[Token], verb: usize, lexicon: &Lexicon) -> bool {
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
