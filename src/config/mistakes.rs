//! Mistakes in the configuration: each with its place, what is wrong, and what to do.

use std::fmt;
use std::path::{Path, PathBuf};

/// Mistakes that are printed; a file with more of them has one cause that shows among these.
const MAX_LISTED: usize = 50;

/// Mistakes that are looked for; after that many the rest of a section is not gone through.
const MAX_FOUND: usize = 1000;

/// The longest piece of the file that a message repeats, in characters.
const MAX_QUOTED_CHARS: usize = 60;

/// A place in the file, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: u64,
    /// The column.
    pub column: u64,
}

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where it stands; `None` for the file as a whole.
    pub place: Option<Place>,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// Every mistake that was found in a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistakes {
    /// The file.
    pub file: PathBuf,
    /// The mistakes, in the order of the file.
    pub list: Vec<Mistake>,
    /// Values that are not there and not needed: what is wrong with them is no mistake.
    excused: Vec<Place>,
}

/// What is wrong with a value, without its place and name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub what: String,
    pub hint: Option<String>,
}

impl Wrong {
    pub fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            hint: Some(hint.into()),
        }
    }
}

impl Mistakes {
    /// No mistakes yet.
    pub(super) fn none(file: &Path) -> Self {
        Self {
            file: file.to_owned(),
            list: Vec::new(),
            excused: Vec::new(),
        }
    }

    /// From now on nothing is wrong with the value at `place`.
    pub(super) fn excuse(&mut self, place: Place) {
        self.excused.push(place);
    }

    /// Whether there are more mistakes than anybody reads.
    pub(super) fn are_enough(&self) -> bool {
        self.list.len() >= MAX_FOUND
    }

    /// Notes a mistake.
    pub(super) fn note(&mut self, place: Option<Place>, wrong: Wrong) {
        if place.is_some_and(|place| self.excused.contains(&place)) {
            return;
        }
        self.list.push(Mistake {
            place,
            what: wrong.what,
            hint: wrong.hint,
        });
    }

    /// `answer`, unless there were mistakes.
    pub(super) fn or<T>(mut self, answer: Option<T>) -> Result<T, Self> {
        self.list.sort_by_key(|mistake| mistake.place);
        match answer {
            Some(answer) if self.list.is_empty() => Ok(answer),
            Some(_) | None => Err(self),
        }
    }
}

impl std::error::Error for Mistakes {}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mistake) in self.list.iter().take(MAX_LISTED).enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{}", self.file.display())?;
            if let Some(place) = mistake.place {
                write!(f, ":{}:{}", place.line, place.column)?;
            }
            write!(f, ": {}", mistake.what)?;
            if let Some(hint) = &mistake.hint {
                write!(f, "\n  hint: {hint}")?;
            }
        }
        match self.list.len().saturating_sub(MAX_LISTED) {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

/// A piece of the file in backticks: on one line, shortened, without characters that steer a terminal.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("`");
    for (index, c) in text.chars().enumerate() {
        if index == MAX_QUOTED_CHARS {
            quoted.push('…');
            break;
        }
        if c.is_control() {
            quoted.extend(c.escape_default());
        } else {
            quoted.push(c);
        }
    }
    quoted.push('`');
    quoted
}

/// The word of `known` that `typed` was probably meant to be.
pub(super) fn nearest<'a>(
    typed: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let typed = typed.to_lowercase().replace('-', "_");
    let allowed = match typed.chars().count() {
        0..=2 => 1,
        3..=7 => 2,
        _ => 3,
    };
    let known: Vec<&str> = known.into_iter().collect();
    let alike = known
        .iter()
        .map(|word| (distance(&typed, &word.to_lowercase()), *word))
        .filter(|(distance, word)| *distance <= allowed && *distance < word.chars().count())
        .min_by_key(|(distance, _)| *distance);
    let mut longer = known
        .iter()
        .filter(|word| typed.len() >= 3 && word.starts_with(&typed));
    alike
        .map(|(_, word)| word)
        .or_else(|| longer.next().copied())
}

/// Letters to add, drop, change or swap with their neighbour to get from `a` to `b`.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = changed.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_word_finds_the_word_meant() {
        let known = ["to", "from", "subject", "at_most", "stop_after"];

        assert_eq!(nearest("too", known), Some("to"));
        assert_eq!(nearest("form", known), Some("from"));
        assert_eq!(nearest("subjcet", known), Some("subject"));
        assert_eq!(nearest("at-most", known), Some("at_most"));
        assert_eq!(nearest("Stop_After", known), Some("stop_after"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn a_quoted_piece_is_short_and_cannot_steer_a_terminal() {
        assert_eq!(quoted("a\u{1b}[31mb\nc"), "`a\\u{1b}[31mb\\nc`");
        assert_eq!(
            quoted(&"x".repeat(99)).chars().count(),
            MAX_QUOTED_CHARS + 3
        );
    }

    #[test]
    fn the_list_of_mistakes_ends_somewhere() {
        let mut mistakes = Mistakes::none(Path::new("config.yaml"));
        for line in (1..=60).rev() {
            mistakes.note(
                Some(Place { line, column: 1 }),
                Wrong::new("wrong", "right"),
            );
        }

        let error = mistakes.or(Some(())).unwrap_err().to_string();

        assert!(error.starts_with("config.yaml:1:1: wrong\n  hint: right\nconfig.yaml:2:1:"));
        assert!(error.ends_with("and 10 more"));
    }
}
