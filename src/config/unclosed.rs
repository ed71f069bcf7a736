//! Finds the quote or bracket that was opened and not closed, or the colon without a space, in a text that is no YAML.
//!
//! A YAML parser notices such a slip only where the text stops making sense, often many lines further down. In a
//! configuration no quoted text runs over a line, and no key begins inside an open bracket: that is enough to find the slip.

use super::mistakes::{Place, Wrong};

/// Where the slip is, looking from the top down to line `last`.
pub(super) fn slip(text: &str, last: u64) -> Option<(Place, Wrong)> {
    let mut open: Vec<Opening> = Vec::new();
    for (number, line) in (1..=last).zip(text.lines()) {
        if let Some(bracket) = open.last()
            && is_key(line)
            && (bracket.sign == "[" || indent(line) <= bracket.indent)
        {
            let what = format!("the {} that opens here is not closed", bracket.sign);
            return Some((bracket.place, Wrong::new(what, "close it on its line")));
        }
        if let Some(found) = unclosed_quote(line, number, &mut open) {
            return Some(found);
        }
    }
    // A key without its space runs into the lines below it; only the lines just above the place can be meant.
    let mut near = (1..=last)
        .zip(text.lines())
        .skip(usize::try_from(last.saturating_sub(4)).ok()?);
    near.find_map(|(number, line)| colon_without_space(line, number))
}

/// A bracket that was opened.
struct Opening {
    sign: &'static str,
    place: Place,
    indent: usize,
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Whether a line begins with a key.
fn is_key(line: &str) -> bool {
    let Some((key, rest)) = line.split_once(':') else {
        return false;
    };
    let key = key.trim_start_matches([' ', '-']);
    (rest.is_empty() || rest.starts_with(' '))
        && !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || "_-.".contains(c))
}

/// Walks over one line; notes its brackets, and answers with a quote that stays open.
fn unclosed_quote(line: &str, number: u64, open: &mut Vec<Opening>) -> Option<(Place, Wrong)> {
    let mut letters = (1..).zip(line.chars()).peekable();
    // Quotes and brackets mean something where a value may begin.
    let mut at_start = true;
    let mut before = ' ';
    while let Some((column, letter)) = letters.next() {
        let place = Place {
            line: number,
            column,
        };
        match letter {
            '#' if before == ' ' => return None,
            '"' | '\'' if at_start => {
                if !closes(letter, &mut letters) {
                    let wrong = Wrong::new(
                        "the quote that opens here is not closed",
                        "close it on its line",
                    );
                    return Some((place, wrong));
                }
                at_start = false;
            }
            '[' | '{' if at_start || !open.is_empty() => open.push(Opening {
                sign: if letter == '[' { "[" } else { "{" },
                place,
                indent: indent(line),
            }),
            ']' | '}' => {
                open.pop();
                at_start = false;
            }
            ',' => at_start = !open.is_empty(),
            ' ' => at_start = at_start || matches!(before, ':' | '-'),
            '-' => {}
            _ => at_start = false,
        }
        before = letter;
    }
    None
}

/// Walks to the end of a quoted text; `false` where the line ends first.
fn closes(
    quote: char,
    letters: &mut std::iter::Peekable<impl Iterator<Item = (u64, char)>>,
) -> bool {
    while let Some((_, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        match (quote, letter) {
            ('"', '\\') => {
                letters.next();
            }
            ('\'', '\'') if next == Some('\'') => {
                letters.next();
            }
            (quote, letter) if quote == letter => return true,
            _ => {}
        }
    }
    false
}

fn colon_without_space(line: &str, number: u64) -> Option<(Place, Wrong)> {
    let (key, rest) = line.split_once(':')?;
    let word = key.trim_start_matches([' ', '-']);
    let is_slip = !word.is_empty()
        && word.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        && !rest.starts_with(' ')
        && !rest.starts_with("//")
        && !rest.is_empty();
    let place = Place {
        line: number,
        column: key.chars().count() as u64 + 1,
    };
    is_slip.then(|| {
        let wrong = Wrong::new(
            "there is no space after this colon",
            "write one: `key: value`",
        );
        (place, wrong)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, last: u64) -> Option<(u64, u64)> {
        slip(text, last).map(|(place, _)| (place.line, place.column))
    }

    #[test]
    fn a_quote_that_stays_open_is_found_where_it_opens() {
        assert_eq!(found("a: 1\nb: \"x\nc: \"y\"\n", 3), Some((2, 4)));
        assert_eq!(found("a: ['x', 'y]\nb: 1\n", 2), Some((1, 10)));
    }

    #[test]
    fn a_bracket_that_stays_open_is_found_where_it_opens() {
        assert_eq!(found("a: [x, y\nb: 1\n", 2), Some((1, 4)));
        assert_eq!(found("a: [\n  b: 1\n", 2), Some((1, 4)));
        assert_eq!(found("a:\n  b: {c: 1\n  d: 2\n", 3), Some((2, 6)));
    }

    #[test]
    fn a_key_without_a_space_is_found() {
        assert_eq!(found("a:\n  b:1\n  # note\n  c: 2\n", 4), Some((2, 4)));
    }

    #[test]
    fn what_is_closed_or_only_looks_like_an_opening_is_left_alone() {
        let text = "a: \"x\" # it's\nb: don't [do] this\nc: 'it''s'\nd: [1,\n  2]\ne: \"a \\\" b\"\nf: http://x\n";

        assert_eq!(found(text, 8), None);
    }
}
