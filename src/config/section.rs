//! One mapping of the file, read key by key.
//!
//! The keys that are asked for are the keys that exist: what is left over when a section is closed was mistyped, or belongs
//! to a later version, and is told as such.

use std::collections::{BTreeMap, BTreeSet};

use super::mistakes::{Mistakes, Place, Wrong, nearest, quoted};
use super::yaml::{Key, Node, Value};

/// A value with its place and the path of its key (`notify.desk.email`).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct At<T> {
    pub value: T,
    pub place: Place,
    pub path: String,
}

/// A list in which every entry has its own place.
pub(super) type List<T> = At<Vec<At<T>>>;

impl<T> At<T> {
    /// Another value at the same place.
    pub fn with<U>(&self, value: U) -> At<U> {
        At {
            value,
            place: self.place,
            path: self.path.clone(),
        }
    }
}

impl<T> At<T> {
    /// Notes what is wrong with the value.
    pub fn wrong(&self, notes: &mut Mistakes, wrong: Wrong) {
        let what = format!("{}: {}", self.path, wrong.what);
        notes.note(
            Some(self.place),
            Wrong {
                what,
                hint: wrong.hint,
            },
        );
    }
}

/// A value in the file, before it is read as anything.
pub(super) type Field<'n> = At<&'n Node>;

/// A mapping that is being read.
pub(super) struct Section<'n> {
    /// The path of its key; empty for the file itself.
    pub path: String,
    /// Where its values begin.
    pub place: Place,
    entries: &'n [(Key, Node)],
    asked: Vec<&'static str>,
}

impl<'n> Section<'n> {
    /// The mapping in `field`, or `None` where it holds something else.
    pub fn open(field: &Field<'n>, notes: &mut Mistakes) -> Option<Self> {
        let Value::Mapping(entries) = &field.value.value else {
            field.wrong(notes, misplaced(&field.value.value, "keys and values"));
            return None;
        };
        repeated(entries, &field.path, notes);
        Some(Self {
            path: field.path.clone(),
            place: field.place,
            entries,
            asked: Vec::new(),
        })
    }

    /// The value of a key.
    pub fn field(&mut self, key: &'static str) -> Option<Field<'n>> {
        self.asked.push(key);
        let (_, node) = self.entries.iter().find(|(name, _)| name.text == key)?;
        Some(At {
            value: node,
            place: node.place,
            path: join(&self.path, key),
        })
    }

    /// The value of a key, read by `parse`.
    pub fn value<T>(
        &mut self,
        key: &'static str,
        notes: &mut Mistakes,
        parse: impl Fn(&str) -> Result<T, Wrong>,
    ) -> Option<At<T>> {
        one(&self.field(key)?, notes, &parse)
    }

    /// The values of a key: a list, or one value for a list of one.
    pub fn list<T>(
        &mut self,
        key: &'static str,
        notes: &mut Mistakes,
        parse: impl Fn(&str) -> Result<T, Wrong>,
    ) -> Option<List<T>> {
        let field = self.field(key)?;
        let entries: Vec<Field<'n>> = entries(&field);
        let read = entries
            .iter()
            .filter_map(|entry| one(entry, notes, &parse))
            .collect();
        Some(field.with(read))
    }

    /// As [`Section::list`], where an empty list makes no sense.
    pub fn filled<T>(
        &mut self,
        key: &'static str,
        notes: &mut Mistakes,
        parse: impl Fn(&str) -> Result<T, Wrong>,
    ) -> Option<List<T>> {
        let field = self.field(key)?;
        if entries(&field).is_empty() {
            let wrong = Wrong::new("the list is empty", "add to it, or leave the key out");
            field.wrong(notes, wrong);
        }
        self.list(key, notes, parse)
    }

    /// Whether one of `keys` was typed, with whatever value.
    pub fn has_any(&self, keys: &[&str]) -> bool {
        self.count(keys) > 0
    }

    /// How many entries have one of `keys`.
    pub fn count(&self, keys: &[&str]) -> usize {
        let mine = |name: &Key| keys.contains(&name.text.as_str());
        self.entries.iter().filter(|(name, _)| mine(name)).count()
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether a key was typed that probably means `key`.
    pub fn has_like(&self, key: &str) -> bool {
        let mut unknown = self
            .entries
            .iter()
            .filter(|(name, _)| !self.asked.contains(&name.text.as_str()));
        unknown.any(|(name, _)| nearest(&name.text, [key]).is_some())
    }

    /// Every key with its value, for mappings whose keys are names that the user gives.
    pub fn named(&mut self) -> Vec<(&'n Key, Field<'n>)> {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let first = self
            .entries
            .iter()
            .filter(|(key, _)| seen.insert(&key.text));
        let field = |(key, node): &'n (Key, Node)| {
            let path = join(&self.path, &key.text);
            let field = At {
                value: node,
                place: node.place,
                path,
            };
            (key, field)
        };
        first.map(field).collect()
    }

    /// Tells the keys that nobody asked for.
    pub fn close(self, notes: &mut Mistakes) {
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for (key, _) in self.entries {
            let name = key.text.as_str();
            if notes.are_enough() {
                return;
            }
            if self.asked.contains(&name) || !told.insert(name) {
                continue;
            }
            notes.note(Some(key.place), self.unknown(name));
        }
    }

    fn unknown(&self, name: &str) -> Wrong {
        let place = if self.path.is_empty() {
            String::new()
        } else {
            format!(" in {}", self.path)
        };
        let meant = nearest(name, self.asked.iter().copied())
            .map_or_else(String::new, |key| format!("; did you mean `{key}`?"));
        let mut keys = self.asked.clone();
        keys.sort_unstable();
        keys.dedup();
        Wrong::new(
            format!("unknown key {}{place}{meant}", quoted(name)),
            format!("known here: {}", keys.join(", ")),
        )
    }
}

/// The file itself as a section's field.
pub(super) fn root(node: &Node) -> Field<'_> {
    At {
        value: node,
        place: node.place,
        path: String::new(),
    }
}

/// The entries of a list, or one value as a list of one.
pub(super) fn entries<'n>(field: &Field<'n>) -> Vec<Field<'n>> {
    match &field.value.value {
        Value::List(list) => list
            .iter()
            .enumerate()
            .map(|(index, node)| At {
                value: node,
                place: node.place,
                path: format!("{}[{index}]", field.path),
            })
            .collect(),
        Value::Nothing | Value::Text(_) | Value::Mapping(_) => vec![field.clone()],
    }
}

/// One value read by `parse`.
pub(super) fn one<T>(
    field: &Field<'_>,
    notes: &mut Mistakes,
    parse: &impl Fn(&str) -> Result<T, Wrong>,
) -> Option<At<T>> {
    let Value::Text(text) = &field.value.value else {
        field.wrong(notes, misplaced(&field.value.value, "one value"));
        return None;
    };
    match parse(text.trim()) {
        Ok(value) => Some(field.with(value)),
        Err(wrong) => {
            field.wrong(notes, wrong);
            None
        }
    }
}

/// What is wrong with a value of another shape than `wanted`.
pub(super) fn misplaced(value: &Value, wanted: &str) -> Wrong {
    match value {
        Value::Nothing => Wrong::new(
            "there is no value",
            "write one (in quotes if it begins with #), or leave the key out",
        ),
        Value::Text(text) if text.contains(':') && !text.contains(' ') && !text.contains("//") => {
            Wrong::new(
                format!("expected {wanted}, found one value"),
                "write a space after the colon",
            )
        }
        Value::Text(_) => Wrong::new(
            format!("expected {wanted}, found one value"),
            "write `key: value` lines below it, further in",
        ),
        Value::List(_) => Wrong::new(
            format!("expected {wanted}, found a list"),
            "remove the `-` or the [ ]",
        ),
        Value::Mapping(_) => Wrong::new(
            format!("expected {wanted}, found keys and values"),
            "check the indentation; a text that contains `: ` needs quotes",
        ),
    }
}

fn repeated(entries: &[(Key, Node)], path: &str, notes: &mut Mistakes) {
    let mut first: BTreeMap<&str, u64> = BTreeMap::new();
    for (key, _) in entries {
        match first.get(key.text.as_str()) {
            Some(line) => {
                let what = format!(
                    "{} is given twice, first in line {line}",
                    join(path, &key.text)
                );
                notes.note(Some(key.place), Wrong::new(what, "remove one of the two"));
            }
            None => {
                first.insert(&key.text, key.place.line);
            }
        }
    }
}

/// The path of a key; what a user may type as a key is kept short and printable.
fn join(path: &str, key: &str) -> String {
    let key = quoted(key);
    let key = key.trim_matches('`');
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}
