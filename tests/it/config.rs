//! Configuration: the file at the top of the repository loads, and every mistake is told with its place and remedy.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use claimwatch::config::{self, Config, Mistakes};
use claimwatch::secret::Lookup;
use jiff::tz::TimeZone;

/// A process with the variables and files that a test gives it.
#[derive(Default)]
struct Given {
    variables: BTreeMap<&'static str, &'static str>,
    files: BTreeMap<&'static str, &'static str>,
}

impl Lookup for Given {
    fn variable(&self, name: &str) -> Option<OsString> {
        self.variables.get(name).map(OsString::from)
    }

    fn file(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        let file = path.to_str().and_then(|path| self.files.get(path));
        file.map(|text| text.as_bytes().to_vec())
            .ok_or_else(|| std::io::Error::other("No such file or directory (os error 2)"))
    }

    fn time_zone(&self) -> TimeZone {
        TimeZone::UTC
    }
}

const SIGNING_KEY: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";

fn given() -> Given {
    Given {
        variables: BTreeMap::from([
            ("CREDENTIALS_DIRECTORY", "/run/credentials/claimwatch"),
            ("CLAIMWATCH_HOOK_SECRET", SIGNING_KEY),
            ("NOT_A_KEY", "hunter2"),
        ]),
        files: BTreeMap::from([
            (
                "/run/credentials/claimwatch/smtp_password",
                "correct horse\n",
            ),
            ("/run/credentials/claimwatch/hook_secret", SIGNING_KEY),
        ]),
    }
}

fn read(text: &str) -> Result<Config, Mistakes> {
    config::from_text(text, Path::new("/etc/claimwatch/config.yaml"), &given())
}

/// The bad configurations, by name.
fn bad() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir("testdata/config/bad")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    files.sort();
    files
}

/// What is said about a bad configuration, as if it were `config.yaml` in the working directory.
fn said(path: &Path) -> String {
    match config::read(path, &given()) {
        Ok(_) => "no mistake was found".to_owned(),
        Err(mistakes) => {
            let said = mistakes.to_string();
            let said = said.replace(path.to_str().unwrap(), "config.yaml");
            said.replace("testdata/config/bad/", "")
        }
    }
}

#[test]
fn every_mistake_is_told_with_its_place_and_what_to_do() {
    let bless = std::env::var_os("CLAIMWATCH_BLESS").is_some();
    let mut differing = Vec::new();
    for path in bad() {
        let said = said(&path) + "\n";
        let expected = path.with_extension("txt");
        if bless {
            std::fs::write(&expected, &said).unwrap();
        }
        let wanted = std::fs::read_to_string(&expected).unwrap_or_default();
        if wanted != said {
            differing.push(format!("--- {}\n{wanted}+++ said\n{said}", path.display()));
        }
    }

    assert!(
        differing.is_empty(),
        "{}\nset CLAIMWATCH_BLESS=1 to accept",
        differing.join("\n")
    );
}

#[test]
fn two_lines_are_enough_and_print_on_the_terminal() {
    let config = read("watches:\n  - https://news.example/ceasefire\n").unwrap();

    assert_eq!(config.watches[0].name.as_str(), "news.example-ceasefire");
    assert_eq!(config.watches[0].notify[0].as_str(), "terminal");
    assert_eq!(config.store, Path::new("/etc/claimwatch/claimwatch.db"));
}

fn example() -> Config {
    let text = std::fs::read_to_string("config.yaml").unwrap();
    read(&text).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

#[test]
fn the_configuration_at_the_top_of_the_repository_loads_without_a_warning() {
    let config = example();

    assert_eq!(config.watches.len(), 3);
    assert_eq!(config.receivers.len(), 5);
    assert_eq!(config.claims.len(), 2);
    assert_eq!(config.warnings, Vec::<String>::new());
    println!("{}", config.show());
}
