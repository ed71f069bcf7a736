//! Every transcript of the README is what the program prints. `CLAIMWATCH_BLESS=1` rewrites them.

use std::path::{Path, PathBuf};
use std::process::Command;

use claimwatch::alert::{self, Context, StoryId, VersionRef, WatchName, render};
use claimwatch::story::{self, Story};
use claimwatch::{compare, secret};
use jiff::Timestamp;

const FENCE: &str = "```text\n";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What the block that reads `shown` has to read.
fn expected(shown: &str) -> String {
    let first = shown.lines().next().unwrap();
    match first.strip_prefix("$ claimwatch ") {
        Some(arguments) => {
            let output = Command::new(env!("CARGO_BIN_EXE_claimwatch"))
                .args(arguments.split(' '))
                .current_dir(root())
                .output()
                .unwrap();
            format!(
                "{first}\n{}",
                String::from_utf8(output.stdout).unwrap().trim_end()
            )
        }
        None => mail().trim_end().to_owned(),
    }
}

fn page(name: &str) -> Story {
    let bytes = std::fs::read(root().join("testdata/pages").join(name)).unwrap();
    let page = story::Page {
        bytes: &bytes,
        content_type: None,
        url: "https://harbour.example/world/tarvia-ceasefire",
    };
    story::read(&page, &story::Options::default()).unwrap()
}

/// The mail about the two pages, at fixed times.
fn mail() -> String {
    let (old, new) = (page("ceasefire.html"), page("ceasefire-later.html"));
    let time = |text: &str| text.parse::<Timestamp>().unwrap();
    let watch = WatchName::new("tarvia").unwrap();
    let url = "https://harbour.example/world/tarvia-ceasefire";
    let version = |version, first_seen: &str, last_seen: Option<&str>, sha256: &str| VersionRef {
        version,
        first_seen: time(first_seen),
        last_seen: last_seen.map(time),
        sha256: sha256.repeat(8),
        archive_url: None,
    };
    let before = version(
        2,
        "2026-03-09T15:10:07Z",
        Some("2026-03-11T13:55:08Z"),
        "9c1e41d0",
    );
    let after = version(3, "2026-03-11T14:05:12Z", None, "b77a4c0e");
    let judgement = alert::judge(
        &compare::versions(&old, &new).changes,
        &alert::rules::Rules::default(),
        &Default::default(),
    );
    let context = Context {
        watch: &watch,
        tags: &[],
        story_id: &StoryId::of(&watch, url),
        url,
        story: &new,
        old_story: Some(&old),
        old: Some(&before),
        new: Some(&after),
        at: time("2026-03-11T14:05:12Z"),
        history: &|_| Vec::new(),
        elsewhere: &|_| Vec::new(),
        link: None,
    };
    render::terminal(&alert::compose(&context, &judgement).unwrap())
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let path = root().join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let mut parts = readme.split(FENCE);
    let mut fresh = parts.next().unwrap().to_owned();

    for part in parts {
        let (shown, rest) = part.split_once("\n```").unwrap();
        fresh.push_str(FENCE);
        fresh.push_str(&expected(shown));
        fresh.push_str("\n```");
        fresh.push_str(rest);
    }

    if secret::environment("CLAIMWATCH_BLESS").is_some() {
        std::fs::write(&path, &fresh).unwrap();
    }
    assert_eq!(
        fresh, readme,
        "run with CLAIMWATCH_BLESS=1 to rewrite the transcripts"
    );
}

#[test]
fn every_configuration_the_readme_shows_is_accepted() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let blocks: Vec<&str> = readme
        .split("```yaml\n")
        .skip(1)
        .map(|part| part.split_once("```").unwrap().0)
        .collect();

    assert_eq!(blocks.len(), 3);
    for block in blocks {
        let result =
            claimwatch::config::from_text(block, Path::new("config.yaml"), &secret::Process);
        assert!(
            result.is_ok(),
            "{block}\n{}",
            result
                .err()
                .map(|mistakes| mistakes.to_string())
                .unwrap_or_default()
        );
    }
}

#[test]
fn the_documents_name_only_verbs_that_exist() {
    let help = Command::new(env!("CARGO_BIN_EXE_claimwatch"))
        .arg("--help")
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let verbs: Vec<&str> = help
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next())
        .collect();

    for document in ["README.md", "CHANGELOG.md", "docs/ARCHITECTURE.md"] {
        let text = std::fs::read_to_string(root().join(document)).unwrap();
        for named in text.split("`claimwatch ").skip(1) {
            let verb = named.split([' ', '`']).next().unwrap();
            assert!(
                verbs.contains(&verb) || verb.starts_with('-'),
                "{document} names `claimwatch {verb}`"
            );
        }
    }
}
