//! What the product promises about sentences, on texts written for it.

use super::*;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

/// Splits a text after taking its bars out, and puts bars back where sentences end.
fn split(language: &str, marked: &str) -> String {
    let text: String = marked.replace(" | ", " ");
    let sentences: Vec<&str> = ranges(&text, &Language::new(language))
        .into_iter()
        .map(|range| &text[range])
        .collect();
    sentences.join(" | ")
}

#[test]
fn english_sentences_end_where_a_reader_ends_them() {
    let lines = include_str!("english.txt").lines();
    let wrong: Vec<String> = lines
        .filter(|line| !line.starts_with('#'))
        .filter(|line| split("en", line) != *line)
        .map(|line| split("en", line))
        .collect();

    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sentences_of_other_languages_end_where_a_reader_ends_them() {
    let lines = include_str!("others.txt").lines();
    let wrong: Vec<String> = lines
        .filter_map(|line| line.split_once(": "))
        .filter(|(language, marked)| split(language, marked) != *marked)
        .map(|(language, marked)| split(language, marked))
        .collect();

    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_line_break_ends_a_sentence() {
    let text = "Bridge closed\nThe bridge is closed.\r\n\r\n  It will stay so  ";

    let split: Vec<&str> = ranges(text, &Language::new("en"))
        .into_iter()
        .map(|range| &text[range])
        .collect();

    assert_eq!(
        split,
        ["Bridge closed", "The bridge is closed.", "It will stay so"]
    );
}

#[test]
fn a_space_that_the_page_lost_does_not_join_two_sentences() {
    let text = "It rained.The road is closed.” He left. See Alder.Net and node.Js too.";

    let count = ranges(text, &Language::new("en")).len();

    assert_eq!(count, 4);
}

#[test]
fn blank_text_has_no_sentence() {
    assert!(ranges("", &Language::default()).is_empty());
    assert!(ranges(" \u{a0}\n\t ", &Language::default()).is_empty());
}

/// Words and marks of news text in any order: closer to the rules' edges than arbitrary characters.
fn newslike() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "the", "Holt", "said", "asked", "St.", "U.S.", "a.m.", "No.", "5", "3.5", "Mr.", "…",
        "...", "!", "?", ".", "\"", "“", "”", "«", "»", "'", "’", ",", "—", "(", ")", "\n", "Inc.",
        "J.", "é", "。", "日本", "Ї",
    ]);
    let gap = prop::sample::select(vec!["", " ", "\u{a0}"]);
    prop::collection::vec((piece, gap), 0..40).prop_map(|parts| {
        parts
            .into_iter()
            .flat_map(|(piece, gap)| [piece, gap])
            .collect()
    })
}

fn assert_covers(text: &str) {
    let mut covered = vec![0u8; text.len()];
    for range in ranges(text, &Language::new("en")) {
        let sentence = &text[range.clone()];
        assert_eq!(sentence, sentence.trim());
        assert!(!sentence.is_empty());
        covered[range].iter_mut().for_each(|count| *count += 1);
    }
    for (at, c) in text.char_indices() {
        assert!(covered[at] <= 1);
        assert!(
            c.is_whitespace() || covered[at] == 1,
            "{c:?} at {at} of {text:?} is in no sentence"
        );
    }
}

#[test]
fn a_text_without_full_stops_is_cut_up_between_words() {
    let text = "einhundert 1000 ".repeat(2_000);

    let pieces = ranges(&text, &Language::new("de"));

    assert!(pieces.len() > 7, "{} pieces", pieces.len());
    for piece in &pieces {
        assert!(piece.len() <= 4_096);
        assert!(
            text[piece.clone()].starts_with(['e', '1']),
            "cut inside a word"
        );
    }
    assert_covers(&text);
    assert_covers(&"ü".repeat(10_000));
}

proptest! {
    #[test]
    fn every_byte_lies_in_one_sentence(text in newslike()) {
        assert_covers(&text);
    }

    #[test]
    fn any_text_at_all_is_split(text in any::<String>()) {
        assert_covers(&text);
    }

    #[test]
    fn no_end_that_unicode_sees_before_a_space_is_overlooked(words in prop::collection::vec("[A-Z][a-z]{3,8}", 2..12)) {
        let text = words.join(". ");
        let unicode = text.unicode_sentences().count();
        let ours = ranges(&text, &Language::new("xx")).len();
        prop_assert!(ours <= unicode);
    }
}
