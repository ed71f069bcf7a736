//! What was typed becomes what is meant: defaults filled in, names looked up, secrets found.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::alert::rules::{Rules, Thresholds, TrackedClaim};
use crate::alert::{ReceiverName, WatchName};
use crate::deliver::Receiver;
use crate::fetch;
use crate::secret::{Lookup, state_directory};
use crate::story;

use super::file::{self, File, Many, One};
use super::mistakes::{Mistakes, Wrong};
use super::timing::{contradictions, schedule};
use super::{Config, Origin, Origins, Problems, Watch, names, notify};

/// The key under which it is noted that a secret stands in the file itself.
pub(super) const PLAIN_SECRET: &str = "(a secret in the file)";

const PROBLEMS_AFTER: u32 = 3;
const PROBLEMS_REMIND: Duration = Duration::from_secs(24 * 3600);
const PACE: Duration = Duration::from_secs(1);
const PER_HOST: u32 = 2;
const STORE: &str = "claimwatch.db";

/// What every step of resolving needs.
pub(super) struct Desk<'a> {
    /// What is wrong so far.
    pub notes: &'a mut Mistakes,
    /// Where values came from so far.
    pub origins: Origins,
    /// What is allowed but unwise so far.
    pub warnings: Vec<String>,
    /// The world outside.
    pub lookup: &'a dyn Lookup,
    /// The directory of the file; paths in it are meant from there.
    pub base: PathBuf,
    /// Receivers that exist but could not be read.
    pub unreadable: &'a [String],
}

/// The configuration that `file` means; mistakes are noted, and then the answer is not used.
pub(super) fn config(
    file: &File,
    path: &Path,
    lookup: &dyn Lookup,
    notes: &mut Mistakes,
) -> Option<Config> {
    let base = path.parent().unwrap_or(Path::new("")).to_owned();
    let mut desk = Desk {
        notes,
        origins: Origins::new(),
        warnings: Vec::new(),
        lookup,
        base,
        unreadable: &file.notify.unreadable,
    };
    let email = notify::server(file, &mut desk);
    let receivers = notify::receivers(file, &mut desk);
    let claims = claims(file, &receivers, &mut desk);
    let ignore = list(&file.ignore.kinds, "ignore.kinds", &mut desk);
    let watches = watches(file, &receivers, &claims, &mut desk);
    notify::unheard(file, &receivers, &watches, &mut desk);
    Some(Config {
        path: path.to_owned(),
        fetch: fetch(&file.fetch, &mut desk),
        problems: problems(&file.problems, &mut desk),
        store: store(&file.store, &mut desk),
        watches,
        receivers,
        email,
        claims,
        ignore,
        warnings: desk.warnings,
        origins: desk.origins,
    })
}

impl Desk<'_> {
    /// The first value that was given, or the default; and where it came from.
    pub fn pick<T: Clone>(&mut self, key: &str, given: &[&One<T>], default: T) -> T {
        let given = given.iter().find_map(|given| given.as_ref());
        let (value, origin) = match given {
            Some(at) => (at.value.clone(), Origin::Line(at.place.line)),
            None => (default, Origin::Default),
        };
        self.origins.insert(key.to_owned(), origin);
        value
    }
}

/// The values of a list that was given, or none.
fn list<T: Clone>(given: &Many<T>, key: &str, desk: &mut Desk<'_>) -> Vec<T> {
    let origin = given
        .as_ref()
        .map_or(Origin::Default, |at| Origin::Line(at.place.line));
    desk.origins.insert(key.to_owned(), origin);
    plain(given)
}

/// The values of a list without their places.
pub(super) fn plain<T: Clone>(given: &Many<T>) -> Vec<T> {
    let entries = given.iter().flat_map(|list| &list.value);
    entries.map(|entry| entry.value.clone()).collect()
}

fn watches(
    file: &File,
    receivers: &[Receiver],
    claims: &[TrackedClaim],
    desk: &mut Desk<'_>,
) -> Vec<Watch> {
    contradictions(&file.defaults, None, desk.notes);
    let shared = Shared {
        file,
        receivers,
        claims,
        told: notify::names(&file.defaults.notify, receivers, desk),
    };
    let mut lines: BTreeMap<WatchName, u64> = BTreeMap::new();
    let mut watches = Vec::new();
    for typed in &file.watches {
        let Some(name) = watch_name(typed, desk) else {
            continue;
        };
        let line = typed.at.place.line;
        if let Some(first) = lines.get(&name) {
            let wrong = twice(typed, &name, *first);
            match &typed.name {
                Some(name) => name.wrong(desk.notes, wrong),
                None => typed.url.wrong(desk.notes, wrong),
            }
        }
        lines.entry(name.clone()).or_insert(line);
        watches.push(watch(typed, name, &shared, desk));
    }
    watches
}

/// What all watches share.
struct Shared<'a> {
    file: &'a File,
    receivers: &'a [Receiver],
    claims: &'a [TrackedClaim],
    /// The receivers that `defaults` names, where it names any.
    told: Option<Vec<ReceiverName>>,
}

fn watch_name(typed: &file::Watch, desk: &mut Desk<'_>) -> Option<WatchName> {
    let (name, origin) = match &typed.name {
        Some(name) => (WatchName::new(&name.value), Origin::Line(name.place.line)),
        None => (
            names::from_url(&typed.url.value),
            Origin::From("from the address"),
        ),
    };
    let Some(name) = name else {
        let wrong = Wrong::new(
            "no name can be made from this address",
            "give the watch a name",
        );
        typed.url.wrong(desk.notes, wrong);
        return None;
    };
    desk.origins.insert(format!("watches.{name}.name"), origin);
    Some(name)
}

fn twice(typed: &file::Watch, name: &WatchName, first: u64) -> Wrong {
    match typed.name {
        Some(_) => Wrong::new(
            format!("the name `{name}` is taken by the watch in line {first}"),
            "give each watch a name of its own",
        ),
        None => Wrong::new(
            format!("this address is watched already, in line {first}"),
            "remove one of the two, or give them names",
        ),
    }
}

fn watch(typed: &file::Watch, name: WatchName, shared: &Shared<'_>, desk: &mut Desk<'_>) -> Watch {
    let key = format!("watches.{name}");
    let (own, defaults) = (&typed.checks, &shared.file.defaults);
    desk.origins
        .insert(format!("{key}.url"), Origin::Line(typed.url.place.line));
    contradictions(own, Some(defaults), desk.notes);
    let timezone = match own.timezone.as_ref().or(defaults.timezone.as_ref()) {
        Some(at) => desk.pick(
            &format!("{key}.timezone"),
            &[&Some(at.clone())],
            at.value.clone(),
        ),
        None => {
            desk.origins
                .insert(format!("{key}.timezone"), Origin::From("this machine's"));
            desk.lookup.time_zone()
        }
    };
    Watch {
        url: typed.url.value.clone(),
        schedule: schedule(&key, own, defaults, &timezone, desk),
        timezone,
        reading: reading(&key, typed, shared.file, desk),
        rules: Rules {
            claims: followed(&key, typed, shared.claims, desk),
            ignore: plain(&shared.file.ignore.kinds),
        },
        notify: told(&key, typed, shared, desk),
        tags: list(&typed.tags, &format!("{key}.tags"), desk),
        name,
    }
}

fn reading(key: &str, typed: &file::Watch, file: &File, desk: &mut Desk<'_>) -> story::Options {
    let include = typed.include.as_ref().map(|at| at.value.clone());
    if let Some(at) = &typed.include {
        desk.origins
            .insert(format!("{key}.include"), Origin::Line(at.place.line));
    }
    // What is ignored everywhere comes first; the watch's own list adds to it.
    let mut exclude = plain(&file.ignore.selectors);
    let own = list(&typed.exclude, &format!("{key}.exclude"), desk);
    if typed.exclude.is_none()
        && let Some(at) = &file.ignore.selectors
    {
        desk.origins
            .insert(format!("{key}.exclude"), Origin::Line(at.place.line));
    }
    exclude.extend(own);
    story::Options { include, exclude }
}

/// The claims a watch follows: those it names, or all.
fn followed(
    key: &str,
    typed: &file::Watch,
    claims: &[TrackedClaim],
    desk: &mut Desk<'_>,
) -> Vec<TrackedClaim> {
    let wanted = list(&typed.claims, &format!("{key}.claims"), desk);
    let Some(typed) = &typed.claims else {
        return claims.to_vec();
    };
    let known: Vec<&str> = claims.iter().map(|claim| claim.name.as_str()).collect();
    for entry in &typed.value {
        if !known.contains(&entry.value.as_str()) {
            entry.wrong(desk.notes, notify::no_such("claim", &entry.value, &known));
        }
    }
    let followed = claims.iter().filter(|claim| wanted.contains(&claim.name));
    followed.cloned().collect()
}

/// Who is told of a watch: whom it names, or whom `defaults` names, or everyone who takes changes.
fn told(
    key: &str,
    typed: &file::Watch,
    shared: &Shared<'_>,
    desk: &mut Desk<'_>,
) -> Vec<ReceiverName> {
    let own = notify::names(&typed.checks.notify, shared.receivers, desk);
    let given = typed
        .checks
        .notify
        .as_ref()
        .or(shared.file.defaults.notify.as_ref());
    let origin = given.map_or(Origin::From("every receiver that takes changes"), |at| {
        Origin::Line(at.place.line)
    });
    desk.origins.insert(format!("{key}.notify"), origin);
    own.or_else(|| shared.told.clone())
        .unwrap_or_else(|| notify::takers_of_changes(shared.receivers))
}

fn claims(file: &File, receivers: &[Receiver], desk: &mut Desk<'_>) -> Vec<TrackedClaim> {
    let mut claims = Vec::new();
    for typed in &file.claims {
        let key = format!("claims.{}", typed.name.value);
        desk.origins
            .insert(key, Origin::Line(typed.name.place.line));
        mismatches(typed, desk.notes);
        claims.push(TrackedClaim {
            name: typed.name.value.clone(),
            words: plain(&typed.words),
            not_near: plain(&typed.not_near),
            said_by: plain(&typed.said_by),
            unit: typed.unit.as_ref().map(|at| at.value.clone()),
            statement: typed.statement.as_ref().map(|at| at.value.clone()),
            alert: Thresholds {
                change: typed.change.as_ref().map(|at| at.value),
                crosses: plain(&typed.crosses),
                up: typed.up.as_ref().map(|at| at.value),
                down: typed.down.as_ref().map(|at| at.value),
                kinds: plain(&typed.kinds),
            },
            severity: typed.severity.as_ref().map(|at| at.value),
            notify: notify::names(&typed.notify, receivers, desk),
        });
    }
    claims
}

/// A claim follows a figure, found by words, or a statement; each has keys that mean nothing to the other.
fn mismatches(typed: &file::Claim, notes: &mut Mistakes) {
    let has_words = typed
        .words
        .as_ref()
        .is_some_and(|words| !words.value.is_empty());
    match (&typed.words, &typed.statement) {
        (Some(_), Some(statement)) => {
            let wrong = Wrong::new(
                "a claim follows either a figure (`words`) or a statement, not both",
                "make two claims of it",
            );
            statement.wrong(notes, wrong);
        }
        (Some(words), None) if !has_words => {
            words.wrong(
                notes,
                Wrong::new(
                    "the list is empty",
                    "write words that stand near the figure",
                ),
            );
        }
        (Some(_), None) => {}
        (None, Some(_)) => figure_keys_of_statement(typed, notes),
        (None, None) => {
            let wrong = Wrong::new(
                "this claim names neither words nor a statement",
                "add words: [refugees] for a figure, or statement: and the words of the story",
            );
            typed.name.wrong(notes, wrong);
        }
    }
}

fn figure_keys_of_statement(typed: &file::Claim, notes: &mut Mistakes) {
    let keys = [
        typed.unit.as_ref().map(|at| at.with(())),
        typed.change.as_ref().map(|at| at.with(())),
        typed.crosses.as_ref().map(|at| at.with(())),
        typed.up.as_ref().map(|at| at.with(())),
        typed.down.as_ref().map(|at| at.with(())),
    ];
    for at in keys.into_iter().flatten() {
        let wrong = Wrong::new(
            "a statement has no figure that this could be compared with",
            "remove it, or follow a figure by `words`",
        );
        at.wrong(notes, wrong);
    }
}

fn fetch(typed: &file::Fetch, desk: &mut Desk<'_>) -> fetch::Options {
    if let (Some(agent), Some(_)) = (&typed.user_agent, &typed.contact) {
        desk.warnings.push(format!(
            "line {}: `fetch.user_agent` replaces the whole User-Agent, so `fetch.contact` is told to nobody",
            agent.place.line
        ));
    }
    let contact = typed.contact.as_ref().map(|at| at.value.clone());
    let user_agent = typed.user_agent.as_ref().map(|at| at.value.clone());
    let lines = [
        ("fetch.contact", &typed.contact),
        ("fetch.user_agent", &typed.user_agent),
    ];
    for (key, given) in lines {
        let origin = given
            .as_ref()
            .map_or(Origin::Default, |at| Origin::Line(at.place.line));
        desk.origins.insert(key.to_owned(), origin);
    }
    let per_host = desk.pick("fetch.per_host", &[&typed.per_host], PER_HOST);
    fetch::Options {
        contact,
        user_agent,
        pace: desk.pick("fetch.pace", &[&typed.pace], PACE),
        per_host: usize::try_from(per_host).unwrap_or(1),
        allow_networks: list(&typed.allow_networks, "fetch.allow_networks", desk),
    }
}

fn problems(typed: &file::Problems, desk: &mut Desk<'_>) -> Problems {
    Problems {
        after: desk.pick("problems.after", &[&typed.after], PROBLEMS_AFTER),
        remind: desk.pick("problems.remind", &[&typed.remind], PROBLEMS_REMIND),
    }
}

/// The database: beside the file, or for a service in its state directory.
fn store(typed: &One<String>, desk: &mut Desk<'_>) -> PathBuf {
    let path = desk.pick("store", &[typed], STORE.to_owned());
    let state = state_directory(desk.lookup);
    state.as_ref().unwrap_or(&desk.base).join(path)
}
