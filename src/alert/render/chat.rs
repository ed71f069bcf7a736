//! An alert as a chat message or a push notification has room for it.
//!
//! Every service has limits of its own. [`fitted`] makes the message shorter until it holds them: first the sentence around
//! the change, then the list of other changes and the titles. The figure itself is never shortened.

use super::lead::{Form, lead};
use super::subject::{foremost, joined};
use super::words::{Piece, clean, cut};
use super::{SubjectStyle, digest, elsewhere, facts, numbered, subject, times};
use crate::alert::{Alert, ToldChange};

/// The parts of a message. Nothing in it is escaped; everything is on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// What changed, in one line: `Refugees 2.1 to 2.2 million → 2.5 million (+16%)`.
    pub title: String,
    /// The whole alert in a sentence.
    pub summary: String,
    /// The story, where there is one.
    pub story: Option<Headline>,
    /// The sentence around the change: `=`, `-` or `+`, and the words. Empty where the facts say as much.
    pub sentence: Vec<Piece>,
    /// What proves it: `Was`, `Now`, `Change`, `Said by`, and their values.
    pub facts: Vec<(String, String)>,
    /// The other changes, one each.
    pub more: Vec<String>,
    /// What else there is to know, in small print.
    pub notes: Vec<String>,
    /// Where to look further: a label and an address.
    pub links: Vec<(&'static str, String)>,
}

/// The story a message is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// Its headline.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Its outlet and agency: `NDTV / AFP`.
    pub from: String,
}

/// How much of each part there is room for, in characters; and how many other changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    title: usize,
    sentence: usize,
    value: usize,
    more: usize,
    headline: usize,
    notes: usize,
}

/// From all there is to the least that still tells it.
const ROOMS: [Room; 6] = [
    room(250, 700, 600, 9, 200, 400),
    room(250, 300, 300, 9, 160, 300),
    room(150, 160, 200, 5, 120, 200),
    room(150, 80, 120, 3, 100, 160),
    room(120, 0, 100, 0, 80, 120),
    room(80, 0, 60, 0, 40, 80),
];

/// Addresses longer than this are not repeated in a message that has little room.
const MAX_URL_CHARS: usize = 1_000;

/// A digest lists this many times as many lines as other messages list changes: it has nothing else to show.
const DIGEST_LINES: usize = 3;

const fn room(
    title: usize,
    sentence: usize,
    value: usize,
    more: usize,
    headline: usize,
    notes: usize,
) -> Room {
    Room {
        title,
        sentence,
        value,
        more,
        headline,
        notes,
    }
}

/// The fullest message that fits.
///
/// ```
/// use claimwatch::alert::{self, render::chat};
/// let alert = alert::test(jiff::Timestamp::UNIX_EPOCH);
/// let text = chat::fitted(&alert, chat::plain, |text| text.len() < 300);
/// assert!(text.contains("2.1 to 2.2 million → 2.5 million (+16%)"));
/// ```
#[must_use]
pub fn fitted<T>(alert: &Alert, write: impl Fn(&Card) -> T, fits: impl Fn(&T) -> bool) -> T {
    let [rooms @ .., least] = ROOMS;
    rooms
        .into_iter()
        .map(|room| write(&card(alert, room)))
        .find(|message| fits(message))
        .unwrap_or_else(|| write(&card(alert, least)))
}

/// The parts of the message in the room there is.
fn card(alert: &Alert, room: Room) -> Card {
    let main = foremost(alert).filter(|_| alert.problem.is_none());
    Card {
        title: title(alert, main, room.title),
        summary: cut(&clean(&alert.summary), 400),
        story: alert.story.as_ref().map(|story| {
            let from = [&story.outlet, &story.agency];
            let from: Vec<&str> = from.into_iter().flatten().map(String::as_str).collect();
            Headline {
                title: cut(&clean(&story.title), room.headline),
                url: clean(&story.url),
                from: cut(&clean(&from.join(" / ")), room.headline),
            }
        }),
        sentence: main.map_or_else(Vec::new, |change| sentence(change, room.sentence)),
        facts: main.map_or_else(
            || of_problem(alert, room),
            |change| of_change(alert, change, room),
        ),
        more: more(alert, room),
        notes: notes(alert, room),
        links: links(alert),
    }
}

/// What changed in one line of at most `limit` characters; the words give way, never a figure.
fn title(alert: &Alert, main: Option<&ToldChange>, limit: usize) -> String {
    let mark = if alert.test { "[test] " } else { "" };
    let Some(change) = main else {
        return cut(
            &clean(&subject::subject(alert, SubjectStyle::Change)),
            limit,
        );
    };
    let others = alert.changes.len() - 1 + alert.changes_omitted as usize;
    let end = if others > 0 {
        format!(" & {others} more")
    } else {
        String::new()
    };
    let room = limit.saturating_sub(mark.len() + end.len());
    let forms = [Form::Full, Form::Compact, Form::Tight];
    let titles = forms.map(|form| clean(&joined(&lead(change, form))));
    let fitting = titles.iter().find(|title| title.chars().count() <= room);
    let text = fitting.map_or_else(|| cut(&titles[2], room), Clone::clone);
    format!("{mark}{text}{end}")
}

/// The facts of the change, each on one line.
fn of_change(alert: &Alert, change: &ToldChange, room: Room) -> Vec<(String, String)> {
    let rows = facts::rows(alert, change).into_iter().map(|row| {
        let is_time = matches!(row.label, "Was" | "Now");
        let value = cut(&clean(&row.value), room.value);
        let value = if row.note.is_empty() || is_time {
            value
        } else {
            format!("{value} {}", cut(&clean(&row.note), room.value))
        };
        (row.label.to_owned(), value)
    });
    rows.filter(|(_, value)| !value.is_empty()).collect()
}

/// What is known of a trouble, or of whatever else is told without changes.
fn of_problem(alert: &Alert, room: Room) -> Vec<(String, String)> {
    let rows = facts::problem_rows(alert).into_iter();
    rows.map(|(label, value)| {
        let label = super::lead::capital(&label.to_lowercase());
        (label, cut(&clean(&value), room.value))
    })
    .collect()
}

/// The other changes in a line each, the last of them counted where there is no room.
fn more(alert: &Alert, room: Room) -> Vec<String> {
    if let Some(digest) = &alert.digest {
        return digest::lines(digest, room.more * DIGEST_LINES);
    }
    if let Some(disagreement) = &alert.disagreement {
        return elsewhere::lines(alert, disagreement);
    }
    if alert.problem.is_some() {
        return Vec::new();
    }
    let changes = facts::in_order(alert);
    let others: Vec<&ToldChange> = changes.into_iter().skip(1).collect();
    let mut lines: Vec<String> = others
        .iter()
        .take(room.more)
        .map(|change| clean(&joined(&lead(change, Form::Full))))
        .collect();
    let left = others.len() - lines.len() + alert.changes_omitted as usize;
    if left > 0 {
        lines.push(format!("and {}", numbered(left, "more change")));
    }
    lines
}

/// Disclosure, times and copies, reason and identifier.
fn notes(alert: &Alert, room: Room) -> Vec<String> {
    let mut notes = Vec::new();
    if alert.problem.is_none() && !alert.changes.is_empty() {
        notes.push(super::lead::capital(&facts::disclosed(alert)));
        if let (Some(old), Some(new)) = (&alert.old, &alert.new) {
            let last = old.last_seen.unwrap_or(old.first_seen);
            let now = new.first_seen.max(last);
            notes.push(format!(
                "edited {} UTC",
                times::span(last, now, "to", alert.at)
            ));
        }
        notes.push(facts::stored(alert));
    }
    notes.push(format!("{}: {}", alert.watch.id, alert.watch.reason));
    notes.push(alert.alert_id.to_string());
    notes
        .iter()
        .map(|note| cut(&clean(note), room.notes))
        .filter(|note| !note.is_empty())
        .collect()
}

/// The story, what is stored of it, and where it is archived.
fn links(alert: &Alert) -> Vec<(&'static str, String)> {
    let story = alert.story.as_ref().map(|story| story.url.clone());
    let archived = facts::archived(alert)
        .last()
        .map(|(_, url)| (*url).to_owned());
    let all = [
        ("Story", story),
        ("Versions", alert.links.story.clone()),
        ("Archived", archived),
    ];
    let links = all
        .into_iter()
        .filter_map(|(label, url)| Some((label, clean(&url?))));
    links.filter(|(_, url)| is_link(url)).collect()
}

/// Whether a text is an address that a message may link to.
fn is_link(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && url.chars().count() <= MAX_URL_CHARS
        && !url.contains([' ', '"', '<', '>', '|', '\\', '`'])
}

impl Headline {
    /// The address, where it is one that may be linked to.
    #[must_use]
    pub fn link(&self) -> Option<&str> {
        is_link(&self.url).then_some(self.url.as_str())
    }
}

/// The marked sentence, shortened around the change.
fn sentence(change: &ToldChange, limit: usize) -> Vec<Piece> {
    if limit == 0 || !facts::shows_sentence(change) {
        return Vec::new();
    }
    let size = |wanted: fn(&str) -> bool| -> usize {
        let pieces = change.diff.iter().filter(|(sign, _)| wanted(sign));
        pieces.map(|(_, text)| text.chars().count()).sum()
    };
    let is_changed = |sign: &str| sign != "=";
    let count = |changed: bool| {
        let pieces = change
            .diff
            .iter()
            .filter(|(sign, _)| is_changed(sign) == changed);
        pieces.count().max(1)
    };
    let changed = size(|sign| sign != "=").min(limit);
    let around = (limit - changed) / count(false);
    let each = limit / count(true);
    let last = change.diff.len() - 1;
    let mut pieces: Vec<Piece> = Vec::new();
    for (index, (sign, text)) in change.diff.iter().enumerate() {
        let text = one_line(text);
        let text = match sign.as_str() {
            "=" if index == 0 && last > 0 => ending(&text, around),
            "=" if index == last => beginning(&text, around),
            "=" => both_ends(&text, around),
            _ => beginning(&text, each),
        };
        pieces.push((sign.clone(), text));
    }
    spaced(&pieces)
}

/// [`clean`], but the white space at the ends stays: it belongs between two pieces.
fn one_line(text: &str) -> String {
    let (before, after) = (
        if text.starts_with(char::is_whitespace) {
            " "
        } else {
            ""
        },
        if text.ends_with(char::is_whitespace) {
            " "
        } else {
            ""
        },
    );
    let inside = clean(text);
    if inside.is_empty() {
        return before.to_owned();
    }
    format!("{before}{inside}{after}")
}

fn beginning(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    // A space before the words stays, for they stand behind others.
    let space = if text.starts_with(' ') { " " } else { "" };
    format!("{space}{}", cut(text.trim(), limit.max(1)))
}

fn ending(text: &str, limit: usize) -> String {
    let count = text.chars().count();
    if count <= limit {
        return text.to_owned();
    }
    let tail: String = text.chars().skip(count - limit.saturating_sub(1)).collect();
    let kept = tail.split_once(' ').map_or("", |(_, words)| words);
    let space = if text.ends_with(' ') && !kept.ends_with(' ') {
        " "
    } else {
        ""
    };
    format!("…{kept}{space}")
}

fn both_ends(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let end = ending(text, limit / 2);
    format!(
        "{} {}",
        beginning(text, limit / 2).trim_end_matches('…'),
        end
    )
}

/// Gives the white space at the ends of changed words to the text around them, so that marks stand close; two changed
/// pieces side by side are kept apart.
fn spaced(pieces: &[Piece]) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut add = |sign: &str, text: &str| {
        if text.is_empty() {
            return;
        }
        match out.last_mut() {
            Some((last, before)) if last == sign => before.push_str(text),
            Some((last, _)) if last != "=" && sign != "=" => {
                out.push(("=".to_owned(), " ".to_owned()));
                out.push((sign.to_owned(), text.to_owned()));
            }
            _ => out.push((sign.to_owned(), text.to_owned())),
        }
    };
    for (sign, text) in pieces {
        if sign == "=" {
            add("=", text);
            continue;
        }
        let words = text.trim();
        add("=", if text.starts_with(' ') { " " } else { "" });
        add(sign, words);
        add("=", if text.ends_with(' ') { " " } else { "" });
    }
    out
}

/// What a service writes around words, and how it keeps words from being read as anything else.
#[derive(Debug, Clone, Copy)]
pub struct Markup {
    /// Makes text harmless.
    pub escape: fn(&str) -> String,
    /// Around what was there before.
    pub old: (&'static str, &'static str),
    /// Around what is there now.
    pub new: (&'static str, &'static str),
}

impl Markup {
    /// The sentence with its changes marked.
    #[must_use]
    pub fn sentence(&self, card: &Card) -> String {
        let mut text = String::new();
        for (sign, words) in &card.sentence {
            let (open, close) = match sign.as_str() {
                "-" => self.old,
                "+" => self.new,
                _ => ("", ""),
            };
            text.push_str(open);
            text.push_str(&(self.escape)(words));
            text.push_str(close);
        }
        text.trim().to_owned()
    }
}

/// Marks for text that nothing interprets.
const PLAIN: Markup = Markup {
    escape: str::to_owned,
    old: ("[-", "-]"),
    new: ("{+", "+}"),
};

/// The message as plain text, a paragraph for each part.
#[must_use]
pub fn plain(card: &Card) -> String {
    format!("{}\n{}", card.title, plain_below(card))
}

/// The message as plain text without its title.
#[must_use]
pub fn plain_below(card: &Card) -> String {
    let mut parts = Vec::new();
    if let Some(story) = &card.story {
        let from = if story.from.is_empty() {
            String::new()
        } else {
            format!(" ({})", story.from)
        };
        parts.push(format!("{}{from}", story.title));
    }
    if !card.sentence.is_empty() {
        parts.push(PLAIN.sentence(card));
    }
    let lines = |lines: Vec<String>| lines.join("\n");
    let facts = card.facts.iter();
    parts.push(lines(
        facts
            .map(|(label, value)| format!("{label}: {value}"))
            .collect(),
    ));
    parts.push(lines(card.more.clone()));
    parts.push(lines(card.notes.clone()));
    parts.push(lines(
        card.links
            .iter()
            .map(|(label, url)| format!("{label}: {url}"))
            .collect(),
    ));
    if card.facts.is_empty() {
        parts.insert(0, card.summary.clone());
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// Marks for HTML.
const HTML: Markup = Markup {
    escape: html_escaped,
    old: ("<del>", "</del>"),
    new: ("<strong>", "</strong>"),
};

/// The message as HTML without styles, as a chat or a feed reader shows it.
#[must_use]
pub fn html(card: &Card) -> String {
    format!(
        "<p><strong>{}</strong></p>{}",
        html_escaped(&card.title),
        html_below(card)
    )
}

/// The message as HTML without its title.
#[must_use]
pub fn html_below(card: &Card) -> String {
    let link = |label: &str, url: &str| {
        format!(
            "<a href=\"{}\">{}</a>",
            html_escaped(url),
            html_escaped(label)
        )
    };
    let mut parts = vec![match &card.story {
        Some(story) => {
            let title = match story.link() {
                Some(url) => link(&story.title, url),
                None => html_escaped(&story.title),
            };
            let separator = if story.from.is_empty() { "" } else { " · " };
            format!("<p>{title}{separator}{}</p>", html_escaped(&story.from))
        }
        None => format!("<p>{}</p>", html_escaped(&card.summary)),
    }];
    if !card.sentence.is_empty() {
        let sentence = HTML.sentence(card);
        parts.push(format!("<blockquote>{sentence}</blockquote>"));
    }
    let rows: Vec<String> = card
        .facts
        .iter()
        .map(|(label, value)| {
            let (label, value) = (html_escaped(label), html_escaped(value));
            format!("<strong>{label}</strong> {value}")
        })
        .collect();
    if !rows.is_empty() {
        parts.push(format!("<p>{}</p>", rows.join("<br>")));
    }
    let more = card.more.iter();
    let lines: Vec<String> = more
        .map(|line| format!("<li>{}</li>", html_escaped(line)))
        .collect();
    if !lines.is_empty() {
        parts.push(format!("<ul>{}</ul>", lines.concat()));
    }
    let notes = html_escaped(&card.notes.join(" · "));
    parts.push(format!("<p><em>{notes}</em></p>"));
    let links = card.links.iter().filter(|(label, _)| *label != "Story");
    let links: Vec<String> = links.map(|(label, url)| link(label, url)).collect();
    if !links.is_empty() {
        parts.push(format!("<p>{}</p>", links.join(" · ")));
    }
    parts.concat()
}

/// Text for HTML.
#[must_use]
pub fn html_escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// Text in which no `@` names anybody: an invisible space stands behind it.
#[must_use]
pub fn without_mentions(text: &str) -> String {
    text.replace('@', "@\u{200b}")
}

/// The length in UTF-16 units, as the services count that were written in JavaScript or Java.
#[must_use]
pub fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The first characters of `text` that come to at most `limit` UTF-16 units.
#[must_use]
pub fn cut_utf16(text: &str, limit: usize) -> String {
    let mut shorter = limit;
    let mut out = text.to_owned();
    while utf16(&out) > limit {
        out = cut(text, shorter);
        shorter = shorter.saturating_sub(8);
        if shorter == 0 {
            return String::new();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Alert {
        let mut alert = crate::alert::test("2026-03-11T14:05:12Z".parse().unwrap());
        alert.test = false;
        alert
    }

    fn full(alert: &Alert) -> Card {
        fitted(alert, Clone::clone, |_| true)
    }

    fn least(alert: &Alert) -> Card {
        fitted(alert, Clone::clone, |_| false)
    }

    #[test]
    fn a_message_proves_what_it_tells() {
        assert_eq!(
            plain(&full(&sample())),
            "\
Refugees 2.1 to 2.2 million → 2.5 million (+16%)
Talks resume as border crossings fill (The Example Courier)

The UN refugee agency UNHCR puts the number of refugees at [-2.1 to 2.2-] {+2.5+} million, up from a week ago.

Was: 2.1 to 2.2 million
Now: 2.5 million
Change: +300,000 to +400,000 (+14% to +19%; middle +16%)
Said by: UNHCR (attribution unchanged)

No correction note, no new update time in the story
edited 11 Mar 13:05 to 14:05 UTC
version 3, sha256 b77a4c0e...; claimwatch diff sdefe20ff 2 3
example: kind figure_changed is of high severity, and medium and above are told
01KKEKEGE0M9JK0FS9VMCJKZ9E

Story: https://news.example/world/talks-resume-4127"
        );
    }

    #[test]
    fn where_there_is_no_room_the_sentence_goes_and_the_figure_stays() {
        let mut alert = sample();
        alert.changes[0].diff[0].1 = "before it ".repeat(200);
        alert.story.as_mut().unwrap().title = "A title without an end ".repeat(50);

        let card = least(&alert);

        assert_eq!(
            card.title,
            "Refugees 2.1 to 2.2 million → 2.5 million (+16%)"
        );
        assert!(card.sentence.is_empty());
        assert_eq!(card.facts[0].1, "2.1 to 2.2 million");
        assert!(plain(&card).chars().count() < 700, "{}", plain(&card));
    }

    #[test]
    fn the_sentence_is_shortened_around_what_changed() {
        let mut change = sample().changes[0].clone();
        change.diff[0].1 = format!("{}at ", "words before it ".repeat(40));
        change.diff.last_mut().unwrap().1 = format!(" million{}", " words after it".repeat(40));

        let pieces = sentence(&change, 80);

        let text: String = pieces.iter().map(|(_, text)| text.as_str()).collect();
        assert!(text.chars().count() <= 90, "{text}");
        assert!(text.starts_with('…') && text.ends_with('…'), "{text}");
        assert!(text.contains("at 2.1 to 2.2 2.5 million"), "{text}");
    }

    #[test]
    fn an_address_that_is_none_is_no_link() {
        for url in [
            "javascript:alert(1)",
            "https://a.example/\" onclick=\"x",
            "https://a.example/<b>",
            "",
        ] {
            let mut alert = sample();
            alert.story.as_mut().unwrap().url = url.to_owned();

            let card = full(&alert);

            assert!(card.links.is_empty(), "{url}");
            assert_eq!(card.story.unwrap().link(), None, "{url}");
        }
    }

    #[test]
    fn letters_outside_the_first_plane_count_twice() {
        assert_eq!(utf16("𝟚a"), 3);
        assert_eq!(cut_utf16("𝟚𝟚𝟚𝟚 𝟚𝟚𝟚𝟚 𝟚𝟚𝟚𝟚", 200), "𝟚𝟚𝟚𝟚 𝟚𝟚𝟚𝟚 𝟚𝟚𝟚𝟚");
        assert!(utf16(&cut_utf16(&"𝟚".repeat(200), 150)) <= 150);
    }
}
