//! The watches: each with its name, its schedule, what it follows and who is told.

use std::collections::BTreeMap;

use crate::alert::rules::{Rules, TrackedClaim};
use crate::alert::{ReceiverName, WatchName};
use crate::deliver::Receiver;
use crate::story;

use super::desk::{Desk, plain};
use super::file::{self, File};
use super::mistakes::Wrong;
use super::section::List;
use super::timing::{contradictions, schedule};
use super::{Origin, Watch, access, addresses, names, notify, sources};

/// What all watches share.
struct Shared<'a> {
    file: &'a File,
    receivers: &'a [Receiver],
    claims: &'a [TrackedClaim],
    /// The receivers that `defaults` names, where it names any.
    told: Option<Vec<ReceiverName>>,
}

/// Every watch of the file.
pub(super) fn watches(
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
        told: notify::names(file.defaults.notify.as_ref(), receivers, desk),
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
                None => typed.source.url.wrong(desk.notes, wrong),
            }
        }
        lines.entry(name.clone()).or_insert(line);
        watches.push(watch(typed, name, &shared, desk));
    }
    for lost in &file.lost {
        contradictions(&lost.checks, Some(&file.defaults), desk.notes);
        notify::names(lost.checks.notify.as_ref(), receivers, desk);
        unknown_claims(lost.claims.as_ref(), claims, desk);
    }
    watches
}

fn watch_name(typed: &file::Watch, desk: &mut Desk<'_>) -> Option<WatchName> {
    let (name, origin) = match &typed.name {
        Some(name) => (WatchName::new(&name.value), Origin::Line(name.place.line)),
        None => (
            names::from_url(&typed.source.url.value),
            Origin::From("from the address"),
        ),
    };
    let Some(name) = name else {
        let wrong = Wrong::new(
            "no name can be made from this address",
            "give the watch a name",
        );
        typed.source.url.wrong(desk.notes, wrong);
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
    desk.came(&format!("{key}.url"), Some(&typed.source.url));
    contradictions(own, Some(defaults), desk.notes);
    sources::contradictions(typed, desk.notes);
    let zone = own.timezone.as_ref().or(defaults.timezone.as_ref());
    let timezone = desk.optional(&format!("{key}.timezone"), zone);
    let timezone = timezone.unwrap_or_else(|| {
        desk.follows(&format!("{key}.timezone"), "this machine's");
        desk.lookup.time_zone()
    });
    Watch {
        url: typed.source.url.value.clone(),
        schedule: schedule(&key, own, defaults, &timezone, desk),
        timezone,
        access: access::access(&key, &typed.source.url.value, &typed.access, desk),
        archive: archived(&key, typed, desk),
        list: sources::list(&key, typed, desk),
        reading: match sources::value(&name, typed) {
            Some(value) => story::Options {
                value: Some(value),
                ..story::Options::default()
            },
            None => reading(&key, typed, shared.file, desk),
        },
        rules: Rules {
            claims: match sources::joined(&key, typed, shared.claims, desk) {
                Some(joined) => joined,
                None => followed(&key, typed, shared.claims, desk),
            },
            ignore: plain(shared.file.ignore.kinds.as_ref()),
        },
        notify: told(&key, typed, shared, desk),
        tags: desk.list(&format!("{key}.tags"), typed.tags.as_ref()),
        name,
    }
}

/// Whether the versions of a watch may go to a public archive: not what claimwatch is let in to see, unless that is said.
fn archived(key: &str, typed: &file::Watch, desk: &mut Desk<'_>) -> bool {
    let is_open = !typed.access.lets_in() && !addresses::is_private(&typed.source.url.value);
    desk.pick(&format!("{key}.archive"), typed.archive.as_ref(), is_open)
}

fn reading(key: &str, typed: &file::Watch, file: &File, desk: &mut Desk<'_>) -> story::Options {
    let everywhere = file.ignore.selectors.as_ref();
    desk.came(
        &format!("{key}.exclude"),
        typed.exclude.as_ref().or(everywhere),
    );
    // What is ignored everywhere comes first; the watch's own list adds to it.
    let mut exclude = plain(everywhere);
    exclude.extend(plain(typed.exclude.as_ref()));
    story::Options {
        include: desk.optional(&format!("{key}.include"), typed.include.as_ref()),
        exclude,
        value: None,
    }
}

/// The claims a watch follows: those it names, or all.
fn followed(
    key: &str,
    typed: &file::Watch,
    claims: &[TrackedClaim],
    desk: &mut Desk<'_>,
) -> Vec<TrackedClaim> {
    let wanted = desk.list(&format!("{key}.claims"), typed.claims.as_ref());
    if typed.claims.is_none() {
        return claims.to_vec();
    }
    unknown_claims(typed.claims.as_ref(), claims, desk);
    let followed = claims.iter().filter(|claim| wanted.contains(&claim.name));
    followed.cloned().collect()
}

/// Notes the names in a list that no claim bears.
fn unknown_claims(named: Option<&List<String>>, claims: &[TrackedClaim], desk: &mut Desk<'_>) {
    let known: Vec<&str> = claims.iter().map(|claim| claim.name.as_str()).collect();
    let named = named.into_iter().flat_map(|list| &list.value);
    for entry in named.filter(|entry| !known.contains(&entry.value.as_str())) {
        entry.wrong(desk.notes, notify::no_such("claim", &entry.value, &known));
    }
}

/// Who is told of a watch: whom it names, or whom `defaults` names, or everyone who takes changes.
fn told(
    key: &str,
    typed: &file::Watch,
    shared: &Shared<'_>,
    desk: &mut Desk<'_>,
) -> Vec<ReceiverName> {
    let own = notify::names(typed.checks.notify.as_ref(), shared.receivers, desk);
    let given = typed
        .checks
        .notify
        .as_ref()
        .or(shared.file.defaults.notify.as_ref());
    desk.came(&format!("{key}.notify"), given);
    if given.is_none() {
        desk.follows(
            &format!("{key}.notify"),
            "every receiver that takes changes",
        );
    }
    own.or_else(|| shared.told.clone())
        .unwrap_or_else(|| notify::takers_of_changes(shared.receivers))
}
