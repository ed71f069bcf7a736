//! Reads a plain text as a story: the first line is the headline, empty lines part the paragraphs.

use super::bound::MAX_PAGE_TEXT_BYTES;
use super::{NotAStory, Paragraph, Role, Story, beginning, correction, furniture, line, walls};

/// A headline is short and does not end as a sentence does.
const MAX_HEADLINE_CHARS: usize = 200;

/// The story of a decoded text.
pub(super) fn read(text: &str) -> Result<Story, NotAStory> {
    let mut blocks = blocks(text);
    let mut story = Story::default();
    let has_headline = blocks.len() > 1
        && blocks.first().is_some_and(|first| {
            first.chars().count() <= MAX_HEADLINE_CHARS && !first.ends_with('.')
        });
    if has_headline {
        story.headline = blocks.remove(0);
    }
    story.paragraphs = judge(blocks);
    if story.paragraphs.is_empty() {
        return Err(walls::obstacle(super::Why::Empty));
    }
    if let Some(obstacle) = walls::of_text(&story.headline, &story.paragraphs) {
        return Err(obstacle);
    }
    super::complete(&mut story);
    Ok(story)
}

/// The paragraphs of a text without a headline.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph> {
    judge(blocks(text))
}

fn judge(blocks: Vec<String>) -> Vec<Paragraph> {
    blocks
        .into_iter()
        .filter(|text| !furniture::is_boilerplate(text))
        .map(|text| Paragraph {
            role: role(&text),
            text,
        })
        .collect()
}

fn role(text: &str) -> Role {
    if correction::is_notice(text) {
        Role::Correction
    } else if text.starts_with(['•', '*', '-', '–']) && text.chars().nth(1) == Some(' ') {
        Role::Item
    } else {
        Role::Body
    }
}

/// The paragraphs of a text. Without empty lines every line is one.
fn blocks(text: &str) -> Vec<String> {
    let text = beginning(text, MAX_PAGE_TEXT_BYTES)
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let is_parted =
        text.trim().contains("\n\n") || text.trim().lines().any(|line| line.trim().is_empty());
    let mut blocks = vec![String::new()];
    for row in text.lines() {
        if row.trim().is_empty() || !is_parted {
            blocks.push(String::new());
        }
        if let Some(block) = blocks.last_mut() {
            block.push_str(row);
            block.push('\n');
        }
    }
    blocks
        .iter()
        .map(|block| line(block))
        .filter(|block| !block.is_empty())
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_a_headline_and_paragraphs() {
        let story = read("Ferry runs aground\n\nThe ferry ran aground\non Monday.\n\nNobody was hurt.\n\n- nine cars lost\n").unwrap();

        assert_eq!(story.headline, "Ferry runs aground");
        assert_eq!(story.paragraphs[0].text, "The ferry ran aground on Monday.");
        assert_eq!(story.paragraphs[2].role, Role::Item);
    }

    #[test]
    fn without_empty_lines_every_line_is_a_paragraph() {
        let story = read("The ferry ran aground.\r\nNobody was hurt.").unwrap();

        assert_eq!(story.headline, "");
        assert_eq!(story.paragraphs.len(), 2);
    }

    #[test]
    fn an_empty_text_is_no_story() {
        assert!(read(" \n\n").is_err());
    }
}
