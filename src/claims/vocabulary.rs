//! What single words mean for who says a thing, whether it is denied and how sure it is, one vocabulary a language.

use std::sync::LazyLock;

use super::lang::{de_statements, en, es_statements, fr_statements, ru_statements, uk_statements};
use super::modality::Modality;
use super::negation::Negator;
use super::phrases::{Phrases, WordMap};
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
    pub(in crate::claims) const ARTICLE: u32 = 1 << 29;
    /// Opens a form of attribution of its own: "citing", "was quoted", "declined to".
    pub(in crate::claims) const KEY: u32 = 1 << 31;
    /// May begin a phrase that a source follows.
    pub(in crate::claims) const ACCORDING: u32 = 1 << 30;
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

/// The lists of a language, as its file gives them.
pub(super) struct Lists {
    /// Whether every noun has a capital, as in German.
    pub(super) nouns_have_capitals: bool,
    /// Words by what they mean.
    pub(super) entries: &'static [Entry],
    /// Verbs that introduce what is said by themselves.
    pub(super) saying: &'static [(Said, &'static str)],
    /// Verbs that do so only in company.
    pub(super) saying_with_that: &'static [(Said, &'static str)],
    /// Participles that hang what is said on the subject of the sentence.
    pub(super) participles: &'static [(Said, &'static str)],
    /// Phrases that a source follows, separated by "|": "according to".
    pub(super) according: &'static str,
    /// Phrases that deny.
    pub(super) negators: &'static [(Negator, &'static str)],
    /// Phrases with a denying word that deny nothing.
    pub(super) harmless: &'static str,
    /// Phrases that say how sure a statement is.
    pub(super) hedges: &'static [(Modality, &'static str)],
}

/// The words and phrases of a language. Looked up only, never walked, so the order of the map reaches no output.
pub(super) struct Vocabulary {
    words: WordMap<Meaning>,
    pub(super) nouns_have_capitals: bool,
    pub(super) according: Phrases<()>,
    pub(super) negators: Phrases<Negator>,
    pub(super) harmless: Phrases<()>,
    pub(super) hedges: Phrases<Modality>,
}

impl Vocabulary {
    /// The vocabulary of a language; English, whose words do no harm elsewhere, where there is none.
    pub(super) fn of(language: &Language) -> &'static Self {
        match language.as_str() {
            "de" => &GERMAN,
            "fr" => &FRENCH,
            "es" => &SPANISH,
            "ru" => &RUSSIAN,
            "uk" => &UKRAINIAN,
            _ => &ENGLISH,
        }
    }

    /// What `word` means, which is in lower case and has straight apostrophes.
    pub(super) fn meaning(&self, word: &str) -> Meaning {
        self.words.get(word).copied().unwrap_or_default()
    }

    fn new(lists: &Lists) -> Self {
        let mut vocabulary = Self {
            words: WordMap::default(),
            nouns_have_capitals: lists.nouns_have_capitals,
            according: Phrases::new(&[((), lists.according)]),
            negators: Phrases::new(lists.negators),
            harmless: Phrases::new(&[((), lists.harmless)]),
            hedges: Phrases::new(lists.hedges),
        };
        for (list, flags) in lists.entries {
            list.split_whitespace()
                .for_each(|word| vocabulary.mark(word, *flags));
        }
        vocabulary.add_verbs(flag::SAYS, lists.saying);
        vocabulary.add_verbs(flag::SAYS_THAT, lists.saying_with_that);
        vocabulary.add_verbs(flag::SAYING, lists.participles);
        vocabulary.mark_phrases();
        vocabulary
    }

    fn mark(&mut self, word: &'static str, flags: u32) {
        self.words.entry(word).or_default().flags |= flags;
    }

    fn add_verbs(&mut self, flags: u32, lists: &[(Said, &'static str)]) {
        for (said, list) in lists {
            for word in list.split_whitespace() {
                self.mark(word, flags);
                let meaning = self.words.entry(word).or_default();
                meaning.said = meaning.said.or(Some(*said));
            }
        }
    }

    /// Marks the first words of all phrases, so that only they are looked up as phrases.
    fn mark_phrases(&mut self) {
        let marks: Vec<(&'static str, u32)> = self
            .according
            .first_words()
            .map(|word| (word, flag::ACCORDING))
            .chain(
                self.negators
                    .first_words()
                    .map(|word| (word, flag::NEGATOR)),
            )
            .chain(
                self.harmless
                    .first_words()
                    .map(|word| (word, flag::NEGATOR)),
            )
            .chain(self.hedges.first_words().map(|word| (word, flag::HEDGE)))
            .collect();
        for (word, flags) in marks {
            self.mark(word, flags);
        }
    }
}

static ENGLISH: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(&en::statements::LISTS));
static GERMAN: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(&de_statements::LISTS));
static FRENCH: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(&fr_statements::LISTS));
static SPANISH: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(&es_statements::LISTS));
static RUSSIAN: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(&ru_statements::LISTS));
static UKRAINIAN: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(&uk_statements::LISTS));
