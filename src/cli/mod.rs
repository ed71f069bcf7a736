//! The command line: one verb, one file, help text included.
//!
//! Data goes to standard output, everything else to standard error. The program ends with 0 when all is well, 1 when
//! `check`, `diff` or `compare` saw a change, 2 on trouble.

mod add;
mod backup;
mod check;
mod compare;
mod config;
mod deliveries;
mod demo;
mod diff;
mod export;
mod figures;
mod generate;
mod history;
mod import;
mod init;
mod logging;
mod mute;
mod opened;
mod read;
mod resend;
mod run;
mod simulate;
mod status;
mod store;
mod stories;
mod table;
mod test_alert;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::fetch;

/// Watches news stories and tells, by email and webhook, when a figure or a statement in them changes.
#[derive(Debug, Parser)]
#[command(
    name = "claimwatch",
    version,
    subcommand_required = true,
    arg_required_else_help = true
)]
struct Arguments {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    verb: Verb,
}

/// The options every verb takes.
#[derive(Debug, clap::Args)]
struct Common {
    /// The configuration file
    #[arg(
        short,
        long,
        value_name = "FILE",
        env = "CLAIMWATCH_CONFIG",
        default_value = "config.yaml",
        global = true
    )]
    config: PathBuf,
    /// Print machine-readable results on stdout
    #[arg(long, global = true)]
    json: bool,
    /// Say more on stderr (twice: everything)
    #[arg(short, long, action = clap::ArgAction::Count, global = true)]
    verbose: u8,
}

/// What can be done, in the order a newcomer meets it.
#[derive(Debug, Subcommand)]
enum Verb {
    /// Play a story through its edits and show the alert mails (no network, no config)
    Demo,
    /// Show the headline, figures, quotes and who said them, in a page or file
    Read(read::Arguments),
    /// Compare two files as two versions of one story
    Compare(compare::Arguments),
    /// Write a first config.yaml
    Init(init::Arguments),
    /// Add stories to the configuration, whose comments stay as they are
    Add(add::Arguments),
    /// Remove watches from the configuration
    Remove(add::RemoveArguments),
    /// Add the watches of urlwatch, webchanges, changedetection.io or a feed reader
    Import(import::Arguments),
    /// Check every watch on its schedule, until stopped
    Run,
    /// Check now, once, and show what changed
    Check(check::Arguments),
    /// Show each watch: last check, last change, next check, trouble
    Status,
    /// Find mistakes in the configuration, or print it with every default filled in
    Config(config::Arguments),
    /// Send an example alert to a receiver
    TestAlert(test_alert::Arguments),
    /// List the stories followed
    Stories,
    /// List the versions of a story and what each one changed
    History(history::Arguments),
    /// Show two versions of a story with the changes marked
    Diff(diff::Arguments),
    /// Write a story as evidence to a folder or web archive, or tables of what is stored
    Export(export::Arguments),
    /// Show how a figure moved, in every story
    Figures(figures::Arguments),
    /// Run the rules of a changed configuration over the stored history
    Simulate(simulate::Arguments),
    /// List alerts waiting, held, sent and parked
    Deliveries(deliveries::Arguments),
    /// Send a parked alert again
    Resend(resend::Arguments),
    /// Keep quiet about a story or claim for a while
    Mute(mute::Arguments),
    /// Copy the database to a file, while work goes on
    Backup(backup::Arguments),
    /// Put a backup in the place of the database
    Restore(backup::RestoreArguments),
    /// Copy the database from a file to a PostgreSQL server, or back
    Store(store::Arguments),
    /// Print the completions of a shell
    Completions(generate::CompletionsArguments),
    /// Write the manual pages
    Man(generate::ManArguments),
}

/// How a verb ended, other than by an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ending {
    /// All is well.
    Well,
    /// A change was seen.
    Changed,
    /// Part of the work failed and was reported.
    Trouble,
    /// Nothing can be done before the operator mends something, which was reported.
    Unfit,
}

/// A remedy attached to an error, printed as `hint:`.
#[derive(Debug)]
struct Hint(String);

impl std::fmt::Display for Hint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What sysexits(3) calls a configuration error. The unit does not start the service again after it.
const UNFIT: u8 = 78;

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let is_service = matches!(arguments.verb, Verb::Run);
    logging::start(is_service, arguments.common.verbose);
    fetch::install_crypto();
    let mut out = io::BufWriter::new(io::stdout());
    let result = dispatch(&arguments, &mut out).and_then(|ending| {
        out.flush()?;
        Ok(ending)
    });
    match result {
        Ok(Ending::Well) => ExitCode::SUCCESS,
        Ok(Ending::Changed) => ExitCode::from(1),
        Ok(Ending::Trouble) => ExitCode::from(2),
        Ok(Ending::Unfit) => ExitCode::from(UNFIT),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            report(&error);
            ExitCode::from(2)
        }
    }
}

fn dispatch(arguments: &Arguments, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let common = &arguments.common;
    match &arguments.verb {
        Verb::Demo => demo::run(out),
        Verb::Read(read) => read::run(read, common, out),
        Verb::Compare(compare) => compare::run(compare, common, out),
        Verb::Init(init) => init::run(init, common, out),
        Verb::Run => run::run(common),
        Verb::Check(check) => check::run(check, common, out),
        Verb::Status => status::run(common, out),
        Verb::Config(config) => config::run(config, common, out),
        Verb::TestAlert(test) => test_alert::run(test, common, out),
        Verb::Stories => stories::run(common, out),
        Verb::History(history) => history::run(history, common, out),
        Verb::Diff(diff) => diff::run(diff, common, out),
        Verb::Export(export) => export::run(export, common, out),
        Verb::Figures(figures) => figures::run(figures, common, out),
        Verb::Simulate(simulate) => simulate::run(simulate, common, out),
        Verb::Deliveries(deliveries) => deliveries::run(deliveries, common, out),
        Verb::Resend(resend) => resend::run(resend, common, out),
        Verb::Mute(mute) => mute::run(mute, common, out),
        Verb::Add(add) => add::add(add, common, out),
        Verb::Remove(remove) => add::remove(remove, common, out),
        Verb::Import(import) => import::run(import, common, out),
        Verb::Store(store) => store::run(store, common, out),
        Verb::Backup(backup) => backup::backup(backup, common, out),
        Verb::Restore(restore) => backup::restore(restore, common, out),
        Verb::Completions(completions) => generate::completions(completions, out),
        Verb::Man(man) => generate::man(man, out),
    }
}

/// Whether the reader of our output has gone away, which is its right (`claimwatch status | head`).
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// Prints `error:`, the causes, then `hint:`.
fn report(error: &anyhow::Error) {
    let hint = error.downcast_ref::<Hint>();
    let mut messages: Vec<String> = error.chain().map(ToString::to_string).collect();
    if hint.is_some() && messages.len() > 1 {
        messages.remove(0);
    }
    messages.dedup();
    for (index, message) in messages.iter().enumerate() {
        let label = if index == 0 { "error:" } else { "  caused by:" };
        eprintln!("{label} {}", table::plain_lines(message));
    }
    if let Some(hint) = hint {
        eprintln!("  hint: {hint}");
    }
}

/// Threads for what waits: look-ups of names, of which 24 may hang, and looks into the store. Each keeps memory.
const MAX_BLOCKING_THREADS: usize = 32;

/// The runtime of the verbs that wait for network or store.
fn runtime() -> anyhow::Result<Runtime> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(MAX_BLOCKING_THREADS)
        .build()?;
    Ok(Runtime(runtime))
}

/// A runtime that ends with its last word: a thread that still looks a name up or reads a page that was given up would
/// keep the process for as long as it likes.
struct Runtime(tokio::runtime::Runtime);

impl Runtime {
    fn block_on<F: Future>(self, future: F) -> F::Output {
        let output = self.0.block_on(future);
        self.0.shutdown_background();
        output
    }
}
