//! The outbox: every delivery once at a time, in order, until it is sent or parked.

use claimwatch::alert::{AlertId, ReceiverName};
use claimwatch::store::{Delivery, Destination, MAX_PER_RECEIVER, Outgoing, State, Wanted};

use super::{Desk, alert, at, found, in_vain, outgoing};

const DESK: &[(&str, &str)] = &[("desk", "a@example.org"), ("desk", "b@example.org")];

/// `desk` with versions 1 to `versions` and an alert for each step, sent to `to`.
async fn alerted(versions: u32, to: &[(&str, &str)]) -> Desk {
    let desk = Desk::watching().await;
    for number in 1..=versions {
        let now = i64::from(number);
        let mut record = found(
            (number > 1).then(|| number - 1),
            now,
            &format!("Version {number}."),
        );
        if number > 1 {
            record.alerts = vec![outgoing(alert(now, number - 1, number), to)];
        }
        desk.store.record(record).await.unwrap();
    }
    desk
}

async fn due(desk: &Desk, now: i64) -> Vec<Delivery> {
    let leased = desk
        .store
        .lease_deliveries("me/1", at(now), at(now + 60), 100)
        .await;
    leased.unwrap()
}

fn told(deliveries: &[Delivery]) -> Vec<(&str, &str)> {
    let mut told: Vec<_> = deliveries
        .iter()
        .map(|delivery| (delivery.address.as_str(), delivery.alert.summary.as_str()))
        .collect();
    told.sort_unstable();
    told
}

#[tokio::test]
async fn each_address_is_one_delivery_of_the_same_alert() {
    let desk = alerted(2, DESK).await;

    let leased = due(&desk, 10).await;

    assert_eq!(
        told(&leased),
        [
            ("a@example.org", "version 1 became version 2"),
            ("b@example.org", "version 1 became version 2"),
        ]
    );
    assert_eq!(leased[0].alert, alert(2, 1, 2));
    assert_eq!(
        (leased[0].attempts, leased[0].created, leased[0].due),
        (0, at(2), at(2))
    );
}

#[tokio::test]
async fn a_delivery_is_handed_out_once_until_its_time_is_up() {
    let desk = alerted(2, &DESK[..1]).await;

    assert_eq!(due(&desk, 10).await.len(), 1);
    assert!(due(&desk, 69).await.is_empty());
    assert_eq!(
        desk.store.next_delivery_due(at(0)).await.unwrap(),
        Some(at(70))
    );
    assert_eq!(due(&desk, 70).await.len(), 1);

    desk.store.take_over("me/2").await.unwrap();
    assert_eq!(due(&desk, 71).await.len(), 1);
    desk.store.release("me/1").await.unwrap();
    assert_eq!(due(&desk, 72).await.len(), 1);
}

#[tokio::test]
async fn the_alerts_of_a_story_reach_an_address_in_their_order() {
    let desk = alerted(4, DESK).await;
    let first = due(&desk, 10).await;
    assert_eq!(first.len(), 2);

    for delivery in &first {
        match delivery.address.as_str() {
            "a@example.org" => desk
                .store
                .later(delivery.id, at(500), "no answer")
                .await
                .unwrap(),
            _ => desk.store.delivered(delivery.id, at(10)).await.unwrap(),
        }
    }

    let second = due(&desk, 20).await;
    assert_eq!(
        told(&second),
        [("b@example.org", "version 2 became version 3")]
    );
    desk.store.delivered(second[0].id, at(20)).await.unwrap();
    desk.store
        .delivered(due(&desk, 20).await[0].id, at(20))
        .await
        .unwrap();
    assert!(due(&desk, 499).await.is_empty());
    assert_eq!(
        desk.store.next_delivery_due(at(0)).await.unwrap(),
        Some(at(500))
    );
    let late = due(&desk, 500).await;
    assert_eq!(
        told(&late),
        [("a@example.org", "version 1 became version 2")]
    );
    assert_eq!(late[0].attempts, 1);
}

#[tokio::test]
async fn a_parked_delivery_holds_up_nobody_and_goes_first_when_it_is_asked_for() {
    let desk = alerted(3, &DESK[..1]).await;
    let first = due(&desk, 10).await;
    desk.store
        .park(first[0].id, at(10), "550 no such user")
        .await
        .unwrap();

    assert_eq!(
        told(&due(&desk, 10).await),
        [("a@example.org", "version 2 became version 3")]
    );
    let wanted = Wanted {
        state: Some(State::Parked),
        ..Wanted::default()
    };
    let parked = desk.store.deliveries(wanted).await.unwrap();
    assert_eq!(parked[0].error.as_deref(), Some("550 no such user"));
    assert_eq!((parked[0].attempts, parked[0].finished), (1, Some(at(10))));

    let resent = desk
        .store
        .resend(&first[0].alert.alert_id, at(20))
        .await
        .unwrap();
    assert_eq!(resent, 1);
    let again = due(&desk, 80).await;
    assert_eq!(again[0].alert, first[0].alert);
    assert_eq!(again.len(), 1);
}

#[tokio::test]
async fn resending_what_is_not_parked_sends_nothing_and_what_is_not_there_is_said() {
    let desk = alerted(2, &DESK[..1]).await;
    let first = due(&desk, 10).await;
    desk.store.delivered(first[0].id, at(10)).await.unwrap();

    assert_eq!(
        desk.store
            .resend(&first[0].alert.alert_id, at(20))
            .await
            .unwrap(),
        0
    );
    let unknown = desk
        .store
        .resend(&AlertId::from_typed("nothing"), at(20))
        .await;
    assert!(unknown.unwrap_err().to_string().contains("NOTHING"));
}

#[tokio::test]
async fn what_was_sent_stays_sent() {
    let desk = alerted(2, &DESK[..1]).await;
    let first = due(&desk, 10).await;
    desk.store.delivered(first[0].id, at(10)).await.unwrap();

    desk.store
        .later(first[0].id, at(20), "too late")
        .await
        .unwrap();
    desk.store
        .park(first[0].id, at(20), "too late")
        .await
        .unwrap();

    let row = &desk.store.deliveries(Wanted::default()).await.unwrap()[0];
    assert_eq!(
        (row.state, row.attempts, row.error.as_deref()),
        (State::Sent, 1, None)
    );
    assert_eq!(desk.store.next_delivery_due(at(0)).await.unwrap(), None);
}

#[tokio::test]
async fn an_alert_that_is_in_the_outbox_is_not_put_there_twice() {
    let desk = alerted(2, &DESK[..1]).await;

    desk.store
        .enqueue(outgoing(alert(2, 1, 2), DESK), at(3))
        .await
        .unwrap();

    assert_eq!(told(&due(&desk, 10).await).len(), 2);
    assert_eq!(desk.store.counts().await.unwrap().alerts, 1);
}

#[tokio::test]
async fn a_test_alert_tells_of_no_stored_story() {
    let desk = Desk::new();
    let mut test = alert(5, 1, 2);
    test.test = true;

    desk.store
        .enqueue(outgoing(test, &DESK[..1]), at(5))
        .await
        .unwrap();

    assert_eq!(due(&desk, 5).await.len(), 1);
    assert_eq!(
        desk.store.deliveries(Wanted::default()).await.unwrap()[0].story,
        None
    );
}

#[tokio::test]
async fn a_failing_watch_is_told_in_the_transaction_that_counts_the_failure() {
    let desk = Desk::watching().await;
    let mut problem = alert(10, 0, 0);
    problem.kind = "watch_failing".to_owned();
    (problem.story, problem.old, problem.new) = (None, None, None);
    let mut failed = in_vain(10);
    failed.problem_told = true;
    failed.alerts = vec![outgoing(problem, &DESK[..1])];

    desk.store.failed(failed).await.unwrap();

    assert_eq!(due(&desk, 10).await[0].alert.kind, "watch_failing");
    assert_eq!(desk.store.status().await.unwrap()[0].waiting, 1);
}

#[tokio::test]
async fn a_receiver_that_is_switched_off_gets_nothing_and_loses_nothing() {
    let desk = alerted(2, &[("hook", ""), ("desk", "a@example.org")]).await;
    let hook = ReceiverName::new("hook").unwrap();
    desk.store
        .disable_receiver(&hook, "410 gone", at(5))
        .await
        .unwrap();
    let mut record = found(Some(2), 6, "Version 3.");
    record.alerts = vec![outgoing(alert(6, 2, 3), &[("hook", "")])];
    desk.store.record(record).await.unwrap();

    let leased = due(&desk, 10).await;
    assert_eq!(
        told(&leased),
        [("a@example.org", "version 1 became version 2")]
    );
    let off = desk.store.disabled_receivers().await.unwrap();
    assert_eq!(off.get(&hook).map(String::as_str), Some("410 gone"));
    assert_eq!(desk.store.counts().await.unwrap().parked, 2);

    desk.store
        .resend(&alert(6, 2, 3).alert_id, at(20))
        .await
        .unwrap();
    assert!(desk.store.disabled_receivers().await.unwrap().is_empty());
    assert_eq!(
        told(&due(&desk, 20).await),
        [("", "version 2 became version 3")]
    );
}

#[tokio::test]
async fn an_alert_in_the_outbox_survives_a_restart() {
    let desk = alerted(2, &DESK[..1]).await;
    let before = due(&desk, 10).await;

    let desk = desk.restarted();
    desk.store.take_over("me/1").await.unwrap();

    assert_eq!(due(&desk, 11).await[0].alert, before[0].alert);
}

#[tokio::test]
async fn a_start_hastens_what_waits_but_not_what_a_receiver_asked_for() {
    let desk = alerted(2, DESK).await;
    let first = due(&desk, 10).await;
    let store = &desk.store;
    store
        .later(first[0].id, at(500), "no answer")
        .await
        .unwrap();
    store
        .later_as_asked(first[1].id, at(600), "429")
        .await
        .unwrap();

    store.hasten(at(20), 3).await.unwrap();

    let hastened = due(&desk, 20).await;
    assert_eq!(hastened.len(), 1);
    assert_eq!(hastened[0].id, first[0].id);
    assert_eq!(due(&desk, 600).await.len(), 2);
}

#[tokio::test]
async fn one_receiver_is_handed_no_more_than_its_share_at_once() {
    let desk = Desk::watching().await;
    let most = i64::from(MAX_PER_RECEIVER);
    for number in 0..most + 10 {
        for receiver in ["slow", "quick"] {
            let mut alert = claimwatch::alert::test(at(number));
            alert.test = true;
            store_it(&desk, alert, receiver).await;
        }
    }

    let first = desk
        .store
        .lease_deliveries("me", at(100), at(160), 1_000)
        .await
        .unwrap();
    let next = desk.store.next_delivery_due(at(100)).await.unwrap();
    let more = desk
        .store
        .lease_deliveries("me", at(100), at(160), 1_000)
        .await
        .unwrap();

    assert_eq!(first.len() as i64, 2 * most);
    assert_eq!(next, None, "nothing more until one of these has ended");
    assert!(more.is_empty());
    let quick = first
        .iter()
        .find(|delivery| delivery.receiver.as_str() == "quick")
        .unwrap();
    desk.store.delivered(quick.id, at(101)).await.unwrap();
    let freed = desk
        .store
        .lease_deliveries("me", at(101), at(160), 1_000)
        .await
        .unwrap();
    assert_eq!(freed.len(), 1);
    assert_eq!(freed[0].receiver.as_str(), "quick");
}

async fn store_it(desk: &Desk, alert: claimwatch::alert::Alert, receiver: &str) {
    let to = vec![Destination::at_once(
        ReceiverName::new(receiver).unwrap(),
        "",
    )];
    desk.store
        .enqueue(Outgoing { alert, to }, at(0))
        .await
        .unwrap();
}
