//! The patterns by which lines of text are recognised.

use aho_corasick::AhoCorasick;
use regex::Regex;

/// A pattern that is written in the source, free of letter case and with white space for the reader.
///
/// `\b` is taken between ASCII letters: with Unicode boundaries the engine falls back to its slow path on every text that
/// is not plain English, and none of the patterns needs them.
#[allow(clippy::expect_used)]
pub(super) fn pattern(text: &str) -> Regex {
    let text = text.replace(r"\b", r"(?-u:\b)");
    Regex::new(&format!("(?ix){text}")).expect("the patterns are written in the source and tested")
}

/// A set of words one of which must occur before a pattern is tried at all.
#[allow(clippy::expect_used)]
pub(super) fn cues(words: &[&str]) -> AhoCorasick {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(words)
        .expect("a few short words always fit")
}
