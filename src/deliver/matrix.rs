//! A Matrix room: a notice, in a thread for each story.
//!
//! The identifier of the alert is the transaction's, so a repeat within the homeserver's memory is no second message.
//! `m.mentions` is empty, so nobody is. <https://spec.matrix.org/latest/client-server-api/#sending-events-to-a-room>

use std::time::Duration;

use reqwest::Method;
use reqwest::header::AUTHORIZATION;
use serde_json::{Value, json};

use super::Takes;
use super::http::{Answer, Request};
use super::kind::{Default, Key, Kind, Message, Problem, Settings, Verdict, Wants, Work};
use crate::alert::render::chat::{Card, fitted, html, plain};

/// An event has room for 64 kB; what lies between is a reserve for what homeservers add.
const MAX_BYTES: usize = 30_000;
/// Homeservers take a burst, then one message every five seconds or so, and tell when.
const PACE: Duration = Duration::from_millis(200);

const SERVER: Key = Key {
    name: "server",
    about: "the homeserver",
    wants: Wants::Server,
    default: Default::Needed,
};
const TOKEN: Key = Key {
    name: "token",
    about: "the access token of the account that posts",
    wants: Wants::Secret,
    default: Default::Needed,
};
const ROOM: Key = Key {
    name: "room",
    about: "the room's internal identifier, with ! before it",
    wants: Wants::Text,
    default: Default::Needed,
};
const THREADS: Key = Key {
    name: "threads",
    about: "whether the messages about one story make a thread",
    wants: Wants::Flag,
    default: Default::Is("true"),
};

/// Matrix.
pub const KIND: Kind = Kind {
    name: "matrix",
    about: "a notice in a room, in a thread for each story; a repeat is no second message",
    example: "{server: https://matrix.example.org, token: {credential: matrix_token}, room: \"!newsdesk:example.org\"}",
    takes: Takes::Everything,
    threads: true,
    keys: &[&SERVER, &TOKEN, &ROOM, &THREADS],
    check,
    work: Work::Ask {
        request,
        verdict,
        pace: |_| PACE,
    },
};

fn check(settings: &Settings) -> Option<Problem> {
    let room = settings.text(&ROOM).unwrap_or_default();
    (!room.starts_with('!') || room.len() > 255).then(|| Problem {
        key: ROOM.name,
        what: String::from("this is not the identifier of a room"),
        hint: "copy it from the room's advanced settings: \"!…:example.org\"",
    })
}

fn request(settings: &Settings, message: &Message<'_>) -> Result<Request, String> {
    let thread = message.thread.filter(|_| settings.is(&THREADS));
    let body = fitted(
        message.alert,
        |card| body(card, thread),
        |body| body.to_string().len() <= MAX_BYTES,
    );
    let mut url = settings.url(&SERVER)?;
    url.path_segments_mut()
        .map_err(|()| String::from("the server's address can have no path"))?
        .pop_if_empty()
        .extend([
            "_matrix",
            "client",
            "v3",
            "rooms",
            settings.text(&ROOM).unwrap_or_default(),
        ])
        .extend(["send", "m.room.message", message.alert.alert_id.as_str()]);
    let mut request = Request::json(url, &body);
    request.method = Method::PUT;
    let token = settings.secret(&TOKEN).unwrap_or_default();
    request.with(AUTHORIZATION, &format!("Bearer {token}"))
}

fn body(card: &Card, thread: Option<&str>) -> Value {
    let mut body = json!({
        "msgtype": "m.notice",
        "body": plain(card),
        "format": "org.matrix.custom.html",
        "formatted_body": html(card),
        "m.mentions": {},
    });
    if let Some(first) = thread {
        body["m.relates_to"] = json!({
            "rel_type": "m.thread",
            "event_id": first,
            "is_falling_back": true,
            "m.in_reply_to": {"event_id": first},
        });
    }
    body
}

/// Homeservers answer with the identifier of the event, or JSON that says why not and when to come again.
fn verdict(answer: &Answer) -> Verdict {
    let json: Value = answer.json().unwrap_or_default();
    let event = json["event_id"].as_str();
    if answer.is_success() {
        return match event {
            Some(event) => Verdict {
                result: Ok(Some(event.to_owned())),
                hold: None,
            },
            None => Verdict::refused(
                super::Retry::Backoff,
                answer.told("the answer is not that of a homeserver"),
            ),
        };
    }
    let asked = json["retry_after_ms"].as_u64().map(Duration::from_millis);
    let parts = [json["errcode"].as_str(), json["error"].as_str()];
    let said: Vec<&str> = parts.into_iter().flatten().collect();
    let said = if said.is_empty() {
        answer.words()
    } else {
        said.join(": ")
    };
    Verdict::usual(answer, &said, answer.retry_after().or(asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_story_says_is_text_in_both_forms() {
        let mut alert = crate::alert::test(jiff::Timestamp::UNIX_EPOCH);
        alert.story.as_mut().unwrap().title = "<img src=x> @room".to_owned();

        let body = fitted(&alert, |card| body(card, Some("$first")), |_| true);

        assert!(
            body["formatted_body"]
                .as_str()
                .unwrap()
                .contains("&lt;img src=x&gt; @room")
        );
        assert_eq!(body["m.mentions"], json!({}));
        assert_eq!(body["m.relates_to"]["event_id"], "$first");
    }

    #[test]
    fn the_sentence_is_marked_in_both_forms() {
        let alert = crate::alert::test(jiff::Timestamp::UNIX_EPOCH);

        let body = fitted(&alert, |card| body(card, None), |_| true);

        assert!(
            body["body"]
                .as_str()
                .unwrap()
                .contains("[-2.1 to 2.2-] {+2.5+} million")
        );
        assert!(
            body["formatted_body"]
                .as_str()
                .unwrap()
                .contains("<del>2.1 to 2.2</del> <strong>2.5</strong> million")
        );
        assert_eq!(body.get("m.relates_to"), None);
    }
}
