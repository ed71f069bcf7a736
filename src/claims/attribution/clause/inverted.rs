//! Sources behind their verb: `"...," said Ines Holt`.

use std::ops::Range;

use super::super::super::passage::{Kind, Word};
use super::super::super::vocabulary::{Said, flag};
use super::super::phrase;
use super::subject::Left;
use super::{Clause, Form, Search};

/// A longer tail behind "..., said NAME" is a clause.
const MOST_TAIL_WORDS: usize = 8;

impl Search<'_, '_> {
    /// `"...," said NAME`.
    pub(super) fn inverted(&self, said: Said) -> Option<Clause> {
        let start = self.sentence.words.start;
        let verb = self.first_helper();
        let behind = (verb > start).then(|| &self.p.words[verb - 1]);
        let after_quote = match behind.map(|word| word.kind) {
            None => said == Said::Said,
            Some(Kind::Quote) => true,
            Some(Kind::Comma | Kind::Dash) => self.follows_quote(verb),
            _ => false,
        };
        let after_comma = behind.is_some_and(|word| matches!(word.kind, Kind::Comma | Kind::Dash));
        let may_stand = after_quote || after_comma && self.may_invert_plainly();
        if !may_stand {
            return None;
        }
        let first = self.behind_times(self.at + 1);
        let next = self.word(first)?;
        if next.is(flag::HE_SHE | flag::IT_THEY) {
            return self.inverted_pronoun(said);
        }
        let phrase = self.phrase_after(first)?;
        let ends = self.word(phrase.end).is_none_or(|word| {
            !word.is_word()
                || word.is(flag::SUBORDINATOR | flag::RELATIVE | flag::PREPOSITION | flag::TIME)
        });
        if !ends || !after_quote && !self.only_time_follows(phrase.end) {
            return None;
        }
        let (phrase, name) = self.with_apposition(phrase);
        let mut clause = self.named(phrase, self.at, said, Form::Trailing);
        clause.name = name.unwrap_or(clause.name);
        Some(clause)
    }

    /// The word behind the time a source spoke at: "a annoncé lundi la mairie", "informó este martes la fiscalía".
    fn behind_times(&self, at: usize) -> usize {
        let is_time = |at: usize| self.word(at).is_some_and(|word| word.is(flag::TIME));
        let is_pointed = |at: usize| {
            is_time(at + 1) && self.word(at).is_some_and(|word| word.is(flag::DETERMINER))
        };
        let mut next = at;
        while is_time(next) || is_pointed(next) {
            next += if is_time(next) { 1 } else { 2 };
        }
        // "Said Tuesday's statement": nothing that could be a source is left.
        if self.word(next).is_some_and(Word::is_word) {
            next
        } else {
            at
        }
    }

    /// The first of the helping verbs that stand right before the verb: "a" of "a déclaré".
    pub(super) fn first_helper(&self) -> usize {
        let is_helper = |at: &usize| self.p.words[*at].is(flag::HAVE | flag::BE);
        let helpers = (self.sentence.words.start..self.at)
            .rev()
            .take_while(is_helper)
            .count();
        self.at - helpers
    }

    /// Whether nothing but a time or place follows up to the end of the sentence: "..., said police on Monday."
    pub(super) fn only_time_follows(&self, at: usize) -> bool {
        let rest = &self.p.words[at..self.sentence.words.end];
        let Some(first) = rest.first().filter(|first| first.is_word()) else {
            return true;
        };
        let tail = rest
            .iter()
            .take_while(|word| word.is_word() || word.kind == Kind::Number);
        let has_verb = tail.clone().any(|word| {
            word.is(flag::BE | flag::HAVE | flag::MODAL | flag::SAYS | flag::SUBORDINATOR)
        });
        first.is(flag::PREPOSITION | flag::TIME) && tail.count() <= MOST_TAIL_WORDS && !has_verb
    }

    /// Whether only commas and dashes stand between a quotation and the verb: «...», – said NAME.
    pub(super) fn follows_quote(&self, verb: usize) -> bool {
        (self.sentence.words.start..verb)
            .rev()
            .map(|at| self.p.words[at].kind)
            .find(|kind| !matches!(kind, Kind::Comma | Kind::Dash))
            == Some(Kind::Quote)
    }

    /// Whether "..., said NAME" is possible without a quotation: no apposition ends at the comma.
    pub(super) fn may_invert_plainly(&self) -> bool {
        let word = &self.p.words[self.at];
        let is_apposition = matches!(self.across_comma(self.at - 1), Left::Phrase(..));
        word.is(flag::SAYS) && !is_apposition
    }

    pub(super) fn inverted_pronoun(&self, said: Said) -> Option<Clause> {
        let next = self.word(self.at + 2);
        let ends = next.is_none_or(|word| {
            !word.is(flag::BE | flag::HAVE | flag::MODAL | flag::SAYS | flag::SUBORDINATOR)
        });
        ends.then(|| self.pronoun(self.at + 1, said, Form::Trailing))
    }

    /// "said the trust's chairwoman, Lene Aust": the name that follows an office.
    pub(super) fn with_apposition(
        &self,
        phrase: Range<usize>,
    ) -> (Range<usize>, Option<Range<usize>>) {
        let name = phrase::name(self.p, &phrase);
        let has_person = name.start > phrase.start && phrase::is_only_name(self.p, &name)
            || phrase::is_only_name(self.p, &phrase);
        let is_comma = self
            .word(phrase.end)
            .is_some_and(|word| word.kind == Kind::Comma);
        if has_person || !is_comma {
            return (phrase, None);
        }
        let Some(next) = phrase::after(self.p, phrase.end + 1, self.sentence.words.end) else {
            return (phrase, None);
        };
        if !phrase::is_only_name(self.p, &next) {
            return (phrase, None);
        }
        (phrase.start..next.end, Some(phrase::name(self.p, &next)))
    }
}
