//! The words, digits and marks of a text, with their byte ranges.
//!
//! White space is kept only as a flag on what follows it, so that readers can ask whether two tokens touch. Nothing is
//! lost: the text between two tokens is white space and nothing else.

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// A run of letters.
    Word,
    /// A run of ASCII digits.
    Digits,
    /// One character of any other kind.
    Mark,
}

/// A run of letters, a run of digits, or a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether it stands at the start of the text or after white space.
    pub spaced: bool,
}

/// The tokens of `text`, in reading order.
///
/// ```
/// use claimwatch::text::words::tokens;
///
/// let text = "F-16s cost $2.4m.";
/// let words: Vec<&str> = tokens(text).iter().map(|token| &text[token.start..token.end]).collect();
/// assert_eq!(words, ["F", "-", "16", "s", "cost", "$", "2", ".", "4", "m", "."]);
/// ```
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 5 + 4);
    let bytes = text.as_bytes();
    let mut spaced = true;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let (class, length) = class_at(text, at, byte);
        at += length;
        let kind = match class {
            Class::Space => {
                spaced = true;
                continue;
            }
            Class::Letter => {
                at = run_end(text, at, Class::Letter);
                TokenKind::Word
            }
            Class::Digit => {
                at = run_end(text, at, Class::Digit);
                TokenKind::Digits
            }
            Class::Mark => TokenKind::Mark,
        };
        tokens.push(Token {
            start,
            end: at,
            kind,
            spaced,
        });
        spaced = false;
    }
    tokens
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Letter,
    Digit,
    Mark,
}

/// The class of every ASCII character.
const ASCII: [Class; 128] = {
    let mut classes = [Class::Mark; 128];
    let mut byte: u8 = 0;
    while byte < 128 {
        let at = byte as usize;
        if byte.is_ascii_alphabetic() {
            classes[at] = Class::Letter;
        } else if byte.is_ascii_digit() {
            classes[at] = Class::Digit;
        } else if byte == b' ' || (byte >= 0x09 && byte <= 0x0d) {
            classes[at] = Class::Space;
        }
        byte += 1;
    }
    classes
};

fn run_end(text: &str, mut at: usize, wanted: Class) -> usize {
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        let (class, length) = class_at(text, at, byte);
        if class != wanted {
            break;
        }
        at += length;
    }
    at
}

/// The class and length in bytes of the character at `at`, which starts with `byte`.
fn class_at(text: &str, at: usize, byte: u8) -> (Class, usize) {
    if let Some(class) = ASCII.get(usize::from(byte)) {
        return (*class, 1);
    }
    text.get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or((Class::Mark, 1), |character| {
            (class_of(character), character.len_utf8())
        })
}

fn class_of(character: char) -> Class {
    match character {
        // The signs that stand for "degree" in careless typing count as letters in Unicode.
        'º' | 'ª' => Class::Mark,
        // Combining accents belong to their letter; soft hyphens and joiners are no break in a word.
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}' => Class::Letter,
        '\u{200b}' | '\u{2060}' | '\u{feff}' => Class::Space,
        _ if character.is_alphabetic() => Class::Letter,
        _ if character.is_whitespace() => Class::Space,
        _ => Class::Mark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        tokens(text)
            .iter()
            .map(|token| &text[token.start..token.end])
            .collect()
    }

    #[test]
    fn digits_and_letters_that_touch_are_apart() {
        assert_eq!(split("H5N1, 40km"), ["H", "5", "N", "1", ",", "40", "km"]);
    }

    #[test]
    fn a_no_break_space_separates_like_any_other() {
        let tokens = tokens("11\u{a0}500");

        assert_eq!(tokens.len(), 2);
        assert!(tokens[1].spaced);
    }

    #[test]
    fn accents_and_signs_keep_their_bytes() {
        assert_eq!(split("café −18°C"), ["café", "−", "18", "°", "C"]);
    }
}
