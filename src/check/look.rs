//! Looks at a page that was fetched: is it the story, and does it say something else than before?
//!
//! A story that has lost something is looked at twice. Only what is missing from both looks is gone; a page that was cut on
//! its way is a failed look.

use std::fmt::Write;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use url::Url;

use super::{Fresh, standing, stored};
use crate::claims::{self, Figure};
use crate::compare::{self, Change, ChangeKind, Comparison};
use crate::config::Watch;
use crate::fetch::{Fetched, Page, Validators};
use crate::services::{Services, crash_point};
use crate::store::{self, ClaimValues, Known, Reread};
use crate::story::{self, Before, NotAStory, Reading, Story, Why};

/// What was seen.
pub(super) enum Look {
    /// The story as it was, with what to ask for it with next time.
    Unchanged(store::Validators),
    /// Another version of it, or the first.
    New(Box<Version>),
    /// Something in its place.
    NotAStory(NotAStory),
    /// Part of a page, or two looks that contradict each other.
    Cut(String),
    /// A fault of ours.
    Fault(String),
}

/// A version that is about to be stored.
pub(super) struct Version {
    pub(super) page: Fresh,
    pub(super) old: Option<Arc<Reading>>,
    pub(super) changes: Vec<Change>,
    pub(super) figures: Vec<(Figure, String)>,
    pub(super) claims: ClaimValues,
}

/// Reads `page` and compares it with the latest version; looks again where something is gone.
pub(super) async fn at(
    watch: &Watch,
    services: &Services,
    known: &Known,
    page: Page,
) -> Result<Look, store::Error> {
    let hash = sha256(&page.bytes);
    if let Some(latest) = &known.latest {
        let seen = known.validators.seen.as_ref();
        let seen = seen.filter(|seen| **seen == hash).cloned();
        if seen.is_some() || latest.sha256 == hash {
            return Ok(Look::Unchanged(stored(page.validators, seen)));
        }
    }
    if known.latest.is_some() && leads_to_the_front_page(&known.url, &page.url) {
        return Ok(Look::NotAStory(NotAStory {
            why: Why::NotFound,
            detail: "the address leads to the front page".to_owned(),
        }));
    }
    let old = old_reading(watch, services, known).await?.map(Arc::new);
    let first = examine(watch, services, (page, hash), old.clone()).await;
    let losses = match &first {
        Look::New(version) => losses(&version.changes),
        Look::Unchanged(_) | Look::NotAStory(_) | Look::Cut(_) | Look::Fault(_) => Vec::new(),
    };
    if losses.is_empty() {
        return Ok(first);
    }
    // The first page gives its room to the second.
    drop(first);
    let page = match services
        .fetch
        .get_as(&known.url, &Validators::default(), &watch.access)
        .await
    {
        Ok(Fetched::Page(page)) => page,
        Ok(Fetched::Unchanged { .. }) => {
            return Ok(Look::Cut(
                "\"not modified\" answered a request without conditions".to_owned(),
            ));
        }
        Err(error) => {
            return Ok(Look::Cut(format!(
                "text was missing, and the second look failed: {error}"
            )));
        }
    };
    let hash = sha256(&page.bytes);
    let mut second = examine(watch, services, (page, hash), old).await;
    if let Look::New(confirmed) = &mut second {
        confirmed
            .changes
            .retain(|change| !is_loss(change) || was_lost(change, &losses));
    }
    Ok(second)
}

/// Whether a story's address has come to lead to the front page of a site, as it does where it was taken away.
fn leads_to_the_front_page(story: &str, found: &str) -> bool {
    let is_front = |address: &str| {
        Url::parse(address).is_ok_and(|url| url.path() == "/" && url.query().is_none())
    };
    is_front(found) && !is_front(story)
}

/// The changes that take something away.
fn losses(changes: &[Change]) -> Vec<Change> {
    let losses = changes.iter().filter(|change| is_loss(change));
    losses.cloned().collect()
}

/// Whether the change takes something away that was published.
fn is_loss(change: &Change) -> bool {
    matches!(
        change.kind,
        ChangeKind::FigureRemoved | ChangeKind::QuoteRemoved | ChangeKind::StatementRemoved
    )
}

/// Whether the first look missed the same words.
fn was_lost(change: &Change, first: &[Change]) -> bool {
    first
        .iter()
        .any(|other| other.kind == change.kind && other.old == change.old)
}

/// Reads and compares where it stalls nobody: it is work for the processor, and a panic in it is one failed check.
async fn examine(
    watch: &Watch,
    services: &Services,
    page: (Page, String),
    old: Option<Arc<Reading>>,
) -> Look {
    let watch = watch.clone();
    let bytes = page.0.bytes.len();
    let reading = services
        .readers
        .read(bytes, move || seen(page, old, &watch));
    reading
        .await
        .unwrap_or_else(|why| Look::Fault(why.to_string()))
}

/// What the page with this hash shows to one who knows the story before it.
fn seen((page, hash): (Page, String), old: Option<Arc<Reading>>, watch: &Watch) -> Look {
    let options = &watch.reading;
    crash_point("reading");
    let content_type = page.content_type.as_deref();
    let reading = match read(
        (&page.bytes, content_type, &page.url),
        options,
        old.as_deref(),
    ) {
        Ok(reading) => reading,
        Err(why) => return Look::NotAStory(why),
    };
    let (story, before) = (&reading.story, old.as_ref().map(|old| &old.story));
    if before.is_some_and(|before| says_the_same(before, story)) {
        return Look::Unchanged(stored(page.validators, Some(hash)));
    }
    let comparison = before.map_or_else(Comparison::default, |before| {
        compare::versions(before, story)
    });
    if comparison.blocked {
        let detail = "the text ends in a wall: watch an address that is free to read".to_owned();
        return Look::NotAStory(NotAStory {
            why: Why::Paywall,
            detail,
        });
    }
    let mut changes = comparison.changes;
    // What is missing from a text that was not read to its end may have moved beyond it.
    if story::is_cut(story) || before.is_some_and(story::is_cut) {
        changes.retain(|change| !is_loss(change));
    }
    let figures = figures(story);
    let claims = standing::of(watch, story);
    let page = Fresh::of(page, hash, reading, reader(options));
    Look::New(Box::new(Version {
        page,
        old,
        changes,
        figures,
        claims,
    }))
}

/// Whether a reader finds the same words in both.
fn says_the_same(old: &Story, new: &Story) -> bool {
    old.headline == new.headline
        && old.standfirst == new.standfirst
        && old.byline == new.byline
        && old.paragraphs == new.paragraphs
}

/// The figures a story claims, with its words for them.
fn figures(story: &Story) -> Vec<(Figure, String)> {
    claims::read(story)
        .figures
        .into_iter()
        .filter(Figure::is_claim)
        .filter_map(|figure| {
            let words = story.slice(figure.span)?.to_owned();
            Some((figure, words))
        })
        .collect()
}

/// The latest version's story. Where another reader made it, or the watch was read with other options, its stored page is
/// read again as today's will be: a new way of reading is never taken for a new story.
async fn old_reading(
    watch: &Watch,
    services: &Services,
    known: &Known,
) -> Result<Option<Reading>, store::Error> {
    let Some(latest) = &known.latest else {
        return Ok(None);
    };
    let reader = reader(&watch.reading);
    let stored = services.store.reading(&latest.story, latest.number).await?;
    if latest.reader == reader {
        return Ok(Some(stored));
    }
    let page = services.store.page(&latest.story, latest.number).await?;
    let options = watch.reading.clone();
    let reading = services.readers.read(page.bytes.len(), move || {
        let content_type = page.content_type.as_deref();
        let reading = read((&page.bytes, content_type, &page.url), &options, None).ok()?;
        let figures = figures(&reading.story);
        Some((reading, figures))
    });
    let Ok(Some((reading, figures))) = reading.await else {
        tracing::warn!(watch = %watch.name, story = %latest.story, "the stored page is no story to this reader");
        return Ok(Some(stored));
    };
    let (story, number) = (latest.story.clone(), latest.number);
    let reread = Reread {
        story,
        number,
        reader,
        body: reading.story.clone(),
        container: reading.container.clone(),
        figures,
    };
    services.store.reread(reread).await?;
    Ok(Some(reading))
}

/// Reads a page of these bytes, type and address, whose story was read as `before`.
fn read(
    (bytes, content_type, url): (&[u8], Option<&str>, &str),
    options: &story::Options,
    before: Option<&Reading>,
) -> Result<Reading, NotAStory> {
    let page = story::Page {
        bytes,
        content_type,
        url,
    };
    let before = before.and_then(|before| {
        Some(Before {
            story: &before.story,
            container: before.container.as_ref()?,
        })
    });
    story::read_again(&page, options, before)
}

/// Names the way a story was read: the reader, and the options where there are any.
fn reader(options: &story::Options) -> String {
    if *options == story::Options::default() {
        return story::READER.to_owned();
    }
    let mut typed = format!("{:?}\n{:?}", options.include, options.exclude);
    if let Some(value) = &options.value {
        // Writing to a String cannot fail.
        let _ = write!(typed, "\n{value:?}");
    }
    let hash = sha256(typed.as_bytes());
    format!("{} {}", story::READER, &hash[..8])
}

/// SHA-256 in hex.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut hex, byte| {
            // Writing to a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}
