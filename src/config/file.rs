//! The file as typed: which keys were given, with which values, at which places.
//!
//! Every value is checked by itself here; what it means together with others is the work of [`super::resolve`].

use std::time::Duration;

use jiff::tz::TimeZone;

use crate::compare::ChangeKind;
use crate::fetch::address::Network;
use crate::schedule::Crontab;
use crate::secret::Secret;

use super::claims::{self, Claim};
use super::holding::{self, TypedQuiet};
use super::mistakes::{Mistakes, Wrong};
use super::receivers::{self, Email, Kept, Notify, bad_name};
use super::section::{At, Field, List, Section, entries, one, root};
use super::sources::{self, Extra, Kind, Source};
use super::yaml::{Node, Value};
use super::{access, addresses, archive, server, values};

/// A key of one value.
pub(super) type One<T> = Option<At<T>>;
/// A key of a list.
pub(super) type Many<T> = Option<List<T>>;

/// The whole file.
#[derive(Debug, Clone, Default)]
pub(super) struct File {
    pub email: Option<Email>,
    pub notify: Notify,
    pub defaults: Checks,
    pub watches: Vec<Watch>,
    pub lost: Vec<Lost>,
    pub claims: Vec<Claim>,
    pub ignore: Ignore,
    pub problems: Problems,
    pub quiet: One<TypedQuiet>,
    pub fetch: Fetch,
    pub store: One<Kept>,
    pub keep: Keep,
    pub server: Option<server::Typed>,
    pub archive: Option<archive::Typed>,
}

/// When to check and whom to tell: the keys that `defaults` and a watch share.
#[derive(Debug, Clone, Default)]
pub(super) struct Checks {
    pub every: One<Duration>,
    pub decay: One<u32>,
    pub at_most: One<Duration>,
    pub stop_after: One<Option<Duration>>,
    pub cron: One<Crontab>,
    pub timezone: One<TimeZone>,
    pub notify: Many<String>,
}

/// One entry of `watches`.
#[derive(Debug, Clone)]
pub(super) struct Watch {
    pub at: At<()>,
    pub name: One<String>,
    pub source: Source,
    pub extra: Extra,
    pub include: One<String>,
    pub exclude: Many<String>,
    pub tags: Many<String>,
    pub claims: Many<String>,
    pub access: access::Typed,
    pub archive: One<bool>,
    pub checks: Checks,
}

/// An entry of `watches` that does not say what to watch: its other mistakes are told all the same.
#[derive(Debug, Clone)]
pub(super) struct Lost {
    pub claims: Many<String>,
    pub checks: Checks,
}

/// The section `ignore`.
#[derive(Debug, Clone, Default)]
pub(super) struct Ignore {
    pub kinds: Many<ChangeKind>,
    pub selectors: Many<String>,
}

/// The section `problems`.
#[derive(Debug, Clone, Default)]
pub(super) struct Problems {
    pub after: One<u32>,
    pub remind: One<Duration>,
}

/// The section `keep`.
#[derive(Debug, Clone, Default)]
pub(super) struct Keep {
    pub age: One<Option<Duration>>,
    pub versions: One<u32>,
}

/// The section `fetch`.
#[derive(Debug, Clone, Default)]
pub(super) struct Fetch {
    pub contact: One<String>,
    pub user_agent: One<String>,
    pub pace: One<Duration>,
    pub per_host: One<u32>,
    pub allow_networks: Many<Network>,
    pub browser: One<String>,
}

impl File {
    /// Reads the tree of a file.
    pub fn read(tree: &Node, notes: &mut Mistakes) -> Option<Self> {
        if let Some(wrong) = no_sections(&tree.value) {
            notes.note(Some(tree.place), wrong);
            return None;
        }
        let mut section = Section::open(&root(tree), notes)?;
        let mut lost = Vec::new();
        let file = Self {
            email: section
                .field("email")
                .and_then(|field| receivers::email(&field, notes)),
            notify: section
                .field("notify")
                .and_then(|field| receivers::notify(&field, notes))
                .unwrap_or_default(),
            defaults: section
                .field("defaults")
                .and_then(|field| defaults(&field, notes))
                .unwrap_or_default(),
            watches: section
                .field("watches")
                .map(|field| watches(&field, &mut lost, notes))
                .unwrap_or_default(),
            lost,
            claims: section
                .field("claims")
                .map(|field| claims::read(&field, notes))
                .unwrap_or_default(),
            ignore: section
                .field("ignore")
                .and_then(|field| ignore(&field, notes))
                .unwrap_or_default(),
            problems: section
                .field("problems")
                .and_then(|field| problems(&field, notes))
                .unwrap_or_default(),
            quiet: section
                .field("quiet")
                .and_then(|field| holding::quiet(&field, notes)),
            fetch: section
                .field("fetch")
                .and_then(|field| fetch(&field, notes))
                .unwrap_or_default(),
            store: store(&mut section, notes),
            keep: section
                .field("keep")
                .and_then(|field| keep(&field, notes))
                .unwrap_or_default(),
            server: section
                .field("server")
                .and_then(|field| server::read(&field, notes)),
            archive: section
                .field("archive")
                .and_then(|field| archive::read(&field, notes)),
        };
        if !section.has_any(&["watches"]) && !section.has_like("watches") {
            let wrong = Wrong::new(
                "there is nothing to watch: `watches` is missing",
                "add watches: and below it a line with - and the address of a story",
            );
            notes.note(None, wrong);
        }
        section.close(notes);
        Some(file)
    }
}

/// What is wrong with a file that has no sections at all.
fn no_sections(tree: &Value) -> Option<Wrong> {
    let hint = "write watches: and below it, after a -, the address of a story";
    match tree {
        Value::Mapping(_) => None,
        Value::Nothing => Some(Wrong::new(
            "the file is empty: there is nothing to watch",
            hint,
        )),
        Value::List(_) => Some(Wrong::new("a list stands alone", "write watches: above it")),
        Value::Text(_) => Some(Wrong::new("this is a text and no configuration", hint)),
    }
}

impl Checks {
    fn read(section: &mut Section<'_>, notes: &mut Mistakes) -> Self {
        Self {
            every: section.value("every", notes, values::interval),
            decay: section.value("decay", notes, values::whole_percent),
            at_most: section.value("at_most", notes, values::interval),
            stop_after: section.value("stop_after", notes, values::interval_or_never),
            cron: section.value("cron", notes, crontab),
            timezone: section.value("timezone", notes, values::zone),
            notify: section.filled("notify", notes, values::text),
        }
    }
}

fn crontab(typed: &str) -> Result<Crontab, Wrong> {
    Crontab::parse(typed, TimeZone::UTC).map_err(|mistake| Wrong {
        what: mistake.what,
        hint: mistake.hint,
    })
}

fn defaults(field: &Field<'_>, notes: &mut Mistakes) -> Option<Checks> {
    let mut section = Section::open(field, notes)?;
    let checks = Checks::read(&mut section, notes);
    section.close(notes);
    Some(checks)
}

fn watches(field: &Field<'_>, lost: &mut Vec<Lost>, notes: &mut Mistakes) -> Vec<Watch> {
    let list = match &field.value.value {
        Value::List(list) if list.is_empty() => {
            field.wrong(
                notes,
                Wrong::new(
                    "the list is empty",
                    "write the address of a story after a -",
                ),
            );
            return Vec::new();
        }
        Value::List(_) | Value::Text(_) => entries(field),
        Value::Nothing => {
            field.wrong(
                notes,
                Wrong::new(
                    "the list is empty",
                    "write the address of a story after a -",
                ),
            );
            return Vec::new();
        }
        Value::Mapping(_) => {
            let wrong = Wrong::new(
                "expected a list of watches, found keys and values",
                "begin each watch with a -, as in `- https://…` or `- url: https://…`",
            );
            field.wrong(notes, wrong);
            return Vec::new();
        }
    };
    let mut watches = Vec::new();
    for field in &list {
        if notes.are_enough() {
            break;
        }
        watches.extend(watch(field, lost, notes));
    }
    watches
}

fn watch(field: &Field<'_>, lost: &mut Vec<Lost>, notes: &mut Mistakes) -> Option<Watch> {
    if let Value::Text(_) = &field.value.value {
        let url = one(field, notes, &addresses::page)?;
        return Some(Watch {
            at: field.with(()),
            name: None,
            source: Source {
                url,
                kind: Kind::Story,
            },
            extra: Extra::default(),
            include: None,
            exclude: None,
            tags: None,
            claims: None,
            access: access::Typed::default(),
            archive: None,
            checks: Checks::default(),
        });
    }
    let mut section = Section::open(field, notes)?;
    let watch_name = section.value("name", notes, name);
    // A name says more than a number, in messages too.
    if let Some(name) = &watch_name {
        section.path = format!("watches.{}", name.value);
    }
    let at = At {
        path: section.path.clone(),
        ..field.with(())
    };
    let source = sources::source(&mut section, notes);
    let extra = sources::extra(&mut section, notes);
    let include = section.value("include", notes, selector);
    let exclude = section.list("exclude", notes, selector);
    let tags = section.list("tags", notes, values::text);
    let claims = section.list("claims", notes, values::text);
    let access = access::Typed::read(&mut section, notes);
    let archive = section.value("archive", notes, values::truth);
    let checks = Checks::read(&mut section, notes);
    section.close(notes);
    let Some(source) = source else {
        lost.push(Lost { claims, checks });
        return None;
    };
    Some(Watch {
        at,
        name: watch_name,
        source,
        extra,
        include,
        exclude,
        tags,
        claims,
        access,
        archive,
        checks,
    })
}

fn name(typed: &str) -> Result<String, Wrong> {
    match crate::alert::WatchName::new(typed) {
        Some(_) => Ok(typed.to_owned()),
        None => Err(bad_name("watch", typed)),
    }
}

/// A CSS selector, tried by the reader that will use it.
pub(super) fn selector(typed: &str) -> Result<String, Wrong> {
    let typed = values::text(typed)?;
    match crate::story::selector_problem(&typed) {
        None => Ok(typed),
        Some(problem) => Err(Wrong::new(
            problem,
            "write a tag, .class or \"#id\"; one that begins with # or [ needs quotes",
        )),
    }
}

fn ignore(field: &Field<'_>, notes: &mut Mistakes) -> Option<Ignore> {
    let mut section = Section::open(field, notes)?;
    let ignore = Ignore {
        kinds: section.list("kinds", notes, values::kind),
        selectors: section.list("selectors", notes, selector),
    };
    section.close(notes);
    Some(ignore)
}

fn problems(field: &Field<'_>, notes: &mut Mistakes) -> Option<Problems> {
    let mut section = Section::open(field, notes)?;
    let problems = Problems {
        after: section.value("after", notes, |typed| values::count(typed, 1, 1000)),
        remind: section.value("remind", notes, values::interval),
    };
    section.close(notes);
    Some(problems)
}

fn keep(field: &Field<'_>, notes: &mut Mistakes) -> Option<Keep> {
    let mut section = Section::open(field, notes)?;
    let keep = Keep {
        age: section.value("for", notes, values::interval_or_never),
        versions: section.value("versions", notes, |typed| {
            values::count(typed, 1, 1_000_000)
        }),
    };
    section.close(notes);
    Some(keep)
}

fn fetch(field: &Field<'_>, notes: &mut Mistakes) -> Option<Fetch> {
    let mut section = Section::open(field, notes)?;
    let fetch = Fetch {
        contact: section.value("contact", notes, addresses::contact),
        user_agent: section.value("user_agent", notes, addresses::header),
        pace: section.value("pace", notes, values::length),
        per_host: section.value("per_host", notes, |typed| values::count(typed, 1, 16)),
        allow_networks: section.list("allow_networks", notes, addresses::network),
        browser: section.value("browser", notes, program),
    };
    section.close(notes);
    Some(fetch)
}

/// The path of a program, from the root: where a service starts is no place to begin from.
fn program(typed: &str) -> Result<String, Wrong> {
    let typed = values::text(typed)?;
    if typed.starts_with('/') {
        return Ok(typed);
    }
    Err(Wrong::new(
        "this is not the whole path of a program",
        "write it from the root, such as /usr/bin/chromium",
    ))
}

/// The path of a file or the address of a server; an address may be kept elsewhere, as it can hold a password.
fn store(section: &mut Section<'_>, notes: &mut Mistakes) -> One<Kept> {
    let field = section.field("store")?;
    if let Value::Mapping(_) = field.value.value {
        return receivers::kept(&field, notes);
    }
    let typed = one(&field, notes, &values::text)?;
    let kept = Kept::Here(Secret::new(typed.value.clone()));
    Some(typed.with(kept))
}
