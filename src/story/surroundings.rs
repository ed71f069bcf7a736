//! Tells which elements of a page surround its story: named so, made of links, or a row of teasers.

use std::collections::BTreeMap;

use dom_query::local_name;

use super::blocks::is_block;
use super::container::children;
use super::furniture::Purpose;
use super::survey::Survey;

/// An element that holds this share of the prose is not thrown out for its name alone, in percent.
const MOST_PERCENT: usize = 50;
/// Alike elements side by side from which a row of teasers begins.
const MIN_TEASERS: usize = 3;
/// A teaser holds at most this much text.
const MAX_TEASER_CHARS: usize = 400;

/// Which elements are not the story.
pub(super) fn mark(survey: &Survey<'_>) -> Vec<bool> {
    let outline = survey.outline;
    let bodies: Vec<usize> = (0..outline.nodes.len())
        .filter(|at| survey.is_article_body(*at) && survey.prose(*at) > 0 && !survey.unseen[*at])
        .collect();
    let mut marks = survey.unseen.clone();
    for (at, mark) in marks.iter_mut().enumerate().skip(1) {
        *mark |= is_surrounding(survey, at, &bodies);
    }
    mark_teasers(survey, &mut marks);
    marks
}

fn is_surrounding(survey: &Survey<'_>, at: usize, bodies: &[usize]) -> bool {
    let outline = survey.outline;
    let Some(element) = outline.element(at) else {
        return false;
    };
    if !is_block(&element.name) && stands_in_prose(survey, at) {
        return false;
    }
    let holds = |index: usize| index == at || outline.below(at).contains(&index);
    let purposes = survey.purposes[at];
    let (prose, all) = (survey.prose(at), survey.prose(0));
    if survey.title.is_some_and(holds) && prose > 0 || bodies.iter().any(|body| holds(*body)) {
        return false;
    }
    let is_frame = matches!(element.name, local_name!("nav") | local_name!("footer"));
    if purposes.contains(Purpose::Never) || is_frame {
        return true;
    }
    if prose * 100 > all * MOST_PERCENT {
        return false;
    }
    // Quoted posts carry the names of the networks they come from.
    if element.name == local_name!("blockquote") {
        return false;
    }
    let by_tag = match element.name {
        local_name!("aside")
        | local_name!("dialog")
        | local_name!("menu")
        | local_name!("time") => true,
        local_name!("form") | local_name!("header") => prose * 10 < all,
        _ => false,
    };
    by_tag
        || purposes.contains(Purpose::Furniture)
        || purposes.contains(Purpose::Weak) && prose == 0
        || purposes.contains(Purpose::Byline) && prose * 10 < all
}

/// Whether an inline element is a part of running text, so that its name cannot say that the text is not the story.
fn stands_in_prose(survey: &Survey<'_>, at: usize) -> bool {
    let outline = survey.outline;
    let block = outline.ancestors(at).skip(1).find(|up| {
        outline
            .element(*up)
            .is_some_and(|element| is_block(&element.name))
    });
    let Some(block) = block else {
        return false;
    };
    let is_text_block = outline.element(block).is_some_and(|element| {
        matches!(
            element.name,
            local_name!("p")
                | local_name!("li")
                | local_name!("td")
                | local_name!("dd")
                | local_name!("blockquote")
                | local_name!("h1")
                | local_name!("h2")
                | local_name!("h3")
                | local_name!("h4")
        )
    });
    is_text_block && survey.text(block) > 2 * survey.text(at)
}

/// Marks rows of alike elements that each begin with a link: cards, lists of other stories.
fn mark_teasers(survey: &Survey<'_>, marks: &mut [bool]) {
    let outline = survey.outline;
    for parent in 0..outline.nodes.len() {
        let holds_rows = outline
            .element(parent)
            .is_some_and(|element| is_block(&element.name) && element.name != local_name!("p"));
        if marks[parent] || !holds_rows {
            continue;
        }
        let mut rows: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for child in children(outline, parent) {
            let Some(element) = outline.element(child).filter(|_| !marks[child]) else {
                continue;
            };
            let is_card = matches!(
                element.name,
                local_name!("div")
                    | local_name!("article")
                    | local_name!("section")
                    | local_name!("td")
                    | local_name!("figure")
            );
            if is_card {
                let class = outline
                    .hints(element)
                    .split_ascii_whitespace()
                    .next()
                    .unwrap_or_default();
                rows.entry((&element.name, class)).or_default().push(child);
            }
        }
        for row in rows.values().filter(|row| row.len() >= MIN_TEASERS) {
            let teasers = row.iter().filter(|at| is_teaser(survey, **at)).count();
            let prose: usize = row.iter().map(|at| survey.prose(*at)).sum();
            if teasers * 10 >= row.len() * 8 && prose * 2 < survey.prose(0) {
                for at in row {
                    marks[*at] = true;
                }
            }
        }
    }
}

/// Whether an element is short and begins with a link, as a card for another story does.
fn is_teaser(survey: &Survey<'_>, at: usize) -> bool {
    let outline = survey.outline;
    let chars = survey.text(at);
    if !(8..=MAX_TEASER_CHARS).contains(&chars) || survey.link_percent(at) < 10 {
        return false;
    }
    let first = (at..outline.nodes[at].end as usize).find(|index| {
        !outline.text(*index).trim().is_empty()
            || outline
                .element(*index)
                .is_some_and(|element| element.name == local_name!("img"))
    });
    first.is_some_and(|first| {
        outline
            .ancestors(first)
            .take_while(|up| *up >= at)
            .any(|up| {
                outline
                    .element(up)
                    .is_some_and(|element| element.name == local_name!("a"))
            })
    })
}
