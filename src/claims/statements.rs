//! The statements of a story: one for each sentence, one for each quotation.

use std::ops::Range;

use super::attribution::{self, Attribution, Said};
use super::negation;
use super::passage::{Passage, Sentence};
use super::quotes::{self, Quoted};
use super::{Manner, Statement, corrections};
use crate::story::{Place, Role, Story};

/// Everything `story` states, in reading order; a quotation follows the sentence it begins in.
///
/// Correction notes are no statements of the story: [`corrections::of`] gives them. Words in quotation marks that nobody
/// is named for ("the film 'Alder'") count only where they are more than a few.
///
/// ```
/// # use claimwatch::{claims::{Manner, statements}, story::Story};
/// let story = Story::from_text("", &["\"We were not told,\" said Ines Holt. The bridge is closed."]);
///
/// let statements = statements::of(&story);
///
/// assert_eq!(statements.len(), 3);
/// assert_eq!(statements[1].manner, Manner::Quote);
/// assert_eq!(statements[1].said_by.as_ref().map(|source| source.name.as_str()), Some("Ines Holt"));
/// assert!(statements[1].negated);
/// ```
#[must_use]
pub fn of(story: &Story) -> Vec<Statement> {
    let passages = Passage::all(story);
    let attributions = attribution::in_passages(&passages);
    in_passages(story, &passages, &attributions)
}

/// The statements of a story that has been taken apart.
pub(super) fn in_passages(
    story: &Story,
    passages: &[Passage],
    attributions: &[Attribution],
) -> Vec<Statement> {
    let mut statements = Vec::new();
    for p in passages.iter().filter(|p| !is_correction(story, p)) {
        let cues = negation::in_passage(p);
        // A sentence without a letter or digit is a rule or an ornament.
        let says_something =
            |sentence: &&Sentence| p.text[sentence.bytes.clone()].contains(char::is_alphanumeric);
        for sentence in p.sentences.iter().filter(says_something) {
            statements.push(of_sentence(p, sentence, attributions, &cues));
        }
        for quoted in p.quotes.iter().filter(|quoted| quoted.depth == 0) {
            statements.extend(of_quote(p, quoted, attributions, &cues));
        }
    }
    statements.sort_by_key(|statement| {
        (
            statement.span.place,
            statement.span.start,
            statement.manner == Manner::Quote,
        )
    });
    statements
}

fn is_correction(story: &Story, p: &Passage) -> bool {
    let role = match p.place {
        Place::Paragraph(index) => story
            .paragraphs
            .get(index as usize)
            .map(|paragraph| paragraph.role),
        Place::Headline | Place::Standfirst => None,
    };
    role == Some(Role::Correction) || corrections::is_note(p.text)
}

fn of_sentence(
    p: &Passage,
    sentence: &Sentence,
    attributions: &[Attribution],
    cues: &[negation::Cue],
) -> Statement {
    let span = p.span(sentence.bytes.clone());
    let said = main_attribution(attributions, span);
    let negated = within(cues, &sentence.bytes)
        .iter()
        .any(|cue| !cue.quoted && negation::denies(cue));
    Statement {
        manner: if said.is_some() {
            Manner::Reported
        } else {
            Manner::Plain
        },
        text: p.text[sentence.bytes.clone()].to_owned(),
        said_by: said.and_then(|said| said.source.clone()),
        negated,
        span,
    }
}

/// The cues that stand in some bytes, which are in order.
fn within<'c>(cues: &'c [negation::Cue], bytes: &Range<usize>) -> &'c [negation::Cue] {
    let from = cues.partition_point(|cue| cue.range.start < bytes.start);
    let count = cues[from..].partition_point(|cue| cue.range.start < bytes.end);
    &cues[from..from + count]
}

/// The attribution that covers most of a sentence.
fn main_attribution(
    attributions: &[Attribution],
    sentence: crate::story::Span,
) -> Option<&Attribution> {
    attribution::near(attributions, sentence)
        .filter(|said| said.said != Said::Silent)
        .filter_map(|said| {
            let start = said.scope.start.max(sentence.start);
            let end = said.scope.end.min(sentence.end);
            (start < end).then(|| (end - start, said))
        })
        .max_by_key(|(covered, said)| (*covered, std::cmp::Reverse(said.clause.start)))
        .map(|(_, said)| said)
}

/// The statement of a quotation, or `None` for a name or a word set off.
fn of_quote(
    p: &Passage,
    quoted: &Quoted,
    attributions: &[Attribution],
    cues: &[negation::Cue],
) -> Option<Statement> {
    let span = p.span(quoted.inner.clone());
    let said_by = attribution::said_by(attributions, span).cloned();
    if said_by.is_none() && quotes::is_phrase(&p.text[quoted.inner.clone()]) {
        return None;
    }
    let negated = within(cues, &quoted.inner).iter().any(negation::denies);
    Some(Statement {
        manner: Manner::Quote,
        text: p.text[quoted.inner.clone()].to_owned(),
        said_by,
        negated,
        span,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;
    use proptest::prelude::*;

    #[test]
    fn each_sentence_is_plain_or_reported() {
        let story = Story::from_text(
            "Bridge closed",
            &["The bridge is closed. It will stay so, police said."],
        );

        let manners: Vec<Manner> = of(&story)
            .into_iter()
            .map(|statement| statement.manner)
            .collect();

        assert_eq!(manners, [Manner::Plain, Manner::Plain, Manner::Reported]);
    }

    #[test]
    fn a_denied_quotation_does_not_deny_the_sentence_around_it() {
        let story = Story::from_text("", &["Holt said they were \"not ready to go\" yet."]);

        let negated: Vec<bool> = of(&story)
            .into_iter()
            .map(|statement| statement.negated)
            .collect();

        assert_eq!(negated, [false, true]);
    }

    #[test]
    fn a_correction_note_is_no_statement() {
        let story = Story::from_text(
            "",
            &[
                "The bridge is closed.",
                "Correction: The bridge is in Alder.",
            ],
        );

        assert_eq!(of(&story).len(), 1);
    }

    #[test]
    fn a_title_in_quotation_marks_is_no_statement() {
        let story = Story::from_text("", &["The ship \"Sea Heron\" sank."]);

        assert_eq!(of(&story).len(), 1);
    }

    /// Words that the rules for sources, denials and quotations turn on, in any order.
    fn newslike() -> impl Strategy<Value = Vec<&'static str>> {
        let words = "Holt said police the that not no \" , . she it told AFP may and who according to “ ” 12 quoted as saying by was ( ) - \
            Ines minister denied citing seen obtained declined comment put number at report , Inc. : ; reported published The of for a \
            media adding which could be verified On Monday in statement ' ’ has yet never President R-Alder sagte laut nicht dijo según a \
            déclaré selon сказав за даними — « » and but while";
        let words: Vec<&'static str> = words.split_whitespace().collect();
        prop::collection::vec(prop::sample::select(words), 0..60)
    }

    proptest! {
        #[test]
        fn every_statement_is_word_for_word_in_the_story(headline in any::<String>(), text in any::<String>()) {
            let story = Story::from_text(&headline, &[text.as_str(), headline.as_str()]);
            for statement in of(&story) {
                prop_assert_eq!(story.slice(statement.span), Some(statement.text.as_str()));
            }
        }

        #[test]
        fn the_same_story_reads_the_same_twice(words in newslike(), language in prop::sample::select(vec!["en", "de", "fr", "es", "ru", "xx"])) {
            let text = words.join(" ");
            let mut story = Story::from_text(&text, &[text.as_str(), &words.concat()]);
            story.language = Language::new(language);

            let once = of(&story);

            for statement in &once {
                prop_assert_eq!(story.slice(statement.span), Some(statement.text.as_str()));
            }
            for said in attribution::sources(&story) {
                for span in [said.words, said.clause, said.scope, said.sentence] {
                    prop_assert!(story.slice(span).is_some(), "{:?}", said);
                }
            }
            prop_assert_eq!(once, of(&story));
        }
    }
}
