//! What checks leave behind, and what the next one finds.

use claimwatch::store::{Error, Missing};
use claimwatch::story::{Date, Paragraph, Role, Story};
use claimwatch::text::Language;

use super::{
    Desk, URL, again, alert, at, figure, found, in_vain, moved, outgoing, story_id, told, watch,
};

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
