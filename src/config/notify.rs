//! Who is told, resolved: the receivers with their secrets, and the lists that name receivers.

use crate::alert::ReceiverName;
use crate::deliver::kind::Work;
use crate::deliver::{self, Takes, email, webhook};
use crate::secret::Secret;

use super::Watch;
use super::desk::{Desk, plain};
use super::file::File;
use super::holding::{TypedHolding, holding};
use super::kinds;
use super::mistakes::{Wrong, nearest, quoted};
use super::receivers::{Body, Channel, Email, Format, Kept, Receiver};
use super::section::{At, List};

/// The receiver that `email.to` makes.
const BY_MAIL: &str = "email";

/// The receiver there is where nobody named one.
const TERMINAL: &str = "terminal";

/// Everyone who is told.
pub(super) fn receivers(file: &File, desk: &mut Desk<'_>) -> Vec<deliver::Receiver> {
    let mut receivers = all(file, desk);
    for receiver in &mut receivers {
        let mut typed = file.notify.receivers.iter();
        let typed = typed.find(|typed| typed.name.value == receiver.name);
        let typed = typed.map_or_else(TypedHolding::default, |typed| typed.holding.clone());
        let people = is_read_by_people(&receiver.channel);
        receiver.holding = holding(receiver.name.as_str(), &typed, file, people, desk);
    }
    receivers
}

/// Whether people are told, who take in only so much. A program reads as much as it is sent, a feed is read when it suits,
/// and who looks at a terminal sees it run by.
fn is_read_by_people(channel: &deliver::Channel) -> bool {
    match channel {
        deliver::Channel::Email(_) => true,
        deliver::Channel::Webhook(_) | deliver::Channel::Terminal => false,
        deliver::Channel::Service(service) => match service.kind.work {
            Work::Ask { .. } => true,
            Work::Write(_) => false,
        },
    }
}

fn all(file: &File, desk: &mut Desk<'_>) -> Vec<deliver::Receiver> {
    let by_mail = file
        .email
        .as_ref()
        .and_then(|typed| by_mail(file, typed, desk));
    let mut receivers: Vec<deliver::Receiver> = by_mail.into_iter().collect();
    for typed in &file.notify.receivers {
        match receiver(typed, file, desk) {
            Some(receiver) => receivers.push(receiver),
            None => desk.unreadable.push(typed.name.value.to_string()),
        }
    }
    let somebody_was_named = !file.notify.receivers.is_empty()
        || !file.notify.unreadable.is_empty()
        || file.email.as_ref().is_some_and(|email| email.to.is_some());
    if !somebody_was_named {
        receivers.extend(terminal(desk));
    }
    receivers
}

fn receiver(typed: &Receiver, file: &File, desk: &mut Desk<'_>) -> Option<deliver::Receiver> {
    let name = typed.name.value.clone();
    desk.came(&format!("notify.{name}"), Some(&typed.name));
    let usual = match &typed.channel.value {
        Channel::Service(options) => options.kind.takes,
        Channel::Email { .. } | Channel::Webhook { .. } | Channel::Terminal => Takes::Everything,
    };
    let takes = desk.pick(&format!("notify.{name}.for"), typed.takes.as_ref(), usual);
    let channel = match &typed.channel.value {
        Channel::Email {
            to,
            attach_json,
            subject,
            text,
        } => {
            if file.email.as_ref().is_none_or(|email| !email.has_smtp) {
                typed.channel.wrong(desk.notes, no_server());
            }
            deliver::Channel::Email(email::Options {
                to: desk.list(&format!("notify.{name}.to"), Some(to)),
                attach_json: desk.pick(
                    &format!("notify.{name}.attach_json"),
                    attach_json.as_ref(),
                    false,
                ),
                subject: given(&format!("notify.{name}.subject"), subject.as_ref(), desk),
                text: given(&format!("notify.{name}.text"), text.as_ref(), desk),
            })
        }
        Channel::Webhook { url, secrets, body } => {
            let format = format(&name, body, file, desk);
            webhook(&name, url, secrets.as_ref(), format, desk)?
        }
        Channel::Terminal => deliver::Channel::Terminal,
        Channel::Service(options) => {
            deliver::Channel::Service(kinds::resolve(&name, options, &typed.channel, desk)?)
        }
    };
    Some(deliver::Receiver {
        name,
        channel,
        takes,
        holding: deliver::Holding::default(),
    })
}

fn terminal(desk: &mut Desk<'_>) -> Option<deliver::Receiver> {
    desk.follows(&format!("notify.{TERMINAL}"), "there is no other receiver");
    desk.came::<()>(&format!("notify.{TERMINAL}.for"), None);
    Some(deliver::Receiver {
        name: ReceiverName::new(TERMINAL)?,
        channel: deliver::Channel::Terminal,
        takes: Takes::Everything,
        holding: deliver::Holding::default(),
    })
}

/// The receiver that `email.to` makes.
fn by_mail(file: &File, typed: &Email, desk: &mut Desk<'_>) -> Option<deliver::Receiver> {
    let to = typed.to.as_ref()?;
    let name = ReceiverName::new(BY_MAIL)?;
    let mut receivers = file.notify.receivers.iter();
    if let Some(same) = receivers.find(|receiver| receiver.name.value == name) {
        let line = to.place.line;
        let wrong = Wrong::new(
            format!("`email.to` in line {line} makes a receiver of this name already"),
            "give this one another name, or remove `email.to`",
        );
        same.name.wrong(desk.notes, wrong);
        return None;
    }
    if !typed.has_smtp {
        to.wrong(desk.notes, no_server());
    }
    for key in ["", ".to"] {
        desk.came(&format!("notify.{BY_MAIL}{key}"), Some(to));
    }
    for key in ["for", "attach_json"] {
        desk.came::<()>(&format!("notify.{BY_MAIL}.{key}"), None);
    }
    Some(deliver::Receiver {
        name,
        channel: deliver::Channel::Email(email::Options {
            to: plain(Some(to)),
            attach_json: false,
            subject: None,
            text: None,
        }),
        takes: Takes::Everything,
        holding: deliver::Holding::default(),
    })
}

fn no_server() -> Wrong {
    Wrong::new(
        "there is no mail server to send through",
        "add email: and below it smtp: smtp://localhost",
    )
}

fn webhook(
    name: &ReceiverName,
    url: &At<Kept>,
    secrets: Option<&List<Kept>>,
    format: webhook::Format,
    desk: &mut Desk<'_>,
) -> Option<deliver::Channel> {
    desk.came(&format!("notify.{name}.url"), Some(url));
    desk.came(&format!("notify.{name}.secret"), secrets);
    let address = desk.secret(url);
    let problem = address
        .as_ref()
        .and_then(|address| webhook::address_problem(address.expose()));
    if let Some(problem) = problem {
        url.wrong(
            desk.notes,
            Wrong::new(problem, "write https://, the host and the path"),
        );
    }
    Some(deliver::Channel::Webhook(webhook::Options {
        secrets: signing_keys(name, secrets, desk),
        url: address?,
        format,
    }))
}

/// A value that has no default of its own.
fn given<T: Clone>(key: &str, given: Option<&At<T>>, desk: &mut Desk<'_>) -> Option<T> {
    given.and_then(|at| desk.optional(key, Some(at)))
}

/// What the body of a webhook is.
fn format(name: &ReceiverName, typed: &Body, file: &File, desk: &mut Desk<'_>) -> webhook::Format {
    let key = |key: &str| format!("notify.{name}.{key}");
    if let Some(template) = given(&key("template"), typed.template.as_ref(), desk) {
        return webhook::Format::Template(template);
    }
    match desk.pick(&key("format"), typed.format.as_ref(), Format::Standard) {
        Format::Standard => webhook::Format::Standard,
        Format::CloudEvents => {
            let sender = file.email.as_ref().and_then(|email| email.from.as_ref());
            let domain = sender.and_then(|from| from.value.rsplit_once('@'));
            let domain = domain.map_or("localhost", |(_, domain)| domain.trim_end_matches('>'));
            let origin = format!("https://{domain}");
            webhook::Format::CloudEvents {
                origin: desk.pick(&key("source"), typed.origin.as_ref(), origin),
            }
        }
    }
}

/// The secrets that messages to a webhook are signed with.
fn signing_keys(
    name: &ReceiverName,
    secrets: Option<&List<Kept>>,
    desk: &mut Desk<'_>,
) -> Vec<Secret> {
    let Some(secrets) = secrets else {
        desk.warnings.push(format!(
            "messages to receiver `{name}` are not signed: it cannot tell them from forged ones; \
             add secret: {{file: PATH}}, made with: echo whsec_$(openssl rand -base64 32)"
        ));
        return Vec::new();
    };
    let mut keys = Vec::new();
    for at in &secrets.value {
        desk.has_plain_secrets |= matches!(at.value, Kept::Here(_));
        let Some(key) = desk.secret(at) else {
            continue;
        };
        if webhook::secret_problem(&key).is_some() {
            let wrong = Wrong::new(
                "this is not a signing secret",
                "it is whsec_ and at least 16 bytes in base64; make one: echo whsec_$(openssl rand -base64 32)",
            );
            at.wrong(desk.notes, wrong);
        }
        keys.push(key);
    }
    if secrets.value.len() > 2 {
        let wrong = Wrong::new(
            format!("there are {} signing secrets", secrets.value.len()),
            "give one, or two while they are rotated",
        );
        secrets.wrong(desk.notes, wrong);
    }
    keys
}

/// The receivers a list names; `None` where there is no list.
pub(super) fn names(
    given: Option<&List<String>>,
    receivers: &[deliver::Receiver],
    desk: &mut Desk<'_>,
) -> Option<Vec<ReceiverName>> {
    let mut known: Vec<String> = receivers
        .iter()
        .map(|receiver| receiver.name.to_string())
        .collect();
    known.extend_from_slice(&desk.unreadable);
    let mut names: Vec<ReceiverName> = Vec::new();
    for entry in &given?.value {
        let receiver = receivers
            .iter()
            .find(|receiver| receiver.name.as_str() == entry.value);
        match receiver {
            Some(told) if names.contains(&told.name) => {}
            Some(told) => names.push(told.name.clone()),
            None if desk.unreadable.contains(&entry.value) => {}
            None => {
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                entry.wrong(desk.notes, no_such("receiver", &entry.value, &known));
            }
        }
    }
    Some(names)
}

/// What is wrong with a name that nothing bears.
pub(super) fn no_such(what: &str, name: &str, known: &[&str]) -> Wrong {
    let meant = nearest(name, known.iter().copied())
        .map_or_else(String::new, |known| format!("; did you mean `{known}`?"));
    let hint = match known {
        [] => format!("there is no {what} yet"),
        [..] => format!("there are: {}", known.join(", ")),
    };
    Wrong::new(format!("no such {what}: {}{meant}", quoted(name)), hint)
}

/// Everyone who takes changes.
pub(super) fn takers_of_changes(receivers: &[deliver::Receiver]) -> Vec<ReceiverName> {
    let takers = receivers.iter().filter(|receiver| takes_changes(receiver));
    takers.map(|receiver| receiver.name.clone()).collect()
}

fn takes_changes(receiver: &deliver::Receiver) -> bool {
    match receiver.takes {
        Takes::Everything | Takes::Changes => true,
        Takes::Problems => false,
    }
}

/// Notes watches of whose changes nobody would hear.
pub(super) fn unheard(
    file: &File,
    receivers: &[deliver::Receiver],
    watches: &[Watch],
    desk: &mut Desk<'_>,
) {
    if receivers.is_empty() || !desk.notes.list.is_empty() {
        return;
    }
    let hears = |name: &ReceiverName| {
        receivers
            .iter()
            .any(|r| r.name == *name && takes_changes(r))
    };
    for (typed, watch) in file.watches.iter().zip(watches) {
        if !watch.notify.iter().any(hears) {
            let wrong = Wrong::new(
                "nobody is told of changes: its receivers take problems alone",
                "name a receiver that takes changes, or drop its `for`",
            );
            typed.at.wrong(desk.notes, wrong);
        }
    }
    let named = |name: &ReceiverName| {
        watches.iter().any(|watch| {
            let by_claims = watch
                .rules
                .claims
                .iter()
                .flat_map(|claim| claim.notify.iter().flatten());
            watch
                .notify
                .iter()
                .chain(by_claims)
                .any(|other| other == name)
        })
    };
    for receiver in receivers.iter().filter(|receiver| takes_changes(receiver)) {
        if !named(&receiver.name) {
            desk.warnings.push(format!(
                "receiver `{}` is told nothing: no `notify` names it",
                receiver.name
            ));
        }
    }
}
