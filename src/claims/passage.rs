//! One text taken apart once for all who read it: sentences, quotations, and words with what they mean.

use std::ops::Range;

use super::phrases;
use super::quotes::{self, Next, Quoted};
use super::vocabulary::{Meaning, Said, Vocabulary, flag};
use crate::story::Story;
use crate::story::{Place, Span};
use crate::text::{Language, sentences};

/// A text with its parts, all as byte ranges or indices into `words`.
pub(super) struct Passage<'a> {
    pub(super) place: Place,
    pub(super) text: &'a str,
    pub(super) sentences: Vec<Sentence>,
    pub(super) quotes: Vec<Quoted>,
    pub(super) words: Vec<Word>,
    pub(super) vocabulary: &'static Vocabulary,
}

/// A sentence: its bytes and the words in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence {
    pub(super) bytes: Range<usize>,
    pub(super) words: Range<usize>,
}

/// A word, number or mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    pub(super) meaning: Meaning,
    /// Whether it stands inside quotation marks.
    pub(super) quoted: bool,
}

/// The sorts of word and mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word in lower case.
    Lower,
    /// A word with a capital at its start.
    Capital,
    /// A number in digits.
    Number,
    Comma,
    Semicolon,
    Colon,
    Dash,
    /// A quotation mark that has its partner.
    Quote,
    Bracket,
    /// The mark that ends a sentence.
    Stop,
    /// Any other sign.
    Sign,
}

impl Word {
    pub(super) fn is(&self, flags: u32) -> bool {
        self.meaning.flags & flags != 0
    }

    pub(super) fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Lower | Kind::Capital)
    }

    pub(super) fn said(&self) -> Option<Said> {
        self.meaning.said
    }
}

impl<'a> Passage<'a> {
    /// Every text of `story` taken apart, in reading order.
    pub(super) fn all(story: &'a Story) -> Vec<Self> {
        let places: Vec<(Place, &str)> = story.places().collect();
        let next = |index: usize| places.get(index + 1).map(|(_, text)| *text);
        places
            .iter()
            .enumerate()
            .map(|(index, (place, text))| {
                let next = match place {
                    Place::Headline | Place::Standfirst => Next::Ends,
                    Place::Paragraph(_) => Next::of(next(index)),
                };
                Self::read(*place, text, next, &story.language)
            })
            .collect()
    }

    /// A single text taken apart.
    pub(super) fn of(text: &'a str, language: &Language) -> Self {
        Self::read(Place::Paragraph(0), text, Next::Ends, language)
    }

    fn read(place: Place, text: &'a str, next: Next, language: &Language) -> Self {
        let vocabulary = Vocabulary::of(language);
        let quotes = quotes::read(text, next);
        let ranges = sentences::ranges(text, language);
        let mut words = Vec::with_capacity(text.len() / 5);
        let mut sentences = Vec::with_capacity(ranges.len());
        let mut reader = Reader {
            text,
            vocabulary,
            marks: marks(&quotes),
            quoted: outermost(&quotes),
            lower: String::with_capacity(32),
        };
        for bytes in ranges {
            let first = words.len();
            reader.read(bytes.clone(), &mut words);
            sentences.push(Sentence {
                bytes,
                words: first..words.len(),
            });
        }
        Self {
            place,
            text,
            sentences,
            quotes,
            words,
            vocabulary,
        }
    }

    pub(super) fn str(&self, word: &Word) -> &'a str {
        &self.text[word.start..word.end]
    }

    /// Whether a word is `expected`, which is in lower case ASCII.
    pub(super) fn is(&self, word: &Word, expected: &str) -> bool {
        self.str(word).eq_ignore_ascii_case(expected)
    }

    /// Whether the word at `index` exists and is `expected`.
    pub(super) fn is_at(&self, index: usize, expected: &str) -> bool {
        self.words
            .get(index)
            .is_some_and(|word| self.is(word, expected))
    }

    pub(super) fn span(&self, bytes: Range<usize>) -> Span {
        span(self.place, bytes)
    }

    /// The bytes from the first to the last of some words.
    pub(super) fn bytes(&self, words: Range<usize>) -> Range<usize> {
        match (
            self.words.get(words.start),
            self.words.get(words.end.wrapping_sub(1)),
        ) {
            (Some(first), Some(last)) if words.start < words.end => first.start..last.end,
            _ => 0..0,
        }
    }
}

/// A span of a place, whose texts are far below 4 GiB.
pub(super) fn span(place: Place, bytes: Range<usize>) -> Span {
    let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span {
        place,
        start: narrow(bytes.start),
        end: narrow(bytes.end),
    }
}

/// Reads the words of sentences, with one buffer for all of them.
struct Reader<'a> {
    text: &'a str,
    vocabulary: &'static Vocabulary,
    /// The quotation marks, in order.
    marks: Vec<Range<usize>>,
    /// What stands in quotation marks, in order and without overlap.
    quoted: Vec<Range<usize>>,
    lower: String,
}

impl Reader<'_> {
    fn read(&mut self, sentence: Range<usize>, words: &mut Vec<Word>) {
        let stop = self.final_stop(&sentence);
        let mut at = sentence.start;
        while let Some(c) = self.text[at..sentence.end].chars().next() {
            if c.is_whitespace() {
                at += c.len_utf8();
                continue;
            }
            let end = self.token_end(at, c, sentence.end, stop);
            words.push(self.word(at..end, c));
            at = end;
        }
    }

    /// Where the run of marks that closes the sentence begins; full stops before it belong to abbreviations.
    fn final_stop(&self, sentence: &Range<usize>) -> usize {
        let text = &self.text[sentence.clone()];
        let is_end = |c: char| {
            matches!(
                c,
                '.' | '!' | '?' | '…' | '"' | '”' | '’' | '\'' | '»' | ')' | '“' | ' '
            )
        };
        sentence.start + text.trim_end_matches(is_end).len()
    }

    fn token_end(&self, at: usize, first: char, sentence_end: usize, stop: usize) -> usize {
        let next = at + first.len_utf8();
        if !first.is_alphanumeric() {
            return next;
        }
        let rest = &self.text[next..sentence_end];
        let is_number = first.is_numeric();
        let mut end = next;
        let mut chars = rest.char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            let follower = chars.peek().map(|(_, c)| *c);
            let joins = match c {
                _ if c.is_alphanumeric() => true,
                '-' | '\u{2010}' | '\u{2011}' | '&' => follower.is_some_and(char::is_alphanumeric),
                '\'' | '’' => {
                    follower.is_some_and(char::is_alphabetic) || self.is_apostrophe(next + offset)
                }
                ',' => is_number && follower.is_some_and(|c| c.is_ascii_digit()),
                '.' => follower.is_some_and(char::is_alphanumeric) || next + offset < stop,
                _ => false,
            };
            if !joins {
                break;
            }
            end = next + offset + c.len_utf8();
        }
        end
    }

    /// Whether the mark at `at` is no quotation mark.
    fn is_apostrophe(&self, at: usize) -> bool {
        !lies_in(&self.marks, at)
    }

    fn word(&mut self, range: Range<usize>, first: char) -> Word {
        let kind = self.kind(&range, first);
        let meaning = if matches!(kind, Kind::Lower | Kind::Capital) {
            self.meaning(&range)
        } else {
            Meaning::default()
        };
        let quoted = lies_in(&self.quoted, range.start);
        Word {
            start: range.start,
            end: range.end,
            kind,
            meaning,
            quoted,
        }
    }

    fn kind(&self, range: &Range<usize>, first: char) -> Kind {
        if first.is_numeric() {
            return Kind::Number;
        }
        if first.is_alphabetic() {
            return if first.is_uppercase() {
                Kind::Capital
            } else {
                Kind::Lower
            };
        }
        match first {
            ',' | '،' | '、' => Kind::Comma,
            ';' => Kind::Semicolon,
            ':' => Kind::Colon,
            '-' | '–' | '—' | '―' => Kind::Dash,
            '(' | ')' | '[' | ']' => Kind::Bracket,
            '.' | '!' | '?' | '…' | '。' => Kind::Stop,
            _ if !self.is_apostrophe(range.start) => Kind::Quote,
            _ => Kind::Sign,
        }
    }

    fn meaning(&mut self, range: &Range<usize>) -> Meaning {
        let word = &self.text[range.clone()];
        if word.len() > LONGEST_WORD_BYTES {
            return Meaning::default();
        }
        let lower = phrases::folded(word, &mut self.lower);
        let whole = self.vocabulary.meaning(lower);
        if whole != Meaning::default() {
            return whole;
        }
        let stem = lower
            .strip_suffix("'s")
            .or_else(|| lower.strip_suffix('\''));
        stem.map(|stem| self.vocabulary.meaning(stem))
            .unwrap_or_default()
    }
}

/// The bytes of every quotation mark, in order.
fn marks(quotes: &[Quoted]) -> Vec<Range<usize>> {
    let mut marks: Vec<Range<usize>> = quotes
        .iter()
        .flat_map(|quoted| {
            [
                quoted.outer.start..quoted.inner.start,
                quoted.inner.end..quoted.outer.end,
            ]
        })
        .collect();
    marks.sort_by_key(|mark| mark.start);
    marks
}

/// The bytes inside quotation marks that lie in no other quotation.
fn outermost(quotes: &[Quoted]) -> Vec<Range<usize>> {
    let mut outermost: Vec<Range<usize>> = Vec::new();
    for quoted in quotes {
        if outermost
            .last()
            .is_none_or(|last| last.end <= quoted.inner.start)
        {
            outermost.push(quoted.inner.clone());
        }
    }
    outermost
}

/// Whether a byte lies in one of some ordered ranges.
fn lies_in(ranges: &[Range<usize>], at: usize) -> bool {
    let behind = ranges.partition_point(|range| range.start <= at);
    behind > 0 && ranges[behind - 1].contains(&at)
}

/// No word of a vocabulary is longer, so longer ones are not looked up.
const LONGEST_WORD_BYTES: usize = 40;

/// Whether a word is a genitive: "Karelan's", "the workers'".
pub(super) fn is_genitive(word: &str) -> bool {
    word.ends_with("'s") || word.ends_with("’s") || word.ends_with("s'") || word.ends_with("s’")
}

/// Whether the flags of a word end the noun phrase it follows.
pub(super) fn ends_noun_phrase(word: &Word) -> bool {
    const ENDS: u32 = flag::SUBORDINATOR | flag::RELATIVE | flag::BE | flag::HAVE | flag::MODAL;
    !word.is_word() && word.kind != Kind::Number || word.is(ENDS)
}
