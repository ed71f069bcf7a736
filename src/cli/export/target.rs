//! Where rows go: to standard output, or to a file that is there only when it is whole.

use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use tempfile::NamedTempFile;

use crate::cli::Hint;

/// What to do about a file that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Existing {
    Refused,
    Replaced,
}

/// Has `write` write to the file `path`, which then is whole or, after an error, as it was.
pub(super) fn to_file<T>(
    path: &Path,
    existing: Existing,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let cannot = || format!("cannot write `{}`", path.display());
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => {
            return Err(anyhow::anyhow!("`{}` is a folder", path.display())
                .context(Hint("name a file in it".to_owned())));
        }
        // A pipe or a terminal has no place beside it and nothing in it to lose.
        Ok(found) if !found.is_file() => {
            let opened = OpenOptions::new().write(true).open(path);
            let mut out = BufWriter::new(opened.with_context(cannot)?);
            let answer = write(&mut out)?;
            out.flush().with_context(cannot)?;
            return Ok(answer);
        }
        Ok(_) if existing == Existing::Refused => return Err(exists(path)),
        Ok(_) | Err(_) => {}
    }
    let mut out = BufWriter::new(aside(path).map_err(|error| unwritable(path, error))?);
    let answer = write(&mut out)?;
    let file = out
        .into_inner()
        .map_err(io::IntoInnerError::into_error)
        .with_context(cannot)?;
    file.as_file().sync_all().with_context(cannot)?;
    let named = match existing {
        Existing::Replaced => file.persist(path),
        Existing::Refused => file.persist_noclobber(path),
    };
    match named {
        Ok(_) => Ok(answer),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(exists(path)),
        Err(error) => Err(error.error).with_context(cannot),
    }
}

/// A file beside `path`; it goes away again unless it gets that name.
fn aside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".claimwatch-export-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any file that a user makes; the umask takes away from it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

fn exists(path: &Path) -> anyhow::Error {
    anyhow::anyhow!("the file `{}` exists", path.display()).context(Hint(
        "name another file, or write --force to replace it".to_owned(),
    ))
}

fn unwritable(path: &Path, error: io::Error) -> anyhow::Error {
    let hint = match error.kind() {
        io::ErrorKind::NotFound => "make the folder first",
        _ => "name a file in a folder that you may write to, or leave --to out and redirect",
    };
    anyhow::Error::new(error)
        .context(format!("cannot write `{}`", path.display()))
        .context(Hint(hint.to_owned()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_export_that_fails_leaves_the_file_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("figures.csv");
        fs::write(&path, "before").unwrap();

        let failed = to_file(&path, Existing::Replaced, |out| {
            out.write_all(b"half")?;
            anyhow::Result::<()>::Err(anyhow::anyhow!("the store cannot be read"))
        });

        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "before");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_came_meanwhile_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("figures.csv");

        let refused = to_file(&path, Existing::Refused, |_| Ok(fs::write(&path, "other")?));

        assert!(refused.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "other");
    }
}
