//! Mattermost, by an incoming webhook: a message in Markdown with a table.
//!
//! Marks of Markdown in a story are escaped, and its `@` names nobody: Mattermost has no switch against mentions.
//! <https://developers.mattermost.com/integrate/webhooks/incoming/>

use std::time::Duration;

use serde_json::{Value, json};

use super::Takes;
use super::http::{Answer, Request};
use super::kind::{Default, Key, Kind, Message, Settings, Verdict, Wants, Work, unchecked};
use crate::alert::render::chat::{Card, Markup, fitted, without_mentions};

/// The longest message, in characters.
const MAX_CHARS: usize = 4_000;
/// Mattermost takes ten a second as it comes; one sender need not use them up.
const PACE: Duration = Duration::from_millis(200);

const URL: Key = Key {
    name: "url",
    about: "the address of the incoming webhook",
    wants: Wants::Address,
    default: Default::Needed,
};
const CHANNEL: Key = Key {
    name: "channel",
    about: "another channel than the webhook's own",
    wants: Wants::Text,
    default: Default::Nothing,
};

/// Mattermost.
pub const KIND: Kind = Kind {
    name: "mattermost",
    about: "a message in Markdown with a table of was and now",
    example: "{url: {credential: mattermost_url}, channel: newsdesk}",
    takes: Takes::Everything,
    threads: false,
    keys: &[&URL, &CHANNEL],
    check: unchecked,
    work: Work::Ask {
        request,
        verdict,
        pace: |_| PACE,
    },
};

const MARKUP: Markup = Markup {
    escape: escaped,
    old: ("~~", "~~"),
    new: ("**", "**"),
};

fn request(settings: &Settings, message: &Message<'_>) -> Result<Request, String> {
    let text = fitted(message.alert, text, |text| {
        text.chars().count() <= MAX_CHARS
    });
    let mut body = json!({"text": text});
    if let Some(channel) = settings.text(&CHANNEL) {
        body["channel"] = json!(channel);
    }
    Ok(Request::json(settings.url(&URL)?, &body))
}

fn text(card: &Card) -> String {
    let mut parts = vec![format!("#### {}", escaped(&card.title))];
    match &card.story {
        Some(story) => {
            let title = escaped(&story.title);
            let title = match story.link().filter(|url| !url.contains(['(', ')'])) {
                Some(url) => format!("[{title}]({url})"),
                None => title,
            };
            let from = if story.from.is_empty() {
                String::new()
            } else {
                format!(" · {}", escaped(&story.from))
            };
            parts.push(format!("{title}{from}"));
        }
        None => parts.push(escaped(&card.summary)),
    }
    if !card.sentence.is_empty() {
        parts.push(format!("> {}", MARKUP.sentence(card)));
    }
    if !card.facts.is_empty() {
        let rows: Vec<String> = card
            .facts
            .iter()
            .map(|(label, value)| format!("| {} | {} |", escaped(label), escaped(value)))
            .collect();
        parts.push(format!("| | |\n|:--|:--|\n{}", rows.join("\n")));
    }
    let lines: Vec<String> = card
        .more
        .iter()
        .map(|line| format!("- {}", escaped(line)))
        .collect();
    parts.push(lines.join("\n"));
    parts.push(escaped(&card.notes.join(" · ")));
    let links = card.links.iter().filter(|(label, _)| *label != "Story");
    let links: Vec<String> = links
        .map(|(label, url)| format!("{label}: <{url}>"))
        .collect();
    parts.push(links.join("\n"));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// Text in which no sign is Markdown and nobody is named.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '*' | '_' | '~' | '`' | '|' | '[' | ']' | '(' | ')' | '#' | '!' | '>'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    without_mentions(&out)
}

/// Mattermost answers `ok`, or JSON that says why not.
fn verdict(answer: &Answer) -> Verdict {
    let json: Value = answer.json().unwrap_or_default();
    let said = json["message"]
        .as_str()
        .map_or_else(|| answer.words(), ToOwned::to_owned);
    let asked = answer
        .number("x-ratelimit-reset")
        .filter(|reset| *reset < 86_400.0);
    Verdict::usual(
        answer,
        &said,
        answer
            .retry_after()
            .or(asked.and_then(super::kind::seconds)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_facts_stand_in_a_table() {
        let alert = crate::alert::test(jiff::Timestamp::UNIX_EPOCH);

        let text = fitted(&alert, text, |_| true);

        assert!(
            text.starts_with(
                "#### \\[test\\] Refugees 2.1 to 2.2 million → 2.5 million \\(+16%\\)\n"
            ),
            "{text}"
        );
        assert!(text.contains("~~2.1 to 2.2~~ **2.5** million"), "{text}");
        assert!(text.contains("\n| Now | 2.5 million |\n"), "{text}");
    }

    #[test]
    fn a_story_mentions_nobody_and_breaks_no_table() {
        assert_eq!(
            escaped("@channel a|b [x](y)"),
            "@\u{200b}channel a\\|b \\[x\\]\\(y\\)"
        );
    }
}
