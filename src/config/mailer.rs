//! The mail server, resolved: its password found, its sender chosen.

use crate::deliver::email;
use crate::secret::Secret;

use super::addresses::{self, Smtp};
use super::desk::Desk;
use super::file::File;
use super::mistakes::Wrong;
use super::receivers::{Channel, Email, Kept};
use super::section::At;

/// The mail server.
pub(super) fn server(file: &File, desk: &mut Desk<'_>) -> Option<email::Server> {
    let typed = file.email.as_ref()?;
    let smtp = typed.smtp.as_ref()?;
    desk.came("email.smtp", Some(smtp));
    let password = password(typed, smtp, desk);
    protection(typed, smtp, desk);
    let server = &smtp.value;
    let resolved = email::Server {
        host: server.host.clone(),
        port: server.port,
        security: server.security,
        user: server.user.clone(),
        password,
        from: sender(typed, server, file, desk),
        ascii: desk.pick("email.ascii", typed.ascii.as_ref(), false),
        subject: desk.pick(
            "email.subject",
            typed.subject.as_ref(),
            email::SubjectLine::default(),
        ),
        text: typed
            .text
            .as_ref()
            .and_then(|text| desk.optional("email.text", Some(text))),
    };
    exposure(&resolved, smtp, desk);
    Some(resolved)
}

/// The password of the mail server, from its own key or from the address.
fn password(typed: &Email, smtp: &At<Smtp>, desk: &mut Desk<'_>) -> Option<Secret> {
    let in_address = smtp.value.password.clone().map(Secret::new);
    desk.has_plain_secrets |= in_address.is_some();
    let Some(at) = &typed.password else {
        desk.came("email.password", in_address.as_ref().map(|_| smtp));
        return in_address;
    };
    desk.came("email.password", Some(at));
    if in_address.is_some() {
        let wrong = Wrong::new(
            "the password stands in `email.smtp` already",
            "keep one of the two",
        );
        at.wrong(desk.notes, wrong);
    }
    desk.has_plain_secrets |= matches!(at.value, Kept::Here(_));
    desk.secret(at)
}

/// Notes a user without a password, a password without a user, and a password that anyone on the way could read.
fn protection(typed: &Email, smtp: &At<Smtp>, desk: &mut Desk<'_>) {
    let server = &smtp.value;
    let has_password = typed.has_password || server.password.is_some();
    if has_password && server.user.is_none() {
        let wrong = Wrong::new(
            "there is a password but no user",
            "write the user into the address: smtps://USER@HOST",
        );
        smtp.wrong(desk.notes, wrong);
    }
    if !has_password && server.user.is_some() {
        let wrong = Wrong::new(
            "there is a user but no password",
            "add password: {credential: smtp_password}, {file: PATH} or {env: NAME}",
        );
        smtp.wrong(desk.notes, wrong);
    }
}

/// Notes a password that anyone on the way could read.
fn exposure(server: &email::Server, smtp: &At<Smtp>, desk: &mut Desk<'_>) {
    if email::clear_password_problem(server).is_some() {
        let wrong = Wrong::new(
            "the password would cross the network unprotected",
            "use smtps:// or smtp+starttls://",
        );
        smtp.wrong(desk.notes, wrong);
    }
}

/// The sender: as given, or the account of the mail server, or `claimwatch` in the domain of the first address told.
fn sender(typed: &Email, smtp: &Smtp, file: &File, desk: &mut Desk<'_>) -> String {
    if let Some(from) = desk.optional("email.from", typed.from.as_ref()) {
        return from;
    }
    let account = smtp
        .user
        .as_ref()
        .filter(|user| addresses::mail(user).is_ok());
    if let Some(user) = account {
        desk.follows("email.from", "the user of the mail server");
        return format!("claimwatch <{user}>");
    }
    desk.follows("email.from", "the domain of the first address told");
    let mut receivers = file.notify.receivers.iter();
    let of_receivers = receivers.find_map(|receiver| match &receiver.channel.value {
        Channel::Email { to, .. } => to.value.first(),
        Channel::Webhook { .. } | Channel::Terminal | Channel::Service(_) => None,
    });
    let first = typed.to.as_ref().and_then(|to| to.value.first());
    let address = first.or(of_receivers).map(|at| at.value.as_str());
    let domain = address.and_then(|address| address.rsplit_once('@'));
    let domain = domain.map_or(smtp.host.as_str(), |(_, domain)| domain);
    format!("claimwatch <claimwatch@{domain}>")
}
