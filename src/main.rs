//! The claimwatch program: everything it does is one verb of [`claimwatch::cli`].

use std::process::ExitCode;

/// Reading pages makes and drops many small things on many threads.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    claimwatch::cli::main()
}
