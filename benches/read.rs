//! How fast a page is read as a story, beside a bare parse of the same page in one run: `cargo bench --bench read`.
//!
//! `-- FILE ...` reads pages of your own instead of the one that is made here. Each figure is the best of several passes in
//! processor time, so that a busy machine does not matter; what counts is the ratio between columns of one line.

#![allow(missing_docs, clippy::cast_precision_loss)]

mod support;

use std::hint::black_box;
use std::time::Duration;

use claimwatch::story::{self, Options, Page};
use dom_query::Document;
use support::{Edit, best, page};

const PASSES: u32 = 7;

fn main() {
    let files: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .collect();
    let mut pages: Vec<Vec<u8>> = Vec::new();
    for file in &files {
        match std::fs::read(file) {
            Ok(bytes) => pages.push(bytes),
            Err(error) => eprintln!("{file}: {error}"),
        }
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
    let parse = of_each(&pages, |bytes| {
        let html = String::from_utf8_lossy(bytes).into_owned();
        black_box(Document::from(html));
    });
    let read = of_each(&pages, |bytes| {
        black_box(story::read(&of(bytes), &Options::default()).is_ok());
    });
    show("bare html5ever parse", parse, parse);
    show("first reading", read, parse);
}

fn of(bytes: &[u8]) -> Page<'_> {
    Page {
        bytes,
        content_type: Some("text/html"),
        url: "https://news.example/story",
    }
}

/// The time one page takes on average.
fn of_each(pages: &[Vec<u8>], mut work: impl FnMut(&[u8])) -> Duration {
    let all = best(PASSES, || {
        for bytes in pages {
            work(bytes);
        }
    });
    all / u32::try_from(pages.len()).unwrap_or(u32::MAX)
}

fn show(name: &str, took: Duration, parse: Duration) {
    println!(
        "{name:<36} {:>7.2} ms a page  {:>5.2} x the parse",
        took.as_secs_f64() * 1e3,
        took.as_secs_f64() / parse.as_secs_f64()
    );
}
