//! How fast two versions of a story are compared: `cargo bench --bench compare`.
//!
//! Three cases: a story of a thousand words with a few edits, a live blog of twenty thousand words with a hundred entries
//! edited, and two wholly different texts of two megabytes, which end with a coarse result. Each line is the best of several
//! passes in processor time, claims and comparison together, beside a plain word diff of the same texts.

#![allow(missing_docs, clippy::cast_precision_loss)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use claimwatch::claims;
use claimwatch::compare;
use claimwatch::story::Story;

const NEWS: &str = include_str!("news.txt");
const PASSES: u32 = 7;

fn main() {
    let paragraphs: Vec<&str> = NEWS.split("\n\n").map(str::trim).collect();
    let (old, new) = edited(&paragraphs);
    time(
        "1,000 words, a few edits",
        &old,
        &new,
        Duration::from_millis(2),
    );
    let (old, new) = live_blog(&paragraphs);
    time(
        "20,000 words, a live blog",
        &old,
        &new,
        Duration::from_millis(100),
    );
    let (old, new) = strangers();
    time(
        "2 MB against 2 MB, nothing shared",
        &old,
        &new,
        Duration::from_secs(2),
    );
}

/// About a thousand words, three facts changed.
fn edited(paragraphs: &[&str]) -> (Vec<String>, Vec<String>) {
    let mut old: Vec<String> = Vec::new();
    let mut words = 0;
    for (copy, paragraph) in paragraphs.iter().cycle().enumerate() {
        if words >= 1_000 {
            break;
        }
        words += paragraph.split_whitespace().count();
        // A second copy speaks of another day, so that no paragraph stands twice.
        old.push(if copy < paragraphs.len() {
            (*paragraph).to_owned()
        } else {
            format!("On day {copy}, {paragraph}")
        });
    }
    let edits = [
        ("1,200", "1,450"),
        ("nine people", "eleven people"),
        ("denied that", "said that"),
    ];
    let new = old
        .iter()
        .map(|paragraph| {
            edits
                .iter()
                .fold(paragraph.clone(), |text, (from, to)| text.replace(from, to))
        })
        .collect();
    (old, new)
}

/// Entries of a live blog: every eighth is edited, and twenty come on top.
fn live_blog(paragraphs: &[&str]) -> (Vec<String>, Vec<String>) {
    let entry = |number: usize, toll: usize| {
        let paragraph = paragraphs[number % paragraphs.len()];
        format!("Rescuers counted {toll} houses in district {number}. {paragraph}")
    };
    let words = |text: &str| text.split_whitespace().count();
    let mut old = Vec::new();
    let mut all = 0;
    while all < 20_000 {
        let text = entry(old.len(), 100 + old.len());
        all += words(&text);
        old.push(text);
    }
    let edited = old.iter().enumerate().map(|(number, text)| {
        if number % 8 == 0 {
            entry(number, 700 + number)
        } else {
            text.clone()
        }
    });
    let come = (0..20).map(|number| entry(10_000 + number, 9_000 + number));
    let new = come.chain(edited).collect();
    (old, new)
}

/// Two texts of two megabytes without a sentence in common.
fn strangers() -> (Vec<String>, Vec<String>) {
    const BYTES: usize = 2_000_000;
    let text = |seed: u64| {
        let mut state = seed;
        let mut next = move || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            state >> 33
        };
        let mut paragraphs = Vec::new();
        let mut bytes = 0;
        while bytes < BYTES {
            let mut paragraph = String::new();
            for _ in 0..5 {
                for word in 0..12 {
                    let letter = if word == 0 { b'A' } else { b'a' };
                    paragraph.push(char::from(letter + u8::try_from(next() % 26).unwrap_or(0)));
                    let _ = write!(paragraph, "{:x} ", next() % 5_000);
                }
                paragraph.pop();
                paragraph.push_str(". ");
            }
            bytes += paragraph.len();
            paragraphs.push(paragraph);
        }
        paragraphs
    };
    (text(1), text(2))
}

fn time(name: &str, old: &[String], new: &[String], limit: Duration) {
    let (before, after) = (
        Story::from_text("Floods", old),
        Story::from_text("Floods", new),
    );
    let words: usize = old.iter().map(|text| text.split_whitespace().count()).sum();
    let mut outcome = (0, false);
    let whole = best(|| {
        let comparison = compare::versions(&before, &after);
        outcome = (comparison.changes.len(), comparison.coarse);
        black_box(&comparison);
    });
    let claims = if words < 50_000 {
        best(|| {
            black_box(claims::read(&after).figures.len());
        })
    } else {
        Duration::ZERO
    };
    println!(
        "{name:<34} {words:>7} words  compare {:>8.2} ms  claims {:>7.2} ms  limit {:>6} ms  {} changes{}",
        whole.as_secs_f64() * 1e3,
        claims.as_secs_f64() * 1e3,
        limit.as_millis(),
        outcome.0,
        if outcome.1 { ", coarse" } else { "" }
    );
    if words < 50_000 {
        let (old, new) = (old.join("\n"), new.join("\n"));
        let diff = best(|| {
            black_box(
                similar::TextDiff::from_words(old.as_str(), new.as_str())
                    .ops()
                    .len(),
            );
        });
        println!(
            "{:<34} {:>7}        a word diff {:>4.2} ms",
            "",
            "",
            diff.as_secs_f64() * 1e3
        );
    }
}

/// The best of several passes, each of as many rounds as the coarse clock of the processor needs; one pass is enough for what
/// takes long.
fn best(mut work: impl FnMut()) -> Duration {
    const LEAST: Duration = Duration::from_millis(60);
    let mut rounds = 1;
    let mut best = Duration::MAX;
    let mut passes = 0;
    while passes < PASSES {
        let start = processor_time();
        for _ in 0..rounds {
            work();
        }
        let took = processor_time().saturating_sub(start);
        if took < LEAST {
            rounds *= 4;
            continue;
        }
        passes += 1;
        best = best.min(took / rounds);
        if took > Duration::from_secs(1) {
            break;
        }
    }
    best
}

/// The time this process was on a processor, or the time of the wall where the system does not tell.
fn processor_time() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    std::fs::read_to_string("/proc/self/schedstat")
        .ok()
        .and_then(|line| line.split_whitespace().next()?.parse().ok())
        .map_or_else(
            || START.get_or_init(Instant::now).elapsed(),
            Duration::from_nanos,
        )
}
