//! The mail of an alert: subject, headers, text and HTML, all but the addresses.

use super::subject::{foremost, subject};
use super::template::Template;
use super::words::{clean, cut};
use super::{SubjectStyle, html, lead, text};
use crate::alert::Alert;

/// How the mails of one sender look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailOptions {
    /// The domain that message identifiers and lists are named in.
    pub host: String,
    /// The address that is asked to mute a watch.
    pub admin: Option<String>,
    /// Whether subjects keep to ASCII.
    pub ascii: bool,
    /// What subjects are.
    pub subject: SubjectLine,
    /// The text, where it is not the usual one; the HTML then shows the same.
    pub text: Option<Template>,
}

/// What the subjects of mails are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubjectLine {
    /// One of ours.
    Style(SubjectStyle),
    /// One of the user's own.
    Template(Template),
}

impl Default for SubjectLine {
    fn default() -> Self {
        Self::Style(SubjectStyle::Change)
    }
}

/// The longest subject that a template may make, in characters.
const MAX_TEMPLATE_SUBJECT_CHARS: usize = 200;

impl Default for MailOptions {
    /// The look of mails that are shown and not sent.
    fn default() -> Self {
        Self {
            host: "localhost".to_owned(),
            admin: None,
            ascii: false,
            subject: SubjectLine::default(),
            text: None,
        }
    }
}

/// A mail without its addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The subject, on one line.
    pub subject: String,
    /// The plain text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// The headers beside those that have fields here, as name and value.
    pub headers: Vec<(&'static str, String)>,
    /// `<ALERT_ID@HOST>`, the same at every attempt.
    pub message_id: String,
    /// `<STORY_ID@HOST>`: one thread for a story, without any stored state.
    pub in_reply_to: String,
}

/// The mail that carries `alert`.
///
/// ```
/// use claimwatch::alert::render::{MailOptions, mail};
///
/// let options = MailOptions {
///     host: "example.org".into(),
///     ascii: true,
///     ..MailOptions::default()
/// };
/// let alert = claimwatch::alert::test(jiff::Timestamp::UNIX_EPOCH);
///
/// let mail = mail(&alert, &options);
///
/// assert!(mail.subject.starts_with("[test] Refugees 2.1-2.2M -> 2.5M (+16%)"));
/// assert_eq!(mail.message_id, format!("<{}@example.org>", alert.alert_id));
/// ```
#[must_use]
pub fn mail(alert: &Alert, options: &MailOptions) -> Mail {
    let host = &options.host;
    let subject = match &options.subject {
        SubjectLine::Style(style) => subject(alert, *style),
        // One line, whatever the template: a header has no second.
        SubjectLine::Template(template) => {
            let line = cut(&clean(&template.fill(alert)), MAX_TEMPLATE_SUBJECT_CHARS);
            if line.is_empty() {
                subject(alert, SubjectStyle::Change)
            } else {
                line
            }
        }
    };
    let own = options.text.as_ref().map(|template| template.fill(alert));
    Mail {
        subject: if options.ascii {
            ascii(&subject)
        } else {
            subject
        },
        text: match &own {
            Some(own) => text::lines(own),
            None => text::text(alert),
        },
        html: match &own {
            Some(own) => html::lines(alert, own),
            None => html::html(alert),
        },
        headers: headers(alert, options),
        message_id: format!("<{}@{host}>", alert.alert_id),
        in_reply_to: format!("<{}@{host}>", thread(alert)),
    }
}

/// What all mails of a thread answer to: the story, or the troubles of a watch.
fn thread(alert: &Alert) -> String {
    let about_watch = alert.kind.starts_with("watch_");
    match &alert.story {
        Some(story) if !about_watch => story.id.to_string(),
        _ if alert.digest.is_some() => alert.watch.id.to_string(),
        _ => format!("problems.{}", alert.watch.id),
    }
}

fn headers(alert: &Alert, options: &MailOptions) -> Vec<(&'static str, String)> {
    let watch = &alert.watch.id;
    let mut headers = vec![(
        "List-Id",
        format!("claimwatch {watch} <{watch}.{}>", options.host),
    )];
    if let Some(admin) = &options.admin {
        let value = format!("<mailto:{admin}?subject=mute%20{watch}>");
        headers.push(("List-Unsubscribe", value));
    }
    headers.push(("Auto-Submitted", "auto-generated".to_owned()));
    headers.push(("X-Auto-Response-Suppress", "All".to_owned()));
    if matches!(alert.severity.as_str(), "high" | "critical") {
        headers.push(("Importance", "high".to_owned()));
    }
    headers.push(("X-Claimwatch-Kind", alert.kind.clone()));
    headers.push(("X-Claimwatch-Severity", alert.severity.clone()));
    headers.push(("X-Claimwatch-Watch", watch.to_string()));
    if let Some(story) = &alert.story {
        headers.push(("X-Claimwatch-Story", story.id.to_string()));
    }
    let change = foremost(alert);
    if let Some(claim) = change.and_then(|change| change.claim.as_deref()) {
        headers.push(("X-Claimwatch-Claim", claim.to_owned()));
    }
    if let Some(step) = change.and_then(lead::step) {
        headers.push(("X-Claimwatch-Delta", step));
    }
    headers.push(("X-Claimwatch-Alert", alert.alert_id.to_string()));
    for (_, value) in &mut headers {
        *value = ascii(&clean(value));
    }
    headers
}

/// `text` in ASCII, signs spelled as keyboards have them and other letters as `?`.
fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '→' => out.push_str("->"),
            '–' | '—' | '−' => out.push('-'),
            '\u{2018}' | '\u{2019}' => out.push('\''),
            '\u{201c}' | '\u{201d}' => out.push('"'),
            '…' => out.push_str("..."),
            '€' => out.push_str("EUR "),
            '£' => out.push_str("GBP "),
            '¥' => out.push_str("JPY "),
            '°' | '\u{a0}' => out.push(' '),
            c if c.is_ascii() => out.push(c),
            c => out.push_str(&base_letter(c)),
        }
    }
    out
}

/// A letter without its accents, or `?`.
fn base_letter(c: char) -> String {
    use unicode_normalization::UnicodeNormalization;
    let base: String = c.nfkd().filter(char::is_ascii).collect();
    if base.is_empty() {
        "?".to_owned()
    } else {
        base
    }
}
