//! The claimwatch binary, run as a user runs it.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

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
        use std::os::unix::fs::PermissionsExt;
        let path = self.path("config.yaml");
        std::fs::write(&path, config).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
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
        let mut command = self.command(&["run"]);
        command
            .envs(variables.iter().copied())
            .stdout(log.try_clone().unwrap())
            .stderr(log);
        let child = tokio::process::Command::from(command)
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        Daemon {
            child,
            log: self.path("log"),
        }
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.path("log")).unwrap_or_default()
    }
}

/// A running daemon; killed when dropped.
pub struct Daemon {
    child: tokio::process::Child,
    log: PathBuf,
}

impl Daemon {
    pub fn signal(&self, name: &str) {
        let id = self.child.id().expect("the daemon runs").to_string();
        let status = Command::new("kill")
            .arg(format!("-{name}"))
            .arg(id)
            .status()
            .unwrap();
        assert!(status.success());
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id().expect("the daemon runs")
    }

    pub async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }

    /// Waits for `event`; a daemon that ends before it has failed.
    pub async fn until<T>(&mut self, event: impl Future<Output = T>) -> T {
        tokio::select! {
            happened = event => happened,
            status = self.child.wait() => {
                panic!("the daemon ended: {status:?}\n{}", std::fs::read_to_string(&self.log).unwrap_or_default())
            }
        }
    }

    /// Waits for the end and gives the exit code; `None` where a signal ended it.
    pub async fn ended(mut self) -> Option<i32> {
        self.child.wait().await.unwrap().code()
    }
}
