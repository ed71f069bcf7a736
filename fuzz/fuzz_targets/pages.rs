//! Reads any bytes as a page, a feed, a JSON document or a PDF report: no panic, and the same bytes read the same twice.
#![no_main]

use claimwatch::story::{self, Options, Page};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &[u8])| {
    const TYPES: [Option<&str>; 6] = [
        None,
        Some("text/html"),
        Some("text/html; charset=windows-1251"),
        Some("text/plain"),
        Some("application/pdf"),
        Some("application/xhtml+xml"),
    ];
    let page = Page {
        bytes: input.1,
        content_type: TYPES[usize::from(input.0) % TYPES.len()],
        url: "https://news.example/a",
    };
    let first = story::read_again(&page, &Options::default(), None);

    assert_eq!(first, story::read_again(&page, &Options::default(), None));
    // Whether it is one does not matter, as long as there is an answer.
    let _ = (story::feed::read(&page), story::sitemap::read(&page), story::links::read(&page, "a"));
});
