//! Watches added to and taken from the text of a configuration, whose comments and layout stay as they are.
//!
//! Only whole lines are added or taken away. What comes out is read again before anything is written: it must mean what it
//! meant before, and the watches that were asked for.

use std::fmt::Write;

use super::show::scalar;
use super::yaml::{self, Value};
use super::{Config, Origin};
use crate::alert::WatchName;

/// A watch to be added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewWatch {
    /// The address of the page, or of the feed.
    pub url: String,
    /// Whether the address is that of a feed.
    pub is_feed: bool,
    /// Its name; made from the address where none is given.
    pub name: Option<String>,
    /// The claims it follows; every claim where none is given.
    pub claims: Vec<String>,
    /// CSS selector of the story.
    pub include: Option<String>,
    /// CSS selectors of what is not the story.
    pub exclude: Vec<String>,
    /// How often it is checked, as it is typed.
    pub every: Option<String>,
    /// Who is told.
    pub notify: Vec<String>,
    /// Words for filters.
    pub tags: Vec<String>,
    /// Whether a browser shows the page first.
    pub browser: bool,
}

impl NewWatch {
    /// The keys and values of the entry, in the order of the example configuration.
    fn lines(&self) -> Vec<String> {
        let key = if self.is_feed { "feed" } else { "url" };
        let mut lines = Vec::new();
        let one = |key: &str, value: &str| format!("{key}: {}", scalar(value));
        lines.extend(self.name.as_ref().map(|name| one("name", name)));
        lines.push(one(key, &self.url));
        lines.extend(self.include.as_ref().map(|css| one("include", css)));
        for (key, list) in [
            ("exclude", &self.exclude),
            ("tags", &self.tags),
            ("claims", &self.claims),
            ("notify", &self.notify),
        ] {
            if !list.is_empty() {
                let values: Vec<String> = list.iter().map(|value| scalar(value)).collect();
                lines.push(format!("{key}: [{}]", values.join(", ")));
            }
        }
        lines.extend(self.every.as_ref().map(|every| one("every", every)));
        lines.extend(self.browser.then(|| "browser: true".to_owned()));
        lines
    }

    /// The entry as it stands in a list whose dashes are `indent` spaces in.
    fn entry(&self, indent: usize) -> String {
        let lines = self.lines();
        let is_bare = lines.len() == 1 && !self.is_feed;
        let mut entry = String::new();
        for (index, line) in lines.iter().enumerate() {
            let line = if is_bare {
                line.trim_start_matches("url: ")
            } else {
                line
            };
            let dash = if index == 0 { "- " } else { "  " };
            // Writing to a string does not fail.
            let _ = writeln!(entry, "{:indent$}{dash}{line}", "");
        }
        entry
    }
}

/// `text` with more watches at the end of its list.
///
/// # Errors
/// Where the list is written in a form that lines cannot be added to.
pub fn with_watches(text: &str, watches: &[NewWatch]) -> Result<String, String> {
    let Some(section) = section(text, "watches") else {
        let mut text = ended(text);
        text.push_str("watches:\n");
        text.extend(watches.iter().map(|watch| watch.entry(2)));
        return Ok(text);
    };
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    if !section.inline.is_empty() {
        return inline(&lines, &section, watches);
    }
    let dash = dashes(&lines, &section).next();
    let indent = dash.map_or(2, |line| indent_of(lines[line]));
    let entries: String = watches.iter().map(|watch| watch.entry(indent)).collect();
    Ok(insert(&lines, section.filled, &entries))
}

/// A list on the line of its key becomes one of its own lines, where nothing but addresses stands in it.
fn inline(lines: &[&str], section: &Section, watches: &[NewWatch]) -> Result<String, String> {
    let by_hand = || {
        format!(
            "the list of watches in line {} is written in one line; give each watch a line of its own, beginning with a -",
            section.key + 1
        )
    };
    let tree = yaml::read(&format!("watches: {}\n", section.inline)).map_err(|_| by_hand())?;
    let Value::Mapping(entries) = &tree.value else {
        return Err(by_hand());
    };
    let (_, node) = entries.first().ok_or_else(by_hand)?;
    let mut kept = Vec::new();
    match &node.value {
        Value::Text(url) => kept.push(url.clone()),
        Value::List(list) => {
            for node in list {
                match &node.value {
                    Value::Text(url) => kept.push(url.clone()),
                    _ => return Err(by_hand()),
                }
            }
        }
        Value::Nothing => {}
        Value::Mapping(_) => return Err(by_hand()),
    }
    let line = lines[section.key];
    let comment = line.find(" #").map_or("", |at| line[at..].trim_end());
    let mut block = format!("watches:{comment}\n");
    let bare = |url: String| NewWatch {
        url,
        ..NewWatch::default()
    };
    block.extend(kept.into_iter().map(|url| bare(url).entry(2)));
    block.extend(watches.iter().map(|watch| watch.entry(2)));
    let mut text = lines[..section.key].concat();
    text.push_str(&block);
    text.push_str(&lines[section.key + 1..].concat());
    Ok(text)
}

/// `text` with a claim that is found by its name, unless there is one.
#[must_use]
pub fn with_claim(text: &str, name: &str) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let words = scalar(&name.replace(['-', '_'], " "));
    match section(text, "claims").filter(|section| section.inline.is_empty()) {
        None => format!("{}claims:\n  {name}:\n    words: [{words}]\n", ended(text)),
        Some(section) => {
            let first = (section.key + 1..section.filled)
                .map(|line| lines[line])
                .find(|line| is_content(line));
            let indent = first.map_or(2, indent_of);
            let entry = format!("{:indent$}{name}:\n{:indent$}  words: [{words}]\n", "", "");
            insert(&lines, section.filled, &entry)
        }
    }
}

/// `text` without a watch; comments stay.
///
/// # Errors
/// Where its lines cannot be told from those of others.
pub fn without_watch(text: &str, config: &Config, name: &WatchName) -> Result<String, String> {
    let by_hand =
        |line: u64| format!("the watch `{name}` in line {line} shares its line; remove it by hand");
    let line = ["name", "url"]
        .iter()
        .filter_map(|key| config.origins.get(&format!("watches.{name}.{key}")))
        .find_map(|origin| match origin {
            Origin::Line(line) => Some(*line),
            Origin::Default | Origin::From(_) => None,
        })
        .ok_or_else(|| format!("the lines of the watch `{name}` are not known"))?;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let section = section(text, "watches").ok_or_else(|| by_hand(line))?;
    if !section.inline.is_empty() {
        return Err(by_hand(line));
    }
    let starts: Vec<usize> = dashes(&lines, &section).collect();
    let at = usize::try_from(line).unwrap_or(usize::MAX) - 1;
    let position = starts.iter().rposition(|start| *start <= at);
    let position = position.ok_or_else(|| by_hand(line))?;
    let start = starts[position];
    let next = starts.get(position + 1).copied().unwrap_or(section.filled);
    // What stands between the last line of this entry and the next entry are comments on the next one.
    let end = (start..next)
        .rfind(|line| is_content(lines[*line]))
        .map_or(next, |last| last + 1);
    let comments: String = (start + 1..end)
        .map(|line| lines[line])
        .filter(|line| line.trim_start().starts_with('#'))
        .collect();
    Ok(lines[..start].concat() + &comments + &lines[end..].concat())
}

/// A section at the top of the file.
struct Section {
    /// The line of its key, from 0.
    key: usize,
    /// What stands behind the key on its line.
    inline: String,
    /// The line behind the last one that belongs to it, comments and blank lines before the next section left out.
    filled: usize,
}

fn section(text: &str, name: &str) -> Option<Section> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let rest = |line: &str| {
        let rest = line.trim_start_matches('\u{feff}').strip_prefix(name)?;
        let rest = rest.trim_start().strip_prefix(':')?;
        Some(rest.to_owned())
    };
    let (key, rest) = lines
        .iter()
        .enumerate()
        .find_map(|(index, line)| Some((index, rest(line)?)))?;
    let inline = rest.split(" #").next().unwrap_or_default().trim();
    let inline = if inline.starts_with('#') { "" } else { inline };
    let mut filled = key + 1;
    for (index, line) in lines.iter().enumerate().skip(key + 1) {
        if !is_content(line) {
            continue;
        }
        if indent_of(line) == 0 && !line.starts_with('-') {
            break;
        }
        filled = index + 1;
    }
    Some(Section {
        key,
        inline: inline.to_owned(),
        filled,
    })
}

/// The lines on which the entries of a list begin.
fn dashes<'a>(lines: &'a [&'a str], section: &Section) -> impl Iterator<Item = usize> + 'a {
    let own = section.key + 1..section.filled;
    let is_dash = |line: &str| line.trim_start().starts_with("- ") || line.trim() == "-";
    let first = own.clone().find(|line| is_dash(lines[*line]));
    let indent = first.map_or(0, |line| indent_of(lines[line]));
    own.filter(move |line| is_dash(lines[*line]) && indent_of(lines[*line]) == indent)
}

/// Whether there is more in a line than blanks and a comment.
fn is_content(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with('#')
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn insert(lines: &[&str], at: usize, entries: &str) -> String {
    ended(&lines[..at].concat()) + entries + &lines[at..].concat()
}

/// `text` with a line break at its end.
fn ended(text: &str) -> String {
    let mut text = text.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// What is wrong with an edit that was made, or nothing.
#[must_use]
pub fn problem(before: &Config, after: &Config, added: usize, removed: usize) -> Option<String> {
    let kept = before
        .watches
        .iter()
        .filter(|watch| {
            after
                .watch(&watch.name)
                .is_some_and(|same| same.url == watch.url)
        })
        .count();
    let is_whole = kept + removed == before.watches.len()
        && after.watches.len() + removed == before.watches.len() + added
        && after.receivers == before.receivers
        && after.email == before.email
        && after.store == before.store;
    (!is_whole).then(|| {
        "the edit would change more than what was asked for; edit the file by hand".to_owned()
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::path::Path;

    use super::*;
    use crate::{config, secret};

    const FILE: &str = "# Ours.\nwatches:  # what we read\n  # the first\n  - https://news.example/a\n\
        \x20 - name: second   # by hand\n    url: https://news.example/b\n    # a thought\n    tags: [x]\n\n\
        # The store.\nstore: a.db\n";

    fn read(text: &str) -> Config {
        config::from_text(text, Path::new("config.yaml"), &secret::Process)
            .unwrap_or_else(|mistakes| panic!("{mistakes}\n{text}"))
    }

    fn new(url: &str) -> NewWatch {
        NewWatch {
            url: url.to_owned(),
            ..NewWatch::default()
        }
    }

    fn name(text: &str) -> WatchName {
        WatchName::new(text).unwrap()
    }

    #[test]
    fn a_watch_is_added_at_the_end_of_the_list_and_nothing_else_changes() {
        let text = with_watches(FILE, &[new("https://news.example/c")]).unwrap();

        let expected = FILE.replace(
            "    tags: [x]\n",
            "    tags: [x]\n  - https://news.example/c\n",
        );
        assert_eq!(text, expected);
        assert_eq!(problem(&read(FILE), &read(&text), 1, 0), None);
    }

    #[test]
    fn what_was_added_can_be_removed_again() {
        let watch = NewWatch {
            name: Some("third".to_owned()),
            tags: vec!["a: b".to_owned()],
            every: Some("5m".to_owned()),
            ..new("https://news.example/c?x=1#y")
        };
        let text = with_watches(FILE, &[watch]).unwrap();

        assert_eq!(
            without_watch(&text, &read(&text), &name("third")).unwrap(),
            FILE
        );
    }

    #[test]
    fn removing_a_watch_keeps_every_comment() {
        let text = without_watch(FILE, &read(FILE), &name("second")).unwrap();

        for comment in [
            "# Ours.",
            "# what we read",
            "# the first",
            "# a thought",
            "# The store.",
        ] {
            assert!(text.contains(comment), "{comment}\n{text}");
        }
        assert_eq!(read(&text).watches.len(), 1);
    }

    #[test]
    fn the_first_of_two_can_be_removed_too() {
        let text = without_watch(FILE, &read(FILE), &name("news.example-a")).unwrap();

        assert_eq!(read(&text).watches[0].name.as_str(), "second");
    }

    #[test]
    fn a_list_in_one_line_gets_lines_of_its_own() {
        for before in [
            "watches: [https://news.example/a, \"https://news.example/b\"]\nstore: a.db\n",
            "watches: https://news.example/a # mine\nstore: a.db",
            "store: a.db",
        ] {
            let text = with_watches(before, &[new("https://news.example/c")]).unwrap();

            let config = read(&text);
            assert!(
                config.watches.iter().any(|watch| watch.url.ends_with("/c")),
                "{text}"
            );
            assert!(text.contains("store: a.db"));
        }
    }

    #[test]
    fn lists_with_dashes_at_the_margin_and_files_without_a_last_line_break_are_edited_too() {
        let before = "watches:\n- https://news.example/a\n- name: b\n  url: https://news.example/b";

        let text = with_watches(before, &[new("https://news.example/c")]).unwrap();

        assert_eq!(read(&text).watches.len(), 3);
        let text = without_watch(&text, &read(&text), &name("b")).unwrap();
        assert_eq!(
            text,
            "watches:\n- https://news.example/a\n- https://news.example/c\n"
        );
    }

    #[test]
    fn a_claim_is_added_where_there_is_none_of_its_name() {
        let text = with_claim(FILE, "refugees");
        let text = with_claim(&text, "dead-and-missing");

        let config = read(&text);
        assert_eq!(config.claims[0].words, ["refugees"]);
        assert_eq!(config.claims[1].words, ["dead and missing"]);
    }
}
