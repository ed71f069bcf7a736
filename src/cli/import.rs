//! `claimwatch import`: the watches of another program.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;

use super::{Common, Ending, Hint, add, table};
use crate::config::edit;
use crate::config::import::{self, Found};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Jobs of urlwatch or webchanges (YAML), an export of changedetection.io (JSON), OPML, or a list of addresses
    file: PathBuf,
    /// Say what would be added, and add nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let path = &arguments.file;
    let tried = || format!("cannot import `{}`", path.display());
    let size = std::fs::metadata(path)
        .with_context(tried)
        .context(Hint(
            "name the file that the other program keeps or exports".to_owned(),
        ))?
        .len();
    anyhow::ensure!(
        size <= import::MAX_BYTES as u64,
        "`{}` is larger than {} MiB",
        path.display(),
        import::MAX_BYTES >> 20
    );
    let bytes = std::fs::read(path).with_context(tried)?;
    let mut found = import::read(&String::from_utf8_lossy(&bytes))
        .map_err(anyhow::Error::msg)
        .with_context(tried)?;
    let file = add::File::open_or_begin(&common.config)?;
    distinct(&mut found, &file);
    for told in &found.left_out {
        eprintln!("left out: {}", table::plain(told));
    }
    if found.watches.is_empty() {
        writeln!(out, "Nothing to add.")?;
        return Ok(Ending::Well);
    }
    let text = edit::with_watches(&file.text, &found.watches).map_err(anyhow::Error::msg)?;
    if arguments.dry_run {
        for watch in &found.watches {
            writeln!(out, "{}", table::plain(&watch.url))?;
        }
        return Ok(Ending::Well);
    }
    let after = file.replace(&text, found.watches.len(), 0)?;
    add::report(out, "Added", found.watches.len(), &after)
}

/// Leaves out what is watched already, and the names that are taken.
fn distinct(found: &mut Found, file: &add::File) {
    let watches = || file.config.iter().flat_map(|config| &config.watches);
    let mut urls: Vec<String> = watches().map(|watch| watch.url.clone()).collect();
    let mut names: Vec<String> = watches().map(|watch| watch.name.to_string()).collect();
    let mut kept = Vec::new();
    for mut watch in std::mem::take(&mut found.watches) {
        if urls.contains(&watch.url) {
            found
                .left_out
                .push(format!("{}: it is watched already", watch.url));
            continue;
        }
        urls.push(watch.url.clone());
        if watch.name.as_ref().is_some_and(|name| names.contains(name)) {
            watch.name = None;
        }
        names.extend(watch.name.clone());
        kept.push(watch);
    }
    found.watches = kept;
}
