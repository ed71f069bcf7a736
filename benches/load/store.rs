//! The configurations, and a store that knows many watches before the service starts.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use claimwatch::alert::{StoryId, WatchName};
use claimwatch::store::{Article, Enrolled, Listing, Store, Validators};
use jiff::{SignedDuration, Timestamp};

use super::site::Site;

/// Articles that one list may have.
const ARTICLES_PER_LIST: u32 = 5_000;
/// The lists themselves are not looked at meanwhile.
const LATER: SignedDuration = SignedDuration::from_hours(24);
/// What every configuration has.
const HEAD: &str =
    "store: state.db\nfetch: {allow_networks: [127.0.0.1/32], pace: 0s, per_host: 8}\n";

/// A watch for each story.
pub fn config_of_stories(site: &Site, stories: u32) -> String {
    let mut config = format!("{HEAD}watches:\n");
    for story in 0..stories {
        // Writing to a String cannot fail.
        let _ = writeln!(
            config,
            "  - {{name: story-{story}, url: '{}'}}",
            site.url(story)
        );
    }
    config
}

/// Which story is due when.
pub struct Plan {
    watches: u32,
    lists: u32,
    rate: u32,
    begin: Timestamp,
}

impl Plan {
    /// So many watches, `rate` of them due each second from `after` now on.
    pub fn new(watches: u32, rate: u32, after: Duration) -> Self {
        Self {
            watches,
            lists: watches.div_ceil(ARTICLES_PER_LIST),
            rate,
            begin: later(Timestamp::now(), after),
        }
    }

    /// When a story is due: they are dealt out to the lists in turn.
    pub fn due(&self, story: u32) -> Timestamp {
        let list = later(self.begin, self.step() * (story % self.lists));
        later(list, self.pause() * (story / self.lists))
    }

    /// The time between two stories.
    fn step(&self) -> Duration {
        Duration::from_secs(1) / self.rate
    }

    /// The time between two stories of one list.
    fn pause(&self) -> Duration {
        self.step() * self.lists
    }
}

fn later(time: Timestamp, by: Duration) -> Timestamp {
    time.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// Writes a store in which the watches of `plan` are known, as articles of lists, and gives its configuration.
pub async fn prepare(folder: &Path, site: &Site, plan: &Plan) -> anyhow::Result<PathBuf> {
    let mut config = format!("{HEAD}watches:\n");
    let (mut lists, mut names) = (Vec::new(), Vec::new());
    // One list more, with the story that is due at once.
    for list in 0..=plan.lists {
        let name = WatchName::new(&format!("list-{list}")).expect("a plain word");
        let url = format!("http://127.0.0.1:{}/list/{list}", site.ports[0]);
        let _ = writeln!(
            config,
            "  - {{name: {name}, feed: '{url}', limit: {ARTICLES_PER_LIST}, robots: false, follow_for: 30d}}"
        );
        lists.push(Enrolled {
            name: name.clone(),
            url: url.clone(),
            due: Timestamp::now() + LATER,
            list: None,
        });
        names.push((name, url));
    }
    let path = folder.join("config.yaml");
    std::fs::write(&path, config)?;
    let read = claimwatch::config::read(&path, &claimwatch::secret::Process)?;
    for (enrolled, watch) in lists.iter_mut().zip(&read.watches) {
        enrolled.list = watch.list.as_ref().map(claimwatch::config::List::reading);
    }
    let store = Store::open(&read.store)?;
    store.enroll(lists, Timestamp::now()).await?;
    let now = Timestamp::now();
    for (number, list) in (0..).zip(&names) {
        let listing = if number == plan.lists {
            let only = plan.watches..=plan.watches;
            listing(list, now, only, plan, site)
        } else {
            let stories = (number..plan.watches).step_by(plan.lists as usize);
            listing(list, plan.due(number), stories, plan, site)
        };
        store.record_list(listing).await?;
    }
    Ok(path)
}

/// A look at a list that named these stories, the first of them due `at` once.
fn listing(
    (name, url): &(WatchName, String),
    at: Timestamp,
    stories: impl Iterator<Item = u32>,
    plan: &Plan,
    site: &Site,
) -> Listing {
    let article = |story: u32| Article {
        key: format!("127.0.0.1/story/{story}"),
        url: site.url(story),
        published: None,
        forbidden: false,
    };
    Listing {
        watch: name.clone(),
        story: StoryId::of(name, url),
        at,
        next_due: Some(Timestamp::now() + LATER),
        validators: Validators::default(),
        articles: stories.map(article).collect(),
        until: at + LATER,
        most: ARTICLES_PER_LIST as usize,
        pause: plan.pause(),
        alerts: Vec::new(),
        in_trouble: false,
    }
}
