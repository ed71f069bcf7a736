//! The parsed page as one flat list in reading order, which every later step walks without recursion.
//!
//! A node knows where its descendants end, so "everything inside" is a range of indices.

use std::ops::Range;

use dom_query::LocalName;

/// No heading, summary or name is longer.
const MAX_SHORT_TEXT_BYTES: usize = 4 * 1024;

/// An element or a text of the page.
#[derive(Debug)]
pub(super) struct Node {
    /// The index of the parent, its own for the root.
    pub parent: u32,
    /// The index after the last descendant.
    pub end: u32,
    /// What it is.
    pub kind: Kind,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Kind {
    /// A text, as a range of the outline's texts.
    Text(Range<u32>),
    /// An element.
    Element(Element),
}

/// An element: its name, and what its attributes tell of its purpose.
#[derive(Debug)]
pub(super) struct Element {
    /// The tag name.
    pub name: LocalName,
    /// `class`, `id`, `role` and their like, as a range of the outline's hints.
    pub hints: Range<u32>,
    /// `itemprop` and `itemtype`, as a range of the outline's hints.
    pub item: Range<u32>,
    /// Whether the page hides it.
    pub hidden: bool,
    /// Whether it is matched by the watch's `include`.
    pub included: bool,
    /// Whether it is matched by one of the watch's `exclude`.
    pub excluded: bool,
}

/// The page in reading order, and what its head says.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Every element and text of the body, and `body` itself first.
    pub nodes: Vec<Node>,
    /// What the head says.
    pub head: Head,
    /// All texts in a row.
    pub texts: String,
    /// All attribute values that tell of purposes in a row.
    pub hints: String,
}

/// What a page says about itself outside its visible text.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The language of the page.
    pub language: Option<String>,
    /// The text of `<title>`.
    pub title: String,
    /// The `name`, `property` or `itemprop` of each `<meta>`, in lower case, and its content.
    pub meta: Vec<(String, String)>,
    /// The canonical address.
    pub canonical: Option<String>,
    /// The JSON-LD blocks.
    pub json_ld: Vec<String>,
    /// Each `<time>`: its value, and what its attributes say in lower case.
    pub times: Vec<(String, String)>,
    /// Whether there is a field for a password.
    pub asks_password: bool,
    /// Whether a captcha is embedded.
    pub has_captcha: bool,
    /// Elements that name an author, as node indices.
    pub authors: Vec<u32>,
}

impl Outline {
    /// The text of a text node, empty for an element.
    pub fn text(&self, index: usize) -> &str {
        match &self.nodes[index].kind {
            Kind::Text(range) => &self.texts[range.start as usize..range.end as usize],
            Kind::Element(_) => "",
        }
    }

    /// The element at an index, if it is one.
    pub fn element(&self, index: usize) -> Option<&Element> {
        match &self.nodes[index].kind {
            Kind::Element(element) => Some(element),
            Kind::Text(_) => None,
        }
    }

    /// `class`, `id`, `role` and their like of an element, separated by spaces.
    pub fn hints(&self, element: &Element) -> &str {
        &self.hints[element.hints.start as usize..element.hints.end as usize]
    }

    /// `itemprop` and `itemtype` of an element.
    pub fn item(&self, element: &Element) -> &str {
        &self.hints[element.item.start as usize..element.item.end as usize]
    }

    /// Everything below a node, as a range of indices.
    pub fn below(&self, index: usize) -> Range<usize> {
        index + 1..self.nodes[index].end as usize
    }

    /// The node and its ancestors, innermost first.
    pub fn ancestors(&self, index: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(index), |at| {
            let parent = self.nodes[*at].parent as usize;
            (parent != *at).then_some(parent)
        })
    }

    /// The indices of the direct children of a node.
    pub fn children(&self, index: usize) -> impl Iterator<Item = usize> {
        let below = self.below(index);
        let end = below.end;
        std::iter::successors((below.start < end).then_some(below.start), move |child| {
            let next = self.nodes[*child].end as usize;
            (next < end).then_some(next)
        })
    }

    /// The text below a node on one line, as far as a heading or a name may go.
    pub fn text_below(&self, index: usize) -> String {
        let mut all = String::new();
        for at in index..self.nodes[index].end as usize {
            super::append(
                &mut all,
                super::beginning(self.text(at), MAX_SHORT_TEXT_BYTES),
            );
            super::append(&mut all, " ");
            if all.len() > MAX_SHORT_TEXT_BYTES {
                break;
            }
        }
        super::line(&all)
    }
}
