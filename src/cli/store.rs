//! `claimwatch store copy`: everything that is stored, from a file to a server or back.

use std::io::Write;
use std::path::PathBuf;

use serde_json::json;

use super::{Common, Ending, Hint, runtime};
use crate::secret::{Lookup, Process, Secret};
use crate::store::{Place, Server, Store};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Copy everything into an empty database; a password can be given in PGPASSWORD
    Copy {
        /// The database that is read: a file, or postgres://...
        from: String,
        /// The one that is written, which is made where it is not there
        to: String,
    },
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let Action::Copy { from, to } = &arguments.action;
    let (from, to) = (place(from)?, place(to)?);
    let shown = to.to_string();
    let copied = runtime()?.block_on(async {
        let from = Store::open_existing(from)?;
        // Exclusive: no daemon begins on a file that is only half there.
        let to = Store::open_exclusive(to)?;
        anyhow::Ok(from.copy(&to).await?)
    })?;
    if common.json {
        let rows = copied
            .iter()
            .map(|one| (one.table.clone(), one.rows.into()));
        let rows: serde_json::Map<String, serde_json::Value> = rows.collect();
        writeln!(out, "{}", json!({ "to": shown, "rows": rows }))?;
        return Ok(Ending::Well);
    }
    for one in copied.iter().filter(|one| one.rows > 0) {
        writeln!(out, "{:>9}  {}", one.rows, one.table)?;
    }
    writeln!(out, "Copied to {shown}.")?;
    Ok(Ending::Well)
}

fn place(typed: &str) -> anyhow::Result<Place> {
    if !typed.contains("://") {
        return Ok(Place::File(PathBuf::from(typed)));
    }
    let server = Server::read(typed).map_err(|why| {
        anyhow::anyhow!("the address of the database cannot be used: {why}").context(Hint(
            "write postgres://user@host/database?sslmode=verify-full".to_owned(),
        ))
    })?;
    let password = Process.variable("PGPASSWORD");
    Ok(Place::Server(
        match password.and_then(|text| text.into_string().ok()) {
            Some(password) if !server.has_password() => server.with_password(Secret::new(password)),
            _ => server,
        },
    ))
}
