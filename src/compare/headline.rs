//! The headline and the byline.

use std::sync::LazyLock;

use regex::Regex;

use super::align::{Group, Tie};
use super::reading::{key, span};
use super::tokens::Reader;
use super::version::Version;
use super::{Aspect, Change, ChangeKind, Evidence};
use crate::story::{Place, Story};

/// The change of the headline, and of the figures in it.
pub(super) fn changes(
    old: &Version<'_>,
    new: &Version<'_>,
    reader: &mut Reader<'_>,
) -> Vec<Change> {
    let (from, to) = (old.headline(), new.headline());
    let group = Group {
        old: vec![from],
        new: vec![to],
        tie: Tie::Alike,
    };
    let judged = super::group::judge(old, new, &group, reader);
    if judged.cosmetic && judged.changes.is_empty() && !quotes_differ(old, new) {
        return Vec::new();
    }
    // A headline stands for the text below it: only its figures are told a second time, where the text lacks them.
    let (figures, others): (Vec<Change>, Vec<Change>) = judged
        .changes
        .into_iter()
        .partition(|change| change.kind.is_figure());
    let means = !figures.is_empty() || !others.is_empty() || judged.drops_or_adds;
    let whole = |version: &Version<'_>, index: usize| {
        (!version.sentences[index].text.is_empty()).then(|| version.run_proof(index, index))
    };
    let headline = Change {
        old: whole(old, from),
        new: whole(new, to),
        places: vec![Place::Headline],
        ..Change::of(
            ChangeKind::HeadlineChanged,
            Some(if means {
                Aspect::Meaning
            } else {
                Aspect::Reworded
            }),
        )
    };
    let mut changes = vec![headline];
    changes.extend(figures);
    changes
}

/// Whether quotation marks came or went, which makes a claim of the paper's own out of somebody's words.
fn quotes_differ(old: &Version<'_>, new: &Version<'_>) -> bool {
    old.quotes(old.headline()).len() != new.quotes(new.headline()).len()
}

/// The change of author or agency.
pub(super) fn byline(old: &Story, new: &Story) -> Option<Change> {
    let (before, after) = (names(old), names(new));
    let (before, after) = if before.is_empty() && after.is_empty() {
        (dateline(old), dateline(new))
    } else {
        (before, after)
    };
    let same = before
        .iter()
        .map(|(name, _)| key(name))
        .eq(after.iter().map(|(name, _)| key(name)));
    if same || before.is_empty() || after.is_empty() {
        return None;
    }
    let evidence = |names: &[(String, Place)]| {
        let place = names.first().map_or(Place::Headline, |(_, place)| *place);
        let text = names
            .iter()
            .map(|(name, _)| name.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        Evidence {
            sentence: text.clone(),
            text,
            said_by: None,
            amount: None,
            tally: None,
            unit: None,
            noun: None,
            span: span(place, 0, 0),
        }
    };
    Some(Change {
        old: Some(evidence(&before)),
        new: Some(evidence(&after)),
        ..Change::of(ChangeKind::BylineChanged, None)
    })
}

/// The town that opens the text: "MILAN -", "LONDON (Reuters) -".
fn dateline(story: &Story) -> Vec<(String, Place)> {
    (0u32..)
        .zip(&story.paragraphs)
        .take(2)
        .filter_map(|(index, paragraph)| {
            let length = dateline_length(&paragraph.text);
            let town = paragraph
                .text
                .get(..length)?
                .trim_end_matches([' ', '-', '–', '—']);
            (!town.is_empty()).then(|| (town.to_owned(), Place::Paragraph(index)))
        })
        .take(1)
        .collect()
}

/// How many bytes of a paragraph its dateline takes; none where it has none.
pub(super) fn dateline_length(text: &str) -> usize {
    /// Over the letters as [`class`] has them: what a pattern of Unicode classes remembers takes megabytes.
    static DATELINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"^A[A .'-]+(?:, [Aal .]{2,20})?(?:,? Aa{2,8}\.? 0{1,2})?(?: ?\([Aal ]{2,20}\))? ?[-=] ",
        )
        .ok()
    });
    let mut letters = text.chars();
    let is_town = letters.next().is_some_and(|letter| class(letter) == 'A')
        && letters
            .next()
            .is_some_and(|letter| "A .'-".contains(class(letter)));
    if !is_town {
        return 0;
    }
    let classes: String = text.chars().take(MAX_DATELINE_CHARS).map(class).collect();
    let found = DATELINE
        .as_ref()
        .and_then(|dateline| dateline.find(&classes));
    let chars = found.map_or(0, |found| found.end());
    text.chars().take(chars).map(char::len_utf8).sum()
}

/// No dateline is longer.
const MAX_DATELINE_CHARS: usize = 200;

/// The kind of a character, one ASCII character each: capital, small Latin letter, other letter, digit, dash.
fn class(letter: char) -> char {
    match letter {
        'a'..='z' => 'a',
        '’' => '\'',
        '–' | '—' => '=',
        '0'..='9' => '0',
        _ if letter.is_uppercase() => 'A',
        _ if letter.is_alphabetic() => 'l',
        ' '..='~' if letter != '=' => letter,
        _ => '\u{1}',
    }
}

/// The authors: as printed, or as the page's markup names them, which is often only the house.
fn names(story: &Story) -> Vec<(String, Place)> {
    let printed: Vec<(String, Place)> = (0u32..)
        .zip(&story.paragraphs)
        .filter(|(_, paragraph)| is_byline(&paragraph.text))
        .map(|(index, paragraph)| (paragraph.text.clone(), Place::Paragraph(index)))
        .take(1)
        .collect();
    if printed.is_empty() {
        story
            .byline
            .iter()
            .map(|name| (name.clone(), Place::Headline))
            .collect()
    } else {
        printed
    }
}

/// Whether a paragraph only names the authors: "By Lena Stark and Omar Haddad".
pub(super) fn is_byline(text: &str) -> bool {
    const WORDS_AT_MOST: usize = 14;
    let mut words = text.split_whitespace();
    let Some("By" | "Von" | "Par" | "Por" | "Di" | "Door") = words.next() else {
        return false;
    };
    text.split_whitespace().count() <= WORDS_AT_MOST
        && !text.trim_end().ends_with(['.', '!', '?'])
        && is_desk(text)
        || words
            .clone()
            .next()
            .is_some_and(|word| word.starts_with(char::is_uppercase))
            && text.split_whitespace().count() <= WORDS_AT_MOST
            && !text.trim_end().ends_with(['.', '!', '?'])
            && words.all(|word| {
                word.starts_with(char::is_uppercase)
                    || matches!(
                        word,
                        "and"
                            | "und"
                            | "et"
                            | "y"
                            | "e"
                            | "en"
                            | "in"
                            | "of"
                            | "de"
                            | "van"
                            | "von"
                            | "da"
                            | "|"
                            | "-"
                            | "for"
                            | "the"
                    )
            })
}

/// "By our cultural correspondent", "By staff writers".
fn is_desk(text: &str) -> bool {
    const ENDS: [&str; 12] = [
        "correspondent",
        "correspondents",
        "reporter",
        "reporters",
        "staff",
        "writer",
        "writers",
        "editor",
        "agencies",
        "desk",
        "team",
        "agency",
    ];
    let last = text
        .split_whitespace()
        .next_back()
        .unwrap_or("")
        .to_lowercase();
    text.starts_with("By ") && ENDS.contains(&last.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_is_the_town_before_the_dash() {
        for (text, dateline) in [
            ("MILAN - The court ruled.", "MILAN - "),
            ("LONDON (Reuters) — The court ruled.", "LONDON (Reuters) — "),
            (
                "ST. PAUL, Minn. (AP) – The court ruled.",
                "ST. PAUL, Minn. (AP) – ",
            ),
            ("ZÜRICH, Nov. 9 - Das Gericht", "ZÜRICH, Nov. 9 - "),
            ("КИЇВ — Суд ухвалив", "КИЇВ — "),
            ("N'DJAMENA-NORD - Le tribunal", "N'DJAMENA-NORD - "),
            ("The court - a new one - ruled.", ""),
            ("UN officials - two of them - spoke.", ""),
            ("A - b", "A - "),
            ("- nothing", ""),
            ("", ""),
        ] {
            assert_eq!(&text[..dateline_length(text)], dateline, "{text}");
        }
    }
}
