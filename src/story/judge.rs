//! Judges the blocks of the story's element one by one: which are story, and what each is in it.

use std::collections::BTreeMap;

use dom_query::local_name;

use super::blocks::{Block, ends_a_sentence};
use super::furniture;
use super::names::Purpose;
use super::survey::Survey;
use super::{Paragraph, Role, correction};

/// A list is a list of links from this share of linked text on, in percent.
const LINK_LIST_PERCENT: usize = 65;
/// A block is a link, not a sentence with one, from this share on, in percent.
const LINK_BLOCK_PERCENT: usize = 70;
/// With this much text beside its links a block is a sentence all the same.
const FREE_CHARS: usize = 80;
/// The text under a picture is short.
const MAX_CAPTION_CHARS: usize = 150;

/// A block with what is known of it.
struct Draft {
    block: Block,
    role: Role,
    /// The list or table it stands in.
    list: Option<usize>,
    /// The parent of its element.
    parent: usize,
    /// Whether it is marked as the summary above the text.
    standfirst: bool,
    keep: bool,
}

/// The summary and the paragraphs of the story in the element `root`.
pub(super) fn blocks(
    survey: &Survey<'_>,
    blocks: Vec<Block>,
    headline: &str,
    root: usize,
) -> (Option<String>, Vec<Paragraph>) {
    let mut drafts: Vec<Draft> = blocks
        .into_iter()
        .map(|block| draft(survey, block, root))
        .collect();
    drop_title(survey, &mut drafts, headline);
    drop_link_lists(&mut drafts);
    mark_picture_texts(survey, &mut drafts);
    drop_links(&mut drafts);
    drop_promotions(&mut drafts);
    drop_empty_headings(&mut drafts);
    let standfirst = take_standfirst(&mut drafts);
    let kept = drafts.into_iter().filter(|draft| draft.keep);
    (standfirst, kept.map(paragraph).collect())
}

/// Takes the summary out of what stands above the first paragraph.
fn take_standfirst(drafts: &mut [Draft]) -> Option<String> {
    let above = drafts
        .iter_mut()
        .filter(|draft| draft.keep && draft.role != Role::Caption)
        .take_while(|draft| draft.standfirst);
    let texts: Vec<&str> = above
        .map(|draft| {
            draft.keep = false;
            draft.block.text.as_str()
        })
        .collect();
    (!texts.is_empty()).then(|| texts.join(" "))
}

/// Whether a block is marked as the summary, and not a part of what is marked as the text.
fn is_standfirst(survey: &Survey<'_>, block: &Block, root: usize) -> bool {
    let is_text =
        |at: usize| survey.is_article_body(at) || survey.purposes[at].contains(Purpose::Story);
    for at in survey
        .outline
        .ancestors(block.node as usize)
        .take_while(|at| *at >= root)
    {
        if is_text(at) {
            return false;
        }
        if survey.purposes[at].contains(Purpose::Standfirst) {
            return !survey.outline.ancestors(at).any(is_text);
        }
    }
    false
}

fn paragraph(draft: Draft) -> Paragraph {
    let text = draft.block.text;
    let role = if correction::is_notice(&text) {
        Role::Correction
    } else {
        draft.role
    };
    Paragraph { role, text }
}

fn draft(survey: &Survey<'_>, block: Block, root: usize) -> Draft {
    let outline = survey.outline;
    let mut role = None;
    let mut list = None;
    for at in outline
        .ancestors(block.node as usize)
        .take_while(|at| *at > root)
    {
        let Some(element) = outline.element(at) else {
            continue;
        };
        let found = match element.name {
            _ if survey.purposes[at].contains(Purpose::Caption) => Some(Role::Caption),
            _ if outline.item(element).contains("liveBlogUpdate") => Some(Role::Item),
            local_name!("figcaption") | local_name!("figure") | local_name!("caption") => {
                Some(Role::Caption)
            }
            local_name!("li") | local_name!("dd") | local_name!("dt") => Some(Role::Item),
            // Old pages lay their text out in tables: only what stands in a row itself is a row.
            local_name!("tr") if at == block.node as usize => Some(Role::Item),
            local_name!("h1")
            | local_name!("h2")
            | local_name!("h3")
            | local_name!("h4")
            | local_name!("h5")
            | local_name!("h6") => Some(Role::Subheading),
            local_name!("ul") | local_name!("ol") | local_name!("dl") | local_name!("table") => {
                list = list.or(Some(at));
                None
            }
            _ => None,
        };
        // A caption stays one whatever it stands in.
        role = if found == Some(Role::Caption) {
            found
        } else {
            role.or(found)
        };
    }
    let role = role.unwrap_or(Role::Body);
    let keep = !furniture::is_boilerplate(&block.text) && !is_bare_time(survey, &block);
    let standfirst = is_standfirst(survey, &block, root);
    let parent = outline.nodes[block.node as usize].parent as usize;
    Draft {
        block,
        role,
        list,
        parent,
        standfirst,
        keep,
    }
}

/// Whether a block outside a paragraph is nothing but a clock time.
fn is_bare_time(survey: &Survey<'_>, block: &Block) -> bool {
    let is_paragraph = survey
        .outline
        .element(block.node as usize)
        .is_some_and(|element| element.name == local_name!("p"));
    !is_paragraph && furniture::is_clock_time(&block.text)
}

/// Drops the title where it is repeated in the text, and what stands above it.
fn drop_title(survey: &Survey<'_>, drafts: &mut [Draft], headline: &str) {
    let title = survey.title;
    let is_title = |draft: &Draft| {
        draft.block.text == headline
            || title.is_some_and(|title| {
                survey
                    .outline
                    .ancestors(draft.block.node as usize)
                    .any(|at| at == title)
            })
    };
    let total: usize = drafts.iter().map(|draft| draft.block.chars).sum();
    let mut before = 0;
    for index in 0..drafts.len() {
        if is_title(&drafts[index]) {
            drafts[index].keep = false;
            // Above the title stand sections, dates and teasers; a long text there is the story, and this a repeat.
            if before * 5 < total && drafts[index].role == Role::Subheading {
                drafts[..index]
                    .iter_mut()
                    .for_each(|draft| draft.keep = false);
            }
        }
        before += drafts[index].block.chars;
    }
}

/// Drops lists and tables that consist of links. A list is judged as a whole: one entry more or less must not decide.
fn drop_link_lists(drafts: &mut [Draft]) {
    let mut lists: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut total = 0;
    for draft in drafts.iter().filter(|draft| draft.keep) {
        total += draft.block.chars;
        if let Some(list) = draft.list {
            let sums = lists.entry(list).or_default();
            sums.0 += draft.block.chars;
            sums.1 += draft.block.link_chars;
        }
    }
    for draft in drafts.iter_mut() {
        let sums = draft.list.and_then(|list| lists.get(&list));
        if let Some((chars, links)) = sums
            && links * 100 >= chars * LINK_LIST_PERCENT
            && chars * 2 < total
        {
            draft.keep = false;
        }
    }
}

/// Takes a short text in italics right after a picture for its caption.
fn mark_picture_texts(survey: &Survey<'_>, drafts: &mut [Draft]) {
    let mut before = None;
    for draft in drafts.iter_mut() {
        let first = draft.block.first as usize;
        let is_short =
            draft.block.chars <= MAX_CAPTION_CHARS && !ends_a_sentence(&draft.block.text);
        if draft.role == Role::Body && is_short && draft.block.slanted_chars == draft.block.chars {
            let from = before.map_or(first.saturating_sub(8), |before| before + 1);
            let follows_picture = (from..first).any(|at| {
                survey.outline.element(at).is_some_and(|element| {
                    matches!(
                        element.name,
                        local_name!("img")
                            | local_name!("picture")
                            | local_name!("video")
                            | local_name!("iframe")
                    )
                })
            });
            if follows_picture {
                draft.role = Role::Caption;
            }
        }
        before = Some(first);
    }
}

/// Drops blocks that are nothing but a link, except the headings of the story's own parts.
fn drop_links(drafts: &mut [Draft]) {
    let main = main_parent(drafts);
    let mut elements: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for draft in drafts.iter() {
        let sums = elements.entry(draft.block.node).or_default();
        sums.0 += draft.block.chars;
        sums.1 += draft.block.link_chars;
    }
    for draft in drafts.iter_mut().filter(|draft| draft.list.is_none()) {
        let is_own_heading = draft.role == Role::Subheading && Some(draft.parent) == main;
        // Of a paragraph cut at its line breaks the whole counts: "READ" and its links, a line each.
        let (chars, links) = elements.get(&draft.block.node).copied().unwrap_or_default();
        let is_links = |chars: usize, links: usize| {
            links * 100 >= chars * LINK_BLOCK_PERCENT && chars.saturating_sub(links) < FREE_CHARS
        };
        let block = &draft.block;
        let whole = draft.role == Role::Body && block.chars < FREE_CHARS && is_links(chars, links);
        if (is_links(block.chars, block.link_chars) || whole) && !is_own_heading {
            draft.keep = false;
        }
    }
}

/// The element in which most of the prose stands directly.
fn main_parent(drafts: &[Draft]) -> Option<usize> {
    let mut parents: BTreeMap<usize, usize> = BTreeMap::new();
    for draft in drafts
        .iter()
        .filter(|draft| draft.keep && draft.block.is_prose())
    {
        *parents.entry(draft.parent).or_default() += draft.block.chars;
    }
    parents
        .into_iter()
        .max_by_key(|(_, chars)| *chars)
        .map(|(parent, _)| parent)
}

/// Drops headings that announce other stories, with the links below them.
fn drop_promotions(drafts: &mut [Draft]) {
    let mut promoting = false;
    for draft in drafts.iter_mut() {
        let is_heading = draft.role == Role::Subheading
            || draft.block.chars < 60
                && !ends_a_sentence(draft.block.text.trim_end_matches(['.', '…', ':']));
        if is_heading && furniture::announces_others(&draft.block.text) {
            promoting = true;
            draft.keep = false;
        } else if promoting {
            let is_promoted = draft.role == Role::Item && draft.block.link_chars > 0
                || draft.block.link_percent() >= 50
                || !draft.keep;
            promoting = is_promoted;
            draft.keep &= !is_promoted;
        }
    }
}

/// Drops headings with nothing below them.
fn drop_empty_headings(drafts: &mut [Draft]) {
    let mut has_text_below = false;
    for draft in drafts.iter_mut().rev().filter(|draft| draft.keep) {
        draft.keep = draft.role != Role::Subheading || has_text_below;
        has_text_below |= draft.keep && draft.role != Role::Caption;
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{TEXT, read, texts};
    use super::*;

    #[test]
    fn every_block_has_its_role() {
        let page = format!(
            "<article><h1>Ferry</h1><figure><img src=a><figcaption>The ferry at dusk</figcaption></figure>{TEXT}\
             <h2>What is known</h2><ul><li>Nine cars were lost</li><li>The wind blew at 90 km/h</li></ul>\
             <p><em>Correction: an earlier version gave the wrong number of boats.</em></p></article>"
        );

        let story = read(&page);

        assert_eq!(texts(&story, Role::Caption), ["The ferry at dusk"]);
        assert_eq!(texts(&story, Role::Subheading), ["What is known"]);
        assert_eq!(
            texts(&story, Role::Item),
            ["Nine cars were lost", "The wind blew at 90 km/h"]
        );
        assert_eq!(
            texts(&story, Role::Correction),
            ["Correction: an earlier version gave the wrong number of boats."]
        );
        assert_eq!(texts(&story, Role::Body).len(), 3);
    }

    #[test]
    fn a_list_of_links_goes_and_a_list_with_links_stays() {
        let links = "<ul><li><a href=/a>Storm nears the coast</a></li><li><a href=/b>Vote count goes on</a></li></ul>";
        let facts = "<ul><li><a href=/a>Nine</a> cars went overboard in the storm</li><li>Two buses were saved by the crew</li></ul>";

        assert_eq!(
            texts(&read(&format!("<h1>Ferry</h1>{TEXT}{links}")), Role::Item).len(),
            0
        );
        assert_eq!(
            texts(&read(&format!("<h1>Ferry</h1>{TEXT}{facts}")), Role::Item).len(),
            2
        );
    }

    #[test]
    fn a_heading_that_announces_other_stories_goes_with_its_links() {
        let page = format!(
            "<article><h1>Ferry</h1>{TEXT}<h3>More on this story</h3><ul><li>Storm: <a href=/a>what we know of it</a></li></ul></article>"
        );

        assert_eq!(read(&page).paragraphs.len(), 3);
    }

    #[test]
    fn the_entries_of_a_live_blog_keep_their_role() {
        let entry = |time: &str| {
            format!(
                "<article itemprop=liveBlogUpdate><time>{time}</time><p>{time} - Residents report explosions near the station.</p><div class=tools>7 likes</div></article>"
            )
        };
        let page = format!(
            "<h1>Live</h1><main>{}{}{}</main>",
            entry("15:30"),
            entry("14:50"),
            entry("14:10")
        );

        assert_eq!(texts(&read(&page), Role::Item).len(), 3);
    }

    #[test]
    fn a_marked_summary_above_the_text_is_the_standfirst() {
        let page = format!(
            "<article><h1>Ferry</h1><p class=standfirst>Nine cars lost, nobody hurt off the coast.</p><div>{TEXT}</div></article>"
        );

        let story = read(&page);

        assert_eq!(
            story.standfirst.as_deref(),
            Some("Nine cars lost, nobody hurt off the coast.")
        );
        assert_eq!(story.paragraphs.len(), 3);
    }
}
