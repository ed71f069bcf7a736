//! The publisher speaking of its own text: corrections, clarifications, editor's notes.

use std::collections::HashSet;

use super::reading::{key, span};
use super::version::Version;
use super::{Change, ChangeKind, Evidence};
use crate::story::{Place, Role, Story};

/// Whether a paragraph is a note of the publisher about its own text.
pub(super) fn is_notice(text: &str) -> bool {
    crate::claims::corrections::is_note(text)
}

/// The notes that are new or read otherwise than before.
pub(super) fn changes(old: &Version<'_>, new: &Version<'_>, shared: &HashSet<&str>) -> Vec<Change> {
    let known: Vec<(String, &str)> = notices(old.story, shared)
        .map(|(_, text)| (key(text), text))
        .collect();
    notices(new.story, shared)
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

fn notices<'a>(story: &'a Story, shared: &HashSet<&str>) -> impl Iterator<Item = (Place, &'a str)> {
    (0u32..)
        .zip(&story.paragraphs)
        .filter(|(_, paragraph)| {
            !shared.contains(paragraph.text.as_str())
                && (paragraph.role == Role::Correction || is_notice(&paragraph.text))
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
