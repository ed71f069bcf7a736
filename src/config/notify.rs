//! Who is told, resolved: the mail server, the receivers with their secrets, and the lists that name receivers.

use crate::alert::ReceiverName;
use crate::deliver::{self, Takes, email, webhook};
use crate::secret::Secret;

use super::file::{File, Many};
use super::mistakes::{Wrong, nearest, quoted};
use super::receivers::{Channel, Email, Kept, Receiver};
use super::resolve::{Desk, PLAIN_SECRET};
use super::section::At;
use super::values::{self, Smtp};
use super::{Origin, Watch};

/// The receiver that `email.to` makes.
const BY_MAIL: &str = "email";

/// The receiver there is where nobody named one.
const TERMINAL: &str = "terminal";

/// The mail server.
pub(super) fn server(file: &File, desk: &mut Desk<'_>) -> Option<email::Server> {
    let typed = file.email.as_ref()?;
    let Some(smtp) = &typed.smtp else {
        return None;
    };
    desk.origins
        .insert("email.smtp".into(), Origin::Line(smtp.place.line));
    let password = password(typed, smtp, desk);
    let server = &smtp.value;
    Some(email::Server {
        host: server.host.clone(),
        port: server.port,
        security: server.security,
        user: server.user.clone(),
        password,
        from: sender(typed, server, file, desk),
        ascii: desk.pick("email.ascii", &[&typed.ascii], false),
        subject: desk.pick(
            "email.subject",
            &[&typed.subject],
            email::SubjectStyle::Change,
        ),
    })
}

/// The password of the mail server, from its own key or from the address.
fn password(typed: &Email, smtp: &At<Smtp>, desk: &mut Desk<'_>) -> Option<Secret> {
    let in_address = smtp.value.password.clone().map(Secret::new);
    if in_address.is_some() {
        desk.origins
            .insert(PLAIN_SECRET.into(), Origin::Line(smtp.place.line));
    }
    let password = match &typed.password {
        Some(at) if in_address.is_some() => {
            at.wrong(
                desk.notes,
                Wrong::new(
                    "the password stands in `email.smtp` already",
                    "keep one of the two",
                ),
            );
            None
        }
        Some(at) => {
            desk.origins
                .insert("email.password".into(), Origin::Line(at.place.line));
            found(at, desk)
        }
        None => in_address,
    };
    let given = typed.password.is_some() || password.is_some();
    if given && smtp.value.user.is_none() {
        let wrong = Wrong::new(
            "there is a password but no user",
            "write the user into the address: smtps://USER@HOST",
        );
        smtp.wrong(desk.notes, wrong);
    }
    if !given && smtp.value.user.is_some() {
        let wrong = Wrong::new(
            "there is a user but no password",
            "add password: {credential: smtp_password}, {file: PATH} or {env: NAME}",
        );
        smtp.wrong(desk.notes, wrong);
    }
    if given && smtp.value.security == email::Security::Plain && !is_this_machine(&smtp.value.host)
    {
        let wrong = Wrong::new(
            "the password would cross the network unprotected",
            "use smtps:// or smtp+starttls://",
        );
        smtp.wrong(desk.notes, wrong);
    }
    password
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost"
        || host
            .parse()
            .is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}

/// The sender: as given, or the account of the mail server, or `claimwatch` in the domain of the first address told.
fn sender(typed: &Email, smtp: &Smtp, file: &File, desk: &mut Desk<'_>) -> String {
    if let Some(from) = &typed.from {
        return desk.pick("email.from", &[&Some(from.clone())], String::new());
    }
    if let Some(user) = smtp
        .user
        .as_ref()
        .filter(|user| values::mailbox(user).is_ok())
    {
        desk.origins.insert(
            "email.from".into(),
            Origin::From("the user of the mail server"),
        );
        return format!("claimwatch <{user}>");
    }
    desk.origins.insert(
        "email.from".into(),
        Origin::From("the domain of the first address told"),
    );
    let of_receivers =
        file.notify
            .receivers
            .iter()
            .find_map(|receiver| match &receiver.channel.value {
                Channel::Email { to, .. } => to.value.first(),
                Channel::Webhook { .. } | Channel::Terminal => None,
            });
    let first = typed
        .to
        .as_ref()
        .and_then(|to| to.value.first())
        .or(of_receivers);
    let mailbox = first.and_then(|at| at.value.parse::<lettre::message::Mailbox>().ok());
    let domain = mailbox.map_or_else(
        || smtp.host.clone(),
        |mailbox| mailbox.email.domain().to_owned(),
    );
    format!("claimwatch <claimwatch@{domain}>")
}

/// Everyone who is told.
pub(super) fn receivers(file: &File, desk: &mut Desk<'_>) -> Vec<deliver::Receiver> {
    let mut receivers = Vec::new();
    if let Some(typed) = &file.email
        && let Some(to) = &typed.to
    {
        receivers.extend(by_mail(file, typed, to, desk));
    }
    for typed in &file.notify.receivers {
        let name = typed.name.value.clone();
        let key = format!("notify.{name}");
        desk.origins
            .insert(key.clone(), Origin::Line(typed.name.place.line));
        let Some(channel) = channel(typed, file, desk) else {
            continue;
        };
        let takes = desk.pick(&format!("{key}.for"), &[&typed.takes], Takes::Everything);
        receivers.push(deliver::Receiver {
            name,
            channel,
            takes,
        });
    }
    let nobody_was_named = file.notify.receivers.is_empty()
        && file.email.as_ref().is_none_or(|email| email.to.is_none());
    if nobody_was_named && receivers.is_empty() {
        receivers.extend(terminal(desk));
    }
    receivers
}

fn terminal(desk: &mut Desk<'_>) -> Option<deliver::Receiver> {
    let name = ReceiverName::new(TERMINAL)?;
    let origin = Origin::From("there is no other receiver");
    desk.origins.insert(format!("notify.{TERMINAL}"), origin);
    desk.origins
        .insert(format!("notify.{TERMINAL}.for"), Origin::Default);
    Some(deliver::Receiver {
        name,
        channel: deliver::Channel::Terminal,
        takes: Takes::Everything,
    })
}

/// The receiver that `email.to` makes.
fn by_mail(
    file: &File,
    typed: &Email,
    to: &Many1,
    desk: &mut Desk<'_>,
) -> Option<deliver::Receiver> {
    let name = ReceiverName::new(BY_MAIL)?;
    if let Some(same) = file
        .notify
        .receivers
        .iter()
        .find(|receiver| receiver.name.value == name)
    {
        let wrong = Wrong::new(
            format!(
                "`email.to` in line {} makes a receiver of this name already",
                to.place.line
            ),
            "give this one another name, or remove `email.to`",
        );
        same.name.wrong(desk.notes, wrong);
        return None;
    }
    if !typed.has_smtp {
        to.wrong(desk.notes, no_server());
    }
    desk.origins
        .insert(format!("notify.{BY_MAIL}"), Origin::Line(to.place.line));
    desk.origins
        .insert(format!("notify.{BY_MAIL}.for"), Origin::Default);
    let to = addresses(to, desk);
    Some(deliver::Receiver {
        name,
        channel: deliver::Channel::Email(email::Options {
            to,
            attach_json: false,
        }),
        takes: Takes::Everything,
    })
}

type Many1 = At<Vec<At<String>>>;

fn no_server() -> Wrong {
    Wrong::new(
        "there is no mail server to send through",
        "add email: and below it smtp: smtp://localhost",
    )
}

/// The addresses of a receiver; a list without any tells nobody.
fn addresses(to: &Many1, desk: &mut Desk<'_>) -> Vec<String> {
    if to.value.is_empty() && desk.notes.list.is_empty() {
        to.wrong(
            desk.notes,
            Wrong::new("the list is empty", "write at least one mail address"),
        );
    }
    to.value.iter().map(|at| at.value.clone()).collect()
}

fn channel(typed: &Receiver, file: &File, desk: &mut Desk<'_>) -> Option<deliver::Channel> {
    match &typed.channel.value {
        Channel::Email { to, attach_json } => {
            if file.email.as_ref().is_none_or(|email| !email.has_smtp) {
                typed.channel.wrong(desk.notes, no_server());
            }
            let key = format!("notify.{}.attach_json", typed.name.value);
            Some(deliver::Channel::Email(email::Options {
                to: addresses(to, desk),
                attach_json: desk.pick(&key, &[attach_json], false),
            }))
        }
        Channel::Webhook { url, secrets } => webhook(url, secrets, desk),
        Channel::Terminal => Some(deliver::Channel::Terminal),
    }
}

fn webhook(
    url: &At<Kept>,
    secrets: &At<Vec<At<Kept>>>,
    desk: &mut Desk<'_>,
) -> Option<deliver::Channel> {
    let address = found(url, desk);
    if let (Kept::Elsewhere(_), Some(address)) = (&url.value, &address)
        && let Err(wrong) = values::hook(address.expose())
    {
        url.wrong(desk.notes, wrong);
    }
    let mut found_secrets = Vec::new();
    for at in &secrets.value {
        let Some(secret) = found(at, desk) else {
            continue;
        };
        if !is_signing_secret(secret.expose()) {
            let wrong = Wrong::new(
                "this is not a signing secret",
                "it is whsec_ and 24 to 64 bytes in base64; make one: echo whsec_$(openssl rand -base64 32)",
            );
            at.wrong(desk.notes, wrong);
        }
        found_secrets.push(secret);
    }
    if !(1..=2).contains(&secrets.value.len()) {
        let wrong = Wrong::new(
            format!("there are {} signing secrets", secrets.value.len()),
            "give one, or two while they are rotated",
        );
        secrets.wrong(desk.notes, wrong);
    }
    Some(deliver::Channel::Webhook(webhook::Options {
        url: address?,
        secrets: found_secrets,
    }))
}

/// Whether `text` is a secret as Standard Webhooks writes it.
fn is_signing_secret(text: &str) -> bool {
    use base64::Engine;
    let Some(encoded) = text.strip_prefix("whsec_") else {
        return false;
    };
    let key = base64::engine::general_purpose::STANDARD.decode(encoded);
    key.is_ok_and(|key| (24..=64).contains(&key.len()))
}

/// The secret itself.
fn found(at: &At<Kept>, desk: &mut Desk<'_>) -> Option<Secret> {
    match &at.value {
        Kept::Here(secret) => {
            // An address is no secret until it holds a key, and only its owner knows; passwords and signing keys are.
            if !at.path.ends_with(".url") {
                desk.origins
                    .insert(PLAIN_SECRET.into(), Origin::Line(at.place.line));
            }
            Some(secret.clone())
        }
        Kept::Elsewhere(source) => match source.clone().below(&desk.base).read(desk.lookup) {
            Ok(secret) => Some(secret),
            Err(missing) => {
                at.wrong(desk.notes, Wrong::new(missing.what, missing.hint));
                None
            }
        },
    }
}

/// The receivers a list names; `None` where there is no list.
pub(super) fn names(
    given: &Many<String>,
    receivers: &[deliver::Receiver],
    desk: &mut Desk<'_>,
) -> Option<Vec<ReceiverName>> {
    let list = given.as_ref()?;
    if list.value.is_empty() {
        list.wrong(
            desk.notes,
            Wrong::new(
                "an empty list tells nobody",
                "name a receiver, or leave the key out",
            ),
        );
    }
    let known: Vec<&str> = receivers
        .iter()
        .map(|receiver| receiver.name.as_str())
        .collect();
    let mut names: Vec<ReceiverName> = Vec::new();
    for entry in &list.value {
        match receivers
            .iter()
            .find(|receiver| receiver.name.as_str() == entry.value)
        {
            Some(receiver) if names.contains(&receiver.name) => {}
            Some(receiver) => names.push(receiver.name.clone()),
            None if desk.unreadable.contains(&entry.value) => {}
            None => entry.wrong(desk.notes, no_such("receiver", &entry.value, &known)),
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
