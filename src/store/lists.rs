//! Lists and the articles they bring: each article is a watch of its own, leased and stored like any other.
//!
//! What a list names is written in one transaction with the check that found it, so no crash can lose an article or
//! follow it twice. An article that leaves its list is followed to its end all the same.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::alert::{StoryId, WatchName};

use super::Store;
use super::enqueue;
use super::error::{Error, Fault};
use super::known::Validators;
use super::record::{Checked, Outgoing, current, it_works};
use super::row::{Ms, Name};
use super::sql::{self, Connection, OptionalExtension, params};
use super::watches::{self, Enrolled};

/// An address that no list has named for so long is forgotten, unless its article is followed.
const FORGET_AFTER: SignedDuration = SignedDuration::from_hours(90 * 24);

/// A check that read a list.
#[derive(Debug, Clone)]
pub struct Listing {
    /// The watch that is the list.
    pub watch: WatchName,
    /// Its story, which has no versions.
    pub story: StoryId,
    /// When.
    pub at: Timestamp,
    /// When to check next; `None` for never.
    pub next_due: Option<Timestamp>,
    /// What to ask the server with next time.
    pub validators: Validators,
    /// The articles it names, in its order.
    pub articles: Vec<Article>,
    /// Until when those are followed that are new.
    pub until: Timestamp,
    /// How many are followed at one time; the newest are.
    pub most: usize,
    /// The time between the first checks of two new articles.
    pub pause: Duration,
    /// What is to be told of it: that the list works again.
    pub alerts: Vec<Outgoing>,
    /// Whether its articles cannot be read: then the check does not count as one that went well.
    pub in_trouble: bool,
}

/// An article as a list names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// What all its addresses have in common.
    pub key: String,
    /// The address it is asked for at.
    pub url: String,
    /// When it was published, where the list says so.
    pub published: Option<Timestamp>,
    /// Whether its site forbids it to robots: then it is noted and not followed.
    pub forbidden: bool,
}

/// The articles of a list after a check.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Following {
    /// Those that are followed now.
    pub articles: u32,
    /// Of these, those that are new.
    pub fresh: u32,
}

/// How the articles of a list fare.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// Articles that are followed.
    pub followed: u32,
    /// Of these, those that were checked.
    pub checked: u32,
    /// Of these, those that have failed again and again.
    pub failing: u32,
    /// What one of them met.
    pub example: Option<String>,
    /// Those that are not followed because their site forbids them to robots.
    pub forbidden: u32,
}

impl Store {
    /// Which of these addresses the list has not named before.
    pub async fn unlisted(
        &self,
        list: &WatchName,
        keys: Vec<String>,
    ) -> Result<BTreeSet<String>, Error> {
        let list = list.clone();
        let job = move |connection: &Connection| {
            let mut query = connection.prepare_cached(
                "SELECT 1 FROM listed l JOIN watch w ON w.key = l.list WHERE w.name = ?1 AND l.address = ?2",
            )?;
            let mut unlisted = BTreeSet::new();
            for key in keys {
                if !query.exists(params![list.as_str(), key])? {
                    unlisted.insert(key);
                }
            }
            Ok(unlisted)
        };
        self.0.read("look up what a list has named", job).await
    }

    /// Writes what a list names: articles that are new are followed from now on, the oldest ones no longer where there are
    /// more than wanted.
    pub async fn record_list(&self, listing: Listing) -> Result<Following, Error> {
        let job = move |connection: &Connection| record(connection, &listing);
        self.0.write("store what a list names", job).await
    }

    /// The articles that a list has brought and that are followed now, oldest first.
    pub async fn followed(&self, list: &WatchName) -> Result<Vec<WatchName>, Error> {
        let list = list.clone();
        let job = move |connection: &Connection| {
            let mut query = connection.prepare_cached(
                "SELECT w.name FROM article a JOIN watch w ON w.key = a.watch JOIN watch l ON l.key = a.list
                 WHERE l.name = ?1 AND w.archived IS NULL ORDER BY coalesce(a.published, a.found), w.name",
            )?;
            let rows = query.query_map([list.as_str()], |row| row.get::<Name<WatchName>>(0))?;
            let names = rows.collect::<sql::Result<Vec<_>>>()?;
            Ok(names.into_iter().map(|name| name.0).collect())
        };
        self.0.read("list the articles of a list", job).await
    }

    /// How the articles of a list fare; those fail that have failed at least `after` times in a row.
    pub async fn health(&self, list: &WatchName, after: u32) -> Result<Health, Error> {
        let list = list.clone();
        let job = move |connection: &Connection| {
            let health = connection
                .prepare_cached(
                    "SELECT count(w.key), count(w.last_check), count(CASE WHEN w.failures >= ?2 THEN 1 END),
                         max(CASE WHEN w.failures >= ?2 THEN w.error END),
                         (SELECT count(*) FROM listed n JOIN watch l ON l.key = n.list WHERE l.name = ?1 AND n.forbidden = 1
                              AND n.last = (SELECT max(m.last) FROM listed m WHERE m.list = n.list))
                     FROM article a JOIN watch w ON w.key = a.watch JOIN watch l ON l.key = a.list
                     WHERE l.name = ?1 AND w.archived IS NULL",
                )?
                .query_row(params![list.as_str(), after], |row| {
                    Ok(Health {
                        followed: row.get(0)?,
                        checked: row.get(1)?,
                        failing: row.get(2)?,
                        example: row.get(3)?,
                        forbidden: row.get(4)?,
                    })
                })?;
            Ok(health)
        };
        self.0.read("count the articles of a list", job).await
    }

    /// Notes the address that an article gives for itself, by its key, and its headline. Where another article of the list
    /// has given the same, the two are one: this one is followed no longer, and the other one is named.
    pub async fn identify(
        &self,
        article: &WatchName,
        identity: String,
        headline: String,
        at: Timestamp,
    ) -> Result<Option<WatchName>, Error> {
        let article = article.clone();
        let job =
            move |connection: &Connection| twin(connection, &article, (&identity, &headline), at);
        self.0.write("compare an article with its list", job).await
    }
}

fn record(connection: &Connection, listing: &Listing) -> Result<Following, Fault> {
    let list = current(connection, &listing.watch, &listing.story)?.watch;
    let checked = Checked {
        watch: list,
        at: listing.at,
        next_due: listing.next_due,
        validators: &listing.validators,
    };
    if !listing.in_trouble {
        it_works(connection, &checked)?;
    }
    enqueue::enqueue_all(connection, &listing.alerts, listing.at)?;
    let fresh = note(connection, list, listing)?;
    let (kept, dropped) = newest(connection, list, listing, &fresh)?;
    for candidate in dropped {
        match candidate {
            Candidate::Followed(watch) => end(connection, watch, listing.at)?,
            Candidate::New(article) => pass_over(connection, list, article, listing.at)?,
        }
    }
    let mut following = Following::default();
    for candidate in kept {
        following.articles += 1;
        if let Candidate::New(article) = candidate {
            let due = after(listing.at, listing.pause.saturating_mul(following.fresh));
            follow(connection, list, listing, article, due)?;
            following.fresh += 1;
        }
    }
    // An answer that names nothing, "not modified", says nothing of what is gone.
    if !listing.articles.is_empty() {
        forget(connection, list, listing.at)?;
    }
    Ok(following)
}

/// Notes what the list names still, and answers what it has not named before.
fn note<'a>(
    connection: &Connection,
    list: i64,
    listing: &'a Listing,
) -> Result<Vec<&'a Article>, Fault> {
    let mut touch = connection
        .prepare_cached("UPDATE listed SET last = ?3 WHERE list = ?1 AND address = ?2")?;
    let mut fresh = Vec::new();
    for article in &listing.articles {
        if touch.execute(params![list, article.key, Ms(listing.at)])? > 0 {
            continue;
        }
        if article.forbidden {
            pass_over(connection, list, article, listing.at)?;
        } else {
            fresh.push(article);
        }
    }
    Ok(fresh)
}

/// An article that may be followed.
#[derive(Clone, Copy)]
enum Candidate<'a> {
    /// One that is: the key of its watch.
    Followed(i64),
    /// One that is new.
    New(&'a Article),
}

/// The articles that are followed from now on, the newest first, and those there is no room for.
fn newest<'a>(
    connection: &Connection,
    list: i64,
    listing: &Listing,
    fresh: &[&'a Article],
) -> Result<(Vec<Candidate<'a>>, Vec<Candidate<'a>>), Fault> {
    let born = |article: &Article| {
        let published = article.published.unwrap_or(listing.at);
        published.min(listing.at)
    };
    // What is new comes first: among the undated and the equally old, the order of the list decides.
    let mut ranked: Vec<(Timestamp, Candidate<'a>)> = fresh
        .iter()
        .map(|article| (born(article), Candidate::New(article)))
        .collect();
    let mut query = connection.prepare_cached(
        "SELECT a.watch, coalesce(a.published, a.found) FROM article a JOIN watch w ON w.key = a.watch
         WHERE a.list = ?1 AND w.archived IS NULL ORDER BY a.found DESC, a.watch",
    )?;
    let followed = query.query_map([list], |row| {
        Ok((row.get::<Ms>(1)?.0, Candidate::Followed(row.get(0)?)))
    })?;
    ranked.extend(followed.collect::<sql::Result<Vec<_>>>()?);
    ranked.sort_by_key(|(born, _)| std::cmp::Reverse(*born));
    let mut kept: Vec<Candidate<'a>> = ranked.into_iter().map(|(_, what)| what).collect();
    let dropped = kept.split_off(listing.most.min(kept.len()));
    Ok((kept, dropped))
}

/// Follows an article that is new.
fn follow(
    connection: &Connection,
    list: i64,
    listing: &Listing,
    article: &Article,
    due: Timestamp,
) -> Result<(), Fault> {
    let watch = add(connection, list, listing, article, due)?;
    let published = article.published.map(|published| published.min(listing.at));
    connection
        .prepare_cached(
            "INSERT INTO article (watch, list, published, found, until) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (watch) DO UPDATE SET published = ?3, found = ?4, until = ?5",
        )?
        .execute(params![
            watch,
            list,
            published.map(Ms),
            Ms(listing.at),
            Ms(listing.until)
        ])?;
    name(connection, list, &article.key, watch, listing.at)
}

/// Makes the watch of an article, or takes up again the one it had when the list named it long ago.
fn add(
    connection: &Connection,
    list: i64,
    listing: &Listing,
    article: &Article,
    due: Timestamp,
) -> Result<i64, Fault> {
    let mut before = connection.prepare_cached(
        "SELECT w.key, a.list = ?2 AND w.url = ?3 FROM watch w LEFT JOIN article a ON a.watch = w.key WHERE w.name = ?1",
    )?;
    // The ends of names are short enough to be typed, so among many articles two can be given the same one.
    for attempt in 0u32.. {
        let enrolled = Enrolled {
            name: listing.watch.of_article(&article.key, attempt),
            url: article.url.clone(),
            due,
            list: None,
        };
        let known = before
            .query_row(params![enrolled.name.as_str(), list, article.url], |row| {
                Ok((row.get(0)?, row.get::<Option<bool>>(1)?))
            })
            .optional()?;
        match known {
            None => return watches::add(connection, &enrolled),
            Some((watch, Some(true))) => {
                watches::bring_back(connection, watch, due)?;
                return Ok(watch);
            }
            Some((_, Some(false) | None)) => {}
        }
    }
    Err(Fault::Unknown(format!("room for `{}`", article.url)))
}

/// Follows an article no longer.
fn end(connection: &Connection, watch: i64, at: Timestamp) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "UPDATE watch SET archived = ?2, due = NULL, holder = NULL, leased_until = NULL WHERE key = ?1",
        )?
        .execute(params![watch, Ms(at)])?;
    Ok(())
}

/// Notes that the list named an article by an address.
fn name(
    connection: &Connection,
    list: i64,
    key: &str,
    watch: i64,
    at: Timestamp,
) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT INTO listed (list, address, last, watch) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (list, address) DO UPDATE SET last = ?3, watch = ?4",
        )?
        .execute(params![list, key, Ms(at), watch])?;
    Ok(())
}

/// Notes that the list named an article that is not followed.
fn pass_over(
    connection: &Connection,
    list: i64,
    article: &Article,
    at: Timestamp,
) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT INTO listed (list, address, last, forbidden) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![list, article.key, Ms(at), article.forbidden])?;
    Ok(())
}

/// Forgets addresses of long ago, so that the table ends somewhere.
fn forget(connection: &Connection, list: i64, at: Timestamp) -> Result<(), Fault> {
    let before = at.checked_sub(FORGET_AFTER).unwrap_or(Timestamp::MIN);
    connection
        .prepare_cached(
            "DELETE FROM listed WHERE list = ?1 AND last < ?2 AND NOT EXISTS
                 (SELECT 1 FROM watch w WHERE w.key = listed.watch AND w.archived IS NULL)",
        )?
        .execute(params![list, Ms(before)])?;
    Ok(())
}

/// Some sites give all their pages one canonical address; the headline tells those apart.
fn twin(
    connection: &Connection,
    article: &WatchName,
    (identity, headline): (&str, &str),
    at: Timestamp,
) -> Result<Option<WatchName>, Fault> {
    connection
        .prepare_cached(
            "UPDATE article SET identity = ?2, headline = ?3 WHERE watch = (SELECT key FROM watch WHERE name = ?1)",
        )?
        .execute(params![article.as_str(), identity, headline])?;
    let found = connection
        .prepare_cached(
            "SELECT me.watch, other.watch, w.name
             FROM article me JOIN watch m ON m.key = me.watch
                 JOIN article other ON other.list = me.list AND other.identity = me.identity
                 JOIN watch w ON w.key = other.watch
             WHERE m.name = ?1 AND other.watch <> me.watch AND other.headline = me.headline AND w.archived IS NULL
             ORDER BY other.watch LIMIT 1",
        )?
        .query_row([article.as_str()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<Name<WatchName>>(2)?.0))
        })
        .optional()?;
    let Some((me, other, twin)): Option<(i64, i64, WatchName)> = found else {
        return Ok(None);
    };
    connection
        .prepare_cached("UPDATE listed SET watch = ?2 WHERE watch = ?1")?
        .execute([me, other])?;
    end(connection, me, at)?;
    Ok(Some(twin))
}

fn after(at: Timestamp, wait: Duration) -> Timestamp {
    SignedDuration::try_from(wait)
        .ok()
        .and_then(|wait| at.checked_add(wait).ok())
        .unwrap_or(at)
}
