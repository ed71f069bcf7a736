//! `claimwatch resend`: a parked alert goes out again.

use std::io::Write;

use super::{Common, Ending, Hint, opened, runtime};
use crate::alert::AlertId;
use crate::clock::Clock;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The alert, as `claimwatch deliveries` names it
    alert: String,
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let config = opened::config_without_secrets(common)?;
    let alert = AlertId::from_typed(&arguments.alert);
    let count = runtime()?.block_on(async {
        anyhow::Ok(
            opened::store(&config)?
                .resend(&alert, Clock::system().now())
                .await?,
        )
    })?;
    if count == 0 {
        return Err(anyhow::anyhow!("no parked delivery of alert `{alert}`")
            .context(Hint("claimwatch deliveries --failed lists them".to_owned())));
    }
    let plural = if count == 1 {
        "delivery waits"
    } else {
        "deliveries wait"
    };
    writeln!(
        out,
        "{count} {plural} again; `claimwatch run` sends it within seconds"
    )?;
    Ok(Ending::Well)
}
