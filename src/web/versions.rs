//! Two versions of a story, paragraph by paragraph, for people.

use jiff::Timestamp;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::changes;
use super::html::Html;
use crate::compare::{self, Comparison};
use crate::story::Story;

/// Paragraphs beyond this are not shown.
const MAX_PARAGRAPHS: usize = 3_000;
/// The longest paragraph whose words are marked, in bytes.
const MAX_MARKED_BYTES: usize = 20_000;

/// How the two are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// In one text, with what went and what came.
    Inline,
    /// In two columns.
    Side,
}

impl View {
    pub(super) fn of(word: Option<&str>) -> Self {
        if word == Some("side") {
            Self::Side
        } else {
            Self::Inline
        }
    }
}

/// What changed from one to the other, and both texts; `heads` are their numbers and when they were first seen.
pub(super) fn compared(
    (old, new): (&Story, &Story),
    heads: &[(u32, Timestamp)],
    view: View,
) -> Html {
    let mut html = Html::default();
    summary(&mut html, &compare::versions(old, new));
    match view {
        View::Inline => {
            html.add(&text(old, new));
        }
        View::Side => {
            html.add(&columns(old, new, heads));
        }
    }
    html
}

/// Both in one text; the new one as it is where nothing differs.
fn text(old: &Story, new: &Story) -> Html {
    let mut html = Html::default();
    html.put("<div class=\"text\">");
    for (old, new) in paired(&texts(old), &texts(new)) {
        inline(&mut html, old, new);
    }
    html.put("</div>");
    if old.paragraphs.len().max(new.paragraphs.len()) > MAX_PARAGRAPHS {
        html.element(
            "p",
            &format!("The first {MAX_PARAGRAPHS} paragraphs are shown."),
        );
    }
    html
}

/// Both beside each other.
fn columns(old: &Story, new: &Story, heads: &[(u32, Timestamp)]) -> Html {
    let mut html = Html::default();
    html.put("<div class=\"side\">");
    for (number, at) in heads {
        html.put("<h3>Version ").number(*number);
        html.put(" <span class=\"dim\">");
        changes::time(&mut html, *at);
        html.put("</span></h3>");
    }
    for (old, new) in paired(&texts(old), &texts(new)) {
        side(&mut html, old, new);
    }
    html.put("</div>");
    html
}

fn summary(html: &mut Html, comparison: &Comparison) {
    if comparison.changes.is_empty() {
        html.put("<p>No figure and no statement differs.</p>");
        return;
    }
    html.put("<ul class=\"changes\">");
    for change in &comparison.changes {
        html.put("<li>");
        changes::facts(html, change);
        html.put("</li>");
    }
    html.put("</ul>");
}

/// Headline, summary and paragraphs.
fn texts(story: &Story) -> Vec<&str> {
    let paragraphs = story.paragraphs.iter().map(|paragraph| &paragraph.text);
    let mut texts = vec![story.headline.as_str()];
    texts.extend(story.standfirst.as_deref());
    texts.extend(paragraphs.map(String::as_str).take(MAX_PARAGRAPHS));
    texts
}

/// The paragraphs of both in the order of reading; of those that were replaced, the first with the first.
fn paired<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<(Option<&'a str>, Option<&'a str>)> {
    let mut pairs = Vec::new();
    for operation in capture_diff_slices(Algorithm::Patience, old, new) {
        let (was, is) = (operation.old_range(), operation.new_range());
        let (olds, news) = (&old[was], &new[is]);
        let length = match operation {
            DiffOp::Equal { .. } | DiffOp::Replace { .. } => olds.len().max(news.len()),
            DiffOp::Delete { .. } => olds.len(),
            DiffOp::Insert { .. } => news.len(),
        };
        for index in 0..length {
            pairs.push((olds.get(index).copied(), news.get(index).copied()));
        }
    }
    pairs
}

fn inline(html: &mut Html, old: Option<&str>, new: Option<&str>) {
    match (old, new) {
        (Some(old), Some(new)) if old == new => {
            html.paragraph(new);
        }
        (Some(old), Some(new)) if old.len().max(new.len()) <= MAX_MARKED_BYTES => {
            html.put("<p dir=\"auto\" class=\"new\">");
            changes::marked(html, old, new);
            html.put("</p>");
        }
        (old, new) => {
            if let Some(old) = old {
                html.put("<p dir=\"auto\" class=\"old\"><del>")
                    .text(old)
                    .put("</del></p>");
            }
            if let Some(new) = new {
                html.put("<p dir=\"auto\" class=\"new\"><ins>")
                    .text(new)
                    .put("</ins></p>");
            }
        }
    }
}

fn side(html: &mut Html, old: Option<&str>, new: Option<&str>) {
    let is_same = old == new;
    for (text, tag) in [(old, "del"), (new, "ins")] {
        match text {
            None => {
                html.put("<p class=\"none\" aria-hidden=\"true\"></p>");
            }
            // Where there is room for one column only, what is the same is shown once.
            Some(text) if is_same && tag == "ins" => {
                html.element("p dir=\"auto\" class=\"again\"", text);
            }
            Some(text) if is_same => {
                html.paragraph(text);
            }
            Some(text) => {
                html.put("<p dir=\"auto\">");
                match (old, new) {
                    (Some(old), Some(new)) if old.len().max(new.len()) <= MAX_MARKED_BYTES => {
                        changes::one_side(html, old, new, tag);
                    }
                    _ => {
                        html.element(tag, text);
                    }
                }
                html.put("</p>");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_stand_beside_what_became_of_them() {
        let pairs = paired(&["head", "a", "b", "c"], &["head", "a", "B", "c", "d"]);

        assert_eq!(
            pairs,
            [
                (Some("head"), Some("head")),
                (Some("a"), Some("a")),
                (Some("b"), Some("B")),
                (Some("c"), Some("c")),
                (None, Some("d")),
            ]
        );
    }

    #[test]
    fn both_views_show_every_word_of_both_texts() {
        let old = Story::from_text("Storm", &["The storm killed 14 people.", "It rains."]);
        let new = Story::from_text("Storm", &["The storm killed 19 people.", "It is dry."]);

        for view in [View::Inline, View::Side] {
            let heads = [(1, Timestamp::UNIX_EPOCH), (2, Timestamp::UNIX_EPOCH)];
            let html = compared((&old, &new), &heads, view).into_string();
            for words in ["<del>14</del>", "<ins>19</ins>", "killed "] {
                assert!(html.contains(words), "{words}: {html}");
            }
        }
    }
}
