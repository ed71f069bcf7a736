//! New versions are kept in a public archive, where the configuration asks for it: one request at a time, long after the
//! alert, and given up after a few tries.

use jiff::{SignedDuration, Timestamp};

use crate::deliver::wayback::{self, Progress, Refusal};
use crate::services::Services;
use crate::store::{self, Keeping, Kept};

/// When a request is asked about again.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_secs(30);
/// How long the archive may work on one.
const PATIENCE: SignedDuration = SignedDuration::from_mins(30);
/// When a request that came to nothing is made again; after the last it is given up.
const AGAIN: [SignedDuration; 5] = [
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(6),
    SignedDuration::from_hours(24),
];

/// Asks the archive for what is due, one thing. Answers whether there was anything.
///
/// # Errors
///
/// Where the store cannot record what became of it; it is then asked again.
pub async fn archive(services: &Services) -> Result<bool, store::Error> {
    let now = services.clock.now();
    let Some(due) = services.store.to_archive(now).await? else {
        return Ok(false);
    };
    let kept = match step(&due, services, now).await {
        Ok(kept) => kept,
        Err(Refusal::Never(why)) => Kept::GivenUp(why),
        Err(Refusal::Later(why)) => again(&due, why, now),
        Err(Refusal::Rest(why, rest)) => {
            let rest = SignedDuration::try_from(rest).unwrap_or(LOOK_AGAIN);
            services.store.spare_archive(after(now, rest)).await?;
            match again(&due, why, now) {
                Kept::Later(why, due) => Kept::Later(why, due.max(after(now, rest))),
                kept => kept,
            }
        }
    };
    match &kept {
        Kept::At(url) => tracing::info!(%url, "a version is archived"),
        Kept::GivenUp(error) => tracing::warn!(%error, "a version is not archived"),
        Kept::Later(error, again) => {
            tracing::debug!(%error, %again, "a version is not archived yet");
        }
        Kept::Working(..) => {}
    }
    services.store.archived(due.version, kept, now).await?;
    Ok(true)
}

async fn step(due: &Keeping, services: &Services, now: Timestamp) -> Result<Kept, Refusal> {
    let Some(options) = &services.config.archive else {
        return Ok(Kept::GivenUp(
            "`archive` was taken out of the configuration".to_owned(),
        ));
    };
    let client = services.webhooks.client();
    let Some((job, since)) = &due.job else {
        if due.is_past {
            // What stands there now is another version, and has a request of its own.
            return Ok(Kept::GivenUp("a newer version came first".to_owned()));
        }
        let job = wayback::save(client, options, &due.address, now).await?;
        return Ok(Kept::Working(job, after(now, LOOK_AGAIN)));
    };
    match wayback::progress(client, options, job, &due.address, now).await? {
        Progress::Kept(url) => Ok(Kept::At(url)),
        Progress::Pending if now.duration_since(*since) < PATIENCE => {
            Ok(Kept::Working(job.clone(), after(now, LOOK_AGAIN)))
        }
        Progress::Pending => Err(Refusal::Later(
            "the archive did not come to an end".to_owned(),
        )),
    }
}

/// What came to nothing is asked for again, not too often.
fn again(due: &Keeping, why: String, now: Timestamp) -> Kept {
    let attempt = usize::try_from(due.attempts).unwrap_or(usize::MAX);
    match AGAIN.get(attempt) {
        Some(wait) => Kept::Later(why, after(now, *wait)),
        None => Kept::GivenUp(why),
    }
}

fn after(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}
