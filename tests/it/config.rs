//! Configuration: the example loads, defaults are filled in, the nearest value wins, and what is shown can be read again.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

use claimwatch::alert::ReceiverName;
use claimwatch::config::{self, Config, Mistakes};
use claimwatch::schedule::Schedule;
use claimwatch::secret::Lookup;
use jiff::tz::TimeZone;

/// A process with the variables and files that a test gives it.
#[derive(Default)]
pub(crate) struct Given {
    variables: BTreeMap<&'static str, &'static str>,
    files: BTreeMap<&'static str, &'static str>,
}

impl Lookup for Given {
    fn variable(&self, name: &str) -> Option<OsString> {
        self.variables.get(name).map(OsString::from)
    }

    fn file(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        let file = path.to_str().and_then(|path| self.files.get(path));
        file.map(|text| text.as_bytes().to_vec())
            .ok_or_else(|| std::io::Error::other("No such file or directory (os error 2)"))
    }

    fn time_zone(&self) -> TimeZone {
        TimeZone::UTC
    }
}

const SIGNING_KEY: &str = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";

pub(crate) fn given() -> Given {
    Given {
        variables: BTreeMap::from([
            ("CREDENTIALS_DIRECTORY", "/run/credentials/claimwatch"),
            ("CLAIMWATCH_HOOK_SECRET", SIGNING_KEY),
            ("NOT_A_KEY", "hunter2"),
        ]),
        files: BTreeMap::from([
            (
                "/run/credentials/claimwatch/smtp_password",
                "correct horse\n",
            ),
            ("/run/credentials/claimwatch/hook_secret", SIGNING_KEY),
        ]),
    }
}

pub(crate) fn read(text: &str) -> Result<Config, Mistakes> {
    config::from_text(text, Path::new("/etc/claimwatch/config.yaml"), &given())
}

/// As [`read`], where the rich configuration finds every secret it names.
pub(crate) fn read_with(text: &str) -> Result<Config, Mistakes> {
    let mut given = given();
    given.variables.extend([
        ("SLACK_URL", "https://hooks.slack.com/services/T0/B0/abcdef"),
        ("MATTERMOST_URL", "https://chat.example.org/hooks/abcdef"),
        (
            "TELEGRAM_TOKEN",
            "123456:abcdefghijklmnopqrstuvwxyz0123456789",
        ),
        ("WAYBACK_KEY", "abcdefgh12345678:ijklmnop87654321"),
        ("READER_KEY", "abcdef"),
    ]);
    config::from_text(text, Path::new("/etc/claimwatch/config.yaml"), &given)
}

#[test]
fn two_lines_are_enough_and_print_on_the_terminal() {
    let config = read("watches:\n  - https://news.example/ceasefire\n").unwrap();

    assert_eq!(config.watches[0].name.as_str(), "news.example-ceasefire");
    assert_eq!(config.watches[0].notify[0].as_str(), "terminal");
    assert_eq!(
        config.store.file(),
        Some(Path::new("/etc/claimwatch/claimwatch.db"))
    );
}

/// The example at the top of the repository.
pub(crate) fn example_text() -> String {
    std::fs::read_to_string("config.yaml").unwrap()
}

fn example() -> Config {
    read(&example_text()).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

#[test]
fn the_configuration_at_the_top_of_the_repository_loads_without_a_warning() {
    let config = example();

    assert_eq!(config.watches.len(), 7);
    assert_eq!(config.receivers.len(), 5);
    assert_eq!(config.claims.len(), 2);
    assert_eq!(config.warnings, Vec::<String>::new());
}

#[test]
fn the_example_shows_every_key_there_is() {
    let text = example_text();
    // What a mistyped key is told to be known there, section by section.
    for (section, typo) in [
        ("", "zzz: 1\n"),
        ("fetch:", "  zzz: 1\n"),
        ("problems:", "  zzz: 1\n"),
        ("ignore:", "  zzz: 1\n"),
        ("defaults:", "  zzz: 1\n"),
        ("email:", "  zzz: 1\n"),
        ("  archive:", "    zzz: 1\n"),
        ("  refugees:", "    zzz: 1\n"),
        ("  - name: agency-ticker", "    zzz: 1\n"),
    ] {
        let broken = match text.lines().find(|line| line.trim_end() == section) {
            Some(line) if !section.is_empty() => {
                text.replacen(&format!("{line}\n"), &format!("{line}\n{typo}"), 1)
            }
            Some(_) | None => format!("{text}{typo}"),
        };
        let mistakes = read(&broken).expect_err(section);
        let hint = mistakes.list[0].hint.clone().unwrap();
        let known = hint
            .strip_prefix("known here: ")
            .unwrap_or_else(|| panic!("{mistakes}"));
        for key in known.split(", ") {
            let shown = text.contains(&format!("{key}:"));
            assert!(shown, "`{key}` of `{section}` is not in the example");
        }
    }
}

#[test]
fn what_is_shown_can_be_read_again_and_means_the_same() {
    let config = example();

    let shown = config.show();
    let readable = shown
        .replace("url: (secret)", "url: https://hooks.example.org/claimwatch")
        .replace("[(secret)]", &format!("[{SIGNING_KEY}]"))
        .replace("password: (secret)", "password: correct horse")
        .replace("{Accept-Language: (secret)}", "{Accept-Language: en-GB}")
        .replace("{edition: (secret)}", "{edition: uk}");
    let mut again = read(&readable).unwrap_or_else(|mistakes| panic!("{mistakes}\n{shown}"));

    assert!(again.has_plain_secrets);
    again.has_plain_secrets = false;
    again.origins.clone_from(&config.origins);
    assert_eq!(again, config);
}

#[test]
fn what_is_shown_says_where_each_value_came_from() {
    let text = "defaults:\n  every: 5m\nwatches:\n  - https://news.example/a\n";

    let shown = read(text).unwrap().show();

    let line = |key: &str| {
        let line = shown
            .lines()
            .find(|line| line.trim_start().starts_with(key));
        line.unwrap()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(line("- name:"), "- name: news.example-a # from the address");
    assert_eq!(line("every:"), "every: 5m # line 2");
    assert_eq!(line("decay:"), "decay: 20% # default");
    assert_eq!(line("stop_after:"), "stop_after: never # default");
    assert_eq!(line("timezone:"), "timezone: UTC # this machine's");
    assert_eq!(
        line("notify: ["),
        "notify: [terminal] # every receiver that takes changes"
    );
    assert_eq!(
        line("store:"),
        "store: /etc/claimwatch/claimwatch.db # default"
    );
}

#[test]
fn the_nearest_value_wins_and_lists_replace() {
    let config = example();

    let watch = |name: &str| {
        let mut watches = config.watches.iter();
        watches
            .find(|watch| watch.name.as_str().contains(name))
            .unwrap()
    };
    let told = |name: &str| -> Vec<&str> {
        watch(name)
            .notify
            .iter()
            .map(ReceiverName::as_str)
            .collect()
    };
    assert_eq!(told("ceasefire-2811234"), ["desk"]);
    assert_eq!(told("courier"), ["desk", "chat"]);
    let minutes = |name: &str| match &watch(name).schedule {
        Schedule::Every(every) => Some(every.every.as_secs() / 60),
        Schedule::Cron(_) => None,
    };
    assert_eq!(minutes("ceasefire-2811234"), Some(10));
    assert_eq!(minutes("courier"), Some(5));
    assert_eq!(minutes("ticker"), None);
    let claims = |name: &str| watch(name).rules.claims.len();
    assert_eq!((claims("courier"), claims("ticker")), (1, 2));
    assert_eq!(
        watch("courier").reading.exclude,
        [".related", ".newsletter", ".promo", "#newsletter"]
    );
}

#[test]
fn trouble_is_told_to_the_watch_s_receivers_and_to_those_who_take_nothing_else() {
    let config = example();

    let told = config.told_of_problems(&config.watches[1]);

    let told: Vec<&str> = told.iter().map(ReceiverName::as_str).collect();
    assert_eq!(told, ["desk", "chat", "ops"]);
}

#[test]
fn a_service_keeps_its_database_in_its_state_directory() {
    let mut given = given();
    given
        .variables
        .insert("STATE_DIRECTORY", "/var/lib/claimwatch");

    let config = config::from_text(
        "watches: https://news.example/a\n",
        Path::new("/etc/claimwatch/config.yaml"),
        &given,
    );

    assert_eq!(
        config.unwrap().store,
        Path::new("/var/lib/claimwatch/claimwatch.db").into()
    );
}

#[test]
fn a_file_that_is_not_there_a_directory_and_a_file_too_large_are_told_as_such() {
    let dir = tempfile::tempdir().unwrap();
    let large = dir.path().join("large.yaml");
    std::fs::write(&large, "# x\n".repeat(300_000)).unwrap();

    let said = |path: &Path| {
        let said = config::read(path, &given()).unwrap_err().to_string();
        said.replace(path.to_str().unwrap(), "FILE")
    };

    assert_eq!(
        said(&dir.path().join("none.yaml")),
        "FILE: cannot read the file: no such file or directory\n  hint: write a first one with: claimwatch init"
    );
    assert_eq!(
        said(dir.path()),
        "FILE: cannot read the file: is a directory\n  hint: name the file in it"
    );
    assert!(said(&large).starts_with("FILE: the file is larger than 1 MiB"));
}

#[cfg(unix)]
#[test]
fn a_password_in_a_file_that_everyone_may_read_is_warned_of_and_keeps_the_service_from_starting() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("config.yaml");
    let text = "email: {smtp: \"smtps://a@mail.example.org\", password: hunter2, to: a@example.org}\nwatches: https://news.example/a\n";
    std::fs::write(&path, text).unwrap();
    let read_with = |mode: u32| {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        config::read(&path, &given()).unwrap()
    };

    assert!(!read_with(0o600).exposes_secrets);
    assert!(!read_with(0o640).exposes_secrets);
    let open = read_with(0o644);
    assert!(open.exposes_secrets);
    assert!(
        open.warnings[0].contains("chmod 600"),
        "{:?}",
        open.warnings
    );
    assert!(!open.warnings[0].contains("hunter2"));
    let check = std::process::Command::new(env!("CARGO_BIN_EXE_claimwatch"))
        .args(["config", "check", "--config"])
        .arg(&path)
        .output()
        .unwrap();
    assert_eq!(check.status.code(), Some(2));
}

#[test]
fn a_file_of_three_thousand_watches_is_read() {
    let watches = (0..3_000).map(|n| format!("  - https://news.example/{n}\n"));
    let text: String = std::iter::once("watches:\n".to_owned())
        .chain(watches)
        .collect();

    let config = read(&text).unwrap();

    assert_eq!(config.watches.len(), 3_000);
}

#[test]
fn a_file_from_another_system_reads_the_same() {
    let text = "watches:\n  - name: \"a\"\n    url: https://news.example/a\n    every: 5m\n";

    let here = read(text).unwrap();
    let there = read(&format!("\u{feff}{}", text.replace('\n', "\r\n"))).unwrap();

    assert_eq!(here, there);
}

#[test]
fn what_is_written_once_can_be_used_again() {
    let text = "watches:\n  - &slow\n    name: a\n    url: https://news.example/a\n    every: 1h\n    decay: 0%\n  \
                - <<: *slow\n    name: b\n    url: https://news.example/b\n    decay: 10%\n";

    let config = read(text).unwrap();

    let Schedule::Every(every) = &config.watches[1].schedule else {
        panic!("{:?}", config.watches[1].schedule);
    };
    assert_eq!((every.every.as_secs(), every.decay_percent), (3600, 10));
}

#[test]
fn a_mistake_in_what_is_used_again_is_told_where_it_was_written() {
    let text = "defaults:\n  notify: &who [dekc]\nnotify:\n  desk: {terminal: {}}\nwatches:\n  - name: a\n    \
                url: https://news.example/a\n    notify: *who\n";

    let mistakes = read(text).unwrap_err();

    let lines: Vec<u64> = mistakes
        .list
        .iter()
        .filter_map(|mistake| mistake.place)
        .map(|place| place.line)
        .collect();
    assert_eq!(lines, [2, 2]);
}

#[test]
fn words_that_yaml_takes_for_something_else_stay_words() {
    let text = "claims:\n  toll: {words: [no, yes, 0755, 1e3, .inf, 12_000, null-result]}\nwatches:\n  - name: 0123\n    \
                url: https://news.example/a\n    tags: [on, off, ~x, \"null\"]\n";

    let config = read(text).unwrap();

    assert_eq!(
        config.claims[0].words,
        ["no", "yes", "0755", "1e3", ".inf", "12_000", "null-result"]
    );
    assert_eq!(config.watches[0].name.as_str(), "0123");
    assert_eq!(config.watches[0].tags, ["on", "off", "~x", "null"]);
}

#[test]
fn without_a_sender_the_account_or_the_domain_of_the_first_address_is_taken() {
    let from = |email: &str| {
        let text = format!("email: {{{email}}}\nwatches: https://news.example/a\n");
        read(&text)
            .unwrap_or_else(|mistakes| panic!("{mistakes}"))
            .email
            .unwrap()
            .from
    };

    assert_eq!(
        from("smtp: smtp://localhost, to: desk@example.org"),
        "claimwatch <claimwatch@example.org>"
    );
    assert_eq!(
        from(
            "smtp: \"smtps://alerts%40example.net@mail.example.net\", password: {credential: smtp_password}, to: desk@example.org"
        ),
        "claimwatch <alerts@example.net>"
    );
    assert_eq!(
        from("smtp: smtp://localhost, to: desk@example.org, from: bot@example.com"),
        "bot@example.com"
    );
}

#[test]
fn what_is_allowed_but_unwise_is_warned_of() {
    let warnings = |text: &str| {
        read(&format!("{text}watches: https://news.example/a\n"))
            .unwrap()
            .warnings
    };

    let unsigned = warnings("notify:\n  api: {webhook: {url: https://hooks.example.org/x}}\n");
    assert!(
        unsigned[0].starts_with("messages to receiver `api` are not signed"),
        "{unsigned:?}"
    );
    let unheard =
        warnings("notify: {a: {terminal: {}}, b: {terminal: {}}}\ndefaults: {notify: a}\n");
    assert_eq!(
        unheard,
        ["receiver `b` is told nothing: no `notify` names it"]
    );
    let agent = warnings("fetch: {contact: desk@example.org, user_agent: bot/1}\n");
    assert!(
        agent[0].starts_with("line 1: `fetch.user_agent` replaces"),
        "{agent:?}"
    );
}

#[test]
fn a_crontab_line_is_read_in_the_zone_of_its_watch_and_gives_way_to_an_interval() {
    let text = "defaults: {cron: \"0 6 * * *\", timezone: America/New_York, stop_after: 30d}\nwatches:\n  \
                - {name: a, url: \"https://news.example/a\"}\n  \
                - {name: b, url: \"https://news.example/b\", timezone: Asia/Tokyo}\n  \
                - {name: c, url: \"https://news.example/c\", every: 1h, stop_after: never}\n";
    let midnight: jiff::Timestamp = "2026-07-01T00:00:00Z".parse().unwrap();
    let days = |days: u64| Some(std::time::Duration::from_secs(days * 86_400));

    let config = read(text).unwrap();

    let next = |watch: usize, age: u64| {
        let next = config.watches[watch].schedule.next(midnight, days(age), 0);
        next.map(|at| at.strftime("%H:%M").to_string())
    };
    assert_eq!(next(0, 1).as_deref(), Some("10:00"));
    assert_eq!(next(1, 1).as_deref(), Some("21:00"));
    assert_eq!(next(0, 31), None);
    assert!(next(2, 31).is_some());
    assert!(matches!(config.watches[2].schedule, Schedule::Every(_)));
}
