//! Text for terminals: aligned columns, and page text made harmless.

use std::io::{self, Write};

use jiff::{SignedDuration, Timestamp};

/// `text` on one line without control characters, so that a page cannot move the cursor or colour the screen.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if is_harmful(c) { ' ' } else { c })
        .collect()
}

/// As [`plain`], but line breaks stay.
pub(super) fn plain_lines(text: &str) -> String {
    text.chars()
        .map(|c| if c != '\n' && is_harmful(c) { ' ' } else { c })
        .collect()
}

/// Control characters, and the marks that turn the direction of what follows.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}

/// Writes `rows` with every column as wide as its widest cell; the last one is not padded.
pub(super) fn write(out: &mut dyn Write, indent: &str, rows: &[Vec<String>]) -> io::Result<()> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for row in rows {
        let mut line = String::from(indent);
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(&plain(cell));
            line.extend(std::iter::repeat_n(
                ' ',
                width.saturating_sub(cell.chars().count()) + 2,
            ));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// An instant to the minute, in UTC.
pub(super) fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

/// How long ago something was, or "never".
pub(super) fn ago(at: Option<Timestamp>, now: Timestamp) -> String {
    at.map_or_else(
        || "never".to_owned(),
        |at| format!("{} ago", span(now.duration_since(at))),
    )
}

/// How far off something is, or "now".
pub(super) fn until(at: Timestamp, now: Timestamp) -> String {
    let wait = at.duration_since(now);
    if wait.is_positive() {
        format!("in {}", span(wait))
    } else {
        "now".to_owned()
    }
}

/// A duration in its largest unit.
fn span(duration: SignedDuration) -> String {
    let seconds = duration.as_secs().max(0);
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = vec![
            vec!["a".into(), "bb".into()],
            vec!["ccc".into(), "d".into()],
        ];
        let mut out = Vec::new();

        write(&mut out, "  ", &rows).unwrap();

        assert_eq!(String::from_utf8(out).unwrap(), "  a    bb\n  ccc  d\n");
    }

    #[test]
    fn a_page_cannot_send_terminal_codes() {
        assert_eq!(plain("a\u{1b}[31mred\u{202e}\n"), "a [31mred  ");
    }
}
