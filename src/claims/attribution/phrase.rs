//! Where the noun phrase that names a source begins and ends, and which of its words are the name.

use std::ops::Range;

use super::super::passage::{Kind, Passage, Word, ends_noun_phrase, is_genitive};
use super::super::vocabulary::flag;

/// No source is named in more words; a longer phrase is a clause that was taken for one.
const MOST_WORDS: usize = 16;

/// The noun phrase that ends before the word `end`, not reaching before `first`.
pub(super) fn before(p: &Passage, first: usize, end: usize) -> Option<Range<usize>> {
    let mut start = end;
    while start > first && end - start < MOST_WORDS && belongs(p, first, start - 1, end) {
        start -= 1;
    }
    let phrase = without_adverbial(p, start..end);
    is_source_like(p, &phrase).then_some(phrase)
}

/// Whether the word at `at` belongs to the noun phrase that already reaches from `at + 1` to `end`.
fn belongs(p: &Passage, first: usize, at: usize, end: usize) -> bool {
    let word = &p.words[at];
    if p.is(word, "and") {
        return at > first && at + 1 < end && are_alike(&p.words[at - 1], &p.words[at + 1]);
    }
    if word.quoted || ends_noun_phrase(word) {
        return false;
    }
    let is_pronoun = word.is(flag::HE_SHE | flag::IT_THEY);
    let is_noun = word.is(flag::SOURCE | flag::ROLE) || word.kind != Kind::Lower;
    !is_pronoun && (is_noun || !word.is(flag::SAYS))
}

/// Whether two words can be joined by "and" in one phrase: two names, or two common nouns for sources.
fn are_alike(left: &Word, right: &Word) -> bool {
    let is_common = |word: &Word| word.is(flag::SOURCE | flag::ROLE);
    let is_name = |word: &Word| word.kind == Kind::Capital && !is_common(word);
    // "chief executive Bo Marten and chairman Lars Orel"
    let is_office = right.is(flag::ROLE) && right.kind == Kind::Lower;
    is_common(left) && is_common(right) || is_name(left) && (is_name(right) || is_office)
}

/// The phrase without an adverbial before it: "On Monday the head of the agency" without "On Monday".
fn without_adverbial(p: &Passage, phrase: Range<usize>) -> Range<usize> {
    let mut start = phrase.start;
    while start < phrase.end
        && p.words[start].is(flag::ADVERB | flag::TIME)
        && start + 1 < phrase.end
    {
        start += 1;
    }
    let opens_with_preposition =
        start < phrase.end && p.words[start].is(flag::PREPOSITION) || start > phrase.start;
    if !opens_with_preposition {
        return start..phrase.end;
    }
    let determined = (start + 1..phrase.end).rev().find(|&at| {
        p.words[at].is(flag::DETERMINER)
            && !p.words[at - 1].is(flag::PREPOSITION | flag::DETERMINER)
    });
    determined.unwrap_or_else(|| behind_place_or_time(p, start..phrase.end))..phrase.end
}

/// The first word behind a preposition and the name or time it governs: "police" in "In Vienna on Monday police".
fn behind_place_or_time(p: &Passage, phrase: Range<usize>) -> usize {
    let mut at = phrase.start;
    while at + 1 < phrase.end {
        let word = &p.words[at];
        let is_name =
            word.kind == Kind::Capital && !word.is(flag::SOURCE | flag::ROLE | flag::ADDRESS);
        let is_governed = at > phrase.start && is_name && p.words[at - 1].is(flag::PREPOSITION);
        let is_passed = word.is(flag::PREPOSITION | flag::TIME | flag::ADVERB)
            || word.kind == Kind::Number
            || is_governed;
        if !is_passed {
            break;
        }
        at += 1;
    }
    at
}

/// The noun phrase that starts at the word `start`, up to `last`.
pub(super) fn after(p: &Passage, start: usize, last: usize) -> Option<Range<usize>> {
    let mut end = start;
    while end < last && end - start < MOST_WORDS {
        let word = &p.words[end];
        if p.is(word, "and") {
            if end == start || end + 1 >= last || !are_alike(&p.words[end - 1], &p.words[end + 1]) {
                break;
            }
        } else if word.quoted || ends_noun_phrase(word) || !may_follow(p, start, end) {
            break;
        }
        end += 1;
    }
    let phrase = start..end;
    is_source_like(p, &phrase).then_some(phrase)
}

/// The noun phrase that opens a sentence, up to the end of the first name in it, for what follows may be a verb.
pub(super) fn subject(p: &Passage, sentence: Range<usize>) -> Option<Range<usize>> {
    let phrase = after(p, sentence.start, sentence.end)?;
    let named = phrase
        .clone()
        .skip(1)
        .find(|&at| p.words[at].kind == Kind::Capital);
    let is_name = |word: &Word| {
        word.kind == Kind::Capital
            && !word.is(flag::DETERMINER | flag::SOURCE | flag::ROLE | flag::ADDRESS)
    };
    let start = named.or_else(|| is_name(&p.words[phrase.start]).then_some(phrase.start));
    let run = start.map(|start| capitals(p, start, phrase.end));
    match run {
        Some(run) if run.end < phrase.end && !p.words[run.end].is(flag::PREPOSITION) => {
            Some(phrase.start..run.end)
        }
        _ => Some(phrase),
    }
}

/// Whether the word at `at` can stand in a phrase that starts at `start` and names a source.
fn may_follow(p: &Passage, start: usize, at: usize) -> bool {
    let word = &p.words[at];
    if word.is(flag::PREPOSITION) {
        let inside = ["of", "for", "at", "from", "with", "in"];
        if p.is(word, "by") {
            // "a report by the ministry"
            return at > start && p.words[at - 1].is(flag::EVIDENCE);
        }
        return at > start
            && inside.iter().any(|inner| p.is(word, inner))
            && !leads_to_time(p, at + 1);
    }
    // "satellite images analysed by": a participle behind its noun ends the phrase, one before it does not.
    let is_participle = word.kind == Kind::Lower
        && p.str(word).ends_with("ed")
        && at > start
        && !p.words[at - 1].is(flag::DETERMINER);
    // Where nouns have capitals, a lower-case word behind one goes on only with a genitive: "Sprecher der Stadt".
    let is_past_noun = p.vocabulary.nouns_have_capitals
        && word.kind == Kind::Lower
        && at > start
        && p.words[at - 1].kind == Kind::Capital
        && !["der", "des", "für", "von"].contains(&p.str(word));
    let ends = is_participle
        || is_past_noun
        || word.is(flag::TIME | flag::HE_SHE | flag::IT_THEY)
        || word.is(flag::ADVERB) && at > start
        || word.is(flag::SAYS) && !word.is(flag::SOURCE | flag::ROLE);
    !ends || word.kind == Kind::Capital && at > start && !word.is(flag::SAYS)
}

fn leads_to_time(p: &Passage, at: usize) -> bool {
    p.words.get(at).is_some_and(|word| {
        word.is(flag::TIME) || word.kind == Kind::Number || p.is(word, "a") || p.is(word, "an")
    }) && !p
        .words
        .get(at + 1)
        .is_some_and(|word| word.is(flag::SOURCE))
        && !p
            .words
            .get(at + 2)
            .is_some_and(|word| word.is(flag::SOURCE))
}

/// Whether a phrase can name a source: it has a name, or a word that is one, or a noun after an article.
fn is_source_like(p: &Passage, phrase: &Range<usize>) -> bool {
    let words = &p.words[phrase.clone()];
    let Some(last) = words.last() else {
        return false;
    };
    let lone = words.len() == 1
        && last.is(flag::DETERMINER | flag::PREPOSITION | flag::ADVERB | flag::TIME);
    let is_first_person =
        words.len() == 1 && ["i", "we", "you"].iter().any(|pronoun| p.is(last, pronoun));
    !lone
        && !is_first_person
        && words
            .iter()
            .any(|word| word.is_word() && !word.is(flag::PREPOSITION | flag::ADVERB))
}

/// Whether every word of a phrase is part of a name: "Danylo Roh", "Ursula von Tal".
pub(super) fn is_only_name(p: &Passage, phrase: &Range<usize>) -> bool {
    let words = &p.words[phrase.clone()];
    let is_part = |word: &Word| word.kind == Kind::Capital || is_particle(p, word);
    words.first().is_some_and(|word| {
        word.kind == Kind::Capital && !word.is(flag::DETERMINER | flag::PREPOSITION)
    }) && words.iter().all(is_part)
}

/// Every full name of a person that a text may give: two or three capitalised words behind no or any office.
pub(super) fn full_names(p: &Passage) -> Vec<Range<usize>> {
    let mut names = Vec::new();
    let mut at = 0;
    while at < p.words.len() {
        let run = capitals(p, at, p.words.len());
        let office = run
            .clone()
            .rev()
            .find(|&at| p.words[at].is(flag::ROLE | flag::ADDRESS));
        let name = office.map_or(run.start, |office| office + 1)..run.end;
        let opens_sentence = name.start == 0 || p.words[name.start - 1].kind == Kind::Stop;
        if opens_sentence
            && p.words
                .get(name.end)
                .is_some_and(|next| !follows_name(p, next))
        {
            at = run.end.max(at + 1);
            continue;
        }
        if (2..=3).contains(&name.len())
            && !p.words[name.clone()]
                .iter()
                .any(|word| word.is(NEVER_IN_PERSON))
        {
            names.push(name);
        }
        at = run.end.max(at + 1);
    }
    names
}

/// What no name of a person has in it.
const NEVER_IN_PERSON: u32 = flag::NO_PERSON
    | flag::SOURCE
    | flag::TIME
    | flag::DETERMINER
    | flag::PREPOSITION
    | flag::OUTLET
    | flag::PRONOUN
    | flag::SUBORDINATOR
    | flag::ADVERB;

/// Whether a word can follow a name that opens a sentence, where any word has a capital: "Recent Alder models" is none.
fn follows_name(p: &Passage, word: &Word) -> bool {
    const AFTER_NAME: u32 = flag::BE
        | flag::HAVE
        | flag::MODAL
        | flag::SAYS
        | flag::RELATIVE
        | flag::PREPOSITION
        | flag::TIME;
    !word.is_word() || word.is(AFTER_NAME) || p.is(word, "and")
}

/// Lower-case words inside names.
fn is_particle(p: &Passage, word: &Word) -> bool {
    let text = p.str(word);
    [
        "de", "van", "von", "der", "den", "bin", "al", "el", "la", "le", "di", "da", "du", "ben",
        "ibn", "dos", "del", "ten", "ter", "zu",
    ]
    .contains(&text)
}

/// The words of a phrase that are the source's name.
pub(super) fn name(p: &Passage, phrase: &Range<usize>) -> Range<usize> {
    let joins_two = phrase.clone().any(|at| {
        p.is(&p.words[at], "and") && at > phrase.start && p.words[at - 1].kind == Kind::Capital
    });
    if let Some(name) = behind_office(p, phrase).filter(|_| !joins_two) {
        return name;
    }
    let mut start = phrase.start;
    while start + 1 < phrase.end && is_article(p, start) {
        start += 1;
    }
    if let Some(name) = behind_common_noun(p, start..phrase.end).filter(|_| !joins_two) {
        return name;
    }
    let run = capitals(p, start, phrase.end);
    let is_long = run.len() >= 2 && !p.words[run.clone()].iter().any(|w| w.is(flag::SOURCE));
    let is_followed = run.end < phrase.end && !p.words[run.end].is(flag::PREPOSITION);
    if start == phrase.start && is_long && !is_followed {
        return run;
    }
    start..phrase.end
}

fn is_article(p: &Passage, at: usize) -> bool {
    p.words[at].is(flag::ARTICLE)
}

/// The name behind the last office, trade or form of address: "Greta Solheim" of "Analyst Greta Solheim of Norvest".
fn behind_office(p: &Passage, phrase: &Range<usize>) -> Option<Range<usize>> {
    let office = (phrase.start..phrase.end.saturating_sub(1))
        .rev()
        .find(|&at| {
            let next = &p.words[at + 1];
            p.words[at].is(flag::ROLE | flag::ADDRESS)
                && next.kind == Kind::Capital
                && !next.is(flag::ROLE | flag::ADDRESS | flag::SOURCE)
        })?;
    let name = capitals(p, office + 1, phrase.end);
    // "President Holt's advisers" are not Holt.
    let is_owner = name.end < phrase.end && is_genitive(p.str(&p.words[name.end - 1]));
    (!is_owner).then_some(name)
}

/// The name at the end of a phrase, behind a common noun: "Steve Tolo" of "retiree Steve Tolo", "Carbona" of "state
/// company Carbona".
fn behind_common_noun(p: &Passage, phrase: Range<usize>) -> Option<Range<usize>> {
    let start = (phrase.start + 1..phrase.end).find(|&at| {
        let before = &p.words[at - 1];
        p.words[at].kind == Kind::Capital
            && before.kind == Kind::Lower
            && !before.is(flag::PREPOSITION | flag::DETERMINER)
            && !is_particle(p, before)
            && !is_genitive(p.str(before))
    })?;
    let run = capitals(p, start, phrase.end);
    let ends = run.end == phrase.end || p.words[run.end].is(flag::PREPOSITION);
    let is_name = run.len() >= 2 || p.words[start - 1].is(flag::SOURCE);
    (ends
        && is_name
        && !p.words[run.clone()]
            .iter()
            .any(|word| word.is(flag::SOURCE) && !is_acronym(p, word)))
    .then_some(run)
}

/// The run of capitalised words and name particles from `start` on.
fn capitals(p: &Passage, start: usize, end: usize) -> Range<usize> {
    let mut at = start;
    while at < end {
        let word = &p.words[at];
        let is_inner =
            is_particle(p, word) && p.words.get(at + 1).is_some_and(|w| w.kind == Kind::Capital);
        if word.kind != Kind::Capital && !is_inner {
            break;
        }
        at += 1;
    }
    start..at
}

/// The words of a subject up to the office that names it, where no name follows: "former head" of "The former head of the
/// port went".
pub(super) fn unnamed_holder(p: &Passage, phrase: &Range<usize>) -> Option<Range<usize>> {
    let office = phrase
        .clone()
        .take(5)
        .find(|&at| p.words[at].is(flag::ROLE | flag::PREPOSITION | flag::SOURCE))?;
    let is_followed_by_name = p
        .words
        .get(office + 1)
        .is_some_and(|next| next.kind == Kind::Capital || next.is(flag::ROLE));
    let holder = phrase.start..office + 1;
    let has_article = is_article(p, phrase.start);
    let is_holder = has_article && is_office_holder(p, &holder) && !is_followed_by_name;
    is_holder.then(|| phrase.start + 1..office + 1)
}

/// Whether a name is that of somebody by trade only: "a spokeswoman for the mayors", "the governor".
fn is_office_holder(p: &Passage, name: &Range<usize>) -> bool {
    let head = name
        .clone()
        .take_while(|&at| !p.words[at].is(flag::PREPOSITION))
        .last();
    head.is_some_and(|at| {
        p.words[at].is(flag::ROLE)
            && p.words[at].kind == Kind::Lower
            && !p.str(&p.words[at]).ends_with('s')
    })
}

/// Whether a name is that of a person: behind an office, or two and more capitalised words none of which is a body's.
pub(super) fn is_person(p: &Passage, phrase: &Range<usize>, name: &Range<usize>) -> bool {
    let words = &p.words[name.clone()];
    if phrase.start < name.end && is_office_holder(p, name) {
        return true;
    }
    let all_names = words.iter().all(|word| {
        (word.kind == Kind::Capital || is_particle(p, word))
            && !word.is(flag::SOURCE | flag::OUTLET | flag::NO_PERSON)
    });
    let starts_with_article =
        phrase.start < name.start && is_article(p, phrase.start) && phrase.start + 1 == name.start;
    all_names && !starts_with_article && !words.is_empty()
}

/// Whether a phrase names a body that "it" can stand for: a firm, an office, a country.
pub(super) fn is_body(p: &Passage, phrase: &Range<usize>) -> bool {
    p.words[phrase.clone()]
        .iter()
        .skip(1)
        .any(|word| word.is(flag::SOURCE))
        || p.words[phrase.start].is(flag::SOURCE) && phrase.len() == 1
        || is_only_name(p, phrase) && (phrase.len() >= 2 || is_acronym(p, &p.words[phrase.start]))
}

fn is_acronym(p: &Passage, word: &Word) -> bool {
    let text = p.str(word);
    text.len() >= 2 && text.chars().all(|c| c.is_uppercase() || c == '.')
}
