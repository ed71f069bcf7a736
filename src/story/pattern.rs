//! The patterns by which lines of text are recognised, and the plain form of a line they are held against.

use aho_corasick::AhoCorasick;
use regex::Regex;

/// A pattern that is written in the source, with white space for the reader, to be held against [`plain`] text.
///
/// `\b` and `\d` mean ASCII: with their Unicode forms the engine falls back to its slow path on every text that is not
/// plain English, and building the patterns takes ten times as long.
#[allow(clippy::expect_used)]
pub(super) fn pattern(text: &str) -> Regex {
    let text = text.replace(r"\b", r"(?-u:\b)").replace(r"\d", "[0-9]");
    Regex::new(&format!("(?x){text}")).expect("the patterns are written in the source and tested")
}

/// A set of words one of which must occur before a pattern is tried at all.
#[allow(clippy::expect_used)]
pub(super) fn cues(words: &[&str]) -> AhoCorasick {
    AhoCorasick::new(words).expect("a few short words always fit")
}

/// As [`cues`], for text that is not lowered: capitals of the Latin alphabet are taken for small letters.
#[allow(clippy::expect_used)]
pub(super) fn hints(words: &[&str]) -> AhoCorasick {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(words)
        .expect("a few short words always fit")
}

/// A line in small letters, without what is neither letter nor digit at its ends, and with straight apostrophes.
pub(super) fn plain(line: &str) -> String {
    let core = line
        .trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '©' && letter != '@');
    let mut plain = String::with_capacity(core.len());
    for letter in core.chars() {
        match letter {
            '’' => plain.push('\''),
            _ if letter.is_ascii() => plain.push(letter.to_ascii_lowercase()),
            _ => plain.extend(letter.to_lowercase()),
        }
    }
    plain
}
