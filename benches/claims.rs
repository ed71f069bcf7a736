//! How fast claims are read, beside a plain search for digits and beside `text2num`, in one run: `cargo bench --bench claims`.
//!
//! Each line is the best of several passes over the same text, in processor time where the system tells it, so that a busy
//! machine does not matter; what counts is the ratio between lines of one run.

#![allow(missing_docs, clippy::cast_precision_loss)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use claimwatch::claims;
use claimwatch::compare;
use claimwatch::story::{Place, Story};
use claimwatch::text::Language;

const NEWS: &str = include_str!("news.txt");
/// Passes over the text for each line; the best one counts.
const PASSES: u32 = 7;
/// How long a pass takes at least, on a clock that ticks a hundred times a second.
const PASS: Duration = Duration::from_millis(600);
/// How often the sample stands in the text.
const COPIES: usize = 40;

fn main() {
    let paragraphs: Vec<&str> = NEWS.split("\n\n").map(str::trim).collect();
    let text: Vec<&str> = std::iter::repeat_n(&paragraphs, COPIES)
        .flatten()
        .copied()
        .collect();
    let bytes: usize = text.iter().map(|paragraph| paragraph.len()).sum();
    let english = Language::new("en");

    println!(
        "text: {:.2} MB of news, {PASSES} passes, best",
        bytes as f64 / 1e6
    );
    let digits = regex::Regex::new(r"\d[\d,.]*").expect("a plain pattern");
    let plain = rate("regex for digits", bytes, None, || {
        text.iter().map(|p| digits.find_iter(p).count()).sum()
    });
    let parser = text2num::Language::english();
    rate("text2num", bytes, Some(plain), || {
        text.iter()
            .map(|p| text2num::replace_numbers_in_text(p, &parser, 0.0).len())
            .sum()
    });
    rate("figures", bytes, Some(plain), || {
        text.iter()
            .map(|p| claims::figures::in_text(p, &english, Place::Headline).len())
            .sum()
    });
    let stories: Vec<Story> = (0..COPIES)
        .map(|_| Story::from_text("Floods in Marenholt", &paragraphs))
        .collect();
    rate("claims, whole", bytes, Some(plain), || {
        stories
            .iter()
            .map(|story| claims::read(story).figures.len())
            .sum()
    });
    pair(&paragraphs);
}

/// Times `work` over `bytes` of text and prints MB/s, and how many times slower than `base` it is.
fn rate(
    name: &str,
    bytes: usize,
    base: Option<Duration>,
    mut work: impl FnMut() -> usize,
) -> Duration {
    let best = best(|| {
        black_box(work());
    });
    let megabytes = bytes as f64 / 1e6 / best.as_secs_f64();
    let ratio = base.map_or_else(String::new, |base| {
        format!(
            "  {:.1} x the regex",
            best.as_secs_f64() / base.as_secs_f64()
        )
    });
    println!("{name:<18} {megabytes:8.1} MB/s{ratio}");
    best
}

/// The time of one turn of `work` in the best of several passes, each of so many turns that the clock can tell it.
fn best(mut work: impl FnMut()) -> Duration {
    let start = Instant::now();
    work();
    let once = start.elapsed().max(Duration::from_nanos(1));
    let turns = u32::try_from(PASS.as_nanos() / once.as_nanos())
        .unwrap_or(u32::MAX)
        .saturating_add(1);
    (0..PASSES)
        .map(|_| {
            let (wall, processor) = (Instant::now(), processor_time());
            for _ in 0..turns {
                work();
            }
            let told = processor
                .zip(processor_time())
                .map(|(before, after)| after.saturating_sub(before))
                .filter(|told| !told.is_zero());
            told.unwrap_or_else(|| wall.elapsed()) / turns
        })
        .min()
        .unwrap_or_default()
}

/// How long this thread has run, as Linux counts it.
fn processor_time() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = told.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// Two versions of a story of about a thousand words with a few edits, beside a plain word diff of the same.
fn pair(paragraphs: &[&str]) {
    let old: Vec<String> = (0..2)
        .flat_map(|_| paragraphs.iter().map(|p| (*p).to_owned()))
        .collect();
    let edits = [
        ("1,200", "1,450"),
        ("nine people", "eleven people"),
        ("denied that", "said that"),
    ];
    let new: Vec<String> = old
        .iter()
        .map(|p| {
            edits
                .iter()
                .fold(p.clone(), |text, (from, to)| text.replace(from, to))
        })
        .collect();
    let words: usize = old.iter().map(|p| p.split_whitespace().count()).sum();
    let (before, after) = (
        Story::from_text("Floods", &old),
        Story::from_text("Floods", &new),
    );
    let (joined_old, joined_new) = (old.join("\n"), new.join("\n"));
    let diff = best(|| {
        black_box(
            similar::TextDiff::from_words(joined_old.as_str(), joined_new.as_str())
                .ops()
                .len(),
        );
    });
    let whole = best(|| {
        black_box(compare::versions(&before, &after).changes.len());
    });
    println!(
        "compare, {words} words {:.2} ms  {:.1} x a word diff",
        whole.as_secs_f64() * 1e3,
        whole.as_secs_f64() / diff.as_secs_f64()
    );
}
