//! Alerts told together: digests, quiet hours, and the surplus of an hour. Nothing is lost and nothing told twice.

use claimwatch::alert::render::{MailOptions, mail};
use claimwatch::alert::{Alert, Fold, ReceiverName, digest};
use claimwatch::compare::ChangeKind;
use claimwatch::store::{State, Wanted};
use jiff::SignedDuration;
use serde_json::Value;

use crate::alerts::assert_promised;
use crate::support::alerts::{Made, at, figure, said, side};
use crate::support::hook::Hook;
use crate::support::newsroom::Newsroom;
use crate::support::site::Site;
use crate::support::smtp::{Mode, Server};

const REST: &str = "Rain is expected to go on until the weekend, the weather service said.";
const END: &str = "Schools in the west of the island stay closed, the regional council decided.";

fn publish(site: &Site, page: &str, houses: u32, ferries: u32) {
    let lead = format!(
        "Rescuers have led people out of {houses} houses since Monday, the fire service said."
    );
    let boats = format!("Navy divers have brought {ferries} ferries back into the harbour.");
    site.publish(
        page,
        "Floods cut off the towns",
        &[&lead, &boats, REST, END],
    );
}

/// A desk that watches `pages` and tells a webhook with these options.
fn config(site: &Site, hook: &Hook, options: &str, pages: &[&str]) -> String {
    let watches: String = pages
        .iter()
        .map(|page| format!("  - {{name: {page}, url: '{}'}}\n", site.url(page)))
        .collect();
    format!(
        "notify:\n  api: {{webhook: {{url: '{}'{options}}}}}\ndefaults: {{timezone: UTC}}\n\
         fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nwatches:\n{watches}",
        hook.url()
    )
}

fn rows(body: &Value) -> Vec<String> {
    let rows = body["data"]["digest"]["rows"].as_array().unwrap();
    rows.iter()
        .map(|row| row["summary"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_tells_the_net_change_of_each_figure_at_its_time() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, "floods", 40, 3);
    publish(&site, "island", 10, 8);
    let options = ", digest: {at: ['17:00', '08:00']}";
    let mut desk = Newsroom::open(&config(&site, &hook, options, &["floods", "island"])).await;
    for page in ["floods", "island"] {
        desk.check(page).await;
    }

    for houses in [44, 48, 50] {
        publish(&site, "floods", houses, 3);
        desk.round("floods").await;
    }
    publish(&site, "island", 10, 4);
    desk.round("island").await;
    publish(&site, "floods", 50, 9);
    desk.round("floods").await;
    publish(&site, "floods", 50, 3);
    desk.round("floods").await;
    assert_eq!(hook.taken(), []);
    desk = desk.restart().await;
    desk.at("2026-03-09T16:59:59Z");
    desk.deliver().await;
    assert_eq!(hook.taken(), []);
    desk.at("2026-03-09T17:00:00Z");
    desk.deliver().await;
    desk.deliver().await;

    let posts = hook.taken();
    assert_eq!(posts.len(), 1, "{posts:#?}");
    let body = &posts[0].body;
    assert_eq!(body["type"], "claimwatch.digest");
    assert_eq!(
        rows(body),
        ["Ferries 8 → 4 (-50%)", "Houses 40 → 50 (+25%, 3 steps)"]
    );
    assert_eq!(
        body["data"]["summary"],
        "2 changes in 2 stories since 08:00 UTC (largest: Ferries -50%)"
    );
    assert_eq!(body["data"]["digest"]["went_back"], 1);
    assert_promised(&serde_json::from_value(body["data"].clone()).unwrap());
    let left = desk.services.store.counts().await.unwrap();
    assert_eq!((left.held, left.waiting), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_digest_is_sent_only_where_it_is_asked_for() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, "floods", 40, 3);
    let options = ", digest: {at: '08:00', empty: true}";
    let mut desk = Newsroom::open(&config(&site, &hook, options, &["floods"])).await;
    desk.check("floods").await;

    // Down over one of the times: it is sent once, late.
    desk.at("2026-03-10T09:30:00Z");
    desk = desk.restart().await;
    desk.deliver().await;
    desk.at("2026-03-11T08:00:00Z");
    desk.deliver().await;
    desk.deliver().await;

    let posts = hook.taken();
    let summaries: Vec<_> = posts
        .iter()
        .map(|post| &post.body["data"]["summary"])
        .collect();
    assert_eq!(
        summaries,
        [
            "No changes since 9 Mar 08:00 UTC",
            "No changes since 10 Mar 08:00 UTC"
        ]
    );
    assert_ne!(posts[0].id, posts[1].id);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_lists_what_is_of_low_severity_and_the_others_are_told_at_once() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    let (early, extra) = (
        "Rescuers have led people out of 40 houses since Monday, the fire service said.",
        "The bakery on the quay has opened again.",
    );
    site.publish("floods", "Floods cut off the towns", &[early, REST, END]);
    let mail = Server::start(Mode::Ok).await;
    let text = config(&site, &hook, "", &["floods"]).replacen(
        "notify:\n",
        &format!(
            "email: {{smtp: 'smtp://127.0.0.1:{}', from: a@example.org}}\nnotify:\n\
             \x20 analysts: {{email: {{to: b@example.org, digest: {{at: '17:00'}}}}}}\n",
            mail.port()
        ),
        1,
    );
    let desk = Newsroom::open(&text).await;
    desk.check("floods").await;

    site.publish(
        "floods",
        "Floods cut off the towns",
        &[early, REST, extra, END],
    );
    desk.round("floods").await;
    let held = desk
        .services
        .store
        .deliveries(Wanted::default())
        .await
        .unwrap();
    desk.at("2026-03-09T17:00:00Z");
    desk.deliver().await;

    assert_eq!(hook.taken(), [], "low severity is not told at once");
    assert_eq!((held.len(), held[0].state), (1, State::Held), "{held:#?}");
    let mails = mail.kept();
    assert_eq!(mails.len(), 1);
    let text = String::from_utf8_lossy(&mails[0].bytes);
    assert!(
        text.contains("Subject: 1 change in 1 story since 8 Mar 17:00 UTC"),
        "{text}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn quiet_hours_hold_what_is_not_severe_and_tell_it_together_in_the_morning() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, "floods", 40, 3);
    publish(&site, "island", 10, 8);
    // Figures are of high severity; here nothing but what is critical is told at night.
    let text = config(&site, &hook, "", &["floods", "island"])
        + "quiet: {from: '22:00', to: '07:00', hold_below: critical}\n";
    let mut desk = Newsroom::open_at(&text, "2026-03-09T21:00:00Z").await;
    desk.check("floods").await;
    desk.check("island").await;
    publish(&site, "floods", 44, 3);
    desk.round("floods").await;
    assert_eq!(hook.taken().len(), 1, "it is not quiet yet");

    desk.at("2026-03-09T23:00:00Z");
    for houses in [50, 60] {
        publish(&site, "floods", houses, 3);
        desk.round("floods").await;
        publish(&site, "island", houses / 5, 8);
        desk.round("island").await;
    }
    desk = desk.restart().await;
    assert_eq!(hook.taken().len(), 1, "it is quiet");
    site.set("floods", 410, "gone");
    desk.round("floods").await;
    let at_night = hook.taken();
    desk.at("2026-03-10T07:00:00Z");
    desk.deliver().await;

    // What is severe takes along what was held of its story, so that the order is kept.
    let told: Vec<&str> = at_night[1..]
        .iter()
        .map(|post| post.body["data"]["summary"].as_str().unwrap())
        .collect();
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(told[0].contains("44 changed to 50"), "{told:#?}");
    assert!(told[1].contains("50 changed to 60"), "{told:#?}");
    assert_eq!(at_night[3].body["type"], "claimwatch.story_removed");
    let posts = hook.taken();
    assert_eq!(posts.len(), 5, "each fact is told once");
    assert_eq!(
        rows(&posts[4].body),
        ["Houses 10 → 12 (+20%)"],
        "what is held of another story waits"
    );
    assert_eq!(posts[4].body["data"]["digest"]["cause"], "quiet");
    assert_eq!(
        posts[4].body["data"]["watch"]["reason"],
        "held in the quiet hours from 22:00 to 07:00"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_much_for_an_hour_is_folded_into_one() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    let pages: Vec<String> = (0..8).map(|page| format!("page{page}")).collect();
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    for page in &pages {
        publish(&site, page, 40, 3);
    }
    let desk = Newsroom::open(&config(&site, &hook, ", max_per_hour: 3", &pages)).await;
    for page in &pages {
        desk.check(page).await;
    }

    for (number, page) in (1..).zip(&pages) {
        publish(&site, page, 40 + number, 3);
        desk.pass_minutes(1);
        desk.check(page).await;
        desk.deliver().await;
    }
    let at_first = hook.taken().len();
    desk.pass_minutes(60);
    desk.deliver().await;
    publish(&site, pages[0], 80, 3);
    desk.round(pages[0]).await;

    assert_eq!(at_first, 3);
    let posts = hook.taken();
    assert_eq!(posts.len(), 5, "{posts:#?}");
    assert_eq!(posts[3].body["data"]["digest"]["cause"], "surplus");
    assert_eq!(rows(&posts[3].body).len(), 5);
    assert_eq!(rows(&posts[3].body)[0], "Houses 40 → 48 (+20%)");
    assert_eq!(posts[4].body["type"], "claimwatch.figure_changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_was_told_is_not_told_again() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, "floods", 40, 3);
    let options = ", digest: {at: '17:00'}";
    let desk = Newsroom::open(&config(&site, &hook, options, &["floods"])).await;
    desk.check("floods").await;
    publish(&site, "floods", 50, 3);
    desk.round("floods").await;
    desk.at("2026-03-09T17:00:00Z");
    let store = &desk.services.store;
    // As of a run that was killed between looking and writing, while another went on.
    let stale = store.due_together(desk.now()).await.unwrap().remove(0);
    desk.deliver().await;

    let again = store
        .tell_together(stale, None, None, desk.now())
        .await
        .unwrap();

    assert!(!again);
    assert_eq!(hook.taken().len(), 1);
}

fn fold<'a>(receiver: &'a ReceiverName) -> Fold<'a> {
    Fold {
        receiver,
        cause: "digest",
        reason: "digest at 08:00",
        since: at() - SignedDuration::from_hours(24),
        at: at(),
        offset_minutes: 60,
        even_empty: false,
    }
}

/// As the size of a message counts: every byte that quoted-printable writes as three.
fn message_bytes(alert: &Alert) -> usize {
    let mail = mail(alert, &MailOptions::default());
    let encoded = |text: &str| -> usize {
        let bytes = text.bytes();
        bytes
            .map(|byte| {
                if byte == b'=' || !byte.is_ascii() {
                    3
                } else {
                    1
                }
            })
            .sum()
    };
    let size = encoded(&mail.text) + encoded(&mail.html);
    // A soft line break after every 72 characters.
    size + size / 72 * 3 + 2_000
}

#[test]
fn a_digest_of_a_hundred_rows_stays_below_80_kilobytes() {
    let many = |count: i64, title: &str, sentence: &str| -> Vec<Alert> {
        (0..count)
            .map(|number| {
                let changes = vec![figure("homes", sentence, 1_000, 1_001 + number)];
                let mut alert = Made::new(&format!("{title} {number}"), changes).alert();
                let story = alert.story.as_mut().unwrap();
                story.id = claimwatch::alert::StoryId::from_typed(&format!("s{number:08x}"));
                alert
            })
            .collect()
    };
    let receiver = ReceiverName::new("analysts").unwrap();
    let usual = many(
        100,
        "River reaches the lower town and the railway station",
        "The district counts {} homes without power.",
    );
    let long = many(
        300,
        &"Η στάθμη του ποταμού ανεβαίνει ξανά στην κάτω πόλη ".repeat(9),
        "The district counts {} homes.",
    );

    let (usual, long) = (
        digest(&fold(&receiver), &usual).unwrap(),
        digest(&fold(&receiver), &long).unwrap(),
    );

    let of = |alert: &Alert| alert.digest.clone().unwrap();
    assert_eq!((of(&usual).rows.len(), of(&usual).omitted), (100, 0));
    assert!(message_bytes(&usual) < 80_000, "{}", message_bytes(&usual));
    assert!(message_bytes(&long) < 80_000, "{}", message_bytes(&long));
    assert_eq!(of(&long).rows.len() as u32 + of(&long).omitted, 300);
    assert_eq!(of(&long).rows[0].summary, "Homes 1000 → 1300 (+30%)");
    for alert in [&usual, &long] {
        assert!(serde_json::to_vec(alert).unwrap().len() < 80_000);
        assert_promised(alert);
    }
}

#[test]
fn a_digest_is_grouped_by_claim_and_story_and_begins_with_the_largest() {
    let claim = |mut alert: Alert, claim: Option<&str>| {
        alert.changes[0].claim = claim.map(str::to_owned);
        alert
    };
    let of = |title: &str, changes| Made::new(title, changes).alert();
    let sentence = "The district counts {} of them.";
    let alerts = [
        claim(
            of("One", vec![figure("homes", sentence, 100, 110)]),
            Some("outage"),
        ),
        claim(of("One", vec![figure("buses", sentence, 100, 130)]), None),
        claim(
            of("One", vec![figure("homes", sentence, 200, 380)]),
            Some("outage"),
        ),
        of(
            "One",
            vec![said(
                ChangeKind::QuoteRemoved,
                None,
                Some(side("we stay", "She said: we stay.")),
                None,
            )],
        ),
    ];
    let receiver = ReceiverName::new("analysts").unwrap();

    let folded = digest(&fold(&receiver), &alerts).unwrap();

    let rows = &folded.digest.as_ref().unwrap().rows;
    let summaries: Vec<&str> = rows.iter().map(|row| row.summary.as_str()).collect();
    assert_eq!(
        summaries,
        [
            "Homes 200 → 380 (+90%)",
            "Homes 100 → 110 (+10%)",
            "Buses 100 → 130 (+30%)",
            "Quote removed"
        ]
    );
    let text = claimwatch::alert::render::text::text(&folded);
    assert!(
        text.starts_with(
            "4 changes in 1 story since 10 Mar 15:05 UTC+1 (largest: Homes +90%)\n\nCLAIM OUTAGE\n"
        ),
        "{text}"
    );
    assert!(text.contains("\nOTHER\n"), "{text}");
    let chat = claimwatch::alert::render::chat::plain;
    let chat = claimwatch::alert::render::chat::fitted(&folded, chat, |text| text.len() < 600);
    assert!(
        chat.contains("Buses 100 → 130 (+30%) – The Example Courier"),
        "{chat}"
    );
    assert_promised(&folded);
}
