//! What changed over the versions of a story, and how its figures moved.

use claimwatch::store::{Reread, Wanted};
use claimwatch::story::Story;

use super::{Desk, at, figure, found, moved, story_id};

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
        container: None,
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
