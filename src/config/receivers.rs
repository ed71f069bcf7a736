//! The parts of the file that say who is told and how: `email`, `notify`, and the secrets they need, as typed.

use crate::alert::ReceiverName;
use crate::deliver::email::{SubjectLine, Template};
use crate::deliver::{KINDS, Takes};
use crate::secret::{Secret, Source};

use super::addresses::{self, Smtp};
use super::file::Many;
use super::holding::TypedHolding;
use super::kinds;
use super::mistakes::{Mistakes, Wrong, quoted};
use super::section::{At, Field, Section, entries, misplaced, one};
use super::values;
use super::yaml::Value;

/// Kinds of receiver beside those of [`KINDS`].
const OWN_KINDS: [&str; 3] = ["email", "webhook", "terminal"];

/// The section `email`.
#[derive(Debug, Clone)]
pub(super) struct Email {
    /// Whether a mail server was named, readably or not.
    pub has_smtp: bool,
    /// Whether a password was given, readably or not.
    pub has_password: bool,
    pub smtp: Option<At<Smtp>>,
    pub password: Option<At<Kept>>,
    pub from: Option<At<String>>,
    pub to: Option<At<Vec<At<String>>>>,
    pub ascii: Option<At<bool>>,
    pub subject: Option<At<SubjectLine>>,
    pub text: Option<At<Template>>,
}

/// A secret as the file gives it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kept {
    /// Written in the file itself.
    Here(Secret),
    /// Kept somewhere else.
    Elsewhere(Source),
}

/// One entry of `notify`.
#[derive(Debug, Clone)]
pub(super) struct Receiver {
    pub name: At<ReceiverName>,
    pub channel: At<Channel>,
    pub takes: Option<At<Takes>>,
    pub holding: TypedHolding,
}

/// How a receiver is reached.
#[derive(Debug, Clone)]
pub(super) enum Channel {
    Email {
        to: At<Vec<At<String>>>,
        attach_json: Option<At<bool>>,
        subject: Option<At<SubjectLine>>,
        text: Option<At<Template>>,
    },
    Webhook {
        url: At<Kept>,
        secrets: Many<Kept>,
        body: Body,
    },
    Terminal,
    Service(kinds::Typed),
}

/// What the body of a webhook is.
#[derive(Debug, Clone)]
pub(super) struct Body {
    pub format: Option<At<Format>>,
    pub template: Option<At<Template>>,
    pub origin: Option<At<String>>,
}

/// The formats of a webhook that have a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Standard,
    CloudEvents,
}

/// Reads the section `email`.
pub(super) fn email(field: &Field<'_>, notes: &mut Mistakes) -> Option<Email> {
    let mut section = Section::open(field, notes)?;
    let email = Email {
        has_smtp: section.has_any(&["smtp"]),
        has_password: section.has_any(&["password"]),
        smtp: section.value("smtp", notes, addresses::smtp),
        password: section
            .field("password")
            .and_then(|field| kept(&field, notes)),
        from: section.value("from", notes, addresses::sender),
        to: section.filled("to", notes, addresses::mail),
        ascii: section.value("ascii", notes, values::truth),
        subject: section.value("subject", notes, values::subject),
        text: section.value("text", notes, values::template),
    };
    section.close(notes);
    Some(email)
}

/// The section `notify`.
#[derive(Debug, Clone, Default)]
pub(super) struct Notify {
    pub receivers: Vec<Receiver>,
    /// Names whose entry could not be read: they exist all the same.
    pub unreadable: Vec<String>,
}

/// Reads the section `notify`.
pub(super) fn notify(field: &Field<'_>, notes: &mut Mistakes) -> Option<Notify> {
    let mut section = Section::open(field, notes)?;
    let mut notify = Notify::default();
    for (key, field) in section.named() {
        if notes.are_enough() {
            break;
        }
        let Some(name) = ReceiverName::new(&key.text) else {
            notes.note(Some(key.place), bad_name("receiver", &key.text));
            continue;
        };
        let name = At {
            value: name,
            place: key.place,
            path: field.path.clone(),
        };
        match receiver(name, &field, notes) {
            Some(receiver) => notify.receivers.push(receiver),
            None => notify.unreadable.push(key.text.clone()),
        }
    }
    Some(notify)
}

/// What is wrong with a name.
pub(super) fn bad_name(of: &str, name: &str) -> Wrong {
    Wrong::new(
        format!("{} is not a name for a {of}", quoted(name)),
        "use letters, digits, `-`, `_` and `.`, at most 80 of them",
    )
}

fn receiver(name: At<ReceiverName>, field: &Field<'_>, notes: &mut Mistakes) -> Option<Receiver> {
    if let Value::Text(_) = &field.value.value {
        // The text is not repeated: it may be the address of a webhook with its key.
        let wrong = Wrong::new(
            format!("expected how {} is told, found one value", name.value),
            "write for example {terminal: {}} or {email: {to: desk@example.org}}",
        );
        field.wrong(notes, wrong);
        return None;
    }
    let mut section = Section::open(field, notes)?;
    let kinds: Vec<(&str, Field<'_>)> = all_kinds()
        .filter_map(|kind| Some((kind, section.field(kind)?)))
        .collect();
    let takes = section.field("for").and_then(|field| takes(&field, notes));
    section.close(notes);
    match &kinds[..] {
        [(kind, field)] => {
            let (channel, holding) = channel(kind, field, notes)?;
            Some(Receiver {
                name,
                channel: At {
                    value: channel,
                    place: field.place,
                    path: field.path.clone(),
                },
                takes,
                holding,
            })
        }
        [] => {
            let kinds: Vec<&str> = all_kinds().collect();
            let wrong = Wrong::new(
                "this receiver has no kind",
                format!("add one of: {}", kinds.join(", ")),
            );
            name.wrong(notes, wrong);
            None
        }
        [_, second, ..] => {
            let wrong = Wrong::new(
                "a receiver has one kind",
                "make a receiver of its own for each kind, and list both in `notify`",
            );
            second.1.wrong(notes, wrong);
            None
        }
    }
}

/// The names of all kinds of receiver.
fn all_kinds() -> impl Iterator<Item = &'static str> {
    OWN_KINDS
        .into_iter()
        .chain(KINDS.iter().map(|kind| kind.name))
}

fn channel(kind: &str, field: &Field<'_>, notes: &mut Mistakes) -> Option<(Channel, TypedHolding)> {
    if kind == "terminal" && matches!(field.value.value, Value::Nothing) {
        return Some((Channel::Terminal, TypedHolding::default()));
    }
    let mut section = Section::open(field, notes)?;
    let holding = TypedHolding::read(&mut section, notes);
    let channel = match kind {
        "email" => {
            let to = section.filled("to", notes, addresses::mail);
            let attach_json = section.value("attach_json", notes, values::truth);
            let subject = section.value("subject", notes, values::subject);
            let text = section.value("text", notes, values::template);
            needed(to, "to", "write to: and a mail address", &section, notes).map(|to| {
                Channel::Email {
                    to,
                    attach_json,
                    subject,
                    text,
                }
            })
        }
        "webhook" => webhook(&mut section, notes),
        _ => match kinds::kind(kind) {
            Some(kind) => kinds::read(kind, &mut section, notes).map(Channel::Service),
            None => Some(Channel::Terminal),
        },
    };
    section.close(notes);
    Some((channel?, holding))
}

fn webhook(section: &mut Section<'_>, notes: &mut Mistakes) -> Option<Channel> {
    let url = section.field("url");
    let asked = url.is_some();
    let url = url.and_then(|field| kept(&field, notes));
    let secrets = section.field("secret").map(|field| {
        if entries(&field).is_empty() {
            field.wrong(
                notes,
                Wrong::new(
                    "the list is empty",
                    "give one, or two while they are rotated",
                ),
            );
        }
        let list = entries(&field)
            .iter()
            .filter_map(|entry| kept(entry, notes))
            .collect::<Vec<_>>();
        field.with(list)
    });
    if !asked {
        needed(
            None::<()>,
            "url",
            "write the address to post to",
            section,
            notes,
        );
    }
    let body = body(section, notes);
    Some(Channel::Webhook {
        url: url?,
        secrets,
        body,
    })
}

fn body(section: &mut Section<'_>, notes: &mut Mistakes) -> Body {
    let body = Body {
        format: section.value("format", notes, |typed| match typed {
            "standard" => Ok(Format::Standard),
            "cloudevents" => Ok(Format::CloudEvents),
            _ => Err(values::unknown(
                "format",
                typed,
                &["standard", "cloudevents"],
            )),
        }),
        template: section.value("template", notes, values::template),
        origin: section.value("source", notes, |typed| {
            addresses::web(typed).map(|_| typed.to_owned())
        }),
    };
    if let (Some(format), Some(_)) = (&body.format, &body.template) {
        let wrong = Wrong::new("there is a template already", "keep one of the two");
        format.wrong(notes, wrong);
    }
    let is_event = body
        .format
        .as_ref()
        .is_some_and(|at| at.value == Format::CloudEvents);
    if let Some(source) = body.origin.as_ref().filter(|_| !is_event) {
        let wrong = Wrong::new("only an event has a source", "add format: cloudevents");
        source.wrong(notes, wrong);
    }
    body
}

/// `value`, or a note that the key is missing.
pub(super) fn needed<T>(
    value: Option<T>,
    key: &'static str,
    hint: &str,
    section: &Section<'_>,
    notes: &mut Mistakes,
) -> Option<T> {
    // A mistyped key is told as such, not a second time as the one that is missing.
    if value.is_none() && !section.has_any(&[key]) && !section.has_like(key) {
        let wrong = Wrong::new(format!("{}: `{key}` is missing", section.path), hint);
        notes.note(Some(section.place), wrong);
    }
    value
}

fn takes(field: &Field<'_>, notes: &mut Mistakes) -> Option<At<Takes>> {
    let parse = |typed: &str| match typed {
        "changes" | "problems" => Ok(typed == "changes"),
        _ => Err(values::unknown(
            "kind of message",
            typed,
            &["changes", "problems"],
        )),
    };
    let list = entries(field);
    let read: Vec<bool> = list
        .iter()
        .filter_map(|entry| one(entry, notes, &parse))
        .map(|entry| entry.value)
        .collect();
    if read.len() < list.len() {
        return None;
    }
    let takes = match (read.contains(&true), read.contains(&false)) {
        (true, true) => Takes::Everything,
        (true, false) => Takes::Changes,
        (false, true) => Takes::Problems,
        (false, false) => {
            field.wrong(
                notes,
                Wrong::new(
                    "an empty list tells nothing",
                    "write for: [changes, problems]",
                ),
            );
            return None;
        }
    };
    Some(field.with(takes))
}

/// A secret: text, or where it is kept. Messages never repeat the text.
pub(super) fn kept(field: &Field<'_>, notes: &mut Mistakes) -> Option<At<Kept>> {
    match &field.value.value {
        Value::Text(text) if text.is_empty() => {
            field.wrong(
                notes,
                Wrong::new("the secret is empty", "write {env: NAME} or {file: PATH}"),
            );
            None
        }
        Value::Text(text) => Some(field.with(Kept::Here(Secret::new(text.clone())))),
        Value::Mapping(_) => {
            let mut section = Section::open(field, notes)?;
            let sources = [
                section
                    .value("env", notes, values::text)
                    .map(|at| Source::Env(at.value)),
                section
                    .value("file", notes, values::text)
                    .map(|at| Source::File(at.value.into())),
                section
                    .value("credential", notes, values::text)
                    .map(|at| Source::Credential(at.value)),
            ];
            let named = section.count(&["env", "file", "credential"]);
            // What else stands there is not repeated: it may be the secret itself.
            if named != 1 || section.len() != 1 {
                let wrong = Wrong::new(
                    "a secret is kept in one place",
                    "write one of {env: NAME}, {file: PATH}, {credential: NAME}",
                );
                field.wrong(notes, wrong);
                return None;
            }
            let source = sources.into_iter().flatten().next();
            source.map(|source| field.with(Kept::Elsewhere(source)))
        }
        Value::Nothing | Value::List(_) => {
            field.wrong(notes, misplaced(&field.value.value, "a secret"));
            None
        }
    }
}
