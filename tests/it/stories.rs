//! Edits told and edits passed over, one folder each, named for what happens. `CLAIMWATCH_BLESS=1` rewrites expectations.

use std::path::{Path, PathBuf};

use claimwatch::compare::{self, Severity, told_line};
use claimwatch::secret;
use claimwatch::story::{self, Story};

fn folders(kind: &str) -> Vec<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("testdata")
        .join(kind);
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    folders
}

fn read(folder: &Path, name: &str) -> Story {
    let bytes = std::fs::read(folder.join(name)).unwrap();
    let page = story::Page {
        bytes: &bytes,
        content_type: None,
        url: "https://news.example/story",
    };
    story::read(&page, &story::Options::default())
        .unwrap_or_else(|why| panic!("{}: {why:?}", folder.display()))
}

/// The lines that tell what changed.
fn told(folder: &Path) -> String {
    let comparison = compare::versions(&read(folder, "before.html"), &read(folder, "after.html"));
    comparison
        .changes
        .iter()
        .map(|change| told_line(change) + "\n")
        .collect()
}

#[test]
fn each_edit_is_told_as_what_it_is() {
    let mut wrong = Vec::new();
    let folders = folders("stories");

    for folder in &folders {
        let path = folder.join("changes.txt");
        let expected = std::fs::read_to_string(&path).unwrap();
        let told = told(folder);
        if told.trim_end() != expected.trim_end() {
            wrong.push(format!(
                "{}\n  expected {expected}\n  told {told}",
                folder.display()
            ));
        }
        if secret::environment("CLAIMWATCH_BLESS").is_some() {
            std::fs::write(&path, told).unwrap();
        }
    }

    assert!(folders.len() >= 50);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_changes_nothing_is_passed_over() {
    let folders = folders("quiet");

    for folder in &folders {
        let comparison =
            compare::versions(&read(folder, "before.html"), &read(folder, "after.html"));
        let loud: Vec<String> = comparison
            .changes
            .iter()
            .filter(|change| change.severity >= Severity::Medium)
            .map(told_line)
            .collect();
        assert_eq!(loud, Vec::<String>::new(), "{}", folder.display());
    }

    assert!(folders.len() >= 25);
}
