//! `claimwatch status`: each watch, and what is in trouble.

use std::collections::BTreeMap;
use std::io::Write;

use jiff::Timestamp;
use serde_json::json;

use super::{Common, Ending, opened, runtime, table};
use crate::alert::StoryId;
use crate::clock::Clock;
use crate::store::{Mute, Status, Target};

pub(super) fn run(common: &Common, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let config = opened::config_without_secrets(common)?;
    let now = Clock::system().now();
    let (watches, counts, mutes) = runtime()?.block_on(async {
        let store = opened::store(&config)?;
        anyhow::Ok((
            store.status().await?,
            store.counts().await?,
            store.mutes(now).await?,
        ))
    })?;
    let muted = stories(&mutes);
    if common.json {
        for watch in &watches {
            writeln!(out, "{}", as_json(watch, muted.get(&watch.story).copied()))?;
        }
        return Ok(Ending::Well);
    }
    let articles = articles(&watches);
    let of_file = |watch: &&Status| watch.watch.list().is_none();
    let failing = watches
        .iter()
        .filter(of_file)
        .filter(|watch| watch.failures > 0)
        .count();
    let followed: u32 = articles.values().map(|articles| articles.followed).sum();
    let followed = if articles.is_empty() {
        String::new()
    } else {
        format!(" · {followed} articles followed")
    };
    writeln!(
        out,
        "{} watches, {failing} failing{followed} · {} alerts waiting, {} held, {} sent, {} parked\n",
        watches.iter().filter(of_file).count(),
        counts.waiting,
        counts.held,
        counts.sent,
        counts.parked
    )?;
    let mut rows = vec![
        [
            "WATCH",
            "LAST CHECK",
            "LAST CHANGE",
            "NEXT CHECK",
            "VERSIONS",
            "STATE",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    // Of articles those are shown that need a person; the rest is a number beside their list.
    let shown = watches.iter().filter(|watch| {
        watch.watch.list().is_none() || watch.failures > 0 || watch.removed.is_some()
    });
    rows.extend(shown.map(|watch| {
        row(
            watch,
            articles.get(watch.watch.as_str()),
            muted.get(&watch.story).copied(),
            now,
        )
    }));
    table::write(out, "", &rows)?;
    for mute in &mutes {
        if let Target::Claim(claim) = &mute.target {
            let until = table::time(mute.until);
            writeln!(out, "\nClaim {claim} is muted until {until} UTC.")?;
        }
    }
    Ok(Ending::Well)
}

/// Until when stories are muted.
fn stories(mutes: &[Mute]) -> BTreeMap<StoryId, Timestamp> {
    let stories = mutes.iter().filter_map(|mute| match &mute.target {
        Target::Story(story) => Some((story.clone(), mute.until)),
        Target::Claim(_) => None,
    });
    stories.collect()
}

/// The articles of one list.
#[derive(Default)]
struct Articles {
    followed: u32,
    failing: u32,
    versions: u32,
    last_change: Option<Timestamp>,
}

/// The articles of every list that has some.
fn articles(watches: &[Status]) -> BTreeMap<String, Articles> {
    let mut lists: BTreeMap<String, Articles> = BTreeMap::new();
    for watch in watches {
        let Some(list) = watch.watch.list() else {
            continue;
        };
        let articles = lists.entry(list.to_string()).or_default();
        articles.followed += 1;
        articles.failing += u32::from(watch.failures > 0);
        articles.versions += watch.versions;
        articles.last_change = articles.last_change.max(watch.last_change);
    }
    lists
}

fn row(
    watch: &Status,
    articles: Option<&Articles>,
    muted: Option<Timestamp>,
    now: Timestamp,
) -> Vec<String> {
    let last_change = articles.map_or(watch.last_change, |articles| articles.last_change);
    let versions = articles.map_or(watch.versions, |articles| articles.versions);
    vec![
        watch.watch.to_string(),
        table::ago(watch.last_check, now),
        table::ago(last_change, now),
        watch
            .next_check
            .map_or_else(|| "never".to_owned(), |due| table::until(due, now)),
        versions.to_string(),
        state(watch, articles, muted),
    ]
}

/// What is wrong, or "ok".
fn state(watch: &Status, articles: Option<&Articles>, muted: Option<Timestamp>) -> String {
    let state = trouble(watch, articles);
    match muted {
        Some(until) => format!("{state}; muted until {}", table::time(until)),
        None => state,
    }
}

fn trouble(watch: &Status, articles: Option<&Articles>) -> String {
    if let Some(removed) = watch.removed {
        return format!("removed, not found since {}", table::time(removed));
    }
    match &watch.error {
        Some(error) => format!("{} failed in a row: {error}", watch.failures),
        None if watch.last_check.is_none() => "not checked yet".to_owned(),
        None => match articles {
            None => "ok".to_owned(),
            Some(Articles {
                followed, failing, ..
            }) if *failing > 0 => format!("follows {followed} articles, {failing} failing"),
            Some(Articles { followed, .. }) => format!("follows {followed} articles"),
        },
    }
}

fn as_json(watch: &Status, muted: Option<Timestamp>) -> serde_json::Value {
    json!({
        "watch": watch.watch,
        "list": watch.watch.list(),
        "story": watch.story,
        "url": watch.url,
        "headline": watch.headline,
        "last_check": watch.last_check,
        "last_change": watch.last_change,
        "next_check": watch.next_check,
        "failures": watch.failures,
        "failing_since": watch.failing_since,
        "failure": watch.failure_kind,
        "error": watch.error,
        "removed": watch.removed,
        "muted": muted,
        "versions": watch.versions,
    })
}
