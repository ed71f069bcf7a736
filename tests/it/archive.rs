//! A public archive is asked to keep new versions, after the alert and apart from it.
//!
//! The archive is a stand-in on loopback that speaks as the Internet Archive does ("Save Page Now", second version).

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use claimwatch::check::Outcome;
use claimwatch::clock::Clock;
use claimwatch::services::Services;
use claimwatch::store::Store;
use claimwatch::{config, outbox, secret};
use jiff::{SignedDuration, Timestamp};

use crate::served::{Answer, Request, Server, whole};
use crate::support::newsroom::Newsroom;
use crate::support::program::Program;
use crate::support::site::Site;

const JSON: &str = "200 OK\nContent-Type: application/json";
const STAY: &str = "Two helicopters and four boats took part in the rescue, the coast guard said.";

/// An archive that answers in this order, and then no more.
async fn archive(answers: Vec<Answer>) -> Server {
    let answers = Arc::new(Mutex::new(VecDeque::from(answers)));
    Server::start(move |_: &Request| {
        let next = answers.lock().unwrap().pop_front();
        next.unwrap_or_else(|| whole("500 Internal Server Error", ""))
    })
    .await
}

fn job(name: &str) -> Answer {
    whole(JSON, format!("{{\"url\": \"x\", \"job_id\": \"{name}\"}}"))
}

fn pending() -> Answer {
    whole(JSON, "{\"status\": \"pending\", \"job_id\": \"spn2-1\"}")
}

fn success(time: &str) -> Answer {
    whole(
        JSON,
        format!(
            "{{\"status\": \"success\", \"timestamp\": \"{time}\", \"original_url\": \"https://evil.example/\"}}"
        ),
    )
}

fn refused(kind: &str) -> Answer {
    whole(
        JSON,
        format!(
            "{{\"status\": \"error\", \"status_ext\": \"{kind}\", \"message\": \"This URL cannot be captured.\"}}"
        ),
    )
}

/// The options of the watch, and where the archive is.
fn settings(site: &Site, archive: &str, options: &str) -> String {
    format!(
        "fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\n\
         archive: {{wayback: true, key: 'access:hush', server: '{archive}'}}\n\
         watches:\n  - {{name: ferry, url: '{}'{options}}}\n",
        site.url("ferry")
    )
}

fn publish(site: &Site, people: u32) {
    let lead = format!("The ferry with {people} people on board ran aground on Monday.");
    site.publish("ferry", "Ferry runs aground", &[&lead, STAY]);
}

/// Asks the archive for all that is due.
async fn ask(room: &Newsroom) {
    while outbox::archive(&room.services).await.unwrap() {}
}

async fn archived(room: &Newsroom) -> Vec<Option<String>> {
    let store = &room.services.store;
    let story = store.find_story("ferry").await.unwrap().unwrap();
    let versions = store.history(&story).await.unwrap();
    versions
        .into_iter()
        .map(|happened| happened.version.archive_url)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_is_kept_and_the_copy_is_told_of() {
    let site = Site::start().await;
    let wayback = archive(vec![job("spn2-1"), pending(), success("20260309120100")]).await;
    let room = Newsroom::open(&settings(&site, &wayback.url(""), ", archive: true")).await;
    publish(&site, 212);

    room.check("ferry").await;
    assert!(wayback.seen().is_empty(), "a check does not wait for it");
    for _ in 0..3 {
        ask(&room).await;
        room.pass(SignedDuration::from_secs(30));
    }

    let copy = format!(
        "{}/web/20260309120100/{}",
        wayback.url(""),
        site.url("ferry")
    );
    assert_eq!(archived(&room).await, [Some(copy.clone())]);
    let seen = wayback.seen();
    assert_eq!(seen.len(), 3);
    assert_eq!(seen[0].target, "/save");
    assert_eq!(seen[0].header("authorization"), Some("LOW access:hush"));
    let form = String::from_utf8(seen[0].body.clone()).unwrap();
    assert!(form.starts_with("url=http%3A%2F%2F127.0.0.1"), "{form}");
    assert_eq!(seen[2].target, "/save/status/spn2-1");

    publish(&site, 221);
    let Outcome::Changed { alert, .. } = room.round("ferry").await else {
        panic!("it has changed")
    };
    let alert = alert.unwrap();
    assert_eq!(alert.old.unwrap().archive_url, Some(copy));
    assert_eq!(alert.new.unwrap().archive_url, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_that_is_down_is_asked_less_and_less_and_then_no_more() {
    let site = Site::start().await;
    let wayback = archive(Vec::new()).await;
    let room = Newsroom::open(&settings(&site, &wayback.url(""), ", archive: true")).await;
    publish(&site, 212);
    room.check("ferry").await;

    let mut asked = Vec::new();
    for hour in 0..72 {
        ask(&room).await;
        if wayback.seen().len() > asked.len() {
            asked.push(hour);
        }
        room.pass(SignedDuration::from_hours(1));
    }

    assert_eq!(wayback.seen().len(), 6);
    assert_eq!(asked, [0, 1, 2, 4, 10, 34]);
    assert_eq!(archived(&room).await, [None]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_archive_refuses_for_good_is_not_asked_again() {
    let site = Site::start().await;
    let wayback = archive(vec![job("spn2-1"), refused("error:blocked-url")]).await;
    let room = Newsroom::open(&settings(&site, &wayback.url(""), ", archive: true")).await;
    publish(&site, 212);
    room.check("ferry").await;

    for _ in 0..10 {
        ask(&room).await;
        room.pass(SignedDuration::from_hours(12));
    }

    assert_eq!(wayback.seen().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rest_that_the_archive_asks_for_holds_for_every_story() {
    let site = Site::start().await;
    let wayback = archive(vec![whole("429 Too Many Requests\nRetry-After: 7200", "")]).await;
    let mut text = settings(&site, &wayback.url(""), ", archive: true");
    text.push_str(&format!(
        "  - {{name: other, url: '{}', archive: true}}\n",
        site.url("other")
    ));
    let room = Newsroom::open(&text).await;
    publish(&site, 212);
    site.publish(
        "other",
        "Bridge closed",
        &["The bridge is closed to 40 lorries.", STAY],
    );
    room.check("ferry").await;
    room.check("other").await;

    ask(&room).await;
    room.pass(SignedDuration::from_mins(119));
    ask(&room).await;
    assert_eq!(wayback.seen().len(), 1);
    room.pass(SignedDuration::from_mins(1));
    ask(&room).await;
    assert_eq!(wayback.seen().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_longer_there_to_be_kept_is_not_asked_for() {
    let site = Site::start().await;
    let wayback = archive(vec![job("spn2-2"), success("20260309121000")]).await;
    let room = Newsroom::open(&settings(&site, &wayback.url(""), ", archive: true")).await;
    publish(&site, 212);
    room.check("ferry").await;
    publish(&site, 221);
    room.round("ferry").await;

    ask(&room).await;
    room.pass(SignedDuration::from_secs(30));
    ask(&room).await;

    let archived = archived(&room).await;
    assert_eq!(archived[0], None, "a copy made now would show the second");
    assert!(archived[1].is_some());
    assert_eq!(wayback.seen().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_not_everybody_can_see_stays_here() {
    let site = Site::start().await;
    let wayback = archive(vec![job("spn2-1")]).await;
    // The address is one of a private network; nobody said that it may go out.
    let room = Newsroom::open(&settings(&site, &wayback.url(""), "")).await;
    publish(&site, 212);

    room.check("ferry").await;
    ask(&room).await;

    assert!(wayback.seen().is_empty());
    let program = |options: &str| {
        Program::new(&format!(
            "archive: {{wayback: true, key: 'a:b'}}\nwatches:\n  - {{name: ferry, url: 'https://news.example/ferry'{options}}}\n"
        ))
        .says(&["config", "show"], 0)
    };
    assert!(program("").contains("archive: true"));
    assert!(program(", cookies: {session: s}").contains("archive: false"));
    assert!(program(", login: {user: u, password: p}").contains("archive: false"));
    assert!(!program("").contains("a:b"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_asks_by_itself_and_history_and_export_say_where_the_copy_is() {
    let site = Site::start().await;
    let wayback = Server::start(|request| match request.target.as_str() {
        "/save" => job("spn2-1"),
        _ => success("20260309120100"),
    })
    .await;
    let program = Program::new(&settings(&site, &wayback.url(""), ", archive: true"));
    publish(&site, 212);
    let mut daemon = program.start();
    daemon.until(wayback.has_seen(1)).await;
    daemon.signal("TERM");
    assert_eq!(daemon.ended().await, Some(0));

    // A minute later, and another in case the stop came before the answer.
    let config = config::read(&program.path("config.yaml"), &secret::Process).unwrap();
    let store = Store::open(&config.store).unwrap();
    let now = Arc::new(Mutex::new(Timestamp::now()));
    let clock = Clock::from_fn({
        let now = Arc::clone(&now);
        move || *now.lock().unwrap()
    });
    let services = Services::new(config, store, clock).unwrap();
    for _ in 0..2 {
        *now.lock().unwrap() += SignedDuration::from_mins(1);
        outbox::archive(&services).await.unwrap();
    }

    let copy = format!(
        "{}/web/20260309120100/{}",
        wayback.url(""),
        site.url("ferry")
    );
    let history = program.says(&["history", "ferry"], 0);
    assert!(
        history.contains(&format!("\n  archived: {copy}\n")),
        "{history}"
    );
    program.says(&["export", "ferry", "--to", "evidence"], 0);
    let about = std::fs::read_to_string(program.path("evidence/story.json")).unwrap();
    let about: serde_json::Value = serde_json::from_str(&about).unwrap();
    assert_eq!(about["versions"][0]["archive_url"], copy);
    assert_eq!(about["versions"][0]["rendered_by"], serde_json::Value::Null);
}

#[test]
fn a_key_that_is_missing_or_none_is_told() {
    let told = |section: &str| {
        let program = Program::new(&format!(
            "archive: {section}\nwatches: ['https://news.example/a']\n"
        ));
        let output = program.run(&["config", "check"]);
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8_lossy(&output.stderr).into_owned()
            + &String::from_utf8_lossy(&output.stdout)
    };

    assert!(told("{wayback: true}").contains("https://archive.org/account/s3.php"));
    assert!(told("{wayback: true, key: nocolon}").contains("with a colon"));
    assert!(told("{wayback: maybe}").contains("neither true nor false"));
}
