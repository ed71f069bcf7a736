//! A text cut into words, numbers in digits and signs.

use super::book::fold;

/// One word, number or sign.
#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    pub start: usize,
    pub end: usize,
    pub text: &'a str,
    pub folded: String,
    pub kind: Kind,
    /// Whether white space stands before it.
    pub spaced: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Digits,
    Sign,
}

/// Cuts a text; in Ukrainian an apostrophe is part of a word.
pub(super) fn tokens<'a>(text: &'a str, code: &str) -> Vec<Token<'a>> {
    let mut found: Vec<Token<'a>> = Vec::new();
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let mut at = 0;
    let mut spaced = false;
    while let Some(&(start, letter)) = letters.get(at) {
        if letter.is_whitespace() {
            spaced = true;
            at += 1;
            continue;
        }
        let kind = if letter.is_ascii_digit() {
            Kind::Digits
        } else if letter.is_alphabetic() || letter == '°' {
            Kind::Word
        } else {
            Kind::Sign
        };
        let mut last = at + 1;
        while kind != Kind::Sign && goes_on(&letters, last, kind, code) {
            last += 1;
        }
        let end = letters.get(last).map_or(text.len(), |(end, _)| *end);
        let piece = text.get(start..end).unwrap_or("");
        found.push(Token {
            start,
            end,
            text: piece,
            folded: fold(piece),
            kind,
            spaced,
        });
        spaced = false;
        at = last;
    }
    found
}

fn goes_on(letters: &[(usize, char)], at: usize, kind: Kind, code: &str) -> bool {
    let letter = |at: usize| letters.get(at).map(|(_, letter)| *letter);
    let Some(here) = letter(at) else { return false };
    let next = letter(at + 1);
    match kind {
        Kind::Digits => {
            here.is_ascii_digit()
                || (matches!(here, '.' | ',' | '\'' | '’')
                    && next.is_some_and(|next| next.is_ascii_digit()))
        }
        Kind::Word => {
            here.is_alphabetic()
                || matches!(here, '\u{301}' | '\u{308}')
                || matches!(here, '²' | '³')
                || (here == '/' && next.is_some_and(|next| matches!(next, 'h' | 'ч' | 'г')))
                || (here == '-' && next.is_some_and(char::is_alphabetic))
                || (code == "uk"
                    && matches!(here, '\'' | '’')
                    && next.is_some_and(char::is_alphabetic))
        }
        Kind::Sign => false,
    }
}
