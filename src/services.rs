//! What a check and a delivery work with: the configuration and the four outward modules.

mod reading;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;

use crate::alert::{Alert, ReceiverName, WatchName};
use crate::clock::Clock;
use crate::config::{Config, List, Watch};
use crate::deliver::{self, Channel, Receiver, Takes, email, webhook};
use crate::fetch;
use crate::metrics::Metrics;
use crate::store::{self, Destination, Enrolled, Outgoing, Store};

pub use reading::{Readers, Unread};

/// Everything a check or a delivery needs, made once for each configuration.
pub struct Services {
    /// The configuration in force.
    pub config: Config,
    /// What is remembered.
    pub store: Store,
    /// Asks for pages.
    pub fetch: fetch::Client,
    /// Sends webhooks.
    pub webhooks: webhook::Sender,
    /// Which receivers are left alone for a while.
    pub rests: Arc<deliver::rest::Rests>,
    /// Takes alerts to chats and other services.
    pub courier: deliver::courier::Courier,
    /// Tells the time.
    pub clock: Clock,
    /// Whether the receiver `terminal` prints; off where the caller shows alerts in a form of its own.
    pub prints: bool,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// Turns for reading pages.
    pub readers: Readers,
    mailer: OnceLock<Result<email::Mailer, deliver::Error>>,
    watches: BTreeMap<WatchName, usize>,
}

/// The pace of hosts as all daemons on the store keep it. While the store cannot be asked, each keeps its own.
#[must_use]
pub fn among_daemons(store: Store) -> fetch::Pacer {
    fetch::Pacer::new(move |host, pace| {
        let store = store.clone();
        Box::pin(async move {
            store.next_start(&host, pace).await.unwrap_or_else(|error| {
                tracing::warn!(%host, %error, "the other daemons cannot be asked for their pace");
                std::time::Duration::ZERO
            })
        })
    })
}

impl Services {
    /// The services of a configuration.
    ///
    /// # Errors
    ///
    /// Where no HTTP client can be made.
    pub fn new(config: Config, store: Store, clock: Clock) -> anyhow::Result<Self> {
        let webhooks = webhook::Sender::new(&config.fetch.allow_networks)?;
        let fetch = fetch::Client::new(&config.fetch)?;
        if store.is_shared() {
            fetch.keep_pace_with(among_daemons(store.clone()));
        }
        Ok(Self {
            fetch,
            courier: deliver::courier::Courier::new(webhooks.client().clone()),
            webhooks,
            rests: Arc::default(),
            readers: Readers::default(),
            metrics: Arc::default(),
            mailer: OnceLock::new(),
            watches: (0..)
                .zip(&config.watches)
                .map(|(at, watch)| (watch.name.clone(), at))
                .collect(),
            config,
            store,
            clock,
            prints: true,
        })
    }

    /// The same store and clock with another configuration. The client and its knowledge of hosts stay where the
    /// manners are the same, and who rests where the receivers are.
    ///
    /// # Errors
    ///
    /// Where no HTTP client can be made.
    pub fn with(&self, config: Config) -> anyhow::Result<Self> {
        let same_manners = config.fetch == self.config.fetch;
        let same_receivers = self.reaches_as(&config);
        let fresh = Self::new(config, self.store.clone(), self.clock.clone())?;
        let fetch = if same_manners {
            self.fetch.clone()
        } else {
            fresh.fetch
        };
        let rests = if same_receivers {
            Arc::clone(&self.rests)
        } else {
            fresh.rests
        };
        Ok(Self {
            fetch,
            rests,
            readers: self.readers.clone(),
            metrics: Arc::clone(&self.metrics),
            ..fresh
        })
    }

    /// Whether receivers are reached as `config` has it.
    #[must_use]
    pub fn reaches_as(&self, config: &Config) -> bool {
        self.config.email == config.email && self.config.receivers == config.receivers
    }

    /// Brings the store's list of watches in line with the configuration's. A new watch is due at once.
    ///
    /// # Errors
    ///
    /// Where the store cannot be written.
    pub async fn enroll(&self, now: Timestamp) -> Result<(), store::Error> {
        let enrolled = |watch: &Watch| Enrolled {
            name: watch.name.clone(),
            url: watch.url.clone(),
            due: now,
            list: watch.list.as_ref().map(List::reading),
        };
        self.store
            .enroll(self.config.watches.iter().map(enrolled).collect(), now)
            .await?;
        let rounds = self.config.receivers.iter().filter_map(|receiver| {
            let digest = receiver.holding.digest.as_ref()?;
            let next = digest.next(now).filter(|_| digest.even_empty)?;
            Some((receiver.name.clone(), next))
        });
        self.store.plan_rounds(rounds.collect(), now).await
    }

    /// The watch with this name; for an article of a list, as the list wants it.
    #[must_use]
    pub fn watch(&self, name: &WatchName) -> Option<Cow<'_, Watch>> {
        let of_file = |name| {
            let at = self.watches.get(name)?;
            self.config.watches.get(*at)
        };
        match name.list() {
            Some(list) => of_file(&list)?.article(name).map(Cow::Owned),
            None => of_file(name).map(Cow::Borrowed),
        }
    }

    /// The receiver with this name.
    #[must_use]
    pub fn receiver(&self, name: &ReceiverName) -> Option<&Receiver> {
        self.config.receiver(name)
    }

    /// Whether this receiver is told in digests.
    #[must_use]
    pub fn gets_digest(&self, name: &ReceiverName) -> bool {
        self.receiver(name)
            .is_some_and(|receiver| receiver.holding.digest.is_some())
    }

    /// The connection to the mail server, made when it is first needed.
    ///
    /// # Errors
    ///
    /// Where the configuration names no mail server, or one that cannot work.
    pub fn mailer(&self) -> Result<&email::Mailer, deliver::Error> {
        let mailer = self.mailer.get_or_init(|| match &self.config.email {
            Some(server) => {
                email::Mailer::new(server).map(|mailer| match &self.config.fetch.contact {
                    Some(contact) => mailer.with_admin(contact),
                    None => mailer,
                })
            }
            None => Err(deliver::Error::Config {
                to: "mail".to_owned(),
                why: "the configuration names no mail server; set `email.smtp`".to_owned(),
            }),
        });
        mailer.as_ref().map_err(Clone::clone)
    }

    /// Ends the conversation with the mail server and the browser, where there were any.
    pub async fn say_goodbye(&self) {
        self.fetch.close().await;
        if let Some(Ok(mailer)) = self.mailer.get() {
            mailer.close().await;
        }
    }

    /// `alert` with where it goes for these receivers: one destination for each address, at once or held.
    #[must_use]
    pub fn outgoing(
        &self,
        alert: Alert,
        names: &[ReceiverName],
        subject: Subject,
        now: Timestamp,
    ) -> Outgoing {
        let mut to: Vec<Destination> = names
            .iter()
            .filter_map(|name| self.receiver(name))
            .filter(|receiver| subject.is_for(receiver.takes))
            .flat_map(|receiver| {
                let hold = receiver.holding.hold(&alert, now);
                if let Some(hold) = &hold {
                    tracing::info!(
                        alert = %alert.alert_id, receiver = %receiver.name, reason = hold.why.as_str(),
                        until = %hold.until, "alert held"
                    );
                }
                addresses(receiver).into_iter().map(move |to| Destination {
                    hold,
                    max_per_hour: receiver.holding.max_per_hour,
                    ..to
                })
            })
            .collect();
        to.sort();
        to.dedup();
        Outgoing { alert, to }
    }

    /// `alert` about a delivery that `but` did not get: for those told of the problems of `watch`, else for everyone by
    /// mail, else for everyone; `None` where nobody is left.
    #[must_use]
    pub fn loss(
        &self,
        alert: &Alert,
        watch: Option<&Watch>,
        but: &ReceiverName,
        now: Timestamp,
    ) -> Option<Outgoing> {
        let of_watch = watch.map(|watch| self.config.told_of_problems(watch));
        let is_mail = |receiver: &&Receiver| matches!(receiver.channel, Channel::Email(_));
        let (mail, rest): (Vec<&Receiver>, Vec<&Receiver>) =
            self.config.receivers.iter().partition(is_mail);
        let names = |list: Vec<&Receiver>| -> Vec<ReceiverName> {
            list.iter().map(|receiver| receiver.name.clone()).collect()
        };
        [of_watch.unwrap_or_default(), names(mail), names(rest)]
            .into_iter()
            .find_map(|mut names| {
                names.retain(|name| name != but);
                let outgoing = self.outgoing(alert.clone(), &names, Subject::Problem, now);
                (!outgoing.to.is_empty()).then_some(outgoing)
            })
    }

    /// `alert` about the trouble of a watch, with where it goes: the watch's receivers that take problems, and every
    /// receiver that takes nothing else.
    #[must_use]
    pub fn problem(&self, alert: Alert, watch: &Watch, now: Timestamp) -> Outgoing {
        let names = self.config.told_of_problems(watch);
        self.outgoing(alert, &names, Subject::Problem, now)
    }
}

/// What an alert is about, for the receivers that do not take everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A change of a story.
    Change,
    /// Trouble of a watch or a delivery.
    Problem,
}

impl Subject {
    fn is_for(self, takes: Takes) -> bool {
        match takes {
            Takes::Everything => true,
            Takes::Changes => self == Self::Change,
            Takes::Problems => self == Self::Problem,
        }
    }
}

/// The addresses of a receiver.
pub(crate) fn addresses(receiver: &Receiver) -> Vec<Destination> {
    let to = |address: &str| Destination::at_once(receiver.name.clone(), address);
    match &receiver.channel {
        Channel::Email(options) => options.to.iter().map(|address| to(address)).collect(),
        Channel::Webhook(_) | Channel::Terminal | Channel::Service(_) => vec![to("")],
    }
}

/// Where a test asks the process to die as if it had been killed, or this thread to hang; does nothing in a release.
pub fn crash_point(name: &str) {
    #[cfg(debug_assertions)]
    {
        let is_here =
            |variable: &str| crate::secret::environment(variable).is_some_and(|at| at == name);
        if is_here("CLAIMWATCH_CRASH_AT") {
            std::process::abort();
        }
        if is_here("CLAIMWATCH_HANG_AT") {
            std::thread::park_timeout(std::time::Duration::from_secs(600));
        }
    }
    #[cfg(not(debug_assertions))]
    let _ = name;
}
