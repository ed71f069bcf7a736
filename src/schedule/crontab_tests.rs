//! Crontab lines against crontab(5), the clocks of the world, and another program's answers.

#![allow(clippy::unwrap_used)]

use super::*;

fn crontab(line: &str, zone: &str) -> Crontab {
    Crontab::parse(line, TimeZone::get(zone).unwrap()).unwrap()
}

/// The first `count` times after `from`, as civil times with their offset.
fn times(line: &str, zone: &str, from: &str, count: usize) -> Vec<String> {
    let crontab = crontab(line, zone);
    let mut at: Timestamp = from.parse().unwrap();
    let mut times = Vec::new();
    for _ in 0..count {
        at = crontab.next(at).unwrap();
        times.push(
            at.to_zoned(crontab.zone.clone())
                .strftime("%a %d %b %H:%M %z")
                .to_string(),
        );
    }
    times
}

fn mistake(line: &str) -> String {
    let mistake = Crontab::parse(line, TimeZone::UTC).unwrap_err();
    format!("{} | {}", mistake.what, mistake.hint.unwrap_or_default())
}

#[test]
fn weekday_1_is_monday_and_0_and_7_are_sunday() {
    let from = "2026-11-22T12:00:00Z";

    assert_eq!(
        times("30 4 * * 1", "UTC", from, 1),
        ["Mon 23 Nov 04:30 +0000"]
    );
    assert_eq!(
        times("30 4 * * 0", "UTC", from, 1),
        ["Sun 29 Nov 04:30 +0000"]
    );
    assert_eq!(
        times("30 4 * * 7", "UTC", from, 1),
        ["Sun 29 Nov 04:30 +0000"]
    );
    assert_eq!(
        times("30 4 * * 5-7", "UTC", from, 4),
        [
            "Fri 27 Nov 04:30 +0000",
            "Sat 28 Nov 04:30 +0000",
            "Sun 29 Nov 04:30 +0000",
            "Fri 04 Dec 04:30 +0000"
        ]
    );
    assert_eq!(
        times("30 4 * * sun-sun", "UTC", from, 2),
        times("30 4 * * 0", "UTC", from, 2)
    );
    assert_eq!(
        times("30 4 * * fri-sun", "UTC", from, 4),
        times("30 4 * * 5-7", "UTC", from, 4)
    );
}

#[test]
fn two_restricted_day_fields_mean_either_day() {
    let from = "2026-11-22T12:00:00Z";

    assert_eq!(
        times("30 4 1,15 * 5", "UTC", from, 3),
        [
            "Fri 27 Nov 04:30 +0000",
            "Tue 01 Dec 04:30 +0000",
            "Fri 04 Dec 04:30 +0000"
        ]
    );
}

#[test]
fn a_day_field_that_begins_with_a_star_narrows_the_other() {
    let from = "2026-11-22T12:00:00Z";

    assert_eq!(
        times("30 4 */2 * 1", "UTC", from, 3),
        [
            "Mon 23 Nov 04:30 +0000",
            "Mon 07 Dec 04:30 +0000",
            "Mon 21 Dec 04:30 +0000"
        ]
    );
}

#[test]
fn the_names_of_crontab_stand_for_their_lines() {
    let from = "2026-11-22T12:00:00Z";
    for (name, line) in [
        ("@hourly", "0 * * * *"),
        ("@daily", "0 0 * * *"),
        ("@midnight", "0 0 * * *"),
        ("@weekly", "0 0 * * sun"),
        ("@monthly", "0 0 1 * *"),
        ("@yearly", "0 0 1 jan *"),
        ("@annually", "0 0 1 1 *"),
    ] {
        assert_eq!(
            times(name, "UTC", from, 3),
            times(line, "UTC", from, 3),
            "{name}"
        );
    }
}

#[test]
fn a_time_in_the_gap_of_spring_comes_later_that_day_and_only_once() {
    let from = "2027-03-13T12:00:00Z";

    assert_eq!(
        times("30 2 * * *", "America/New_York", from, 3),
        [
            "Sun 14 Mar 03:30 -0400",
            "Mon 15 Mar 02:30 -0400",
            "Tue 16 Mar 02:30 -0400"
        ]
    );
}

#[test]
fn times_in_and_after_the_gap_come_in_order() {
    let from = "2027-03-14T06:00:00Z";

    assert_eq!(
        times("0,30 2,3 * * *", "America/New_York", from, 3),
        [
            "Sun 14 Mar 03:00 -0400",
            "Sun 14 Mar 03:30 -0400",
            "Mon 15 Mar 02:00 -0400"
        ]
    );
}

#[test]
fn a_restart_inside_the_gap_loses_nothing() {
    // The clock went from 02:00 to 03:00 at 07:00 UTC; 02:30 means 03:30 today.
    let from = "2027-03-14T07:10:00Z";

    assert_eq!(
        times("30 2 * * *", "America/New_York", from, 1),
        ["Sun 14 Mar 03:30 -0400"]
    );
}

#[test]
fn a_time_in_the_overlap_of_autumn_comes_once() {
    let from = "2026-10-31T12:00:00Z";

    assert_eq!(
        times("30 1 * * *", "America/New_York", from, 2),
        ["Sun 01 Nov 01:30 -0400", "Mon 02 Nov 01:30 -0500"]
    );
}

#[test]
fn a_line_with_a_star_follows_real_time_through_the_overlap() {
    let from = "2026-11-01T04:59:00Z";

    assert_eq!(
        times("*/30 1-3 * * *", "America/New_York", from, 5),
        [
            "Sun 01 Nov 01:00 -0400",
            "Sun 01 Nov 01:30 -0400",
            "Sun 01 Nov 01:00 -0500",
            "Sun 01 Nov 01:30 -0500",
            "Sun 01 Nov 02:00 -0500"
        ]
    );
}

#[test]
fn a_line_with_a_star_follows_real_time_through_the_gap() {
    let from = "2027-03-14T06:29:00Z";

    assert_eq!(
        times("*/30 * * * *", "America/New_York", from, 3),
        [
            "Sun 14 Mar 01:30 -0500",
            "Sun 14 Mar 03:00 -0400",
            "Sun 14 Mar 03:30 -0400"
        ]
    );
}

#[test]
fn half_hour_changes_and_skipped_days_are_changes_of_the_clock_too() {
    assert_eq!(
        times(
            "45 1 * * *",
            "Australia/Lord_Howe",
            "2026-04-03T16:00:00Z",
            2
        ),
        ["Sun 05 Apr 01:45 +1100", "Mon 06 Apr 01:45 +1030"]
    );
    // Samoa had no 30 December 2011.
    assert_eq!(
        times("0 12 * * *", "Pacific/Apia", "2011-12-29T23:00:00Z", 2),
        ["Sat 31 Dec 12:00 +1400", "Sun 01 Jan 12:00 +1400"]
    );
}

#[test]
fn a_mistake_says_what_is_wrong_and_what_to_write() {
    assert_eq!(
        mistake("0 */15 * * * *"),
        "a crontab line has five fields, this one has 6 fields | leave out the seconds and the year: minute hour day month weekday"
    );
    assert_eq!(
        mistake("61 * * * *"),
        "`61` in the minute is not a number from 0 to 59 | fields are minute, hour, day of the month, month, day of the week"
    );
    assert_eq!(
        mistake("*/90 * * * *"),
        "`*/90` in the minute: the step `90` is not a number from 1 to 60 | a step counts within its field; for longer intervals list the times, or use `every`"
    );
    assert_eq!(
        mistake("5/15 * * * *"),
        "`5/15` in the minute: a step needs a range | write `5-59/15`"
    );
    assert_eq!(
        mistake("0 22-6 * * *"),
        "`22-6` in the hour runs backwards | split it: `22-23,0-6`"
    );
    assert_eq!(
        mistake("0 0 30 2 *"),
        "`0 0 30 2 *` names a day that no month has | check the day of the month against the month"
    );
    assert!(mistake("0 0 L * *").contains("belong to other schedulers"));
    assert!(mistake("@reboot").starts_with("`@reboot` is not a time"));
    assert!(mistake("@fortnightly").starts_with("unknown schedule name `@fortnightly`"));
    assert!(mistake("").starts_with("a crontab line has five fields, this one has 0 fields"));
    assert!(mistake("0 0 * * funday").contains("nor a name from sun to sat"));
    for line in [
        "* * * *",
        "-1 * * * *",
        "1- * * * *",
        ", * * * *",
        "*/0 * * * *",
        "+5 * * * *",
        "1,,2 * * * *",
        "** * * * *",
        "1-2-3 * * * *",
        "٣ * * * *",
    ] {
        assert!(Crontab::parse(line, TimeZone::UTC).is_err(), "{line}");
    }
}

#[test]
fn a_story_past_stop_after_is_not_checked_again() {
    let mut crontab = crontab("@hourly", "UTC");
    crontab.stop_after = Some(Duration::from_secs(60));

    assert!(
        crontab
            .next_for(Timestamp::UNIX_EPOCH, Some(Duration::from_secs(60)))
            .is_some()
    );
    assert_eq!(
        crontab.next_for(Timestamp::UNIX_EPOCH, Some(Duration::from_secs(61))),
        None
    );
}
