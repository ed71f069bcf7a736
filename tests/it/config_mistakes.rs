//! Mistakes in the configuration: each is told with its place and remedy, on the right line, without a secret.

use std::path::{Path, PathBuf};

use claimwatch::config;

use crate::config::{example_text, given, read};

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

/// Lines that are broken in one way.
const PER_MUTATION: usize = 36;

/// What becomes of a line.
type Mutation = fn(&str) -> Option<String>;

/// Ways to break a line of a good file; `None` where the line has nothing to break that way.
const MUTATIONS: [(&str, Mutation); 25] = [
    ("key doubled letter", |l| {
        key(l, |k| format!("{k}{}", &k[k.len() - 1..]))
    }),
    ("key lost letter", |l| key(l, |k| k[1..].to_owned())),
    ("key swapped letters", |l| {
        key(l, |k| format!("{}{}{}", &k[1..2], &k[..1], &k[2..]))
    }),
    ("key in capitals", |l| key(l, str::to_uppercase)),
    ("key with a dash", |l| key(l, |k| format!("{k}-x"))),
    ("key in other words", |l| {
        key(l, |_| "something_else".to_owned())
    }),
    ("no space after the colon", |l| {
        value(l, |v| format!("\u{8}{v}"))
    }),
    ("tab for indentation", |l| {
        l.strip_prefix("  ").map(|rest| format!("\t{rest}"))
    }),
    ("value begins with @", |l| value(l, |v| format!("@{v}"))),
    ("value begins with *", |l| value(l, |v| format!("*{v}"))),
    ("value begins with %", |l| value(l, |v| format!("%{v}"))),
    ("value begins with `", |l| value(l, |v| format!("`{v}"))),
    ("value begins with !", |l| value(l, |v| format!("!{v}"))),
    ("quote not closed", |l| {
        value(l, |v| format!("\"{}", v.replace('"', "")))
    }),
    ("bracket not closed", |l| {
        value(l, |v| format!("[{}", v.replace(['[', ']', '{', '}'], "")))
    }),
    ("bracket closed twice", |l| value(l, |v| format!("{v}]"))),
    ("value left out", |l| value(l, |_| String::new())),
    ("value is a mapping", |l| {
        value(l, |_| "{zzz: 1}".to_owned())
    }),
    ("value is a nested list", |l| {
        value(l, |_| "[[[]]]".to_owned())
    }),
    ("value with a colon", |l| value(l, |v| format!("a: {v}"))),
    ("key given twice", |l| {
        value(l, str::to_owned).map(|_| format!("{l}\n{l}"))
    }),
    ("indented further", |l| {
        (l.starts_with("    ") && l.contains(": ")).then(|| format!(" {l}"))
    }),
    ("unit mistyped", |l| {
        ["10m ", "12h ", "1s "]
            .iter()
            .find(|u| l.contains(*u))
            .map(|u| l.replacen(u.trim(), "10q", 1))
    }),
    ("percent mistyped", |l| {
        l.split_once(": ")
            .filter(|(_, v)| v.contains('%'))
            .map(|_| l.replacen('%', "percentt", 1))
    }),
    ("name mistyped", |l| {
        l.contains("notify: [")
            .then(|| l.replacen("[desk", "[desq", 1))
    }),
];

/// Names that the example gives: another one is no mistake in its own line, but where it is used.
const NAMES: [&str; 6] = ["desk", "archive", "chat", "ops", "screen", "refugees"];

/// A line with another key.
fn key(line: &str, change: impl Fn(&str) -> String) -> Option<String> {
    let (before, value) = line.split_once(':')?;
    let key = before.trim_start_matches([' ', '-']);
    let is_key = key.len() > 1 && key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    if !is_key || NAMES.contains(&key) {
        return None;
    }
    let indent = &before[..before.len() - key.len()];
    Some(format!("{indent}{}:{value}", change(key)))
}

/// A line with another value; `\u{8}` takes the space before it away.
fn value(line: &str, change: impl Fn(&str) -> String) -> Option<String> {
    let (key, rest) = line.split_once(": ")?;
    let value = rest.split("  #").next()?.trim();
    (!key.trim_start().starts_with('#'))
        .then(|| format!("{key}: {}", change(value)).replace(" \u{8}", ""))
}

#[test]
fn whatever_line_is_broken_the_message_names_it() {
    let text = example_text();
    let lines: Vec<&str> = text.lines().collect();
    let (mut broken, mut right, mut astray) = (0, 0, Vec::new());
    for (what, mutation) in MUTATIONS {
        let candidates: Vec<(usize, String)> = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with('#'))
            .filter_map(|(index, line)| Some((index, mutation(line)?)))
            .filter(|(index, changed)| changed != lines[*index])
            .collect();
        let step = candidates.len().div_ceil(PER_MUTATION).max(1);
        for (index, changed) in candidates.iter().step_by(step) {
            let mut file: Vec<&str> = lines.clone();
            file[*index] = changed;
            let Err(mistakes) = read(&(file.join("\n") + "\n")) else {
                continue;
            };
            broken += 1;
            let here = *index as u64 + 1;
            let named = mistakes.list.iter().any(|mistake| {
                mistake.hint.is_some()
                    && mistake
                        .place
                        .is_some_and(|place| place.line.abs_diff(here) <= 1)
            });
            if named {
                right += 1;
            } else {
                astray.push(format!("{what}, line {here}: {changed}\n{mistakes}"));
            }
        }
    }
    println!("{broken} broken files, {right} told on the right line");
    assert!(broken >= 500, "{broken}");
    assert!(
        astray.is_empty(),
        "{} astray\n{}",
        astray.len(),
        astray.join("\n\n")
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
