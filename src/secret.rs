//! The only reader of passwords, keys and the environment: `{env: NAME}`, `{file: PATH}`, `{credential: NAME}`.
//!
//! A [`Secret`] never shows itself: not in `Debug`, not in logs, errors, the store or the status page. What a process is
//! handed from outside is read through [`Lookup`], so that tests hand in their own.

use std::io::Read;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use secrecy::{ExposeSecret, SecretString};

/// The largest file a secret is read from; more is taken for the wrong file.
pub const MAX_SECRET_BYTES: u64 = 64 * 1024;

/// A secret that was found when the configuration was read.
#[derive(Debug, Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Wraps a secret.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(SecretString::from(text))
    }

    /// The secret itself, for the one call that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

/// Where systemd names the directory of the credentials.
const CREDENTIALS: &str = "CREDENTIALS_DIRECTORY";

/// What the process is handed from outside; the real environment and the real disk, unless an implementation says otherwise.
pub trait Lookup {
    /// An environment variable; `None` where it is not set.
    fn variable(&self, name: &str) -> Option<std::ffi::OsString> {
        std::env::var_os(name)
    }

    /// The bytes of a file, at most one more than [`MAX_SECRET_BYTES`].
    ///
    /// # Errors
    /// Where the file cannot be read.
    fn file(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        std::fs::File::open(path)?
            .take(MAX_SECRET_BYTES + 1)
            .read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The time zone of the machine.
    fn time_zone(&self) -> TimeZone {
        TimeZone::try_system().unwrap_or(TimeZone::UTC)
    }

    /// Who else can get at a file, where that is known.
    fn exposure(&self, path: &Path) -> Option<Exposure> {
        exposure(path)
    }

    /// Whether this secret, which cannot be read, is done without, as by whoever looks back and sends nothing.
    fn does_without(&self, _source: &Source) -> bool {
        false
    }
}

/// Who else can get at a file that is meant for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    /// Every user of the machine may read it.
    ReadByAll,
    /// It belongs to another user, who is not root.
    OfAnother,
}

/// The real environment and the real disk.
#[derive(Debug, Clone, Copy, Default)]
pub struct Process;

impl Lookup for Process {}

/// The real environment and the real disk, for verbs that send nothing: what systemd hands to the service alone is not there
/// for whoever asks how the service is.
#[derive(Debug, Clone, Copy, Default)]
pub struct LookingBack;

impl Lookup for LookingBack {
    fn does_without(&self, _: &Source) -> bool {
        true
    }
}

/// The real environment and the real disk, for whoever looks for mistakes: systemd hands credentials to the service alone, and
/// not to what it runs before a reload.
#[derive(Debug, Clone, Copy, Default)]
pub struct Checking;

impl Lookup for Checking {
    fn does_without(&self, source: &Source) -> bool {
        let Source::Credential(name) = source else {
            return false;
        };
        // Before a reload the directory is named, and closed.
        match credential(name, self) {
            Ok(path) => self
                .file(&path)
                .is_err_and(|error| error.kind() == std::io::ErrorKind::PermissionDenied),
            Err(_) => self.variable(CREDENTIALS).is_none(),
        }
    }
}

#[cfg(unix)]
fn exposure(path: &Path) -> Option<Exposure> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let allows = |path: &Path, bit: u32| {
        std::fs::metadata(path).is_ok_and(|found| found.permissions().mode() & bit != 0)
    };
    let path = path.canonicalize().ok()?;
    // A folder that only its owner may enter hides what is in it.
    if allows(&path, 0o004) && path.ancestors().skip(1).all(|folder| allows(folder, 0o001)) {
        return Some(Exposure::ReadByAll);
    }
    let owner = std::fs::metadata(&path).ok()?.uid();
    let own = std::fs::metadata("/proc/self").ok()?.uid();
    // Root looks after the files of others.
    (owner != own && owner != 0 && own != 0).then_some(Exposure::OfAnother)
}

#[cfg(not(unix))]
fn exposure(_: &Path) -> Option<Exposure> {
    None
}

/// Keeps what this process holds out of the file that a crash leaves behind, whatever limit it was started with. Who may
/// trace the process reads its memory all the same.
#[cfg(unix)]
pub fn leave_no_core() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    // A limit can always be lowered; where it cannot, that is no reason not to work.
    let _ = setrlimit(Resource::Core, none);
}

/// Nothing to do here.
#[cfg(not(unix))]
pub fn leave_no_core() {}

/// An environment variable of this process that is no secret, such as `NO_COLOR`; `None` where it is not set or not text.
#[must_use]
pub fn environment(name: &str) -> Option<String> {
    Process.variable(name)?.into_string().ok()
}

/// Where a secret is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// An environment variable.
    Env(String),
    /// A file.
    File(PathBuf),
    /// A credential that systemd hands over (`LoadCredential=`).
    Credential(String),
}

/// Why a secret was not found, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub hint: String,
}

impl Source {
    /// The same source, a file meant from `directory` where its path is not absolute.
    #[must_use]
    pub fn below(self, directory: &Path) -> Self {
        match self {
            Self::File(path) => Self::File(directory.join(path)),
            Self::Env(_) | Self::Credential(_) => self,
        }
    }

    /// Reads the secret. A line break at its end is not part of it.
    ///
    /// # Errors
    /// Says where the secret was looked for and what to do; never what was found.
    pub fn read(&self, lookup: &dyn Lookup) -> Result<Secret, Missing> {
        let (place, bytes) = match self {
            Self::Env(name) => (
                format!("the environment variable {name}"),
                lookup
                    .variable(name)
                    .ok_or_else(|| unset(name))?
                    .into_encoded_bytes(),
            ),
            Self::File(path) => read_file(path, lookup)?,
            Self::Credential(name) => read_file(&credential(name, lookup)?, lookup)?,
        };
        let text = String::from_utf8(bytes).map_err(|_| Missing {
            what: format!("{place} does not hold UTF-8 text"),
            hint: "keep the secret as one line of plain text".into(),
        })?;
        let text = text.trim_end_matches(['\r', '\n']);
        if text.is_empty() {
            return Err(Missing {
                what: format!("{place} is empty"),
                hint: "put the secret there".into(),
            });
        }
        Ok(Secret::new(text.to_owned()))
    }
}

fn unset(name: &str) -> Missing {
    Missing {
        what: format!("the environment variable {name} is not set"),
        hint: format!("set {name} where claimwatch is started, or use {{file: PATH}}"),
    }
}

fn read_file(path: &Path, lookup: &dyn Lookup) -> Result<(String, Vec<u8>), Missing> {
    let place = format!("the file {}", path.display());
    let bytes = lookup.file(path).map_err(|error| Missing {
        what: format!("{place} cannot be read: {}", plain(&error)),
        hint: "check the path and who may read it".into(),
    })?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= MAX_SECRET_BYTES) {
        return Ok((place, bytes));
    }
    Err(Missing {
        what: format!("{place} is larger than 64 KiB"),
        hint: "name the file that holds the secret and nothing else".into(),
    })
}

/// The reason of an I/O error without the number of the operating system.
pub(crate) fn plain(error: &std::io::Error) -> String {
    let text = error.to_string().to_lowercase();
    match text.split_once(" (os error") {
        Some((reason, _)) => reason.to_owned(),
        None => text,
    }
}

/// The file systemd keeps a credential in.
fn credential(name: &str, lookup: &dyn Lookup) -> Result<PathBuf, Missing> {
    let Some(directory) = lookup.variable(CREDENTIALS) else {
        return Err(Missing {
            what: format!(
                "there is no credential {name}: claimwatch was not started by systemd with credentials"
            ),
            hint: format!("add LoadCredential={name}:PATH to the service, or use {{file: PATH}}"),
        });
    };
    if name.contains('/') || name.starts_with('.') {
        return Err(Missing {
            what: format!("`{name}` is not the name of a credential"),
            hint: "write the name alone, as in LoadCredential=NAME:PATH".into(),
        });
    }
    Ok(PathBuf::from(directory).join(name))
}

/// The directory systemd keeps for this service's state (`StateDirectory=`), where there is one.
#[must_use]
pub fn state_directory(lookup: &dyn Lookup) -> Option<PathBuf> {
    let directories = lookup.variable("STATE_DIRECTORY")?;
    // Several directories are separated by colons; the first is the main one.
    let first = directories.to_str()?.split(':').next()?;
    (!first.is_empty()).then(|| PathBuf::from(first))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use std::collections::BTreeMap;
    use std::ffi::OsString;

    #[derive(Default)]
    struct Given {
        variables: BTreeMap<String, OsString>,
        files: BTreeMap<PathBuf, Vec<u8>>,
    }

    impl Lookup for Given {
        fn variable(&self, name: &str) -> Option<OsString> {
            self.variables.get(name).cloned()
        }

        fn file(&self, path: &Path) -> std::io::Result<Vec<u8>> {
            self.files
                .get(path)
                .cloned()
                .ok_or_else(|| std::io::ErrorKind::NotFound.into())
        }

        fn time_zone(&self) -> TimeZone {
            TimeZone::UTC
        }
    }

    fn given() -> Given {
        let mut given = Given::default();
        given
            .variables
            .insert("HOOK".into(), "from the variable".into());
        given
            .variables
            .insert("CREDENTIALS_DIRECTORY".into(), "/run/credentials".into());
        given
            .files
            .insert("/run/credentials/smtp".into(), b"from systemd\n".to_vec());
        given
            .files
            .insert("/etc/key".into(), b"from the file\r\n".to_vec());
        given
    }

    #[test]
    fn a_secret_never_shows_itself() {
        let secret = Secret::new("hunter2".into());

        assert!(!format!("{secret:?}").contains("hunter2"));
        assert_eq!(secret.expose(), "hunter2");
    }

    #[test]
    fn secrets_come_from_variables_files_and_systemd() {
        let given = given();

        let read = |source: Source| source.read(&given).unwrap().expose().to_owned();
        assert_eq!(read(Source::Env("HOOK".into())), "from the variable");
        assert_eq!(read(Source::File("/etc/key".into())), "from the file");
        assert_eq!(read(Source::Credential("smtp".into())), "from systemd");
    }

    #[test]
    fn a_secret_that_is_not_there_says_where_it_was_looked_for() {
        let mut given = given();
        given.files.insert("/etc/empty".into(), b"\n".to_vec());
        given
            .files
            .insert("/etc/huge".into(), vec![b'x'; 64 * 1024 + 1]);
        given.files.insert("/etc/binary".into(), vec![0xFF, 0xFE]);

        let what = |source: Source| source.read(&given).unwrap_err().what;
        assert_eq!(
            what(Source::Env("NO".into())),
            "the environment variable NO is not set"
        );
        assert_eq!(
            what(Source::File("/etc/none".into())),
            "the file /etc/none cannot be read: entity not found"
        );
        assert_eq!(
            what(Source::File("/etc/empty".into())),
            "the file /etc/empty is empty"
        );
        assert!(what(Source::File("/etc/huge".into())).ends_with("is larger than 64 KiB"));
        assert!(what(Source::File("/etc/binary".into())).ends_with("does not hold UTF-8 text"));
        assert!(what(Source::Credential("../etc".into())).contains("not the name of a credential"));
        assert!(
            Source::Credential("smtp".into())
                .read(&Given::default())
                .unwrap_err()
                .hint
                .contains("LoadCredential=smtp")
        );
    }

    #[test]
    fn the_first_state_directory_is_the_one() {
        let mut given = given();
        given.variables.insert(
            "STATE_DIRECTORY".into(),
            "/var/lib/claimwatch:/var/lib/other".into(),
        );

        assert_eq!(state_directory(&given), Some("/var/lib/claimwatch".into()));
        assert_eq!(state_directory(&Given::default()), None);
    }
}
