//! Figures, statements, versions and alerts as rows for other programs.

use std::collections::BTreeMap;
use std::io::Read;
use std::process::Stdio;

use claimwatch::claims;
use claimwatch::compare;
use claimwatch::store::{Record, Recorded, Store};
use claimwatch::story::Story;
use serde_json::Value;

use crate::store::{alert, at, found, outgoing};
use crate::support::program::Program;

const TABLES: [&str; 4] = ["figures", "statements", "versions", "alerts"];

const CONFIG: &str = "\
claims:
  aboard:
    words: [on board]
  hurt:
    statement: nobody was hurt
watches:
  - {name: desk, url: 'https://news.example/1'}
  - {name: quiet, url: 'https://news.example/2'}
";

const SAID: &str = "\"Nobody was hurt,\" the harbour master Ida Lund said.";

/// A program whose store holds two versions of a ferry that runs aground, seen an hour apart.
async fn seen_twice() -> Program {
    let program = Program::new(CONFIG);
    let store = Store::open(program.path("claimwatch.db")).unwrap();
    let enrolled = |name: &str, url: &str| claimwatch::store::Enrolled {
        name: crate::store::watch(name),
        url: url.to_owned(),
        due: at(0),
        list: None,
    };
    let listed = vec![
        enrolled("desk", crate::store::URL),
        enrolled("quiet", "https://news.example/2"),
    ];
    store.enroll(listed, at(0)).await.unwrap();
    let lead = |people: u32| {
        format!("The ferry with {people} people on board ran aground off the island on Monday.")
    };
    let (first, second) = (lead(212), lead(221));
    let old = version(None, 0, &[&first, SAID, "=2+3 cabins were flooded."]);
    let mut new = version(Some(1), 3600, &[&second, "The cause is not known."]);
    let changes = compare::versions(&old.page.story, &new.page.story).changes;
    new.changes = changes
        .into_iter()
        .map(|change| Recorded {
            change,
            told: true,
            reason: "a figure moved".to_owned(),
        })
        .collect();
    let to = [("desk", "desk@desk.example"), ("log", "")];
    new.alerts = vec![outgoing(alert(3600, 1, 2), &to)];
    store.record(old).await.unwrap();
    store.record(new).await.unwrap();
    program
}

fn version(expected: Option<u32>, now: i64, paragraphs: &[&str]) -> Record {
    let mut record = found(expected, now, &paragraphs.join(" "));
    let mut story = Story::from_text("Ferry runs aground", paragraphs);
    story.outlet = Some("Harbour Post".to_owned());
    record.figures = claims::read(&story)
        .figures
        .into_iter()
        .map(|figure| {
            let text = story.slice(figure.span).unwrap().to_owned();
            (figure, text)
        })
        .collect();
    record.page.story = story;
    record
}

/// Rows as RFC 4180 has them; panics on what it does not allow.
fn rfc4180(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => {
                let mut field = String::new();
                let mut chars = quoted.char_indices().peekable();
                let end = loop {
                    match chars.next().expect("a quoted field ends") {
                        (at, '"') => match chars.peek() {
                            Some((_, '"')) => {
                                chars.next();
                                field.push('"');
                            }
                            _ => break at + 1,
                        },
                        (_, c) => field.push(c),
                    }
                };
                (field, &quoted[end..])
            }
            None => {
                let end = rest.find([',', '\r']).expect("a row ends with CRLF");
                assert!(!rest[..end].contains(['"', '\n']), "{rest}");
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        row.push(field);
        rest = match after.strip_prefix(',') {
            Some(more) => more,
            None => {
                rows.push(std::mem::take(&mut row));
                after.strip_prefix("\r\n").expect("a row ends with CRLF")
            }
        };
    }
    let width = rows[0].len();
    assert!(rows.iter().all(|row| row.len() == width));
    rows
}

/// The rows of a CSV by the names of its columns.
fn by_name(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut rows = rfc4180(text).into_iter();
    let names = rows.next().unwrap();
    rows.map(|row| names.iter().cloned().zip(row).collect())
        .collect()
}

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// A value of a JSON line as a cell of the CSV has it.
fn as_cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => {
            let guard = if text.starts_with(['=', '+', '-', '@']) {
                "'"
            } else {
                ""
            };
            format!("{guard}{text}")
        }
        Value::Array(texts) => {
            let texts: Vec<&str> = texts.iter().map(|text| text.as_str().unwrap()).collect();
            texts.join(";")
        }
        other => other.to_string(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn csv_and_json_lines_say_the_same_and_so_does_every_run() {
    let program = seen_twice().await;
    for table in TABLES {
        let csv = program.says(&["export", table], 0);
        let jsonl = program.says(&["export", table, "--format", "jsonl"], 0);

        let rows = by_name(&csv);
        let objects = lines(&jsonl);
        assert!(!rows.is_empty(), "{table}");
        assert_eq!(rows.len(), objects.len(), "{table}");
        for (row, object) in rows.iter().zip(&objects) {
            assert_eq!(row.len(), object.as_object().unwrap().len());
            for (name, cell) in row {
                assert_eq!(*cell, as_cell(&object[name]), "{table} {name}");
            }
        }
        assert_eq!(program.says(&["export", table], 0), csv);
        assert_eq!(program.says(&["export", table, "--json"], 0), jsonl);
        program.says(&["export", table, "--to", &format!("{table}.jsonl")], 0);
        let written = std::fs::read_to_string(program.path(&format!("{table}.jsonl"))).unwrap();
        assert_eq!(written, jsonl);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_is_exported_with_what_it_is_and_from_when_to_when_it_stood() {
    let program = seen_twice().await;

    let rows = lines(&program.says(&["export", "figures", "--json"], 0));

    let of = |text: &str| rows.iter().find(|row| row["text"] == text).unwrap();
    let old = of("212");
    assert_eq!((&old["low"], &old["high"]), (&212.into(), &212.into()));
    assert_eq!(
        (&old["since_version"], &old["gone_version"]),
        (&1.into(), &2.into())
    );
    assert_eq!(old["gone"], at(3600).to_string());
    assert_eq!(
        (&old["noun"], &old["kind"]),
        (&"people".into(), &"count".into())
    );
    assert_eq!(old["claims"], serde_json::json!(["aboard"]));
    assert_eq!(old["outlet"], "Harbour Post");
    let new = of("221");
    assert_eq!(
        (&new["since_version"], &new["gone"]),
        (&2.into(), &Value::Null)
    );
    let times: Vec<&str> = rows
        .iter()
        .map(|row| row["since"].as_str().unwrap())
        .collect();
    assert!(times.is_sorted());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_a_watch_and_a_time_choose_the_rows() {
    let program = seen_twice().await;
    let texts = |arguments: &[&str]| {
        let all = [&["export", "figures", "--json"], arguments].concat();
        let rows = lines(&program.says(&all, 0));
        let texts = rows
            .iter()
            .map(|row| row["text"].as_str().unwrap().to_owned());
        texts.collect::<Vec<_>>()
    };

    assert_eq!(texts(&["--claim", "aboard"]), ["212", "221"]);
    assert_eq!(texts(&["--claim", "hurt"]), [""; 0]);
    assert_eq!(texts(&["--watch", "desk"]), texts(&[]));
    assert_eq!(texts(&["--story", "desk"]), texts(&[]));
    assert_eq!(texts(&["--watch", "quiet"]), [""; 0]);
    assert!(texts(&["--since", "2023-11-14T22:30:00Z"]).contains(&"212".to_owned()));
    assert_eq!(texts(&["--since", "2023-11-15"]), [""; 0]);
    let hurt = program.says(&["export", "statements", "--claim", "hurt", "--json"], 0);
    assert!(
        lines(&hurt).iter().any(|row| row["manner"] == "quote"),
        "{hurt}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quote_is_exported_with_who_said_it_until_it_is_gone() {
    let program = seen_twice().await;

    let rows = lines(&program.says(&["export", "statements", "--json"], 0));

    let quote = rows.iter().find(|row| row["manner"] == "quote").unwrap();
    assert_eq!(quote["text"], "Nobody was hurt,");
    assert_eq!(quote["said_by"], "Ida Lund");
    assert_eq!(quote["denies"], true);
    assert_eq!(
        (&quote["since_version"], &quote["gone_version"]),
        (&1.into(), &2.into())
    );
    assert_eq!(quote["place"], "paragraph 2");
    let cause = |row: &&Value| row["text"].as_str().unwrap().starts_with("The cause");
    let cause = rows.iter().find(cause).unwrap();
    assert_eq!(
        (&cause["denies"], &cause["gone"]),
        (&true.into(), &Value::Null)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn versions_and_alerts_are_exported_with_their_counts_and_recipients() {
    let program = seen_twice().await;

    let versions = lines(&program.says(&["export", "versions", "--json"], 0));
    let alerts = lines(&program.says(&["export", "alerts", "--json"], 0));

    assert_eq!(versions.len(), 2);
    assert_eq!(versions[0]["changes"], 0);
    assert_eq!(versions[1]["changes"], versions[1]["told"]);
    assert!(versions[1]["changes"].as_u64() > Some(0));
    assert_eq!(versions[1]["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(versions[1]["kept"], true);
    let to: Vec<_> = alerts
        .iter()
        .map(|row| (&row["receiver"], &row["address"]))
        .collect();
    let desk = (&"desk".into(), &"desk@desk.example".into());
    assert_eq!(to, [desk, (&"log".into(), &Value::Null)]);
    assert_eq!(alerts[0]["state"], "waiting");
    assert_eq!(
        (&alerts[0]["old_version"], &alerts[0]["new_version"]),
        (&1.into(), &2.into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_formula_in_a_page_is_text_in_a_spreadsheet() {
    let program = seen_twice().await;

    let csv = program.says(&["export", "statements"], 0);

    let rows = by_name(&csv);
    assert!(
        rows.iter()
            .any(|row| row["text"].starts_with("'=2+3 cabins")),
        "{csv}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_exported_is_told_with_a_remedy() {
    let program = seen_twice().await;
    std::fs::write(program.path("there.csv"), "mine").unwrap();
    for (arguments, told) in [
        (&["--story", "nosuch"][..], "claimwatch stories lists them"),
        (&["--watch", "nosuch"], "no watch is called `nosuch`"),
        (&["--watch", "a b"], "no watch is called `a b`"),
        (&["--claim", "nosuch"], "the claims are: aboard, hurt"),
        (&["--since", "yesterday"], "write 7d, 2026-03-01"),
        (&["--to", "there.csv"], "write --force to replace it"),
        (&["--to", "no/such/folder.csv"], "make the folder first"),
        (&["--to", "."], "`.` is a folder"),
    ] {
        let output = program.run(&[&["export", "figures"], arguments].concat());

        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(errors.contains(told), "{arguments:?}: {errors}");
        assert!(output.stdout.is_empty());
    }
    let there = || std::fs::read_to_string(program.path("there.csv")).unwrap();
    assert_eq!(there(), "mine");

    let forced = ["export", "versions", "--to", "there.csv", "--force"];
    assert_eq!(program.says(&forced, 0), "2 rows written to there.csv\n");
    assert!(there().starts_with("story,watch,url,version,"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_goes_away_is_no_error() {
    let program = seen_twice().await;
    let mut command = program.command(&["export", "figures"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();

    drop(child.stdout.take());

    let mut errors = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut errors)
        .unwrap();
    assert!(child.wait().unwrap().success(), "{errors}");
}

/// The names in the first column of the table below a heading.
fn described(page: &str, heading: &str) -> Vec<String> {
    let below = page.split(heading).nth(1).unwrap();
    let table = below.lines().skip_while(|line| !line.starts_with('|'));
    let rows = table.take_while(|line| line.starts_with('|')).skip(2);
    rows.flat_map(|row| {
        let first = row.split('|').nth(1).unwrap();
        let names = first.split('`').skip(1).step_by(2);
        names.map(str::to_owned).collect::<Vec<_>>()
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_about_exports_has_every_column_and_shows_what_is_printed() {
    let program = seen_twice().await;
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/EXPORT.md");
    let page = std::fs::read_to_string(path).unwrap();

    for table in TABLES {
        let header = rfc4180(&program.says(&["export", table], 0)).remove(0);
        assert_eq!(described(&page, &format!("## {table}")), header, "{table}");
    }

    let mut parts = page.split("```text\n$ claimwatch ");
    let mut fresh = parts.next().unwrap().to_owned();
    for part in parts {
        let (shown, rest) = part.split_once("\n```").unwrap();
        let arguments = shown.lines().next().unwrap();
        let told = program.says(&arguments.split(' ').collect::<Vec<_>>(), 0);
        let told = told.replace("\r\n", "\n");
        fresh += &format!(
            "```text\n$ claimwatch {arguments}\n{}\n```{rest}",
            told.trim_end()
        );
    }
    if std::env::var_os("CLAIMWATCH_BLESS").is_some() {
        std::fs::write(path, &fresh).unwrap();
    }
    assert_eq!(
        fresh, page,
        "run with CLAIMWATCH_BLESS=1 to rewrite the transcripts"
    );
}
