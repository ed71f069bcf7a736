//! When a watch is checked: its own keys before those of `defaults`, and `every` or `cron` but not both.

use std::time::Duration;

use jiff::tz::TimeZone;

use crate::schedule::{Every, Schedule};

use super::desk::Desk;
use super::file::Checks;
use super::mistakes::{Mistakes, Wrong};

const EVERY: Duration = Duration::from_secs(10 * 60);
const DECAY_PERCENT: u32 = 20;
const AT_MOST: Duration = Duration::from_secs(12 * 3600);

/// The schedule of one watch.
pub(super) fn schedule(
    key: &str,
    own: &Checks,
    defaults: &Checks,
    zone: &TimeZone,
    desk: &mut Desk<'_>,
) -> Schedule {
    let stop_after = desk.pick(
        &format!("{key}.stop_after"),
        own.stop_after.as_ref().or(defaults.stop_after.as_ref()),
        None,
    );
    // An interval of the watch's own outweighs a crontab line that all watches share.
    let cron = match (&own.cron, &own.every) {
        (Some(cron), _) => Some(cron),
        (None, Some(_)) => None,
        (None, None) => defaults.cron.as_ref(),
    };
    if let Some(cron) = cron {
        desk.came(&format!("{key}.cron"), Some(cron));
        let mut crontab = cron.value.clone();
        crontab.zone = zone.clone();
        crontab.stop_after = stop_after;
        return Schedule::Cron(crontab);
    }
    let every = desk.pick(
        &format!("{key}.every"),
        own.every.as_ref().or(defaults.every.as_ref()),
        EVERY,
    );
    Schedule::Every(Every {
        every,
        decay_percent: desk.pick(
            &format!("{key}.decay"),
            own.decay.as_ref().or(defaults.decay.as_ref()),
            DECAY_PERCENT,
        ),
        // The longest wait is never shorter than the interval somebody asked for.
        at_most: desk
            .pick(
                &format!("{key}.at_most"),
                own.at_most.as_ref().or(defaults.at_most.as_ref()),
                AT_MOST,
            )
            .max(every),
        stop_after,
    })
}

/// Notes keys of one place that exclude each other; `defaults` where the place is a watch.
pub(super) fn contradictions(own: &Checks, defaults: Option<&Checks>, notes: &mut Mistakes) {
    if let (Some(every), Some(cron)) = (&own.every, &own.cron) {
        let later = if every.place > cron.place {
            every.with(())
        } else {
            cron.with(())
        };
        let wrong = Wrong::new(
            "`every` and `cron` exclude each other",
            "keep the one you mean",
        );
        later.wrong(notes, wrong);
    }
    if let (Some(every), Some(at_most)) = (&own.every, &own.at_most)
        && at_most.value < every.value
    {
        let wrong = Wrong::new(
            "the longest wait is shorter than the shortest (`every`)",
            "raise `at_most` or lower `every`",
        );
        at_most.wrong(notes, wrong);
    }
    let by_cron = own.cron.is_some() || defaults.is_some_and(|defaults| defaults.cron.is_some());
    if defaults.is_none() || !by_cron || own.every.is_some() {
        return;
    }
    let stretched = [
        own.decay.as_ref().map(|at| at.with(())),
        own.at_most.as_ref().map(|at| at.with(())),
    ];
    for at in stretched.into_iter().flatten() {
        let wrong = Wrong::new(
            "this has no effect on a watch that is checked by a crontab line",
            "remove it, or use `every`",
        );
        at.wrong(notes, wrong);
    }
}
