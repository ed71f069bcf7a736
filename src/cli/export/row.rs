//! Rows of a table as CSV (RFC 4180, UTF-8) or as JSON lines.
//!
//! A spreadsheet takes a cell that begins with `=` for a formula, and what stories say is written by strangers: in CSV such
//! a text gets an apostrophe before it. JSON lines have every text as it is.

use std::io::{self, Write};

use jiff::Timestamp;

use crate::claims::Decimal;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Comma-separated values with a heading.
    Csv,
    /// A JSON object a line.
    Lines,
}

/// What stands in a row under a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// Nothing.
    None,
    /// Words.
    Text(String),
    /// A number, exactly.
    Number(Decimal),
    /// Yes or no.
    Truth(bool),
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<Decimal> for Cell {
    fn from(number: Decimal) -> Self {
        Self::Number(number.normalize())
    }
}

impl From<bool> for Cell {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl From<Timestamp> for Cell {
    fn from(at: Timestamp) -> Self {
        Self::Text(at.to_string())
    }
}

/// A table that is being written.
pub(super) struct Rows<'a> {
    out: &'a mut dyn Write,
    form: Form,
    columns: &'static [&'static str],
    /// How many there are.
    pub(super) count: u64,
}

impl<'a> Rows<'a> {
    /// An empty table; CSV begins with its heading.
    pub(super) fn begin(
        out: &'a mut dyn Write,
        form: Form,
        columns: &'static [&'static str],
    ) -> io::Result<Self> {
        if form == Form::Csv {
            write!(out, "{}\r\n", columns.join(","))?;
        }
        Ok(Self {
            out,
            form,
            columns,
            count: 0,
        })
    }

    /// Adds a row, a cell for each column.
    pub(super) fn add(&mut self, cells: &[Cell]) -> io::Result<()> {
        debug_assert_eq!(cells.len(), self.columns.len());
        self.count += 1;
        match self.form {
            Form::Csv => {
                for (at, cell) in cells.iter().enumerate() {
                    let before = if at == 0 { "" } else { "," };
                    write!(self.out, "{before}{}", csv(cell))?;
                }
                self.out.write_all(b"\r\n")
            }
            Form::Lines => {
                for (at, (name, cell)) in self.columns.iter().zip(cells).enumerate() {
                    let before = if at == 0 { '{' } else { ',' };
                    write!(self.out, "{before}\"{name}\":{}", json(cell))?;
                }
                self.out.write_all(b"}\n")
            }
        }
    }
}

fn csv(cell: &Cell) -> String {
    match cell {
        Cell::None => String::new(),
        Cell::Number(number) => number.to_string(),
        Cell::Truth(truth) => truth.to_string(),
        Cell::Text(text) => {
            // What reads CSV may stop at a NUL, and a lone carriage return ends a row for some.
            let harmless = |c: char| if c.is_control() && c != '\n' { ' ' } else { c };
            let mut text: String = text.chars().map(harmless).collect();
            if text
                .trim_start()
                .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
            {
                text.insert(0, '\'');
            }
            if text.contains(['"', ',', '\n']) || text.trim() != text {
                format!("\"{}\"", text.replace('"', "\"\""))
            } else {
                text
            }
        }
    }
}

fn json(cell: &Cell) -> String {
    match cell {
        Cell::None => "null".to_owned(),
        Cell::Number(number) => number.to_string(),
        Cell::Truth(truth) => truth.to_string(),
        Cell::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn written(form: Form, cell: Cell) -> String {
        let mut out = Vec::new();
        let mut rows = Rows::begin(&mut out, form, &["a", "b"]).unwrap();
        rows.add(&[cell, Cell::Truth(true)]).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_is_a_text() {
        for (text, shown) in [
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            ("+1", "'+1"),
            ("-5%", "'-5%"),
            ("@x", "'@x"),
            ("\t=1", "\"' =1\""),
            ("a=b", "a=b"),
        ] {
            assert_eq!(
                written(Form::Csv, text.into()),
                format!("a,b\r\n{shown},true\r\n")
            );
        }
        assert_eq!(
            written(Form::Csv, Decimal::from(-5).into()),
            "a,b\r\n-5,true\r\n"
        );
    }

    #[test]
    fn marks_of_the_format_in_a_text_do_not_end_it() {
        assert_eq!(
            written(Form::Csv, "He said \"no\",\nthen\u{0}\rleft".into()),
            "a,b\r\n\"He said \"\"no\"\",\nthen  left\",true\r\n"
        );
        assert_eq!(
            written(Form::Lines, "a\"\n\u{2028}=1".into()),
            "{\"a\":\"a\\\"\\n\u{2028}=1\",\"b\":true}\n"
        );
    }

    #[test]
    fn numbers_are_exact_and_nothing_is_nothing() {
        let exact: Decimal = "9007199254740993.10".parse().unwrap();

        assert!(written(Form::Lines, exact.into()).starts_with("{\"a\":9007199254740993.1,"));
        assert_eq!(written(Form::Csv, None::<u32>.into()), "a,b\r\n,true\r\n");
    }
}
