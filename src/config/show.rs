//! The configuration as YAML with every default filled in, and where each value came from.
//!
//! What is shown can be read again and means the same, secrets excepted: those are shown as `(secret)` and nothing else.

use std::fmt::Write;
use std::time::Duration;

use crate::alert::rules::{Step, TrackedClaim};
use crate::compare::{ChangeKind, Severity};
use crate::deliver::{Channel, Holding, Receiver, Takes, email, webhook};
use crate::schedule::Schedule;

use crate::story::json;
use crate::story::listing::Only;

use super::holding::shown;
use super::{Config, ListKind, Origin, Watch, access, kinds};

/// The column in which the comments begin, where the value leaves room.
const COMMENT_COLUMN: usize = 56;

/// What stands in the place of a secret.
const SECRET: &str = "(secret)";

impl Config {
    /// The configuration as YAML, every default filled in, each value with a comment that says where it came from.
    #[must_use]
    pub fn show(&self) -> String {
        let mut page = Page {
            config: self,
            text: String::new(),
        };
        if let Some(server) = &self.email {
            page.email(server);
        }
        page.head("notify:");
        for receiver in &self.receivers {
            page.receiver(receiver);
        }
        if !self.claims.is_empty() {
            page.head("claims:");
            for claim in &self.claims {
                page.claim(claim);
            }
        }
        page.head("watches:");
        for watch in &self.watches {
            page.watch(watch);
        }
        page.rest();
        page.text
    }
}

/// The text so far, and where to look up where values came from.
struct Page<'c> {
    config: &'c Config,
    text: String,
}

impl Page<'_> {
    fn head(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A line with the origin of `key` behind it.
    fn line(&mut self, line: &str, key: &str) {
        let comment = match self.config.origins.get(key) {
            Some(Origin::Line(line)) => format!("line {line}"),
            Some(Origin::Default) => "default".to_owned(),
            Some(Origin::From(what)) => (*what).to_owned(),
            None => {
                self.head(line);
                return;
            }
        };
        let width = line.chars().count();
        let gap = " ".repeat(COMMENT_COLUMN.saturating_sub(width).max(2));
        // Writing to a string does not fail.
        let _ = writeln!(self.text, "{line}{gap}# {comment}");
    }

    /// A list, unless it is empty and empty is what a missing key means.
    fn list(&mut self, line: &str, values: &[String], key: &str) {
        if !values.is_empty() {
            self.line(&format!("{line} [{}]", values.join(", ")), key);
        }
    }

    fn email(&mut self, server: &email::Server) {
        self.head("email:");
        self.line(&format!("  smtp: {}", address(server)), "email.smtp");
        if server.password.is_some() {
            self.line(&format!("  password: {SECRET}"), "email.password");
        }
        self.line(&format!("  from: {}", scalar(&server.from)), "email.from");
        self.line(&format!("  ascii: {}", server.ascii), "email.ascii");
        let subject = subject(&server.subject);
        self.line(&format!("  subject: {subject}"), "email.subject");
        if let Some(text) = &server.text {
            let text = double_quoted(text.source());
            self.line(&format!("  text: {text}"), "email.text");
        }
    }

    fn receiver(&mut self, receiver: &Receiver) {
        let key = format!("notify.{}", receiver.name);
        self.line(&format!("  {}:", receiver.name), &key);
        match &receiver.channel {
            Channel::Email(options) => {
                self.head("    email:");
                self.list("      to:", &scalars(&options.to), &format!("{key}.to"));
                let line = format!("      attach_json: {}", options.attach_json);
                self.line(&line, &format!("{key}.attach_json"));
                if let Some(line) = &options.subject {
                    let line = format!("      subject: {}", subject(line));
                    self.line(&line, &format!("{key}.subject"));
                }
                if let Some(text) = &options.text {
                    let text = double_quoted(text.source());
                    self.line(&format!("      text: {text}"), &format!("{key}.text"));
                }
            }
            Channel::Webhook(options) => {
                self.head("    webhook:");
                self.line(&format!("      url: {SECRET}"), &format!("{key}.url"));
                let secrets = vec![SECRET.to_owned(); options.secrets.len()];
                self.list("      secret:", &secrets, &format!("{key}.secret"));
                self.format(&key, &options.format);
            }
            Channel::Service(service) => {
                self.head(&format!("    {}:", service.kind.name));
                for (line, name) in kinds::shown(service, SECRET, scalar) {
                    self.line(&format!("      {line}"), &format!("{key}.{name}"));
                }
            }
            Channel::Terminal => self.head("    terminal:"),
        }
        self.holding(receiver);
        let takes = match receiver.takes {
            Takes::Everything => "changes, problems",
            Takes::Changes => "changes",
            Takes::Problems => "problems",
        };
        self.line(&format!("    for: [{takes}]"), &format!("{key}.for"));
    }

    /// What a receiver is not told at once.
    fn holding(&mut self, receiver: &Receiver) {
        let key = |name: &str| format!("notify.{}.{name}", receiver.name);
        let Holding {
            digest,
            quiet,
            max_per_hour,
        } = &receiver.holding;
        let timed = digest.is_some() || quiet.is_some();
        if let Some(digest) = digest {
            let at: Vec<String> = digest.at.iter().map(|at| double_quoted(at)).collect();
            let line = format!(
                "      digest: {{at: [{}], days: {}, empty: {}}}",
                at.join(", "),
                double_quoted(&digest.days),
                digest.even_empty
            );
            self.line(&line, &key("digest"));
        }
        let line = match quiet {
            Some(quiet) => format!(
                "      quiet: {{from: {}, to: {}, hold_below: {}}}",
                double_quoted(&shown(quiet.from)),
                double_quoted(&shown(quiet.to)),
                quiet.hold_below.as_str()
            ),
            None => "      quiet: never".to_owned(),
        };
        self.line(&line, &key("quiet"));
        if let Some(zone) = receiver.holding.zone().iana_name().filter(|_| timed) {
            self.line(&format!("      timezone: {zone}"), &key("timezone"));
        }
        if let Some(most) = max_per_hour {
            self.line(&format!("      max_per_hour: {most}"), &key("max_per_hour"));
        }
    }

    fn format(&mut self, key: &str, format: &webhook::Format) {
        match format {
            webhook::Format::Standard => {
                self.line("      format: standard", &format!("{key}.format"));
            }
            webhook::Format::CloudEvents { origin } => {
                self.line("      format: cloudevents", &format!("{key}.format"));
                let line = format!("      source: {}", scalar(origin));
                self.line(&line, &format!("{key}.source"));
            }
            webhook::Format::Template(template) => {
                let text = double_quoted(template.source());
                self.line(
                    &format!("      template: {text}"),
                    &format!("{key}.template"),
                );
            }
        }
    }

    fn claim(&mut self, claim: &TrackedClaim) {
        let base = format!("claims.{}", claim.name);
        let key = |name: &str| format!("{base}.{name}");
        self.line(&format!("  {}:", claim.name), &base);
        self.list("    words:", &scalars(&claim.words), &key("words"));
        self.list("    not_near:", &scalars(&claim.not_near), &key("not_near"));
        self.list("    said_by:", &scalars(&claim.said_by), &key("said_by"));
        if let Some(unit) = &claim.unit {
            self.line(&format!("    unit: {}", scalar(unit)), &key("unit"));
        }
        if let Some(statement) = &claim.statement {
            self.line(
                &format!("    statement: {}", scalar(statement)),
                &key("statement"),
            );
        }
        let alert = &claim.alert;
        if *alert != crate::alert::rules::Thresholds::default() {
            self.head("    alert:");
        }
        if let Some(change) = alert.change {
            self.line(&format!("      change: {change}%"), &key("alert.change"));
        }
        let crosses: Vec<String> = alert.crosses.iter().map(ToString::to_string).collect();
        self.list("      crosses:", &crosses, &key("alert.crosses"));
        for (name, step) in [("up", alert.up), ("down", alert.down)] {
            match step {
                Some(Step::Any) => self.line(
                    &format!("      {name}: any"),
                    &key(&format!("alert.{name}")),
                ),
                Some(Step::Percent(percent)) => {
                    self.line(
                        &format!("      {name}: {percent}%"),
                        &key(&format!("alert.{name}")),
                    );
                }
                None => {}
            }
        }
        self.list("      kinds:", &kinds(&alert.kinds), &key("alert.kinds"));
        if let Some(disagree) = &claim.disagree {
            let line = format!(
                "    disagree: {{by: {}%, for: {}}}",
                disagree.by,
                length(disagree.lasting)
            );
            self.line(&line, &key("disagree"));
        }
        if let Some(severity) = claim.severity.map(Severity::as_str) {
            self.line(&format!("    severity: {severity}"), &key("severity"));
        }
        if let Some(notify) = &claim.notify {
            let names: Vec<String> = notify.iter().map(ToString::to_string).collect();
            self.list("    notify:", &names, &key("notify"));
        }
    }

    fn watch(&mut self, watch: &Watch) {
        let key = |name: &str| format!("watches.{}.{name}", watch.name);
        self.line(&format!("  - name: {}", watch.name), &key("name"));
        self.source(watch);
        for (line, name) in access::shown(&watch.access, SECRET, scalar) {
            self.line(&format!("    {line}"), &key(name));
        }
        if self.config.archive.is_some() {
            self.line(&format!("    archive: {}", watch.archive), &key("archive"));
        }
        if let Some(include) = &watch.reading.include {
            self.line(
                &format!("    include: {}", scalar(include)),
                &key("include"),
            );
        }
        self.list(
            "    exclude:",
            &scalars(&watch.reading.exclude),
            &key("exclude"),
        );
        self.schedule(watch);
        match watch.timezone.iana_name() {
            Some(name) => self.line(&format!("    timezone: {name}"), &key("timezone")),
            None => self.line("    # timezone: one without a name", &key("timezone")),
        }
        let claims = watch.rules.claims.iter().map(|claim| claim.name.clone());
        let claims: Vec<String> = claims.collect();
        if let (Some(_), [claim]) = (&watch.reading.value, claims.as_slice())
            && self.config.origins.contains_key(&key("claim"))
        {
            self.line(&format!("    claim: {claim}"), &key("claim"));
        } else if !self.config.claims.is_empty() {
            self.line(
                &format!("    claims: [{}]", claims.join(", ")),
                &key("claims"),
            );
        }
        let notify: Vec<String> = watch.notify.iter().map(ToString::to_string).collect();
        self.list("    notify:", &notify, &key("notify"));
        self.list("    tags:", &scalars(&watch.tags), &key("tags"));
    }

    /// What the watch reads.
    fn source(&mut self, watch: &Watch) {
        let key = |name: &str| format!("watches.{}.{name}", watch.name);
        let url = scalar(&watch.url);
        let line = match (&watch.list, &watch.reading.value) {
            (None, None) => format!("    url: {url}"),
            (None, Some(wanted)) => {
                let place = match &wanted.at {
                    json::At::Pointer(pointer) => format!("pointer: {}", double_quoted(pointer)),
                    json::At::Path(path) => format!("path: {}", double_quoted(path)),
                };
                let unit = wanted.unit.as_deref().map_or_else(String::new, |unit| {
                    format!(", unit: {}", double_quoted(unit))
                });
                format!(
                    "    json: {{url: {}, {place}{unit}}}",
                    double_quoted(&watch.url)
                )
            }
            (Some(list), _) => match &list.kind {
                ListKind::Feed => format!("    feed: {url}"),
                ListKind::Sitemap => format!("    sitemap: {url}"),
                ListKind::Links { selector } => format!(
                    "    links: {{page: {}, selector: {}}}",
                    double_quoted(&watch.url),
                    double_quoted(selector)
                ),
            },
        };
        self.line(&line, &key("url"));
        let Some(list) = &watch.list else {
            return;
        };
        if list.only != Only::default() {
            self.line("    only:", &key("only"));
            for (name, words) in [("title", &list.only.title), ("tags", &list.only.tags)] {
                if !words.is_empty() {
                    self.head(&format!("      {name}: [{}]", scalars(words).join(", ")));
                }
            }
        }
        let follow_for = format!("    follow_for: {}", length(list.follow_for));
        self.line(&follow_for, &key("follow_for"));
        self.line(&format!("    limit: {}", list.limit), &key("limit"));
        self.line(&format!("    robots: {}", list.robots), &key("robots"));
    }

    fn schedule(&mut self, watch: &Watch) {
        let key = |name: &str| format!("watches.{}.{name}", watch.name);
        let stop_after = match &watch.schedule {
            Schedule::Every(every) => {
                self.line(
                    &format!("    every: {}", length(every.every)),
                    &key("every"),
                );
                self.line(
                    &format!("    decay: {}%", every.decay_percent),
                    &key("decay"),
                );
                self.line(
                    &format!("    at_most: {}", length(every.at_most)),
                    &key("at_most"),
                );
                every.stop_after
            }
            Schedule::Cron(crontab) => {
                self.line(
                    &format!("    cron: {}", double_quoted(&crontab.line)),
                    &key("cron"),
                );
                crontab.stop_after
            }
        };
        let stop_after = stop_after.map_or_else(|| "never".to_owned(), length);
        self.line(&format!("    stop_after: {stop_after}"), &key("stop_after"));
    }

    fn rest(&mut self) {
        let config = self.config;
        self.head("ignore:");
        self.line(
            &format!("  kinds: [{}]", kinds(&config.ignore).join(", ")),
            "ignore.kinds",
        );
        self.head("problems:");
        self.line(
            &format!("  after: {}", config.problems.after),
            "problems.after",
        );
        self.line(
            &format!("  remind: {}", length(config.problems.remind)),
            "problems.remind",
        );
        self.head("fetch:");
        let fetch = &config.fetch;
        for (name, value) in [
            ("contact", &fetch.contact),
            ("user_agent", &fetch.user_agent),
        ] {
            if let Some(value) = value {
                self.line(
                    &format!("  {name}: {}", scalar(value)),
                    &format!("fetch.{name}"),
                );
            }
        }
        self.line(&format!("  pace: {}", length(fetch.pace)), "fetch.pace");
        self.line(&format!("  per_host: {}", fetch.per_host), "fetch.per_host");
        let networks = fetch
            .allow_networks
            .iter()
            .map(|network| double_quoted(&format!("{}/{}", network.address, network.prefix)));
        let networks: Vec<String> = networks.collect();
        self.line(
            &format!("  allow_networks: [{}]", networks.join(", ")),
            "fetch.allow_networks",
        );
        if let Some(path) = &fetch.browser {
            let line = format!("  browser: {}", scalar(&path.display().to_string()));
            self.line(&line, "fetch.browser");
        }
        if !config.keep.is_everything() {
            self.head("keep:");
            if let Some(age) = config.keep.age {
                self.line(&format!("  for: {}", length(age)), "keep.for");
            }
            if let Some(versions) = config.keep.versions {
                self.line(&format!("  versions: {versions}"), "keep.versions");
            }
        }
        self.line(
            &format!("store: {}", scalar(&config.store.to_string())),
            "store",
        );
        if let Some(archive) = &config.archive {
            self.head("archive:");
            self.line("  wayback: true", "archive.wayback");
            self.line(&format!("  key: {SECRET}"), "archive.key");
            let server = format!("  server: {}", scalar(&archive.server));
            self.line(&server, "archive.server");
        }
        if let Some(server) = &config.server {
            self.head("server:");
            self.line(
                &format!("  listen: {}", double_quoted(&server.listen.to_string())),
                "server.listen",
            );
            if let Some(url) = &server.url {
                self.line(&format!("  url: {}", scalar(url)), "server.url");
            }
        }
    }
}

/// A subject as it is typed.
fn subject(line: &email::SubjectLine) -> String {
    match line {
        email::SubjectLine::Style(email::SubjectStyle::Change) => "change".to_owned(),
        email::SubjectLine::Style(email::SubjectStyle::Story) => "story".to_owned(),
        email::SubjectLine::Template(template) => double_quoted(template.source()),
    }
}

/// The address of the mail server, without its password.
fn address(server: &email::Server) -> String {
    let scheme = match server.security {
        email::Security::Tls => "smtps",
        email::Security::StartTls => "smtp+starttls",
        email::Security::Plain => "smtp",
    };
    let user = server.user.as_ref().map_or_else(String::new, |user| {
        let encoded: String = url::form_urlencoded::byte_serialize(user.as_bytes()).collect();
        format!("{}@", encoded.replace('+', "%20"))
    });
    let host = if server.host.contains(':') {
        format!("[{}]", server.host)
    } else {
        server.host.clone()
    };
    format!("{scheme}://{user}{host}:{}", server.port)
}

fn kinds(kinds: &[ChangeKind]) -> Vec<String> {
    kinds.iter().map(|kind| kind.as_str().to_owned()).collect()
}

fn scalars(values: &[String]) -> Vec<String> {
    values.iter().map(|value| scalar(value)).collect()
}

/// A length of time in the largest units that fit: `1d 12h`.
fn length(length: Duration) -> String {
    let units = [(86_400, "d"), (3600, "h"), (60, "m"), (1, "s")];
    let mut rest = length.as_secs();
    let mut parts = Vec::new();
    for (seconds, unit) in units {
        if rest >= seconds {
            parts.push(format!("{}{unit}", rest / seconds));
            rest %= seconds;
        }
    }
    if parts.is_empty() {
        return "0s".to_owned();
    }
    parts.join(" ")
}

/// A text as YAML: as it is where nothing in it means something else, quoted otherwise.
pub(super) fn scalar(text: &str) -> String {
    let plain = text
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || " ./@_-+<>=%:?&~".contains(c))
        && text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/')
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !matches!(text, "null" | "Null" | "NULL");
    if plain {
        text.to_owned()
    } else {
        double_quoted(text)
    }
}

fn double_quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                // Writing to a string does not fail.
                let _ = write!(quoted, "\\U{:08X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::super::yaml::{self, Value};
    use super::*;

    /// What a value reads as, alone and in a list.
    fn read_back(shown: &str) -> (String, String) {
        let text = |value: &Value| match value {
            Value::Text(text) => text.trim().to_owned(),
            other => panic!("{other:?}"),
        };
        let alone = match yaml::read(&format!("key: {shown}\n")).unwrap().value {
            Value::Mapping(entries) => text(&entries[0].1.value),
            other => panic!("{other:?}"),
        };
        let listed = match yaml::read(&format!("[{shown}, {shown}]\n")).unwrap().value {
            Value::List(entries) if entries.len() == 2 => text(&entries[1].value),
            other => panic!("{other:?}"),
        };
        (alone, listed)
    }

    proptest! {
        #[test]
        fn whatever_text_is_shown_reads_as_itself(text in "\\PC{1,30}|[-a-z:#,'\"\\[\\]{}&*!|>%@ ]{1,30}") {
            let (alone, listed) = read_back(&scalar(&text));

            prop_assert_eq!(&alone, text.trim());
            prop_assert_eq!(&listed, text.trim());
        }

        #[test]
        fn whatever_length_of_time_is_shown_reads_as_itself(seconds in 0_u64..300_000_000) {
            let shown = length(Duration::from_secs(seconds));

            prop_assert_eq!(super::super::values::length(&shown).unwrap().as_secs(), seconds);
        }
    }

    #[test]
    fn words_with_a_meaning_in_yaml_are_quoted() {
        for word in [
            "null", "NULL", "a: b", "a:", "#a", "@a", "- a", "a, b", "[a", "", " a",
        ] {
            assert!(scalar(word).starts_with('"'), "{word}");
        }
        for word in [
            "desk",
            "https://news.example/a?b=c",
            "a <a@example.org>",
            "2.5 million",
            "12:30",
            "article .body > p",
        ] {
            assert_eq!(scalar(word), word);
        }
    }
}
