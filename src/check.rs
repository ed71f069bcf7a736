//! One check: fetch, read, compare, judge, record. The whole program on one screen.
//!
//! Nothing is sent here. What is to be told is recorded in the same transaction as the version that caused it, and
//! `outbox` takes it from there; a crash before the commit repeats the check, a crash after it loses nothing.

pub mod disagreement;
mod failure;
mod look;
pub mod replay;
mod sources;
pub mod standing;
mod telling;

use jiff::Timestamp;

use crate::alert::Alert;
use crate::compare::Change;
use crate::config::Watch;
use crate::fetch::{Fetched, Page, Room, Validators};
use crate::services::{Services, crash_point};
use crate::store::{self, Known, Record, Seen};
use crate::story::Reading;

use look::Look;

/// What a check found.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The first version of the story; nothing is told of it.
    First,
    /// The story says what it said.
    Unchanged,
    /// The list of articles was read; each article has checks of its own.
    Listed {
        /// Those that are followed.
        articles: u32,
        /// Of these, those that are new.
        fresh: u32,
    },
    /// The story says something else.
    Changed {
        /// What changed, told or not, most severe first.
        changes: Vec<Change>,
        /// What is told of it, if anything.
        alert: Option<Box<Alert>>,
    },
    /// Nothing was asked, because the host wants or deserves a pause; the check comes later.
    Postponed {
        /// The cause in a sentence.
        cause: String,
    },
    /// There was no story to be seen.
    Failed {
        /// The cause in a sentence.
        cause: String,
    },
}

impl Outcome {
    /// Whether the page was there and was read.
    #[must_use]
    pub fn is_success(&self) -> bool {
        match self {
            Self::First | Self::Unchanged | Self::Listed { .. } | Self::Changed { .. } => true,
            Self::Postponed { .. } | Self::Failed { .. } => false,
        }
    }

    /// The outcome in a word.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Unchanged => "unchanged",
            Self::Listed { .. } => "listed",
            Self::Changed { .. } => "changed",
            Self::Postponed { .. } => "postponed",
            Self::Failed { .. } => "failed",
        }
    }
}

/// Checks one watch once.
///
/// # Errors
///
/// Where the store cannot be read or written. A page that cannot be fetched or read is an [`Outcome`].
pub async fn check(
    watch: &Watch,
    services: &Services,
    now: Timestamp,
) -> Result<Outcome, store::Error> {
    let known = services.store.known(&watch.name).await?;
    if let Some(list) = &watch.list {
        return sources::check(watch, list, services, &known, now).await;
    }
    if let Some(forbidden) = sources::forbidden(watch, services, &known, &known.url).await {
        return failure::not_asked(watch, services, forbidden, now).await;
    }
    let page = match services
        .fetch
        .get_as(&known.url, &validators(&known), &watch.access)
        .await
    {
        Ok(Fetched::Unchanged { validators, .. }) => {
            let seen = known.validators.seen.clone();
            return unchanged(watch, services, &known, stored(validators, seen), now).await;
        }
        Ok(Fetched::Page(page)) => page,
        Err(error) if error.is_postponed() => {
            return failure::postponed(watch, services, &error, now).await;
        }
        Err(error) => return failure::of_fetch(watch, services, &known, &error, now).await,
    };
    crash_point("fetched");
    match look::at(watch, services, &known, page).await? {
        Look::Unchanged(validators) => unchanged(watch, services, &known, validators, now).await,
        Look::NotAStory(why) => failure::of_reading(watch, services, &known, &why, now).await,
        Look::Cut(cause) => failure::of_cut_page(watch, services, &known, cause, now).await,
        Look::Fault(cause) => failure::of_fault(watch, services, &known, cause, now).await,
        Look::New(version) => {
            if let Some(outcome) = sources::settled(watch, services, &known, &version, now).await? {
                return Ok(outcome);
            }
            crash_point("compared");
            record(watch, services, &known, *version, now).await
        }
    }
}

/// The story says what it said: one row is touched.
async fn unchanged(
    watch: &Watch,
    services: &Services,
    known: &Known,
    validators: store::Validators,
    now: Timestamp,
) -> Result<Outcome, store::Error> {
    let seen = Seen {
        watch: watch.name.clone(),
        story: known.story.clone(),
        at: now,
        next_due: next_due(watch, known, now),
        validators,
        alerts: telling::unchanged(watch, services, known, now),
    };
    services.store.seen_again(seen).await?;
    tracing::debug!(watch = %watch.name, story = %known.story, "unchanged");
    Ok(Outcome::Unchanged)
}

/// Another version: it is written with all that follows from it, in one transaction.
async fn record(
    watch: &Watch,
    services: &Services,
    known: &Known,
    version: look::Version,
    now: Timestamp,
) -> Result<Outcome, store::Error> {
    let look::Version {
        page,
        changes,
        figures,
        claims,
        old,
    } = version;
    let old = old.as_ref().map(|old| &old.story);
    let telling = telling::decide(watch, services, known, (&page, old), &changes, now).await?;
    let record = Record {
        watch: watch.name.clone(),
        story: known.story.clone(),
        expected: known.latest.as_ref().map(|latest| latest.number),
        at: now,
        next_due: next_due(watch, known, now),
        validators: stored(page.validators, None),
        page: page.page,
        changes: telling.recorded,
        figures,
        alerts: telling.alerts,
        last_alerted: telling.last_alerted,
        flips: telling.flips,
        claims,
        archive: watch.archive && services.config.archive.is_some(),
    };
    let number = services.store.record(record).await?;
    crash_point("recorded");
    disagreement::after(watch, services).await?;
    if known.latest.is_none() {
        tracing::info!(watch = %watch.name, story = %known.story, "first version");
        return Ok(Outcome::First);
    }
    tracing::info!(
        watch = %watch.name, story = %known.story, version = number,
        changes = changes.len(), told = telling.alert.is_some(), "story changed"
    );
    Ok(Outcome::Changed {
        changes,
        alert: telling.alert.map(Box::new),
    })
}

/// When the watch is due again.
fn next_due(watch: &Watch, known: &Known, now: Timestamp) -> Option<Timestamp> {
    let listed = known.followed.map(|followed| followed.born);
    let born = known.published.or(listed).or(known.first_seen);
    let age = born.and_then(|born| now.duration_since(born).try_into().ok());
    let next = watch.schedule.next(now, age, seed(&known.story, now))?;
    match known.followed {
        None => Some(next),
        // An article is looked at once more when its time ends, and then no longer.
        Some(followed) => (now < followed.until).then(|| next.min(followed.until)),
    }
}

/// A number that differs from watch to watch and check to check, and is the same when the check is repeated.
fn seed(story: &crate::alert::StoryId, now: Timestamp) -> u64 {
    let bytes = story
        .as_str()
        .bytes()
        .chain(now.as_millisecond().to_be_bytes());
    // FNV-1a; its low bits are well mixed for short keys.
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn validators(known: &Known) -> Validators {
    match known.latest {
        Some(_) => Validators {
            etag: known.validators.etag.clone(),
            last_modified: known.validators.last_modified.clone(),
        },
        None => Validators::default(),
    }
}

/// What to ask with next time, and the hash of the page that was `seen` in place of the latest version's.
fn stored(validators: Validators, seen: Option<String>) -> store::Validators {
    store::Validators {
        etag: validators.etag,
        last_modified: validators.last_modified,
        seen,
    }
}

/// A page that is about to be stored, with what to ask for it with next time.
struct Fresh {
    page: store::NewPage,
    validators: Validators,
    /// Kept until the page is stored.
    _room: Room,
}

impl Fresh {
    fn of(page: Page, sha256: String, reading: Reading, reader: String) -> Self {
        let Page {
            url,
            content_type,
            head,
            bytes,
            validators,
            room,
            ..
        } = page;
        Self {
            page: store::NewPage {
                url,
                content_type,
                head: Some(head),
                sha256,
                bytes,
                reader,
                story: reading.story,
                container: reading.container,
            },
            validators,
            _room: room,
        }
    }
}
