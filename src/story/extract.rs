//! Takes the story's text out of an outline: the element that holds it, and of its blocks those that are story.

use super::blocks;
use super::furniture::Purpose;
use super::outline::Outline;
use super::survey::{Survey, prose_of};
use super::{Paragraph, Role, container, correction, judge, surroundings};

/// The text of a page.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// The story.
    pub paragraphs: Vec<Paragraph>,
    /// The summary, where it stands outside the text.
    pub standfirst: Option<String>,
    /// Everything a reader sees, a block a line.
    pub visible: String,
}

/// The text of the story under `headline`; `chosen` when the watch names its element.
pub(super) fn text(outline: &Outline, headline: &str, chosen: bool) -> Text {
    if outline.nodes.is_empty() {
        return Text::default();
    }
    let survey = Survey::of(outline, headline);
    let marks = surroundings::mark(&survey);
    let blocks = blocks::cut(outline, 0, &marks, &survey.purposes);
    let prose = prose_of(outline, &blocks);
    let roots = if chosen {
        included(outline)
    } else {
        let body = container::named_body(&survey, &prose, &marks);
        vec![body.unwrap_or_else(|| container::find(&survey, &prose, &marks))]
    };
    let mut standfirst = None;
    let mut paragraphs = Vec::new();
    for root in &roots {
        let inside = if chosen {
            blocks::cut(outline, *root, &survey.unseen, &survey.purposes)
        } else {
            let nodes = *root..outline.nodes[*root].end as usize;
            blocks
                .iter()
                .filter(|block| nodes.contains(&(block.first as usize)))
                .cloned()
                .collect()
        };
        let (above, below) = judge::blocks(&survey, &inside, headline, *root);
        standfirst = standfirst.or(above);
        paragraphs.extend(below);
    }
    add_corrections(&survey, &mut paragraphs);
    let visible = survey
        .blocks
        .iter()
        .map(|block| block.text.as_str())
        .collect::<Vec<_>>()
        .join("\n");
    Text {
        paragraphs,
        standfirst,
        visible,
    }
}

/// Adds the corrections that stand outside the story's element: publishers put them above or below the text as often as
/// into it.
fn add_corrections(survey: &Survey<'_>, paragraphs: &mut Vec<Paragraph>) {
    for block in survey
        .blocks
        .iter()
        .filter(|block| block.link_percent() < 30)
    {
        let is_others = || {
            survey
                .outline
                .ancestors(block.first as usize)
                .any(|at| survey.purposes[at].contains(Purpose::Never))
        };
        let is_known =
            |paragraphs: &[Paragraph]| paragraphs.iter().any(|known| known.text == block.text);
        if correction::is_notice(&block.text) && !is_known(paragraphs) && !is_others() {
            paragraphs.push(Paragraph {
                role: Role::Correction,
                text: block.text.clone(),
            });
        }
    }
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
