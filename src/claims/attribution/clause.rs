//! Finds the clauses of one text that say who says something: "police said", "according to", "told AFP".

use std::ops::Range;

use super::super::passage::{Kind, Passage, Sentence, Word};
use super::super::vocabulary::{Said, flag};
use super::{headline, phrase};

use crate::story::Place;

/// A clause that names a source, as indices into the words of its text.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    /// The sentence it stands in.
    pub(super) sentence: usize,
    /// The whole phrase of the source.
    pub(super) phrase: Range<usize>,
    /// The words of the phrase that are the name.
    pub(super) name: Range<usize>,
    /// The phrase, the verb and who is addressed.
    pub(super) whole: Range<usize>,
    /// The outlet it was said to.
    pub(super) via: Option<Range<usize>>,
    pub(super) said: Said,
    pub(super) form: Form,
    pub(super) subject: Subject,
}

/// On which side of the clause stands what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Behind it: "police said the road was closed".
    Leading,
    /// Before it: "the road was closed, police said".
    Trailing,
}

/// What stands in the place of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    Named,
    HeShe,
    ItThey,
    /// The subject of an earlier verb of the sentence.
    Same,
}

/// Every attributing clause of `p` outside quotation marks, in order.
pub(super) fn all(p: &Passage) -> Vec<Clause> {
    let mut found = Vec::new();
    for (index, sentence) in p.sentences.iter().enumerate() {
        let first = found.len();
        found.extend(headline::clause(p, index, sentence));
        for at in sentence.words.clone() {
            let word = &p.words[at];
            if word.quoted || !word.is(VERBAL | flag::ACCORDING | flag::KEY) {
                continue;
            }
            let search = Search {
                p,
                sentence,
                index,
                at,
            };
            let earlier: &[Clause] = &found[first..];
            if let Some(clause) = search.clause(earlier) {
                found.push(clause);
            }
        }
    }
    found
}

const VERBAL: u32 = flag::SAYS | flag::SAYS_THAT | flag::SAYING;

/// The search for a clause around one word.
struct Search<'p, 'a> {
    p: &'p Passage<'a>,
    sentence: &'p Sentence,
    index: usize,
    at: usize,
}

/// What stands left of a verb.
enum Left {
    /// A noun phrase, with its name where an apposition decides it.
    Phrase(Range<usize>, Option<Range<usize>>),
    Pronoun(usize),
    /// "and", "but": the subject is that of the verb before.
    Joined,
    /// The verb is passive, an infinitive or has no subject.
    Nothing,
}

impl Search<'_, '_> {
    fn clause(&self, earlier: &[Clause]) -> Option<Clause> {
        let word = &self.p.words[self.at];
        match () {
            () if word.is(flag::ACCORDING) => self.according(),
            () if self.p.is(word, "citing") || self.p.is(word, "quoting") => self.citing(),
            () if self.p.is(word, "quoted") => self.quoted(),
            () if self.is_refusal() => self.silent(),
            () if word.is(flag::SAYING) => self.participle(earlier),
            () if word.is(flag::SAYS | flag::SAYS_THAT) => self.verb(earlier),
            () => None,
        }
    }

    fn word(&self, at: usize) -> Option<&Word> {
        self.sentence.words.contains(&at).then(|| &self.p.words[at])
    }

    fn is_at(&self, at: usize, expected: &str) -> bool {
        self.word(at).is_some_and(|word| self.p.is(word, expected))
    }

    /// "according to NAME".
    fn according(&self) -> Option<Clause> {
        let (count, ()) = self.p.vocabulary.according.at(self.p, self.at)?;
        let phrase = self.phrase_after(self.at + count)?;
        let is_first = self.at == self.sentence.words.start;
        let form = if is_first {
            Form::Leading
        } else {
            Form::Trailing
        };
        let (phrase, name) = self.with_apposition(phrase);
        let mut clause = self.named(phrase, self.at, Said::According, form);
        clause.name = name.unwrap_or(clause.name);
        Some(clause)
    }

    /// "citing police", but not "citing high costs".
    fn citing(&self) -> Option<Clause> {
        let phrase = self.phrase_after(self.at + 1)?;
        let is_source = self.p.words[phrase.clone()]
            .iter()
            .any(|word| word.is(flag::SOURCE | flag::ROLE) || word.kind == Kind::Capital);
        is_source.then(|| self.named(phrase, self.at, Said::According, Form::Trailing))
    }

    /// "was quoted (by AFP) as saying", "AFP quoted NAME as saying".
    fn quoted(&self) -> Option<Clause> {
        let is_passive = self.at > 0
            && self
                .word(self.at - 1)
                .is_some_and(|word| word.is(flag::BE | flag::ADVERB));
        if is_passive {
            let Left::Phrase(phrase, name) = self.left_of(self.at, Passive::Allowed) else {
                return None;
            };
            let via = self
                .is_at(self.at + 1, "by")
                .then(|| self.phrase_after(self.at + 2))
                .flatten();
            let end = self.saying(via.as_ref().map_or(self.at + 1, |via| via.end))?;
            let mut clause = self.named(phrase, self.at, Said::Said, Form::Leading);
            clause.name = name.unwrap_or(clause.name);
            clause.via = via.map(|via| phrase::name(self.p, &via));
            clause.whole.end = end;
            return Some(clause);
        }
        let phrase = self.phrase_after(self.at + 1)?;
        let end = self.saying(phrase.end)?;
        let outlet = phrase::before(self.p, self.sentence.words.start, self.at);
        let mut clause = self.named(phrase, self.at, Said::Said, Form::Leading);
        if let Some(outlet) = outlet {
            clause.whole.start = outlet.start;
            clause.via = Some(phrase::name(self.p, &outlet));
        }
        clause.whole.end = end;
        Some(clause)
    }

    /// The word behind "as saying", within a few words of `from`.
    fn saying(&self, from: usize) -> Option<usize> {
        (from..from + 8)
            .find(|&at| {
                self.is_at(at, "as") && self.word(at + 1).is_some_and(|word| word.is(flag::SAYING))
            })
            .map(|at| at + 2)
    }

    /// Whether the word begins or is a refusal to speak: "declined to comment", "did not respond".
    fn is_refusal(&self) -> bool {
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
    fn is_negated(&self) -> bool {
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

    fn silent(&self) -> Option<Clause> {
        let mut clause = self.subject_clause(self.at, Said::Silent, &[])?;
        clause.form = Form::Leading;
        Some(clause)
    }

    /// ", adding that the road was closed": said by the subject of the sentence.
    fn participle(&self, earlier: &[Clause]) -> Option<Clause> {
        let follows_comma = self.at > 0
            && self
                .word(self.at - 1)
                .is_some_and(|word| word.kind == Kind::Comma);
        let joined = self.is_at(self.at.wrapping_sub(1), "and");
        if !follows_comma && !joined {
            return None;
        }
        let said = self.p.words[self.at].said()?;
        self.same_as(earlier, said)
    }

    /// A finite verb of saying.
    fn verb(&self, earlier: &[Clause]) -> Option<Clause> {
        let word = &self.p.words[self.at];
        let said = word.said()?;
        if self.is_noun_or_adjective() || self.is_name_part() {
            return None;
        }
        if let Some(clause) = self.inverted(said) {
            return Some(clause);
        }
        let clause = self.subject_clause(self.at, said, earlier)?;
        self.introduces(&clause).then_some(clause)
    }

    /// Whether a capital makes the word part of a name, as "States" is; in a headline any verb may have one.
    fn is_name_part(&self) -> bool {
        let is_headline = matches!(self.p.place, Place::Headline | Place::Standfirst);
        self.p.words[self.at].kind == Kind::Capital
            && !is_headline
            && self.at > self.sentence.words.start
    }

    /// Whether the word is no verb here: "the alleged attack", "12 confirmed cases", "reports of fire".
    fn is_noun_or_adjective(&self) -> bool {
        let word = &self.p.words[self.at];
        let text = self.p.str(word);
        let before = (self.at > self.sentence.words.start).then(|| &self.p.words[self.at - 1]);
        let after_modifier = before.is_some_and(|before| {
            before.is(flag::DETERMINER | flag::PREPOSITION)
                || before.kind == Kind::Number
                || super::super::passage::is_genitive(self.p.str(before))
        });
        if after_modifier && !text.eq_ignore_ascii_case("said") {
            return true;
        }
        if before.is_some_and(|before| before.is(flag::BE)) {
            return true;
        }
        if word.is(flag::NOUN_FORM) && !self.opens_content(self.at + 1) {
            return !before.is_some_and(|before| self.agrees(before, text));
        }
        if word.is(flag::BASE_FORM)
            && before.is_some_and(|before| before.is_word() && !self.governs_base(before))
        {
            return true;
        }
        if word.is(flag::NOUN_FORM) && self.is_counted(text) {
            return true;
        }
        if self.p.is(word, "reported")
            && (self.is_at(self.at + 1, "for") || self.is_at(self.at + 1, "to"))
        {
            return true;
        }
        // "The clinic admitted 12 patients" and "Rovers conceded two goals" are no admissions.
        ["admitted", "admits", "conceded", "concedes"]
            .iter()
            .any(|verb| self.p.is(word, verb))
            && self.word(self.at + 1).is_some_and(|next| {
                next.kind == Kind::Number
                    || next.is(flag::DETERMINER) && self.is_number_word(self.at + 1)
            })
    }

    /// Whether a base form can follow: a plural, a helping verb, an adverb.
    fn governs_base(&self, before: &Word) -> bool {
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
    fn has_plural_before(&self) -> bool {
        let first = self.sentence.words.start;
        (first..self.at)
            .rev()
            .map(|at| &self.p.words[at])
            .take_while(|word| {
                word.is_word() && !word.is(flag::SUBORDINATOR | flag::BE | flag::HAVE)
            })
            .any(|word| self.is_plural(word) || self.p.is(word, "data") || self.p.is(word, "and"))
    }

    fn is_plural(&self, word: &Word) -> bool {
        self.p.str(word).ends_with('s') || self.p.is(word, "police") || self.p.is(word, "people")
    }

    /// Whether a form in "s" belongs to a number or plural before it, as in "two critical reports".
    fn is_counted(&self, verb: &str) -> bool {
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
    fn agrees(&self, before: &Word, verb: &str) -> bool {
        let is_plural = self.is_plural(before);
        before.is(flag::HE_SHE | flag::IT_THEY)
            || before.kind == Kind::Capital && !is_plural
            || is_plural && !verb.ends_with('s')
    }

    fn is_number_word(&self, at: usize) -> bool {
        [
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        ]
        .iter()
        .any(|number| self.is_at(at, number))
    }

    /// Whether what is said can start at `at`: "that", an article, a pronoun, a name, a number, a quotation.
    fn opens_content(&self, at: usize) -> bool {
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

    /// `"...," said NAME`.
    fn inverted(&self, said: Said) -> Option<Clause> {
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
        let next = self.word(self.at + 1)?;
        if next.is(flag::HE_SHE | flag::IT_THEY) {
            return self.inverted_pronoun(said);
        }
        let phrase = self.phrase_after(self.at + 1)?;
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

    /// The first of the helping verbs that stand right before the verb: "a" of "a déclaré".
    fn first_helper(&self) -> usize {
        let is_helper = |at: &usize| self.p.words[*at].is(flag::HAVE | flag::BE);
        let helpers = (self.sentence.words.start..self.at)
            .rev()
            .take_while(is_helper)
            .count();
        self.at - helpers
    }

    /// Whether nothing but a time or place follows up to the end of the sentence: "..., said police on Monday."
    fn only_time_follows(&self, at: usize) -> bool {
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
    fn follows_quote(&self, verb: usize) -> bool {
        (self.sentence.words.start..verb)
            .rev()
            .map(|at| self.p.words[at].kind)
            .find(|kind| !matches!(kind, Kind::Comma | Kind::Dash))
            == Some(Kind::Quote)
    }

    /// Whether "..., said NAME" is possible without a quotation: no apposition ends at the comma.
    fn may_invert_plainly(&self) -> bool {
        let word = &self.p.words[self.at];
        let is_apposition = matches!(self.across_comma(self.at - 1), Left::Phrase(..));
        word.is(flag::SAYS) && !is_apposition
    }

    fn inverted_pronoun(&self, said: Said) -> Option<Clause> {
        let next = self.word(self.at + 2);
        let ends = next.is_none_or(|word| {
            !word.is(flag::BE | flag::HAVE | flag::MODAL | flag::SAYS | flag::SUBORDINATOR)
        });
        ends.then(|| self.pronoun(self.at + 1, said, Form::Trailing))
    }

    /// "said the trust's chairwoman, Lene Aust": the name that follows an office.
    fn with_apposition(&self, phrase: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
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

    /// The clause whose subject stands left of the verb at `verb`.
    fn subject_clause(&self, verb: usize, said: Said, earlier: &[Clause]) -> Option<Clause> {
        match self.left_of(verb, Passive::Refused) {
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

    /// Whether a verb after "and" can only continue a finite verb: "said", "denies", not "claim".
    fn is_finite_past_or_third(&self, verb: usize) -> bool {
        let text = self.p.str(&self.p.words[verb]);
        ["ed", "s", "said", "told", "wrote", "found"]
            .iter()
            .any(|ending| text.ends_with(ending))
    }

    /// What stands left of a verb, auxiliaries, adverbs and days passed over.
    fn left_of(&self, verb: usize, passive: Passive) -> Left {
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
    fn before_bracket(&self, end: usize) -> usize {
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
    fn before_statement_phrase(&self, end: usize) -> usize {
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
    fn left_at(&self, end: usize) -> Left {
        let first = self.sentence.words.start;
        let word = &self.p.words[end - 1];
        if word.is(flag::HE_SHE | flag::IT_THEY) {
            return Left::Pronoun(end - 1);
        }
        if word.kind == Kind::Comma && end >= first + 2 {
            return self.across_comma(end - 1);
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

    fn phrase_before(&self, end: usize) -> Left {
        if end <= self.sentence.words.start {
            return Left::Nothing;
        }
        let Some(found) = phrase::before(self.p, self.sentence.words.start, end) else {
            return Left::Nothing;
        };
        Left::Phrase(found, None)
    }

    /// The subject before a comma that closes an apposition or a relative clause: "The head, Danylo Roh, said".
    fn across_comma(&self, comma: usize) -> Left {
        let first = self.sentence.words.start;
        let opening = (first..comma).rev().find(|&at| {
            let word = &self.p.words[at];
            word.kind == Kind::Comma && !word.quoted || word.kind == Kind::Quote
        });
        let relative = (first..comma).rev().find(|&at| {
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
    fn is_suffix(&self, at: usize) -> bool {
        let word = self.p.str(&self.p.words[at]);
        [
            "Inc", "Inc.", "Ltd", "Ltd.", "LLC", "Corp.", "PLC", "Jr", "Jr.", "Sr", "Sr.",
        ]
        .contains(&word)
    }

    /// "R-Alder" of "Sen. Ines Holt, R-Alder, said".
    fn is_party_tag(&self, at: usize) -> bool {
        let mut chars = self.p.str(&self.p.words[at]).chars();
        matches!(chars.next(), Some('R' | 'D' | 'I')) && chars.next() == Some('-')
    }

    /// "Mircea Dan" of "A retired engineer, Mircea Dan, who had worked there, told".
    fn head_of_relative(&self, comma: usize) -> Left {
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
    fn described(&self, opening: usize, comma: usize) -> Left {
        let first = self.sentence.words.start;
        let Some(head) = phrase::before(self.p, first, opening) else {
            return Left::Nothing;
        };
        let name = phrase::name(self.p, &head);
        let is_named = phrase::is_only_name(self.p, &name);
        if !is_named {
            return Left::Nothing;
        }
        Left::Phrase(head.start..comma, Some(name))
    }

    /// Whether what is said stands before the clause or behind it.
    fn form(&self, clause: &Clause) -> Form {
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
    fn behind_adverbial(&self, preposition: usize) -> usize {
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

    /// Whether the verb introduces something: content for the plain ones; "that", a quotation, the end of the sentence,
    /// evidence or a charge for those that mean other things as well.
    fn introduces(&self, clause: &Clause) -> bool {
        let verb = &self.p.words[self.at];
        let next = self.word(self.at + 1);
        if clause.form == Form::Trailing {
            return true;
        }
        if next.is_none_or(|word| word.kind == Kind::Stop) {
            return false;
        }
        if verb.is(flag::SAYS)
            || self.is_at(self.at + 1, "that")
            || next.is_some_and(|word| word.kind == Kind::Colon)
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
            _ => ahead(12).any(|word| word.kind == Kind::Quote),
        }
    }

    fn opens_question(&self, word: &Word) -> bool {
        [
            "whether", "if", "why", "how", "what", "when", "where", "who", "which",
        ]
        .iter()
        .any(|question| self.p.is(word, question))
    }

    fn phrase_after(&self, start: usize) -> Option<Range<usize>> {
        self.word(start)?;
        phrase::after(self.p, start, self.sentence.words.end)
    }

    fn named(&self, phrase: Range<usize>, verb: usize, said: Said, form: Form) -> Clause {
        let end = phrase.end.max(verb + 1);
        let (via, end) = self.told(verb, end);
        Clause {
            sentence: self.index,
            name: phrase::name(self.p, &phrase),
            whole: phrase.start.min(verb)..end,
            phrase,
            via,
            said,
            form,
            subject: Subject::Named,
        }
    }

    fn pronoun(&self, at: usize, said: Said, form: Form) -> Clause {
        let mut clause = self.named(at..at + 1, self.at, said, form);
        let is_person = self.p.words[at].is(flag::HE_SHE);
        clause.subject = if is_person {
            Subject::HeShe
        } else {
            Subject::ItThey
        };
        clause
    }

    /// A further verb of the subject that an earlier clause of the sentence named.
    fn same_as(&self, earlier: &[Clause], said: Said) -> Option<Clause> {
        let first = earlier.last()?;
        let (via, end) = self.told(self.at, self.at + 1);
        Some(Clause {
            whole: self.at..end,
            via: via.or_else(|| first.via.clone()),
            said,
            form: Form::Leading,
            subject: Subject::Same,
            ..first.clone()
        })
    }

    /// Who is told, behind "told": the outlet if it is one, and the end of the words that name the hearer.
    fn told(&self, verb: usize, end: usize) -> (Option<Range<usize>>, usize) {
        let is_told = self.is_at(verb, "told") || self.is_at(verb, "tells");
        if !is_told || end != verb + 1 {
            return (None, end);
        }
        let mut at = end;
        while at - end < 7
            && self.word(at).is_some_and(|word| {
                let starts_clause = at > end
                    && word.is(flag::DETERMINER | flag::HE_SHE | flag::IT_THEY | flag::PREPOSITION);
                word.is_word() && !starts_clause && !word.is(flag::SUBORDINATOR | flag::TIME)
            })
        {
            at += 1;
            if self.p.words[at - 1].is(flag::AUDIENCE) {
                break;
            }
        }
        let is_outlet = self.p.words[end..at].iter().any(|word| {
            word.is(flag::OUTLET_NOUN) || word.is(flag::OUTLET) && word.kind == Kind::Capital
        });
        let via = is_outlet.then(|| phrase::name(self.p, &(end..at)));
        (via, at)
    }
}

/// Whether a subject without a verb of its own is looked through "was".
#[derive(Clone, Copy, PartialEq, Eq)]
enum Passive {
    Allowed,
    Refused,
}

/// Fewer words before a dash are the hour of a live blog or a dateline, not a statement.
const FEWEST_WORDS_BEFORE_DASH: usize = 4;

/// A longer tail behind "..., said NAME" is a clause.
const MOST_TAIL_WORDS: usize = 8;

/// No apposition is longer.
const MOST_APPOSITION_WORDS: usize = 14;
