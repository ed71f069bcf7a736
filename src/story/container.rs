//! Finds the element that holds the story.
//!
//! The choice rests on where the prose of the page lies, not on scores that a few more teasers could tip: from the body
//! downwards, always into the one child that holds nearly all of it.

use dom_query::local_name;

use super::blocks::Block;
use super::furniture::{Purpose, purpose};
use super::outline::Outline;

/// A child is followed when it holds this share of the prose, in percent.
const FOLLOWED_PERCENT: usize = 80;
/// A child that the page itself names as the story is followed with this share already.
const NAMED_PERCENT: usize = 40;

/// Characters of prose in each element.
pub(super) fn prose_in_elements(outline: &Outline, blocks: &[Block]) -> Vec<usize> {
    let mut mass = vec![0; outline.nodes.len()];
    for block in blocks.iter().filter(|block| block.is_prose()) {
        for at in outline.ancestors(block.node as usize) {
            mass[at] += block.chars - block.link_chars.min(block.chars);
        }
    }
    mass
}

/// The index of the element that holds the story.
pub(super) fn find(outline: &Outline, mass: &[usize], skipped: &[bool]) -> usize {
    let mut at = 0;
    loop {
        let children = children(outline, at).filter(|child| !skipped[*child] && mass[*child] > 0);
        let Some(best) = children.max_by_key(|child| {
            let named = usize::from(is_named_story(outline, *child));
            (mass[*child] * (100 + 60 * named), usize::MAX - *child)
        }) else {
            return at;
        };
        let share = mass[best] * 100 / mass[at].max(1);
        let needed = if is_named_story(outline, best) {
            NAMED_PERCENT
        } else {
            FOLLOWED_PERCENT
        };
        let is_paragraph = outline.element(best).is_some_and(|element| {
            matches!(element.name, local_name!("p") | local_name!("li") | local_name!("td") if mass[at] == mass[best])
                || matches!(element.name, local_name!("p") | local_name!("blockquote") | local_name!("li") | local_name!("ul") | local_name!("ol"))
        });
        if share < needed || is_paragraph {
            return at;
        }
        at = best;
    }
}

/// Whether the page names an element as the place of its story.
pub(super) fn is_named_story(outline: &Outline, at: usize) -> bool {
    let Some(element) = outline.element(at) else {
        return false;
    };
    if outline
        .item(element)
        .to_ascii_lowercase()
        .contains("articlebody")
    {
        return true;
    }
    matches!(element.name, local_name!("article") | local_name!("main"))
        || purpose(outline.hints(element)).contains(&Purpose::Story)
}

/// The indices of the direct children of a node.
pub(super) fn children(outline: &Outline, at: usize) -> impl Iterator<Item = usize> {
    let below = outline.below(at);
    let end = below.end;
    std::iter::successors((below.start < end).then_some(below.start), move |child| {
        let next = outline.nodes[*child].end as usize;
        (next < end).then_some(next)
    })
}
