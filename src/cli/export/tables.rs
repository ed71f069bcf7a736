//! What is stored, as tables: a few rows in memory at a time.

use std::collections::BTreeMap;
use std::io::Write;

use jiff::Timestamp;

use super::super::Hint;
use super::row::{Cell, Form, Rows};
use crate::claims::{self, Manner, Statement};
use crate::store::{FigureStand, Happened, Store, StoryEntry};

/// How many rows are asked for at a time.
const AT_A_TIME: u32 = 50;

/// A table that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Kind {
    /// A row for each version of a story
    Versions,
    /// A row for each value of a figure, with the time for which it stood
    Figures,
    /// A row for each statement and quotation, with the time for which it stood
    Statements,
    /// A row for each change, with whether it was told, and why
    Changes,
    /// A row for each alert
    Alerts,
}

impl Kind {
    /// The columns, in their order; `docs/EXPORT.md` says what they mean.
    pub(super) fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Versions => &[
                "watch",
                "story",
                "url",
                "version",
                "first_seen",
                "last_seen",
                "headline",
                "sha256",
                "reader",
                "kept",
                "archive_url",
                "changes",
            ],
            Self::Figures => &[
                "watch",
                "story",
                "url",
                "version",
                "from",
                "gone",
                "until",
                "kind",
                "text",
                "low",
                "high",
                "qualifier",
                "unit",
                "noun",
                "counted",
                "said_by",
            ],
            Self::Statements => &[
                "watch", "story", "url", "version", "from", "gone", "until", "manner", "text",
                "negated", "said_by", "via",
            ],
            Self::Changes => &[
                "watch",
                "story",
                "url",
                "version",
                "at",
                "kind",
                "aspect",
                "severity",
                "noun",
                "unit",
                "old",
                "new",
                "percent",
                "old_sentence",
                "new_sentence",
                "told",
                "reason",
            ],
            Self::Alerts => &[
                "alert",
                "at",
                "watch",
                "story",
                "url",
                "headline",
                "kind",
                "severity",
                "summary",
                "reason",
                "old_version",
                "new_version",
                "changes",
            ],
        }
    }
}

/// What is exported.
pub(super) struct Scope {
    stories: Vec<StoryEntry>,
    all: bool,
    since: Option<Timestamp>,
}

impl Scope {
    /// The stories that go by `word`, an identifier, a watch or a list; all of them where none is named.
    pub(super) async fn find(
        store: &Store,
        word: Option<&str>,
        since: Option<Timestamp>,
    ) -> anyhow::Result<Self> {
        let mut stories = store.stories().await?;
        if let Some(word) = word {
            let goes_by = |story: &StoryEntry| {
                let list = story.watch.list();
                story.id.as_str() == word
                    || story.watch.as_str() == word
                    || list.is_some_and(|list| list.as_str() == word)
            };
            stories.retain(goes_by);
            if stories.is_empty() {
                return Err(anyhow::anyhow!("no story or watch is called `{word}`")
                    .context(Hint("claimwatch stories lists them".to_owned())));
            }
        }
        Ok(Self {
            stories,
            all: word.is_none(),
            since,
        })
    }

    fn has(&self, at: Timestamp) -> bool {
        self.since.is_none_or(|since| at >= since)
    }
}

/// Writes a table and gives the number of its rows.
pub(super) async fn write(
    store: &Store,
    kind: Kind,
    scope: &Scope,
    form: Form,
    out: &mut dyn Write,
) -> anyhow::Result<u64> {
    let mut rows = Rows::begin(out, form, kind.columns())?;
    if kind == Kind::Alerts {
        alerts(store, scope, &mut rows).await?;
        return Ok(rows.count);
    }
    for story in &scope.stories {
        match kind {
            Kind::Figures => figures(store, story, scope, &mut rows).await?,
            Kind::Statements => statements(store, story, scope, &mut rows).await?,
            Kind::Versions | Kind::Changes | Kind::Alerts => {
                let mut last = 0;
                while let Some(happened) = next(store, story, last).await? {
                    for one in &happened {
                        last = one.version.number;
                        if scope.has(one.version.first_seen) {
                            of_version(kind, story, one, &mut rows)?;
                        }
                    }
                }
            }
        }
    }
    Ok(rows.count)
}

/// The versions that follow the version `last`, oldest first; `None` behind the last one.
pub(super) async fn next(
    store: &Store,
    story: &StoryEntry,
    last: u32,
) -> anyhow::Result<Option<Vec<Happened>>> {
    if last >= story.versions {
        return Ok(None);
    }
    let before = last.saturating_add(AT_A_TIME + 1);
    let mut happened = store.versions(&story.id, before, AT_A_TIME).await?;
    happened.retain(|one| one.version.number > last);
    happened.reverse();
    Ok(Some(happened).filter(|happened| !happened.is_empty()))
}

/// Who watches what: the first columns of every table of a story.
fn source(story: &StoryEntry) -> [Cell; 3] {
    [
        story.watch.as_str().into(),
        story.id.as_str().into(),
        story.url.as_str().into(),
    ]
}

fn of_version(
    kind: Kind,
    story: &StoryEntry,
    one: &Happened,
    rows: &mut Rows<'_>,
) -> anyhow::Result<()> {
    if kind == Kind::Changes {
        return changes(story, one, rows);
    }
    let version = &one.version;
    let [watch, id, url] = source(story);
    rows.add(&[
        watch,
        id,
        url,
        version.number.into(),
        version.first_seen.into(),
        version.last_seen.into(),
        version.headline.as_str().into(),
        version.sha256.as_str().into(),
        version.reader.as_str().into(),
        version.kept.into(),
        version.archive_url.as_deref().into(),
        u32::try_from(one.changes.len()).unwrap_or(u32::MAX).into(),
    ])?;
    Ok(())
}

fn changes(story: &StoryEntry, one: &Happened, rows: &mut Rows<'_>) -> anyhow::Result<()> {
    for recorded in &one.changes {
        let change = &recorded.change;
        let (old, new) = (change.old.as_ref(), change.new.as_ref());
        let either = new.or(old);
        let percent = change.delta.and_then(|delta| delta.percent);
        let [watch, id, url] = source(story);
        rows.add(&[
            watch,
            id,
            url,
            one.version.number.into(),
            one.version.first_seen.into(),
            change.kind.as_str().into(),
            change.aspect.map(claims_aspect).into(),
            change.severity.as_str().into(),
            either.and_then(|side| side.noun.as_deref()).into(),
            either.and_then(|side| side.unit.as_deref()).into(),
            old.map(|side| side.text.as_str()).into(),
            new.map(|side| side.text.as_str()).into(),
            percent.map(|percent| percent.middle.round_dp(2)).into(),
            old.map(|side| side.sentence.as_str()).into(),
            new.map(|side| side.sentence.as_str()).into(),
            recorded.told.into(),
            recorded.reason.as_str().into(),
        ])?;
    }
    Ok(())
}

fn claims_aspect(aspect: crate::compare::Aspect) -> &'static str {
    aspect.as_str()
}

async fn figures(
    store: &Store,
    story: &StoryEntry,
    scope: &Scope,
    rows: &mut Rows<'_>,
) -> anyhow::Result<()> {
    let mut after = 0;
    loop {
        let stands = store.figures_of(&story.id, after, AT_A_TIME).await?;
        let Some((last, _)) = stands.last() else {
            return Ok(());
        };
        after = *last;
        for (_, stand) in stands {
            if stand.until.is_none_or(|until| scope.has(until)) {
                figure(story, stand, rows)?;
            }
        }
    }
}

fn figure(story: &StoryEntry, stand: FigureStand, rows: &mut Rows<'_>) -> anyhow::Result<()> {
    let [watch, id, url] = source(story);
    rows.add(&[
        watch,
        id,
        url,
        stand.since.into(),
        stand.at.into(),
        stand.gone.into(),
        stand.until.into(),
        stand.kind.into(),
        stand.text.into(),
        stand.low.into(),
        stand.high.into(),
        stand.qualifier.into(),
        stand.unit.into(),
        stand.noun.into(),
        stand.counted.into(),
        stand.said_by.into(),
    ])?;
    Ok(())
}

/// A statement by what it says: manner, words, whether it denies, who says it, and to whom.
type Said = (Manner, String, bool, Option<String>, Option<String>);

fn said(statement: Statement) -> Said {
    let (name, via) = match statement.said_by {
        Some(source) => (Some(source.name), source.via),
        None => (None, None),
    };
    (
        statement.manner,
        statement.text,
        statement.negated,
        name,
        via,
    )
}

/// The statements of a story as its stored texts are read now, each from the version that brought it to the one that no
/// longer has it. Where a text is no longer kept, what stood before it ends with it.
async fn statements(
    store: &Store,
    story: &StoryEntry,
    scope: &Scope,
    rows: &mut Rows<'_>,
) -> anyhow::Result<()> {
    let mut standing: BTreeMap<Said, (u32, Timestamp)> = BTreeMap::new();
    let mut last = 0;
    while let Some(happened) = next(store, story, last).await? {
        for one in happened {
            let (number, at) = (one.version.number, one.version.first_seen);
            last = number;
            let mut now: BTreeMap<Said, (u32, Timestamp)> = BTreeMap::new();
            if one.version.kept {
                let body = store.body(&story.id, number).await?;
                for statement in claims::read(&body).statements {
                    let said = said(statement);
                    let since = standing.get(&said).copied().unwrap_or((number, at));
                    now.insert(said, since);
                }
            }
            let gone = |said: &Said| !now.contains_key(said);
            let mut ended: Vec<_> = standing
                .into_iter()
                .filter(|(said, _)| gone(said))
                .collect();
            ended.sort_by_key(|(_, since)| *since);
            for (said, since) in ended.into_iter().filter(|_| scope.has(at)) {
                statement(story, said, since, Some((number, at)), rows)?;
            }
            standing = now;
        }
    }
    let mut lasting: Vec<_> = standing.into_iter().collect();
    lasting.sort_by_key(|(_, since)| *since);
    for (said, since) in lasting {
        statement(story, said, since, None, rows)?;
    }
    Ok(())
}

fn statement(
    story: &StoryEntry,
    (manner, text, negated, said_by, via): Said,
    since: (u32, Timestamp),
    gone: Option<(u32, Timestamp)>,
    rows: &mut Rows<'_>,
) -> anyhow::Result<()> {
    let [watch, id, url] = source(story);
    let manner = match manner {
        Manner::Quote => "quote",
        Manner::Reported => "reported",
        Manner::Plain => "plain",
    };
    rows.add(&[
        watch,
        id,
        url,
        since.0.into(),
        since.1.into(),
        gone.map(|(number, _)| number).into(),
        gone.map(|(_, at)| at).into(),
        manner.into(),
        text.into(),
        negated.into(),
        said_by.into(),
        via.into(),
    ])?;
    Ok(())
}

async fn alerts(store: &Store, scope: &Scope, rows: &mut Rows<'_>) -> anyhow::Result<()> {
    let mut after = 0;
    loop {
        let alerts = store.alerts_after(after, AT_A_TIME).await?;
        let Some((last, _)) = alerts.last() else {
            return Ok(());
        };
        after = *last;
        for alert in alerts.into_iter().filter_map(|(_, alert)| alert) {
            let story = alert.story.as_ref();
            let mut known = scope.stories.iter();
            let wanted =
                scope.all || story.is_some_and(|story| known.any(|known| known.id == story.id));
            if !wanted || !scope.has(alert.at) || alert.test {
                continue;
            }
            rows.add(&[
                alert.alert_id.as_str().into(),
                alert.at.into(),
                alert.watch.id.as_str().into(),
                story.map(|story| story.id.as_str()).into(),
                story.map(|story| story.url.as_str()).into(),
                story.map(|story| story.title.as_str()).into(),
                alert.kind.as_str().into(),
                alert.severity.as_str().into(),
                alert.summary.as_str().into(),
                alert.watch.reason.as_str().into(),
                alert.old.as_ref().map(|version| version.version).into(),
                alert.new.as_ref().map(|version| version.version).into(),
                u32::try_from(alert.changes.len())
                    .unwrap_or(u32::MAX)
                    .into(),
            ])?;
        }
    }
}
