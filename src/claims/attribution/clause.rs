//! Finds the clauses of one text that say who says something: "police said", "according to", "told AFP".

use std::ops::Range;

use super::super::passage::{Kind, Passage, Sentence, Word};
use super::super::vocabulary::{Said, flag};
use super::{headline, phrase};
use subject::{Left, Passive};

mod inverted;
mod subject;
mod verb;

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
    /// Whether it names the source of the source before it: "state media said, citing officials".
    pub(super) is_citing: bool,
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
        self.add_reader(&mut clause);
        Some(clause)
    }

    /// "a report by the ministry, seen by AFP": the outlet that passes a document on.
    fn add_reader(&self, clause: &mut Clause) {
        let comma = usize::from(
            self.word(clause.whole.end)
                .is_some_and(|word| word.kind == Kind::Comma),
        );
        let verb = clause.whole.end + comma;
        let is_read = [
            "seen",
            "obtained",
            "reviewed",
            "cited",
            "quoted",
            "carried",
            "published",
        ]
        .iter()
        .any(|read| self.is_at(verb, read))
            && self.is_at(verb + 1, "by");
        let outlet = is_read.then(|| self.phrase_after(verb + 2)).flatten();
        if let Some(outlet) = outlet.filter(|outlet| is_outlet(&self.p.words[outlet.clone()])) {
            clause.whole.end = outlet.end;
            clause.via = Some(phrase::name(self.p, &outlet));
        }
    }

    /// "citing police", but not "citing high costs".
    fn citing(&self) -> Option<Clause> {
        let phrase = self.phrase_after(self.at + 1)?;
        let is_source = self.p.words[phrase.clone()]
            .iter()
            .any(|word| word.is(flag::SOURCE | flag::ROLE) || word.kind == Kind::Capital);
        is_source.then(|| Clause {
            is_citing: true,
            ..self.named(phrase, self.at, Said::According, Form::Trailing)
        })
    }

    /// "was quoted (by AFP) as saying", "AFP quoted NAME as saying".
    fn quoted(&self) -> Option<Clause> {
        let is_passive = self.at > 0
            && self
                .word(self.at - 1)
                .is_some_and(|word| word.is(flag::BE | flag::ADVERB));
        if is_passive {
            let subject = self.left_of(self.at, Passive::Allowed);
            let via = self
                .is_at(self.at + 1, "by")
                .then(|| self.phrase_after(self.at + 2))
                .flatten();
            let end = self.saying(via.as_ref().map_or(self.at + 1, |via| via.end))?;
            let mut clause = match subject {
                Left::Phrase(phrase, name) => {
                    let clause = self.named(phrase, self.at, Said::Said, Form::Leading);
                    Clause {
                        name: name.unwrap_or(clause.name.clone()),
                        ..clause
                    }
                }
                Left::Pronoun(at) => self.pronoun(at, Said::Said, Form::Leading),
                Left::Joined | Left::Nothing => return None,
            };
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
            is_citing: false,
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
        let is_told = ["told", "tells", "tell"]
            .iter()
            .any(|told| self.is_at(verb, told));
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
        let via = is_outlet(&self.p.words[end..at]).then(|| phrase::name(self.p, &(end..at)));
        (via, at)
    }
}

/// Whether some words name an outlet.
pub(super) fn is_outlet(words: &[Word]) -> bool {
    words.iter().any(|word| {
        word.is(flag::OUTLET_NOUN) || word.is(flag::OUTLET) && word.kind == Kind::Capital
    })
}
