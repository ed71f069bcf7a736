//! Telegram, by a bot.
//!
//! HTML in which all of a story is escaped. Telegram finds mentions in plain text too, so an `@` names nobody.
//! <https://core.telegram.org/bots/api#sendmessage>

use std::time::Duration;

use serde_json::{Value, json};

use super::http::{self, Answer, Request};
use super::kind::{self, Default, Key, Kind, Message, Settings, Verdict, Wants, Work};
use super::{Retry, Takes};
use crate::alert::Alert;
use crate::alert::render::chat::{Card, Markup, fitted, html_escaped, utf16, without_mentions};

/// The longest message, in UTF-16 units, as read: tags do not count, and an entity counts as what it stands for.
const MAX_CHARS: usize = 4_096;
/// Telegram takes a message a second in a chat ...
const PACE: Duration = Duration::from_secs(1);
/// ... and twenty a minute in a group.
const GROUP_PACE: Duration = Duration::from_secs(3);

const TOKEN: Key = Key {
    name: "token",
    about: "the token of the bot",
    wants: Wants::Secret,
    default: Default::Needed,
};
const CHAT: Key = Key {
    name: "chat",
    about: "the number of the chat, or @ and the name of a channel",
    wants: Wants::Text,
    default: Default::Needed,
};
const TOPIC: Key = Key {
    name: "topic",
    about: "the number of the forum topic to post to",
    wants: Wants::Count(1, i32::MAX as u32),
    default: Default::Nothing,
};
const TOPICS: Key = Key {
    name: "topics",
    about: "a forum topic for each watch",
    wants: Wants::Numbers,
    default: Default::Nothing,
};
const SERVER: Key = Key {
    name: "server",
    about: "the Bot API, where you run it yourself",
    wants: Wants::Server,
    default: Default::Is("https://api.telegram.org"),
};

/// Telegram.
pub const KIND: Kind = Kind {
    name: "telegram",
    about: "a message by a bot, without link preview; a forum topic for each watch if you like",
    example: "{token: {credential: telegram_token}, chat: \"-1001234567890\", topics: {courier-ceasefire: 12}}",
    takes: Takes::Everything,
    threads: false,
    keys: &[&TOKEN, &CHAT, &TOPIC, &TOPICS, &SERVER],
    check,
    work: Work::Ask {
        request,
        verdict,
        pace: |settings| match settings.text(&CHAT) {
            // Groups have numbers below zero; a channel by its name may be as busy as a group.
            Some(chat) if chat.starts_with(['-', '@']) => GROUP_PACE,
            _ => PACE,
        },
    },
};

const MARKUP: Markup = Markup {
    escape: escaped,
    old: ("<s>", "</s>"),
    new: ("<b>", "</b>"),
};

fn check(settings: &Settings) -> Option<kind::Problem> {
    let problem = |key: &Key, what: &str, hint| {
        Some(kind::Problem {
            key: key.name,
            what: what.to_owned(),
            hint,
        })
    };
    let token = settings.secret(&TOKEN).unwrap_or_default();
    let is_token = token.split_once(':').is_some_and(|(number, key)| {
        !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_digit())
            && key.len() >= 20
            && key
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    });
    let chat = settings.text(&CHAT).unwrap_or_default();
    let is_chat =
        chat.parse::<i64>().is_ok() || chat.strip_prefix('@').is_some_and(|name| !name.is_empty());
    if !is_token {
        problem(
            &TOKEN,
            "this is not the token of a bot",
            "copy what @BotFather gave you: digits, a colon, 35 characters",
        )
    } else if !is_chat {
        problem(
            &CHAT,
            "this is not a chat",
            "write its number, in quotes where it begins with -, or \"@channelname\"",
        )
    } else {
        None
    }
}

fn request(settings: &Settings, message: &Message<'_>) -> Result<Request, String> {
    let alert = message.alert;
    let text = fitted(alert, text, |text| utf16(&as_read(text)) <= MAX_CHARS);
    let mut body = json!({
        "chat_id": settings.text(&CHAT).unwrap_or_default(),
        "text": text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": true},
        "disable_notification": is_quiet(alert),
    });
    let topic = settings.number_of(&TOPICS, alert.watch.id.as_str());
    if let Some(topic) = topic.or_else(|| settings.count(&TOPIC)) {
        body["message_thread_id"] = json!(topic);
    }
    let mut url = settings.url(&SERVER)?;
    let path = format!(
        "{}/bot{}/sendMessage",
        url.path().trim_end_matches('/'),
        settings.secret(&TOKEN).unwrap_or_default()
    );
    url.set_path(&path);
    Ok(Request::json(url, &body))
}

/// Whether a phone stays silent.
fn is_quiet(alert: &Alert) -> bool {
    alert.severity == "low"
}

fn text(card: &Card) -> String {
    let mut parts = vec![format!("<b>{}</b>", escaped(&card.title))];
    match &card.story {
        Some(story) => {
            let title = escaped(&story.title);
            let title = match story.link() {
                Some(url) => format!("<a href=\"{}\">{title}</a>", html_escaped(url)),
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
        parts.push(format!(
            "<blockquote>{}</blockquote>",
            MARKUP.sentence(card)
        ));
    }
    let lines = |lines: Vec<String>| lines.join("\n");
    parts.push(lines(
        card.facts
            .iter()
            .map(|(label, value)| format!("<b>{}</b> {}", escaped(label), escaped(value)))
            .collect(),
    ));
    parts.push(lines(
        card.more
            .iter()
            .map(|line| format!("• {}", escaped(line)))
            .collect(),
    ));
    parts.push(format!("<i>{}</i>", escaped(&card.notes.join(" · "))));
    let links = card.links.iter().filter(|(label, _)| *label != "Story");
    parts.push(lines(
        links
            .map(|(label, url)| format!("<a href=\"{}\">{label}</a>", html_escaped(url)))
            .collect(),
    ));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn escaped(text: &str) -> String {
    html_escaped(&without_mentions(text))
}

/// The text that Telegram counts.
fn as_read(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    for (entity, sign) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, sign);
    }
    text
}

/// Telegram says in the body whether the message was taken, why not, and when to come again.
fn verdict(answer: &Answer) -> Verdict {
    let json: Value = answer.json().unwrap_or_default();
    let ok = json["ok"].as_bool();
    if answer.is_success() && ok == Some(true) {
        return Verdict::taken();
    }
    let asked = json["parameters"]["retry_after"]
        .as_f64()
        .and_then(kind::seconds);
    let mut said = json["description"]
        .as_str()
        .map_or_else(|| answer.words(), ToOwned::to_owned);
    if let Some(chat) = json["parameters"]["migrate_to_chat_id"].as_i64() {
        said = format!("the group has moved; set chat: \"{chat}\" and send the alert again");
    }
    if answer.is_success() {
        // A page of somebody else's, such as a captive portal's: the message is not there.
        return Verdict::refused(http::wait(asked), answer.told(&said));
    }
    match Verdict::usual(answer, &said, asked) {
        // Telegram has no 410; it answers 404 to a token that is none, and 403 to a bot that was thrown out.
        Verdict {
            result: Err((Retry::Disable, told)),
            ..
        } => Verdict::refused(Retry::Never, told),
        verdict => verdict,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_is_neither_html_nor_a_mention() {
        assert_eq!(
            escaped("<b>@desk</b> & \"x\""),
            "&lt;b&gt;@\u{200b}desk&lt;/b&gt; &amp; &quot;x&quot;"
        );
        assert_eq!(as_read("<b>a</b> &amp;lt; &lt;"), "a &lt; <");
    }

    #[test]
    fn the_figure_leads_and_the_sentence_is_marked() {
        let alert = crate::alert::test(jiff::Timestamp::UNIX_EPOCH);

        let text = fitted(&alert, text, |_| true);

        assert!(
            text.starts_with("<b>[test] Refugees 2.1 to 2.2 million → 2.5 million (+16%)</b>\n"),
            "{text}"
        );
        assert!(
            text.contains("<s>2.1 to 2.2</s> <b>2.5</b> million"),
            "{text}"
        );
    }
}
