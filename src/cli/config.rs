//! `claimwatch config check` and `config show`.

use std::io::Write;

use clap::Subcommand;

use super::{Common, Ending, opened};

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
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let config = opened::config(common)?;
    match arguments.what {
        What::Check => {
            for warning in &config.warnings {
                eprintln!("warning: {warning}");
            }
            // The service runs this before it starts and before it reloads.
            if config.exposes_secrets {
                return Ok(Ending::Trouble);
            }
            let watches = config.watches.len();
            let plural = if watches == 1 { "watch" } else { "watches" };
            writeln!(
                out,
                "{}: {watches} {plural}, no mistakes",
                common.config.display()
            )?;
        }
        What::Show => write!(out, "{}", config.show())?,
    }
    Ok(Ending::Well)
}
