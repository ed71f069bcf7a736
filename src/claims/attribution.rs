//! Who says what in a story: every clause that names a source, what it covers, and who a "he" or a bare quotation belongs to.
//!
//! The one rule: a source that is not safely known is left open. A pronoun is resolved only to the last person or body
//! that spoke close by, and what stands in the story's own voice has no source.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Source;
use super::passage::{Kind, Passage, span};
use super::quotes::Quoted;
pub use super::vocabulary::Said;
use super::vocabulary::flag;
use crate::story::{Place, Span, Story};
use clause::{Clause, Form, Subject};

mod clause;
mod headline;

mod phrase;

/// That somebody says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// The sentence it stands in.
    pub sentence: Span,
    /// Who says it; `None` where only a pronoun tells.
    pub source: Option<Source>,
    /// The words that name the source: "the agency's head, Lene Aust", or the pronoun.
    pub words: Span,
    /// The source, the verb and who is addressed: what can be taken off to leave the claim.
    pub clause: Span,
    /// What is said.
    pub scope: Span,
    /// What the verb does with it.
    pub said: Said,
    /// Whether the source is named elsewhere: a pronoun was resolved, or the quotation follows from the sentence before.
    pub carried: bool,
}

/// Every attribution of `story` in reading order.
///
/// ```
/// # use claimwatch::{claims::attribution, story::Story};
/// let story = Story::from_text("", &["The bridge is closed, police said. \"For good,\" said mayor Ines Holt."]);
///
/// let names: Vec<_> = attribution::sources(&story).into_iter().filter_map(|said| said.source).map(|source| source.name).collect();
///
/// assert_eq!(names, ["police", "Ines Holt"]);
/// ```
#[must_use]
pub fn sources(story: &Story) -> Vec<Attribution> {
    in_passages(&Passage::all(story))
}

/// Who says what stands at `span`, by the narrowest attribution that covers it.
///
/// ```
/// # use claimwatch::{claims::attribution, story::{Place, Span, Story}};
/// let story = Story::from_text("", &["Police said 12 people were hurt."]);
/// let twelve = Span { place: Place::Paragraph(0), start: 12, end: 14 };
///
/// let attributions = attribution::sources(&story);
/// let source = attribution::said_by(&attributions, twelve);
///
/// assert_eq!(source.map(|source| source.name.as_str()), Some("Police"));
/// ```
#[must_use]
pub fn said_by(attributions: &[Attribution], span: Span) -> Option<&Source> {
    covering(attributions, span)?.source.as_ref()
}

/// The narrowest attribution that covers `span`.
pub(super) fn covering(attributions: &[Attribution], span: Span) -> Option<&Attribution> {
    near(attributions, span)
        .filter(|said| said.said != Said::Silent)
        .filter(|said| said.scope.start <= span.start && span.end <= said.scope.end)
        .min_by_key(|said| said.scope.end - said.scope.start)
}

/// The attributions of the place of `span` whose sentences are not far from it, so that no text is searched as a whole.
pub(super) fn near(attributions: &[Attribution], span: Span) -> impl Iterator<Item = &Attribution> {
    let after = attributions.partition_point(|said| {
        (said.sentence.place, said.sentence.start) <= (span.place, span.start)
    });
    let window = after.saturating_sub(NEAR)..attributions.len().min(after + NEAR);
    attributions[window]
        .iter()
        .filter(move |said| said.sentence.place == span.place)
}

/// How many attributions before and behind a figure are looked at; only a quotation with more in it would need more.
const NEAR: usize = 64;

/// Whether two sources are one: the same name, or a person's last name for the whole.
///
/// ```
/// # use claimwatch::claims::{Source, attribution};
/// let source = |name: &str| Source { name: name.to_owned(), via: None };
///
/// assert!(attribution::is_same(&source("Dmytro Kuleba"), &source("Kuleba")));
/// assert!(attribution::is_same(&source("Police"), &source("the police")));
/// assert!(!attribution::is_same(&source("police"), &source("a guard")));
/// ```
#[must_use]
pub fn is_same(one: &Source, other: &Source) -> bool {
    let one = significant(&one.name);
    let other = significant(&other.name);
    let (short, long) = if one.len() <= other.len() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    !short.is_empty() && (long.ends_with(short) || is_acronym(short, long))
}

/// The words of a name without articles, in lower case.
fn significant(name: &str) -> Vec<String> {
    name.split_whitespace()
        .map(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase()
        })
        .filter(|word| {
            !matches!(
                word.as_str(),
                "" | "the" | "a" | "an" | "mr" | "mrs" | "ms" | "dr"
            )
        })
        .collect()
}

/// Whether `short` is one word made of the initials of `long`: "WHO", "World Health Organization".
fn is_acronym(short: &[String], long: &[String]) -> bool {
    let [word] = short else {
        return false;
    };
    let initials: String = long
        .iter()
        .filter(|word| !matches!(word.as_str(), "of" | "for" | "and"))
        .filter_map(|word| word.chars().next())
        .collect();
    long.len() > 1 && word.replace('.', "") == initials
}

/// Every attribution of some texts of one story.
pub(super) fn in_passages(passages: &[Passage]) -> Vec<Attribution> {
    let found: Vec<Vec<Clause>> = passages.iter().map(clause::all).collect();
    let mut memory = Memory::new(passages, &found);
    let mut attributions = Vec::new();
    for (p, clauses) in passages.iter().zip(&found) {
        memory.enter(p.place);
        let mut here = Vec::new();
        let mut next = 0;
        for (index, _) in p.sentences.iter().enumerate() {
            let count = clauses[next..]
                .iter()
                .take_while(|clause| clause.sentence == index)
                .count();
            let clauses = &clauses[next..next + count];
            next += count;
            let first = p.sentences[index].words.start;
            if clauses
                .first()
                .is_none_or(|clause| clause.whole.start > first)
            {
                memory.notice(p, index);
            }
            read_sentence(p, index, clauses, &mut memory, &mut here);
        }
        attach_quotes(p, &mut here, &mut memory);
        memory.leave(p, &here);
        here.sort_by_key(|said| (said.clause.start, said.scope.start));
        attributions.append(&mut here);
    }
    attributions
}

/// Turns the clauses of one sentence into attributions.
fn read_sentence(
    p: &Passage,
    index: usize,
    clauses: &[Clause],
    memory: &mut Memory,
    here: &mut Vec<Attribution>,
) {
    for (nth, clause) in clauses.iter().enumerate() {
        let source = memory.source(p, clause);
        let carried = clause.subject != Subject::Named;
        here.push(Attribution {
            sentence: p.span(p.sentences[index].bytes.clone()),
            source,
            words: p.span(p.bytes(clause.phrase.clone())),
            clause: p.span(p.bytes(clause.whole.clone())),
            scope: p.span(scope(p, clauses, nth)),
            said: clause.said,
            carried,
        });
    }
}

/// The bytes that the `nth` clause of a sentence covers.
fn scope(p: &Passage, clauses: &[Clause], nth: usize) -> Range<usize> {
    let clause = &clauses[nth];
    let sentence = p.sentences[clause.sentence].bytes.clone();
    let whole = p.bytes(clause.whole.clone());
    let earlier = nth.checked_sub(1).map(|before| &clauses[before]);
    let later = clauses.get(nth + 1);
    match clause.form {
        Form::Leading => {
            let end = later
                .and_then(|later| joint_before(p, later))
                .unwrap_or(sentence.end);
            content(p.text, whole.end.min(end)..end)
        }
        Form::Trailing => {
            let start =
                earlier.map_or(sentence.start, |earlier| trailing_start(p, earlier, clause));
            let end = if later.is_none() && goes_on(p, clause) {
                sentence.end
            } else {
                whole.start
            };
            content(p.text, start..end.max(start))
        }
    }
}

/// Whether what is said goes on behind a trailing clause: "..., Brand said, which was much".
fn goes_on(p: &Passage, clause: &Clause) -> bool {
    let rest = clause.whole.end..p.sentences[clause.sentence].words.end;
    p.words[rest].iter().any(|word| {
        matches!(
            word.kind,
            Kind::Comma | Kind::Semicolon | Kind::Dash | Kind::Quote
        )
    })
}

/// Where `later` begins to be another statement: at the comma or "and" before it; nowhere if it belongs to what is said.
fn joint_before(p: &Passage, later: &Clause) -> Option<usize> {
    let at = later.whole.start.checked_sub(1)?;
    let word = &p.words[at];
    let is_joint = matches!(word.kind, Kind::Comma | Kind::Semicolon)
        || ["and", "but", "while", "although"]
            .iter()
            .any(|joint| p.is(word, joint));
    let is_leading = later.form == Form::Leading && at >= p.sentences[later.sentence].words.start;
    (is_joint && is_leading).then_some(word.start)
}

/// A range without the marks and spaces around its words.
fn content(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = &text[range.clone()];
    let trimmed =
        piece.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | ';'));
    let start = range.start + piece.len() - trimmed.len();
    start
        ..start
            + trimmed
                .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
                .len()
}

/// Where the statement before a trailing clause begins, given an earlier clause of the sentence.
fn trailing_start(p: &Passage, earlier: &Clause, clause: &Clause) -> usize {
    let sentence = &p.sentences[clause.sentence];
    if earlier.form == Form::Trailing {
        return p.bytes(earlier.whole.clone()).end;
    }
    let contrast = (earlier.whole.end..clause.whole.start).rev().find(|&at| {
        let word = &p.words[at];
        word.kind == Kind::Semicolon
            || word.kind == Kind::Comma
                && ["but", "while", "and", "although"]
                    .iter()
                    .any(|joint| p.is_at(at + 1, joint))
    });
    contrast.map_or(sentence.bytes.start, |at| p.words[at].end)
}

/// Gives each quotation without a source of its own that of the sentence it hangs on.
fn attach_quotes(p: &Passage, here: &mut Vec<Attribution>, memory: &mut Memory) {
    let mut last: Option<Source> = memory.running_on.clone();
    let mut carried = Vec::new();
    for quoted in p.quotes.iter().filter(|quoted| quoted.depth == 0) {
        if let Some(said) = speaker(p, quoted, here) {
            last.clone_from(&said.source);
            if !covers(said, quoted) {
                let scope = p.span(quoted.outer.clone());
                carried.push(Attribution {
                    scope,
                    ..said.clone()
                });
            }
            continue;
        }
        if !is_bare(p, quoted) {
            continue;
        }
        let before = here.iter().rev().find(|said| {
            (said.clause.end as usize) <= quoted.outer.start && said.said != Said::Silent
        });
        let source = before.map_or_else(|| last.clone(), |said| said.source.clone());
        if let Some(source) = source {
            let words = p.span(quoted.outer.clone());
            carried.push(Attribution {
                sentence: words,
                source: Some(source),
                words: span(p.place, quoted.outer.start..quoted.outer.start),
                clause: span(p.place, quoted.outer.start..quoted.outer.start),
                scope: words,
                said: Said::Said,
                carried: true,
            });
        }
    }
    here.append(&mut carried);
}

fn covers(said: &Attribution, quoted: &Quoted) -> bool {
    (said.scope.start as usize) <= quoted.inner.start && quoted.inner.end <= said.scope.end as usize
}

/// The attribution that stands right before or behind a quotation, in a sentence it touches.
fn speaker<'s>(p: &Passage, quoted: &Quoted, here: &'s [Attribution]) -> Option<&'s Attribution> {
    // The sentences are in order, so that those a quotation touches lie side by side.
    let first = here.partition_point(|said| said.sentence.end as usize <= quoted.outer.start);
    let here = &here[first..];
    let count = here.partition_point(|said| (said.sentence.start as usize) < quoted.outer.end);
    let here = &here[..count];
    let distance = |said: &&Attribution| {
        let clause = said.clause.start as usize..said.clause.end as usize;
        if clause.start >= quoted.outer.end {
            // A quotation that ends in a comma belongs to the clause behind it.
            let is_open = p.text[quoted.inner.clone()].ends_with([',', '?', '!', '—', '-']);
            if is_open {
                0
            } else {
                clause.start - quoted.outer.end
            }
        } else {
            quoted.outer.start.saturating_sub(clause.end)
        }
    };
    let covering = here
        .iter()
        .filter(|said| said.said != Said::Silent)
        .filter(|said| covers(said, quoted))
        .min_by_key(|said| said.scope.end - said.scope.start);
    covering.or_else(|| {
        here.iter()
            .filter(|said| said.said != Said::Silent)
            .min_by_key(distance)
    })
}

/// Whether a quotation makes up its sentences, so that its speaker must be looked for outside them.
fn is_bare(p: &Passage, quoted: &Quoted) -> bool {
    let first = p
        .sentences
        .partition_point(|sentence| sentence.bytes.end <= quoted.outer.start);
    let last = p
        .sentences
        .partition_point(|sentence| sentence.bytes.end < quoted.outer.end);
    let (Some(first), Some(last)) = (p.sentences.get(first), p.sentences.get(last)) else {
        return false;
    };
    first.bytes.start >= quoted.outer.start
        && p.text[quoted.outer.end..last.bytes.end].trim().is_empty()
}

/// Who spoke last, and the full names the story gives.
struct Memory {
    full_names: BTreeMap<String, Option<String>>,
    person: Option<Heard>,
    body: Option<Heard>,
    last: Option<Source>,
    running_on: Option<Source>,
    place: Place,
}

/// A source that can be meant by a pronoun, and where it was last named.
#[derive(Clone)]
struct Heard {
    source: Source,
    place: Place,
}

impl Memory {
    fn new(passages: &[Passage], found: &[Vec<Clause>]) -> Self {
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

    fn enter(&mut self, place: Place) {
        self.place = place;
    }

    /// Keeps the speaker of a quotation that goes on in the next paragraph.
    fn leave(&mut self, p: &Passage, here: &[Attribution]) {
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

    /// The source of a clause, pronouns resolved where that is safe.
    fn source(&mut self, p: &Passage, clause: &Clause) -> Option<Source> {
        let via = clause.via.clone().map(|via| name_text(p, &via).to_owned());
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
    fn notice(&mut self, p: &Passage, index: usize) {
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

#[cfg(test)]
mod tests;
