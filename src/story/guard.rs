//! Refuses pages that are built to exhaust their reader, before any parser sees them.
//!
//! An HTML parser may build a tree far larger than its page: elements nest without end, unclosed formatting is opened
//! again in every paragraph, one tag carries a hundred thousand attributes. This scan takes time in proportion to the
//! page and follows just enough of the parser's rules to know an upper bound of what the tree would be.

use std::hash::{DefaultHasher, Hash, Hasher};

/// The largest page that is read. The largest of 1,301 measured news pages has 1.6 MiB.
pub const MAX_PAGE_BYTES: usize = 8 * 1024 * 1024;
/// The longest tag, attributes included. The longest measured one has 315 KB (a picture in its `src`).
pub const MAX_TAG_BYTES: usize = 1024 * 1024;
/// The most attributes of one tag. The most measured is 70.
pub const MAX_TAG_ATTRIBUTES: usize = 512;
/// The deepest nesting of elements. The deepest measured page has 51.
pub const MAX_DEPTH_ELEMENTS: usize = 256;
/// The most elements of a page, each of which costs some hundred bytes in the tree.
pub const MAX_ELEMENTS: usize = 100_000;
/// The most formatting elements left open at once, each of which is opened again in every later block.
pub const MAX_OPEN_FORMATTING_ELEMENTS: usize = 64;
/// The most elements that unclosed formatting may add to the tree.
pub const MAX_REOPENED_ELEMENTS: usize = 100_000;
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
    let marks = html
        .bytes()
        .filter(|byte| matches!(byte, b'<' | b'&' | 0))
        .count();
    if marks > MAX_MARKS {
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
    open: Vec<Name<'a>>,
    formatting: Vec<(Name<'a>, u64)>,
    elements: usize,
    reopened: usize,
    attributes: usize,
}

/// A tag name as written; compared without letter case.
#[derive(Clone, Copy)]
struct Name<'a>(&'a [u8]);

impl Name<'_> {
    fn is(self, other: &str) -> bool {
        self.0.eq_ignore_ascii_case(other.as_bytes())
    }

    fn is_one_of(self, names: &[&str]) -> bool {
        names.iter().any(|name| self.is(name))
    }
}

impl PartialEq for Name<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "frame", "keygen", "basefont", "bgsound", "image",
];
const RAW: &[&str] = &[
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
];
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Inline elements whose end tag does not reach through a block.
const INLINE: &[&str] = &[
    "span", "label", "abbr", "cite", "q", "sub", "sup", "time", "mark", "kbd", "samp", "var",
    "del", "ins", "bdi", "bdo", "dfn", "data", "output", "picture", "video", "audio", "canvas",
    "map",
];
const CLOSES_PARAGRAPH: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dd",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "ul",
];

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
        while let Some(step) = self.page[self.at..].iter().position(|byte| *byte == b'<') {
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
            find(&rest[1..], b"-->").map(|at| at + 4)
        } else {
            rest.iter().position(|byte| *byte == b'>').map(|at| at + 1)
        };
        self.at = length.map_or(self.page.len(), |length| self.at + length);
    }

    fn end_tag(&mut self) -> Result<(), String> {
        self.at += 1;
        let name = self.name();
        self.skip_attributes()?;
        if name.is_one_of(FORMATTING) {
            self.close_formatting(name);
        } else {
            self.close(name);
        }
        Ok(())
    }

    fn start_tag(&mut self) -> Result<(), String> {
        let start = self.at;
        let name = self.name();
        let closes_itself = self.skip_attributes()?;
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            return Err(format!("the page has more than {MAX_ELEMENTS} elements"));
        }
        if name.is_one_of(VOID) {
            return Ok(());
        }
        if name.is_one_of(RAW) {
            self.skip_raw(name);
            return Ok(());
        }
        self.imply_ends(name);
        if closes_itself && (self.is_foreign() || name.is("svg") || name.is("math")) {
            return Ok(());
        }
        if name.is_one_of(FORMATTING) {
            self.open_formatting(name, &self.page[start..self.at])?;
        } else {
            self.reopened += self.formatting.len();
            if self.reopened > MAX_REOPENED_ELEMENTS {
                return Err(
                    "the page leaves formatting tags open that multiply its elements".to_owned(),
                );
            }
        }
        self.open.push(name);
        if self.open.len() > MAX_DEPTH_ELEMENTS {
            return Err(format!(
                "the page nests elements deeper than {MAX_DEPTH_ELEMENTS}"
            ));
        }
        Ok(())
    }

    /// The tag name at this place, and moves behind it.
    fn name(&mut self) -> Name<'a> {
        let rest = &self.page[self.at..];
        let end = rest
            .iter()
            .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
            .unwrap_or(rest.len());
        self.at += end;
        Name(&rest[..end])
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
                self.skip_while(|byte| byte != quote);
                self.at = (self.at + 1).min(self.page.len());
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
    fn skip_raw(&mut self, name: Name<'a>) {
        while let Some(step) = find(&self.page[self.at..], b"</") {
            self.at += step + 2;
            let rest = &self.page[self.at..];
            let is_end = rest
                .get(..name.0.len())
                .is_some_and(|found| Name(found) == name)
                && rest
                    .get(name.0.len())
                    .is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
            if is_end {
                self.skip_while(|byte| byte != b'>');
                return;
            }
        }
        self.at = self.page.len();
    }

    fn is_foreign(&self) -> bool {
        self.open
            .iter()
            .rev()
            .take(8)
            .any(|name| name.is("svg") || name.is("math"))
    }

    /// Closes what the start tag `name` closes without saying so.
    fn imply_ends(&mut self, name: Name<'a>) {
        if name.is_one_of(CLOSES_PARAGRAPH) {
            self.close_within(
                &["p"],
                &["button", "table", "td", "th", "caption", "object"],
            );
        }
        let (ended, barrier): (&[&str], &[&str]) = match () {
            () if name.is("li") => (&["li"], &["ul", "ol", "menu", "table", "td"]),
            () if name.is("dd") || name.is("dt") => (&["dd", "dt"], &["dl", "table", "td"]),
            () if name.is("option") => (&["option"], &["select", "optgroup", "datalist"]),
            () if name.is("td") || name.is("th") => (&["td", "th"], &["tr", "table"]),
            () if name.is("tr") => (&["tr"], &["tbody", "thead", "tfoot", "table"]),
            () if name.is_one_of(&["tbody", "thead", "tfoot"]) => {
                (&["tbody", "thead", "tfoot"], &["table"])
            }
            () if name.is("a") || name.is("nobr") => {
                self.close_formatting(name);
                return;
            }
            () => return,
        };
        self.close_within(ended, barrier);
    }

    /// Closes the innermost of `ended`, with all inside it, unless one of `barrier` stands between.
    fn close_within(&mut self, ended: &[&str], barrier: &[&str]) {
        for index in (0..self.open.len()).rev() {
            let name = self.open[index];
            if name.is_one_of(ended) {
                self.open.truncate(index);
                return;
            }
            if name.is_one_of(barrier) {
                return;
            }
        }
    }

    fn close(&mut self, name: Name<'a>) {
        for index in (0..self.open.len()).rev() {
            let open = self.open[index];
            if open == name {
                self.open.truncate(index);
                return;
            }
            let is_inline = open.is_one_of(INLINE) || open.is_one_of(FORMATTING);
            if name.is_one_of(INLINE) && !is_inline {
                return;
            }
            // An end tag inside a table cell cannot close what stands outside the table.
            if open.is_one_of(&["td", "th", "caption"])
                && !name.is_one_of(&["table", "tr", "tbody", "td", "th"])
            {
                return;
            }
        }
    }

    fn close_formatting(&mut self, name: Name<'a>) {
        if let Some(index) = self.formatting.iter().rposition(|(open, _)| *open == name) {
            self.formatting.remove(index);
        }
        if let Some(index) = self.open.iter().rposition(|open| *open == name) {
            self.open.remove(index);
        }
    }

    fn open_formatting(&mut self, name: Name<'a>, tag: &[u8]) -> Result<(), String> {
        let mut hasher = DefaultHasher::new();
        tag.hash(&mut hasher);
        let hash = hasher.finish();
        // The standard keeps at most three alike ("Noah's Ark").
        let alike = || self.formatting.iter().filter(|(_, other)| *other == hash);
        if alike().count() >= 3
            && let Some(first) = self.formatting.iter().position(|(_, other)| *other == hash)
        {
            self.formatting.remove(first);
        }
        self.formatting.push((name, hash));
        if self.formatting.len() > MAX_OPEN_FORMATTING_ELEMENTS {
            return Err(format!(
                "the page leaves more than {MAX_OPEN_FORMATTING_ELEMENTS} formatting tags open"
            ));
        }
        Ok(())
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let first = needle[0];
    let mut from = 0;
    while let Some(step) = haystack[from..].iter().position(|byte| *byte == first) {
        let at = from + step;
        if haystack[at..].starts_with(needle) {
            return Some(at);
        }
        from = at + 1;
    }
    None
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
        let distinct: String = (0..60).map(|n| format!("<font size={n}>")).collect();
        let page = distinct + &"<div>x</div>".repeat(20_000);

        assert!(check(&page).unwrap_err().contains("formatting"));
        // Alike ones are reopened three times at most.
        assert_eq!(check(&"<b><i><p>".repeat(5_000)), Ok(()));
    }

    #[test]
    fn floods_of_attributes_and_elements_are_refused() {
        let attributes: String = (0..1_000).map(|n| format!(" a{n}=1")).collect();

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
