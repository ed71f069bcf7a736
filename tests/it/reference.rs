//! Deliveries of which each tenth is refused once before it is taken: every attempt signed, every repeat the same.
//!
//! With `CLAIMWATCH_DELIVERIES` set to a file there are a thousand, and what was posted is written there, for the libraries of
//! others to judge (`.ci/reference`).

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use claimwatch::alert;
use claimwatch::store::{Destination, Outgoing};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sha2::Sha256;

use crate::support::newsroom::Newsroom;

const KEY: &str = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

#[derive(Clone)]
struct Attempt {
    path: &'static str,
    id: String,
    time: String,
    signature: String,
    content_type: String,
    body: Vec<u8>,
}

type Attempts = Arc<Mutex<Vec<Attempt>>>;

/// One in so many deliveries is refused when it first comes.
const REFUSED: usize = 10;

/// Takes what it has seen before, and refuses each tenth of what it has not.
async fn receive(
    path: &'static str,
    attempts: Attempts,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    let attempt = Attempt {
        path,
        id: header("webhook-id"),
        time: header("webhook-timestamp"),
        signature: header("webhook-signature"),
        content_type: header("content-type"),
        body: body.to_vec(),
    };
    let mut attempts = attempts.lock().unwrap();
    let before = attempts.iter().filter(|seen| seen.path == path);
    let ids: BTreeSet<&str> = before.map(|seen| seen.id.as_str()).collect();
    let refused = !ids.contains(attempt.id.as_str()) && ids.len().is_multiple_of(REFUSED);
    attempts.push(attempt);
    if refused {
        StatusCode::SERVICE_UNAVAILABLE
    } else {
        StatusCode::NO_CONTENT
    }
}

async fn receiver() -> (String, Attempts) {
    let attempts = Attempts::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let plain = |State(seen): State<Attempts>, headers: HeaderMap, body: Bytes| {
        receive("/plain", seen, headers, body)
    };
    let events = |State(seen): State<Attempts>, headers: HeaderMap, body: Bytes| {
        receive("/events", seen, headers, body)
    };
    let router = Router::new()
        .route("/plain", post(plain))
        .route("/events", post(events))
        .with_state(Arc::clone(&attempts));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (url, attempts)
}

/// The signature as a receiver computes it.
fn expected(attempt: &Attempt) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(&STANDARD.decode(KEY).unwrap()).unwrap();
    mac.update(format!("{}.{}.", attempt.id, attempt.time).as_bytes());
    mac.update(&attempt.body);
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

fn write(path: &str, attempts: &[Attempt]) {
    let mut file = std::fs::File::create(path).unwrap();
    for attempt in attempts {
        let line = json!({
            "path": attempt.path,
            "webhook-id": attempt.id,
            "webhook-timestamp": attempt.time,
            "webhook-signature": attempt.signature,
            "content-type": attempt.content_type,
            "body": STANDARD.encode(&attempt.body),
        });
        writeln!(file, "{line}").unwrap();
    }
}

#[tokio::test]
async fn deliveries_are_signed_at_every_attempt_and_repeats_are_the_same() {
    let (url, attempts) = receiver().await;
    let start = claimwatch::clock::Clock::system().now();
    let room = Newsroom::open_at(
        &format!(
            "notify:\n  plain: {{webhook: {{url: '{url}/plain', secret: whsec_{KEY}}}}}\n  \
             events: {{webhook: {{url: '{url}/events', secret: whsec_{KEY}, format: cloudevents}}}}\n\
             watches: ['https://news.example/a']\n"
        ),
        &start.to_string(),
    )
    .await;
    let names: Vec<_> = room
        .services
        .config
        .receivers
        .iter()
        .map(|receiver| receiver.name.clone())
        .collect();
    let file = std::env::var("CLAIMWATCH_DELIVERIES").ok();
    let alerts = if file.is_some() { 500 } else { 25 };
    for number in 0..alerts {
        let outgoing = Outgoing {
            alert: alert::test(start - SignedDuration::from_secs(number)),
            to: names
                .iter()
                .map(|name| Destination::at_once(name.clone(), ""))
                .collect(),
        };
        room.services.store.enqueue(outgoing, start).await.unwrap();
    }

    // A receiver that refuses rests as a whole, so each round brings what one delivery has opened the way for.
    let refused = usize::try_from(alerts).unwrap().div_ceil(REFUSED);
    let all = 2 * (usize::try_from(alerts).unwrap() + refused);
    for _ in 0..=2 * refused {
        room.deliver().await;
        if attempts.lock().unwrap().len() == all {
            break;
        }
        room.pass(SignedDuration::from_secs(6));
    }

    let attempts = attempts.lock().unwrap();
    if let Some(path) = file {
        write(&path, &attempts);
    }
    let mut by_id: BTreeMap<(&str, &str), Vec<&Attempt>> = BTreeMap::new();
    for attempt in attempts.iter() {
        assert_eq!(attempt.signature, expected(attempt));
        by_id
            .entry((attempt.path, &attempt.id))
            .or_default()
            .push(attempt);
    }
    assert_eq!(by_id.len() as i64, 2 * alerts);
    assert_eq!(attempts.len(), all);
    for tries in by_id.values() {
        let bodies: BTreeSet<&[u8]> = tries
            .iter()
            .map(|attempt| attempt.body.as_slice())
            .collect();
        assert_eq!(bodies.len(), 1);
        assert!(tries.len() <= 2 && (tries.len() == 1 || tries[0].time != tries[1].time));
        assert!(
            tries[0].time.parse::<i64>().unwrap()
                >= Timestamp::from_second(start.as_second())
                    .unwrap()
                    .as_second()
        );
    }
}
