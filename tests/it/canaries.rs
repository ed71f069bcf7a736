//! Every secret of a configuration is a canary: none of them is ever seen in a log, a message, the store, the local page,
//! an export, a mail, or what is left of a process that crashed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::support::asked::{address, get};
use crate::support::hook::{Fault, Hook};
use crate::support::program::{Daemon, Program};
use crate::support::site::{Site, story_page};
use crate::support::smtp::{Mode, Server};

/// The secrets by the place where they stand. Letters and digits alone, so that no address writes them in another way.
const CANARIES: [&str; 19] = [
    "canarysmtppassword",
    "Y2FuYXJ5d2ViaG9va3NlY3JldHNpZ24x",
    "canarywebhookuser",
    "canarywebhookpath",
    "canarywebhooktoken",
    "canaryslackpath",
    "canarydiscordpath",
    "canarytelegramtoken",
    "canarymatrixtoken",
    "canarymattermostpath",
    "canaryntfytopic",
    "canaryntfypassword",
    "canaryteamspath",
    "canaryloginpassword",
    "canaryheadervalue",
    "canarycookievalue",
    "canaryproxypassword",
    "canarywaybackaccess",
    "canarywaybacksecret",
];

/// Every form in which a canary could be seen.
fn forms(canary: &str) -> Vec<String> {
    let pairs = [
        canary.to_owned(),
        format!("desk:{canary}"),
        format!("reader:{canary}"),
        format!("\0alerts\0{canary}"),
    ];
    let mut forms: Vec<String> = pairs.iter().map(|pair| STANDARD.encode(pair)).collect();
    forms.push(canary.to_owned());
    forms
}

/// The canaries that are seen in what was left at a place.
fn seen(place: &str, bytes: &[u8]) -> Vec<String> {
    let lowered = bytes.to_ascii_lowercase();
    let holds = |form: &String| {
        let form = form.as_bytes();
        memchr::memmem::find(bytes, form).is_some()
            || memchr::memmem::find(&lowered, &form.to_ascii_lowercase()).is_some()
    };
    CANARIES
        .iter()
        .filter(|canary| forms(canary).iter().any(holds))
        .map(|canary| format!("{canary} in {place}"))
        .collect()
}

/// A configuration with a secret in every place that takes one. Each receiver fails in a manner of its own.
fn config(site: &Site, hook: &Hook, smtp: &Server) -> String {
    let hook = hook.url();
    let hook = hook.trim_end_matches('/');
    let (moved, page) = (site.url("moved"), site.url("floods"));
    let tls = hook.replace("http://", "https://");
    format!(
        "email: {{smtp: 'smtp://alerts@127.0.0.1:{smtp}', password: canarysmtppassword, from: alerts@example.org}}\n\
         notify:\n\
         \x20 desk: {{email: {{to: desk@example.org}}}}\n\
         \x20 api: {{webhook: {{url: '{hook}/canarywebhookpath?token=canarywebhooktoken', secret: whsec_Y2FuYXJ5d2ViaG9va3NlY3JldHNpZ24x}}}}\n\
         \x20 user: {{webhook: {{url: 'http://desk:canarywebhookuser@127.0.0.1:9/x', secret: {{env: HOOK_KEY}}}}}}\n\
         \x20 moved: {{webhook: {{url: '{moved}?token=canarywebhooktoken', secret: {{file: hook.key}}}}}}\n\
         \x20 slack: {{slack: {{url: '{tls}/services/canaryslackpath'}}}}\n\
         \x20 discord: {{discord: {{url: '{hook}/canarydiscordpath'}}}}\n\
         \x20 teams: {{teams: {{url: '{hook}/canaryteamspath?sig=canaryteamspath'}}}}\n\
         \x20 telegram: {{telegram: {{token: '1234567:canarytelegramtokenabcdefghijklmnop', chat: '-100', server: '{hook}'}}}}\n\
         \x20 matrix: {{matrix: {{server: '{hook}', token: canarymatrixtoken, room: '!a:example.org'}}}}\n\
         \x20 mattermost: {{mattermost: {{url: 'http://127.0.0.1:9/hooks/canarymattermostpath'}}}}\n\
         \x20 ntfy: {{ntfy: {{server: '{hook}', topic: canaryntfytopic, user: desk, password: canaryntfypassword}}}}\n\
         \x20 reader: {{feed: {{file: changes.atom}}}}\n\
         archive: {{wayback: true, key: 'canarywaybackaccess:canarywaybacksecret', server: '{hook}'}}\n\
         defaults: {{every: 1s, decay: 0%}}\n\
         problems: {{after: 1}}\n\
         fetch: {{allow_networks: [127.0.0.1/32], pace: 0s, per_host: 16}}\n\
         server: {{listen: '127.0.0.1:0'}}\n\
         watches:\n\
         \x20 - name: floods\n\
         \x20   url: '{page}'\n\
         \x20   archive: true\n\
         \x20   headers: {{X-Key: canaryheadervalue}}\n\
         \x20   cookies: {{session: canarycookievalue}}\n\
         \x20   login: {{user: reader, password: canaryloginpassword}}\n\
         \x20 - {{name: behind, url: 'http://behind.example/a', proxy: 'http://reader:canaryproxypassword@127.0.0.1:9'}}\n",
        smtp = smtp.port(),
    )
}

fn publish(site: &Site, houses: u32) {
    let lead = format!(
        "Rescuers have led people out of {houses} houses since Monday, the fire service said."
    );
    let rest = [
        "Rain is expected to go on until the weekend, the weather service said.",
        "Schools in the west of the island stay closed, the regional council decided.",
    ];
    site.set(
        "floods",
        200,
        &story_page(
            "Floods cut off the island towns",
            &[&lead, rest[0], rest[1]],
        ),
    );
}

/// Starts the service at trace level, as somebody would who looks for a mistake.
fn start(program: &Program, format: &str) -> Daemon {
    let key = "whsec_Y2FuYXJ5d2ViaG9va3NlY3JldHNpZ24x";
    program.start_with(&[
        ("CLAIMWATCH_LOG", "trace"),
        ("CLAIMWATCH_LOG_FORMAT", format),
        ("RUST_BACKTRACE", "full"),
        ("HOOK_KEY", key),
    ])
}

/// Everything a command prints; whether it succeeds is not asked.
fn printed(program: &Program, arguments: &[&str]) -> Vec<u8> {
    let mut command = program.command(arguments);
    command
        .env("HOOK_KEY", "whsec_Y2FuYXJ5d2ViaG9va3NlY3JldHNpZ24x")
        .env("CLAIMWATCH_LOG", "trace");
    let output = command.output().unwrap();
    [output.stdout, output.stderr].concat()
}

/// Every file below a folder but the configuration and the key that the test wrote there.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false if name.starts_with("config") || name == "hook.key" => {}
            false => found.push(path),
        }
    }
    found
}

/// What is said of the configuration when one line of it is broken, line after line, in several manners.
fn messages(program: &Program, good: &str) -> Vec<String> {
    let path = program.path("config-broken.yaml");
    let lines: Vec<&str> = good.lines().collect();
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        for broken in [
            line.replace("canary", "[canary"),
            line.replacen('\'', "", 1),
            line.replace("http", "htp"),
            line.replace("password:", "pasword:")
                .replace("secret:", "secrte:")
                .replace("url:", "ulr:"),
            format!("{line} }}"),
        ] {
            let mut file = lines.clone();
            file[index] = &broken;
            std::fs::write(&path, file.join("\n")).unwrap();
            let said = match claimwatch::config::read(&path, &claimwatch::secret::Process) {
                Ok(config) => format!("{}{:?}{config:?}", config.show(), config.warnings),
                Err(mistakes) => format!("{mistakes}\n{mistakes:?}"),
            };
            found.extend(seen(
                &format!("what is said of `{broken}`: {said}"),
                said.as_bytes(),
            ));
        }
    }
    found
}

/// Every page of the local page that can be reached from its front, each also as JSON and feed.
async fn pages(address: &str) -> Vec<String> {
    let mut waiting = vec![
        "/".to_owned(),
        "/metrics".to_owned(),
        "/healthz".to_owned(),
        "/readyz".to_owned(),
    ];
    let (mut known, mut found) = (waiting.clone(), Vec::new());
    while let Some(path) = waiting.pop() {
        let answer = get(address, &path).await;
        found.extend(seen(&path, answer.body.as_bytes()));
        for part in answer.body.split("href=\"").skip(1) {
            let link = part.split('"').next().unwrap().replace("&amp;", "&");
            let base = url::Url::parse(&format!("http://{address}{path}")).unwrap();
            let Some(link) = base
                .join(&link)
                .ok()
                .filter(|link| link.authority() == address)
            else {
                continue;
            };
            let link = link[url::Position::BeforePath..url::Position::AfterQuery].to_owned();
            if known.len() < 200 && !known.contains(&link) {
                known.push(link.clone());
                waiting.push(link);
            }
        }
    }
    assert!(known.len() > 8, "{known:?}");
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_seen_anywhere() {
    let (site, hook, smtp) = (
        Site::start().await,
        Hook::start().await,
        Server::start(Mode::Login535).await,
    );
    publish(&site, 40);
    site.redirect("moved", &site.url("elsewhere"));
    let program = Program::new("");
    let good = config(&site, &hook, &smtp);
    program.configure(&good);
    std::fs::write(
        program.path("hook.key"),
        "whsec_Y2FuYXJ5d2ViaG9va3NlY3JldHNpZ24x\n",
    )
    .unwrap();
    for _ in 0..8 {
        hook.fail_next(Fault::Status(401));
        hook.fail_next(Fault::Reset);
    }

    // Two runs: what is written as text, and as JSON; receivers that refuse, and then some that work.
    let mut daemon = start(&program, "text");
    let asked = |pages: &[crate::support::site::Visit]| {
        pages.iter().filter(|visit| visit.page == "floods").count() > 1
    };
    daemon.until(site.until(asked)).await;
    publish(&site, 60);
    daemon.until(hook.was_tried(6)).await;
    let served = daemon.until(address(&program)).await;
    let mut found = pages(&served).await;
    daemon.signal("HUP");
    daemon.signal("TERM");
    daemon.ended().await;
    smtp.set(Mode::Ok);
    let mut daemon = start(&program, "json");
    publish(&site, 75);
    let mailed = async {
        while smtp.kept().is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    daemon.until(mailed).await;

    let export = program.path("export");
    let story = tokio::task::block_in_place(|| {
        let stories = program.run(&["stories", "--json"]).stdout;
        let first = String::from_utf8(stories).unwrap();
        let row: serde_json::Value = serde_json::from_str(first.lines().next().unwrap()).unwrap();
        row["story"].as_str().unwrap().to_owned()
    });
    for arguments in [
        &["config", "show"][..],
        &["config", "check"],
        &["status"],
        &["status", "--json"],
        &["deliveries"],
        &["deliveries", "--json"],
        &["history", "floods"],
        &["stories", "--json"],
        &["figures", "houses"],
        &["check", "floods", "behind"],
        &["test-alert", "slack"],
        &["test-alert", "user"],
        &["test-alert", "desk"],
        &["backup", "backup.db"],
        &["export", &story, "--to", export.to_str().unwrap()],
        &["simulate"],
    ] {
        let said = tokio::task::block_in_place(|| printed(&program, arguments));
        assert!(!said.is_empty(), "{arguments:?}");
        found.extend(seen(&arguments.join(" "), &said));
    }
    // A crash leaves nothing behind, whatever the limits of whoever started it.
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", daemon.id())).unwrap();
    let core = limits
        .lines()
        .find(|line| line.starts_with("Max core file size"))
        .unwrap();
    assert_eq!(
        core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(),
        ["0", "0"]
    );
    daemon.signal("ABRT");
    daemon.ended().await;

    for mail in smtp.kept() {
        found.extend(seen("a mail", &mail.bytes));
    }
    let left = files(program.path("").as_path());
    for name in ["log", "claimwatch.db", "backup.db", "changes.atom"] {
        assert!(
            left.iter().any(|path| path.ends_with(name)),
            "{name} of {left:?}"
        );
    }
    for path in left {
        found.extend(seen(
            &path.display().to_string(),
            &std::fs::read(&path).unwrap(),
        ));
    }
    found.extend(tokio::task::block_in_place(|| messages(&program, &good)));
    assert!(
        found.is_empty(),
        "{}",
        found
            .iter()
            .map(|line| line.chars().take(300).collect::<String>())
            .collect::<Vec<_>>()
            .join("\n")
    );
    let log = program.log();
    for name in [
        "desk",
        "api",
        "user",
        "moved",
        "slack",
        "discord",
        "teams",
        "telegram",
        "matrix",
        "mattermost",
        "ntfy",
    ] {
        let told = [
            format!("receiver={name}"),
            format!("\"receiver\":\"{name}\""),
        ];
        assert!(
            told.iter().any(|told| log.contains(told)),
            "nothing was sent to {name}"
        );
    }
    assert!(log.contains("TRACE") && log.contains("\"level\":\"TRACE\""));
}

#[test]
fn a_search_for_canaries_finds_one() {
    let hidden = STANDARD.encode("\0alerts\0canarysmtppassword");

    assert_eq!(
        seen("a log", format!("AUTH PLAIN {hidden}").as_bytes()).len(),
        1
    );
    assert_eq!(seen("a log", b"nothing").len(), 0);
}
