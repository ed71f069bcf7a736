//! Cuts up a text that is longer than any paragraph, so that reading it costs in proportion to its length.

use std::ops::Range;

use crate::text::{Language, sentences};

/// A paragraph of a newspaper has a tenth of this.
const LONGEST_PIECE_BYTES: usize = 8_192;

/// `text` whole, or whole sentences of it in pieces, as byte ranges in order.
pub(crate) fn of(text: &str, language: &Language) -> Vec<Range<usize>> {
    if text.len() <= LONGEST_PIECE_BYTES {
        return vec![Range {
            start: 0,
            end: text.len(),
        }];
    }
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for sentence in sentences::ranges(text, language) {
        match pieces.last_mut() {
            Some(piece) if sentence.end - piece.start <= LONGEST_PIECE_BYTES => {
                piece.end = sentence.end;
            }
            _ => pieces.push(sentence),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_one_piece_and_an_endless_text_is_several_of_whole_sentences() {
        let english = Language::new("en");
        let text = "It rained for 12 days. ".repeat(2_000);

        let pieces = of(&text, &english);

        assert_eq!(of("It rained.", &english), [Range { start: 0, end: 10 }]);
        assert!(pieces.len() >= 5, "{} pieces", pieces.len());
        for piece in pieces {
            assert!(piece.len() <= LONGEST_PIECE_BYTES);
            assert!(text[piece.clone()].starts_with("It ") && text[piece].ends_with("days."));
        }
    }
}
