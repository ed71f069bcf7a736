//! The browser as a program: where it is, how it is started, and that nothing of it stays behind.
//!
//! It is started without a way to the network: every name is unknown to it, and every request goes to a proxy that has such
//! a name. What its pages want is fetched by claimwatch and handed in.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use command_fds::{CommandFdExt, FdMapping};
use rustix::process::{Pid, Signal, geteuid, kill_process_group, test_kill_process_group};
use serde_json::json;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::unix::pipe;
use tokio::process::{Child, ChildStderr, Command};
use tokio::sync::{OnceCell, oneshot, watch};
use tokio::time::{Instant, sleep, timeout};
use tracing::{debug, warn};

use super::super::shown::foreign;
use super::Fault;
use super::wire::Wire;

/// Where a Chromium is looked for when the configuration names none.
const PLACES: [&str; 6] = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome-stable",
    "/usr/bin/google-chrome",
    "/usr/local/bin/chromium",
    "/snap/bin/chromium",
];

/// How long a browser that was told to end may take before it is killed.
const PATIENCE_FOR_END: Duration = Duration::from_secs(3);
/// How long what it has started may outlive it.
const PATIENCE_FOR_LAST: Duration = Duration::from_secs(1);
/// Lines of its complaints that are kept, to tell why it ended.
const KEPT_COMPLAINTS: usize = 12;
/// Bytes of one complaint; what is longer counts as several.
const MAX_COMPLAINT_BYTES: u64 = 4096;
/// What the folder of a browser is called, before the number of our process.
const FOLDER: &str = "claimwatch-browser-";

/// The sandbox that Chromium builds from user namespaces is refused to root by Chromium itself.
const WITHOUT_SANDBOX: &str = "--no-sandbox";

/// How Chromium is started. Everything that asks the network of its own accord is off.
const ARGUMENTS: [&str; 33] = [
    "--headless",
    "--remote-debugging-pipe",
    "--no-startup-window",
    // No way out: a proxy by a name that nobody has, for this machine too, and no names at all.
    "--proxy-server=http://nowhere.invalid:1",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-quic",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--dns-prefetch-disable",
    "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,MediaRouter,DialMediaRouteProvider,OptimizationHints,Translate,NetworkTimeServiceQuerying,AutofillServerCommunication,CertificateTransparencyComponentUpdater",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-client-side-phishing-detection",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-extensions",
    "--disable-default-apps",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--no-pings",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-service-autorun",
    "--metrics-recording-only",
    "--mute-audio",
    "--password-store=basic",
    "--use-mock-keychain",
    // Nothing is drawn, and nothing but text is wanted.
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--blink-settings=imagesEnabled=false",
    // Scripts of strangers are interpreted and never turned into machine code: slower, and much harder to break out of.
    "--js-flags=--jitless --max-old-space-size=256",
    "--lang=en-US",
];

/// A running browser. It ends when it is dropped; [`Program::gone`] says when that has happened.
pub(super) struct Program {
    pub(super) wire: Wire,
    version: OnceCell<String>,
    work: Mutex<Work>,
    complaints: Arc<Mutex<VecDeque<String>>>,
    gone: watch::Receiver<bool>,
    /// Dropped with this, which tells [`see_off`].
    _wanted: oneshot::Sender<()>,
}

/// What a browser has done and has in hand.
#[derive(Debug, Clone, Copy)]
struct Work {
    pages: usize,
    open: usize,
    last: Instant,
}

/// A page in hand, until dropped.
pub(super) struct Hand(Arc<Program>);

impl Drop for Hand {
    fn drop(&mut self) {
        let mut work = self.0.work();
        work.open -= 1;
        work.last = Instant::now();
    }
}

impl std::ops::Deref for Hand {
    type Target = Program;

    fn deref(&self) -> &Program {
        &self.0
    }
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Program")
            .field("work", &self.work)
            .finish_non_exhaustive()
    }
}

/// The browser to start: the one that was named, or the first that is installed.
pub(super) fn find(named: Option<&Path>) -> Result<PathBuf, String> {
    if let Some(path) = named {
        return if path.is_file() {
            Ok(path.to_owned())
        } else {
            Err(format!(
                "there is no browser at {}, where `fetch.browser` says it is",
                path.display()
            ))
        };
    }
    let found = PLACES.iter().map(Path::new).find(|path| path.is_file());
    found.map(Path::to_owned).ok_or_else(|| {
        format!(
            "no Chromium is installed (looked for {} and {} others); install it (Debian: apt install chromium), or name it as `fetch.browser`",
            PLACES[0],
            PLACES.len() - 1
        )
    })
}

impl Program {
    /// Starts the browser at `path` in a folder of its own.
    pub(super) fn start(path: &Path) -> Result<Self, String> {
        clear_leftovers();
        let wrong = |error: std::io::Error| format!("cannot start {}: {error}", path.display());
        let folder = tempfile::Builder::new()
            .prefix(&format!("{FOLDER}{}-", std::process::id()))
            .tempdir()
            .map_err(wrong)?;
        let (heard, say) = std::io::pipe().map_err(wrong)?;
        let (come, told) = std::io::pipe().map_err(wrong)?;
        let mut child = spawn(path, &folder, heard.into(), told.into()).map_err(wrong)?;
        let say = pipe::Sender::from_owned_fd(say.into()).map_err(wrong)?;
        let come = pipe::Receiver::from_owned_fd(come.into()).map_err(wrong)?;
        let wire = Wire::new(say, come);
        let complaints = Arc::default();
        if let Some(stderr) = child.stderr.take() {
            tokio::spawn(listen(stderr, Arc::clone(&complaints)));
        }
        let (sender, gone) = watch::channel(false);
        let (wanted, unwanted) = oneshot::channel();
        tokio::spawn(see_off(child, folder, sender, unwanted));
        Ok(Self {
            wire,
            version: OnceCell::new(),
            work: Mutex::new(Work {
                pages: 0,
                open: 0,
                last: Instant::now(),
            }),
            complaints,
            gone,
            _wanted: wanted,
        })
    }

    /// Takes a page in hand.
    pub(super) fn hand(self: &Arc<Self>) -> Hand {
        let mut work = self.work();
        work.pages += 1;
        work.open += 1;
        drop(work);
        Hand(Arc::clone(self))
    }

    /// How many pages it was given.
    pub(super) fn pages(&self) -> usize {
        self.work().pages
    }

    /// How long it has had nothing to do.
    pub(super) fn rests_for(&self) -> Duration {
        let work = *self.work();
        if work.open > 0 {
            Duration::ZERO
        } else {
            work.last.elapsed()
        }
    }

    fn work(&self) -> MutexGuard<'_, Work> {
        // Plain numbers: a panic elsewhere does not spoil them.
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its name and version, told by itself once it has started.
    pub(super) async fn version(&self) -> Result<String, Fault> {
        let ask = async || {
            let params = json!({});
            let answer = self.wire.call(None, "Browser.getVersion", params).await?;
            Ok(answer["product"].as_str().unwrap_or("Chromium").to_owned())
        };
        self.version.get_or_try_init(ask).await.cloned()
    }

    /// What the browser complained of last, where that says why it ended.
    pub(super) fn last_words(&self) -> Option<String> {
        let complaints = self
            .complaints
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let fatal = complaints.iter().find(|line| line.contains("FATAL"));
        fatal.or(complaints.back()).cloned()
    }

    /// Becomes true when the process has ended and its folder is gone.
    pub(super) fn gone(&self) -> watch::Receiver<bool> {
        self.gone.clone()
    }
}

/// Starts the process: in a group of its own, with nothing of our environment, which may hold secrets.
fn spawn(path: &Path, folder: &TempDir, heard: OwnedFd, told: OwnedFd) -> std::io::Result<Child> {
    let mut profile = OsStr::new("--user-data-dir=").to_owned();
    profile.push(folder.path());
    let mut command = Command::new(path);
    command
        .args(ARGUMENTS)
        .arg(profile)
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("HOME", folder.path())
        .env("TMPDIR", folder.path())
        .env("XDG_CONFIG_HOME", folder.path())
        .env("XDG_CACHE_HOME", folder.path())
        .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
        // Pages write times in the reader's zone; theirs must not depend on the machine.
        .env("TZ", "UTC")
        .env("LANG", "C.UTF-8")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .process_group(0)
        .kill_on_drop(true);
    if geteuid().is_root() {
        warn!(
            "Chromium runs without its sandbox, because claimwatch runs as root; run it as a user of its own"
        );
        command.arg(WITHOUT_SANDBOX);
    }
    let mapping = |parent_fd, child_fd| FdMapping {
        parent_fd,
        child_fd,
    };
    command
        .fd_mappings(vec![mapping(heard, 3), mapping(told, 4)])
        .map_err(std::io::Error::other)?;
    command.spawn()
}

/// Keeps the last complaints. The buses of a desktop are missing on every server.
async fn listen(stderr: ChildStderr, complaints: Arc<Mutex<VecDeque<String>>>) {
    let mut stderr = BufReader::new(stderr);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let mut line = (&mut stderr).take(MAX_COMPLAINT_BYTES);
        let read = line.read_until(b'\n', &mut bytes).await;
        if read.is_ok_and(|read| read > 0) {
            let line = foreign(&String::from_utf8_lossy(&bytes));
            note(line, &complaints);
        } else {
            return;
        }
    }
}

fn note(line: String, complaints: &Mutex<VecDeque<String>>) {
    if line.contains("dbus") || line.contains("/usr/bin/chromium:") {
        return;
    }
    debug!(line, "Chromium");
    let mut kept = complaints.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() == KEPT_COMPLAINTS {
        kept.pop_front();
    }
    kept.push_back(line);
}

/// Waits until the browser is wanted no more or has ended by itself, and clears away what is left of it.
async fn see_off(
    mut child: Child,
    folder: TempDir,
    gone: watch::Sender<bool>,
    unwanted: oneshot::Receiver<()>,
) {
    let group = child
        .id()
        .and_then(|id| i32::try_from(id).ok())
        .and_then(Pid::from_raw);
    let is_running = tokio::select! {
        _ = child.wait() => false,
        // The error says that nobody is left who could want it.
        _ = unwanted => true,
    };
    if is_running && timeout(PATIENCE_FOR_END, child.wait()).await.is_err() {
        debug!("Chromium does not end, and is killed");
        // It has not been waited for, so the number of the group is still its own.
        if let Some(group) = group {
            // The error would say that it has just ended.
            let _ = kill_process_group(group, Signal::KILL);
        }
        // The error would say that it was waited for already.
        let _ = child.wait().await;
    }
    if let Some(group) = group {
        last_of(group).await;
    }
    let cleared = tokio::task::spawn_blocking(move || folder.close()).await;
    if let Ok(Err(error)) = cleared {
        debug!(%error, "the folder of Chromium stays behind");
    }
    // Nobody may be left who wants to know.
    let _ = gone.send(true);
}

/// Waits for what the browser has started, which ends by itself when the browser has; what does not is killed. As long as one of
/// them is left the number of the group is theirs.
async fn last_of(group: Pid) {
    let begin = Instant::now();
    while test_kill_process_group(group).is_ok() {
        if begin.elapsed() > PATIENCE_FOR_LAST {
            // The error would say that they have just ended.
            let _ = kill_process_group(group, Signal::KILL);
            return;
        }
        sleep(Duration::from_millis(10)).await;
    }
}

/// Removes the folders of browsers whose claimwatch was killed.
fn clear_leftovers() {
    let Ok(entries) = std::fs::read_dir(std::env::temp_dir()) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let owner = name
            .to_str()
            .and_then(|name| name.strip_prefix(FOLDER))
            .and_then(|rest| rest.split('-').next())
            .and_then(|id| id.parse::<u32>().ok());
        let is_left = owner.is_some_and(|id| !Path::new("/proc").join(id.to_string()).exists());
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_left && is_folder && std::fs::remove_dir_all(entry.path()).is_err() {
            debug!(folder = %entry.path().display(), "the folder of an earlier Chromium cannot be removed");
        }
    }
}
