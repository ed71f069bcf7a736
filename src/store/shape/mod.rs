//! The shapes in which stories and changes are stored: JSON of their own, so that a rename in the core changes no file.
//!
//! Fields are added, never renamed; a field that an older row lacks reads as empty.

mod change;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::story::{Date, Paragraph, Role, Story};
use crate::text::Language;

use super::error::Fault;

pub(super) use change::{of_change, to_change};

/// A stored story.
#[derive(Serialize, Deserialize)]
struct StoryRow {
    headline: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    standfirst: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    byline: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outlet: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published: Option<DateRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modified: Option<DateRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    canonical: Option<String>,
    #[serde(default)]
    language: String,
    paragraphs: Vec<(String, String)>,
}

#[derive(Serialize, Deserialize)]
struct DateRow {
    text: String,
    at: Option<Timestamp>,
}

/// The story as it is stored.
pub(super) fn of_story(story: &Story) -> Result<Vec<u8>, Fault> {
    let row = StoryRow {
        headline: story.headline.clone(),
        standfirst: story.standfirst.clone(),
        byline: story.byline.clone(),
        agency: story.agency.clone(),
        outlet: story.outlet.clone(),
        published: story.published.as_ref().map(of_date),
        modified: story.modified.as_ref().map(of_date),
        canonical: story.canonical.clone(),
        language: story.language.as_str().to_owned(),
        paragraphs: story
            .paragraphs
            .iter()
            .map(|paragraph| (of_role(paragraph.role).to_owned(), paragraph.text.clone()))
            .collect(),
    };
    serde_json::to_vec(&row).map_err(|error| unreadable("story", &error))
}

/// The story that was stored.
pub(super) fn to_story(json: &[u8]) -> Result<Story, Fault> {
    let row: StoryRow =
        serde_json::from_slice(json).map_err(|error| unreadable("story", &error))?;
    let paragraphs = row.paragraphs.into_iter().map(|(role, text)| {
        Ok(Paragraph {
            role: named(&ROLES, &role, of_role)?,
            text,
        })
    });
    Ok(Story {
        paragraphs: paragraphs.collect::<Result<_, Fault>>()?,
        headline: row.headline,
        standfirst: row.standfirst,
        byline: row.byline,
        agency: row.agency,
        outlet: row.outlet,
        published: row.published.map(to_date),
        modified: row.modified.map(to_date),
        canonical: row.canonical,
        language: Language::new(&row.language),
    })
}

fn of_date(date: &Date) -> DateRow {
    DateRow {
        text: date.text.clone(),
        at: date.at,
    }
}

fn to_date(row: DateRow) -> Date {
    Date {
        text: row.text,
        at: row.at,
    }
}

const ROLES: [Role; 5] = [
    Role::Body,
    Role::Subheading,
    Role::Item,
    Role::Caption,
    Role::Correction,
];

fn of_role(role: Role) -> &'static str {
    match role {
        Role::Body => "body",
        Role::Subheading => "subheading",
        Role::Item => "item",
        Role::Caption => "caption",
        Role::Correction => "correction",
    }
}

/// The one of `all` that goes by `name`.
fn named<T: Copy>(all: &[T], name: &str, name_of: fn(T) -> &'static str) -> Result<T, Fault> {
    all.iter()
        .copied()
        .find(|one| name_of(*one) == name)
        .ok_or_else(|| unreadable("word", &name))
}

fn unreadable(what: &str, found: &dyn std::fmt::Display) -> Fault {
    Fault::Unreadable(format!("a stored {what} cannot be read: {found}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_story_is_read_as_it_was_written() {
        let mut story = Story::from_text("Gespräche", &["Rund 2,1 Mio. flohen."]);
        story.paragraphs.extend(ROLES.map(|role| Paragraph {
            role,
            text: "„Nein“, sagte sie.".to_owned(),
        }));
        story.modified = Some(Date {
            text: "gestern".to_owned(),
            at: None,
        });
        story.outlet = Some("Kurier".to_owned());
        story.canonical = Some("https://news.example/1".to_owned());

        assert_eq!(to_story(&of_story(&story).unwrap()).unwrap(), story);
    }
}
