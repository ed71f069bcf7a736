//! The threads behind the store: one writes, a few read.
//!
//! SQLite knows one writer at a time, so one thread is it and nobody waits for a lock. Writes that arrive together share
//! one commit (and its wait for the disk) but not their fate: each runs in a savepoint of its own, and each is answered
//! only after the commit, so what the store has acknowledged is on disk.
//!
//! On a server the writers of other daemons stand beside this one; how far a write reaches ([`Reach`]) says which of them
//! it may run beside. A connection that is lost is an error for those whose work was on it, and made anew for the next.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::{Semaphore, mpsc, oneshot};

use super::error::{Error, Fault};
use super::place::Place;
use super::schema::{self, Lock};
use super::sql::{self, Connection, Reach};

/// Writes waiting for the writer; who comes later waits to hand in.
const WAITING_WRITES: usize = 256;
/// Writes that share one commit.
const WRITES_PER_COMMIT: usize = 64;
/// Reads at a time, and so connections that read.
const READERS: usize = 4;
/// The pause after a server could not be reached, so that writes that fail do not hammer at it.
const UNREACHED: Duration = Duration::from_millis(500);

/// The database with its threads; dropped last, it waits until every write handed in is on disk.
pub(super) struct Engine {
    place: Place,
    name: PathBuf,
    /// What sets the leases of this process apart from those of every other one; nothing on a file, which has one.
    process: String,
    writer: Option<mpsc::Sender<Box<dyn Work>>>,
    thread: Option<JoinHandle<()>>,
    permits: Arc<Semaphore>,
    idle: Mutex<Vec<Connection>>,
    _lock: Option<Lock>,
}

impl Engine {
    /// Starts the writer on `connection`.
    pub(super) fn start(
        place: Place,
        connection: Connection,
        lock: Option<Lock>,
    ) -> Result<Self, Error> {
        let (writer, work) = mpsc::channel(WAITING_WRITES);
        let (name, of_writer) = (place.name(), place.clone());
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || write_all(&of_writer, connection, work))
            .map_err(|cause| Error::file(&name, "start the writer of", cause))?;
        Ok(Self {
            process: match &place {
                Place::File(_) => String::new(),
                Place::Server(_) => format!("@{:016x}", rand()),
            },
            place,
            name,
            writer: Some(writer),
            thread: Some(thread),
            permits: Arc::new(Semaphore::new(READERS)),
            idle: Mutex::new(Vec::new()),
            _lock: lock,
        })
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    /// The name under which this process leases as `role`.
    pub(super) fn holder(&self, role: &str) -> String {
        format!("{role}{}", self.process)
    }

    /// Whether other daemons may work on the same database.
    pub(super) fn is_shared(&self) -> bool {
        self.place.file().is_none()
    }

    /// Runs `job` in a transaction of its own and answers when it is on disk, or not at all in the database.
    pub(super) async fn write<T, F>(&self, doing: &'static str, job: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
    {
        self.write_as(Reach::All, doing, job).await
    }

    /// The same for a job that looks at and changes no more than `reach` says.
    pub(super) async fn write_as<T, F>(
        &self,
        reach: Reach,
        doing: &'static str,
        job: F,
    ) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let work = Box::new(Write {
            reach,
            job: Some(job),
            result: None,
            reply,
        });
        let closed = || Error::Closed { doing };
        let writer = self.writer.as_ref().ok_or_else(closed)?;
        writer.send(work).await.map_err(|_| closed())?;
        let result = answer.await.map_err(|_| closed())?;
        result.map_err(|fault| fault.at(&self.name, doing))
    }

    /// Runs `job` on one consistent state of the database.
    pub(super) async fn read<T, F>(
        self: &Arc<Self>,
        doing: &'static str,
        job: F,
    ) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
    {
        let closed = || Error::Closed { doing };
        let permits = Arc::clone(&self.permits);
        let permit = permits.acquire_owned().await.map_err(|_| closed())?;
        let engine = Arc::clone(self);
        let reading = tokio::task::spawn_blocking(move || {
            let result = engine.read_now(job);
            drop(permit);
            result.map_err(|fault| fault.at(&engine.name, doing))
        });
        reading.await.map_err(|_| closed())?
    }

    /// Copies the database, as it is now, to the empty file `to`.
    pub(super) async fn copy_to(&self, doing: &'static str, to: String) -> Result<(), Error> {
        let Some(path) = self.place.file().map(Path::to_owned) else {
            return Err(Error::NoFile {
                path: self.name.clone(),
            });
        };
        let copying = tokio::task::spawn_blocking(move || {
            // A connection of its own: VACUUM runs outside transactions, and a reader may not write.
            schema::connect(&path)
                .and_then(|file| file.execute("VACUUM INTO ?1", [to]))
                .map_err(|error| Fault::from(error).at(&path, doing))
        });
        copying.await.map_err(|_| Error::Closed { doing })??;
        Ok(())
    }

    fn read_now<T>(&self, job: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, Fault> {
        let parked = self.connections().pop();
        let connection = self.begun(parked)?;
        let result = in_one_state(&connection, job);
        if !connection.is_lost() {
            self.connections().push(connection);
        }
        result
    }

    /// A connection on which a read has begun: the one that was parked, unless it was lost meanwhile.
    fn begun(&self, parked: Option<Connection>) -> sql::Result<Connection> {
        if let Some(connection) = parked {
            match connection.begin_to_read() {
                Ok(()) => return Ok(connection),
                Err(error) if !connection.is_lost() => return Err(error),
                Err(_) => {}
            }
        }
        let connection = self.place.connect_to_read()?;
        connection.begin_to_read()?;
        Ok(connection)
    }

    fn connections(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        // A list of connections is whole at every moment, so a panic elsewhere cannot have spoilt it.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let idle = std::mem::take(&mut *self.connections());
        self.writer = None;
        // The writer closes last: whoever does folds the write-ahead log into the file. On a thread, because taking leave of
        // a server waits for it, which a task may not.
        let closing = std::thread::spawn(move || drop(idle));
        // Neither has anything left to tell: the writer catches the panics of its jobs.
        let _ = closing.join();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn in_one_state<T>(
    connection: &Connection,
    job: impl FnOnce(&Connection) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let result = job(connection);
    match &result {
        Ok(_) => connection.commit()?,
        // What is told is why the job failed; a connection on which not even this works is not used again.
        Err(_) => drop(connection.roll_back()),
    }
    result
}

/// A number that no other process has drawn.
fn rand() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(std::process::id())
}

/// A write on its way through the writer.
trait Work: Send {
    /// How much of the database it concerns.
    fn reach(&self) -> Reach;
    /// Does it; an error means that its rows are not to be kept, and may say what the database met.
    fn run(&mut self, connection: &Connection) -> Result<(), Option<Arc<sql::Error>>>;
    /// Tells whoever waits; `lost` is why its rows are not on disk after all.
    fn answer(self: Box<Self>, lost: Option<&Arc<sql::Error>>);
}

struct Write<T, F> {
    reach: Reach,
    job: Option<F>,
    result: Option<Result<T, Fault>>,
    reply: oneshot::Sender<Result<T, Fault>>,
}

impl<T, F> Work for Write<T, F>
where
    T: Send,
    F: FnOnce(&Connection) -> Result<T, Fault> + Send,
{
    fn reach(&self) -> Reach {
        self.reach
    }

    fn run(&mut self, connection: &Connection) -> Result<(), Option<Arc<sql::Error>>> {
        self.result = self.job.take().map(|job| job(connection));
        match &self.result {
            Some(Ok(_)) => Ok(()),
            Some(Err(Fault::Sql(cause))) => Err(Some(Arc::clone(cause))),
            Some(Err(_)) | None => Err(None),
        }
    }

    fn answer(self: Box<Self>, lost: Option<&Arc<sql::Error>>) {
        let result = match (self.result, lost) {
            (Some(Ok(_)) | None, Some(cause)) => Err(Fault::Sql(Arc::clone(cause))),
            (Some(result), _) => result,
            // It panicked: the reply is dropped, which its caller reads as a closed store.
            (None, None) => return,
        };
        // A caller that no longer waits has nothing to lose: the rows stand.
        let _ = self.reply.send(result);
    }
}

fn write_all(place: &Place, mut connection: Connection, mut work: mpsc::Receiver<Box<dyn Work>>) {
    let mut batch = Vec::with_capacity(WRITES_PER_COMMIT);
    while work.blocking_recv_many(&mut batch, WRITES_PER_COMMIT) > 0 {
        while !batch.is_empty() {
            let mut together = next_to_commit(place, &mut batch);
            let lost = commit_together(place, &mut connection, &mut together).err();
            for write in together {
                write.answer(lost.as_ref());
            }
        }
    }
}

/// Takes those out of `batch` that share the next commit: on a file all, on a server those that reach equally far.
fn next_to_commit(place: &Place, batch: &mut Vec<Box<dyn Work>>) -> Vec<Box<dyn Work>> {
    match place {
        Place::File(_) => std::mem::take(batch),
        Place::Server(_) => {
            let reach = batch.iter().map(|write| write.reach()).min();
            batch
                .extract_if(.., |write| Some(write.reach()) == reach)
                .collect()
        }
    }
}

/// Runs the writes in one transaction; an error means that nothing of any of them is kept.
fn commit_together(
    place: &Place,
    connection: &mut Connection,
    batch: &mut [Box<dyn Work>],
) -> Result<(), Arc<sql::Error>> {
    let reach = batch.first().map_or(Reach::All, |write| write.reach());
    begin(place, connection, reach)?;
    let done = run_each(connection, batch).and_then(|()| Ok(connection.commit()?));
    if done.is_err() && !connection.has_no_transaction() {
        // What is told is why it failed; a database that cannot even take it back forgets it with the connection.
        let _ = connection.roll_back();
    }
    done
}

/// Begins a transaction, on another connection where this one is lost: nothing was written on it yet.
fn begin(place: &Place, connection: &mut Connection, reach: Reach) -> Result<(), Arc<sql::Error>> {
    match connection.begin_to_write(reach) {
        Ok(()) => return Ok(()),
        Err(error) if !connection.is_lost() => {
            // A lock that did not come in time leaves a transaction behind that has begun.
            let _ = connection.roll_back();
            return Err(Arc::new(error));
        }
        Err(_) => {}
    }
    match place.connect_to_write_again() {
        Ok(another) => *connection = another,
        Err(error) => {
            std::thread::sleep(UNREACHED);
            return Err(Arc::new(error));
        }
    }
    Ok(connection.begin_to_write(reach)?)
}

fn run_each(connection: &Connection, batch: &mut [Box<dyn Work>]) -> Result<(), Arc<sql::Error>> {
    for write in batch {
        connection.begin_part()?;
        // A panic in one write must not take the others and the writer with it.
        let done = catch_unwind(AssertUnwindSafe(|| write.run(connection))).unwrap_or(Err(None));
        match done {
            Ok(()) => connection.keep_part()?,
            // A full disk makes SQLite take back the whole transaction, with all that shared it.
            Err(Some(cause)) if connection.has_no_transaction() => return Err(cause),
            Err(_) => connection.drop_part()?,
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::store::fixture::{Desk, name};

    /// Bytes that cannot be compressed.
    fn noise(length: usize) -> Vec<u8> {
        let mut state = 88_172_645_463_325_252_u64;
        (0..length)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state.to_le_bytes()[0]
            })
            .collect()
    }

    async fn limit(desk: &Desk, pages: i64) {
        let set = move |connection: &Connection| {
            let Connection::Sqlite(file) = connection else {
                panic!("not a file");
            };
            Ok(file.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?)
        };
        desk.store.0.write("limit the size", set).await.unwrap();
    }

    #[tokio::test]
    async fn on_a_full_disk_nothing_is_half_written_and_work_goes_on_when_there_is_room() {
        let desk = Desk::watching(1).await;
        desk.store
            .record(desk.found(0, None, noise(10_000)))
            .await
            .unwrap();
        let before = desk.store.counts().await.unwrap();
        limit(&desk, 60).await;

        for _ in 0..20 {
            let record = desk.found(0, Some(1), noise(400_000));
            let error = desk.store.record(record).await.unwrap_err();

            assert!(error.is_full(), "{error}");
            assert!(error.to_string().contains("make room"), "{error}");
            assert_eq!(desk.store.counts().await.unwrap(), before);
        }

        desk.store.check_integrity().await.unwrap();
        limit(&desk, 1_000_000).await;
        let record = desk.found(0, Some(1), noise(400_000));
        assert_eq!(desk.store.record(record).await.unwrap(), 2);
    }

    #[tokio::test]
    async fn a_write_that_fails_or_panics_harms_none_that_shares_its_commit() {
        let desk = Desk::watching(40).await;
        let engine = &desk.store.0;

        let panics = engine.write("panic", |connection: &Connection| -> Result<(), Fault> {
            connection.execute("DELETE FROM story", [])?;
            panic!("as a bug would")
        });
        let fails = engine.write("fail", |connection: &Connection| -> Result<(), Fault> {
            connection.execute("UPDATE watch SET due = 0", [])?;
            Err(Fault::Unknown("such thing".to_owned()))
        });
        let records = (0..40).map(|number| desk.store.record(desk.found(number, None, noise(100))));
        let records = futures_util::future::join_all(records);
        let (panicked, failed, recorded) = tokio::join!(panics, fails, records);

        assert!(matches!(panicked, Err(Error::Closed { .. })));
        assert!(matches!(failed, Err(Error::Unknown { .. })));
        assert!(recorded.iter().all(|number| matches!(number, Ok(1))));
        let counts = desk.store.counts().await.unwrap();
        assert_eq!((counts.stories, counts.versions), (40, 40));
        assert_eq!(desk.store.next_due().await.unwrap(), Some(desk.now));
    }

    #[tokio::test]
    async fn a_caller_that_stops_waiting_leaves_a_whole_check_or_none() {
        let desk = Desk::watching(1).await;

        let check = desk.store.record(desk.found(0, None, noise(1000)));
        // On a busy machine it may be done by then, which is as good.
        let _ = tokio::time::timeout(std::time::Duration::ZERO, check).await;

        let versions = desk.store.counts().await.unwrap().versions;
        let known = desk.store.known(&name(0)).await.unwrap();
        assert_eq!(versions, u64::from(known.latest.is_some()));
    }

    #[tokio::test]
    async fn closing_waits_until_what_was_handed_in_is_in_the_file() {
        let desk = Desk::watching(1).await;
        let path = desk.store.place().file().unwrap().to_owned();
        desk.store
            .record(desk.found(0, None, noise(1000)))
            .await
            .unwrap();
        let Desk {
            store,
            _folder: folder,
            ..
        } = desk;

        drop(store);

        assert!(!path.with_extension("db-wal").exists());
        drop(folder);
    }
}
