//! Pairs quotation marks by what stands around them.

use std::ops::Range;

use super::Quoted;

/// How many quotations may lie in one another; a text that opens more is no text.
const MOST_OPEN: usize = 8;

/// How far the end of a single-quoted text is looked for.
const SINGLE_QUOTE_BYTES: usize = 400;

/// What the paragraph after a text begins with, which decides what an unclosed mark means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::claims) enum Next {
    /// An opening mark: an unclosed quotation runs on.
    OpensWithMark,
    /// Anything else, or nothing.
    Ends,
}

impl Next {
    /// Looks at the start of the next paragraph.
    pub(in crate::claims) fn of(paragraph: Option<&str>) -> Self {
        let first = paragraph.and_then(|text| text.trim_start().chars().next());
        match first {
            Some('"' | '“' | '„' | '«' | '‘' | '\'' | '»' | '”' | '「') => {
                Self::OpensWithMark
            }
            _ => Self::Ends,
        }
    }
}

/// Every quotation of `text`, given what comes `next`.
pub(in crate::claims) fn read(text: &str, next: Next) -> Vec<Quoted> {
    let mut open: Vec<Open> = Vec::new();
    let mut found: Vec<Quoted> = Vec::new();
    let mut before = None;
    let mut skip_to = 0;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii() && !matches!(bytes[at], b'"' | b'\'' | b'`') {
            before = Some(bytes[at] as char);
            at += 1;
            continue;
        }
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        if at >= skip_to && is_mark(c) {
            let sign = Sign {
                text,
                at,
                before,
                mark: c,
            };
            skip_to = sign.width();
            judge(&sign, &mut open, &mut found);
        }
        before = Some(c);
        at += c.len_utf8();
    }
    if next == Next::OpensWithMark {
        run_on(text, &open, &mut found);
    }
    found.sort_by_key(|quoted| (quoted.outer.start, std::cmp::Reverse(quoted.outer.end)));
    found
}

/// An opening mark that waits for its partner.
#[derive(Clone, Copy)]
struct Open {
    mark: char,
    start: usize,
    inner: usize,
}

/// A quotation mark with its surroundings.
struct Sign<'a> {
    text: &'a str,
    at: usize,
    before: Option<char>,
    mark: char,
}

impl Sign<'_> {
    /// The byte behind the mark, both halves of a mark typed as two apostrophes or backticks included.
    fn width(&self) -> usize {
        let single = self.at + self.mark.len_utf8();
        let is_doubled = matches!(self.mark, '\'' | '`' | '‘' | '’' | '‚')
            && self.text[single..].starts_with(self.mark);
        if is_doubled {
            single + self.mark.len_utf8()
        } else {
            single
        }
    }

    fn is_doubled(&self) -> bool {
        self.width() > self.at + self.mark.len_utf8()
    }

    fn after(&self) -> Option<char> {
        self.text[self.width()..].chars().next()
    }

    /// Whether the mark stands where a quotation can begin: after a space or a bracket, before a word.
    fn may_open(&self) -> bool {
        let follows_gap = self.before.is_none_or(|c| {
            c.is_whitespace()
                || matches!(c, '(' | '[' | '{' | '-' | '–' | '—' | '/' | ':' | '¿' | '¡')
                || is_mark(c)
        });
        follows_gap && self.after().is_some_and(|c| !c.is_whitespace())
    }

    /// Whether the mark stands where a quotation can end: behind a word, before anything but a word.
    fn may_close(&self) -> bool {
        self.before.is_some_and(|c| !c.is_whitespace())
            && self.after().is_none_or(|c| !c.is_alphanumeric())
    }
}

/// Opens, closes or ignores one mark.
fn judge(sign: &Sign, open: &mut Vec<Open>, found: &mut Vec<Quoted>) {
    if closes(sign, open) {
        close(sign, open, found);
    } else if open.len() < MOST_OPEN && opens(sign, open) {
        open.push(Open {
            mark: normal(sign),
            start: sign.at,
            inner: sign.width(),
        });
    }
}

/// Whether `sign` closes one of the open quotations.
fn closes(sign: &Sign, open: &[Open]) -> bool {
    let Some(partner) = partner(sign, open) else {
        return false;
    };
    match normal(sign) {
        '\'' | '’' | '‘' => sign.may_close() && !is_plural_possessive(sign, partner),
        // A straight mark after a space and before a word opens the next quotation of a list.
        '"' => !(sign.may_open() && sign.before.is_some_and(char::is_whitespace)),
        _ => true,
    }
}

/// The open quotation that `sign` could close, innermost first.
fn partner<'a>(sign: &Sign, open: &'a [Open]) -> Option<&'a Open> {
    let mark = normal(sign);
    open.iter()
        .rev()
        .find(|candidate| is_pair(candidate.mark, mark))
}

fn is_pair(opening: char, closing: char) -> bool {
    match opening {
        '"' => matches!(closing, '"' | '”'),
        '“' => matches!(closing, '”' | '"'),
        '„' => matches!(closing, '“' | '”' | '"' | '„'),
        '”' => closing == '”',
        '‘' => matches!(closing, '’' | '\''),
        '\'' => matches!(closing, '\'' | '’'),
        '‚' => matches!(closing, '‘' | '’'),
        '«' => closing == '»',
        '»' => closing == '«',
        '‹' => closing == '›',
        '›' => closing == '‹',
        '「' => closing == '」',
        '『' => closing == '』',
        _ => false,
    }
}

/// Whether `sign` can open a quotation, given those already open.
fn opens(sign: &Sign, open: &[Open]) -> bool {
    let mark = normal(sign);
    let is_open = |mark: char| open.iter().any(|candidate| candidate.mark == mark);
    match mark {
        '“' | '„' | '«' | '‹' | '「' | '『' => sign.after().is_some(),
        '"' => sign.may_open() && !is_open('"'),
        '”' | '»' | '›' => sign.may_open() && !is_open(mark),
        '‘' | '‚' => sign.may_open() && !is_elision(sign),
        '\'' => sign.may_open() && !is_open('\'') && !is_elision(sign),
        _ => false,
    }
}

/// Closes the innermost partner of `sign` and forgets marks opened inside it that found none.
fn close(sign: &Sign, open: &mut Vec<Open>, found: &mut Vec<Quoted>) {
    let mark = normal(sign);
    let Some(index) = open
        .iter()
        .rposition(|candidate| is_pair(candidate.mark, mark))
    else {
        return;
    };
    let partner = open[index];
    open.truncate(index);
    if sign.text[partner.inner..sign.at].trim().is_empty() {
        return;
    }
    found.push(Quoted {
        outer: partner.start..sign.width(),
        inner: trimmed(sign.text, partner.inner..sign.at),
        depth: depth(open),
        runs_on: false,
    });
}

/// Ends the quotations still open with the text, for they are continued in the next paragraph.
fn run_on(text: &str, open: &[Open], found: &mut Vec<Quoted>) {
    let is_double = |open: &Open| !matches!(open.mark, '\'' | '’');
    let Some(index) = open.iter().rposition(is_double) else {
        return;
    };
    let inner = trimmed(text, open[index].inner..text.len());
    if !inner.is_empty() {
        found.push(Quoted {
            outer: open[index].start..text.len(),
            inner,
            depth: depth(&open[..index]),
            runs_on: true,
        });
    }
}

fn depth(open: &[Open]) -> u8 {
    u8::try_from(open.len()).unwrap_or(u8::MAX)
}

/// The mark under one sign for all its ways of being typed.
fn normal(sign: &Sign) -> char {
    match sign.mark {
        '`' | '‘' if sign.is_doubled() => '“',
        '\'' | '’' if sign.is_doubled() => '”',
        '‚' if sign.is_doubled() => '„',
        '`' | '‛' => '‘',
        '‟' => '“',
        '＂' => '"',
        mark => mark,
    }
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '`'
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
            | '＂'
    )
}

/// Whether the apostrophe stands for letters left out at the start of a word: "'90s", "'em".
fn is_elision(sign: &Sign) -> bool {
    let rest = &sign.text[sign.width()..];
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        return digits == 2 && !rest[digits..].starts_with(['.', ',', '%']);
    }
    let end = rest
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(rest.len());
    let word = &rest[..end];
    let is_short = [
        "em", "til", "tis", "twas", "n", "cause", "bout", "round", "s",
    ]
    .iter()
    .any(|elided| elided.eq_ignore_ascii_case(word));
    // "'n'" closes what it opens, and is an elision all the same.
    is_short && (word.eq_ignore_ascii_case("n") || !rest[end..].starts_with(['\'', '’']))
}

/// Whether the apostrophe belongs to a plural ("the workers' union") inside a single-quoted text that ends later.
fn is_plural_possessive(sign: &Sign, partner: &Open) -> bool {
    if !matches!(sign.before, Some('s' | 'S' | 'x' | 'z')) {
        return false;
    }
    let rest = &sign.text[sign.width()..];
    let mut words = rest.chars();
    let goes_on = words.next() == Some(' ') && words.next().is_some_and(char::is_lowercase);
    goes_on && closes_later(rest, partner.mark)
}

/// Whether a single mark that can only close comes before the next one that opens.
fn closes_later(rest: &str, opening: char) -> bool {
    let mut before = None;
    for (at, c) in rest
        .char_indices()
        .take_while(|(at, _)| *at < SINGLE_QUOTE_BYTES)
    {
        if matches!(c, '\'' | '’' | '‘') {
            let sign = Sign {
                text: rest,
                at,
                before,
                mark: c,
            };
            if sign.may_close() && is_pair(opening, c) {
                return true;
            }
            if sign.may_open() {
                return false;
            }
        }
        before = Some(c);
    }
    false
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = &text[range.clone()];
    let start = range.start + piece.len() - piece.trim_start().len();
    start..start + piece.trim().len()
}
