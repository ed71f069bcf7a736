//! Servers that fail, stall or attack: nothing is told, nothing ends, and nobody else waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use claimwatch::check::Outcome;

use crate::served::{Answer, Server, Then, raw, whole};
use crate::support::newsroom::Newsroom;
use crate::support::program::Program;

const HTML: &str = "200 OK\nContent-Type: text/html";

fn story() -> String {
    "<article><h1>Ferry runs aground</h1><p>The ferry with 212 people on board ran aground on Monday, the coast guard said.</p>\
     <p>Two helicopters and four boats took part in the rescue until the evening.</p>\
     <p>Nobody was hurt, according to the operator of the ferry.</p></article>"
        .to_owned()
}

/// What may stand in the place of the story, each with a name.
fn hostile() -> Vec<(&'static str, Answer)> {
    let half = &story()[..200];
    vec![
        ("reset", raw(HTML, half).then(Then::Reset)),
        ("cut", raw(&format!("{HTML}\nContent-Length: 9000"), half)),
        (
            "cut chunk",
            raw(&format!("{HTML}\nTransfer-Encoding: chunked"), "ff\r\n<p>"),
        ),
        (
            "closed",
            Answer {
                bytes: Vec::new(),
                ..raw(HTML, "")
            },
        ),
        (
            "no http",
            Answer {
                bytes: b"hello\r\n\r\n".to_vec(),
                ..raw(HTML, "")
            },
        ),
        ("empty", whole(HTML, "")),
        (
            "shell",
            whole(HTML, "<div id=root></div><script>go()</script>"),
        ),
        ("no content", raw("204 No Content", "")),
        ("error", whole("500 Internal Server Error", story())),
        ("forbidden", whole("403 Forbidden", story())),
        ("legal", whole("451 Unavailable For Legal Reasons", "")),
        (
            "bad gzip",
            whole(&format!("{HTML}\nContent-Encoding: gzip"), "no gzip"),
        ),
        (
            "unknown encoding",
            whole(&format!("{HTML}\nContent-Encoding: lzma"), "x"),
        ),
        (
            "image",
            whole("200 OK\nContent-Type: image/png", b"\x89PNG\r\n\x1a\n"),
        ),
        ("deep", whole(HTML, "<div>".repeat(20_000))),
        ("many", whole(HTML, "<p>x".repeat(60_000))),
        (
            "captcha",
            whole(
                HTML,
                "<title>Just a moment...</title><h1>Checking your browser</h1><p>Please complete the captcha to prove that you are not a robot.</p>",
            ),
        ),
        (
            "login",
            whole(
                HTML,
                "<h1>Log in</h1><form><input name=u><input type=password></form><p>Log in to continue reading.</p>",
            ),
        ),
        ("nowhere", whole("302 Found", "")),
        ("file", whole("302 Found\nLocation: file:///etc/passwd", "")),
        (
            "metadata",
            whole("302 Found\nLocation: http://169.254.169.254/latest", ""),
        ),
        (
            "mapped",
            whole("302 Found\nLocation: http://[::ffff:7f00:2]/", ""),
        ),
        (
            "decimal",
            whole("302 Found\nLocation: http://2130706434/", ""),
        ),
        ("loop", whole("302 Found\nLocation: /ferry", "")),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_stands_in_the_place_of_the_story_tells_nothing_of_it() {
    let at = Arc::new(AtomicUsize::new(usize::MAX));
    let answers = hostile();
    let count = answers.len();
    let server = Server::start({
        let at = Arc::clone(&at);
        move |_| match answers.get(at.load(Ordering::SeqCst)) {
            Some((_, answer)) => answer.clone(),
            None => whole(HTML, story()),
        }
    })
    .await;
    let room = Newsroom::open(&format!(
        "fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nproblems: {{after: 1000}}\nwatches:\n  - {{name: ferry, url: '{}'}}\n",
        server.url("/ferry")
    ))
    .await;
    assert_eq!(room.check("ferry").await, Outcome::First);

    for number in 0..count {
        at.store(number, Ordering::SeqCst);
        let outcome = room.round("ferry").await;
        let name = hostile()[number].0;
        assert!(
            matches!(outcome, Outcome::Failed { .. }),
            "{name}: {outcome:?}"
        );
        at.store(usize::MAX, Ordering::SeqCst);
        let outcome = room.round("ferry").await;
        assert_eq!(outcome, Outcome::Unchanged, "after {name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn stories_are_read_at_once_beside_as_many_that_never_answer() {
    const EACH: usize = 50;
    let good = Server::always(whole(HTML, story())).await;
    let mut silent = Vec::new();
    let mut config = "fetch: {allow_networks: [127.0.0.1/32], pace: 0s, per_host: 16}\ndefaults: {every: 10m}\nwatches:\n".to_owned();
    for number in 0..EACH {
        // A server of its own for each: a host of its own.
        let nothing = Answer {
            bytes: Vec::new(),
            ..raw("", "")
        };
        let server = Server::always(nothing.then(Then::Silence)).await;
        config += &format!(
            "  - {{name: silent-{number}, url: '{}'}}\n",
            server.url("/")
        );
        silent.push(server);
        config += &format!(
            "  - {{name: good-{number}, url: '{}'}}\n",
            good.url(&format!("/{number}"))
        );
    }
    let program = Program::new(&config);
    let mut daemon = program.start();

    let all_read = async {
        while program.log().matches("first version").count() < EACH {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    daemon.until(all_read).await;

    // Every silent server was asked, and none was given up before the last of the others was read.
    for server in &silent {
        server.has_seen(1).await;
    }
    let log = program.log();
    assert!(!log.contains("check failed"), "{log}");
    daemon.signal("TERM");
    assert_eq!(daemon.ended().await, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reading_that_hangs_does_not_keep_the_daemon_from_ending() {
    let server = Server::always(whole(HTML, story())).await;
    let program = Program::new(&format!(
        "fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nwatches:\n  - {{name: ferry, url: '{}'}}\n",
        server.url("/ferry")
    ));
    let mut daemon = program.start_with(&[("CLAIMWATCH_HANG_AT", "reading")]);
    daemon.until(server.has_seen(1)).await;
    tokio::time::sleep(Duration::from_millis(300)).await;

    let begin = Instant::now();
    daemon.signal("TERM");

    assert_eq!(daemon.ended().await, Some(0), "{}", program.log());
    assert!(
        begin.elapsed() < Duration::from_secs(5),
        "{:?}",
        begin.elapsed()
    );
}
