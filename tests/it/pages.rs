//! The local page: what changed, how each figure moved, what is in trouble; and nothing a story says becomes markup.

use crate::support::asked::{Answer, address, get};
use crate::support::atom;
use crate::support::hook::Hook;
use crate::support::program::{Daemon, Program};
use crate::support::site::Site;

const HEADLINE: &str = "Floods <script>alert(1)</script> & \"towns\"";

/// What a page may try to smuggle in.
fn publish(site: &Site, houses: u32) {
    let lead = format!("Rescuers have led people out of {houses} houses, the fire service said.");
    let rest = "Rain &lt;img src=x onerror=alert(2)&gt; goes on, the weather service said.";
    let title = HEADLINE
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let more = "Schools in the west of the island stay closed, the regional council decided.";
    site.publish("floods", &title, &[&lead, rest, more]);
}

fn config(site: &Site, hook: &Hook) -> String {
    format!(
        "server: {{listen: '127.0.0.1:0', url: 'https://desk.example/'}}\n\
         notify:\n  api: {{webhook: {{url: '{}'}}}}\n\
         claims:\n  houses: {{words: [houses], alert: {{change: 5%}}}}\n  dam: {{statement: the dam holds}}\n\
         defaults: {{every: 1s, decay: 0%, notify: [api]}}\n\
         fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\n\
         watches:\n  - {{name: floods, url: '{}'}}\n",
        hook.url(),
        site.url("floods")
    )
}

/// A daemon that has seen a story move from 40 to 60 houses; with its page's address and the story's identifier.
async fn moved() -> (Program, Daemon, String, String) {
    let (site, hook) = (Site::start().await, Hook::start().await);
    publish(&site, 40);
    let program = Program::new(&config(&site, &hook));
    let mut daemon = program.start();
    daemon.until(site.visited(2)).await;
    publish(&site, 60);
    let posts = daemon.until(hook.has_taken(1)).await;
    let address = daemon.until(address(&program)).await;
    let story = &posts[0].body["data"]["story"]["id"];
    let story = story.as_str().unwrap().to_owned();
    assert_eq!(
        posts[0].body["data"]["links"]["story"],
        format!("https://desk.example/story/{story}")
    );
    (program, daemon, address, story)
}

/// No script, no handler, no style of its own, and every tag that is opened is closed.
fn is_sound(answer: &Answer) {
    let body = &answer.body;
    assert_eq!(answer.status, 200, "{body}");
    for forbidden in [
        "<script",
        "<img",
        "onerror=\"",
        "style=\"",
        "javascript:",
        "<iframe",
    ] {
        assert!(!body.contains(forbidden), "{forbidden}: {body}");
    }
    let mut open: Vec<&str> = Vec::new();
    for part in body.split('<').skip(1) {
        let tag = part.split_once('>').unwrap_or_else(|| panic!("{part}")).0;
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/'])
            .next()
            .unwrap();
        if tag.starts_with('!') || tag.starts_with('?') || tag.ends_with('/') {
            continue;
        }
        if ["meta", "link", "br", "input"].contains(&name) && answer.is_html() {
            continue;
        }
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{body}"),
            None => open.push(name),
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_shows_the_change_in_three_forms_and_runs_nothing_of_the_story() {
    let (_program, _daemon, address, story) = moved().await;

    for (path, words) in [
        ("/", "<strong>60</strong>"),
        ("/watches", ">floods</a>"),
        ("/watch/floods", "<strong>60</strong>"),
        (&format!("/story/{story}"), "no correction note"),
        (
            &format!("/story/{story}?a=1&b=2"),
            "<del>40</del><ins>60</ins>",
        ),
        (
            &format!("/story/{story}?a=1&b=2&view=side"),
            "<ins>60</ins>",
        ),
        (&format!("/story/{story}?before=2"), "Versions"),
        ("/claims", ">houses</a>"),
        ("/claim/houses", "<svg"),
        ("/claim/dam", "Changes"),
        ("/figures?of=houses", "<svg"),
        ("/figures?of=%3Cscript%3E", "No story counts this"),
        ("/figures", "Ask above"),
    ] {
        let answer = get(&address, path).await;
        is_sound(&answer);
        assert!(
            answer.body.contains(words),
            "{path}: {words}\n{}",
            answer.body
        );
        assert!(answer.headers["content-type"].starts_with("text/html"));
    }
    let story_page = get(&address, &format!("/story/{story}")).await;
    assert!(
        story_page
            .body
            .contains("Floods &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;towns&quot;")
    );

    for path in [
        "/today",
        "/watches",
        "/watch/floods",
        &format!("/story/{story}"),
        "/claims",
        "/claim/houses",
        "/figures",
    ] {
        let json = get(&address, &format!("{path}.json")).await;
        assert_eq!(json.headers["content-type"], "application/json");
        serde_json::from_str::<serde_json::Value>(&json.body).unwrap();
        let atom = get(&address, &format!("{path}.atom")).await;
        assert!(atom.headers["content-type"].starts_with("application/atom+xml"));
        is_sound(&atom);
        let feed = atom::is_valid(&atom.body);
        // Among the watches none is in trouble, and no figure was asked for.
        let is_empty = ["/watches", "/figures"].contains(&path);
        assert_eq!(feed.entries.is_empty(), is_empty, "{path}");
    }
    let story = get(&address, &format!("/story/{story}.json")).await;
    let story: serde_json::Value = serde_json::from_str(&story.body).unwrap();
    assert_eq!(story["headline"], HEADLINE);
    assert_eq!(story["versions"][0]["changes"][0]["new"], "60");
    assert_eq!(story["versions"][0]["changes"][0]["told"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_leads_to_the_page_and_keeps_the_identifiers_of_what_it_tells() {
    let (_program, _daemon, address, story) = moved().await;

    for (path, page, entries) in [
        ("/today.atom", "https://desk.example/", 1),
        ("/watch/floods.atom", "https://desk.example/watch/floods", 1),
        (
            &format!("/story/{story}.atom"),
            &format!("https://desk.example/story/{story}"),
            1,
        ),
        ("/claim/houses.atom", "https://desk.example/claim/houses", 1),
        ("/claims.atom", "https://desk.example/claims", 1),
        (
            "/figures.atom?of=houses",
            "https://desk.example/figures?of=houses",
            1,
        ),
        (
            "/figures.atom?of=geese",
            "https://desk.example/figures?of=geese",
            0,
        ),
        ("/watches.atom", "https://desk.example/watches", 0),
    ] {
        let [once, again] = [
            get(&address, path).await.body,
            get(&address, path).await.body,
        ];
        let feed = atom::is_valid(&once);

        assert_eq!(once, again, "{path}");
        assert_eq!(feed.entries.len(), entries, "{path}");
        assert!(
            feed.links
                .contains(&("alternate".to_owned(), page.to_owned())),
            "{path}: {:?}",
            feed.links
        );
        for entry in &feed.entries {
            let shown = format!("https://desk.example/story/{story}?a=1&b=2");
            assert!(
                entry.links.contains(&("alternate".to_owned(), shown)),
                "{path}: {:?}",
                entry.links
            );
        }
    }
    let json = get(&address, "/figures.json?of=houses").await;
    let figures: serde_json::Value = serde_json::from_str(&json.body).unwrap();
    assert_eq!(figures["figures"][0]["values"][1]["high"], 60.0);
    let claim = get(&address, "/claim/houses.json").await;
    let claim: serde_json::Value = serde_json::from_str(&claim.body).unwrap();
    assert_eq!(claim["outlets"][0]["text"], "60");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_not_found_and_says_nothing_of_the_machine() {
    let (program, _daemon, address, story) = moved().await;
    let folder = program.path("x").parent().unwrap().display().to_string();

    for path in [
        "/nothing",
        "/story/s00000000",
        "/story/../../etc/passwd",
        "/watch/nobody",
        "/watch/%00",
        "/claim/none.json",
        "/style.css/",
        &format!("/story/{story}?a=1&b=99"),
    ] {
        let answer = get(&address, path).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.body);
        assert!(!answer.body.contains(&folder), "{}", answer.body);
    }
    let strange = get(&address, &format!("/story/{story}?a=x")).await;
    assert_eq!(strange.status, 400);
    let style = get(&address, "/style.css").await;
    assert_eq!(
        (style.status, style.headers["content-type"].as_str()),
        (200, "text/css; charset=utf-8")
    );
}
