//! Finds notes in which a publication corrects, clarifies or withdraws what it published.
//!
//! The one rule: a note is known by its wording, wherever it stands, and it is the publisher speaking of its own text. "This
//! story has been updated" is no note, nor is an authority that corrects its figures.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::{Regex, RegexSet};

use super::passage::span;
use crate::story::{Place, Role, Span, Story};
use crate::text::sentences;

/// Whether a paragraph is, or holds, a note of correction.
///
/// ```
/// # use claimwatch::claims::corrections::is_note;
/// assert!(is_note("Correction: An earlier version of this article gave a wrong date."));
/// assert!(is_note("(Corrects figure in paragraph 2 to 48)"));
/// assert!(!is_note("This story has been updated."));
/// assert!(!is_note("The ministry corrected its figures on Tuesday."));
/// ```
#[must_use]
pub fn is_note(paragraph: &str) -> bool {
    is_candidate(paragraph) && (opens_note(paragraph) || speaks_of_itself(paragraph))
}

/// The notes of `story`: whole paragraphs, or the sentences of a paragraph that say it.
///
/// ```
/// # use claimwatch::{claims::corrections, story::Story};
/// let story = Story::from_text("", &["The bridge is closed.", "This story has been corrected to show that it was built in 1986."]);
///
/// let notes = corrections::of(&story);
///
/// assert_eq!(story.slice(notes[0]), Some("This story has been corrected to show that it was built in 1986."));
/// ```
#[must_use]
pub fn of(story: &Story) -> Vec<Span> {
    story
        .places()
        .flat_map(|(place, text)| in_place(story, place, text))
        .collect()
}

fn in_place(story: &Story, place: Place, text: &str) -> Vec<Span> {
    let is_marked = match place {
        Place::Paragraph(index) => story
            .paragraphs
            .get(index as usize)
            .is_some_and(|paragraph| paragraph.role == Role::Correction),
        Place::Headline | Place::Standfirst => false,
    };
    let start = text.len() - text.trim_start().len();
    let whole = start..start + text.trim().len();
    if whole.is_empty() {
        return Vec::new();
    }
    if is_marked || is_candidate(text) && opens_note(text) {
        return vec![span(place, whole)];
    }
    if !is_note(text) {
        return Vec::new();
    }
    let sentences: Vec<Range<usize>> = sentences::ranges(text, &story.language)
        .into_iter()
        .filter(|sentence| is_note(&text[sentence.clone()]))
        .collect();
    if sentences.is_empty() {
        return vec![span(place, whole)];
    }
    sentences
        .into_iter()
        .map(|sentence| span(place, sentence))
        .collect()
}

/// Whether the text has any of the words that notes are made of: a quick look that spares nearly all text the rest.
fn is_candidate(text: &str) -> bool {
    CANDIDATE_WORDS
        .as_ref()
        .is_none_or(|words| words.is_match(text))
}

static CANDIDATE_WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build([
            "correct",
            "clarif",
            "editor's note",
            "editor’s note",
            "editors' note",
            "editors’ note",
            "publisher's note",
            "note to readers",
            "note from",
            "retract",
            "been withdrawn",
            "has withdrawn",
            "have withdrawn",
            "withdrawn its",
            "version of t",
            "version of our",
            "versions of t",
            "edition of t",
            "earlier version",
            "previous version",
            "amended",
            "amendment",
            "regret",
            "apologi",
            "editing error",
            "editor's error",
            "editor’s error",
            "reporting error",
            "production error",
            "typographical error",
            "transcription error",
            "translation error",
            "for the record",
            "record straight",
            "got it wrong",
            "refile",
            "fixes",
            "(removes",
            "revised to",
            "edited to",
            "updated to",
            "changed to",
            "modified to",
            "was removed",
            "been removed",
            "taken down",
            "deleted",
            "killed its",
            "killed the",
            "erratum",
            "errata",
            "corrigend",
            "korrektur",
            "korrigiert",
            "redaktion",
            "richtigstellung",
            "fassung",
            "rectificatif",
            "rédaction",
            "corrig",
            "correcci",
            "rectificaci",
            "fe de errores",
            "redacci",
            "versión",
            "rettifica",
            "redazione",
            "поправка",
            "Поправка",
            "исправлен",
            "Исправлен",
            "уточнен",
            "Уточнен",
            "виправлен",
            "Виправлен",
            "версии",
            "версії",
            "sprostowanie",
            "correção",
            "errata",
            "rectificatie",
            "correctie",
        ])
        .ok()
});

/// Whether the text opens as a note does: "Correction:", "(Corrects ...", "Editor's note -".
fn opens_note(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '*' | '•' | '_' | '—' | '–' | '-' | '▪' | '†')
    });
    OPENINGS.is_match(text) && !(is_editors_note(text) && EDITORIAL.is_match(text))
}

fn is_editors_note(text: &str) -> bool {
    text.get(..6)
        .is_some_and(|start| start.eq_ignore_ascii_case("editor"))
}

/// Whether the text says that the story it belongs to was wrong, changed for it, or taken back.
fn speaks_of_itself(text: &str) -> bool {
    let is_harmless = HARMLESS.is_match(text) && !ERROR.is_match(text);
    !is_harmless && SELF.is_match(text)
}

/// Notes of the editor that correct nothing.
static EDITORIAL: LazyLock<Set> = LazyLock::new(|| {
    Set::new(&[
        r"(?i)(?-u:\b)(newsletter|subscribe|sign up|opinions? expressed|views expressed|is a (columnist|professor|contributor|fellow|former))(?-u:\b)",
        r"(?i)(?-u:\b)(first (appeared|published)|originally (appeared|published)|is part of|part of (a|our|the) series)(?-u:\b)",
    ])
});

const OPENING_PATTERNS: &[&str] = &[
    // "Correction:", "CORRECTION (May 5)", "Corrections and clarifications:", "Correction to this article".
    r"(?i)^[(\[]?(corrections?|clarifications?|retractions?|amendments?|erratum|errata|corrigend(um|a))( (and|&|/) (corrections?|clarifications?|amplifications?))?\s*([:.—–|)\]-]|\(|,? (to|on) (this|the|an|our) (article|story|report|headline|version|earlier|previous)|,? \d|,? [a-z]+\.? \d{1,2}(?-u:\b)|$)",
    r"(?i)^[(\[]?(editor|editors|publisher)['’]?s?['’]? note(?-u:\b)",
    r"(?i)^[(\[]?note (to|from) (the )?(readers?|editors?)(?-u:\b)",
    r"(?i)^(for the record|setting the record straight|we got it wrong)\s*[:.—–-]",
    // "(Corrects figure in paragraph 2)", "(This May 5 story corrects ...)", "(Refiles to correct ...)".
    r"(?i)^[(\[]\s*(in (the )?[^()]{0,40}(story|item|report)[^()]{0,30}, )?(corrects|correcting|corrected|clarifies|clarifying|refiles?|refiled|fixes|removes (incorrect|erroneous|wrong))(?-u:\b)",
    r"(?i)^[(\[]\s*this [^()]{0,40}(story|article|item|report|version)[^()]{0,60}(?-u:\b)(correct(s|ed)|clarif(ies|ied)|refiled|has been corrected)(?-u:\b)",
    r"(?i)^(corrected|refiled)( version)?\s*[:(—–-]",
    r"(?i)^(korrektur|richtigstellung|berichtigung|klarstellung|anmerkung der redaktion|anm\. d\. red\.)(?-u:\b)",
    r"(?i)^(correction|rectificatif|précision|mise au point|note de la rédaction|ndlr)\s*[:.—–(-]",
    r"(?i)^(corrección|rectificación|fe de err(ores|atas)|aclaración|nota de(l)? (la redacción|editor))\s*[:.—–(-]",
    r"(?i)^(correzione|rettifica|errata corrige|nota della redazione|correção|errata|sprostowanie|rectificatie|correctie)\s*[:.—–(-]",
    r"(?i)^(поправка|исправление|уточнение|исправлено|от редакции|виправлення|уточнення|виправлено|від редакції)\s*[:.—–(-]",
];

const SELF_PATTERNS: &[&str] = &[
    // "An earlier version of this article misstated ...", "as stated in a previous version of the story".
    r"(?i)(?-u:\b)(earlier|previous|prior|original|initial|first) (versions?|editions?) of (this|the|our) (article|story|report|post|piece|headline|page|item|graphic|caption|live blog|blog|column|dispatch|summary|text)(?-u:\b)",
    r"(?i)(?-u:\b)(in|of) an (earlier|previous) version(?-u:\b)",
    // "This story has been corrected to show ...", "This article was amended on 5 May to ...".
    r"(?i)(?-u:\b)(this|the|our) (article|story|report|post|piece|headline|page|item|version|caption|graphic|live blog|dispatch)('s headline)? (has been|was|is|has since been|have been) (since )?(corrected|amended|clarified|retracted|withdrawn|refiled|revised to (correct|reflect|clarify|remove)|edited to (correct|clarify|remove)|(updated|changed|modified) to (correct|clarify|fix|amend|remove (an?|the) (incorrect|erroneous|inaccurate)))(?-u:\b)",
    r"(?i)(?-u:\b)(this|the) (version|story|article|report|item) (corrects|clarifies|has been corrected)(?-u:\b)",
    r"(?i)(?-u:\b)(an?|our|this|the) (story|article|report|item|post)(?-u:\b)[^.!?]{0,160}(?-u:\b)(has|have|had) been (withdrawn|retracted|taken down|removed from)(?-u:\b)",
    r"(?i)(?-u:\b)(has|have) (withdrawn|retracted|deleted|killed) (its|the|this|a|an|our) (story|article|report|item|post)(?-u:\b)",
    r"(?i)(?-u:\b)(we|[a-z]+ (news|times|post|courier|press)|the [a-z]+) (regrets?|apologi[sz]es?) (for )?(the|this|any|an|our) (error|mistake|inaccuracy|confusion)s?(?-u:\b)",
    r"(?i)(?-u:\b)(because of|due to|owing to|through) an? (editing|editor['’]s|reporting|production|typographical|transcription|translation) error(?-u:\b)",
    r"(?i)(?-u:\b)in einer (früheren|vorherigen|ersten) (version|fassung)(?-u:\b)",
    r"(?i)(?-u:\b)(une version (précédente|antérieure)|dans une première version|cet article a été (corrigé|modifié))",
    r"(?i)(?-u:\b)(una versión anterior|en una primera versión|est[ea] (artículo|noticia) ha sido corregid[oa])(?-u:\b)",
    r"(?i)(?-u:\b)(una versione precedente|uma versão anterior|een eerdere versie)(?-u:\b)",
    r"(?i)(в предыдущей версии|в первоначальной версии|у попередній версії|у першій версії)",
];

/// What an earlier version may be said to be without having been wrong.
const HARMLESS_PATTERNS: &[&str] = &[
    r"(?i)(?-u:\b)(version|edition)s? of (this|the|our) [a-z]+( [a-z]+)? (first |originally |also )?(appeared|ran|was (first |originally )?published|aired|was sent)(?-u:\b)",
];

/// Words of error.
const ERROR_PATTERNS: &[&str] = &[
    r"(?i)(misstat|misspell|misidentif|misattribut|misquot|incorrect|wrong|erroneous|mistaken|inaccura|error|correct(ed|ion)|should have|in fact)",
];

static OPENINGS: LazyLock<Set> = LazyLock::new(|| Set::new(OPENING_PATTERNS));
static SELF: LazyLock<Set> = LazyLock::new(|| Set::new(SELF_PATTERNS));
static HARMLESS: LazyLock<Set> = LazyLock::new(|| Set::new(HARMLESS_PATTERNS));
static ERROR: LazyLock<Set> = LazyLock::new(|| Set::new(ERROR_PATTERNS));

/// Patterns of which any may match. One that does not compile is left out, and a test sees to it that none is.
struct Set(RegexSet);

impl Set {
    fn new(patterns: &[&str]) -> Self {
        let good = patterns
            .iter()
            .filter(|pattern| Regex::new(pattern).is_ok());
        Self(RegexSet::new(good).unwrap_or_else(|_| RegexSet::empty()))
    }

    fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_of_every_house_style_are_known() {
        for note in [
            "Correction: The bridge was built in 1986, not in 1968.",
            "CORRECTION (May 5, 2:15 p.m.): The bridge was built in 1986.",
            "Correction, 5 May: The bridge was built in 1986.",
            "Corrections and Clarifications: The bridge was built in 1986.",
            "Correction to this article: the bridge was built in 1986.",
            "* Correction — The bridge was built in 1986.",
            "Clarification: The mayor spoke of the old bridge.",
            "Editor's note: This story misnamed the mayor.",
            "Editors’ Note: We took out a photograph that showed another bridge.",
            "(Corrects figure in paragraph 2 to 48 from 84)",
            "(This May 5 story corrects the name of the mayor in paragraph 3)",
            "(In May 5 story, corrects name of mayor)",
            "(Refiles to fix spelling of mayor's name)",
            "For the record: the mayor is 48.",
            "Retraction: We no longer stand by this report.",
            "An earlier version of this article misstated the age of the mayor.",
            "A previous version of this story gave the wrong date.",
            "This story has been corrected to show that the mayor is 48.",
            "This article was amended on 5 May to add a missing word.",
            "This version corrects the spelling of the mayor's name.",
            "This story was updated to correct the age of the mayor.",
            "The Courier regrets the error.",
            "We apologise for the error.",
            "Because of an editing error, the mayor's age was given as 84.",
            "A story published on Monday about the mayor has been withdrawn.",
            "The agency has withdrawn its story about the mayor.",
            "Korrektur: Die Brücke wurde 1986 gebaut.",
            "Anmerkung der Redaktion: In einer früheren Version stand ein falsches Jahr.",
            "Rectificatif : le pont date de 1986.",
            "Fe de errores: el puente es de 1986.",
            "Поправка: мост построен в 1986 году.",
            "Виправлення: міст збудовано 1986 року.",
        ] {
            assert!(is_note(note), "{note}");
        }
    }

    #[test]
    fn what_corrects_nothing_of_the_publisher_is_no_note() {
        for text in [
            "This story has been updated.",
            "Updated with comment from the ministry.",
            "This is a developing story.",
            "The ministry corrected its figures on Tuesday.",
            "The statistics office issued a correction to its data for May.",
            "Corrections officers found the man in his cell.",
            "Correction of the course took an hour.",
            "Markets are due for a correction.",
            "Editor's note: Sign up for our newsletter.",
            "Editor's note: Ann Weir is a professor of law.",
            "A version of this article appeared in print on 5 May.",
            "An earlier version of this article appeared on 5 May.",
            "The mayor regrets the delay.",
            "The editor of the paper apologised to the mayor.",
            "The newspaper withdrew its support for the mayor.",
            "An earlier version of the bill was rejected.",
            "The car maker recalled 3,000 cars because of a software error.",
            "The withdrawn drug had been sold since 2019.",
            "(Reporting by Ann Weir; editing by Jon Rask)",
            "(Adds comment in paragraph 4)",
        ] {
            assert!(!is_note(text), "{text}");
        }
    }

    #[test]
    fn a_note_inside_a_paragraph_is_told_by_its_sentence() {
        let story = Story::from_text(
            "",
            &[
                "The bridge is closed. An earlier version of this story misnamed the mayor. It rains.",
            ],
        );

        let notes = of(&story);

        assert_eq!(notes.len(), 1);
        assert_eq!(
            story.slice(notes[0]),
            Some("An earlier version of this story misnamed the mayor.")
        );
    }

    #[test]
    fn a_paragraph_that_the_page_marks_as_a_note_is_one() {
        let mut story = Story::from_text("", &["The mayor is 48, not 84."]);
        story.paragraphs[0].role = Role::Correction;

        assert_eq!(of(&story).len(), 1);
    }

    #[test]
    fn every_pattern_compiles() {
        for pattern in [
            OPENING_PATTERNS,
            SELF_PATTERNS,
            HARMLESS_PATTERNS,
            ERROR_PATTERNS,
        ]
        .concat()
        {
            assert!(Regex::new(pattern).is_ok(), "{pattern}");
        }
        assert!(CANDIDATE_WORDS.is_some());
        assert_eq!(SELF.0.len(), SELF_PATTERNS.len());
    }
}
