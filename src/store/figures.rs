//! How figures stand and move over the versions of a story.
//!
//! A figure that an edit leaves alone costs nothing: a row tells from which version on it stands and which one no longer
//! has it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::alert::{StoryId, WatchName};
use crate::claims::{Decimal, Figure};
use crate::compare::ChangeKind;

use super::Store;
use super::error::{Error, Fault};
use super::row::{Ms, Name, Number, time};
use super::sql::{self, Connection, Row, params};

/// One figure of one story and how it moved.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureCourse {
    /// The watch.
    pub watch: WatchName,
    /// The story.
    pub story: StoryId,
    /// Its address.
    pub url: String,
    /// Its values, oldest first.
    pub stands: Vec<FigureStand>,
}

/// A value of a figure, over the versions that have it.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureStand {
    /// The first version that has it.
    pub since: u32,
    /// When that version was first seen.
    pub at: Timestamp,
    /// The first version that no longer has it.
    pub gone: Option<u32>,
    /// When that version was first seen.
    pub until: Option<Timestamp>,
    /// The kind of figure.
    pub kind: String,
    /// The story's words.
    pub text: String,
    /// The lower end.
    pub low: Option<Decimal>,
    /// The upper end.
    pub high: Option<Decimal>,
    /// The qualifier.
    pub qualifier: Option<String>,
    /// The unit.
    pub unit: Option<String>,
    /// What is counted or measured.
    pub noun: Option<String>,
    /// The word of the clause that tells what is counted.
    pub counted: Option<String>,
    /// Who says it.
    pub said_by: Option<String>,
}

/// A figure as it is stored: two with equal fields are the same figure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct FigureRow {
    kind: String,
    text: String,
    low: Option<Number>,
    high: Option<Number>,
    qualifier: Option<String>,
    unit: Option<String>,
    noun: Option<String>,
    counted: Option<String>,
    said_by: Option<String>,
}

impl FigureRow {
    fn of(figure: &Figure, text: &str) -> Self {
        let amount = figure.amount.as_ref();
        Self {
            kind: figure.kind.as_str().to_owned(),
            text: text.to_owned(),
            low: amount.map(|amount| Number(amount.low)),
            high: amount.map(|amount| Number(amount.high)),
            qualifier: amount
                .and_then(|amount| amount.qualifier)
                .map(|qualifier| qualifier.as_str().to_owned()),
            unit: figure.unit.as_ref().map(|unit| unit.0.clone()),
            noun: figure.noun.clone(),
            counted: figure.counted.clone(),
            said_by: figure.said_by.as_ref().map(|source| source.name.clone()),
        }
    }

    /// Reads the columns `kind` to `said_by` that begin at `first`.
    fn from(row: &Row<'_>, first: usize) -> sql::Result<Self> {
        Ok(Self {
            kind: row.get(first)?,
            text: row.get(first + 1)?,
            low: row.get(first + 2)?,
            high: row.get(first + 3)?,
            qualifier: row.get(first + 4)?,
            unit: row.get(first + 5)?,
            noun: row.get(first + 6)?,
            counted: row.get(first + 7)?,
            said_by: row.get(first + 8)?,
        })
    }
}

/// The figures of a new version: those that stand already are left alone, those that no longer do are marked.
pub(super) fn keep(
    connection: &Connection,
    story: i64,
    version: u32,
    figures: &[(Figure, String)],
) -> Result<(), Fault> {
    let mut standing = standing(connection, story)?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO figure (story, since, kind, text, low, high, qualifier, unit, noun, counted, said_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    for (figure, text) in figures.iter().filter(|(figure, _)| figure.kind.is_claim()) {
        let row = FigureRow::of(figure, text);
        if standing.get_mut(&row).and_then(Vec::pop).is_some() {
            continue;
        }
        insert.execute(params![
            story,
            version,
            row.kind,
            row.text,
            row.low,
            row.high,
            row.qualifier,
            row.unit,
            row.noun,
            row.counted,
            row.said_by
        ])?;
    }
    let mut end = connection.prepare_cached("UPDATE figure SET gone = ?2 WHERE key = ?1")?;
    for key in standing.values().flatten() {
        end.execute(params![key, version])?;
    }
    Ok(())
}

/// The figures of a version that was read again: what only the older reader saw in it was never there.
pub(super) fn reread(
    connection: &Connection,
    story: i64,
    version: u32,
    figures: &[(Figure, String)],
) -> Result<(), Fault> {
    let is_latest = !connection
        .prepare_cached("SELECT 1 FROM version WHERE story = ?1 AND number > ?2")?
        .exists(params![story, version])?;
    // Courses are built version upon version; one in the middle cannot be exchanged alone, and nobody reads it again.
    if is_latest {
        keep(connection, story, version, figures)?;
        connection
            .prepare_cached("DELETE FROM figure WHERE story = ?1 AND since = ?2 AND gone = ?2")?
            .execute(params![story, version])?;
    }
    Ok(())
}

fn standing(connection: &Connection, story: i64) -> Result<BTreeMap<FigureRow, Vec<i64>>, Fault> {
    let mut query = connection.prepare_cached(
        "SELECT key, kind, text, low, high, qualifier, unit, noun, counted, said_by
         FROM figure WHERE story = ?1 AND gone IS NULL ORDER BY key DESC",
    )?;
    let mut rows = query.query([story])?;
    let mut standing: BTreeMap<FigureRow, Vec<i64>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let key = row.get(0)?;
        standing
            .entry(FigureRow::from(&row, 1)?)
            .or_default()
            .push(key);
    }
    Ok(standing)
}

impl Store {
    /// How the figures moved whose noun, or the word for what they count, contains `word`; in every story.
    pub async fn figures(&self, word: &str) -> Result<Vec<FigureCourse>, Error> {
        let course = Course {
            word: word.to_owned(),
            ..Course::default()
        };
        self.courses(course).await
    }

    /// How the figures moved that are asked for.
    pub async fn courses(&self, wanted: Course) -> Result<Vec<FigureCourse>, Error> {
        let job = move |connection: &Connection| courses(connection, &wanted);
        self.0.read("look up figures", job).await
    }
}

/// Which figures to look up.
#[derive(Debug, Clone, Default)]
pub struct Course {
    /// Those whose noun, or the word for what they count, contains this; every figure where it is empty.
    pub word: String,
    /// Those of this story.
    pub story: Option<StoryId>,
    /// Where set, only what stood in so many of the latest versions of each story.
    pub versions: Option<u32>,
}

fn courses(connection: &Connection, wanted: &Course) -> Result<Vec<FigureCourse>, Fault> {
    let word = wanted.word.to_lowercase();
    let mut query = connection.prepare_cached(
        "SELECT f.story, w.name, s.id, s.url, f.since, v.first_seen, f.gone, g.first_seen,
             f.kind, f.text, f.low, f.high, f.qualifier, f.unit, f.noun, f.counted, f.said_by
         FROM figure f JOIN story s ON s.key = f.story JOIN watch w ON w.key = s.watch
             JOIN version v ON v.story = f.story AND v.number = f.since
             LEFT JOIN version g ON g.story = f.story AND g.number = f.gone
         WHERE (f.noun IS NOT NULL OR f.counted IS NOT NULL) AND (CAST(?1 AS TEXT) IS NULL OR s.id = ?1) AND (CAST(?2 AS BIGINT) IS NULL OR f.gone IS NULL
             OR f.since > (SELECT max(n.number) FROM version n WHERE n.story = f.story) - ?2)
         ORDER BY w.name, s.key, f.since, f.key",
    )?;
    let story = wanted.story.as_ref().map(StoryId::as_str);
    let mut rows = query.query(params![story, wanted.versions])?;
    let mut courses: Vec<FigureCourse> = Vec::new();
    let mut steps = Steps::default();
    while let Some(row) = rows.next()? {
        let figure = FigureRow::from(&row, 8)?;
        if !speaks_of(&figure, &word) {
            continue;
        }
        let stand = to_stand(&row, figure)?;
        let story = row.get::<Name<StoryId>>(2)?.0;
        steps.turn_to(connection, row.get(0)?)?;
        let course = courses
            .iter_mut()
            .rev()
            .take_while(|course| course.story == story)
            .find(|course| {
                course
                    .stands
                    .last()
                    .is_some_and(|last| steps.lead(last, &stand))
            });
        match course {
            Some(course) => course.stands.push(stand),
            None => courses.push(FigureCourse {
                watch: row.get::<Name<WatchName>>(1)?.0,
                story,
                url: row.get(3)?,
                stands: vec![stand],
            }),
        }
    }
    Ok(courses)
}

fn speaks_of(figure: &FigureRow, word: &str) -> bool {
    [&figure.noun, &figure.counted]
        .into_iter()
        .flatten()
        .any(|noun| noun.to_lowercase().contains(word))
}

fn to_stand(row: &Row<'_>, figure: FigureRow) -> sql::Result<FigureStand> {
    Ok(FigureStand {
        since: row.get(4)?,
        at: row.get::<Ms>(5)?.0,
        gone: row.get(6)?,
        until: time(row, 7)?,
        kind: figure.kind,
        text: figure.text,
        low: figure.low.map(|number| number.0),
        high: figure.high.map(|number| number.0),
        qualifier: figure.qualifier,
        unit: figure.unit,
        noun: figure.noun,
        counted: figure.counted,
        said_by: figure.said_by,
    })
}

/// The recorded moves of the figures of one story: version, old words, new words.
#[derive(Default)]
struct Steps {
    story: Option<i64>,
    known: BTreeMap<u32, Vec<(String, String)>>,
}

impl Steps {
    fn turn_to(&mut self, connection: &Connection, story: i64) -> Result<(), Fault> {
        if self.story == Some(story) {
            return Ok(());
        }
        let mut query = connection.prepare_cached(
            "SELECT v.number, c.old_text, c.new_text FROM change c JOIN version v ON v.key = c.version
             WHERE v.story = ?1 AND c.kind IN (?2, ?3) AND c.old_text IS NOT NULL AND c.new_text IS NOT NULL",
        )?;
        let kinds =
            [ChangeKind::FigureChanged, ChangeKind::QualifierChanged].map(ChangeKind::as_str);
        let mut rows = query.query(params![story, kinds[0], kinds[1]])?;
        self.known.clear();
        while let Some(row) = rows.next()? {
            let step = (row.get(1)?, row.get(2)?);
            self.known.entry(row.get(0)?).or_default().push(step);
        }
        self.story = Some(story);
        Ok(())
    }

    /// Whether a recorded change leads from one value to the other.
    fn lead(&self, old: &FigureStand, new: &FigureStand) -> bool {
        old.gone == Some(new.since)
            && self.known.get(&new.since).is_some_and(|steps| {
                steps
                    .iter()
                    .any(|(before, after)| *before == old.text && *after == new.text)
            })
    }
}
