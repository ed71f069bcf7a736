//! Finds the words that deny, and how often each clause is denied.
//!
//! The one rule: a phrase that only looks like a denial ("not only", "no fewer than", "No. 5") is none, so that what is
//! reported as a lost "not" is a lost "not".

use std::collections::BTreeMap;
use std::ops::Range;

use super::passage::{Kind, Passage, Word};
use super::vocabulary::{Vocabulary, flag};
use crate::text::Language;

/// The ways of denying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Negator {
    /// "not", "n't", "has yet to".
    Not,
    /// "never", "by no means".
    Never,
    /// "no longer".
    NoLonger,
    /// "no", "none".
    No,
    /// "nobody", "nothing".
    Nobody,
    /// "neither".
    Neither,
    /// "without", "lack of".
    Without,
    /// "hardly", "rarely".
    Hardly,
    /// A verb that denies: "denied", "refused", "failed to", "ruled out".
    Refused,
    /// A word with the denial inside: "unable", "unlikely", "impossible".
    Unlike,
}

impl Negator {
    /// Whether it turns the statement it stands in into its opposite; the others only colour it.
    ///
    /// ```
    /// # use claimwatch::claims::negation::Negator;
    /// assert!(Negator::NoLonger.is_denial());
    /// assert!(!Negator::Without.is_denial());
    /// ```
    #[must_use]
    pub fn is_denial(self) -> bool {
        match self {
            Self::Not
            | Self::Never
            | Self::NoLonger
            | Self::No
            | Self::Nobody
            | Self::Neither
            | Self::Refused => true,
            Self::Without | Self::Hardly | Self::Unlike => false,
        }
    }
}

/// Words that deny, and the clause they deny.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// How they deny.
    pub negator: Negator,
    /// The bytes of the words.
    pub range: Range<usize>,
    /// The bytes of the clause they stand in.
    pub clause: Range<usize>,
    /// Whether the clause only describes a noun: "people who had not been told".
    pub is_relative: bool,
    /// Whether the words stand inside quotation marks.
    pub quoted: bool,
}

/// Every denying word of `text`, in order.
///
/// ```
/// # use claimwatch::{claims::negation, text::Language};
/// let text = "He was not ready to meet her, but no fewer than 12 aides were.";
///
/// let cues = negation::cues(text, &Language::new("en"));
///
/// assert_eq!(cues.len(), 1);
/// assert_eq!(&text[cues[0].range.clone()], "not");
/// assert_eq!(&text[cues[0].clause.clone()], "He was not ready to meet her");
/// ```
#[must_use]
pub fn cues(text: &str, language: &Language) -> Vec<Cue> {
    in_passage(&Passage::of(text, language))
}

/// Whether `text` is denied: whether one of its clauses that is no mere description has a denial.
///
/// ```
/// # use claimwatch::{claims::negation, text::Language};
/// let english = Language::new("en");
///
/// assert!(negation::is_negated("The ministry denied hitting homes.", &english));
/// assert!(!negation::is_negated("Not only the bridge was hit.", &english));
/// ```
#[must_use]
pub fn is_negated(text: &str, language: &Language) -> bool {
    cues(text, language).iter().any(denies)
}

/// Whether a cue denies the statement it stands in.
pub(super) fn denies(cue: &Cue) -> bool {
    cue.negator.is_denial() && !cue.is_relative
}

/// The words of a language that deny by themselves, with how they do it.
///
/// ```
/// # use claimwatch::{claims::negation::{self, Negator}, text::Language};
/// let words = negation::words(&Language::new("en"));
///
/// assert_eq!(words.get("not"), Some(&Negator::Not));
/// ```
#[must_use]
pub fn words(language: &Language) -> BTreeMap<&'static str, Negator> {
    Vocabulary::of(language).negators.single()
}

/// Every denying word of a text that has been taken apart.
pub(super) fn in_passage(p: &Passage) -> Vec<Cue> {
    let mut cues = Vec::new();
    for sentence in &p.sentences {
        let mut at = sentence.words.start;
        while at < sentence.words.end {
            if !p.words[at].is(flag::NEGATOR) {
                at += 1;
                continue;
            }
            if let Some((count, ())) = p.vocabulary.harmless.at(p, at) {
                at += count;
                continue;
            }
            match p
                .vocabulary
                .negators
                .at(p, at)
                .filter(|_| is_denying(p, at))
            {
                Some((count, negator)) => {
                    cues.push(cue(p, &sentence.words, at..at + count, negator));
                    at += count;
                }
                None => at += 1,
            }
        }
    }
    cues
}

/// Whether the word is used to deny: "No. 5" is a number, "the refuse" a noun, "rejected ballots" a sort of ballot.
fn is_denying(p: &Passage, at: usize) -> bool {
    let word = &p.words[at];
    let text = p.str(word);
    let next = p.words.get(at + 1);
    if text.ends_with('.') {
        return false;
    }
    let before = at.checked_sub(1).map(|before| &p.words[before]);
    let is_verb = text.ends_with("ed") || text.ends_with("refuse") || text.ends_with("reject");
    if is_verb && before.is_some_and(|before| before.is(flag::DETERMINER)) {
        return false;
    }
    // "The coach was dismissed" and "she dismissed her deputy" tell an event.
    let of_a_person = || {
        p.words[at + 1..p.words.len().min(at + 4)]
            .iter()
            .take_while(|word| word.is_word())
            .any(|word| word.is(flag::ROLE))
    };
    if p.is(word, "dismissed")
        && (before.is_some_and(|before| before.is(flag::BE)) || of_a_person())
    {
        return false;
    }
    // "No," he said: an answer, not a determiner, but a denial all the same; "No 5" is a label.
    let is_label = text == "No" && next.is_some_and(|next| next.kind == Kind::Number);
    !is_label
}

fn cue(p: &Passage, sentence: &Range<usize>, words: Range<usize>, negator: Negator) -> Cue {
    let clause = clause(p, sentence, words.start);
    Cue {
        negator,
        range: p.bytes(words.clone()),
        is_relative: p.words[clause.start].is(flag::RELATIVE)
            && helping_verbs(p, clause.start..words.start) <= 1,
        quoted: p.words[words.start].quoted,
        clause: p.bytes(clause),
    }
}

/// How many groups of helping verbs stand between two words: the second after "who" belongs to the main clause, as "must"
/// in "children who were ill must not come".
fn helping_verbs(p: &Passage, words: Range<usize>) -> usize {
    let is_helping = |word: &Word| word.is(flag::BE | flag::HAVE | flag::MODAL);
    let mut before = false;
    let mut groups = 0;
    for word in &p.words[words] {
        groups += usize::from(is_helping(word) && !before);
        before = is_helping(word);
    }
    groups
}

/// How far a clause is looked through on each side of a denying word.
const MOST_CLAUSE_WORDS: usize = 80;

/// The clause around a word: up to the marks and conjunctions that join clauses.
fn clause(p: &Passage, sentence: &Range<usize>, at: usize) -> Range<usize> {
    let start = (sentence.start.max(at.saturating_sub(MOST_CLAUSE_WORDS))..at)
        .rev()
        .find(|&before| joins_clauses(p, before))
        .map_or(sentence.start, |before| {
            if p.words[before].is(flag::RELATIVE) {
                before
            } else {
                before + 1
            }
        });
    let end = (at + 1..sentence.end.min(at + MOST_CLAUSE_WORDS))
        .find(|&after| joins_clauses(p, after))
        .unwrap_or(sentence.end.min(at + MOST_CLAUSE_WORDS));
    start..end
}

fn joins_clauses(p: &Passage, at: usize) -> bool {
    let word: &Word = &p.words[at];
    if word.is_word() {
        return word.is(flag::RELATIVE)
            || [
                "that", "but", "because", "while", "although", "though", "whereas", "if", "when",
            ]
            .iter()
            .any(|joint| p.is(word, joint));
    }
    matches!(
        word.kind,
        Kind::Comma
            | Kind::Semicolon
            | Kind::Colon
            | Kind::Dash
            | Kind::Quote
            | Kind::Stop
            | Kind::Bracket
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn denials(text: &str) -> Vec<(Negator, &str)> {
        cues(text, &Language::new("en"))
            .into_iter()
            .map(|cue| (cue.negator, &text[cue.range]))
            .collect()
    }

    #[test]
    fn denying_words_are_found_by_their_kind() {
        for (text, expected) in [
            ("He did not go.", (Negator::Not, "not")),
            ("He didn’t go.", (Negator::Not, "didn’t")),
            ("He cannot go.", (Negator::Not, "cannot")),
            ("He has yet to go.", (Negator::Not, "has yet to")),
            ("He never went.", (Negator::Never, "never")),
            ("He no longer goes.", (Negator::NoLonger, "no longer")),
            ("No deaths were reported.", (Negator::No, "No")),
            ("None of the crew died.", (Negator::No, "None")),
            ("Nobody died.", (Negator::Nobody, "Nobody")),
            ("Neither was ordered to pay.", (Negator::Neither, "Neither")),
            ("They left without papers.", (Negator::Without, "without")),
            ("He hardly moved.", (Negator::Hardly, "hardly")),
            (
                "The army denied hitting homes.",
                (Negator::Refused, "denied"),
            ),
            ("Holt ruled out a tax.", (Negator::Refused, "ruled out")),
            ("The pump failed to start.", (Negator::Refused, "failed to")),
            ("He is unable to go.", (Negator::Unlike, "unable")),
        ] {
            assert_eq!(denials(text), [expected], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_denial_is_none() {
        for text in [
            "Not only the bridge was hit.",
            "No fewer than 12 people came.",
            "It opens no later than May.",
            "He lives at No. 5.",
            "No 5 is empty.",
            "The refuse was burned.",
            "The rejected ballots were counted.",
            "Whether or not it rains, we go.",
            "The coach was dismissed in May.",
            "The premier dismissed her finance minister.",
            "There is no doubt about it.",
            "A notice hung in the knot of trees.",
        ] {
            assert_eq!(denials(text), [], "{text}");
        }
    }

    #[test]
    fn a_denial_of_a_description_does_not_deny_the_statement() {
        let english = Language::new("en");

        assert!(!is_negated(
            "Children who were not vaccinated must stay at home.",
            &english
        ));
        assert!(is_negated("Children who were ill must not come.", &english));
        assert!(!is_negated("They left without papers.", &english));
    }

    #[test]
    fn a_denial_in_a_quotation_is_marked_as_such() {
        let cues = cues("\"We did not know,\" she said.", &Language::new("en"));

        assert!(cues[0].quoted);
    }

    #[test]
    fn denials_of_other_languages_are_known() {
        for (language, text) in [
            ("de", "Niemand wurde verletzt."),
            ("de", "Sie will nicht verhandeln."),
            ("fr", "Le pont n'est pas fermé."),
            ("es", "No hay heridos."),
            ("ru", "Мост не закрыт."),
            ("uk", "Постраждалих немає."),
        ] {
            assert!(is_negated(text, &Language::new(language)), "{text}");
        }
        assert!(!is_negated(
            "Nicht nur die Brücke ist gesperrt.",
            &Language::new("de")
        ));
    }
}
