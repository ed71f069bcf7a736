//! Words of a page made safe, cut to length, and marked where they differ.
//!
//! What a page says is untrusted. [`clean`] is what keeps it from breaking out of a header, a terminal or a line of a
//! log; every text that enters an alert and every line that leaves a renderer has passed it.

use crate::compare::words::{self, Mark};

/// Sentences longer than this are cut before they are compared, so that a hostile page cannot make comparing slow.
const MAX_COMPARED_CHARS: usize = 4_000;

/// How much unchanged text is kept on each side of a change.
const CONTEXT_CHARS: usize = 220;

/// `text` on one line, without control characters, invisible direction overrides and other characters that only serve
/// to deceive.
///
/// ```
/// use claimwatch::alert::render::words::clean;
/// assert_eq!(clean(" a\r\nBcc: x\u{202e} \u{1b}[31mred "), "a Bcc: x [31mred");
/// ```
#[must_use]
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}') {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_deceptive(c) {
            out.push(c);
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

/// Control characters, direction overrides and isolates, invisible tags, and characters that are none.
fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{202A}'..='\u{202E}'
                | '\u{2066}'..='\u{206F}'
                | '\u{200B}'
                | '\u{FEFF}'
                | '\u{FFF0}'..='\u{FFFB}'
                | '\u{FFFE}'
                | '\u{FFFF}'
                | '\u{E0000}'..='\u{E0FFF}'
        )
}

/// The first `limit` characters of `text`, cut between words where that costs little, with an ellipsis where it is cut.
///
/// ```
/// use claimwatch::alert::render::words::cut;
/// assert_eq!(cut("a truce that holds", 12), "a truce…");
/// assert_eq!(cut("a truce", 12), "a truce");
/// ```
#[must_use]
pub fn cut(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let head: String = text.chars().take(limit.saturating_sub(1)).collect();
    let at_word = head
        .rfind(' ')
        .filter(|at| {
            head.get(..*at)
                .is_some_and(|text| text.chars().count() * 2 >= limit)
        })
        .and_then(|at| head.get(..at));
    let kept = at_word
        .unwrap_or(&head)
        .trim_end_matches([' ', ',', ';', ':', '–', '-', '(']);
    format!("{kept}…")
}

/// The last `limit` characters of `text`, likewise.
fn cut_front(text: &str, limit: usize) -> String {
    let count = text.chars().count();
    if count <= limit {
        return text.to_owned();
    }
    let tail: String = text.chars().skip(count - limit + 1).collect();
    let kept = tail
        .find(' ')
        .map_or(tail.as_str(), |at| tail.get(at..).unwrap_or(&tail));
    format!("…{}", kept.strip_prefix(' ').unwrap_or(kept))
}

/// One piece of two sentences held against each other: `=`, `-` or `+`, and its words.
pub type Piece = (String, String);

/// The words that differ between two sentences, runs of them together: `[-2.1 to 2.2-] {+2.5+}`.
///
/// ```
/// use claimwatch::alert::render::words::diff;
/// let pieces = diff("The toll is 2.1 to 2.2 million.", "The toll is 2.5 million.");
/// assert_eq!(pieces[1], ("-".to_owned(), "2.1 to 2.2".to_owned()));
/// assert_eq!(pieces[2], ("+".to_owned(), "2.5".to_owned()));
/// ```
#[must_use]
pub fn diff(old: &str, new: &str) -> Vec<Piece> {
    let old = cut(old, MAX_COMPARED_CHARS);
    let new = cut(new, MAX_COMPARED_CHARS);
    let marked = words::diff(&old, &new);
    if is_replacement(&marked) {
        // Marking the few words that two sentences happen to share only hides that one took the other's place.
        return pieces([Run::changed(&old, &new)]);
    }
    let mut runs: Vec<Run> = Vec::new();
    for (mark, text) in &marked {
        let (old, new) = match mark {
            Mark::Same => (text.as_str(), text.as_str()),
            Mark::Gone => (text.as_str(), ""),
            Mark::Come => ("", text.as_str()),
        };
        let same = *mark == Mark::Same;
        match runs.last_mut().filter(|run| run.same == same) {
            Some(run) => run.push(old, new),
            None => runs.push(Run {
                same,
                old: old.to_owned(),
                new: new.to_owned(),
            }),
        }
    }
    pieces(joined(runs))
}

/// Whether the two texts share so few of their words that one has taken the other's place: less than a third.
fn is_replacement(marked: &[(Mark, String)]) -> bool {
    let (mut shared, mut all) = (0, 0);
    for (mark, text) in marked {
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        let same = *mark == Mark::Same;
        shared += if same { 2 * letters } else { 0 };
        all += if same { 2 * letters } else { letters };
    }
    shared * 3 < all
}

/// A stretch of two texts that is the same in both, or differs.
struct Run {
    same: bool,
    old: String,
    new: String,
}

impl Run {
    fn changed(old: &str, new: &str) -> Self {
        Self {
            same: false,
            old: old.to_owned(),
            new: new.to_owned(),
        }
    }

    fn push(&mut self, old: &str, new: &str) {
        self.old.push_str(old);
        self.new.push_str(new);
    }

    /// Whether it holds nothing a reader would take for unchanged text: a space, a comma.
    fn is_slight(&self) -> bool {
        self.same && !self.old.chars().any(char::is_alphanumeric)
    }
}

/// Joins changes that only a space or a comma keeps apart.
fn joined(runs: Vec<Run>) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let mut runs = runs.into_iter().peekable();
    while let Some(run) = runs.next() {
        let between = run.is_slight()
            && out.last().is_some_and(|last| !last.same)
            && runs.peek().is_some_and(|next| !next.same);
        let goes_on = !run.same && out.last().is_some_and(|last| !last.same);
        match out.last_mut().filter(|_| between || goes_on) {
            Some(last) => last.push(&run.old, &run.new),
            None => out.push(run),
        }
    }
    out
}

/// The runs as pieces, with white space at the edges of a change given back to the text around it and long unchanged
/// stretches shortened.
fn pieces(runs: impl IntoIterator<Item = Run>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |sign: &str, text: &str| {
        if text.is_empty() {
            return;
        }
        match pieces.last_mut().filter(|(last, _)| last == sign) {
            Some((_, last)) => last.push_str(text),
            None => pieces.push((sign.to_owned(), text.to_owned())),
        }
    };
    for run in runs {
        if run.same {
            push("=", &run.old);
            continue;
        }
        let (before, old, new, after) = without_common_space(&run.old, &run.new);
        push("=", before);
        push("-", old);
        push("+", new);
        push("=", after);
    }
    shorten(&mut pieces);
    pieces
}

/// The white space that both sides begin with, the sides without it, and the white space that both end with.
fn without_common_space<'a>(old: &'a str, new: &'a str) -> (&'a str, &'a str, &'a str, &'a str) {
    let both = old.starts_with(' ') && new.starts_with(' ');
    let (before, old, new) = if both {
        (
            " ",
            old.get(1..).unwrap_or(old),
            new.get(1..).unwrap_or(new),
        )
    } else {
        ("", old, new)
    };
    match (old.strip_suffix(' '), new.strip_suffix(' ')) {
        (Some(old), Some(new)) => (before, old, new, " "),
        _ => (before, old, new, ""),
    }
}

/// Shortens the unchanged stretches to what shows the place, and changed ones to what a mail can hold.
fn shorten(pieces: &mut [Piece]) {
    let last = pieces.len().saturating_sub(1);
    for (index, (sign, text)) in pieces.iter_mut().enumerate() {
        if sign != "=" {
            *text = cut(text, crate::alert::MAX_SENTENCE_CHARS);
        } else if index == 0 && last > 0 {
            *text = cut_front(text, CONTEXT_CHARS);
        } else if index == last {
            *text = cut(text, CONTEXT_CHARS);
        } else if text.chars().count() > 2 * CONTEXT_CHARS {
            *text = format!(
                "{} {}",
                cut(text, CONTEXT_CHARS),
                cut_front(text, CONTEXT_CHARS)
            );
        }
    }
}

/// `text` in lines of at most `width` characters, each beginning with `indent`; a longer word has a line of its own.
///
/// ```
/// use claimwatch::alert::render::words::wrap;
/// assert_eq!(wrap("a truce that holds", "  ", 10), ["  a truce", "  that", "  holds"]);
/// ```
#[must_use]
pub fn wrap(text: &str, indent: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let size = word.chars().count();
        if let Some(line) = lines.last_mut().filter(|_| length + 1 + size <= width) {
            line.push(' ');
            line.push_str(word);
            length += 1 + size;
        } else {
            lines.push(format!("{indent}{word}"));
            length = indent.chars().count() + size;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(old: &str, new: &str) -> String {
        diff(old, new)
            .iter()
            .map(|(sign, text)| match sign.as_str() {
                "-" => format!("[-{text}-]"),
                "+" => format!("{{+{text}+}}"),
                _ => text.clone(),
            })
            .collect()
    }

    #[test]
    fn a_changed_range_is_marked_as_one_piece() {
        assert_eq!(
            marked(
                "The agency puts the number at 2.1 to 2.2 million.",
                "The agency puts the number at 2.5 million."
            ),
            "The agency puts the number at [-2.1 to 2.2-]{+2.5+} million."
        );
    }

    #[test]
    fn a_lost_not_is_marked_alone() {
        assert_eq!(
            marked("It was not trying to flee.", "It was trying to flee."),
            "It was [-not -]trying to flee."
        );
    }

    #[test]
    fn a_sentence_in_the_place_of_another_is_marked_whole() {
        let text = marked(
            "Talks end on Monday.",
            "Rain flooded 200 homes near the coast.",
        );

        assert_eq!(
            text,
            "[-Talks end on Monday.-]{+Rain flooded 200 homes near the coast.+}"
        );
    }

    #[test]
    fn long_unchanged_text_around_a_change_is_shortened() {
        let filler = "and the river rose again ".repeat(40);
        let pieces = diff(&format!("{filler}12 homes"), &format!("{filler}14 homes"));

        assert!(pieces[0].1.starts_with('…'), "{pieces:?}");
        assert!(pieces[0].1.chars().count() <= CONTEXT_CHARS);
        assert_eq!(pieces[1].1, "12");
    }

    #[test]
    fn nothing_invisible_is_left() {
        let text = clean("\u{feff}a\u{0}b\u{85}c\u{2067}d\u{9b}e\u{e0041}f\u{2028}g");

        assert_eq!(text, "ab cdef g");
    }
}
