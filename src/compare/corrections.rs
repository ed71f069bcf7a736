//! The publisher speaking of its own text: corrections, clarifications, editor's notes.

use std::sync::LazyLock;

use regex::Regex;

use super::reading::{key, span};
use super::version::Version;
use super::{Change, ChangeKind, Evidence};
use crate::story::{Place, Role, Story};

static NOTICE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(^\W*(corrections?|clarifications?|editor['’]?s['’]? note|editors['’] note|retraction|erratum|corrected|correction notice|",
        r"korrektur|berichtigung|richtigstellung|anmerkung der redaktion|correction|rectificatif|précision|note de la rédaction|",
        r"corrección|rectificación|aclaración|nota del editor|fe de erratas|correzione|rettifica|correção|correcção|errata|rectificatie|",
        r"sprostowanie|исправление|поправка|от редакции|виправлення|уточнення|від редакції)\b.{0,40}[:—–-]",
        r"|^\W*\(?(this (story|article|report|version|item)|the (story|article|headline))\b.{0,40}\b(has been|was|is|have been) (corrected|amended|clarified|retracted|revised)\b",
        r"|\b(an )?earlier versions? of this (story|article|report|page|post)\b",
        r"|\bprevious versions? of this (story|article|report)\b",
        r"|^\W*\(?\s*(corrects|clarifies|refiles|fixes|adds dropped)\b",
        r"|\bin einer früheren (version|fassung)\b|\bune version (précédente|antérieure) de cet article\b|\buna versión (anterior|previa) de (este|esta)\b",
        r"|\bв предыдущей версии\b|\bу попередній версії\b)",
    ))
    .ok()
});

/// A line longer than this is a paragraph of the story that speaks of corrections.
const LONGEST_NOTICE_BYTES: usize = 1_500;

/// Whether a paragraph is a note of the publisher about its own text.
pub(super) fn is_notice(text: &str) -> bool {
    text.len() <= LONGEST_NOTICE_BYTES
        && NOTICE
            .as_ref()
            .is_some_and(|pattern| pattern.is_match(text.trim()))
}

/// The notes that are new or read otherwise than before.
pub(super) fn changes(old: &Version<'_>, new: &Version<'_>) -> Vec<Change> {
    let known: Vec<(String, &str)> = notices(old.story)
        .map(|(_, text)| (key(text), text))
        .collect();
    notices(new.story)
        .filter(|(_, text)| known.iter().all(|(note, _)| *note != key(text)))
        .map(|(place, text)| Change {
            new: Some(Evidence {
                text: text.to_owned(),
                sentence: text.to_owned(),
                said_by: None,
                amount: None,
                tally: None,
                unit: None,
                noun: None,
                span: span(place, 0, text.len()),
            }),
            places: vec![place],
            ..Change::of(ChangeKind::CorrectionNoticeAdded, None)
        })
        .collect()
}

fn notices(story: &Story) -> impl Iterator<Item = (Place, &str)> {
    (0u32..)
        .zip(&story.paragraphs)
        .filter(|(_, paragraph)| {
            (paragraph.role == Role::Correction || is_notice(&paragraph.text))
                && !super::furniture::is_furniture(&paragraph.text)
        })
        .map(|(index, paragraph)| (Place::Paragraph(index), paragraph.text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_found_by_their_wording_wherever_they_stand() {
        for text in [
            "Correction: The bridge is 74 metres long, not 47.",
            "(Corrects spelling of name in paragraph 4)",
            "This story has been corrected to show that the price is $2.3 billion.",
            "An earlier version of this article misstated the age of the driver.",
            "Editor's note: This article was amended on 4 June.",
            "Korrektur: In einer früheren Version stand ein falscher Betrag.",
        ] {
            assert!(is_notice(text), "{text}");
        }
    }

    #[test]
    fn an_authority_that_corrects_its_data_is_a_statement() {
        for text in [
            "The ministry corrected its figures on Monday.",
            "The corrections department runs four prisons.",
            "This story has been updated.",
        ] {
            assert!(!is_notice(text), "{text}");
        }
    }
}
