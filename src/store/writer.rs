//! The thread that writes.
//!
//! SQLite knows one writer at a time, so one thread is it and nobody waits for a lock. Writes that arrive together share
//! one commit (and its wait for the disk) but not their fate: each runs in a savepoint of its own, and each is answered
//! only after the commit, so what the store has acknowledged is on disk.
//!
//! On a server the writers of other daemons stand beside this one; how far a write reaches ([`Reach`]) says which of them
//! it may run beside. A connection that is lost is an error for those whose work was on it, and made anew for the next.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::error::Fault;
use super::place::Place;
use super::sql::{self, Connection, Reach};

/// Writes that share one commit.
const WRITES_PER_COMMIT: usize = 64;
/// The pause after a server could not be reached, so that writes that fail do not hammer at it.
const UNREACHED: Duration = Duration::from_millis(500);

/// A write on its way through the writer.
pub(super) trait Work: Send {
    /// How much of the database it concerns.
    fn reach(&self) -> Reach;
    /// Does it; an error means that its rows are not to be kept, and may say what the database met.
    fn run(&mut self, connection: &Connection) -> Result<(), Option<Arc<sql::Error>>>;
    /// Tells whoever waits; `lost` is why its rows are not on disk after all.
    fn answer(self: Box<Self>, lost: Option<&Arc<sql::Error>>);
}

/// A job, with whoever waits for it.
pub(super) struct Write<T, F> {
    reach: Reach,
    job: Option<F>,
    result: Option<Result<T, Fault>>,
    reply: oneshot::Sender<Result<T, Fault>>,
}

impl<T, F> Write<T, F> {
    /// One whose caller waits for `reply`.
    pub(super) fn new(reach: Reach, job: F, reply: oneshot::Sender<Result<T, Fault>>) -> Self {
        Self {
            reach,
            job: Some(job),
            result: None,
            reply,
        }
    }
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

/// Writes what is handed in until nobody is left to do so.
pub(super) fn write_all(
    place: &Place,
    mut connection: Connection,
    mut work: mpsc::Receiver<Box<dyn Work>>,
) {
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
