//! Whether the place of the database can be trusted: nobody else may own it or exchange it under our feet.

use std::path::Path;

use super::error::Error;

/// Refuses a database that a daemon should not work on: one behind a link, one of somebody else, or one in a folder where
/// anybody could put another in its place.
#[cfg(unix)]
pub(super) fn examine(path: &Path) -> Result<(), Error> {
    use std::fs;
    use std::os::unix::fs::MetadataExt;

    const WRITABLE_BY_ALL: u32 = 0o002;
    const STICKY: u32 = 0o1000;

    let refuse = |path: &Path, what: &str| {
        Err(Error::Untrusted {
            path: path.to_owned(),
            what: what.to_owned(),
        })
    };
    // Where the system does not say who we are, it cannot be asked who somebody else is.
    let Ok(own) = fs::metadata("/proc/self").map(|own| own.uid()) else {
        return Ok(());
    };
    if let Ok(file) = fs::symlink_metadata(path) {
        if file.is_symlink() {
            return refuse(path, "is a link, which could lead anywhere");
        }
        if file.uid() != own {
            return refuse(path, "belongs to another user");
        }
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    };
    let Ok(of_folder) = fs::symlink_metadata(folder) else {
        return Ok(());
    };
    if of_folder.is_symlink() {
        return refuse(folder, "is a link, which could lead anywhere");
    }
    if of_folder.uid() != own && of_folder.uid() != 0 {
        return refuse(folder, "belongs to another user");
    }
    let mode = of_folder.mode();
    if mode & WRITABLE_BY_ALL != 0 && mode & STICKY == 0 {
        return refuse(folder, "can be written by every user of this machine");
    }
    Ok(())
}

/// Whether the place can be trusted is not known here.
#[cfg(not(unix))]
pub(super) fn examine(_: &Path) -> Result<(), Error> {
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, chown, symlink};

    use super::*;

    #[test]
    fn a_database_behind_a_link_or_open_to_all_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("claimwatch.db");
        assert!(examine(&path).is_ok());
        fs::write(folder.path().join("other.db"), "x").unwrap();
        symlink(folder.path().join("other.db"), &path).unwrap();

        assert!(
            examine(&path)
                .unwrap_err()
                .to_string()
                .contains("is a link")
        );

        fs::remove_file(&path).unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
        let error = examine(&path).unwrap_err().to_string();
        assert!(
            error.contains("written by every user") && error.contains("hint:"),
            "{error}"
        );
    }

    #[test]
    fn a_database_in_a_folder_behind_a_link_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("state")).unwrap();
        symlink(folder.path().join("state"), folder.path().join("link")).unwrap();

        assert!(examine(&folder.path().join("state/claimwatch.db")).is_ok());
        let error = examine(&folder.path().join("link/claimwatch.db")).unwrap_err();

        assert!(error.to_string().contains("is a link"), "{error}");
    }

    #[test]
    fn a_database_of_somebody_else_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("claimwatch.db");
        fs::write(&path, "x").unwrap();
        // Only root may give a file away; for everybody else there is nothing to be shown here.
        if chown(&path, Some(54_321), None).is_err() {
            return;
        }

        assert!(
            examine(&path)
                .unwrap_err()
                .to_string()
                .contains("another user")
        );
    }
}
