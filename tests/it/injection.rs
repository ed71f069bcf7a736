//! Text of a page can inject nothing: no header, no line, no control character, no element, in no channel.

use claimwatch::alert::render::words::clean;
use claimwatch::alert::{Alert, MAX_ALERT_BYTES};
use claimwatch::claims::Source;
use claimwatch::compare::ChangeKind;
use claimwatch::deliver::email::{Mailer, Options, Security, Server, SubjectLine, Template};
use claimwatch::deliver::{terminal, webhook};
use proptest::prelude::*;

use crate::support::alerts::{Made, figure, said, side};
use crate::support::mime::Part;
use crate::support::program::Program;
use crate::support::site::{Site, story_page};

/// How many titles and paragraphs are made up: `usual`, or as many as `CLAIMWATCH_FUZZ` asks for.
pub fn config(usual: u32) -> ProptestConfig {
    let asked = std::env::var("CLAIMWATCH_FUZZ").ok();
    let cases = asked.and_then(|number| number.parse().ok());
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases.unwrap_or(usual))
    }
}

/// What nobody wants to pass on.
const HOSTILE: [&str; 14] = [
    "\r\nBcc: everyone@example.org\r\n",
    "\n.\nMAIL FROM:<a@b.example>\n",
    "\r.\r",
    "</td></table><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\u{1b}[31mred\u{1b}]0;title\u{7}",
    "\u{202e}txt.exe\u{2066}",
    "=?utf-8?b?QmNjOiBh?=",
    "--=_both_",
    "&lt;b&gt; &#0; &amp;amp;",
    "\u{0}\u{85}\u{9b}\u{feff}\u{fffe}",
    "<!channel> @everyone",
    "\u{2028}\u{2029}\u{b}\u{c}",
    "{{alert}} ${x} %s",
];

/// What pages may say, the worst of it more often than in life.
fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => proptest::sample::select(&HOSTILE[..]).prop_map(str::to_owned),
        3 => proptest::string::string_regex("\\PC{0,60}").unwrap(),
        2 => proptest::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter),
        1 => Just("a long word ".repeat(120)),
    ];
    proptest::collection::vec(piece, 1..5).prop_map(|pieces| pieces.concat())
}

fn alert(title: &str, sentence: &str, noun: &str, by: &str) -> Alert {
    let mut change = figure("people", "It says {} here.", 40, 60);
    for side in [&mut change.old, &mut change.new].into_iter().flatten() {
        side.noun = Some(noun.to_owned());
        side.sentence = format!("{sentence} {} {sentence}", side.text);
        side.said_by = Some(Source {
            name: by.to_owned(),
            via: None,
        });
    }
    let (old, new) = (format!("{sentence} was"), format!("{sentence} is"));
    let quote = said(
        ChangeKind::StatementChanged,
        None,
        Some(side(&old, &old)),
        Some(side(&new, &new)),
    );
    let mut made = Made::new(title, vec![change, quote]);
    made.outlet = Some(by.to_owned());
    made.alert()
}

fn mailer() -> Mailer {
    Mailer::new(&Server {
        host: "127.0.0.1".to_owned(),
        port: 25,
        security: Security::Plain,
        user: None,
        password: None,
        from: "claimwatch <alerts@courier.example>".to_owned(),
        ascii: false,
        subject: SubjectLine::default(),
        text: None,
    })
    .unwrap()
}

fn names(part: &Part) -> Vec<&str> {
    part.headers.iter().map(|(name, _)| name.as_str()).collect()
}

/// Text without the differences that white space makes.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text without white space, of which marks add some between the words they mark.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The quotes that a browser shows, without white space.
fn quotes(html: &str) -> Vec<String> {
    let document = dom_query::Document::from(html);
    let quotes = document.select("blockquote");
    quotes.iter().map(|quote| squeezed(&quote.text())).collect()
}

fn is_clean(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() && c != '\n')
}

/// The words that a browser shows, and the names of the elements.
fn parsed(html: &str) -> (String, Vec<String>) {
    let document = dom_query::Document::from(html);
    let elements = document.select("*");
    let mut names: Vec<String> = elements
        .nodes()
        .iter()
        .filter_map(|node| Some(node.node_name()?.to_string()))
        .collect();
    names.sort_unstable();
    names.dedup();
    (folded(&document.select("body").text()), names)
}

/// What mails are made of.
const ELEMENTS: &str = "a blockquote body br caption del div h1 h2 h3 head hr html ins meta p span strong style table tbody td \
                        th title tr";

fn check_mail(alert: &Alert, plain: &[&str]) -> Result<(), TestCaseError> {
    let templates = [None, Some("{{what}}\n{{title}}\n{{sentence}}\n")];
    for template in templates {
        let options = Options {
            to: Vec::new(),
            attach_json: true,
            subject: template.map(|text| SubjectLine::Template(Template::new(text).unwrap())),
            text: template.map(|text| Template::new(text).unwrap()),
        };
        let bytes = mailer()
            .message("desk@courier.example", alert, &options)
            .unwrap()
            .formatted();

        let bare = |index: usize| match bytes[index] {
            b'\n' => index == 0 || bytes[index - 1] != b'\r',
            b'\r' => bytes.get(index + 1) != Some(&b'\n'),
            byte => !(byte == b'\t' || (b' '..=b'~').contains(&byte)),
        };
        prop_assert!(
            !(0..bytes.len()).any(bare),
            "a bare CR or LF, a control character, or not ASCII"
        );
        let mail = Part::read(&bytes);
        prop_assert_eq!(names(&mail), plain, "headers");
        prop_assert!(
            mail.headers
                .iter()
                .all(|(_, value)| !value.chars().any(char::is_control)),
            "{:?}",
            mail.headers
        );
        let text = &mail.of_type("text/plain").unwrap().body;
        prop_assert!(is_clean(&text.replace("\r\n", "\n")));
        let html = &mail.of_type("text/html").unwrap().body;
        let (shown, elements) = parsed(html);
        prop_assert!(
            elements
                .iter()
                .all(|name| ELEMENTS.split(' ').any(|known| known == name)),
            "{elements:?}"
        );
        let title = folded(&alert.story.as_ref().unwrap().title);
        prop_assert!(shown.contains(&title), "{title:?} is not in {shown:?}");
        let quotes = quotes(html);
        for change in alert
            .changes
            .iter()
            .filter(|change| !change.diff.is_empty())
        {
            let words: String = change
                .diff
                .iter()
                .map(|(_, words)| words.as_str())
                .collect();
            let is_shown = |quote: &String| *quote == squeezed(&words);
            prop_assert!(
                quotes.is_empty() || quotes.iter().any(is_shown),
                "{words:?} is not in {quotes:?}"
            );
        }
        prop_assert!(bytes.len() < 120_000, "{} bytes", bytes.len());
    }
    Ok(())
}

/// Every text in a JSON value.
fn strings(value: &serde_json::Value) -> Vec<&str> {
    match value {
        serde_json::Value::String(text) => vec![text],
        serde_json::Value::Array(list) => list.iter().flat_map(strings).collect(),
        serde_json::Value::Object(object) => object.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

fn check_webhook(alert: &Alert) -> Result<(), TestCaseError> {
    let body = webhook::body(alert).unwrap();

    prop_assert!(body.iter().all(|byte| *byte >= b' '), "a control character");
    let read: serde_json::Value = serde_json::from_slice(&body).unwrap();
    prop_assert_eq!(&read["data"], &serde_json::to_value(alert).unwrap());
    prop_assert!(
        strings(&read)
            .iter()
            .all(|text| !text.contains(char::is_control)),
        "{}",
        read
    );
    prop_assert!(body.len() < MAX_ALERT_BYTES + 1_000);
    Ok(())
}

#[test]
fn whatever_a_story_says_mail_webhook_and_terminal_stay_what_they_are() {
    let ordinary = alert("A title", "A sentence.", "people", "the district");
    let options = Options {
        to: Vec::new(),
        attach_json: true,
        subject: None,
        text: None,
    };
    let plain = mailer()
        .message("desk@courier.example", &ordinary, &options)
        .unwrap()
        .formatted();
    let plain = Part::read(&plain);
    let headers = names(&plain);
    let config = config(200);
    proptest!(config, |(title in words(), sentence in words(), noun in words(), by in words())| {
        let alert = alert(&title, &sentence, &noun, &by);

        prop_assert_eq!(&alert.story.as_ref().unwrap().title, &clean(&alert.story.as_ref().unwrap().title));
        check_mail(&alert, &headers)?;
        check_webhook(&alert)?;
        let mut printed = Vec::new();
        terminal::print(&mut printed, &alert).unwrap();
        prop_assert!(is_clean(std::str::from_utf8(&printed).unwrap()));
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_page_and_a_hostile_receiver_write_no_control_character_to_terminal_and_log() {
    use crate::served::{Server, whole};
    let worst = "a\u{1b}[31m\r\nERROR forged line\u{9b}2J \u{202e}\u{0}\u{7}";
    let server = Server::always(whole("500 Internal Server Error", worst)).await;
    let site = Site::start().await;
    let rest = "Repairs go on through the night, the grid company said on its pages.";
    let page = |homes: u32| {
        let text = format!(
            "The district {worst} counts {homes} homes without power {worst} after the storm."
        );
        story_page(&format!("Storm {worst} cuts power"), &[&text, rest])
    };
    site.set("storm", 200, &page(120));
    let program = Program::new(&format!(
        "notify:\n  screen: {{terminal: {{}}}}\n  api: {{webhook: {{url: '{}'}}}}\n  chat: {{slack: {{url: '{}'}}}}\n\
         fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\nwatches: [{{name: storm, url: '{}'}}]\n",
        server.url("/"),
        server.url("/"),
        site.url("storm")
    ));
    tokio::task::block_in_place(|| program.says(&["-vv", "check"], 0));
    site.set("storm", 200, &page(480));

    let mut printed = Vec::new();
    for arguments in [
        &["-vv", "check"][..],
        &["deliveries"],
        &["history", "storm"],
        &["figures", "storm"],
        &["stories"],
        &["status"],
    ] {
        let output = tokio::task::block_in_place(|| program.run(arguments));
        printed.push(String::from_utf8(output.stdout).unwrap());
        printed.push(String::from_utf8(output.stderr).unwrap());
    }

    let all = printed.concat();
    assert!(
        all.contains("480") && all.contains("500 (internal server error)"),
        "{all}"
    );
    let control: Vec<char> = all
        .chars()
        .filter(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}')
        .collect();
    assert_eq!(control, Vec::<char>::new(), "{all:?}");
    assert!(
        !all.lines().any(|line| line.starts_with("ERROR forged")),
        "{all}"
    );
}
