//! Mistakes in the configuration: each is told with its place and remedy, on the right line, without a secret.

use std::path::{Path, PathBuf};

use claimwatch::config;

use crate::config::{given, read};

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
fn no_message_repeats_a_secret() {
    let secrets = [
        "hunter2",
        "whsec_hunter2",
        "https://hooks.example.org/hunter2",
        "smtps://a:hunter2@mail.example.org/x",
    ];
    for template in [
        "email: {smtp: SECRET, to: a@example.org}",
        "email:\n  smtp: SECRET",
        "email: {smtp: \"smtps://a@b.example\", password: [SECRET]}",
        "email: {smtp: \"smtps://a@b.example\", password: {SECRET}}",
        "email: {smtp: \"smtps://a@b.example\", password: {env: NO, key: SECRET}}",
        "email: {smtp: \"smtps://b.example\", password: SECRET}",
        "email:\n  smtp: smtp://a@b.example\n  password: !SECRET",
        "email:\n  smtp: smtp://a@b.example\n  password: @SECRET",
        "email:\n  smtp: smtp://a@b.example\n  password: *SECRET",
        "email:\n  smtp: smtp://a@b.example\n  password: \"SECRET",
        "email:\n  smtp: smtp://a@b.example\n  password: a: SECRET",
        "notify: {api: SECRET}",
        "notify: {api: {webhook: SECRET}}",
        "notify: {api: {webhook: {url: SECRET, secret: SECRET}}}",
        "notify: {api: {webhook: {url: \"ftp:SECRET\", secret: [SECRET, SECRET, SECRET]}}}",
        "watches: https://reader:SECRET@news.example/a",
        "fetch: {contact: \"https://reader:SECRET@news.example/a\"}",
    ] {
        for secret in secrets {
            let text = template.replace("SECRET", secret);
            let said = match read(&text) {
                Ok(config) => format!("{}{config:?}{:?}", config.show(), config.warnings),
                Err(mistakes) => format!("{mistakes}{mistakes:?}"),
            };
            assert!(!said.contains("hunter2"), "{text}\n{said}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "[-a-z:{}\\[\\]*&!|>@%\"'# \n\t0-9é]{0,200}") {
        // An answer is all that is asked for.
        let _ = read(&text);
    }
}

/// `count` lines, numbered by `line`, below `head`.
fn lines(head: &str, count: u32, line: impl Fn(u32) -> String) -> String {
    let lines: Vec<String> = (1..=count).map(line).collect();
    format!("{head}{}", lines.join("\n"))
}

#[test]
fn a_file_built_to_exhaust_its_reader_is_refused() {
    const SIZE: usize = 1_000_000;
    let repeated = |unit: &str| unit.repeat(SIZE / unit.len());
    let doubled = |n: u32| format!("a{n}: &a{n} [*a{}, *a{0}]", n - 1);
    for (what, text) in [
        ("brackets", repeated("[")),
        ("braces", repeated("{a: ")),
        ("dashes", repeated("- ")),
        ("quotes", repeated("\"a\n")),
        ("colons", repeated("a:")),
        ("one long line", format!("watches: {}", "a".repeat(SIZE))),
        ("the same key", "a: 1\n".repeat(5000)),
        ("other keys", lines("", 5000, |n| format!("k{n}: 1"))),
        (
            "receivers",
            lines("notify:\n", 3000, |n| format!("  r{n}: {{}}")),
        ),
        (
            "wrong watches",
            lines("watches:\n", 5000, |n| format!("- x{n}")),
        ),
        ("anchors", lines("a0: &a0 [x]\n", 20, doubled)),
    ] {
        let said = read(&text).expect_err(what).to_string();

        assert!(
            said.len() < 20_000,
            "{what}: {} bytes of messages",
            said.len()
        );
    }
}
