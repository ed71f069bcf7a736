//! What the benches share: a page as news sites make them, and time as the processor counts it.

#![allow(dead_code, reason = "no bench uses all of it")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// The running text of the pages.
const NEWS: &str = include_str!("../news.txt");
/// Teasers, comments and links of a page.
const TEASERS: u32 = 40;

/// What may differ between two pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Edit {
    /// What stands around the story: counters, teasers, advertisements, a nonce.
    pub noise: u32,
    /// The figure in the story.
    pub figure: u32,
}

/// A news page of about 80 KB: story `number`, with navigation, scripts, teasers and comments around it.
#[must_use]
pub fn page(number: u32, edit: Edit) -> String {
    let Edit { noise, figure } = edit;
    let mut html = String::with_capacity(96 * 1024);
    let headline = format!("Floods cut off the towns of district {number}");
    let ld = format!(
        r#"{{"@type":"NewsArticle","headline":"{headline}","datePublished":"2026-11-10T08:00:00Z"}}"#
    );
    write(
        &mut html,
        format_args!(
            "<!doctype html><html lang=en><head><meta charset=utf-8><title>{headline} | The Bench</title>\
         <meta property=og:title content=\"{headline}\"><link rel=canonical href=/story/{number}>\
         <script type=application/ld+json>{ld}</script><style>"
        ),
    );
    for rule in 0..300 {
        write(
            &mut html,
            format_args!(
                ".c{rule}{{margin:{}px;padding:{}px;display:block}}\n",
                rule % 40,
                rule % 13
            ),
        );
    }
    write(
        &mut html,
        format_args!(
            "</style><script>window.nonce=\"{:x}\";\n",
            mix(number, noise)
        ),
    );
    for function in 0..600 {
        write(
            &mut html,
            format_args!(
                "window.q{function}=function(a,b){{return (a*{function}+b)%{}<4?a:b;}};\n",
                function % 9 + 7
            ),
        );
    }
    html.push_str("</script></head><body><header><nav><ul>");
    for section in 0..80 {
        write(
            &mut html,
            format_args!(
                "<li class=c{section}><a href=/section/{section}>Section {section}</a></li>"
            ),
        );
    }
    write(
        &mut html,
        format_args!(
            "</ul></nav></header><main><article class=story><h1>{headline}</h1><p class=byline>By Dora Pell \
         <time>Updated {} minutes ago</time> <span class=count>{} comments</span></p><div class=story-body>",
            noise % 60,
            mix(number, noise) % 900
        ),
    );
    write(
        &mut html,
        format_args!(
            "<p>Rescuers have led people out of {} houses in district {number}, the fire service said on Monday.</p>",
            400 + number % 500 + figure
        ),
    );
    // The same paragraphs in another order and with names of their own, so that no two stories are alike.
    let paragraphs: Vec<&str> = NEWS.split("\n\n").map(str::trim).collect();
    for at in 0..paragraphs.len() * 2 {
        let paragraph = paragraphs[(at + number as usize) % paragraphs.len()];
        write(
            &mut html,
            format_args!("<p>In part {at} of district {number}: {paragraph}</p>"),
        );
        if at == 4 {
            write(
                &mut html,
                format_args!(
                    "<div class=ad id=ad-{:x}>Advertisement: save {}% today</div>",
                    mix(number, noise),
                    noise % 90
                ),
            );
        }
    }
    html.push_str("</div></article><aside><h2>Related</h2><ul>");
    for teaser in 0..TEASERS {
        let other = mix(number ^ teaser, noise) % 9_999;
        write(
            &mut html,
            format_args!(
                "<li class=\"card card--small u-mb-{teaser}\"><a class=card__link href=/x/{other} data-track=teaser-{teaser}>\
             <div class=card__media><img class=lazy src=/i/{other}.jpg width=320 height=180 alt=\"\"></div>\
             <div class=card__text><h3 class=card__title>Storm nears coast {other}</h3>\
             <span class=card__time>{} min ago</span></div></a></li>",
                other % 60
            ),
        );
    }
    html.push_str("</ul></aside><section class=comments><h2>Comments</h2><ol>");
    for comment in 0..TEASERS / 2 {
        let reader = mix(number ^ comment, noise) % 999;
        write(
            &mut html,
            format_args!(
                "<li class=comment><b>reader{reader}</b> <span>{} minutes ago</span><p>Court delays ruling, they said. I count {} reasons.</p></li>",
                reader % 60,
                reader % 98
            ),
        );
    }
    html.push_str("</ol></section></main><footer><ul>");
    for section in 0..80 {
        write(
            &mut html,
            format_args!(
                "<li class=c{section}><a href=/section/{section}>Section {section}</a></li>"
            ),
        );
    }
    html.push_str("</ul></footer></body></html>");
    html
}

fn write(html: &mut String, piece: std::fmt::Arguments<'_>) {
    html.write_fmt(piece)
        .expect("writing to a String cannot fail");
}

/// A number that looks like none of its neighbours.
fn mix(number: u32, noise: u32) -> u32 {
    let mut state = number.wrapping_mul(0x9e37_79b9) ^ noise.wrapping_mul(0x85eb_ca6b);
    state ^= state >> 15;
    state = state.wrapping_mul(0x2c1b_3c6d);
    state ^ state >> 13
}

/// The best of several passes over `work` for one turn of it, in processor time.
pub fn best(passes: u32, mut work: impl FnMut()) -> Duration {
    const PASS: Duration = Duration::from_millis(150);
    let mut turns = 1;
    loop {
        let took = timed(turns, &mut work);
        if took >= PASS {
            break;
        }
        turns *= 2;
    }
    (0..passes)
        .map(|_| timed(turns, &mut work) / turns)
        .min()
        .unwrap_or_default()
}

fn timed(turns: u32, work: &mut impl FnMut()) -> Duration {
    let start = processor_time();
    for _ in 0..turns {
        work();
    }
    processor_time().saturating_sub(start)
}

/// The time this thread was on a processor, or the time of the wall where the system does not tell.
#[must_use]
pub fn processor_time() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|line| line.split_whitespace().next()?.parse().ok())
        .map_or_else(
            || START.get_or_init(Instant::now).elapsed(),
            Duration::from_nanos,
        )
}
