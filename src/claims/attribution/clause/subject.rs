//! Sources before their verb, however much stands between: "The head, Danylo Roh, who lives there, on Monday said".

use std::ops::Range;

use super::super::super::passage::Kind;
use super::super::super::vocabulary::{Said, flag};
use super::super::phrase;
use super::{Clause, Form, Search};
use crate::text::thesaurus;

/// What stands left of a verb.
pub(super) enum Left {
    /// A noun phrase, with its name where an apposition decides it.
    Phrase(Range<usize>, Option<Range<usize>>),
    Pronoun(usize),
    /// "and", "but": the subject is that of the verb before.
    Joined,
    /// The verb is passive, an infinitive or has no subject.
    Nothing,
}

/// Whether a subject without a verb of its own is looked through "was".
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Passive {
    Allowed,
    Refused,
}

/// No relative clause between a source and its verb is longer.
const MOST_INSERTED_WORDS: usize = 60;

/// No apposition is longer.
const MOST_APPOSITION_WORDS: usize = 14;

/// Fewer words before a dash are the hour of a live blog or a dateline, not a statement.
const FEWEST_WORDS_BEFORE_DASH: usize = 4;

impl Search<'_, '_> {
    /// The clause whose subject stands left of the verb at `verb`.
    pub(super) fn subject_clause(
        &self,
        verb: usize,
        said: Said,
        earlier: &[Clause],
    ) -> Option<Clause> {
        match self.left_of(verb, Passive::Refused) {
            // "Neither side confirmed it", "no one said so"; "No 10 said" is somebody.
            Left::Phrase(phrase, _) if self.is_nobody(&phrase) => None,
            Left::Phrase(phrase, name) => {
                let mut clause = self.named(phrase, verb, said, Form::Leading);
                clause.name = name.unwrap_or(clause.name);
                clause.form = self.form(&clause);
                Some(clause)
            }
            Left::Pronoun(at) => {
                let mut clause = self.pronoun(at, said, Form::Leading);
                clause.form = self.form(&clause);
                Some(clause)
            }
            Left::Joined if self.is_finite_past_or_third(verb) => self.same_as(earlier, said),
            Left::Joined | Left::Nothing => None,
        }
    }

    /// Whether a subject says that nobody does: "neither side", "no one", "none of them".
    fn is_nobody(&self, phrase: &Range<usize>) -> bool {
        let first = &self.p.words[phrase.start];
        let is_number = self
            .word(phrase.start + 1)
            .is_some_and(|next| next.kind == Kind::Number);
        first.is(flag::NEGATOR)
            && first.is(flag::DETERMINER | flag::PRONOUN | flag::ADVERB)
            && !is_number
    }

    /// Whether a verb after "and" can only continue a finite verb: "said", "denies", not "claim".
    pub(super) fn is_finite_past_or_third(&self, verb: usize) -> bool {
        let text = self.p.str(&self.p.words[verb]);
        ["ed", "s", "said", "told", "wrote", "found"]
            .iter()
            .any(|ending| text.ends_with(ending))
    }

    /// What stands left of a verb, auxiliaries, adverbs and days passed over.
    pub(super) fn left_of(&self, verb: usize, passive: Passive) -> Left {
        let first = self.sentence.words.start;
        let mut end = verb;
        while end > first {
            let word = &self.p.words[end - 1];
            let is_adverb = word.kind == Kind::Lower
                && self.p.str(word).ends_with("ly")
                && !word.is(flag::SOURCE | flag::ROLE);
            let is_day = word.is(flag::TIME)
                || word.is(flag::PREPOSITION)
                    && self.word(end).is_some_and(|next| next.is(flag::TIME))
                || word.kind == Kind::Number
                    && self.word(end).is_some_and(|next| next.is(flag::TIME));
            if word.is(flag::BE) && passive == Passive::Refused {
                return Left::Nothing;
            }
            if !(word.is(flag::ADVERB | flag::HAVE | flag::MODAL | flag::BE) || is_adverb || is_day)
            {
                break;
            }
            end -= 1;
        }
        if end == first {
            return Left::Nothing;
        }
        let end = self.before_statement_phrase(self.before_bracket(end));
        self.left_at(end)
    }

    /// The end before a bracket: "Holt (Unity) said".
    pub(super) fn before_bracket(&self, end: usize) -> usize {
        let first = self.sentence.words.start;
        if self.p.str(&self.p.words[end - 1]) != ")" {
            return end;
        }
        (first + 1..end)
            .rev()
            .take(8)
            .find(|&at| self.p.str(&self.p.words[at]) == "(")
            .unwrap_or(end)
    }

    /// The end before "in a statement".
    pub(super) fn before_statement_phrase(&self, end: usize) -> usize {
        let is_statement = [
            "statement",
            "interview",
            "report",
            "letter",
            "tweet",
            "speech",
            "post",
        ]
        .iter()
        .any(|word| self.is_at(end - 1, word));
        let opens = end >= self.sentence.words.start + 4
            && (self.is_at(end - 3, "in")
                && (self.is_at(end - 2, "a") || self.is_at(end - 2, "an")));
        if is_statement && opens { end - 3 } else { end }
    }

    /// What ends before the word `end`.
    pub(super) fn left_at(&self, end: usize) -> Left {
        let first = self.sentence.words.start;
        let word = &self.p.words[end - 1];
        if word.is(flag::HE_SHE | flag::IT_THEY) {
            return Left::Pronoun(end - 1);
        }
        if word.kind == Kind::Comma && end >= first + 2 {
            return self.across_comma(end - 1);
        }
        // "The bank – which has denied it – said": a parenthesis between dashes.
        if word.kind == Kind::Dash
            && let Some(opening) = self.dash_before(end - 1)
        {
            return self.phrase_before(opening);
        }
        if self.p.is(word, "and") || self.p.is(word, "but") {
            return Left::Joined;
        }
        if self.p.is(word, "to") {
            return Left::Nothing;
        }
        if word.is(flag::RELATIVE) {
            let relative = end - 1;
            let comma = relative
                .checked_sub(1)
                .filter(|&at| self.word(at).is_some_and(|word| word.kind == Kind::Comma));
            return self.phrase_before(comma.unwrap_or(relative));
        }
        if word.is(flag::PRONOUN) && end - 1 == first
            || !word.is_word() && word.kind != Kind::Bracket
        {
            return Left::Nothing;
        }
        self.phrase_before(end)
    }

    /// The dash that opens the parenthesis which the dash at `close` closes.
    fn dash_before(&self, close: usize) -> Option<usize> {
        let first = self.sentence.words.start;
        (first + 1..close)
            .rev()
            .take(MOST_INSERTED_WORDS)
            .take_while(|&at| self.p.words[at].kind != Kind::Quote)
            .find(|&at| self.p.words[at].kind == Kind::Dash)
            .filter(|&at| at - first < FEWEST_WORDS_BEFORE_DASH * 3)
    }

    pub(super) fn phrase_before(&self, end: usize) -> Left {
        if end <= self.sentence.words.start {
            return Left::Nothing;
        }
        let first = self.sentence.words.start;
        let end = self.restrictive_relative(end).unwrap_or(end);
        phrase::before(self.p, first, end).map_or(Left::Nothing, |found| Left::Phrase(found, None))
    }

    /// Where the relative clause begins that ends at `end` without a comma: "volunteers who clear the banks" say so.
    fn restrictive_relative(&self, end: usize) -> Option<usize> {
        let first = self.sentence.words.start;
        let who = (first + 1..end)
            .rev()
            .take(MOST_APPOSITION_WORDS)
            .take_while(|&at| self.p.words[at].is_word() || self.p.words[at].kind == Kind::Number)
            .find(|&at| self.p.is(&self.p.words[at], "who"))?;
        let verb = self.p.words.get(who + 1).filter(|_| who + 2 < end)?;
        let is_verb = verb.is(flag::BE | flag::HAVE | flag::MODAL)
            || verb.kind == Kind::Lower
                && thesaurus::base_forms(self.p.str(verb))
                    .first()
                    .is_some_and(|form| form.parts.starts_with('v'));
        is_verb.then_some(who)
    }

    /// The subject before a comma that closes an apposition or a relative clause: "The head, Danylo Roh, said".
    pub(super) fn across_comma(&self, comma: usize) -> Left {
        let first = self.sentence.words.start;
        let near = first.max(comma.saturating_sub(MOST_INSERTED_WORDS));
        let opening = (near..comma).rev().find(|&at| {
            let word = &self.p.words[at];
            word.kind == Kind::Comma && !word.quoted || word.kind == Kind::Quote
        });
        let relative = (near..comma).rev().find(|&at| {
            self.p.words[at].kind == Kind::Comma
                && self
                    .word(at + 1)
                    .is_some_and(|word| word.is(flag::RELATIVE))
        });
        let Some(opening) = relative
            .or(opening)
            .filter(|&at| self.p.words[at].kind == Kind::Comma)
        else {
            return Left::Nothing;
        };
        let inner = opening + 1..comma;
        if inner.len() > MOST_APPOSITION_WORDS && relative.is_none() {
            return Left::Nothing;
        }
        if relative.is_some() {
            return self.head_of_relative(opening);
        }
        if inner.len() == 1 && self.is_suffix(inner.start) {
            let head = phrase::before(self.p, first, opening);
            return head.map_or(Left::Nothing, |head| {
                Left::Phrase(head.start..comma, Some(phrase::name(self.p, &head)))
            });
        }
        if phrase::is_only_name(self.p, &inner) && !self.is_party_tag(inner.start) {
            let head = phrase::before(self.p, first, opening);
            let start = head.map_or(inner.start, |head| head.start);
            return Left::Phrase(start..comma, Some(phrase::name(self.p, &inner)));
        }
        self.described(opening, comma)
    }

    /// "Inc." of "Alder Drills, Inc., said".
    pub(super) fn is_suffix(&self, at: usize) -> bool {
        let word = self.p.str(&self.p.words[at]);
        [
            "Inc", "Inc.", "Ltd", "Ltd.", "LLC", "Corp.", "PLC", "Jr", "Jr.", "Sr", "Sr.",
        ]
        .contains(&word)
    }

    /// "R-Alder" of "Sen. Ines Holt, R-Alder, said".
    pub(super) fn is_party_tag(&self, at: usize) -> bool {
        let mut chars = self.p.str(&self.p.words[at]).chars();
        matches!(chars.next(), Some('R' | 'D' | 'I')) && chars.next() == Some('-')
    }

    /// "Mircea Dan" of "A retired engineer, Mircea Dan, who had worked there, told".
    pub(super) fn head_of_relative(&self, comma: usize) -> Left {
        let first = self.sentence.words.start;
        let Some(near) = phrase::before(self.p, first, comma) else {
            return Left::Nothing;
        };
        let is_name = phrase::is_only_name(self.p, &near);
        let before = near
            .start
            .checked_sub(1)
            .filter(|&at| at > first && self.p.words[at].kind == Kind::Comma);
        match before.and_then(|at| phrase::before(self.p, first, at)) {
            Some(head) if is_name => {
                Left::Phrase(head.start..near.end, Some(phrase::name(self.p, &near)))
            }
            _ => Left::Phrase(near, None),
        }
    }

    /// "Jon Rask" of "Jon Rask, a police spokesman, said".
    pub(super) fn described(&self, opening: usize, comma: usize) -> Left {
        let first = self.sentence.words.start;
        // "It is warm, but the poles are cold, said Holt": a clause of its own describes nobody.
        let inner = &self.p.words[opening + 1..comma];
        // "Ms Orr, speaking on condition that she not be named, said" has its verb in a phrase of her own.
        let is_participial = inner
            .first()
            .is_some_and(|word| word.kind == Kind::Lower && self.p.str(word).ends_with("ing"));
        let has_verb = !is_participial
            && inner
                .iter()
                .any(|word| word.is(flag::BE | flag::HAVE | flag::MODAL));
        let head = phrase::before(self.p, first, opening).filter(|_| !has_verb);
        let Some(head) = head else {
            return Left::Nothing;
        };
        let name = phrase::name(self.p, &head);
        let is_named = phrase::is_only_name(self.p, &name);
        // "The report, published on Tuesday, said": a phrase that opens its clause can only be the subject.
        let opens_clause = head.start == first || self.p.words[head.start - 1].kind == Kind::Quote;
        let is_nominal = !self.p.words[head.clone()]
            .iter()
            .any(|word| word.is(flag::TIME | flag::ADVERB) || word.kind == Kind::Number);
        if is_named || opens_clause && is_nominal {
            return Left::Phrase(head.start..comma, Some(name));
        }
        Left::Nothing
    }

    /// Whether what is said stands before the clause or behind it.
    pub(super) fn form(&self, clause: &Clause) -> Form {
        let start = clause.whole.start;
        let first = self.sentence.words.start;
        // "..., as the ministry said" hangs on what is before it like "..., the ministry said".
        let is_as = start > first
            && self.p.words[self.at].is(flag::SAYS)
            && ["as", "wie", "comme", "como", "как", "як"]
                .contains(&self.p.str(&self.p.words[start - 1]));
        let start = start - usize::from(is_as);
        let follows_content = start > first
            && match self.p.words[start - 1].kind {
                Kind::Comma | Kind::Quote => true,
                Kind::Dash => start - first > FEWEST_WORDS_BEFORE_DASH,
                _ => false,
            };
        let mut at = clause.whole.end;
        while self.word(at).is_some_and(|word| {
            word.is(flag::TIME | flag::ADVERB | flag::AUDIENCE) || word.kind == Kind::Number
        }) || self.word(at).is_some_and(|word| word.is(flag::PREPOSITION))
        {
            at = if self.p.words[at].is(flag::PREPOSITION) {
                self.behind_adverbial(at)
            } else {
                at + 1
            };
        }
        let ends = self.word(at).is_none_or(|word| {
            matches!(
                word.kind,
                Kind::Stop | Kind::Comma | Kind::Dash | Kind::Semicolon
            ) || word.is(flag::SUBORDINATOR) && !self.p.is(word, "that")
        });
        let opens_quote = self.word(at).is_some_and(|word| word.kind == Kind::Comma)
            && self
                .word(at + 1)
                .is_some_and(|word| word.kind == Kind::Quote);
        if follows_content && (ends || opens_quote) {
            Form::Trailing
        } else {
            Form::Leading
        }
    }

    /// The word behind a short adverbial: "in a statement", "at the airport".
    pub(super) fn behind_adverbial(&self, preposition: usize) -> usize {
        let mut at = preposition + 1;
        while at - preposition < 9
            && self.word(at).is_some_and(|word| {
                (word.is_word() || word.kind == Kind::Number)
                    && !word.is(flag::SUBORDINATOR
                        | flag::PREPOSITION
                        | flag::HE_SHE
                        | flag::IT_THEY
                        | flag::MODAL
                        | flag::HAVE
                        | flag::BE)
            })
        {
            at += 1;
        }
        at
    }
}
