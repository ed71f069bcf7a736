//! How one figure of a story came to be what it is: its recorded moves, walked back.

use jiff::Timestamp;

use crate::alert::{Point, StoryId};
use crate::claims::Decimal;
use crate::compare::{ChangeKind, Evidence};

use super::Store;
use super::error::{Error, Fault};
use super::row::{Ms, found, number};
use super::shape;
use super::sql::{Connection, OptionalExtension, params};

/// The points of a course that an alert has room for.
const MOST_POINTS: usize = 20;

impl Store {
    /// How the figure that `story` gives as `text` (of `noun`, in `unit`) came to stand there: its values, oldest first,
    /// the last one being the value itself. Empty where the story has no such figure.
    pub async fn moves(
        &self,
        story: &StoryId,
        text: &str,
        noun: Option<&str>,
        unit: Option<&str>,
    ) -> Result<Vec<Point>, Error> {
        let story = story.clone();
        let now = Value {
            text: text.to_owned(),
            noun: noun.map(str::to_owned),
            unit: unit.map(str::to_owned),
        };
        let job = move |connection: &Connection| moves(connection, &story, now);
        self.0.read("look up how a figure moved", job).await
    }
}

/// A figure as a story gives it at one time.
struct Value {
    text: String,
    noun: Option<String>,
    unit: Option<String>,
}

fn moves(connection: &Connection, story: &StoryId, now: Value) -> Result<Vec<Point>, Fault> {
    let key = connection
        .prepare_cached("SELECT key FROM story WHERE id = ?1")?
        .query_row([story.as_str()], |row| row.get(0));
    let story: i64 = found(key, || format!("story `{story}`"))?;
    let mut points = Vec::new();
    let mut value = now;
    let mut before = i64::MAX;
    while points.len() < MOST_POINTS {
        let Some(step) = step_to(connection, story, &value, before)? else {
            break;
        };
        points.extend(point(step.at, step.new.as_ref()));
        before = step.version;
        let Some(old) = step.old else {
            points.reverse();
            return Ok(points);
        };
        value = Value {
            text: old.text,
            noun: old.noun,
            unit: old.unit,
        };
    }
    if points.len() < MOST_POINTS {
        points.extend(origin(connection, story, &value)?);
    }
    points.reverse();
    Ok(points)
}

/// A recorded move.
struct Step {
    version: i64,
    at: Timestamp,
    old: Option<Evidence>,
    new: Option<Evidence>,
}

/// The last move that ended at `value`, of those before the version with the number `before`.
fn step_to(
    connection: &Connection,
    story: i64,
    value: &Value,
    before: i64,
) -> Result<Option<Step>, Fault> {
    let row = connection
        .prepare_cached(
            "SELECT v.number, v.first_seen, c.whole FROM version v JOIN change c ON c.version = v.key
             WHERE v.story = ?1 AND v.number < ?2 AND c.kind = ?3 AND c.new_text = ?4 AND c.noun IS NOT DISTINCT FROM ?5 AND c.unit IS NOT DISTINCT FROM ?6
             ORDER BY v.number DESC LIMIT 1",
        )?
        .query_row(
            params![
                story,
                before,
                ChangeKind::FigureChanged.as_str(),
                value.text,
                value.noun,
                value.unit
            ],
            |row| Ok((row.get(0)?, row.get::<Ms>(1)?.0, row.get::<String>(2)?)),
        )
        .optional()?;
    let Some((version, at, whole)) = row else {
        return Ok(None);
    };
    let change = shape::to_change(&whole)?;
    Ok(Some(Step {
        version,
        at,
        old: change.old,
        new: change.new,
    }))
}

/// The point at which a value that did not come from another one was first seen.
fn origin(connection: &Connection, story: i64, value: &Value) -> Result<Option<Point>, Fault> {
    let row = connection
        .prepare_cached(
            "SELECT v.first_seen, f.low, f.high FROM figure f JOIN version v ON v.story = f.story AND v.number = f.since
             WHERE f.story = ?1 AND f.text = ?2 AND (f.noun IS NOT DISTINCT FROM ?3 OR f.counted IS NOT DISTINCT FROM ?3)
                 AND f.unit IS NOT DISTINCT FROM ?4
             ORDER BY f.since LIMIT 1",
        )?
        .query_row(
            params![story, value.text, value.noun, value.unit],
            |row| Ok((row.get::<Ms>(0)?.0, number(row, 1)?, number(row, 2)?)),
        )
        .optional()?;
    Ok(row.and_then(|(at, low, high)| {
        Some(Point {
            at,
            low: float(low?),
            high: float(high?),
            text: value.text.clone(),
        })
    }))
}

fn point(at: Timestamp, side: Option<&Evidence>) -> Option<Point> {
    let side = side?;
    let amount = side.amount?;
    Some(Point {
        at,
        low: float(amount.low),
        high: float(amount.high),
        text: side.text.clone(),
    })
}

/// The nearest floating point number: by way of its digits, which round once.
fn float(number: Decimal) -> f64 {
    number.to_string().parse().unwrap_or(f64::NAN)
}
