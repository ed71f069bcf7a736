//! Tells which elements of a page surround its story: named so, made of links, or a row of teasers.

use std::collections::BTreeMap;

use dom_query::local_name;

use super::blocks::is_block;
use super::names::Purpose;
use super::survey::Survey;

/// An element that holds this share of the prose is not thrown out for its name alone, in percent.
const MOST_PERCENT: usize = 50;
/// Where the title stands elsewhere, it takes this share.
const MOST_WITHOUT_TITLE_PERCENT: usize = 90;
/// An element named as the story's text vouches for all it stands in from this share on, in percent.
const VOUCHING_PERCENT: usize = 20;
/// Paragraphs of prose side by side that make a text.
const MIN_PARAGRAPHS: usize = 3;
/// Such a text vouches for all it stands in from this share of the prose on, in percent.
const DENSE_PERCENT: usize = 40;
/// Alike elements side by side from which a row of teasers begins.
const MIN_TEASERS: usize = 3;
/// More elements that vouch for the story are not looked at.
const MAX_BODIES: usize = 32;
/// A teaser holds at most this much text.
const MAX_TEASER_CHARS: usize = 400;

/// Which elements are not the story.
pub(super) fn mark(survey: &Survey<'_>) -> Vec<bool> {
    let mut marks = survey.unseen.clone();
    let never = Judgement {
        survey,
        all: survey.prose(0),
        bodies: article_bodies(survey),
    };
    let mut never_prose = 0;
    let mut at = 1;
    while at < marks.len() {
        if !marks[at] && never.is_never_story(at) {
            marks[at] = true;
            never_prose += survey.prose(at);
        }
        at = if marks[at] {
            survey.outline.nodes[at].end as usize
        } else {
            at + 1
        };
    }
    let all = survey.prose(0).saturating_sub(never_prose);
    let mut bodies = never.bodies;
    bodies.extend(named_texts(survey, &marks, all));
    bodies.extend(densest(survey, &marks, all));
    let judgement = Judgement {
        survey,
        all,
        bodies,
    };
    for (at, mark) in marks.iter_mut().enumerate().skip(1) {
        *mark = *mark || judgement.is_surrounding(at);
    }
    mark_teasers(survey, &mut marks);
    marks
}

/// The elements that the markup calls the body of the article.
fn article_bodies(survey: &Survey<'_>) -> Vec<usize> {
    (0..survey.outline.nodes.len())
        .filter(|at| survey.is_article_body(*at) && survey.prose(*at) > 0 && !survey.unseen[*at])
        .take(MAX_BODIES)
        .collect()
}

/// The element with most paragraphs of prose side by side, where it holds enough of the page's.
fn densest(survey: &Survey<'_>, marks: &[bool], all: usize) -> Option<usize> {
    let is_open = |at: usize| !survey.outline.ancestors(at).any(|up| marks[up]);
    survey
        .paragraph_parents
        .iter()
        .filter(|(at, (count, chars))| {
            *count >= MIN_PARAGRAPHS && *chars * 100 > all * DENSE_PERCENT && is_open(**at)
        })
        .max_by_key(|(_, (_, chars))| *chars)
        .map(|(at, _)| *at)
}

/// The elements whose names call them the story's text, and that hold enough of it.
fn named_texts(survey: &Survey<'_>, marks: &[bool], all: usize) -> Vec<usize> {
    (0..survey.outline.nodes.len())
        .filter(|at| {
            survey.purposes[*at].contains(Purpose::Story)
                && !marks[*at]
                && survey.prose(*at) * 100 > all * VOUCHING_PERCENT
        })
        .take(MAX_BODIES)
        .collect()
}

/// What the elements of one page are judged by.
struct Judgement<'a> {
    survey: &'a Survey<'a>,
    /// Characters of prose that could be the story.
    all: usize,
    /// Elements that are certainly the story.
    bodies: Vec<usize>,
}

impl Judgement<'_> {
    /// Whether an element holds the title or a part that is certainly the story.
    fn holds_story(&self, at: usize) -> bool {
        let below = at..self.survey.outline.nodes[at].end as usize;
        let holds_title = self
            .survey
            .title
            .is_some_and(|title| below.contains(&title));
        holds_title && self.survey.prose(at) > 0 || self.holds_body(at)
    }

    /// Whether an element holds a part that is certainly the story.
    fn holds_body(&self, at: usize) -> bool {
        let below = at..self.survey.outline.nodes[at].end as usize;
        self.bodies.iter().any(|body| below.contains(body))
    }

    fn is_never_story(&self, at: usize) -> bool {
        let Some(element) = self.survey.outline.element(at) else {
            return false;
        };
        let is_frame = matches!(element.name, local_name!("nav") | local_name!("footer"));
        (is_frame || self.survey.purposes[at].contains(Purpose::Never)) && !self.holds_story(at)
    }

    fn is_surrounding(&self, at: usize) -> bool {
        let survey = self.survey;
        let Some(element) = survey.outline.element(at) else {
            return false;
        };
        let purposes = survey.purposes[at];
        let is_named = [Purpose::Furniture, Purpose::Weak, Purpose::Byline]
            .iter()
            .any(|name| purposes.contains(*name));
        let is_tagged = matches!(
            element.name,
            local_name!("aside")
                | local_name!("dialog")
                | local_name!("menu")
                | local_name!("time")
                | local_name!("form")
                | local_name!("header")
        );
        // The head of an article holds its title and summary, but not its text.
        let is_head = element.name == local_name!("header") && !self.holds_body(at);
        if !is_named && !is_tagged || !is_head && self.holds_story(at) {
            return false;
        }
        if !is_block(&element.name) && stands_in_prose(survey, at) {
            return false;
        }
        let prose = survey.prose(at);
        let most = if survey.title.is_some() {
            MOST_WITHOUT_TITLE_PERCENT
        } else {
            MOST_PERCENT
        };
        // Quoted posts carry the names of the networks they come from.
        if prose * 100 > self.all * most || element.name == local_name!("blockquote") {
            return false;
        }
        let is_minor = prose * 10 < self.all;
        match element.name {
            local_name!("aside")
            | local_name!("dialog")
            | local_name!("menu")
            | local_name!("time") => true,
            local_name!("form") if is_minor => true,
            local_name!("header") => prose * 10 < self.all * 3,
            _ => {
                purposes.contains(Purpose::Furniture)
                    || purposes.contains(Purpose::Weak) && prose == 0
                    || purposes.contains(Purpose::Byline) && is_minor
            }
        }
    }
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
        for child in outline.children(parent) {
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

#[cfg(test)]
mod tests {
    use super::super::sample::{TEXT, read};

    /// The number of paragraphs where `extra` stands in the middle of the story.
    fn with_inside(extra: &str) -> usize {
        let middle = TEXT.find("<p>Two").unwrap_or_default();
        let (start, end) = TEXT.split_at(middle);
        read(&format!(
            "<article><h1>Ferry</h1><div>{start}{extra}{end}</div></article>"
        ))
        .paragraphs
        .len()
    }

    #[test]
    fn boxes_in_the_story_are_not_the_story() {
        for extra in [
            "<div class=ad-slot id=div-gpt-ad-1><span>Advertisement</span></div>",
            "<aside class=newsletter><h3>The Morning Five</h3><p>Five stories to start your day, in your inbox. Join 120,000 readers.</p></aside>",
            "<div class=related-articles><h3>Related</h3><ul><li><a href=/a>Storm kills 3 in the south</a></li></ul></div>",
            "<div class=inline-related><strong>ALSO READ:</strong> <a href=/x>Storm kills 3</a></div>",
            "<p>READ | <a href=/x>Storm kills 3 in the south</a></p>",
            "<div class=video><span>Video: watch the report (1:48)</span></div>",
            "<figure><img src=a.jpg><svg><text>12</text></svg></figure>",
            "<div hidden><p>The text of another story that nobody sees, about a bridge and its builders.</p></div>",
            "<ul class=social><li>Facebook 4943</li><li>X</li></ul>",
            "<time>3 hours ago</time><span>Updated 2 hours ago</span>",
            "<div role=dialog class=consent><p>We and our 829 partners use cookies to store data on your device.</p></div>",
        ] {
            assert_eq!(with_inside(extra), 3, "{extra}");
        }
    }

    #[test]
    fn story_text_survives_an_unlucky_name() {
        for class in [
            "content-with-sidebar",
            "has-related",
            "share-price-report",
            "l-sidebar-fixed",
        ] {
            let page = format!(
                "<div class='{class}'><h1>Ferry</h1>{TEXT}</div><footer><p>All rights reserved.</p></footer>"
            );

            assert_eq!(read(&page).paragraphs.len(), 3, "{class}");
        }
        assert_eq!(
            with_inside(
                "<blockquote class=twitter-tweet><p>We will not give up the search, the operator wrote on Monday.</p></blockquote>"
            ),
            4
        );
        assert_eq!(
            with_inside(
                "<p>The <a class=share href=/x>shipyard</a> said it would take part in the search too.</p>"
            ),
            4
        );
    }

    #[test]
    fn comments_are_never_the_story() {
        let comments = "<p>I have sailed on this ferry for years, and I always said that this would happen one day.</p>".repeat(20);
        let page = format!(
            "<h1>Ferry</h1><article>{TEXT}</article><section id=comments>{comments}</section>"
        );

        assert_eq!(read(&page).paragraphs.len(), 3);
    }
}
