//! The parsed page as one flat list in reading order, which every later step walks without recursion.
//!
//! A node knows where its descendants end, so "everything inside" is a range. The walk also collects what the head says
//! (titles, meta, JSON-LD), so the page is gone through once.

use std::ops::Range;

use dom_query::{Document, LocalName, Matcher, NodeData, NodeId, Tree, TreeNode, local_name};

/// JSON-LD longer than this is not read; real blocks have some kilobytes.
const MAX_JSON_LD_BYTES: usize = 512 * 1024;

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
    /// Every element and text below `body`, and `body` itself first.
    pub nodes: Vec<Node>,
    /// What the head says.
    pub head: Head,
    in_body: bool,
    texts: String,
    hints: String,
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
    /// Each `<time>`: its `datetime` (or `content`), its `itemprop` and classes.
    pub times: Vec<(String, String)>,
    /// Whether there is a field for a password.
    pub asks_password: bool,
    /// Whether a captcha is embedded.
    pub has_captcha: bool,
    /// Elements with `itemprop=author` or `rel=author`, as node indices.
    pub authors: Vec<u32>,
}

impl Outline {
    /// The page as a list; `include` and `exclude` mark what they match.
    pub fn of(document: &Document, include: Option<&Matcher>, exclude: &[Matcher]) -> Self {
        let mut outline = Self::default();
        let marks = Marks::of(document, include, exclude);
        outline.walk(document, &marks);
        outline
    }

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

    /// `itemprop` and `itemtype` of an element, in lower case.
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

    /// All text below a node on one line.
    pub fn text_below(&self, index: usize) -> String {
        let mut all = String::new();
        for at in index..self.nodes[index].end as usize {
            all.push_str(self.text(at));
            all.push(' ');
        }
        super::line(&all)
    }

    /// Walks the tree without recursion: a hostile page may be as deep as its guard allows, on any thread's stack.
    fn walk(&mut self, document: &Document, marks: &Marks) {
        let tree = &document.tree;
        let mut open: Vec<usize> = Vec::new();
        let mut next = Some(document.root().id);
        while let Some(id) = next {
            let step = tree.query_node(&id, |node| {
                let visit = self.visit(tree, node, &open, marks);
                (visit, node.first_child, node.next_sibling)
            });
            let Some((visit, child, sibling)) = step else {
                break;
            };
            if let (Visit::Into(index), Some(child)) = (visit, child) {
                open.push(index);
                next = Some(child);
                continue;
            }
            if let Visit::Into(index) = visit {
                self.finish(index);
            }
            next = sibling;
            let mut up = id;
            while next.is_none() {
                let Some(parent) = tree.query_node(&up, |node| node.parent).flatten() else {
                    break;
                };
                if let Some(index) = open.pop() {
                    self.finish(index);
                }
                up = parent;
                next = tree.query_node(&up, |node| node.next_sibling).flatten();
            }
        }
        for index in open {
            self.finish(index);
        }
    }

    /// Ends the node at an index here; the document and the head have no node of their own.
    fn finish(&mut self, index: usize) {
        let end = index_u32(self.nodes.len());
        if let Some(node) = self.nodes.get_mut(index) {
            node.end = end;
        }
    }

    fn visit(&mut self, tree: &Tree, node: &TreeNode, open: &[usize], marks: &Marks) -> Visit {
        match &node.data {
            NodeData::Text { contents } if self.in_body => {
                let start = index_u32(self.texts.len());
                self.texts.push_str(contents);
                let end = index_u32(self.texts.len());
                self.push(open, Kind::Text(start..end));
                Visit::Past
            }
            NodeData::Element(element) => self.visit_element(tree, node, element, open, marks),
            NodeData::Document | NodeData::Fragment => Visit::Into(NOWHERE),
            NodeData::Text { .. }
            | NodeData::Doctype { .. }
            | NodeData::Comment { .. }
            | NodeData::ProcessingInstruction { .. } => Visit::Past,
        }
    }

    fn visit_element(
        &mut self,
        tree: &Tree,
        node: &TreeNode,
        element: &dom_query::Element,
        open: &[usize],
        marks: &Marks,
    ) -> Visit {
        let attribute = |name: &str| {
            element
                .attrs
                .iter()
                .find(|attr| &*attr.name.local == name)
                .map(|attr| &*attr.value)
        };
        match element.name.local {
            local_name!("html") => {
                self.head.language = attribute("lang")
                    .or(attribute("xml:lang"))
                    .map(str::to_owned);
                return Visit::Into(NOWHERE);
            }
            local_name!("body") | local_name!("frameset") => self.in_body = true,
            local_name!("title") if !self.in_body => {
                self.head.title = first_text(tree, node);
                return Visit::Past;
            }
            local_name!("meta") => self.head.add_meta(&attribute),
            local_name!("link") => self.head.add_link(&attribute),
            local_name!("style") | local_name!("template") | local_name!("noscript") => {
                return Visit::Past;
            }
            local_name!("script") => {
                if attribute("src").is_some_and(|src| src.contains("captcha")) {
                    self.head.has_captcha = true;
                }
                let is_json_ld = attribute("type").is_some_and(|kind| kind.contains("ld+json"));
                if is_json_ld {
                    self.head.json_ld.push(first_text(tree, node));
                }
                return Visit::Past;
            }
            _ => {}
        }
        if !self.in_body {
            return Visit::Into(NOWHERE);
        }
        let index = self.push_element(node, element, open, marks, &attribute);
        Visit::Into(index)
    }

    fn push_element<'a>(
        &mut self,
        node: &TreeNode,
        element: &dom_query::Element,
        open: &[usize],
        marks: &Marks,
        attribute: &impl Fn(&str) -> Option<&'a str>,
    ) -> usize {
        let hints = self.collect(HINTS, attribute);
        let item = self.collect(&["itemprop", "itemtype"], attribute);
        let name = element.name.local.clone();
        if name == local_name!("input") && attribute("type") == Some("password") {
            self.head.asks_password = true;
        }
        let index = self.nodes.len();
        if name == local_name!("time") || name == local_name!("meta") {
            let value = attribute("datetime").or(attribute("content"));
            let purpose = self.hints[hints.start as usize..item.end as usize].to_ascii_lowercase();
            self.head
                .times
                .push((value.unwrap_or_default().to_owned(), purpose));
        }
        let is_author = attribute("rel").is_some_and(|rel| rel.contains("author"))
            || self.hints[item.start as usize..item.end as usize].contains("author");
        if is_author {
            self.head.authors.push(index_u32(index));
        }
        let kind = Element {
            hidden: is_hidden(attribute),
            included: marks.include.contains(&node.id),
            excluded: marks.exclude.contains(&node.id),
            name,
            hints,
            item,
        };
        self.push(open, Kind::Element(kind));
        index
    }

    /// Adds the values of the named attributes to the hints.
    fn collect<'a>(
        &mut self,
        names: &[&str],
        attribute: &impl Fn(&str) -> Option<&'a str>,
    ) -> Range<u32> {
        let start = index_u32(self.hints.len());
        for value in names.iter().filter_map(|name| attribute(name)) {
            // A class attribute of a megabyte says no more than its beginning.
            let cut = value.len().min(500);
            let cut = (0..=cut)
                .rev()
                .find(|at| value.is_char_boundary(*at))
                .unwrap_or(0);
            self.hints.push_str(&value[..cut]);
            self.hints.push(' ');
        }
        start..index_u32(self.hints.len())
    }

    fn push(&mut self, open: &[usize], kind: Kind) {
        let index = index_u32(self.nodes.len());
        let parent = open.iter().rev().find(|at| **at != NOWHERE);
        self.nodes.push(Node {
            parent: parent.map_or(index, |at| index_u32(*at)),
            end: index + 1,
            kind,
        });
    }
}

/// The attributes in which pages say what an element is for.
const HINTS: &[&str] = &[
    "class",
    "id",
    "role",
    "data-component",
    "data-testid",
    "data-test",
    "data-type",
    "data-module",
    "aria-label",
];

/// The index of a node that is walked but not kept.
const NOWHERE: usize = usize::MAX;

#[derive(Clone, Copy)]
enum Visit {
    Into(usize),
    Past,
}

/// The elements matched by the selectors of the watch.
struct Marks {
    include: Vec<NodeId>,
    exclude: Vec<NodeId>,
}

impl Marks {
    fn of(document: &Document, include: Option<&Matcher>, exclude: &[Matcher]) -> Self {
        let matches = |matcher: &Matcher| -> Vec<NodeId> {
            let selection = document.select_matcher(matcher);
            selection.nodes().iter().map(|node| node.id).collect()
        };
        Self {
            include: include.map(&matches).unwrap_or_default(),
            exclude: exclude.iter().flat_map(&matches).collect(),
        }
    }
}

impl Head {
    fn add_meta<'a>(&mut self, attribute: &impl Fn(&str) -> Option<&'a str>) {
        let name = attribute("property")
            .or(attribute("name"))
            .or(attribute("itemprop"));
        if let (Some(name), Some(content)) = (name, attribute("content")) {
            self.meta
                .push((name.trim().to_ascii_lowercase(), content.to_owned()));
        }
    }

    fn add_link<'a>(&mut self, attribute: &impl Fn(&str) -> Option<&'a str>) {
        let is_canonical =
            attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
        if is_canonical && self.canonical.is_none() {
            self.canonical = attribute("href").map(|href| href.trim().to_owned());
        }
    }
}

/// The text of the first child, which is all there is in a script or a title.
fn first_text(tree: &Tree, node: &TreeNode) -> String {
    let text = node.first_child.and_then(|child| {
        tree.query_node(&child, |node| match &node.data {
            NodeData::Text { contents } if contents.len() <= MAX_JSON_LD_BYTES => {
                Some(contents.to_string())
            }
            _ => None,
        })
    });
    text.flatten().unwrap_or_default()
}

/// Whether an element's own attributes hide it.
fn is_hidden<'a>(attribute: &impl Fn(&str) -> Option<&'a str>) -> bool {
    attribute("hidden").is_some_and(|value| value != "until-found")
        || attribute("aria-hidden") == Some("true")
        || attribute("style").is_some_and(|style| {
            let style = style.replace(' ', "").to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

/// Indices fit: the guard refuses pages far below four gigabytes.
fn index_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
