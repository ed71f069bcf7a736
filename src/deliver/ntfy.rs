//! Push notifications by ntfy, at ntfy.sh or a server of one's own.
//!
//! Plain text: Markdown stays off. <https://docs.ntfy.sh/publish/>

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::AUTHORIZATION;
use serde_json::{Value, json};

use super::Takes;
use super::http::{Answer, Request};
use super::kind::{Default, Key, Kind, Message, Problem, Settings, Verdict, Wants, Work};
use crate::alert::Alert;
use crate::alert::render::chat::{Card, cut_utf16, fitted, plain_below};

/// The longest title.
const MAX_TITLE: usize = 200;
/// The longest message, in bytes; a longer one would arrive as a file.
const MAX_MESSAGE_BYTES: usize = 4_096;
/// ntfy.sh takes a burst, then a message every five seconds.
const PACE: Duration = Duration::from_millis(200);

const SERVER: Key = Key {
    name: "server",
    about: "the server",
    wants: Wants::Server,
    default: Default::Is("https://ntfy.sh"),
};
const TOPIC: Key = Key {
    name: "topic",
    about: "the topic; whoever knows it can read along, unless the server asks for a token",
    wants: Wants::Secret,
    default: Default::Needed,
};
const TOKEN: Key = Key {
    name: "token",
    about: "an access token",
    wants: Wants::Secret,
    default: Default::Nothing,
};
const USER: Key = Key {
    name: "user",
    about: "a user, in place of a token",
    wants: Wants::Text,
    default: Default::Nothing,
};
const PASSWORD: Key = Key {
    name: "password",
    about: "the password of the user",
    wants: Wants::Secret,
    default: Default::Nothing,
};

/// ntfy.
pub const KIND: Kind = Kind {
    name: "ntfy",
    about: "a push notification, its priority by severity, that opens the story",
    example: "{server: https://ntfy.example.org, topic: {credential: ntfy_topic}, token: {credential: ntfy_token}}",
    takes: Takes::Everything,
    threads: false,
    keys: &[&SERVER, &TOPIC, &TOKEN, &USER, &PASSWORD],
    check,
    work: Work::Ask {
        request,
        verdict,
        pace: |_| PACE,
    },
};

fn check(settings: &Settings) -> Option<Problem> {
    let wrong = |key: &Key, what: &str, hint| {
        Some(Problem {
            key: key.name,
            what: what.to_owned(),
            hint,
        })
    };
    let has = |key| settings.get(key).is_some();
    let topic = settings.secret(&TOPIC).unwrap_or_default();
    let is_topic = (1..=64).contains(&topic.len())
        && topic
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    match (has(&TOKEN), has(&USER), has(&PASSWORD)) {
        _ if !is_topic => wrong(
            &TOPIC,
            "this is not a topic",
            "use letters, digits, `-` and `_`, at most 64 of them",
        ),
        (true, true, _) => wrong(&USER, "there is a token already", "keep one of the two"),
        (_, true, false) => wrong(
            &USER,
            "there is a user but no password",
            "add password: {credential: ntfy_password}",
        ),
        (_, false, true) => wrong(
            &PASSWORD,
            "there is a password but no user",
            "add user: NAME",
        ),
        _ => None,
    }
}

fn request(settings: &Settings, message: &Message<'_>) -> Result<Request, String> {
    let alert = message.alert;
    let topic = settings.secret(&TOPIC).unwrap_or_default();
    let fits = |body: &Value| {
        body["message"]
            .as_str()
            .is_none_or(|text| text.len() <= MAX_MESSAGE_BYTES)
    };
    let body = fitted(alert, |card| body(card, alert, topic), fits);
    let request = Request::json(settings.url(&SERVER)?, &body);
    match (
        settings.secret(&TOKEN),
        settings.text(&USER),
        settings.secret(&PASSWORD),
    ) {
        (Some(token), ..) => request.with(AUTHORIZATION, &format!("Bearer {token}")),
        (None, Some(user), Some(password)) => {
            let both = STANDARD.encode(format!("{user}:{password}"));
            request.with(AUTHORIZATION, &format!("Basic {both}"))
        }
        _ => Ok(request),
    }
}

fn body(card: &Card, alert: &Alert, topic: &str) -> Value {
    let mut body = json!({
        "topic": topic,
        "title": cut_utf16(&card.title, MAX_TITLE),
        "message": plain_below(card),
        "priority": priority(alert),
        "tags": [alert.severity, alert.watch.id],
    });
    if let Some(url) = card.story.as_ref().and_then(|story| story.link()) {
        body["click"] = json!(url);
    }
    body
}

fn priority(alert: &Alert) -> u8 {
    match alert.severity.as_str() {
        "critical" => 5,
        "high" => 4,
        _ => 3,
    }
}

fn verdict(answer: &Answer) -> Verdict {
    let json = answer.json().unwrap_or_default();
    let said = json["error"]
        .as_str()
        .map_or_else(|| answer.words(), ToOwned::to_owned);
    Verdict::usual(answer, &said, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figure_is_the_title_and_a_tap_opens_the_story() {
        let alert = crate::alert::test(jiff::Timestamp::UNIX_EPOCH);

        let body = fitted(&alert, |card| body(card, &alert, "desk"), |_| true);

        assert_eq!(
            body["title"],
            "[test] Refugees 2.1 to 2.2 million → 2.5 million (+16%)"
        );
        assert_eq!(body["priority"], 4);
        assert_eq!(
            body["click"],
            "https://news.example/world/talks-resume-4127"
        );
        assert!(
            body["message"]
                .as_str()
                .unwrap()
                .contains("[-2.1 to 2.2-] {+2.5+} million")
        );
    }
}
