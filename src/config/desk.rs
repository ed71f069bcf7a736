//! The table at which the configuration is put together: mistakes, warnings, and where each value came from.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::secret::{Exposure, Lookup, Secret, Source};

use super::mistakes::{Mistakes, Wrong};
use super::receivers::Kept;
use super::section::{At, List};
use super::{Origin, Origins};

/// What every step of resolving needs.
pub(super) struct Desk<'a> {
    /// What is wrong so far.
    pub notes: &'a mut Mistakes,
    /// Where values came from so far.
    pub origins: Origins,
    /// What is allowed but unwise so far.
    pub warnings: Vec<String>,
    /// Whether a secret stands in the file itself.
    pub has_plain_secrets: bool,
    /// The world outside.
    pub lookup: &'a dyn Lookup,
    /// The directory of the file; paths in it are meant from there.
    pub base: PathBuf,
    /// Receivers that exist but could not be read: what names them is no mistake of its own.
    pub unreadable: Vec<String>,
    /// Files that a receiver writes.
    pub written: BTreeSet<String>,
}

impl<'a> Desk<'a> {
    /// A table with nothing on it.
    pub fn new(
        path: &Path,
        unreadable: &[String],
        lookup: &'a dyn Lookup,
        notes: &'a mut Mistakes,
    ) -> Self {
        Self {
            notes,
            origins: Origins::new(),
            warnings: Vec::new(),
            has_plain_secrets: false,
            lookup,
            base: path.parent().unwrap_or(Path::new("")).to_owned(),
            unreadable: unreadable.to_vec(),
            written: BTreeSet::new(),
        }
    }

    /// The value that was given, or the default; notes where it came from.
    pub fn pick<T: Clone>(&mut self, key: &str, given: Option<&At<T>>, default: T) -> T {
        self.optional(key, given).unwrap_or(default)
    }

    /// The value that was given, if any; notes where it came from.
    pub fn optional<T: Clone>(&mut self, key: &str, given: Option<&At<T>>) -> Option<T> {
        self.came(key, given);
        given.map(|at| at.value.clone())
    }

    /// The values of a list that was given, or none; notes where they came from.
    pub fn list<T: Clone>(&mut self, key: &str, given: Option<&List<T>>) -> Vec<T> {
        self.came(key, given);
        plain(given)
    }

    /// Notes that the value of `key` stands in the file, or is the default.
    pub fn came<T>(&mut self, key: &str, given: Option<&At<T>>) {
        let origin = given.map_or(Origin::Default, |at| Origin::Line(at.place.line));
        self.origins.insert(key.to_owned(), origin);
    }

    /// Notes that the value of `key` follows from something else.
    pub fn follows(&mut self, key: &str, from: &'static str) {
        self.origins.insert(key.to_owned(), Origin::From(from));
    }

    /// The secret that is kept in the file or elsewhere.
    pub fn secret(&mut self, at: &At<Kept>) -> Option<Secret> {
        let source = match &at.value {
            Kept::Here(secret) => return Some(secret.clone()),
            Kept::Elsewhere(source) => source.clone().below(&self.base),
        };
        match source.read(self.lookup) {
            Ok(secret) => {
                self.warn_of_file(&source);
                Some(secret)
            }
            Err(_) if self.lookup.does_without() => {
                self.notes.excuse(at.place);
                Some(Secret::new(String::new()))
            }
            Err(missing) => {
                at.wrong(self.notes, Wrong::new(missing.what, missing.hint));
                None
            }
        }
    }

    /// Warns of a secret in a file that is not for us alone.
    fn warn_of_file(&mut self, source: &Source) {
        let Source::File(path) = source else {
            return;
        };
        let Some(exposure) = self.lookup.exposure(path) else {
            return;
        };
        let (what, remedy) = match exposure {
            Exposure::ReadByAll => ("every user of this machine may read it", "chmod 600 it"),
            Exposure::OfAnother => (
                "it belongs to another user",
                "chown it to the user of the service, or to root",
            ),
        };
        let warning = format!("{} holds a secret and {what}: {remedy}", path.display());
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }
}

/// The values of a list without their places.
pub(super) fn plain<T: Clone>(given: Option<&List<T>>) -> Vec<T> {
    let entries = given.into_iter().flat_map(|list| &list.value);
    entries.map(|entry| entry.value.clone()).collect()
}
