//! A signed POST as Standard Webhooks describes it.
//!
//! The body is the same at every attempt and the identifier is that of the alert, so a receiver can drop a repeat. Only a
//! status of 2xx is success; a redirect is not followed, for the body would go where the operator did not send it.

use std::ops::RangeInclusive;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Response, StatusCode};
use serde::Serialize;
use sha2::Sha256;
use tokio::time::timeout;
use url::{Host, Url};

use super::{Error, Retry};
use crate::alert::Alert;
use crate::fetch::address::{Guard, Network, is_localhost};
use crate::fetch::connect::{self, Fault, fault};
use crate::fetch::retry_after;
use crate::fetch::shown::{foreign, origin};
use crate::secret::Secret;

/// Who posts.
const USER_AGENT: &str = concat!("claimwatch/", env!("CARGO_PKG_VERSION"));
/// From the first byte sent to the end of the answer.
const TIME_LIMIT: Duration = Duration::from_secs(15);
/// Bytes of an answer that are read.
const MAX_ANSWER_BYTES: usize = 64 << 10;
/// Connections kept open to one receiver.
const IDLE_PER_HOST: usize = 1;
/// Bytes of a signing key, as the standard has it: fewer can be guessed, more add nothing.
const KEY_BYTES: RangeInclusive<usize> = 24..=64;
/// What a signing secret begins with.
const SECRET_PREFIX: &str = "whsec_";

/// The options of one webhook.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Where to post; a secret, since services put keys into addresses.
    pub url: Secret,
    /// The signing secrets (`whsec_...`): one, or two while they are rotated.
    pub secrets: Vec<Secret>,
}

/// Posts alerts. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Sender {
    http: reqwest::Client,
    guard: Guard,
    time_limit: Duration,
}

impl Sender {
    /// A sender that may reach the open web, this machine where an address names it, and the networks in `allow`.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn new(allow: &[Network]) -> Result<Self, Error> {
        Self::with_time_limit(allow, TIME_LIMIT)
    }

    /// A sender that gives up earlier or later than after the usual 15 s.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn with_time_limit(allow: &[Network], time_limit: Duration) -> Result<Self, Error> {
        let guard = Guard::for_receivers(allow);
        let http = connect::client(&guard, |builder| {
            builder
                .user_agent(USER_AGENT)
                .pool_max_idle_per_host(IDLE_PER_HOST)
        })
        .map_err(|why| Error::Config {
            to: String::from("webhooks"),
            why,
        })?;
        Ok(Self {
            http,
            guard,
            time_limit,
        })
    }

    /// Posts the alert once. The receiver has it when this is `Ok`.
    ///
    /// # Errors
    /// When it does not, or when that is not known: see [`Error`].
    pub async fn send(
        &self,
        options: &Options,
        alert: &Alert,
        attempted_at: Timestamp,
    ) -> Result<(), Error> {
        let url = address(options.url.expose()).map_err(|why| Error::Config {
            to: String::from("webhook"),
            why,
        })?;
        let to = origin(&url);
        let config = |why: String| Error::Config {
            to: to.clone(),
            why,
        };
        self.guard
            .check_url(&url)
            .map_err(|refusal| config(refusal.to_string()))?;
        let body =
            body(alert).map_err(|error| config(format!("the alert has no JSON form: {error}")))?;
        let id = format!("msg_{}", alert.alert_id);
        let signature = signature(&options.secrets, &id, attempted_at, &body).map_err(config)?;

        let mut request = self
            .http
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", attempted_at.as_second().to_string())
            .body(body);
        if let Some(signature) = signature {
            request = request.header("webhook-signature", signature);
        }
        let answered = timeout(self.time_limit, async {
            let response = request.send().await.map_err(|error| failed(&to, &error))?;
            judge(&to, response, attempted_at, self.time_limit).await
        });
        answered.await.map_err(|_| Error::Timeout {
            to: to.clone(),
            limit: self.time_limit,
        })?
    }
}

/// What is posted: the type, the time and the alert.
#[derive(Serialize)]
struct Body<'a> {
    #[serde(rename = "type")]
    kind: String,
    timestamp: Timestamp,
    data: &'a Alert,
}

/// The body that is posted for the alert.
///
/// # Errors
/// When a figure in it has no JSON form (it is not finite).
pub fn body(alert: &Alert) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&Body {
        kind: format!("claimwatch.{}", alert.kind),
        timestamp: alert.at,
        data: alert,
    })
}

/// What is wrong with a webhook's address; `None` when it can be used. The address itself is not repeated: it is a secret.
///
/// ```
/// use claimwatch::deliver::webhook::address_problem;
///
/// assert_eq!(address_problem("https://hooks.example.org/claimwatch"), None);
/// assert_eq!(address_problem("http://localhost:8700/"), None);
/// assert!(address_problem("http://hooks.example.org/").is_some());
/// ```
#[must_use]
pub fn address_problem(address: &str) -> Option<String> {
    self::address(address).err()
}

/// What is wrong with a signing secret; `None` when it can be used. The secret itself is not repeated.
#[must_use]
pub fn secret_problem(secret: &Secret) -> Option<String> {
    key(secret).err()
}

fn address(text: &str) -> Result<Url, String> {
    let url =
        Url::parse(text).map_err(|error| format!("the webhook's address is not a URL: {error}"))?;
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_this_machine(&url) => Ok(url),
        "http" => Err(String::from(
            "the webhook's address must begin with https:// (http:// is only for this machine, such as http://localhost:8700/)",
        )),
        other => Err(format!(
            "the webhook's address must begin with https://, not {other}:"
        )),
    }
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => is_localhost(name),
        None => false,
    }
}

/// `v1,` and the HMAC of identifier, time and body, for each secret; `None` without secrets.
fn signature(
    secrets: &[Secret],
    id: &str,
    at: Timestamp,
    body: &[u8],
) -> Result<Option<String>, String> {
    let mut signatures = Vec::new();
    for secret in secrets {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&key(secret)?).map_err(|error| error.to_string())?;
        mac.update(format!("{id}.{}.", at.as_second()).as_bytes());
        mac.update(body);
        signatures.push(format!(
            "v1,{}",
            STANDARD.encode(mac.finalize().into_bytes())
        ));
    }
    Ok((!signatures.is_empty()).then(|| signatures.join(" ")))
}

fn key(secret: &Secret) -> Result<Vec<u8>, String> {
    const REMEDY: &str = "make one with `echo whsec_$(openssl rand -base64 32)`";
    let encoded = secret.expose().strip_prefix(SECRET_PREFIX).ok_or(format!(
        "the signing secret must begin with `{SECRET_PREFIX}`; {REMEDY}"
    ))?;
    let key = STANDARD.decode(encoded).map_err(|_| {
        format!("the signing secret is not base64 after `{SECRET_PREFIX}`; {REMEDY}")
    })?;
    if !KEY_BYTES.contains(&key.len()) {
        let count = key.len();
        return Err(format!(
            "the signing secret has {count} bytes instead of 24 to 64; {REMEDY}"
        ));
    }
    Ok(key)
}

/// Reads what the receiver answered.
async fn judge(
    to: &str,
    response: Response,
    now: Timestamp,
    time_limit: Duration,
) -> Result<(), Error> {
    let status = response.status();
    if status.is_success() {
        // The receiver has the alert whatever becomes of the rest of its answer; reading it keeps the connection usable.
        let _ = timeout(time_limit / 4, words(response)).await;
        return Ok(());
    }
    let asked = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|asked| asked.to_str().ok())
        .and_then(|asked| retry_after(asked, now));
    let retry = match (status, asked) {
        (StatusCode::GONE, _) => Retry::Disable,
        (_, Some(wait)) => Retry::After(wait),
        (_, None) => Retry::Backoff,
    };
    let reason = status
        .canonical_reason()
        .unwrap_or("no standard status")
        .to_lowercase();
    let said = timeout(time_limit / 4, words(response))
        .await
        .unwrap_or_default();
    let code = status.as_u16();
    let answer = if said.is_empty() {
        format!("{code} ({reason})")
    } else {
        format!("{code} ({reason}): {said}")
    };
    Err(Error::Refused {
        to: to.to_owned(),
        answer,
        retry,
    })
}

/// The beginning of an answer's body on one line, after at most [`MAX_ANSWER_BYTES`].
async fn words(mut response: Response) -> String {
    let mut bytes = Vec::new();
    while bytes.len() < MAX_ANSWER_BYTES {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                let room = MAX_ANSWER_BYTES - bytes.len();
                bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
            }
            Ok(None) | Err(_) => break,
        }
    }
    foreign(&String::from_utf8_lossy(&bytes))
}

fn failed(to: &str, error: &reqwest::Error) -> Error {
    let to = to.to_owned();
    match fault(error) {
        // The name may be on its way to another address, so this is not for ever.
        Fault::Forbidden(refusal) => Error::Transport {
            to,
            why: refusal.to_string(),
        },
        Fault::ConnectTimeout => Error::Transport {
            to,
            why: String::from("no connection in time"),
        },
        Fault::Connect(why) | Fault::Broken(why) => Error::Transport { to, why },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    #[test]
    fn a_signature_is_the_one_of_the_standard() {
        let secrets = [secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")];
        let at = Timestamp::from_second(1_614_265_330).unwrap();

        let signed = signature(
            &secrets,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            at,
            br#"{"test": 2432232314}"#,
        );

        assert_eq!(
            signed,
            Ok(Some(String::from(
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
            )))
        );
    }

    #[test]
    fn each_secret_signs_while_they_are_rotated() {
        let secrets = [
            secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            secret("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"),
        ];

        let signed = signature(&secrets, "msg_1", Timestamp::UNIX_EPOCH, b"{}")
            .unwrap()
            .unwrap();

        let signatures: Vec<&str> = signed.split(' ').collect();
        assert_eq!(signatures.len(), 2);
        assert!(
            signatures.iter().all(|one| one.starts_with("v1,")) && signatures[0] != signatures[1]
        );
        assert_eq!(
            signature(&[], "msg_1", Timestamp::UNIX_EPOCH, b"{}"),
            Ok(None)
        );
    }

    #[test]
    fn a_secret_that_cannot_sign_is_told_without_being_shown() {
        for (text, told) in [
            ("hunter2hunter2hunter2", "must begin with `whsec_`"),
            ("whsec_hunter2!", "not base64"),
            ("whsec_aHVudGVyMg==", "7 bytes instead of 24 to 64"),
        ] {
            let problem = secret_problem(&secret(text)).unwrap();
            assert!(
                problem.contains(told) && !problem.contains("unter"),
                "{problem}"
            );
        }
        assert_eq!(
            secret_problem(&secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
            None
        );
    }

    #[test]
    fn http_is_only_for_this_machine() {
        for address in [
            "https://hooks.example.org/x",
            "http://localhost/",
            "http://LOCALHOST.:8700/x",
            "http://127.0.0.1:1/",
            "http://127.9.9.9/",
            "http://[::1]/",
            "https://10.0.0.1/",
        ] {
            assert_eq!(address_problem(address), None, "{address}");
        }
        for address in [
            "http://hooks.example.org/s3cret",
            "http://localhost.example.org/s3cret",
            "http://10.0.0.1/s3cret",
            "ftp://hooks.example.org/s3cret",
            "file:///s3cret",
            "s3cret",
            "https://",
        ] {
            let problem = address_problem(address).unwrap();
            assert!(!problem.contains("s3cret"), "{problem}");
        }
    }
}
