//! `claimwatch status`: each watch, and what is in trouble.

use std::io::Write;

use jiff::Timestamp;
use serde_json::json;

use super::{Common, Ending, opened, runtime, table};
use crate::clock::Clock;
use crate::store::Status;

pub(super) fn run(common: &Common, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let config = opened::config(common)?;
    let (watches, counts) = runtime()?.block_on(async {
        let store = opened::store(&config)?;
        anyhow::Ok((store.status().await?, store.counts().await?))
    })?;
    if common.json {
        for watch in &watches {
            writeln!(out, "{}", as_json(watch))?;
        }
        return Ok(Ending::Well);
    }
    let now = Clock::system().now();
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
    rows.extend(watches.iter().map(|watch| row(watch, now)));
    table::write(out, "", &rows)?;
    Ok(Ending::Well)
}

fn row(watch: &Status, now: Timestamp) -> Vec<String> {
    vec![
        watch.watch.to_string(),
        table::ago(watch.last_check, now),
        table::ago(watch.last_change, now),
        watch
            .next_check
            .map_or_else(|| "never".to_owned(), |due| table::until(due, now)),
        watch.versions.to_string(),
        state(watch),
    ]
}

/// What is wrong, or "ok".
fn state(watch: &Status) -> String {
    if let Some(removed) = watch.removed {
        return format!("removed, not found since {}", table::time(removed));
    }
    match &watch.error {
        Some(error) => format!("{} failed in a row: {error}", watch.failures),
        None if watch.last_check.is_none() => "not checked yet".to_owned(),
        None => "ok".to_owned(),
    }
}

fn as_json(watch: &Status) -> serde_json::Value {
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
        "versions": watch.versions,
    })
}
