//! Cuts an outline into blocks: the pieces of text a reader sees as one paragraph, heading, list entry or table row.

use dom_query::{LocalName, local_name};

use super::outline::{Kind, Outline};

/// One piece of running text.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// The text on one line.
    pub text: String,
    /// Characters of it.
    pub chars: usize,
    /// Characters of it that are inside links.
    pub link_chars: usize,
    /// Characters of it that are emphasised (bold, italic).
    pub strong_chars: usize,
    /// The block element it stands in.
    pub node: u32,
    /// The first text node in it.
    pub first: u32,
}

impl Block {
    /// The share of the text that is linked, in percent.
    pub fn link_percent(&self) -> usize {
        self.link_chars * 100 / self.chars.max(1)
    }

    /// Whether it reads as prose: long enough, not mostly links.
    pub fn is_prose(&self) -> bool {
        let free = self.chars - self.link_chars.min(self.chars);
        free >= 70 && self.link_percent() < 50
            || free >= 30 && self.link_percent() < 30 && ends_a_sentence(&self.text)
    }
}

/// Whether a text ends as a sentence does.
pub(super) fn ends_a_sentence(text: &str) -> bool {
    let closing = ['"', '\'', '”', '’', '»', ')', ']', '“', '」', '』', ' '];
    let text = text.trim_end_matches(closing);
    text.ends_with(['.', '!', '?', '…', '。', '！', '？', ':', '।', '؟', '۔'])
}

/// Whether an element stands on lines of its own.
pub(super) fn is_block(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("address")
            | local_name!("article")
            | local_name!("aside")
            | local_name!("blockquote")
            | local_name!("body")
            | local_name!("caption")
            | local_name!("center")
            | local_name!("dd")
            | local_name!("details")
            | local_name!("dialog")
            | local_name!("dir")
            | local_name!("div")
            | local_name!("dl")
            | local_name!("dt")
            | local_name!("fieldset")
            | local_name!("figcaption")
            | local_name!("figure")
            | local_name!("footer")
            | local_name!("form")
            | local_name!("h1")
            | local_name!("h2")
            | local_name!("h3")
            | local_name!("h4")
            | local_name!("h5")
            | local_name!("h6")
            | local_name!("header")
            | local_name!("hgroup")
            | local_name!("hr")
            | local_name!("legend")
            | local_name!("li")
            | local_name!("main")
            | local_name!("menu")
            | local_name!("nav")
            | local_name!("ol")
            | local_name!("p")
            | local_name!("pre")
            | local_name!("section")
            | local_name!("summary")
            | local_name!("table")
            | local_name!("tbody")
            | local_name!("tfoot")
            | local_name!("thead")
            | local_name!("tr")
            | local_name!("ul")
    )
}

/// The blocks of everything below `root`, in reading order, without what `skipped` names.
pub(super) fn cut(outline: &Outline, root: usize, skipped: &[bool]) -> Vec<Block> {
    let mut cutter = Cutter {
        outline,
        blocks: Vec::new(),
        open: None,
    };
    let mut ends: Vec<(usize, Inside)> = Vec::new();
    let mut at = root;
    let end = outline.nodes[root].end as usize;
    while at < end {
        while let Some((_, inside)) = ends.pop_if(|(end, _)| *end <= at) {
            cutter.leave(inside);
        }
        if skipped[at] {
            at = outline.nodes[at].end as usize;
            continue;
        }
        match &outline.nodes[at].kind {
            Kind::Text(_) => cutter.text(at, &ends),
            Kind::Element(element) => {
                let inside = Inside::of(&element.name);
                if inside == Inside::Block {
                    cutter.flush();
                }
                if element.name == local_name!("br") {
                    cutter.line_break();
                } else {
                    cutter.space_between_cells(&element.name);
                    ends.push((outline.nodes[at].end as usize, inside));
                }
            }
        }
        at += 1;
    }
    cutter.flush();
    cutter.blocks
}

/// What the text inside an element is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Block,
    Link,
    Strong,
    Inline,
}

impl Inside {
    fn of(name: &LocalName) -> Self {
        match *name {
            local_name!("a") => Self::Link,
            local_name!("b") | local_name!("strong") | local_name!("em") | local_name!("i") => {
                Self::Strong
            }
            _ if is_block(name) => Self::Block,
            _ => Self::Inline,
        }
    }
}

struct Cutter<'a> {
    outline: &'a Outline,
    blocks: Vec<Block>,
    open: Option<Open>,
}

/// A block that is still being filled, white space not yet folded.
struct Open {
    block: Block,
    /// Line breaks since the last text.
    breaks: usize,
}

impl Cutter<'_> {
    fn text(&mut self, at: usize, ends: &[(usize, Inside)]) {
        let text = self.outline.text(at);
        if text.trim().is_empty() {
            if let Some(open) = &mut self.open {
                open.block.text.push(' ');
            }
            return;
        }
        if self.open.as_ref().is_some_and(|open| open.breaks > 1) {
            self.flush();
        }
        let node = self.block_of(at);
        let open = self.open.get_or_insert_with(|| Open {
            block: Block {
                text: String::new(),
                chars: 0,
                link_chars: 0,
                strong_chars: 0,
                node,
                first: u32::try_from(at).unwrap_or(u32::MAX),
            },
            breaks: 0,
        });
        open.breaks = 0;
        open.block.text.push_str(text);
        let chars = text
            .split_whitespace()
            .map(|word| word.chars().count() + 1)
            .sum::<usize>();
        let inside = |what| ends.iter().any(|(_, inside)| *inside == what);
        if inside(Inside::Link) {
            open.block.link_chars += chars;
        }
        if inside(Inside::Strong) {
            open.block.strong_chars += chars;
        }
        open.block.chars += chars;
    }

    fn block_of(&self, at: usize) -> u32 {
        let block = self.outline.ancestors(at).find(|node| {
            self.outline
                .element(*node)
                .is_some_and(|element| is_block(&element.name))
        });
        block
            .and_then(|node| u32::try_from(node).ok())
            .unwrap_or_default()
    }

    fn line_break(&mut self) {
        if let Some(open) = &mut self.open {
            open.breaks += 1;
            open.block.text.push(' ');
        }
    }

    /// Cells of a row are told apart by a space, labels from their values by the colon the writer left out.
    fn space_between_cells(&mut self, name: &LocalName) {
        let is_cell = matches!(*name, local_name!("td") | local_name!("th"));
        if let (true, Some(open)) = (is_cell, &mut self.open) {
            open.block.text.push(' ');
        }
    }

    fn leave(&mut self, inside: Inside) {
        if inside == Inside::Block {
            self.flush();
        }
    }

    fn flush(&mut self) {
        if let Some(Open { mut block, .. }) = self.open.take() {
            block.text = super::line(&block.text);
            if !block.text.is_empty() {
                self.blocks.push(block);
            }
        }
    }
}
