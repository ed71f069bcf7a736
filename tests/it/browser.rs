//! Pages that are made by scripts, shown to the Chromium of this machine.
//!
//! Where none is installed these tests say so and do nothing, unless `CLAIMWATCH_NEED_CHROMIUM` is set, as `.ci/run` does.

use std::net::UdpSocket;
use std::path::Path;
use std::time::Duration;

use claimwatch::check::Outcome;
use claimwatch::clock::Clock;
use claimwatch::fetch::{Access, Client, Error, Fetched, Limits, Options, Page, Validators};

use crate::served::{Answer, Canary, Server, Then, whole};
use crate::support::newsroom::Newsroom;
use crate::support::program::Program;

const HTML: &str = "200 OK\nContent-Type: text/html; charset=utf-8";
const JSON: &str = "200 OK\nContent-Type: application/json";

/// Whether there is a browser to test with.
pub fn has_chromium() -> bool {
    let is_here = Path::new("/usr/bin/chromium").exists();
    assert!(
        is_here || std::env::var_os("CLAIMWATCH_NEED_CHROMIUM").is_none(),
        "Chromium is missing"
    );
    if !is_here {
        eprintln!("skipped: no Chromium is installed");
    }
    is_here
}

fn options() -> Options {
    Options {
        pace: Duration::ZERO,
        allow_networks: vec!["127.0.0.1/32".parse().unwrap()],
        ..Options::default()
    }
}

fn client_with(limits: Limits) -> Client {
    Client::with(&options(), limits, Clock::system()).unwrap()
}

async fn get_as(client: &Client, url: &str, access: &Access) -> Result<Page, Error> {
    let access = Access {
        browser: true,
        ..access.clone()
    };
    match client.get_as(url, &Validators::default(), &access).await? {
        Fetched::Page(page) => Ok(page),
        Fetched::Unchanged { .. } => panic!("nothing was asked with conditions"),
    }
}

/// The page at `path` of the server as a browser shows it.
async fn get(server: &Server, path: &str) -> Result<Page, Error> {
    let client = client_with(Limits::default());
    let page = get_as(&client, &server.url(path), &Access::default()).await;
    client.close().await;
    page
}

fn html(page: &Page) -> &str {
    std::str::from_utf8(&page.bytes).unwrap()
}

/// A page that runs `script`.
fn shell(script: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><title>The Harbour Post</title></head>\
         <body><div id=root></div><script>{script}</script></body></html>"
    )
}

/// A page that is nothing before it has asked for its text.
const READER: &str = "fetch('/text.json').then(answer => answer.json()).then(text => {\
    root.innerHTML = '<article><h1>' + text.headline + '</h1><p>' + text.paragraphs.join('</p><p>') + '</p></article>';});";

fn text(people: &str) -> String {
    format!(
        "{{\"headline\": \"Ferry runs aground\", \"paragraphs\": [\
         \"The ferry with {people} people on board ran aground on Monday, the coast guard said.\", \
         \"Two helicopters and four boats took part in the rescue until the evening.\", \
         \"Nobody was hurt, according to the operator of the ferry.\"]}}"
    )
}

fn config(url: &str, browser: &str) -> String {
    format!(
        "fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nwatches:\n  - {{name: ferry, url: '{url}'{browser}}}\n"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_scripts_make_is_read_and_its_changes_are_told() {
    if !has_chromium() {
        return;
    }
    let people = std::sync::Arc::new(std::sync::Mutex::new("212"));
    let shown = std::sync::Arc::clone(&people);
    let server = Server::start(move |request| match request.target.as_str() {
        "/text.json" => whole(JSON, text(*shown.lock().unwrap())),
        _ => whole(HTML, shell(READER)),
    })
    .await;
    let plain = Newsroom::open(&config(&server.url("/story"), "")).await;
    let room = Newsroom::open(&config(&server.url("/story"), ", browser: true")).await;

    let unseen = plain.check("ferry").await;
    let first = room.check("ferry").await;
    let same = room.round("ferry").await;
    *people.lock().unwrap() = "208";
    let changed = room.round("ferry").await;
    room.services.say_goodbye().await;

    let Outcome::Failed { cause } = unseen else {
        panic!("{unseen:?}")
    };
    assert!(cause.contains("browser: true"), "{cause}");
    assert_eq!(first, Outcome::First);
    assert_eq!(same, Outcome::Unchanged);
    let Outcome::Changed { changes, alert } = changed else {
        panic!("{changed:?}")
    };
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert!(alert.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_shown_says_that_a_browser_made_it() {
    if !has_chromium() {
        return;
    }
    let server = Server::start(|request| match request.target.as_str() {
        "/text.json" => whole(JSON, text("212")),
        "/old" => whole("301 Moved Permanently\nLocation: /story", ""),
        _ => whole(&format!("{HTML}\nETag: \"v1\"\nX-Desk: 7"), shell(READER)),
    })
    .await;

    let page = get(&server, "/old").await.unwrap();

    assert!(
        html(&page).contains("<p>Nobody was hurt"),
        "{}",
        html(&page)
    );
    assert!(html(&page).starts_with("<!DOCTYPE html>"));
    assert_eq!(
        page.content_type.as_deref(),
        Some("text/html; charset=utf-8")
    );
    assert_eq!(
        (page.url.as_str(), page.status),
        (server.url("/story").as_str(), 200)
    );
    assert_eq!(page.hops.len(), 1);
    assert!(page.head.contains("x-desk: 7"), "{}", page.head);
    assert!(
        page.head.contains("\nclaimwatch-rendered-by: Chrome"),
        "{}",
        page.head
    );
    // The shell is the same whatever is shown in it: what it is recognised by says nothing.
    assert!(page.validators.is_empty());
    // The page was fetched once, and not a second time for the browser.
    let asked: Vec<String> = server.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(asked, ["/old", "/story", "/text.json"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_web_components_show_is_read() {
    if !has_chromium() {
        return;
    }
    let script = "const story = document.createElement('my-story'); \
        story.attachShadow({mode: 'closed'}).innerHTML = '<article><h1>Ferry runs aground</h1>\
        <p>The ferry with 212 people on board ran aground on Monday, the coast guard said.</p>\
        <p>Nobody was hurt, according to the operator of the ferry.</p></article>'; \
        document.body.append(story)";
    let server = Server::always(whole(HTML, shell(script))).await;
    let room = Newsroom::open(&config(&server.url("/story"), ", browser: true")).await;

    let outcome = room.check("ferry").await;
    room.services.say_goodbye().await;

    assert_eq!(outcome, Outcome::First);
    let store = &room.services.store;
    let story = store.find_story("ferry").await.unwrap().unwrap();
    let body = store.body(&story, 1).await.unwrap();
    let texts: Vec<&str> = body.places().map(|(_, words)| words).collect();
    assert!(
        texts.iter().any(|text| text.contains("212 people")),
        "{texts:?}"
    );
    assert!(
        texts.iter().any(|text| text.contains("Nobody was hurt")),
        "{texts:?}"
    );
}

/// Everything a page can try to reach a machine with, HOST:PORT standing for it and UDP for a port that hears datagrams.
const TRICKS: &str = "
    const to = 'http://HOST:PORT/';
    const tries = [
        () => fetch(to + 'fetch', {mode: 'no-cors'}),
        () => fetch('/away'),
        () => { const x = new XMLHttpRequest(); x.open('POST', to + 'xhr'); x.send('a'); },
        () => new WebSocket('ws://HOST:PORT/socket'),
        () => new EventSource(to + 'events'),
        () => navigator.sendBeacon(to + 'beacon', 'a'),
        () => window.open(to + 'popup'),
        () => new Worker(URL.createObjectURL(new Blob([`fetch('${to}worker', {mode: 'no-cors'}).catch(() => 0); importScripts('${to}import.js')`]))),
        () => new SharedWorker(to + 'shared.js'),
        () => navigator.serviceWorker.register('/worker.js'),
        () => { const c = new RTCPeerConnection({iceServers: [{urls: 'stun:HOST:UDP'}, {urls: 'turn:HOST:PORT?transport=tcp', username: 'a', credential: 'b'}]});
                c.createDataChannel('x'); c.createOffer().then(offer => c.setLocalDescription(offer)); },
        () => new WebTransport('https://HOST:UDP/').ready.catch(() => 0),
        () => { const rules = document.createElement('script'); rules.type = 'speculationrules';
                rules.textContent = JSON.stringify({prefetch: [{source: 'list', urls: [to + 'prefetch']}], prerender: [{source: 'list', urls: [to + 'prerender']}]});
                document.head.append(rules); },
        ...['img', 'iframe', 'script', 'embed', 'video', 'audio'].map(name => () => {
            const node = document.createElement(name); node.src = to + name; document.body.append(node); }),
        ...['stylesheet', 'icon', 'preconnect', 'preload', 'prefetch', 'modulepreload', 'manifest'].map(rel => () => {
            const node = document.createElement('link'); node.rel = rel; node.href = to + rel; node.as = 'script'; document.head.append(node); }),
        () => { const form = document.createElement('form'); form.action = to + 'form'; form.target = 'f'; form.method = 'post'; document.body.append(form); form.submit(); },
    ];
    let tried = 0;
    for (const go of tries) { try { const done = go(); if (done && done.catch) done.catch(() => 0); } catch (error) {} tried += 1; }
    root.innerHTML = '<p>tried ' + tried + '</p>';";

fn tricks(host: &str, port: u16, udp: u16) -> String {
    shell(
        &TRICKS
            .replace("HOST", host)
            .replace("PORT", &port.to_string())
            .replace("UDP", &udp.to_string()),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_a_page_tries_reaches_a_forbidden_network() {
    if !has_chromium() {
        return;
    }
    for (host, bind) in [("127.0.0.2", "127.0.0.2:0"), ("[::1]", "[::1]:0")] {
        let canary = Canary::start(bind).await;
        let datagrams = UdpSocket::bind(bind).unwrap();
        datagrams.set_nonblocking(true).unwrap();
        let port = canary.port();
        let page = tricks(host, port, datagrams.local_addr().unwrap().port());
        let away = format!("302 Found\nLocation: http://{host}:{port}/redirected");
        let server = Server::start(move |request| match request.target.as_str() {
            "/story" => whole(HTML, &page),
            "/away" => whole(&away, ""),
            _ => whole("404 Not Found", ""),
        })
        .await;

        let page = get(&server, "/story").await.unwrap();

        assert!(html(&page).contains("<p>tried 27</p>"), "{}", html(&page));
        canary.saw_nobody().await;
        let heard = datagrams.recv(&mut [0; 64]);
        assert_eq!(
            heard.unwrap_err().kind(),
            std::io::ErrorKind::WouldBlock,
            "{host}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_leads_to_a_forbidden_network_is_refused() {
    if !has_chromium() {
        return;
    }
    let canary = Canary::start("127.0.0.2:0").await;
    let port = canary.port();
    for script in [
        format!("location = 'http://127.0.0.2:{port}/'"),
        format!("location.replace('//0x7f000002:{port}/')"),
        "location = '/hop'".to_owned(),
    ] {
        let (page, hop) = (
            shell(&script),
            format!("302 Found\nLocation: http://127.0.0.2:{port}/"),
        );
        let server = Server::start(move |request| match request.target.as_str() {
            "/hop" => whole(&hop, ""),
            _ => whole(HTML, &page),
        })
        .await;

        let error = get(&server, "/story").await.expect_err(&script);

        assert!(
            matches!(error, Error::Forbidden { .. }),
            "{script}: {error:?}"
        );
    }
    canary.saw_nobody().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_public_page_asks_for_must_be_public_too() {
    if !has_chromium() {
        return;
    }
    // 127.0.0.1 is opened for a watch inside; the page comes from elsewhere, by a proxy.
    let inside = Server::always(whole(
        &format!("{JSON}\nAccess-Control-Allow-Origin: *"),
        "{\"secret\": \"opensesame\"}",
    ))
    .await;
    let script = format!(
        "fetch('{}').then(a => a.text()).then(t => root.innerHTML = '<p>' + t + '</p>').catch(() => root.innerHTML = '<p>nothing</p>')",
        inside.url("/secret")
    );
    let proxy = Server::always(whole(HTML, shell(&script))).await;
    let access = Access {
        route: claimwatch::fetch::Route {
            proxy: Some(claimwatch::secret::Secret::new(proxy.url(""))),
            ca: None,
        },
        ..Access::default()
    };
    let client = client_with(Limits::default());

    let page = get_as(&client, "http://news.example/story", &access).await;
    client.close().await;

    assert!(html(&page.unwrap()).contains("<p>nothing</p>"));
    assert!(inside.seen().is_empty());
    assert!(
        proxy
            .seen()
            .iter()
            .all(|seen| !seen.target.contains("secret")),
        "nor by the proxy"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_is_told_to_the_watchs_own_host_alone() {
    if !has_chromium() {
        return;
    }
    let other = Server::always(whole(
        &format!("{JSON}\nAccess-Control-Allow-Origin: *"),
        "{}",
    ))
    .await;
    let script = format!(
        "document.cookie = 'seen=1'; Promise.all([fetch('/own'), fetch('{}')]).then(() => root.innerHTML = '<p>' + navigator.userAgent + '</p>')",
        other.url("/other")
    );
    let server = Server::start(move |request| match request.target.as_str() {
        "/story" => whole(
            &format!("{HTML}\nSet-Cookie: session=s; HttpOnly"),
            shell(&script),
        ),
        _ => whole(JSON, "{}"),
    })
    .await;
    let room = Newsroom::open(
        &config(&server.url("/story"), ", browser: true").replace(
            ", browser",
            ", user_agent: desk-bot/2, headers: {X-Key: hush}, cookies: {edition: uk}, login: {user: desk, password: pw}, browser",
        ),
    )
    .await;
    let watch = room.services.config.watches[0].clone();

    let page = get_as(&room.services.fetch, &watch.url, &watch.access).await;
    room.services.say_goodbye().await;

    assert!(html(&page.unwrap()).contains("<p>desk-bot/2</p>"));
    let own = server.seen().into_iter().find(|seen| seen.target == "/own");
    let own = own.unwrap();
    assert_eq!(own.header("x-key"), Some("hush"));
    assert_eq!(own.header("cookie"), Some("edition=uk; session=s; seen=1"));
    assert!(own.header("authorization").is_some());
    assert_eq!(own.header("user-agent"), Some("desk-bot/2"));
    let other = &other.seen()[0];
    assert_eq!(other.header("user-agent"), Some("desk-bot/2"));
    for name in ["x-key", "cookie", "authorization", "sec-ch-ua"] {
        assert_eq!(other.header(name), None, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_page_needs_no_browser() {
    let server = Server::start(|request| match request.target.as_str() {
        "/gone" => whole("410 Gone", "<p>gone</p>"),
        "/missing" => whole("404 Not Found", "<p>missing</p>"),
        "/tired" => whole("429 Too Many Requests\nRetry-After: 7", ""),
        _ => whole("200 OK\nContent-Type: application/pdf", "%PDF-1.7"),
    })
    .await;
    let client = Client::with(
        &Options {
            browser: Some("/nowhere/chromium".into()),
            ..options()
        },
        Limits::default(),
        Clock::system(),
    )
    .unwrap();
    let ask = async |path: &str| get_as(&client, &server.url(path), &Access::default()).await;

    assert_eq!(ask("/report.pdf").await.unwrap().bytes, b"%PDF-1.7");
    assert!(ask("/gone").await.unwrap_err().is_gone());
    assert!(ask("/missing").await.unwrap_err().is_missing());
    assert!(matches!(
        ask("/tired").await,
        Err(Error::Status {
            status: 429,
            retry_after: Some(_),
            ..
        })
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_browser_is_named_with_its_remedy() {
    let server = Server::always(whole(HTML, shell(READER))).await;
    let text = config(&server.url("/story"), ", browser: true")
        .replace("pace: 0s", "pace: 0s, browser: /nowhere/chromium");
    let room = Newsroom::open(&text).await;

    let outcome = room.check("ferry").await;

    let Outcome::Failed { cause } = outcome else {
        panic!("{outcome:?}")
    };
    assert!(
        cause.contains("/nowhere/chromium") && cause.contains("`fetch.browser`"),
        "{cause}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_do_not_behave_come_to_an_end() {
    if !has_chromium() {
        return;
    }
    let server = Server::start(|request| match request.target.as_str() {
        "/dialog" => whole(HTML, shell("alert('stop'); root.innerHTML = '<p>told</p>'")),
        "/poll" => whole(
            HTML,
            shell("setInterval(() => fetch('/more'), 100); root.innerHTML = '<p>polls</p>'"),
        ),
        "/hang" => whole(
            HTML,
            shell("root.innerHTML = '<p>waits</p>'; fetch('/silent')"),
        ),
        "/silent" => whole(JSON, "").then(Then::Silence),
        "/round" | "/and" => whole(
            HTML,
            shell("location = location.pathname == '/round' ? '/and' : '/round'"),
        ),
        "/again" => whole(HTML, shell("location.reload()")),
        "/forever" => whole(HTML, shell("for (;;) {}")),
        "/large" => whole(HTML, shell("root.textContent = 'x'.repeat(9 << 20)")),
        "/wall" if request.header("cookie").is_none() => whole(
            HTML,
            shell("document.cookie = 'agreed=1'; location.reload()"),
        ),
        "/wall" => whole(HTML, shell("root.innerHTML = '<p>behind the wall</p>'")),
        "/lead" => whole(HTML, shell("location = '/gone'")),
        "/gone" => whole("410 Gone", ""),
        _ => whole(JSON, "{}"),
    })
    .await;
    let client = client_with(Limits::default());
    let ask = async |path: &str| get_as(&client, &server.url(path), &Access::default()).await;
    let hasty = client_with(Limits {
        render: Duration::from_secs(5),
        ..Limits::default()
    });
    let says = |page: Result<Page, Error>, words: &str| {
        let page = page.unwrap();
        assert!(html(&page).contains(words), "{words}: {}", html(&page));
    };

    says(ask("/dialog").await, "<p>told</p>");
    says(ask("/poll").await, "<p>polls</p>");
    says(ask("/hang").await, "<p>waits</p>");
    says(ask("/wall").await, "<p>behind the wall</p>");
    assert!(ask("/lead").await.unwrap_err().is_gone());
    let told = |error: Result<Page, Error>| error.unwrap_err().to_string();
    assert!(told(ask("/round").await).contains("without end"));
    assert!(told(ask("/again").await).contains("without end"));
    assert!(matches!(ask("/large").await, Err(Error::TooLarge { .. })));
    let forever = get_as(&hasty, &server.url("/forever"), &Access::default()).await;
    assert!(matches!(forever, Err(Error::Timeout { .. })));
    hasty.close().await;
    // After all of them the browser, or another in its place, still shows pages.
    says(ask("/dialog").await, "<p>told</p>");
    client.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_can_be_tried_before_it_is_watched() {
    if !has_chromium() {
        return;
    }
    let server = Server::start(|request| match request.target.as_str() {
        "/text.json" => whole(JSON, text("212")),
        _ => whole(HTML, shell(READER)),
    })
    .await;
    let url = server.url("/story");
    let program = Program::new(&config(&url, ""));

    let read = program.says(&["read", "--browser", &url], 0);

    assert!(
        read.contains("212    people") && read.contains("coast guard"),
        "{read}"
    );
    assert_eq!(program.run(&["read", &url]).status.code(), Some(2));
}

/// The processes that live in this folder, those without a command line of their own among them, and the folders of browsers in it.
fn traces(folder: &Path) -> (usize, usize) {
    let mark = format!("HOME={}/claimwatch-browser-", folder.display());
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let ours = processes.filter(|entry| {
        std::fs::read(entry.path().join("environ"))
            .is_ok_and(|line| String::from_utf8_lossy(&line).contains(&mark))
    });
    let folders = std::fs::read_dir(folder).unwrap().flatten();
    let folders = folders.filter(|entry| {
        entry
            .file_name()
            .to_string_lossy()
            .starts_with("claimwatch-browser-")
    });
    (ours.count(), folders.count())
}

/// Waits until it is so.
async fn until(mut is_so: impl FnMut() -> bool) {
    while !is_so() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_browser_outlives_the_service_however_that_ends() {
    if !has_chromium() {
        return;
    }
    let server = Server::start(|request| match request.target.as_str() {
        "/text.json" => whole(JSON, text("212")),
        _ => whole(HTML, shell(READER)),
    })
    .await;
    let temporary = tempfile::tempdir().unwrap();
    let temporary = temporary.path();
    let variables = [("TMPDIR", temporary.to_str().unwrap())];
    let text = config(&server.url("/story"), ", browser: true");
    let start = async || {
        let before = server.seen().len();
        let program = Program::new(&text);
        let daemon = program.start_with(&variables);
        server.has_seen(before + 2).await;
        assert!(traces(temporary).0 > 0);
        (program, daemon)
    };

    let (_program, daemon) = start().await;
    daemon.signal("TERM");
    assert_eq!(daemon.ended().await, Some(0));
    assert_eq!(traces(temporary), (0, 0), "stopped");

    let (_program, mut daemon) = start().await;
    daemon.kill().await;
    until(|| traces(temporary).0 == 0).await;
    assert_eq!(traces(temporary).1, 1, "killed: its folder is left");

    let program = Program::new(&text);
    let check = program
        .command(&["check"])
        .envs(variables)
        .output()
        .unwrap();
    assert!(check.status.success(), "{check:?}");
    assert_eq!(traces(temporary), (0, 0), "the next one clears it away");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_browser_serves_all_watches_and_ends_when_it_is_not_needed() {
    if !has_chromium() {
        return;
    }
    let server = Server::start(|request| Answer {
        takes: Duration::from_millis(200),
        ..whole(
            HTML,
            shell(&format!(
                "root.innerHTML = '<p>page {}</p>'",
                request.target
            )),
        )
    })
    .await;
    let client = client_with(Limits {
        browser_idle: Duration::from_secs(2),
        ..Limits::default()
    });
    let paths: Vec<String> = (0..6).map(|number| format!("/{number}")).collect();

    let pages = paths.iter().map(|path| {
        let (client, url) = (client.clone(), server.url(path));
        tokio::spawn(async move { get_as(&client, &url, &Access::default()).await })
    });
    let pages: Vec<_> = pages.collect();
    for (page, path) in pages.into_iter().zip(&paths) {
        let page = page.await.unwrap().unwrap();
        assert!(html(&page).contains(&format!("<p>page {path}</p>")));
    }

    assert!(client.has_browser());
    until(|| !client.has_browser()).await;
    let page = get_as(&client, &server.url("/again"), &Access::default()).await;
    assert!(page.is_ok(), "it is started again");
    client.close().await;
    assert!(!client.has_browser());
}
