//! Reads an HTML page as a story.

use dom_query::{Document, Matcher};

use super::json_ld::Article;
use super::{NotAStory, Options, Story, Why, extract, gather, guard, metadata, plain, walls};

/// The story of a decoded page.
pub(super) fn read(html: String, url: &str, options: &Options) -> Result<Story, NotAStory> {
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
    let text = extract::text(&outline, &story.headline, options.include.is_some());
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
    Ok(story)
}
