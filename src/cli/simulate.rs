//! `claimwatch simulate`: the rules of a changed configuration over the stored history. Nothing is stored or sent.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{Common, Ending, Hint, diff, opened, runtime, table};
use crate::alert::render::subject;
use crate::alert::render::{SubjectStyle, lead};
use crate::check::replay::{self, Replay, Replayed, Silenced};
use crate::clock::Clock;
use crate::config;
use crate::records;
use crate::services::Services;
use crate::store::{Destination, Store, Why};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// From when on: a time (7d ago), a date or an instant; all of the history where nothing is said
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// The database, where the changed configuration does not name that of the service
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let mut config = opened::config_without_secrets(common)?;
    if let Some(store) = &arguments.store {
        config.store = store.into();
    }
    let clock = Clock::system();
    let since = match &arguments.since {
        Some(typed) => since(typed, clock.now())?,
        None => Timestamp::MIN,
    };
    let replay = runtime()?.block_on(async {
        let store = Store::open_existing(&config.store)?;
        let services = Services::new(config, store, clock)?;
        anyhow::Ok(replay::replay(&services, since).await?)
    })?;
    if common.json {
        as_json(&replay, out)?;
    } else {
        show(&replay, out)?;
    }
    Ok(Ending::Well)
}

/// `7d`, `2026-03-01` or `2026-03-01T08:00:00Z`.
pub(super) fn since(typed: &str, now: Timestamp) -> anyhow::Result<Timestamp> {
    if let Ok(length) = config::length_of_time(typed) {
        let length = SignedDuration::try_from(length).context("the time is too long")?;
        return Ok(now.checked_sub(length).unwrap_or(Timestamp::MIN));
    }
    if let Ok(at) = typed.parse::<Timestamp>() {
        return Ok(at);
    }
    let date = typed.parse::<Date>().ok();
    let midnight = date.and_then(|date| date.to_zoned(TimeZone::UTC).ok());
    midnight.map(|zoned| zoned.timestamp()).ok_or_else(|| {
        anyhow::anyhow!("`{typed}` is no time").context(Hint(
            "write 7d, 2026-03-01 or 2026-03-01T08:00:00Z".to_owned(),
        ))
    })
}

fn show(replay: &Replay, out: &mut dyn Write) -> anyhow::Result<()> {
    for replayed in &replay.alerts {
        show_alert(replayed, out)?;
    }
    if !replay.silenced.is_empty() {
        writeln!(out, "Told then, and not by these rules:")?;
    }
    for silenced in &replay.silenced {
        show_silenced(silenced, out)?;
    }
    let others = replay.alerts.iter();
    let others = others
        .filter(|replayed| replayed.alert.changes.is_empty())
        .count();
    let alerts = replay.alerts.len() - others;
    let others = match others {
        0 => String::new(),
        number => format!(", {number} of stories that were gone, back or at odds"),
    };
    writeln!(
        out,
        "{alerts} {} of {} {}{others}; then {} told.",
        if alerts == 1 { "alert" } else { "alerts" },
        replay.told,
        if replay.told == 1 {
            "change"
        } else {
            "changes"
        },
        match replay.told_then {
            0 => "none was".to_owned(),
            1 => "1 was".to_owned(),
            number => format!("{number} were"),
        }
    )?;
    Ok(())
}

fn show_alert(replayed: &Replayed, out: &mut dyn Write) -> anyhow::Result<()> {
    let alert = &replayed.alert;
    let subject = subject::subject(alert, SubjectStyle::Change);
    writeln!(
        out,
        "{}  {}  {}",
        table::time(alert.at),
        alert.watch.id,
        table::plain(&subject)
    )?;
    let mut to: Vec<String> = replayed.to.iter().map(destination).collect();
    to.dedup();
    let to = if to.is_empty() {
        "nobody".to_owned()
    } else {
        to.join(", ")
    };
    let then = if replayed.told_then {
        "told then as well"
    } else {
        "not told then"
    };
    writeln!(out, "  to {to}; {then}")?;
    writeln!(out, "  {}", table::plain(&alert.watch.reason))?;
    Ok(())
}

/// A receiver, and until when it would have waited.
fn destination(to: &Destination) -> String {
    let until = |until: Timestamp| table::time(until);
    match to.hold {
        None => to.receiver.to_string(),
        Some(hold) => match hold.why {
            Why::Digest => format!("{} (digest of {})", to.receiver, until(hold.until)),
            Why::Quiet => format!("{} (quiet until {})", to.receiver, until(hold.until)),
            Why::Surplus => format!("{} (in a summary at {})", to.receiver, until(hold.until)),
        },
    }
}

fn show_silenced(silenced: &Silenced, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(
        out,
        "{}  {}  {}",
        table::time(silenced.at),
        silenced.watch,
        table::plain(&diff::headline(&silenced.change))
    )?;
    writeln!(out, "  {}", table::plain(&silenced.reason.to_string()))?;
    Ok(())
}

fn as_json(replay: &Replay, out: &mut dyn Write) -> anyhow::Result<()> {
    for replayed in &replay.alerts {
        let alert = &replayed.alert;
        let to = replayed.to.iter().map(|to| {
            let held = to
                .hold
                .map(|hold| json!({"why": hold.why.as_str(), "until": hold.until}));
            json!({"receiver": to.receiver, "address": to.address, "held": held})
        });
        let changes = alert.changes.iter().map(|change| {
            let lead = lead::lead(change, lead::Form::Full);
            json!({"kind": change.kind, "severity": change.severity, "claim": change.claim,
                   "summary": subject::joined(&lead)})
        });
        let line = json!({
            "at": alert.at,
            "watch": alert.watch.id,
            "story": alert.story.as_ref().map(|story| &story.id),
            "version": alert.new.as_ref().map(|new| new.version),
            "kind": alert.kind,
            "severity": alert.severity,
            "subject": subject::subject(alert, SubjectStyle::Change),
            "reason": alert.watch.reason,
            "to": to.collect::<Vec<_>>(),
            "changes": changes.collect::<Vec<_>>(),
            "told": true,
            "told_then": replayed.told_then,
        });
        writeln!(out, "{line}")?;
    }
    for silenced in &replay.silenced {
        let line = json!({
            "at": silenced.at,
            "watch": silenced.watch,
            "version": silenced.version,
            "change": records::compare::change(&silenced.change),
            "reason": silenced.reason.to_string(),
            "told": false,
            "told_then": true,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
