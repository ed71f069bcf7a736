//! Takes the story's text out of an outline: the element that holds it, and of its blocks those that are story.

use dom_query::local_name;

use super::blocks::{self, Block};
use super::furniture::{Purpose, is_boilerplate, purpose};
use super::outline::Outline;
use super::{Paragraph, Role, container, correction};

/// The text of a page.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// The story.
    pub paragraphs: Vec<Paragraph>,
    /// Everything a reader sees, a block a line.
    pub visible: String,
}

/// The text of the story under `headline`; `chosen` when the watch named its element.
pub(super) fn text(outline: &Outline, headline: &str, chosen: bool) -> Text {
    if outline.nodes.is_empty() {
        return Text::default();
    }
    let unseen: Vec<bool> = (0..outline.nodes.len())
        .map(|at| is_unseen(outline, at))
        .collect();
    let all = blocks::cut(outline, 0, &unseen);
    let visible = all
        .iter()
        .map(|block| block.text.as_str())
        .collect::<Vec<_>>()
        .join("\n");
    let mass = container::prose_in_elements(outline, &all);
    let title = title_element(outline, headline);
    let skipped: Vec<bool> = (0..outline.nodes.len())
        .map(|at| unseen[at] || is_furniture(outline, at, &mass, title))
        .collect();
    let prose = blocks::cut(outline, 0, &skipped);
    let mass = container::prose_in_elements(outline, &prose);
    let roots = if chosen {
        let included = (0..outline.nodes.len())
            .filter(|at| outline.element(*at).is_some_and(|element| element.included));
        outermost(outline, included)
    } else {
        vec![container::find(outline, &mass, &skipped)]
    };
    let mut paragraphs = Vec::new();
    for root in roots {
        let blocks = blocks::cut(outline, root, &skipped);
        paragraphs.extend(judge(outline, &blocks, headline, root));
    }
    Text {
        paragraphs,
        visible,
    }
}

/// Of nested elements only the outermost.
fn outermost(outline: &Outline, chosen: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut roots: Vec<usize> = Vec::new();
    for at in chosen {
        if roots
            .last()
            .is_none_or(|last| outline.nodes[*last].end as usize <= at)
        {
            roots.push(at);
        }
    }
    roots
}

/// Whether no reader sees this element, or it never holds a story's text.
fn is_unseen(outline: &Outline, at: usize) -> bool {
    let Some(element) = outline.element(at) else {
        return false;
    };
    element.hidden
        || element.excluded
        || matches!(
            element.name,
            local_name!("audio")
                | local_name!("button")
                | local_name!("canvas")
                | local_name!("datalist")
                | local_name!("embed")
                | local_name!("iframe")
                | local_name!("img")
                | local_name!("input")
                | local_name!("map")
                | local_name!("object")
                | local_name!("option")
                | local_name!("picture")
                | local_name!("progress")
                | local_name!("select")
                | local_name!("svg")
                | local_name!("textarea")
                | local_name!("video")
        )
}

/// Whether the page's own names and tags say that an element is not the story.
fn is_furniture(outline: &Outline, at: usize, mass: &[usize], title: Option<usize>) -> bool {
    let Some(element) = outline.element(at) else {
        return false;
    };
    if at == 0 || container::is_named_story(outline, at) && mass[at] * 2 > mass[0] {
        return false;
    }
    let is_title_inside =
        title.is_some_and(|title| outline.below(at).contains(&title) || title == at);
    let holds_most = mass[at] * 2 > mass[0];
    let purposes = purpose(outline.hints(element));
    if purposes.contains(&Purpose::NeverStory) {
        return !is_title_inside;
    }
    if is_title_inside && mass[at] > 0 || holds_most {
        return false;
    }
    let by_tag = match element.name {
        local_name!("nav")
        | local_name!("footer")
        | local_name!("aside")
        | local_name!("form")
        | local_name!("dialog")
        | local_name!("menu")
        | local_name!("time") => true,
        local_name!("header") => mass[at] * 10 < mass[0],
        _ => false,
    };
    let names = [Purpose::Furniture, Purpose::Byline, Purpose::Standfirst];
    by_tag || purposes.iter().any(|purpose| names.contains(purpose))
}

/// The element of the title: the `h1` that says it, or else the only one.
fn title_element(outline: &Outline, headline: &str) -> Option<usize> {
    let headings: Vec<usize> = (0..outline.nodes.len())
        .filter(|at| {
            outline
                .element(*at)
                .is_some_and(|element| element.name == local_name!("h1"))
        })
        .collect();
    let said = headings
        .iter()
        .find(|at| outline.text_below(**at) == headline);
    said.or(headings.first()).copied()
}

/// The blocks that are story, each with its role.
fn judge(outline: &Outline, blocks: &[Block], headline: &str, root: usize) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for block in blocks {
        let role = role_of(outline, block, root);
        if role == Role::Subheading && block.text == headline {
            paragraphs.clear();
            continue;
        }
        let is_links = block.link_percent() > 60 && block.chars < 200 || block.link_percent() > 85;
        if is_links || is_boilerplate(&block.text) {
            continue;
        }
        let role = if correction::is_notice(&block.text) {
            Role::Correction
        } else {
            role
        };
        paragraphs.push(Paragraph {
            role,
            text: block.text.clone(),
        });
    }
    while paragraphs
        .last()
        .is_some_and(|last| last.role == Role::Subheading)
    {
        paragraphs.pop();
    }
    paragraphs
}

/// What a block is in its story.
fn role_of(outline: &Outline, block: &Block, root: usize) -> Role {
    let inside = outline
        .ancestors(block.node as usize)
        .take_while(|at| *at != root)
        .filter_map(|at| outline.element(at));
    for element in inside {
        match element.name {
            local_name!("figcaption") | local_name!("figure") | local_name!("caption") => {
                return Role::Caption;
            }
            local_name!("li") | local_name!("tr") | local_name!("dd") | local_name!("dt") => {
                return Role::Item;
            }
            local_name!("h1")
            | local_name!("h2")
            | local_name!("h3")
            | local_name!("h4")
            | local_name!("h5")
            | local_name!("h6") => {
                return Role::Subheading;
            }
            _ if purpose(outline.hints(element)).contains(&Purpose::Caption) => {
                return Role::Caption;
            }
            _ => {}
        }
    }
    Role::Body
}
