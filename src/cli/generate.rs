//! `claimwatch completions` and `claimwatch man`: what a package installs, made from the command line itself.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::CommandFactory;

use super::Ending;

/// The page about the configuration: the example file with its comments says it all.
const EXAMPLE: &str = include_str!("../../config.yaml");

#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArguments {
    /// For which shell
    shell: clap_complete::Shell,
}

#[derive(Debug, clap::Args)]
pub(super) struct ManArguments {
    /// The folder to write the pages to
    #[arg(default_value = ".")]
    to: PathBuf,
}

pub(super) fn completions(
    arguments: &CompletionsArguments,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let mut command = super::Arguments::command();
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "claimwatch", &mut script);
    out.write_all(&script)?;
    Ok(Ending::Well)
}

pub(super) fn man(arguments: &ManArguments, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let to = &arguments.to;
    fs::create_dir_all(to).with_context(|| format!("cannot make `{}`", to.display()))?;
    let mut command = super::Arguments::command();
    command.build();
    let mut pages = vec![
        ("claimwatch.1".to_owned(), page(command.clone())?),
        (
            "claimwatch.yaml.5".to_owned(),
            about_configuration().into_bytes(),
        ),
    ];
    for verb in command
        .get_subcommands()
        .filter(|verb| verb.get_name() != "help")
    {
        let name = format!("claimwatch-{}", verb.get_name());
        // clap wants names that live as long as the program, which ends here.
        let verb = verb.clone().name(&*name.clone().leak());
        pages.push((format!("{name}.1"), page(verb)?));
    }
    for (name, text) in &pages {
        let path = to.join(name);
        fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    writeln!(out, "Wrote {} pages to {}.", pages.len(), to.display())?;
    Ok(Ending::Well)
}

fn page(command: clap::Command) -> anyhow::Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    Ok(page)
}

/// The page of section 5.
fn about_configuration() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let mut page = format!(
        ".TH claimwatch.yaml 5 \"\" \"claimwatch {version}\"\n.SH NAME\nclaimwatch.yaml \\- the configuration of claimwatch\n\
         .SH SYNOPSIS\n/etc/claimwatch/config.yaml\n.SH DESCRIPTION\nThe file is YAML. Below is an example with every key there is; \
         the comment beside a key says what it does.\n.B claimwatch config check\nfinds mistakes,\n.B claimwatch config show\nprints the file with \
         every default filled in and where each value came from.\n.SH EXAMPLE\n.nf\n"
    );
    for line in EXAMPLE.lines() {
        // A line that begins with a dot or a quote would be a request to the formatter.
        let line = line.replace('\\', "\\e").replace('-', "\\-");
        if line.starts_with(['.', '\'']) {
            page.push_str("\\&");
        }
        page.push_str(&line);
        page.push('\n');
    }
    page.push_str(".fi\n.SH \"SEE ALSO\"\n.BR claimwatch (1)\n");
    page
}
