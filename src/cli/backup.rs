//! `claimwatch backup` and `claimwatch restore`: the database, copied while work goes on, and put back.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::{Common, Ending, Hint, opened, runtime};
use crate::store::Store;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The file to write; it must not exist
    to: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(super) struct RestoreArguments {
    /// A file that `claimwatch backup` has written
    from: PathBuf,
}

pub(super) fn backup(
    arguments: &Arguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let config = opened::config_without_secrets(common)?;
    let counts = runtime()?.block_on(async {
        opened::store(&config)?.backup(&arguments.to).await?;
        // What is not looked at is no backup.
        let copy = Store::open_existing(&arguments.to)?;
        copy.check_integrity().await?;
        anyhow::Ok(copy.counts().await?)
    })?;
    writeln!(
        out,
        "Wrote {}: {} stories, {} versions, {} alerts.",
        arguments.to.display(),
        counts.stories,
        counts.versions,
        counts.alerts
    )?;
    Ok(Ending::Well)
}

pub(super) fn restore(
    arguments: &RestoreArguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let config = opened::config_without_secrets(common)?;
    let from = &arguments.from;
    let to = config.store.file().ok_or_else(|| {
        anyhow::anyhow!("the database is on a server, into which no file is restored").context(Hint(
            "restore it with psql or pg_restore, or copy the file into an empty database: claimwatch store copy FILE ADDRESS"
                .to_owned(),
        ))
    })?;
    let aside = beside(to, ".before-restore");
    anyhow::ensure!(
        !aside.exists(),
        "`{}` is left from an earlier restore; move it away first",
        aside.display()
    );
    // Nobody may be at work on the database, and nobody may begin while it is exchanged.
    let lock = Store::hold(to).context(Hint(
        "stop the service first: systemctl stop claimwatch".to_owned(),
    ))?;
    let fresh = beside(to, ".restoring");
    let counts = runtime()?.block_on(async {
        let backup = Store::open_existing(from)?;
        backup.check_integrity().await?;
        // A copy by the database itself: whole, or not there.
        let _ = fs::remove_file(&fresh);
        backup.backup(&fresh).await?;
        anyhow::Ok(backup.counts().await?)
    })?;
    if to.exists() {
        for end in ["", "-wal", "-shm"] {
            let old = beside(to, end);
            if old.exists() {
                let kept = beside(&aside, end);
                fs::rename(&old, &kept)
                    .with_context(|| format!("cannot move `{}` aside", old.display()))?;
            }
        }
    }
    give_to_owner_of_folder(&fresh);
    fs::rename(&fresh, to).with_context(|| format!("cannot put `{}` in place", to.display()))?;
    drop(lock);
    write!(
        out,
        "Restored {} stories and {} versions to {}.",
        counts.stories,
        counts.versions,
        to.display()
    )?;
    if aside.exists() {
        write!(out, " What was there is kept as {}.", aside.display())?;
    }
    writeln!(out)?;
    Ok(Ending::Well)
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// Whoever restores as root restores for the user of the service, to whom the folder belongs.
fn give_to_owner_of_folder(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let folder = path.parent().and_then(|folder| fs::metadata(folder).ok());
        if let Some(folder) = folder {
            // Who is not root keeps its own name on the file, which is then the right one.
            let _ = std::os::unix::fs::chown(path, Some(folder.uid()), Some(folder.gid()));
        }
    }
}
