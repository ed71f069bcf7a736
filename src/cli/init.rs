//! `claimwatch init`: a first configuration.

use std::fs::OpenOptions;
use std::io::{self, BufRead, IsTerminal, Write};

use super::{Common, Ending, Hint};
use crate::deliver::email;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Where alerts are mailed to; asked for on a terminal, printed on the terminal where there is none
    #[arg(long, value_name = "ADDRESS")]
    mail: Option<String>,
    /// The mail server
    #[arg(long, value_name = "URL", default_value = "smtp://localhost")]
    smtp: String,
    /// A story to watch
    #[arg(value_name = "URL")]
    urls: Vec<String>,
}

pub(super) fn run(
    arguments: &Arguments,
    common: &Common,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let path = &common.config;
    anyhow::ensure!(
        !path.exists(),
        "`{}` exists already and is left as it is",
        path.display()
    );
    let mail = arguments
        .mail
        .clone()
        .or(ask("Mail alerts to (empty: print them here): ")?);
    let mut urls = arguments.urls.clone();
    if urls.is_empty() {
        urls.extend(ask("Address of a story to watch: ")?);
    }
    if urls.is_empty() {
        return Err(anyhow::anyhow!("no story to watch was given").context(Hint(
            "claimwatch init https://news.example/a-story; or bring a list along: claimwatch import FILE"
                .to_owned(),
        )));
    }
    if let Some(problem) = mail.as_deref().and_then(email::address_problem) {
        anyhow::bail!("{problem}");
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text(mail.as_deref(), &arguments.smtp, &urls).as_bytes())?;
    super::opened::config(common)?;
    writeln!(out, "Wrote {}. Start with: claimwatch run", path.display())?;
    Ok(Ending::Well)
}

/// Tells editors where the keys are described; in a package the file is there.
const SCHEMA: &str =
    "# yaml-language-server: $schema=/usr/share/doc/claimwatch/config.schema.json\n";

/// The smallest configuration that does the job.
pub(super) fn text(mail: Option<&str>, smtp: &str, urls: &[String]) -> String {
    let mut text = String::from(SCHEMA);
    if let Some(mail) = mail {
        text.extend(["email:\n  smtp: ", smtp, "\n  to: ", mail, "\n"]);
    }
    text.push_str("watches:\n");
    text.extend(urls.iter().flat_map(|url| ["  - ", url, "\n"]));
    text
}

/// What a person answers; `None` where nobody is there or the answer is empty.
fn ask(question: &str) -> io::Result<Option<String>> {
    if !io::stdin().is_terminal() {
        return Ok(None);
    }
    eprint!("{question}");
    io::stderr().flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(Some(answer.trim().to_owned()).filter(|answer| !answer.is_empty()))
}
