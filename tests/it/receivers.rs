//! What one receiver does to the others: nothing. And who hears of it when one is lost for good.

use std::time::Duration;

use claimwatch::alert;
use claimwatch::clock::Clock;
use claimwatch::daemon;
use claimwatch::store::{Destination, Outgoing, State, Wanted};
use claimwatch::{config, fetch, secret, store};
use jiff::SignedDuration;

use crate::served::{Server, Then, raw};
use crate::support::hook::Hook;
use crate::support::mime::Part;
use crate::support::newsroom::Newsroom;
use crate::support::program::Program;
use crate::support::site::Site;
use crate::support::smtp::{self, Mode};
use crate::support::tls::{self, Begins};

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_hangs_holds_up_no_other() {
    fetch::install_crypto();
    let mut silent = raw("", "").then(Then::Silence);
    silent.bytes.clear();
    let (hangs, works) = (Server::always(silent).await, Hook::start().await);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.yaml");
    let text = format!(
        "watches: ['https://127.0.0.1:1/a']\nnotify:\n  hangs: {{webhook: {{url: '{}'}}}}\n  works: {{webhook: {{url: '{}'}}}}\n",
        hangs.url("/"),
        works.url()
    );
    std::fs::write(&path, text).unwrap();
    let config = config::read(&path, &secret::Process).unwrap();
    let store = store::Store::open_exclusive(&config.store).unwrap();
    let clock = Clock::system();
    let names: Vec<_> = config
        .receivers
        .iter()
        .map(|receiver| receiver.name.clone())
        .collect();
    let now = clock.now();
    for seconds in 0..100 {
        let outgoing = Outgoing {
            alert: alert::test(now - SignedDuration::from_secs(seconds)),
            to: names
                .iter()
                .map(|name| Destination::at_once(name.clone(), ""))
                .collect(),
        };
        store.enqueue(outgoing, now).await.unwrap();
    }

    let (orders, received) = tokio::sync::mpsc::channel(1);
    let again = Box::new(move || Ok(config::read(&path, &secret::Process)?));
    let task = tokio::spawn(daemon::run(config, store.clone(), clock, received, again));
    let taken = tokio::time::timeout(Duration::from_secs(12), works.has_taken(100)).await;

    assert!(
        taken.is_ok(),
        "{} of 100 while the other hangs",
        works.taken().len()
    );
    let most = store::MAX_PER_RECEIVER as usize;
    assert_eq!(
        hangs.seen().len(),
        most,
        "asked so often at once, and not more"
    );
    task.abort();
    drop(orders);
}

#[tokio::test]
async fn a_webhook_that_is_gone_is_told_by_mail_even_where_its_watch_has_no_other_receiver() {
    let (site, hook) = (Site::start().await, Hook::start().await);
    let mail = smtp::Server::start(Mode::Ok).await;
    let story =
        |homes: u32| format!("The district counts {homes} homes without power after the storm.");
    let rest = "Repairs go on through the night, the grid company said on its pages.";
    site.publish("storm", "Storm cuts power", &[&story(120), rest]);
    let room = Newsroom::open(&format!(
        "email: {{smtp: 'smtp://127.0.0.1:{}', from: alerts@example.org}}\n\
         notify:\n  api: {{webhook: {{url: '{}'}}}}\n  desk: {{email: {{to: desk@example.org}}}}\n\
         fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\n\
         watches:\n  - {{name: storm, url: '{}', notify: [api]}}\n  - {{name: other, url: '{}', notify: [desk]}}\n",
        mail.port(),
        hook.url(),
        site.url("storm"),
        site.url("other")
    ))
    .await;
    room.round("storm").await;
    hook.refuse_next(410);
    site.publish("storm", "Storm cuts power", &[&story(480), rest]);

    room.round("storm").await;
    site.publish("storm", "Storm cuts power", &[&story(900), rest]);
    room.round("storm").await;

    let kept = mail.kept();
    assert_eq!(
        kept.len(),
        1,
        "told once, not for every alert that then waits"
    );
    let text = Part::read(&kept[0].bytes)
        .of_type("text/plain")
        .unwrap()
        .body
        .clone();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("did not reach `api`") && text.contains("410 (gone)"),
        "{text}"
    );
    assert!(
        text.contains("it is switched off until one of its alerts is sent again"),
        "{text}"
    );
    let rows = room
        .services
        .store
        .deliveries(Wanted::default())
        .await
        .unwrap();
    let parked = rows.iter().filter(|row| row.state == State::Parked);
    assert_eq!(parked.count(), 2, "{rows:?}");
    assert!(hook.taken().is_empty());
}

/// The configuration of one receiver by mail.
fn by_mail(scheme: &str, host: &str, port: u16) -> String {
    format!(
        "email: {{smtp: '{scheme}://ann@{host}:{port}', password: correct-horse, from: alerts@example.org, to: desk@example.org}}\n\
         watches: ['https://news.example/a']\n"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_cannot_prove_who_it_is_is_told_nothing() {
    for (begins, scheme) in [
        (Begins::WithStartTls, "smtp+starttls"),
        (Begins::AtOnce, "smtps"),
    ] {
        // A name that is not in the certificate, and an authority that the system does not know.
        for (host, trusted) in [("127.0.0.1", false), ("localhost", true)] {
            let server = tls::Server::start(begins).await;
            let program = Program::new(&by_mail(scheme, host, server.address.port()));
            let mut command = program.command(&["test-alert"]);
            if trusted {
                command.env("SSL_CERT_FILE", tls::AUTHORITY);
            }

            let output = tokio::task::block_in_place(|| command.output().unwrap());

            assert_eq!(output.status.code(), Some(2), "{scheme} {host}");
            let said = String::from_utf8(output.stdout).unwrap();
            assert!(
                said.contains("not sent") && said.contains("ertificate"),
                "{scheme} {host}: {said}"
            );
            let lines = server.lines();
            assert!(
                lines
                    .iter()
                    .all(|line| line.starts_with("EHLO") || line == "STARTTLS"),
                "{scheme} {host}: {lines:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_proves_who_it_is_gets_password_and_mail_under_tls_alone() {
    for (begins, scheme) in [
        (Begins::WithStartTls, "smtp+starttls"),
        (Begins::AtOnce, "smtps"),
    ] {
        let server = tls::Server::start(begins).await;
        let program = Program::new(&by_mail(scheme, "127.0.0.1", server.address.port()));
        let mut command = program.command(&["test-alert"]);
        command.env("SSL_CERT_FILE", tls::AUTHORITY);

        let output = tokio::task::block_in_place(|| command.output().unwrap());

        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(said, "email <desk@example.org>: sent\n", "{scheme}");
        let lines = server.lines();
        let clear = lines.iter().filter(|line| !line.starts_with("tls "));
        assert!(
            clear
                .clone()
                .all(|line| line.starts_with("EHLO") || line == "STARTTLS"),
            "{lines:?}"
        );
        assert!(
            lines.iter().any(|line| line.starts_with("tls AUTH PLAIN")),
            "{lines:?}"
        );
        assert!(lines.contains(&"tls .".to_owned()), "{lines:?}");
    }
}

#[tokio::test]
async fn a_webhook_that_cannot_prove_who_it_is_is_told_nothing() {
    use claimwatch::deliver::webhook::{Format, Options, Sender};
    let server = tls::Server::start(Begins::AtOnce).await;
    let options = Options {
        url: secret::Secret::new(format!("https://{}/s3cret", server.address)),
        secrets: Vec::new(),
        format: Format::Standard,
    };

    let error = Sender::new(&[])
        .unwrap()
        .send(
            &options,
            &alert::test(Clock::system().now()),
            Clock::system().now(),
        )
        .await
        .unwrap_err();

    assert!(
        error.to_string().contains("ertificate") && !error.to_string().contains("s3cret"),
        "{error}"
    );
    assert_eq!(server.lines(), Vec::<String>::new());
}
