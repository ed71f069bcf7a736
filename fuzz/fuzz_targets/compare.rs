//! Compares any two texts: no panic, a text against itself is silent, twice the same, and every proof stands in its version.
#![no_main]

use claimwatch::compare;
use claimwatch::story::Story;
use claimwatch::text::Language;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|texts: (&str, &str, u8)| {
    const LANGUAGES: [&str; 5] = ["en", "de", "es", "ru", "xx"];
    let language = Language::new(LANGUAGES[usize::from(texts.2) % LANGUAGES.len()]);
    let story = |text: &str| {
        let paragraphs: Vec<&str> = text.split('\n').collect();
        Story {
            language: language.clone(),
            ..Story::from_text(paragraphs[0], &paragraphs)
        }
    };
    let (old, new) = (story(texts.0), story(texts.1));

    let comparison = compare::versions(&old, &new);

    assert!(compare::versions(&old, &old).changes.is_empty());
    assert_eq!(comparison, compare::versions(&old, &new));
    for change in &comparison.changes {
        for (story, side) in [(&old, &change.old), (&new, &change.new)] {
            let Some(side) = side.as_ref().filter(|side| side.span.start < side.span.end) else {
                continue;
            };
            assert_eq!(story.slice(side.span), Some(side.text.as_str()));
        }
    }
});
