//! `claimwatch export`: what is stored, for other programs and for people who check.
//!
//! One story with all its evidence goes to a folder; figures, statements, versions and alerts go to a table. The same store
//! gives the same bytes.

mod evidence;
mod form;
mod page;
mod rows;
mod target;
mod tracked;

use std::io::Write;
use std::path::PathBuf;

use jiff::Timestamp;

use self::form::Format;
use self::target::Existing;
use super::{Common, Ending, Hint, opened, runtime, simulate};
use crate::alert::WatchName;
use crate::clock::Clock;
use crate::config::Config;
use crate::store::{Extent, Store};

#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "A watch that is called like one of the commands goes by the identifier of its story."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    table: Option<Table>,
    #[command(flatten)]
    evidence: Option<evidence::Evidence>,
}

/// What can be exported as rows.
#[derive(Debug, clap::Subcommand)]
enum Table {
    /// Write the figures of stories as rows: each value, who says it, from when to when it stood
    Figures(Claimed),
    /// Write what is said in stories as rows: quotes, reported speech, sentences; who says it, whether it denies
    Statements(Claimed),
    /// Write the versions of stories as rows: when each was seen, its hash, how much it changed
    Versions(Selection),
    /// Write the alerts as rows, one for each recipient: what was told, to whom, when it was sent
    Alerts(Selection),
}

/// Rows that a claim of the configuration may follow.
#[derive(Debug, clap::Args)]
struct Claimed {
    #[command(flatten)]
    selection: Selection,
    /// Only what this claim of the configuration follows
    #[arg(long, value_name = "CLAIM")]
    claim: Option<String>,
}

/// Which rows, in which form, to where.
#[derive(Debug, clap::Args)]
struct Selection {
    /// Only of this story, as `claimwatch stories` names it, or of the story of this watch
    #[arg(long, value_name = "STORY", conflicts_with = "watch")]
    story: Option<String>,
    /// Only of this watch: every story it has followed; of a list, every article
    #[arg(long, value_name = "WATCH")]
    watch: Option<String>,
    /// Only what came or went since then: a time (7d ago), a date or an instant
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// How rows are written; jsonl where --json is given or the file is called .jsonl, else csv
    #[arg(long, value_name = "FORMAT", conflicts_with = "json")]
    format: Option<Format>,
    /// Write to this file in place of standard output; it appears when it is whole
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Replace the file if there is one
    #[arg(long, requires = "to")]
    force: bool,
}

/// What rows are made from.
struct Source<'c> {
    store: Store,
    config: &'c Config,
    extent: Extent,
    since: Timestamp,
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    match (&arguments.table, &arguments.evidence) {
        (Some(table), _) => table.run(common, out),
        (None, Some(evidence)) => evidence::run(evidence, common, out),
        (None, None) => Err(anyhow::anyhow!("nothing is named that could be exported")),
    }
}

impl Table {
    fn selection(&self) -> &Selection {
        match self {
            Self::Figures(claimed) | Self::Statements(claimed) => &claimed.selection,
            Self::Versions(selection) | Self::Alerts(selection) => selection,
        }
    }

    fn run(&self, common: &Common, out: &mut dyn Write) -> anyhow::Result<Ending> {
        let config = opened::config_without_secrets(common)?;
        let selection = self.selection();
        let since = match &selection.since {
            Some(typed) => simulate::since(typed, Clock::system().now())?,
            None => Timestamp::MIN,
        };
        let format = selection.format(common);
        let write = |out: &mut dyn Write| {
            runtime()?.block_on(async {
                let store = opened::store(&config)?;
                let source = Source {
                    extent: selection.extent(&store).await?,
                    store,
                    config: &config,
                    since,
                };
                self.write(&source, format, out).await
            })
        };
        match &selection.to {
            None => {
                write(out)?;
            }
            Some(path) => {
                let existing = if selection.force {
                    Existing::Replaced
                } else {
                    Existing::Refused
                };
                let rows = target::to_file(path, existing, write)?;
                let noun = if rows == 1 { "row" } else { "rows" };
                writeln!(out, "{rows} {noun} written to {}", path.display())?;
            }
        }
        Ok(Ending::Well)
    }

    async fn write(
        &self,
        source: &Source<'_>,
        format: Format,
        out: &mut dyn Write,
    ) -> anyhow::Result<u64> {
        match self {
            Self::Figures(claimed) => {
                let followed = tracked::Followed::of(source.config, claimed.claim.as_deref())?;
                rows::figures(source, &followed, format, out).await
            }
            Self::Statements(claimed) => {
                let followed = tracked::Followed::of(source.config, claimed.claim.as_deref())?;
                rows::statements(source, &followed, format, out).await
            }
            Self::Versions(_) => rows::versions(source, format, out).await,
            Self::Alerts(_) => rows::alerts(source, format, out).await,
        }
    }
}

impl Selection {
    /// What is said goes before what the name of the file suggests.
    fn format(&self, common: &Common) -> Format {
        let ending = self.to.as_ref().and_then(|path| path.extension());
        let is_json = common.json
            || ending.is_some_and(|ending| {
                ["jsonl", "ndjson", "json"]
                    .iter()
                    .any(|json| ending.eq_ignore_ascii_case(json))
            });
        let usual = if is_json { Format::Jsonl } else { Format::Csv };
        self.format.unwrap_or(usual)
    }

    async fn extent(&self, store: &Store) -> anyhow::Result<Extent> {
        if let Some(story) = &self.story {
            return Ok(Extent::Story(opened::story(store, story).await?));
        }
        let Some(typed) = &self.watch else {
            return Ok(Extent::Everything);
        };
        let unknown = || {
            anyhow::anyhow!("no watch is called `{typed}`")
                .context(Hint("claimwatch status lists them".to_owned()))
        };
        let watch = WatchName::of_any(typed).ok_or_else(unknown)?;
        if store.has_watch(&watch).await? {
            Ok(Extent::Watch(watch))
        } else {
            Err(unknown())
        }
    }
}
