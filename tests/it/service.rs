//! The service as its manager and the neighbours on its machine meet it: what it says, what it opens, where it works.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::support::asked::{address, ask};
use crate::support::hook::Hook;
use crate::support::program::{Daemon, Program};
use crate::support::site::Site;

/// Nobody listens there, so every check fails at once.
const CONFIG: &str =
    "fetch: {pace: 0s}\nwatches:\n  - {name: a, url: 'http://127.0.0.1:9/a', every: 1s}\n";

/// What nobody can mend but the operator (`RestartPreventExitStatus=` of the unit).
const UNFIT: Option<i32> = Some(78);

/// The service manager's side of the notification socket.
struct Manager {
    socket: UnixDatagram,
    path: String,
}

impl Manager {
    fn of(program: &Program) -> Self {
        let path = program.path("notify").to_str().unwrap().to_owned();
        let socket = UnixDatagram::bind(&path).unwrap();
        Self { socket, path }
    }

    /// The lines of the next message, if one arrives within `patience`.
    fn next(&self, patience: Duration) -> Vec<String> {
        let mut buffer = [0; 4096];
        self.socket.set_read_timeout(Some(patience)).unwrap();
        let length = self.socket.recv(&mut buffer).unwrap_or_default();
        let text = String::from_utf8_lossy(&buffer[..length]);
        text.lines().map(ToOwned::to_owned).collect()
    }

    /// What arrives within `patience`.
    fn hears(&self, patience: Duration) -> Vec<String> {
        let end = Instant::now() + patience;
        let mut heard = Vec::new();
        while let Some(left) = end
            .checked_duration_since(Instant::now())
            .filter(|left| !left.is_zero())
        {
            heard.extend(self.next(left));
        }
        heard
    }

    /// Waits for a message; those after it are left to be heard.
    fn until(&self, wanted: &str) {
        for _ in 0..200 {
            let heard = self.next(Duration::from_millis(100));
            if heard.iter().any(|line| line == wanted) {
                return;
            }
        }
        panic!("{wanted} did not arrive");
    }
}

/// Starts the service under `manager`, with a watchdog of a second.
fn managed(program: &Program, manager: &Manager) -> Daemon {
    let variables = [
        ("NOTIFY_SOCKET", manager.path.as_str()),
        ("WATCHDOG_USEC", "1000000"),
    ];
    program.start_with(&variables)
}

fn pings(heard: &[String]) -> usize {
    heard.iter().filter(|line| *line == "WATCHDOG=1").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_manager_hears_when_the_service_is_ready_reloads_and_stops() {
    let program = Program::new(CONFIG);
    let manager = Manager::of(&program);
    let daemon = managed(&program, &manager);

    tokio::task::block_in_place(|| {
        manager.until("READY=1");
        daemon.signal("HUP");
        manager.until("RELOADING=1");
        manager.until("READY=1");
        daemon.signal("TERM");
        manager.until("STOPPING=1");
    });

    assert_eq!(daemon.ended().await, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_loop_that_stands_still_feeds_no_watchdog() {
    let program = Program::new(CONFIG);
    let manager = Manager::of(&program);
    let _daemon = managed(&program, &manager);

    let (before, during, after) = tokio::task::block_in_place(|| {
        manager.until("READY=1");
        let before = pings(&manager.hears(Duration::from_secs(2)));
        // Whoever holds the database holds the loop, which waits for it; every other task and timer goes on.
        let raw = rusqlite::Connection::open(program.path("claimwatch.db")).unwrap();
        raw.busy_timeout(Duration::from_secs(5)).unwrap();
        raw.execute_batch("BEGIN IMMEDIATE").unwrap();
        manager.hears(Duration::from_millis(1_500));
        let during = pings(&manager.hears(Duration::from_secs(3)));
        raw.execute_batch("ROLLBACK").unwrap();
        (
            before,
            during,
            pings(&manager.hears(Duration::from_secs(4))),
        )
    });

    assert!(before >= 2, "{before} pings in two seconds");
    assert_eq!(during, 0, "the loop waits for the database");
    assert!(after >= 2, "{after} pings in four seconds");
}

/// The TCP sockets of this process that listen.
fn listening(process: u32) -> Vec<String> {
    let sockets: BTreeSet<String> = fs::read_dir(format!("/proc/{process}/fd"))
        .unwrap()
        .filter_map(|entry| fs::read_link(entry.unwrap().path()).ok())
        .filter_map(|target| {
            let inode = target.to_str()?.strip_prefix("socket:[")?;
            Some(inode.trim_end_matches(']').to_owned())
        })
        .collect();
    let mut found = Vec::new();
    for table in ["tcp", "tcp6"] {
        let table = fs::read_to_string(format!("/proc/{process}/net/{table}")).unwrap_or_default();
        for line in table.lines().skip(1) {
            let columns: Vec<&str> = line.split_whitespace().collect();
            if columns[3] == "0A" && sockets.contains(columns[9]) {
                found.push(columns[1].to_owned());
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_listens_unless_the_configuration_says_so_and_then_on_loopback_alone() {
    let site = Site::start().await;
    site.publish("a", "A story", &["Nothing has happened here since Monday."]);
    let text = format!(
        "fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\ndefaults: {{every: 1s, decay: 0%}}\nwatches:\n  - {{name: a, url: '{}'}}\n",
        site.url("a")
    );
    let (closed, open) = (
        Program::new(&text),
        Program::new(&format!("server: {{listen: '127.0.0.1:0'}}\n{text}")),
    );

    let mut without = closed.start();
    without.until(site.visited(2)).await;
    let none = listening(without.id());
    let mut with = open.start();
    with.until(address(&open)).await;
    let one = listening(with.id());

    assert!(none.is_empty(), "{none:?}");
    assert_eq!(one.len(), 1, "{one:?}");
    assert!(one[0].starts_with("0100007F:"), "{one:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_odd_hosts_are_refused() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    let program = Program::new(&format!(
        "server: {{listen: '127.0.0.1:0'}}\nnotify: {{api: {{webhook: {{url: '{}'}}}}}}\nwatches: ['{}']\n",
        hook.url(),
        site.url("a")
    ));
    let mut daemon = program.start();
    let own = daemon.until(address(&program)).await;
    let port = own.rsplit_once(':').unwrap().1;

    for host in [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.example:8077",
        "user@127.0.0.1",
        "127.0.0.1@evil.example",
        "10.0.0.1",
        "0.0.0.0",
        "169.254.169.254",
        "[::ffff:127.0.0.1]",
        "[fe80::1]",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "localhost.",
        "LOCALHOST.EVIL.EXAMPLE",
        "127.0.0.1,evil.example",
        "127.0.0.1 evil.example",
        "127.0.0.1/../evil",
        "xn--lcalhost-64a",
        "",
    ] {
        for host in [host.to_owned(), format!("{host}:{port}")] {
            let head = format!("GET /metrics HTTP/1.1\r\nHost: {host}\r\n");
            let answer = ask(&own, &head).await;
            assert!(matches!(answer.status, 400 | 403), "{host}");
            assert!(!answer.body.contains("claimwatch_"), "{host}");
        }
    }
}

/// Starts the service, which must refuse, and gives what it says.
fn refused(program: &Program) -> String {
    let output = program.run(&["run"]);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), UNFIT, "{errors}");
    assert!(errors.contains("hint:"), "{errors}");
    errors
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_service_stores_is_for_its_user_alone() {
    let program = Program::new(CONFIG);
    let folder = program.path("state");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    let manager = Manager::of(&program);

    let daemon = program.start_with(&[
        ("NOTIFY_SOCKET", manager.path.as_str()),
        ("STATE_DIRECTORY", folder.to_str().unwrap()),
    ]);
    tokio::task::block_in_place(|| manager.until("READY=1"));

    let files: Vec<_> = fs::read_dir(&folder).unwrap().map(Result::unwrap).collect();
    assert!(files.len() >= 3, "the database, its log and its lock");
    for file in files {
        let mode = file.metadata().unwrap().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", file.path().display());
    }
    daemon.signal("TERM");
    assert_eq!(daemon.ended().await, Some(0));
}

#[test]
fn a_state_directory_behind_a_link_of_another_user_or_open_to_all_is_refused() {
    let program = Program::new(&format!("{CONFIG}store: state/claimwatch.db\n"));
    let (folder, elsewhere) = (program.path("state"), program.path("elsewhere"));
    fs::create_dir(&elsewhere).unwrap();

    symlink(&elsewhere, &folder).unwrap();
    assert!(refused(&program).contains("is a link"));
    fs::remove_file(&folder).unwrap();
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
    assert!(refused(&program).contains("written by every user"));
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    // Only root may give a folder away.
    if chown(&folder, Some(54_321), None).is_ok() {
        assert!(refused(&program).contains("belongs to another user"));
    }

    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn a_mistake_in_the_configuration_ends_the_start_for_good() {
    let program = Program::new("watches: []\n");

    let said = refused(&program);

    assert!(said.contains("the list is empty"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_flipped_bits_neither_empty_the_database_nor_end_in_a_panic() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    let program = Program::new(&format!(
        "notify: {{api: {{webhook: {{url: '{}'}}}}}}\ndefaults: {{every: 1h, notify: [api]}}\n\
         fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nwatches:\n  - {{name: floods, url: '{}'}}\n",
        hook.url(),
        site.url("floods")
    ));
    for houses in [40, 60, 80] {
        let lead =
            format!("Rescuers have led people out of {houses} houses, the fire service said.");
        site.publish("floods", "Floods cut off towns", &[&lead, "Rain goes on."]);
        tokio::task::block_in_place(|| program.run(&["check"]));
    }
    let database = program.path("claimwatch.db");
    let versions = tokio::task::block_in_place(|| told_versions(&program)).unwrap();
    assert_eq!(versions, 3);
    let sound = fs::read(&database).unwrap();

    let mut told = 0;
    let mut state = 88_172_645_463_325_252_u64;
    for round in 0..100 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        // Every fourth in the head of the file, which rules the rest.
        let within = if round % 4 == 0 { 100 } else { sound.len() };
        let place = usize::try_from(state % within as u64).unwrap();
        let mut bytes = sound.clone();
        bytes[place] ^= 1 << (round % 8);
        put(&database, &bytes);

        let started = tokio::task::block_in_place(|| starts(&program));

        let log = program.log();
        assert!(!log.contains("panicked"), "byte {place}: {log}");
        if started {
            let after = tokio::task::block_in_place(|| told_versions(&program));
            assert!(after.is_none_or(|after| after == versions), "byte {place}");
        } else {
            told += 1;
            assert!(log.contains("hint:"), "byte {place}: {log}");
            assert_eq!(fs::read(&database).unwrap(), bytes, "byte {place}");
        }
        fs::remove_file(program.path("log")).unwrap();
    }

    assert!(told > 10, "only {told} of 100 were told");
}

/// Puts a database in place, without the log of the one before it.
fn put(database: &Path, bytes: &[u8]) {
    for end in ["db-wal", "db-shm"] {
        let _ = fs::remove_file(database.with_extension(end));
    }
    fs::write(database, bytes).unwrap();
}

/// How many versions of the story there are; `None` where that cannot be read, which is told.
fn told_versions(program: &Program) -> Option<usize> {
    let output = program.run(&["history", "floods", "--json"]);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!errors.contains("panicked"), "{errors}");
    if output.status.success() {
        return Some(String::from_utf8_lossy(&output.stdout).lines().count());
    }
    assert!(errors.contains("error:"), "{errors}");
    None
}

/// Whether the service starts; where it does, it is stopped again.
fn starts(program: &Program) -> bool {
    let log = fs::File::create(program.path("log")).unwrap();
    let mut service = program
        .command(&["run"])
        .stderr(log.try_clone().unwrap())
        .stdout(log)
        .spawn()
        .unwrap();
    let end = Instant::now() + Duration::from_secs(20);
    while Instant::now() < end
        && service.try_wait().unwrap().is_none()
        && !program.log().contains("watching watches=1")
    {
        std::thread::sleep(Duration::from_millis(10));
    }
    let id = service.id().to_string();
    let ended = service.try_wait().unwrap();
    if ended.is_none() {
        std::process::Command::new("kill")
            .arg(&id)
            .status()
            .unwrap();
    }
    let code = service.wait().unwrap().code();
    match ended {
        Some(_) => assert!(matches!(code, Some(2 | 78)), "{}", program.log()),
        None => assert_eq!(code, Some(0), "{}", program.log()),
    }
    ended.is_none()
}

#[test]
fn whoever_looks_back_or_adds_a_watch_needs_no_secret_of_the_service() {
    let program = Program::new(&format!(
        "notify: {{api: {{webhook: {{url: 'https://desk.example/', secret: {{credential: hook}}}}}}}}\n{CONFIG}"
    ));

    let said = program.run(&["status"]);
    let added = program.says(&["add", "https://news.example/b"], 0);
    let check = program.run(&["check"]);
    let mistakes = program.run(&["config", "check"]);
    let shown = program.says(&["config", "show"], 0);

    let errors = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(errors.contains("there is no database"), "{errors}");
    assert!(added.contains("Added 1 watch"), "{added}");
    let errors = String::from_utf8_lossy(&check.stderr).into_owned();
    assert!(errors.contains("there is no credential hook"), "{errors}");
    let errors = String::from_utf8_lossy(&mistakes.stderr).into_owned();
    assert_eq!(mistakes.status.code(), Some(0), "{errors}");
    assert!(
        errors.contains("the credential hook is handed to the service alone"),
        "{errors}"
    );
    assert!(shown.contains("(secret)"), "{shown}");
}

#[test]
fn under_a_manager_a_configuration_with_a_secret_that_everyone_may_read_ends_the_start() {
    let program = Program::new(&format!(
        "notify: {{api: {{webhook: {{url: 'https://desk.example/', secret: whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3}}}}}}\n{CONFIG}"
    ));
    fs::set_permissions(program.path(""), fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(
        program.path("config.yaml"),
        fs::Permissions::from_mode(0o644),
    )
    .unwrap();
    let manager = Manager::of(&program);

    let output = program
        .command(&["run"])
        .env("NOTIFY_SOCKET", &manager.path)
        .output()
        .unwrap();

    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), UNFIT, "{errors}");
    assert!(
        errors.contains("every user of this machine may read it"),
        "{errors}"
    );
    assert!(
        errors.contains("hint:") && !errors.contains("whsec_"),
        "{errors}"
    );
}

#[test]
fn a_secret_in_a_file_that_everyone_may_read_is_told() {
    let program = Program::new(&format!(
        "notify: {{api: {{webhook: {{url: {{file: hook}}}}}}}}\n{CONFIG}"
    ));
    let folder = program.path("");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    let secret = program.path("hook");
    fs::write(&secret, "https://desk.example/hush\n").unwrap();
    let told_with = |mode: u32| {
        fs::set_permissions(&secret, fs::Permissions::from_mode(mode)).unwrap();
        let output = program.run(&["config", "check"]);
        String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr)
    };

    assert!(!told_with(0o600).contains("may read it"));
    let told = told_with(0o644);

    assert!(
        told.contains("every user of this machine may read it"),
        "{told}"
    );
    assert!(!told.contains("hush"), "{told}");
}
