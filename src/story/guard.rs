//! Refuses pages that are built to exhaust their reader, before any parser sees them.
//!
//! An HTML parser may build a tree far larger than its page: elements nest without end, unclosed formatting is opened
//! again in every paragraph, one tag carries a hundred thousand attributes. This scan takes time in proportion to the
//! page and follows just enough of the parser's rules to know an upper bound of what the tree would be.

use std::hash::{DefaultHasher, Hash, Hasher};

use memchr::{memchr, memmem};

use super::tags::{
    BLOCK, CELL, EXCLUSIVE, FOREIGN, FORMATTING, INLINE, ITEM, LIST, OPTION, PARAGRAPH, RAW, ROW,
    ROWS, TABLE, TERM, Tag, VOID,
};

/// The largest page that is read. The largest of 1,301 measured news pages has 1.6 MiB.
pub const MAX_PAGE_BYTES: usize = 8 * 1024 * 1024;
/// The longest tag, attributes included. The longest measured one has 315 KB (a picture in its `src`).
pub const MAX_TAG_BYTES: usize = 1024 * 1024;
/// The most attributes of one tag. The most measured is 70.
pub const MAX_TAG_ATTRIBUTES: usize = 512;
/// The deepest nesting of elements. The deepest measured page has 51.
pub const MAX_DEPTH_ELEMENTS: usize = 256;
/// The most elements of a page, each of which costs some hundred bytes in the tree.
pub const MAX_ELEMENTS: usize = 50_000;
/// The most formatting elements left open at once, each of which is opened again in every later block.
pub const MAX_OPEN_FORMATTING_ELEMENTS: usize = 64;
/// The most elements that unclosed formatting may add to the tree.
pub const MAX_REOPENED_ELEMENTS: usize = 50_000;
/// The most attributes of the whole page.
pub const MAX_ATTRIBUTES: usize = 400_000;
/// The most `<`, `&` and zero bytes of a page, each of which may cost the parser a note of an error.
pub const MAX_MARKS: usize = 500_000;

/// Why `html` must not be parsed, or nothing where it is safe.
///
/// # Errors
/// One sentence that names the limit the page exceeds.
///
/// ```
/// use claimwatch::story::guard;
///
/// assert!(guard::check("<p>The truce holds.</p>").is_ok());
/// assert!(guard::check(&"<div>".repeat(1_000)).unwrap_err().contains("nests"));
/// ```
pub fn check(html: &str) -> Result<(), String> {
    if html.len() > MAX_PAGE_BYTES {
        let limit = MAX_PAGE_BYTES / (1024 * 1024);
        return Err(format!("the page is larger than {limit} MiB"));
    }
    let marks = || {
        let bytes = html.bytes();
        bytes.filter(|byte| matches!(byte, b'<' | b'&' | 0)).count()
    };
    // Nearly every page is shorter than that and need not be counted.
    if html.len() > MAX_MARKS && marks() > MAX_MARKS {
        return Err(format!(
            "the page has more than {MAX_MARKS} tags and entities"
        ));
    }
    Scan::new(html.as_bytes()).run()
}

/// What is open at one point of the page.
struct Scan<'a> {
    page: &'a [u8],
    at: usize,
    open: Vec<Tag<'a>>,
    formatting: Vec<(Tag<'a>, u64)>,
    elements: usize,
    reopened: usize,
    attributes: usize,
}

impl<'a> Scan<'a> {
    fn new(page: &'a [u8]) -> Self {
        Self {
            page,
            at: 0,
            open: Vec::new(),
            formatting: Vec::new(),
            elements: 0,
            reopened: 0,
            attributes: 0,
        }
    }

    fn run(mut self) -> Result<(), String> {
        while let Some(step) = memchr(b'<', &self.page[self.at..]) {
            self.at += step + 1;
            match self.page.get(self.at) {
                Some(b'!') => self.skip_comment(),
                Some(b'/') => self.end_tag()?,
                Some(byte) if byte.is_ascii_alphabetic() => self.start_tag()?,
                _ => {}
            }
        }
        Ok(())
    }

    fn skip_comment(&mut self) {
        let rest = &self.page[self.at..];
        let length = if rest.starts_with(b"!--") {
            // `<!-->` and `<!--->` are whole comments.
            memmem::find(&rest[1..], b"-->").map(|at| at + 4)
        } else {
            memchr(b'>', rest).map(|at| at + 1)
        };
        self.at = length.map_or(self.page.len(), |length| self.at + length);
    }

    fn end_tag(&mut self) -> Result<(), String> {
        self.at += 1;
        let tag = self.tag();
        self.skip_attributes()?;
        if tag.is(FORMATTING) {
            self.close_formatting(tag);
        } else {
            self.close(tag);
        }
        Ok(())
    }

    fn start_tag(&mut self) -> Result<(), String> {
        let start = self.at;
        let tag = self.tag();
        let closes_itself = self.skip_attributes()?;
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            return Err(format!("the page has more than {MAX_ELEMENTS} elements"));
        }
        if tag.is(VOID) {
            return Ok(());
        }
        if tag.is(RAW) {
            self.skip_raw(tag);
            return Ok(());
        }
        self.imply_ends(tag);
        if closes_itself && (self.is_foreign() || tag.is(FOREIGN)) {
            return Ok(());
        }
        if tag.is(FORMATTING) {
            self.open_formatting(tag, &self.page[start..self.at])?;
        } else {
            self.reopened += self.formatting.len();
            if self.reopened > MAX_REOPENED_ELEMENTS {
                return Err(
                    "the page leaves formatting tags open that multiply its elements".to_owned(),
                );
            }
        }
        self.open.push(tag);
        if self.open.len() > MAX_DEPTH_ELEMENTS {
            return Err(format!(
                "the page nests elements deeper than {MAX_DEPTH_ELEMENTS}"
            ));
        }
        Ok(())
    }

    /// The tag at this place; moves behind its name.
    fn tag(&mut self) -> Tag<'a> {
        let rest = &self.page[self.at..];
        let end = rest
            .iter()
            .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
            .unwrap_or(rest.len());
        self.at += end;
        Tag::of(&rest[..end])
    }

    /// Moves behind the `>` of a tag; whether it ends in `/>`.
    fn skip_attributes(&mut self) -> Result<bool, String> {
        let start = self.at;
        let mut count = 0;
        let mut slash = false;
        while let Some(byte) = self.page.get(self.at).copied() {
            if self.at - start > MAX_TAG_BYTES {
                return Err(format!(
                    "a tag is longer than {} MiB",
                    MAX_TAG_BYTES / (1024 * 1024)
                ));
            }
            match byte {
                b'>' => {
                    self.at += 1;
                    break;
                }
                b'/' => {
                    slash = true;
                    self.at += 1;
                }
                byte if byte.is_ascii_whitespace() => self.at += 1,
                _ => {
                    slash = false;
                    count += 1;
                    self.skip_attribute();
                }
            }
            if count > MAX_TAG_ATTRIBUTES {
                return Err(format!(
                    "a tag has more than {MAX_TAG_ATTRIBUTES} attributes"
                ));
            }
        }
        if self.at - start > MAX_TAG_BYTES {
            return Err(format!(
                "a tag is longer than {} MiB",
                MAX_TAG_BYTES / (1024 * 1024)
            ));
        }
        self.attributes += count;
        if self.attributes > MAX_ATTRIBUTES {
            return Err(format!(
                "the page has more than {MAX_ATTRIBUTES} attributes"
            ));
        }
        Ok(slash)
    }

    /// Moves behind one attribute, quoted values whole.
    fn skip_attribute(&mut self) {
        // The first byte belongs to the name even if it is `=`.
        self.at += 1;
        self.skip_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'>' | b'/' | b'='));
        let after_name = self.at;
        self.skip_while(|byte| byte.is_ascii_whitespace());
        if self.page.get(self.at) != Some(&b'=') {
            self.at = after_name;
            return;
        }
        self.at += 1;
        self.skip_while(|byte| byte.is_ascii_whitespace());
        match self.page.get(self.at).copied() {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                let length = memchr(quote, &self.page[self.at..]).map(|length| length + 1);
                self.at = length.map_or(self.page.len(), |length| self.at + length);
            }
            _ => self.skip_while(|byte| !byte.is_ascii_whitespace() && byte != b'>'),
        }
    }

    fn skip_while(&mut self, keep: impl Fn(u8) -> bool) {
        let rest = &self.page[self.at..];
        let length = rest.iter().position(|byte| !keep(*byte));
        self.at += length.unwrap_or(rest.len());
    }

    /// Moves behind the end tag of an element whose content is text.
    fn skip_raw(&mut self, tag: Tag<'a>) {
        let length = tag.name.len();
        while let Some(step) = memmem::find(&self.page[self.at..], b"</") {
            self.at += step + 2;
            let rest = &self.page[self.at..];
            let is_end = rest
                .get(..length)
                .is_some_and(|name| name.eq_ignore_ascii_case(tag.name))
                && rest
                    .get(length)
                    .is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
            if is_end {
                self.skip_while(|byte| byte != b'>');
                return;
            }
        }
        self.at = self.page.len();
    }

    fn is_foreign(&self) -> bool {
        self.open.iter().rev().take(8).any(|tag| tag.is(FOREIGN))
    }

    /// Closes what the start tag closes without saying so.
    fn imply_ends(&mut self, tag: Tag<'a>) {
        if tag.is(BLOCK) {
            self.close_within(PARAGRAPH, TABLE | CELL);
        }
        match () {
            () if tag.is(EXCLUSIVE) => self.close_formatting(tag),
            () if tag.is(ITEM) => self.close_within(ITEM, LIST | TABLE | CELL),
            () if tag.is(TERM) => self.close_within(TERM, LIST | TABLE | CELL),
            () if tag.is(OPTION) => self.close_within(OPTION, LIST),
            () if tag.is(CELL) => self.close_within(CELL, ROW | TABLE),
            () if tag.is(ROW) => self.close_within(ROW, ROWS | TABLE),
            () if tag.is(ROWS) => self.close_within(ROWS, TABLE),
            () => {}
        }
    }

    /// Closes the innermost of `ended`, with all inside it, unless one of `barrier` stands between.
    fn close_within(&mut self, ended: u16, barrier: u16) {
        let found = self.open.iter().rposition(|tag| tag.is(ended | barrier));
        if let Some(index) = found.filter(|index| self.open[*index].is(ended)) {
            self.open.truncate(index);
        }
    }

    fn close(&mut self, tag: Tag<'a>) {
        for index in (0..self.open.len()).rev() {
            let open = self.open[index];
            if open == tag {
                self.open.truncate(index);
                return;
            }
            // An end tag in a table cell cannot close what stands outside the table, an inline one no block.
            let reaches_through = if tag.is(INLINE) {
                open.is(INLINE)
            } else {
                !open.is(CELL) || tag.is(TABLE | ROWS | ROW | CELL)
            };
            if !reaches_through {
                return;
            }
        }
    }

    fn close_formatting(&mut self, tag: Tag<'a>) {
        if let Some(index) = self.formatting.iter().rposition(|(open, _)| *open == tag) {
            self.formatting.remove(index);
        }
        if let Some(index) = self.open.iter().rposition(|open| *open == tag) {
            self.open.remove(index);
        }
    }

    fn open_formatting(&mut self, tag: Tag<'a>, text: &[u8]) -> Result<(), String> {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let hash = hasher.finish();
        // The standard keeps at most three alike ("Noah's Ark").
        let alike = self
            .formatting
            .iter()
            .filter(|(_, other)| *other == hash)
            .count();
        let first = self.formatting.iter().position(|(_, other)| *other == hash);
        if let Some(first) = first.filter(|_| alike >= 3) {
            self.formatting.remove(first);
        }
        self.formatting.push((tag, hash));
        if self.formatting.len() > MAX_OPEN_FORMATTING_ELEMENTS {
            return Err(format!(
                "the page leaves more than {MAX_OPEN_FORMATTING_ELEMENTS} formatting tags open"
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn sloppy_but_honest_pages_pass() {
        let unclosed = "<ul>".to_owned() + &"<li>One<p>Two<p>Three".repeat(3_000) + "</ul>";
        let rows = "<table>".to_owned() + &"<tr><td>a<td>b".repeat(3_000) + "</table>";
        let void = "<p>line<br><img src=x><input>".repeat(3_000);
        let crossed = "<p><b>bold <i>both</b> slanted</i></p>".repeat(3_000);
        let script = "<script>if (a < b) { s = '<div>'.repeat(999) }</script>".repeat(900);

        for page in [unclosed, rows, void, crossed, script] {
            assert_eq!(check(&page), Ok(()));
        }
    }

    #[test]
    fn nesting_without_end_is_refused() {
        for tag in [
            "div",
            "span",
            "b",
            "ul><li",
            "table><tr><td",
            "select",
            "blockquote",
        ] {
            let page = format!("<{tag}>").repeat(20_000);

            assert!(check(&page).is_err(), "{tag}");
        }
    }

    #[test]
    fn formatting_that_is_opened_again_and_again_is_refused() {
        let distinct = (0..60)
            .map(|n| format!("<font size={n}>"))
            .collect::<Vec<_>>()
            .concat();
        let page = distinct + &"<div>x</div>".repeat(20_000);

        assert!(check(&page).unwrap_err().contains("formatting"));
        // Alike ones are reopened three times at most.
        assert_eq!(check(&"<b><i><p>".repeat(5_000)), Ok(()));
    }

    #[test]
    fn floods_of_attributes_and_elements_are_refused() {
        let attributes = (0..1_000)
            .map(|n| format!(" a{n}=1"))
            .collect::<Vec<_>>()
            .concat();

        assert!(
            check(&format!("<div{attributes}>"))
                .unwrap_err()
                .contains("attributes")
        );
        assert!(
            check(&"<div>a</div>".repeat(200_000))
                .unwrap_err()
                .contains("elements")
        );
        assert!(
            check(&format!("<div class=\"{}\">", "a ".repeat(700_000)))
                .unwrap_err()
                .contains("tag")
        );
        assert!(
            check(&"a".repeat(MAX_PAGE_BYTES + 1))
                .unwrap_err()
                .contains("larger")
        );
    }

    #[test]
    fn comments_and_quoted_markup_count_for_nothing() {
        let page = format!("<!-- {0} --><p title='{0}'>x</p>", "<div>".repeat(5_000));

        assert_eq!(check(&page), Ok(()));
    }
}
