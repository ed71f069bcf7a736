//! One page of a manifest, read: the entry of `claimwatch read --json --manifest`.

use serde_json::{Value, json};

use crate::story::{NotAStory, Role, Story};

/// The entry of a page: its text with one paragraph a line (headline and captions left out), title and dates as the
/// page gives them. A page that is no story has an empty text and says why.
///
/// ```
/// use claimwatch::records::page;
/// use claimwatch::story::Story;
///
/// let story = Story::from_text("Truce holds", &["The truce holds.", "Talks go on."]);
/// let entry = page::entry(&Ok(story));
/// assert_eq!(entry["articleBody"], "The truce holds.\nTalks go on.");
/// assert_eq!(entry["modified"], serde_json::Value::Null);
/// ```
#[must_use]
pub fn entry(read: &Result<Story, NotAStory>) -> Value {
    match read {
        Ok(story) => {
            let body: Vec<&str> = story
                .paragraphs
                .iter()
                .filter(|paragraph| paragraph.role != Role::Caption)
                .map(|paragraph| paragraph.text.as_str())
                .collect();
            json!({
                "articleBody": body.join("\n"),
                "title": story.headline,
                "date": story.published.as_ref().map(|date| &date.text),
                "modified": story.modified.as_ref().map(|date| &date.text),
            })
        }
        Err(obstacle) => json!({
            "articleBody": "",
            "title": null,
            "date": null,
            "modified": null,
            "problem": obstacle.detail,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::{Paragraph, Why};

    #[test]
    fn captions_are_not_part_of_the_text() {
        let mut story = Story::from_text("Truce holds", &["The truce holds."]);
        story.paragraphs.push(Paragraph {
            role: Role::Caption,
            text: "A bridge at dusk".to_owned(),
        });

        assert_eq!(entry(&Ok(story))["articleBody"], "The truce holds.");
    }

    #[test]
    fn a_page_that_is_no_story_has_an_empty_text_and_a_reason() {
        let obstacle = NotAStory {
            why: Why::Empty,
            detail: "no text".to_owned(),
        };

        let entry = entry(&Err(obstacle));

        assert_eq!(entry["articleBody"], "");
        assert_eq!(entry["problem"], "no text");
    }
}
