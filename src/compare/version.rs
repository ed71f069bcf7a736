//! A version of a story with everything the comparison asks of it, read only where the versions differ.

use std::collections::HashSet;
use std::ops::Range;

use super::Evidence;
use super::align::Group;
use super::figures::Told;
use super::reading::{self, Sentence, span};
use super::spoken;
use super::tokens::{Reader, Token, figure_keys};
use crate::claims::attribution::{self, Attribution};
use crate::claims::quotes::{self, Quoted};
use crate::claims::{Figure, figures};
use crate::story::{Place, Span, Story};

/// One version of a story.
pub(super) struct Version<'a> {
    pub story: &'a Story,
    /// The sentences of the running text, then the headline.
    pub sentences: Vec<Sentence<'a>>,
    pub attributions: Vec<Attribution>,
}

/// The sentences of one version that a group holds, read.
pub(super) struct Passage<'a> {
    pub tokens: Vec<Token>,
    pub figures: Vec<Told<'a>>,
}

impl<'a> Version<'a> {
    /// Cuts a story into sentences; `shared` are the paragraphs that both versions have.
    pub fn new(story: &'a Story, shared: &HashSet<&str>) -> Self {
        let mut sentences = reading::sentences(story, shared);
        sentences.push(reading::headline(story));
        Self {
            story,
            sentences,
            attributions: Vec::new(),
        }
    }

    /// The running text: every sentence but the headline.
    pub fn text(&self) -> &[Sentence<'a>] {
        &self.sentences[..self.headline()]
    }

    /// The index of the headline among the sentences.
    pub fn headline(&self) -> usize {
        self.sentences.len() - 1
    }

    /// Finds who says what; left out where nothing but whole paragraphs is compared.
    ///
    /// Only the paragraphs that changed are read, each with the one before it, which may tell who "he" is.
    pub fn read_sources(&mut self, shared: &HashSet<&str>) {
        let changed = |at: usize| {
            self.story
                .paragraphs
                .get(at)
                .is_some_and(|paragraph| !shared.contains(paragraph.text.as_str()))
        };
        let kept: Vec<usize> = (0..self.story.paragraphs.len())
            .filter(|&at| changed(at) || changed(at + 1))
            .collect();
        let excerpt = Story {
            paragraphs: kept
                .iter()
                .map(|&at| self.story.paragraphs[at].clone())
                .collect(),
            language: self.story.language.clone(),
            headline: self.story.headline.clone(),
            standfirst: self.story.standfirst.clone(),
            ..Story::default()
        };
        let back = |mut span: Span| {
            if let Place::Paragraph(index) = span.place {
                let at = kept.get(index as usize).copied().unwrap_or_default();
                span.place = Place::Paragraph(u32::try_from(at).unwrap_or(u32::MAX));
            }
            span
        };
        self.attributions = attribution::sources(&excerpt)
            .into_iter()
            .map(|said| Attribution {
                sentence: back(said.sentence),
                words: back(said.words),
                clause: back(said.clause),
                scope: back(said.scope),
                ..said
            })
            .collect();
        let tails: Vec<Attribution> = self
            .sentences
            .iter()
            .filter(|sentence| !shared.contains(sentence.text))
            .filter_map(super::tails::source)
            .filter(|tail| {
                self.attributions.iter().all(|said| {
                    said.clause.place != tail.clause.place
                        || said.clause.end <= tail.clause.start
                        || tail.clause.end <= said.clause.start
                })
            })
            .collect();
        self.attributions.extend(tails);
        self.attributions
            .sort_by_key(|said| (said.sentence, said.words));
    }

    /// Reads some sentences for comparing.
    pub fn passage(&self, indices: &[usize], reader: &mut Reader<'_>) -> Passage<'a> {
        let mut tokens = Vec::new();
        let mut told: Vec<Told<'a>> = Vec::new();
        for &index in indices {
            let sentence = &self.sentences[index];
            let mut found = self.figures(index);
            for figure in &mut found {
                spoken::count_level(figure, self.story);
            }
            found.extend(spoken::figures(sentence, &self.story.language, &found));
            found.sort_by_key(|figure| figure.span);
            let keys = figure_keys(&found, sentence);
            let quoted: Vec<Range<usize>> = self
                .quotes(index)
                .iter()
                .map(|quote| within(&quote.inner, sentence))
                .collect();
            tokens.extend(reader.tokens(index, sentence, &keys, told.len(), &quoted));
            told.extend(found.into_iter().map(|figure| Told {
                text: self.story.slice(figure.span).unwrap_or(""),
                sentence: index,
                figure,
            }));
        }
        Passage {
            tokens,
            figures: told,
        }
    }

    /// The figures of a sentence.
    pub fn figures(&self, index: usize) -> Vec<Figure> {
        let sentence = &self.sentences[index];
        let base = sentence.span.start;
        let mut found = figures::in_text(sentence.text, &self.story.language, sentence.span.place);
        for figure in &mut found {
            figure.span.start += base;
            figure.span.end += base;
        }
        found
    }

    /// The quotations that a sentence holds or has a part in, as bytes of its place.
    pub fn whole_quotes(&self, index: usize) -> Vec<Quoted> {
        let sentence = &self.sentences[index];
        let Some(text) = self.story.text(sentence.span.place) else {
            return Vec::new();
        };
        let (start, end) = (sentence.span.start as usize, sentence.span.end as usize);
        quotes::in_text(text)
            .into_iter()
            .filter(|quote| quote.depth == 0 && quote.inner.start < end && start < quote.inner.end)
            .collect()
    }

    /// The parts of quotations that lie in a sentence, as bytes of its place.
    pub fn quotes(&self, index: usize) -> Vec<Quoted> {
        let sentence = &self.sentences[index];
        let (start, end) = (sentence.span.start as usize, sentence.span.end as usize);
        self.whole_quotes(index)
            .into_iter()
            .map(|mut quote| {
                quote.inner = quote.inner.start.max(start)..quote.inner.end.min(end);
                quote.outer = quote.outer.start.max(start)..quote.outer.end.min(end);
                quote
            })
            .filter(|quote| !quote.inner.is_empty())
            .collect()
    }

    /// The words from one token to another as evidence.
    pub fn evidence(&self, tokens: &[Token], range: &Range<usize>) -> Option<Evidence> {
        let first = tokens.get(range.start)?;
        let place = self.sentences[first.sentence].span.place;
        let last = tokens
            .get(range.clone())?
            .iter()
            .rfind(|token| self.sentences[token.sentence].span.place == place)?;
        let start = self.sentences[first.sentence].span.start as usize + first.start;
        let end = self.sentences[last.sentence].span.start as usize + last.end;
        if end <= start {
            return None;
        }
        let words = span(place, start, end);
        Some(self.proof(words, first.sentence))
    }

    /// The words of a span in a sentence as evidence.
    pub fn proof(&self, words: Span, sentence: usize) -> Evidence {
        Evidence {
            text: self.story.slice(words).unwrap_or("").to_owned(),
            sentence: self.sentences[sentence].text.to_owned(),
            said_by: attribution::said_by(&self.attributions, words).cloned(),
            amount: None,
            tally: None,
            unit: None,
            noun: None,
            span: words,
        }
    }

    /// A figure as evidence.
    pub fn figure_proof(&self, told: &Told<'_>) -> Evidence {
        let figure = &told.figure;
        Evidence {
            amount: figure.amount,
            tally: figure.tally,
            unit: figure.unit.as_ref().map(|unit| unit.0.clone()),
            noun: figure.noun.clone().or_else(|| figure.counted.clone()),
            ..self.proof(figure.span, told.sentence)
        }
    }

    /// A whole sentence, or a run of sentences of one paragraph, as evidence.
    pub fn run_proof(&self, first: usize, last: usize) -> Evidence {
        let (from, to) = (self.sentences[first].span, self.sentences[last].span);
        let words = Span {
            end: to.end,
            ..from
        };
        Evidence {
            sentence: self.story.slice(words).unwrap_or("").to_owned(),
            ..self.proof(words, first)
        }
    }

    /// The attributions of some sentences.
    pub fn sources(&self, indices: &[usize]) -> Vec<&Attribution> {
        self.attributions
            .iter()
            .filter(|said| {
                indices.iter().any(|&index| {
                    let span = self.sentences[index].span;
                    span.place == said.words.place
                        && span.start <= said.words.start
                        && said.words.end <= span.end
                })
            })
            .collect()
    }

    /// The place of a token.
    pub fn place(&self, token: &Token) -> Place {
        self.sentences[token.sentence].span.place
    }

    /// Bytes of a place as the tokens that lie in them.
    pub fn tokens_in(&self, tokens: &[Token], bytes: Span) -> Vec<usize> {
        (0..tokens.len())
            .filter(|&at| {
                let token = &tokens[at];
                let base = self.sentences[token.sentence].span.start;
                let (start, end) = (base as usize + token.start, base as usize + token.end);
                self.place(token) == bytes.place
                    && bytes.start as usize <= start
                    && end <= bytes.end as usize
            })
            .collect()
    }
}

/// Both sides of a group, read.
pub(super) fn passages<'a>(
    old: &Version<'a>,
    new: &Version<'a>,
    group: &Group,
    reader: &mut Reader<'_>,
) -> (Passage<'a>, Passage<'a>) {
    (
        old.passage(&group.old, reader),
        new.passage(&group.new, reader),
    )
}

fn within(bytes: &Range<usize>, sentence: &Sentence<'_>) -> Range<usize> {
    let base = sentence.span.start as usize;
    bytes.start.saturating_sub(base)..bytes.end.saturating_sub(base)
}
