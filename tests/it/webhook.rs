//! What webhooks promise, against a receiver that does as it is told.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use claimwatch::alert::Alert;
use claimwatch::alert::render::template::Template;
use claimwatch::deliver::webhook::{self, Format, Options, Sender};
use claimwatch::deliver::{Error, Retry};
use claimwatch::secret::Secret;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::Sha256;

use crate::served::{Request, Server, Then, raw, whole};

const KEY: &str = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const NEW_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

fn alert() -> Alert {
    serde_json::from_value(json!({
        "schema": "1", "alert_id": "01JD9V6Q3M8Y2T5R7W1X4Z0ABC", "kind": "figure_changed", "at": "2022-03-11T14:05:12Z",
        "severity": "high", "test": false, "summary": "The estimate moved from 2.1 to 2.2 million to 2.5 million",
        "watch": {"id": "ceasefire", "tags": [], "reason": "16% is 5% or more"},
        "story": {"id": "s7f3a91c2", "url": "https://news.example/1", "title": "Talks resume", "outlet": null, "agency": null,
                  "language": "en", "published_at": null, "paragraphs": 11},
        "old": null, "new": null, "changes": [], "changes_omitted": 0, "headline_changed": false,
        "disclosure": {"state": "none", "note": null}, "links": {"story": null}
    }))
    .unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    at("2022-03-11T14:05:20Z")
}

fn options(url: &str, keys: &[&str]) -> Options {
    let secrets = keys
        .iter()
        .map(|key| Secret::new(format!("whsec_{key}")))
        .collect();
    Options {
        url: Secret::new(url.to_owned()),
        secrets,
        format: Format::Standard,
    }
}

async fn send(url: &str) -> Result<(), Error> {
    Sender::new(&[])
        .unwrap()
        .send(&options(url, &[]), &alert(), now())
        .await
}

/// The signature that a receiver computes for itself.
fn expected(request: &Request, key: &str) -> String {
    let header = |name| request.header(name).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&STANDARD.decode(key).unwrap()).unwrap();
    mac.update(format!("{}.{}.", header("webhook-id"), header("webhook-timestamp")).as_bytes());
    mac.update(&request.body);
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[tokio::test]
async fn an_alert_arrives_signed_and_with_its_identifier() {
    let server = Server::always(whole("200 OK", "ok")).await;
    let options = options(&server.url("/hook"), &[KEY, NEW_KEY]);

    Sender::new(&[])
        .unwrap()
        .send(&options, &alert(), now())
        .await
        .unwrap();

    let seen = &server.seen()[0];
    assert_eq!(seen.target, "/hook");
    assert_eq!(seen.header("content-type"), Some("application/json"));
    assert_eq!(
        seen.header("webhook-id"),
        Some("msg_01JD9V6Q3M8Y2T5R7W1X4Z0ABC")
    );
    assert_eq!(seen.header("webhook-timestamp"), Some("1647007520"));
    let signatures = format!("{} {}", expected(seen, KEY), expected(seen, NEW_KEY));
    assert_eq!(seen.header("webhook-signature"), Some(signatures.as_str()));
    let body: Value = serde_json::from_slice(&seen.body).unwrap();
    assert_eq!(body["type"], "claimwatch.figure_changed");
    assert_eq!(body["timestamp"], "2022-03-11T14:05:12Z");
    assert_eq!(body["data"], serde_json::to_value(alert()).unwrap());
    assert_eq!(seen.body, webhook::body(&alert()).unwrap());
}

#[tokio::test]
async fn an_alert_can_be_an_event_of_cloudevents() {
    let server = Server::always(whole("200 OK", "ok")).await;
    let mut options = options(&server.url("/"), &[KEY]);
    options.format = Format::CloudEvents {
        origin: "https://desk.example/".to_owned(),
    };

    let sender = Sender::new(&[]).unwrap();
    sender.send(&options, &alert(), now()).await.unwrap();

    let seen = &server.seen()[0];
    let content = seen.header("content-type");
    assert_eq!(content, Some("application/cloudevents+json; charset=utf-8"));
    assert_eq!(
        seen.header("webhook-signature"),
        Some(expected(seen, KEY).as_str())
    );
    let body: Value = serde_json::from_slice(&seen.body).unwrap();
    assert_eq!(
        body,
        json!({
            "specversion": "1.0",
            "id": "01JD9V6Q3M8Y2T5R7W1X4Z0ABC",
            "source": "https://desk.example/watch/ceasefire",
            "type": "org.claimwatch.figure_changed",
            "time": "2022-03-11T14:05:12Z",
            "datacontenttype": "application/json",
            "subject": "s7f3a91c2",
            "data": alert(),
        })
    );
}

#[tokio::test]
async fn a_template_takes_the_place_of_the_body_and_is_signed() {
    let server = Server::always(whole("200 OK", "ok")).await;
    let mut told = alert();
    told.story.as_mut().unwrap().title = "He said: \"no\"\\".to_owned();
    for (template, content, body) in [
        (
            r#"{"message": "{{title}} ({{url}})", "test": {{test}}}"#,
            "application/json",
            r#"{"message": "He said: \"no\"\\ (https://news.example/1)", "test": false}"#,
        ),
        (
            "{{title}}",
            "text/plain; charset=utf-8",
            "He said: \"no\"\\",
        ),
    ] {
        let mut options = options(&server.url("/"), &[KEY]);
        options.format = Format::Template(Template::new(template).unwrap());

        let sender = Sender::new(&[]).unwrap();
        sender.send(&options, &told, now()).await.unwrap();

        let seen = server.seen().pop().unwrap();
        assert_eq!(seen.header("content-type"), Some(content));
        assert_eq!(String::from_utf8(seen.body.clone()).unwrap(), body);
        assert_eq!(
            seen.header("webhook-signature"),
            Some(expected(&seen, KEY).as_str())
        );
    }
}

#[tokio::test]
async fn a_repeat_is_recognisable() {
    let server = Server::always(whole("200 OK", "ok")).await;
    let (sender, options) = (Sender::new(&[]).unwrap(), options(&server.url("/"), &[KEY]));
    for attempt in ["2022-03-11T14:05:20Z", "2022-03-11T14:10:20Z"] {
        sender.send(&options, &alert(), at(attempt)).await.unwrap();
    }

    let [first, second] = &server.seen()[..] else {
        panic!("two deliveries")
    };

    assert_eq!(first.header("webhook-id"), second.header("webhook-id"));
    assert_eq!(first.body, second.body);
    assert_ne!(
        first.header("webhook-timestamp"),
        second.header("webhook-timestamp")
    );
    assert_eq!(
        second.header("webhook-signature"),
        Some(expected(second, KEY).as_str())
    );
}

#[tokio::test]
async fn without_a_secret_nothing_is_signed() {
    let server = Server::always(whole("204 No Content", "")).await;

    send(&server.url("/")).await.unwrap();

    assert_eq!(server.seen()[0].header("webhook-signature"), None);
}

#[tokio::test]
async fn only_2xx_is_success_and_each_refusal_says_what_becomes_of_it() {
    let after = |seconds| Retry::After(Duration::from_secs(seconds));
    for (head, retry) in [
        (
            "301 Moved Permanently\nLocation: /elsewhere",
            Retry::Backoff,
        ),
        (
            "307 Temporary Redirect\nLocation: /elsewhere",
            Retry::Backoff,
        ),
        ("304 Not Modified", Retry::Backoff),
        ("400 Bad Request", Retry::Backoff),
        ("404 Not Found", Retry::Backoff),
        ("410 Gone\nRetry-After: 5", Retry::Disable),
        ("429 Too Many Requests\nRetry-After: 5", after(5)),
        ("429 Too Many Requests\nRetry-After: 999999", after(86_400)),
        ("429 Too Many Requests", Retry::Backoff),
        (
            "503 Service Unavailable\nRetry-After: Fri, 11 Mar 2022 14:06:20 GMT",
            after(60),
        ),
        ("500 Internal Server Error", Retry::Backoff),
        ("502 Bad Gateway", Retry::Backoff),
    ] {
        let server = Server::always(whole(head, "")).await;

        let error = send(&server.url("/")).await.expect_err(head);

        assert!(matches!(error, Error::Refused { .. }), "{head}: {error:?}");
        assert_eq!(error.retry(), retry, "{head}");
        assert_eq!(
            server.seen().len(),
            1,
            "{head}: asked once, and nowhere else"
        );
    }
}

#[tokio::test]
async fn a_refusal_is_told_in_the_words_of_the_receiver() {
    let server = Server::always(whole("400 Bad Request", "unknown channel\r\n\x1b[31mbye")).await;

    let error = send(&server.url("/services/s3cret?key=s3cret"))
        .await
        .unwrap_err();

    assert_eq!(
        error.to_string(),
        format!(
            "`{}` refused the alert: 400 (bad request): unknown channel   [31mbye",
            server.address
        )
    );
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_the_end() {
    let endless = Then::Endless(vec![b'x'; 1 << 16]);
    let taken = Server::always(raw("200 OK", "").then(endless.clone())).await;
    let refused = Server::always(raw("500 Internal Server Error", "").then(endless)).await;

    assert_eq!(send(&taken.url("/")).await, Ok(()));
    let error = send(&refused.url("/")).await.unwrap_err();
    assert!(
        matches!(error, Error::Refused { .. }) && error.to_string().len() < 400,
        "{error}"
    );
}

#[tokio::test]
async fn where_the_outcome_is_not_known_it_is_tried_again() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    assert!(matches!(
        send(&format!("http://{nobody}/")).await,
        Err(Error::Transport { .. })
    ));

    let mut no_http = raw("", "");
    no_http.bytes = b"HTTP/9.9 banana\r\n\r\n".to_vec();
    let mut reset = no_http.clone().then(Then::Reset);
    reset.bytes.clear();
    for (what, answer) in [("no HTTP", no_http), ("reset", reset)] {
        let server = Server::always(answer).await;

        let error = send(&server.url("/")).await.expect_err(what);

        assert!(
            matches!(error, Error::Transport { .. }),
            "{what}: {error:?}"
        );
        assert_eq!(error.retry(), Retry::Backoff);
        assert_eq!(
            server.seen().len(),
            1,
            "{what}: the schedule decides on repeats, nobody else"
        );
    }
}

#[tokio::test]
async fn a_receiver_that_is_silent_is_given_up() {
    let mut silent = raw("", "").then(Then::Silence);
    silent.bytes.clear();
    let server = Server::always(silent).await;
    let sender = Sender::with_time_limit(&[], Duration::from_millis(100)).unwrap();

    let error = sender
        .send(&options(&server.url("/"), &[]), &alert(), now())
        .await
        .unwrap_err();

    assert_eq!(
        error.to_string(),
        format!("gave up on `{}`: no answer within 0.1 s", server.address)
    );
    assert_eq!(error.retry(), Retry::Backoff);
}

#[tokio::test]
async fn a_status_counts_even_if_the_rest_never_comes() {
    let server = Server::always(raw("200 OK\nContent-Length: 5", "").then(Then::Silence)).await;
    let sender = Sender::with_time_limit(&[], Duration::from_secs(2)).unwrap();

    assert_eq!(
        sender
            .send(&options(&server.url("/"), &[]), &alert(), now())
            .await,
        Ok(())
    );
}

#[tokio::test]
async fn a_private_network_is_for_receivers_too_only_where_it_is_allowed() {
    let error = send("https://10.0.0.1/s3cret").await.unwrap_err();

    assert!(
        error.to_string().contains("fetch.allow_networks") && !error.to_string().contains("s3cret"),
        "{error}"
    );
    assert_eq!(error.retry(), Retry::Never);
    assert!(matches!(
        send("http://10.0.0.1/s3cret").await,
        Err(Error::Config { .. })
    ));
    assert!(matches!(
        send("ftp://127.0.0.1/s3cret").await,
        Err(Error::Config { .. })
    ));
}

#[tokio::test]
async fn a_receiver_on_this_machine_is_reached_by_name_and_by_address() {
    let server = Server::always(whole("200 OK", "ok")).await;

    send(&server.url("/")).await.unwrap();
    send(&format!("http://localhost:{}/", server.address.port()))
        .await
        .unwrap();

    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_secret_that_cannot_sign_stops_the_delivery_before_it_is_sent() {
    let server = Server::always(whole("200 OK", "ok")).await;

    let error = Sender::new(&[])
        .unwrap()
        .send(&options(&server.url("/"), &["hunter2!"]), &alert(), now())
        .await
        .unwrap_err();

    assert!(
        matches!(error, Error::Config { .. }) && !error.to_string().contains("hunter2"),
        "{error}"
    );
    assert!(server.seen().is_empty());
}
