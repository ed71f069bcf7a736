//! The evidence of a story as one page for people: what each version was and what it changed.
//!
//! The page stands by itself: it loads nothing and runs nothing, and whatever a story says is text in it.

use jiff::Timestamp;

use super::evidence::Piece;
use crate::compare::words::{self, Mark};
use crate::compare::{Change, Evidence};
use crate::store::{Happened, Recorded, StoryEntry};
use crate::web::html::Html;

const STYLE: &str = include_str!("page.css");

/// The longest sentence whose words are marked, in bytes.
const MAX_MARKED_BYTES: usize = 4_000;

/// A version, and its files where its text is kept.
pub(super) struct Section {
    happened: Happened,
    kept: Option<Kept>,
}

/// Where a page came from, and under which name it is in the folder.
struct Kept {
    url: String,
    content_type: Option<String>,
    rendered_by: Option<String>,
    file: Option<String>,
    has_headers: bool,
}

impl Section {
    /// A version whose text was let go.
    pub(super) fn without_text(happened: Happened) -> Self {
        Self {
            happened,
            kept: None,
        }
    }

    /// A version whose page was written to `file`, or to the web archive.
    pub(super) fn of(piece: Piece, rendered_by: Option<String>, file: Option<String>) -> Self {
        Self {
            kept: Some(Kept {
                url: piece.page.url,
                content_type: piece.page.content_type,
                rendered_by,
                file,
                has_headers: piece.page.head.is_some(),
            }),
            happened: piece.happened,
        }
    }
}

/// The page about a story and its versions, oldest first.
pub(super) fn page(story: &StoryEntry, versions: &[Section]) -> String {
    let title = story.headline.as_deref().unwrap_or(&story.url);
    let mut html = Html::default();
    html.put("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .put("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
        .put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .element("title", &format!("{title} – evidence"))
        .put("<style>")
        .put(STYLE)
        .put("</style></head>\n<body><main>")
        .element("h1", title);
    about(&mut html, story);
    list(&mut html, versions);
    for section in versions {
        version(&mut html, section);
    }
    html.put("</main>\n<footer>All times are UTC. Written by claimwatch ")
        .text(env!("CARGO_PKG_VERSION"))
        .put(". <code>sha256sum --check SHA256SUMS</code> says whether the files in this folder are as they were written.")
        .put("</footer></body></html>\n");
    html.into_string()
}

fn about(html: &mut Html, story: &StoryEntry) {
    html.put("<dl>");
    entry(html, "Address", &story.url);
    entry(html, "Story", story.id.as_str());
    entry(html, "Watch", story.watch.as_str());
    if let Some(at) = story.published {
        entry(html, "Published", &time(at));
    }
    if let Some(at) = story.removed {
        entry(html, "Not found since", &time(at));
    }
    html.put("</dl>");
}

fn entry(html: &mut Html, name: &'static str, value: &str) {
    html.put("<div><dt>")
        .put(name)
        .put("</dt>")
        .element("dd", value)
        .put("</div>");
}

fn list(html: &mut Html, versions: &[Section]) {
    html.put("<h2>Versions</h2><table><thead><tr><th scope=\"col\">Version</th><th scope=\"col\">First seen</th>")
        .put("<th scope=\"col\">Last seen</th><th scope=\"col\">Changes</th><th scope=\"col\">SHA-256 of the page</th></tr></thead><tbody>");
    for section in versions {
        let version = &section.happened.version;
        let number = version.number.to_string();
        html.put("<tr><th scope=\"row\"><a href=\"#v")
            .text(&number)
            .put("\">")
            .text(&number)
            .put("</a></th>")
            .element("td class=\"time\"", &time(version.first_seen))
            .element("td class=\"time\"", &time(version.last_seen))
            .element("td", &section.happened.changes.len().to_string())
            .put("<td>")
            .element("code", &version.sha256)
            .put("</td></tr>");
    }
    html.put("</tbody></table>");
}

fn version(html: &mut Html, section: &Section) {
    let version = &section.happened.version;
    let number = version.number.to_string();
    html.put("<section id=\"v")
        .text(&number)
        .put("\"><h2>Version ")
        .text(&number)
        .put("</h2><dl>");
    entry(html, "Headline", &version.headline);
    entry(html, "First seen", &time(version.first_seen));
    entry(html, "Last seen", &time(version.last_seen));
    entry(html, "SHA-256", &version.sha256);
    entry(html, "Read by", &version.reader);
    match &section.kept {
        Some(kept) => files(html, kept, version.number),
        None => entry(html, "Text", "no longer kept"),
    }
    if let Some(url) = &version.archive_url {
        entry(html, "Public archive", url);
    }
    html.put("</dl>");
    if version.number > 1 {
        changes(html, &section.happened.changes);
    }
    html.put("</section>");
}

fn files(html: &mut Html, kept: &Kept, number: u32) {
    entry(html, "Fetched from", &kept.url);
    if let Some(kind) = &kept.content_type {
        entry(html, "Sent as", kind);
    }
    if let Some(browser) = &kept.rendered_by {
        entry(html, "Made in a browser", browser);
    }
    let Some(file) = &kept.file else {
        entry(html, "Page", "in story.warc");
        return;
    };
    // The page itself is named, not linked: opened from here it would run the publisher's scripts.
    entry(html, "Page", file);
    html.put("<div><dt>Text</dt><dd>");
    link(html, &format!("{number:04}/story.txt"));
    html.put("</dd></div>");
    if kept.has_headers {
        html.put("<div><dt>Headers</dt><dd>");
        link(html, &format!("{number:04}/headers.txt"));
        html.put("</dd></div>");
    }
}

/// A link to a file beside the page.
fn link(html: &mut Html, name: &str) {
    html.put("<a href=\"").text(name).put("\">").text(name);
    html.put("</a>");
}

fn changes(html: &mut Html, changes: &[Recorded]) {
    if changes.is_empty() {
        html.paragraph("No figure and no statement differs from the version before.");
    }
    for recorded in changes {
        let change = &recorded.change;
        html.put("<article><h3>")
            .text(&change.kind.as_str().replace('_', " "));
        if let Some(aspect) = change.aspect {
            html.put(" (").text(aspect.as_str()).put(")");
        }
        html.put(" <small>").put(change.severity.as_str());
        if let Some(percent) = change.delta.and_then(|delta| delta.percent) {
            html.text(&format!(", {:+}%", percent.middle.round_dp(1).normalize()));
        }
        html.put("</small></h3>");
        sides(html, change);
        html.put(if recorded.told {
            "<p class=\"dim\">Told: "
        } else {
            "<p class=\"dim\">Not told: "
        })
        .text(&recorded.reason)
        .put("</p></article>");
    }
}

/// Both sides with their sentences, the words that differ marked.
fn sides(html: &mut Html, change: &Change) {
    let (old, new) = (change.old.as_ref(), change.new.as_ref());
    let marked = match (old, new) {
        (Some(old), Some(new)) if old.sentence.len() + new.sentence.len() <= MAX_MARKED_BYTES => {
            words::diff(&old.sentence, &new.sentence)
        }
        (old, new) => {
            let whole =
                |mark, side: Option<&Evidence>| side.map(|side| (mark, side.sentence.clone()));
            [whole(Mark::Gone, old), whole(Mark::Come, new)]
                .into_iter()
                .flatten()
                .collect()
        }
    };
    html.put("<table class=\"sides\"><tbody>");
    side(html, "Before", old, &marked, Mark::Gone);
    side(html, "After", new, &marked, Mark::Come);
    html.put("</tbody></table>");
}

fn side(
    html: &mut Html,
    name: &'static str,
    side: Option<&Evidence>,
    marked: &[(Mark, String)],
    own: Mark,
) {
    html.put("<tr>").element("th scope=\"row\"", name);
    let Some(side) = side else {
        html.put("<td class=\"dim\">–</td></tr>");
        return;
    };
    html.put("<td><p>");
    for (mark, text) in marked {
        match mark {
            Mark::Same => html.text(text),
            Mark::Gone if own == Mark::Gone => html.element("del", text),
            Mark::Come if own == Mark::Come => html.element("ins", text),
            Mark::Gone | Mark::Come => html,
        };
    }
    html.put("</p>");
    let source = side.said_by.as_ref().map(|source| source.name.as_str());
    if let Some(source) = source {
        html.put("<p class=\"dim\">Said by ")
            .text(source)
            .put("</p>");
    }
    html.put("</td></tr>");
}

/// An instant to the second.
fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::alert::{StoryId, WatchName};
    use crate::compare;
    use crate::store::Version;
    use crate::story::Story;

    const HOSTILE: &str = "</title><script>alert(1)</script><img src=http://x.example/a>";

    fn entry() -> StoryEntry {
        let watch = WatchName::new("ferry").unwrap();
        StoryEntry {
            id: StoryId::of(&watch, "https://news.example/1"),
            watch,
            followed: true,
            url: "https://news.example/1".to_owned(),
            headline: Some(HOSTILE.to_owned()),
            published: None,
            first_seen: None,
            last_change: None,
            removed: None,
            versions: 2,
        }
    }

    fn happened(number: u32, changes: Vec<Recorded>) -> Happened {
        Happened {
            version: Version {
                story: entry().id,
                number,
                first_seen: Timestamp::UNIX_EPOCH,
                last_seen: Timestamp::UNIX_EPOCH,
                headline: HOSTILE.to_owned(),
                sha256: "ab".repeat(32),
                reader: "html/1".to_owned(),
                kept: false,
                archive_url: Some("javascript:alert(1)".to_owned()),
            },
            changes,
        }
    }

    #[test]
    fn the_page_runs_and_loads_nothing_whatever_a_story_says() {
        let text = |people: u32| format!("{HOSTILE} The ferry had {people} people on board.");
        let old = Story::from_text("Ferry", &[&text(212)]);
        let new = Story::from_text("Ferry", &[&text(221)]);
        let changes = compare::versions(&old, &new).changes.into_iter();
        let recorded = changes.map(|change| Recorded {
            change,
            told: false,
            reason: HOSTILE.to_owned(),
        });
        let second = happened(2, recorded.collect());

        let page = page(
            &entry(),
            &[
                Section::without_text(happened(1, Vec::new())),
                Section::without_text(second),
            ],
        );

        assert!(
            page.contains("<del>212</del>") && page.contains("<ins>221</ins>"),
            "{page}"
        );
        for forbidden in [
            "<script",
            "<img",
            "<link",
            "href=\"http",
            "href=\"javascript",
            "url(",
            "@import",
        ] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        assert!(page.contains("&lt;script&gt;"));
    }
}
