//! Slack, and what takes its incoming webhooks.
//!
//! Blocks of literal text: nothing a story says is read as markup, so it can neither mention anybody nor hide a link. Only
//! `text`, which notifications show, is interpreted, and there `& < >` are all that means anything.
//! <https://docs.slack.dev/reference/block-kit/blocks>

use std::time::Duration;

use serde_json::{Value, json};

use super::Takes;
use super::http::{Answer, Request};
use super::kind::{Default, Key, Kind, Message, Settings, Verdict, Wants, Work, unchecked};
use crate::alert::render::chat::{Card, cut_utf16, fitted, utf16};

/// The longest header.
const MAX_HEADER: usize = 150;
/// The longest text of a field.
const MAX_FIELD: usize = 2_000;
/// The most fields of a section.
const MAX_FIELDS: usize = 10;
/// All text of a message together.
const MAX_CHARS: usize = 12_000;
/// Slack takes one message a second.
const PACE: Duration = Duration::from_secs(1);

const URL: Key = Key {
    name: "url",
    about: "the address of the incoming webhook",
    wants: Wants::Address,
    default: Default::Needed,
};

/// Slack.
pub const KIND: Kind = Kind {
    name: "slack",
    about: "a header, the marked sentence, was and now, as literal text; one message a second",
    example: "{url: {credential: slack_url}}",
    takes: Takes::Everything,
    threads: false,
    keys: &[&URL],
    check: unchecked,
    work: Work::Ask {
        request,
        verdict,
        pace: |_| PACE,
    },
};

fn request(settings: &Settings, message: &Message<'_>) -> Result<Request, String> {
    let body = fitted(message.alert, body, |body| {
        utf16(&body.to_string()) <= MAX_CHARS
    });
    Ok(Request::json(settings.url(&URL)?, &body))
}

fn body(card: &Card) -> Value {
    let mut blocks = vec![json!({
        "type": "header",
        "text": plain(&cut_utf16(&card.title, MAX_HEADER)),
    })];
    blocks.push(json!({"type": "rich_text", "elements": sentence(card)}));
    let fields: Vec<Value> = card
        .facts
        .iter()
        .take(MAX_FIELDS)
        .map(|(label, value)| plain(&cut_utf16(&format!("{label}\n{value}"), MAX_FIELD)))
        .collect();
    if !fields.is_empty() {
        blocks.push(json!({"type": "section", "fields": fields}));
    }
    blocks.push(json!({
        "type": "context",
        "elements": [plain(&card.notes.join(" · "))],
    }));
    json!({
        "text": escaped(&card.summary),
        "mrkdwn": false,
        "unfurl_links": false,
        "unfurl_media": false,
        "blocks": blocks,
    })
}

/// The story, the sentence, the other changes and the links.
fn sentence(card: &Card) -> Vec<Value> {
    let mut head = Vec::new();
    match &card.story {
        Some(story) => {
            head.push(match story.link() {
                Some(url) => json!({"type": "link", "url": url, "text": or_dash(&story.title)}),
                None => literal(&or_dash(&story.title)),
            });
            if !story.from.is_empty() {
                head.push(literal(&format!(" · {}", story.from)));
            }
        }
        None => head.push(literal(&or_dash(&card.summary))),
    }
    let mut elements = vec![json!({"type": "rich_text_section", "elements": head})];
    if !card.sentence.is_empty() {
        let pieces: Vec<Value> = card.sentence.iter().map(piece).collect();
        elements.push(json!({"type": "rich_text_quote", "elements": pieces}));
    }
    if !card.more.is_empty() {
        let lines = card
            .more
            .iter()
            .map(|line| json!({"type": "rich_text_section", "elements": [literal(line)]}));
        let lines: Vec<Value> = lines.collect();
        elements.push(json!({"type": "rich_text_list", "style": "bullet", "elements": lines}));
    }
    let mut links = Vec::new();
    for (label, url) in card.links.iter().filter(|(label, _)| *label != "Story") {
        if !links.is_empty() {
            links.push(literal(" · "));
        }
        links.push(json!({"type": "link", "url": url, "text": label}));
    }
    if !links.is_empty() {
        elements.push(json!({"type": "rich_text_section", "elements": links}));
    }
    elements
}

fn piece((sign, words): &(String, String)) -> Value {
    match sign.as_str() {
        "-" => json!({"type": "text", "text": words, "style": {"strike": true}}),
        "+" => json!({"type": "text", "text": words, "style": {"bold": true}}),
        _ => literal(words),
    }
}

/// Text that a service refuses when it is empty.
fn or_dash(text: &str) -> String {
    if text.is_empty() { "–" } else { text }.to_owned()
}

fn literal(text: &str) -> Value {
    json!({"type": "text", "text": text})
}

fn plain(text: &str) -> Value {
    json!({"type": "plain_text", "text": or_dash(text), "emoji": false})
}

/// The three characters that mean something to Slack.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Slack answers `ok`, or a word that says why not.
fn verdict(answer: &Answer) -> Verdict {
    Verdict::usual(answer, &answer.words(), None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alert::Alert;

    fn sent(alert: &Alert) -> Value {
        fitted(alert, body, |body| utf16(&body.to_string()) <= MAX_CHARS)
    }

    #[test]
    fn the_figure_is_in_the_header_and_its_sentence_is_marked() {
        let body = sent(&crate::alert::test(jiff::Timestamp::UNIX_EPOCH));

        assert_eq!(
            body["blocks"][0]["text"]["text"],
            "[test] Refugees 2.1 to 2.2 million → 2.5 million (+16%)"
        );
        let quote = &body["blocks"][1]["elements"][1];
        assert_eq!(quote["elements"][1]["style"], json!({"strike": true}));
        assert_eq!(quote["elements"][1]["text"], "2.1 to 2.2");
        assert_eq!(body["blocks"][2]["fields"][1]["text"], "Now\n2.5 million");
    }

    #[test]
    fn nobody_is_mentioned() {
        let mut alert = crate::alert::test(jiff::Timestamp::UNIX_EPOCH);
        alert.summary = "<!channel> & <@U1> said".to_owned();

        let body = sent(&alert);

        assert_eq!(body["text"], "&lt;!channel&gt; &amp; &lt;@U1&gt; said");
        assert!(!body.to_string().contains("mrkdwn\","));
    }
}
