//! Takes the story's text out of an outline: the element that holds it, and of its blocks those that are story.

use dom_query::local_name;

use super::blocks::{self, Block, ends_a_sentence};
use super::names::Purpose;
use super::outline::Outline;
use super::remembered::{Before, Container};
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
    /// Where it stands, unless the watch names that.
    pub container: Option<Container>,
}

/// Where the story is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Where<'a> {
    /// In the elements that the watch names.
    Named,
    /// Wherever on the page it is; first where it was before.
    Anywhere(Option<Before<'a>>),
}

/// The text of the story under `headline`.
pub(super) fn text(outline: &Outline, headline: &str, place: Where<'_>) -> Text {
    if outline.nodes.is_empty() {
        return Text::default();
    }
    let mut survey = Survey::of(outline, headline);
    let mut text = match place {
        Where::Named => of_included(&survey, headline),
        Where::Anywhere(before) => of_found(&survey, headline, before),
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

/// The text of the element that holds the story: the one that held it before, unless it has left that.
fn of_found(survey: &Survey<'_>, headline: &str, before: Option<Before<'_>>) -> Text {
    let outline = survey.outline;
    let marks = surroundings::mark(survey);
    let blocks = blocks::cut(outline, 0, &marks, &survey.purposes);
    let prose = prose_of(outline, &blocks);
    let chosen = container::named_body(survey, &prose, &marks)
        .unwrap_or_else(|| container::find(survey, &prose, &marks));
    let remembered = before.and_then(|before| {
        let root = before.container.find(outline)?;
        (root != chosen).then_some((before, root))
    });
    let Some((before, root)) = remembered else {
        return of_element(survey, headline, &marks, chosen, blocks);
    };
    let there = of_element(survey, headline, &marks, chosen, blocks.clone());
    let here = of_element(survey, headline, &marks, root, blocks);
    if before.has_moved(&here.paragraphs, &there.paragraphs) {
        there
    } else {
        here
    }
}

/// The text of the element `root`, of the page's `blocks` those inside it.
fn of_element(
    survey: &Survey<'_>,
    headline: &str,
    marks: &[bool],
    root: usize,
    blocks: Vec<Block>,
) -> Text {
    let nodes = root..survey.outline.nodes[root].end as usize;
    let inside = blocks
        .into_iter()
        .filter(|block| nodes.contains(&(block.first as usize)));
    let above = standfirst_above(survey, marks, root);
    let (inside_first, paragraphs) = judge::blocks(survey, inside.collect(), headline, root);
    Text {
        paragraphs,
        standfirst: inside_first.or(above),
        visible: String::new(),
        container: Some(Container::of(survey.outline, root, &survey.lines)),
    }
}

/// The summary between the title and the element of the story.
fn standfirst_above(survey: &Survey<'_>, marks: &[bool], root: usize) -> Option<String> {
    let title = survey.title.filter(|title| *title < root)?;
    let outline = survey.outline;
    let is_meant = |at: &usize| {
        survey.purposes[*at].contains(Purpose::Standfirst)
            && !is_caption(survey, *at)
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

/// Whether an element is or stands in the text of a picture.
fn is_caption(survey: &Survey<'_>, at: usize) -> bool {
    survey.outline.ancestors(at).any(|up| {
        let in_figure = survey
            .outline
            .element(up)
            .is_some_and(|element| element.name == local_name!("figure"));
        in_figure || survey.purposes[up].contains(Purpose::Caption)
    })
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::sample::{TEXT, read, read_with, texts};
    use super::super::{Options, Role};

    #[test]
    fn the_watch_may_name_the_element_and_what_to_leave_out() {
        let page = format!(
            "<h1>Ferry</h1><article>{TEXT}</article><div id=box><p>Tickets cost 12 euros.</p><p class=x>Call us.</p></div>"
        );
        let options = Options {
            include: Some("#box".to_owned()),
            exclude: vec![".x".to_owned()],
            ..Options::default()
        };

        let story = read_with(&page, &options).unwrap();

        assert_eq!(texts(&story, Role::Body), ["Tickets cost 12 euros."]);
    }

    #[test]
    fn a_correction_outside_the_text_is_found() {
        let page = format!(
            "<article><h1>Ferry</h1><div itemprop=articleBody>{TEXT}</div><aside><p>Correction: The ferry carried 212 people, not 221.</p></aside></article>"
        );

        assert_eq!(
            texts(&read(&page), Role::Correction),
            ["Correction: The ferry carried 212 people, not 221."]
        );
    }

    #[test]
    fn a_line_of_reading_time_is_no_standfirst() {
        let page = format!(
            "<h1>Ferry</h1><div class=dek>Disaster · <span>2 hours ago</span> · 3 min read, and some more words to fill it</div><section>{TEXT}</section>"
        );

        assert_eq!(read(&page).standfirst, None);
    }
}
