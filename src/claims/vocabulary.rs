//! What single words mean for who says a thing, whether it is denied and how sure it is, one vocabulary a language.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lang::en_statements as en;
use super::{modality, negation};
use crate::text::Language;

/// What the verb of an attribution does with the statement it introduces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Said {
    /// Puts it forward: said, told, wrote.
    Said,
    /// Puts it as a question.
    Asked,
    /// Makes it known or promises it.
    Announced,
    /// Passes it on.
    Reported,
    /// Vouches for it: confirmed, admitted.
    Confirmed,
    /// Disputes it: denied, rejected.
    Denied,
    /// Puts it forward without proof: claimed, alleged, insisted.
    Claimed,
    /// Lays it to somebody's charge.
    Accused,
    /// Warns of it or fears it.
    Warned,
    /// Reckons it: estimated, forecast.
    Estimated,
    /// Holds it to be true or likely: believes, expects.
    Believed,
    /// Asks for it to be done.
    Urged,
    /// Draws it from evidence: found, showed.
    Found,
    /// Gives it a name: called, described.
    Called,
    /// Is given as its source: "according to".
    According,
    /// Would not speak: declined to say, did not comment.
    Silent,
}

impl Said {
    /// The name used in JSON.
    ///
    /// ```
    /// # use claimwatch::claims::attribution::Said;
    /// assert_eq!(Said::Denied.as_str(), "denied");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Asked => "asked",
            Self::Announced => "announced",
            Self::Reported => "reported",
            Self::Confirmed => "confirmed",
            Self::Denied => "denied",
            Self::Claimed => "claimed",
            Self::Accused => "accused",
            Self::Warned => "warned",
            Self::Estimated => "estimated",
            Self::Believed => "believed",
            Self::Urged => "urged",
            Self::Found => "found",
            Self::Called => "called",
            Self::According => "according",
            Self::Silent => "silent",
        }
    }
}

/// Meanings a word can have; a word may have several.
pub(super) mod flag {
    pub(in crate::claims) const SOURCE: u32 = 1;
    pub(in crate::claims) const ROLE: u32 = 1 << 1;
    pub(in crate::claims) const ADDRESS: u32 = 1 << 2;
    pub(in crate::claims) const SUBORDINATOR: u32 = 1 << 3;
    pub(in crate::claims) const RELATIVE: u32 = 1 << 4;
    pub(in crate::claims) const DETERMINER: u32 = 1 << 5;
    pub(in crate::claims) const PREPOSITION: u32 = 1 << 6;
    pub(in crate::claims) const BE: u32 = 1 << 7;
    pub(in crate::claims) const HAVE: u32 = 1 << 8;
    pub(in crate::claims) const MODAL: u32 = 1 << 9;
    pub(in crate::claims) const ADVERB: u32 = 1 << 10;
    pub(in crate::claims) const TIME: u32 = 1 << 11;
    pub(in crate::claims) const HE_SHE: u32 = 1 << 12;
    pub(in crate::claims) const IT_THEY: u32 = 1 << 13;
    pub(in crate::claims) const PRONOUN: u32 = 1 << 14;
    pub(in crate::claims) const OUTLET: u32 = 1 << 15;
    pub(in crate::claims) const AUDIENCE: u32 = 1 << 16;
    /// Introduces what is said by itself.
    pub(in crate::claims) const SAYS: u32 = 1 << 17;
    /// Introduces what is said only with "that", a quotation or at the end of the sentence.
    pub(in crate::claims) const SAYS_THAT: u32 = 1 << 18;
    /// Hangs what is said on the subject of the sentence.
    pub(in crate::claims) const SAYING: u32 = 1 << 19;
    pub(in crate::claims) const OUTLET_NOUN: u32 = 1 << 20;
    pub(in crate::claims) const EVIDENCE: u32 = 1 << 21;
    pub(in crate::claims) const CHARGE: u32 = 1 << 22;
    pub(in crate::claims) const COUNT: u32 = 1 << 23;
    pub(in crate::claims) const NOUN_FORM: u32 = 1 << 24;
    pub(in crate::claims) const BASE_FORM: u32 = 1 << 25;
    pub(in crate::claims) const NO_PERSON: u32 = 1 << 28;
    /// May begin a phrase that denies.
    pub(in crate::claims) const NEGATOR: u32 = 1 << 26;
    /// May begin a phrase that says how sure a statement is.
    pub(in crate::claims) const HEDGE: u32 = 1 << 27;
}

/// Words separated by white space, and the meaning they share.
pub(super) type Entry = (&'static str, u32);

/// What one word can mean.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) flags: u32,
    pub(super) said: Option<Said>,
}

/// The words of a language. Looked up only, never walked, so its order reaches no output.
pub(super) struct Vocabulary(HashMap<&'static str, Meaning>);

impl Vocabulary {
    /// The vocabulary of a language; English, whose words do no harm elsewhere, where there is none.
    pub(super) fn of(_language: &Language) -> &'static Self {
        &ENGLISH
    }

    /// What `word` means, which is in lower case and has straight apostrophes.
    pub(super) fn meaning(&self, word: &str) -> Meaning {
        self.0.get(word).copied().unwrap_or_default()
    }

    fn new(entries: &'static [Entry], verbs: &[(u32, &'static [(Said, &'static str)])]) -> Self {
        let mut words: HashMap<&'static str, Meaning> = HashMap::new();
        for (list, flags) in entries {
            for word in list.split_whitespace() {
                words.entry(word).or_default().flags |= flags;
            }
        }
        for (flags, lists) in verbs {
            for (said, list) in *lists {
                for word in list.split_whitespace() {
                    let meaning = words.entry(word).or_default();
                    meaning.flags |= flags;
                    meaning.said = meaning.said.or(Some(*said));
                }
            }
        }
        for word in negation::first_words() {
            words.entry(word).or_default().flags |= flag::NEGATOR;
        }
        for word in modality::first_words() {
            words.entry(word).or_default().flags |= flag::HEDGE;
        }
        Self(words)
    }
}

static ENGLISH: LazyLock<Vocabulary> = LazyLock::new(|| {
    Vocabulary::new(
        en::ENTRIES,
        &[
            (flag::SAYS, en::SAYING),
            (flag::SAYS_THAT, en::SAYING_WITH_THAT),
            (flag::SAYING, en::PARTICIPLES),
        ],
    )
});
