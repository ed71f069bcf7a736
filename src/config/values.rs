//! Single values as people write them: lengths of time, percentages, amounts, addresses, names.

use std::net::IpAddr;
use std::time::Duration;

use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use url::{Host, Url};

use super::mistakes::{Wrong, nearest, quoted};
use crate::alert::rules::Step;
use crate::compare::{ChangeKind, Severity};
use crate::deliver::email::{Security, SubjectStyle};
use crate::fetch::address::Network;

/// The longest length of time that is taken seriously: ten years.
const LONGEST: Duration = Duration::from_secs(3653 * 86_400);

/// The longest text of a claim or tag, in bytes.
const MAX_TEXT_BYTES: usize = 1000;

/// Any text but an empty one.
pub(super) fn text(typed: &str) -> Result<String, Wrong> {
    if typed.is_empty() {
        return Err(Wrong::new(
            "this is empty",
            "write something, or leave the key out",
        ));
    }
    if typed.len() > MAX_TEXT_BYTES || typed.chars().any(char::is_control) {
        return Err(Wrong::new(
            format!(
                "{} is not one line of at most {MAX_TEXT_BYTES} bytes",
                quoted(typed)
            ),
            "shorten it to one line",
        ));
    }
    Ok(typed.to_owned())
}

/// `true` or `false`.
pub(super) fn truth(typed: &str) -> Result<bool, Wrong> {
    match typed {
        "true" | "True" => Ok(true),
        "false" | "False" => Ok(false),
        _ => Err(Wrong::new(
            format!("{} is neither true nor false", quoted(typed)),
            "write true or false",
        )),
    }
}

/// A whole number from `least` to `most`.
pub(super) fn count(typed: &str, least: u32, most: u32) -> Result<u32, Wrong> {
    match typed.parse::<u32>() {
        Ok(count) if (least..=most).contains(&count) => Ok(count),
        _ => Err(Wrong::new(
            format!(
                "{} is not a whole number from {least} to {most}",
                quoted(typed)
            ),
            format!("write a number such as {}", least.max(2)),
        )),
    }
}

/// A length of time: `10m`, `1h 30m`, `2 days`.
pub(super) fn length(typed: &str) -> Result<Duration, Wrong> {
    let wrong = || {
        Wrong::new(
            format!("{} is not a length of time", quoted(typed)),
            "write a number and a unit: 30s, 10m, 2h, 1d, 1w",
        )
    };
    let mut total = Duration::ZERO;
    let mut rest = typed;
    if rest.is_empty() {
        return Err(wrong());
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
        let number: u64 = rest[..digits].parse().map_err(|_| wrong())?;
        rest = rest[digits..].trim_start();
        let letters = rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len());
        let seconds = unit_seconds(&rest[..letters]).ok_or_else(wrong)?;
        rest = rest[letters..].trim_start();
        let part = Duration::from_secs(number.checked_mul(seconds).ok_or_else(wrong)?);
        total = total.checked_add(part).ok_or_else(wrong)?;
    }
    if total > LONGEST {
        return Err(Wrong::new(
            format!("{} is longer than ten years", quoted(typed)),
            "write a shorter time",
        ));
    }
    Ok(total)
}

fn unit_seconds(unit: &str) -> Option<u64> {
    match unit.to_ascii_lowercase().as_str() {
        "s" | "sec" | "second" | "seconds" => Some(1),
        "m" | "min" | "minute" | "minutes" => Some(60),
        "h" | "hour" | "hours" => Some(3600),
        "d" | "day" | "days" => Some(86_400),
        "w" | "week" | "weeks" => Some(604_800),
        _ => None,
    }
}

/// A length of time of at least a second.
pub(super) fn interval(typed: &str) -> Result<Duration, Wrong> {
    let length = length(typed)?;
    if length.is_zero() {
        return Err(Wrong::new(
            format!("{} is no time at all", quoted(typed)),
            "write at least 1s",
        ));
    }
    Ok(length)
}

/// A length of time, or `never`.
pub(super) fn interval_or_never(typed: &str) -> Result<Option<Duration>, Wrong> {
    if typed.eq_ignore_ascii_case("never") {
        return Ok(None);
    }
    interval(typed).map(Some)
}

/// A percentage above zero: `5%`, `2.5%`.
pub(super) fn percent(typed: &str) -> Result<Decimal, Wrong> {
    let number = typed.strip_suffix('%').map(str::trim_end);
    let number = number.filter(|number| is_plain_number(number));
    match number.and_then(|number| number.parse::<Decimal>().ok()) {
        Some(percent) if percent > Decimal::ZERO && percent <= Decimal::from(100_000) => {
            Ok(percent)
        }
        _ => {
            let hint = if is_plain_number(typed) {
                format!("write {typed}%")
            } else {
                "write a number above zero and a percent sign: 5%".to_owned()
            };
            Err(Wrong::new(
                format!("{} is not a percentage", quoted(typed)),
                hint,
            ))
        }
    }
}

/// A whole percentage from 0 to 100.
pub(super) fn whole_percent(typed: &str) -> Result<u32, Wrong> {
    let number = typed.strip_suffix('%').map(str::trim_end);
    match number.and_then(|number| number.parse::<u32>().ok()) {
        Some(percent @ 0..=100) => Ok(percent),
        _ => Err(Wrong::new(
            format!(
                "{} is not a whole percentage from 0% to 100%",
                quoted(typed)
            ),
            "write a number and a percent sign: 20%",
        )),
    }
}

/// `any`, or a percentage.
pub(super) fn step(typed: &str) -> Result<Step, Wrong> {
    if typed.eq_ignore_ascii_case("any") {
        return Ok(Step::Any);
    }
    percent(typed).map(Step::Percent).map_err(|wrong| Wrong {
        hint: Some("write any, or a percentage: 5%".into()),
        ..wrong
    })
}

fn is_plain_number(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(fraction)
}

/// An amount: `2.5 million`, `40000`, `-3.5`.
pub(super) fn amount(typed: &str) -> Result<Decimal, Wrong> {
    let wrong = || {
        Wrong::new(
            format!("{} is not an amount", quoted(typed)),
            "write a number, with thousand, million, billion or trillion if you like: 2.5 million",
        )
    };
    let split = typed
        .find(|c: char| c.is_ascii_alphabetic())
        .unwrap_or(typed.len());
    let (number, magnitude) = typed.split_at(split);
    let number = number.trim_end();
    let digits = ungrouped(number.strip_prefix('-').unwrap_or(number)).ok_or_else(wrong)?;
    if digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.") {
        return Err(Wrong::new(
            format!("{} begins with a zero", quoted(typed)),
            "in a list a comma separates entries: write 2500000 or \"2,500,000\"",
        ));
    }
    let value: Decimal = digits.parse().map_err(|_| wrong())?;
    let factor = magnitude_of(magnitude).ok_or_else(wrong)?;
    let value = value.checked_mul(factor).ok_or_else(wrong)?.normalize();
    Ok(if number.starts_with('-') {
        -value
    } else {
        value
    })
}

/// The number without the commas between groups of three digits, or `None` where it is not one.
fn ungrouped(number: &str) -> Option<String> {
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (number, None),
    };
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    if grouped && (first.is_empty() || first.len() > 3 || groups.any(|group| group.len() != 3)) {
        return None;
    }
    let digits = match fraction {
        Some(fraction) => format!("{}.{fraction}", whole.replace(',', "")),
        None => whole.replace(',', ""),
    };
    is_plain_number(&digits).then_some(digits)
}

fn magnitude_of(word: &str) -> Option<Decimal> {
    let power = match word.to_ascii_lowercase().as_str() {
        "" => 0,
        "thousand" | "k" => 3,
        "million" | "m" | "mn" => 6,
        "billion" | "b" | "bn" => 9,
        "trillion" | "tn" => 12,
        _ => return None,
    };
    Some(Decimal::from(10_u64.pow(power)))
}

/// A kind of change by its name.
pub(super) fn kind(typed: &str) -> Result<ChangeKind, Wrong> {
    let known = ChangeKind::ALL.map(ChangeKind::as_str);
    let found = ChangeKind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == typed);
    found.ok_or_else(|| unknown("kind of change", typed, &known))
}

/// A severity by its name.
pub(super) fn severity(typed: &str) -> Result<Severity, Wrong> {
    let all = [
        Severity::Critical,
        Severity::High,
        Severity::Medium,
        Severity::Low,
    ];
    let found = all.into_iter().find(|severity| severity.as_str() == typed);
    found.ok_or_else(|| unknown("severity", typed, &all.map(Severity::as_str)))
}

/// What mail subjects start with.
pub(super) fn subject(typed: &str) -> Result<SubjectStyle, Wrong> {
    match typed {
        "change" => Ok(SubjectStyle::Change),
        "story" => Ok(SubjectStyle::Story),
        _ => Err(unknown("subject", typed, &["change", "story"])),
    }
}

/// What is wrong with a word that is none of `known`.
pub(super) fn unknown(what: &str, typed: &str, known: &[&str]) -> Wrong {
    let meant = nearest(typed, known.iter().copied())
        .map_or_else(String::new, |word| format!("; did you mean `{word}`?"));
    Wrong::new(
        format!("unknown {what} {}{meant}", quoted(typed)),
        format!("one of: {}", known.join(", ")),
    )
}

/// A time zone by its IANA name.
pub(super) fn zone(typed: &str) -> Result<TimeZone, Wrong> {
    if let Ok(zone) = TimeZone::get(typed) {
        return Ok(zone);
    }
    let names: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.to_string())
        .collect();
    let meant = nearest(typed, names.iter().map(String::as_str))
        .map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
    Err(Wrong::new(
        format!("unknown time zone {}{meant}", quoted(typed)),
        "write a name such as Europe/Berlin, America/New_York or UTC",
    ))
}

/// The address of a page.
pub(super) fn page(typed: &str) -> Result<String, Wrong> {
    let url = web(typed)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Wrong::new(
            "an address with a user or password would show in every alert",
            "remove what stands before the @",
        ));
    }
    Ok(url.into())
}

/// An address of the web. The message never repeats it: it may hold a key.
pub(super) fn web(typed: &str) -> Result<Url, Wrong> {
    let wrong = |hint: String| Wrong::new("this is not the address of a page", hint);
    match Url::parse(typed) {
        Ok(url)
            if matches!(url.scheme(), "http" | "https")
                && url.host_str().is_some_and(|host| !host.is_empty()) =>
        {
            Ok(url)
        }
        Ok(url) if matches!(url.scheme(), "http" | "https") => {
            Err(wrong("write https://, the host and the path".into()))
        }
        Ok(_) | Err(_)
            if !typed.contains("://") && typed.contains('.') && !typed.contains([' ', '@']) =>
        {
            Err(wrong("begin it with https://".into()))
        }
        Ok(_) | Err(_) => Err(wrong(
            "write an address that begins with https:// or http://".into(),
        )),
    }
}

/// An address to post to: https, or http on this machine.
pub(super) fn hook(typed: &str) -> Result<(), Wrong> {
    let url = web(typed)?;
    let local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    if url.scheme() == "https" || local {
        return Ok(());
    }
    Err(Wrong::new(
        "a webhook without TLS is only allowed on this machine",
        "write https://",
    ))
}

/// A mail address, with or without a name before it. The mailer's own reader decides, so that nothing fails later.
pub(super) fn mailbox(typed: &str) -> Result<String, Wrong> {
    match typed.parse::<lettre::message::Mailbox>() {
        Ok(_) if !typed.chars().any(char::is_control) => Ok(typed.to_owned()),
        Ok(_) | Err(_) => {
            let hint = if typed.contains(',') || typed.contains(';') {
                "write several addresses as a list: [a@example.org, b@example.org]"
            } else {
                "write desk@example.org or \"Desk <desk@example.org>\""
            };
            Err(Wrong::new(
                format!("{} is not a mail address", quoted(typed)),
                hint,
            ))
        }
    }
}

/// Where the person who runs this can be reached: a mail address or a page.
pub(super) fn contact(typed: &str) -> Result<String, Wrong> {
    if typed.starts_with("http://") || typed.starts_with("https://") {
        return page(typed);
    }
    match typed.parse::<lettre::Address>() {
        Ok(_) => Ok(typed.to_owned()),
        Err(_) => Err(Wrong::new(
            format!(
                "{} is neither a mail address nor the address of a page",
                quoted(typed)
            ),
            "write desk@example.org or https://example.org/about-our-bot",
        )),
    }
}

/// The value of a header.
pub(super) fn header(typed: &str) -> Result<String, Wrong> {
    let typed = text(typed)?;
    if typed.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Ok(typed);
    }
    Err(Wrong::new(
        format!(
            "{} holds characters that a header cannot carry",
            quoted(&typed)
        ),
        "use ASCII letters, digits and punctuation",
    ))
}

/// A network: `10.1.0.0/16`, or one address.
pub(super) fn network(typed: &str) -> Result<Network, Wrong> {
    let wrong = |hint: &str| Wrong::new(format!("{} is not a network", quoted(typed)), hint);
    let (address, prefix) = match typed.split_once('/') {
        Some((address, prefix)) => (address, Some(prefix)),
        None => (typed, None),
    };
    let address: IpAddr = address
        .parse()
        .map_err(|_| wrong("write an address and the length of its prefix: 10.1.0.0/16"))?;
    let longest = if address.is_ipv4() { 32 } else { 128 };
    let prefix = match prefix.map(str::parse::<u8>) {
        None => longest,
        Some(Ok(prefix)) if prefix <= longest => prefix,
        Some(_) => {
            return Err(wrong(&format!(
                "the length of the prefix is a number from 0 to {longest}"
            )));
        }
    };
    if masked(address, prefix) != address {
        return Err(wrong(&format!(
            "there are bits behind the prefix; write {}/{prefix}",
            masked(address, prefix)
        )));
    }
    Ok(Network { address, prefix })
}

/// The address with nothing behind the prefix.
fn masked(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V4((address.to_bits() & mask).into())
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V6((address.to_bits() & mask).into())
        }
    }
}

/// The mail server an address names.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Smtp {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub user: Option<String>,
    pub password: Option<String>,
}

/// The address of a mail server: `smtps://user@mail.example.org:465`. The message never repeats it: it may hold a password.
pub(super) fn smtp(typed: &str) -> Result<Smtp, Wrong> {
    let wrong = |what: &str| {
        Wrong::new(
            what,
            "write smtps://USER@HOST (TLS), smtp+starttls://USER@HOST, or smtp://localhost",
        )
    };
    let url = Url::parse(typed).map_err(|_| wrong("this is not the address of a mail server"))?;
    let (security, port) = match url.scheme() {
        "smtps" => (Security::Tls, 465),
        "smtp+starttls" => (Security::StartTls, 587),
        "smtp" => (Security::Plain, 25),
        _ => return Err(wrong("this is not the address of a mail server")),
    };
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    if host.is_empty() {
        return Err(wrong("the address of the mail server names no host"));
    }
    if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
        return Err(wrong(
            "the address of the mail server ends after host and port",
        ));
    }
    let user = Some(url.username()).filter(|user| !user.is_empty());
    Ok(Smtp {
        host: host.to_owned(),
        port: url.port().unwrap_or(port),
        security,
        user: user.map(percent_decoded),
        password: url.password().map(percent_decoded),
    })
}

/// `text` with `%40` as `@` and the like.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code = tail
            .get(..2)
            .filter(|code| code.iter().all(u8::is_ascii_hexdigit))
            .and_then(|code| std::str::from_utf8(code).ok());
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        match byte {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            Some(_) | None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
