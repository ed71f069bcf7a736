//! Checks a list: what it names is followed from now on, each article by itself.
//!
//! Nothing is told of a list but its own trouble. Articles that a list has brought are asked for only where the robots.txt
//! of their site lets us, unless the watch says otherwise; addresses that a person typed are that person's business.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Outcome, failure, look, next_due, stored, telling};
use crate::config::{List, ListKind, Watch};
use crate::fetch::{self, Fetched, Page, Validators};
use crate::services::{Services, crash_point};
use crate::store::{self, Article, Health, Known, Listing};
use crate::story::listing::{Entry, address_key};
use crate::story::sitemap::{self, Sitemap};
use crate::story::{self, NotAStory, feed, links};

/// Sitemaps of one index that are read at one check: those modified last.
const MAX_PARTS: usize = 20;
/// A site whose robots.txt forbids an article is asked again after this long.
const PAUSE_WHERE_FORBIDDEN: Duration = Duration::from_secs(24 * 3600);
/// A site whose robots.txt cannot be had is asked again after this long.
const PAUSE_WITHOUT_RULES: Duration = Duration::from_secs(15 * 60);
/// Sites whose robots.txt is asked for at one check of a list; the rest wait for the next.
const MAX_SITES: usize = 16;
/// So many articles must have been checked before their list is said to be in trouble.
const ENOUGH_ARTICLES: u32 = 3;

/// Why an article is not asked for.
pub(super) struct Forbidden {
    /// The cause in a sentence.
    pub(super) cause: String,
    /// When to think again.
    pub(super) pause: Duration,
}

/// What a list named at one check.
struct Named {
    entries: Vec<Entry>,
    /// What to ask with next time; nothing where the same answer may hide articles that were not looked at yet.
    validators: Validators,
}

/// Why there is no list.
enum Trouble {
    Fetch(fetch::Error),
    Reading(NotAStory),
    Fault(String),
}

/// Checks a list once.
pub(super) async fn check(
    watch: &Watch,
    list: &List,
    services: &Services,
    known: &Known,
    now: Timestamp,
) -> Result<Outcome, store::Error> {
    let asked_with = Validators {
        etag: known.validators.etag.clone(),
        last_modified: known.validators.last_modified.clone(),
    };
    let named = match services
        .fetch
        .get_as(&known.url, &asked_with, &watch.access)
        .await
    {
        Ok(Fetched::Unchanged { validators, .. }) => Ok(Named {
            entries: Vec::new(),
            validators,
        }),
        Ok(Fetched::Page(page)) => {
            crash_point("fetched");
            read(watch, list, services, page, now).await
        }
        Err(error) => Err(Trouble::Fetch(error)),
    };
    match named {
        Ok(named) => record(watch, list, services, known, named, now).await,
        Err(Trouble::Fetch(error)) if error.is_postponed() => {
            failure::postponed(watch, services, &error, now).await
        }
        Err(Trouble::Fetch(error)) => failure::of_fetch(watch, services, known, &error, now).await,
        Err(Trouble::Reading(why)) => failure::of_reading(watch, services, known, &why, now).await,
        Err(Trouble::Fault(cause)) => failure::of_fault(watch, services, known, cause, now).await,
    }
}

/// The articles that a page names, and those of the sitemaps that it names.
async fn read(
    watch: &Watch,
    list: &List,
    services: &Services,
    page: Page,
    now: Timestamp,
) -> Result<Named, Trouble> {
    let validators = page.validators.clone();
    let kind = list.kind.clone();
    let parts = match on_thread(services, kind, page).await? {
        Sitemap::Articles(entries) => {
            return Ok(Named {
                entries,
                validators,
            });
        }
        Sitemap::Index(parts) => parts,
    };
    let oldest = SignedDuration::try_from(list.follow_for)
        .ok()
        .and_then(|age| now.checked_sub(age).ok());
    let parts = parts
        .into_iter()
        .filter(|part| {
            part.modified
                .is_none_or(|modified| Some(modified) >= oldest)
        })
        .take(MAX_PARTS);
    let mut entries = Vec::new();
    for part in parts {
        let none = Validators::default();
        let Fetched::Page(page) = services
            .fetch
            .get_as(&part.url, &none, &watch.access)
            .await
            .map_err(Trouble::Fetch)?
        else {
            continue;
        };
        match on_thread(services, ListKind::Sitemap, page).await? {
            Sitemap::Articles(more) => entries.extend(more),
            // An index of indexes is none by the protocol, and has no end.
            Sitemap::Index(_) => {}
        }
    }
    Ok(Named {
        entries,
        // An index that is as it was says nothing of the sitemaps it names.
        validators: Validators::default(),
    })
}

/// Reads a list on a thread of its own, as pages are.
async fn on_thread(services: &Services, kind: ListKind, page: Page) -> Result<Sitemap, Trouble> {
    let reading = services
        .readers
        .read(page.bytes.len(), move || named_by(&kind, &page));
    match reading.await {
        Ok(read) => read.map_err(Trouble::Reading),
        Err(unread) => Err(Trouble::Fault(unread.to_string())),
    }
}

fn named_by(kind: &ListKind, page: &Page) -> Result<Sitemap, NotAStory> {
    let page = story::Page {
        bytes: &page.bytes,
        content_type: page.content_type.as_deref(),
        url: &page.url,
    };
    match kind {
        ListKind::Feed => feed::read(&page).map(Sitemap::Articles),
        ListKind::Links { selector } => links::read(&page, selector).map(Sitemap::Articles),
        ListKind::Sitemap => sitemap::read(&page),
    }
}

/// Writes what the list names, and says so where its articles cannot be read.
async fn record(
    watch: &Watch,
    list: &List,
    services: &Services,
    known: &Known,
    named: Named,
    now: Timestamp,
) -> Result<Outcome, store::Error> {
    let wanted = named
        .entries
        .into_iter()
        .filter(|entry| list.only.takes(entry));
    let wanted: Vec<Article> = wanted.filter_map(article).collect();
    let keys = wanted.iter().map(|article| article.key.clone()).collect();
    let unlisted = services.store.unlisted(&watch.name, keys).await?;
    let (articles, is_whole) = judged(watch, list, services, wanted, &unlisted).await;
    let after = services.config.problems.after;
    let health = services.store.health(&watch.name, after).await?;
    let is_new = |article: &&Article| unlisted.contains(&article.key);
    let fresh: Vec<&Article> = articles.iter().filter(is_new).collect();
    let trouble = trouble(&health, &fresh);
    let until = SignedDuration::try_from(list.follow_for)
        .ok()
        .and_then(|length| now.checked_add(length).ok());
    let listing = Listing {
        watch: watch.name.clone(),
        story: known.story.clone(),
        at: now,
        next_due: next_due(watch, known, now),
        validators: if is_whole {
            stored(named.validators, None)
        } else {
            store::Validators::default()
        },
        articles,
        until: until.unwrap_or(Timestamp::MAX),
        most: list.limit,
        pause: services.config.fetch.pace,
        alerts: match &trouble {
            Some(_) => Vec::new(),
            None => telling::recovery(watch, services, known, false, now),
        },
        in_trouble: trouble.is_some(),
    };
    let following = services.store.record_list(listing).await?;
    crash_point("recorded");
    if following.fresh > 0 {
        tracing::info!(
            watch = %watch.name, articles = following.articles, fresh = following.fresh, "list has new articles"
        );
    }
    if let Some(cause) = trouble {
        return failure::of_articles(watch, services, known, cause, now).await;
    }
    Ok(Outcome::Listed {
        articles: following.articles,
        fresh: following.fresh,
    })
}

/// What keeps the articles of a list from being followed, where it keeps most of them: a single one has its own reasons.
fn trouble(health: &Health, fresh: &[&Article]) -> Option<String> {
    if health.checked >= ENOUGH_ARTICLES && health.failing * 2 > health.checked {
        let example = health.example.as_deref().unwrap_or_default();
        return Some(format!(
            "{} of {} articles cannot be read, such as: {example}",
            health.failing, health.checked
        ));
    }
    let forbidden = fresh.iter().filter(|article| article.forbidden).count();
    let is_shut = health.followed == 0 && forbidden == fresh.len();
    let forbidden = health
        .forbidden
        .saturating_add(u32::try_from(forbidden).unwrap_or(u32::MAX));
    (is_shut && forbidden > 0).then(|| {
        format!(
            "robots.txt forbids all {forbidden} articles; `robots: false` on the watch asks for them all the same"
        )
    })
}

/// What robots are forbidden among the articles that are new, and whether all that was named was judged: a site whose rules
/// cannot be had now may have them at the next check.
async fn judged(
    watch: &Watch,
    list: &List,
    services: &Services,
    wanted: Vec<Article>,
    unlisted: &BTreeSet<String>,
) -> (Vec<Article>, bool) {
    let (mut articles, mut is_whole) = (Vec::new(), true);
    let mut sites = BTreeSet::new();
    for mut article in wanted {
        if list.robots && unlisted.contains(&article.key) {
            let site = article.key.split(['/', '?']).next().unwrap_or_default();
            sites.insert(site.to_owned());
            if sites.len() > MAX_SITES {
                is_whole = false;
                continue;
            }
            match services.fetch.is_allowed(&article.url).await {
                Ok(allowed) => article.forbidden = !allowed,
                Err(error) => {
                    tracing::debug!(watch = %watch.name, %error, "no robots.txt");
                    is_whole = false;
                    continue;
                }
            }
        }
        articles.push(article);
    }
    (articles, is_whole)
}

fn article(entry: Entry) -> Option<Article> {
    Some(Article {
        key: address_key(&entry.url)?,
        url: entry.url,
        published: entry.published,
        forbidden: false,
    })
}

/// Why an article of a list may not be asked for at `url`, if that is so. Watches of the configuration always may.
pub(super) async fn forbidden(
    watch: &Watch,
    services: &Services,
    known: &Known,
    url: &str,
) -> Option<Forbidden> {
    known.followed?;
    let name = watch.name.list()?;
    let parent = services.watch(&name)?;
    if !parent.list.as_ref()?.robots {
        return None;
    }
    match services.fetch.is_allowed(url).await {
        Ok(true) => None,
        Ok(false) => Some(Forbidden {
            cause: format!(
                "the robots.txt of the site forbids `{url}`; `robots: false` on the watch asks all the same"
            ),
            pause: PAUSE_WHERE_FORBIDDEN,
        }),
        Err(error) => {
            tracing::debug!(watch = %watch.name, %error, "no robots.txt");
            Some(Forbidden {
                cause: format!("the site's robots.txt cannot be had: {error}"),
                pause: PAUSE_WITHOUT_RULES,
            })
        }
    }
}

/// Settles what the first look at an article has shown: that it was moved to where robots are not wanted, or that it is
/// another one under a second address. Nothing where there is a version to be stored.
pub(super) async fn settled(
    watch: &Watch,
    services: &Services,
    known: &Known,
    version: &look::Version,
    now: Timestamp,
) -> Result<Option<Outcome>, store::Error> {
    if known.followed.is_none() || known.latest.is_some() {
        return Ok(None);
    }
    let page = &version.page.page;
    if page.url != known.url
        && let Some(forbidden) = forbidden(watch, services, known, &page.url).await
    {
        return failure::not_asked(watch, services, forbidden, now)
            .await
            .map(Some);
    }
    let canonical = page.story.canonical.as_deref().and_then(address_key);
    let Some(identity) = canonical.or_else(|| address_key(&page.url)) else {
        return Ok(None);
    };
    let headline = page.story.headline.clone();
    let twin = services
        .store
        .identify(&watch.name, identity, headline, now)
        .await?;
    Ok(twin.map(|twin| {
        tracing::info!(watch = %watch.name, %twin, "the same article under another address");
        Outcome::Unchanged
    }))
}
