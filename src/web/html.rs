//! HTML in which the text of stories is always text.
//!
//! Markup can only be written by this program: it must be `'static`. Whatever comes from elsewhere goes through
//! [`Html::text`], which writes out the characters that HTML reads otherwise.

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// The style of every page; the only thing that is loaded.
pub(super) const STYLE: &str = include_str!("style.css");

/// The longest text that is shown where a few words will do, in characters.
const SHORT_CHARS: usize = 160;

/// A piece of a page.
#[derive(Default)]
pub(super) struct Html(String);

impl Html {
    /// Adds markup of this program.
    pub(super) fn put(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Adds text, as itself.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                c if is_harmful(c) => self.0.push(' '),
                c => self.0.push(c),
            }
        }
        self
    }

    /// Adds the beginning of a text.
    pub(super) fn short(&mut self, text: &str) -> &mut Self {
        let short: String = text.chars().take(SHORT_CHARS).collect();
        self.text(&short);
        if short.len() < text.len() {
            self.put("…");
        }
        self
    }

    /// Adds a number.
    pub(super) fn number(&mut self, number: impl Into<f64>) -> &mut Self {
        // Two decimals place a line in a picture; a whole number stays whole.
        let number = (number.into() * 100.0).round() / 100.0;
        self.text(&number.to_string())
    }

    /// Adds `<TAG>` with text in it and closes it.
    pub(super) fn element(&mut self, tag: &'static str, text: &str) -> &mut Self {
        self.put("<").put(tag).put(">").text(text);
        // What is opened with attributes is closed without them.
        let name = tag.split(' ').next().unwrap_or(tag);
        self.put("</").put(name).put(">")
    }

    /// Adds a link to a page of ours.
    pub(super) fn link(&mut self, path: &str, text: &str) -> &mut Self {
        self.put("<a href=\"").text(path).put("\">").text(text);
        self.put("</a>")
    }

    /// Adds a link to a web address; where it is none, its text alone.
    pub(super) fn outside(&mut self, url: &str, text: &str) -> &mut Self {
        if !url.starts_with("https://") && !url.starts_with("http://") {
            return self.text(text);
        }
        self.put("<a rel=\"noreferrer noopener\" href=\"").text(url);
        self.put("\">").text(text).put("</a>")
    }

    /// The piece as text.
    pub(super) fn into_string(self) -> String {
        self.0
    }

    /// Adds a piece.
    pub(super) fn add(&mut self, piece: &Self) -> &mut Self {
        self.0.push_str(&piece.0);
        self
    }
}

/// Control characters, and marks that turn the direction of what follows.
fn is_harmful(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}')
}

/// A whole page.
pub(super) struct Page<'a> {
    /// What it is called.
    pub title: &'a str,
    /// The way back to the top: empty, or `../`.
    pub root: &'static str,
    /// The path of its other forms, without ending; none where it has none.
    pub forms: Option<&'a str>,
    /// What is in it.
    pub body: Html,
}

impl Page<'_> {
    fn whole(&self) -> Html {
        let mut html = Html::default();
        html.put("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
            .put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .put("<meta name=\"color-scheme\" content=\"light dark\"><title>")
            .text(self.title)
            .put(" – claimwatch</title><link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"")
            .put(self.root)
            .put("style.css\">");
        if let Some(path) = self.forms {
            html.put("<link rel=\"alternate\" type=\"application/atom+xml\" href=\"")
                .text(path)
                .put(".atom\">");
        }
        html.put("</head>\n<body><a class=\"skip\" href=\"#main\">Skip to the content</a><header><nav aria-label=\"Pages\"><strong>claimwatch</strong>");
        for (path, name) in [("", "Today"), ("watches", "Watches"), ("claims", "Claims")] {
            html.put("<a href=\"").put(self.root);
            html.put(if path.is_empty() && self.root.is_empty() {
                "./"
            } else {
                path
            });
            html.put("\">").put(name).put("</a>");
        }
        html.put("</nav><form action=\"")
            .put(self.root)
            .put("figures\" role=\"search\"><label for=\"of\">How many</label><input id=\"of\" name=\"of\" placeholder=\"refugees\" maxlength=\"100\"><button>Show</button></form></header>\n<main id=\"main\"><h1>")
            .text(self.title)
            .put("</h1>")
            .add(&self.body)
            .put("</main>\n<footer>");
        if let Some(path) = self.forms {
            html.put("This page as <a href=\"").text(path);
            html.put(".json\">JSON</a> or <a href=\"").text(path);
            html.put(".atom\">Atom feed</a>. ");
        }
        html.put("All times are UTC.</footer></body></html>\n");
        html
    }
}

impl IntoResponse for Page<'_> {
    fn into_response(self) -> Response {
        let format = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
        (format, self.whole().0).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_story_stays_text() {
        let mut html = Html::default();

        html.element("h2", "<script>alert('x')</script>\u{202e}&amp;")
            .outside("javascript:alert(1)", "\"click\"");

        assert_eq!(
            html.0,
            "<h2>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp;amp;</h2>&quot;click&quot;"
        );
    }
}
