//! The reference pages are made from the program: docs/COMMANDS.md from its help, docs/CONFIGURATION.md from the schema.
//! `CLAIMWATCH_BLESS=1` rewrites them.

use std::fmt::Write;
use std::path::Path;

use claimwatch::deliver::KINDS;
use serde_json::Value;

use crate::support::program::Program;

fn is_current(path: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("CLAIMWATCH_BLESS").is_some() {
        std::fs::write(&path, made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == made,
        "{} is older than the program; CLAIMWATCH_BLESS=1 rewrites it",
        path.display()
    );
}

/// The lines of the list below a heading of the help: the first word of each.
fn listed(help: &str, heading: &str) -> Vec<String> {
    let below = help.lines().skip_while(|line| *line != heading).skip(1);
    let entries = below.take_while(|line| line.starts_with("  "));
    entries
        .filter(|line| !line.starts_with("   "))
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .filter(|word| word != "help")
        .collect()
}

#[test]
fn the_page_of_commands_is_what_the_program_says_of_itself() {
    let program = Program::new("");
    let help = |verbs: &[&str]| program.says(&[verbs, &["--help"]].concat(), 0);
    let mut page = "# Commands\n\nWhat `claimwatch --help` and `claimwatch COMMAND --help` say. Made from the program by `CLAIMWATCH_BLESS=1 cargo \
                    test --test it reference_pages`.\n"
        .to_owned();
    let block = |page: &mut String, title: &str, text: &str| {
        let text = text.trim_end();
        write!(page, "\n## {title}\n\n```text\n{text}\n```\n").unwrap();
    };

    let whole = help(&[]);
    block(&mut page, "claimwatch", &whole);
    for verb in listed(&whole, "Commands:") {
        let text = help(&[&verb]);
        block(&mut page, &verb, &text);
        for deeper in listed(&text, "Commands:") {
            block(
                &mut page,
                &format!("{verb} {deeper}"),
                &help(&[&verb, &deeper]),
            );
        }
    }

    is_current("docs/COMMANDS.md", &page);
}

/// The schema, in which references are followed.
struct Schema(Value);

impl Schema {
    fn read() -> Self {
        let text = std::fs::read_to_string("docs/config.schema.json").unwrap();
        Self(serde_json::from_str(&text).unwrap())
    }

    /// What a reference refers to, or the value itself.
    fn followed<'s>(&'s self, value: &'s Value) -> &'s Value {
        match value["$ref"].as_str() {
            Some(name) => self.followed(self.0.pointer(&name[1..]).unwrap()),
            None => value,
        }
    }

    /// What a value is, in a few words.
    fn kind(&self, value: &Value) -> String {
        let followed = self.followed(value);
        if let Some(title) = value["title"].as_str().or(followed["title"].as_str()) {
            return title.to_owned();
        }
        if let Some(words) = followed["enum"].as_array() {
            let words: Vec<String> = words
                .iter()
                .map(|word| format!("`{}`", word.as_str().unwrap()))
                .collect();
            return words.join(", ");
        }
        match (
            followed["type"].as_str(),
            &followed["minimum"],
            &followed["maximum"],
        ) {
            (Some("integer"), least, most) => format!("whole number, {least} to {most}"),
            (Some("object"), ..) => "keys below".to_owned(),
            _ => panic!("a value without a name: {value}"),
        }
    }

    /// A table of the keys of a mapping, the keys of its own mappings behind a dot.
    fn rows(&self, mapping: &Value, before: &str, page: &mut String) {
        let needed: Vec<&str> = mapping["required"]
            .as_array()
            .map(|keys| keys.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        for (key, value) in mapping["properties"].as_object().unwrap() {
            let is_needed = needed.contains(&key.as_str());
            let about = value["description"].as_str().unwrap();
            let mark = if is_needed { " **Needed.**" } else { "" };
            writeln!(
                page,
                "| `{before}{key}` | {} | {about}{mark} |",
                self.kind(value)
            )
            .unwrap();
            if value["properties"].is_object() {
                self.rows(value, &format!("{before}{key}."), page);
            }
        }
    }

    fn table(&self, mapping: &Value, page: &mut String) {
        page.push_str("\n| key | value | what it does |\n| --- | --- | --- |\n");
        self.rows(mapping, "", page);
    }

    fn section(&self, title: &str, about: &str, mapping: &Value, page: &mut String) {
        write!(page, "\n## {title}\n\n{about}\n").unwrap();
        self.table(mapping, page);
    }

    /// The receiver's kinds, each with the keys that are its own.
    fn receivers(&self, page: &mut String) {
        let receiver = &self.0["$defs"]["receiver"];
        let held = ["digest", "quiet", "max_per_hour", "timezone"];
        page.push_str("\nA receiver has a name of your own, one kind, and `for`: `changes`, `problems`, or both (default). Every kind takes these:\n");
        let of = |name: &str| {
            let kind = &receiver["properties"][name];
            kind["anyOf"].get(0).unwrap_or(kind).clone()
        };
        let with = |keep: &dyn Fn(&str) -> bool, kind: &Value| {
            let mut kind = kind.clone();
            kind["properties"]
                .as_object_mut()
                .unwrap()
                .retain(|key, _| keep(key));
            kind
        };
        self.table(&with(&|key| held.contains(&key), &of("email")), page);
        for (name, kind) in receiver["properties"].as_object().unwrap() {
            if name == "for" {
                continue;
            }
            write!(
                page,
                "\n### {name}\n\n{}\n",
                kind["description"].as_str().unwrap()
            )
            .unwrap();
            let own = with(&|key| !held.contains(&key), &of(name));
            if own["properties"].as_object().unwrap().is_empty() {
                page.push_str("\nIt has no keys of its own: `{terminal: {}}`.\n");
            } else {
                self.table(&own, page);
            }
        }
        for name in ["quiet_hours", "digest"] {
            let mapping = &self.0["$defs"][name];
            let title = mapping["title"].as_str().unwrap();
            write!(
                page,
                "\n### {title}\n\n{}\n",
                mapping["description"].as_str().unwrap()
            )
            .unwrap();
            self.table(mapping, page);
        }
    }

    /// What the words of the tables mean, by example.
    fn values(&self, page: &mut String) {
        page.push_str("\n## Values\n\n| value | for example |\n| --- | --- |\n");
        for value in self.0["$defs"].as_object().unwrap().values() {
            let Some(examples) = value["examples"].as_array() else {
                continue;
            };
            let shown: Vec<String> = examples
                .iter()
                .map(|example| match example.as_str() {
                    Some(text) => format!("`{text}`"),
                    None => format!("`{example}`"),
                })
                .collect();
            writeln!(
                page,
                "| {} | {} |",
                value["title"].as_str().unwrap(),
                shown.join(", ")
            )
            .unwrap();
        }
        page.push_str("| secret | the text itself, or `{env: NAME}`, `{file: PATH}`, `{credential: NAME}` (systemd's `LoadCredential=`) |\n");
        let kinds = self.0["$defs"]["kind"].clone();
        writeln!(
            page,
            "| kind of change | {} |",
            self.kind(&serde_json::json!({"enum": kinds["enum"]}))
        )
        .unwrap();
        let severity = self.0["$defs"]["severity"].clone();
        writeln!(
            page,
            "| severity | {} |",
            self.kind(&serde_json::json!({"enum": severity["enum"]}))
        )
        .unwrap();
        page.push_str("\nWhere a list is wanted, one value stands for a list of one. Units of time are s, m, h, d and w.\n");
    }
}

#[test]
fn the_page_of_the_configuration_is_what_the_schema_says() {
    let schema = Schema::read();
    let mut page = "# Configuration\n\nEvery key of `config.yaml`, made from its [schema](config.schema.json) by `CLAIMWATCH_BLESS=1 cargo test --test it \
                    reference_pages`. The same as one commented file: [config.yaml](../config.yaml). `claimwatch config check` finds \
                    mistakes, `claimwatch config show` prints what holds and where each value came from. An editor that knows YAML \
                    schemas completes keys and marks mistakes when the first line of the file is\n\n```yaml\n# yaml-language-server: \
                    $schema=/usr/share/doc/claimwatch/config.schema.json\n```\n\n(the package installs it there; `claimwatch config schema` \
                    prints it). The nearest value wins: that of a claim, then of the watch, then `defaults`; lists replace, they do not \
                    merge.\n"
        .to_owned();

    for (name, value) in schema.0["properties"].as_object().unwrap() {
        let about = value["description"].as_str().unwrap();
        match name.as_str() {
            "watches" => schema.section("watches", about, &schema.0["$defs"]["watch"], &mut page),
            "claims" => schema.section(
                "claims",
                &format!("{about} Each has a name of your own and these keys:"),
                &schema.0["$defs"]["claim"],
                &mut page,
            ),
            "notify" => {
                write!(page, "\n## notify\n\n{about}\n").unwrap();
                schema.receivers(&mut page);
            }
            _ if value["properties"].is_object() => schema.section(name, about, value, &mut page),
            _ => write!(
                page,
                "\n## {name}\n\n{about} Value: {}.\n",
                schema.kind(value)
            )
            .unwrap(),
        }
    }
    schema.values(&mut page);

    for kind in KINDS {
        assert!(
            page.contains(&format!("### {}\n", kind.name)),
            "{}",
            kind.name
        );
    }
    is_current("docs/CONFIGURATION.md", &page);
}
