//! Goes through the parsed page once and writes down its outline: elements, texts, and what the head says.

use std::collections::BTreeSet;

use dom_query::{Document, LocalName, Matcher, NodeData, NodeId, Tree, TreeNode, local_name};

use super::beginning;
use super::bound::MAX_PAGE_TEXT_BYTES;
use super::outline::{Element, Head, Kind, Node, Outline};

/// More authors are not looked at.
const MAX_AUTHORS: usize = 32;
/// JSON-LD longer than this is not read; real blocks have some kilobytes.
const MAX_JSON_LD_BYTES: usize = 512 * 1024;
/// A class attribute of a megabyte says no more than its beginning.
const MAX_HINT_BYTES: usize = 500;

/// The outline of a page; `include` and `exclude` mark the elements they match.
pub(super) fn outline(
    document: &Document,
    include: Option<&Matcher>,
    exclude: &[Matcher],
) -> Outline {
    let matches = |matcher: &Matcher| -> Vec<NodeId> {
        let selection = document.select_matcher(matcher);
        selection.nodes().iter().map(|node| node.id).collect()
    };
    let mut walk = Walk {
        tree: &document.tree,
        outline: Outline::default(),
        open: Vec::new(),
        in_body: false,
        include: include
            .map(matches)
            .unwrap_or_default()
            .into_iter()
            .collect(),
        exclude: exclude.iter().flat_map(matches).collect(),
    };
    walk.run(document.root().id);
    walk.outline
}

/// The walk through the tree. It does not recurse: a hostile page may be as deep as the guard allows, on any stack.
struct Walk<'a> {
    tree: &'a Tree,
    outline: Outline,
    /// The indices of the elements it is inside of, nothing for those that are not kept.
    open: Vec<Option<usize>>,
    in_body: bool,
    include: BTreeSet<NodeId>,
    exclude: BTreeSet<NodeId>,
}

/// What to do with a node.
enum Visit {
    /// Go on to its children; the index of its entry, if it has one.
    Into(Option<usize>),
    /// Leave its children out.
    Past,
}

/// The attributes of an element that are looked at.
#[derive(Default)]
struct Attributes<'a> {
    /// What says what the element is for.
    hints: Vec<&'a str>,
    item: Vec<&'a str>,
    name: Option<&'a str>,
    content: Option<&'a str>,
    value: Option<&'a str>,
    rel: Option<&'a str>,
    href: Option<&'a str>,
    src: Option<&'a str>,
    kind: Option<&'a str>,
    language: Option<&'a str>,
    hidden: bool,
}

impl<'a> Attributes<'a> {
    fn of(element: &'a dom_query::Element) -> Self {
        let mut found = Self::default();
        for attribute in &element.attrs {
            found.add(&attribute.name.local, &attribute.value);
        }
        found
    }

    fn add(&mut self, name: &str, value: &'a str) {
        match name {
            "class" | "id" | "role" | "data-component" | "data-testid" | "data-test"
            | "data-type" | "data-module" | "aria-label" => self.hints.push(value),
            "itemprop" => {
                self.item.push(value);
                self.name = self.name.or(Some(value));
            }
            "itemtype" => self.item.push(value),
            "property" => self.name = Some(value),
            "name" => self.name = self.name.or(Some(value)),
            "content" => self.content = Some(value),
            "datetime" => self.value = Some(value),
            "rel" => self.rel = Some(value),
            "href" => self.href = Some(value),
            "src" => self.src = Some(value),
            "type" => self.kind = Some(value),
            "lang" | "xml:lang" => self.language = self.language.or(Some(value)),
            "hidden" => self.hidden |= value != "until-found",
            "aria-hidden" => self.hidden |= value == "true",
            "style" => self.hidden |= hides(value),
            _ => {}
        }
    }
}

/// Whether a style makes its element invisible.
fn hides(style: &str) -> bool {
    let style: String = style
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .take(MAX_HINT_BYTES)
        .collect();
    let style = style.to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

impl Walk<'_> {
    fn run(&mut self, root: NodeId) {
        let tree = self.tree;
        let mut next = Some(root);
        while let Some(id) = next {
            let step = tree.query_node(&id, |node| {
                (self.visit(node), node.first_child, node.next_sibling)
            });
            let Some((visit, child, sibling)) = step else {
                break;
            };
            next = match (visit, child) {
                (Visit::Into(index), Some(child)) => {
                    self.open.push(index);
                    Some(child)
                }
                _ => sibling.or_else(|| self.climb(id)),
            };
        }
        while let Some(index) = self.open.pop() {
            self.finish(index);
        }
    }

    /// Leaves finished elements until one has a next sibling.
    fn climb(&mut self, from: NodeId) -> Option<NodeId> {
        let mut at = from;
        loop {
            at = self.tree.query_node(&at, |node| node.parent).flatten()?;
            let index = self.open.pop()?;
            self.finish(index);
            if let Some(sibling) = self
                .tree
                .query_node(&at, |node| node.next_sibling)
                .flatten()
            {
                return Some(sibling);
            }
        }
    }

    fn finish(&mut self, index: Option<usize>) {
        let end = index_u32(self.outline.nodes.len());
        if let Some(node) = index.and_then(|index| self.outline.nodes.get_mut(index)) {
            node.end = end;
        }
    }

    fn visit(&mut self, node: &TreeNode) -> Visit {
        match &node.data {
            NodeData::Text { contents } if self.in_body => {
                let start = index_u32(self.outline.texts.len());
                let room = MAX_PAGE_TEXT_BYTES.saturating_sub(self.outline.texts.len());
                self.outline.texts.push_str(beginning(contents, room));
                let end = index_u32(self.outline.texts.len());
                self.push(Kind::Text(start..end));
                Visit::Past
            }
            NodeData::Element(element) => self.visit_element(node, element),
            NodeData::Document | NodeData::Fragment => Visit::Into(None),
            NodeData::Text { .. }
            | NodeData::Doctype { .. }
            | NodeData::Comment { .. }
            | NodeData::ProcessingInstruction { .. } => Visit::Past,
        }
    }

    fn visit_element(&mut self, node: &TreeNode, element: &dom_query::Element) -> Visit {
        let attributes = Attributes::of(element);
        let head = &mut self.outline.head;
        match element.name.local {
            local_name!("html") => head.language = attributes.language.map(str::to_owned),
            local_name!("body") | local_name!("frameset") => self.in_body = true,
            local_name!("title") if !self.in_body => {
                head.title = first_text(self.tree, node);
                return Visit::Past;
            }
            local_name!("meta") => head.add_meta(&attributes),
            local_name!("link") => head.add_link(&attributes),
            local_name!("style") | local_name!("template") | local_name!("noscript") => {
                return Visit::Past;
            }
            local_name!("script") => {
                head.has_captcha |= attributes.src.is_some_and(|src| src.contains("captcha"));
                if attributes.kind.is_some_and(|kind| kind.contains("ld+json")) {
                    head.json_ld.push(first_text(self.tree, node));
                }
                return Visit::Past;
            }
            _ => {}
        }
        if !self.in_body {
            return Visit::Into(None);
        }
        Visit::Into(Some(self.push_element(
            node.id,
            &element.name.local,
            &attributes,
        )))
    }

    fn push_element(&mut self, id: NodeId, name: &LocalName, attributes: &Attributes<'_>) -> usize {
        let index = self.outline.nodes.len();
        let hints = self.keep(&attributes.hints);
        let item = self.keep(&attributes.item);
        let hints_and_item = &self.outline.hints[hints.start as usize..item.end as usize];
        let head = &mut self.outline.head;
        let is_field = *name == local_name!("input");
        head.asks_password |= is_field
            && attributes
                .kind
                .is_some_and(|kind| kind.eq_ignore_ascii_case("password"));
        head.has_captcha |= hints_and_item.contains("captcha");
        if *name == local_name!("time") || *name == local_name!("meta") {
            let value = attributes.value.or(attributes.content).unwrap_or_default();
            head.times
                .push((value.to_owned(), hints_and_item.to_ascii_lowercase()));
        }
        let is_author = attributes.rel.is_some_and(|rel| rel.contains("author"))
            || attributes.item.iter().any(|item| item.contains("author"));
        if is_author && head.authors.len() < MAX_AUTHORS {
            head.authors.push(index_u32(index));
        }
        self.push(Kind::Element(Element {
            name: name.clone(),
            hints,
            item,
            hidden: attributes.hidden,
            included: self.include.contains(&id),
            excluded: self.exclude.contains(&id),
        }));
        index
    }

    /// Keeps values among the hints of the outline.
    fn keep(&mut self, values: &[&str]) -> std::ops::Range<u32> {
        let start = index_u32(self.outline.hints.len());
        for value in values {
            self.outline
                .hints
                .push_str(beginning(value, MAX_HINT_BYTES));
            self.outline.hints.push(' ');
        }
        start..index_u32(self.outline.hints.len())
    }

    fn push(&mut self, kind: Kind) {
        let index = index_u32(self.outline.nodes.len());
        let parent = self.open.iter().rev().find_map(|at| *at);
        self.outline.nodes.push(Node {
            parent: parent.map_or(index, index_u32),
            end: index + 1,
            kind,
        });
    }
}

impl Head {
    fn add_meta(&mut self, attributes: &Attributes<'_>) {
        if let (Some(name), Some(content)) = (attributes.name, attributes.content) {
            self.meta
                .push((name.trim().to_ascii_lowercase(), content.to_owned()));
        }
    }

    fn add_link(&mut self, attributes: &Attributes<'_>) {
        let is_canonical = attributes
            .rel
            .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
        if is_canonical && self.canonical.is_none() {
            self.canonical = attributes.href.map(|href| href.trim().to_owned());
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

/// Indices fit: the guard refuses pages far below four gigabytes.
fn index_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
