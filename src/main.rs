//! The claimwatch program: everything it does is one verb of [`claimwatch::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    claimwatch::cli::main()
}
