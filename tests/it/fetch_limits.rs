//! Fetching is bounded in time and size, and polite to each host.

use std::fmt::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use claimwatch::clock::Clock;
use claimwatch::fetch::{Client, Error, Fetched, Limits, Options, Retry, Validators};
use tokio::sync::Notify;

use crate::fetch::{PAGE, client, client_with, get, gzip, options, redirect};
use crate::served::{Answer, Server, Then, raw, whole};

#[tokio::test]
async fn a_page_stops_at_the_cap_whatever_its_size_on_the_wire() {
    let bomb = gzip(&vec![b' '; 16 << 20]);
    assert!(bomb.len() < 100 << 10);
    let zeros = vec![b' '; 1 << 16];
    let answers = [
        ("gzip", whole("200 OK\nContent-Encoding: gzip", bomb)),
        (
            "zstd",
            whole(
                "200 OK\nContent-Encoding: zstd",
                zstd::encode_all(&vec![b' '; 16 << 20][..], 1).unwrap(),
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
            // Whoever has read a page lets go of it and makes room.
            tokio::spawn(async move {
                match client.get(&url, &Validators::default()).await.unwrap() {
                    Fetched::Page(page) => page.bytes.len(),
                    Fetched::Unchanged { .. } => 0,
                }
            })
        })
        .collect();

    for length in asked {
        assert_eq!(length.await.unwrap(), body.len());
    }
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
            // One page's answer silences the site for an hour at most.
            matches!(second.retry(), Retry::After(left) if left <= Duration::from_secs(rest.unwrap_or(60).min(3600))),
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
                "gave up on `{}`: the beginning of the answer took longer than 0.1 s",
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
        whole: Duration::from_millis(400),
        ..Limits::default()
    };
    let takes = Duration::from_millis(250);
    let server = Server::start(move |request| Answer {
        takes,
        ..if request.target == "/a" {
            redirect("/b")
        } else {
            whole("200 OK", PAGE)
        }
    })
    .await;

    let error = client_with(limits)
        .get(&server.url("/a"), &Validators::default())
        .await
        .unwrap_err();

    assert!(
        matches!(
            &error,
            Error::Timeout {
                awaited: "the page",
                ..
            }
        ),
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
    let mut many = String::from("200 OK");
    for number in 0..20_000 {
        write!(many, "\nX-{number}: y").unwrap();
    }
    let answers = [
        ("many", whole(&many, PAGE)),
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
