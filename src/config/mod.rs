//! `config.yaml` read into watches, with nothing optional left in them.
//!
//! [`read`] goes through the file in four steps: the text becomes a tree with places (`yaml`), the tree the file as typed
//! (`file`, `receivers`), that a [`Config`] with every default filled in (`resolve`); every mistake on the way is collected
//! and told at once ([`Mistakes`]). [`Config::show`] prints the result with where each value came from.

mod access;
mod addresses;
mod archive;
mod claims;
mod desk;
pub mod edit;
mod file;
mod holding;
pub mod import;
mod kinds;
mod mailer;
mod mistakes;
mod names;
mod notify;
mod receivers;
mod resolve;
mod section;
mod server;
mod show;
mod sources;
mod timing;
mod unclosed;
mod values;
mod watches;
mod yaml;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::tz::TimeZone;

use crate::alert::rules::{Rules, TrackedClaim};
use crate::alert::{ReceiverName, WatchName};
use crate::compare::ChangeKind;
use crate::deliver::{Receiver, Takes, email, wayback};
use crate::fetch;
use crate::schedule::Schedule;
use crate::secret;
use crate::store::{self, Retention};
use crate::story;
use crate::story::listing::Only;

use mistakes::Wrong;
pub use mistakes::{Mistake, Mistakes, Place};
pub use server::Server;

/// The largest configuration file.
pub const MAX_FILE_BYTES: u64 = 1024 * 1024;

/// The whole configuration, every default filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The file it was read from.
    pub path: PathBuf,
    /// What is watched.
    pub watches: Vec<Watch>,
    /// Who is told.
    pub receivers: Vec<Receiver>,
    /// The mail server, where there is one.
    pub email: Option<email::Server>,
    /// Every claim that is followed; each watch holds those of its own.
    pub claims: Vec<TrackedClaim>,
    /// Kinds of change that are never told.
    pub ignore: Vec<ChangeKind>,
    /// The manners of fetching.
    pub fetch: fetch::Options,
    /// When a watch in trouble is told of.
    pub problems: Problems,
    /// How much of the past is kept.
    pub keep: Retention,
    /// Where the database is.
    pub store: store::Place,
    /// The public archive that is asked to keep new versions, if one is.
    pub archive: Option<wayback::Options>,
    /// Where the local page is served, if at all.
    pub server: Option<Server>,
    /// What is allowed but probably not meant, or not wise; a sentence each.
    pub warnings: Vec<String>,
    /// Whether a password or key stands in the file itself.
    pub has_plain_secrets: bool,
    /// Whether every user of this machine may read them there.
    pub exposes_secrets: bool,
    /// Where each value came from.
    pub origins: Origins,
}

/// One story to watch, or a list of articles that are stories each.
#[derive(Debug, Clone, PartialEq)]
pub struct Watch {
    /// Its name.
    pub name: WatchName,
    /// Its address.
    pub url: String,
    /// How it is a list, where it is one; all else then holds for its articles, too.
    pub list: Option<List>,
    /// When it is checked.
    pub schedule: Schedule,
    /// The time zone of its crontab line and of the times in its alerts.
    pub timezone: TimeZone,
    /// How its pages are asked for.
    pub access: fetch::Access,
    /// Whether the archive of the configuration is asked to keep its versions.
    pub archive: bool,
    /// How its pages are read.
    pub reading: story::Options,
    /// What is told.
    pub rules: Rules,
    /// Who is told.
    pub notify: Vec<ReceiverName>,
    /// Words for routing and filters.
    pub tags: Vec<String>,
}

impl Watch {
    /// The article `name` of this list, read, checked and told as the list wants it; none where this is no list.
    #[must_use]
    pub fn article(&self, name: &WatchName) -> Option<Self> {
        self.list.as_ref()?;
        Some(Self {
            name: name.clone(),
            list: None,
            ..self.clone()
        })
    }
}

/// A list of articles, each of which is followed by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// What kind of list it is.
    pub kind: ListKind,
    /// Which of its articles are followed.
    pub only: Only,
    /// How long each is followed.
    pub follow_for: Duration,
    /// How many are followed at one time; the newest are.
    pub limit: usize,
    /// Whether the robots.txt of a site decides on the articles there.
    pub robots: bool,
}

/// What names the articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListKind {
    /// A feed: RSS, Atom or JSON Feed.
    Feed,
    /// A section page.
    Links {
        /// CSS selector of the links that lead to articles.
        selector: String,
    },
    /// A sitemap, or an index of sitemaps.
    Sitemap,
}

impl List {
    /// Everything that decides which articles are followed, in words: when it changes, the list is looked at anew.
    #[must_use]
    pub fn reading(&self) -> String {
        format!("{self:?}")
    }
}

/// When a watch in trouble is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problems {
    /// After this many failed checks in a row.
    pub after: u32,
    /// Again after this long, while it lasts.
    pub remind: Duration,
}

/// Where the values of a configuration came from, by the path of their key.
pub type Origins = BTreeMap<String, Origin>;

/// Where a value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A line of the file.
    Line(u64),
    /// Nobody gave it: the default.
    Default,
    /// Something else that was given; the words say what.
    From(&'static str),
}

/// Reads a configuration file; secrets and the machine's time zone come through `lookup`.
///
/// ```no_run
/// use claimwatch::{config, secret};
///
/// match config::read("config.yaml".as_ref(), &secret::Process) {
///     Ok(config) => println!("{} watches", config.watches.len()),
///     Err(mistakes) => eprintln!("{mistakes}"),
/// }
/// ```
///
/// # Errors
/// Every mistake in the file, each with its place and what to do about it.
pub fn read(path: &Path, lookup: &dyn secret::Lookup) -> Result<Config, Mistakes> {
    let text = text_of(path).map_err(|(place, wrong)| {
        let mut mistakes = Mistakes::none(path);
        mistakes.note(place, wrong);
        mistakes
    })?;
    let mut config = from_text(&text, path, lookup)?;
    config.exposes_secrets =
        config.has_plain_secrets && lookup.exposure(path) == Some(secret::Exposure::ReadByAll);
    if config.exposes_secrets {
        config.warnings.push(format!(
            "{} holds a secret and every user of this machine may read it: chmod 600 {0}, or keep the secret elsewhere: \
             {{file: PATH}}",
            path.display()
        ));
    }
    Ok(config)
}

/// A length of time as the configuration writes it: `10m`, `1h 30m`, `7d`; at least a second.
///
/// # Errors
/// What is wrong with it, in a sentence.
pub fn length_of_time(typed: &str) -> Result<Duration, String> {
    values::interval(typed).map_err(|wrong| wrong.what)
}

/// Reads the text of a configuration file that stands, or would stand, at `path`.
///
/// # Errors
/// As [`read`].
pub fn from_text(text: &str, path: &Path, lookup: &dyn secret::Lookup) -> Result<Config, Mistakes> {
    let mut notes = Mistakes::none(path);
    // Some editors begin a file with a mark of its encoding, which is no part of its text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let tree = match yaml::read(text) {
        Ok(tree) => tree,
        Err((place, wrong)) => {
            notes.note(place, wrong);
            return Err(notes);
        }
    };
    let file = file::File::read(&tree, &mut notes);
    let config = file.map(|file| resolve::config(&file, path, lookup, &mut notes));
    notes.or(config)
}

/// The text of the file.
fn text_of(path: &Path) -> Result<String, (Option<Place>, Wrong)> {
    let unreadable = |error: std::io::Error| {
        let hint = match error.kind() {
            std::io::ErrorKind::NotFound => "write a first one with: claimwatch init",
            std::io::ErrorKind::IsADirectory => "name the file in it",
            _ => "check who may read it",
        };
        let what = format!("cannot read the file: {}", secret::plain(&error));
        (None, Wrong::new(what, hint))
    };
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes))
        .map_err(unreadable)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        let wrong = Wrong::new(
            "the file is larger than 1 MiB",
            "check that this is the configuration; for more watches than fit, run several daemons",
        );
        return Err((None, wrong));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let wrong = Wrong::new("this is not UTF-8 text", "save the file as UTF-8");
        (Some(end_of(good)), wrong)
    })
}

/// The place behind the last of these bytes.
fn end_of(text: &[u8]) -> Place {
    let line = text.split(|byte| *byte == b'\n').count();
    let last = text
        .rsplit(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    Place {
        line: line as u64,
        column: String::from_utf8_lossy(last).chars().count() as u64 + 1,
    }
}

impl Config {
    /// The receiver of this name.
    #[must_use]
    pub fn receiver(&self, name: &ReceiverName) -> Option<&Receiver> {
        self.receivers
            .iter()
            .find(|receiver| receiver.name == *name)
    }

    /// The watch of this name.
    #[must_use]
    pub fn watch(&self, name: &WatchName) -> Option<&Watch> {
        self.watches.iter().find(|watch| watch.name == *name)
    }

    /// Who is told when `watch` is in trouble: those of its own receivers that take problems, and every receiver that takes
    /// nothing else.
    #[must_use]
    pub fn told_of_problems(&self, watch: &Watch) -> Vec<ReceiverName> {
        let told = self
            .receivers
            .iter()
            .filter(|receiver| match receiver.takes {
                Takes::Everything => watch.notify.contains(&receiver.name),
                Takes::Problems => true,
                Takes::Changes => false,
            });
        told.map(|receiver| receiver.name.clone()).collect()
    }
}
