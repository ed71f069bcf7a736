//! `claimwatch config check`, `config show` and `config schema`.

use std::io::Write;

use clap::Subcommand;

use super::{Common, Ending, opened};
use crate::config::Config;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Find mistakes; exit 2 where there are any
    Check,
    /// Print it with every default filled in, and where each value came from
    Show,
    /// Print its JSON Schema, for editors
    Schema,
}

/// What editors check the file by while it is typed.
const SCHEMA: &str = include_str!("../../docs/config.schema.json");

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    match arguments.what {
        What::Check => check(&opened::config(common)?, common, out),
        What::Show => {
            write!(out, "{}", opened::config(common)?.show())?;
            Ok(Ending::Well)
        }
        What::Schema => {
            out.write_all(SCHEMA.as_bytes())?;
            Ok(Ending::Well)
        }
    }
}

fn check(config: &Config, common: &Common, out: &mut dyn Write) -> anyhow::Result<Ending> {
    for warning in &config.warnings {
        eprintln!("warning: {warning}");
    }
    // The service runs this before it starts and before it reloads.
    if config.exposes_secrets {
        return Ok(Ending::Trouble);
    }
    let watches = config.watches.len();
    let plural = if watches == 1 { "watch" } else { "watches" };
    let file = common.config.display();
    writeln!(out, "{file}: {watches} {plural}, no mistakes")?;
    Ok(Ending::Well)
}
