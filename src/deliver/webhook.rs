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
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderName};
use serde::Serialize;
use sha2::Sha256;
use url::Url;

use super::http::{self, Answer, Client, Request};
use super::{Error, Retry};
use crate::alert::Alert;
use crate::alert::render::template::Template;
use crate::fetch::address::Network;
use crate::fetch::shown::origin;
use crate::secret::Secret;

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
    /// What the body is.
    pub format: Format,
}

/// What the body of a webhook is.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Format {
    /// The type, the time and the alert, as Standard Webhooks recommends.
    #[default]
    Standard,
    /// The alert in an event of CloudEvents 1.0, structured; `origin` is what its source begins with.
    CloudEvents {
        /// The beginning of `source`, such as `https://example.org`.
        origin: String,
    },
    /// Text of the user's own.
    Template(Template),
}

impl Format {
    /// The body for an alert, and its type.
    ///
    /// # Errors
    /// When a figure in the alert has no JSON form (it is not finite).
    pub fn body(&self, alert: &Alert) -> Result<(Vec<u8>, &'static str), serde_json::Error> {
        match self {
            Self::Standard => Ok((body(alert)?, "application/json")),
            Self::CloudEvents { origin } => {
                let json = serde_json::to_vec(&cloud_event(alert, origin)?)?;
                Ok((json, "application/cloudevents+json; charset=utf-8"))
            }
            Self::Template(template) if template.is_json() => {
                Ok((template.fill(alert).into_bytes(), "application/json"))
            }
            Self::Template(template) => Ok((
                template.fill(alert).into_bytes(),
                "text/plain; charset=utf-8",
            )),
        }
    }
}

/// The alert as an event. <https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md>
fn cloud_event(alert: &Alert, origin: &str) -> Result<serde_json::Value, serde_json::Error> {
    let mut event = serde_json::json!({
        "specversion": "1.0",
        "id": alert.alert_id,
        "source": format!("{}/watch/{}", origin.trim_end_matches('/'), alert.watch.id),
        "type": format!("org.claimwatch.{}", alert.kind),
        "time": alert.at,
        "datacontenttype": "application/json",
    });
    if let Some(story) = &alert.story {
        let claim = alert
            .changes
            .iter()
            .find_map(|change| change.claim.as_ref());
        event["subject"] = match claim {
            Some(claim) => format!("{}/{claim}", story.id).into(),
            None => story.id.to_string().into(),
        };
    }
    event["data"] = serde_json::to_value(alert)?;
    Ok(event)
}

/// Posts alerts. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Sender(Client);

impl Sender {
    /// A sender that may reach the open web, this machine where an address names it, and the networks in `allow`.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn new(allow: &[Network]) -> Result<Self, Error> {
        Ok(Self(Client::new(allow)?))
    }

    /// A sender that gives up earlier or later than after the usual 15 s.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn with_time_limit(allow: &[Network], time_limit: Duration) -> Result<Self, Error> {
        Ok(Self(Client::with_time_limit(allow, time_limit)?))
    }

    /// The client that posts.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.0
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
        let url = http::address(options.url.expose()).map_err(|why| Error::Config {
            to: String::from("webhook"),
            why,
        })?;
        let to = origin(&url);
        let request = request(url, options, alert, attempted_at).map_err(|why| Error::Config {
            to: to.clone(),
            why,
        })?;
        judge(to, &self.0.ask(request, attempted_at).await?)
    }
}

/// The signed request.
fn request(
    url: Url,
    options: &Options,
    alert: &Alert,
    attempted_at: Timestamp,
) -> Result<Request, String> {
    let (body, content_type) = options
        .format
        .body(alert)
        .map_err(|error| format!("the alert has no JSON form: {error}"))?;
    let id = format!("msg_{}", alert.alert_id);
    let signature = signature(&options.secrets, &id, attempted_at, &body)?;
    let name = HeaderName::from_static;
    let mut request = Request {
        method: Method::POST,
        url,
        headers: Vec::new(),
        body,
    }
    .with(CONTENT_TYPE, content_type)?
    .with(name("webhook-id"), &id)?
    .with(
        name("webhook-timestamp"),
        &attempted_at.as_second().to_string(),
    )?;
    if let Some(signature) = signature {
        request = request.with(name("webhook-signature"), &signature)?;
    }
    Ok(request)
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
    http::address(address).err()
}

/// What is wrong with a signing secret; `None` when it can be used. The secret itself is not repeated.
#[must_use]
pub fn secret_problem(secret: &Secret) -> Option<String> {
    key(secret).err()
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

/// What the answer means: anything but success is tried again, unless the receiver says that it is gone.
fn judge(to: String, answer: &Answer) -> Result<(), Error> {
    if answer.is_success() {
        return Ok(());
    }
    let retry = match answer.status {
        410 => Retry::Disable,
        _ => http::wait(answer.retry_after()),
    };
    Err(Error::Refused {
        to,
        answer: answer.told(&answer.words()),
        retry,
    })
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
}
