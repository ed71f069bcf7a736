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
#[derive(Clone, Default)]
pub(crate) struct Html(String);

impl Html {
    /// Adds markup of this program.
    pub(crate) fn put(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Adds text, as itself.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
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
    pub(crate) fn element(&mut self, tag: &'static str, text: &str) -> &mut Self {
        self.put("<").put(tag).put(">").text(text);
        // What is opened with attributes is closed without them.
        let name = tag.split(' ').next().unwrap_or(tag);
        self.put("</").put(name).put(">")
    }

    /// Adds a paragraph of a story, which runs in the direction of its own script.
    pub(crate) fn paragraph(&mut self, text: &str) -> &mut Self {
        self.element("p dir=\"auto\"", text)
    }

    /// Adds a link to a page of ours.
    pub(super) fn link(&mut self, path: &str, text: &str) -> &mut Self {
        self.put("<a dir=\"auto\" href=\"").text(path).put("\">");
        self.text(text).put("</a>")
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
    pub(crate) fn into_string(self) -> String {
        self.0
    }

    /// Adds a piece.
    pub(super) fn add(&mut self, piece: &Self) -> &mut Self {
        self.0.push_str(&piece.0);
        self
    }
}

/// A table, which is a list of cards where the screen is narrow.
pub(super) struct Table {
    columns: &'static [Column],
    cells: usize,
    html: Html,
}

/// The heading of a column, and the class of its cells.
pub(super) type Column = (&'static str, &'static str);

impl Table {
    /// An empty table, with what it says in a few words.
    pub(super) fn new(caption: &str, columns: &'static [Column]) -> Self {
        let mut html = Html::default();
        // A row that is shown as a card is no row for Chromium, unless it says so itself.
        html.put("<table role=\"table\"><caption>").text(caption);
        html.put("</caption><thead role=\"rowgroup\"><tr role=\"row\">");
        for (name, class) in columns {
            html.put("<th role=\"columnheader\" scope=\"col\" class=\"");
            html.put(class).put("\">").put(name).put("</th>");
        }
        html.put("</tr></thead><tbody role=\"rowgroup\">");
        Self {
            columns,
            cells: 0,
            html,
        }
    }

    /// The next cell, from left to right; after the last column a new row.
    pub(super) fn cell(&mut self) -> &mut Html {
        let (name, class) = self
            .columns
            .get(self.cells % self.columns.len())
            .copied()
            .unwrap_or_default();
        self.close();
        if self.cells.is_multiple_of(self.columns.len()) {
            self.html.put("<tr role=\"row\">");
        }
        self.cells += 1;
        self.html.put("<td role=\"cell\" class=\"").put(class);
        self.html.put("\" data-of=\"").put(name).put("\"><div>")
    }

    /// Closes the cell that is open, and its row where that is full.
    fn close(&mut self) {
        if self.cells > 0 {
            self.html.put("</div></td>");
            if self.cells.is_multiple_of(self.columns.len()) {
                self.html.put("</tr>");
            }
        }
    }

    /// The table as a piece of a page.
    pub(super) fn into_html(mut self) -> Html {
        self.close();
        self.html.put("</tbody></table>");
        self.html
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
    /// What they are asked for, with its question mark.
    pub query: &'a str,
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
                .put(".atom")
                .text(self.query)
                .put("\">");
        }
        html.put("</head>\n<body><a class=\"skip\" href=\"#main\">Skip to the content</a><header><nav aria-label=\"Pages\"><strong>claimwatch</strong>");
        for (path, name) in [("", "Today"), ("watches", "Watches"), ("claims", "Claims")] {
            html.put("<a href=\"").put(self.root);
            html.put(if path.is_empty() && self.root.is_empty() {
                "./"
            } else {
                path
            });
            if self.title == name {
                html.put("\" aria-current=\"page");
            }
            html.put("\">").put(name).put("</a>");
        }
        html.put("</nav><form action=\"")
            .put(self.root)
            .put("figures\" role=\"search\"><label for=\"of\">How many</label><input id=\"of\" name=\"of\" placeholder=\"refugees\" maxlength=\"100\"><button>Show</button></form></header>\n<main id=\"main\" tabindex=\"-1\"><h1 dir=\"auto\">")
            .text(self.title)
            .put("</h1>")
            .add(&self.body)
            .put("</main>\n<footer>");
        if let Some(path) = self.forms {
            html.put("This page as <a href=\"").text(path);
            html.put(".json").text(self.query);
            html.put("\">JSON</a> or <a href=\"").text(path);
            html.put(".atom").text(self.query);
            html.put("\">Atom feed</a>. ");
        }
        html.put("All times are in UTC.</footer></body></html>\n");
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
