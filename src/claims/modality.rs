//! Finds the words that say how sure a statement is: alleged, may, plans to, will, confirmed.
//!
//! The one rule: a word is read by its use, not its look, so that the month of May and "the will" are no hedges.

use std::collections::BTreeMap;
use std::ops::Range;

use super::passage::{Kind, Passage};
use super::vocabulary::{Vocabulary, flag};
use crate::text::Language;

/// How a statement is put, from hearsay to certainty. A statement without a cue is put as fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modality {
    /// Said not to be established: "unconfirmed", "could not be verified".
    Unconfirmed,
    /// Put forward without proof: "alleged", "purportedly".
    Alleged,
    /// Hearsay: "reportedly", "is believed to".
    Reported,
    /// "suspected", "feared".
    Suspected,
    /// Laid to somebody's charge: "accused of", "charged with".
    Accused,
    /// "may", "could", "possibly".
    Possible,
    /// "likely", "is expected to".
    Likely,
    /// "appears to", "apparently".
    Seeming,
    /// Meant but not done: "plans to", "agreed to", "close to".
    Planned,
    /// Tried: "attempted to".
    Tried,
    /// To come: "will", "is to".
    Will,
    /// Conditional, or "will" in indirect speech.
    Would,
    /// "must", "is obliged to".
    Must,
    /// Vouched for: "confirmed", "convicted".
    Confirmed,
}

impl Modality {
    /// Whether the statement is less than a fact: a hedge, a plan, the future.
    ///
    /// ```
    /// # use claimwatch::claims::modality::Modality;
    /// assert!(Modality::Alleged.is_hedge());
    /// assert!(!Modality::Confirmed.is_hedge());
    /// ```
    #[must_use]
    pub fn is_hedge(self) -> bool {
        match self {
            Self::Unconfirmed
            | Self::Alleged
            | Self::Reported
            | Self::Suspected
            | Self::Accused
            | Self::Possible
            | Self::Likely
            | Self::Seeming
            | Self::Planned
            | Self::Tried
            | Self::Will
            | Self::Would => true,
            Self::Must | Self::Confirmed => false,
        }
    }

    /// Which question the cue answers; cues of different kinds are no shades of each other.
    ///
    /// ```
    /// # use claimwatch::claims::modality::{Concern, Modality};
    /// assert_eq!(Modality::Alleged.concern(), Modality::Confirmed.concern());
    /// assert_ne!(Modality::Alleged.concern(), Modality::Planned.concern());
    /// assert_eq!(Modality::Planned.concern(), Concern::Done);
    /// ```
    #[must_use]
    pub fn concern(self) -> Concern {
        match self {
            Self::Unconfirmed
            | Self::Alleged
            | Self::Reported
            | Self::Suspected
            | Self::Accused
            | Self::Seeming
            | Self::Confirmed => Concern::True,
            Self::Possible | Self::Likely | Self::Would => Concern::Sure,
            Self::Planned | Self::Tried | Self::Will => Concern::Done,
            Self::Must => Concern::Required,
        }
    }
}

/// The questions that cues of modality answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Concern {
    /// Is it so, or only said to be?
    True,
    /// How likely is it?
    Sure,
    /// Has it been done, or is it to come?
    Done,
    /// Must it be done?
    Required,
}

/// Words that say how sure a statement is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// What they say.
    pub modality: Modality,
    /// The bytes of the words.
    pub range: Range<usize>,
    /// Whether they stand inside quotation marks.
    pub quoted: bool,
}

/// Every cue of modality in `text`, in order.
///
/// ```
/// # use claimwatch::{claims::modality::{self, Modality}, text::Language};
/// let text = "The alleged leak in May may have been planned.";
///
/// let cues: Vec<Modality> = modality::cues(text, &Language::new("en")).into_iter().map(|cue| cue.modality).collect();
///
/// assert_eq!(cues, [Modality::Alleged, Modality::Possible, Modality::Planned]);
/// ```
#[must_use]
pub fn cues(text: &str, language: &Language) -> Vec<Cue> {
    in_passage(&Passage::of(text, language))
}

/// The words of a language that by themselves say how sure a statement is, with what they say.
///
/// ```
/// # use claimwatch::{claims::modality::{self, Modality}, text::Language};
/// let words = modality::words(&Language::new("en"));
///
/// assert_eq!(words.get("allegedly"), Some(&Modality::Alleged));
/// ```
#[must_use]
pub fn words(language: &Language) -> BTreeMap<&'static str, Modality> {
    Vocabulary::of(language).hedges.single()
}

/// Every cue of modality in a text that has been taken apart.
pub(super) fn in_passage(p: &Passage) -> Vec<Cue> {
    let mut cues = Vec::new();
    for sentence in &p.sentences {
        let mut at = sentence.words.start;
        while at < sentence.words.end {
            let found = if p.words[at].is(flag::HEDGE) {
                p.vocabulary.hedges.at(p, at)
            } else {
                None
            };
            let used = found.filter(|(count, _)| is_used_so(p, sentence.words.start, at, *count));
            let Some((count, modality)) = used else {
                at += 1;
                continue;
            };
            cues.push(Cue {
                modality,
                range: p.bytes(at..at + count),
                quoted: p.words[at].quoted,
            });
            at += count;
        }
    }
    cues
}

/// Whether the word is used as a cue: not the month, a name, or the noun in "the will", nor "could" in "could not".
fn is_used_so(p: &Passage, first: usize, at: usize, count: usize) -> bool {
    let word = &p.words[at];
    let is_any = |list: &[&str]| list.iter().any(|listed| p.is(word, listed));
    let next = p.words.get(at + 1);
    let is_inner_capital = word.kind == Kind::Capital && at > first;
    if count == 1 && is_any(&["may", "will", "might", "can", "could"]) {
        let before = at
            .checked_sub(1)
            .filter(|&before| before >= first)
            .map(|before| &p.words[before]);
        let is_noun = is_inner_capital
            || next.is_some_and(|next| next.kind == Kind::Number)
            || before
                .is_some_and(|before| before.is(flag::DETERMINER) && !before.is(flag::PRONOUN));
        let is_denied = is_any(&["can", "could"]) && next.is_some_and(|next| p.is(next, "not"));
        return !is_noun && !is_denied;
    }
    if is_any(&["is", "are", "was", "were"]) {
        // "is to visit", but not "access is to the left".
        let verb = p.words.get(at + 2);
        let is_plan = next.is_some_and(|next| p.is(next, "to"))
            && verb.is_some_and(|verb| {
                verb.kind == Kind::Lower && !verb.is(flag::DETERMINER | flag::PREPOSITION)
            });
        return is_plan || !next.is_some_and(|next| p.is(next, "to"));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Modality, &str)> {
        cues(text, &Language::new("en"))
            .into_iter()
            .map(|cue| (cue.modality, &text[cue.range]))
            .collect()
    }

    #[test]
    fn cues_are_found_by_what_they_say() {
        for (text, expected) in [
            ("The alleged thief fled.", (Modality::Alleged, "alleged")),
            (
                "The thief reportedly fled.",
                (Modality::Reported, "reportedly"),
            ),
            (
                "The thief is said to have fled.",
                (Modality::Reported, "is said to"),
            ),
            (
                "Two suspected cases were found.",
                (Modality::Suspected, "suspected"),
            ),
            ("He is accused of theft.", (Modality::Accused, "accused of")),
            ("The road may close.", (Modality::Possible, "may")),
            ("The road is likely safe.", (Modality::Likely, "likely")),
            (
                "The road is expected to close.",
                (Modality::Likely, "expected to"),
            ),
            (
                "The road appears to be safe.",
                (Modality::Seeming, "appears to"),
            ),
            ("Holt plans to resign.", (Modality::Planned, "plans to")),
            (
                "Rovers are close to a deal.",
                (Modality::Planned, "close to"),
            ),
            ("Holt tried to resign.", (Modality::Tried, "tried to")),
            ("Holt will resign.", (Modality::Will, "will")),
            ("Holt is to resign.", (Modality::Will, "is to")),
            ("Holt would resign.", (Modality::Would, "would")),
            ("Holt must resign.", (Modality::Must, "must")),
            (
                "The army confirmed the strike.",
                (Modality::Confirmed, "confirmed"),
            ),
            (
                "The report could not be verified.",
                (Modality::Unconfirmed, "could not be verified"),
            ),
        ] {
            assert_eq!(read(text), [expected], "{text}");
        }
    }

    #[test]
    fn a_word_of_another_use_is_no_cue() {
        for text in [
            "The bridge shut in May.",
            "On 5 May 12 people came.",
            "May 5 was cold.",
            "She left a will and a can of paint.",
            "Will Tate went home. Then Ann and Will Tate ate.",
            "He could not come.",
            "Access is to the left.",
        ] {
            let found = read(text);
            assert!(
                found
                    .iter()
                    .all(|(modality, _)| !modality.is_hedge() || *modality == Modality::Will),
                "{text}: {found:?}"
            );
        }
        assert_eq!(read("The bridge shut in May."), []);
        assert_eq!(read("He could not come."), []);
    }

    #[test]
    fn a_plan_and_a_suspicion_are_not_shades_of_each_other() {
        assert_ne!(Modality::Planned.concern(), Modality::Suspected.concern());
        assert_eq!(Modality::Planned.concern(), Modality::Will.concern());
    }
}
