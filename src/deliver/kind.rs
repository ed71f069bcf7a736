//! What a kind of receiver consists of: its keys in the configuration, what it sends, and what an answer means.
//!
//! A kind is one file that fills in a [`Kind`], and its line in [`super::KINDS`]. Reading its keys, showing them, asking
//! its service and pacing the requests are the same for all and stand here, in `config` and in [`super::courier`].

use std::collections::BTreeMap;
use std::time::Duration;

use super::http::{self, Answer, Request};
use super::{Error, Retry, Takes};
use crate::alert::Alert;
use crate::secret::Secret;

/// A kind of receiver.
#[derive(Debug)]
pub struct Kind {
    /// Its key in the configuration.
    pub name: &'static str,
    /// What a receiver of this kind gets, in a sentence.
    pub about: &'static str,
    /// An example, as YAML on one line.
    pub example: &'static str,
    /// What a receiver of this kind is told, where its `for` does not say.
    pub takes: Takes,
    /// Whether it wants to know what the service called the first message about a story.
    pub threads: bool,
    /// Its options.
    pub keys: &'static [&'static Key],
    /// What is wrong with options that are each right by themselves: the key, what, and the remedy.
    pub check: fn(&Settings) -> Option<Problem>,
    /// How it is told.
    pub work: Work,
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// How a receiver is told.
#[derive(Debug)]
pub enum Work {
    /// By a request.
    Ask {
        /// The request that carries the message.
        request: fn(&Settings, &Message<'_>) -> Result<Request, String>,
        /// What the answer to it means.
        verdict: fn(&Answer) -> Verdict,
        /// The pause between two requests, so that the limits of the service hold.
        pace: fn(&Settings) -> Duration,
    },
    /// By writing a file.
    Write(fn(&Settings, &Alert) -> Result<(), Error>),
}

/// What is told.
#[derive(Debug, Clone, Copy)]
pub struct Message<'a> {
    /// The alert.
    pub alert: &'a Alert,
    /// What the service called the first message about the same story, where it has threads and that is known.
    pub thread: Option<&'a str>,
}

/// What is wrong with an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The key.
    pub key: &'static str,
    /// What is wrong; never repeats a secret.
    pub what: String,
    /// What to do about it.
    pub hint: &'static str,
}

/// One option of a kind.
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it does, in half a sentence.
    pub about: &'static str,
    /// What its value is.
    pub wants: Wants,
    /// What it is where nobody gives it.
    pub default: Default,
}

/// What the value of an option is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    /// An address with a key in it.
    Address,
    /// A password or token.
    Secret,
    /// The address of a server, which is no secret.
    Server,
    /// A line of text.
    Text,
    /// Lines of text.
    Texts,
    /// A name of the user's own and a whole number for each.
    Numbers,
    /// A whole number between these.
    Count(u32, u32),
    /// `true` or `false`.
    Flag,
    /// The path of a file, from that of the configuration.
    File,
}

/// What an option is where nobody gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Default {
    /// It has to be given.
    Needed,
    /// Nothing.
    Nothing,
    /// This.
    Is(&'static str),
}

/// The options of one receiver, every default filled in.
#[derive(Debug, Clone, PartialEq, std::default::Default)]
pub struct Settings(BTreeMap<&'static str, Setting>);

/// The value of an option.
#[derive(Debug, Clone, PartialEq)]
pub enum Setting {
    /// Of [`Wants::Address`] and [`Wants::Secret`].
    Secret(Secret),
    /// Of all that are one line.
    Text(String),
    /// Of [`Wants::Texts`].
    Texts(Vec<String>),
    /// Of [`Wants::Numbers`].
    Numbers(BTreeMap<String, u32>),
}

impl Settings {
    /// The same with one more option.
    #[must_use]
    pub fn with(mut self, key: &Key, setting: Setting) -> Self {
        self.0.insert(key.name, setting);
        self
    }

    /// The value of an option, where it has one.
    #[must_use]
    pub fn get(&self, key: &Key) -> Option<&Setting> {
        self.0.get(key.name)
    }

    /// The secret that an option holds.
    #[must_use]
    pub fn secret(&self, key: &Key) -> Option<&str> {
        match self.get(key)? {
            Setting::Secret(secret) => Some(secret.expose()),
            Setting::Text(_) | Setting::Texts(_) | Setting::Numbers(_) => None,
        }
    }

    /// The line that an option holds, or its default.
    #[must_use]
    pub fn text(&self, key: &Key) -> Option<&str> {
        match (self.get(key), key.default) {
            (Some(Setting::Text(text)), _) => Some(text),
            (None, Default::Is(text)) => Some(text),
            _ => None,
        }
    }

    /// The lines that an option holds.
    #[must_use]
    pub fn texts(&self, key: &Key) -> &[String] {
        match self.get(key) {
            Some(Setting::Texts(texts)) => texts,
            _ => &[],
        }
    }

    /// The number that an option has for a name.
    #[must_use]
    pub fn number_of(&self, key: &Key, name: &str) -> Option<u32> {
        match self.get(key)? {
            Setting::Numbers(numbers) => numbers.get(name).copied(),
            Setting::Secret(_) | Setting::Text(_) | Setting::Texts(_) => None,
        }
    }

    /// The number that an option holds.
    #[must_use]
    pub fn count(&self, key: &Key) -> Option<u32> {
        self.text(key)?.parse().ok()
    }

    /// Whether an option is `true`.
    #[must_use]
    pub fn is(&self, key: &Key) -> bool {
        self.text(key) == Some("true")
    }

    /// The address that an option holds.
    ///
    /// # Errors
    /// Where it is none.
    pub fn url(&self, key: &Key) -> Result<url::Url, String> {
        let text = self.secret(key).or_else(|| self.text(key));
        http::address(text.unwrap_or_default())
    }
}

/// A receiver of one of the kinds.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// The kind.
    pub kind: &'static Kind,
    /// Its options.
    pub settings: Settings,
}

/// What an answer means.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// What the service calls the message, where that is worth knowing; or what becomes of the delivery, and what was said.
    pub result: Result<Option<String>, (Retry, String)>,
    /// How long the receiver is to be left alone.
    pub hold: Option<Duration>,
}

impl Verdict {
    /// The service has the message.
    #[must_use]
    pub fn taken() -> Self {
        Self {
            result: Ok(None),
            hold: None,
        }
    }

    /// It does not.
    #[must_use]
    pub fn refused(retry: Retry, said: String) -> Self {
        let hold = match retry {
            Retry::After(wait) => Some(wait),
            Retry::Never | Retry::Backoff | Retry::Disable => None,
        };
        Self {
            result: Err((retry, said)),
            hold,
        }
    }

    /// What most services mean: `said` is the reason the body gives, `asked` the time it asks for.
    ///
    /// A refusal of the message (4xx) is for ever; too many messages, an overloaded server and whatever else is no answer
    /// of the service itself are not.
    #[must_use]
    pub fn usual(answer: &Answer, said: &str, asked: Option<Duration>) -> Self {
        if answer.is_success() {
            return Self::taken();
        }
        let retry = match answer.status {
            410 => Retry::Disable,
            408 | 425 | 429 => http::wait(asked.or_else(|| answer.retry_after())),
            400..=499 => Retry::Never,
            _ => http::wait(answer.retry_after()),
        };
        Self::refused(retry, answer.told(said))
    }
}

/// Nothing is wrong with options that are each right by themselves.
#[must_use]
pub fn unchecked(_: &Settings) -> Option<Problem> {
    None
}

/// A time in seconds as services write it in JSON; `None` for what is no time.
#[must_use]
pub fn seconds(number: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(number).ok()
}
