//! Discord, by a webhook: one embed.
//!
//! Nobody is ever mentioned (`allowed_mentions` is empty), and every mark of Discord's Markdown in a story is escaped.
//! <https://docs.discord.com/developers/resources/webhook>

use std::time::Duration;

use serde_json::{Value, json};

use super::Takes;
use super::http::{Answer, Request};
use super::kind::{self, Default, Key, Kind, Message, Settings, Verdict, Wants, Work};
use crate::alert::Alert;
use crate::alert::render::chat::{Card, Markup, cut_utf16, fitted, utf16};

const MAX_TITLE: usize = 256;
const MAX_DESCRIPTION: usize = 4_096;
const MAX_NAME: usize = 256;
const MAX_VALUE: usize = 1_024;
const MAX_FIELDS: usize = 25;
const MAX_FOOTER: usize = 2_048;
/// All text of a message together.
const MAX_CHARS: usize = 6_000;
/// Discord takes five messages in two seconds, and tells when that changes.
const PACE: Duration = Duration::from_millis(400);
/// A fact no longer than this stands beside others.
const INLINE_CHARS: usize = 60;

const URL: Key = Key {
    name: "url",
    about: "the address of the webhook",
    wants: Wants::Address,
    default: Default::Needed,
};
const THREAD: Key = Key {
    name: "thread",
    about: "the number of the thread to post to",
    wants: Wants::Text,
    default: Default::Nothing,
};

/// Discord.
pub const KIND: Kind = Kind {
    name: "discord",
    about: "one embed that mentions nobody; the pace follows what Discord answers",
    example: "{url: {credential: discord_url}}",
    takes: Takes::Everything,
    threads: false,
    keys: &[&URL, &THREAD],
    check,
    work: Work::Ask {
        request,
        verdict,
        pace: |_| PACE,
    },
};

/// Marks of Discord's Markdown.
const MARKUP: Markup = Markup {
    escape: escaped,
    old: ("~~", "~~"),
    new: ("**", "**"),
};

fn check(settings: &Settings) -> Option<kind::Problem> {
    let thread = settings.text(&THREAD)?;
    (!thread.chars().all(|c| c.is_ascii_digit())).then(|| kind::Problem {
        key: THREAD.name,
        what: String::from("this is not the number of a thread"),
        hint: "copy the thread's ID: 17 to 20 digits",
    })
}

fn request(settings: &Settings, message: &Message<'_>) -> Result<Request, String> {
    let mut url = settings.url(&URL)?;
    if let Some(thread) = settings.text(&THREAD) {
        url.query_pairs_mut().append_pair("thread_id", thread);
    }
    let alert = message.alert;
    let body = fitted(
        alert,
        |card| body(card, alert),
        |body| length(body) <= MAX_CHARS,
    );
    Ok(Request::json(url, &body))
}

fn body(card: &Card, alert: &Alert) -> Value {
    let mut embed = json!({
        "title": cut_utf16(&escaped(&card.title), MAX_TITLE),
        "description": cut_utf16(&description(card), MAX_DESCRIPTION),
        "fields": fields(card),
        "footer": {"text": cut_utf16(&card.notes.join(" · "), MAX_FOOTER)},
        "timestamp": alert.at,
        "color": color(alert),
    });
    if let Some(url) = card.story.as_ref().and_then(|story| story.link()) {
        embed["url"] = json!(url);
    }
    json!({"embeds": [embed], "allowed_mentions": {"parse": []}})
}

/// The story, its sentence and what else changed.
fn description(card: &Card) -> String {
    let mut parts = Vec::new();
    match &card.story {
        Some(story) if story.from.is_empty() => parts.push(escaped(&story.title)),
        Some(story) => parts.push(escaped(&format!("{} · {}", story.title, story.from))),
        None => parts.push(escaped(&card.summary)),
    }
    if !card.sentence.is_empty() {
        parts.push(format!("> {}", MARKUP.sentence(card)));
    }
    if !card.more.is_empty() {
        let lines: Vec<String> = card
            .more
            .iter()
            .map(|line| format!("- {}", escaped(line)))
            .collect();
        parts.push(lines.join("\n"));
    }
    let links = card.links.iter().filter(|(label, _)| *label != "Story");
    let links: Vec<String> = links
        .map(|(label, url)| format!("{label}: <{url}>"))
        .collect();
    parts.push(links.join("\n"));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn fields(card: &Card) -> Vec<Value> {
    let facts = card.facts.iter().filter(|(_, value)| !value.is_empty());
    facts
        .take(MAX_FIELDS)
        .map(|(label, value)| {
            json!({
                "name": cut_utf16(&escaped(label), MAX_NAME),
                "value": cut_utf16(&escaped(value), MAX_VALUE),
                "inline": value.chars().count() <= INLINE_CHARS,
            })
        })
        .collect()
}

/// The bar beside the embed. The severity itself is told in words.
fn color(alert: &Alert) -> u32 {
    match alert.severity.as_str() {
        "critical" => 0x00b3_261e,
        "high" => 0x00c2_5e00,
        "medium" => 0x0000_5fb8,
        _ => 0x006b_7280,
    }
}

/// What Discord counts: title, description, names and values of fields, footer.
fn length(body: &Value) -> usize {
    let embed = &body["embeds"][0];
    let of = |text: &Value| utf16(text.as_str().unwrap_or_default());
    let fields = embed["fields"].as_array().into_iter().flatten();
    let fields: usize = fields
        .map(|field| of(&field["name"]) + of(&field["value"]))
        .sum();
    of(&embed["title"]) + of(&embed["description"]) + of(&embed["footer"]["text"]) + fields
}

/// Text in which no sign is Markdown, a mention, an emoji or a time of Discord's.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '*'
                | '_'
                | '~'
                | '`'
                | '|'
                | '>'
                | '<'
                | '['
                | ']'
                | '('
                | ')'
                | '#'
                | '-'
                | ':'
                | '@'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Discord says in headers when the next message may come, and in the body of a 429 when to try again.
fn verdict(answer: &Answer) -> Verdict {
    let json = answer.json().unwrap_or_default();
    let asked = json["retry_after"].as_f64().and_then(kind::seconds);
    let said = json["message"]
        .as_str()
        .map_or_else(|| answer.words(), ToOwned::to_owned);
    let mut verdict = Verdict::usual(answer, &said, asked);
    if answer.number("x-ratelimit-remaining") == Some(0.0) {
        let rest = answer
            .number("x-ratelimit-reset-after")
            .and_then(kind::seconds);
        verdict.hold = verdict.hold.max(rest);
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_cannot_write_markdown() {
        assert_eq!(
            escaped("**@everyone** [here](https://evil.example) <t:1:R>"),
            "\\*\\*\\@everyone\\*\\* \\[here\\]\\(https\\://evil.example\\) \\<t\\:1\\:R\\>"
        );
    }

    #[test]
    fn the_sentence_is_marked_and_the_figures_stand_side_by_side() {
        let alert = crate::alert::test(jiff::Timestamp::UNIX_EPOCH);

        let body = fitted(&alert, |card| body(card, &alert), |_| true);

        let embed = &body["embeds"][0];
        let description = embed["description"].as_str().unwrap();
        assert!(
            description.contains("~~2.1 to 2.2~~ **2.5** million"),
            "{description}"
        );
        assert_eq!(
            embed["fields"][1],
            json!({"name": "Now", "value": "2.5 million", "inline": true})
        );
    }
}
