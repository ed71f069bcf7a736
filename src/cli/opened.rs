//! A page or file named on the command line, opened.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;

use super::{Common, Hint, read, runtime};
use crate::alert::StoryId;
use crate::config::{self, Config};
use crate::store::Store;
use crate::story::{self, NotAStory, Story};
use crate::{fetch, secret};

/// The largest file read, in bytes.
const MAX_FILE_BYTES: u64 = 64 << 20;

/// A page in hand.
pub(super) struct Document {
    source: String,
    url: String,
    content_type: Option<String>,
    bytes: Vec<u8>,
    /// How long opening took.
    pub(super) elapsed: Duration,
}

/// Opens `source`: an address is fetched with the manners of the configuration, or the usual ones where there is none; all else
/// is a file.
pub(super) fn open(source: &str, config: &Path, shown: Shown) -> anyhow::Result<Document> {
    let started = Instant::now();
    let mut document = if source.starts_with("http://") || source.starts_with("https://") {
        fetched(source, config, shown)?
    } else {
        file(source)?
    };
    document.elapsed = started.elapsed();
    Ok(document)
}

/// Whether a page is taken as it is served or as a browser shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    AsServed,
    ByBrowser,
}

fn fetched(url: &str, config: &Path, shown: Shown) -> anyhow::Result<Document> {
    let options = if config.exists() {
        config_at(config)?.fetch
    } else {
        fetch::Options::default()
    };
    let client = fetch::Client::new(&options)?;
    let access = fetch::Access {
        browser: shown == Shown::ByBrowser,
        ..fetch::Access::default()
    };
    let fetched = runtime()?.block_on(async {
        let known = fetch::Validators::default();
        let fetched = client.get_as(url, &known, &access).await;
        client.close().await;
        fetched
    })?;
    let fetch::Fetched::Page(page) = fetched else {
        anyhow::bail!("{url} answered \"not modified\" to a first request");
    };
    Ok(Document {
        source: url.to_owned(),
        url: page.url,
        content_type: page.content_type,
        bytes: page.bytes,
        elapsed: Duration::ZERO,
    })
}

fn file(path: &str) -> anyhow::Result<Document> {
    let size = std::fs::metadata(path)
        .map_err(|error| {
            anyhow::Error::new(error)
                .context(format!("cannot read `{path}`"))
                .context(Hint(
                    "name a file, or an address that starts with http:// or https://".to_owned(),
                ))
        })?
        .len();
    anyhow::ensure!(
        size <= MAX_FILE_BYTES,
        "`{path}` is larger than {} MiB",
        MAX_FILE_BYTES >> 20
    );
    let bytes = std::fs::read(path).with_context(|| format!("cannot read `{path}`"))?;
    let content_type = Path::new(path)
        .extension()
        .filter(|extension| extension.eq_ignore_ascii_case("txt"))
        .map(|_| "text/plain".to_owned());
    Ok(Document {
        source: path.to_owned(),
        url: String::new(),
        content_type,
        bytes,
        elapsed: Duration::ZERO,
    })
}

impl Document {
    /// Whether it came from the network.
    pub(super) fn is_from_the_web(&self) -> bool {
        !self.url.is_empty()
    }

    /// The story in it, or an error that says what stands there instead.
    pub(super) fn story(&self, options: &story::Options) -> anyhow::Result<Story> {
        let page = story::Page {
            bytes: &self.bytes,
            content_type: self.content_type.as_deref(),
            url: &self.url,
        };
        story::read(&page, options).map_err(|why: NotAStory| read::no_story(&self.source, &why))
    }
}

/// The configuration named on the command line.
pub(super) fn config(common: &Common) -> anyhow::Result<Config> {
    config_at(&common.config)
}

/// The configuration at `path`.
pub(super) fn config_at(path: &Path) -> anyhow::Result<Config> {
    Ok(config::read(path, &secret::Process)?)
}

/// The configuration, for the verbs that look back: secrets that only the service is given are not asked for.
pub(super) fn config_without_secrets(common: &Common) -> anyhow::Result<Config> {
    Ok(config::read(&common.config, &secret::LookingBack)?)
}

/// The store of the configuration, for the verbs that look back.
pub(super) fn store(config: &Config) -> anyhow::Result<Store> {
    Ok(Store::open_existing(&config.store)?)
}

/// The story named on the command line, by its identifier or its watch.
pub(super) async fn story(store: &Store, word: &str) -> anyhow::Result<StoryId> {
    store.find_story(word).await?.ok_or_else(|| {
        anyhow::anyhow!("no story or watch is called `{word}`")
            .context(Hint("claimwatch stories lists them".to_owned()))
    })
}
