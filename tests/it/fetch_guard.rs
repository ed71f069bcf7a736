//! Fetching goes nowhere it must not go, and tells no secret.

use claimwatch::fetch::{Error, Retry};

use crate::fetch::{PAGE, get, redirect};
use crate::served::{Canary, Server, raw, whole};

#[tokio::test]
async fn no_redirect_leads_into_a_forbidden_network() {
    let (canary, canary6) = (
        Canary::start("127.0.0.2:0").await,
        Canary::start("[::1]:0").await,
    );
    let (port, port6) = (canary.port(), canary6.port());
    for to in [
        format!("http://127.0.0.2:{port}/x"),
        format!("//127.0.0.2:{port}/x"),
        format!("http://[::1]:{port6}/x"),
        format!("http://[::ffff:127.0.0.2]:{port}/x"),
        format!("http://[64:ff9b::7f00:2]:{port}/x"),
        format!("http://2130706434:{port}/x"),
        format!("http://0x7f000002:{port}/x"),
        format!("http://0177.0.0.2:{port}/x"),
        format!("http://127.2:{port}/x"),
        format!("http://0.0.0.0:{port}/x"),
        format!("http://127.0.0.1@127.0.0.2:{port}/x"),
        format!("http://127.0.0.2:{port}#@127.0.0.1/"),
        format!("http://127.0.0.2.:{port}/x"),
        format!("http://127\u{3002}0\u{3002}0\u{3002}2:{port}/x"),
        format!("https://127.0.0.2:{port}/x"),
        String::from("http://169.254.169.254/latest/meta-data/"),
        String::from("http://100.64.0.1/x"),
        String::from("http://10.0.0.1/x"),
        String::from("http://[fd00::1]/x"),
        String::from("http://198.18.0.1/x"),
    ] {
        let server = Server::always(redirect(&to)).await;

        let error = get(&server.url("/story")).await.expect_err(&to);

        assert!(matches!(error, Error::Forbidden { .. }), "{to}: {error:?}");
        assert_eq!(error.retry(), Retry::Never);
    }
    canary.saw_nobody().await;
    canary6.saw_nobody().await;
}

#[tokio::test]
async fn nothing_but_the_web_is_fetched() {
    for to in [
        "file:///etc/passwd",
        "gopher://127.0.0.1/_QUIT",
        "ftp://127.0.0.1/x",
        "data:text/html,<p>hello</p>",
    ] {
        let server = Server::always(redirect(to)).await;

        assert!(
            matches!(
                get(&server.url("/story")).await,
                Err(Error::Redirect { .. })
            ),
            "{to}"
        );
        assert!(matches!(get(to).await, Err(Error::Address { .. })), "{to}");
    }
    // A redirect to nowhere, and one that would begin another header: the first has no target, the second one address.
    let nowhere = Server::always(whole("302 Found\nLocation:", "")).await;
    assert!(matches!(
        get(&nowhere.url("/story")).await,
        Err(Error::Redirect { .. })
    ));
    let inner = Server::always(whole("200 OK", PAGE)).await;
    let split = Server::always(redirect(&inner.url("/story%0d%0aX-Injected:%201"))).await;
    assert!(get(&split.url("/story")).await.is_ok());
    assert_eq!(inner.seen()[0].target, "/story%0d%0aX-Injected:%201");
    assert_eq!(inner.seen()[0].header("x-injected"), None);
    // A backslash ends the host: what follows is a path on the host that is allowed.
    let behind = format!("http://127.0.0.1:{}\\@127.0.0.2/", inner.address.port());
    let slash = Server::always(redirect(&behind)).await;
    assert!(get(&slash.url("/story")).await.is_ok());
    assert!(matches!(
        get("news.example/story").await,
        Err(Error::Address { .. })
    ));
}

#[tokio::test]
async fn a_forbidden_address_is_not_connected_to_however_it_is_written() {
    let (canary, canary6) = (
        Canary::start("127.0.0.2:0").await,
        Canary::start("[::1]:0").await,
    );
    let (port, port6) = (canary.port(), canary6.port());
    for url in [
        format!("http://127.0.0.2:{port}/"),
        format!("http://2130706434:{port}/"),
        format!("http://0x7f.2:{port}/"),
        format!("http://0177.0.0.2:{port}/"),
        format!("http://[::ffff:7f00:2]:{port}/"),
        format!("http://[::1]:{port6}/"),
        // The name has ::1 among its addresses, or 127.0.0.1 alone, which is allowed: then nobody listens there.
        format!("http://localhost:{port6}/"),
    ] {
        let error = get(&url).await.expect_err(&url);

        assert!(
            matches!(error, Error::Forbidden { .. } | Error::Connect { .. }),
            "{url}: {error:?}"
        );
    }
    canary.saw_nobody().await;
    canary6.saw_nobody().await;
}

#[tokio::test]
async fn no_error_shows_a_password_or_a_key() {
    let server = Server::start(|request| match request.target.as_str() {
        "/redirect?token=s3cret" => redirect("ftp://reader:hunter2@127.0.0.1/?token=s3cret"),
        "/loop?token=s3cret" => redirect("/loop?token=s3cret"),
        "/cut?token=s3cret" => raw("200 OK\nContent-Length: 500", PAGE),
        _ => whole("404 Not Found", ""),
    })
    .await;
    for path in ["redirect", "loop", "cut", "missing"] {
        let url = format!(
            "http://reader:hunter2@{}/{path}?token=s3cret",
            server.address
        );

        let error = get(&url).await.unwrap_err();

        let told = format!("{error} {error:?}");
        assert!(
            !told.contains("hunter2") && !told.contains("s3cret") && !told.contains("reader"),
            "{told}"
        );
    }
    assert_eq!(
        server.seen()[0].header("authorization"),
        Some("Basic cmVhZGVyOmh1bnRlcjI="),
        "the server does get them"
    );
}
