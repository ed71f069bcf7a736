//! What is served to operators: metrics, health, and to nobody who should not ask.

use std::sync::{Arc, Mutex};

use claimwatch::clock::Clock;
use claimwatch::daemon::{self, Order};
use claimwatch::store::{Store, Wanted};
use claimwatch::{config, fetch, secret};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;

use crate::support::asked::{address, ask, get};
use crate::support::hook::Hook;
use crate::support::program::Program;
use crate::support::site::Site;

const REST: [&str; 2] = [
    "Rain is expected to go on until the weekend, the weather service said.",
    "Schools in the west of the island stay closed, the regional council decided.",
];

fn publish(site: &Site, houses: u32) {
    let lead = format!("Rescuers have led people out of {houses} houses, the fire service said.");
    site.publish("floods", "Floods cut off towns", &[&lead, REST[0], REST[1]]);
}

fn config(site: &Site, hook: &Hook) -> String {
    format!(
        "server: {{listen: '127.0.0.1:0'}}\n\
         notify:\n  api: {{webhook: {{url: '{}'}}}}\n\
         defaults: {{every: 1s, decay: 0%, notify: [api]}}\n\
         fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\n\
         claims:\n  houses: {{words: [houses]}}\n\
         watches:\n  - {{name: floods, url: '{}'}}\n",
        hook.url(),
        site.url("floods")
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn the_metrics_tell_of_checks_changes_alerts_and_deliveries() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 40);
    let program = Program::new(&config(&site, &hook));
    let mut daemon = program.start();
    daemon.until(site.visited(2)).await;
    publish(&site, 60);
    daemon.until(hook.has_taken(1)).await;
    let address = daemon.until(address(&program)).await;

    let metrics = get(&address, "/metrics").await;
    let again = get(&address, "/metrics").await;

    assert_eq!(metrics.status, 200);
    assert!(metrics.headers["content-type"].starts_with("text/plain; version=0.0.4"));
    for line in [
        "claimwatch_checks_total{watch=\"floods\",result=\"first\"} 1\n",
        "claimwatch_checks_total{watch=\"floods\",result=\"changed\"} 1\n",
        "claimwatch_changes_total{kind=\"figure_changed\"} 1\n",
        "claimwatch_alerts_total{kind=\"figure_changed\",severity=\"high\"} 1\n",
        "claimwatch_check_duration_seconds_count{result=\"changed\"} 1\n",
        "claimwatch_consecutive_failures{watch=\"floods\"} 0\n",
        "claimwatch_last_success_timestamp_seconds{watch=\"floods\"} 1",
        "claimwatch_config_last_reload_successful 1\n",
        "claimwatch_build_info{version=\"",
        "claimwatch_outbox_oldest_seconds 0\n",
        "claimwatch_figure_value{claim=\"houses\",outlet=\"The Harbour Post\",bound=\"high\"} 60\n",
    ] {
        assert!(again.body.contains(line), "{line}\n{}", again.body);
    }
    if std::env::var_os("CLAIMWATCH_KEEP_METRICS").is_some() {
        std::fs::write("target/metrics.txt", &again.body).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn health_and_readiness_are_told_and_a_reload_can_close_the_page() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 40);
    let program = Program::new(&config(&site, &hook));
    let mut daemon = program.start();
    let address = daemon.until(address(&program)).await;
    // The second visit begins in the second turn of the loop: then the first is over.
    daemon.until(site.visited(2)).await;

    let (health, ready) = (
        get(&address, "/healthz").await,
        get(&address, "/readyz").await,
    );
    program.configure("watches: [nonsense\n");
    daemon.signal("HUP");
    let failed = "claimwatch_config_last_reload_successful 0\n";
    while !get(&address, "/metrics").await.body.contains(failed) {}
    let without = config(&site, &hook).replacen("server:", "#", 1);
    program.configure(&without);
    daemon.signal("HUP");

    assert_eq!((health.status, health.body.as_str()), (200, "ok\n"));
    assert_eq!((ready.status, ready.body.as_str()), (200, "ready\n"));
    while tokio::net::TcpStream::connect(&address).await.is_ok() {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    daemon.signal("TERM");
    assert_eq!(daemon.ended().await, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn strange_hosts_and_everything_that_is_no_reading_are_refused() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 40);
    let program = Program::new(&config(&site, &hook));
    let mut daemon = program.start();
    let address = daemon.until(address(&program)).await;

    for host in [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "10.0.0.1",
        "",
    ] {
        let answer = ask(
            &address,
            &format!("GET /metrics HTTP/1.1\r\nHost: {host}\r\n"),
        )
        .await;
        assert_eq!(answer.status, 403, "{host}");
        assert!(!answer.body.contains("claimwatch_"), "{host}");
    }
    let twice = format!("GET /metrics HTTP/1.1\r\nHost: {address}\r\nHost: evil.example\r\n");
    assert_eq!(ask(&address, &twice).await.status, 403);
    let absolute = format!("GET http://evil.example/metrics HTTP/1.1\r\nHost: {address}\r\n");
    assert_eq!(ask(&address, &absolute).await.status, 403);
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
        let head =
            format!("{method} /metrics HTTP/1.1\r\nHost: {address}\r\nContent-Length: 0\r\n");
        assert_eq!(ask(&address, &head).await.status, 405, "{method}");
    }
    let cross =
        format!("GET /metrics HTTP/1.1\r\nHost: {address}\r\nOrigin: https://evil.example\r\n");
    let answer = ask(&address, &cross).await;
    assert!(
        !answer
            .headers
            .keys()
            .any(|name| name.starts_with("access-control"))
    );
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(answer.headers[name], value);
    }
    let policy = &answer.headers["content-security-policy"];
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_server_section_nothing_listens() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 40);
    let program = Program::new(&config(&site, &hook).replacen("server:", "#", 1));
    let mut daemon = program.start();
    daemon.until(site.visited(1)).await;

    assert_eq!(listening_ports(daemon.id()), Vec::<String>::new());
}

/// The local addresses on which a process listens.
fn listening_ports(process: u32) -> Vec<String> {
    let sockets: Vec<String> = std::fs::read_dir(format!("/proc/{process}/fd"))
        .unwrap()
        .filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok())
        .filter_map(|link| {
            let link = link.to_str()?.to_owned();
            Some(link.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned())
        })
        .collect();
    ["tcp", "tcp6"]
        .iter()
        .flat_map(|table| {
            let text = std::fs::read_to_string(format!("/proc/{process}/net/{table}"));
            let text = text.unwrap_or_default();
            text.lines().map(str::to_owned).collect::<Vec<_>>()
        })
        .filter_map(|line| {
            let columns: Vec<&str> = line.split_whitespace().collect();
            // State 0A is LISTEN; the tenth column is the inode.
            let listens = columns.get(3) == Some(&"0A");
            let is_ours = columns
                .get(9)
                .is_some_and(|inode| sockets.iter().any(|socket| socket == inode));
            (listens && is_ours).then(|| columns[1].to_owned())
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn when_nothing_succeeds_for_three_periods_somebody_is_told_once() {
    fetch::install_crypto();
    let (site, hook) = (Site::start().await, Hook::start().await);
    site.set("floods", 500, "down");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.yaml");
    let text =
        config(&site, &hook)
            .replacen("server:", "#", 1)
            .replacen("every: 1s", "every: 3m", 1)
            + "problems: {after: 1000}\n";
    std::fs::write(&path, text).unwrap();
    let config = config::read(&path, &secret::Process).unwrap();
    let store = Store::open_exclusive(&config.store).unwrap();
    let now: Timestamp = "2026-03-09T12:00:00Z".parse().unwrap();
    let now = Arc::new(Mutex::new(now));
    let clock = Clock::from_fn({
        let now = Arc::clone(&now);
        move || *now.lock().unwrap()
    });
    let (orders, received) = mpsc::channel(1);
    let again = Box::new(move || Ok(config::read(&path, &secret::Process)?));
    let task = tokio::spawn(daemon::run(config, store.clone(), clock, received, again));

    for visits in 1..8 {
        site.visited(visits).await;
        *now.lock().unwrap() += SignedDuration::from_mins(3);
        orders.send(Order::Reload).await.unwrap();
    }

    let posts = hook.has_taken(1).await;
    assert_eq!(posts.len(), 1);
    assert_eq!(posts[0].body["type"], "claimwatch.watch_failing");
    assert_eq!(
        posts[0].body["data"]["summary"],
        "all-watches: no check of any watch has succeeded for three periods, since 12:00 UTC"
    );
    orders.send(Order::Stop).await.unwrap();
    task.await.unwrap().unwrap();
    let told = store.deliveries(Wanted::default()).await.unwrap();
    assert_eq!(told.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_can_be_read_by_machines() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 40);
    let program = Program::new(&config(&site, &hook));
    let mut daemon = program.start_with(&[("CLAIMWATCH_LOG_FORMAT", "json")]);
    daemon.until(site.visited(2)).await;

    let log = program.log();
    let first: Vec<serde_json::Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .filter(|line: &serde_json::Value| line["fields"]["message"] == "first version")
        .collect();
    assert_eq!(first[0]["fields"]["watch"], "floods");
    assert!(!log.contains("Rescuers"), "story text in the log: {log}");
}
