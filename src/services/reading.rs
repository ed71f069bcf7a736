//! Turns for reading pages: few at once, a large one by itself, and none that others have to wait for without end.
//!
//! A thread cannot be stopped. One that takes too long is given up: its check ends as a failed one, and the next reading
//! begins. Only so many may run on like that; from then on each keeps its turn until it ends.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinHandle;

/// Pages read and compared at once: reading is work for the processor, and each holds a page in memory.
const MAX_READINGS: u32 = 4;
/// A page takes one more turn for each of these.
const BYTES_A_TURN: usize = 512 * 1024;
/// A reading that takes longer is given up. The worst page takes two seconds of the processor.
const MAX_READING_TIME: Duration = Duration::from_secs(15);
/// Readings that were given up and still run beside the others.
const MAX_GIVEN_UP: usize = 2;

/// Where pages are read.
#[derive(Debug, Clone)]
pub struct Readers {
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
        Self {
            turns: Arc::new(Semaphore::new(MAX_READINGS as usize)),
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
            .acquire_many_owned(turns(bytes))
            .await
            .ok();
        let mut task = tokio::task::spawn_blocking(work);
        if let Ok(done) = tokio::time::timeout(self.limit, &mut task).await {
            return done.map_err(|panic| Unread::Panicked(panic.to_string()));
        }
        self.give_up(task, turn);
        Err(Unread::TookTooLong(self.limit))
    }

    fn give_up<T: Send + 'static>(&self, task: JoinHandle<T>, turn: Option<OwnedSemaphorePermit>) {
        let held = match Arc::clone(&self.given_up).try_acquire_owned() {
            Ok(place) => Some(place),
            Err(_) => turn,
        };
        // Ends with the thread, which ends with the process at the latest.
        tokio::spawn(async move {
            // Whatever it found or hit, nobody waits for it any more.
            let _ = task.await;
            drop(held);
        });
    }
}

/// The turns that a page of so many bytes takes.
fn turns(bytes: usize) -> u32 {
    u32::try_from(bytes / BYTES_A_TURN + 1)
        .unwrap_or(MAX_READINGS)
        .min(MAX_READINGS)
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

        assert!(matches!(failed, Err(Unread::Panicked(_))));
    }

    #[test]
    fn a_large_page_is_read_alone() {
        assert_eq!(turns(0), 1);
        assert_eq!(turns(BYTES_A_TURN), 2);
        assert_eq!(turns(8 << 20), MAX_READINGS);
    }
}
