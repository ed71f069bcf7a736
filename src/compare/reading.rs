//! A version of a story cut into the sentences that are compared.
//!
//! Cutting is cheap and done for the whole text; words and figures are read later and only where the versions differ.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::story::{Place, Role, Span, Story};
use crate::text::Language;

/// One sentence of a version.
#[derive(Debug, Clone)]
pub(super) struct Sentence<'a> {
    /// Where it stands.
    pub span: Span,
    /// Its words.
    pub text: &'a str,
    /// What is left when letter case, punctuation and quote style are taken away: equal for sentences that read the same.
    pub key: String,
    /// What sort of block it stands in.
    pub role: Role,
    /// Whether it is the first sentence of the running text.
    pub lead: bool,
}

/// The paragraphs that both versions have letter for letter; nothing in them needs to be read.
pub(super) fn shared<'a>(old: &'a Story, new: &Story) -> HashSet<&'a str> {
    let known: HashSet<&str> = new
        .paragraphs
        .iter()
        .map(|paragraph| paragraph.text.as_str())
        .collect();
    old.paragraphs
        .iter()
        .map(|paragraph| paragraph.text.as_str())
        .filter(|text| known.contains(text))
        .collect()
}

/// Cuts the running text of a story into sentences: headline and furniture are left out, and a paragraph that both versions
/// have stays in one piece.
pub(super) fn sentences<'a>(story: &'a Story, shared: &HashSet<&str>) -> Vec<Sentence<'a>> {
    let mut found = Vec::new();
    let standfirst = story
        .standfirst
        .as_deref()
        .map(|text| (Place::Standfirst, Role::Body, text));
    let paragraphs = (0u32..)
        .zip(&story.paragraphs)
        .map(|(index, p)| (Place::Paragraph(index), p.role, p.text.as_str()));
    let mut lead = true;
    // A text of nothing but furniture is no text without any: then it is all there is to compare.
    let all_furniture = story
        .paragraphs
        .iter()
        .all(|paragraph| super::furniture::is_furniture(&paragraph.text));
    for (place, role, text) in standfirst.into_iter().chain(paragraphs) {
        let first = lead && role == Role::Body && place != Place::Standfirst;
        if shared.contains(text) && !text.is_empty() {
            found.push(Sentence {
                span: span(place, 0, text.len()),
                text,
                key: text.to_owned(),
                role,
                lead: first,
            });
            lead &= !first;
            continue;
        }
        if role == Role::Correction
            || (!all_furniture && super::furniture::is_furniture(text))
            || super::corrections::is_notice(text)
            || super::headline::is_byline(text)
        {
            continue;
        }
        let stamp = stamp(text).max(super::headline::dateline_length(text));
        for range in cut(text, &story.language) {
            let range = range.start.max(stamp)..range.end.max(stamp);
            let Some(words) = text.get(range.clone()) else {
                continue;
            };
            let key = key(words);
            if key.is_empty() {
                continue;
            }
            found.push(Sentence {
                span: span(place, range.start, range.end),
                text: words,
                key,
                role,
                lead: lead && first,
            });
            lead &= !first;
        }
    }
    found
}

/// The length of the hour that labels an entry of a live blog: "19:24 - ", "7.24pm ".
fn stamp(text: &str) -> usize {
    static STAMP: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^\d{1,2}[:.h]\d{2}(?:\s?(?:[ap]\.?m\.?|Uhr|h|ч))?(?:\s(?:GMT|BST|CET|CEST|ET|EST|EDT|UTC))?(?:\s*[-–—:|]\s+|\s+)")
            .ok()
    });
    STAMP
        .as_ref()
        .and_then(|stamp| stamp.find(text))
        .map_or(0, |found| found.end())
}

/// The sentence that a headline is.
pub(super) fn headline(story: &Story) -> Sentence<'_> {
    Sentence {
        span: span(Place::Headline, 0, story.headline.len()),
        text: &story.headline,
        key: key(&story.headline),
        role: Role::Subheading,
        lead: false,
    }
}

/// A span of bytes; a text of four gigabytes or more ends at its largest number.
pub(super) fn span(place: Place, start: usize, end: usize) -> Span {
    let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span {
        place,
        start: clamp(start),
        end: clamp(end),
    }
}

fn cut(text: &str, language: &Language) -> Vec<std::ops::Range<usize>> {
    crate::text::sentences::ranges(text, language)
}

/// What a reader would call the same sentence, whatever its typography.
///
/// Quotation marks stay, as one sort of mark: a claim that loses them is a change. An apostrophe goes.
pub(super) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut before = None;
    let mut open = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let after = letters.peek().copied();
        match letter {
            'a'..='z' | '0'..='9' => key.push(letter),
            'A'..='Z' => key.push(letter.to_ascii_lowercase()),
            ' ' => blank(&mut key),
            _ if letter.is_alphanumeric() => key.extend(letter.to_lowercase()),
            '%' | '€' | '$' | '£' | '¥' | '+' | '°' => key.push(letter),
            '.' | ',' | ':' if digit(before) && digit(after) => key.push(letter),
            '-' | '\u{2212}' if !alphanumeric(before) && digit(after) && before.is_some() => {
                key.push('-');
            }
            '\'' | '’' | '‘' | '‚' if alphanumeric(before) && (alphanumeric(after) || !open) =>
                {}
            '"' | '“' | '”' | '„' | '«' | '»' | '\'' | '’' | '‘' | '‚' => {
                open = !open;
                blank(&mut key);
                key.push('"');
                key.push(' ');
            }
            '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
            _ => blank(&mut key),
        }
        before = Some(letter);
    }
    key.truncate(key.trim_end().len());
    key
}

fn blank(key: &mut String) {
    if !key.is_empty() && !key.ends_with(' ') {
        key.push(' ');
    }
}

fn digit(letter: Option<char>) -> bool {
    letter.is_some_and(|letter| letter.is_ascii_digit())
}

fn alphanumeric(letter: Option<char>) -> bool {
    letter.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_does_not_make_another_sentence() {
        assert_eq!(
            key("“We’ve found it” – and more…"),
            key("\"We've found it\" - and more...")
        );
        assert_eq!(key("Bus drivers' strike"), key("Bus drivers’ strike"));
    }

    #[test]
    fn quotation_marks_taken_off_make_another_sentence() {
        assert_ne!(
            key("Army 'accidentally' bombs town"),
            key("Army accidentally bombs town")
        );
    }
}
