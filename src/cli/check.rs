//! `claimwatch check`: every watch, or those named, checked now and once. Stores and delivers as the daemon does.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

use anyhow::Context;
use serde_json::json;
use tokio::task::JoinSet;

use super::{Common, Ending, Hint, diff, opened, runtime, table};
use crate::alert::{WatchName, render};
use crate::check::{self, Outcome};
use crate::clock::Clock;
use crate::compare::{Comparison, Severity};
use crate::config::Config;
use crate::daemon::memory;
use crate::outbox;
use crate::records;
use crate::services::Services;
use crate::store::{self, Store};

/// Checks in hand at once.
const MAX_CHECKS: usize = 32;
/// Deliveries taken from the outbox at once.
const MAX_DELIVERIES: u32 = 16;
/// Under which name this run holds its deliveries.
const HOLDER: &str = "check";

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The watches to check; all where none is named
    watches: Vec<String>,
    /// Look and compare only: store nothing, send nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    memory::order();
    let mut config = opened::config(common)?;
    // Only `config show` asks for them, and they outweigh the watches.
    config.origins.clear();
    let names = selected(arguments, &config)?;
    runtime()?.block_on(async {
        let (names, outcomes) = if arguments.dry_run {
            dry_run(config, names, common.json).await?
        } else {
            let store = Store::open(&config.store)?;
            let services = services(config, store, common)?;
            services.enroll(services.clock.now()).await?;
            check::standing::refresh(&services).await?;
            let checked = check_with_articles(&services, names, common.json).await?;
            check::disagreement::review(&services).await?;
            deliver(&services).await?;
            services.say_goodbye().await;
            checked
        };
        report(&names, &outcomes, common, out)
    })
}

/// The watches named, in the order of the configuration, and behind them the articles named.
fn selected(arguments: &Arguments, config: &Config) -> anyhow::Result<Vec<WatchName>> {
    let known = || config.watches.iter().map(|watch| &watch.name);
    let mut articles = Vec::new();
    for name in &arguments.watches {
        let article = WatchName::of_any(name).filter(|name| name.list().is_some());
        let article = article.filter(|name| known().any(|list| Some(list) == name.list().as_ref()));
        if let Some(article) = article {
            articles.push(article);
        } else if !known().any(|watch| watch.as_str() == name) {
            return Err(anyhow::anyhow!("no watch is called `{name}`")
                .context(Hint("claimwatch status lists them".to_owned())));
        }
    }
    let is_wanted = |name: &&WatchName| {
        arguments.watches.is_empty()
            || arguments
                .watches
                .iter()
                .any(|wanted| wanted == name.as_str())
    };
    let mut selected: Vec<WatchName> = known().filter(is_wanted).cloned().collect();
    selected.extend(articles);
    Ok(selected)
}

fn services(config: Config, store: Store, common: &Common) -> anyhow::Result<Arc<Services>> {
    let mut services = Services::new(config, store, Clock::system())?;
    // The alerts stand in the JSON; printed as well they would spoil it.
    services.prints = !common.json;
    Ok(Arc::new(services))
}

/// Checks on a copy of the store that is thrown away.
async fn dry_run(config: Config, names: Vec<WatchName>, json: bool) -> anyhow::Result<Checked> {
    let folder = tempfile::tempdir().context("cannot make a folder for the dry run")?;
    let copy = folder.path().join("dry-run.db");
    match Store::open_existing(&config.store) {
        Ok(store) => store.copy_into_file(&copy).await?,
        Err(store::Error::Missing { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    let services = Arc::new(Services::new(config, Store::open(&copy)?, Clock::system())?);
    services.enroll(services.clock.now()).await?;
    let checked = check_with_articles(&services, names, json).await;
    services.say_goodbye().await;
    checked
}

/// The watches that were checked, in their order, and what was found.
type Checked = (Vec<WatchName>, BTreeMap<WatchName, Outcome>);

/// Checks the watches named, and then the articles that the lists among them follow.
async fn check_with_articles(
    services: &Arc<Services>,
    names: Vec<WatchName>,
    json: bool,
) -> anyhow::Result<Checked> {
    let mut outcomes = check_all(services, &names, json).await?;
    let (mut all, mut articles) = (Vec::new(), Vec::new());
    for name in names {
        let is_list = services
            .watch(&name)
            .is_some_and(|watch| watch.list.is_some());
        all.push(name.clone());
        if is_list {
            let followed = services.store.followed(&name).await?;
            all.extend(followed.iter().cloned());
            articles.extend(followed);
        }
    }
    outcomes.extend(check_all(services, &articles, json).await?);
    Ok((all, outcomes))
}

async fn check_all(
    services: &Arc<Services>,
    names: &[WatchName],
    json: bool,
) -> anyhow::Result<BTreeMap<WatchName, Outcome>> {
    let show_progress = !json && names.len() > 1 && io::stderr().is_terminal();
    let mut outcomes = BTreeMap::new();
    let mut tasks: JoinSet<(WatchName, Result<Outcome, store::Error>)> = JoinSet::new();
    let mut waiting = names.iter();
    loop {
        while tasks.len() < MAX_CHECKS
            && let Some(name) = waiting.next()
        {
            let (services, name) = (Arc::clone(services), name.clone());
            tasks.spawn(async move {
                let outcome = match services.watch(&name) {
                    Some(watch) => check::check(&watch, &services, services.clock.now()).await,
                    None => Ok(Outcome::Unchanged),
                };
                (name, outcome)
            });
        }
        let Some(finished) = tasks.join_next().await else {
            break;
        };
        let (name, outcome) =
            finished.context("a check panicked; this is a fault in claimwatch")?;
        outcomes.insert(name, outcome?);
        if show_progress {
            eprint!("\r{} of {} checked", outcomes.len(), names.len());
        }
    }
    if show_progress {
        eprint!("\r\u{1b}[K");
    }
    Ok(outcomes)
}

/// Sends what is due, each delivery once; what fails waits in the outbox for the next run or the daemon.
async fn deliver(services: &Arc<Services>) -> anyhow::Result<()> {
    let until = |now: jiff::Timestamp| now + jiff::SignedDuration::from_mins(5);
    outbox::tell_together(services).await?;
    loop {
        let now = services.clock.now();
        let due = services
            .store
            .lease_deliveries(HOLDER, now, until(now), MAX_DELIVERIES)
            .await?;
        if due.is_empty() {
            return Ok(());
        }
        let mut tasks = JoinSet::new();
        for delivery in due {
            let services = Arc::clone(services);
            tasks.spawn(async move { outbox::deliver(delivery, &services).await });
        }
        while let Some(finished) = tasks.join_next().await {
            finished.context("a delivery panicked; this is a fault in claimwatch")??;
        }
    }
}

fn report(
    names: &[WatchName],
    outcomes: &BTreeMap<WatchName, Outcome>,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let mut ending = Ending::Well;
    let outcomes = names
        .iter()
        .filter_map(|name| outcomes.get(name).map(|outcome| (name, outcome)));
    for (name, outcome) in outcomes {
        if common.json {
            writeln!(out, "{}", as_json(name, outcome))?;
        } else {
            show(name, outcome, out)?;
        }
        let seen = match outcome {
            Outcome::First | Outcome::Unchanged | Outcome::Listed { .. } => Ending::Well,
            Outcome::Changed { changes, .. }
                if changes
                    .iter()
                    .all(|change| change.severity < Severity::Medium) =>
            {
                Ending::Well
            }
            Outcome::Changed { .. } => Ending::Changed,
            Outcome::Failed { .. } | Outcome::Postponed { .. } => Ending::Trouble,
        };
        ending = ending.max(seen);
    }
    Ok(ending)
}

fn show(name: &WatchName, outcome: &Outcome, out: &mut dyn Write) -> anyhow::Result<()> {
    match outcome {
        Outcome::First => writeln!(out, "{name}: first version stored")?,
        Outcome::Unchanged => writeln!(out, "{name}: unchanged")?,
        Outcome::Listed { articles, fresh } => {
            writeln!(out, "{name}: {articles} articles followed, {fresh} new")?;
        }
        Outcome::Failed { cause } => writeln!(out, "{name}: failed: {}", table::plain(cause))?,
        Outcome::Postponed { cause } => writeln!(out, "{name}: put off: {}", table::plain(cause))?,
        Outcome::Changed { changes, .. } => {
            let told = changes.len();
            writeln!(
                out,
                "{name}: changed, {told} {}",
                if told == 1 { "change" } else { "changes" }
            )?;
            let comparison = Comparison {
                changes: changes.clone(),
                ..Comparison::default()
            };
            diff::show(&comparison, out)?;
        }
    }
    Ok(())
}

fn as_json(name: &WatchName, outcome: &Outcome) -> serde_json::Value {
    // To whoever waits for the answer a check that was put off is one that gave none.
    let word = match outcome {
        Outcome::Postponed { .. } => "failed",
        other => other.word(),
    };
    let mut line = json!({"watch": name, "outcome": word, "changes": [], "alert": null});
    match outcome {
        Outcome::First | Outcome::Unchanged => {}
        Outcome::Listed { articles, fresh } => {
            line["articles"] = json!({"followed": articles, "new": fresh});
        }
        Outcome::Failed { cause } | Outcome::Postponed { cause } => line["error"] = json!(cause),
        Outcome::Changed { changes, alert } => {
            line["changes"] = changes.iter().map(records::compare::change).collect();
            if let Some(alert) = alert {
                let subject = render::subject::subject(alert, render::SubjectStyle::Change);
                let text = render::text::text(alert);
                line["alert"] = json!({"id": alert.alert_id, "subject": subject, "text": text});
            }
        }
    }
    line
}
