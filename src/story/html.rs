//! Reads an HTML page as a story.

use dom_query::{Document, Matcher};

use super::extract::Where;
use super::json_ld::Article;
use super::{Before, NotAStory, Options, Reading, Why};
use super::{extract, gather, guard, metadata, plain, walls};

/// The story of a decoded page, and where on it that stood.
pub(super) fn read(
    html: String,
    url: &str,
    options: &Options,
    before: Option<Before<'_>>,
) -> Result<Reading, NotAStory> {
    // The parser drops zero bytes, but notes an error for each.
    let html = if html.contains('\0') {
        html.replace('\0', "")
    } else {
        html
    };
    guard::check(&html).map_err(|reason| NotAStory {
        why: Why::Hostile,
        detail: format!("refused: {reason}; if it is a real story, watch another address of it"),
    })?;
    let document = Document::from(html);
    let include = options
        .include
        .as_deref()
        .and_then(|selector| Matcher::new(selector).ok());
    let exclude: Vec<Matcher> = options
        .exclude
        .iter()
        .filter_map(|selector| Matcher::new(selector).ok())
        .collect();
    let outline = gather::outline(&document, include.as_ref(), &exclude);
    drop(document);
    let article = Article::find(&outline.head.json_ld);
    let mut story = metadata::read(&outline, &article, url);
    let place = match options.include {
        Some(_) => Where::Named,
        None => Where::Anywhere(before),
    };
    let text = extract::text(&outline, &story.headline, place);
    story.standfirst = text.standfirst;
    story.paragraphs = text.paragraphs;
    let mut obstacle = walls::judge(&outline.head, &article, &story, &text.visible);
    // A page that scripts have yet to fill often carries its text for search engines.
    let is_shell = obstacle
        .as_ref()
        .is_some_and(|found| found.why == Why::Empty);
    if let (true, Some(body)) = (is_shell, article.body) {
        story.paragraphs = plain::paragraphs(&body);
        obstacle = walls::of_text(&story.headline, &story.paragraphs).or_else(|| {
            story
                .paragraphs
                .is_empty()
                .then(|| walls::obstacle(Why::Empty))
        });
    }
    if let Some(obstacle) = obstacle {
        return Err(obstacle);
    }
    super::complete(&mut story);
    Ok(Reading {
        story,
        container: text.container,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::{TEXT, try_read};
    use super::super::{Options, Page, Why};

    #[test]
    fn a_shell_is_read_from_its_json_ld() {
        let body = "The ferry ran aground on Monday, the coast guard said.\\n\\nNobody was hurt, according to the operator of the ferry.";
        let page = format!(
            r#"<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Ferry", "articleBody": "{body}"}}</script><div id=root></div>"#
        );

        let story = try_read(&page);

        assert_eq!(story.map(|story| story.paragraphs.len()), Ok(2));
    }

    #[test]
    fn an_empty_shell_and_a_hostile_page_are_no_stories() {
        let why = |page: &str| try_read(page).err().map(|found| found.why);

        assert_eq!(why(""), Some(Why::Empty));
        assert_eq!(
            why("<div id=root></div><script>go()</script>"),
            Some(Why::Empty)
        );
        assert_eq!(
            why(&format!("{}{TEXT}", "<div>".repeat(5_000))),
            Some(Why::Hostile)
        );
    }

    /// Pieces of pages, well-formed and not, to be shuffled.
    const PIECES: &[&str] = &[
        TEXT,
        "<div>",
        "</div>",
        "<p>",
        "</p",
        "<b><i>",
        "</b>",
        "<table><tr><td>",
        "</table>",
        "<a href=/x>",
        "<br><br>",
        "<!--",
        "-->",
        "<svg>",
        "<ul><li>",
        "</ul>",
        "<article>",
        "<h1>Ferry</h1>",
        "<script>",
        "</script>",
        "<meta charset=utf-16>",
        "&#0;&#x110000;&",
        "\u{0}",
        "<frameset>",
        "<title>",
        "<select><option>",
        "<template>",
        "<math><mi>",
        "class='comments'",
        "<time datetime='2024'>",
        "…“”\u{202e}",
        "<td>",
        "<noscript>",
        "<figure><figcaption>",
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":[[]]}</script>",
        "<span itemprop=articleBody>",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn no_bytes_end_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
            let page = Page { bytes: &bytes, content_type: None, url: "x" };

            let _ = super::super::read(&page, &Options::default());
        }

        #[test]
        fn no_shuffled_page_ends_the_reader(pieces in proptest::collection::vec(0..PIECES.len(), 0..60)) {
            let page: String = pieces.iter().map(|at| PIECES[*at]).collect();
            let options = Options { include: Some("div".to_owned()), exclude: vec!["p + p".to_owned()], ..Options::default() };

            let one = try_read(&page);
            let _ = super::super::sample::read_with(&page, &options);

            prop_assert_eq!(one, try_read(&page));
        }
    }
}
