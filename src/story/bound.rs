//! How much of a text is read: as much as any story has, so that no page costs more than its share of time and memory.

use super::{Paragraph, Story};

/// The longest text of a story. Beyond it nothing is read; a novel has as much.
pub const MAX_STORY_BYTES: usize = 512 * 1024;
/// The most visible text of a page among which the story is looked for.
pub(super) const MAX_PAGE_TEXT_BYTES: usize = 2 * 1024 * 1024;
/// A text is cut between two characters, the longest of which has four bytes.
const MAX_CHAR_BYTES: usize = 4;

/// Whether the page had more text than is read. What such a story does not say may only stand beyond its end.
///
/// ```
/// use claimwatch::story::{self, Story};
///
/// assert!(!story::is_cut(&Story::from_text("Truce holds", &["The truce holds."])));
/// ```
#[must_use]
pub fn is_cut(story: &Story) -> bool {
    let length: usize = story.paragraphs.iter().map(|p| p.text.len()).sum();
    length > MAX_STORY_BYTES - MAX_CHAR_BYTES
}

/// Leaves out what stands beyond the longest text.
pub(super) fn cut(paragraphs: &mut Vec<Paragraph>) {
    let mut room = MAX_STORY_BYTES;
    let mut whole = 0;
    for paragraph in paragraphs.iter_mut() {
        if room == 0 {
            break;
        }
        if paragraph.text.len() > room {
            let end = super::beginning(&paragraph.text, room).len();
            paragraph.text.truncate(end);
            room = 0;
        } else {
            room -= paragraph.text.len();
        }
        whole += 1;
    }
    paragraphs.truncate(whole);
}

#[cfg(test)]
mod tests {
    use super::super::sample::read;
    use super::*;

    fn page(paragraphs: usize) -> String {
        let text =
            "<p>The ferry ran aground on Monday, and 212 people were saved by the coast guard.</p>";
        format!(
            "<article><h1>Ferry</h1>{}</article>",
            text.repeat(paragraphs)
        )
    }

    #[test]
    fn a_text_without_end_is_read_as_far_as_a_story_goes() {
        let story = read(&page(20_000));

        let length: usize = story.paragraphs.iter().map(|p| p.text.len()).sum();
        assert!((MAX_STORY_BYTES - MAX_CHAR_BYTES..=MAX_STORY_BYTES).contains(&length));
        assert!(is_cut(&story));
    }

    #[test]
    fn a_long_story_is_read_whole() {
        let story = read(&page(4_000));

        assert_eq!(story.paragraphs.len(), 4_000);
        assert!(!is_cut(&story));
    }

    #[test]
    fn one_endless_paragraph_is_cut_between_characters() {
        let mut paragraphs = vec![Paragraph {
            role: super::super::Role::Body,
            text: "€".repeat(MAX_STORY_BYTES),
        }];

        cut(&mut paragraphs);

        assert!(paragraphs[0].text.len() <= MAX_STORY_BYTES);
        assert!(paragraphs[0].text.chars().all(|letter| letter == '€'));
    }
}
