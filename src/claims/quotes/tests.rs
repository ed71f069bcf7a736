//! What the product promises about quotation marks, on texts written for it.

use super::*;
use proptest::prelude::*;

fn quoted(text: &str) -> Vec<&str> {
    in_text(text)
        .into_iter()
        .map(|quoted| &text[quoted.inner])
        .collect()
}

#[test]
fn every_style_of_mark_is_read() {
    for text in [
        "She said \"we wait\" twice.",
        "She said “we wait” twice.",
        "She said ‘we wait’ twice.",
        "She said 'we wait' twice.",
        "She said „we wait“ twice.",
        "She said „we wait” twice.",
        "She said „we wait\" twice.",
        "She said ”we wait” twice.",
        "She said «we wait» twice.",
        "She said « we wait » twice.",
        "She said »we wait« twice.",
        "She said ‹we wait› twice.",
        "She said ‚we wait‘ twice.",
        "She said ``we wait'' twice.",
        "She said ''we wait'' twice.",
        "She said 「we wait」 twice.",
        "She said “we wait\" twice.",
    ] {
        assert_eq!(quoted(text), ["we wait"], "{text}");
    }
}

#[test]
fn an_apostrophe_is_no_quotation_mark() {
    for text in [
        "The workers' union and the miners' union met.",
        "It's the '90s, rock 'n' roll, and nobody's fool.",
        "Don’t take the players’ word for the Smiths’ house.",
        "Give 'em what they're owed.",
        "He is 6'2\" tall.",
        "The board is 12\" by 10\" wide.",
    ] {
        assert_eq!(quoted(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn apostrophes_inside_a_quotation_do_not_end_it() {
    assert_eq!(quoted("'We don't know,' she said."), ["We don't know,"]);
    assert_eq!(
        quoted("'The workers' pay is due,' she said."),
        ["The workers' pay is due,"]
    );
    assert_eq!(
        quoted("‘It’s the players’ choice,’ she said."),
        ["It’s the players’ choice,"]
    );
}

#[test]
fn a_quotation_in_a_quotation_is_found_with_its_depth() {
    let text = "“He told me ‘run’ and I ran,” she said.";

    let found: Vec<(&str, u8)> = in_text(text)
        .into_iter()
        .map(|quoted| (&text[quoted.inner], quoted.depth))
        .collect();

    assert_eq!(found, [("He told me ‘run’ and I ran,", 0), ("run", 1)]);
}

#[test]
fn a_mark_without_its_partner_is_no_quotation() {
    assert_eq!(quoted("He left\" and came back."), Vec::<&str>::new());
    assert_eq!(quoted("She said \"we wait and left."), Vec::<&str>::new());
    assert_eq!(quoted("“A,” he said. “B"), ["A,"]);
}

#[test]
fn several_quotations_of_a_sentence_stay_apart() {
    assert_eq!(
        quoted("\"One,\" he said, \"two,\" and \"three\"."),
        ["One,", "two,", "three"]
    );
    assert_eq!(
        quoted("The words (\"yes\", \"no\") were banned."),
        ["yes", "no"]
    );
}

#[test]
fn a_quotation_runs_on_where_the_next_paragraph_opens_with_a_mark() {
    let story = Story::from_text("", &["Holt said: “We waited. Nobody came.", "“We left.”"]);

    let quotes = of(&story);

    assert_eq!(quotes.len(), 2);
    assert!(quotes[0].runs_on);
    assert_eq!(story.slice(quotes[0].span), Some("We waited. Nobody came."));
    assert_eq!(
        quotes[1]
            .said_by
            .as_ref()
            .map(|source| source.name.as_str()),
        Some("Holt")
    );
}

#[test]
fn a_title_or_a_word_set_off_is_a_phrase() {
    let extent = |text: &str| {
        of(&Story::from_text("", &[text]))
            .first()
            .map(|quote| quote.extent)
    };

    assert_eq!(extent("The ship \"Sea Heron\" sank."), Some(Extent::Phrase));
    assert_eq!(
        extent("He sang “Alder Nights,” and left."),
        Some(Extent::Phrase)
    );
    assert_eq!(
        extent("Moor spoke of \"a remarkable lack of curiosity\"."),
        Some(Extent::Part)
    );
    assert_eq!(
        extent("\"We have no water at all,\" said Moor."),
        Some(Extent::Whole)
    );
}

/// Marks and words in any order.
fn marked_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "we", "workers", "It", "5", " ", " ", ".", ",", "\"", "'", "’", "‘", "“", "”", "„", "«",
        "»", "`", "''", "s", "\u{a0}", "(", "é", "「", "」", "\n",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn every_quotation_lies_in_its_text(text in marked_text()) {
        for quoted in in_text(&text) {
            prop_assert!(text.get(quoted.outer.clone()).is_some());
            prop_assert!(!text[quoted.inner.clone()].trim().is_empty());
            prop_assert!(quoted.outer.start < quoted.inner.start && quoted.inner.end <= quoted.outer.end);
        }
    }

    #[test]
    fn quotations_of_one_depth_do_not_overlap(text in marked_text()) {
        let found = in_text(&text);
        for pair in found.iter().filter(|quoted| quoted.depth == 0).collect::<Vec<_>>().windows(2) {
            prop_assert!(pair[0].outer.end <= pair[1].outer.start, "{:?}", found);
        }
    }

    #[test]
    fn any_text_at_all_is_read(text in any::<String>()) {
        let story = Story::from_text(&text, &[text.as_str(), text.as_str()]);
        for quote in of(&story) {
            prop_assert!(story.slice(quote.span).is_some());
        }
    }
}
