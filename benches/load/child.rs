//! A program that is run and watched: what it takes of processor and memory, as Linux counts it.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncReadExt;

/// Ticks of the processor a second, as `/proc` counts them everywhere.
const TICKS: u64 = 100;
/// How often memory is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// A program that runs.
pub struct Child {
    process: tokio::process::Child,
    id: u32,
    /// The most memory it was seen to take, in KiB.
    pub peak_kib: u64,
}

impl Child {
    /// Starts a program whose words are kept and whose log is not.
    pub fn start(program: &str, arguments: &[String]) -> anyhow::Result<Self> {
        let process = tokio::process::Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let id = process.id().unwrap_or_default();
        Ok(Self {
            process,
            id,
            peak_kib: 0,
        })
    }

    /// Waits for its end and gives what it said.
    pub async fn finish(&mut self) -> anyhow::Result<String> {
        let mut words = String::new();
        if let Some(mut said) = self.process.stdout.take() {
            let reading = said.read_to_string(&mut words);
            tokio::pin!(reading);
            loop {
                tokio::select! {
                    read = &mut reading => { read?; break; }
                    () = tokio::time::sleep(LOOK) => self.peak_kib = self.peak_kib.max(peak(self.id)),
                }
            }
        }
        self.process.wait().await?;
        Ok(words)
    }

    /// Asks it to stop, and waits until it has.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        let id = self.id.to_string();
        tokio::process::Command::new("kill")
            .arg(id)
            .status()
            .await?;
        self.process.wait().await?;
        Ok(())
    }

    /// Whether it runs still.
    pub fn runs(&mut self) -> bool {
        matches!(self.process.try_wait(), Ok(None))
    }

    /// The time it was on a processor.
    pub fn cpu(&self) -> Duration {
        ticks(&format!("/proc/{}/stat", self.id), 11)
    }

    /// The most memory it has taken, in KiB.
    pub fn peak(&self) -> u64 {
        peak(self.id)
    }

    /// The memory it takes, in KiB.
    pub fn resident_kib(&self) -> u64 {
        status(self.id, "VmRSS:")
    }

    /// Its threads.
    pub fn threads(&self) -> u64 {
        status(self.id, "Threads:")
    }

    /// Its open files and connections.
    pub fn files(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.id)).map_or(0, Iterator::count)
    }
}

/// The time that programs which this one started, and which have ended, were on a processor.
pub fn cpu_of_children() -> Duration {
    ticks("/proc/self/stat", 13)
}

/// Two counts of ticks, for the program and for the system in its name, from the field `from` behind the name on.
fn ticks(path: &str, from: usize) -> Duration {
    let stat = std::fs::read_to_string(path).unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default();
    let counts = fields.split(' ').skip(from).take(2);
    let ticks: u64 = counts.filter_map(|count| count.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 1000 / TICKS)
}

fn peak(id: u32) -> u64 {
    status(id, "VmHWM:")
}

fn status(id: u32, field: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or_default()
}
