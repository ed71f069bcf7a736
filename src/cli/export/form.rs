//! Rows as CSV (RFC 4180) or as JSON lines: the same names, the same order, the same rows.
//!
//! Numbers keep every digit they are stored with. Text that a spreadsheet would run as a formula is guarded in CSV, as a page
//! that is watched decides on that text; in JSON every text is what it is.

use std::io::Write;

use anyhow::Context;
use jiff::Timestamp;

use crate::claims::Decimal;

const WRITING: &str = "cannot write the rows";

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Comma-separated, with a line of names first, for spreadsheets
    Csv,
    /// One JSON object on each line
    #[value(alias = "json", alias = "ndjson")]
    Jsonl,
}

/// A value of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Nothing,
    Text(String),
    Number(Decimal),
    Count(u64),
    Time(Timestamp),
    Truth(bool),
    /// Several texts; in CSV one after the other, between semicolons.
    List(Vec<String>),
}

/// Writes rows under the names of their columns.
pub(super) struct Rows<'a> {
    out: &'a mut dyn Write,
    format: Format,
    columns: &'static [&'static str],
    line: String,
    written: u64,
}

impl<'a> Rows<'a> {
    /// Begins: CSV has a line of names, also where no row follows.
    pub(super) fn begin(
        out: &'a mut dyn Write,
        format: Format,
        columns: &'static [&'static str],
    ) -> anyhow::Result<Self> {
        if format == Format::Csv {
            write!(out, "{}\r\n", columns.join(",")).context(WRITING)?;
        }
        Ok(Self {
            out,
            format,
            columns,
            line: String::new(),
            written: 0,
        })
    }

    /// Writes a row, whose cells stand in the order of the columns.
    pub(super) fn put(&mut self, cells: &[Cell]) -> anyhow::Result<()> {
        debug_assert_eq!(cells.len(), self.columns.len(), "a cell for each column");
        self.line.clear();
        match self.format {
            Format::Csv => csv(cells, &mut self.line),
            Format::Jsonl => json(self.columns, cells, &mut self.line),
        }
        self.written += 1;
        self.out.write_all(self.line.as_bytes()).context(WRITING)
    }

    /// How many rows there were.
    pub(super) fn written(&self) -> u64 {
        self.written
    }
}

impl Cell {
    pub(super) fn text(text: impl AsRef<str>) -> Self {
        Self::Text(text.as_ref().to_owned())
    }

    /// A text, or nothing.
    pub(super) fn any(text: Option<impl AsRef<str>>) -> Self {
        text.map_or(Self::Nothing, Self::text)
    }

    pub(super) fn count(count: impl Into<u64>) -> Self {
        Self::Count(count.into())
    }

    pub(super) fn number(number: Option<Decimal>) -> Self {
        number.map_or(Self::Nothing, Self::Number)
    }

    pub(super) fn time(at: Option<Timestamp>) -> Self {
        at.map_or(Self::Nothing, Self::Time)
    }

    /// The value where it is written without marks around it.
    fn bare(&self) -> Option<String> {
        match self {
            Self::Number(number) => Some(number.normalize().to_string()),
            Self::Count(count) => Some(count.to_string()),
            Self::Truth(truth) => Some(truth.to_string()),
            Self::Nothing | Self::Text(_) | Self::Time(_) | Self::List(_) => None,
        }
    }
}

fn csv(cells: &[Cell], line: &mut String) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            line.push(',');
        }
        match cell {
            Cell::Nothing => {}
            Cell::Text(text) => field(&guarded(text), line),
            Cell::List(texts) => field(&guarded(&texts.join(";")), line),
            Cell::Time(at) => line.push_str(&at.to_string()),
            Cell::Number(_) | Cell::Count(_) | Cell::Truth(_) => {
                line.extend(cell.bare());
            }
        }
    }
    line.push_str("\r\n");
}

/// A text with an apostrophe before it where a spreadsheet would take it for a formula. One that has apostrophes there already
/// gets one more, so that to take one away gives every text back.
///
/// These are the signs that [OWASP](https://owasp.org/www-community/attacks/CSV_Injection) lists, also in full width.
fn guarded(text: &str) -> String {
    let is_formula = |text: &str| {
        let bare = text.trim_start_matches('\'');
        bare.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
    };
    if is_formula(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// A field, in quotation marks where RFC 4180 wants them.
fn field(text: &str, line: &mut String) {
    // Space at an end is part of the field, but not every reader leaves it there.
    let is_plain = !text.contains([',', '"', '\r', '\n', ';', '\t', '\''])
        && !text.starts_with(char::is_whitespace)
        && !text.ends_with(char::is_whitespace);
    if is_plain {
        line.push_str(text);
        return;
    }
    line.push('"');
    for c in text.chars() {
        if c == '"' {
            line.push('"');
        }
        line.push(c);
    }
    line.push('"');
}

fn json(columns: &[&str], cells: &[Cell], line: &mut String) {
    line.push('{');
    for (index, (column, cell)) in columns.iter().zip(cells).enumerate() {
        if index > 0 {
            line.push(',');
        }
        line.push_str(&quoted(column));
        line.push(':');
        match cell {
            Cell::Nothing => line.push_str("null"),
            Cell::Text(text) => line.push_str(&quoted(text)),
            Cell::Time(at) => line.push_str(&quoted(&at.to_string())),
            Cell::List(texts) => {
                let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
                line.push('[');
                line.push_str(&texts.join(","));
                line.push(']');
            }
            // Written as it is: a number that goes through a float loses digits.
            Cell::Number(_) | Cell::Count(_) | Cell::Truth(_) => line.extend(cell.bare()),
        }
    }
    line.push_str("}\n");
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const COLUMNS: &[&str] = &["text", "low"];

    fn written(format: Format, rows: &[[Cell; 2]]) -> String {
        let mut out = Vec::new();
        let mut writer = Rows::begin(&mut out, format, COLUMNS).unwrap();
        for row in rows {
            writer.put(row).unwrap();
        }
        assert_eq!(writer.written(), rows.len() as u64);
        String::from_utf8(out).unwrap()
    }

    fn row(text: &str, low: &str) -> [Cell; 2] {
        [
            Cell::text(text),
            Cell::Number(Decimal::from_str_exact(low).unwrap()),
        ]
    }

    #[test]
    fn fields_are_quoted_as_rfc_4180_says() {
        let rows = [
            row("He said \"no\", twice", "1"),
            row("two\nlines", "2.50"),
            [Cell::Nothing, Cell::Nothing],
        ];

        assert_eq!(
            written(Format::Csv, &rows),
            "text,low\r\n\"He said \"\"no\"\", twice\",1\r\n\"two\nlines\",2.5\r\n,\r\n"
        );
    }

    #[test]
    fn a_page_writes_no_formula_into_a_spreadsheet_and_its_words_come_back() {
        let texts = [
            "=HYPERLINK(1)",
            "+7 per cent",
            "-5",
            "@all",
            "\tx",
            "\rx",
            "＝1",
            "'=1",
        ];
        for text in texts {
            let guarded = guarded(text);

            assert!(guarded.starts_with('\''), "{text}");
            assert_eq!(&guarded[1..], text);
        }
        for text in ["12", "5 - 3", "'tis", "– so it was"] {
            assert_eq!(guarded(text), text);
        }
    }

    #[test]
    fn a_number_below_zero_is_a_number_and_not_guarded() {
        assert_eq!(
            written(Format::Csv, &[row("x", "-5")]),
            "text,low\r\nx,-5\r\n"
        );
    }

    #[test]
    fn no_digit_of_a_number_is_lost() {
        let digits = "79228162514264337593543950.335";

        let csv = written(Format::Csv, &[row("x", digits)]);
        let json = written(Format::Jsonl, &[row("x", digits)]);

        assert!(csv.contains(digits));
        assert_eq!(json, format!("{{\"text\":\"x\",\"low\":{digits}}}\n"));
    }

    #[test]
    fn json_keeps_lists_times_and_truths() {
        let mut out = Vec::new();
        let columns: &[&str] = &["a", "b", "c", "d"];
        let mut rows = Rows::begin(&mut out, Format::Jsonl, columns).unwrap();
        let list = Cell::List(vec!["x\u{2028}".to_owned(), "=y".to_owned()]);

        rows.put(&[
            list,
            Cell::Time(Timestamp::UNIX_EPOCH),
            Cell::Truth(true),
            Cell::Nothing,
        ])
        .unwrap();

        let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
        let wanted = serde_json::json!({"a": ["x\u{2028}", "=y"], "b": "1970-01-01T00:00:00Z", "c": true, "d": null});
        assert_eq!(value, wanted);
    }
}
