//! Where the noun phrase that names a source begins and ends, and which of its words are the name.

use std::ops::Range;

use super::super::passage::{Kind, Passage, Word, ends_noun_phrase};
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
    !is_pronoun
        && !(word.is(flag::SAYS) && !word.is(flag::SOURCE | flag::ROLE) && word.kind == Kind::Lower)
}

/// Whether two words can be joined by "and" in one phrase: two names, or two common nouns for sources.
fn are_alike(left: &Word, right: &Word) -> bool {
    let is_common = |word: &Word| word.is(flag::SOURCE | flag::ROLE);
    let is_name = |word: &Word| word.kind == Kind::Capital && !is_common(word);
    is_common(left) && is_common(right) || is_name(left) && is_name(right)
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

/// Whether the word at `at` can stand in a phrase that starts at `start` and names a source.
fn may_follow(p: &Passage, start: usize, at: usize) -> bool {
    let word = &p.words[at];
    if word.is(flag::PREPOSITION) {
        let inside = ["of", "for", "at", "from", "with", "in"];
        return at > start
            && inside.iter().any(|inner| p.is(word, inner))
            && !leads_to_time(p, at + 1);
    }
    let ends = word.is(flag::TIME | flag::HE_SHE | flag::IT_THEY)
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
    !lone
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
    if let Some(name) = behind_office(p, phrase) {
        return name;
    }
    let mut start = phrase.start;
    while start + 1 < phrase.end && is_article(p, start) {
        start += 1;
    }
    let run = capitals(p, start, phrase.end);
    if start == phrase.start
        && run.len() >= 2
        && !p.words[run.clone()].iter().any(|w| w.is(flag::SOURCE))
    {
        return run;
    }
    start..phrase.end
}

fn is_article(p: &Passage, at: usize) -> bool {
    ["the", "a", "an"]
        .iter()
        .any(|article| p.is(&p.words[at], article))
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
    Some(capitals(p, office + 1, phrase.end))
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

/// Whether a name is that of a person: behind an office, or two and more capitalised words none of which is a body's.
pub(super) fn is_person(p: &Passage, phrase: &Range<usize>, name: &Range<usize>) -> bool {
    let words = &p.words[name.clone()];
    let all_names = words.iter().all(|word| {
        (word.kind == Kind::Capital || is_particle(p, word))
            && !word.is(flag::SOURCE | flag::OUTLET)
    });
    let starts_with_article =
        phrase.start < name.start && is_article(p, phrase.start) && phrase.start + 1 == name.start;
    all_names && !starts_with_article && !words.is_empty()
}
