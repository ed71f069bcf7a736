//! The words that decide whether an edit changes what is said: negation, hedges, plans, scope, opposites, other names.
//!
//! A language is one entry of [`of`]; a language without lists of its own is compared by its words alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::tokens::Token;
use crate::text::Language;
use crate::text::thesaurus::{self, Relation};

mod english;
mod others;
mod phrases;

use phrases::Phrases;

/// The lists of one language, blank-separated words, phrases of several words joined by underscores where a list has them.
pub(super) struct Lists {
    /// Words that deny: not, never, none.
    pub negations: &'static str,
    /// Words that deny without a negation: deny, refuse, without.
    pub denials: &'static str,
    /// Words that make a claim uncertain: may, reportedly, suspected.
    pub hedges: &'static str,
    /// Words that make a deed a plan: will, plan, expect.
    pub plans: &'static str,
    /// How verbs end in the future tense, where one word tells it.
    pub futures: &'static str,
    /// Words that lead to a source, in a language whose sources are not read.
    pub saying: &'static str,
    /// Words that say how much of a thing is meant: all, most, partial.
    pub scopes: &'static str,
    /// Weekdays, months, times of day.
    pub times: &'static str,
    /// Phrases that mean the same as one word: `prime minister=pm`, `call~ off=cancel`, one a line.
    pub phrases: &'static str,
    /// Words of one line are the same for a reader of news.
    pub likes: &'static str,
    /// Words of one line exclude each other; those joined by a plus sign are the same; a tilde marks plain opposites.
    pub contrasts: &'static str,
    /// Verbs without a meaning of their own: make, take, get.
    pub light: &'static str,
    /// Titles and roles: minister, chief, spokesman.
    pub roles: &'static str,
    /// Words before which a name is a place: in, near, from.
    pub place_words: &'static str,
}

/// The lists of one language, ready to be asked.
pub(super) struct Lexicon {
    pub lists: &'static Lists,
    pub english: bool,
    phrases: Phrases,
    likes: BTreeMap<&'static str, Vec<u16>>,
    contrasts: BTreeMap<&'static str, Vec<(u16, u16)>>,
    /// The words of the lines that name deeds.
    deeds: BTreeSet<&'static str>,
    /// The same for a language without base forms: how the words begin.
    beginnings: Vec<(&'static str, (u16, u16))>,
}

/// A word with its base forms.
pub(super) struct Known<'w> {
    forms: Vec<&'w str>,
    entries: Vec<thesaurus::Entry>,
}

impl Known<'_> {
    /// Whether the dictionary has it.
    pub fn is_in_dictionary(&self) -> bool {
        !self.entries.is_empty()
    }
}

/// The lexicon of a language.
pub(super) fn of(language: &Language) -> &'static Lexicon {
    static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&english::LISTS, true));
    static OTHERS: LazyLock<BTreeMap<&'static str, Lexicon>> = LazyLock::new(|| {
        others::ALL
            .iter()
            .map(|(code, lists)| (*code, Lexicon::new(lists, false)))
            .collect()
    });
    static NONE: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&others::NONE, false));
    match language.as_str() {
        "en" | "" => &ENGLISH,
        code => OTHERS.get(code).unwrap_or(&NONE),
    }
}

/// Whether an English word is a title or role, which names nobody by itself.
pub(super) fn of_english_roles(word: &str) -> bool {
    has(english::LISTS.roles, word)
}

impl Lexicon {
    fn new(lists: &'static Lists, english: bool) -> Self {
        let mut likes: BTreeMap<&str, Vec<u16>> = BTreeMap::new();
        for (number, line) in (0..).zip(lists.likes.lines()) {
            for word in line.split_ascii_whitespace() {
                likes.entry(word).or_default().push(number);
            }
        }
        let mut contrasts: BTreeMap<&str, Vec<(u16, u16)>> = BTreeMap::new();
        let mut deeds: BTreeSet<&str> = BTreeSet::new();
        for (number, line) in (0..).zip(lists.contrasts.lines()) {
            // A tilde marks plain opposites, which tell no deed apart from any other.
            let (line, is_deed) = line
                .strip_prefix('~')
                .map_or((line, true), |line| (line, false));
            for (part, same) in (0..).zip(line.split_ascii_whitespace()) {
                for word in same.split('+') {
                    if is_deed {
                        deeds.insert(word);
                    }
                    contrasts.entry(word).or_default().push((number, part));
                }
            }
        }
        let beginnings = if english {
            Vec::new()
        } else {
            contrasts
                .iter()
                .flat_map(|(word, places)| places.iter().map(|place| (*word, *place)))
                .collect()
        };
        Self {
            lists,
            english,
            beginnings,
            phrases: Phrases::new(lists.phrases),
            likes,
            contrasts,
            deeds,
        }
    }

    pub fn is_time(&self, word: &str) -> bool {
        has(self.lists.times, word)
    }

    /// Whether a time word counts only with a capital letter: "May", "March", "Sun".
    pub fn is_capitalised_time(&self, word: &str) -> bool {
        self.english && has("may march august sun sat wed mar dec jan second", word)
    }

    pub fn is_negation(&self, word: &str) -> bool {
        has(self.lists.negations, word)
    }

    pub fn is_denial(&self, word: &str) -> bool {
        self.listed(self.lists.denials, word)
    }

    pub fn is_hedge(&self, word: &str) -> bool {
        has(self.lists.hedges, word)
    }

    pub fn is_plan(&self, word: &str) -> bool {
        has(self.lists.plans, word)
    }

    /// Whether a word ends like a future of its language: "fumigarán", "fermera".
    pub fn is_future(&self, word: &str) -> bool {
        const SHORTEST: usize = 6;
        word.chars().count() >= SHORTEST
            && self
                .lists
                .futures
                .split_ascii_whitespace()
                .any(|ending| word.ends_with(ending))
    }

    pub fn is_saying(&self, word: &str) -> bool {
        has(self.lists.saying, word)
    }

    pub fn is_scope(&self, word: &str) -> bool {
        has(self.lists.scopes, word)
    }

    pub fn is_light(&self, word: &str) -> bool {
        self.listed(self.lists.light, word)
    }

    /// Whether a word is a country, its people, a continent or a state or region that towns lie in, in the form [`Lexicon::phrase`] gives it.
    pub fn is_country(word: &str) -> bool {
        const COUNTRIES: &str = "usa uk un eu nkorea skorea safrica russian ukrainian chinese german french spanish italian polish turkish iranian iraqi israeli syrian japanese indian pakistani afghan mexican canadian brazilian australian european african irish scottish welsh swedish norwegian \
danish finnish greek hungarian romanian bulgarian serbian georgian belarusian kazakh egyptian libyan sudanese nigerian kenyan ethiopian \
venezuelan colombian argentine chilean peruvian cuban haitian philippine indonesian malaysian thai vietnamese taiwanese dutch belgian swiss \
austrian portuguese czech english england asia asian \
alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois indiana iowa kansas kentucky louisiana maine \
maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah \
vermont virginia wisconsin wyoming ontario quebec manitoba alberta saskatchewan queensland tasmania victoria bavaria saxony hesse brandenburg \
thuringia catalonia andalusia galicia lombardy tuscany sicily sardinia brittany normandy provence corsica cornwall devon kent yorkshire \
lancashire wessex crimea donbas siberia chechnya kashmir punjab kerala gujarat";
        has(COUNTRIES, word)
    }

    pub fn is_place_word(&self, word: &str) -> bool {
        has(self.lists.place_words, word)
    }

    /// A phrase that the tokens begin with: its length in words, and the one word it means.
    pub fn phrase(&self, tokens: &[Token]) -> Option<(usize, &'static str)> {
        self.phrases.at(tokens)
    }

    /// How two words relate for a reader of news.
    pub fn relation(&self, one: &str, other: &str) -> Relation {
        self.relation_of(&self.known(one), &self.known(other))
    }

    /// What there is to know of a word that is held against several others.
    pub fn known<'w>(&self, word: &'w str) -> Known<'w> {
        let entries = if self.english {
            thesaurus::base_forms(word)
        } else {
            Vec::new()
        };
        let mut forms = vec![word];
        forms.extend(
            entries
                .iter()
                .map(|entry| entry.lemma)
                .filter(|lemma| *lemma != word),
        );
        Known { forms, entries }
    }

    /// How two words relate that were looked up before.
    pub fn relation_of(&self, one: &Known<'_>, other: &Known<'_>) -> Relation {
        if one.forms.iter().any(|form| other.forms.contains(form)) {
            return Relation::Same;
        }
        let mut contrast = false;
        for a in &one.forms {
            for b in &other.forms {
                if shares(self.likes.get(a), self.likes.get(b)) {
                    return Relation::Same;
                }
                if let (Some(a), Some(b)) = (self.contrasts.get(a), self.contrasts.get(b)) {
                    if shares(Some(a), Some(b)) {
                        return Relation::Same;
                    }
                    contrast |= a
                        .iter()
                        .any(|(group, _)| b.iter().any(|(other, _)| group == other));
                }
            }
        }
        if contrast {
            return Relation::Opposite;
        }
        if self.english {
            thesaurus::relation_of(&one.entries, &other.entries)
        } else {
            self.relation_of_beginnings(
                one.forms.first().copied().unwrap_or(""),
                other.forms.first().copied().unwrap_or(""),
            )
        }
    }

    /// Whether the list of words that are the same for a reader of news has both on one line.
    pub fn is_like(&self, one: &Known<'_>, other: &Known<'_>) -> bool {
        one.forms.iter().any(|a| {
            other
                .forms
                .iter()
                .any(|b| shares(self.likes.get(a), self.likes.get(b)))
        })
    }

    /// How two words of a language without base forms relate, by how they begin.
    fn relation_of_beginnings(&self, one: &str, other: &str) -> Relation {
        const SHORTEST: usize = 4;
        let places = |word: &str| {
            self.beginnings
                .iter()
                .filter(|(start, _)| {
                    word == *start || (start.chars().count() >= SHORTEST && word.starts_with(start))
                })
                .map(|(_, place)| *place)
                .collect::<Vec<_>>()
        };
        let (ones, others) = (places(one), places(other));
        if ones.iter().any(|place| others.contains(place)) {
            Relation::Same
        } else if ones
            .iter()
            .any(|(group, _)| others.iter().any(|(other, _)| group == other))
        {
            Relation::Opposite
        } else {
            Relation::None
        }
    }

    /// Whether the lists say that two words exclude each other.
    pub fn contrasts(&self, one: &str, other: &str) -> bool {
        let listed = |word: &str| {
            self.forms(word)
                .iter()
                .any(|form| self.contrasts.contains_key(form.as_str()))
        };
        listed(one) && listed(other) && self.relation(one, other) == Relation::Opposite
    }

    /// Whether a word is a deed that the news tells apart from others: to arrest, to approve, to sell.
    pub fn is_deed(&self, word: &str) -> bool {
        self.forms(word)
            .iter()
            .any(|form| self.deeds.contains(form.as_str()))
    }

    /// The word and its base forms.
    pub fn forms(&self, word: &str) -> Vec<String> {
        let mut forms = vec![word.to_owned()];
        if self.english {
            forms.extend(
                thesaurus::base_forms(word)
                    .iter()
                    .map(|entry| entry.lemma.to_owned())
                    .filter(|lemma| lemma != word),
            );
        }
        forms
    }

    fn listed(&self, list: &str, word: &str) -> bool {
        has(list, word)
            || (self.english
                && thesaurus::base_forms(word)
                    .iter()
                    .any(|entry| has(list, entry.lemma)))
    }
}

fn has(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|item| item == word)
}

fn shares<T: PartialEq>(one: Option<&Vec<T>>, other: Option<&Vec<T>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.iter().any(|item| other.contains(item)),
        _ => false,
    }
}
