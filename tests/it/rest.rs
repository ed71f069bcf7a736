//! A receiver in trouble is left alone as a whole, asked seldom, and gets everything in order once it is back.

use std::collections::BTreeMap;
use std::sync::Arc;

use claimwatch::alert::{About, Problem, ReceiverName, WatchName, watch_failing};
use claimwatch::outbox;
use claimwatch::store::{Destination, Outgoing, State, Wanted};
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;

use crate::support::hook::Hook;
use crate::support::newsroom::Newsroom;
use crate::support::smtp::{Mode, Server};

const WATCHES: usize = 40;

fn config(notify: &str) -> String {
    format!("{notify}\nwatches: [{{url: 'https://127.0.0.1:1/a', cron: '@yearly'}}]\n")
}

fn by_mail(mail: &Server) -> String {
    config(&format!(
        "email: {{smtp: 'smtp://127.0.0.1:{}', from: alerts@example.org}}\n\
         notify: {{desk: {{email: {{to: desk@example.org, max_per_hour: 1000}}}}}}",
        mail.port()
    ))
}

/// Writes `count` alerts about [`WATCHES`] watches into the outbox, a second apart.
async fn enqueue(desk: &Newsroom, receiver: &str, address: &str, count: usize) {
    for number in 0..count {
        let at = desk.now();
        let about = About {
            watch: &WatchName::new(&format!("watch-{:02}", number % WATCHES)).unwrap(),
            tags: &[],
            story: None,
            at,
        };
        let problem = Problem {
            cause: "refused (403)".to_owned(),
            failures: 3,
            since: at,
            next_try: None,
            changed_meanwhile: None,
        };
        let receiver = ReceiverName::new(receiver).unwrap();
        let outgoing = Outgoing {
            alert: watch_failing(&about, problem),
            to: vec![Destination::at_once(receiver, address)],
        };
        desk.services.store.enqueue(outgoing, at).await.unwrap();
        desk.pass(SignedDuration::from_secs(1));
    }
}

/// Sends what is due as the daemon does: many at once.
async fn deliver_together(desk: &Newsroom) {
    loop {
        let (store, now) = (&desk.services.store, desk.now());
        let until = now + SignedDuration::from_mins(5);
        let due = store
            .lease_deliveries("test", now, until, 64)
            .await
            .unwrap();
        if due.is_empty() {
            return;
        }
        let mut tasks = JoinSet::new();
        for delivery in due {
            let services = Arc::clone(&desk.services);
            tasks.spawn(async move { outbox::deliver(delivery, &services).await });
        }
        while let Some(done) = tasks.join_next().await {
            done.unwrap().unwrap();
        }
    }
}

/// Moves the clock to the next delivery, and sends what is due then; `None` when nothing waits.
async fn go_on(desk: &Newsroom) -> Option<Timestamp> {
    let next = desk.services.store.next_delivery_due(desk.now()).await;
    let next = next.unwrap()?;
    desk.pass(
        next.duration_since(desk.now())
            .max(SignedDuration::from_millis(1)),
    );
    deliver_together(desk).await;
    Some(desk.now())
}

fn header<'a>(text: &'a str, name: &str) -> &'a str {
    let mut lines = text.lines();
    lines.find_map(|line| line.strip_prefix(name)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_alerts_wait_out_a_mail_server_for_three_days_and_arrive_once_in_order() {
    for trouble in [Mode::Greeting421, Mode::Message451] {
        let mail = Server::start(trouble).await;
        let desk = Newsroom::open(&by_mail(&mail)).await;
        enqueue(&desk, "desk", "desk@example.org", 100).await;
        let begun = desk.now();

        for day in 1..=3 {
            let before = if day == 1 { 0 } else { mail.connections() };
            deliver_together(&desk).await;
            while desk.now().duration_since(begun) < SignedDuration::from_hours(24 * day) {
                go_on(&desk).await.expect("a hundred alerts wait");
            }
            let attempts = mail.connections() - before;
            assert!(attempts <= 100, "{trouble:?}: {attempts} on day {day}");
        }
        assert!(mail.kept().is_empty());
        mail.set(Mode::Ok);
        let back = desk.now();
        while go_on(&desk).await.is_some() {}

        let took = desk.now().duration_since(back);
        assert!(took <= SignedDuration::from_mins(15), "{trouble:?}: {took}");
        let mut order: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for kept in mail.kept() {
            let text = String::from_utf8(kept.bytes).unwrap();
            let watch = header(&text, "X-Claimwatch-Watch: ").to_owned();
            let alert = header(&text, "X-Claimwatch-Alert: ").to_owned();
            order.entry(watch).or_default().push(alert);
        }
        assert_eq!(order.len(), WATCHES);
        assert_eq!(order.values().map(Vec::len).sum::<usize>(), 100);
        // Identifiers grow with time, so that sorted is as they were made, and equal ones would be repeats.
        assert!(
            order
                .values()
                .all(|ids| ids.windows(2).all(|two| two[0] < two[1]))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_the_server_always_breaks_off_at_holds_up_no_other() {
    let mail = Server::start(Mode::ClosedInMessage).await;
    let desk = Newsroom::open(&by_mail(&mail)).await;
    enqueue(&desk, "desk", "desk@example.org", 1).await;
    deliver_together(&desk).await;
    enqueue(&desk, "desk", "desk@example.org", 4).await;

    // The first is retried when its server has rested; it is then not the first to go.
    mail.set(Mode::Ok);
    let mut sent = Vec::new();
    while go_on(&desk).await.is_some() {
        sent.push(mail.kept().len());
    }

    assert_eq!(mail.kept().len(), 5);
    let last = String::from_utf8(mail.kept().pop().unwrap().bytes).unwrap();
    assert_eq!(
        header(&last, "X-Claimwatch-Watch: "),
        "watch-00",
        "{sent:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endpoint_that_fails_is_asked_by_one_alert_at_a_time_and_gets_all_when_it_is_back() {
    let hook = Hook::start().await;
    let notify = format!("notify: {{api: {{webhook: {{url: '{}'}}}}}}", hook.url());
    let desk = Newsroom::open(&config(&notify)).await;
    for _ in 0..3 {
        hook.refuse_next(500);
    }
    enqueue(&desk, "api", "", 20).await;

    let mut attempts = Vec::new();
    for seconds in [0, 7, 70, 400] {
        desk.pass(SignedDuration::from_secs(seconds));
        desk.deliver().await;
        attempts.push((hook.tried(), hook.taken().len()));
    }

    assert_eq!(attempts, [(1, 0), (2, 0), (3, 0), (23, 20)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_away_for_good_ends_in_parked_alerts_and_not_in_silence() {
    let mail = Server::start(Mode::Greeting421).await;
    let desk = Newsroom::open(&by_mail(&mail)).await;
    enqueue(&desk, "desk", "desk@example.org", 5).await;

    while go_on(&desk).await.is_some() {}

    let rows = desk.services.store.deliveries(Wanted::default()).await;
    let rows = rows.unwrap();
    assert_eq!(rows.len(), 5);
    for row in rows {
        let (waited, error) = (row.finished.unwrap() - row.created, row.error.unwrap());
        assert_eq!(row.state, State::Parked);
        assert!(waited.total(jiff::Unit::Hour).unwrap() >= 119.9, "{waited}");
        assert!(error.contains("421"), "{error}");
    }
}
