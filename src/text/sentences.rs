//! Splits a text into sentences.
//!
//! A sentence may end where the Unicode rules for sentence breaks (UAX 29) see an end, and before a number or a capital
//! after an ellipsis, which they miss. Most of those places are no ends in a newspaper: titles, initials, clock times,
//! company forms, datelines, a quotation followed by who says it. So every place is judged by the words around it. The one
//! rule: every byte that is not white space lies in exactly one sentence.

use std::ops::Range;

use super::Language;
use marks::{
    is_closing, is_dash, is_ideographic, is_line_break, is_opening, is_terminator, is_word_char,
    may_start_an_end,
};
use words::{Abbreviation, Words};

mod marks;
mod words;

/// The sentences of `text` as byte ranges, trimmed, in order.
///
/// A line break always ends a sentence; a headline without a full stop is one.
///
/// ```
/// # use claimwatch::text::{Language, sentences};
/// let text = "Gov. Ines Holt spoke at 9 a.m. in St. Louis. \"Why now?\" Holt asked. No. 5 was empty.";
///
/// let ranges = sentences::ranges(text, &Language::new("en"));
///
/// let sentences: Vec<&str> = ranges.into_iter().map(|range| &text[range]).collect();
/// assert_eq!(sentences, ["Gov. Ines Holt spoke at 9 a.m. in St. Louis.", "\"Why now?\" Holt asked.", "No. 5 was empty."]);
/// ```
#[must_use]
pub fn ranges(text: &str, language: &Language) -> Vec<Range<usize>> {
    let words = Words::of(language.as_str());
    let mut sentences = Vec::with_capacity(text.len() / 100 + 1);
    let mut start = 0;
    let mut at = 0;
    while let Some(end) = next_end(text, at, words) {
        let before = &text[start..end.before];
        if end.is_hard || ends_sentence(before, &text[end.after..], words) {
            push_trimmed(&mut sentences, text, start..end.before);
            start = end.after;
        }
        at = end.after;
    }
    push_trimmed(&mut sentences, text, start..text.len());
    sentences
}

/// A place where a sentence may end: the byte after its closing marks, and the first byte of what follows.
struct End {
    before: usize,
    after: usize,
    /// A line break or an ideographic full stop, which leave no doubt.
    is_hard: bool,
}

/// The next possible end of a sentence at or after byte `from`.
fn next_end(text: &str, from: usize, words: &Words) -> Option<End> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        if !may_start_an_end(bytes[at]) {
            at += 1;
            continue;
        }
        let c = text[at..].chars().next()?;
        let next = at + c.len_utf8();
        if is_line_break(c) {
            let after = skip(text, next, char::is_whitespace);
            return Some(End {
                before: at,
                after,
                is_hard: true,
            });
        }
        if is_terminator(c) {
            if let Some(end) = end_after_terminator(text, next, c, words) {
                return Some(end);
            }
            at = skip(text, next, is_terminator);
        } else {
            at = next;
        }
    }
    None
}

/// The end that a terminator allows: its run, the closing marks behind it and the white space that must follow.
fn end_after_terminator(text: &str, next: usize, terminator: char, words: &Words) -> Option<End> {
    let mut before = skip(text, next, |c| is_terminator(c) || is_closing(c));
    if is_ideographic(terminator) {
        let after = skip(text, before, char::is_whitespace);
        return Some(End {
            before,
            after,
            is_hard: true,
        });
    }
    let mut after = skip(text, before, char::is_whitespace);
    // French sets a space inside its guillemets, so that the closing one looks like the start of what follows.
    if after > before && text[after..].starts_with(['»', '›']) {
        before = skip(text, after, is_closing);
        after = skip(text, before, char::is_whitespace);
    }
    if after == text.len() || after == before && !is_glued(&text[..before], &text[after..], words) {
        return None;
    }
    let is_hard = text[before..after].contains(is_line_break);
    Some(End {
        before,
        after,
        is_hard,
    })
}

/// Whether a page lost the space between two sentences, as in "It rained.The road is closed".
fn is_glued(before: &str, after: &str, words: &Words) -> bool {
    let stem = before.trim_end_matches(|c| is_terminator(c) || is_closing(c));
    let next = first_word(after);
    stem.ends_with(char::is_lowercase)
        && next.starts_with(char::is_uppercase)
        && words.is_opener(next)
        && after[next.len()..].starts_with(' ')
}

/// Whether `before`, a sentence so far, ends here, given what comes `after` it.
fn ends_sentence(before: &str, after: &str, words: &Words) -> bool {
    let open = after.trim_start_matches(is_opening);
    let Some(first) = open.chars().next() else {
        return false;
    };
    let bare = before.trim_start().trim_end_matches(is_closing);
    if bare.len() < LONGEST_ORNAMENT_BYTES && !bare.chars().any(char::is_alphanumeric) {
        return false;
    }
    if continues(before, after, open, first) {
        return false;
    }
    let closed = bare.len() < before.len();
    if closed && is_said_clause(bare, open) {
        return false;
    }
    let stem = bare.trim_end_matches(is_terminator);
    match bare[stem.len()..].trim_end_matches(['.', '…']) {
        "" if bare[stem.len()..] == *"." => full_stop_ends(stem, open, closed, words),
        "" => stem.split_whitespace().nth(1).is_some(),
        "!" => !is_exclaimed_name(stem, open, words),
        _ => true,
    }
}

/// A longer run of marks without a word is cut up rather than searched through again at every mark.
const LONGEST_ORNAMENT_BYTES: usize = 200;

/// Whether the text after a possible end plainly goes on: lower case, a comma, a dash before lower case, a dateline.
fn continues(before: &str, after: &str, open: &str, first: char) -> bool {
    if first.is_lowercase() {
        // "iPhone" and "eBay" can open a sentence.
        return !open.chars().nth(1).is_some_and(char::is_uppercase);
    }
    if matches!(first, ',' | ';' | ':' | ')' | ']') {
        return true;
    }
    if is_dash(first) {
        let beyond = open.trim_start_matches(|c: char| is_dash(c) || c.is_whitespace());
        let is_dateline = before.split_whitespace().nth(4).is_none();
        return is_dateline || beyond.starts_with(char::is_lowercase);
    }
    after.starts_with('(') && is_agency_and_dash(after)
}

/// Whether `after` opens with an agency and a dash: "(Reuters) - ", which closes a dateline.
fn is_agency_and_dash(after: &str) -> bool {
    let Some((agency, beyond)) = after[1..].split_once(')') else {
        return false;
    };
    agency.len() <= 40 && beyond.trim_start().starts_with(is_dash)
}

/// Whether a single full stop behind `stem` ends the sentence.
fn full_stop_ends(stem: &str, open: &str, closed: bool, words: &Words) -> bool {
    let last = last_word(stem);
    let next = first_word(open);
    if stem.trim_start() == last && is_numbering(last) {
        return false;
    }
    if last.is_empty() || closed && !is_initialism(last) {
        return true;
    }
    if words.ordinals && is_small_number(last) && open.starts_with(char::is_alphabetic) {
        return words.is_opener(next);
    }
    if is_clock(last) {
        return clock_ends(stem, open, next);
    }
    if is_initial(last) {
        return words.is_opener(next) || follows_lettered_noun(stem, last);
    }
    if let Some(abbreviation) = words.abbreviation(last) {
        return abbreviation_ends(abbreviation, stem, last, open, words);
    }
    true
}

/// Whether a sentence ends at an abbreviation, going by what follows it.
fn abbreviation_ends(
    abbreviation: Abbreviation,
    stem: &str,
    last: &str,
    open: &str,
    words: &Words,
) -> bool {
    let next = first_word(open);
    let before_digit = open.starts_with(|c: char| c.is_ascii_digit());
    match abbreviation {
        Abbreviation::Title | Abbreviation::Always => false,
        Abbreviation::BeforeNumber => !before_digit,
        Abbreviation::Calendar => {
            !before_digit && words.abbreviation(next) != Some(Abbreviation::Calendar)
        }
        Abbreviation::Company => {
            words.abbreviation(next) != Some(Abbreviation::Company) && !lists(words::OFFICES, next)
        }
        Abbreviation::BeforeName => {
            let is_measure = last_word(stem[..stem.len() - last.len()].trim_end())
                .ends_with(|c: char| c.is_ascii_digit());
            words.is_opener(next) || is_measure && !last.contains('.') || before_digit
        }
    }
}

/// Whether a sentence ends at "a.m." or "p.m.": not before a time zone or day, and not where only a time was said so far.
fn clock_ends(stem: &str, open: &str, next: &str) -> bool {
    if lists(words::AFTER_CLOCK, next) {
        return false;
    }
    let second = open[next.len()..]
        .split_whitespace()
        .next()
        .unwrap_or_default();
    if matches!(first_word(second), "time" | "Time") {
        return false;
    }
    let opener = first_word(stem.trim_start());
    let is_only_a_time = lists(words::TIME_OPENERS, opener)
        && stem.split_whitespace().nth(5).is_none()
        && !stem.contains(',');
    !is_only_a_time
}

/// Whether a quotation that ends in `bare` is followed by who says it: `"Why now?" Kuleba asked.`
fn is_said_clause(bare: &str, open: &str) -> bool {
    let mut rest = open;
    for names in 0..5 {
        let word = first_word(rest);
        if word.is_empty() {
            return false;
        }
        let beyond = rest[word.len()..].trim_start_matches([' ', '\u{a0}']);
        if names > 0 && words::SAID.contains(&word) {
            let ends = beyond.is_empty() || beyond.starts_with(['.', ',', ';', ':']);
            let asked = bare.ends_with(['?', '!']);
            return ends || asked && words::AFTER_SAID.contains(&first_word(beyond));
        }
        if !word.starts_with(char::is_uppercase) {
            return false;
        }
        rest = beyond;
    }
    false
}

/// Whether an exclamation mark belongs to a name: "Yahoo! Finance".
fn is_exclaimed_name(stem: &str, open: &str, words: &Words) -> bool {
    let last = last_word(stem);
    last.starts_with(char::is_uppercase)
        && lists(words::EXCLAIMED_NAMES, last)
        && !words.is_opener(first_word(open))
}

/// Whether the word before a single letter makes it a label, not an initial: "vitamin C".
fn follows_lettered_noun(stem: &str, letter: &str) -> bool {
    lists(
        words::LETTERED,
        last_word(stem[..stem.len() - letter.len()].trim_end()),
    )
}

/// The word at the end of `stem`, inner full stops and hyphens included.
fn last_word(stem: &str) -> &str {
    let start = stem
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_word_char(*c) || matches!(c, '.' | '/' | '№'))
        .last()
        .map_or(stem.len(), |(at, _)| at);
    &stem[start..]
}

/// The word at the start of `text`.
fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !is_word_char(c)).unwrap_or(text.len());
    &text[..end]
}

fn lists(list: &[&str], word: &str) -> bool {
    list.iter().any(|entry| entry.eq_ignore_ascii_case(word))
}

/// "1", "12", "IV", "a": what numbers an item of a list.
fn is_numbering(word: &str) -> bool {
    let is_roman = word.len() <= 4 && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    word.len() <= 4 && (word.bytes().all(|b| b.is_ascii_digit()) || is_roman)
        || word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic())
}

fn is_small_number(word: &str) -> bool {
    word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit())
}

/// "J", "J.K": letters that stand for names.
fn is_initial(word: &str) -> bool {
    let last = word.rsplit(['.', '-']).next().unwrap_or_default();
    let mut chars = last.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

fn is_initialism(word: &str) -> bool {
    word.contains('.') || is_initial(word)
}

fn is_clock(word: &str) -> bool {
    let tail = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_joined = tail.len() < word.len();
    lists(&["a.m", "p.m"], tail) || is_joined && lists(&["am", "pm"], tail)
}

/// The first byte at or after `from` whose character does not satisfy `is_passed`.
fn skip(text: &str, from: usize, is_passed: impl Fn(char) -> bool) -> usize {
    text[from..]
        .find(|c| !is_passed(c))
        .map_or(text.len(), |at| from + at)
}

/// No writer's sentence is longer: a text without full stops is cut up between words, so that the work it makes stays in
/// proportion to its length.
const LONGEST_SENTENCE_BYTES: usize = 4_096;

/// Adds a sentence without the white space around it, in pieces if it is longer than any sentence is.
fn push_trimmed(sentences: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let mut start = range.start;
    while start < range.end {
        let rest = &text[start..range.end];
        let piece = &rest[..piece_length(rest)];
        let trimmed = piece.trim();
        if !trimmed.is_empty() {
            let first = start + (piece.len() - piece.trim_start().len());
            sentences.push(first..first + trimmed.len());
        }
        start += piece.len();
    }
}

/// How many bytes of `text` one sentence takes: all, or as many whole words as the longest sentence holds.
fn piece_length(text: &str) -> usize {
    if text.len() <= LONGEST_SENTENCE_BYTES {
        return text.len();
    }
    let mut limit = LONGEST_SENTENCE_BYTES;
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    match text[..limit].rfind(char::is_whitespace) {
        Some(0) | None => limit,
        Some(space) => space,
    }
}

#[cfg(test)]
mod tests;
