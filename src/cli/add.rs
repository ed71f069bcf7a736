//! `claimwatch add` and `claimwatch remove`: watches in the configuration file, without an editor.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::{Common, Ending, Hint};
use crate::config::edit::{self, NewWatch};
use crate::config::{self, Config};
use crate::secret;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The address of a story, or with --feed of a feed
    #[arg(required = true, value_name = "URL")]
    urls: Vec<String>,
    /// The address is that of a feed: each of its articles is followed
    #[arg(long)]
    feed: bool,
    /// The name of the watch; made from the address where none is given
    #[arg(long)]
    name: Option<String>,
    /// A claim to follow in it; one that does not exist yet is made, found by its name
    #[arg(long = "claim", value_name = "CLAIM")]
    claims: Vec<String>,
    /// How often it is checked, such as 5m
    #[arg(long, value_name = "TIME")]
    every: Option<String>,
    /// Who is told
    #[arg(long, value_name = "RECEIVER")]
    notify: Vec<String>,
    /// A word for filters
    #[arg(long = "tag", value_name = "WORD")]
    tags: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct RemoveArguments {
    /// The watches, by name or address
    #[arg(required = true, value_name = "WATCH")]
    watches: Vec<String>,
}

pub(super) fn add(
    arguments: &Arguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    anyhow::ensure!(
        arguments.name.is_none() || arguments.urls.len() == 1,
        "one name cannot be given to several watches"
    );
    let file = File::open(&common.config)?;
    let mut text = file.text.clone();
    for claim in &arguments.claims {
        let config = file.config.as_ref();
        if !config.is_some_and(|config| config.claims.iter().any(|known| known.name == *claim)) {
            text = edit::with_claim(&text, claim);
        }
    }
    let watches: Vec<NewWatch> = arguments
        .urls
        .iter()
        .map(|url| NewWatch {
            url: url.clone(),
            is_feed: arguments.feed,
            name: arguments.name.clone(),
            claims: arguments.claims.clone(),
            every: arguments.every.clone(),
            notify: arguments.notify.clone(),
            tags: arguments.tags.clone(),
            ..NewWatch::default()
        })
        .collect();
    let text = edit::with_watches(&text, &watches).map_err(anyhow::Error::msg)?;
    let after = file.replace(&text, watches.len(), 0)?;
    report(out, "Added", watches.len(), &after)
}

pub(super) fn remove(
    arguments: &RemoveArguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let file = File::open(&common.config)?;
    let mut text = file.text.clone();
    for word in &arguments.watches {
        let config = parsed(&text, &file.path)?;
        let watch = config
            .watches
            .iter()
            .find(|watch| watch.name.as_str() == word || watch.url == *word)
            .ok_or_else(|| {
                let hint = Hint("claimwatch status lists the watches".to_owned());
                anyhow::anyhow!("no watch is called `{word}`").context(hint)
            })?;
        if config.watches.len() == 1 {
            let hint =
                "add another one first, or stop the service: systemctl disable --now claimwatch";
            return Err(
                anyhow::anyhow!("`{word}` is the only watch").context(Hint(hint.to_owned()))
            );
        }
        text = edit::without_watch(&text, &config, &watch.name).map_err(anyhow::Error::msg)?;
    }
    let after = file.replace(&text, 0, arguments.watches.len())?;
    report(out, "Removed", arguments.watches.len(), &after)
}

/// Says how many watches there are now, and how the service comes to know.
pub(super) fn report(
    out: &mut dyn Write,
    did: &str,
    count: usize,
    after: &Config,
) -> anyhow::Result<Ending> {
    let plural = |count: usize| if count == 1 { "watch" } else { "watches" };
    let total = after.watches.len();
    writeln!(
        out,
        "{did} {count} {}; the configuration has {total} {}. A service that runs takes it up with: systemctl reload claimwatch",
        plural(count),
        plural(total)
    )?;
    Ok(Ending::Well)
}

/// The configuration file as it is.
pub(super) struct File {
    path: PathBuf,
    pub(super) text: String,
    /// What it means; none where it means nothing yet, as the file of a new package, which names no watch.
    pub(super) config: Option<Config>,
}

impl File {
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        // The file itself is replaced, not the link that leads to it.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let config = config::read(&path, &secret::LookingBack).ok();
        let text = fs::read_to_string(&path)
            .with_context(|| format!("cannot read `{}`", path.display()))
            .context(Hint("write a first one with: claimwatch init".to_owned()))?;
        Ok(Self { path, text, config })
    }

    /// Puts `text` in the place of the file, if it means what it should; otherwise nothing changes.
    pub(super) fn replace(
        &self,
        text: &str,
        added: usize,
        removed: usize,
    ) -> anyhow::Result<Config> {
        let after = parsed(text, &self.path).context("nothing was changed")?;
        let before = self.config.as_ref();
        let problem = before.and_then(|before| edit::problem(before, &after, added, removed));
        if let Some(problem) = problem {
            anyhow::bail!("{problem}");
        }
        write_whole(&self.path, text)
            .with_context(|| format!("cannot write `{}`", self.path.display()))?;
        Ok(after)
    }
}

fn parsed(text: &str, path: &Path) -> anyhow::Result<Config> {
    Ok(config::from_text(text, path, &secret::LookingBack)?)
}

/// Replaces a file at once, with its mode and owner: who reads it sees the old one or the new one.
fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let before = fs::metadata(path)?;
    let mut file = tempfile::Builder::new()
        .prefix(".claimwatch-")
        .tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    fs::set_permissions(file.path(), before.permissions())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        // Who is not root keeps its own name on the file, and could not give it away.
        let _ = std::os::unix::fs::chown(file.path(), Some(before.uid()), Some(before.gid()));
    }
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
