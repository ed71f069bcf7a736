//! Microsoft Teams, by the address of a workflow: one Adaptive Card.
//!
//! All text of a story stands in `TextRun`s, which are literal: the Markdown of a `TextBlock` is never in its hands.
//! <https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using>

use std::time::Duration;

use serde_json::{Value, json};

use super::http::{Answer, Request};
use super::kind::{Default, Key, Kind, Message, Settings, Verdict, Wants, Work, unchecked};
use super::{Retry, Takes};
use crate::alert::render::chat::{Card, fitted};

/// Teams takes 28 kB; what lies between is a reserve for what it adds.
const MAX_BYTES: usize = 20_000;
/// Teams takes four messages a second.
const PACE: Duration = Duration::from_millis(250);

const URL: Key = Key {
    name: "url",
    about: "the address of the workflow that posts to the channel",
    wants: Wants::Address,
    default: Default::Needed,
};

/// Microsoft Teams.
pub const KIND: Kind = Kind {
    name: "teams",
    about: "an Adaptive Card, by the address of a workflow; four messages a second",
    example: "{url: {credential: teams_url}}",
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
        body.to_string().len() <= MAX_BYTES
    });
    Ok(Request::json(settings.url(&URL)?, &body))
}

fn body(card: &Card) -> Value {
    let mut rows = vec![text(&[run(
        &card.title,
        json!({"size": "Large", "weight": "Bolder"}),
    )])];
    match &card.story {
        Some(story) => {
            let mut runs = vec![run(&story.title, json!({}))];
            if !story.from.is_empty() {
                runs.push(run(
                    &format!(" · {}", story.from),
                    json!({"isSubtle": true}),
                ));
            }
            rows.push(text(&runs));
        }
        None => rows.push(text(&[run(&card.summary, json!({}))])),
    }
    if !card.sentence.is_empty() {
        let runs: Vec<Value> = card.sentence.iter().map(piece).collect();
        let quote = json!({"type": "Container", "style": "emphasis", "items": [text(&runs)]});
        rows.push(quote);
    }
    rows.extend(card.facts.iter().map(fact));
    rows.extend(
        card.more
            .iter()
            .map(|line| text(&[run(&format!("• {line}"), json!({}))])),
    );
    rows.push(text(&[run(
        &card.notes.join(" · "),
        json!({"size": "Small", "isSubtle": true}),
    )]));
    let actions: Vec<Value> = card
        .links
        .iter()
        .map(|(label, url)| json!({"type": "Action.OpenUrl", "title": label, "url": url}))
        .collect();
    json!({
        "type": "message",
        "summary": card.summary,
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "contentUrl": null,
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "msteams": {"width": "Full"},
                "body": rows,
                "actions": actions,
            },
        }],
    })
}

/// A label and its value, in columns.
fn fact((label, value): &(String, String)) -> Value {
    let column =
        |width: &str, content: Value| json!({"type": "Column", "width": width, "items": [content]});
    json!({
        "type": "ColumnSet",
        "spacing": "Small",
        "columns": [
            column("80px", text(&[run(label, json!({"weight": "Bolder"}))])),
            column("stretch", text(&[run(value, json!({}))])),
        ],
    })
}

fn piece((sign, words): &(String, String)) -> Value {
    match sign.as_str() {
        "-" => run(words, json!({"strikethrough": true})),
        "+" => run(words, json!({"weight": "Bolder", "underline": true})),
        _ => run(words, json!({})),
    }
}

fn text(runs: &[Value]) -> Value {
    json!({"type": "RichTextBlock", "inlines": runs})
}

/// Literal text.
fn run(text: &str, mut style: Value) -> Value {
    style["type"] = json!("TextRun");
    style["text"] = json!(if text.is_empty() { "–" } else { text });
    style
}

/// Workflows answer 202. Some addresses answer 200 and tell in words that Teams was asked too often.
fn verdict(answer: &Answer) -> Verdict {
    let json = answer.json().unwrap_or_default();
    let said = json["error"]["message"]
        .as_str()
        .map_or_else(|| answer.words(), ToOwned::to_owned);
    if answer.is_success() && said.contains("endpoint returned HTTP error") {
        return Verdict::refused(Retry::Backoff, answer.told(&said));
    }
    Verdict::usual(answer, &said, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_writes_no_markdown_and_its_figure_leads() {
        let alert = crate::alert::test(jiff::Timestamp::UNIX_EPOCH);

        let body = fitted(&alert, body, |_| true);

        let card = &body["attachments"][0]["content"];
        assert_eq!(
            card["body"][0]["inlines"][0]["text"],
            "[test] Refugees 2.1 to 2.2 million → 2.5 million (+16%)"
        );
        assert!(!body.to_string().contains("TextBlock\",\"text"), "{body}");
        assert_eq!(
            card["actions"][0]["url"],
            "https://news.example/world/talks-resume-4127"
        );
    }
}
