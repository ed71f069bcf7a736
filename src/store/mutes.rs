//! What is muted, until when. A mute ends by itself; nothing has to run for it.

use jiff::Timestamp;

use crate::alert::StoryId;
use crate::alert::rules::Muted;

use super::Store;
use super::error::{Error, Fault};
use super::row::Ms;
use super::sql::{self, Connection, params};

/// What can be muted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A story, with every claim in it and the trouble of its watch.
    Story(StoryId),
    /// A claim, in every story.
    Claim(String),
}

/// A mute in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mute {
    /// What is muted.
    pub target: Target,
    /// Since when.
    pub since: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

impl Target {
    fn columns(&self) -> (&'static str, &str) {
        match self {
            Self::Story(story) => ("story", story.as_str()),
            Self::Claim(claim) => ("claim", claim),
        }
    }
}

impl Store {
    /// Mutes `target` until a time; an earlier mute of it gives way.
    pub async fn mute(
        &self,
        target: Target,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<(), Error> {
        let job = move |connection: &Connection| {
            let (kind, name) = target.columns();
            connection
                .prepare_cached(
                    "INSERT INTO mute (kind, name, since, until) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (kind, name) DO UPDATE SET since = excluded.since, until = excluded.until",
                )?
                .execute(params![kind, name, Ms(now), Ms(until)])?;
            // Those that are over have nothing left to say.
            connection
                .prepare_cached("DELETE FROM mute WHERE until <= ?1")?
                .execute([Ms(now)])?;
            Ok(())
        };
        self.0.write("mute", job).await
    }

    /// Ends the mute of `target`, and answers whether there was one.
    pub async fn unmute(&self, target: Target, now: Timestamp) -> Result<bool, Error> {
        let job = move |connection: &Connection| {
            let (kind, name) = target.columns();
            let over = connection
                .prepare_cached("DELETE FROM mute WHERE kind = ?1 AND name = ?2 AND until > ?3")?
                .execute(params![kind, name, Ms(now)])?;
            Ok(over > 0)
        };
        self.0.write("end a mute", job).await
    }

    /// The mutes in force at `now`, stories first.
    pub async fn mutes(&self, now: Timestamp) -> Result<Vec<Mute>, Error> {
        let job = move |connection: &Connection| in_force(connection, now);
        self.0.read("list what is muted", job).await
    }
}

fn in_force(connection: &Connection, now: Timestamp) -> Result<Vec<Mute>, Fault> {
    let mut query = connection.prepare_cached(
        "SELECT kind, name, since, until FROM mute WHERE until > ?1 ORDER BY kind DESC, name",
    )?;
    let rows = query.query_map([Ms(now)], |row| {
        let name: String = row.get(1)?;
        let target = match row.get::<String>(0)?.as_str() {
            "story" => Target::Story(StoryId::from_typed(&name)),
            _ => Target::Claim(name),
        };
        Ok(Mute {
            target,
            since: row.get::<Ms>(2)?.0,
            until: row.get::<Ms>(3)?.0,
        })
    })?;
    Ok(rows.collect::<sql::Result<_>>()?)
}

/// What is or was muted of a story: it, and every claim. Whoever asks holds the times against the clock.
pub(super) fn of_story(connection: &Connection, story: &StoryId) -> Result<Muted, Fault> {
    let mut muted = Muted::default();
    for mute in in_force(connection, Timestamp::MIN)? {
        match mute.target {
            Target::Story(id) if id == *story => muted.story = Some(mute.until),
            Target::Story(_) => {}
            Target::Claim(claim) => {
                muted.claims.insert(claim, mute.until);
            }
        }
    }
    Ok(muted)
}
