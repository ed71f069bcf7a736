//! Takes the story's text out of an outline: the element that holds it, and of its blocks those that are story.

use super::blocks::{self, ends_a_sentence};
use super::names::Purpose;
use super::outline::Outline;
use super::survey::{Survey, prose_of};
use super::{Paragraph, Role, container, furniture, judge, surroundings};

/// A summary that does not end as a sentence has at least this length.
const MIN_SUMMARY_CHARS: usize = 50;

/// The text of a page.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// The story.
    pub paragraphs: Vec<Paragraph>,
    /// The summary, where it stands outside the text.
    pub standfirst: Option<String>,
    /// The beginning of all a reader sees, a block a line.
    pub visible: String,
}

/// The text of the story under `headline`; `chosen` when the watch names its element.
pub(super) fn text(outline: &Outline, headline: &str, chosen: bool) -> Text {
    if outline.nodes.is_empty() {
        return Text::default();
    }
    let mut survey = Survey::of(outline, headline);
    let mut text = if chosen {
        of_included(&survey, headline)
    } else {
        of_found(&survey, headline)
    };
    for notice in std::mem::take(&mut survey.corrections) {
        // Publishers put their corrections above or below the text as often as into it.
        if text.paragraphs.iter().all(|known| known.text != notice) {
            text.paragraphs.push(Paragraph {
                role: Role::Correction,
                text: notice,
            });
        }
    }
    text.visible = survey.visible;
    text
}

/// The text of the element that holds the story.
fn of_found(survey: &Survey<'_>, headline: &str) -> Text {
    let outline = survey.outline;
    let marks = surroundings::mark(survey);
    let blocks = blocks::cut(outline, 0, &marks, &survey.purposes);
    let prose = prose_of(outline, &blocks);
    let root = container::named_body(survey, &prose, &marks)
        .unwrap_or_else(|| container::find(survey, &prose, &marks));
    let nodes = root..outline.nodes[root].end as usize;
    let inside = blocks
        .into_iter()
        .filter(|block| nodes.contains(&(block.first as usize)));
    let above = standfirst_above(survey, &marks, root);
    let (inside_first, paragraphs) = judge::blocks(survey, inside.collect(), headline, root);
    let standfirst = inside_first.or(above);
    Text {
        paragraphs,
        standfirst,
        visible: String::new(),
    }
}

/// The summary between the title and the element of the story.
fn standfirst_above(survey: &Survey<'_>, marks: &[bool], root: usize) -> Option<String> {
    let title = survey.title.filter(|title| *title < root)?;
    let outline = survey.outline;
    let is_meant = |at: &usize| {
        survey.purposes[*at].contains(Purpose::Standfirst)
            && outline.nodes[*at].end as usize <= root
            && !survey.unseen[*at]
            && !is_inside_furniture(survey, marks, *at, title)
    };
    let found = (outline.nodes[title].end as usize..root).find(is_meant)?;
    let text = outline.text_below(found);
    let is_summary = ends_a_sentence(&text) || text.chars().count() >= MIN_SUMMARY_CHARS;
    // A line of section, age and reading time bears the same names.
    let counts = text.split(['·', '|', '•']).any(furniture::is_boilerplate);
    (is_summary && !counts).then_some(text)
}

/// Whether an element stands in something that is not the story and does not hold the title either.
fn is_inside_furniture(survey: &Survey<'_>, marks: &[bool], at: usize, title: usize) -> bool {
    survey
        .outline
        .ancestors(at)
        .skip(1)
        .any(|up| marks[up] && !survey.outline.below(up).contains(&title))
}

/// The text of the elements that the watch names.
fn of_included(survey: &Survey<'_>, headline: &str) -> Text {
    let mut text = Text::default();
    for root in included(survey.outline) {
        let inside = blocks::cut(survey.outline, root, &survey.unseen, &survey.purposes);
        let (standfirst, paragraphs) = judge::blocks(survey, inside, headline, root);
        text.standfirst = text.standfirst.or(standfirst);
        text.paragraphs.extend(paragraphs);
    }
    text
}

/// The elements that the watch names; of nested ones the outermost.
fn included(outline: &Outline) -> Vec<usize> {
    let mut roots: Vec<usize> = Vec::new();
    for at in 0..outline.nodes.len() {
        let is_included = outline.element(at).is_some_and(|element| element.included);
        if is_included
            && roots
                .last()
                .is_none_or(|last| outline.nodes[*last].end as usize <= at)
        {
            roots.push(at);
        }
    }
    roots
}
