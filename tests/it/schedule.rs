//! Schedules: crontab lines against another program's answers, and whole years in zones whose clocks change.

use std::str::FromStr;

use claimwatch::schedule::{Crontab, Every, Schedule};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

const ZONES: [&str; 8] = [
    "UTC",
    "Europe/Zurich",
    "America/New_York",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Pacific/Chatham",
];

/// Numbers that look random and are the same on every run (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let x = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (x ^ (x >> 31)) % below
    }

    fn one_in(&mut self, chances: u64) -> bool {
        self.roll(chances) == 0
    }

    /// A list, range or step of a field.
    fn field(&mut self, first: u64, last: u64, names: &[&str]) -> String {
        let count = 1 + self.roll(3);
        let items: Vec<String> = (0..count).map(|_| self.item(first, last, names)).collect();
        items.join(",")
    }

    fn item(&mut self, first: u64, last: u64, names: &[&str]) -> String {
        let low = first + self.roll(last - first + 1);
        let high = low + self.roll(last - low + 1);
        let in_words = !names.is_empty() && self.one_in(2);
        let name = |value: u64| match names.get(usize::try_from(value - first).unwrap()) {
            Some(name) if in_words => (*name).to_owned(),
            Some(_) | None => value.to_string(),
        };
        match self.roll(3) {
            _ if low == high => name(low),
            0 => name(low),
            1 => format!("{}-{}", name(low), name(high)),
            _ => format!("{low}-{high}/{}", 1 + self.roll(5)),
        }
    }

    /// A field that is `*` or `*/n` as often as not.
    fn field_or_star(&mut self, first: u64, last: u64, names: &[&str]) -> String {
        match self.roll(4) {
            0 | 1 => "*".to_owned(),
            2 => format!("*/{}", 1 + self.roll((last - first).min(20))),
            _ => self.field(first, last, names),
        }
    }

    fn line(&mut self) -> String {
        const MONTHS: [&str; 12] = [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ];
        const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
        let minute = self.field_or_star(0, 59, &[]);
        let hour = self.field_or_star(0, 23, &[]);
        let month = self.field_or_star(1, 12, &MONTHS);
        // The other program joins `*/2` with the other day field by "or", which crontab does not.
        let (day, weekday) = match self.roll(5) {
            0 => ("*".to_owned(), "*".to_owned()),
            1 => (self.field_or_star(1, 31, &[]), "*".to_owned()),
            2 => ("*".to_owned(), self.field_or_star(0, 6, &DAYS)),
            3 => ("*".to_owned(), self.field(0, 7, &[])),
            _ => (self.field(1, 31, &[]), self.field(0, 6, &DAYS)),
        };
        format!("{minute} {hour} {day} {month} {weekday}")
    }
}

/// Whether the clocks change within five hours of either time, or between the two within that.
fn is_near_a_change(zone: &TimeZone, from: Timestamp, to: Timestamp) -> bool {
    let margin = SignedDuration::from_hours(5);
    [from, to].into_iter().any(|at| {
        let change = zone.following(at - margin).next();
        change.is_some_and(|change| change.timestamp() <= at + margin)
    })
}

#[test]
fn crontab_lines_mean_what_another_program_takes_them_for() {
    let mut dice = Dice(20_261_123);
    let start: Timestamp = "2024-01-01T00:00:00Z".parse().unwrap();
    let (mut compared, mut near_changes) = (0, 0);
    for round in 0..3000 {
        let line = dice.line();
        let zone = TimeZone::get(ZONES[round % ZONES.len()]).unwrap();
        let oracle = croner::Cron::from_str(&line).unwrap();
        let mut at =
            start + SignedDuration::from_mins(dice.roll(6 * 366 * 1440).try_into().unwrap());
        let Ok(crontab) = Crontab::parse(&line, zone.clone()) else {
            let never = oracle.find_next_occurrence(&at.to_zoned(zone), false);
            assert!(
                never.is_err(),
                "`{line}` was refused but comes at {never:?}"
            );
            continue;
        };
        for _ in 0..5 {
            let ours = crontab.next(at).unwrap();
            let theirs = oracle
                .find_next_occurrence(&at.to_zoned(zone.clone()), false)
                .unwrap();
            assert!(ours > at, "`{line}` went back from {at} to {ours}");
            if is_near_a_change(&zone, at, ours) || is_near_a_change(&zone, at, theirs.timestamp())
            {
                near_changes += 1;
            } else {
                assert_eq!(ours, theirs.timestamp(), "`{line}` after {at} in {theirs}");
                compared += 1;
            }
            at = ours;
        }
    }
    assert!(
        compared > 11_000,
        "{compared} compared, {near_changes} near changes"
    );
}

/// The checks of a year.
fn year(schedule: &Schedule, year: i16, zone: &TimeZone) -> Vec<Timestamp> {
    let first = jiff::civil::date(year, 1, 1)
        .to_zoned(zone.clone())
        .unwrap();
    let end = first.checked_add(1.year()).unwrap().timestamp();
    let mut at = first.timestamp() - SignedDuration::from_secs(1);
    let mut checks = Vec::new();
    while let Some(next) = schedule.next(at, None, 7) {
        if next >= end {
            break;
        }
        assert!(next > at);
        checks.push(next);
        at = next;
    }
    checks
}

fn cron(line: &str, zone: &TimeZone) -> Schedule {
    Schedule::Cron(Crontab::parse(line, zone.clone()).unwrap())
}

#[test]
fn in_every_zone_a_year_has_the_checks_it_should_have() {
    for name in ZONES {
        let zone = TimeZone::get(name).unwrap();
        for (line, expected) in [
            // Throughout: real time, whatever the clocks do.
            ("*/30 * * * *", 365 * 48),
            // At a time of day: once a day, in the gap and in the overlap too.
            ("30 2 * * *", 365),
            ("30 1 * * *", 365),
            ("0 0 * * *", 365),
            ("15 6,12,18 * * *", 365 * 3),
            ("0 2 * * sun", 52),
            ("0 3 29 2 *", 0),
        ] {
            let checks = year(&cron(line, &zone), 2026, &zone);
            assert_eq!(checks.len(), expected, "`{line}` in {name}");
        }
    }
}

#[test]
fn an_interval_takes_no_notice_of_the_clocks() {
    let every = Schedule::Every(Every {
        every: std::time::Duration::from_secs(600),
        decay_percent: 20,
        at_most: std::time::Duration::from_secs(43_200),
        stop_after: None,
    });
    let zone = TimeZone::get("Europe/Zurich").unwrap();

    let checks = year(&every, 2026, &zone);

    let mut waits = checks
        .windows(2)
        .map(|pair| pair[1].duration_since(pair[0]).as_secs());
    assert!(waits.all(|wait| (540..=600).contains(&wait)));
    assert!((52_560..58_400).contains(&checks.len()), "{}", checks.len());
}

#[test]
fn a_clock_that_was_set_back_or_forth_gives_one_next_check() {
    let zone = TimeZone::get("America/New_York").unwrap();
    let hourly = cron("0 * * * *", &zone);
    let now: Timestamp = "2026-06-01T12:00:30Z".parse().unwrap();
    for jump in [-86_400, -3600, 3600, 86_400, 400 * 86_400] {
        let then = now + SignedDuration::from_secs(jump);
        let next = hourly.next(then, None, 0).unwrap();
        assert!(
            next > then && next <= then + SignedDuration::from_hours(1),
            "{jump}"
        );
    }
}

#[test]
fn the_year_2038_is_a_year_like_any_other() {
    let zone = TimeZone::get("Europe/Zurich").unwrap();

    assert_eq!(year(&cron("30 2 * * *", &zone), 2038, &zone).len(), 365);
}
