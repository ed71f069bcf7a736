//! Asks the Wayback Machine of the Internet Archive to keep a page ("Save Page Now", second version).
//!
//! A request gives a job; the job is asked about until it has ended. Reference: the SPN2 API of the Internet Archive, with the
//! keys of <https://archive.org/account/s3.php>.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::Method;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use serde_json::Value;
use url::{Url, form_urlencoded};

use super::http::{Answer, Client, Request};
use crate::fetch::shown::foreign;
use crate::secret::Secret;

/// The archive, unless the configuration names another.
pub const WAYBACK: &str = "https://web.archive.org";

/// How the archive is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Scheme and host of the archive.
    pub server: String,
    /// The access key and its secret, with a colon between them.
    pub key: Secret,
}

/// Why a page was not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It will not be, for this reason.
    Never(String),
    /// It may be later.
    Later(String),
    /// The archive wants to be left alone for this long.
    Rest(String, Duration),
}

/// How far the archive is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// It works on it.
    Pending,
    /// The copy is at this address.
    Kept(String),
}

/// How long an archive is left alone that does not say how long.
const REST: Duration = Duration::from_secs(5 * 60);
/// The longest rest that is granted.
const MAX_REST: Duration = Duration::from_secs(24 * 3600);
/// What no later request would change.
const FINAL: [&str; 6] = [
    "error:blocked",
    "error:blocked-url",
    "error:invalid-url-syntax",
    "error:no-access",
    "error:not-found",
    "error:gone",
];

/// Asks for a copy of the page at `address`, and gives what the archive calls the request.
///
/// # Errors
/// Where it does not take the request.
pub async fn save(
    client: &Client,
    options: &Options,
    address: &str,
    now: Timestamp,
) -> Result<String, Refusal> {
    let body = form_urlencoded::Serializer::new(String::new())
        .append_pair("url", address)
        .append_pair("skip_first_archive", "1")
        .finish();
    let mut request = request(options, Method::POST, "save")?;
    request.body = body.into_bytes();
    let form = HeaderValue::from_static("application/x-www-form-urlencoded");
    request.headers.push((CONTENT_TYPE, form));
    let answer = ask(client, request, now).await?;
    match answer["job_id"].as_str() {
        Some(job) if is_name(job) => Ok(job.to_owned()),
        _ => Err(refusal(&answer)),
    }
}

/// How far the archive is with what it calls `job`, which is for the page at `address`.
///
/// # Errors
/// Where the job has failed, or nothing can be learnt of it.
pub async fn progress(
    client: &Client,
    options: &Options,
    job: &str,
    address: &str,
    now: Timestamp,
) -> Result<Progress, Refusal> {
    let request = request(options, Method::GET, &format!("save/status/{job}"))?;
    let answer = ask(client, request, now).await?;
    match answer["status"].as_str() {
        Some("pending") => Ok(Progress::Pending),
        Some("success") => copy(options, &answer, address)
            .map(Progress::Kept)
            .ok_or_else(|| Refusal::Later("the archive does not say where the copy is".to_owned())),
        _ => Err(refusal(&answer)),
    }
}

/// The address of the copy: made from its time, so that nothing else of the answer is believed.
fn copy(options: &Options, answer: &Value, address: &str) -> Option<String> {
    let time = answer["timestamp"].as_str()?;
    let is_time = time.len() == 14 && time.bytes().all(|byte| byte.is_ascii_digit());
    is_time.then(|| format!("{}/web/{time}/{address}", options.server))
}

/// A name as the archive gives them to its jobs; it becomes part of an address.
fn is_name(job: &str) -> bool {
    (1..=100).contains(&job.len())
        && job
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn request(options: &Options, method: Method, path: &str) -> Result<Request, Refusal> {
    let url = Url::parse(&format!("{}/{path}", options.server))
        .map_err(|error| Refusal::Never(format!("the archive has no usable address: {error}")))?;
    let request = Request {
        method,
        url,
        headers: vec![(ACCEPT, HeaderValue::from_static("application/json"))],
        body: Vec::new(),
    };
    request
        .with(AUTHORIZATION, &format!("LOW {}", options.key.expose()))
        .map_err(Refusal::Never)
}

/// The answer as JSON, where it is one of success.
async fn ask(client: &Client, request: Request, now: Timestamp) -> Result<Value, Refusal> {
    let answer = client
        .ask(request, now)
        .await
        .map_err(|error| Refusal::Later(error.to_string()))?;
    if answer.is_success() {
        return answer
            .json()
            .ok_or_else(|| Refusal::Later("the archive answered with no JSON".to_owned()));
    }
    let told = told(&answer);
    match answer.status {
        429 | 503 => {
            let rest = answer.retry_after().unwrap_or(REST).min(MAX_REST);
            Err(Refusal::Rest(told, rest))
        }
        _ => Err(Refusal::Later(told)),
    }
}

fn told(answer: &Answer) -> String {
    let words = answer
        .json()
        .and_then(|json| Some(foreign(json["message"].as_str()?)));
    let words = words.map_or_else(String::new, |words| format!(": {words}"));
    format!("the archive answered {}{words}", answer.status)
}

/// What the archive says instead of a job or a copy.
fn refusal(answer: &Value) -> Refusal {
    let kind = answer["status_ext"].as_str().unwrap_or_default();
    let words = answer["message"].as_str().unwrap_or("it does not say why");
    let told = format!("the archive refused: {}", foreign(words));
    if FINAL.contains(&kind) {
        Refusal::Never(told)
    } else {
        Refusal::Later(told)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use super::*;

    fn options() -> Options {
        Options {
            server: WAYBACK.to_owned(),
            key: Secret::new("access:hush".to_owned()),
        }
    }

    #[test]
    fn the_address_of_a_copy_is_made_of_its_time_alone() {
        let at = |time: &str| {
            let answer = json!({"timestamp": time, "original_url": "https://elsewhere.example/"});
            copy(&options(), &answer, "https://news.example/a")
        };

        assert_eq!(
            at("20260309120000").unwrap(),
            "https://web.archive.org/web/20260309120000/https://news.example/a"
        );
        for wrong in ["", "2026", "20260309120000x", "2026030912000/"] {
            assert_eq!(at(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_job_is_a_plain_name() {
        assert!(is_name("spn2-1b2c"));
        for wrong in ["", "../x", "a/b", "a?b", "a b"] {
            assert!(!is_name(wrong), "{wrong}");
        }
    }

    #[test]
    fn what_is_refused_for_good_is_not_asked_again() {
        let of = |kind: &str| refusal(&json!({"status_ext": kind, "message": "no\nway"}));

        let told = "the archive refused: no way".to_owned();
        assert_eq!(of("error:blocked-url"), Refusal::Never(told.clone()));
        assert_eq!(of("error:too-many-daily-captures"), Refusal::Later(told));
        assert!(!format!("{:?}", options()).contains("hush"));
    }
}
