//! What fetching promises, against a web server that does as it is told.

use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use claimwatch::clock::Clock;
use claimwatch::fetch::{Client, Error, Fetched, Hop, Limits, Options, Page, Retry, Validators};
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use tokio::sync::Notify;

use crate::served::{Answer, Canary, Server, Then, raw, whole};

const PAGE: &str = "<p>The agency has put the number of people who fled at 2.5 million.</p>";

fn options() -> Options {
    Options {
        contact: Some("desk@example.org".into()),
        user_agent: None,
        pace: Duration::ZERO,
        per_host: 2,
        allow_networks: vec!["127.0.0.1/32".parse().unwrap()],
    }
}

fn client() -> Client {
    Client::new(&options()).unwrap()
}

fn client_with(limits: Limits) -> Client {
    Client::with(&options(), limits, Clock::system()).unwrap()
}

async fn get(url: &str) -> Result<Page, Error> {
    match client().get(url, &Validators::default()).await? {
        Fetched::Page(page) => Ok(page),
        Fetched::Unchanged { .. } => panic!("nothing was known that could be unchanged"),
    }
}

/// What a page with these bytes on the wire comes to.
async fn page(head: &str, body: impl AsRef<[u8]>) -> Result<Page, Error> {
    let server = Server::always(whole(head, body)).await;
    get(&server.url("/story")).await
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn redirect(to: &str) -> Answer {
    whole(&format!("302 Found\nLocation: {to}"), "moved")
}

#[tokio::test]
async fn a_page_arrives_byte_for_byte() {
    let latin = b"<p>caf\xe9 \x00 \xff\xfe</p>";
    let head = "200 OK\nContent-Type: text/html; charset=windows-1252\nETag: \"v1\"\nLast-Modified: Fri, 11 Mar 2022 14:05:12 GMT";
    let server = Server::always(whole(head, latin)).await;

    let page = get(&server.url("/story?page=2")).await.unwrap();

    assert_eq!(page.bytes, latin);
    assert_eq!((page.status, page.url), (200, server.url("/story?page=2")));
    assert_eq!(
        page.content_type.as_deref(),
        Some("text/html; charset=windows-1252")
    );
    assert_eq!(page.validators.etag.as_deref(), Some("\"v1\""));
    assert_eq!(
        page.validators.last_modified.as_deref(),
        Some("Fri, 11 Mar 2022 14:05:12 GMT")
    );
    assert!(page.hops.is_empty() && page.framed);
}

#[tokio::test]
async fn the_server_is_told_who_asks() {
    let server = Server::always(whole("200 OK\nSet-Cookie: a=1", PAGE)).await;
    let client = client();
    for _ in 0..2 {
        client
            .get(&server.url("/"), &Validators::default())
            .await
            .unwrap();
    }

    let seen = server.seen();

    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        seen[0].header("user-agent"),
        Some(format!("claimwatch/{version} (+desk@example.org)").as_str())
    );
    let encodings = seen[0].header("accept-encoding").unwrap();
    assert!(
        ["gzip", "br", "zstd", "deflate"]
            .iter()
            .all(|encoding| encodings.contains(encoding))
    );
    assert!(seen[0].header("accept").unwrap().starts_with("text/html"));
    assert_eq!(seen[1].header("cookie"), None);
    assert_eq!(seen[1].header("if-none-match"), None);
}

#[test]
fn a_user_agent_that_cannot_be_sent_is_told_at_once() {
    let options = Options {
        user_agent: Some("two\nlines".into()),
        ..options()
    };

    assert!(matches!(Client::new(&options), Err(Error::Options { .. })));
}

#[tokio::test]
async fn every_encoding_that_is_asked_for_is_undone() {
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    zlib.write_all(PAGE.as_bytes()).unwrap();
    let zstd = zstd::encode_all(PAGE.as_bytes(), 3).unwrap();

    assert_eq!(
        page("200 OK\nContent-Encoding: gzip", gzip(PAGE.as_bytes()))
            .await
            .unwrap()
            .bytes,
        PAGE.as_bytes()
    );
    assert_eq!(
        page("200 OK\nContent-Encoding: deflate", zlib.finish().unwrap())
            .await
            .unwrap()
            .bytes,
        PAGE.as_bytes()
    );
    assert_eq!(
        page("200 OK\nContent-Encoding: zstd", zstd)
            .await
            .unwrap()
            .bytes,
        PAGE.as_bytes()
    );
    assert_eq!(
        page("200 OK\nContent-Encoding: br", b"\x0b\x02\x80hello\x03")
            .await
            .unwrap()
            .bytes,
        b"hello"
    );
    assert_eq!(
        page("200 OK\nContent-Encoding: utf-8", PAGE)
            .await
            .unwrap()
            .bytes,
        PAGE.as_bytes()
    );
}

#[tokio::test]
async fn an_encoding_that_was_not_asked_for_is_refused() {
    for encoding in ["gzip, gzip", "compress", "x-claimwatch"] {
        let error = page(&format!("200 OK\nContent-Encoding: {encoding}"), PAGE)
            .await
            .unwrap_err();

        assert!(
            matches!(&error, Error::Encoding { encoding: told, .. } if told == encoding),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn a_page_that_was_cut_is_an_error_and_never_a_shorter_page() {
    let packed = gzip(PAGE.as_bytes());
    let zstd = zstd::encode_all(PAGE.as_bytes(), 3).unwrap();
    let answers = [
        ("length", raw("200 OK\nContent-Length: 500", PAGE)),
        (
            "chunks",
            raw(
                "200 OK\nTransfer-Encoding: chunked",
                format!("{:x}\r\n{PAGE}\r\n", PAGE.len()),
            ),
        ),
        (
            "chunk size",
            raw(
                "200 OK\nTransfer-Encoding: chunked",
                "5\r\nhello\r\nZZZ\r\nxx\r\n0\r\n\r\n",
            ),
        ),
        (
            "gzip",
            whole(
                "200 OK\nContent-Encoding: gzip",
                &packed[..packed.len() / 2],
            ),
        ),
        (
            "gzip without its end",
            whole(
                "200 OK\nContent-Encoding: gzip",
                &packed[..packed.len() - 4],
            ),
        ),
        (
            "zstd",
            whole("200 OK\nContent-Encoding: zstd", &zstd[..zstd.len() / 2]),
        ),
        (
            "brotli",
            whole("200 OK\nContent-Encoding: br", b"\x0b\x02\x80hel"),
        ),
        (
            "no gzip at all",
            whole("200 OK\nContent-Encoding: gzip", PAGE),
        ),
        (
            "reset",
            raw("200 OK\nContent-Length: 500", PAGE).then(Then::Reset),
        ),
        (
            "two lengths",
            raw("200 OK\nContent-Length: 10\nContent-Length: 20", PAGE),
        ),
        (
            "a length of words",
            raw("200 OK\nContent-Length: -5 potatoes", PAGE),
        ),
        ("no HTTP", raw("", "").then(Then::Close)),
    ];
    for (what, answer) in answers {
        let server = Server::always(answer).await;

        let error = get(&server.url("/story")).await.expect_err(what);

        assert!(matches!(error, Error::Broken { .. }), "{what}: {error:?}");
        assert_eq!(error.retry(), Retry::Backoff, "{what}");
    }
}

#[tokio::test]
async fn a_page_whose_end_is_not_marked_says_so() {
    let server = Server::always(raw("200 OK\nContent-Type: text/html", PAGE)).await;

    let page = get(&server.url("/story")).await.unwrap();

    assert_eq!(
        (page.bytes.as_slice(), page.framed),
        (PAGE.as_bytes(), false)
    );
}

#[tokio::test]
async fn a_page_stops_at_the_cap_whatever_its_size_on_the_wire() {
    let bomb = gzip(&vec![b' '; 64 << 20]);
    assert!(bomb.len() < 100 << 10);
    let zeros = vec![b' '; 1 << 16];
    let answers = [
        ("gzip", whole("200 OK\nContent-Encoding: gzip", bomb)),
        (
            "zstd",
            whole(
                "200 OK\nContent-Encoding: zstd",
                zstd::encode_all(&vec![b' '; 64 << 20][..], 1).unwrap(),
            ),
        ),
        ("endless", raw("200 OK", "").then(Then::Endless(zeros))),
        // Refused by what it claims: not a byte of the body is waited for.
        (
            "claimed",
            raw("200 OK\nContent-Length: 8388609", "").then(Then::Silence),
        ),
    ];
    for (what, answer) in answers {
        let server = Server::always(answer).await;

        let error = get(&server.url("/story")).await.expect_err(what);

        assert_eq!(
            error,
            Error::TooLarge {
                url: server.url("/story"),
                limit_bytes: 8 << 20
            },
            "{what}"
        );
    }
}

#[tokio::test]
async fn a_page_of_just_the_cap_is_whole() {
    let limits = Limits {
        body_bytes: PAGE.len(),
        ..Limits::default()
    };
    let server = Server::start(|request| {
        whole(
            "200 OK",
            if request.target == "/more" {
                format!("{PAGE}.")
            } else {
                PAGE.into()
            },
        )
    })
    .await;

    assert!(
        client_with(limits)
            .get(&server.url("/"), &Validators::default())
            .await
            .is_ok()
    );
    assert!(
        client_with(limits)
            .get(&server.url("/more"), &Validators::default())
            .await
            .is_err()
    );
}

#[tokio::test]
async fn large_pages_wait_for_each_other_and_all_arrive() {
    let body = vec![b'x'; 2 << 20];
    let server = Server::always(whole("200 OK", &body)).await;
    let client = Client::new(&Options {
        per_host: 12,
        ..options()
    })
    .unwrap();
    let asked: Vec<_> = (0..12)
        .map(|_| {
            let (client, url) = (client.clone(), server.url("/"));
            tokio::spawn(async move { client.get(&url, &Validators::default()).await })
        })
        .collect();

    for fetched in asked {
        let Fetched::Page(page) = fetched.await.unwrap().unwrap() else {
            panic!("no page")
        };
        assert_eq!(page.bytes.len(), body.len());
    }
}

#[tokio::test]
async fn the_way_to_a_page_is_recorded() {
    let last = Server::always(whole("200 OK", PAGE)).await;
    let port = last.address.port();
    let second = Server::always(redirect(&format!("//reader:hunter2@127.0.0.1:{port}/c"))).await;
    let first = Server::always(redirect(&second.url("/b"))).await;

    let page = get(&first.url("/a?key=s3cret")).await.unwrap();

    assert_eq!(page.url, last.url("/c"));
    assert_eq!(
        page.hops,
        [
            Hop {
                status: 302,
                url: first.url("/a?key=*")
            },
            Hop {
                status: 302,
                url: second.url("/b")
            }
        ]
    );
}

#[tokio::test]
async fn ten_redirects_are_followed_and_no_more() {
    let server = Server::start(
        |request| match request.target[1..].parse::<u32>().unwrap() {
            0 => whole("200 OK", PAGE),
            left => redirect(&format!("/{}", left - 1)),
        },
    )
    .await;

    assert_eq!(get(&server.url("/10")).await.unwrap().hops.len(), 10);
    let error = get(&server.url("/11")).await.unwrap_err();
    assert!(matches!(error, Error::Redirect { .. }), "{error:?}");
    assert_eq!(server.seen().len(), 11 + 11);
}

#[tokio::test]
async fn a_redirect_must_say_where_to() {
    for head in [
        "302 Found",
        "302 Found\nLocation:",
        "301 Moved Permanently\nLocation: http://[::1",
        "302 Found\nLocation: http://",
    ] {
        let error = page(head, "").await.unwrap_err();

        assert!(matches!(error, Error::Redirect { .. }), "{head}: {error:?}");
    }
}

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
async fn a_page_that_did_not_change_is_not_sent_again() {
    let server = Server::start(|request| match request.header("if-none-match") {
        Some("\"v1\"") => raw("304 Not Modified\nETag: \"v1\"", ""),
        Some(_) | None => whole("200 OK\nETag: \"v1\"", PAGE),
    })
    .await;
    let known = get(&server.url("/story")).await.unwrap().validators;
    let known = Validators {
        last_modified: Some("Fri, 11 Mar 2022 14:05:12 GMT".into()),
        ..known
    };

    let fetched = client().get(&server.url("/story"), &known).await.unwrap();

    assert_eq!(
        fetched,
        Fetched::Unchanged {
            hops: vec![],
            validators: known
        }
    );
    assert_eq!(
        server.seen()[1].header("if-modified-since"),
        Some("Fri, 11 Mar 2022 14:05:12 GMT")
    );
}

#[tokio::test]
async fn not_modified_means_nothing_to_one_who_knows_nothing() {
    let error = page("304 Not Modified", "").await.unwrap_err();

    assert!(matches!(error, Error::NothingToCompare { .. }), "{error:?}");
}

#[tokio::test]
async fn a_status_without_a_page_is_an_error_that_says_it() {
    for (code, retry) in [
        (204, Retry::Never),
        (206, Retry::Never),
        (403, Retry::Never),
        (404, Retry::Never),
        (410, Retry::Never),
        (500, Retry::Backoff),
        (502, Retry::Backoff),
    ] {
        let error = page(&format!("{code} X"), PAGE).await.unwrap_err();

        assert!(
            matches!(error, Error::Status { status, retry_after: None, .. } if status == code),
            "{error:?}"
        );
        assert_eq!(error.retry(), retry, "{code}");
        assert_eq!(
            (error.is_missing(), error.is_gone()),
            (code == 404, code == 410)
        );
    }
}

#[tokio::test]
async fn a_host_that_asks_for_a_rest_is_not_asked_again() {
    let now: jiff::Timestamp = "2022-03-11T14:05:00Z".parse().unwrap();
    for (head, rest) in [
        ("429 Too Many Requests\nRetry-After: 30", Some(30)),
        ("503 Service Unavailable\nRetry-After: 30", Some(30)),
        (
            "429 Too Many Requests\nRetry-After: Fri, 11 Mar 2022 14:06:00 GMT",
            Some(60),
        ),
        (
            "429 Too Many Requests\nRetry-After: 99999999999999999999",
            Some(86_400),
        ),
        ("429 Too Many Requests\nRetry-After: soon", None),
    ] {
        let server = Server::always(whole(head, "slow down")).await;
        let other = Server::always(whole("200 OK", PAGE)).await;
        let client =
            Client::with(&options(), Limits::default(), Clock::from_fn(move || now)).unwrap();

        let first = client
            .get(&server.url("/a"), &Validators::default())
            .await
            .unwrap_err();
        let second = client
            .get(&server.url("/b"), &Validators::default())
            .await
            .unwrap_err();

        let wanted = rest.map_or(Retry::Backoff, |seconds| {
            Retry::After(Duration::from_secs(seconds))
        });
        assert_eq!(first.retry(), wanted, "{head}");
        assert!(
            matches!(second.retry(), Retry::After(left) if left <= Duration::from_secs(rest.unwrap_or(60))),
            "{second:?}"
        );
        assert!(second.is_postponed() && !first.is_postponed());
        assert_eq!(server.seen().len(), 1, "{head}");
        assert!(
            client
                .get(&other.url("/"), &Validators::default())
                .await
                .is_ok(),
            "other hosts go on"
        );
    }
}

#[tokio::test]
async fn requests_to_one_host_keep_their_distance() {
    const PACE: Duration = Duration::from_millis(40);
    let server = Server::always(whole("200 OK", PAGE)).await;
    let client = Client::new(&Options {
        pace: PACE,
        ..options()
    })
    .unwrap();
    let begin = Instant::now();
    let asked: Vec<_> = (0..5)
        .map(|_| {
            let (client, url) = (client.clone(), server.url("/"));
            tokio::spawn(async move { client.get(&url, &Validators::default()).await })
        })
        .collect();
    for fetched in asked {
        fetched.await.unwrap().unwrap();
    }

    for (count, request) in (0_u32..).zip(server.seen()) {
        assert!(
            request.at - begin >= PACE * count,
            "request {count} came after {:?}",
            request.at - begin
        );
    }
}

#[tokio::test]
async fn a_stuck_host_holds_two_connections_and_holds_up_nobody_else() {
    let gate = Arc::new(Notify::new());
    let stuck = Server::always(Answer {
        gate: Some(Arc::clone(&gate)),
        ..whole("200 OK", PAGE)
    })
    .await;
    let good = Server::always(whole("200 OK", PAGE)).await;
    let client = client();
    let asked: Vec<_> = (0..20)
        .map(|_| {
            let (client, url) = (client.clone(), stuck.url("/"));
            tokio::spawn(async move { client.get(&url, &Validators::default()).await })
        })
        .collect();
    stuck.has_seen(2).await;

    for _ in 0..5 {
        client
            .get(&good.url("/"), &Validators::default())
            .await
            .unwrap();
    }

    assert_eq!(stuck.seen().len(), 2);
    for seen in 2..=20 {
        stuck.has_seen(seen).await;
        gate.notify_one();
    }
    gate.notify_one();
    for fetched in asked {
        fetched.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_host_that_is_silent_is_given_up() {
    let limits = Limits {
        head: Duration::from_millis(100),
        connect: Duration::from_millis(100),
        ..Limits::default()
    };
    let answers = [
        ("silent", raw("", "")),
        ("half a header", raw("200 OK", "")),
    ];
    for (what, mut answer) in answers {
        answer.bytes.truncate(if what == "silent" { 0 } else { 17 });
        let server = Server::always(answer.then(Then::Silence)).await;

        let error = client_with(limits)
            .get(&server.url("/"), &Validators::default())
            .await
            .unwrap_err();

        assert_eq!(
            error.to_string(),
            format!(
                "gave up on `{}`: the beginning of the answer took longer than 0.2 s",
                server.url("/")
            ),
            "{what}"
        );
    }
}

#[tokio::test]
async fn a_page_that_drips_is_given_up_at_the_end_of_the_whole_time() {
    let limits = Limits {
        whole: Duration::from_millis(100),
        ..Limits::default()
    };
    let server = Server::always(raw("200 OK", "").then(Then::Drip)).await;

    let error = client_with(limits)
        .get(&server.url("/"), &Validators::default())
        .await
        .unwrap_err();

    assert!(
        matches!(
            error,
            Error::Timeout {
                awaited: "the page",
                ..
            }
        ),
        "{error:?}"
    );
    assert_eq!(error.retry(), Retry::Backoff);
}

#[tokio::test]
async fn the_time_for_a_page_counts_its_redirects() {
    let limits = Limits {
        whole: Duration::from_millis(200),
        ..Limits::default()
    };
    let server = Server::start(|request| match request.target.as_str() {
        "/a" => redirect("/b"),
        _ => raw("200 OK", "").then(Then::Silence),
    })
    .await;

    let error = client_with(limits)
        .get(&server.url("/a"), &Validators::default())
        .await
        .unwrap_err();

    assert!(
        matches!(&error, Error::Timeout { url, .. } if *url == server.url("/b")),
        "{error:?}"
    );
}

#[tokio::test]
async fn who_waits_too_long_for_a_turn_is_told_to_come_back() {
    let limits = Limits {
        turn: Duration::from_millis(50),
        ..Limits::default()
    };
    let client = Client::with(
        &Options {
            per_host: 1,
            ..options()
        },
        limits,
        Clock::system(),
    )
    .unwrap();
    let server = Server::always(raw("200 OK", "").then(Then::Silence)).await;
    let stuck = tokio::spawn({
        let (client, url) = (client.clone(), server.url("/"));
        async move { client.get(&url, &Validators::default()).await }
    });
    server.has_seen(1).await;

    let error = client
        .get(&server.url("/"), &Validators::default())
        .await
        .unwrap_err();

    assert!(
        matches!(error, Error::Busy { .. }) && error.is_postponed(),
        "{error:?}"
    );
    stuck.abort();
}

#[tokio::test]
async fn headers_without_end_are_refused() {
    let many = (0..20_000)
        .map(|number| format!("\nX-{number}: y"))
        .collect::<String>();
    let answers = [
        ("many", whole(&format!("200 OK{many}"), PAGE)),
        (
            "long",
            whole(&format!("200 OK\nX-Big: {}", "a".repeat(1 << 20)), PAGE),
        ),
        ("endless", {
            let mut answer =
                raw("200 OK", "").then(Then::Endless(b"X-A: bbbbbbbbbbbbbbbb\r\n".repeat(100)));
            answer.bytes.truncate(17);
            answer
        }),
    ];
    for (what, answer) in answers {
        let server = Server::always(answer).await;

        let error = get(&server.url("/")).await.expect_err(what);

        assert!(matches!(error, Error::Broken { .. }), "{what}: {error:?}");
    }
}

#[tokio::test]
async fn nobody_at_home_is_told_as_such() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!(
        "http://{}/story?token=s3cret",
        listener.local_addr().unwrap()
    );
    drop(listener);

    let error = get(&url).await.unwrap_err();

    let url = url.replace("s3cret", "*");
    assert_eq!(
        error.to_string(),
        format!("cannot connect to fetch `{url}`: Connection refused (os error 111)")
    );
    assert_eq!(error.retry(), Retry::Backoff);
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
