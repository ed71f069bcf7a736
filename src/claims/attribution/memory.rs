//! Who spoke last, so that "she said" and a bare last name can be given their person.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::Source;
use super::super::passage::Passage;
use super::super::vocabulary::flag;
use super::clause::{Clause, Subject};
use super::{Attribution, phrase, said_by};
use crate::story::Place;

/// Who spoke last, and the full names the story gives.
pub(super) struct Memory {
    full_names: BTreeMap<String, Option<String>>,
    person: Option<Heard>,
    body: Option<Heard>,
    last: Option<Source>,
    pub(super) running_on: Option<Source>,
    place: Place,
}

/// A source that can be meant by a pronoun, and where it was last named.
#[derive(Clone)]
struct Heard {
    source: Source,
    place: Place,
}

impl Memory {
    pub(super) fn new(passages: &[Passage], found: &[Vec<Clause>]) -> Self {
        let mut full_names: BTreeMap<String, Option<String>> = BTreeMap::new();
        for (p, clauses) in passages.iter().zip(found) {
            let spoke = clauses
                .iter()
                .filter(|clause| clause.subject == Subject::Named);
            for clause in spoke.filter(|clause| phrase::is_person(p, &clause.phrase, &clause.name))
            {
                learn(&mut full_names, name_text(p, &clause.name));
            }
            for name in phrase::full_names(p) {
                learn(&mut full_names, name_text(p, &name));
            }
        }
        Self {
            full_names,
            person: None,
            body: None,
            last: None,
            running_on: None,
            place: Place::Headline,
        }
    }

    pub(super) fn enter(&mut self, place: Place) {
        self.place = place;
    }

    /// Keeps the speaker of a quotation that goes on in the next paragraph.
    pub(super) fn leave(&mut self, p: &Passage, here: &[Attribution]) {
        let runs_on = p
            .quotes
            .iter()
            .find(|quoted| quoted.runs_on && quoted.depth == 0);
        let introduces = p.text.trim_end().ends_with(':');
        self.running_on = match runs_on {
            Some(quoted) => said_by(here, p.span(quoted.inner.clone()))
                .cloned()
                .or_else(|| self.last.clone()),
            None if introduces => here.last().and_then(|said| said.source.clone()),
            None => None,
        };
    }

    /// The source of a clause, through the `outlet` that cites it, pronouns resolved where that is safe.
    pub(super) fn source(
        &mut self,
        p: &Passage,
        clause: &Clause,
        outlet: Option<&Clause>,
    ) -> Option<Source> {
        let via = clause
            .via
            .clone()
            .or_else(|| outlet.map(|outlet| outlet.name.clone()))
            .map(|via| name_text(p, &via).to_owned());
        let near = |heard: &Option<Heard>, place: Place| {
            heard
                .clone()
                .filter(|heard| is_near(heard.place, place))
                .map(|heard| heard.source)
        };
        let source = match clause.subject {
            Subject::Same => self.last.clone(),
            Subject::HeShe => {
                let source = near(&self.person, self.place);
                self.keep_person_near();
                source
            }
            Subject::ItThey => near(&self.body, self.place)
                .filter(|body| is_plural(&body.name) == is_they(p, clause)),
            Subject::Named => Some(self.named(p, clause)),
        };
        let source = source.map(|source| Source {
            name: source.name,
            via,
        });
        self.last.clone_from(&source);
        source
    }

    fn named(&mut self, p: &Passage, clause: &Clause) -> Source {
        let name = name_text(p, &clause.name);
        let full = self
            .full_names
            .get(last_name(name))
            .cloned()
            .flatten()
            .filter(|_| !name.contains(' '));
        // A lone capital at the start of a sentence is a name only if the story gives it elsewhere: "Biologists".
        let opens_sentence =
            clause.name.len() == 1 && clause.name.start == p.sentences[clause.sentence].words.start;
        let is_person =
            full.is_some() || !opens_sentence && phrase::is_person(p, &clause.phrase, &clause.name);
        let source = Source {
            name: full.unwrap_or_else(|| name.to_owned()),
            via: None,
        };
        let heard = Some(Heard {
            source: source.clone(),
            place: self.place,
        });
        if is_person {
            self.person = heard;
        } else if !p.words[clause.phrase.clone()]
            .iter()
            .any(|word| word.is(flag::EVIDENCE))
        {
            self.body = heard;
        }
        source
    }

    /// A person spoken of as "he" or "she" is still the one meant in the paragraphs that follow.
    fn keep_person_near(&mut self) {
        let place = self.place;
        if let Some(person) = self
            .person
            .as_mut()
            .filter(|person| is_near(person.place, place))
        {
            person.place = place;
        }
    }

    /// Takes note of the subject of a sentence in which nobody speaks, for a "she said" that may follow.
    pub(super) fn notice(&mut self, p: &Passage, index: usize) {
        let words = p.sentences[index].words.clone();
        if p.words[words.clone()]
            .first()
            .is_some_and(|word| word.is(flag::HE_SHE) || p.is(word, "her") || p.is(word, "his"))
        {
            self.keep_person_near();
        }
        let Some(phrase) = phrase::subject(p, words) else {
            return;
        };
        let name = phrase::name(p, &phrase);
        let text = name_text(p, &name);
        let known = self.full_names.get(last_name(text)).cloned().flatten();
        let place = self.place;
        let heard = |name: String| {
            Some(Heard {
                source: Source { name, via: None },
                place,
            })
        };
        if phrase::is_only_name(p, &name)
            && (name.len() >= 2 && phrase::is_person(p, &phrase, &name) || known.is_some())
        {
            self.person = heard(known.unwrap_or_else(|| text.to_owned()));
        } else if let Some(holder) = phrase::unnamed_holder(p, &phrase) {
            self.person = heard(name_text(p, &holder).to_owned());
        } else if phrase::is_body(p, &phrase) {
            self.body = heard(text.to_owned());
        }
    }
}

/// How far back the person or body that a pronoun means may have been named.
const MOST_PARAGRAPHS_BACK: u32 = 2;

fn is_they(p: &Passage, clause: &Clause) -> bool {
    p.is_at(clause.phrase.start, "they")
}

/// Whether a name is that of several, whom "they" can mean.
fn is_plural(name: &str) -> bool {
    let head = name.split(" of ").next().unwrap_or(name);
    let is_proper = head
        .split(' ')
        .all(|word| word.starts_with(char::is_uppercase));
    if is_proper && head.contains(' ') && !head.contains(" and ") {
        return false;
    }
    head.ends_with('s')
        || head.ends_with("olice")
        || head.ends_with("eople")
        || name.contains(" and ")
}

/// Whether a name given in one place can still be meant by a pronoun in another.
fn is_near(named: Place, here: Place) -> bool {
    match (named, here) {
        (Place::Paragraph(named), Place::Paragraph(here)) => {
            here - named.min(here) <= MOST_PARAGRAPHS_BACK
        }
        (named, here) => named == here,
    }
}

/// Notes a full name under its last word; two people of one last name make it useless. Of "Ines Holt" and "Alder Ines
/// Holt", which a title may have run into, the shorter is the name.
fn learn(full_names: &mut BTreeMap<String, Option<String>>, name: &str) {
    if !name.contains(' ') {
        return;
    }
    full_names
        .entry(last_name(name).to_owned())
        .and_modify(|known| match known.as_deref() {
            Some(other) if other.ends_with(name) => *known = Some(name.to_owned()),
            Some(other) if !name.ends_with(other) => *known = None,
            _ => {}
        })
        .or_insert_with(|| Some(name.to_owned()));
}

fn last_name(name: &str) -> &str {
    let last = name.rsplit(' ').next().unwrap_or(name);
    last.strip_suffix("'s")
        .or_else(|| last.strip_suffix("’s"))
        .unwrap_or(last)
}

/// The text of a name, without a genitive ending.
fn name_text<'a>(p: &Passage<'a>, words: &Range<usize>) -> &'a str {
    let text = &p.text[p.bytes(words.clone())];
    text.strip_suffix("'s")
        .or_else(|| text.strip_suffix("’s"))
        .unwrap_or(text)
}
