//! The words of sentences that differ, read for comparing: stems, figures as one word each, cues.

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use super::lexicon::Lexicon;
use super::reading::Sentence;
use crate::claims::{Figure, FigureKind};
use crate::text::Language;
use crate::text::similarity::{Stems, fold, is_stop_word};

/// Gives every stem a number. The numbers depend on the order of reading only and never reach a result.
#[derive(Default)]
pub(super) struct Numbers {
    known: HashMap<String, u32>,
    stems: HashMap<String, u32>,
}

impl Numbers {
    fn of(&mut self, text: &str) -> u32 {
        if let Some(number) = self.known.get(text) {
            return *number;
        }
        let number = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        self.known.insert(text.to_owned(), number);
        number
    }

    fn of_word(&mut self, folded: &str, stems: &Stems) -> u32 {
        if let Some(number) = self.stems.get(folded) {
            return *number;
        }
        let number = self.of(&stems.stem(folded));
        self.stems.insert(folded.to_owned(), number);
        number
    }
}

/// What a token is for the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Holds the sentence together.
    Stop,
    /// Carries meaning.
    Content,
    /// A figure, the number within the sentence group.
    Figure(usize),
    /// A date, a year, a time of day, a weekday or month.
    When,
}

/// One word, or one figure, of a sentence.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about a word"
)]
pub(super) struct Token {
    /// The sentence it belongs to, by its index in the version.
    pub sentence: usize,
    /// The first byte in that sentence.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// Lower case, without accents and possessive ending.
    pub word: String,
    /// The number of its stem.
    pub stem: u32,
    pub kind: Kind,
    /// Whether it begins with a capital letter where a common word would not.
    pub name: bool,
    /// Whether it is in capitals throughout: an acronym.
    pub acronym: bool,
    /// Whether a comma, dash, colon or bracket stands before it.
    pub after_mark: bool,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
    /// Whether it is the first of its sentence.
    pub first: bool,
    /// Whether it is the first and no word of the dictionary, as far as there is one.
    pub unknown: bool,
    /// Whether it had a possessive ending.
    pub possessive: bool,
    /// Whether it ends like a plural.
    pub plural: bool,
    /// Whether it is, or stands for a phrase that begins with, a form in -ing.
    pub progressive: bool,
    /// Whether it is, or stands for a phrase that begins with, a past form.
    pub past: bool,
    /// Whether it stands for a phrase of several words.
    pub phrase: bool,
}

impl Token {
    pub fn is_content(&self) -> bool {
        matches!(self.kind, Kind::Content)
    }
}

/// What reading a sentence needs to know.
pub(super) struct Reader<'a> {
    pub language: &'a Language,
    pub stems: Stems,
    pub lexicon: &'static Lexicon,
    pub numbers: Numbers,
}

impl<'a> Reader<'a> {
    pub fn new(language: &'a Language) -> Self {
        Self {
            language,
            stems: Stems::of(language),
            lexicon: super::lexicon::of(language),
            numbers: Numbers::default(),
        }
    }

    /// The number of a folded word's stem.
    pub fn number(&mut self, folded: &str) -> u32 {
        self.numbers.of_word(folded, &self.stems)
    }

    /// The tokens of a sentence, with every figure as one token numbered from `first_figure`.
    pub fn tokens(
        &mut self,
        index: usize,
        sentence: &Sentence<'_>,
        figures: &[(usize, usize, FigureKind, String)],
        first_figure: usize,
        quotes: &[std::ops::Range<usize>],
    ) -> Vec<Token> {
        let text = sentence.text;
        let mut tokens: Vec<Token> = Vec::new();
        let mut done = 0;
        for (start, word) in text.unicode_word_indices() {
            if start < done {
                continue;
            }
            let after_mark = has_mark(text.get(done..start).unwrap_or(""));
            if let Some(at) = figures
                .iter()
                .position(|(from, to, ..)| *from < start + word.len() && start < *to)
            {
                let (from, to, kind, value) = &figures[at];
                done = (*to).max(start + word.len());
                let (kind, key) =
                    figure_kind(*kind, first_figure + at, value, text.get(*from..*to));
                tokens.push(Token {
                    sentence: index,
                    start: *from,
                    end: *to,
                    stem: self.numbers.of(&key),
                    word: key,
                    kind,
                    name: false,
                    acronym: false,
                    after_mark,
                    quoted: quotes.iter().any(|quote| quote.contains(&start)),
                    first: tokens.is_empty(),
                    unknown: false,
                    possessive: false,
                    plural: true,
                    progressive: false,
                    past: false,
                    phrase: false,
                });
                continue;
            }
            done = start + word.len();
            let in_quotes = quotes.iter().any(|quote| quote.contains(&start));
            self.push_word(&mut tokens, index, (start, word), after_mark, in_quotes);
        }
        self.join_phrases(&mut tokens);
        self.join_times(&mut tokens);
        tokens
    }

    fn push_word(
        &mut self,
        tokens: &mut Vec<Token>,
        sentence: usize,
        (start, word): (usize, &str),
        after_mark: bool,
        quoted: bool,
    ) {
        let first = tokens.is_empty();
        let plain = word.replace(['’', '‘'], "'");
        let (base, possessive) = plain
            .strip_suffix("'s")
            .map_or((plain.as_str(), false), |base| (base, true));
        let folded = fold(base);
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let acronym = word.chars().count() > 1
            && word
                .chars()
                .all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '.')
            && capital;
        let parts: Vec<String> = match folded.as_str() {
            "cannot" | "can't" => vec!["can".to_owned(), "not".to_owned()],
            "won't" => vec!["will".to_owned(), "not".to_owned()],
            "shan't" => vec!["shall".to_owned(), "not".to_owned()],
            other => match other.strip_suffix("n't") {
                Some(auxiliary) => vec![auxiliary.to_owned(), "not".to_owned()],
                None => match other.strip_suffix("'ll") {
                    Some(subject) => vec![subject.to_owned(), "will".to_owned()],
                    None => vec![
                        other
                            .strip_suffix("'re")
                            .or_else(|| other.strip_suffix("'ve"))
                            .unwrap_or(other)
                            .to_owned(),
                    ],
                },
            },
        };
        for (at, part) in parts.into_iter().enumerate() {
            let stem = self.numbers.of_word(&part, &self.stems);
            let kind = if self.lexicon.is_time(&part)
                && (capital || !self.lexicon.is_capitalised_time(&part))
            {
                Kind::When
            } else if is_stop_word(&part, self.language) && !acronym {
                Kind::Stop
            } else {
                Kind::Content
            };
            tokens.push(Token {
                sentence,
                start,
                end: start + word.len(),
                name: capital && kind == Kind::Content && (!first || acronym),
                word: part,
                stem,
                kind,
                acronym,
                after_mark: after_mark && at == 0,
                quoted,
                first: first && at == 0,
                unknown: first
                    && capital
                    && self.lexicon.english
                    && crate::text::thesaurus::base_forms(&folded).is_empty(),
                possessive,
                plural: !possessive && base.ends_with('s'),
                progressive: base.ends_with("ing"),
                past: self.lexicon.english && is_past(base),
                phrase: false,
            });
        }
    }

    /// Makes one time of two words: "this month", "last week", "Tuesday night".
    fn join_times(&mut self, tokens: &mut Vec<Token>) {
        let mut at = 0;
        while at + 1 < tokens.len() {
            let relative = matches!(
                tokens[at].word.as_str(),
                "this" | "last" | "next" | "past" | "coming" | "previous" | "same"
            );
            if relative
                && tokens[at + 1].kind == Kind::When
                && !tokens[at + 1].after_mark
                && !tokens[at + 1]
                    .word
                    .starts_with(|c: char| c.is_ascii_digit())
            {
                let word = format!("{} {}", tokens[at].word, tokens[at + 1].word);
                let end = tokens[at + 1].end;
                let token = &mut tokens[at];
                token.stem = self.numbers.of(&word);
                token.word = word;
                token.kind = Kind::When;
                token.end = end;
                tokens.remove(at + 1);
            }
            at += 1;
        }
    }

    /// Puts fixed phrases and other names of one thing under one word: "prime minister" is "pm", "Britain" is "uk".
    fn join_phrases(&mut self, tokens: &mut Vec<Token>) {
        let mut at = 0;
        while at < tokens.len() {
            if let Some((length, instead)) = self.lexicon.phrase(&tokens[at..]) {
                let end = tokens[at + length - 1].end;
                let possessive = tokens[at + length - 1].possessive;
                let stem = self.numbers.of(instead);
                let plural = tokens[at + length - 1].plural;
                let token = &mut tokens[at];
                token.plural = plural;
                token.phrase = length > 1;
                token.kind = if is_stop_word(instead, self.language) {
                    Kind::Stop
                } else {
                    Kind::Content
                };
                token.end = end;
                instead.clone_into(&mut token.word);
                token.stem = stem;
                token.possessive = possessive;
                tokens.drain(at + 1..at + length);
            }
            at += 1;
        }
    }
}

/// The figures of a sentence as spans of the sentence, with a key that is equal for equal values.
pub(super) fn figure_keys(
    figures: &[Figure],
    sentence: &Sentence<'_>,
) -> Vec<(usize, usize, FigureKind, String)> {
    figures
        .iter()
        .map(|figure| {
            let from = figure.span.start.saturating_sub(sentence.span.start) as usize;
            let to = figure.span.end.saturating_sub(sentence.span.start) as usize;
            let value = match (figure.amount, figure.tally) {
                (_, Some((one, other))) => format!("{}:{}", one.normalize(), other.normalize()),
                (Some(amount), None) => format!(
                    "{}..{} {}",
                    amount.low.normalize(),
                    amount.high.normalize(),
                    figure.unit.as_ref().map_or("", |unit| unit.0.as_str())
                ),
                (None, None) => String::new(),
            };
            (from, to, figure.kind, value)
        })
        .collect()
}

fn figure_kind(kind: FigureKind, number: usize, value: &str, text: Option<&str>) -> (Kind, String) {
    let written = || super::reading::key(text.unwrap_or(""));
    match kind {
        FigureKind::Time => (
            Kind::When,
            clock(text.unwrap_or("")).unwrap_or_else(written),
        ),
        FigureKind::Date | FigureKind::Year => {
            // "4 March" is "March 4".
            let written = written();
            let mut words: Vec<&str> = written.split(' ').collect();
            words.sort_unstable();
            (Kind::When, words.join(" "))
        }
        FigureKind::Id
        | FigureKind::Name
        | FigureKind::Phone
        | FigureKind::Coord
        | FigureKind::List => (Kind::Content, written()),
        _ if value.is_empty() => (Kind::Content, written()),
        _ => (Kind::Figure(number), format!("#{value}")),
    }
}

/// A time of day as the clock shows it, however it is written: "3 p.m." and "3pm" are "15:00".
fn clock(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let letters: String = lower.chars().filter(char::is_ascii_alphabetic).collect();
    let digits: Vec<u32> = lower
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect();
    let (hour, minute) = match digits[..] {
        [time] if (100..2400).contains(&time) => (time / 100, time % 100),
        [hour] => (hour, 0),
        [hour, minute] => (hour, minute),
        _ => return None,
    };
    let hour = match letters.get(..2) {
        Some("pm") if hour < 12 => hour + 12,
        Some("am") if hour == 12 => 0,
        _ => hour,
    };
    (hour <= 24 && minute < 60).then(|| format!("{hour}:{minute:02}"))
}

/// "Landed", "took": a form that tells what is done.
fn is_past(word: &str) -> bool {
    word.ends_with("ed")
        || crate::text::thesaurus::base_forms(word)
            .first()
            .is_some_and(|form| {
                form.lemma != word
                    && !["s", "ing", "er", "est", "ly"]
                        .iter()
                        .any(|ending| word.ends_with(ending))
            })
}

fn has_mark(between: &str) -> bool {
    between.chars().any(|letter| {
        matches!(
            letter,
            ',' | ';' | ':' | '–' | '—' | '(' | ')' | '.' | '!' | '?' | '…'
        )
    }) || between.contains(" - ")
}
