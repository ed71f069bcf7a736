//! How a watch wants its pages asked for: who asks, with what, and by which way.

use std::sync::Arc;

use base64::Engine;

use crate::served::{Server, whole};
use crate::support::newsroom::Newsroom;
use crate::support::program::Program;

const PAGE: &str = "<article><h1>Ferry runs aground</h1><p>The ferry with 212 people ran aground on Monday, the coast guard said.</p>\
    <p>Nobody was hurt, according to the operator of the ferry.</p></article>";

/// The options of the watch, and the watch itself below them.
fn config(url: &str, options: &str) -> String {
    format!(
        "fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nwatches:\n  - name: ferry\n    url: '{url}'\n{options}"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_cookies_and_login_go_to_the_watchs_own_host_alone() {
    let other = Arc::new(Server::always(whole("200 OK\nContent-Type: text/html", PAGE)).await);
    let to = other.url("/moved");
    let own = Server::start(move |_| whole(&format!("302 Found\nLocation: {to}"), "")).await;
    let room = Newsroom::open(&config(
        &own.url("/ferry"),
        "    user_agent: desk-bot/2\n    headers: {Accept-Language: de}\n    cookies: {edition: uk, seen: '1'}\n    \
         login: {user: desk, password: opensesame}\n",
    ))
    .await;

    room.check("ferry").await;

    let (first, second) = (&own.seen()[0], &other.seen()[0]);
    let login = base64::engine::general_purpose::STANDARD.encode("desk:opensesame");
    assert_eq!(first.header("user-agent"), Some("desk-bot/2"));
    assert_eq!(first.header("accept-language"), Some("de"));
    assert_eq!(first.header("cookie"), Some("edition=uk; seen=1"));
    assert_eq!(
        first.header("authorization"),
        Some(format!("Basic {login}").as_str())
    );
    assert_eq!(second.header("user-agent"), Some("desk-bot/2"));
    for name in ["accept-language", "cookie", "authorization"] {
        assert_eq!(second.header(name), None, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_is_asked_in_place_of_the_host_and_never_for_this_machine() {
    let proxy = Server::always(whole("200 OK\nContent-Type: text/html", PAGE)).await;
    let way = format!("    proxy: 'http://desk:hush@{}'\n", proxy.address);

    let room = Newsroom::open(&config("http://news.example/ferry", &way)).await;
    let outcome = room.check("ferry").await;
    let local = Newsroom::open(
        &config("http://localhost:1/ferry", &way).replace("127.0.0.1/32", "10.9.9.9/32"),
    )
    .await;
    let refused = local.check("ferry").await;

    assert_eq!(outcome, claimwatch::check::Outcome::First);
    let seen = proxy.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].target, "http://news.example/ferry");
    assert!(seen[0].header("proxy-authorization").is_some());
    let claimwatch::check::Outcome::Failed { cause } = refused else {
        panic!("{refused:?}")
    };
    assert!(cause.contains("private or special"), "{cause}");
}

#[test]
fn what_a_watch_asks_with_is_shown_by_name_and_its_secrets_never() {
    let program = Program::new(&config(
        "https://news.example/ferry",
        "    headers: {X-Key: hush1}\n    cookies: {session: hush2}\n    login: {user: desk, password: hush3}\n    \
         proxy: http://u:hush4@proxy.example:3128\n",
    ));

    let shown = program.says(&["config", "show"], 0);

    for line in [
        "headers: {X-Key: (secret)}",
        "cookies: {session: (secret)}",
        "login: {user: desk, password: (secret)}",
        "proxy: (secret)",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
    assert!(!shown.contains("hush"), "{shown}");
}

#[test]
fn what_cannot_be_asked_with_is_told_with_its_place() {
    let program = Program::new(&config(
        "https://news.example/ferry",
        "    headers: {Host: x, Cookie: 'a=1'}\n    login: {user: desk}\n    proxy: socks5://proxy.example\n    ca_file: none.pem\n",
    ));

    let output = program.run(&["config", "check"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned()
        + &String::from_utf8_lossy(&output.stdout);

    assert_eq!(output.status.code(), Some(2), "{told}");
    for words in [
        "claimwatch sets this header itself",
        "`cookies`",
        "`password` is missing",
        "not the address of an HTTP proxy",
        "none.pem",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
}
