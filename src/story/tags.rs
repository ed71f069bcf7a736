//! The tags of HTML as its parser treats them: which have no content, which end others, which are opened again.

/// A tag by its name, as the parser treats it.
#[derive(Clone, Copy)]
pub(super) struct Tag<'a> {
    /// Its name as written.
    pub name: &'a [u8],
    kind: u16,
}

impl<'a> Tag<'a> {
    /// The tag with this name.
    pub fn of(name: &'a [u8]) -> Self {
        if name.len() > MAX_KNOWN_BYTES {
            return Self { name, kind: 0 };
        }
        let known = KEYS.binary_search(&key(name));
        Self {
            name,
            kind: known.map_or(0, |at| KINDS[at].1),
        }
    }

    /// Whether it is of one of these kinds.
    pub fn is(self, kinds: u16) -> bool {
        self.kind & kinds != 0
    }
}

impl PartialEq for Tag<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.name.eq_ignore_ascii_case(other.name)
    }
}

/// Has no content and no end tag.
pub(super) const VOID: u16 = 1;
/// Its content is text.
pub(super) const RAW: u16 = 1 << 1;
/// Left open, it is opened again in the next block.
pub(super) const FORMATTING: u16 = 1 << 2;
/// Inline: its end tag does not reach through a block.
pub(super) const INLINE: u16 = 1 << 3;
/// Its start tag ends an open paragraph.
pub(super) const BLOCK: u16 = 1 << 4;
/// Its start tag ends an open element of the same kind.
pub(super) const PARAGRAPH: u16 = 1 << 5;
pub(super) const ITEM: u16 = 1 << 6;
pub(super) const TERM: u16 = 1 << 7;
pub(super) const OPTION: u16 = 1 << 8;
pub(super) const CELL: u16 = 1 << 9;
pub(super) const ROW: u16 = 1 << 10;
pub(super) const ROWS: u16 = 1 << 11;
pub(super) const TABLE: u16 = 1 << 12;
/// Holds items, terms or options, and keeps them from ending those outside it.
pub(super) const LIST: u16 = 1 << 13;
/// SVG or `MathML`, in which `/>` closes.
pub(super) const FOREIGN: u16 = 1 << 14;
/// Its start tag ends an open one with the same name.
pub(super) const EXCLUSIVE: u16 = 1 << 15;

/// The longest name among [`KINDS`].
const MAX_KNOWN_BYTES: usize = 10;

/// The names of [`KINDS`] as numbers, which are compared at once.
const KEYS: [u128; KINDS.len()] = {
    let mut keys = [0; KINDS.len()];
    let mut at = 0;
    while at < keys.len() {
        keys[at] = key(KINDS[at].0.as_bytes());
        at += 1;
    }
    keys
};

/// A name as a number of the same order, whatever its case.
const fn key(name: &[u8]) -> u128 {
    let mut key = 0;
    let mut at = 0;
    while at < MAX_KNOWN_BYTES {
        let letter = if at < name.len() { name[at] } else { 0 };
        key = key << 8 | letter.to_ascii_lowercase() as u128;
        at += 1;
    }
    key
}

/// The tags with rules of their own. Sorted.
const KINDS: &[(&str, u16)] = &[
    ("a", FORMATTING | INLINE | EXCLUSIVE),
    ("abbr", INLINE),
    ("address", BLOCK),
    ("area", VOID),
    ("article", BLOCK),
    ("aside", BLOCK),
    ("audio", INLINE),
    ("b", FORMATTING | INLINE),
    ("base", VOID),
    ("basefont", VOID),
    ("bdi", INLINE),
    ("bdo", INLINE),
    ("bgsound", VOID),
    ("big", FORMATTING | INLINE),
    ("blockquote", BLOCK),
    ("br", VOID),
    ("canvas", INLINE),
    ("caption", CELL),
    ("center", BLOCK),
    ("cite", INLINE),
    ("code", FORMATTING | INLINE),
    ("col", VOID),
    ("data", INLINE),
    ("datalist", LIST),
    ("dd", BLOCK | TERM),
    ("del", INLINE),
    ("details", BLOCK),
    ("dfn", INLINE),
    ("dialog", BLOCK),
    ("dir", BLOCK | LIST),
    ("div", BLOCK),
    ("dl", BLOCK | LIST),
    ("dt", BLOCK | TERM),
    ("em", FORMATTING | INLINE),
    ("embed", VOID),
    ("fieldset", BLOCK),
    ("figcaption", BLOCK),
    ("figure", BLOCK),
    ("font", FORMATTING | INLINE),
    ("footer", BLOCK),
    ("form", BLOCK),
    ("frame", VOID),
    ("h1", BLOCK),
    ("h2", BLOCK),
    ("h3", BLOCK),
    ("h4", BLOCK),
    ("h5", BLOCK),
    ("h6", BLOCK),
    ("header", BLOCK),
    ("hgroup", BLOCK),
    ("hr", VOID | BLOCK),
    ("i", FORMATTING | INLINE),
    ("iframe", RAW),
    ("image", VOID),
    ("img", VOID),
    ("input", VOID),
    ("ins", INLINE),
    ("kbd", INLINE),
    ("keygen", VOID),
    ("label", INLINE),
    ("li", BLOCK | ITEM),
    ("link", VOID),
    ("main", BLOCK),
    ("map", INLINE),
    ("mark", INLINE),
    ("math", FOREIGN),
    ("menu", BLOCK | LIST),
    ("meta", VOID),
    ("nav", BLOCK),
    ("nobr", FORMATTING | INLINE | EXCLUSIVE),
    ("noembed", RAW),
    ("noframes", RAW),
    ("ol", BLOCK | LIST),
    ("optgroup", LIST),
    ("option", OPTION),
    ("output", INLINE),
    ("p", BLOCK | PARAGRAPH),
    ("param", VOID),
    ("picture", INLINE),
    ("pre", BLOCK),
    ("q", INLINE),
    ("s", FORMATTING | INLINE),
    ("samp", INLINE),
    ("script", RAW),
    ("search", BLOCK),
    ("section", BLOCK),
    ("select", LIST),
    ("small", FORMATTING | INLINE),
    ("source", VOID),
    ("span", INLINE),
    ("strike", FORMATTING | INLINE),
    ("strong", FORMATTING | INLINE),
    ("style", RAW),
    ("sub", INLINE),
    ("summary", BLOCK),
    ("sup", INLINE),
    ("svg", FOREIGN),
    ("table", BLOCK | TABLE),
    ("tbody", ROWS),
    ("td", CELL),
    ("textarea", RAW),
    ("tfoot", ROWS),
    ("th", CELL),
    ("thead", ROWS),
    ("time", INLINE),
    ("title", RAW),
    ("tr", ROW),
    ("track", VOID),
    ("tt", FORMATTING | INLINE),
    ("u", FORMATTING | INLINE),
    ("ul", BLOCK | LIST),
    ("var", INLINE),
    ("video", INLINE),
    ("wbr", VOID),
    ("xmp", RAW),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_found_in_any_case() {
        assert!(KINDS.is_sorted_by(|one, other| one.0 < other.0));
        assert!(Tag::of(b"BR").is(VOID));
        assert!(Tag::of(b"blockquote").is(BLOCK));
        assert!(!Tag::of(b"blockquoted").is(BLOCK));
        assert!(
            KINDS
                .iter()
                .all(|(name, kind)| Tag::of(name.as_bytes()).kind == *kind)
        );
    }
}
