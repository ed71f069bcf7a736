//! Sentences as bags of weighted words.

use unicode_segmentation::UnicodeSegmentation;

use super::lexicon::Lexicon;
use super::matching::match_words;
use super::reading::Sentence;
use super::tokens::{Reader, Token};
use crate::text::similarity::{fold, is_stop_word};

/// The words of a sentence with their weight, sorted by word.
pub(super) type Bag = Vec<(u32, f32)>;

/// The sentences of a version as bags of words, read when the first question comes.
#[derive(Default)]
pub(super) struct Bags(Option<Vec<Bag>>);

impl Bags {
    /// Whether one of `others` holds most of a sentence's meaning-bearing words: then it is told there.
    pub fn tell(
        &mut self,
        sentence: &Sentence<'_>,
        others: &[Sentence<'_>],
        reader: &mut Reader<'_>,
    ) -> bool {
        const FEWEST_WORDS: f32 = 3.0;
        const MOST: f32 = 0.85;
        let bag = bag(sentence.text, reader);
        let mine: f32 = bag.iter().map(|(_, weight)| weight).sum();
        if mine < FEWEST_WORDS {
            return false;
        }
        let bags = self.0.get_or_insert_with(|| {
            others
                .iter()
                .map(|other| self::bag(other.text, reader))
                .collect()
        });
        bags.iter().any(|theirs| {
            let shared: f32 = bag
                .iter()
                .filter(|(word, _)| holds(theirs, *word))
                .map(|(_, weight)| weight)
                .sum();
            shared >= MOST * mine
        })
    }
}

/// The words of a sentence with their weight, sorted by word.
pub(super) fn bag(text: &str, reader: &mut Reader<'_>) -> Bag {
    let mut bag: Bag = Vec::new();
    for word in text.unicode_words() {
        let folded = fold(word);
        let folded = folded.trim_end_matches("'s").trim_end_matches("’s");
        let weight = if folded.starts_with(|c: char| c.is_ascii_digit()) {
            0.4
        } else if is_stop_word(folded, reader.language) {
            0.08
        } else if word.starts_with(char::is_uppercase) {
            1.3
        } else {
            1.0
        };
        let number = reader.number(folded);
        if !bag.iter().any(|(known, _)| *known == number) {
            bag.push((number, weight));
        }
    }
    bag.sort_unstable_by_key(|(word, _)| *word);
    bag
}

pub(super) fn holds(bag: &Bag, word: u32) -> bool {
    bag.binary_search_by_key(&word, |(word, _)| *word).is_ok()
}

/// The share of meaning-bearing words that two sentences have in common, in whatever words, of both together.
pub(super) fn kept_meaning(old: &[Token], new: &[Token], lexicon: &Lexicon) -> f32 {
    let matching = match_words(old, new, lexicon);
    let count = |tokens: &[Token], paired: &[Option<usize>]| {
        let bearing = tokens
            .iter()
            .zip(paired)
            .filter(|(token, _)| token.is_content());
        let all = bearing.clone().count();
        (all, bearing.filter(|(_, pair)| pair.is_some()).count())
    };
    let (a, kept_a) = count(old, &matching.old);
    let (b, kept_b) = count(new, &matching.new);
    // Two words in common are an accident in a short sentence.
    if kept_a.min(kept_b) < 2 || a + b == 0 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "words of a sentence are few")]
    let share = (kept_a + kept_b) as f32 / (a + b) as f32;
    share
}
