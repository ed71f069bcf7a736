//! `config.yaml` read into watches, with nothing optional left in them.

use std::path::PathBuf;
use std::time::Duration;

use crate::alert::{ReceiverName, WatchName, rules::Rules};
use crate::compare::ChangeKind;
use crate::deliver::{Receiver, email};
use crate::fetch;
use crate::schedule::Schedule;
use crate::story;

/// The whole configuration, every default filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The file it was read from.
    pub path: PathBuf,
    /// What is watched.
    pub watches: Vec<Watch>,
    /// Who is told.
    pub receivers: Vec<Receiver>,
    /// The mail server, where a receiver needs one.
    pub email: Option<email::Server>,
    /// The manners of fetching.
    pub fetch: fetch::Options,
    /// When a watch in trouble is told of.
    pub problems: Problems,
    /// The SQLite file.
    pub store: PathBuf,
}

/// One story to watch.
#[derive(Debug, Clone, PartialEq)]
pub struct Watch {
    /// Its name.
    pub name: WatchName,
    /// Its address.
    pub url: String,
    /// When it is checked.
    pub schedule: Schedule,
    /// How its pages are read.
    pub reading: story::Options,
    /// What is told.
    pub rules: Rules,
    /// Who is told.
    pub notify: Vec<ReceiverName>,
    /// Words for routing and filters.
    pub tags: Vec<String>,
}

/// When a watch in trouble is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problems {
    /// After this many failed checks in a row.
    pub after: u32,
    /// Again after this long, while it lasts.
    pub remind: Duration,
}

/// Kinds of change that are never told.
pub type Ignored = Vec<ChangeKind>;
