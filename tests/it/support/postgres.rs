//! A real PostgreSQL for the tests: one server for the process, a database for each test.
//!
//! It is made in a folder of its own and ends with the process: a shell beside it waits for the end of a pipe that the
//! process holds. Where there is no PostgreSQL the tests that need one say so and pass, unless `CLAIMWATCH_NEED_POSTGRES` is
//! set, as it is where everything must be tested.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// The server of this process.
pub struct Cluster {
    folder: PathBuf,
    pub port: u16,
    bin: PathBuf,
    _shell: Child,
}

static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The server, started by whoever asks first.
pub fn cluster() -> Option<&'static Cluster> {
    let cluster = CLUSTER.get_or_init(|| match bin() {
        Some(bin) => Some(Cluster::start(bin)),
        None if std::env::var_os("CLAIMWATCH_NEED_POSTGRES").is_some() => {
            panic!("CLAIMWATCH_NEED_POSTGRES is set, and there is no initdb")
        }
        None => {
            eprintln!("skipped: there is no PostgreSQL on this machine");
            None
        }
    });
    cluster.as_ref()
}

/// The address of a database that is empty.
pub fn database() -> Option<String> {
    let cluster = cluster()?;
    let number = DATABASES.fetch_add(1, Ordering::Relaxed);
    let name = format!("claims_{}_{number}", std::process::id());
    cluster.psql("postgres", &format!("CREATE DATABASE {name}"));
    Some(cluster.address(&name))
}

/// Where the tests of the store have theirs: in `folder`, or on the server where `CLAIMWATCH_TEST_STORE` says so.
pub fn place(folder: &Path) -> claimwatch::store::Place {
    if std::env::var_os("CLAIMWATCH_TEST_STORE").is_some_and(|word| word == "postgres") {
        let address = database().expect("a server");
        return claimwatch::store::Place::Server(
            claimwatch::store::Server::read(&address).unwrap(),
        );
    }
    folder.join("claimwatch.db").into()
}

fn bin() -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = std::env::var_os("PGBIN")
        .map(PathBuf::from)
        .into_iter()
        .collect();
    folders.extend(std::env::split_paths(
        &std::env::var_os("PATH").unwrap_or_default(),
    ));
    let installed = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut installed: Vec<PathBuf> = installed.map(|entry| entry.path().join("bin")).collect();
    installed.sort();
    folders.extend(installed.into_iter().rev());
    folders
        .into_iter()
        .find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

impl Cluster {
    fn start(bin: PathBuf) -> Self {
        // Short: the name of a socket has at most 107 bytes.
        let folder = tempfile::Builder::new()
            .prefix("cw-pg-")
            .tempdir_in("/tmp")
            .unwrap()
            .keep();
        let is_root = std::fs::metadata("/proc/self")
            .is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
        for name in ["server.pem", "server.key"] {
            let from = format!("{}/testdata/tls/{name}", env!("CARGO_MANIFEST_DIR"));
            let to = folder.join(name);
            std::fs::copy(from, &to).unwrap();
            std::fs::set_permissions(&to, std::os::unix::fs::PermissionsExt::from_mode(0o600))
                .unwrap();
            if is_root {
                std::os::unix::fs::chown(&to, Some(65_534), Some(65_534)).unwrap();
            }
        }
        // It refuses to run as root.
        let other = if is_root {
            std::os::unix::fs::chown(&folder, Some(65_534), Some(65_534)).unwrap();
            "setpriv --reuid=65534 --regid=65534 --clear-groups"
        } else {
            ""
        };
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let (path, bin_path) = (folder.display(), bin.display());
        let made = Command::new("sh")
            .arg("-c")
            .arg(format!("cd {path} && {other} {bin_path}/initdb -D {path}/data -U claimwatch -A trust -E UTF8 --no-sync --locale=C >{path}/initdb.log 2>&1"))
            .status()
            .unwrap();
        assert!(
            made.success(),
            "{}",
            std::fs::read_to_string(folder.join("initdb.log")).unwrap_or_default()
        );
        let shell = Command::new("sh")
            .arg("-c")
            .arg(format!(
                "cd {path}; trap '' INT TERM HUP; {other} {bin_path}/postgres -D {path}/data -k {path} -p {port} \
                 -c listen_addresses=127.0.0.1 -c ssl=on -c ssl_cert_file={path}/server.pem -c ssl_key_file={path}/server.key -c max_connections=400 -c shared_buffers=64MB -c max_wal_size=512MB \
                 >{path}/server.log 2>&1 & echo $! >{path}/pid; cat >/dev/null; kill -QUIT $(head -1 {path}/data/postmaster.pid); \
                 wait; rm -rf {path}"
            ))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let cluster = Self {
            folder,
            port,
            bin,
            _shell: shell,
        };
        let begun = Instant::now();
        while !cluster.answers() {
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "{}",
                cluster.log()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        cluster
    }

    /// The address of a database, by way of the socket.
    pub fn address(&self, database: &str) -> String {
        format!(
            "postgres:///{database}?host={}&port={}&user=claimwatch",
            self.folder.display(),
            self.port
        )
    }

    /// The same by way of the network, at `port`.
    pub fn network_address(&self, database: &str, port: u16, rest: &str) -> String {
        format!("postgres://claimwatch@127.0.0.1:{port}/{database}?{rest}")
    }

    /// Makes a user that is asked for a password, and whose database this is.
    pub fn ask_for_a_password(&self, database: &str, user: &str, password: &str) {
        let rules = self.folder.join("data/pg_hba.conf");
        let others = std::fs::read_to_string(&rules).unwrap();
        if !others.contains(user) {
            std::fs::write(
                &rules,
                format!("host all {user} 127.0.0.1/32 scram-sha-256\n{others}"),
            )
            .unwrap();
        }
        let sql = format!(
            "CREATE USER {user} PASSWORD '{password}'; ALTER DATABASE {database} OWNER TO {user}"
        );
        self.psql("postgres", &sql);
        self.psql("postgres", "SELECT pg_reload_conf()");
    }

    /// Ends every connection to a database, as a restart of the server does.
    pub fn cut(&self, database: &str) {
        let all = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = ";
        self.psql("postgres", &format!("{all}'{database}'"));
    }

    /// Runs statements and gives what they answer.
    pub fn psql(&self, database: &str, sql: &str) -> String {
        let output = self.command(database, sql).output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn command(&self, database: &str, sql: &str) -> Command {
        let program = self.bin.join("psql");
        let program = if program.exists() {
            program
        } else {
            "psql".into()
        };
        let mut command = Command::new(program);
        command.args([
            "-X",
            "-q",
            "-A",
            "-t",
            "-v",
            "ON_ERROR_STOP=1",
            "-U",
            "claimwatch",
            "-d",
            database,
        ]);
        command
            .arg("-h")
            .arg(&self.folder)
            .args(["-p", &self.port.to_string(), "-c", sql]);
        command
    }

    fn answers(&self) -> bool {
        self.command("postgres", "SELECT 1")
            .output()
            .is_ok_and(|output| output.status.success())
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("server.log")).unwrap_or_default()
    }
}

/// The name of the database in an address made here.
pub fn name(address: &str) -> &str {
    address
        .trim_start_matches("postgres:///")
        .split('?')
        .next()
        .unwrap()
}
