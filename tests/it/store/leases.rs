//! Which watches are handed out, when, and to whom.

use std::time::Duration;

use claimwatch::store::Enrolled;

use super::{Desk, URL, at, found, watch};

#[tokio::test]
async fn a_restart_neither_forgets_nor_repeats_a_due_time() {
    let desk = Desk::watching().await;
    assert_eq!(desk.lease(0).await, ["desk"]);
    desk.store
        .record(found(None, 0, "The truce holds."))
        .await
        .unwrap();

    let desk = desk.restarted();
    desk.enroll(&[("desk", URL)], 30).await;

    assert_eq!(desk.store.next_due().await.unwrap(), Some(at(600)));
    assert!(desk.lease(599).await.is_empty());
    assert_eq!(desk.lease(600).await, ["desk"]);
}

#[tokio::test]
async fn a_leased_watch_is_handed_out_once_until_its_time_is_up() {
    let desk = Desk::watching().await;

    assert_eq!(desk.lease(0).await, ["desk"]);
    assert!(desk.lease(99).await.is_empty());
    assert_eq!(desk.store.next_due().await.unwrap(), Some(at(100)));
    assert_eq!(desk.lease(100).await, ["desk"]);
}

#[tokio::test]
async fn a_watch_that_is_handed_back_is_due_as_before() {
    let desk = Desk::watching().await;
    desk.lease(5).await;

    desk.store.release("me/1").await.unwrap();

    assert_eq!(desk.store.next_due().await.unwrap(), Some(at(0)));
    assert_eq!(desk.lease(6).await, ["desk"]);
}

#[tokio::test]
async fn a_daemon_that_starts_takes_over_what_its_predecessor_had_and_nobody_elses() {
    let desk = Desk::new();
    desk.enroll(&[("one", URL), ("two", URL)], 0).await;
    for holder in ["me/1", "menace/1"] {
        let leased = desk
            .store
            .lease_due(holder, at(0), at(100), 1)
            .await
            .unwrap();
        assert_eq!(leased.len(), 1);
    }

    desk.store.take_over("me/2").await.unwrap();

    assert_eq!(desk.lease(1).await, ["one"]);
}

#[tokio::test]
async fn those_due_longest_are_handed_out_first_and_no_more_than_asked_for() {
    let desk = Desk::new();
    let listed = [("late", 30), ("later", 40), ("soon", 20), ("future", 500)];
    let listed = listed.map(|(name, due)| Enrolled {
        name: watch(name),
        url: URL.to_owned(),
        due: at(due),
        list: None,
    });
    desk.store.enroll(listed.to_vec(), at(0)).await.unwrap();
    let names = vec![watch("later"), watch("nobody")];
    assert_eq!(desk.store.make_due(names, at(10)).await.unwrap(), 1);

    let first = desk
        .store
        .lease_due("me", at(100), at(200), 2)
        .await
        .unwrap();

    assert_eq!(first, [watch("later"), watch("soon")]);
    assert_eq!(desk.lease(100).await, ["late"]);
}

#[tokio::test]
async fn overdue_watches_are_spread_in_their_order_and_others_stay() {
    let desk = Desk::new();
    desk.enroll(&[("a", URL), ("b", URL), ("c", URL)], 0).await;
    desk.enroll(&[("a", URL), ("b", URL), ("c", URL), ("new", URL)], 900)
        .await;

    let spread = desk
        .store
        .spread_overdue(at(600), Duration::from_secs(60))
        .await;

    assert_eq!(spread.unwrap(), 3);
    let due: Vec<_> = desk
        .store
        .status()
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.next_check)
        .collect();
    assert_eq!(
        due,
        [Some(at(600)), Some(at(620)), Some(at(640)), Some(at(900))]
    );
}
