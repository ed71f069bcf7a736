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
    let config = opened::config(common)?;
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
    let failing = watches.iter().filter(|watch| watch.failures > 0).count();
    writeln!(
        out,
        "{} watches, {failing} failing · {} alerts waiting, {} sent, {} parked\n",
        watches.len(),
        counts.waiting,
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
    rows.extend(
        watches
            .iter()
            .map(|watch| row(watch, muted.get(&watch.story).copied(), now)),
    );
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

fn row(watch: &Status, muted: Option<Timestamp>, now: Timestamp) -> Vec<String> {
    vec![
        watch.watch.to_string(),
        table::ago(watch.last_check, now),
        table::ago(watch.last_change, now),
        watch
            .next_check
            .map_or_else(|| "never".to_owned(), |due| table::until(due, now)),
        watch.versions.to_string(),
        state(watch, muted),
    ]
}

/// What is wrong, or "ok".
fn state(watch: &Status, muted: Option<Timestamp>) -> String {
    let state = trouble(watch);
    match muted {
        Some(until) => format!("{state}; muted until {}", table::time(until)),
        None => state,
    }
}

fn trouble(watch: &Status) -> String {
    if let Some(removed) = watch.removed {
        return format!("removed, not found since {}", table::time(removed));
    }
    match &watch.error {
        Some(error) => format!("{} failed in a row: {error}", watch.failures),
        None if watch.last_check.is_none() => "not checked yet".to_owned(),
        None => "ok".to_owned(),
    }
}

fn as_json(watch: &Status, muted: Option<Timestamp>) -> serde_json::Value {
    json!({
        "watch": watch.watch,
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
