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
    assert!(read("story.html").contains("<ins>221</ins>"));
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
