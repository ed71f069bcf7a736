//! Recognises the notes in which a publisher corrects its own text.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::Regex;

use super::pattern::{cues, hints, pattern, plain};

/// Whether a block is a correction, clarification, retraction or editor's note.
///
/// The publisher speaks of its own text; an authority that corrects its data, or a note that only announces new material
/// ("This story has been updated"), is no correction.
///
/// ```
/// use claimwatch::story::correction::is_notice;
///
/// assert!(is_notice("Correction: An earlier version of this article misstated the date."));
/// assert!(!is_notice("The ministry corrected its figures on Monday."));
/// ```
#[must_use]
pub fn is_notice(text: &str) -> bool {
    if text.len() > MAX_NOTICE_BYTES || !HINTS.is_match(text) {
        return false;
    }
    let text = plain(text);
    STARTS.is_match(&text) || CUES.is_match(&text) && SAYS.is_match(&text)
}

/// A longer paragraph is no note.
const MAX_NOTICE_BYTES: usize = 2_000;

/// One of these is in every note, in capitals or not: nearly every text is known to be none by them alone.
static HINTS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    hints(&[
        "corre",
        "clarif",
        "retract",
        "errat",
        "editor",
        "removes",
        "fixes",
        "korrektur",
        "richtigstellung",
        "berichtigung",
        "anmerkung",
        "rectific",
        "cision",
        "fe de err",
        "rettifi",
        "ttelse",
        "sprostowanie",
        "versi",
        "fassung",
        "amended",
    ])
});

/// One of these words is in every sentence that [`SAYS`] finds.
static CUES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    cues(&[
        "version",
        "versión",
        "versie",
        "fassung",
        "corrected",
        "amended",
        "retracted",
        "clarified",
    ])
});

static STARTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:
            (?:correction|corrections|clarification|corrected|retraction|erratum)\b\ *(?:\([^)]*\)|[^.:]*\d{4})?\ *[:\-–—]
          | editors?'?s?'?\ note\ *[:\-–—]
          | (?:corrects|corrected|removes\ erroneous|fixes)\b[^.]*\b(?:paragraph|headline|lead|spelling|date|year|figure|name|title|number)
          | (?:korrektur|richtigstellung|berichtigung|anmerkung\ der\ redaktion|rectificatif|précision|erratum|corrección|rectificación
              |fe\ de\ errores|rettifica|errata\ corrige|correção|rectificatie|correctie|rättelse|rettelse|sprostowanie)\b[^.:]*[:\-–—]
        )",
    )
});

static SAYS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:earlier|previous|original|initial)\ versions?\ of\ (?:this|the)\ (?:article|story|report|post|piece|headline|column|page|analysis|interview|live\ ?blog|dispatch)\b
        | \b(?:this|the)\ (?:article|story|report|post|piece|headline|column|item|page)\ (?:has\ been|was|is)\ (?:since\ )?(?:corrected|amended|retracted|clarified)\b
        | \bin\ einer\ früheren\ (?:version|fassung)\b
        | \bdans\ une\ (?:première\ version|version\ (?:antérieure|précédente))
        | \ben\ una\ versión\ anterior\b
        | \bin\ een\ eerdere\ versie\b
        | \bin\ una\ versione\ precedente\b",
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_publisher_correcting_its_own_text_is_a_correction() {
        for text in [
            "Correction: The bridge opened in 1986, not in 1968.",
            "CORRECTION (March 3, 2024): The name of the mayor was misspelt.",
            "Clarification — the vote was held on Tuesday.",
            "Editor's note: the headline has been changed.",
            "Editors’ Note: the headline has been changed.",
            "(Corrects number of injured in paragraph 2)",
            "This story has been corrected to show that the price is $3 billion.",
            "An earlier version of this article misstated the length of the bridge.",
            "This article was amended on 3 March to remove a quotation.",
            "Anmerkung der Redaktion: In einer früheren Version stand eine falsche Zahl.",
            "RÄTTELSE: Bron är 300 meter lång.",
            "Précision : le vote a eu lieu mardi.",
            "CORREÇÃO: a ponte tem 300 metros.",
            "Fe de errores: el puente mide 300 metros.",
        ] {
            assert!(is_notice(text), "{text}");
        }
    }

    #[test]
    fn news_about_corrections_is_news() {
        for text in [
            "The statistics office corrected its estimate to 3.1 percent.",
            "Markets are due for a correction, analysts said.",
            "This story has been updated.",
            "This is a developing story and will be updated.",
            "Corrections officers went on strike on Monday.",
        ] {
            assert!(!is_notice(text), "{text}");
        }
    }
}
