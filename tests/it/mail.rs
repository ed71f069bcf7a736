//! An alert arrives as a mail, once for each address, whatever the page says and whatever the server does.

use std::time::Duration;

use claimwatch::alert::{Alert, Elsewhere, Point};
use claimwatch::compare::{Aspect, ChangeKind};
use claimwatch::deliver::email::{
    Mailer, Options, Security, Server, SubjectLine, SubjectStyle, Template,
};
use claimwatch::deliver::{Error, Retry};
use claimwatch::secret::Secret;
use jiff::SignedDuration;
use proptest::prelude::*;

use crate::support::alerts::{Made, figure, said, side};
use crate::support::mime::Part;
use crate::support::smtp::{self, Mode};

/// A limit that a test waits for.
const SHORT: Duration = Duration::from_millis(300);

fn server(port: u16) -> Server {
    Server {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::Plain,
        user: None,
        password: None,
        from: "claimwatch <alerts@courier.example>".to_owned(),
        ascii: false,
        subject: SubjectLine::Style(SubjectStyle::Change),
        text: None,
    }
}

fn plain() -> Options {
    Options {
        to: Vec::new(),
        attach_json: false,
        subject: None,
        text: None,
    }
}

fn homes() -> Made {
    Made::new(
        "River reaches the lower town",
        vec![figure(
            "homes",
            "The district counts {} homes without power.",
            120,
            150,
        )],
    )
}

fn alert() -> Alert {
    homes().alert()
}

#[tokio::test]
async fn an_alert_arrives_with_its_figure_in_the_subject_and_the_proof_in_both_parts() {
    let smtp = smtp::Server::start(Mode::Ok).await;
    let mailer = Mailer::new(&server(smtp.port())).unwrap();
    let alert = alert();

    mailer
        .send("desk@courier.example", &alert, &plain())
        .await
        .unwrap();

    let kept = smtp.kept();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].from, "alerts@courier.example");
    assert_eq!(kept[0].to, ["desk@courier.example"]);
    let mail = Part::read(&kept[0].bytes);
    assert_eq!(
        mail.header("subject"),
        Some("Homes 120 → 150 (+25%) – The Example Courier: River reaches the lower town")
    );
    for (name, value) in [
        ("from", "claimwatch <alerts@courier.example>".to_owned()),
        ("to", "desk@courier.example".to_owned()),
        ("date", "Wed, 11 Mar 2026 14:05:12 +0000".to_owned()),
        (
            "message-id",
            format!("<{}@courier.example>", alert.alert_id),
        ),
        (
            "in-reply-to",
            format!("<{}@courier.example>", alert.story.as_ref().unwrap().id),
        ),
        (
            "references",
            format!("<{}@courier.example>", alert.story.as_ref().unwrap().id),
        ),
        (
            "list-id",
            "claimwatch valley <valley.courier.example>".to_owned(),
        ),
        (
            "list-unsubscribe",
            "<mailto:alerts@courier.example?subject=mute%20valley>".to_owned(),
        ),
        ("auto-submitted", "auto-generated".to_owned()),
        ("x-auto-response-suppress", "All".to_owned()),
        ("importance", "high".to_owned()),
        ("x-claimwatch-kind", "figure_changed".to_owned()),
        ("x-claimwatch-severity", "high".to_owned()),
        ("x-claimwatch-watch", "valley".to_owned()),
        ("x-claimwatch-delta", "+25%".to_owned()),
        ("x-claimwatch-alert", alert.alert_id.to_string()),
    ] {
        assert_eq!(mail.header(name), Some(value.as_str()), "{name}");
    }
    let text = &mail.of_type("text/plain").unwrap().body;
    for line in [
        "HOMES: 120 -> 150  (+25%)",
        "  Was      120           seen 9 Mar 15:05 to 11 Mar 13:05 UTC",
        "  Said by  the district  (attribution unchanged)",
        "  The district counts [-120-] {+150+} homes without power.",
    ] {
        let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            folded(text).contains(&folded(line)),
            "{line:?} is missing in\n{text}"
        );
    }
    let html = &mail.of_type("text/html").unwrap().body;
    assert!(
        html.contains(">120</del>") && html.contains(">150</ins>"),
        "{html}"
    );
}

#[test]
fn a_template_makes_subject_and_text_and_cannot_break_the_message() {
    let template = |text: &str| Template::new(text).unwrap();
    let mut server = server(25);
    server.subject = SubjectLine::Template(template("[{{severity}}]\r\nBcc: x@y.example {{what}}"));
    let mut alert = alert();
    alert.story.as_mut().unwrap().title = "<b>\r\n.\r\nMAIL FROM: \u{1b}[31m".to_owned();
    let options = Options {
        text: Some(template("{{what}}\n\n  {{title}}\n.\n{{url}}")),
        ..plain()
    };
    let mailer = Mailer::new(&server).unwrap();

    let message = mailer
        .message("desk@courier.example", &alert, &options)
        .unwrap();

    let mail = Part::read(&message.formatted());
    assert_eq!(
        mail.header("subject"),
        Some("[high] Bcc: x@y.example Homes 120 → 150 (+25%)")
    );
    assert_eq!(mail.header("bcc"), None);
    let text = "Homes 120 → 150 (+25%)\n\n  <b> . MAIL FROM: [31m\n.\nhttps://news.example/valley?a=1&b=2\n";
    assert_eq!(
        mail.of_type("text/plain")
            .unwrap()
            .body
            .replace("\r\n", "\n"),
        text
    );
    let html = &mail.of_type("text/html").unwrap().body;
    assert!(html.contains("  &lt;b&gt; . MAIL FROM: [31m"), "{html}");
}

#[test]
fn a_receiver_s_own_subject_goes_before_the_server_s() {
    let mailer = Mailer::new(&server(25)).unwrap();
    let options = Options {
        subject: Some(SubjectLine::Style(SubjectStyle::Story)),
        ..plain()
    };

    let message = mailer
        .message("desk@courier.example", &alert(), &options)
        .unwrap();

    let mail = Part::read(&message.formatted());
    assert_eq!(
        mail.header("subject"),
        Some("The Example Courier: River reaches the lower town")
    );
}

#[tokio::test]
async fn a_repeat_is_the_same_message_byte_for_byte() {
    let smtp = smtp::Server::start(Mode::KeptWithoutAnswer).await;
    let mailer = Mailer::new(&server(smtp.port())).unwrap();
    let options = Options {
        attach_json: true,
        ..plain()
    };

    let lost = mailer
        .send("desk@courier.example", &alert(), &options)
        .await;
    smtp.set(Mode::Ok);
    let sent = mailer
        .send("desk@courier.example", &alert(), &options)
        .await;

    assert_eq!(lost.unwrap_err().retry(), Retry::Backoff);
    sent.unwrap();
    let kept = smtp.kept();
    assert_eq!(kept.len(), 2);
    assert_eq!(kept[0], kept[1]);
}

#[tokio::test]
async fn what_the_server_says_decides_whether_a_mail_is_tried_again() {
    let smtp = smtp::Server::start(Mode::Ok).await;
    for (mode, retry, words) in [
        (Mode::Greeting421, Retry::Backoff, "421 4.3.2 closing down"),
        (
            Mode::Recipient450,
            Retry::Backoff,
            "450 4.2.0 greylisted, come back",
        ),
        (Mode::Recipient550, Retry::Never, "550 5.1.1 no such user"),
        (Mode::Message451, Retry::Backoff, "451 4.3.0 try later"),
        (Mode::Message552, Retry::Never, "552 5.3.4 too big"),
        (
            Mode::ClosedInMessage,
            Retry::Backoff,
            "closed the connection before",
        ),
        (
            Mode::KeptWithoutAnswer,
            Retry::Backoff,
            "closed the connection before",
        ),
    ] {
        smtp.set(mode);
        // A connection of its own: what one mode leaves behind must not help or harm the next.
        let mailer = Mailer::new(&server(smtp.port())).unwrap();

        let error = mailer
            .send("desk@courier.example", &alert(), &plain())
            .await
            .unwrap_err();

        assert_eq!(error.retry(), retry, "{mode:?}: {error}");
        assert!(error.to_string().contains(words), "{mode:?}: {error}");
    }
}

#[tokio::test]
async fn a_closed_port_is_tried_again() {
    let port = smtp::Server::start(Mode::Ok).await.port();
    let mailer = Mailer::new(&server(port)).unwrap();

    let error = mailer
        .send("desk@courier.example", &alert(), &plain())
        .await
        .unwrap_err();

    assert!(matches!(error, Error::Transport { .. }), "{error}");
    assert!(
        error.to_string().contains(&format!("127.0.0.1:{port}")),
        "{error}"
    );
}

#[tokio::test]
async fn a_bad_address_never_harms_a_good_one() {
    let smtp = smtp::Server::start(Mode::BadRecipient550).await;
    let mailer = Mailer::new(&server(smtp.port())).unwrap();

    for number in 0..20 {
        let good = format!("good{number}@courier.example");
        let bad = mailer.send("bad@courier.example", &alert(), &plain()).await;
        assert_eq!(bad.unwrap_err().retry(), Retry::Never);
        mailer.send(&good, &alert(), &plain()).await.unwrap();
    }

    let to: Vec<String> = smtp.kept().into_iter().flat_map(|kept| kept.to).collect();
    let wanted: Vec<String> = (0..20)
        .map(|number| format!("good{number}@courier.example"))
        .collect();
    assert_eq!(to, wanted);
}

#[tokio::test]
async fn a_silent_server_is_given_up_and_its_late_answer_is_not_taken_for_another_mails() {
    let smtp = smtp::Server::start(Mode::KeptAnsweredLate).await;
    let mailer = Mailer::with_time_limit(&server(smtp.port()), SHORT).unwrap();

    let error = mailer
        .send("first@courier.example", &alert(), &plain())
        .await
        .unwrap_err();
    smtp.open_gate();
    smtp.set(Mode::Recipient550);
    let second = mailer
        .send("second@courier.example", &alert(), &plain())
        .await;

    assert!(
        matches!(error, Error::Timeout { limit: SHORT, .. }),
        "{error}"
    );
    let second = second.unwrap_err();
    assert!(second.to_string().contains("550 5.1.1"), "{second}");
    assert_eq!(smtp.connections(), 2);
}

#[tokio::test]
async fn mails_share_a_connection() {
    let smtp = smtp::Server::start(Mode::Ok).await;
    let mailer = Mailer::new(&server(smtp.port())).unwrap();

    for _ in 0..50 {
        mailer
            .send("desk@courier.example", &alert(), &plain())
            .await
            .unwrap();
    }

    assert_eq!(smtp.kept().len(), 50);
    assert_eq!(smtp.connections(), 1);

    mailer.close().await;

    assert_eq!(smtp.commands().last().map(String::as_str), Some("QUIT"));
}

#[tokio::test]
async fn logins_are_refused_as_what_they_are() {
    let smtp = smtp::Server::start(Mode::Login535).await;
    let mut server = server(smtp.port());
    server.user = Some("alerts".to_owned());
    server.password = Some(Secret::new("hidden-word".to_owned()));
    let mailer = Mailer::new(&server).unwrap();

    let error = mailer
        .send("desk@courier.example", &alert(), &plain())
        .await
        .unwrap_err();

    assert_eq!(error.retry(), Retry::Never);
    assert!(error.to_string().contains("535 5.7.8"), "{error}");
    assert!(!format!("{error:?} {mailer:?}").contains("hidden-word"));
}

#[test]
fn a_password_is_never_sent_in_the_clear_to_another_machine() {
    let mut server = server(25);
    server.host = "mail.courier.example".to_owned();
    server.user = Some("alerts".to_owned());
    server.password = Some(Secret::new("hidden-word".to_owned()));

    let error = Mailer::new(&server).unwrap_err();

    assert_eq!(error.retry(), Retry::Never);
    assert!(error.to_string().contains("in the clear"), "{error}");
}

#[tokio::test]
async fn a_server_without_the_protection_asked_for_is_not_sent_to() {
    let smtp = smtp::Server::start(Mode::Ok).await;
    let mut wanted = server(smtp.port());

    wanted.security = Security::StartTls;
    let starttls = Mailer::new(&wanted).unwrap();
    let no_starttls = starttls
        .send("desk@courier.example", &alert(), &plain())
        .await
        .unwrap_err();
    wanted.security = Security::Tls;
    let tls = Mailer::new(&wanted).unwrap();
    let no_tls = tls
        .send("desk@courier.example", &alert(), &plain())
        .await
        .unwrap_err();

    assert!(matches!(no_starttls, Error::Config { .. }), "{no_starttls}");
    assert!(
        no_starttls
            .to_string()
            .contains("STARTTLS is not supported"),
        "{no_starttls}"
    );
    assert!(
        no_tls.to_string().contains("try `smtp+starttls://`"),
        "{no_tls}"
    );
    assert!(smtp.kept().is_empty());
    assert!(
        !smtp
            .commands()
            .iter()
            .any(|command| command.starts_with("MAIL"))
    );
}

#[tokio::test]
async fn the_webhook_body_can_come_along_as_a_file() {
    let smtp = smtp::Server::start(Mode::Ok).await;
    let mailer = Mailer::new(&server(smtp.port())).unwrap();
    let options = Options {
        attach_json: true,
        ..plain()
    };

    mailer
        .send("desk@courier.example", &alert(), &options)
        .await
        .unwrap();

    let mail = Part::read(&smtp.kept()[0].bytes);
    let file = mail.of_type("application/json").unwrap();
    assert!(
        file.header("content-disposition")
            .unwrap()
            .contains("claimwatch-alert.json")
    );
    let json: serde_json::Value = serde_json::from_str(&file.body).unwrap();
    assert_eq!(json["data"]["alert_id"], alert().alert_id.as_str());
    assert!(mail.of_type("text/html").is_some());
}

#[tokio::test]
async fn a_page_cannot_speak_smtp() {
    let smtp = smtp::Server::start(Mode::Ok).await;
    let mailer = Mailer::new(&server(smtp.port())).unwrap();
    let trick = "a\r\n.\r\nMAIL FROM:<evil@courier.example>\r\n.\n.\rRCPT TO:<all@courier.example>";
    let mut made = homes();
    made.title = format!("{trick}\r\nBcc: all@courier.example");
    made.changes.push(said(
        ChangeKind::StatementChanged,
        Some(Aspect::Negation),
        Some(side(trick, trick)),
        Some(side("b", "b")),
    ));

    mailer
        .send("desk@courier.example", &made.alert(), &plain())
        .await
        .unwrap();
    mailer
        .send("desk@courier.example", &made.alert(), &plain())
        .await
        .unwrap();

    assert_eq!(smtp.kept().len(), 2);
    let verbs: Vec<String> = smtp
        .commands()
        .iter()
        .filter_map(|line| line.split([' ', ':']).next().map(str::to_owned))
        .filter(|verb| !matches!(verb.as_str(), "EHLO" | "NOOP" | "QUIT"))
        .collect();
    assert_eq!(verbs, ["MAIL", "RCPT", "DATA", "MAIL", "RCPT", "DATA"]);
    assert_eq!(Part::read(&smtp.kept()[0].bytes).header("bcc"), None);
}

#[test]
fn a_full_mail_stays_small() {
    let sentence =
        "The district counts {} homes without power after the river rose again in the night.";
    let changes = (0..12)
        .map(|n| figure("homes", sentence, 100 + n, 200 + n))
        .collect();
    let alert = Made::new("River reaches the lower town", changes).alert();
    let mut one = homes().alert();
    let point = |hour: i64| Point {
        at: one.at - SignedDuration::from_hours(20 - hour),
        low: 100.0,
        high: 120.0,
        text: "100 to 120".to_owned(),
    };
    let points = (0..8).map(point).collect();
    let was = side("the dam held", "\"The dam held,\" the mayor said.");
    let is = side(
        "the dam did not hold",
        "\"The dam did not hold,\" the mayor said.",
    );
    let other = |outlet: &str| Elsewhere {
        outlet: outlet.to_owned(),
        text: "about 140".to_owned(),
        low: 140.0,
        high: 140.0,
        at: one.at,
        watch: None,
        qualifier: None,
        agrees: false,
        percent: Some(-7.0),
    };
    let others = ["The Gazette", "The Herald", "The Mercury"].map(other);
    let quote = said(ChangeKind::QuoteChanged, None, Some(was), Some(is));
    let both = Made::new(
        "River reaches the lower town",
        vec![homes().changes.remove(0), quote],
    );
    one = both.alert();
    one.changes[0].history = points;
    one.changes[0].elsewhere = others.to_vec();
    let mailer = Mailer::new(&server(25)).unwrap();
    let size = |alert: &Alert| {
        mailer
            .message("desk@courier.example", alert, &plain())
            .unwrap()
            .formatted()
            .len()
    };

    assert_eq!(alert.changes.len() + alert.changes_omitted as usize, 12);
    assert!(serde_json::to_vec(&alert).unwrap().len() <= 20_000);
    assert_eq!(one.changes.len(), 2);
    assert!(size(&one) < 15_000, "{} bytes", size(&one));
    assert!(size(&alert) < 100_000, "{} bytes", size(&alert));
}

/// What a page may not bring into a line: control characters, and characters that turn the reading direction.
fn is_forbidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// `text` as it may reach a reader.
fn harmless(text: &str) -> String {
    claimwatch::alert::render::words::clean(text)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 150 } else { 10_000 }))]

    #[test]
    fn no_text_of_a_page_breaks_a_mail(
        title in any::<String>(),
        outlet in any::<String>(),
        old in any::<String>(),
        new in any::<String>(),
        ascii in any::<bool>(),
    ) {
        let mut made = Made::new(&title, vec![said(
            ChangeKind::StatementChanged,
            None,
            Some(side(&old, &old)),
            Some(side(&new, &format!("{new} x"))),
        )]);
        made.outlet = Some(outlet);
        let mut server = server(25);
        server.ascii = ascii;
        let mailer = Mailer::new(&server).unwrap();
        let alert = made.alert();

        let bytes = mailer.message("desk@courier.example", &alert, &plain()).unwrap().formatted();

        let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
        let returns = bytes.iter().filter(|byte| **byte == b'\r').count();
        let whole = bytes.windows(2).filter(|pair| pair == b"\r\n").count();
        prop_assert_eq!((lines, returns), (whole, whole));
        let mail = Part::read(&bytes);
        let names: Vec<&str> = mail.headers.iter().map(|(name, _)| name.as_str()).collect();
        prop_assert_eq!(names, [
            "from", "to", "subject", "date", "message-id", "in-reply-to", "references", "list-id",
            "list-unsubscribe", "auto-submitted", "x-auto-response-suppress", "importance",
            "x-claimwatch-kind", "x-claimwatch-severity", "x-claimwatch-watch", "x-claimwatch-story",
            "x-claimwatch-alert", "mime-version", "content-type",
        ]);
        for (name, value) in &mail.headers {
            prop_assert!(!value.chars().any(is_forbidden), "{}: {:?}", name, value);
        }
        prop_assert!(!ascii || mail.header("subject").unwrap().is_ascii());
        let text = &mail.of_type("text/plain").unwrap().body;
        prop_assert!(!text.chars().any(|c| is_forbidden(c) && c != '\n' && c != '\r'), "{:?}", text);
        prop_assert!(text.lines().all(|line| !line.starts_with("Bcc:")));
    }

    #[test]
    fn the_html_reads_as_the_page_did(title in any::<String>(), old in any::<String>(), new in any::<String>()) {
        let made = Made::new(&title, vec![said(
            ChangeKind::QuoteChanged,
            None,
            Some(side(&old, &old)),
            Some(side(&new, &new)),
        )]);
        let alert = made.alert();

        let html = claimwatch::alert::render::html::html(&alert);

        let page = dom_query::Document::from(html.as_str());
        let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let link = folded(&page.select("p a").text());
        prop_assert!(link.starts_with(&folded(&harmless(&alert.story.as_ref().unwrap().title))), "{:?}", link);
        for (tag, mark) in [("blockquote del", "-"), ("blockquote ins", "+")] {
            let wanted: String = alert.changes[0].diff.iter().filter(|(sign, _)| sign == mark).map(|(_, text)| text.as_str()).collect();
            let shown = page.select(tag).text();
            prop_assert!(shown.is_empty() || folded(&shown) == folded(&wanted), "{:?} {:?}", shown, wanted);
        }
        prop_assert_eq!(page.select("script, img, iframe, object, form, input, link, svg, base").length(), 0);
        let attributes = page.select("*").nodes().iter().flat_map(|node| node.attrs()).map(|attr| attr.name.local.to_string()).collect::<Vec<_>>();
        prop_assert!(attributes.iter().all(|name| ["style", "class", "lang", "dir", "align", "valign", "cellpadding", "href", "scope", "charset", "name", "content"].contains(&name.as_str())), "{:?}", attributes);
    }
}
