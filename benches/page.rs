//! How fast the local page answers over a store with a story of 10,000 versions.
//!
//! `cargo bench --bench page` prints the median and the 99th percentile of each page; `-- --serve SECONDS` goes on serving at
//! 127.0.0.1:8077 afterwards, to be looked at.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use claimwatch::alert::{StoryId, WatchName};
use claimwatch::clock::Clock;
use claimwatch::services::Services;
use claimwatch::store::{ClaimValues, Enrolled, NewPage, Record, Recorded, Store, Validators};
use claimwatch::story::Story;
use claimwatch::{claims, compare, config, fetch, secret, web};
use jiff::{SignedDuration, Timestamp};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const VERSIONS: u32 = 10_000;
const ROUNDS: usize = 200;
const ADDRESS: &str = "127.0.0.1:8077";
const CONFIG: &str = "server: {listen: '127.0.0.1:8077'}
watches:
  - {name: harbour-floods, url: 'https://harbour.example/floods'}
  - {name: courier-floods, url: 'https://courier.example/floods'}
claims:
  houses: {words: [houses, homes], alert: {change: 5%}}
  dam: {statement: the dam was not damaged}
";

fn main() -> anyhow::Result<()> {
    fetch::install_crypto();
    let arguments: Vec<String> = std::env::args().collect();
    let serve = arguments
        .iter()
        .position(|word| word == "--serve")
        .and_then(|at| arguments.get(at + 1)?.parse().ok());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(measure(serve))
}

async fn measure(serve: Option<u64>) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("config.yaml");
    let config = config::from_text(CONFIG, &path, &secret::Process)?;
    let store = Store::open_exclusive(&config.store)?;
    let now = Timestamp::now();
    let started = Instant::now();
    for (name, url, versions) in [
        ("harbour-floods", "https://harbour.example/floods", VERSIONS),
        ("courier-floods", "https://courier.example/floods", 12),
    ] {
        fill(&store, name, url, versions, now).await?;
    }
    println!("{VERSIONS} versions stored in {:.1?}", started.elapsed());
    let services = Arc::new(Services::new(config, store, Clock::system())?);
    let _server = web::Server::start(&services).await;
    let watch = WatchName::new("harbour-floods").expect("a plain word");
    let story = StoryId::of(&watch, "https://harbour.example/floods");
    for page in [
        "/".to_owned(),
        "/today.atom".to_owned(),
        "/watches".to_owned(),
        "/watch/harbour-floods".to_owned(),
        format!("/story/{story}"),
        format!("/story/{story}?before=5000"),
        format!("/story/{story}?a=4999&b=5000"),
        format!("/story/{story}?a=1&b=10000&view=side"),
        format!("/story/{story}.json"),
        "/claim/houses".to_owned(),
        "/figures?of=houses".to_owned(),
        "/claim/houses.atom".to_owned(),
        "/watches.atom".to_owned(),
        "/metrics".to_owned(),
    ] {
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            let started = Instant::now();
            get(&page).await?;
            times.push(started.elapsed());
        }
        times.sort();
        let (median, slow) = (times[ROUNDS / 2], times[ROUNDS * 99 / 100]);
        println!("{page:44} median {median:>9.2?}   p99 {slow:>9.2?}");
    }
    if let Some(seconds) = serve {
        println!("serving http://{ADDRESS}/ for {seconds} s");
        tokio::time::sleep(Duration::from_secs(seconds)).await;
    }
    Ok(())
}

async fn get(page: &str) -> anyhow::Result<()> {
    let mut stream = TcpStream::connect(ADDRESS).await?;
    let head = format!("GET {page} HTTP/1.1\r\nHost: {ADDRESS}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    anyhow::ensure!(answer.starts_with(b"HTTP/1.1 200"), "{page}: {answer:?}");
    Ok(())
}

/// A story that is edited every few minutes.
fn story(version: u32) -> Story {
    let houses = 400 + version * 7 % 900;
    let missing = 3 + version / 40 % 30;
    let dam = if version % 25 < 20 {
        "The dam was not damaged, the operator said."
    } else {
        "The dam was damaged, the operator said."
    };
    let lead = format!("Rescuers have led people out of {houses} houses, the fire service said.");
    let count =
        format!("{missing} people are missing, police said, <b>a figure</b> that may rise.");
    Story::from_text(
        "Floods cut off the island towns & the harbour",
        &[
            lead.as_str(),
            &count,
            dam,
            "Rain is expected to go on until the weekend, the weather service said.",
            "Schools in the west of the island stay closed, the regional council decided.",
        ],
    )
}

async fn fill(
    store: &Store,
    name: &str,
    url: &str,
    versions: u32,
    now: Timestamp,
) -> anyhow::Result<()> {
    let watch = WatchName::new(name).expect("a plain word");
    let listed = Enrolled {
        name: watch.clone(),
        url: url.to_owned(),
        due: now,
        list: None,
    };
    // The other watch is enrolled again: a list is whole or it archives what it leaves out.
    let other = Enrolled {
        name: WatchName::new("harbour-floods").expect("a plain word"),
        url: "https://harbour.example/floods".to_owned(),
        due: now,
        list: None,
    };
    let list = if listed == other {
        vec![listed]
    } else {
        vec![listed, other]
    };
    store.enroll(list, now).await?;
    let mut before: Option<Story> = None;
    for number in 1..=versions {
        let body = story(number * if name.starts_with('h') { 1 } else { 3 });
        let changes = before.as_ref().map_or_else(Vec::new, |old| {
            compare::versions(old, &body)
                .changes
                .into_iter()
                .map(|change| Recorded {
                    told: change.severity >= compare::Severity::Medium,
                    reason: "medium and above are told".to_owned(),
                    change,
                })
                .collect()
        });
        let figures = claims::read(&body)
            .figures
            .into_iter()
            .filter(claims::Figure::is_claim)
            .filter_map(|figure| Some((figure.clone(), body.slice(figure.span)?.to_owned())))
            .collect();
        let ago = SignedDuration::from_mins(i64::from((versions - number) * 5));
        let at = now - ago;
        let record = Record {
            archive: false,
            watch: watch.clone(),
            story: StoryId::of(&watch, url),
            expected: (number > 1).then(|| number - 1),
            at,
            next_due: Some(now),
            validators: Validators::default(),
            page: NewPage {
                url: url.to_owned(),
                content_type: None,
                head: None,
                sha256: format!("{number:064x}"),
                bytes: format!("{body:?}").into_bytes(),
                reader: "bench".to_owned(),
                story: body.clone(),
                container: None,
            },
            changes,
            figures,
            alerts: Vec::new(),
            last_alerted: BTreeMap::new(),
            flips: BTreeMap::new(),
            claims: ClaimValues::default(),
        };
        store.record(record).await?;
        before = Some(body);
    }
    Ok(())
}
