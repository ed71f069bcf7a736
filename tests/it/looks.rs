//! How the local page looks in a browser: readable in light and dark and on a telephone, and nothing a story says runs.
//!
//! `CLAIMWATCH_LOOK=600 cargo test --test it looks` serves the same page at 127.0.0.1:8077 for ten minutes.

use std::fmt::Write as _;
use std::time::Duration;

use claimwatch::story::Story;
use claimwatch::{text, web};
use jiff::{SignedDuration, Timestamp};

use crate::browser::has_chromium;
use crate::support::chromium::{Chromium, Screen};
use crate::support::desk::{Desk, Edit};

/// What is looked at in each page.
const LOOK: &str = include_str!("support/look.js");
const NOW: &str = "2026-03-11T14:05:00Z";
const REST: &str = "Aid workers expect more people at the crossings before the weekend.";
/// What a story may try to smuggle in.
const HOSTILE: &str = "\"><script>document.title='run'</script><img src=x onerror=document.title='run'> & <b>bold</b>";
/// A story in a script that runs from right to left.
const ARABIC: [&str; 2] = [
    "قالت وكالة الأمم المتحدة للاجئين إن 2.1 مليون لاجئ عبروا الحدود.",
    "قالت وكالة الأمم المتحدة للاجئين إن 2.5 مليون لاجئ عبروا الحدود.",
];

/// A configuration that watches `outlets` stories of the same matter, and some that are special.
fn config(outlets: usize) -> String {
    let mut text = String::from(
        "server: {listen: '127.0.0.1:PORT'}\nclaims:\n\
         \x20 refugees: {words: [refugees, refugee], disagree: {by: 10%, for: 1h}}\n\
         \x20 dam: {statement: the dam <i>holds</i>}\n\
         \x20 houses: {words: [houses, homes]}\n\
         \x20 nobody: {words: [unicorns]}\nwatches:\n",
    );
    let special = [
        "tarvia",
        "floods",
        "hostile",
        "border-ar",
        "down",
        "gone",
        "unread",
    ];
    for name in special
        .iter()
        .map(ToString::to_string)
        .chain((1..=outlets).map(outlet))
    {
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "  - {{name: {name}, url: 'https://news.example/{name}'}}"
        );
    }
    text
}

fn outlet(number: usize) -> String {
    format!("outlet-{number}")
}

/// The stories of all of them.
async fn scene(outlets: usize, port: u16) -> Desk {
    let config = config(outlets).replace("PORT", &port.to_string());
    let mut desk = Desk::open(&config, NOW.parse().unwrap()).await;
    refugees(&mut desk).await;
    floods(&mut desk).await;
    hostile(&mut desk).await;
    for (text, hours) in ARABIC.iter().zip([20, 2]) {
        let mut story = Story::from_text("اللاجئون يعبرون الحدود", &[*text, "المساعدات مستمرة."]);
        story.language = text::language::detect(text);
        story.outlet = Some("صوت الحدود".to_owned());
        let at = NOW.parse::<Timestamp>().unwrap() - SignedDuration::from_hours(hours);
        desk.record("border-ar", story, at).await;
    }
    for number in 1..=outlets {
        many(&mut desk, number).await;
    }
    let short = ["The storm passed without damage.", REST];
    for name in ["down", "gone"] {
        desk.edit(
            name,
            "The Lowland Gazette",
            &Edit {
                minutes_ago: 900,
                headline: "Storm passes",
                paragraphs: &short,
                correction: None,
            },
        )
        .await;
    }
    for _ in 0..4 {
        desk.fail(
            "down",
            "https://news.example/down answered 503 Service Unavailable",
            false,
        )
        .await;
    }
    desk.fail("gone", "https://news.example/gone answered 410 Gone", true)
        .await;
    desk.settle().await;
    desk
}

/// A story that is corrected, with a range that becomes a point and a figure that goes.
async fn refugees(desk: &mut Desk) {
    let long = "Norland says it is not trying to overthrow the government of Tarvia as convoys leave the besieged towns of the north and the neighbouring countries prepare for winter";
    let edits: [(i64, &str, &str, &str, Option<&str>); 5] = [
        (
            2900,
            long,
            "2.1 to 2.2 million",
            "Norland was not trying to overthrow the government, its spokeswoman Vera Lind said.",
            None,
        ),
        (
            1500,
            long,
            "2.1 to 2.2 million",
            "Norland was not trying to overthrow the government, Vera Lind said on Monday.",
            None,
        ),
        (
            1100,
            long,
            "2.5 million",
            "Norland was not trying to overthrow the government, Vera Lind said on Monday.",
            None,
        ),
        (
            300,
            long,
            "2.5 million",
            "Norland was trying to overthrow the government, Vera Lind said on Monday.",
            None,
        ),
        (
            45,
            "Two and a half million have fled Tarvia",
            "more than 2.4 million",
            "Norland was not trying to overthrow the government, Vera Lind said on Monday.",
            Some(
                "Correction: An earlier version of this story left out a word in a statement of Norland.",
            ),
        ),
    ];
    for (minutes_ago, headline, people, lead, correction) in edits {
        let figure = format!(
            "The UN refugee agency has estimated the total number of refugees at {people}."
        );
        let buses = if minutes_ago > 1200 {
            "About 60 buses left Sundra on Tuesday, the regional governor said."
        } else {
            "About 85 buses left Sundra by Wednesday, the regional governor said."
        };
        let paragraphs = [
            lead,
            &figure,
            buses,
            "\"Some progress has been made,\" Vera Lind said.",
            REST,
        ];
        desk.edit(
            "tarvia",
            "The Harbour Post",
            &Edit {
                minutes_ago,
                headline,
                paragraphs: &paragraphs,
                correction,
            },
        )
        .await;
    }
}

/// A story with many versions, and figures of very different size.
async fn floods(desk: &mut Desk) {
    for version in 0..60 {
        let houses = 400 + version * 37 % 900;
        let lead =
            format!("Rescuers have led people out of {houses} houses, the fire service said.");
        let missing = format!("{} people are missing, police said.", 3 + version / 9);
        let money = format!(
            "The damage is put at {}.{} billion euros, the ministry said.",
            1 + version / 30,
            version % 10
        );
        let dam = if version % 25 < 20 {
            "The dam was not damaged, the operator said."
        } else {
            "The dam was damaged, the operator said."
        };
        let long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft reports: https://harbour.example/a/very/long/address/without/any/break/in/it/at/all?with=a&query=too";
        let paragraphs = [lead.as_str(), &missing, &money, dam, long, REST];
        let minutes_ago = i64::from(60 - version) * 31;
        desk.edit(
            "floods",
            "Harbour Courier",
            &Edit {
                minutes_ago,
                headline: "Floods cut off the island towns",
                paragraphs: &paragraphs,
                correction: None,
            },
        )
        .await;
    }
}

/// A story whose every part is markup.
async fn hostile(desk: &mut Desk) {
    for (minutes_ago, people) in [(600, 40), (20, 60)] {
        let lead = format!(
            "{people} refugees<script>document.title='run'</script> crossed, {HOSTILE} said."
        );
        let paragraphs = [
            lead.as_str(),
            HOSTILE,
            "\u{202e}txet desrever\u{2066} is not turned.",
            REST,
        ];
        desk.edit(
            "hostile",
            HOSTILE,
            &Edit {
                minutes_ago,
                headline: HOSTILE,
                paragraphs: &paragraphs,
                correction: Some(HOSTILE),
            },
        )
        .await;
    }
}

/// One of many outlets that tell the same, each in its own words and at its own time.
async fn many(desk: &mut Desk, number: usize) {
    let outlet_name = format!("The {} Chronicle of Record", number);
    let after = i64::try_from(number).unwrap() * 13 % 1400;
    for step in 0..=(number % 3) {
        let tenths = 19 + (number * 7 + step * 2) % 9;
        let lead = format!(
            "About {}.{} million refugees have crossed the border, the UN refugee agency said.",
            tenths / 10,
            tenths % 10
        );
        let headline = format!("Border crossings grow in the north, report {number}");
        let minutes_ago = 1500 - after - i64::try_from(step).unwrap() * 5;
        desk.edit(
            &outlet(number),
            &outlet_name,
            &Edit {
                minutes_ago,
                headline: &headline,
                paragraphs: &[&lead, REST],
                correction: None,
            },
        )
        .await;
    }
}

/// Every page, by its path.
fn pages(desk: &Desk) -> Vec<String> {
    let story = |name: &str, asked: &str| format!("/story/{}{asked}", desk.story(name));
    let mut pages = [
        "/",
        "/watches",
        "/watch/tarvia",
        "/watch/unread",
        "/watch/hostile",
        "/claims",
        "/claim/refugees",
        "/claim/refugees?ground=lowest",
        "/claim/refugees?ground=tenfold",
        "/claim/houses",
        "/claim/dam",
        "/claim/nobody",
        "/figures",
        "/figures?of=missing",
        "/figures?of=%3Cscript%3E",
    ]
    .map(str::to_owned)
    .to_vec();
    pages.extend([
        story("tarvia", ""),
        story("tarvia", "?a=1&b=5"),
        story("tarvia", "?a=1&b=5&view=side"),
        story("floods", ""),
        story("border-ar", "?a=1&b=2&view=side"),
        story("hostile", "?a=1&b=2"),
        story("gone", ""),
    ]);
    pages
}

/// A port that nobody listens on.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Whatever is wrong on a page, on any screen.
fn faults(browser: &mut Chromium, base: &str, path: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (width, scheme) in [
        (1280, "light"),
        (1280, "dark"),
        (360, "light"),
        (360, "dark"),
    ] {
        let complaints = browser.show(&format!("{base}{path}"), Screen { width, scheme });
        let seen = browser.evaluate(LOOK);
        let seen = seen
            .as_array()
            .unwrap()
            .iter()
            .map(|fault| fault.as_str().unwrap().to_owned());
        let told = complaints.into_iter().chain(seen);
        faults.extend(told.map(|fault| format!("{path} at {width} in {scheme}: {fault}")));
        let title = browser.evaluate("document.title");
        assert!(title.as_str().unwrap().ends_with("claimwatch"), "{title}");
    }
    faults
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_readable_on_every_screen_and_nothing_a_story_says_runs() {
    if !has_chromium() {
        return;
    }
    let port = free_port();
    let desk = scene(20, port).await;
    let _server = web::Server::start(&desk.services).await;
    let base = format!("http://127.0.0.1:{port}");

    let faults = tokio::task::block_in_place(|| {
        let mut browser = Chromium::start();
        let of_page = |path: &String| faults(&mut browser, &base, path);
        pages(&desk).iter().flat_map(of_page).collect::<Vec<_>>()
    });

    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_can_be_used_with_the_keyboard_alone() {
    if !has_chromium() {
        return;
    }
    let port = free_port();
    let desk = scene(3, port).await;
    let _server = web::Server::start(&desk.services).await;
    let url = format!(
        "http://127.0.0.1:{port}/story/{}?a=1&b=5",
        desk.story("tarvia")
    );

    let stops = tokio::task::block_in_place(|| {
        let mut browser = Chromium::start();
        browser.show(
            &url,
            Screen {
                width: 1280,
                scheme: "light",
            },
        );
        let mut stops = Vec::new();
        for _ in 0..12 {
            browser.tab();
            stops.push(browser.evaluate(
                "(() => { const at = document.activeElement, style = getComputedStyle(at); \
                 return [at.id || at.textContent.trim(), at.getClientRects().length > 0 && style.outlineStyle === 'solid'] })()",
            ));
        }
        stops
    });

    let names: Vec<&str> = stops.iter().map(|stop| stop[0].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "Skip to the content",
            "Today",
            "Watches",
            "Claims",
            "of",
            "Show",
            "https://news.example/tarvia",
            "tarvia",
            "a",
            "b",
            "view",
            "Compare",
        ]
    );
    assert!(stops.iter().all(|stop| stop[1] == true), "{stops:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_is_served_to_be_looked_at() {
    let Some(seconds) = claimwatch::secret::environment("CLAIMWATCH_LOOK") else {
        return;
    };
    let desk = scene(200, 8077).await;
    let _server = web::Server::start(&desk.services).await;
    eprintln!("http://127.0.0.1:8077/ for {seconds} s");
    tokio::time::sleep(Duration::from_secs(seconds.parse().unwrap())).await;
}
