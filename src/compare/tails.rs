//! Sources that a headline or summary puts behind its claim: "... - police", "..., officials say".

use std::sync::LazyLock;

use regex::Regex;

use super::reading::{Sentence, span};
use crate::claims::Source;
use crate::claims::attribution::{Attribution, Said};

static TAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?P<claim>.{15,}?)(?P<clause>",
        r"\s+[-–—]\s+(?P<dash>(?:\w[\w'’.]*\s+){0,3}(?:officials?|reports?|sources?|police|media|minist(?:er|ry)|study|survey|poll|watchdog|lawyers?|court|union|experts?|doctors?|army|military|president|governor|mayor|UN|WHO|EU|[A-Z][a-z]+))",
        r"|,\s+(?P<says>(?:[\w'’.-]+\s+){0,5}[\w'’-]+)\s+(?:say|says|said)",
        r")[.\s]*$",
    ))
    .ok()
});

/// The source at the end of a sentence, if it is put there in the manner of a headline.
pub(super) fn source(sentence: &Sentence<'_>) -> Option<Attribution> {
    let found = TAIL.as_ref()?.captures(sentence.text)?;
    let words = found.name("dash").or_else(|| found.name("says"))?;
    let (claim, clause) = (found.name("claim")?, found.name("clause")?);
    let base = sentence.span.start as usize;
    let at = |start: usize, end: usize| span(sentence.span.place, base + start, base + end);
    Some(Attribution {
        sentence: sentence.span,
        source: Some(Source {
            name: words.as_str().to_owned(),
            via: None,
        }),
        words: at(words.start(), words.end()),
        clause: at(clause.start(), clause.end()),
        scope: at(claim.start(), claim.end()),
        said: Said::Said,
        carried: false,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::story::Story;

    fn told(text: &str) -> Option<String> {
        let story = Story::from_text("", &[text]);
        let sentences = super::super::reading::sentences(&story, &std::collections::HashSet::new());
        source(&sentences[0]).map(|said| said.source.unwrap().name)
    }

    #[test]
    fn a_source_behind_a_dash_or_comma_is_found() {
        assert_eq!(
            told("Ten dead as bridge falls in storm - police").as_deref(),
            Some("police")
        );
        assert_eq!(
            told("The singer has died aged 73, her family says.").as_deref(),
            Some("her family")
        );
    }

    #[test]
    fn a_second_thought_behind_a_dash_is_no_source() {
        assert_eq!(told("The bridge was closed on Monday - for good"), None);
    }
}
