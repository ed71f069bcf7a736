//! How the pages of one watch are asked for: `user_agent`, `headers`, `cookies`, `login`, `proxy`, `ca_file`, `browser`.

use url::Url;

use crate::fetch::{self, Access, Login, Route};
use crate::secret::Secret;

use super::addresses;
use super::desk::Desk;
use super::file::One;
use super::mistakes::{Mistakes, Wrong, quoted};
use super::receivers::{Kept, kept, needed};
use super::section::{At, Field, Section};
use super::values;

/// As typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    user_agent: One<String>,
    headers: Option<At<Named>>,
    cookies: Option<At<Named>>,
    login: Option<At<TypedLogin>>,
    proxy: Option<At<Kept>>,
    ca_file: One<String>,
    pub browser: One<bool>,
}

/// Values under names of the user's own.
type Named = Vec<(String, At<Kept>)>;

#[derive(Debug, Clone)]
struct TypedLogin {
    user: At<String>,
    password: At<Kept>,
}

impl Typed {
    /// Whether the watch says who is asking: what it sees is not what everybody sees.
    pub fn lets_in(&self) -> bool {
        self.headers.is_some() || self.cookies.is_some() || self.login.is_some()
    }

    /// Reads the keys of a watch.
    pub fn read(section: &mut Section<'_>, notes: &mut Mistakes) -> Self {
        Self {
            user_agent: section.value("user_agent", notes, addresses::header),
            headers: section
                .field("headers")
                .and_then(|field| named(&field, &fetch::header_problem, notes)),
            cookies: section
                .field("cookies")
                .and_then(|field| named(&field, &cookie_problem, notes)),
            login: section
                .field("login")
                .and_then(|field| login(&field, notes)),
            proxy: section.field("proxy").and_then(|field| kept(&field, notes)),
            ca_file: section.value("ca_file", notes, values::text),
            browser: section.value("browser", notes, values::truth),
        }
    }
}

fn named(
    field: &Field<'_>,
    problem: &dyn Fn(&str) -> Option<String>,
    notes: &mut Mistakes,
) -> Option<At<Named>> {
    let mut section = Section::open(field, notes)?;
    let mut named = Named::new();
    for (key, field) in section.named() {
        if let Some(problem) = problem(&key.text) {
            let wrong = Wrong::new(
                format!("{}: {}: {problem}", section.path, quoted(&key.text)),
                "remove it, or write `name: value`",
            );
            notes.note(Some(key.place), wrong);
            continue;
        }
        if let Some(value) = kept(&field, notes) {
            named.push((key.text.clone(), value));
        }
    }
    Some(field.with(named))
}

fn cookie_problem(name: &str) -> Option<String> {
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"=;,\"".contains(&byte));
    (!is_name).then(|| "this is not the name of a cookie".to_owned())
}

fn login(field: &Field<'_>, notes: &mut Mistakes) -> Option<At<TypedLogin>> {
    let mut section = Section::open(field, notes)?;
    let user = section.value("user", notes, user);
    let password = section
        .field("password")
        .and_then(|field| kept(&field, notes));
    needed(
        user.as_ref(),
        "user",
        "write user: and the name",
        &section,
        notes,
    );
    needed(
        password.as_ref(),
        "password",
        "write password: {file: PATH} or {credential: NAME}",
        &section,
        notes,
    );
    section.close(notes);
    Some(field.with(TypedLogin {
        user: user?,
        password: password?,
    }))
}

fn user(typed: &str) -> Result<String, Wrong> {
    let typed = values::text(typed)?;
    if typed.contains(':') {
        return Err(Wrong::new(
            "a user name of basic authentication holds no colon",
            "write the name alone, and the password under password:",
        ));
    }
    Ok(typed)
}

/// With the secrets looked up.
pub(super) fn access(key: &str, url: &str, typed: &Typed, desk: &mut Desk<'_>) -> Access {
    let key = |name: &str| format!("{key}.{name}");
    let user_agent = desk.optional(&key("user_agent"), typed.user_agent.as_ref());
    desk.came(&key("headers"), typed.headers.as_ref());
    desk.came(&key("cookies"), typed.cookies.as_ref());
    desk.came(&key("login"), typed.login.as_ref());
    desk.came(&key("proxy"), typed.proxy.as_ref());
    desk.came(&key("ca_file"), typed.ca_file.as_ref());
    Access {
        home: Url::parse(url).ok(),
        user_agent,
        headers: found(typed.headers.as_ref(), false, desk),
        cookies: found(typed.cookies.as_ref(), true, desk),
        login: typed.login.as_ref().and_then(|at| {
            let password = secret(&at.value.password, desk)?;
            Some(Login {
                user: at.value.user.value.clone(),
                password,
            })
        }),
        route: Route {
            proxy: typed.proxy.as_ref().and_then(|at| proxy(at, desk)),
            ca: typed.ca_file.as_ref().and_then(|at| certificates(at, desk)),
        },
        browser: desk.pick(&key("browser"), typed.browser.as_ref(), false),
    }
}

fn secret(at: &At<Kept>, desk: &mut Desk<'_>) -> Option<Secret> {
    desk.has_plain_secrets |= matches!(at.value, Kept::Here(_));
    desk.secret(at)
}

/// The values of headers or cookies. Most are no secrets, so one that stands in the file is nothing to warn of.
fn found(typed: Option<&At<Named>>, is_cookie: bool, desk: &mut Desk<'_>) -> Vec<(String, Secret)> {
    let mut values = Vec::new();
    for (name, at) in typed.into_iter().flat_map(|at| &at.value) {
        let Some(value) = desk.secret(at) else {
            continue;
        };
        if let Some(problem) = fetch::value_problem(&value, is_cookie) {
            at.wrong(
                desk.notes,
                Wrong::new(problem, "use ASCII letters, digits and punctuation"),
            );
        }
        values.push((name.clone(), value));
    }
    values
}

fn proxy(at: &At<Kept>, desk: &mut Desk<'_>) -> Option<Secret> {
    let proxy = desk.secret(at)?;
    if let Some(problem) = fetch::proxy_problem(&proxy) {
        at.wrong(
            desk.notes,
            Wrong::new(problem, "write http://proxy.example.org:3128"),
        );
        return None;
    }
    desk.has_plain_secrets |= matches!(at.value, Kept::Here(_)) && proxy.expose().contains('@');
    Some(proxy)
}

fn certificates(at: &At<String>, desk: &mut Desk<'_>) -> Option<Vec<u8>> {
    let path = desk.base.join(&at.value);
    let problem = match desk.lookup.file(&path) {
        Ok(pem) => match fetch::ca_problem(&pem) {
            None => return Some(pem),
            Some(problem) => problem.to_owned(),
        },
        Err(error) => format!("it cannot be read: {}", crate::secret::plain(&error)),
    };
    at.wrong(
        desk.notes,
        Wrong::new(
            format!("the file {}: {problem}", path.display()),
            "name a file of certificates that begin with -----BEGIN CERTIFICATE-----, 64 KiB at most",
        ),
    );
    None
}

/// The lines of `config show`, each with its key: names, and no secret.
pub(super) fn shown(
    access: &Access,
    secret: &str,
    scalar: fn(&str) -> String,
) -> Vec<(String, &'static str)> {
    let mut lines = Vec::new();
    if let Some(agent) = &access.user_agent {
        lines.push((format!("user_agent: {}", scalar(agent)), "user_agent"));
    }
    for (key, named) in [("headers", &access.headers), ("cookies", &access.cookies)] {
        if !named.is_empty() {
            let pair = |(name, _): &(String, Secret)| format!("{}: {secret}", scalar(name));
            let pairs: Vec<String> = named.iter().map(pair).collect();
            lines.push((format!("{key}: {{{}}}", pairs.join(", ")), key));
        }
    }
    if let Some(login) = &access.login {
        let user = scalar(&login.user);
        lines.push((
            format!("login: {{user: {user}, password: {secret}}}"),
            "login",
        ));
    }
    if access.route.proxy.is_some() {
        lines.push((format!("proxy: {secret}"), "proxy"));
    }
    if access.route.ca.is_some() {
        lines.push(("# ca_file: read".to_owned(), "ca_file"));
    }
    if access.browser {
        lines.push(("browser: true".to_owned(), "browser"));
    }
    lines
}
