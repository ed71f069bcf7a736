//! What is known of every element of a page before the story is looked for: its purpose by name, and how much prose, text
//! and linked text stands in it.

use std::collections::{BTreeMap, HashMap};

use dom_query::{LocalName, local_name};

use super::blocks::{self, Block};
use super::correction;
use super::names::{self, Purpose, Purposes};
use super::outline::{Kind, Outline};
use super::remembered;

/// Walls say what they are in their first words; more of the visible text is not kept.
const MAX_VISIBLE_BYTES: usize = 8 * 1024;
/// An element that is hidden and holds more of the page than this share is shown by a script, in percent.
const HIDDEN_PERCENT: usize = 60;
/// More corrections are not gathered from outside the story's text.
const MAX_CORRECTIONS: usize = 20;
/// More headings are not compared with the title.
const MAX_HEADINGS: usize = 500;

/// The facts of a page, an entry for each node of its outline.
pub(super) struct Survey<'a> {
    /// The page.
    pub outline: &'a Outline,
    /// What the names of each element say.
    pub purposes: Vec<Purposes>,
    /// What no reader sees.
    pub unseen: Vec<bool>,
    /// Every correction on the page, wherever it stands.
    pub corrections: Vec<String>,
    /// The beginning of all a reader sees, a block a line.
    pub visible: String,
    /// The prose a reader sees: the first node of each block, and its hash.
    pub lines: Vec<(u32, u32)>,
    /// The element of the title.
    pub title: Option<usize>,
    /// The elements that hold paragraphs of prose directly: how many, and their characters.
    pub paragraph_parents: BTreeMap<usize, (usize, usize)>,
    prose: Totals,
    texts: Totals,
    links: Totals,
}

/// Sums over ranges of nodes: entry `n` is the sum of all nodes before `n`.
#[derive(Debug, Default)]
pub(super) struct Totals(Vec<usize>);

impl Totals {
    /// Of single values, one a node.
    pub fn of(values: &[usize]) -> Self {
        let mut sums = Vec::with_capacity(values.len() + 1);
        let mut sum = 0;
        sums.push(sum);
        for value in values {
            sum += value;
            sums.push(sum);
        }
        Self(sums)
    }

    /// The sum in an element with all it holds.
    pub fn within(&self, outline: &Outline, at: usize) -> usize {
        self.0[outline.nodes[at].end as usize] - self.0[at]
    }
}

/// The prose of blocks, counted where each begins.
pub(super) fn prose_of(outline: &Outline, blocks: &[Block]) -> Totals {
    let mut prose = vec![0; outline.nodes.len()];
    for block in blocks.iter().filter(|block| block.is_prose()) {
        prose[block.first as usize] += block.chars.saturating_sub(block.link_chars);
    }
    Totals::of(&prose)
}

impl<'a> Survey<'a> {
    /// The facts of `outline`, whose story is headed `headline`.
    pub fn of(outline: &'a Outline, headline: &str) -> Self {
        let count = outline.nodes.len();
        let purposes = purposes_of_all(outline);
        let bytes: Vec<usize> = (0..count).map(|at| outline.text(at).trim().len()).collect();
        let bytes = Totals::of(&bytes);
        // What hides most of the page is taken off by a script.
        let hides_most =
            |at: usize| bytes.within(outline, at) * 100 > bytes.within(outline, 0) * HIDDEN_PERCENT;
        let unseen: Vec<bool> = (0..count)
            .map(|at| {
                is_unseen(outline, at, purposes[at])
                    && (is_excluded(outline, at) || !hides_most(at))
            })
            .collect();
        let blocks = blocks::cut(outline, 0, &unseen, &purposes);
        let prose = prose_of(outline, &blocks);
        let (texts, links) = lengths(outline, &unseen);
        Self {
            corrections: corrections(outline, &blocks, &purposes),
            visible: beginning(&blocks),
            lines: lines(&blocks),
            title: title_element(outline, headline),
            paragraph_parents: paragraph_parents(outline, &blocks),
            outline,
            purposes,
            unseen,
            prose,
            texts,
            links,
        }
    }

    /// Characters of prose in an element.
    pub fn prose(&self, at: usize) -> usize {
        self.prose.within(self.outline, at)
    }

    /// Characters of visible text in an element.
    pub fn text(&self, at: usize) -> usize {
        self.texts.within(self.outline, at)
    }

    /// The share of an element's text that is linked, in percent.
    pub fn link_percent(&self, at: usize) -> usize {
        self.links.within(self.outline, at) * 100 / self.text(at).max(1)
    }

    /// Whether the page's markup names an element as the text of its story.
    pub fn is_article_body(&self, at: usize) -> bool {
        self.outline
            .element(at)
            .is_some_and(|element| self.outline.item(element).contains("articleBody"))
    }
}

/// Whether the watch excludes an element.
fn is_excluded(outline: &Outline, at: usize) -> bool {
    outline.element(at).is_some_and(|element| element.excluded)
}

/// The elements that hold paragraphs of prose directly.
fn paragraph_parents(outline: &Outline, blocks: &[Block]) -> BTreeMap<usize, (usize, usize)> {
    let mut parents: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for block in blocks.iter().filter(|block| block.is_prose()) {
        let node = block.node as usize;
        if outline
            .element(node)
            .is_some_and(|element| element.name == local_name!("p"))
        {
            let sums = parents
                .entry(outline.nodes[node].parent as usize)
                .or_default();
            sums.0 += 1;
            sums.1 += block.chars.saturating_sub(block.link_chars);
        }
    }
    parents
}

/// What the names of each element say. The same class comes again and again, so what it says is remembered.
fn purposes_of_all(outline: &Outline) -> Vec<Purposes> {
    let mut known: HashMap<&str, Purposes> = HashMap::new();
    let mut all = Vec::with_capacity(outline.nodes.len());
    for at in 0..outline.nodes.len() {
        let Some(element) = outline.element(at) else {
            all.push(Purposes::default());
            continue;
        };
        let hints = outline.hints(element);
        let mut found = *known.entry(hints).or_insert_with(|| names::purposes(hints));
        names::add_item(outline.item(element), &mut found);
        all.push(found);
    }
    all
}

/// The corrections among the blocks, except in what readers write.
fn corrections(outline: &Outline, blocks: &[Block], purposes: &[Purposes]) -> Vec<String> {
    let is_readers = |block: &Block| {
        outline
            .ancestors(block.first as usize)
            .any(|at| purposes[at].contains(Purpose::Never))
    };
    blocks
        .iter()
        .filter(|block| {
            block.link_percent() < 30 && correction::is_notice(&block.text) && !is_readers(block)
        })
        .map(|block| block.text.clone())
        .take(MAX_CORRECTIONS)
        .collect()
}

/// The prose among the blocks, as it is remembered.
fn lines(blocks: &[Block]) -> Vec<(u32, u32)> {
    let prose = blocks.iter().filter(|block| block.is_prose());
    prose
        .map(|block| (block.first, remembered::hash(&block.text)))
        .collect()
}

/// The texts of the first blocks, as far as they are looked at.
fn beginning(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        text.push_str(&block.text);
        text.push('\n');
        if text.len() > MAX_VISIBLE_BYTES {
            break;
        }
    }
    text
}

/// Whether no reader sees this element, or it never holds a story's text.
fn is_unseen(outline: &Outline, at: usize, purposes: Purposes) -> bool {
    let Some(element) = outline.element(at) else {
        return false;
    };
    element.hidden
        || element.excluded
        || purposes.contains(Purpose::Unseen)
        || matches!(
            element.name,
            local_name!("audio")
                | local_name!("button")
                | local_name!("canvas")
                | local_name!("datalist")
                | local_name!("embed")
                | local_name!("iframe")
                | local_name!("input")
                | local_name!("map")
                | local_name!("object")
                | local_name!("option")
                | local_name!("progress")
                | local_name!("select")
                | local_name!("svg")
                | local_name!("textarea")
                | local_name!("video")
        )
}

/// Characters of visible text and of linked text.
fn lengths(outline: &Outline, unseen: &[bool]) -> (Totals, Totals) {
    let count = outline.nodes.len();
    let (mut texts, mut links) = (vec![0; count], vec![0; count]);
    let (mut hidden_until, mut link_until) = (0, 0);
    for at in 0..count {
        if at < hidden_until {
            continue;
        }
        match &outline.nodes[at].kind {
            _ if unseen[at] => hidden_until = outline.nodes[at].end as usize,
            Kind::Element(element) if element.name == local_name!("a") => {
                link_until = link_until.max(outline.nodes[at].end as usize);
            }
            Kind::Element(_) => {}
            Kind::Text(_) => {
                let chars = blocks::chars(outline.text(at));
                texts[at] = chars;
                links[at] = if at < link_until { chars } else { 0 };
            }
        }
    }
    (Totals::of(&texts), Totals::of(&links))
}

/// The element of the title: the heading that says it, or else the first of the first level.
fn title_element(outline: &Outline, headline: &str) -> Option<usize> {
    let headings: Vec<usize> = (0..outline.nodes.len())
        .filter(|at| {
            outline
                .element(*at)
                .is_some_and(|element| is_heading(&element.name))
        })
        .take(MAX_HEADINGS)
        .collect();
    let said = headings
        .iter()
        .find(|at| outline.text_below(**at) == headline);
    let is_first_level = |at: &&usize| {
        outline
            .element(**at)
            .is_some_and(|element| element.name == local_name!("h1"))
    };
    said.or_else(|| headings.iter().find(is_first_level))
        .copied()
}

fn is_heading(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("h1") | local_name!("h2") | local_name!("h3")
    )
}
