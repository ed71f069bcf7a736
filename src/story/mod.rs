//! A page read as a [`Story`]: what a reader sees, without what surrounds it.
//!
//! The one rule: a page that is not a story (wall, error, empty shell) is [`NotAStory`] and never an empty story, so that
//! nothing can be taken for removed because a look has failed.

use dom_query::Matcher;
use jiff::Timestamp;

use crate::text::{Language, language};
use format::Format;

mod agency;
mod blocks;
mod bound;
pub mod charset;
mod container;
pub mod correction;
pub mod date;
mod extract;
pub mod feed;
mod format;
pub mod furniture;
mod gather;
pub mod guard;
mod html;
pub mod json;
mod json_ld;
mod judge;
pub mod links;
pub mod listing;
mod metadata;
mod names;
mod outline;
mod pattern;
mod pdf;
mod plain;
mod remembered;
pub mod sitemap;
mod surroundings;
mod survey;
mod tags;
pub mod walls;
mod xml;

pub use bound::{MAX_STORY_BYTES, is_cut};
pub use remembered::{Before, Container};

/// The name and version of this reader, stored with every version of a story. When the text it takes from the same bytes
/// changes, the number rises, and stored bytes are read again before they are compared.
pub const READER: &str = "claimwatch-1";

/// Reads a page as a story.
///
/// # Errors
/// [`NotAStory`] where the page is a wall, an error, empty, built to exhaust its reader or of a format that is not read.
///
/// ```
/// use claimwatch::story::{self, Options, Page};
///
/// let html = "<h1>Truce holds</h1><p>The truce held for a third day on Monday, the two armies said in the evening.</p>";
/// let page = Page { bytes: html.as_bytes(), content_type: Some("text/html"), url: "https://news.example/truce" };
///
/// let story = story::read(&page, &Options::default()).unwrap();
///
/// assert_eq!(story.headline, "Truce holds");
/// assert_eq!(story.paragraphs.len(), 1);
/// ```
pub fn read(page: &Page<'_>, options: &Options) -> Result<Story, NotAStory> {
    read_again(page, options, None).map(|reading| reading.story)
}

/// Reads a page whose story was read before, and looks for it first where it stood then.
///
/// What is read of a page that has not changed is the same as before; of one that has, stability comes first.
///
/// # Errors
/// As [`read`].
///
/// ```
/// use claimwatch::story::{self, Before, Options, Page};
///
/// let html = "<h1>Truce holds</h1><p>The truce held for a third day on Monday, the two armies said in the evening.</p>";
/// let page = Page { bytes: html.as_bytes(), content_type: Some("text/html"), url: "https://news.example/truce" };
/// let first = story::read_again(&page, &Options::default(), None).unwrap();
/// let container = first.container.clone().unwrap();
///
/// let before = Before { story: &first.story, container: &container };
/// let again = story::read_again(&page, &Options::default(), Some(before)).unwrap();
///
/// assert_eq!(again, first);
/// ```
pub fn read_again(
    page: &Page<'_>,
    options: &Options,
    before: Option<Before<'_>>,
) -> Result<Reading, NotAStory> {
    if page.bytes.len() > guard::MAX_PAGE_BYTES {
        return Err(NotAStory {
            why: Why::Hostile,
            detail: format!(
                "refused: the page is larger than {} MiB",
                guard::MAX_PAGE_BYTES / (1024 * 1024)
            ),
        });
    }
    if let Some(wanted) = &options.value {
        return json::read(page, wanted).map(Reading::of);
    }
    match format::of(page) {
        Format::Html => html::read(
            charset::decode(page.bytes, page.content_type),
            page.url,
            options,
            before,
        ),
        Format::Plain => {
            plain::read(&charset::decode(page.bytes, page.content_type)).map(Reading::of)
        }
        Format::Pdf => pdf::read(page.bytes).map(Reading::of),
        Format::Other(name) => Err(NotAStory {
            why: Why::Format,
            detail: format!("{name} is not read as a story; watch the story's HTML page instead"),
        }),
    }
}

/// Why a CSS selector cannot be used, or nothing where it can.
///
/// ```
/// use claimwatch::story::selector_problem;
///
/// assert_eq!(selector_problem("article .body > p"), None);
/// assert!(selector_problem("div[").is_some());
/// ```
#[must_use]
pub fn selector_problem(selector: &str) -> Option<String> {
    if selector.trim().is_empty() {
        return Some("the selector is empty".to_owned());
    }
    Matcher::new(selector)
        .is_err()
        .then(|| format!("`{selector}` is not a CSS selector"))
}

/// Text on one line: white space folded, control and invisible characters left out, so that a page can put nothing into a
/// mail header, a terminal or a log line.
pub(crate) fn line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    append(&mut line, text);
    line.truncate(line.trim_end().len());
    line
}

/// Adds `text` to a line, as [`line`] would have it, but for a space at the end.
fn append(line: &mut String, text: &str) {
    for letter in text.chars() {
        if letter.is_whitespace() || letter.is_control() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !is_invisible(letter) {
            line.push(letter);
        }
    }
}

/// The first bytes of a text, at most `most`, cut between characters.
fn beginning(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Soft hyphens, zero-width characters and marks that turn the direction of writing.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// So much text tells its language.
const LANGUAGE_SAMPLE_CHARS: usize = 4_000;

/// Fills in what follows from the text of a story.
fn complete(story: &mut Story) {
    bound::cut(&mut story.paragraphs);
    story.agency = agency::of(story);
    let mut text = String::new();
    for paragraph in &story.paragraphs {
        let room = LANGUAGE_SAMPLE_CHARS.saturating_sub(text.len());
        text.extend(paragraph.text.chars().take(room));
        text.push(' ');
    }
    // Many templates name the language of their makers; a text that is plainly in another one is believed.
    if story.language.is_unknown() {
        story.language = language::detect(&text);
    } else if let Some(certain) = language::certain(&text)
        && certain != story.language
    {
        story.language = certain;
    }
}

/// A news story as its reader sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Story {
    /// The title shown above the story.
    pub headline: String,
    /// The summary shown between headline and text, where the page marks one.
    pub standfirst: Option<String>,
    /// The authors, in the order of the page.
    pub byline: Vec<String>,
    /// The news agency named as a source of the text, such as `AFP`.
    pub agency: Option<String>,
    /// The name of the publication, such as `The Example Courier`.
    pub outlet: Option<String>,
    /// When the page says it was published.
    pub published: Option<Date>,
    /// When the page says it was last modified.
    pub modified: Option<Date>,
    /// The canonical address the page gives for itself.
    pub canonical: Option<String>,
    /// The language of the text.
    pub language: Language,
    /// The text, one entry for each paragraph, subheading, list item or caption.
    pub paragraphs: Vec<Paragraph>,
}

/// A story as it was read, and where on its page it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The story.
    pub story: Story,
    /// The element that held it; none where the watch names that, and where the page has no elements.
    pub container: Option<Container>,
}

impl Reading {
    /// A story of a page that has no elements.
    fn of(story: Story) -> Self {
        Self {
            story,
            container: None,
        }
    }
}

/// A date of a page: the words it uses and, where they are understood, the instant they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    /// As the page writes it.
    pub text: String,
    /// The instant, where the text gives one.
    pub at: Option<Timestamp>,
}

/// One block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// What the block is in the story.
    pub role: Role,
    /// Its text on one line, white space folded.
    pub text: String,
}

/// What a block of text is in its story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Running text.
    Body,
    /// A heading inside the story.
    Subheading,
    /// An entry of a list, a cell row of a table, an entry of a live blog.
    Item,
    /// Text under a picture.
    Caption,
    /// A correction, clarification or editor's note.
    Correction,
}

/// Where in a story a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The headline.
    Headline,
    /// The standfirst.
    Standfirst,
    /// The paragraph with this index, counted from 0.
    Paragraph(u32),
}

/// A piece of a story's text: bytes of one place, on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text it lies in.
    pub place: Place,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// A page as it was fetched.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The decoded body (after gzip and the like), in the page's own charset.
    pub bytes: &'a [u8],
    /// The value of the `Content-Type` header.
    pub content_type: Option<&'a str>,
    /// The address the page came from, after redirects.
    pub url: &'a str,
}

/// How a watch wants its pages read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// CSS selector of the element that holds the story; found by itself where there is none.
    pub include: Option<String>,
    /// CSS selectors of elements that are not the story.
    pub exclude: Vec<String>,
    /// The value that is the story, where the page is JSON.
    pub value: Option<json::Wanted>,
}

/// Why a page is not a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAStory {
    /// The kind of obstacle.
    pub why: Why,
    /// One sentence for the operator: what was seen and what to do.
    pub detail: String,
}

/// The kinds of obstacle between a fetch and a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// No text that could be a story.
    Empty,
    /// A consent or cookie wall.
    Consent,
    /// A captcha or bot check.
    Captcha,
    /// A login form.
    Login,
    /// A subscription wall.
    Paywall,
    /// A page that says "not found" with a good status: a soft 404.
    NotFound,
    /// The publisher withdrew the story and says so in its place.
    Withdrawn,
    /// An error or maintenance page.
    ErrorPage,
    /// A page built to exhaust its reader, refused before parsing.
    Hostile,
    /// A format that is not read.
    Format,
}

impl Story {
    /// A story of a headline and body paragraphs, for texts that do not come from a page.
    ///
    /// ```
    /// # use claimwatch::story::Story;
    /// let story = Story::from_text("Truce holds", &["The truce holds.", "Talks go on."]);
    /// assert_eq!(story.paragraphs.len(), 2);
    /// ```
    #[must_use]
    pub fn from_text<S: AsRef<str>>(headline: &str, paragraphs: &[S]) -> Self {
        let paragraphs = paragraphs
            .iter()
            .map(|text| Paragraph {
                role: Role::Body,
                text: text.as_ref().to_owned(),
            })
            .collect();
        Self {
            headline: headline.to_owned(),
            paragraphs,
            language: Language::new("en"),
            ..Self::default()
        }
    }

    /// The text at a place, or `None` where the story has no such place.
    #[must_use]
    pub fn text(&self, place: Place) -> Option<&str> {
        match place {
            Place::Headline => Some(&self.headline),
            Place::Standfirst => self.standfirst.as_deref(),
            Place::Paragraph(index) => self
                .paragraphs
                .get(index as usize)
                .map(|paragraph| paragraph.text.as_str()),
        }
    }

    /// The words of a span, or `None` where it does not fit this story.
    #[must_use]
    pub fn slice(&self, span: Span) -> Option<&str> {
        self.text(span.place)?
            .get(span.start as usize..span.end as usize)
    }

    /// Every place that holds text, in reading order.
    pub fn places(&self) -> impl Iterator<Item = (Place, &str)> {
        let headline =
            Some((Place::Headline, self.headline.as_str())).filter(|(_, text)| !text.is_empty());
        let standfirst = self
            .standfirst
            .as_deref()
            .map(|text| (Place::Standfirst, text));
        let paragraphs = (0u32..)
            .zip(&self.paragraphs)
            .map(|(index, p)| (Place::Paragraph(index), p.text.as_str()));
        headline.into_iter().chain(standfirst).chain(paragraphs)
    }
}

/// Helpers of this module's tests.
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod sample {
    use super::{NotAStory, Options, Page, Role, Story};

    /// Running text of three sentences, long enough to be a story.
    pub(super) const TEXT: &str = "<p>The ferry with 212 people on board ran aground off the northern coast on Monday, the coast guard said.</p>\
        <p>Two helicopters and four boats took part in the rescue, which lasted until the evening.</p>\
        <p>Nobody was hurt, according to the operator, but nine cars were lost.</p>";

    /// A page read without options.
    pub(super) fn try_read(html: &str) -> Result<Story, NotAStory> {
        read_with(html, &Options::default())
    }

    /// A page read with options.
    pub(super) fn read_with(html: &str, options: &Options) -> Result<Story, NotAStory> {
        let page = Page {
            bytes: html.as_bytes(),
            content_type: Some("text/html; charset=utf-8"),
            url: "https://news.example/a/1",
        };
        super::read(&page, options)
    }

    /// The story of a page that is one.
    pub(super) fn read(html: &str) -> Story {
        try_read(html).unwrap()
    }

    /// The texts of a role.
    pub(super) fn texts(story: &Story, role: Role) -> Vec<&str> {
        story
            .paragraphs
            .iter()
            .filter(|paragraph| paragraph.role == role)
            .map(|paragraph| paragraph.text.as_str())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_nothing_that_could_break_out_of_it() {
        assert_eq!(
            line(" one\r\nBcc: x\u{1b}[31m\u{202e}two \u{a0} three\u{200b} "),
            "one Bcc: x [31mtwo three"
        );
    }

    #[test]
    fn a_bad_selector_is_named() {
        assert_eq!(selector_problem("article > .body p:not(.ad)"), None);
        assert_eq!(
            selector_problem(" "),
            Some("the selector is empty".to_owned())
        );
        assert!(selector_problem("p:nth-child(").is_some());
    }

    #[test]
    fn a_text_plainly_in_another_language_overrules_the_page() {
        let german = "<html lang=en><h1>Fähre</h1><p>Die Fähre ist am Montag vor der Küste auf Grund gelaufen, und es wurden nach \
            Angaben der Küstenwache alle Menschen an Bord gerettet. Die Rettung dauerte bis in den Abend, weil der Wind nicht \
            nachließ und die Boote sich dem Schiff nicht nähern konnten. Der Betreiber will den Schaden nun von einem Taucher \
            prüfen lassen.</p>";

        assert_eq!(sample::read(german).language.as_str(), "de");
    }
}
