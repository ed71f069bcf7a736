//! `claimwatch init`: a first configuration, and a test alert that shows that it works.

use std::fs::OpenOptions;
use std::io::{self, BufRead, IsTerminal, Write};

use super::{Common, Ending, Hint, opened, runtime, test_alert};
use crate::deliver::email;

/// The mail server that most machines have, if they have one.
const LOCAL: &str = "smtp://localhost";
const LOCAL_PORT: u16 = 25;
/// Where the password of a mail server is to be put, beside the configuration.
const PASSWORD_FILE: &str = "mail-password";

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Where alerts are mailed to; asked for on a terminal, printed on the terminal where there is none
    #[arg(long, value_name = "ADDRESS")]
    mail: Option<String>,
    /// The mail server; looked for on this machine where none is named
    #[arg(long, value_name = "URL")]
    smtp: Option<String>,
    /// Send no test alert
    #[arg(long)]
    no_test: bool,
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
    let server = match &mail {
        Some(_) => find(arguments.smtp.as_deref())?,
        None => None,
    };
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let smtp = server.as_deref().unwrap_or(LOCAL);
    file.write_all(text(mail.as_deref(), smtp, &urls).as_bytes())?;
    opened::config_without_secrets(common)?;
    writeln!(out, "Wrote {}.", path.display())?;
    let mut ending = Ending::Well;
    match (&mail, &server) {
        (Some(_), None) => writeln!(
            out,
            "No mail server answers on this machine: name yours in `email.smtp`, then try it: claimwatch test-alert"
        )?,
        (Some(_), Some(smtp)) if has_user(smtp) => writeln!(
            out,
            "Put the password of the mail server into `{PASSWORD_FILE}` beside it (chmod 600), then try it: claimwatch test-alert"
        )?,
        (Some(_), Some(_)) if !arguments.no_test => {
            ending = test_alert::send_to_all(common, out)?;
            if !matches!(ending, Ending::Well) {
                writeln!(
                    out,
                    "Mend `email`, then try it again: claimwatch test-alert"
                )?;
            }
        }
        _ => {}
    }
    writeln!(out, "Start with: claimwatch run")?;
    Ok(ending)
}

/// The mail server: the one that was named, that of this machine where one answers, or the one that is typed.
fn find(named: Option<&str>) -> anyhow::Result<Option<String>> {
    if let Some(named) = named {
        return Ok(Some(named.to_owned()));
    }
    if runtime()?.block_on(email::greets("localhost", LOCAL_PORT)) {
        return Ok(Some(LOCAL.to_owned()));
    }
    Ok(ask(
        "No mail server answers on this machine. The address of yours (smtps://USER@mail.example): ",
    )?)
}

/// Whether one must log in to the server; whoever writes the user with an `@` writes that as %40.
fn has_user(smtp: &str) -> bool {
    smtp.contains('@')
}

/// Tells editors where the keys are described; in a package the file is there.
const SCHEMA: &str =
    "# yaml-language-server: $schema=/usr/share/doc/claimwatch/config.schema.json\n";

/// The smallest configuration that does the job.
pub(super) fn text(mail: Option<&str>, smtp: &str, urls: &[String]) -> String {
    let mut text = String::from(SCHEMA);
    if let Some(mail) = mail {
        text.extend(["email:\n  smtp: ", smtp, "\n"]);
        if has_user(smtp) {
            text.extend(["  password: {file: ", PASSWORD_FILE, "}\n"]);
        }
        text.extend(["  to: ", mail, "\n"]);
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
