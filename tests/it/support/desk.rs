//! A local page over stories that were written into the store: long and short, from right to left, hostile, in trouble.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use claimwatch::alert::{StoryId, WatchName};
use claimwatch::clock::Clock;
use claimwatch::compare::{self, Change, ChangeKind, Severity};
use claimwatch::services::Services;
use claimwatch::store::{ClaimValues, Failed, NewPage, Record, Recorded, Store, Validators};
use claimwatch::story::{Paragraph, Role, Story};
use claimwatch::{check, claims, config, fetch, secret};
use jiff::{SignedDuration, Timestamp};

/// A store with a configuration, and the stories that were last recorded.
pub struct Desk {
    pub services: Arc<Services>,
    now: Timestamp,
    latest: BTreeMap<WatchName, (u32, Story)>,
    _folder: tempfile::TempDir,
}

/// When a story was published, under which name, and what it said.
pub struct Edit<'a> {
    pub minutes_ago: i64,
    pub headline: &'a str,
    pub paragraphs: &'a [&'a str],
    /// What stands below it as a correction.
    pub correction: Option<&'a str>,
}

impl Desk {
    /// A desk at which it is `now`.
    pub async fn open(text: &str, now: Timestamp) -> Self {
        fetch::install_crypto();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.yaml");
        let config = config::from_text(text, &path, &secret::Process);
        let config = config.unwrap_or_else(|mistakes| panic!("{mistakes}\n{text}"));
        let store = Store::open_exclusive(&config.store).unwrap();
        let clock = Clock::from_fn(move || now);
        let services = Arc::new(Services::new(config, store, clock).unwrap());
        services.enroll(now).await.unwrap();
        Self {
            services,
            now,
            latest: BTreeMap::new(),
            _folder: folder,
        }
    }

    /// The folder of the configuration and the store.
    pub fn folder(&self) -> &Path {
        self._folder.path()
    }

    /// The identifier of the story of a watch.
    pub fn story(&self, watch: &str) -> StoryId {
        let watch = self.services.watch(&WatchName::new(watch).unwrap());
        let watch = watch.expect("it is watched");
        StoryId::of(&watch.name, &watch.url)
    }

    /// A version of the story of `watch`, as an outlet had it.
    pub async fn edit(&mut self, watch: &str, outlet: &str, edit: &Edit<'_>) {
        let mut story = Story::from_text(edit.headline, edit.paragraphs);
        story.outlet = Some(outlet.to_owned());
        story
            .paragraphs
            .extend(edit.correction.map(|text| Paragraph {
                role: Role::Correction,
                text: text.to_owned(),
            }));
        let at = self.now - SignedDuration::from_mins(edit.minutes_ago);
        self.record(watch, story, at).await;
    }

    /// A version of the story of `watch` that was found at `at`.
    pub async fn record(&mut self, watch: &str, story: Story, at: Timestamp) {
        let watch = WatchName::new(watch).unwrap();
        let url = self
            .services
            .watch(&watch)
            .expect("it is watched")
            .url
            .clone();
        let known = self.latest.get(&watch);
        let number = known.map_or(1, |(number, _)| number + 1);
        let changes = known.map_or_else(Vec::new, |(_, old)| {
            let changes = compare::versions(old, &story).changes;
            changes.into_iter().map(judged).collect()
        });
        let figures = claims::read(&story).figures.into_iter();
        let record = Record {
            archive: false,
            watch: watch.clone(),
            story: StoryId::of(&watch, &url),
            expected: (number > 1).then(|| number - 1),
            at,
            next_due: Some(self.now + SignedDuration::from_mins(i64::from(number))),
            validators: Validators::default(),
            page: NewPage {
                url,
                content_type: None,
                head: None,
                sha256: format!("{number:064x}"),
                bytes: format!("{story:?}").into_bytes(),
                reader: "desk/1".to_owned(),
                story: story.clone(),
                container: None,
            },
            changes,
            figures: figures
                .filter(claims::Figure::is_claim)
                .filter_map(|figure| Some((figure.clone(), story.slice(figure.span)?.to_owned())))
                .collect(),
            alerts: Vec::new(),
            last_alerted: BTreeMap::new(),
            flips: BTreeMap::new(),
            claims: ClaimValues::default(),
        };
        self.services.store.record(record).await.unwrap();
        self.latest.insert(watch, (number, story));
    }

    /// A check of `watch` that found no story.
    pub async fn fail(&self, watch: &str, error: &str, removed: bool) {
        let failed = Failed {
            watch: WatchName::new(watch).unwrap(),
            story: self.story(watch),
            at: self.now - SignedDuration::from_mins(3),
            next_due: Some(self.now + SignedDuration::from_mins(7)),
            error: error.to_owned(),
            kind: "status".to_owned(),
            missing: removed,
            removed,
            problem_told: false,
            alerts: Vec::new(),
        };
        self.services.store.failed(failed).await.unwrap();
    }

    /// Looks up what the stories say of the claims that are followed.
    pub async fn settle(&self) {
        check::standing::refresh(&self.services).await.unwrap();
        check::disagreement::review(&self.services).await.unwrap();
    }
}

/// What is told here: what is told where no claim is followed.
fn judged(change: Change) -> Recorded {
    let told = change.severity >= Severity::Medium && change.kind != ChangeKind::BylineChanged;
    let (kind, severity) = (change.kind.as_str(), change.severity.as_str());
    Recorded {
        change,
        told,
        reason: format!("kind {kind} is of {severity} severity, and medium and above are told"),
    }
}
