//! The claimwatch binary, run as a user runs it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// A folder with a configuration, and the program to run in it.
pub struct Program {
    folder: TempDir,
}

impl Program {
    pub fn new(config: &str) -> Self {
        let program = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        program.configure(config);
        program
    }

    pub fn configure(&self, config: &str) {
        std::fs::write(self.path("config.yaml"), config).unwrap();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_claimwatch"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("CLAIMWATCH_CONFIG")
            .env_remove("STATE_DIRECTORY")
            .env_remove("NOTIFY_SOCKET")
            .env("NO_COLOR", "1")
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs to the end and gives standard output; the exit code must be `code`.
    pub fn says(&self, arguments: &[&str], code: i32) -> String {
        let output = self.run(arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Starts the daemon.
    pub fn start(&self) -> Daemon {
        self.start_with(&[])
    }

    /// Starts the daemon with environment variables.
    pub fn start_with(&self, variables: &[(&str, &str)]) -> Daemon {
        let log = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.path("log"))
            .unwrap();
        let child = self
            .command(&["run"])
            .envs(variables.iter().copied())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        Daemon { child }
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.path("log")).unwrap_or_default()
    }
}

/// A running daemon; killed when dropped.
pub struct Daemon {
    child: Child,
}

impl Daemon {
    pub fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .arg(format!("-{name}"))
            .arg(self.child.id().to_string())
            .status()
            .unwrap();
        assert!(status.success());
    }

    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for the end and gives the exit code; `None` where a signal ended it.
    pub async fn ended(mut self) -> Option<i32> {
        let (sender, receiver) = tokio::sync::oneshot::channel();
        let mut child = std::mem::replace(&mut self.child, dummy());
        std::thread::spawn(move || sender.send(child.wait().unwrap().code()));
        receiver.await.unwrap()
    }
}

/// A process that has ended, to stand in for one that was handed away.
fn dummy() -> Child {
    let mut child = Command::new("true").spawn().unwrap();
    child.wait().unwrap();
    child
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // It may have ended already, which is what a test hopes for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
