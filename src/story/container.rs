//! Finds the element that holds the story.
//!
//! The choice rests on where the prose of the page lies, not on scores that a few more teasers could tip: from the body
//! downwards, always into the one child that holds nearly all of it.

use dom_query::local_name;

use super::furniture::Purpose;
use super::outline::Outline;
use super::survey::{Survey, Totals};

/// A child is followed when it holds this share of the prose, in percent.
const FOLLOWED_PERCENT: usize = 80;
/// A child that the page itself names as the story is followed with this share already.
const NAMED_PERCENT: usize = 40;
/// A child that holds the title as well is followed from this share on.
const TITLED_PERCENT: usize = 55;
/// Markup that says "this is the article's text" is believed from this share on.
const BODY_PERCENT: usize = 25;

/// The index of the element that holds the story; `prose` is what is left of the page without its surroundings.
pub(super) fn find(survey: &Survey<'_>, prose: &Totals, marks: &[bool]) -> usize {
    let outline = survey.outline;
    let within = |at: usize| prose.within(outline, at);
    let mut at = 0;
    loop {
        let open: Vec<usize> = children(outline, at)
            .filter(|child| {
                !marks[*child] && within(*child) > 0 && outline.element(*child).is_some()
            })
            .collect();
        let named: Vec<usize> = open
            .iter()
            .copied()
            .filter(|child| is_named(survey, *child))
            .collect();
        let largest = open
            .iter()
            .copied()
            .max_by_key(|child| (within(*child), usize::MAX - child));
        let share = |child: usize| within(child) * 100 / within(at).max(1);
        let holds_title = |child: usize| {
            survey
                .title
                .is_some_and(|title| outline.below(child).contains(&title))
        };
        let followed = match named.as_slice() {
            // Several parts with the same name are one story.
            [only] if share(*only) >= NAMED_PERCENT => Some(*only),
            _ => largest.filter(|child| {
                let needed = if holds_title(*child) {
                    TITLED_PERCENT
                } else {
                    FOLLOWED_PERCENT
                };
                share(*child) >= needed
            }),
        };
        match followed.filter(|child| !holds_paragraphs_only(outline, *child)) {
            Some(child) => at = child,
            None => break,
        }
    }
    at
}

/// The one element that the markup names as the article's text, where it holds a fair share of the prose.
pub(super) fn named_body(survey: &Survey<'_>, prose: &Totals, marks: &[bool]) -> Option<usize> {
    let outline = survey.outline;
    let mut last_end = 0;
    let mut bodies = (0..outline.nodes.len()).filter(|at| {
        let is_outermost = *at >= last_end && survey.is_article_body(*at);
        if is_outermost {
            last_end = outline.nodes[*at].end as usize;
        }
        is_outermost
            && !outline.ancestors(*at).any(|up| marks[up])
            && prose.within(outline, *at) * 100 >= prose.within(outline, 0) * BODY_PERCENT
            && prose.within(outline, *at) > 0
    });
    let first = bodies.next()?;
    bodies.next().is_none().then_some(first)
}

/// Whether the page names an element as the place of its story.
fn is_named(survey: &Survey<'_>, at: usize) -> bool {
    survey.is_article_body(at)
        || survey.purposes[at].contains(Purpose::Story)
        || survey.outline.element(at).is_some_and(|element| {
            matches!(element.name, local_name!("article") | local_name!("main"))
        })
}

/// Whether an element is a paragraph or list itself, which never holds a whole story.
fn holds_paragraphs_only(outline: &Outline, at: usize) -> bool {
    outline.element(at).is_some_and(|element| {
        matches!(
            element.name,
            local_name!("p")
                | local_name!("blockquote")
                | local_name!("ul")
                | local_name!("ol")
                | local_name!("li")
                | local_name!("dl")
                | local_name!("pre")
        )
    })
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
