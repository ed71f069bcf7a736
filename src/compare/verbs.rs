//! Which words of an English sentence are its verbs, as far as a comparison needs to know.
//!
//! A word is judged by its parts of speech and by the word before it; that is enough to tell "launches a trial" from
//! "a launch", and not enough for more.

use super::tokens::{Kind, Token};
use crate::text::thesaurus::{Entry, base_forms};

const BEFORE_NOUNS: &str = "a an the this that these those his her its their our your my no any some every each of in on at by for with from \
into over under against between during about after before as than per via";
const BEFORE_VERBS: &str = "to will would shall should can could may might must not n't did does do he she it they we who which i you";
const AUXILIARIES: &str = "is are was were be been being has have had having get gets got";

/// Whether the token at `at` is a verb.
pub(super) fn is_verb(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    if token.name
        || token.acronym
        || token.kind != Kind::Content
        || token.word.len() < 2
        || token.possessive
    {
        return false;
    }
    let forms = base_forms(&token.word);
    let inflected = |form: &&Entry| {
        form.lemma == token.word
            || ["s", "ed", "ing"]
                .iter()
                .any(|ending| token.word.ends_with(ending))
            || !token.word.starts_with(form.lemma)
    };
    let Some(verb) = forms
        .iter()
        .filter(|form| form.parts.contains('v'))
        .find(inflected)
    else {
        return false;
    };
    // "Goes to court": the fixed phrases that mean a verb are verbs wherever they stand.
    if token.phrase && verb.parts.starts_with('v') {
        return true;
    }
    let before = at
        .checked_sub(1)
        .map(|before| &tokens[before])
        .filter(|before| before.sentence == token.sentence && !token.after_mark);
    let participle = token.progressive || token.past || is_past(&token.word, verb);
    let Some(before) = before else {
        return participle || verb.parts.starts_with('v') || next_is_object(tokens, at);
    };
    if listed(AUXILIARIES, &before.word) {
        return participle;
    }
    if listed(BEFORE_VERBS, &before.word) {
        return true;
    }
    if listed(BEFORE_NOUNS, &before.word) || before.possessive {
        return token.word.ends_with("ing")
            && !listed("a an the his her its their no", &before.word)
            && !before.possessive;
    }
    if participle {
        return true;
    }
    // "Exports to be discussed": what is yet to be done to it is a thing.
    let thing = tokens.get(at + 1).is_some_and(|next| next.word == "to")
        && tokens.get(at + 2).is_some_and(|next| next.word == "be");
    if thing && token.word.ends_with('s') && before.is_content() && !before.name {
        return false;
    }
    let is_adjective = |token: &Token| {
        base_forms(&token.word)
            .first()
            .is_some_and(|form| form.parts.starts_with('a'))
    };
    if verb.parts.starts_with('v') && (token.word != verb.lemma || before.plural || before.name) {
        return true;
    }
    // A noun by nature is a verb after its subject and before its object: "storm hits coast", "Australians vote for".
    let third_person = token.word.ends_with('s') && token.word != verb.lemma;
    let two = at >= 3 && tokens[at - 2].word == "and" && before.name;
    let after_plural = (before.plural || two) && !third_person;
    before.is_content()
        && !is_adjective(before)
        && ((third_person && !next_is_preposition(tokens, at)) || after_plural)
        && !next_is_verb(tokens, at)
}

/// Whether any token is a verb other than a participle after a noun: whether the words assert anything.
pub(super) fn has_predicate(tokens: &[Token]) -> bool {
    (0..tokens.len()).any(|at| {
        let token = &tokens[at];
        listed("is are was were has have had will would can could may might must should does did do 's be dead missing", &token.word)
            || (is_verb(tokens, at) && !token.word.ends_with("ing"))
    })
}

/// Whether any token tells a deed as done: "took", "was", "have".
pub(super) fn has_past_verb(tokens: &[Token]) -> bool {
    (0..tokens.len()).any(|at| {
        let token = &tokens[at];
        listed("was were has have had did", &token.word)
            || (is_verb(tokens, at)
                && !token.word.ends_with("ed")
                && base_forms(&token.word)
                    .iter()
                    .any(|form| is_past(&token.word, form)))
    })
}

/// Whether any token is a verb that is surely no participle.
pub(super) fn has_finite_verb(tokens: &[Token]) -> bool {
    (0..tokens.len()).any(|at| {
        let token = &tokens[at];
        listed("is are was were has had have will would can could may might must should does did do 's", &token.word)
            || (is_verb(tokens, at) && !token.word.ends_with("ing") && !base_forms(&token.word).iter().any(|form| is_past(&token.word, form)))
    })
}

/// A past form: regular, or irregular and not the base form itself.
fn is_past(word: &str, verb: &Entry) -> bool {
    let other_ending = ["s", "ing", "er", "est", "ly"]
        .iter()
        .any(|ending| word.ends_with(ending));
    word.ends_with("ed") || (word != verb.lemma && !other_ending)
}

fn next_is_object(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| {
        !next.after_mark && (listed("a an the his her its their", &next.word) || next.name)
    })
}

/// "Cases in Europe": a plural noun goes on with a preposition, a verb with its object.
fn next_is_preposition(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_none_or(|next| {
        next.after_mark || listed("of in on at for with from by to and as over", &next.word)
    })
}

fn next_is_verb(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| {
        !next.after_mark
            && (listed(AUXILIARIES, &next.word)
                || listed("will would can could may might must should", &next.word))
    })
}

fn listed(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|item| item == word)
}
