//! `claimwatch compare`: two files as two versions of one story; with `--jsonl`, a whole archive of pairs.

use std::io::Write;

use super::opened::Shown;
use super::{Common, Ending, diff, opened, read};
use crate::compare;
use crate::compare::Severity;
use crate::records;
use crate::story;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The old version: a file or an address
    #[arg(required_unless_present = "jsonl")]
    old: Option<String>,
    /// The new version
    #[arg(required_unless_present = "jsonl")]
    new: Option<String>,
    /// Read pairs from stdin, one JSON object a line with `id`, `lang`, `old` and `new`; answer a line for each
    #[arg(long, conflicts_with_all = ["old", "new"])]
    jsonl: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    if arguments.jsonl {
        return read::lines(out, records::compare::line);
    }
    let open = |source: &Option<String>| {
        let source = source.as_deref().unwrap_or_default();
        opened::open(source, &common.config, Shown::AsServed)?.story(&story::Options::default())
    };
    let (old, new) = (open(&arguments.old)?, open(&arguments.new)?);
    let comparison = compare::versions(&old, &new);
    if common.json {
        writeln!(out, "{}", records::compare::answer(&comparison, &new))?;
    } else {
        diff::show(&comparison, out)?;
    }
    let is_told = comparison
        .changes
        .iter()
        .any(|change| change.severity >= Severity::Medium);
    Ok(if is_told {
        Ending::Changed
    } else {
        Ending::Well
    })
}
