//! A story with all its versions as one HTML file, in the style of the local page.

use super::changes;
use super::html::{Html, STYLE};
use super::versions;
use crate::store::{Happened, StoryEntry};
use crate::story::Story;

/// The beginning of the file: what the story is.
pub(crate) fn begin(story: &StoryEntry) -> String {
    let title = story.headline.as_deref().unwrap_or(&story.url);
    let mut html = Html::default();
    html.put("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .put("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">")
        .put("<meta name=\"color-scheme\" content=\"light dark\"><title>")
        .text(title)
        .put("</title><style>")
        .put(STYLE)
        .put("</style></head>\n<body><main><h1 dir=\"auto\">")
        .text(title)
        .put("</h1>\n<p class=\"lead\">")
        .outside(&story.url, &story.url)
        .put("<br>Story ")
        .text(story.id.as_str())
        .put(", watch ")
        .text(story.watch.as_str())
        .put(", ")
        .number(story.versions)
        .put(" versions. All times are in UTC. Each page has the SHA-256 that is given with it.</p>\n");
    html.into_string()
}

/// One version: when it was seen, what it changed, and its text with what differs from the version `before` marked.
pub(crate) fn version(
    happened: &Happened,
    body: Option<&Story>,
    before: Option<(u32, &Story)>,
) -> String {
    let version = &happened.version;
    let mut html = Html::default();
    html.put("<section id=\"v").number(version.number);
    html.put("\"><h2>Version ").number(version.number);
    html.put("</h2>\n<p>Seen ");
    changes::time(&mut html, version.first_seen);
    html.put(" to ");
    changes::time(&mut html, version.last_seen);
    html.put("<br><span class=\"dim\">SHA-256 ")
        .text(&version.sha256)
        .put(", read by ")
        .text(&version.reader)
        .put("</span>");
    if let Some(url) = &version.archive_url {
        html.put("<br>Archived: ").outside(url, url);
    }
    html.put("</p>\n");
    if !happened.changes.is_empty() {
        html.put("<ul class=\"changes\">");
        for recorded in &happened.changes {
            html.put("<li>");
            changes::show(&mut html, recorded);
            html.put("</li>\n");
        }
        html.put("</ul>\n");
    }
    match (body, before) {
        (Some(body), Some((number, before))) => {
            html.put("<h3>Against version ").number(number);
            html.put("</h3>\n");
            html.add(&versions::text(before, body));
        }
        (Some(body), None) => {
            html.add(&versions::text(body, body));
        }
        (None, _) => {
            html.put("<p>The text of this version is no longer kept.</p>");
        }
    }
    html.put("</section>\n");
    html.into_string()
}

/// The end of the file.
pub(crate) fn end() -> &'static str {
    "</main></body></html>\n"
}
