//! Cuts an outline into blocks: the pieces of text a reader sees as one paragraph, heading, list entry or table row.

use dom_query::{LocalName, local_name};

use super::names::{Purpose, Purposes};
use super::outline::{Kind, Outline};

/// A row of data is no longer than this.
const MAX_ROW_BYTES: usize = 300;

/// One piece of running text.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// The text on one line.
    pub text: String,
    /// Characters of it.
    pub chars: usize,
    /// Characters of it that are inside links.
    pub link_chars: usize,
    /// Characters of it in italics.
    pub slanted_chars: usize,
    /// The block element it stands in.
    pub node: u32,
    /// The first text node in it.
    pub first: u32,
    /// Table cells joined in it, beside the first.
    pub cells: u32,
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

/// The characters of a text, white space counted once.
pub(super) fn chars(text: &str) -> usize {
    text.split_whitespace()
        .map(|word| word.chars().count() + 1)
        .sum()
}

/// The blocks of everything below `root`, in reading order, without what `skipped` marks.
pub(super) fn cut(
    outline: &Outline,
    root: usize,
    skipped: &[bool],
    purposes: &[Purposes],
) -> Vec<Block> {
    let mut cutter = Cutter {
        outline,
        blocks: Vec::new(),
        open: None,
        inside: Vec::new(),
        after_break: false,
        in_data_row: false,
    };
    let mut at = root;
    let end = outline.nodes[root].end as usize;
    while at < end {
        cutter.leave_until(at);
        if skipped[at] {
            at = outline.nodes[at].end as usize;
            continue;
        }
        match &outline.nodes[at].kind {
            Kind::Text(_) => cutter.text(at),
            Kind::Element(element) if element.name == local_name!("br") => cutter.line_break(),
            Kind::Element(element) => {
                if element.name == local_name!("tr") {
                    cutter.in_data_row = is_data_row(outline, at);
                }
                // A caption is a text of its own even where it is only a span in the paragraph.
                let is_caption = purposes[at].contains(Purpose::Caption);
                cutter.enter(at, Inside::of(&element.name, is_caption), &element.name);
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
    Slanted,
    Inline,
}

impl Inside {
    fn of(name: &LocalName, is_caption: bool) -> Self {
        match *name {
            _ if is_caption || is_block(name) => Self::Block,
            local_name!("a") => Self::Link,
            local_name!("em") | local_name!("i") => Self::Slanted,
            _ => Self::Inline,
        }
    }
}

/// The state of cutting: the elements it is inside of, and the block it fills.
struct Cutter<'a> {
    outline: &'a Outline,
    blocks: Vec<Block>,
    open: Option<Block>,
    /// The enclosing elements: where they end, what they are, their index.
    inside: Vec<(usize, Inside, usize)>,
    /// Whether a line break stands between the open block and what follows.
    after_break: bool,
    /// Whether the last row begun holds data, not a part of the page's layout.
    in_data_row: bool,
}

impl Cutter<'_> {
    fn enter(&mut self, at: usize, inside: Inside, name: &LocalName) {
        let is_cell = matches!(*name, local_name!("td") | local_name!("th"));
        let inside = if is_cell && !self.in_data_row {
            Inside::Block
        } else {
            inside
        };
        if inside == Inside::Block {
            self.flush();
        }
        if let (true, Some(open)) = (is_cell, &mut self.open) {
            // "Dead: 12; injured: 30" reads as a sentence where "Dead 12 30" does not.
            let separator = match open.cells {
                0 if open.text.trim_end().ends_with(':') => " ",
                0 => ": ",
                _ => "; ",
            };
            open.text.truncate(open.text.trim_end().len());
            open.text.push_str(separator);
            open.cells += 1;
        }
        self.inside
            .push((self.outline.nodes[at].end as usize, inside, at));
    }

    fn leave_until(&mut self, at: usize) {
        while let Some((_, inside, _)) = self.inside.pop_if(|(end, ..)| *end <= at) {
            if inside == Inside::Block {
                self.flush();
            }
        }
    }

    fn text(&mut self, at: usize) {
        let text = self.outline.text(at);
        if text.trim().is_empty() {
            if let Some(open) = &mut self.open {
                super::append(&mut open.text, " ");
            }
            return;
        }
        if self.after_break
            && self
                .open
                .as_ref()
                .is_some_and(|open| !runs_on(&open.text, text))
        {
            self.flush();
        }
        self.after_break = false;
        let is_in = |what| self.inside.iter().any(|(_, inside, _)| *inside == what);
        let (linked, slanted) = (is_in(Inside::Link), is_in(Inside::Slanted));
        let node = self.block_around();
        let open = self.open.get_or_insert_with(|| Block {
            text: String::new(),
            chars: 0,
            link_chars: 0,
            slanted_chars: 0,
            node,
            first: u32::try_from(at).unwrap_or(u32::MAX),
            cells: 0,
        });
        super::append(&mut open.text, text);
        let chars = chars(text);
        open.chars += chars;
        open.link_chars += if linked { chars } else { 0 };
        open.slanted_chars += if slanted { chars } else { 0 };
    }

    /// The innermost enclosing element that stands on lines of its own.
    fn block_around(&self) -> u32 {
        let block = self
            .inside
            .iter()
            .rev()
            .find(|(_, inside, _)| *inside == Inside::Block);
        block
            .and_then(|(.., at)| u32::try_from(*at).ok())
            .unwrap_or_default()
    }

    fn line_break(&mut self) {
        if let Some(open) = &mut self.open {
            // The second of two breaks ends a paragraph whatever follows.
            if self.after_break {
                self.flush();
                return;
            }
            super::append(&mut open.text, " ");
            self.after_break = true;
        }
    }

    fn flush(&mut self) {
        self.after_break = false;
        if let Some(mut block) = self.open.take() {
            block.text.truncate(block.text.trim_end().len());
            block.text.shrink_to_fit();
            if !block.text.is_empty() {
                self.blocks.push(block);
            }
        }
    }
}

/// Whether a table row holds short texts side by side: a label and its values. Old pages lay out whole texts in rows.
fn is_data_row(outline: &Outline, row: usize) -> bool {
    let mut bytes = 0;
    for at in outline.below(row) {
        bytes += outline.text(at).trim().len();
        let holds_block = outline
            .element(at)
            .is_some_and(|element| is_block(&element.name));
        if holds_block || bytes > MAX_ROW_BYTES {
            return false;
        }
    }
    true
}

/// Whether a sentence runs on over a line break: nothing ended before it, and it goes on in small letters.
fn runs_on(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    let goes_on = after
        .trim_start()
        .chars()
        .next()
        .is_some_and(char::is_lowercase);
    goes_on && !ends_a_sentence(before) || before.ends_with(',')
}

#[cfg(test)]
mod tests {
    use super::super::Role;
    use super::super::sample::{TEXT, read, texts};
    use super::*;

    #[test]
    fn two_line_breaks_part_paragraphs_and_one_parts_sentences() {
        let page = format!(
            "<h1>Ferry</h1>{TEXT}<p>One sentence.<br>Another sentence.<br><br>a third<br>that runs on.</p>"
        );

        let story = read(&page);

        assert_eq!(
            texts(&story, Role::Body)[3..],
            [
                "One sentence.",
                "Another sentence.",
                "a third that runs on."
            ]
        );
    }

    #[test]
    fn the_cells_of_a_row_are_one_entry() {
        let page = format!(
            "<h1>Ferry</h1>{TEXT}<table><tr><th>Dead<td>12<tr><th>Injured:<td>30<td>4</table>"
        );

        assert_eq!(
            texts(&read(&page), Role::Item),
            ["Dead: 12", "Injured: 30; 4"]
        );
    }

    #[test]
    fn the_cells_of_a_layout_are_texts_of_their_own() {
        let page = format!(
            "<table><tr><td><a href=/>Home</a><td><h1>Ferry</h1>{TEXT}Text without a tag, but with a sentence.<td>Poll</table>"
        );

        let story = read(&page);

        assert_eq!(
            texts(&story, Role::Body)[3],
            "Text without a tag, but with a sentence."
        );
    }

    #[test]
    fn sentences_end_in_many_ways() {
        for text in ["Done.", "“Done.”", "Done!)", "完了。", "(Done.)"] {
            assert!(ends_a_sentence(text), "{text}");
        }
        assert!(!ends_a_sentence("Share"));
    }
}
