//! A story as evidence: what was stored, with hashes that anybody can check.

use sha2::{Digest, Sha256};

use crate::support::program::Program;
use crate::support::site::Site;

const HEADLINE: &str = "Ferry runs aground";
const REST: &str = "Two helicopters and four boats took part in the rescue, the coast guard said.";

/// A program that has seen two versions of a story.
async fn seen_twice(site: &Site) -> Program {
    let program = Program::new(&format!(
        "fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nwatches:\n  - {{name: ferry, url: '{}'}}\n",
        site.url("ferry")
    ));
    for (people, code) in [(212, 0), (221, 1)] {
        let lead = format!("The ferry with {people} people on board ran aground on Monday.");
        site.publish("ferry", HEADLINE, &[&lead, REST]);
        tokio::task::block_in_place(|| program.says(&["check"], code));
    }
    program
}

#[tokio::test(flavor = "multi_thread")]
async fn a_story_is_exported_with_pages_headers_hashes_and_changes() {
    let site = Site::start().await;
    let program = seen_twice(&site).await;

    let told = program.says(&["export", "ferry", "--to", "evidence"], 0);

    assert_eq!(told, "2 versions written to evidence\n");
    let read = |name: &str| std::fs::read_to_string(program.path("evidence").join(name)).unwrap();
    assert!(read("0001/page.html").contains("212 people"));
    assert!(read("0002/story.txt").contains("221 people"));
    assert!(read("0001/headers.txt").starts_with("HTTP/1.1 200 OK\n"));
    let about: serde_json::Value = serde_json::from_str(&read("story.json")).unwrap();
    assert_eq!(about["versions"][1]["changes"][0]["kind"], "figure_changed");
    assert_eq!(about["versions"][1]["url"], site.url("ferry"));
    let sums = read("SHA256SUMS");
    assert_eq!(sums.lines().count(), 8);
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").unwrap();
        let bytes = std::fs::read(program.path("evidence").join(name)).unwrap();
        let hash: String = Sha256::digest(&bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(hash, sum, "{name}");
    }
    let first = about["versions"][0]["sha256"].as_str().unwrap();
    assert!(sums.contains(&format!("{first}  0001/page.html")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_web_archive_holds_a_record_for_each_version_with_its_true_length() {
    let site = Site::start().await;
    let program = seen_twice(&site).await;

    program.says(&["export", "ferry", "--to", "archive", "--warc"], 0);
    program.says(&["export", "ferry", "--to", "again", "--warc"], 0);

    let bytes = std::fs::read(program.path("archive/story.warc")).unwrap();
    assert_eq!(
        bytes,
        std::fs::read(program.path("again/story.warc")).unwrap()
    );
    let mut rest = &bytes[..];
    let mut kinds = Vec::new();
    while !rest.is_empty() {
        let end = rest
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap();
        let head = String::from_utf8(rest[..end].to_vec()).unwrap();
        let field = |name: &str| {
            let mut lines = head.lines().filter_map(|line| line.split_once(": "));
            lines.find(|(key, _)| *key == name).unwrap().1.to_owned()
        };
        assert!(head.starts_with("WARC/1.1\r\n"));
        let length: usize = field("Content-Length").parse().unwrap();
        let body = &rest[end + 4..end + 4 + length];
        kinds.push((field("WARC-Type"), body.starts_with(b"HTTP/1.1 200 OK\r\n")));
        rest = &rest[end + 4 + length..];
        assert!(rest.starts_with(b"\r\n\r\n"));
        rest = &rest[4..];
    }
    let response = ("response".to_owned(), true);
    assert_eq!(
        kinds,
        [("warcinfo".to_owned(), false), response.clone(), response]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_is_never_mixed_with_older_files() {
    let site = Site::start().await;
    let program = seen_twice(&site).await;
    std::fs::create_dir(program.path("evidence")).unwrap();
    std::fs::write(program.path("evidence/old"), "x").unwrap();

    let output = program.run(&["export", "ferry", "--to", "evidence"]);

    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.contains("is not empty") && told.contains("name a new folder"),
        "{told}"
    );
}

/// The rows of a table in JSON lines.
fn lines(program: &Program, arguments: &[&str]) -> Vec<serde_json::Value> {
    let told = program.says(&[&["export", "--json"], arguments].concat(), 0);
    told.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_stored_is_exported_as_tables() {
    let site = Site::start().await;
    let program = seen_twice(&site).await;

    let figures = lines(&program, &["--table", "figures"]);
    let statements = lines(&program, &["ferry", "--table", "statements"]);
    let versions = lines(&program, &["--table", "versions"]);
    let changes = lines(&program, &["--table", "changes"]);

    let people: Vec<_> = figures
        .iter()
        .filter(|row| row["noun"] == "people")
        .map(|row| {
            (
                row["text"].as_str().unwrap(),
                row["version"].as_u64(),
                row["gone"].as_u64(),
            )
        })
        .collect();
    assert_eq!(people, [("212", Some(1), Some(2)), ("221", Some(2), None)]);
    let ferry: Vec<_> = statements
        .iter()
        .filter(|row| row["text"].as_str().unwrap().contains("ran aground on"))
        .map(|row| (row["version"].as_u64(), row["gone"].as_u64()))
        .collect();
    assert_eq!(ferry, [(Some(1), Some(2)), (Some(2), None)]);
    let same = statements
        .iter()
        .find(|row| row["text"].as_str().unwrap().contains("helicopters"))
        .unwrap();
    assert_eq!(
        (&same["gone"], &same["said_by"]),
        (&serde_json::Value::Null, &"coast guard".into())
    );
    assert_eq!(versions.len(), 2);
    assert_eq!(
        (&changes[0]["old"], &changes[0]["new"]),
        (&"212".into(), &"221".into())
    );
    assert_eq!(
        lines(&program, &["--table", "changes", "--since", "2100-01-01"]).len(),
        0
    );
    let alerts = lines(&program, &["--table", "alerts"]);
    assert_eq!(
        (&alerts[0]["kind"], &alerts[0]["new_version"]),
        (&"figure_changed".into(), &2.into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_goes_to_a_new_file_and_never_over_an_old_one() {
    let site = Site::start().await;
    let program = seen_twice(&site).await;

    let told = program.says(
        &["export", "--table", "versions", "--to", "versions.csv"],
        0,
    );
    let again = program.run(&["export", "--table", "versions", "--to", "versions.csv"]);

    assert_eq!(told, "2 rows written to versions.csv\n");
    let csv = std::fs::read_to_string(program.path("versions.csv")).unwrap();
    let rows: Vec<&str> = csv.split("\r\n").collect();
    assert!(rows[0].starts_with("watch,story,url,version,first_seen,"));
    assert_eq!((rows.len(), rows[3]), (4, ""));
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("name a new file"));
    assert_eq!(
        program
            .run(&["export", "nobody", "--table", "figures"])
            .status
            .code(),
        Some(2)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_evidence_can_be_read_in_one_file_that_loads_nothing() {
    let site = Site::start().await;
    let program = seen_twice(&site).await;

    program.says(&["export", "ferry", "--to", "evidence"], 0);

    let page = std::fs::read_to_string(program.path("evidence/story.html")).unwrap();
    assert!(
        page.contains("<del>212</del><ins>221</ins> people on board"),
        "{page}"
    );
    assert!(page.contains("default-src 'none'") && page.contains("id=\"v2\""));
    for loading in ["<script", "<link", "src=", "url("] {
        assert!(!page.contains(loading), "{loading}");
    }
    let about = std::fs::read_to_string(program.path("evidence/story.json")).unwrap();
    let about: serde_json::Value = serde_json::from_str(&about).unwrap();
    for version in about["versions"].as_array().unwrap() {
        assert!(page.contains(version["sha256"].as_str().unwrap()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_names_every_column_of_every_table() {
    let document = include_str!("../../docs/EXPORT.md");
    let site = Site::start().await;
    let program = seen_twice(&site).await;

    for table in ["versions", "figures", "statements", "changes", "alerts"] {
        let table_of = program.says(&["export", "--table", table], 0);
        let heading = table_of.lines().next().unwrap();
        let section = document
            .split("\n## ")
            .find(|part| part.starts_with(&format!("`{table}`")))
            .unwrap();
        let named: Vec<&str> = section
            .lines()
            .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
            .collect();
        assert_eq!(named.join(","), heading, "{table}");
    }
}
