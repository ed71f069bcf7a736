//! `claimwatch deliveries`: alerts waiting, held, sent and parked.

use std::io::Write;

use serde_json::json;

use super::{Common, Ending, opened, runtime, table};
use crate::store::{DeliveryRow, State, Wanted};

/// How many are listed where nothing is said.
const LISTED: u32 = 100;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Only those given up
    #[arg(long, conflicts_with = "waiting")]
    failed: bool,
    /// Only those that wait
    #[arg(long)]
    waiting: bool,
    /// Only those held for a digest, for quiet hours or for the next hour
    #[arg(long, conflicts_with_all = ["waiting", "failed"])]
    held: bool,
    /// At most this many, the newest
    #[arg(long, value_name = "NUMBER", default_value_t = LISTED)]
    limit: u32,
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let config = opened::config_without_secrets(common)?;
    let asked = [
        (arguments.failed, State::Parked),
        (arguments.waiting, State::Waiting),
        (arguments.held, State::Held),
    ];
    let state = asked.into_iter().find(|(asked, _)| *asked);
    let state = state.map(|(_, state)| state);
    let wanted = Wanted {
        state,
        alert: None,
        limit: Some(arguments.limit),
    };
    let rows = runtime()?
        .block_on(async { anyhow::Ok(opened::store(&config)?.deliveries(wanted).await?) })?;
    if common.json {
        for row in &rows {
            writeln!(out, "{}", as_json(row))?;
        }
        return Ok(Ending::Well);
    }
    if rows.is_empty() {
        writeln!(out, "No deliveries.")?;
    }
    for row in &rows {
        show(row, out)?;
    }
    if rows.iter().any(|row| row.state == State::Parked) {
        writeln!(out, "Send a parked one again:  claimwatch resend ALERT")?;
    }
    Ok(Ending::Well)
}

fn show(row: &DeliveryRow, out: &mut dyn Write) -> anyhow::Result<()> {
    let to = if row.address.is_empty() {
        row.receiver.to_string()
    } else {
        format!("{} <{}>", row.receiver, row.address)
    };
    let when = match row.state {
        State::Waiting => format!("due {}", table::time(row.due)),
        State::Held => format!("until {}", table::time(row.due)),
        State::Sent | State::Parked => row.finished.map_or_else(String::new, table::time),
    };
    writeln!(
        out,
        "{}  {:7}  {when}  to {to}",
        row.alert,
        row.state.as_str()
    )?;
    writeln!(out, "  {}", table::plain(&row.summary))?;
    if let Some(error) = &row.error {
        writeln!(
            out,
            "  {} attempts, the last: {}",
            row.attempts,
            table::plain(error)
        )?;
    }
    Ok(())
}

fn as_json(row: &DeliveryRow) -> serde_json::Value {
    json!({
        "alert": row.alert,
        "watch": row.watch,
        "story": row.story,
        "kind": row.kind,
        "summary": row.summary,
        "receiver": row.receiver,
        "address": row.address,
        "state": row.state.as_str(),
        "attempts": row.attempts,
        "created": row.created,
        "due": row.due,
        "finished": row.finished,
        "error": row.error,
    })
}
