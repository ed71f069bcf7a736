//! An Atom feed in a file, for feed readers or a web server to take it from.
//!
//! The file is replaced as a whole, so that nobody ever reads half of it. A file that is no feed of claimwatch is left as
//! it is.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::kind::{Default, Key, Kind, Problem, Settings, Wants, Work};
use super::{Error, Takes};
use crate::alert::Alert;
use crate::alert::render::atom::{self, Heading};

/// The largest file that is taken for a feed of ours.
const MAX_FEED_BYTES: u64 = 8 << 20;

const FILE: Key = Key {
    name: "file",
    about: "the file; a service writes it below its state directory",
    wants: Wants::File,
    default: Default::Needed,
};
const TITLE: Key = Key {
    name: "title",
    about: "the title of the feed",
    wants: Wants::Text,
    default: Default::Is("Changes in watched stories"),
};
const URL: Key = Key {
    name: "url",
    about: "where the feed can be had, if it can",
    wants: Wants::Text,
    default: Default::Nothing,
};
const ENTRIES: Key = Key {
    name: "entries",
    about: "how many alerts it keeps, the newest",
    wants: Wants::Count(1, 100),
    default: Default::Is("100"),
};
const WATCHES: Key = Key {
    name: "watches",
    about: "only alerts of these watches",
    wants: Wants::Texts,
    default: Default::Nothing,
};
const CLAIMS: Key = Key {
    name: "claims",
    about: "only alerts about these claims",
    wants: Wants::Texts,
    default: Default::Nothing,
};
const STORIES: Key = Key {
    name: "stories",
    about: "only alerts about these stories, by their identifiers",
    wants: Wants::Texts,
    default: Default::Nothing,
};

/// An Atom feed.
pub const KIND: Kind = Kind {
    name: "feed",
    about: "an Atom feed in a file, replaced as a whole; the newest hundred, of some watches, claims or stories if you like",
    example: "{file: changes.atom, title: Refugee figures, claims: [refugees]}",
    takes: Takes::Changes,
    threads: false,
    keys: &[&FILE, &TITLE, &URL, &ENTRIES, &WATCHES, &CLAIMS, &STORIES],
    check,
    work: Work::Write(write),
};

fn check(settings: &Settings) -> Option<Problem> {
    let url = settings.text(&URL)?;
    let is_address = url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    (!is_address).then(|| Problem {
        key: URL.name,
        what: String::from("this is not the address of a feed"),
        hint: "write https://, the host and the path",
    })
}

fn write(settings: &Settings, alert: &Alert) -> Result<(), Error> {
    if !is_for(settings, alert) {
        return Ok(());
    }
    let file = settings.text(&FILE).unwrap_or_default();
    let path = Path::new(file);
    let failed = |error: &io::Error| Error::Transport {
        to: file.to_owned(),
        why: error.to_string(),
    };
    let before = read(path).map_err(|error| failed(&error))?;
    let heading = Heading {
        title: settings.text(&TITLE).unwrap_or_default(),
        url: settings.text(&URL),
        seed: file,
        entries: settings
            .count(&ENTRIES)
            .map_or(atom::MAX_ENTRIES, |n| n as usize),
    };
    let feed = atom::with(before.as_deref(), &heading, alert).ok_or_else(|| Error::Config {
        to: file.to_owned(),
        why: String::from(
            "the file is there and is no feed of claimwatch; name another, or remove it",
        ),
    })?;
    replace(path, feed.as_bytes()).map_err(|error| failed(&error))
}

/// Whether the feed is to have the alert. A test is for every feed.
fn is_for(settings: &Settings, alert: &Alert) -> bool {
    let lists = |key: &Key, name: &str| {
        let wanted = settings.texts(key);
        wanted.is_empty() || wanted.iter().any(|wanted| wanted == name)
    };
    let story = alert.story.as_ref().map_or("", |story| story.id.as_str());
    let claims = settings.texts(&CLAIMS);
    let about = |claim: &String| {
        alert
            .changes
            .iter()
            .any(|change| change.claim.as_ref() == Some(claim))
    };
    alert.test
        || (lists(&WATCHES, alert.watch.id.as_str())
            && lists(&STORIES, story)
            && (claims.is_empty() || claims.iter().any(about)))
}

/// The feed as it is; `None` where there is none.
fn read(path: &Path) -> io::Result<Option<String>> {
    match fs::metadata(path) {
        Ok(file) if file.len() > MAX_FEED_BYTES => Ok(Some(String::new())),
        Ok(_) => fs::read(path).map(|bytes| Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Puts a new file in the place of the old one, with its permissions.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".claimwatch-feed");
    let permissions = match fs::metadata(path) {
        Ok(file) => Some(file.permissions()),
        Err(_) => readable(),
    };
    if let Some(permissions) = permissions {
        builder.permissions(permissions);
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// For all to read, as far as the process's mask allows.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there is none")]
fn readable() -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable() -> Option<fs::Permissions> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deliver::kind::Setting;

    fn settings(path: &Path) -> Settings {
        Settings::default().with(&FILE, Setting::Text(path.display().to_string()))
    }

    fn alert() -> Alert {
        crate::alert::test(jiff::Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn a_repeat_leaves_the_feed_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("changes.atom");

        write(&settings(&path), &alert()).unwrap();
        let first = fs::read(&path).unwrap();
        write(&settings(&path), &alert()).unwrap();

        assert_eq!(fs::read(&path).unwrap(), first);
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing is left beside it"
        );
    }

    #[test]
    fn a_file_of_somebody_else_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index.html");
        fs::write(&path, "<html>").unwrap();

        let error = write(&settings(&path), &alert()).unwrap_err();

        assert!(matches!(error, Error::Config { .. }), "{error}");
        assert_eq!(fs::read(&path).unwrap(), b"<html>");
    }

    #[test]
    fn a_feed_has_what_it_was_asked_for() {
        let mut alert = alert();
        alert.test = false;
        alert.changes[0].claim = Some("refugees".to_owned());
        let only = |key: &Key, names: &[&str]| {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            is_for(
                &Settings::default().with(key, Setting::Texts(names)),
                &alert,
            )
        };

        assert!(is_for(&Settings::default(), &alert));
        assert!(only(&WATCHES, &["other", "example"]) && !only(&WATCHES, &["other"]));
        assert!(only(&CLAIMS, &["refugees"]) && !only(&CLAIMS, &["deaths"]));
        assert!(!only(&STORIES, &["s00000000"]));
    }

    #[test]
    fn a_folder_that_is_not_there_is_tried_again() {
        let error = write(&settings(Path::new("/nowhere/changes.atom")), &alert()).unwrap_err();

        assert_eq!(error.retry(), super::super::Retry::Backoff);
    }
}
