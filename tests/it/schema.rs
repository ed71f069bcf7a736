//! The schema that editors use knows every key that the program knows, and refuses what it can.

use std::collections::BTreeSet;

use claimwatch::deliver::KINDS;
use serde_json::Value;

use crate::config::{example_text, read};
use crate::config_mutations::{Sort, broken, rich};

fn schema() -> Value {
    let text = std::fs::read_to_string("docs/config.schema.json").unwrap();
    serde_json::from_str(&text).unwrap()
}

fn from_yaml(text: &str) -> Option<Value> {
    serde_yaml::from_str(text).ok()
}

/// Bad configurations whose mistake lies in what values mean together, or to the world.
const MEANING: [&str; 32] = [
    "at-most-below-every",
    "claim-amount-with-commas",
    "claim-receiver-unknown",
    "claim-unknown-in-watch",
    "cron-never",
    "cron-step-too-long",
    "cron-weekday-8",
    "digest-days-in-words",
    "every-zero",
    "json-claim-unknown",
    "links-selector-broken",
    "mail-receiver-twice",
    "mail-without-server",
    "nobody-hears-changes",
    "quiet-hours-of-no-length",
    "receiver-unknown",
    "secret-credential-missing",
    "secret-file-missing",
    "secret-in-variable-misshapen",
    "secret-variable-missing",
    "selector-broken",
    "smtp-password-twice",
    "smtp-password-unprotected",
    "smtp-password-without-user",
    "smtp-user-without-password",
    "tag",
    "timezone-mistyped",
    "timezone-unknown",
    "watch-address-twice",
    "watch-name-twice",
    "webhook-secret-misshapen",
    "webhook-without-tls",
];

/// The names of all properties, wherever they stand.
fn names(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::Object(properties)) = map.get("properties") {
                found.extend(properties.keys().cloned());
            }
            map.values().for_each(|value| names(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| names(value, found)),
        _ => {}
    }
}

#[test]
fn the_schema_accepts_the_example_and_every_configuration_of_the_documents() {
    let schema = jsonschema::validator_for(&schema()).unwrap();
    let pages = std::fs::read_dir("docs")
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let pages = pages.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    let pages: String = pages
        .chain(["README.md".into()])
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let shown = pages
        .split("```yaml\n")
        .skip(1)
        .map(|part| part.split_once("```").unwrap().0.to_owned())
        .filter(|text| text.starts_with("watches:") || text.contains("\nwatches:"));

    for text in shown.chain([example_text(), rich()]) {
        let yaml = from_yaml(&text).unwrap();
        let errors: Vec<String> = schema
            .iter_errors(&yaml)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{text}");
    }
}

#[test]
fn the_schema_knows_every_key_that_the_program_knows() {
    let mut known = BTreeSet::new();
    names(&schema(), &mut known);
    let mut missing: Vec<String> = Vec::new();

    // What a mistyped key is told to be known there, section by section of the example.
    let text = example_text();
    for (index, line) in text.lines().enumerate() {
        let is_section = line.trim_end().ends_with(':') || line.trim_start().starts_with("- name:");
        if !is_section || line.trim_start().starts_with('#') {
            continue;
        }
        let next = text.lines().nth(index + 1).unwrap_or_default();
        let indent = next.len() - next.trim_start().len();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.insert(index + 1, format!("{:indent$}zzz: 1", ""));
        let Err(mistakes) = read(&(lines.join("\n") + "\n")) else {
            continue;
        };
        for hint in mistakes
            .list
            .iter()
            .filter_map(|mistake| mistake.hint.as_ref())
        {
            let Some(keys) = hint.strip_prefix("known here: ") else {
                continue;
            };
            missing.extend(
                keys.split(", ")
                    .filter(|key| !known.contains(*key))
                    .map(str::to_owned),
            );
        }
    }
    for kind in KINDS {
        let keys = kind.keys.iter().map(|key| key.name);
        missing.extend(
            keys.chain([kind.name])
                .filter(|key| !known.contains(*key))
                .map(str::to_owned),
        );
    }

    missing.sort();
    missing.dedup();
    assert_eq!(
        missing,
        Vec::<String>::new(),
        "add them to docs/config.schema.json"
    );
}

/// A file in which the key of one mapping of the schema has a value that nothing can have.
fn with_key(section: &str, key: &str) -> String {
    let rest = "watches: https://news.example/a\n";
    let inside = format!("{{{key}: {{zzz: 1}}}}");
    match section.split_once('.') {
        _ if section == "watches" => format!("watches: [{inside}]\n"),
        _ if section == "claims" => format!("{rest}claims: {{a: {inside}}}\n"),
        Some((_, kind)) => format!("{rest}notify: {{a: {{{kind}: {inside}}}}}\n"),
        None => format!("{rest}{section}: {inside}\n"),
    }
}

#[test]
fn the_schema_knows_no_key_that_the_program_does_not_know() {
    let schema = schema();
    let keys = |mapping: &Value| -> Vec<String> {
        let properties = mapping["properties"].as_object();
        properties
            .into_iter()
            .flat_map(|p| p.keys().cloned())
            .collect()
    };
    let mut sections: Vec<(String, Vec<String>)> = vec![
        ("watches".to_owned(), keys(&schema["$defs"]["watch"])),
        ("claims".to_owned(), keys(&schema["$defs"]["claim"])),
    ];
    for (name, section) in schema["properties"].as_object().unwrap() {
        sections.push((name.clone(), keys(section)));
    }
    for (kind, mapping) in schema["$defs"]["receiver"]["properties"]
        .as_object()
        .unwrap()
    {
        sections.push((format!("notify.{kind}"), keys(mapping)));
    }
    let mut tried = 0;

    for (section, keys) in sections {
        for key in keys {
            let said = read(&with_key(&section, &key))
                .map_or_else(|mistakes| mistakes.to_string(), |_| String::new());
            assert!(
                !said.contains(&format!("unknown key `{key}`")),
                "{section}.{key}: {said}"
            );
            tried += 1;
        }
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn the_schema_refuses_every_slip_of_form() {
    let schema = jsonschema::validator_for(&schema()).unwrap();
    let (mut seen, mut passed) = (0, Vec::new());

    for broken in broken().iter().filter(|b| b.slip.sort == Sort::Form) {
        seen += 1;
        // What is no YAML for its reader is none for an editor.
        let Some(yaml) = from_yaml(&broken.text) else {
            continue;
        };
        if schema.is_valid(&yaml) {
            let line: String = broken.changed.chars().take(90).collect();
            passed.push(format!("{}: {line}", broken.slip.name));
        }
    }

    println!("{seen} slips of form");
    assert!(
        passed.is_empty(),
        "{} of {seen}\n{}",
        passed.len(),
        passed.join("\n")
    );
}

#[test]
fn the_schema_refuses_the_bad_ones_where_a_schema_can() {
    let schema = jsonschema::validator_for(&schema()).unwrap();
    let mut passed = Vec::new();

    for entry in std::fs::read_dir("testdata/config/bad").unwrap() {
        let path = entry.unwrap().path();
        let Some(yaml) = path
            .extension()
            .filter(|ending| *ending == "yaml")
            .and_then(|_| from_yaml(&std::fs::read_to_string(&path).ok()?))
        else {
            continue;
        };
        if schema.is_valid(&yaml) {
            passed.push(path.file_stem().unwrap().to_string_lossy().into_owned());
        }
    }

    passed.sort();
    assert_eq!(
        passed, MEANING,
        "what asks for more than the form of one value"
    );
}
