//! What of the past is let go: pages that nothing rests on any more.
//!
//! A version stays in the lists with its changes and figures, which take little room; what goes is its page and its text.
//! The first version of a story, its latest, and every version an alert speaks of keep theirs: they are the evidence.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::Store;
use super::error::{Error, Fault};
use super::row::Ms;
use super::sql::{self, Connection, params};

/// Pages let go in one transaction, so that no check waits long for the writer.
const AT_ONCE: i64 = 200;

/// How much of the past is kept; the default is all of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Retention {
    /// For how long the page of a version is kept after another has taken its place.
    pub age: Option<Duration>,
    /// How many of the newest versions of a story keep theirs.
    pub versions: Option<u32>,
}

impl Retention {
    /// Whether nothing is ever let go.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }
}

/// Versions of which nothing needs the page: not the first, not the latest, named by no alert, and no other page is
/// stored as a difference from theirs.
const SPENT: &str = "
    SELECT v.key FROM version v
    WHERE v.number > 1
        AND (v.last_seen < ?1
            OR v.number + ?2 <= (SELECT max(n.number) FROM version n WHERE n.story = v.story))
        AND v.number < (SELECT max(n.number) FROM version n WHERE n.story = v.story)
        AND EXISTS (SELECT 1 FROM page p WHERE p.version = v.key)
        AND NOT EXISTS (SELECT 1 FROM page d WHERE d.base = v.key)
        AND v.key NOT IN (SELECT old_version FROM alert WHERE old_version IS NOT NULL)
        AND v.key NOT IN (SELECT new_version FROM alert WHERE new_version IS NOT NULL)
    ORDER BY v.key LIMIT ?3";

impl Store {
    /// Lets go of some of the pages that `retention` no longer keeps; returns how many. Zero means that all are gone.
    ///
    /// A page that others are stored against goes after they have.
    pub async fn let_go(&self, retention: Retention, now: Timestamp) -> Result<usize, Error> {
        if retention.is_everything() {
            return Ok(0);
        }
        let oldest = retention.age.map_or(Timestamp::MIN, |age| {
            let age = SignedDuration::try_from(age).unwrap_or(SignedDuration::MAX);
            now.checked_sub(age).unwrap_or(Timestamp::MIN)
        });
        let newest = retention.versions.map_or(i64::MAX >> 1, i64::from);
        let find = move |connection: &Connection| spent(connection, oldest, newest);
        let spent = self.0.read("look for old pages", find).await?;
        if spent.is_empty() {
            return Ok(0);
        }
        let remove = move |connection: &Connection| remove(connection, &spent);
        self.0.write("let old pages go", remove).await
    }
}

fn spent(connection: &Connection, oldest: Timestamp, newest: i64) -> Result<Vec<i64>, Fault> {
    let mut query = connection.prepare_cached(SPENT)?;
    let rows = query.query_map(params![Ms(oldest), newest, AT_ONCE], |row| row.get(0))?;
    Ok(rows.collect::<sql::Result<_>>()?)
}

/// A page that became the base of another meanwhile stays.
fn remove(connection: &Connection, versions: &[i64]) -> Result<usize, Fault> {
    let mut delete = connection.prepare_cached(
        "DELETE FROM page WHERE version = ?1 AND NOT EXISTS (SELECT 1 FROM page d WHERE d.base = ?1)",
    )?;
    let mut gone = 0;
    for version in versions {
        gone += delete.execute([version])?;
    }
    Ok(gone)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::alert::StoryId;
    use crate::store::fixture::{Desk, name};

    const DAY: Duration = Duration::from_secs(24 * 3600);

    /// A story with `count` versions, found a day after each other.
    async fn days(count: u32) -> (Desk, StoryId) {
        let mut desk = Desk::watching(1).await;
        let mut story = None;
        let words = (0..400_u32).map(|word| word.wrapping_mul(2_654_435_761).to_string());
        let same = words.collect::<Vec<_>>().join(" ");
        for number in 0..count {
            let page = format!("{same} day {number}");
            let record = desk.found(0, (number > 0).then_some(number), page.into_bytes());
            story = Some(record.story.clone());
            desk.store.record(record).await.unwrap();
            desk.now += SignedDuration::from_hours(24);
        }
        (desk, story.unwrap())
    }

    async fn let_all_go(desk: &Desk, retention: Retention) -> usize {
        let mut gone = 0;
        loop {
            match desk.store.let_go(retention, desk.now).await.unwrap() {
                0 => return gone,
                more => gone += more,
            }
        }
    }

    async fn kept(desk: &Desk, story: &StoryId) -> Vec<u32> {
        let history = desk.store.history(story).await.unwrap();
        let versions = history.iter().map(|happened| &happened.version);
        versions
            .filter(|version| version.kept)
            .map(|version| version.number)
            .collect()
    }

    #[tokio::test]
    async fn everything_is_kept_unless_somebody_says_otherwise() {
        let (desk, story) = days(30).await;

        assert_eq!(let_all_go(&desk, Retention::default()).await, 0);
        assert_eq!(kept(&desk, &story).await.len(), 30);
    }

    #[tokio::test]
    async fn the_first_the_newest_and_what_they_are_stored_against_stay() {
        let (desk, story) = days(45).await;
        let newest_three = Retention {
            versions: Some(3),
            ..Retention::default()
        };

        let gone = let_all_go(&desk, newest_three).await;
        let kept = kept(&desk, &story).await;

        assert_eq!(kept.len() + gone, 45);
        assert!(
            kept.starts_with(&[1]) && kept.ends_with(&[43, 44, 45]),
            "{kept:?}"
        );
        assert!(kept.len() <= 6, "{kept:?}");
        for number in kept {
            let page = desk.store.page(&story, number).await.unwrap();
            assert!(
                page.bytes
                    .ends_with(format!("day {}", number - 1).as_bytes())
            );
        }
        desk.store.check_integrity().await.unwrap();
    }

    #[tokio::test]
    async fn the_evidence_of_an_alert_stays_however_old_it_is() {
        let (desk, story) = days(12).await;
        let speak = |connection: &Connection| {
            Ok(connection.execute(
                "INSERT INTO alert (id, story, old_version, new_version, at, kind, severity, summary, whole)
                 SELECT '01', s.key, o.key, n.key, 0, 'figure_changed', 'high', '', '' FROM story s
                     JOIN version o ON o.story = s.key AND o.number = 4
                     JOIN version n ON n.story = s.key AND n.number = 5",
                [],
            )?)
        };
        desk.store
            .0
            .write("speak of a version", speak)
            .await
            .unwrap();
        let two_days = Retention {
            age: Some(2 * DAY),
            ..Retention::default()
        };

        let_all_go(&desk, two_days).await;

        assert_eq!(kept(&desk, &story).await, [1, 4, 5, 11, 12]);
    }

    #[tokio::test]
    async fn a_version_whose_page_was_let_go_says_so_and_keeps_its_place() {
        let (desk, story) = days(5).await;
        let one = Retention {
            versions: Some(1),
            ..Retention::default()
        };
        let_all_go(&desk, one).await;

        assert_eq!(desk.store.version(&story, 3).await.unwrap().number, 3);
        for error in [
            desk.store.body(&story, 3).await.unwrap_err(),
            desk.store.page(&story, 3).await.unwrap_err(),
        ] {
            assert!(error.to_string().contains("`keep`"), "{error}");
        }
        let record = desk.found(0, Some(5), b"the next one".to_vec());
        assert_eq!(desk.store.record(record).await.unwrap(), 6);
        assert!(desk.store.known(&name(0)).await.unwrap().latest.is_some());
    }
}
