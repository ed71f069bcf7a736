//! Takes messages to the services, each at the pace that its service allows.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::{Instant, sleep_until};

use super::http::Client;
use super::kind::{Message, Service, Work};
use super::{Error, Retry};
use crate::alert::ReceiverName;
use crate::fetch::shown::origin;

/// The longest that a delivery waits for its turn; asked for more, it is put off.
const MAX_WAIT: Duration = Duration::from_secs(60);

/// Takes messages to services.
#[derive(Debug)]
pub struct Courier {
    client: Client,
    /// From when on each receiver may be asked again.
    turns: Mutex<BTreeMap<ReceiverName, Instant>>,
    /// One file is written at a time.
    writing: Mutex<()>,
}

impl Courier {
    /// A courier whose requests go through `client`.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self {
            client,
            turns: Mutex::default(),
            writing: Mutex::default(),
        }
    }

    /// Takes one message to a receiver, once. Gives what the service calls it, where that is worth knowing.
    ///
    /// # Errors
    /// When it has not arrived, or when that is not known: see [`Error`].
    pub async fn send(
        &self,
        receiver: &ReceiverName,
        service: &Service,
        message: Message<'_>,
        now: Timestamp,
    ) -> Result<Option<String>, Error> {
        let (request, verdict, pace) = match &service.kind.work {
            Work::Ask {
                request,
                verdict,
                pace,
            } => (request, verdict, pace),
            Work::Write(write) => {
                let _one = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
                write(&service.settings, message.alert)?;
                return Ok(None);
            }
        };
        let request = request(&service.settings, &message).map_err(|why| Error::Config {
            to: receiver.to_string(),
            why,
        })?;
        let to = origin(&request.url);
        self.turn(receiver, pace(&service.settings), &to).await?;
        let answer = self.client.ask(request, now).await?;
        let verdict = verdict(&answer);
        if let Some(hold) = verdict.hold {
            self.hold(receiver, hold);
        }
        verdict
            .result
            .map_err(|(retry, answer)| Error::Refused { to, answer, retry })
    }

    /// Waits until the receiver may be asked.
    async fn turn(&self, receiver: &ReceiverName, pace: Duration, to: &str) -> Result<(), Error> {
        let now = Instant::now();
        let turn = {
            let mut turns = self.turns();
            let turn = turns.get(receiver).copied().unwrap_or(now).max(now);
            if turn - now > MAX_WAIT {
                return Err(Error::Refused {
                    to: to.to_owned(),
                    answer: String::from("it asked to be left alone for a while"),
                    retry: Retry::After(turn - now),
                });
            }
            turns.insert(receiver.clone(), turn + pace);
            turn
        };
        if turn > now {
            sleep_until(turn).await;
        }
        Ok(())
    }

    /// Leaves a receiver alone for a while.
    fn hold(&self, receiver: &ReceiverName, wait: Duration) {
        let until = Instant::now() + wait.min(Duration::from_secs(24 * 3600));
        let mut turns = self.turns();
        let turn = turns.entry(receiver.clone()).or_insert(until);
        *turn = (*turn).max(until);
    }

    fn turns(&self) -> std::sync::MutexGuard<'_, BTreeMap<ReceiverName, Instant>> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
