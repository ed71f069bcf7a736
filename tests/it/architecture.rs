//! The invariants of `docs/ARCHITECTURE.md` that can be read off the source.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules from the bottom up; a module imports only modules before it.
const LAYERS: [&str; 20] = [
    "text", "story", "claims", "compare", "alert", "records", "clock", "secret", "metrics",
    "schedule", "store", "fetch", "deliver", "config", "services", "outbox", "check", "web",
    "daemon", "cli",
];

/// How many of them are the core.
const CORE: usize = 6;

/// Lines of code nearly every file has at most, and every file. Word lists are data and exempt.
const USUAL_LINES: usize = 400;
const MAX_LINES: usize = 850;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path, ending));
        } else if path
            .extension()
            .is_some_and(|extension| extension == ending)
        {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The source files with the module each belongs to; `lib.rs` and `main.rs` belong to none.
fn sources() -> Vec<(String, PathBuf, String)> {
    let src = root().join("src");
    files_below(&src, "rs")
        .into_iter()
        .filter_map(|path| {
            let inside = path.strip_prefix(&src).unwrap();
            let first = inside
                .components()
                .next()
                .unwrap()
                .as_os_str()
                .to_str()
                .unwrap();
            let module = first.trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(&path).unwrap();
            let is_test = path.ends_with("fixture.rs") || path.ends_with("tests.rs");
            (module != "lib" && module != "main" && !is_test).then_some((module, path, text))
        })
        .collect()
}

/// The code of a file: without its comments, and without the tests at its foot.
fn code(text: &str) -> String {
    let end = text
        .match_indices("#[cfg(test)]")
        .find(|(at, _)| {
            text[*at..].lines().take(4).any(|line| {
                line.starts_with("mod ") && (line.ends_with("{") || line.ends_with("tests;"))
            })
        })
        .map_or(text.len(), |(at, _)| at);
    text[..end]
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join(
            "
",
        )
}

fn layer(module: &str) -> usize {
    LAYERS
        .iter()
        .position(|name| *name == module)
        .unwrap_or_else(|| panic!("module `{module}` has no layer"))
}

#[test]
fn modules_import_downwards_only() {
    let mut wrong = Vec::new();

    for (module, path, text) in sources() {
        for (at, _) in code(&text).match_indices("crate::") {
            let rest = &code(&text)[at + "crate::".len()..];
            let names: Vec<&str> = match rest.strip_prefix('{') {
                Some(group) => group
                    .split('}')
                    .next()
                    .unwrap()
                    .split(',')
                    .map(str::trim)
                    .collect(),
                None => vec![rest],
            };
            for name in names.iter().filter(|name| !name.is_empty()) {
                let target = name
                    .split(|c: char| !c.is_alphanumeric() && c != '_')
                    .next()
                    .unwrap();
                if target != module && LAYERS.contains(&target) && layer(target) > layer(&module) {
                    wrong.push(format!("{} imports {target}", path.display()));
                }
            }
        }
    }

    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_core_touches_nothing_outside() {
    let forbidden = [
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "std::thread",
        "Timestamp::now",
        "Zoned::now",
        "Instant::now",
        "SystemTime",
        "async fn",
        "Mutex",
        "tracing::",
        "RandomState::new",
        "println!",
        "eprintln!",
    ];

    let wrong: Vec<String> = sources()
        .into_iter()
        .filter(|(module, ..)| layer(module) < CORE)
        .flat_map(|(_, path, text)| {
            let code = code(&text);
            forbidden
                .iter()
                .filter(|word| code.contains(**word))
                .map(|word| format!("{} has {word}", path.display()))
                .collect::<Vec<_>>()
        })
        .collect();

    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn reading_comparing_and_judging_cannot_fail() {
    let wrong: Vec<String> = sources()
        .into_iter()
        .filter(|(module, ..)| ["claims", "compare", "alert"].contains(&module.as_str()))
        .flat_map(|(_, path, text)| {
            code(&text)
                .split("\npub fn ")
                .skip(1)
                .filter(|rest| rest.split('{').next().unwrap().contains("-> Result<"))
                .map(|rest| format!("{}: {}", path.display(), rest.lines().next().unwrap()))
                .collect::<Vec<_>>()
        })
        .collect();

    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn each_door_to_the_outside_has_one_keeper() {
    let keepers: [(&str, &[&str]); 6] = [
        ("Timestamp::now", &["clock"]),
        ("Zoned::now", &["clock"]),
        ("std::env::var", &["secret"]),
        ("rusqlite::", &["store"]),
        (" postgres::", &["store"]),
        ("reqwest::", &["fetch", "deliver"]),
    ];
    let mut wrong = Vec::new();

    for (module, path, text) in sources() {
        let code = code(&text);
        for (door, modules) in keepers {
            if code.contains(door) && !modules.contains(&module.as_str()) {
                wrong.push(format!("{} uses {door}", path.display()));
            }
        }
        if module != "store"
            && ["SELECT ", "INSERT INTO", "DELETE FROM"]
                .iter()
                .any(|sql| code.contains(sql))
        {
            wrong.push(format!("{} holds SQL", path.display()));
        }
    }

    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn files_stay_at_a_size_a_reader_takes_in() {
    let mut sizes: Vec<(usize, PathBuf)> = sources()
        .into_iter()
        .map(|(_, path, text)| (code(&text).lines().count(), path))
        .collect();
    sizes.retain(|(_, path)| {
        !path
            .components()
            .any(|part| part.as_os_str() == "lang" || part.as_os_str() == "words.rs")
    });
    sizes.sort();

    let (largest, path) = sizes.last().unwrap();
    assert!(*largest <= MAX_LINES, "{}: {largest} lines", path.display());
    let small = sizes
        .iter()
        .filter(|(lines, _)| *lines <= USUAL_LINES)
        .count();
    assert!(
        small * 10 >= sizes.len() * 9,
        "only {small} of {} files have at most {USUAL_LINES} lines",
        sizes.len()
    );
}

#[test]
fn there_is_no_unwrap_and_nothing_left_undone() {
    let wrong: Vec<String> = sources()
        .into_iter()
        .flat_map(|(_, path, text)| {
            let code = code(&text);
            [".unwrap()", "todo!(", "unimplemented!(", "unsafe {"]
                .into_iter()
                .filter(|word| code.contains(word))
                .map(|word| format!("{} has {word}", path.display()))
                .collect::<Vec<_>>()
        })
        .collect();

    assert_eq!(wrong, Vec::<String>::new());
}

/// The words between backticks of a document that look like a path of this repository.
fn paths_named_in(document: &str) -> BTreeSet<String> {
    document
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| {
            let top = [
                "src/",
                "docs/",
                "tests/",
                "testdata/",
                "systemd/",
                "benches/",
                "fuzz/",
                ".ci/",
            ];
            top.iter().any(|folder| word.starts_with(folder))
                && !word.contains([' ', '*', '{', 'A', 'N'])
                && !word.contains('…')
        })
        .map(ToOwned::to_owned)
        .collect()
}

#[test]
fn every_path_the_documents_name_exists() {
    let mut documents = files_below(&root().join("docs"), "md");
    documents.push(root().join("README.md"));

    let missing: Vec<String> = documents
        .iter()
        .flat_map(|document| {
            paths_named_in(&fs::read_to_string(document).unwrap())
                .into_iter()
                .filter(|path| !root().join(path).exists())
                .map(|path| format!("{} names {path}", document.display()))
                .collect::<Vec<_>>()
        })
        .collect();

    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn every_file_of_tests_is_run() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let main = std::fs::read_to_string(folder.join("main.rs")).unwrap();
    let files = std::fs::read_dir(&folder).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());

    let forgotten: Vec<String> = names
        .filter_map(|name| name.strip_suffix(".rs").map(ToOwned::to_owned))
        .filter(|name| name != "main" && !main.contains(&format!("\nmod {name};")))
        .collect();

    assert_eq!(forgotten, [""; 0]);
}
