//! Where on its page a story stood, so that the next reading looks for it there first.
//!
//! A page is laid out anew more often than its story moves: teasers grow, a box comes. What is chosen anew by its share of
//! the prose could tip then; the element remembered does not. It is left only for cause: the old text now stands outside
//! of it, or new text does that the page never had.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use dom_query::LocalName;

use super::outline::Outline;
use super::{Paragraph, Story, beginning};

/// A deeper place is not remembered.
const MAX_STEPS: usize = 64;
/// So much of an element's names is kept.
const MAX_NAMES_BYTES: usize = 80;
/// More lines beside the story are not remembered.
const MAX_LINES: usize = 200;
/// Between two steps of the way. It has blanks, which no step has.
const STEP: &str = " > ";

/// The element of a page that held its story, and what prose stood beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Container {
    /// The way from the body of the page down to the element: tags with their names, as in `main > div.story`.
    path: String,
    /// The prose outside of the element, a hash each, sorted.
    beside: Vec<u32>,
}

/// What is known of a story when its page is read again.
#[derive(Debug, Clone, Copy)]
pub struct Before<'a> {
    /// The story as it was.
    pub story: &'a Story,
    /// Where it stood.
    pub container: &'a Container,
}

impl Container {
    /// As text for a store: the way in the first line, the hashes in the second.
    ///
    /// ```
    /// use claimwatch::story::Container;
    ///
    /// let container = Container::of_text("main > div.story\n00ff12ab");
    /// assert_eq!(container.to_text(), "main > div.story\n00ff12ab");
    /// ```
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{}\n", self.path);
        for hash in &self.beside {
            // Writing to a String cannot fail.
            let _ = write!(text, "{hash:08x}");
        }
        text
    }

    /// What [`Container::to_text`] gave; of any other text something that is found on no page.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let (path, hashes) = text.split_once('\n').unwrap_or((text, ""));
        let hashes = hashes.as_bytes().chunks_exact(8);
        let read = |hash: &[u8]| u32::from_str_radix(std::str::from_utf8(hash).ok()?, 16).ok();
        Self {
            path: path.to_owned(),
            beside: hashes.filter_map(read).collect(),
        }
    }

    /// The element `root`, with what stands beside it of the page's `lines`: where each begins, and its hash.
    pub(super) fn of(outline: &Outline, root: usize, lines: &[(u32, u32)]) -> Self {
        let inside = root..outline.nodes[root].end as usize;
        let beside: BTreeSet<u32> = lines
            .iter()
            .filter(|(first, _)| !inside.contains(&(*first as usize)))
            .map(|(_, hash)| *hash)
            .take(MAX_LINES)
            .collect();
        Self {
            path: path(outline, root),
            beside: beside.into_iter().collect(),
        }
    }

    /// The element of this page that stands where the story stood: the one that goes by the same tags and, where several
    /// do, by most of the same names. None where that does not tell which.
    pub(super) fn find(&self, outline: &Outline) -> Option<usize> {
        let mut steps = self.path.split(STEP);
        // The body itself is the first node of every page.
        let body = steps.next().filter(|step| !step.is_empty())?;
        let mut reached = vec![(0, usize::from(is(outline, 0, body)?))];
        for wanted in steps {
            let children = reached.iter().flat_map(|(at, alike)| {
                let alike = *alike;
                outline.children(*at).filter_map(move |child| {
                    let same = is(outline, child, wanted)?;
                    Some((child, alike + usize::from(same)))
                })
            });
            reached = children.collect();
        }
        let most = reached.iter().map(|(_, alike)| *alike).max()?;
        let mut best = reached.iter().filter(|(_, alike)| *alike == most);
        let (at, _) = best.next()?;
        best.next().is_none().then_some(*at)
    }

    /// Whether this prose stood beside the story.
    fn had_beside(&self, text: &str) -> bool {
        self.beside.binary_search(&hash(text)).is_ok()
    }
}

impl Before<'_> {
    /// Whether the story has left the element remembered, whose text is `here`, for that which would be chosen now, whose
    /// text is `there`: some of the old text stands only there, or new text that the page did not have.
    pub(super) fn has_moved(&self, here: &[Paragraph], there: &[Paragraph]) -> bool {
        let texts = |paragraphs: &[Paragraph]| -> BTreeSet<String> {
            paragraphs.iter().map(|one| one.text.clone()).collect()
        };
        let (here, old) = (texts(here), texts(&self.story.paragraphs));
        there
            .iter()
            .filter(|paragraph| !here.contains(&paragraph.text))
            .any(|paragraph| {
                old.contains(&paragraph.text) || !self.container.had_beside(&paragraph.text)
            })
    }
}

/// The way from the body to an element; nothing where it is too long.
fn path(outline: &Outline, root: usize) -> String {
    let mut steps: Vec<String> = outline
        .ancestors(root)
        .take(MAX_STEPS + 1)
        .filter_map(|at| step(outline, at))
        .collect();
    if steps.len() > MAX_STEPS {
        return String::new();
    }
    steps.reverse();
    steps.join(STEP)
}

/// An element as a step of the way: its tag and its names, joined by dots.
fn step(outline: &Outline, at: usize) -> Option<String> {
    let element = outline.element(at)?;
    let mut step = String::from(&*element.name);
    let names = beginning(outline.hints(element), MAX_NAMES_BYTES);
    for name in names.split_whitespace() {
        step.push('.');
        step.extend(name.chars().filter(|letter| !letter.is_control()));
    }
    Some(step)
}

/// Whether the names of an element are those of a step; nothing where its tag is another one.
fn is(outline: &Outline, at: usize, wanted: &str) -> Option<bool> {
    let name: &LocalName = &outline.element(at)?.name;
    let tag = wanted.split('.').next().unwrap_or_default();
    (**name == *tag).then(|| step(outline, at).as_deref() == Some(wanted))
}

/// A line of prose as it is remembered (FNV-1a).
pub(super) fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::sample::TEXT;
    use super::super::{Options, Page, Reading, read_again};
    use super::*;

    const OTHER: &str = "<p>The storm is expected to reach the coast by the end of the week, forecasters said on Tuesday in their report.</p>\
        <p>Fishing boats stay in the harbour, and the ferries to the islands do not sail until the wind has gone down again.</p>";

    fn reading(html: &str, before: Option<&Reading>) -> Reading {
        let page = Page {
            bytes: html.as_bytes(),
            content_type: Some("text/html; charset=utf-8"),
            url: "https://news.example/a/1",
        };
        let before = before.and_then(|before| {
            Some(Before {
                story: &before.story,
                container: before.container.as_ref()?,
            })
        });
        read_again(&page, &Options::default(), before).unwrap()
    }

    fn page(story: &str, beside: &str) -> String {
        format!(
            "<div class=page><div class=top><h1>Ferry</h1></div><div class=text>{story}</div><div class=rest>{beside}</div></div>"
        )
    }

    #[test]
    fn a_story_that_grows_shorter_does_not_take_in_what_stands_beside_it() {
        let long = (0..5).map(|day| TEXT.replace("Monday", &format!("day {day}")));
        let before = reading(&page(&long.collect::<String>(), OTHER), None);
        let short = page(TEXT, OTHER);
        assert_eq!(
            reading(&short, None).story.paragraphs.len(),
            5,
            "chosen anew it does"
        );

        let again = reading(&short, Some(&before));

        assert_eq!(again.story.paragraphs.len(), 3);
        assert_eq!(
            again.container.unwrap().path,
            before.container.unwrap().path
        );
    }

    #[test]
    fn new_text_beside_the_place_remembered_is_not_overlooked() {
        let before = reading(&page(TEXT, ""), None);
        assert_eq!(before.story.paragraphs.len(), 3);

        let again = reading(&page(TEXT, OTHER), Some(&before));

        assert_eq!(again.story.paragraphs.len(), 5);
    }

    #[test]
    fn a_story_that_has_moved_is_found_where_it_went() {
        let before = reading(&page(TEXT, ""), None);

        let again = reading(&page("<p>Ad.</p>", TEXT), Some(&before));

        assert_eq!(again.story.paragraphs, before.story.paragraphs);
    }

    #[test]
    fn names_may_change_as_long_as_the_tags_tell_which_it_is() {
        let before = reading(
            "<main class=a1><article class=b2><h1>Ferry</h1></article></main>"
                .replace("</h1>", &format!("</h1>{TEXT}"))
                .as_str(),
            None,
        );
        let html =
            format!("<main class=x9><article class=y8><h1>Ferry</h1>{TEXT}</article></main>");

        let again = reading(&html, Some(&before));

        assert_eq!(again.story, before.story);
        assert_eq!(again.container.unwrap().path, "body > main.x9 > article.y8");
    }

    #[test]
    fn what_a_store_hands_back_finds_the_element_or_nothing() {
        let before = reading(&page(TEXT, OTHER), None).container.unwrap();

        assert_eq!(Container::of_text(&before.to_text()), before);
        for damaged in [
            "",
            "\n",
            "x > y\nzz",
            "body > div.\u{0}\n1",
            &"a > ".repeat(900),
        ] {
            let container = Container::of_text(damaged);
            let story = Reading {
                container: Some(container),
                ..reading(&page(TEXT, ""), None)
            };
            assert_eq!(reading(&page(TEXT, ""), Some(&story)).story, story.story);
        }
    }
}
