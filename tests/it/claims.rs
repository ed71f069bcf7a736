//! The promises of `claims` on generated text: arbitrary Unicode, and texts put together from pieces of news.

use proptest::prelude::*;

use crate::support::invariants;

const CASES: u32 = if cfg!(debug_assertions) { 300 } else { 20_000 };

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn claims_hold_on_any_text(text in "(\\PC{0,40}\n){0,3}\\PC{0,60}") {
        invariants::hold(&text);
    }

    #[test]
    fn claims_hold_on_pieces_of_news(pieces in prop::collection::vec((0..PIECES.len(), any::<u8>()), 0..40)) {
        let text: String = pieces
            .iter()
            .map(|(piece, gap)| match gap {
                0..=160 => format!("{} ", PIECES[*piece]),
                161..=200 => PIECES[*piece].to_owned(),
                201..=240 => format!("{}. ", PIECES[*piece]),
                _ => format!("{}\n", PIECES[*piece]),
            })
            .collect();

        invariants::hold(&text);
    }
}

#[test]
fn claims_hold_on_the_texts_that_once_broke_them() {
    for text in [
        "\n\"Titanfall 2",
        "\n\"Wi-Fi 6's",
        "(31",
        "[",
        "1.99×10−30 kg",
        "9'9\"",
        "two.of(1",
        "\u{feff}12",
        "No 0",
        "aged",
        "“‘“‘said",
    ] {
        invariants::hold(text);
    }
}

const PIECES: &[&str] = &[
    "Police",
    "said",
    "Ana",
    "Ruiz",
    "Mr",
    "the ministry",
    "he",
    "she",
    "it",
    "they",
    "told",
    "AFP",
    "that",
    "\"",
    "“",
    "”",
    "‘",
    "’",
    "'",
    "«",
    "»",
    "–",
    "—",
    "-",
    ",",
    ";",
    ":",
    "(",
    ")",
    "[",
    "]",
    "...",
    "…",
    "?",
    "!",
    "not",
    "never",
    "denied",
    "no longer",
    "may",
    "reportedly",
    "allegedly",
    "according to",
    "citing",
    "was quoted by",
    "as saying",
    "who",
    "which",
    "12",
    "1,200",
    "1.5",
    "2.1 to 2.2 million",
    "3-2",
    "8-8-4",
    "€5",
    "$",
    "£9bn",
    "%",
    "per cent",
    "km",
    "km/h",
    "°C",
    "m",
    "bn",
    "6'2\"",
    "2h 23m",
    "one",
    "two",
    "half",
    "a",
    "dozen",
    "dozens of",
    "hundreds",
    "one in five",
    "four-and-a-half",
    "more than",
    "at least",
    "up to",
    "about",
    "or so",
    "-odd",
    "-plus",
    "and",
    "or",
    "to",
    "from",
    "by",
    "of",
    "in",
    "at",
    "between",
    "than",
    "rose",
    "fell",
    "killed",
    "injured",
    "people",
    "votes",
    "years",
    "-year-old",
    "aged",
    "under",
    "May",
    "7 May 2021",
    "1987",
    "Q3",
    "4:15 am",
    "9/11",
    "F-16s",
    "COVID-19",
    "Resolution",
    "No.",
    "FTSE 100",
    "Wi-Fi",
    "iPadOS",
    "U.S.",
    "U.N.",
    "Jr.",
    "+44 20 7946 0958",
    "37.2°N",
    "II",
    "World War",
    "Correction:",
    "An earlier version",
    "½",
    "1/3",
    "×10^",
    "−30",
    "٣",
    "日本",
    "é",
    "\u{301}",
    "\u{200d}",
    "\u{a0}",
    "🙂",
    "ß",
    "İ",
    "ﬁ",
];
