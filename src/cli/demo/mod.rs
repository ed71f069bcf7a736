//! `claimwatch demo`: the main job on a story of our own, with nothing but this machine.
//!
//! A local news site publishes four editions of one story; the real daemon watches it, mails over real SMTP and posts a
//! signed webhook. What arrives is printed as it arrived. Edition two moves only advertisements and counters: no mail.

mod hook;
mod mailbox;
mod site;

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use tokio::sync::mpsc;

use super::{Ending, runtime, table};
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::daemon::{self, Order};
use crate::secret;
use crate::store::Store;
use hook::Hook;
use mailbox::Mailbox;
use site::Site;

/// How long the demo waits for anything before it says that something is wrong.
const PATIENCE: Duration = Duration::from_secs(60);

pub(super) fn run(out: &mut dyn Write) -> anyhow::Result<Ending> {
    let folder = tempfile::tempdir().context("cannot make a folder for the demo")?;
    runtime()?.block_on(play(folder.path(), out))?;
    Ok(Ending::Well)
}

/// Starts everything, plays the story, and stops everything.
async fn play(folder: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let site = Site::start()
        .await
        .context("cannot open a port for the demo's web site")?;
    let mut mailbox = Mailbox::start()
        .await
        .context("cannot open a port for the demo's mail server")?;
    let mut hook = Hook::start()
        .await
        .context("cannot open a port for the demo's webhook")?;
    let text = configuration(&site, &mailbox, &hook);
    writeln!(
        out,
        "The configuration of this demo:\n\n{}",
        indented(&text)
    )?;
    out.flush()?;
    let config = config_in(folder, &text)?;
    let store = Store::open_exclusive(&config.store)?;
    let (orders, received) = mpsc::channel(1);
    let again = Box::new(|| anyhow::bail!("the demo has one configuration"));
    let daemon = tokio::spawn(daemon::run(config, store, Clock::system(), received, again));
    let played = tokio::select! {
        played = editions(&site, &mut mailbox, &mut hook, out) => played,
        () = tokio::time::sleep(PATIENCE) => Err(anyhow::anyhow!("nothing arrived within {} s", PATIENCE.as_secs())),
    };
    orders
        .send(Order::Stop)
        .await
        .context("the daemon ended before it was stopped")?;
    daemon.await.context("the daemon panicked")??;
    played
}

/// Publishes one edition after the other and shows what comes of it.
async fn editions(
    site: &Site,
    mailbox: &mut Mailbox,
    hook: &mut Hook,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    say(out, "Edition 1 is published and seen for the first time.")?;
    site.two_more_visits().await;
    say(
        out,
        "Edition 2: other advertisements, counters and links; the story says what it said.",
    )?;
    site.publish(1);
    site.two_more_visits().await;
    match mailbox.already() {
        None => writeln!(out, "   No mail, as it should be.\n")?,
        Some(mail) => anyhow::bail!("a mail came although nothing in the story changed:\n{mail}"),
    }
    say(
        out,
        "Edition 3: \"2.1 to 2.2 million\" refugees became \"2.5 million\". The mail:",
    )?;
    site.publish(2);
    arrival(mailbox, hook, out).await?;
    say(
        out,
        "Edition 4: \"was not trying to overthrow\" lost its \"not\". The mail:",
    )?;
    site.publish(3);
    arrival(mailbox, hook, out).await
}

/// Waits for the mail and the webhook of one edition, and shows them.
async fn arrival(
    mailbox: &mut Mailbox,
    hook: &mut Hook,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mail = mailbox.next().await.context("the mail server ended")?;
    writeln!(
        out,
        "{}",
        indented(&table::plain_lines(&mailbox::readable(&mail)))
    )?;
    let post = hook.next().await.context("the webhook receiver ended")?;
    anyhow::ensure!(
        post.verified,
        "the webhook's signature does not fit its body"
    );
    writeln!(
        out,
        "   And the webhook {}, signature verified:\n   {}\n",
        post.id,
        table::plain(post.body["data"]["summary"].as_str().unwrap_or_default())
    )?;
    out.flush()?;
    Ok(())
}

fn say(out: &mut dyn Write, text: &str) -> anyhow::Result<()> {
    writeln!(out, "== {text}\n")?;
    out.flush()?;
    Ok(())
}

fn indented(text: &str) -> String {
    text.lines()
        .map(|line| format!("   {line}").trim_end().to_owned() + "\n")
        .collect()
}

/// What the demo runs with: an ordinary configuration, and the leave to look at this machine.
fn configuration(site: &Site, mailbox: &Mailbox, hook: &Hook) -> String {
    format!(
        "email:\n  smtp: smtp://{mail}\n  from: claimwatch <alerts@claimwatch.example>\n\
         notify:\n  desk: {{email: {{to: desk@example.org}}}}\n  api: {{webhook: {{url: \"{hook}\", secret: {secret}}}}}\n\
         defaults: {{every: 1s, decay: 0%, notify: [desk, api]}}\n\
         watches:\n  - {{name: tarvia, url: \"{story}\"}}\n\
         fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\n",
        mail = mailbox.address,
        hook = hook.url(),
        secret = Hook::secret(),
        story = site.story(),
    )
}

fn config_in(folder: &Path, text: &str) -> anyhow::Result<Config> {
    let path = folder.join("config.yaml");
    std::fs::write(&path, text).context("cannot write the demo's configuration")?;
    Ok(config::read(&path, &secret::Process)?)
}
