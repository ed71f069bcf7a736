//! What checks leave behind, and what the next one finds.

use std::time::Duration;

use claimwatch::store::{Enrolled, Error, Missing, Reread, Wanted};
use claimwatch::story::{Date, Paragraph, Role, Story};
use claimwatch::text::Language;

use super::{
    Desk, URL, again, alert, at, figure, found, in_vain, moved, outgoing, story_id, told, watch,
};

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

#[tokio::test]
async fn what_a_check_writes_the_next_one_knows() {
    let desk = Desk::watching().await;
    let mut story = Story::from_text("Talks", &["The truce holds."]);
    story.standfirst = Some("In brief".to_owned());
    story.byline = vec!["A. Writer".to_owned()];
    story.published = Some(Date {
        text: "yesterday".to_owned(),
        at: Some(at(-3600)),
    });
    story.language = Language::new("uk");
    story.paragraphs.push(Paragraph {
        role: Role::Correction,
        text: "An earlier version said “труце”.".to_owned(),
    });
    let mut record = found(None, 0, "");
    record.page.story = story.clone();
    record.last_alerted = told("2.1 million", 2_100_000);
    assert_eq!(desk.store.record(record).await.unwrap(), 1);

    let known = desk.store.known(&watch("desk")).await.unwrap();

    let latest = known.latest.unwrap();
    assert_eq!((latest.number, latest.headline.as_str()), (1, "Talks"));
    assert_eq!(
        (known.first_seen, known.published),
        (Some(at(0)), Some(at(-3600)))
    );
    assert_eq!(known.validators.etag.as_deref(), Some("\"0\""));
    assert_eq!(known.last_alerted, told("2.1 million", 2_100_000));
    assert_eq!(desk.store.body(&known.story, 1).await.unwrap(), story);
}

#[tokio::test]
async fn the_page_of_every_version_is_found_again_byte_for_byte() {
    let desk = Desk::watching().await;
    let padding = "Lines of the story that no edit touches, with <b>marks</b>. ".repeat(200);
    let text = |number: u32| format!("{padding}{} refugees.{padding}", number * 7919);

    for number in 0..45u32 {
        let expected = (number > 0).then_some(number);
        desk.store
            .record(found(expected, i64::from(number), &text(number)))
            .await
            .unwrap();
    }

    for number in 0..45u32 {
        let page = desk.store.page(&story_id(), number + 1).await.unwrap();
        assert_eq!(page.bytes, found(None, 0, &text(number)).page.bytes);
        assert_eq!(page.content_type.as_deref(), Some("text/html"));
    }
    let size = std::fs::metadata(&desk.path).unwrap().len();
    assert!(size < 300_000, "45 pages of 24 kB take {size} bytes");
}

#[tokio::test]
async fn a_check_that_compared_with_an_older_version_writes_nothing() {
    let desk = Desk::watching().await;
    desk.store.record(found(None, 0, "One.")).await.unwrap();
    desk.store.record(found(Some(1), 10, "Two.")).await.unwrap();
    let before = desk.store.counts().await.unwrap();

    let late = desk
        .store
        .record(found(Some(1), 20, "Three."))
        .await
        .unwrap_err();

    assert!(late.is_moved(), "{late}");
    assert_eq!(desk.store.counts().await.unwrap(), before);
    assert_eq!(desk.store.next_due().await.unwrap(), Some(at(610)));
}

#[tokio::test]
async fn a_version_whose_alert_cannot_be_written_is_not_written() {
    let desk = Desk::watching().await;
    desk.store.record(found(None, 0, "One.")).await.unwrap();
    let mut record = found(Some(1), 10, "Two.");
    record.changes = vec![moved(("2", 2, 2), ("3", 3, 3))];
    record.figures = vec![figure("3", 3, 3)];
    record.alerts = vec![
        outgoing(alert(10, 1, 2), &[("desk", "a@example.org")]),
        outgoing(alert(11, 1, 7), &[("desk", "a@example.org")]),
    ];
    let before = desk.store.counts().await.unwrap();

    let error = desk.store.record(record).await.unwrap_err();

    assert!(error.to_string().contains("version 7"), "{error}");
    assert_eq!(desk.store.counts().await.unwrap(), before);
    assert_eq!(
        desk.store
            .known(&watch("desk"))
            .await
            .unwrap()
            .latest
            .unwrap()
            .number,
        1
    );
    assert!(desk.store.figures("refugees").await.unwrap().is_empty());
}

#[tokio::test]
async fn a_version_that_is_seen_again_was_last_seen_then() {
    let desk = Desk::watching().await;
    desk.store.record(found(None, 0, "One.")).await.unwrap();
    desk.store.seen_again(again(300)).await.unwrap();
    desk.store
        .record(found(Some(1), 600, "Two."))
        .await
        .unwrap();
    desk.store.seen_again(again(900)).await.unwrap();

    let history = desk.store.history(&story_id()).await.unwrap();

    let seen: Vec<_> = history
        .iter()
        .map(|h| (h.version.first_seen, h.version.last_seen))
        .collect();
    assert_eq!(seen, [(at(0), at(300)), (at(600), at(900))]);
}

#[tokio::test]
async fn failures_are_counted_until_the_story_is_seen_again() {
    let desk = Desk::watching().await;
    desk.store.failed(in_vain(10)).await.unwrap();
    let mut told = in_vain(20);
    told.problem_told = true;
    desk.store.failed(told).await.unwrap();

    let known = desk.store.known(&watch("desk")).await.unwrap();
    assert_eq!((known.failures, known.failing_since), (2, Some(at(10))));
    assert_eq!(known.problem_told, Some(at(20)));
    let status = &desk.store.status().await.unwrap()[0];
    assert_eq!(status.error.as_deref(), Some("the server answered 503"));

    desk.store.record(found(None, 30, "One.")).await.unwrap();
    let known = desk.store.known(&watch("desk")).await.unwrap();
    assert_eq!(
        (known.failures, known.failing_since, known.problem_told),
        (0, None, None)
    );
}

#[tokio::test]
async fn only_not_found_is_evidence_for_a_removal_and_a_sight_of_the_story_ends_it() {
    let desk = Desk::watching().await;
    desk.store.record(found(None, 0, "One.")).await.unwrap();
    desk.store.failed(in_vain(10)).await.unwrap();
    assert_eq!(
        desk.store.known(&watch("desk")).await.unwrap().missing,
        None
    );

    for now in [20, 30] {
        let mut gone = in_vain(now);
        gone.missing = true;
        gone.removed = now == 30;
        desk.store.failed(gone).await.unwrap();
    }

    let known = desk.store.known(&watch("desk")).await.unwrap();
    assert_eq!(
        known.missing,
        Some(Missing {
            since: at(20),
            count: 2
        })
    );
    assert_eq!(known.removed, Some(at(30)));
    desk.store.seen_again(again(40)).await.unwrap();
    let known = desk.store.known(&watch("desk")).await.unwrap();
    assert_eq!((known.missing, known.removed), (None, None));
}

#[tokio::test]
async fn a_watch_no_longer_listed_is_kept_and_comes_back_with_its_story() {
    let desk = Desk::watching().await;
    desk.store.record(found(None, 0, "One.")).await.unwrap();

    desk.enroll(&[], 10).await;
    assert!(desk.store.status().await.unwrap().is_empty());
    assert!(desk.lease(5000).await.is_empty());
    assert!(!desk.store.stories().await.unwrap()[0].followed);

    desk.enroll(&[("desk", URL)], 20).await;
    assert_eq!(
        desk.store
            .known(&watch("desk"))
            .await
            .unwrap()
            .latest
            .unwrap()
            .number,
        1
    );
    assert_eq!(desk.lease(20).await, ["desk"]);
}

#[tokio::test]
async fn a_watch_with_another_address_follows_another_story() {
    let desk = Desk::watching().await;
    desk.store.record(found(None, 0, "One.")).await.unwrap();
    desk.store.seen_again(again(300)).await.unwrap();

    desk.enroll(&[("desk", "https://news.example/2")], 400)
        .await;

    let known = desk.store.known(&watch("desk")).await.unwrap();
    assert_ne!(known.story, story_id());
    assert_eq!((known.latest, known.validators.etag), (None, None));
    assert_eq!(desk.store.next_due().await.unwrap(), Some(at(400)));
    let late = desk.store.seen_again(again(410)).await.unwrap_err();
    assert!(late.is_moved(), "{late}");

    desk.enroll(&[("desk", URL)], 500).await;
    let known = desk.store.known(&watch("desk")).await.unwrap();
    assert_eq!(known.latest.unwrap().last_seen, at(300));
    assert_eq!(desk.store.stories().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_figure_is_followed_through_the_versions() {
    let desk = Desk::watching().await;
    let steps = [
        ("2 million", 2),
        ("2.1 million", 3),
        ("2.1 million", 3),
        ("2.5 million", 4),
    ];
    for (number, (text, value)) in (0u32..).zip(steps) {
        let mut record = found((number > 0).then_some(number), i64::from(number), text);
        record.figures = vec![figure(text, value, value), figure("40", 40, 40)];
        if let Some(before) = number
            .checked_sub(1)
            .map(|n| steps[n as usize])
            .filter(|b| b.0 != text)
        {
            record.changes = vec![moved((before.0, before.1, before.1), (text, value, value))];
        }
        desk.store.record(record).await.unwrap();
    }

    let courses = desk.store.figures("REFUGEE").await.unwrap();
    let moves = desk
        .store
        .moves(&story_id(), "2.5 million", Some("refugees"), None)
        .await
        .unwrap();

    let texts: Vec<Vec<(u32, &str)>> = courses
        .iter()
        .map(|course| {
            course
                .stands
                .iter()
                .map(|s| (s.since, s.text.as_str()))
                .collect()
        })
        .collect();
    assert_eq!(
        texts,
        [
            vec![(1, "2 million"), (2, "2.1 million"), (4, "2.5 million")],
            vec![(1, "40")]
        ]
    );
    let points: Vec<_> = moves
        .iter()
        .map(|p| (p.at, p.text.as_str(), p.low))
        .collect();
    assert_eq!(
        points,
        [
            (at(0), "2 million", 2.0),
            (at(1), "2.1 million", 3.0),
            (at(3), "2.5 million", 4.0)
        ]
    );
    assert!(desk.store.figures("houses").await.unwrap().is_empty());
}

#[tokio::test]
async fn a_figure_that_goes_back_and_forth_does_not_go_round_in_circles() {
    let desk = Desk::watching().await;
    let value = |number: u32| {
        if number.is_multiple_of(2) {
            ("ten", 10, 10)
        } else {
            ("twelve", 12, 12)
        }
    };
    for number in 0..30u32 {
        let mut record = found(
            (number > 0).then_some(number),
            i64::from(number),
            value(number).0,
        );
        record.figures = vec![figure(value(number).0, value(number).1, value(number).2)];
        if number > 0 {
            record.changes = vec![moved(value(number - 1), value(number))];
        }
        desk.store.record(record).await.unwrap();
    }

    let moves = desk
        .store
        .moves(&story_id(), "twelve", Some("refugees"), None)
        .await
        .unwrap();

    assert_eq!(moves.len(), 20);
    assert!(
        moves
            .windows(2)
            .all(|pair| pair[0].at < pair[1].at && pair[0].text != pair[1].text)
    );
    assert_eq!(moves.last().unwrap().at, at(29));
}

#[tokio::test]
async fn history_tells_what_each_version_changed() {
    let desk = Desk::watching().await;
    desk.store.record(found(None, 0, "One.")).await.unwrap();
    let mut record = found(Some(1), 10, "Two.");
    record.changes = vec![moved(
        ("2.1 to 2.2 million", 2_100_000, 2_200_000),
        ("2.5 million", 2_500_000, 2_500_000),
    )];
    let changes = record.changes.clone();
    desk.store.record(record).await.unwrap();

    let history = desk.store.history(&story_id()).await.unwrap();

    assert!(history[0].changes.is_empty());
    assert_eq!(history[1].changes, changes);
    assert_eq!(
        desk.store.status().await.unwrap()[0].last_change,
        Some(at(10))
    );
}

#[tokio::test]
async fn reading_a_page_again_changes_the_text_and_alerts_nobody() {
    let desk = Desk::watching().await;
    let mut record = found(None, 0, "One.");
    record.figures = vec![figure("1", 1, 1), figure("2", 2, 2)];
    desk.store.record(record).await.unwrap();
    let page = desk.store.page(&story_id(), 1).await.unwrap();

    let body = Story::from_text("Talks again", &["One, and more."]);
    let reread = Reread {
        story: story_id(),
        number: 1,
        reader: "html/2".to_owned(),
        body: body.clone(),
        figures: vec![figure("2", 2, 2)],
    };
    desk.store.reread(reread).await.unwrap();

    let version = desk.store.version(&story_id(), 1).await.unwrap();
    assert_eq!(
        (version.reader.as_str(), version.headline.as_str()),
        ("html/2", "Talks again")
    );
    assert_eq!(desk.store.body(&story_id(), 1).await.unwrap(), body);
    assert_eq!(desk.store.page(&story_id(), 1).await.unwrap(), page);
    assert_eq!(desk.store.figures("refugees").await.unwrap().len(), 1);
    assert!(
        desk.store
            .deliveries(Wanted::default())
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn stories_are_found_by_their_identifier_and_by_their_watch() {
    let desk = Desk::watching().await;

    assert_eq!(
        desk.store.find_story("desk").await.unwrap(),
        Some(story_id())
    );
    assert_eq!(
        desk.store.find_story(story_id().as_str()).await.unwrap(),
        Some(story_id())
    );
    assert_eq!(desk.store.find_story("nobody").await.unwrap(), None);
    let error = desk.store.known(&watch("nobody")).await.unwrap_err();
    assert!(matches!(error, Error::Unknown { .. }), "{error}");
}

#[tokio::test]
async fn two_checks_of_one_story_at_once_make_one_version() {
    let desk = Desk::watching().await;
    let record = found(None, 0, "One.");

    let checks = (0..8).map(|_| {
        tokio::spawn({
            let (store, record) = (desk.store.clone(), record.clone());
            async move { store.record(record).await }
        })
    });
    let mut written = 0;
    for check in checks.collect::<Vec<_>>() {
        match check.await.unwrap() {
            Ok(_) => written += 1,
            Err(error) => assert!(error.is_moved(), "{error}"),
        }
    }

    assert_eq!(written, 1);
    assert_eq!(desk.store.counts().await.unwrap().versions, 1);
}
