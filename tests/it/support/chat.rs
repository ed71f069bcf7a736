//! Chat services on loopback: each takes what the real one takes, refuses what it refuses, in its words.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::watch;

/// What a service says about a message: `Err` where it is of the wrong shape or too long.
pub type Check = fn(&Value) -> Result<(), String>;

/// A message that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    pub method: Method,
    pub path: String,
    pub query: String,
    pub authorization: Option<String>,
    pub body: Value,
}

/// An answer of the service's own.
#[derive(Clone, Debug)]
pub struct Says {
    pub status: u16,
    pub headers: Vec<(&'static str, &'static str)>,
    pub body: Value,
}

impl Says {
    pub fn new(status: u16, body: Value) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body,
        }
    }

    pub fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }
}

/// The running service. It ends with the runtime it was started on.
#[derive(Clone)]
pub struct Chat {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    check: Check,
    thanks: fn(usize) -> Value,
    next: Mutex<VecDeque<Says>>,
    refused: Mutex<Vec<String>>,
    taken: watch::Sender<Vec<Taken>>,
}

impl Chat {
    /// A service of a kind.
    pub async fn start(kind: &str) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (check, thanks) = service(kind);
        let shared = Arc::new(Shared {
            check,
            thanks,
            next: Mutex::default(),
            refused: Mutex::default(),
            taken: watch::Sender::new(Vec::new()),
        });
        let router = Router::new()
            .fallback(receive)
            .with_state(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, shared }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Answers the next message with this, and does not take it.
    pub fn say_next(&self, says: Says) {
        self.shared.next.lock().unwrap().push_back(says);
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.shared.taken.borrow().clone()
    }

    /// What was of the wrong shape.
    pub fn refused(&self) -> Vec<String> {
        self.shared.refused.lock().unwrap().clone()
    }

    /// Waits until `count` messages were taken in all, and gives them.
    pub async fn has_taken(&self, count: usize) -> Vec<Taken> {
        let mut taken = self.shared.taken.subscribe();
        taken
            .wait_for(|taken| taken.len() >= count)
            .await
            .unwrap()
            .clone()
    }
}

async fn receive(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let next = shared.next.lock().unwrap().pop_front();
    if let Some(says) = next {
        let status = StatusCode::from_u16(says.status).unwrap();
        let text = match &says.body {
            Value::String(text) => text.clone(),
            json => json.to_string(),
        };
        let mut response = (status, text).into_response();
        for (name, value) in says.headers {
            response.headers_mut().insert(name, value.parse().unwrap());
        }
        return response;
    }
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let json = headers
        .get("content-type")
        .is_some_and(|t| t == "application/json");
    let problem = (shared.check)(&body).and(if json { Ok(()) } else { Err("no JSON".into()) });
    if let Err(problem) = problem {
        shared.refused.lock().unwrap().push(problem.clone());
        return (StatusCode::BAD_REQUEST, problem).into_response();
    }
    let header = |name: &str| Some(headers.get(name)?.to_str().unwrap().to_owned());
    shared.taken.send_modify(|taken| {
        taken.push(Taken {
            method,
            path: uri.path().to_owned(),
            query: uri.query().unwrap_or_default().to_owned(),
            authorization: header("authorization"),
            body,
        });
    });
    let count = shared.taken.borrow().len();
    match (shared.thanks)(count) {
        Value::Null => StatusCode::NO_CONTENT.into_response(),
        Value::String(text) => text.into_response(),
        thanks => thanks.to_string().into_response(),
    }
}

/// What a service checks, and how it thanks.
fn service(kind: &str) -> (Check, fn(usize) -> Value) {
    let check = check_of(kind);
    let thanks: fn(usize) -> Value = match kind {
        "slack" | "mattermost" => |_| json!("ok"),
        "discord" => |_| Value::Null,
        "teams" => |_| json!(""),
        "ntfy" => |n| json!({"id": format!("n{n}"), "event": "message"}),
        "telegram" => |n| json!({"ok": true, "result": {"message_id": n}}),
        "matrix" => |n| json!({"event_id": format!("$event{n}")}),
        other => panic!("no such service: {other}"),
    };
    (check, thanks)
}

/// What a service checks.
pub fn check_of(kind: &str) -> Check {
    match kind {
        "slack" => slack,
        "discord" => discord,
        "teams" => teams,
        "mattermost" => mattermost,
        "ntfy" => ntfy,
        "telegram" => telegram,
        "matrix" => matrix,
        other => panic!("no such service: {other}"),
    }
}

fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

fn ensure(holds: bool, what: impl Into<String>) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what.into()) }
}

/// Text from `least` to `most` UTF-16 units, in which nothing is a control character but a line break.
fn text<'a>(value: &'a Value, what: &str, least: usize, most: usize) -> Result<&'a str, String> {
    let text = value
        .as_str()
        .ok_or(format!("{what} is no text: {value}"))?;
    let length = utf16(text);
    ensure(
        (least..=most).contains(&length),
        format!("{what} has {length} characters: {text}"),
    )?;
    ensure(
        text.chars().all(|c| c == '\n' || !c.is_control()),
        format!("{what} has control characters"),
    )?;
    Ok(text)
}

fn link(value: &Value, what: &str, most: usize) -> Result<(), String> {
    let text = text(value, what, 1, most)?;
    let url = url::Url::parse(text).map_err(|error| format!("{what}: {error}"))?;
    ensure(
        matches!(url.scheme(), "http" | "https"),
        format!("{what}: {url}"),
    )
}

fn list<'a>(value: &'a Value, what: &str, most: usize) -> Result<&'a [Value], String> {
    let list = value
        .as_array()
        .ok_or(format!("{what} is no list: {value}"))?;
    ensure(
        (1..=most).contains(&list.len()),
        format!("{what} has {} entries", list.len()),
    )?;
    Ok(list)
}

/// Only these keys.
fn keys(value: &Value, known: &[&str]) -> Result<(), String> {
    let object = value.as_object().ok_or(format!("no object: {value}"))?;
    match object.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(format!("unknown key {key} in {value}")),
        None => Ok(()),
    }
}

/// <https://docs.slack.dev/reference/block-kit/blocks>
fn slack(body: &Value) -> Result<(), String> {
    keys(
        body,
        &["text", "mrkdwn", "unfurl_links", "unfurl_media", "blocks"],
    )?;
    ensure(utf16(&body.to_string()) <= 12_000, "msg_too_long")?;
    let shown = text(&body["text"], "text", 1, 4_000)?;
    ensure(!shown.contains(['<', '>']), "text mentions or links")?;
    for block in list(&body["blocks"], "blocks", 50)? {
        match block["type"].as_str().unwrap_or_default() {
            "header" => slack_text(&block["text"], "header", 150)?,
            "section" => {
                for field in list(&block["fields"], "fields", 10)? {
                    slack_text(field, "field", 2_000)?;
                }
            }
            "context" => {
                for element in list(&block["elements"], "elements", 10)? {
                    slack_text(element, "context", 3_000)?;
                }
            }
            "rich_text" => {
                for element in list(&block["elements"], "elements", 50)? {
                    slack_rich(element)?;
                }
            }
            other => return Err(format!("invalid_blocks: {other}")),
        }
    }
    Ok(())
}

/// Only literal text: what is of type `mrkdwn` would be interpreted.
fn slack_text(value: &Value, what: &str, most: usize) -> Result<(), String> {
    ensure(
        value["type"] == "plain_text",
        format!("{what} is interpreted"),
    )?;
    text(&value["text"], what, 1, most).map(drop)
}

fn slack_rich(value: &Value) -> Result<(), String> {
    match value["type"].as_str().unwrap_or_default() {
        "rich_text_section" | "rich_text_quote" | "rich_text_list" => {
            list(&value["elements"], "elements", 100)?
                .iter()
                .try_for_each(slack_rich)
        }
        "text" => text(&value["text"], "rich text", 1, 4_000).map(drop),
        "link" => {
            text(&value["text"], "link text", 1, 3_000)?;
            link(&value["url"], "link", 3_000)
        }
        other => Err(format!("invalid_blocks: {other}")),
    }
}

/// <https://docs.discord.com/developers/resources/message#embed-object-embed-limits>
fn discord(body: &Value) -> Result<(), String> {
    keys(body, &["embeds", "allowed_mentions"])?;
    ensure(
        body["allowed_mentions"] == json!({"parse": []}),
        "somebody may be mentioned",
    )?;
    let [embed] = list(&body["embeds"], "embeds", 10)? else {
        return Err("not one embed".to_owned());
    };
    keys(
        embed,
        &[
            "title",
            "description",
            "fields",
            "footer",
            "timestamp",
            "color",
            "url",
        ],
    )?;
    let mut sum = utf16(text(&embed["title"], "title", 1, 256)?);
    sum += utf16(text(&embed["description"], "description", 1, 4_096)?);
    sum += utf16(text(&embed["footer"]["text"], "footer", 1, 2_048)?);
    if !embed["url"].is_null() {
        link(&embed["url"], "url", 2_048)?;
    }
    let fields = embed["fields"].as_array().ok_or("fields is no list")?;
    ensure(fields.len() <= 25, "too many fields")?;
    for field in fields {
        sum += utf16(text(&field["name"], "name", 1, 256)?);
        sum += utf16(text(&field["value"], "value", 1, 1_024)?);
        ensure(field["inline"].is_boolean(), "inline")?;
    }
    ensure(
        embed["color"].as_u64().is_some_and(|color| color < 1 << 24),
        "color",
    )?;
    let time = embed["timestamp"]
        .as_str()
        .and_then(|at| at.parse::<jiff::Timestamp>().ok());
    ensure(time.is_some(), "timestamp")?;
    ensure(sum <= 6_000, format!("{sum} characters in all"))
}

/// <https://adaptivecards.io/explorer/>, as Teams reads it.
fn teams(body: &Value) -> Result<(), String> {
    keys(body, &["type", "summary", "attachments"])?;
    ensure(body["type"] == "message", "type")?;
    ensure(body.to_string().len() <= 20_000, "too large")?;
    let [attachment] = list(&body["attachments"], "attachments", 1)? else {
        return Err("attachments".to_owned());
    };
    ensure(
        attachment["contentType"] == "application/vnd.microsoft.card.adaptive",
        "contentType",
    )?;
    let card = &attachment["content"];
    ensure(
        card["type"] == "AdaptiveCard" && card["version"] == "1.4",
        "card",
    )?;
    list(&card["body"], "body", 100)?
        .iter()
        .try_for_each(teams_element)?;
    for action in card["actions"].as_array().ok_or("actions is no list")? {
        ensure(action["type"] == "Action.OpenUrl", "action")?;
        text(&action["title"], "title", 1, 100)?;
        link(&action["url"], "url", 2_048)?;
    }
    Ok(())
}

/// Only literal text: a `TextBlock` would read Markdown.
fn teams_element(element: &Value) -> Result<(), String> {
    match element["type"].as_str().unwrap_or_default() {
        "RichTextBlock" => {
            for run in list(&element["inlines"], "inlines", 100)? {
                ensure(run["type"] == "TextRun", "inline")?;
                text(&run["text"], "run", 1, 20_000)?;
            }
            Ok(())
        }
        "Container" => list(&element["items"], "items", 100)?
            .iter()
            .try_for_each(teams_element),
        "ColumnSet" => {
            for column in list(&element["columns"], "columns", 10)? {
                ensure(column["type"] == "Column", "column")?;
                list(&column["items"], "items", 10)?
                    .iter()
                    .try_for_each(teams_element)?;
            }
            Ok(())
        }
        other => Err(format!("element {other}")),
    }
}

fn mattermost(body: &Value) -> Result<(), String> {
    keys(body, &["text", "channel"])?;
    let text = body["text"].as_str().ok_or("no text")?;
    ensure(
        (1..=4_000).contains(&text.chars().count()),
        format!("{} characters", text.chars().count()),
    )?;
    ensure(
        text.chars().all(|c| c == '\n' || !c.is_control()),
        "control characters",
    )?;
    let mention = text
        .match_indices('@')
        .any(|(at, _)| text[at + 1..].starts_with(|c: char| c.is_ascii_alphanumeric()));
    ensure(!mention, "somebody is mentioned")?;
    let rows = text.lines().filter(|line| line.starts_with('|'));
    let bars = |line: &str| line.replace("\\|", "").matches('|').count();
    ensure(
        rows.clone().all(|row| bars(row) == 3),
        "a row of the table is broken",
    )
}

/// <https://docs.ntfy.sh/publish/#publish-as-json>
fn ntfy(body: &Value) -> Result<(), String> {
    keys(
        body,
        &["topic", "title", "message", "priority", "tags", "click"],
    )?;
    ensure(
        body["topic"]
            .as_str()
            .is_some_and(|topic| !topic.is_empty()),
        "topic",
    )?;
    text(&body["title"], "title", 1, 200)?;
    let message = text(&body["message"], "message", 1, 4_096)?;
    ensure(
        message.len() <= 4_096,
        format!("message has {} bytes", message.len()),
    )?;
    ensure(
        body["priority"]
            .as_u64()
            .is_some_and(|p| (1..=5).contains(&p)),
        "priority",
    )?;
    for tag in list(&body["tags"], "tags", 10)? {
        text(tag, "tag", 1, 100)?;
    }
    if !body["click"].is_null() {
        link(&body["click"], "click", 2_048)?;
    }
    Ok(())
}

/// <https://core.telegram.org/bots/api#html-style>
fn telegram(body: &Value) -> Result<(), String> {
    let known = [
        "chat_id",
        "text",
        "parse_mode",
        "link_preview_options",
        "disable_notification",
        "message_thread_id",
    ];
    keys(body, &known)?;
    ensure(body["parse_mode"] == "HTML", "parse_mode")?;
    ensure(
        body["link_preview_options"]["is_disabled"] == true,
        "preview",
    )?;
    let html = body["text"].as_str().ok_or("no text")?;
    let read = entities(html)?;
    let length = utf16(&read);
    ensure(
        (1..=4_096).contains(&length),
        format!("message is too long: {length}"),
    )?;
    ensure(
        read.chars().all(|c| c == '\n' || !c.is_control()),
        "control characters",
    )?;
    let mention = read
        .match_indices('@')
        .any(|(at, _)| read[at + 1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_'));
    ensure(!mention, "somebody is mentioned")
}

/// The text of Telegram's HTML; an error where it would answer "can't parse entities".
fn entities(html: &str) -> Result<String, String> {
    let mut open: Vec<String> = Vec::new();
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&', '>']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix('&') {
            let (name, after) = after.split_once(';').ok_or("an entity without an end")?;
            text.push_str(match name {
                "lt" => "<",
                "gt" => ">",
                "amp" => "&",
                "quot" => "\"",
                other => return Err(format!("entity {other}")),
            });
            rest = after;
            continue;
        }
        let inside = rest.strip_prefix('<').ok_or("a bare >")?;
        let (tag, after) = inside.split_once('>').ok_or("a tag without an end")?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            ensure(
                open.pop().as_deref() == Some(name),
                format!("</{name}> closes nothing"),
            )?;
            continue;
        }
        let name = tag.split(' ').next().unwrap_or_default();
        ensure(
            ["b", "i", "s", "a", "blockquote"].contains(&name),
            format!("tag {tag}"),
        )?;
        open.push(name.to_owned());
    }
    text.push_str(rest);
    ensure(open.is_empty(), "a tag is not closed")?;
    Ok(text)
}

/// <https://spec.matrix.org/latest/client-server-api/#mroommessage-msgtypes>
fn matrix(body: &Value) -> Result<(), String> {
    let known = [
        "msgtype",
        "body",
        "format",
        "formatted_body",
        "m.mentions",
        "m.relates_to",
    ];
    keys(body, &known)?;
    ensure(body.to_string().len() <= 30_000, "M_TOO_LARGE")?;
    ensure(body["msgtype"] == "m.notice", "msgtype")?;
    ensure(body["m.mentions"] == json!({}), "somebody is mentioned")?;
    ensure(body["format"] == "org.matrix.custom.html", "format")?;
    text(&body["body"], "body", 1, 30_000)?;
    let html = text(&body["formatted_body"], "formatted_body", 1, 30_000)?;
    let allowed = [
        "p",
        "strong",
        "a",
        "blockquote",
        "del",
        "br",
        "ul",
        "li",
        "em",
    ];
    for part in html.split('<').skip(1) {
        let name = part
            .trim_start_matches('/')
            .split([' ', '>'])
            .next()
            .unwrap_or_default();
        ensure(allowed.contains(&name), format!("tag {name}"))?;
    }
    match &body["m.relates_to"] {
        Value::Null => Ok(()),
        relation => ensure(
            relation["rel_type"] == "m.thread"
                && relation["event_id"]
                    .as_str()
                    .is_some_and(|id| id.starts_with('$')),
            "relation",
        ),
    }
}
