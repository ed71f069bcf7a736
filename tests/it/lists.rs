//! Lists: each article of a feed, a section page or a sitemap is followed by itself, to its end, and none is lost.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::support::hook::Hook;
use crate::support::program::Program;
use crate::support::site::{Site, Visit, story_page};

/// A feed of these articles of the site, newest first.
fn feed(site: &Site, articles: &[(&str, &str)]) -> String {
    let items: String = articles
        .iter()
        .map(|(page, title)| {
            format!(
                "<item><title>{title}</title><link>{}?utm_source=rss</link></item>",
                site.url(page)
            )
        })
        .collect();
    format!("<rss version=\"2.0\"><channel><title>World</title>{items}</channel></rss>")
}

/// An article about `houses` houses.
fn article(number: usize, houses: u32) -> String {
    story_page(
        &format!("Floods cut off island town number {number}"),
        &[
            &format!(
                "Rescuers have led people out of {houses} houses since Monday, the fire service said."
            ),
            "Rain is expected to go on until the weekend, the weather service said.",
            "Schools in the west of the island stay closed, the regional council decided.",
        ],
    )
}

fn config(watch: &str, more: &str) -> String {
    format!(
        "fetch: {{allow_networks: [127.0.0.1/32], pace: 0s}}\n{more}watches:\n  - {{name: world, {watch}}}\n"
    )
}

/// Runs a verb with `--json` and gives its lines.
async fn lines(program: &Program, arguments: &[&str]) -> Vec<Value> {
    let mut command = program.command(arguments);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

async fn check(program: &Program) -> Vec<Value> {
    lines(program, &["check", "--json"]).await
}

/// The outcomes of a check: of the list, and how often each of its articles.
fn outcomes(lines: &[Value]) -> Vec<&str> {
    lines
        .iter()
        .map(|line| line["outcome"].as_str().unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_article_of_a_feed_is_a_story_and_the_first_sight_tells_nothing() {
    let site = Site::start().await;
    site.set("a1", 200, &article(1, 40));
    site.set("a2", 200, &article(2, 50));
    site.set("feed", 200, &feed(&site, &[("a2", "Two"), ("a1", "One")]));
    let program = Program::new(&config(&format!("feed: '{}'", site.url("feed")), ""));

    let first = check(&program).await;
    site.set("a1", 200, &article(1, 60));
    let second = check(&program).await;

    assert_eq!(outcomes(&first), ["listed", "first", "first"]);
    assert_eq!(first[0]["articles"]["new"], 2);
    assert!(first.iter().all(|line| line["alert"].is_null()));
    let changed: Vec<&Value> = second
        .iter()
        .filter(|line| line["outcome"] == "changed")
        .collect();
    assert_eq!(changed.len(), 1);
    assert!(changed[0]["watch"].as_str().unwrap().starts_with("world/"));
    assert!(
        changed[0]["alert"]["subject"]
            .as_str()
            .unwrap()
            .contains("40 → 60")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_that_leaves_the_feed_is_followed_all_the_same() {
    let site = Site::start().await;
    site.set("a1", 200, &article(1, 40));
    site.set("a2", 200, &article(2, 50));
    site.set("feed", 200, &feed(&site, &[("a1", "One")]));
    let program = Program::new(&config(&format!("feed: '{}'", site.url("feed")), ""));
    check(&program).await;
    site.set("feed", 200, &feed(&site, &[("a2", "Two")]));
    site.set("a1", 200, &article(1, 60));

    let lines = check(&program).await;

    assert_eq!(lines[0]["articles"]["followed"], 2);
    let mut seen = outcomes(&lines);
    seen.sort_unstable();
    assert_eq!(seen, ["changed", "first", "listed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_more_articles_than_the_limit_the_newest_are_followed() {
    let site = Site::start().await;
    for number in 1..=4 {
        site.set(&format!("a{number}"), 200, &article(number, 40));
    }
    site.set(
        "feed",
        200,
        &feed(&site, &[("a3", "3"), ("a2", "2"), ("a1", "1")]),
    );
    let watch = format!("feed: '{}', limit: 2", site.url("feed"));
    let program = Program::new(&config(&watch, ""));
    let first = check(&program).await;
    let again = check(&program).await;
    site.set(
        "feed",
        200,
        &feed(&site, &[("a4", "4"), ("a3", "3"), ("a2", "2"), ("a1", "1")]),
    );

    let third = check(&program).await;

    let followed = |lines: &[Value]| lines[0]["articles"].clone();
    assert_eq!(
        followed(&first),
        serde_json::json!({"followed": 2, "new": 2})
    );
    assert_eq!(
        followed(&again),
        serde_json::json!({"followed": 2, "new": 0})
    );
    assert_eq!(
        followed(&third),
        serde_json::json!({"followed": 2, "new": 1})
    );
    let asked = |page: &str| {
        site.visits()
            .iter()
            .filter(|visit| visit.page == page)
            .count()
    };
    assert_eq!((asked("a1"), asked("a4")), (0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn titles_and_tags_choose_the_articles() {
    let site = Site::start().await;
    site.set("a1", 200, &article(1, 40));
    site.set("a2", 200, &article(2, 50));
    let articles = [("a1", "Floods in the north"), ("a2", "Cup final tonight")];
    site.set("feed", 200, &feed(&site, &articles));
    let watch = format!(
        "feed: '{}', only: {{title: [floods, storm]}}",
        site.url("feed")
    );
    let program = Program::new(&config(&watch, ""));

    let first = check(&program).await;
    program.configure(&config(&format!("feed: '{}'", site.url("feed")), ""));
    let wider = check(&program).await;

    assert_eq!(first[0]["articles"]["followed"], 1);
    assert_eq!(wider[0]["articles"]["followed"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_article_under_two_addresses_is_one_story() {
    let site = Site::start().await;
    let canonical = format!("<link rel=\"canonical\" href=\"{}\">", site.url("a1"));
    let page = article(1, 40).replace("</head>", &format!("{canonical}</head>"));
    site.set("a1", 200, &page);
    site.set("a1-amp", 200, &page);
    site.set(
        "feed",
        200,
        &feed(&site, &[("a1", "One"), ("a1-amp", "One")]),
    );
    let program = Program::new(&config(&format!("feed: '{}'", site.url("feed")), ""));

    check(&program).await;
    let second = check(&program).await;

    assert_eq!(second[0]["articles"]["followed"], 1);
    assert_eq!(outcomes(&second), ["listed", "unchanged"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_robots_txt_forbids_is_not_asked_for_unless_the_watch_says_so() {
    let site = Site::start().await;
    site.set(
        "robots.txt",
        200,
        "User-agent: *\nDisallow: /a2\nDisallow: /feed\n",
    );
    site.set("a1", 200, &article(1, 40));
    site.set("a2", 200, &article(2, 50));
    site.set("feed", 200, &feed(&site, &[("a1", "One"), ("a2", "Two")]));
    let program = Program::new(&config(&format!("feed: '{}'", site.url("feed")), ""));

    let obedient = check(&program).await;
    let asked: BTreeSet<String> = site.visits().into_iter().map(|visit| visit.page).collect();
    let watch = format!("feed: '{}', robots: false", site.url("feed"));
    program.configure(&config(&watch, ""));
    let free = check(&program).await;

    assert_eq!(obedient[0]["articles"]["followed"], 1);
    assert!(asked.contains("feed") && !asked.contains("a2"), "{asked:?}");
    assert_eq!(free[0]["articles"]["followed"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_shuts_robots_out_of_everything_is_told_as_a_problem() {
    let site = Site::start().await;
    site.set("robots.txt", 200, "User-agent: *\nDisallow: /\n");
    site.set("feed", 200, &feed(&site, &[("a1", "One")]));
    let program = Program::new(&config(&format!("feed: '{}'", site.url("feed")), ""));

    check(&program).await;
    let lines = check(&program).await;

    let error = lines[0]["error"].as_str().unwrap();
    assert!(
        error.contains("robots.txt forbids all 1 articles"),
        "{error}"
    );
    let status = tokio::task::block_in_place(|| program.says(&["status"], 0));
    assert!(status.contains("2 failed in a row"), "{status}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_feed_fails_and_names_the_feed() {
    let site = Site::start().await;
    let head = "<link rel=alternate type='application/rss+xml' href='/feed'></head>";
    site.set("world", 200, &article(1, 40).replace("</head>", head));
    let program = Program::new(&config(&format!("feed: '{}'", site.url("world")), ""));

    let lines = check(&program).await;

    assert_eq!(lines[0]["outcome"], "failed");
    let error = lines[0]["error"].as_str().unwrap();
    assert!(
        error.ends_with(&format!("its feed is {}", site.url("feed"))),
        "{error}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_section_page_and_a_sitemap_index_are_followed_likewise() {
    let site = Site::start().await;
    site.set("a1", 200, &article(1, 40));
    site.set("a2", 200, &article(2, 50));
    let section = "<!doctype html><html><body><nav><a href='/about'>About</a></nav><main><h2><a href='a1'>One</a></h2>\
        <h2><a href='a2#top'>Two</a></h2></main></body></html>";
    site.set("world", 200, section);
    let index = format!(
        "<sitemapindex><sitemap><loc>{}</loc></sitemap></sitemapindex>",
        site.url("news.xml")
    );
    site.set("sitemap.xml", 200, &index);
    let news = format!(
        "<urlset><url><loc>{}</loc></url><url><loc>{}</loc></url></urlset>",
        site.url("a1"),
        site.url("a2")
    );
    site.set("news.xml", 200, &news);

    for watch in [
        format!(
            "links: {{page: '{}', selector: main h2 a}}",
            site.url("world")
        ),
        format!("sitemap: '{}'", site.url("sitemap.xml")),
    ] {
        let program = Program::new(&config(&watch, ""));
        let lines = check(&program).await;

        assert_eq!(outcomes(&lines), ["listed", "first", "first"], "{watch}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_verbs_that_look_back_show_articles_below_their_list() {
    let site = Site::start().await;
    site.set("a1", 200, &article(1, 40));
    site.set("feed", 200, &feed(&site, &[("a1", "One"), ("gone", "Two")]));
    let program = Program::new(&config(&format!("feed: '{}'", site.url("feed")), ""));
    let checked = check(&program).await;
    let article = checked
        .iter()
        .find(|line| line["outcome"] == "first")
        .unwrap()["watch"]
        .as_str()
        .unwrap()
        .to_owned();

    let status = tokio::task::block_in_place(|| program.says(&["status"], 0));
    let rows = lines(&program, &["status", "--json"]).await;
    let stories = lines(&program, &["stories", "--json"]).await;
    let history = lines(&program, &["history", "--json", &article]).await;
    let alone = lines(&program, &["check", "--json", &article]).await;

    assert!(
        status.contains("1 watches, 0 failing · 2 articles followed"),
        "{status}"
    );
    assert!(status.contains("follows 2 articles, 1 failing"), "{status}");
    assert!(
        !status.contains(&article),
        "a list tells of its articles that are well"
    );
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().filter(|row| row["list"] == "world").count() == 2);
    assert!(stories.iter().all(|story| story["watch"] != "world"));
    assert_eq!(history.len(), 1);
    assert_eq!(outcomes(&alone), ["unchanged"]);
}

/// Whether each of these pages is among the visits twice.
fn asked_twice(visits: &[Visit], pages: &[String]) -> bool {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for visit in visits {
        *counts.entry(&visit.page).or_default() += 1;
    }
    pages
        .iter()
        .all(|page| counts.get(page.as_str()).is_some_and(|count| *count >= 2))
}

/// Two hundred articles under their own schedules, and a daemon that is killed again and again meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_hundred_articles_none_is_lost_or_told_twice_however_often_the_daemon_dies() {
    const ARTICLES: usize = 200;
    let (site, hook) = (Site::start().await, Hook::start().await);
    let pages: Vec<String> = (0..ARTICLES).map(|number| format!("a{number}")).collect();
    for (number, page) in pages.iter().enumerate() {
        site.set(page, 200, &article(number, 40));
    }
    let articles: Vec<(&str, &str)> = pages.iter().map(|page| (page.as_str(), "Floods")).collect();
    site.set("feed", 200, &feed(&site, &articles));
    let more = format!(
        "notify:\n  api: {{webhook: {{url: '{}'}}}}\ndefaults: {{every: 1s, decay: 0%, notify: [api]}}\n",
        hook.url()
    );
    let config = config(&format!("feed: '{}'", site.url("feed")), &more)
        .replace("pace: 0s", "pace: 0s, per_host: 16");
    let program = Program::new(&config);

    for visits in [60, 130, 260] {
        let mut daemon = program.start();
        daemon.until(site.visited(visits)).await;
        daemon.signal("KILL");
        daemon.ended().await;
    }
    let before = site.visits().len();
    let mut daemon = program.start();
    // Who is asked for a second time was stored at the first.
    daemon
        .until(site.until(|visits| asked_twice(&visits[before..], &pages)))
        .await;
    for (number, page) in pages.iter().enumerate() {
        site.set(page, 200, &article(number, 60));
    }
    let changed = site.visits().len();
    daemon.until(site.visited(changed + 60)).await;
    daemon.signal("KILL");
    daemon.ended().await;
    let mut daemon = program.start();
    let stories = |posts: &Vec<crate::support::hook::Post>| {
        let stories = posts
            .iter()
            .map(|post| post.body["data"]["story"]["id"].to_string());
        stories.collect::<BTreeSet<_>>().len()
    };
    daemon
        .until(hook.until(|posts| stories(posts) == ARTICLES))
        .await;
    daemon.signal("TERM");
    daemon.ended().await;

    let ids: BTreeSet<String> = hook.taken().into_iter().map(|post| post.id).collect();
    assert_eq!(ids.len(), ARTICLES, "one alert for each article");
    let counts = tokio::task::block_in_place(|| program.says(&["status"], 0));
    assert!(counts.contains("200 articles followed"), "{counts}");
}
