//! Whose turn it is at a host: few connections, a pause between them, and no request while it asked for a rest.
//!
//! Each host has a queue of its own, first come first served, so a host that hangs holds up nobody but those who want it.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep, sleep_until};

use super::limits::{MAX_HOSTS, MAX_WAITING_PER_HOST};

/// Books the next start at a host, a pause after the one before, among several daemons, and answers how long it is until then.
pub struct Pacer(Box<dyn Fn(String, Duration) -> Booking + Send + Sync>);

/// The answer of a [`Pacer`].
pub type Booking = Pin<Box<dyn Future<Output = Duration> + Send>>;

impl Pacer {
    /// One that books with `book`, which is given the host and the pause.
    pub fn new(book: impl Fn(String, Duration) -> Booking + Send + Sync + 'static) -> Self {
        Self(Box::new(book))
    }
}

impl std::fmt::Debug for Pacer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pacer")
    }
}

/// The hosts that were asked lately.
#[derive(Debug)]
pub(crate) struct Hosts {
    pace: Duration,
    among_daemons: OnceLock<Pacer>,
    per_host: usize,
    known: Mutex<BTreeMap<String, Arc<Host>>>,
}

#[derive(Debug)]
struct Host {
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
    times: Mutex<Times>,
}

#[derive(Debug, Clone, Copy)]
struct Times {
    next_start: Instant,
    rests_until: Instant,
}

/// The right to one request; the next in the queue gets it when this is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    _place: OwnedSemaphorePermit,
}

/// Why there is no turn now.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoTurn {
    /// The host asked for a rest; this is left of it.
    Resting(Duration),
    /// This many wait already.
    Full(usize),
}

impl Hosts {
    /// No host known yet. At least one request at a time is let through.
    pub(crate) fn new(pace: Duration, per_host: usize) -> Self {
        Self {
            pace,
            among_daemons: OnceLock::new(),
            per_host: per_host.clamp(1, Semaphore::MAX_PERMITS),
            known: Mutex::default(),
        }
    }

    /// Keeps the pace together with others; the first call counts.
    pub(crate) fn keep_pace_with(&self, others: Pacer) {
        // Set already: the others are the same ones.
        let _ = self.among_daemons.set(others);
    }

    /// Waits until `host` may be asked.
    pub(crate) async fn turn(&self, name: &str) -> Result<Turn, NoTurn> {
        let host = self.host(name);
        host.is_rested()?;
        let _waiting = Waiting::among(&host)?;
        let place = Arc::clone(&host.places)
            .acquire_owned()
            .await
            .map_err(|_| NoTurn::Full(0))?;
        host.is_rested()?;
        sleep_until(host.next_start(self.pace)).await;
        if let Some(pacer) = self.among_daemons.get() {
            let Pacer(book) = pacer;
            sleep(book(name.to_owned(), self.pace).await).await;
        }
        // The one before may have been told to stay away in the meantime.
        host.is_rested()?;
        Ok(Turn { _place: place })
    }

    /// How many requests wait for `host` or are under way there.
    pub(crate) fn waiting(&self, host: &str) -> usize {
        lock(&self.known)
            .get(host)
            .map_or(0, |host| host.waiting.load(Ordering::Relaxed))
    }

    /// Leaves `host` alone for this long.
    pub(crate) fn rest(&self, host: &str, wait: Duration) {
        let until = Instant::now() + wait;
        let host = self.host(host);
        let mut times = lock(&host.times);
        times.rests_until = times.rests_until.max(until);
    }

    fn host(&self, name: &str) -> Arc<Host> {
        let mut known = lock(&self.known);
        if let Some(host) = known.get(name) {
            return Arc::clone(host);
        }
        if known.len() >= MAX_HOSTS {
            forget(&mut known);
        }
        let now = Instant::now();
        let host = Arc::new(Host {
            places: Arc::new(Semaphore::new(self.per_host)),
            waiting: AtomicUsize::new(0),
            times: Mutex::new(Times {
                next_start: now,
                rests_until: now,
            }),
        });
        known.insert(name.to_owned(), Arc::clone(&host));
        host
    }
}

/// Forgets the hosts about which nothing needs to be remembered, and, where that is none, every host not in use: a site
/// that redirects to names without end must not fill the memory.
fn forget(known: &mut BTreeMap<String, Arc<Host>>) {
    let now = Instant::now();
    known.retain(|_, host| {
        let times = *lock(&host.times);
        Arc::strong_count(host) > 1 || times.next_start > now || times.rests_until > now
    });
    if known.len() >= MAX_HOSTS {
        known.retain(|_, host| Arc::strong_count(host) > 1);
    }
}

impl Host {
    fn is_rested(&self) -> Result<(), NoTurn> {
        let left = lock(&self.times)
            .rests_until
            .saturating_duration_since(Instant::now());
        if left.is_zero() {
            Ok(())
        } else {
            Err(NoTurn::Resting(left))
        }
    }

    /// Takes the next free start, a pause after the one before.
    fn next_start(&self, pace: Duration) -> Instant {
        let mut times = lock(&self.times);
        let start = times.next_start.max(Instant::now());
        times.next_start = start.checked_add(pace).unwrap_or(start);
        start
    }
}

/// Counts one that waits, until dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn among(host: &'a Host) -> Result<Self, NoTurn> {
        let before = host.waiting.fetch_add(1, Ordering::Relaxed);
        let counted = Self(&host.waiting);
        if before >= MAX_WAITING_PER_HOST {
            Err(NoTurn::Full(before))
        } else {
            Ok(counted)
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The lock guards plain values that are never left half changed, so a panic elsewhere does not spoil them.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Waker};

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn requests_to_one_host_start_a_pause_apart() {
        let hosts = Hosts::new(SECOND, 2);
        let begin = Instant::now();
        let mut starts = Vec::new();

        for _ in 0..4 {
            drop(hosts.turn("news.example:443").await.unwrap());
            starts.push(begin.elapsed().as_millis());
        }

        // The timer counts whole milliseconds and may be one late.
        for (count, start) in starts.iter().enumerate() {
            assert!(
                (count as u128 * 1000..=count as u128 * 1000 + 1).contains(start),
                "{starts:?}"
            );
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_that_hangs_holds_up_nobody_else() {
        let hosts = Hosts::new(SECOND, 2);
        let begin = Instant::now();
        let _stuck = (
            hosts.turn("stuck.example:443").await.unwrap(),
            hosts.turn("stuck.example:443").await.unwrap(),
        );
        let asked = begin.elapsed();

        hosts.turn("news.example:443").await.unwrap();

        assert_eq!(begin.elapsed(), asked);
        assert!(
            tokio::time::timeout(3600 * SECOND, hosts.turn("stuck.example:443"))
                .await
                .is_err(),
            "two connections at most"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn turns_are_given_in_the_order_of_asking() {
        let hosts = Arc::new(Hosts::new(Duration::ZERO, 1));
        let first = hosts.turn("news.example:443").await.unwrap();
        let order = Arc::new(Mutex::new(Vec::new()));
        let mut tasks = Vec::new();
        for number in 0..5 {
            let (hosts, order) = (Arc::clone(&hosts), Arc::clone(&order));
            tasks.push(tokio::spawn(async move {
                let _turn = hosts.turn("news.example:443").await.unwrap();
                order.lock().unwrap().push(number);
            }));
            tokio::task::yield_now().await;
        }

        drop(first);
        for task in tasks {
            task.await.unwrap();
        }

        assert_eq!(*order.lock().unwrap(), [0, 1, 2, 3, 4]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_that_asked_for_a_rest_is_left_alone_until_it_is_over() {
        let hosts = Hosts::new(Duration::ZERO, 2);
        hosts.rest("news.example:443", 30 * SECOND);
        hosts.rest("news.example:443", SECOND);

        assert_eq!(
            hosts.turn("news.example:443").await.unwrap_err(),
            NoTurn::Resting(30 * SECOND)
        );
        assert!(hosts.turn("other.example:443").await.is_ok());

        tokio::time::advance(30 * SECOND).await;
        assert!(hosts.turn("news.example:443").await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn those_who_already_wait_are_turned_away_by_a_rest() {
        let hosts = Arc::new(Hosts::new(10 * SECOND, 2));
        hosts.turn("news.example:443").await.unwrap();
        let waiting = tokio::spawn({
            let hosts = Arc::clone(&hosts);
            async move { hosts.turn("news.example:443").await.map(|_| ()) }
        });
        tokio::task::yield_now().await;

        hosts.rest("news.example:443", 60 * SECOND);

        assert!(matches!(waiting.await.unwrap(), Err(NoTurn::Resting(_))));
    }

    #[tokio::test(start_paused = true)]
    async fn a_queue_has_an_end_and_those_who_leave_make_room() {
        let hosts = Hosts::new(Duration::ZERO, 1);
        let _turn = hosts.turn("news.example:443").await.unwrap();
        let mut queue: Vec<_> = (0..MAX_WAITING_PER_HOST)
            .map(|_| Box::pin(hosts.turn("news.example:443")))
            .collect();
        for wait in &mut queue {
            assert!(
                wait.as_mut()
                    .poll(&mut Context::from_waker(Waker::noop()))
                    .is_pending()
            );
        }

        assert_eq!(
            hosts.turn("news.example:443").await.unwrap_err(),
            NoTurn::Full(MAX_WAITING_PER_HOST)
        );
        assert_eq!(hosts.waiting("news.example:443"), MAX_WAITING_PER_HOST);

        queue.clear();
        assert_eq!(hosts.waiting("news.example:443"), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn hosts_are_forgotten_before_they_fill_the_memory() {
        let hosts = Hosts::new(SECOND, 2);
        for number in 0..MAX_HOSTS {
            hosts.rest(&format!("{number}.example:443"), 3600 * SECOND);
        }

        let _turn = hosts.turn("news.example:443").await.unwrap();

        assert!(lock(&hosts.known).len() <= MAX_HOSTS);
        assert!(lock(&hosts.known).contains_key("news.example:443"));
    }
}
