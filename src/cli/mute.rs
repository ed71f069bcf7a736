//! `claimwatch mute`: quiet about a story or a claim for a while.

use std::io::Write;

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{Common, Ending, Hint, opened, runtime, table};
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::store::{Mute, Store, Target};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A story (its identifier or its watch) or a claim; without it, what is muted is listed
    what: Option<String>,
    /// For how long: 12h, 7d, 2w
    #[arg(long = "for", value_name = "TIME", conflicts_with = "off")]
    time: Option<String>,
    /// Tell of it again
    #[arg(long, requires = "what")]
    off: bool,
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let config = opened::config_without_secrets(common)?;
    let now = Clock::system().now();
    let Some(what) = &arguments.what else {
        anyhow::ensure!(
            arguments.time.is_none(),
            "nothing is named that could be muted"
        );
        let mutes =
            runtime()?.block_on(async { anyhow::Ok(opened::store(&config)?.mutes(now).await?) })?;
        return list(&mutes, common, out);
    };
    let until = until(arguments, now)?;
    runtime()?.block_on(async {
        let store = opened::store(&config)?;
        let target = target(&config, &store, what).await?;
        let name = shown(&target);
        match until {
            Some(until) => {
                store.mute(target, now, until).await?;
                writeln!(out, "{name} is muted until {} UTC", table::time(until))?;
            }
            None if store.unmute(target, now).await? => {
                writeln!(out, "{name} is told of again")?;
            }
            None => writeln!(out, "{name} was not muted")?,
        }
        Ok(Ending::Well)
    })
}

/// Until when to mute; `None` to end it.
fn until(arguments: &Arguments, now: Timestamp) -> anyhow::Result<Option<Timestamp>> {
    if arguments.off {
        return Ok(None);
    }
    let example = || Hint("write for example --for 7d, or --off to end it".to_owned());
    let time = arguments
        .time
        .as_deref()
        .ok_or_else(|| anyhow::anyhow!("for how long?").context(example()))?;
    let length =
        config::length_of_time(time).map_err(|wrong| anyhow::anyhow!(wrong).context(example()))?;
    let length = SignedDuration::try_from(length).context("the time is too long")?;
    Ok(Some(now.checked_add(length).unwrap_or(Timestamp::MAX)))
}

/// The story or claim that goes by `word`.
async fn target(config: &Config, store: &Store, word: &str) -> anyhow::Result<Target> {
    let claim = config.claims.iter().find(|claim| claim.name == word);
    let story = store.find_story(word).await?;
    match (claim, story) {
        (Some(_), Some(story)) => Err(anyhow::anyhow!(
            "both a claim and a watch are called `{word}`"
        )
        .context(Hint(format!(
            "name the story of the watch by its identifier, `{story}`, or rename one of the two"
        )))),
        (Some(claim), None) => Ok(Target::Claim(claim.name.clone())),
        (None, Some(story)) => Ok(Target::Story(story)),
        (None, None) => {
            let known: Vec<&str> = config.claims.iter().map(|c| c.name.as_str()).collect();
            let claims = if known.is_empty() {
                "there are no claims".to_owned()
            } else {
                format!("the claims are: {}", known.join(", "))
            };
            Err(
                anyhow::anyhow!("no story, watch or claim is called `{word}`").context(Hint(
                    format!("claimwatch stories lists the stories; {claims}"),
                )),
            )
        }
    }
}

fn shown(target: &Target) -> String {
    match target {
        Target::Story(story) => format!("story {story}"),
        Target::Claim(claim) => format!("claim {claim}"),
    }
}

fn list(mutes: &[Mute], common: &Common, out: &mut dyn Write) -> anyhow::Result<Ending> {
    if common.json {
        for mute in mutes {
            let (story, claim) = match &mute.target {
                Target::Story(story) => (Some(story), None),
                Target::Claim(claim) => (None, Some(claim)),
            };
            let line =
                json!({"story": story, "claim": claim, "since": mute.since, "until": mute.until});
            writeln!(out, "{line}")?;
        }
        return Ok(Ending::Well);
    }
    if mutes.is_empty() {
        writeln!(out, "Nothing is muted.")?;
    }
    for mute in mutes {
        let (name, until) = (shown(&mute.target), table::time(mute.until));
        writeln!(out, "{name}  muted until {until} UTC")?;
    }
    Ok(Ending::Well)
}
