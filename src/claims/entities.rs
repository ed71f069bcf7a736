//! Finds the names in a text: people, organisations, places, acronyms.
//!
//! The one rule: a name is a run of capitals that its place in the sentence does not explain. What sort of name it is, is told
//! only where a word around it or in it says so; the rest stays [`EntityKind::Name`].

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::lang::en::places;
use super::passage::{Kind, Passage, Sentence, Word};
use super::vocabulary::flag;
use crate::text::Language;

/// A name in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The bytes of the name, without title, office or genitive ending.
    pub range: Range<usize>,
    /// What sort of name it is.
    pub kind: EntityKind,
}

/// The sorts of name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A person: behind an office or a form of address, or with a verb of saying.
    Person,
    /// A body, by a word in its name: ministry, party, university.
    Organisation,
    /// A country, capital or region, or a name behind "in", "near" and the like.
    Place,
    /// Capital letters that stand for a body or thing: NATO.
    Acronym,
    /// A name of which nothing more is known.
    Name,
}

/// Every name in `text`, in order.
///
/// ```
/// # use claimwatch::{claims::entities::{self, EntityKind}, text::Language};
/// let text = "On Monday NATO chief Ines Holt met the Interior Ministry's officials near Port Alder.";
///
/// let names: Vec<(&str, EntityKind)> = entities::in_text(text, &Language::new("en"))
///     .into_iter()
///     .map(|entity| (&text[entity.range], entity.kind))
///     .collect();
///
/// assert_eq!(names, [
///     ("NATO", EntityKind::Acronym),
///     ("Ines Holt", EntityKind::Person),
///     ("Interior Ministry", EntityKind::Organisation),
///     ("Port Alder", EntityKind::Place),
/// ]);
/// ```
#[must_use]
pub fn in_text(text: &str, language: &Language) -> Vec<Entity> {
    in_passage(&Passage::of(text, language))
}

/// Every name of a text that has been taken apart.
pub(super) fn in_passage(p: &Passage) -> Vec<Entity> {
    if p.vocabulary.nouns_have_capitals {
        return p
            .sentences
            .iter()
            .flat_map(|sentence| in_sentence(p, sentence, &is_certain))
            .collect();
    }
    p.sentences
        .iter()
        .filter(|sentence| !is_title_case(p, sentence))
        .flat_map(|sentence| in_sentence(p, sentence, &|_, _| true))
        .collect()
}

/// The names of a sentence that `is_wanted`.
fn in_sentence(
    p: &Passage,
    sentence: &Sentence,
    is_wanted: &dyn Fn(&Passage, &Entity) -> bool,
) -> Vec<Entity> {
    let mut entities = Vec::new();
    let mut at = sentence.words.start;
    while at < sentence.words.end {
        let end = run_end(p, at, sentence.words.end);
        if end == at {
            at += 1;
            continue;
        }
        entities.extend(entity(p, sentence, at..end).filter(|entity| is_wanted(p, entity)));
        at = end;
    }
    entities
}

/// The word behind the run of capitals that starts at `start`, name particles inside it included.
fn run_end(p: &Passage, start: usize, limit: usize) -> usize {
    let mut end = start;
    while end < limit {
        let word = &p.words[end];
        let is_particle = end > start
            && [
                "of", "de", "van", "von", "der", "bin", "al", "da", "di", "du", "del",
            ]
            .contains(&p.str(word))
            && p.words
                .get(end + 1)
                .is_some_and(|next| next.kind == Kind::Capital && !is_calendar(p, next));
        if word.kind != Kind::Capital && !is_particle || is_calendar(p, word) {
            break;
        }
        end += 1;
        if super::passage::is_genitive(p.str(word)) {
            break;
        }
    }
    end
}

fn is_calendar(p: &Passage, word: &Word) -> bool {
    word.is(flag::TIME) || matches!(p.str(word), "May" | "March")
}

/// The name in a run of capitals, or `None` where the capital only opens the sentence.
fn entity(p: &Passage, sentence: &Sentence, run: Range<usize>) -> Option<Entity> {
    let mut name = run.clone();
    let opens = run.start == first_word(p, sentence);
    if opens && is_common(&p.words[run.start]) {
        name.start += 1;
    }
    while name.start < name.end
        && p.words[name.start].is(flag::DETERMINER | flag::PREPOSITION | flag::PRONOUN)
    {
        name.start += 1;
    }
    let office = (name.start..name.end.saturating_sub(1)).rev().find(|&at| {
        p.words[at].is(flag::ROLE | flag::ADDRESS)
            && !p.words[at + 1].is(flag::SOURCE | flag::ROLE | flag::ADDRESS)
    });
    let name = office.map_or(name.start, |office| office + 1)..name.end;
    if name.is_empty() || is_only_office(p, &name) {
        return None;
    }
    // A lone capital at the start of a sentence may be any word.
    let is_known =
        |name: &Range<usize>| is_place(p, name) || is_acronym(p.str(&p.words[name.start]));
    if opens
        && name.start == run.start
        && name.len() == 1
        && !is_known(&name)
        && !says_or_is(p, name.end)
    {
        return None;
    }
    let has_office = office.is_some() || name.start > 0 && is_office(&p.words[name.start - 1]);
    let bytes = without_genitive(p, p.bytes(name.clone()));
    Some(Entity {
        range: bytes,
        kind: kind(p, &name, has_office),
    })
}

fn first_word(p: &Passage, sentence: &Sentence) -> usize {
    sentence
        .words
        .clone()
        .find(|&at| p.words[at].is_word())
        .unwrap_or(sentence.words.start)
}

/// Words that a sentence opens with and no name does.
fn is_common(word: &Word) -> bool {
    const COMMON: u32 = flag::DETERMINER
        | flag::PREPOSITION
        | flag::SUBORDINATOR
        | flag::PRONOUN
        | flag::HE_SHE
        | flag::IT_THEY
        | flag::ADVERB
        | flag::MODAL
        | flag::BE
        | flag::HAVE
        | flag::SAYS
        | flag::NEGATOR
        | flag::ACCORDING;
    word.is(COMMON)
}

fn is_office(word: &Word) -> bool {
    word.is(flag::ROLE | flag::ADDRESS)
}

fn is_only_office(p: &Passage, name: &Range<usize>) -> bool {
    p.words[name.clone()]
        .iter()
        .all(|word| word.is(flag::ROLE | flag::ADDRESS | flag::DETERMINER))
        || name.len() == 1
            && p.words[name.start].is(flag::SOURCE)
            && !is_acronym(p.str(&p.words[name.start]))
}

/// Whether the word at `at` is a verb that a name can be the subject of.
fn says_or_is(p: &Passage, at: usize) -> bool {
    p.words.get(at).is_some_and(|word| {
        word.is(flag::SAYS | flag::HAVE | flag::BE | flag::MODAL | flag::RELATIVE)
            && word.kind == Kind::Lower
    })
}

fn kind(p: &Passage, name: &Range<usize>, has_office: bool) -> EntityKind {
    let words = &p.words[name.clone()];
    if is_place(p, name) {
        return EntityKind::Place;
    }
    if name.len() == 1 && is_acronym(p.str(&words[0])) {
        return EntityKind::Acronym;
    }
    if words
        .iter()
        .any(|word| word.is(flag::SOURCE | flag::OUTLET))
    {
        return EntityKind::Organisation;
    }
    let is_plain = !words.iter().any(|word| word.is(flag::NO_PERSON));
    if is_plain && (has_office || says(p, name)) {
        return EntityKind::Person;
    }
    if name.start > 0
        && ["in", "near", "at", "from", "outside"].contains(&p.str(&p.words[name.start - 1]))
    {
        return EntityKind::Place;
    }
    EntityKind::Name
}

/// Whether a verb of saying stands next to a name.
fn says(p: &Passage, name: &Range<usize>) -> bool {
    let is_saying = |at: usize| {
        p.words
            .get(at)
            .is_some_and(|word| word.is(flag::SAYS) && word.kind == Kind::Lower)
    };
    is_saying(name.end) || name.start > 0 && is_saying(name.start - 1)
}

fn is_place(p: &Passage, name: &Range<usize>) -> bool {
    let bytes = without_genitive(p, p.bytes(name.clone()));
    PLACES.contains(p.text[bytes].to_lowercase().as_str())
}

static PLACES: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| places::PLACES.split('|').map(str::trim).collect());

fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() >= 2 && letters.clone().all(char::is_uppercase)
}

fn without_genitive(p: &Passage, bytes: Range<usize>) -> Range<usize> {
    let text = &p.text[bytes.clone()];
    let bare = text
        .strip_suffix("'s")
        .or_else(|| text.strip_suffix("’s"))
        .unwrap_or(text);
    bytes.start..bytes.start + bare.len()
}

/// Whether nearly every word of a sentence has a capital, as in headlines of some papers, so that capitals tell nothing.
fn is_title_case(p: &Passage, sentence: &Sentence) -> bool {
    let long = |word: &&Word| word.is_word() && word.end - word.start > 3;
    let words = p.words[sentence.words.clone()].iter().filter(long);
    let (count, capitals) = words.fold((0, 0), |(count, capitals), word| {
        (
            count + 1,
            capitals + usize::from(word.kind == Kind::Capital),
        )
    });
    count >= 4 && capitals * 10 >= count * 9
}

/// Where every noun has a capital, only these are surely names.
fn is_certain(_: &Passage, entity: &Entity) -> bool {
    match entity.kind {
        EntityKind::Person | EntityKind::Acronym | EntityKind::Place => true,
        EntityKind::Organisation | EntityKind::Name => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(text: &str) -> Vec<(&str, EntityKind)> {
        in_text(text, &Language::new("en"))
            .into_iter()
            .map(|entity| (&text[entity.range], entity.kind))
            .collect()
    }

    #[test]
    fn a_person_is_known_by_office_address_or_speech() {
        for text in [
            "Prime Minister Ines Holt left.",
            "The mayor, Mr. Ines Holt, left.",
            "It is late, said Ines Holt.",
            "Governor Ines Holt's plan failed.",
        ] {
            assert!(
                names(text).contains(&("Ines Holt", EntityKind::Person)),
                "{text}: {:?}",
                names(text)
            );
        }
    }

    #[test]
    fn a_place_is_known_by_its_name_or_what_stands_before_it() {
        assert_eq!(
            names("The talks in Alder failed."),
            [("Alder", EntityKind::Place)]
        );
        assert_eq!(names("France has left."), [("France", EntityKind::Place)]);
        assert_eq!(
            names("The army of South Korea's ally left."),
            [("South Korea", EntityKind::Place)]
        );
    }

    #[test]
    fn the_first_word_of_a_sentence_is_no_name_by_its_capital() {
        for text in [
            "Villagers left.",
            "Some people left on Monday.",
            "However, it rained in May.",
            "According to plan, it rained.",
        ] {
            assert_eq!(names(text), [], "{text}");
        }
    }

    #[test]
    fn a_headline_of_capitals_gives_no_names() {
        assert_eq!(names("Bridge Collapse Leaves Twelve People Missing"), []);
    }

    proptest! {
        #[test]
        fn every_name_lies_in_its_text(text in any::<String>()) {
            for entity in in_text(&text, &Language::new("en")) {
                prop_assert!(text.get(entity.range).is_some_and(|name| !name.is_empty()));
            }
        }
    }
}
