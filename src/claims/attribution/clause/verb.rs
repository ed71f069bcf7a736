//! Whether a word that can be a verb of saying is one here, and whether it introduces anything.

use super::super::super::passage::{Kind, Word, is_genitive};
use super::super::super::vocabulary::{Said, flag};
use super::{Clause, Form, Search};
use crate::story::Place;

/// How many words may stand between a passive and its "by".
const MOST_WORDS_BEFORE_AGENT: usize = 6;

impl Search<'_, '_> {
    /// Whether the word begins or is a refusal to speak: "declined to comment", "did not respond".
    pub(super) fn is_refusal(&self) -> bool {
        let word = &self.p.words[self.at];
        if self.p.is(word, "declined") || self.p.is(word, "refused") {
            let verb = self.word(self.at + 2);
            let speaks = verb.is_some_and(|verb| {
                verb.is(flag::SAYS)
                    || [
                        "comment",
                        "elaborate",
                        "discuss",
                        "speak",
                        "identify",
                        "name",
                        "give",
                        "answer",
                        "respond",
                    ]
                    .iter()
                    .any(|speaking| self.p.is(verb, speaking))
            });
            return self.is_at(self.at + 1, "to") && speaks;
        }
        let speaks =
            word.is(flag::SAYS) || self.p.is(word, "respond") || self.p.is(word, "comment");
        speaks && self.is_negated()
    }

    /// Whether "not" or "never" stands between subject and verb.
    pub(super) fn is_negated(&self) -> bool {
        let mut at = self.at;
        while at > self.sentence.words.start && self.at - at < 4 {
            at -= 1;
            let word = &self.p.words[at];
            let text = self.p.str(word);
            if self.p.is(word, "not")
                || self.p.is(word, "never")
                || text.ends_with("n't")
                || text.ends_with("n’t")
            {
                return true;
            }
            if !word.is(flag::ADVERB | flag::HAVE | flag::MODAL) {
                return false;
            }
        }
        false
    }

    /// A finite verb of saying.
    pub(super) fn verb(&self, earlier: &[Clause]) -> Option<Clause> {
        let word = &self.p.words[self.at];
        let said = word.said()?;
        if let Some(clause) = self.by_agent(said) {
            return Some(clause);
        }
        if self.is_noun_or_adjective() || self.is_name_part() {
            return None;
        }
        if let Some(clause) = self.inverted(said) {
            return Some(clause);
        }
        let clause = self.subject_clause(self.at, said, earlier)?;
        self.introduces(&clause).then_some(clause)
    }

    /// "It was announced by the ministry that ...", "the toll was put at 45 by doctors", "the mayor was told by officials
    /// that ...": who says it stands behind "by".
    fn by_agent(&self, said: Said) -> Option<Clause> {
        let is_helped = self.at > self.sentence.words.start
            && self.p.words[self.at - 1].is(flag::BE | flag::ADVERB)
            && (self.sentence.words.start..self.at)
                .rev()
                .take(3)
                .any(|at| self.p.words[at].is(flag::BE));
        let tells = matches!(
            said,
            Said::Said | Said::Announced | Said::Reported | Said::Estimated
        );
        if !is_helped || !tells {
            return None;
        }
        let by = (self.at + 1..self.at + MOST_WORDS_BEFORE_AGENT)
            .take_while(|&at| {
                self.word(at)
                    .is_some_and(|word| word.is_word() || word.kind == Kind::Number)
            })
            .find(|&at| self.is_at(at, "by"))?;
        let phrase = self.phrase_after(by + 1)?;
        let is_source = self.p.words[phrase.clone()]
            .iter()
            .any(|word| word.is(flag::SOURCE | flag::ROLE) || word.kind == Kind::Capital);
        let introduces = self.is_at(phrase.end, "that");
        let is_hearer = ["told", "warned", "informed"]
            .iter()
            .any(|told| self.is_at(self.at, told));
        if !is_source || is_hearer && !introduces {
            return None;
        }
        let form = if introduces {
            Form::Leading
        } else {
            Form::Trailing
        };
        let mut clause = self.named(phrase, by, said, form);
        if introduces {
            clause.whole.start = self.sentence.words.start;
        }
        Some(clause)
    }

    /// Whether a capital makes the word part of a name, as "States" is; in a headline any verb may have one.
    pub(super) fn is_name_part(&self) -> bool {
        let is_headline = matches!(self.p.place, Place::Headline | Place::Standfirst);
        self.p.words[self.at].kind == Kind::Capital
            && !is_headline
            && self.at > self.sentence.words.start
    }

    /// Whether the word is no verb here: "the alleged attack", "12 confirmed cases", "reports of fire".
    pub(super) fn is_noun_or_adjective(&self) -> bool {
        let word = &self.p.words[self.at];
        let before = (self.at > self.sentence.words.start).then(|| &self.p.words[self.at - 1]);
        let is_modified = before.is_some_and(|before| self.modifies(before));
        let is_base = word.is(flag::BASE_FORM)
            && before.is_some_and(|before| before.is_word() && !self.governs_base(before));
        if self.claims_to() {
            return false;
        }
        is_modified
            || is_base
            || word.is(flag::NOUN_FORM) && self.is_noun(before)
            || self.is_another_sense()
    }

    /// "The army claims to have shot down a drone": an infinitive that is put forward.
    fn claims_to(&self) -> bool {
        self.p.words[self.at].said() == Some(Said::Claimed)
            && self.is_at(self.at + 1, "to")
            && ["have", "be"]
                .iter()
                .any(|helper| self.is_at(self.at + 2, helper))
    }

    /// "As the minister put it, ...".
    fn puts_it(&self) -> bool {
        ["put", "puts"].iter().any(|put| self.is_at(self.at, put))
            && self.is_at(self.at + 1, "it")
            && self
                .word(self.at + 2)
                .is_none_or(|word| !word.is_word() || word.is(flag::TIME))
    }

    /// Whether the word before makes the verb a noun, an adjective or a passive: "the claims", "12 reported", "was told".
    fn modifies(&self, before: &Word) -> bool {
        let word = &self.p.words[self.at];
        // "Another says" and "two said" have their subject there.
        let is_plain = !word.is(flag::NOUN_FORM) && !self.p.str(word).ends_with("ed");
        let is_modifier = before.is(flag::DETERMINER) || before.kind == Kind::Number;
        before.is(flag::BE | flag::PREPOSITION)
            || is_modifier && !is_plain
            || is_genitive(self.p.str(before)) && !is_plain
    }

    /// Whether a form that can be a noun is one: before another verb, in "wind power projects", after "two".
    fn is_noun(&self, before: Option<&Word>) -> bool {
        const SUBJECT: u32 = flag::SOURCE
            | flag::ROLE
            | flag::EVIDENCE
            | flag::HE_SHE
            | flag::IT_THEY
            | flag::RELATIVE
            | flag::ADVERB
            | flag::TIME;
        let text = self.p.str(&self.p.words[self.at]);
        if !self.opens_content(self.at + 1) {
            return !before.is_some_and(|before| self.agrees(before, text));
        }
        let next = self.word(self.at + 1);
        let precedes_verb = next.is_some_and(|next| next.is(flag::BE | flag::HAVE | flag::MODAL));
        let is_compound =
            before.is_some_and(|before| before.kind == Kind::Lower && !before.is(SUBJECT));
        let opens_clause = next.is_some_and(|next| next.is_word() || next.kind == Kind::Number);
        precedes_verb
            || text.ends_with('s') && is_compound && !opens_clause
            || self.is_counted(text)
    }

    /// Whether what follows gives the verb another sense: "Firm accused of fraud" is what a headline makes of "is accused",
    /// staff "reported for duty", a clinic "admitted 12 patients", a team "conceded two goals".
    fn is_another_sense(&self) -> bool {
        let word = &self.p.words[self.at];
        let is_any = |list: &[&str]| list.iter().any(|listed| self.p.is(word, listed));
        let is_next = |list: &[&str]| list.iter().any(|listed| self.is_at(self.at + 1, listed));
        let is_charged = word.said() == Some(Said::Accused) && is_next(&["of", "for", "over"]);
        let is_present = is_any(&["reported"]) && is_next(&["for", "to"]);
        let next_is_number = self
            .word(self.at + 1)
            .is_some_and(|next| next.kind == Kind::Number);
        let is_let_in = is_any(&["admitted", "admits", "conceded", "concedes"])
            && (next_is_number || self.is_number_word(self.at + 1));
        is_charged || is_present || is_let_in
    }

    /// Whether a base form can follow: a plural, a helping verb, an adverb.
    pub(super) fn governs_base(&self, before: &Word) -> bool {
        before.is(flag::MODAL
            | flag::ADVERB
            | flag::HE_SHE
            | flag::IT_THEY
            | flag::PRONOUN
            | flag::TIME)
            || self.p.str(before).ends_with("ly")
            || self.has_plural_before()
    }

    /// Whether the noun phrase before the verb has a plural in it: "figures from the union show".
    pub(super) fn has_plural_before(&self) -> bool {
        let first = self.sentence.words.start;
        (first..self.at)
            .rev()
            .map(|at| &self.p.words[at])
            .take_while(|word| {
                word.is_word() && !word.is(flag::SUBORDINATOR | flag::BE | flag::HAVE)
            })
            .any(|word| self.is_plural(word) || self.p.is(word, "data") || self.p.is(word, "and"))
    }

    pub(super) fn is_plural(&self, word: &Word) -> bool {
        self.p.str(word).ends_with('s') || self.p.is(word, "police") || self.p.is(word, "people")
    }

    /// Whether a form in "s" belongs to a number or plural before it, as in "two critical reports".
    pub(super) fn is_counted(&self, verb: &str) -> bool {
        let first = self.sentence.words.start;
        let plurals = [
            "two", "three", "four", "five", "six", "several", "many", "these", "those", "both",
            "few",
        ];
        verb.ends_with('s')
            && (first..self.at).rev().take(4).any(|at| {
                let word = &self.p.words[at];
                word.kind == Kind::Number || plurals.iter().any(|plural| self.p.is(word, plural))
            })
    }

    /// Whether `before` can be the subject of a form that is a noun as well: "Norvia reports a loss", "residents report
    /// explosions", but not "safety rules".
    pub(super) fn agrees(&self, before: &Word, verb: &str) -> bool {
        let is_plural = self.is_plural(before);
        before.is(flag::HE_SHE | flag::IT_THEY)
            || before.kind == Kind::Capital && !is_plural
            || is_plural && !verb.ends_with('s')
    }

    pub(super) fn is_number_word(&self, at: usize) -> bool {
        [
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        ]
        .iter()
        .any(|number| self.is_at(at, number))
    }

    /// Whether what is said can start at `at`: "that", an article, a pronoun, a name, a number, a quotation.
    pub(super) fn opens_content(&self, at: usize) -> bool {
        self.word(at).is_none_or(|word| {
            word.is(flag::DETERMINER | flag::PRONOUN | flag::HE_SHE | flag::IT_THEY)
                || matches!(
                    word.kind,
                    Kind::Capital
                        | Kind::Number
                        | Kind::Quote
                        | Kind::Colon
                        | Kind::Stop
                        | Kind::Comma
                )
                || self.p.is(word, "that")
                || word.is(flag::SOURCE | flag::TIME)
        })
    }

    /// Whether the verb introduces something: content for the plain ones; "that", a quotation, the end of the sentence,
    /// evidence or a charge for those that mean other things as well.
    pub(super) fn introduces(&self, clause: &Clause) -> bool {
        let verb = &self.p.words[self.at];
        let next = self.word(self.at + 1);
        if clause.form == Form::Trailing {
            return true;
        }
        // "Says sorry", "said goodbye": a deed, and no claim.
        let is_greeting = |word: &Word| {
            ["sorry", "goodbye", "farewell", "thanks", "hello"]
                .iter()
                .any(|greeting| self.p.is(word, greeting))
        };
        if verb.is(flag::SAYS) && next.is_some_and(is_greeting) {
            return false;
        }
        if next.is_none_or(|word| word.kind == Kind::Stop) {
            return false;
        }
        if verb.is(flag::SAYS)
            || self.claims_to()
            || self.puts_it()
            || self.is_at(self.at + 1, "that")
            || next.is_some_and(|word| word.kind == Kind::Colon)
        {
            return true;
        }
        let is_body = self.p.words[clause.phrase.clone()]
            .iter()
            .any(|word| word.is(flag::SOURCE | flag::EVIDENCE));
        // Headlines leave out "that": "Court rules Holt must pay".
        if self.p.place == Place::Headline
            && is_body
            && self.p.str(verb).ends_with('s')
            && verb.said() != Some(Said::Called)
        {
            return true;
        }
        let ahead = |count: usize| (self.at + 1..self.at + 1 + count).map_while(|at| self.word(at));
        let names = |flags: u32, count: usize| ahead(count).any(|word| word.is(flags));
        match verb.said() {
            Some(Said::Found)
                if self.p.words[clause.phrase.clone()]
                    .iter()
                    .any(|word| word.is(flag::EVIDENCE)) =>
            {
                true
            }
            Some(Said::Denied) if names(flag::CHARGE, 4) => true,
            Some(Said::Estimated) => names(flag::COUNT, 4),
            Some(Said::Asked) if next.is_some_and(|word| self.opens_question(word)) => true,
            // "A film called 'Alder'" names the film.
            Some(Said::Called)
                if next.is_some_and(|word| word.kind == Kind::Quote || self.p.is(word, "for")) =>
            {
                false
            }
            _ => ahead(12).any(|word| word.kind == Kind::Quote),
        }
    }

    pub(super) fn opens_question(&self, word: &Word) -> bool {
        [
            "whether", "if", "why", "how", "what", "when", "where", "who", "which",
        ]
        .iter()
        .any(|question| self.p.is(word, question))
    }
}
