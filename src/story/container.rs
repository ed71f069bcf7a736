//! Finds the element that holds the story.
//!
//! The choice rests on where the prose of the page lies, not on scores that a few more teasers could tip: from the body
//! downwards, always into the one child that holds nearly all of it.

use dom_query::local_name;

use super::names::Purpose;
use super::outline::Outline;
use super::survey::{Survey, Totals};

/// A child is followed when it holds this share of the prose, in percent.
const FOLLOWED_PERCENT: usize = 80;
/// A child that the page itself names as the story is followed with this share already.
const NAMED_PERCENT: usize = 40;
/// A child that holds the title as well is followed from this share on.
const TITLED_PERCENT: usize = 55;
/// Inside an article the parts beside the largest are story too, unless there is hardly any prose in them.
const INSIDE_ARTICLE_PERCENT: usize = 97;
/// Markup that says "this is the article's text" is believed from this share on.
const BODY_PERCENT: usize = 25;

/// The index of the element that holds the story; `prose` is what is left of the page without its surroundings.
pub(super) fn find(survey: &Survey<'_>, prose: &Totals, marks: &[bool]) -> usize {
    let descent = Descent {
        survey,
        prose,
        marks,
    };
    let mut at = 0;
    while let Some(child) = descent.next(at) {
        at = child;
    }
    at
}

/// The way from the body of the page down to its story.
struct Descent<'a> {
    survey: &'a Survey<'a>,
    prose: &'a Totals,
    marks: &'a [bool],
}

impl Descent<'_> {
    /// The child of `at` that holds the story, or nothing where `at` itself is the best there is.
    fn next(&self, at: usize) -> Option<usize> {
        let outline = self.survey.outline;
        let open: Vec<usize> = outline
            .children(at)
            .filter(|child| !self.marks[*child] && self.within(*child) > 0)
            .filter(|child| outline.element(*child).is_some())
            .collect();
        let share = |child: usize| self.within(child) * 100 / self.within(at).max(1);
        let named: Vec<usize> = open
            .iter()
            .copied()
            .filter(|child| is_named(self.survey, *child))
            .collect();
        let titled = named.iter().copied().find(|child| self.holds_title(*child));
        let only = match named.as_slice() {
            [only] => Some(*only),
            // Several parts with the same name are one story, several articles are not: the title is on one of them.
            _ => titled,
        };
        let only = only.filter(|only| share(*only) >= NAMED_PERCENT);
        let largest = open
            .iter()
            .copied()
            .max_by_key(|child| (self.within(*child), usize::MAX - child));
        only.or_else(|| largest.filter(|child| share(*child) >= self.needed(at, *child)))
            .filter(|child| !is_paragraph(outline, *child))
    }

    fn holds_title(&self, at: usize) -> bool {
        let below = self.survey.outline.below(at);
        self.survey
            .title
            .is_some_and(|title| below.contains(&title))
    }

    fn within(&self, at: usize) -> usize {
        self.prose.within(self.survey.outline, at)
    }

    /// The share of the prose of `at` from which its child is followed, in percent.
    fn needed(&self, at: usize, child: usize) -> usize {
        if self.holds_title(child) {
            TITLED_PERCENT
        } else if is_article(self.survey, at) {
            INSIDE_ARTICLE_PERCENT
        } else {
            FOLLOWED_PERCENT
        }
    }
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

/// Whether an element is one article, or the text of one.
fn is_article(survey: &Survey<'_>, at: usize) -> bool {
    survey.is_article_body(at)
        || survey.purposes[at].contains(Purpose::Story)
        || survey
            .outline
            .element(at)
            .is_some_and(|element| element.name == local_name!("article"))
}

/// Whether an element is a paragraph or list itself, which never holds a whole story.
fn is_paragraph(outline: &Outline, at: usize) -> bool {
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

#[cfg(test)]
mod tests {
    use super::super::sample::{TEXT, read};

    #[test]
    fn the_story_is_found_without_any_hint() {
        let page = format!(
            "<div><div><a href=/>Home</a></div><div><h1>Ferry</h1><div>{TEXT}</div></div><div><p>Prices rose again, the office said in its report for the month.</p></div></div>"
        );

        assert_eq!(read(&page).paragraphs.len(), 3);
    }

    #[test]
    fn a_story_in_many_parts_is_kept_whole() {
        let parts: String = ["one", "two", "three", "four"]
            .map(|part| format!("<section class=article__content><p>This is part {part} of the story, and it says what happened on that day.</p></section>"))
            .concat();

        assert_eq!(
            read(&format!("<h1>Ferry</h1><main>{parts}</main>"))
                .paragraphs
                .len(),
            4
        );
    }

    #[test]
    fn of_several_articles_the_one_with_the_title_is_the_story() {
        let other = "<h2>Storm</h2><p>The storm is expected to reach the coast by the end of the week, forecasters said on Tuesday.</p>";
        let page = format!(
            "<title>Ferry</title><main><article><h1>Ferry</h1>{TEXT}</article><article>{other}</article></main>"
        );

        assert_eq!(read(&page).paragraphs.len(), 3);
    }

    #[test]
    fn teasers_longer_than_the_story_do_not_displace_it() {
        let cards = "<div class=card><h4><a href=/x>Storm nears the coast</a></h4><p>The storm is expected to reach the coast by the end of the week, forecasters said on Tuesday.</p></div>";
        let page = format!(
            "<h1>Ferry</h1><article>{TEXT}</article><section class=more-stories>{}</section>",
            cards.repeat(12)
        );

        assert_eq!(read(&page).paragraphs.len(), 3);
    }
}
