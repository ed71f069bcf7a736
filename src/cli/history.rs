//! `claimwatch history`: the versions of a story and what each one changed.

use std::io::Write;

use serde_json::json;

use super::{Common, Ending, diff, opened, runtime, table};
use crate::store::Happened;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The story, as `claimwatch stories` names it, or its watch
    story: String,
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let config = opened::config_without_secrets(common)?;
    let versions = runtime()?.block_on(async {
        let store = opened::store(&config)?;
        let story = opened::story(&store, &arguments.story).await?;
        anyhow::Ok(store.history(&story).await?)
    })?;
    for happened in &versions {
        if common.json {
            writeln!(out, "{}", as_json(happened))?;
        } else {
            show(happened, out)?;
        }
    }
    Ok(Ending::Well)
}

fn show(happened: &Happened, out: &mut dyn Write) -> anyhow::Result<()> {
    let version = &happened.version;
    writeln!(
        out,
        "version {}  {} to {}  {}{}",
        version.number,
        table::time(version.first_seen),
        table::time(version.last_seen),
        table::plain(&version.headline),
        if version.kept {
            ""
        } else {
            "  (text no longer kept)"
        }
    )?;
    if let Some(url) = &version.archive_url {
        writeln!(out, "  archived: {}", table::plain(url))?;
    }
    for recorded in &happened.changes {
        let told = if recorded.told { "told" } else { "not told" };
        writeln!(out, "  {}", diff::headline(&recorded.change))?;
        writeln!(out, "    {told}: {}", table::plain(&recorded.reason))?;
    }
    Ok(())
}

pub(super) fn as_json(happened: &Happened) -> serde_json::Value {
    let version = &happened.version;
    let changes: Vec<_> = happened
        .changes
        .iter()
        .map(|recorded| {
            let change = &recorded.change;
            json!({
                "kind": change.kind.as_str(),
                "aspect": change.aspect.map(crate::compare::Aspect::as_str),
                "severity": change.severity.as_str(),
                "old": change.old.as_ref().map(|side| &side.text),
                "new": change.new.as_ref().map(|side| &side.text),
                "told": recorded.told,
                "reason": recorded.reason,
            })
        })
        .collect();
    json!({
        "version": version.number,
        "first_seen": version.first_seen,
        "last_seen": version.last_seen,
        "headline": version.headline,
        "sha256": version.sha256,
        "reader": version.reader,
        "kept": version.kept,
        "archive_url": version.archive_url,
        "changes": changes,
    })
}
