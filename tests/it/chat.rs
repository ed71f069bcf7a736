//! Chats and push notifications, each against a server that holds the limits of the real service.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Duration;

use claimwatch::alert::render::template::PLACEHOLDERS;
use claimwatch::alert::rules::Rules;
use claimwatch::alert::{self, About, Alert, Problem, ReceiverName, WatchName};
use claimwatch::compare::ChangeKind;
use claimwatch::deliver::courier::Courier;
use claimwatch::deliver::http::Client;
use claimwatch::deliver::kind::{Default, Kind, Message, Service, Work};
use claimwatch::deliver::{Channel, Error, KINDS, Retry};
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::config;
use crate::support::alerts::{Made, at, figure, said, side};
use crate::support::chat::{Chat, Says, check_of};
use crate::support::program::Program;

const TELEGRAM_TOKEN: &str = "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

/// The kinds that are told by a request.
fn asked() -> impl Iterator<Item = &'static str> {
    let kinds = KINDS
        .iter()
        .filter(|kind| matches!(kind.work, Work::Ask { .. }));
    kinds.map(|kind| kind.name)
}

/// The options of a receiver of this kind, for a service at `base`.
fn options(kind: &str, base: &str) -> String {
    match kind {
        "slack" | "discord" | "teams" | "mattermost" => format!("{{url: '{base}/hooks/s3cret'}}"),
        "ntfy" => format!("{{server: '{base}', topic: desk, token: tk_s3cret}}"),
        "telegram" => format!("{{server: '{base}', token: '{TELEGRAM_TOKEN}', chat: '42'}}"),
        "matrix" => format!("{{server: '{base}', token: s3cret, room: '!desk:example.org'}}"),
        other => panic!("no options for {other}"),
    }
}

/// The configuration of one receiver, `chat`.
fn written(kind: &str, options: &str) -> String {
    format!("watches: [https://news.example/a]\nnotify:\n  chat: {{{kind}: {options}}}\n")
}

fn service(kind: &str, options: &str) -> Service {
    let config =
        config::read(&written(kind, options)).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    match config.receivers.into_iter().next().unwrap().channel {
        Channel::Service(service) => service,
        other => panic!("{other:?}"),
    }
}

fn courier() -> Courier {
    Courier::new(Client::with_time_limit(&[], Duration::from_secs(5)).unwrap())
}

async fn tell(
    courier: &Courier,
    service: &Service,
    alert: &Alert,
) -> Result<Option<String>, Error> {
    let receiver = ReceiverName::new("chat").unwrap();
    let message = Message {
        alert,
        thread: None,
    };
    courier.send(&receiver, service, message, at()).await
}

/// What a service is sent, whatever it says.
fn sent(service: &Service, alert: &Alert) -> Value {
    let Work::Ask { request, .. } = service.kind.work else {
        panic!("not told by a request")
    };
    let message = Message {
        alert,
        thread: Some("$first"),
    };
    serde_json::from_slice(&request(&service.settings, &message).unwrap().body).unwrap()
}

fn failing() -> Alert {
    let watch = WatchName::new("valley").unwrap();
    let about = About {
        watch: &watch,
        tags: &[],
        story: None,
        at: at(),
    };
    alert::watch_failing(
        &about,
        Problem {
            cause: "refused (403 forbidden): <!channel> @everyone *x*".to_owned(),
            failures: 3,
            since: at() - jiff::SignedDuration::from_hours(1),
            next_try: Some(at()),
            changed_meanwhile: None,
        },
    )
}

/// Eleven changes, with everything as long as it can be.
fn largest(filler: &str) -> Alert {
    let long = filler.repeat(700);
    let mut changes = Vec::new();
    for number in 0..12 {
        changes.push(figure(
            &format!("{filler}{number}"),
            &format!("{long} {{}} {long}"),
            10,
            20,
        ));
        let (old, new) = (format!("{long} a{number}"), format!("{long} b{number}"));
        changes.push(said(
            ChangeKind::StatementChanged,
            None,
            Some(side(&old, &old)),
            Some(side(&new, &new)),
        ));
    }
    Made {
        outlet: Some(long.clone()),
        rules: Rules::default(),
        ..Made::new(&long, changes)
    }
    .alert()
}

#[tokio::test]
async fn every_service_takes_every_message() {
    for kind in asked() {
        let chat = Chat::start(kind).await;
        let service = service(kind, &options(kind, &chat.url("")));
        let courier = courier();
        let alerts = [alert::test(at()), failing(), largest("m")];

        for alert in &alerts {
            let result = tell(&courier, &service, alert).await;
            assert!(result.is_ok(), "{kind}: {result:?}");
        }

        assert_eq!(chat.taken().len(), 3, "{kind}");
        let whole = chat.taken()[0].body.to_string().replace('\\', "");
        assert!(
            whole.contains("2.1 to 2.2 million → 2.5 million"),
            "{kind}: {whole}"
        );
        let problem = chat.taken()[1].body.to_string().replace('\\', "");
        assert!(
            problem.contains("[problem] valley: refused (403"),
            "{kind}: {problem}"
        );
    }
}

#[test]
fn no_message_is_longer_than_its_service_takes() {
    for kind in asked() {
        let service = service(kind, &options(kind, "http://127.0.0.1:1"));
        // Signs that are escaped grow, letters of two units and of four bytes count more than once.
        for filler in [
            "a", "&", "<", "*", "|", "@", "\"", "𝟚", "é", "\\", "漢", "a ",
        ] {
            let alert = largest(filler);

            let body = sent(&service, &alert);

            assert_eq!(check_of(kind)(&body), Ok(()), "{kind} {filler}");
            let words = body.to_string();
            assert!(
                words.contains("10 → 20"),
                "{kind} {filler}: the figure is whole: {words}"
            );
        }
    }
}

static SERVICES: LazyLock<Vec<Service>> = LazyLock::new(|| {
    let service = |kind| service(kind, &options(kind, "http://127.0.0.1:1"));
    asked().map(service).collect()
});

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::string::string_regex("\\PC{0,80}").unwrap(),
        proptest::string::string_regex(
            "[<>&*_~`|@#!\\[\\]()\\\\:\"' \r\n\t\u{0}\u{1b}\u{85}\u{202e}\u{2028}a-z]{0,200}"
        )
        .unwrap(),
        Just("<!channel> @everyone @room <@U1> [x](https://evil.example)".to_owned()),
    ]
}

proptest! {
    #![proptest_config(crate::injection::config(1_000))]

    #[test]
    fn whatever_a_story_says_every_service_takes_it(title in words(), sentence in words(), noun in words()) {
        let alert = {
            let mut change = figure("people", "It says {} here.", 40, 60);
            for side in [&mut change.old, &mut change.new].into_iter().flatten() {
                side.noun = Some(noun.clone());
                side.sentence = format!("{sentence} {} {sentence}", side.text);
            }
            Made::new(&title, vec![change]).alert()
        };
        for service in SERVICES.iter() {
            let kind = service.kind.name;
            prop_assert_eq!(check_of(kind)(&sent(service, &alert)), Ok(()), "{}", kind);
        }
    }
}

#[tokio::test]
async fn what_a_refusal_means_is_known_for_each_service() {
    let after = |seconds| Retry::After(Duration::from_secs(seconds));
    let refusals = [
        (
            "slack",
            Says::new(429, json!("rate_limited")).with("retry-after", "7"),
            after(7),
            "rate_limited",
        ),
        (
            "slack",
            Says::new(400, json!("invalid_blocks")),
            Retry::Never,
            "invalid_blocks",
        ),
        (
            "slack",
            Says::new(403, json!("invalid_token")),
            Retry::Never,
            "invalid_token",
        ),
        (
            "slack",
            Says::new(404, json!("no_service")),
            Retry::Never,
            "no_service",
        ),
        (
            "slack",
            Says::new(410, json!("channel_is_archived")),
            Retry::Disable,
            "channel_is_archived",
        ),
        (
            "slack",
            Says::new(500, json!("rollup_error")),
            Retry::Backoff,
            "rollup_error",
        ),
        (
            "discord",
            Says::new(
                429,
                json!({"message": "You are being rate limited.", "retry_after": 0.5, "global": false}),
            ),
            Retry::After(Duration::from_millis(500)),
            "You are being rate limited.",
        ),
        (
            "discord",
            Says::new(404, json!({"message": "Unknown Webhook", "code": 10015})),
            Retry::Never,
            "Unknown Webhook",
        ),
        (
            "discord",
            Says::new(502, json!("bad gateway")),
            Retry::Backoff,
            "bad gateway",
        ),
        (
            "teams",
            Says::new(429, json!("")).with("retry-after", "12"),
            after(12),
            "429",
        ),
        (
            "teams",
            Says::new(
                200,
                json!(
                    "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429"
                ),
            ),
            Retry::Backoff,
            "HTTP error 429",
        ),
        (
            "teams",
            Says::new(
                400,
                json!({"error": {"code": "WorkflowTriggerIsNotEnabled", "message": "The workflow is switched off."}}),
            ),
            Retry::Never,
            "The workflow is switched off.",
        ),
        (
            "mattermost",
            Says::new(429, json!("limit exceeded")).with("x-ratelimit-reset", "3"),
            after(3),
            "limit exceeded",
        ),
        (
            "mattermost",
            Says::new(
                400,
                json!({"id": "web.incoming_webhook.disabled.app_error", "message": "Incoming webhooks have been disabled.", "status_code": 400}),
            ),
            Retry::Never,
            "Incoming webhooks have been disabled.",
        ),
        (
            "ntfy",
            Says::new(
                429,
                json!({"code": 42901, "http": 429, "error": "limit reached: too many requests"}),
            ),
            Retry::Backoff,
            "limit reached",
        ),
        (
            "ntfy",
            Says::new(
                403,
                json!({"code": 40301, "http": 403, "error": "forbidden"}),
            ),
            Retry::Never,
            "forbidden",
        ),
        (
            "telegram",
            Says::new(
                429,
                json!({"ok": false, "error_code": 429, "description": "Too Many Requests: retry after 9", "parameters": {"retry_after": 9}}),
            ),
            after(9),
            "Too Many Requests",
        ),
        (
            "telegram",
            Says::new(
                403,
                json!({"ok": false, "error_code": 403, "description": "Forbidden: bot was kicked from the group chat"}),
            ),
            Retry::Never,
            "bot was kicked",
        ),
        (
            "telegram",
            Says::new(
                400,
                json!({"ok": false, "error_code": 400, "description": "Bad Request: group chat was upgraded", "parameters": {"migrate_to_chat_id": -1_001_234_i64}}),
            ),
            Retry::Never,
            "set chat: \"-1001234\"",
        ),
        (
            "telegram",
            Says::new(200, json!("<html>log in to this network</html>")),
            Retry::Backoff,
            "log in",
        ),
        (
            "matrix",
            Says::new(
                429,
                json!({"errcode": "M_LIMIT_EXCEEDED", "error": "Too many requests", "retry_after_ms": 4000}),
            ),
            after(4),
            "M_LIMIT_EXCEEDED",
        ),
        (
            "matrix",
            Says::new(
                401,
                json!({"errcode": "M_UNKNOWN_TOKEN", "error": "Invalid access token"}),
            ),
            Retry::Never,
            "M_UNKNOWN_TOKEN",
        ),
        (
            "matrix",
            Says::new(200, json!({})),
            Retry::Backoff,
            "homeserver",
        ),
        ("matrix", Says::new(503, json!("")), Retry::Backoff, "503"),
    ];
    let mut seen = BTreeMap::<&str, usize>::new();
    for (kind, says, retry, told) in refusals {
        let chat = Chat::start(kind).await;
        chat.say_next(says);
        let service = service(kind, &options(kind, &chat.url("")));

        let error = tell(&courier(), &service, &alert::test(at()))
            .await
            .unwrap_err();

        assert_eq!(error.retry(), retry, "{kind} {told}");
        assert!(error.to_string().contains(told), "{kind}: {error}");
        assert!(
            !error.to_string().contains("s3cret") && !error.to_string().contains(TELEGRAM_TOKEN),
            "{error}"
        );
        *seen.entry(kind).or_default() += 1;
    }
    assert_eq!(
        seen.keys()
            .copied()
            .collect::<std::collections::BTreeSet<_>>(),
        asked().collect()
    );
}

#[tokio::test]
async fn a_service_that_asks_for_time_is_left_alone_for_it() {
    let chat = Chat::start("discord").await;
    chat.say_next(Says::new(429, json!({"retry_after": 0.9})));
    let service = service("discord", &options("discord", &chat.url("")));
    let courier = courier();
    let first = tell(&courier, &service, &alert::test(at())).await;
    let refused = std::time::Instant::now();

    tell(&courier, &service, &alert::test(at())).await.unwrap();

    assert!(first.is_err());
    assert!(
        refused.elapsed() >= Duration::from_millis(850),
        "{:?}",
        refused.elapsed()
    );
}

#[tokio::test]
async fn a_service_that_asks_for_more_than_a_minute_is_not_asked_again_before() {
    let chat = Chat::start("telegram").await;
    chat.say_next(Says::new(
        429,
        json!({"ok": false, "parameters": {"retry_after": 600}}),
    ));
    let service = service("telegram", &options("telegram", &chat.url("")));
    let courier = courier();
    tell(&courier, &service, &alert::test(at()))
        .await
        .unwrap_err();

    let error = tell(&courier, &service, &alert::test(at()))
        .await
        .unwrap_err();

    assert!(
        matches!(error.retry(), Retry::After(wait) if wait > Duration::from_secs(500)),
        "{error:?}"
    );
    assert_eq!(chat.taken().len(), 0);
}

#[tokio::test]
async fn each_service_is_asked_where_and_as_whom_it_expects() {
    let mut asked = BTreeMap::new();
    for (kind, more) in [
        (
            "ntfy",
            "server: '@', topic: desk, user: ann, password: correct",
        ),
        (
            "telegram",
            "server: '@', token: '123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw', chat: '-100', topic: 3, topics: {example: 12}",
        ),
        (
            "matrix",
            "server: '@/base/', token: s3cret, room: '!a/b:example.org'",
        ),
        ("discord", "url: '@/api/webhooks/1/x', thread: 77"),
        ("mattermost", "url: '@/hooks/x', channel: newsdesk"),
    ] {
        let chat = Chat::start(kind).await;
        let service = service(kind, &format!("{{{}}}", more.replace('@', &chat.url(""))));
        tell(&courier(), &service, &alert::test(at()))
            .await
            .unwrap();
        asked.insert(kind, chat.taken().remove(0));
    }

    assert_eq!(
        asked["ntfy"].authorization.as_deref(),
        Some("Basic YW5uOmNvcnJlY3Q=")
    );
    assert_eq!(asked["ntfy"].path, "/");
    assert_eq!(
        asked["telegram"].path,
        format!("/bot{TELEGRAM_TOKEN}/sendMessage")
    );
    assert_eq!(asked["telegram"].body["message_thread_id"], 12);
    let id = alert::test(at()).alert_id;
    assert_eq!(
        asked["matrix"].path,
        format!("/base/_matrix/client/v3/rooms/!a%2Fb:example.org/send/m.room.message/{id}")
    );
    assert_eq!(asked["matrix"].method, "PUT");
    assert_eq!(
        asked["matrix"].authorization.as_deref(),
        Some("Bearer s3cret")
    );
    assert_eq!(asked["discord"].query, "thread_id=77");
    assert_eq!(asked["mattermost"].body["channel"], "newsdesk");
}

#[tokio::test(flavor = "multi_thread")]
async fn test_alert_works_for_every_service() {
    for kind in asked() {
        let chat = Chat::start(kind).await;
        let program = Program::new(&written(kind, &options(kind, &chat.url(""))));
        let said = tokio::task::spawn_blocking(move || program.says(&["test-alert", "chat"], 0))
            .await
            .unwrap();

        assert_eq!(said, "chat: sent\n", "{kind}");
        assert_eq!(chat.has_taken(1).await.len(), 1);
    }
}

#[test]
fn every_kind_has_an_example_that_loads_and_shows_no_secret() {
    for kind in KINDS {
        let mut example = kind.example.to_owned();
        if kind.name == "feed" {
            example = example.replace(
                ", claims: [refugees]",
                ", url: 'https://news.example/s3cret'",
            );
            example = example.replace("s3cret", "feed");
        }
        for (credential, value) in [
            ("{credential: telegram_token}", TELEGRAM_TOKEN),
            ("{credential: ntfy_topic}", "desk-s3cret"),
            ("{credential: slack_url}", "https://hooks.example/s3cret"),
            ("{credential: discord_url}", "https://hooks.example/s3cret"),
            ("{credential: teams_url}", "https://hooks.example/s3cret"),
            (
                "{credential: mattermost_url}",
                "https://hooks.example/s3cret",
            ),
            ("{credential: ntfy_token}", "tk_s3cret"),
            ("{credential: matrix_token}", "syt_s3cret"),
        ] {
            example = example.replace(credential, &format!("'{value}'"));
        }

        let config = config::read(&written(kind.name, &example))
            .unwrap_or_else(|mistakes| panic!("{}: {mistakes}", kind.name));

        let shown = config.show();
        assert!(shown.contains(&format!("    {}:\n", kind.name)), "{shown}");
        assert!(
            !shown.contains("s3cret") && !shown.contains(TELEGRAM_TOKEN),
            "{shown}"
        );
        assert!(!format!("{config:?}").contains("s3cret"));
        for key in kind.keys {
            assert!(
                !key.about.is_empty() && key.about.len() < 90,
                "{}",
                key.about
            );
        }
    }
}

#[test]
fn mistakes_in_the_options_of_a_service_are_told() {
    for (kind, options, told) in [
        ("slack", "{}", "notify.chat.slack: `url` is missing"),
        (
            "slack",
            "{url: 'http://hooks.example/s3cret'}",
            "notify.chat.slack.url: the address must begin with https://",
        ),
        (
            "slack",
            "{uri: 'https://hooks.example/s3cret'}",
            "did you mean `url`?",
        ),
        (
            "telegram",
            "{token: s3cret, chat: '1'}",
            "notify.chat.telegram.token: this is not the token of a bot",
        ),
        (
            "telegram",
            "{token: '123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw', chat: desk}",
            "notify.chat.telegram.chat: this is not a chat",
        ),
        (
            "telegram",
            "{token: '123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw', chat: '1', topics: {a: x}}",
            "topics.a: `x` is not a whole number",
        ),
        (
            "matrix",
            "{server: 'https://m.example', token: s3cret, room: '#desk:m.example'}",
            "room: this is not the identifier of a room",
        ),
        (
            "matrix",
            "{server: 'https://ann:s3cret@m.example', token: s3cret, room: '!d:m.example'}",
            "holds no user or password",
        ),
        ("ntfy", "{topic: 'a b'}", "topic: this is not a topic"),
        (
            "ntfy",
            "{topic: a, user: ann}",
            "there is a user but no password",
        ),
        (
            "discord",
            "{url: 'https://d.example/s3cret', thread: x}",
            "this is not the number of a thread",
        ),
    ] {
        let mistakes = config::read(&written(kind, options))
            .unwrap_err()
            .to_string();

        assert!(mistakes.contains(told), "{kind}: {mistakes}");
        assert!(
            !mistakes.contains("s3cret") && mistakes.contains("config.yaml:3:"),
            "{mistakes}"
        );
    }
}

#[test]
fn times_of_an_alert_are_in_it() {
    let alert = alert::test(Timestamp::UNIX_EPOCH);
    let service = service("discord", &options("discord", "http://127.0.0.1:1"));

    assert_eq!(
        sent(&service, &alert)["embeds"][0]["timestamp"],
        "1970-01-01T00:00:00Z"
    );
}

/// What `docs/RECEIVERS.md` says of a kind.
fn described(kind: &Kind) -> String {
    let mut text = format!("## {}\n\n{}.\n\n", kind.name, capital(kind.about));
    text += &format!("```yaml\n{}: {}\n```\n\n", kind.name, kind.example);
    text += "| key | what it is | default |\n| --- | --- | --- |\n";
    for key in kind.keys {
        let default = match key.default {
            Default::Needed => "needed".to_owned(),
            Default::Nothing => String::new(),
            Default::Is(value) => format!("`{value}`"),
        };
        text += &format!("| `{}` | {} | {default} |\n", key.name, key.about);
    }
    text
}

/// What `docs/RECEIVERS.md` says of templates.
fn placeholders() -> String {
    let mut text = String::from(
        "## Templates\n\n`template` of a webhook, `subject` and `text` of mails are text with placeholders in double braces, \
         such as\n`{{was}}`; there are no conditions or loops. What the alert does not have is left empty. Where a webhook's template \
         is JSON, what is\nput into it keeps it JSON: escaped between quotes, a value (`null` where there is none) outside them. A \
         mistake in a template is\nfound by `claimwatch config check`.\n\n| placeholder | what stands in its place |\n| --- | --- |\n",
    );
    for (name, about) in PLACEHOLDERS {
        text += &format!("| `{{{{{name}}}}}` | {about} |\n");
    }
    text
}

fn capital(text: &str) -> String {
    text[..1].to_uppercase() + &text[1..]
}

#[test]
fn the_reference_of_receivers_and_the_example_name_every_kind() {
    let path = "docs/RECEIVERS.md";
    let found = std::fs::read_to_string(path).unwrap();
    let start = found.find("\n## ").map_or(found.len(), |at| at + 1);
    let kinds: Vec<String> = KINDS.iter().map(|kind| described(kind)).collect();
    let wanted = format!(
        "{}{}\n{}",
        &found[..start],
        kinds.join("\n"),
        placeholders()
    );
    if std::env::var_os("CLAIMWATCH_BLESS").is_some() {
        std::fs::write(path, &wanted).unwrap();
    } else {
        assert_eq!(found, wanted, "set CLAIMWATCH_BLESS=1 to rewrite it");
    }

    let example = config::example_text();
    let readme = std::fs::read_to_string("README.md").unwrap();
    for kind in KINDS {
        assert!(
            example.contains(&format!("{}: {}", kind.name, kind.example)),
            "config.yaml lacks {}",
            kind.name
        );
        assert!(
            readme.contains(&format!("`{}`", kind.name)),
            "README.md lacks {}",
            kind.name
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_messages_about_a_story_make_a_thread_in_a_matrix_room() {
    let chat = Chat::start("matrix").await;
    let site = crate::support::site::Site::start().await;
    let text = "The district counts 120 homes without power after the storm on the coast.";
    let other = "Repairs go on through the night, the grid company said on its pages.";
    site.publish("storm", "Storm cuts power", &[text, other]);
    let program = Program::new(&format!(
        "notify: {{room: {{matrix: {}}}}}\nfetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nwatches: ['{}']\n",
        options("matrix", &chat.url("")),
        site.url("storm")
    ));
    let check = |program: Program, code| {
        tokio::task::spawn_blocking(move || {
            program.says(&["check"], code);
            program
        })
    };
    let mut program = check(program, 0).await.unwrap();
    for homes in ["250", "480"] {
        let text = text.replace("120", homes);
        site.publish("storm", "Storm cuts power", &[&text, other]);
        program = check(program, 1).await.unwrap();
    }

    let taken = chat.has_taken(2).await;

    assert_eq!(taken[0].body.get("m.relates_to"), None);
    assert_eq!(taken[1].body["m.relates_to"]["event_id"], "$event1");
    assert_eq!(taken.len(), 2);
}
