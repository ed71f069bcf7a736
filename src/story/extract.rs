//! Takes the story's text out of an outline: the element that holds it, and of its blocks those that are story.

use super::blocks;
use super::outline::Outline;
use super::survey::{Survey, prose_of};
use super::{Paragraph, Role, container, judge, surroundings};

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
    let (standfirst, paragraphs) = judge::blocks(survey, inside.collect(), headline, root);
    Text {
        paragraphs,
        standfirst,
        visible: String::new(),
    }
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
