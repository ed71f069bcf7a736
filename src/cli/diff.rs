//! `claimwatch diff`: two versions of a story with the changes marked.

use std::io::Write;

use super::{Common, Ending, opened, read, runtime, table};
use crate::compare::words::{self, Mark};
use crate::compare::{self, Change, Comparison};
use crate::records;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The story, as `claimwatch stories` names it, or its watch
    story: String,
    /// The number of the old version; the last but one where none is given
    old: Option<u32>,
    /// The number of the new version; the last where none is given
    new: Option<u32>,
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let config = opened::config_without_secrets(common)?;
    let (old, new) = runtime()?.block_on(async {
        let store = opened::store(&config)?;
        let story = opened::story(&store, &arguments.story).await?;
        let last = store.history(&story).await?.len();
        let last = u32::try_from(last).unwrap_or(u32::MAX);
        let new = arguments.new.unwrap_or(last);
        let old = arguments.old.unwrap_or(new.saturating_sub(1).max(1));
        anyhow::Ok((
            store.body(&story, old).await?,
            store.body(&story, new).await?,
        ))
    })?;
    let comparison = compare::versions(&old, &new);
    if common.json {
        writeln!(out, "{}", records::compare::answer(&comparison, &new))?;
    } else {
        show(&comparison, out)?;
    }
    Ok(if comparison.changes.is_empty() {
        Ending::Well
    } else {
        Ending::Changed
    })
}

/// Shows each change: what it is, and its sentence with the words marked.
pub(super) fn show(comparison: &Comparison, out: &mut dyn Write) -> anyhow::Result<()> {
    if comparison.changes.is_empty() {
        writeln!(out, "No figure and no statement differs.")?;
    }
    if comparison.coarse {
        writeln!(
            out,
            "The texts are too large or too different for sentence by sentence; this is a coarse view.\n"
        )?;
    }
    for change in &comparison.changes {
        writeln!(out, "{}", headline(change))?;
        writeln!(out, "  {}\n", table::plain(&marked(change)))?;
    }
    Ok(())
}

/// Kind, aspect, severity and place of a change, and how far a figure moved.
pub(super) fn headline(change: &Change) -> String {
    let aspect = change
        .aspect
        .map_or_else(String::new, |aspect| format!(" ({})", aspect.as_str()));
    let side = |evidence: &Option<compare::Evidence>| {
        evidence.as_ref().map_or_else(
            || "-".to_owned(),
            |evidence| format!("\"{}\"", evidence.text),
        )
    };
    let percent = change
        .delta
        .and_then(|delta| delta.percent)
        .map_or_else(String::new, |percent| {
            format!(" ({:+}%)", percent.middle.round_dp(1).normalize())
        });
    let places: Vec<String> = change
        .places
        .iter()
        .map(|place| read::paragraph(*place))
        .collect();
    let values = if change.kind.is_figure() {
        format!(": {} -> {}{percent}", side(&change.old), side(&change.new))
    } else {
        String::new()
    };
    table::plain(&format!(
        "{} {}{aspect}{values}, par. {}",
        change.severity.as_str().to_uppercase(),
        change.kind.as_str(),
        places.join(", ")
    ))
}

/// The sentence with `[-old-]` and `{+new+}` words.
fn marked(change: &Change) -> String {
    match (&change.old, &change.new) {
        (Some(old), Some(new)) => words::diff(&old.sentence, &new.sentence)
            .into_iter()
            .map(|(mark, text)| match mark {
                Mark::Same => text,
                Mark::Gone => format!("[-{text}-]"),
                Mark::Come => format!("{{+{text}+}}"),
            })
            .collect(),
        (Some(old), None) => format!("[-{}-]", old.sentence),
        (None, Some(new)) => format!("{{+{}+}}", new.sentence),
        (None, None) => String::new(),
    }
}
