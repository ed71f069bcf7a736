//! What the program costs under load, against a site of this process, beside the floor in the same run.
//!
//! `cargo bench --bench load` plays four passes of `claimwatch check` over a thousand stories: first sight, nothing changed,
//! other bytes around the same stories, and a figure changed in one of ten. The floor fetches the same pages with a bare HTTP
//! client and parses each once. `-- --stories N` takes another number.
//!
//! `-- --watches N [--rate R] [--seconds S]` runs the service over N watches of which R are due each second, and tells how
//! late the checks come, what each costs and what memory the service takes.
//!
//! `-- --rounds N [--watches W]` checks W watches N times each as fast as may be (144 rounds are a day with a check every ten
//! minutes), and tells how memory, files and threads grow.

#![allow(missing_docs, clippy::cast_precision_loss)]

mod child;
mod floor;
mod site;
mod store;
#[path = "../support/mod.rs"]
mod support;

use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use child::{Child, cpu_of_children};
use site::Site;

/// The service has this long to start before checks are due one after another.
const TIME_TO_START: Duration = Duration::from_secs(5);
/// Looks at each story in a day, one every ten minutes.
const LOOKS_A_DAY: f64 = 144.0;
/// Sites that the stories are spread over.
const HOSTS: usize = 10;

fn main() -> anyhow::Result<()> {
    claimwatch::fetch::install_crypto();
    let arguments: Vec<String> = std::env::args().collect();
    let number = |name: &str| -> Option<u32> {
        let at = arguments.iter().position(|word| word == name)?;
        arguments.get(at + 1)?.parse().ok()
    };
    if let Some(stories) = number("--floor") {
        return floor::run(stories, &arguments);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    match (number("--rounds"), number("--watches")) {
        (Some(rounds), watches) => runtime.block_on(soak(rounds, watches.unwrap_or(500))),
        (None, Some(watches)) => {
            let rate = number("--rate").unwrap_or(100);
            let seconds = number("--seconds").unwrap_or(60);
            runtime.block_on(serve(watches, rate, seconds))
        }
        (None, None) => runtime.block_on(passes(number("--stories").unwrap_or(1_000))),
    }
}

/// The program that is measured; the variable `PROGRAM` names another build of it.
fn program() -> String {
    std::env::var("PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_claimwatch").to_owned())
}

/// The passes of `claimwatch check`, and the floor.
async fn passes(stories: u32) -> anyhow::Result<()> {
    let site = Site::start(HOSTS, stories).await?;
    let folder = tempfile::tempdir()?;
    let config = folder.path().join("config.yaml");
    std::fs::write(&config, store::config_of_stories(&site, stories))?;
    let floor = {
        let mut arguments = vec!["--floor".to_owned(), stories.to_string()];
        arguments.extend(site.ports.iter().map(u16::to_string));
        let program = std::env::current_exe()?;
        pass(&program.to_string_lossy(), &arguments).await?
    };
    println!("{stories} stories of {} KB", site::page_bytes() / 1000);
    floor.show("floor: bare fetch and parse", stories, None);
    for (name, noise, figure) in [
        ("first sight", 0, 0),
        ("nothing changed", 0, 0),
        ("other bytes around each story", 1, 0),
        ("a figure changed in one of ten", 2, 1),
    ] {
        site.noise.store(noise, Ordering::Relaxed);
        site.figure.store(figure, Ordering::Relaxed);
        let arguments = [
            "--config".to_owned(),
            config.display().to_string(),
            "check".to_owned(),
            "--json".to_owned(),
        ];
        let pass = pass(&program(), &arguments).await?;
        pass.show(name, stories, Some(&floor));
    }
    Ok(())
}

/// What one run of a program took.
struct Pass {
    cpu: Duration,
    wall: Duration,
    peak_kib: u64,
    told: usize,
}

impl Pass {
    fn show(&self, name: &str, stories: u32, floor: Option<&Self>) {
        let cpu = self.cpu.as_secs_f64();
        let ratio = floor.map_or_else(String::new, |floor| {
            format!(
                "  {:>5.2} x the floor  {:>4} told",
                cpu / floor.cpu.as_secs_f64(),
                self.told
            )
        });
        println!(
            "{name:<32} {:>6.0} pages a CPU second  {:>6.2} s CPU  {:>6.2} s  peak {:>4} MiB{ratio}",
            f64::from(stories) / cpu,
            cpu,
            self.wall.as_secs_f64(),
            self.peak_kib / 1024,
        );
    }
}

async fn pass(program: &str, arguments: &[String]) -> anyhow::Result<Pass> {
    let (begin, before) = (Instant::now(), cpu_of_children());
    let mut child = Child::start(program, arguments, Stdio::piped())?;
    let output = child.finish().await?;
    Ok(Pass {
        cpu: cpu_of_children().saturating_sub(before),
        wall: begin.elapsed(),
        peak_kib: child.peak_kib,
        told: output.matches("\"alert\":{").count(),
    })
}

/// The service over many watches, so many of which are due each second.
async fn serve(watches: u32, rate: u32, seconds: u32) -> anyhow::Result<()> {
    let site = Site::start(HOSTS, watches).await?;
    let folder = tempfile::tempdir()?;
    let begin = Instant::now();
    // One check is due at once; the others when the service has had time to start.
    let writing = Duration::from_micros(400) * watches;
    let plan = store::Plan::new(watches, rate, writing + TIME_TO_START);
    let config = store::prepare(folder.path(), &site, &plan).await?;
    println!("{watches} watches written in {:.1?}", begin.elapsed());
    anyhow::ensure!(
        begin.elapsed() < writing,
        "writing them took longer than planned"
    );
    tokio::time::sleep(writing.saturating_sub(begin.elapsed())).await;
    let arguments = [
        "--config".to_owned(),
        config.display().to_string(),
        "run".to_owned(),
    ];
    let started = Instant::now();
    let child = Child::start(&program(), &arguments, Stdio::null())?;
    site.first_request().await;
    println!("start to the first request: {:.2?}", started.elapsed());
    tokio::time::sleep(TIME_TO_START).await;
    let (cpu, asked) = (child.cpu(), site.asked());
    tokio::time::sleep(Duration::from_secs(seconds.into())).await;
    let (cpu, asked) = (child.cpu().saturating_sub(cpu), site.asked() - asked);
    let mut late = site.lateness(watches, |story| plan.due(story));
    late.sort();
    let at = |percent: usize| {
        late.get(late.len() * percent / 100)
            .copied()
            .unwrap_or_default()
    };
    println!(
        "{:.1} checks a second, {:.2} ms CPU each; late: median {:.2?}, p99 {:.2?}, most {:.2?}; memory {} MiB, peak {} MiB",
        asked as f64 / f64::from(seconds),
        cpu.as_secs_f64() * 1e3 / asked.max(1) as f64,
        at(50),
        at(99),
        late.last().copied().unwrap_or_default(),
        child.resident_kib() / 1024,
        child.peak() / 1024,
    );
    child.stop().await
}

/// A day of checks in minutes: whether memory, files or threads grow.
async fn soak(rounds: u32, watches: u32) -> anyhow::Result<()> {
    let site = Arc::new(Site::start(HOSTS, watches).await?);
    let folder = tempfile::tempdir()?;
    let config = folder.path().join("config.yaml");
    let text = store::config_of_stories(&site, watches);
    std::fs::write(
        &config,
        format!("{text}defaults: {{every: 1s, decay: 0%}}\n"),
    )?;
    let arguments = [
        "--config".to_owned(),
        config.display().to_string(),
        "run".to_owned(),
    ];
    let mut child = Child::start(&program(), &arguments, Stdio::null())?;
    let all = u64::from(rounds) * u64::from(watches);
    let mut told = 0;
    let mut memory = Vec::new();
    while site.asked() < all {
        tokio::time::sleep(Duration::from_secs(1)).await;
        anyhow::ensure!(child.runs(), "the service has ended");
        let days = site.asked() as f64 / f64::from(watches) / LOOKS_A_DAY;
        memory.push((days, child.resident_kib() as f64));
        // Each look at a page finds other noise around it, and now and then another figure in one story of ten.
        let part = u32::try_from(site.asked() * 24 / all).unwrap_or(24);
        site.noise.fetch_add(1, Ordering::Relaxed);
        site.figure.store(part, Ordering::Relaxed);
        if part > told {
            told = part;
            println!(
                "day {days:>5.2}: {:>7} checks, memory {:>6} KiB, {:>3} files, {:>3} threads",
                site.asked(),
                child.resident_kib(),
                child.files(),
                child.threads(),
            );
        }
    }
    // The first hours are left out: until every thread has read its largest page, memory has not found its level.
    let settled = memory.iter().position(|(days, _)| *days > 0.25);
    println!(
        "memory grows by {:.0} KiB a day",
        slope(&memory[settled.unwrap_or(0)..])
    );
    child.stop().await
}

/// The slope of the line through `points` from which they are least far away (least squares).
fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let rise: f64 = points
        .iter()
        .map(|point| (point.0 - x) * (point.1 - y))
        .sum();
    let run: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    rise / run
}
