//! The tables: what stands in the rows of each, story after story.

mod statements;

use std::collections::VecDeque;
use std::io::Write;

use jiff::Timestamp;

use super::Source;
use super::form::{Cell, Format, Rows};
use super::tracked::{Followed, Sentences};
use crate::alert::rules::TrackedClaim;
use crate::alert::{AlertId, StoryId, WatchName};
use crate::store::{
    self, Cursor, Exported, ExportedAlert, ExportedDelivery, ExportedVersion, Extent, FigureStand,
    Store,
};

pub(super) use statements::statements;

const FIGURES: &[&str] = &[
    "story",
    "watch",
    "url",
    "outlet",
    "since_version",
    "since",
    "gone_version",
    "gone",
    "kind",
    "text",
    "low",
    "high",
    "qualifier",
    "unit",
    "noun",
    "counted",
    "said_by",
    "claims",
];

const VERSIONS: &[&str] = &[
    "story",
    "watch",
    "url",
    "version",
    "first_seen",
    "last_seen",
    "headline",
    "sha256",
    "page_url",
    "reader",
    "kept",
    "archive_url",
    "changes",
    "told",
];

const ALERTS: &[&str] = &[
    "alert",
    "at",
    "kind",
    "severity",
    "watch",
    "story",
    "old_version",
    "new_version",
    "summary",
    "receiver",
    "address",
    "state",
    "attempts",
    "created",
    "finished",
    "error",
    "told_by",
];

/// The stories of an extent, one after the other.
struct Stories<'s> {
    store: &'s Store,
    extent: &'s Extent,
    ready: VecDeque<Exported>,
    next: Option<Cursor>,
}

impl<'s> Stories<'s> {
    fn of(source: &'s Source<'_>) -> Self {
        Self {
            store: &source.store,
            extent: &source.extent,
            ready: VecDeque::new(),
            next: Some(Cursor::default()),
        }
    }

    async fn next(&mut self) -> Result<Option<Exported>, store::Error> {
        if self.ready.is_empty()
            && let Some(from) = self.next
        {
            let handful = self.store.export_stories(self.extent, from).await?;
            self.ready = handful.rows.into();
            self.next = handful.next;
        }
        Ok(self.ready.pop_front())
    }
}

/// Writes the figures and answers how many there were.
pub(super) async fn figures(
    source: &Source<'_>,
    followed: &Followed<'_>,
    format: Format,
    out: &mut dyn Write,
) -> anyhow::Result<u64> {
    let mut rows = Rows::begin(out, format, FIGURES)?;
    let mut stories = Stories::of(source);
    while let Some(story) = stories.next().await? {
        if let Some(claims) = followed.claims(&story.watch) {
            figures_of(source, &story, followed, claims, &mut rows).await?;
        }
    }
    Ok(rows.written())
}

async fn figures_of(
    source: &Source<'_>,
    story: &Exported,
    followed: &Followed<'_>,
    claims: &[TrackedClaim],
    rows: &mut Rows<'_>,
) -> anyhow::Result<()> {
    let store = &source.store;
    let mut outlet = None;
    let mut read = (0, Sentences::default());
    let mut next = Some(Cursor::default());
    while let Some(from) = next {
        let handful = store.export_figures(story, source.since, from).await?;
        if from == Cursor::default() && !handful.rows.is_empty() {
            let latest = store.export_text(story, None).await?;
            outlet = latest.and_then(|text| text.outlet);
        }
        for figure in handful.rows {
            // Figures come version by version, so each text is read once.
            if !claims.is_empty() && read.0 != figure.since {
                let text = store.export_text(story, Some(figure.since)).await?;
                let sentences = text.as_ref().map(Sentences::of).unwrap_or_default();
                read = (figure.since, sentences);
            }
            let names = read.1.claims(claims, &figure);
            if followed.wants(names.iter().map(String::as_str)) {
                rows.put(&figure_row(story, outlet.as_deref(), figure, names))?;
            }
        }
        next = handful.next;
    }
    Ok(())
}

fn figure_row(
    story: &Exported,
    outlet: Option<&str>,
    figure: FigureStand,
    claims: Vec<String>,
) -> [Cell; 18] {
    let [id, watch, url] = named(story);
    [
        id,
        watch,
        url,
        Cell::any(outlet),
        Cell::count(figure.since),
        Cell::Time(figure.at),
        figure.gone.map_or(Cell::Nothing, Cell::count),
        Cell::time(figure.until),
        Cell::Text(figure.kind),
        Cell::Text(figure.text),
        Cell::number(figure.low),
        Cell::number(figure.high),
        Cell::any(figure.qualifier),
        Cell::any(figure.unit),
        Cell::any(figure.noun),
        Cell::any(figure.counted),
        Cell::any(figure.said_by),
        Cell::List(claims),
    ]
}

/// The columns that tell of which story a row is.
fn named(story: &Exported) -> [Cell; 3] {
    [
        Cell::text(story.story.as_str()),
        Cell::text(story.watch.as_str()),
        Cell::text(&story.url),
    ]
}

/// Writes the versions and answers how many there were.
pub(super) async fn versions(
    source: &Source<'_>,
    format: Format,
    out: &mut dyn Write,
) -> anyhow::Result<u64> {
    let mut rows = Rows::begin(out, format, VERSIONS)?;
    let mut stories = Stories::of(source);
    while let Some(story) = stories.next().await? {
        let mut next = Some(Cursor::default());
        while let Some(from) = next {
            let store = &source.store;
            let handful = store.export_versions(&story, source.since, from).await?;
            for row in handful.rows {
                rows.put(&version_row(&story, row))?;
            }
            next = handful.next;
        }
    }
    Ok(rows.written())
}

fn version_row(story: &Exported, row: ExportedVersion) -> [Cell; 14] {
    let [id, watch, url] = named(story);
    let version = row.version;
    [
        id,
        watch,
        url,
        Cell::count(version.number),
        Cell::Time(version.first_seen),
        Cell::Time(version.last_seen),
        Cell::Text(version.headline),
        Cell::Text(version.sha256),
        Cell::any(row.page_url),
        Cell::Text(version.reader),
        Cell::Truth(version.kept),
        Cell::any(version.archive_url),
        Cell::count(row.changes),
        Cell::count(row.told),
    ]
}

/// Writes the alerts, a row for each recipient, and answers how many rows there were.
pub(super) async fn alerts(
    source: &Source<'_>,
    format: Format,
    out: &mut dyn Write,
) -> anyhow::Result<u64> {
    let mut rows = Rows::begin(out, format, ALERTS)?;
    let mut next = Some(Cursor::default());
    while let Some(from) = next {
        let store = &source.store;
        let handful = store
            .export_alerts(&source.extent, source.since, from)
            .await?;
        for alert in &handful.rows {
            if alert.deliveries.is_empty() {
                rows.put(&alert_row(alert, None))?;
            }
            for delivery in &alert.deliveries {
                rows.put(&alert_row(alert, Some(delivery)))?;
            }
        }
        next = handful.next;
    }
    Ok(rows.written())
}

fn alert_row(alert: &ExportedAlert, delivery: Option<&ExportedDelivery>) -> [Cell; 17] {
    let time = |of: fn(&ExportedDelivery) -> Option<Timestamp>| Cell::time(delivery.and_then(of));
    [
        Cell::text(alert.id.as_str()),
        Cell::Time(alert.at),
        Cell::text(&alert.kind),
        Cell::text(&alert.severity),
        Cell::any(alert.watch.as_ref().map(WatchName::as_str)),
        Cell::any(alert.story.as_ref().map(StoryId::as_str)),
        alert.old_version.map_or(Cell::Nothing, Cell::count),
        alert.new_version.map_or(Cell::Nothing, Cell::count),
        Cell::text(&alert.summary),
        Cell::any(delivery.map(|to| to.receiver.as_str())),
        Cell::any(delivery.map(|to| &to.address).filter(|to| !to.is_empty())),
        Cell::any(delivery.map(|to| &to.state)),
        delivery.map_or(Cell::Nothing, |to| Cell::count(to.attempts)),
        time(|to| Some(to.created)),
        time(|to| to.finished),
        Cell::any(delivery.and_then(|to| to.error.as_ref())),
        Cell::any(
            delivery
                .and_then(|to| to.told_by.as_ref())
                .map(AlertId::as_str),
        ),
    ]
}
