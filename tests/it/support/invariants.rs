//! What must hold of the claims of any text at all; the fuzz target and the tests run the same function.

use claimwatch::claims::{self, Claims, attribution, entities, modality, negation, numbers, units};
use claimwatch::story::{Span, Story};
use claimwatch::text::{Language, sentences};

/// Reads `text` as a story, its first line as the headline, and panics where a promise of `claims` is broken.
///
/// # Panics
///
/// Where a span does not slice its place, a range is upside down, a claim has no value, or a second reading differs.
pub fn hold(text: &str) {
    let mut lines = text.lines();
    let headline = lines.next().unwrap_or_default();
    let paragraphs: Vec<&str> = lines.collect();
    let story = Story::from_text(headline, &paragraphs);

    let read = claims::read(&story);

    figures_hold(&story, &read);
    for statement in &read.statements {
        sliced(&story, statement.span);
    }
    for note in &read.corrections {
        sliced(&story, *note);
    }
    for said in attribution::sources(&story) {
        for span in [said.sentence, said.words, said.clause, said.scope] {
            sliced(&story, span);
        }
    }
    assert_eq!(read, claims::read(&story), "a second reading differs");
    parts_hold(text);
}

fn figures_hold(story: &Story, read: &Claims) {
    for pair in read.figures.windows(2) {
        let (one, two) = (pair[0].span, pair[1].span);
        assert!(
            one.place != two.place || one.end <= two.start,
            "figures overlap or are out of order: {one:?} {two:?}"
        );
    }
    for figure in &read.figures {
        assert!(!sliced(story, figure.span).is_empty(), "an empty figure");
        assert!(
            figure.amount.is_some() || !figure.is_claim(),
            "a claim without a value: {figure:?}"
        );
        if let Some(amount) = figure.amount {
            assert!(amount.low <= amount.high, "upside down: {figure:?}");
            let unit = figure.unit.as_ref();
            let same = unit.and_then(|unit| units::convert(amount.low, unit, unit));
            assert!(same.is_none_or(|same| same == amount.low), "{figure:?}");
        }
        assert!(
            figure.noun.is_none() || figure.counted.is_some(),
            "what a noun names is counted: {figure:?}"
        );
    }
}

/// The readers that are used by themselves as well, in languages with and without a word list.
fn parts_hold(text: &str) {
    for language in ["en", "de", "fr", "ja"].map(Language::new) {
        let mut last = 0;
        for sentence in sentences::ranges(text, &language) {
            assert!(last <= sentence.start && text.get(sentence.clone()).is_some());
            last = sentence.end;
        }
        let mut last = 0;
        for number in numbers::in_text(text, &language) {
            assert!(last <= number.start && number.start < number.end);
            assert!(text.get(number.start..number.end).is_some());
            last = number.end;
        }
        for cue in negation::cues(text, &language) {
            assert!(text.get(cue.range).is_some() && text.get(cue.clause).is_some());
        }
        for cue in modality::cues(text, &language) {
            assert!(text.get(cue.range).is_some());
        }
        for entity in entities::in_text(text, &language) {
            assert!(text.get(entity.range).is_some());
        }
    }
}

fn sliced(story: &Story, span: Span) -> &str {
    story
        .slice(span)
        .unwrap_or_else(|| panic!("{span:?} does not slice its place"))
}
