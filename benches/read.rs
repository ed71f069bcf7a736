//! How fast a page is read as a story, beside a bare parse of the same page in one run: `cargo bench --bench read`.
//!
//! `-- FILE ...` reads pages of your own instead of the one that is made here. Each figure is the best of several passes in
//! processor time, so that a busy machine does not matter; what counts is the ratio between columns of one line.
//!
//! `-- --again MANIFEST EDITED` reads the pages of a manifest (`id<TAB>path<TAB>url`), and then each page of another one, whose
//! ids begin with those of the first and a bar, where the story stood in the first; prints JSON as `read --manifest` does.

#![allow(missing_docs, clippy::cast_precision_loss)]

mod support;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Duration;

use claimwatch::records;
use claimwatch::story::{self, Before, NotAStory, Options, Page, Reading};
use dom_query::Document;
use support::{Edit, best, page};

const PASSES: u32 = 7;

fn main() -> std::io::Result<()> {
    let mut words = std::env::args().skip(1).filter(|word| word != "--bench");
    let files: Vec<String> = words.by_ref().collect();
    if let [option, manifest, edited] = files.as_slice()
        && option == "--again"
    {
        return again(manifest, edited);
    }
    let mut pages: Vec<Vec<u8>> = Vec::new();
    for file in &files {
        pages.push(std::fs::read(file)?);
    }
    if pages.is_empty() {
        pages.push(page(1, Edit::default()).into_bytes());
    }
    let bytes: usize = pages.iter().map(Vec::len).sum();
    println!(
        "{} pages of {} KB on average, {PASSES} passes, best",
        pages.len(),
        bytes / pages.len() / 1000
    );
    let readings: Vec<Option<Reading>> = pages.iter().map(|bytes| read(bytes, None)).collect();
    let parse = of_each(&pages, |_, bytes| {
        let html = String::from_utf8_lossy(bytes).into_owned();
        black_box(Document::from(html));
    });
    show("bare html5ever parse", parse, parse);
    let first = of_each(&pages, |_, bytes| {
        black_box(read(bytes, None));
    });
    show("first reading", first, parse);
    let second = of_each(&pages, |at, bytes| {
        black_box(read(bytes, readings[at].as_ref()));
    });
    show("reading again where it stood", second, parse);
    Ok(())
}

fn read(bytes: &[u8], before: Option<&Reading>) -> Option<Reading> {
    try_read(bytes, "https://news.example/story", before).ok()
}

fn try_read(bytes: &[u8], url: &str, before: Option<&Reading>) -> Result<Reading, NotAStory> {
    let page = Page {
        bytes,
        content_type: Some("text/html"),
        url,
    };
    let before = before.and_then(|before| {
        Some(Before {
            story: &before.story,
            container: before.container.as_ref()?,
        })
    });
    story::read_again(&page, &Options::default(), before)
}

/// Reads each edited page where the story of its first version stood.
fn again(manifest: &str, edited: &str) -> std::io::Result<()> {
    let mut known: BTreeMap<String, Reading> = BTreeMap::new();
    let mut entries = serde_json::Map::new();
    for list in [manifest, edited] {
        for line in std::fs::read_to_string(list)?.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            let [id, path, url] = fields[..] else {
                continue;
            };
            let before = id.split_once('|').and_then(|(first, _)| known.get(first));
            let reading = try_read(&std::fs::read(path)?, url, before);
            if list == edited {
                let story = reading.map(|reading| reading.story);
                entries.insert(id.to_owned(), records::page::entry(&story));
            } else if let Ok(reading) = reading {
                known.insert(id.to_owned(), reading);
            }
        }
    }
    println!("{}", serde_json::Value::Object(entries));
    Ok(())
}

/// The time one page takes on average.
fn of_each(pages: &[Vec<u8>], mut work: impl FnMut(usize, &[u8])) -> Duration {
    let all = best(PASSES, || {
        for (at, bytes) in pages.iter().enumerate() {
            work(at, bytes);
        }
    });
    all / u32::try_from(pages.len()).unwrap_or(u32::MAX)
}

fn show(name: &str, took: Duration, parse: Duration) {
    println!(
        "{name:<32} {:>7.2} ms a page  {:>5.2} x the parse",
        took.as_secs_f64() * 1e3,
        took.as_secs_f64() / parse.as_secs_f64()
    );
}
