//! What web components show stands in trees of its own beside the page. A browser writes them down as templates, which no
//! reader of HTML looks into; here they become part of the page, as they are on the screen. What a component wraps stands behind
//! what it shows.

use memchr::{memchr, memmem};

/// How the browser marks such a tree.
const MARK: &str = "shadowrootmode=";
/// Elements whose text is no HTML, however it looks.
const RAW: [&str; 7] = [
    "script", "style", "noscript", "iframe", "xmp", "noembed", "noframes",
];

/// The page with those trees opened. `html` is as a browser writes it: names in small letters, values in quotation marks.
pub(super) fn opened(html: String) -> String {
    if !html.contains(MARK) {
        return html;
    }
    let mut page = String::with_capacity(html.len());
    let mut rest = html.as_str();
    // For each template that is open, whether it is one of those trees.
    let mut open = Vec::new();
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        page.push_str(&rest[..at]);
        rest = &rest[at..];
        let (tag, behind) = rest.split_at(end_of_tag(rest));
        rest = behind;
        match name(tag) {
            "template" => {
                let is_tree = tag.contains(MARK);
                open.push(is_tree);
                page.push_str(if is_tree { "<div>" } else { tag });
            }
            "/template" => {
                let is_tree = open.pop().unwrap_or(false);
                page.push_str(if is_tree { "</div>" } else { tag });
            }
            name if RAW.contains(&name) => {
                let end = memmem::find(rest.as_bytes(), format!("</{name}").as_bytes());
                let (text, behind) = rest.split_at(end.unwrap_or(rest.len()));
                page.push_str(tag);
                page.push_str(text);
                rest = behind;
            }
            _ => page.push_str(tag),
        }
    }
    page.push_str(rest);
    page
}

/// The name of a tag, with its slash where it is an end.
fn name(tag: &str) -> &str {
    let end = tag[1..].find([' ', '>', '\n', '\t']);
    &tag[1..end.map_or(tag.len(), |end| end + 1)]
}

/// Where the tag or comment ends that `text` begins with; what is neither ends behind its first letter.
fn end_of_tag(text: &str) -> usize {
    if text.starts_with("<!--") {
        return memmem::find(text.as_bytes(), b"-->").map_or(text.len(), |at| at + 3);
    }
    let mut in_quotes = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => in_quotes = !in_quotes,
            b'>' if !in_quotes => return at + 1,
            _ => {}
        }
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(html: &str) -> String {
        opened(html.to_owned())
    }

    #[test]
    fn what_a_component_shows_becomes_part_of_the_page() {
        assert_eq!(
            after(
                "<my-story><template shadowrootmode=\"open\"><h1>A</h1><my-text><template shadowrootmode=\"closed\" shadowrootclonable=\"\">\
                 <p>B</p></template></my-text></template><p>C</p></my-story>"
            ),
            "<my-story><div><h1>A</h1><my-text><div><p>B</p></div></my-text></div><p>C</p></my-story>"
        );
    }

    #[test]
    fn templates_that_show_nothing_stay_as_they_are() {
        let plain = "<div><template><p>A</p></template></div>";
        assert_eq!(after(plain), plain);
        assert_eq!(
            after(
                "<template shadowrootmode=\"open\"><template id=\"a>b\">A</template>B</template>"
            ),
            "<div><template id=\"a>b\">A</template>B</div>"
        );
    }

    #[test]
    fn what_only_looks_like_one_is_left_alone() {
        for html in [
            "<script>'<template shadowrootmode=\"open\">'</script>",
            "<!-- <template shadowrootmode=\"open\"> --><p>A</p>",
            "<a title=\"<template shadowrootmode=open>\">A</a>",
            "<style>/* shadowrootmode= </template> */</style>",
            "shadowrootmode= < 3 and <",
            "<p title=\"shadowrootmode=",
            "</template>shadowrootmode=",
            "<é shadowrootmode= é>é",
        ] {
            assert_eq!(after(html), html);
        }
    }
}
