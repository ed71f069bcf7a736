//! `claimwatch export`: a story as evidence, or what is stored as tables for other programs.
//!
//! What is written is what was stored and nothing else: the same store gives the same bytes, wherever it is exported.

mod evidence;
mod folder;
mod page;
mod row;
mod tables;
mod warc;

use std::fs::OpenOptions;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::{Common, Ending, Hint, opened, runtime, simulate};
use crate::clock::Clock;
use row::Form;
use tables::{Kind, Scope};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The story, as `claimwatch stories` names it, or its watch; with --table also a list, or nothing for all stories
    #[arg(required_unless_present = "table")]
    story: Option<String>,
    /// An empty or new folder for the evidence of a story; with --table a new file in place of standard output
    #[arg(long, value_name = "PATH", required_unless_present = "table")]
    to: Option<PathBuf>,
    /// Write the pages as one web archive (WARC 1.1) in place of files
    #[arg(long, conflicts_with = "table")]
    warc: bool,
    /// Write a table, as CSV or with --json as JSON lines
    #[arg(long, value_enum)]
    table: Option<Kind>,
    /// Only what is as new as this: a day (2026-03-01), a time, or how long ago (7d)
    #[arg(long, value_name = "TIME", requires = "table")]
    since: Option<String>,
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let config = opened::config_without_secrets(common)?;
    let Some(kind) = arguments.table else {
        let (Some(story), Some(to)) = (&arguments.story, &arguments.to) else {
            anyhow::bail!("name a story and a folder");
        };
        return evidence::run(&config, story, to, arguments.warc, out);
    };
    let now = Clock::system().now();
    let since = match &arguments.since {
        Some(typed) => Some(simulate::since(typed, now)?),
        None => None,
    };
    let form = if common.json { Form::Lines } else { Form::Csv };
    let mut file = match &arguments.to {
        Some(path) => Some(BufWriter::new(new_file(path)?)),
        None => None,
    };
    let written = runtime()?.block_on(async {
        let store = opened::store(&config)?;
        let scope = Scope::find(&store, arguments.story.as_deref(), since).await?;
        let to: &mut dyn Write = match &mut file {
            Some(file) => file,
            None => out,
        };
        tables::write(&store, kind, &scope, form, to).await
    })?;
    if let (Some(file), Some(path)) = (file, &arguments.to) {
        let file = file
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error)?;
        file.sync_all()?;
        writeln!(out, "{written} rows written to {}", path.display())?;
    }
    Ok(Ending::Well)
}

/// A file that was not there before: an export never takes the place of another.
fn new_file(path: &Path) -> anyhow::Result<std::fs::File> {
    let mut options = OpenOptions::new();
    let file = options.write(true).create_new(true).open(path);
    file.with_context(|| format!("cannot write `{}`", path.display()))
        .context(Hint("name a new file".to_owned()))
}
