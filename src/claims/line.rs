//! A text made ready for reading: its tokens, each with what its word signals.

use super::lang::{Cues, Lexicon, cue};
use crate::text::words::{Token, TokenKind, tokens};

/// The tokens of one text with their signals. Every question about a place outside the text has a plain answer.
pub(crate) struct Line<'a> {
    pub text: &'a str,
    lower: String,
    pub tokens: Vec<Token>,
    cues: Vec<Cues>,
    pub lexicon: &'static Lexicon,
    /// Whether the text groups digits with points ("52.100" beside "48'300").
    pub points_group: bool,
    addresses: Vec<(usize, usize)>,
    /// Whether the text has any digit or number word at all.
    pub has_numbers: bool,
}

impl<'a> Line<'a> {
    pub fn new(text: &'a str, lexicon: &'static Lexicon) -> Self {
        let tokens = tokens(text);
        let lower = text.to_ascii_lowercase();
        let addresses = addresses(text);
        let mut has_numbers = false;
        let cues = tokens
            .iter()
            .map(|token| match token.kind {
                TokenKind::Word => {
                    let cues = lexicon.cues(&lower[token.start..token.end]);
                    has_numbers |= cues.any(cue::NUMBER | cue::ZERO_WORD);
                    cues
                }
                TokenKind::Digits => {
                    has_numbers = true;
                    Cues::default()
                }
                TokenKind::Mark => {
                    has_numbers |= !lower.as_bytes()[token.start].is_ascii();
                    Cues::default()
                }
            })
            .collect();
        let mut line = Self {
            text,
            lower,
            tokens,
            cues,
            lexicon,
            points_group: false,
            has_numbers,
            addresses,
        };
        if has_numbers {
            for (token, cues) in line.tokens.iter().zip(&mut line.cues) {
                if token.kind == TokenKind::Word {
                    *cues = *cues | (lexicon.form)(&line.lower[token.start..token.end]);
                }
            }
            line.points_group = line.groups_with_points();
        }
        line
    }

    /// Whether the token lies in a web address, where digits are no numbers of the text.
    pub fn is_in_address(&self, at: usize) -> bool {
        !self.addresses.is_empty()
            && self.tokens.get(at).is_some_and(|token| {
                let next = self
                    .addresses
                    .partition_point(|(start, _)| *start <= token.start);
                next > 0 && token.start < self.addresses[next - 1].1
            })
    }

    /// How many tokens there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token in lower case (ASCII letters only), empty outside the text.
    #[inline]
    pub fn word(&self, at: usize) -> &str {
        self.tokens
            .get(at)
            .map_or("", |token| &self.lower[token.start..token.end])
    }

    /// The token as written, empty outside the text.
    #[inline]
    pub fn raw(&self, at: usize) -> &'a str {
        self.tokens
            .get(at)
            .map_or("", |token| &self.text[token.start..token.end])
    }

    /// Whether the token signals any of `cues`.
    #[inline]
    pub fn is(&self, at: usize, cues: Cues) -> bool {
        self.cues.get(at).is_some_and(|own| own.any(cues))
    }

    /// Whether the token before signals any of `cues`.
    #[inline]
    pub fn is_before(&self, at: usize, cues: Cues) -> bool {
        at > 0 && self.is(at - 1, cues)
    }

    /// The kind of the token, or `None` outside the text.
    #[inline]
    pub fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    #[inline]
    pub fn is_word(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Word)
    }

    #[inline]
    pub fn is_digits(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Digits)
    }

    /// Whether the token touches the one before.
    #[inline]
    pub fn glued(&self, at: usize) -> bool {
        at > 0 && self.tokens.get(at).is_some_and(|token| !token.spaced)
    }

    /// Whether letters follow without a space, so that what ends before `at` is only part of a word.
    #[inline]
    pub fn letters_touch(&self, at: usize) -> bool {
        self.glued(at) && self.is_word(at)
    }

    /// Whether the token is one of these marks.
    #[inline]
    pub fn is_mark(&self, at: usize, marks: &[char]) -> bool {
        self.kind(at) == Some(TokenKind::Mark)
            && self
                .raw(at)
                .chars()
                .next()
                .is_some_and(|mark| marks.contains(&mark))
    }

    /// Whether the token is a hyphen or a dash that may stand in one.
    #[inline]
    pub fn is_hyphen(&self, at: usize) -> bool {
        self.is_mark(at, HYPHENS)
    }

    /// Whether the word starts with a capital.
    #[inline]
    pub fn is_capital(&self, at: usize) -> bool {
        self.is_word(at) && self.raw(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether a sentence starts with this token, as far as one can see from the mark before.
    pub fn opens_sentence(&self, at: usize) -> bool {
        if at == 0 {
            return true;
        }
        let quote = self.is_mark(at - 1, &['"', '“', '‘', '(', '«', '\'']);
        match (at - 1).checked_sub(usize::from(quote)) {
            Some(before) => self.ends_sentence(before),
            None => true,
        }
    }

    /// Whether the token ends a sentence.
    pub fn ends_sentence(&self, at: usize) -> bool {
        if self.is_mark(at, &['!', '?', '…']) {
            return true;
        }
        let stop = self.is_mark(at, &['.'])
            || (self.is_mark(at, &['"', '”', '’', ')', '»'])
                && at > 0
                && self.is_mark(at - 1, &['.']));
        let next = self.tokens.get(at + 1);
        stop && next.is_none_or(|token| token.spaced)
            && (next.is_none() || self.is_capital(at + 1) || !self.is_word(at + 1))
            && !(at > 0
                && self.is_word(at - 1)
                && self.raw(at - 1).len() == 1
                && self.is_capital(at - 1))
    }

    /// The first token of the sentence that holds `at`.
    pub fn sentence_start(&self, at: usize) -> usize {
        let mut start = at;
        while start > at.saturating_sub(FARTHEST_TOKENS) && !self.ends_sentence(start - 1) {
            start -= 1;
        }
        start
    }

    /// Whether the words of `phrase` stand at `at`, whatever marks or spaces part them.
    pub fn phrase_at(&self, at: usize, phrase: &[&str]) -> bool {
        phrase
            .iter()
            .enumerate()
            .all(|(offset, word)| self.word(at + offset) == *word)
    }

    /// Whether the words of `phrase` stand right before `at`.
    pub fn phrase_before(&self, at: usize, phrase: &[&str]) -> bool {
        at >= phrase.len() && self.phrase_at(at - phrase.len(), phrase)
    }

    /// Whether the tokens from `at` on signal `cues`, one each.
    pub fn signals_at(&self, at: usize, cues: &[Cues]) -> bool {
        cues.iter()
            .enumerate()
            .all(|(offset, cue)| self.is(at + offset, *cue))
    }

    /// Whether the tokens right before `at` signal `cues`, one each.
    pub fn signals_before(&self, at: usize, cues: &[Cues]) -> bool {
        at >= cues.len() && self.signals_at(at - cues.len(), cues)
    }

    /// The character between two neighbouring tokens, where it is exactly one.
    pub fn gap(&self, at: usize) -> Option<char> {
        if at == 0 {
            return None;
        }
        let from = self.tokens.get(at - 1)?.end;
        let mut between = self.text.get(from..self.tokens.get(at)?.start)?.chars();
        between.next().filter(|_| between.next().is_none())
    }

    /// A point groups digits where another number leaves no doubt: "48'300", "1.234.567", "1.234,50".
    fn groups_with_points(&self) -> bool {
        (0..self.len()).any(|at| {
            if !self.is_digits(at)
                || self.raw(at).len() > 3
                || !self.glued(at + 1)
                || !self.glued(at + 2)
            {
                return false;
            }
            let three = self.is_digits(at + 2) && self.raw(at + 2).len() == 3;
            let goes_on = self.is_digits(at + 3) || self.glued(at + 3) && self.is_word(at + 3);
            let apostrophe = self.is_mark(at + 1, APOSTROPHES) && three && !goes_on;
            let more =
                self.is_mark(at + 1, &['.']) && three && self.glued(at + 3) && self.glued(at + 4);
            let points = more && self.is_mark(at + 3, &['.']) && self.raw(at + 4).len() == 3;
            let comma = more && self.is_mark(at + 3, &[',']) && self.raw(at + 4).len() == 2;
            apostrophe || ((points || comma) && self.is_digits(at + 4))
        })
    }
}

/// The web addresses of a text, from their scheme or "www." to the next white space.
fn addresses(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for mark in ["://", "www."] {
        for (at, _) in text.match_indices(mark) {
            let end = text[at..]
                .find(char::is_whitespace)
                .map_or(text.len(), |length| at + length);
            found.push((at, end));
        }
    }
    found.sort_unstable();
    // "https://www.example.org" is found twice; the longer piece stays.
    found.dedup_by_key(|(_, end)| *end);
    found
}

/// How far back the start of a sentence is looked for.
const FARTHEST_TOKENS: usize = 80;

/// Hyphen, non-breaking hyphen, figure dash, en dash, minus.
pub(crate) const HYPHENS: &[char] = &['-', '‐', '‑', '‒', '–', '−'];

/// The marks that serve as an apostrophe.
pub(crate) const APOSTROPHES: &[char] = &['\'', '’'];
