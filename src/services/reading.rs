//! Turns for reading pages: few at once, a large one by itself, and none that others have to wait for without end.
//!
//! A thread cannot be stopped. One that takes too long is given up: its check ends as a failed one, and the next reading
//! begins. Only so many may run on like that; from then on each keeps its turn until it ends.
//!
//! The threads are our own and few, and the one that read last reads next: what the patterns remember while they search is
//! kept for each thread that ever searched.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

/// Pages read and compared at once, where there are as many processors: each takes one, and holds a page in memory.
const MAX_READINGS: u32 = 4;
/// On fewer processors it is still two, so that a long reading does not hold up all others.
const MIN_READINGS: u32 = 2;
/// A page takes one more turn for each of these.
const BYTES_A_TURN: usize = 512 * 1024;
/// A reading that takes longer is given up. The worst page takes two seconds of the processor.
const MAX_READING_TIME: Duration = Duration::from_secs(15);
/// Readings that were given up and still run beside the others.
const MAX_GIVEN_UP: usize = 2;

/// Where pages are read.
#[derive(Debug, Clone)]
pub struct Readers {
    threads: Arc<Threads>,
    most: u32,
    turns: Arc<Semaphore>,
    given_up: Arc<Semaphore>,
    limit: Duration,
}

/// Why there is no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// It took too long.
    #[error("gave up reading the page: it took longer than {} s", .0.as_secs_f32())]
    TookTooLong(Duration),
    /// A fault of ours.
    #[error("reading the page failed inside claimwatch: {0}")]
    Panicked(String),
}

impl Default for Readers {
    fn default() -> Self {
        Self::new(MAX_READING_TIME)
    }
}

impl Readers {
    /// Readers that give up after `limit`.
    #[must_use]
    pub fn new(limit: Duration) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let most = u32::try_from(processors)
            .unwrap_or(MAX_READINGS)
            .clamp(MIN_READINGS, MAX_READINGS);
        Self {
            threads: Arc::default(),
            most,
            turns: Arc::new(Semaphore::new(most as usize)),
            given_up: Arc::new(Semaphore::new(MAX_GIVEN_UP)),
            limit,
        }
    }

    /// Does `work` on a page of so many bytes on a thread of its own, when it is its turn.
    ///
    /// # Errors
    ///
    /// Where it took too long, or panicked.
    pub async fn read<T: Send + 'static>(
        &self,
        bytes: usize,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Unread> {
        // The semaphore lives as long as this and is never closed.
        let turn = Arc::clone(&self.turns)
            .acquire_many_owned(turns(bytes, self.most))
            .await
            .ok();
        let mut answer = self.threads.start(work)?;
        if let Ok(done) = tokio::time::timeout(self.limit, &mut answer).await {
            return done.map_err(|_| Unread::Panicked("its thread ended".to_owned()))?;
        }
        self.give_up(answer, turn);
        Err(Unread::TookTooLong(self.limit))
    }

    fn give_up<T: Send + 'static>(
        &self,
        answer: oneshot::Receiver<Result<T, Unread>>,
        turn: Option<OwnedSemaphorePermit>,
    ) {
        let held = match Arc::clone(&self.given_up).try_acquire_owned() {
            Ok(place) => Some(place),
            Err(_) => turn,
        };
        // Ends with the thread, which ends with the process at the latest.
        tokio::spawn(async move {
            // Whatever it found or hit, nobody waits for it any more.
            let _ = answer.await;
            drop(held);
        });
    }
}

/// The turns that a page of so many bytes takes, of so many as there are.
fn turns(bytes: usize, most: u32) -> u32 {
    u32::try_from(bytes / BYTES_A_TURN + 1)
        .unwrap_or(most)
        .min(most)
}

/// A reading on its way to a thread.
type Job = Box<dyn FnOnce() + Send>;

/// The threads that read. One is made when none is idle; there are as many as turns, and those that were given up.
#[derive(Debug, Default)]
struct Threads {
    /// Those that wait for work; the last one comes first.
    idle: Mutex<Vec<Sender<Job>>>,
}

impl Threads {
    /// Has `work` done by a thread, which is idle again when the answer is there.
    fn start<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<oneshot::Receiver<Result<T, Unread>>, Unread> {
        let (reply, answer) = oneshot::channel();
        let idle = self.idle().pop();
        let thread = match idle {
            Some(thread) => thread,
            None => Self::thread()?,
        };
        let (threads, itself) = (Arc::downgrade(self), thread.clone());
        let job = move || {
            // What a panic has left half done is dropped with the work.
            let done = catch_unwind(AssertUnwindSafe(work));
            if let Some(threads) = Weak::upgrade(&threads) {
                threads.idle().push(itself);
            }
            // Nobody waits any more for what was given up.
            let _ = reply.send(done.map_err(|panic| Unread::Panicked(told(panic.as_ref()))));
        };
        // A thread ends only after its last sender; should it be gone, the answer never comes and that is said.
        let _ = thread.send(Box::new(job));
        Ok(answer)
    }

    fn thread() -> Result<Sender<Job>, Unread> {
        let (sender, jobs) = channel::<Job>();
        let work = move || jobs.into_iter().for_each(|job| job());
        let thread = std::thread::Builder::new().name("reader".to_owned());
        match thread.spawn(work) {
            Ok(_) => Ok(sender),
            Err(error) => Err(Unread::Panicked(format!("no thread: {error}"))),
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Sender<Job>>> {
        // A list of threads is whole at every moment.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a panic says.
fn told(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic").to_owned()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    const SHORT: Duration = Duration::from_millis(50);

    #[tokio::test]
    async fn a_reading_that_does_not_end_is_given_up_and_the_next_begins() {
        let readers = Readers::new(SHORT);
        let (end, wait) = mpsc::channel::<()>();

        let stuck = readers.read(usize::MAX, move || wait.recv().is_ok()).await;
        let next = readers.read(usize::MAX, || 7).await;

        assert_eq!(stuck, Err(Unread::TookTooLong(SHORT)));
        assert_eq!(next, Ok(7));
        drop(end);
    }

    #[tokio::test]
    async fn only_so_many_readings_run_on_beside_the_others() {
        let readers = Readers::new(SHORT);
        let mut ends = Vec::new();
        for _ in 0..=MAX_GIVEN_UP {
            let (end, wait) = mpsc::channel::<()>();
            ends.push(end);
            let stuck = readers.read(usize::MAX, move || wait.recv().is_ok()).await;
            assert!(stuck.is_err());
        }

        let waiting = tokio::time::timeout(2 * SHORT, readers.read(0, || 7)).await;
        assert!(waiting.is_err(), "all turns are held");

        ends.clear();
        assert_eq!(readers.read(0, || 7).await, Ok(7));
    }

    #[tokio::test]
    async fn a_panic_is_one_failed_reading() {
        let readers = Readers::default();

        let failed: Result<(), Unread> = readers.read(0, || panic!("of ours")).await;

        assert_eq!(failed, Err(Unread::Panicked("of ours".to_owned())));
    }

    #[tokio::test]
    async fn the_thread_that_read_last_reads_next() {
        let readers = Readers::default();
        let who = || std::thread::current().id();

        let first = readers.read(0, who).await;

        for _ in 0..20 {
            assert_eq!(readers.read(0, who).await, first);
        }
    }

    #[test]
    fn a_large_page_is_read_alone() {
        assert_eq!(turns(0, MAX_READINGS), 1);
        assert_eq!(turns(BYTES_A_TURN, MAX_READINGS), 2);
        assert_eq!(turns(8 << 20, MAX_READINGS), MAX_READINGS);
        assert_eq!(turns(8 << 20, MIN_READINGS), MIN_READINGS);
    }
}
