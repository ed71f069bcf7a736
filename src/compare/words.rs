//! Two versions of a sentence word by word, for people: what went, what came, what stayed.

use similar::{Algorithm, DiffTag, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// What became of a stretch of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// In both versions.
    Same,
    /// Only in the old one.
    Gone,
    /// Only in the new one.
    Come,
}

/// The words of both versions in one line, old before new where they differ.
///
/// A figure is one word ("2.1", "12,500", "62-mile"), so that a reader sees numbers and not digits change.
///
/// ```
/// # use claimwatch::compare::words::{Mark, diff};
/// let marked = diff("At least 41 died.", "At least 63 died.");
/// assert_eq!(marked[1], (Mark::Gone, "41".to_owned()));
/// assert_eq!(marked[2], (Mark::Come, "63".to_owned()));
/// ```
#[must_use]
pub fn diff(old: &str, new: &str) -> Vec<(Mark, String)> {
    let (olds, news) = (words(old), words(new));
    let keys = |words: &[&str]| {
        words
            .iter()
            .map(|word| super::reading::key(word))
            .collect::<Vec<_>>()
    };
    let (old_keys, new_keys) = (keys(&olds), keys(&news));
    let mut marked: Vec<(Mark, String)> = Vec::new();
    for operation in capture_diff_slices(Algorithm::Patience, &old_keys, &new_keys) {
        let (tag, was, is) = operation.as_tag_tuple();
        match tag {
            DiffTag::Equal => push(&mut marked, Mark::Same, &news[is]),
            DiffTag::Delete => push(&mut marked, Mark::Gone, &olds[was]),
            DiffTag::Insert => push(&mut marked, Mark::Come, &news[is]),
            DiffTag::Replace => {
                push(&mut marked, Mark::Gone, &olds[was]);
                push(&mut marked, Mark::Come, &news[is]);
            }
        }
    }
    marked
}

fn push(marked: &mut Vec<(Mark, String)>, mark: Mark, words: &[&str]) {
    match marked.last_mut() {
        Some((last, text)) if *last == mark => {
            text.push_str(&words.concat());
        }
        _ => marked.push((mark, words.concat())),
    }
}

/// Words with the marks and blanks around them as pieces of their own; nothing of the text is lost.
fn words(text: &str) -> Vec<&str> {
    let mut pieces: Vec<&str> = Vec::new();
    let mut start = 0;
    let mut glue = false;
    for (at, piece) in text.split_word_bound_indices() {
        let is_word = piece.chars().any(char::is_alphanumeric);
        // "62-mile" and "12.5%" stay one piece: a hyphen between words, a sign after a number.
        let joins = matches!(piece, "-" | "%" | "€" | "$" | "£") && at > start;
        let goes_on = joins || (glue && is_word);
        if !goes_on && at > start {
            if let Some(last) = text.get(start..at) {
                pieces.push(last);
            }
            start = at;
        }
        glue = matches!(piece, "-" | "€" | "$" | "£") && is_joined(text, at);
    }
    if let Some(last) = text.get(start..)
        && !last.is_empty()
    {
        pieces.push(last);
    }
    pieces
}

fn is_joined(text: &str, at: usize) -> bool {
    let after = text.get(at..).and_then(|rest| rest.chars().nth(1));
    after.is_some_and(char::is_alphanumeric)
}
