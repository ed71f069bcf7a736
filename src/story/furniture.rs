//! The words by which pages name what surrounds a story, and the lines that only count, date or promote.
//!
//! Class names are read word by word (`related-articles`, `relatedArticles`), never as parts of words: `ad` must not be
//! found in `header`, nor `share` in `shareholders`.

use std::sync::LazyLock;

use regex::Regex;

/// What a name says of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Purpose {
    /// Nothing that is known.
    Unknown,
    /// The text of the story itself.
    Story,
    /// Not the story, unless most of the text is in it.
    Furniture,
    /// Not the story, however much text it holds.
    NeverStory,
    /// Text that belongs to a picture or video.
    Caption,
    /// Who wrote it and when.
    Byline,
    /// The summary above the story.
    Standfirst,
}

/// Words that name furniture on their own. Sorted.
const FURNITURE: &[&str] = &[
    "ad",
    "addthis",
    "addtoany",
    "ads",
    "adsbygoogle",
    "adsense",
    "adslot",
    "adunit",
    "advert",
    "advertisement",
    "advertising",
    "advertisment",
    "adverts",
    "adwrap",
    "alsoread",
    "attribution",
    "authorbio",
    "bio",
    "bookmark",
    "breadcrumb",
    "breadcrumbs",
    "breaking",
    "carousel",
    "contentinfo",
    "consent",
    "cookie",
    "cookies",
    "cta",
    "dfp",
    "disclaimer",
    "donate",
    "donation",
    "dontmiss",
    "facebook",
    "feedback",
    "flyout",
    "follow",
    "footer",
    "footnav",
    "gallery",
    "gdpr",
    "gpt",
    "hidden",
    "infobox",
    "interstitial",
    "jp",
    "lightbox",
    "linklist",
    "linkset",
    "livebar",
    "login",
    "masthead",
    "megamenu",
    "menu",
    "metered",
    "modal",
    "mostread",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "newsletters",
    "notification",
    "outbrain",
    "overlay",
    "pager",
    "pagination",
    "paywall",
    "piano",
    "player",
    "playlist",
    "podcast",
    "poll",
    "popup",
    "prevnext",
    "print",
    "printonly",
    "promo",
    "promos",
    "promobox",
    "promotion",
    "quiz",
    "rating",
    "ratings",
    "readalso",
    "readmore",
    "recirc",
    "recirculation",
    "recommend",
    "recommendation",
    "recommendations",
    "recommended",
    "reklama",
    "related",
    "relatedarticles",
    "relatedcontent",
    "relatedlinks",
    "relatedposts",
    "relatedstories",
    "screenreader",
    "share",
    "sharebar",
    "sharedaddy",
    "sharethis",
    "sharing",
    "shop",
    "sidebar",
    "signup",
    "skip",
    "slideshow",
    "social",
    "socialmedia",
    "sponsor",
    "sponsored",
    "sponsors",
    "srl",
    "sronly",
    "subscribe",
    "subscription",
    "survey",
    "tagcloud",
    "taglist",
    "tags",
    "teaser",
    "teasers",
    "ticker",
    "toolbar",
    "tools",
    "tooltip",
    "topics",
    "trending",
    "twitter",
    "upsell",
    "viewers",
    "visuallyhidden",
    "weather",
    "whatsapp",
    "widget",
    "widgets",
];

/// Words that name what is never the story. Sorted.
const NEVER: &[&str] = &[
    "comment",
    "commentlist",
    "comments",
    "disqus",
    "fbcomments",
    "livefyre",
    "outbrain",
    "replies",
    "respond",
    "spotim",
    "taboola",
];

/// Words that name the text of the story. Sorted.
const STORY: &[&str] = &[
    "articlebody",
    "articlecontent",
    "articletext",
    "bodycontent",
    "entrycontent",
    "maincontent",
    "postbody",
    "postcontent",
    "storybody",
    "storycontent",
    "storytext",
];

/// Words that name a caption or credit. Sorted.
const CAPTION: &[&str] = &[
    "caption",
    "captions",
    "copyright",
    "credit",
    "credits",
    "figcaption",
    "imagecaption",
    "photocredit",
    "wpcaption",
];

/// Words that name the line of author and date. Sorted.
const BYLINE: &[&str] = &[
    "author",
    "authors",
    "byline",
    "bylines",
    "contributor",
    "contributors",
    "date",
    "dateline",
    "datetime",
    "lastupdated",
    "meta",
    "metadata",
    "pubdate",
    "publishdate",
    "published",
    "readtime",
    "readingtime",
    "time",
    "timestamp",
    "updated",
];

/// Words that name the summary above the story. Sorted.
const STANDFIRST: &[&str] = &[
    "dek",
    "deck",
    "standfirst",
    "standfirsts",
    "subhead",
    "subheadline",
    "subtitle",
];

/// Two words that name something together. Sorted.
const PAIRS: &[(&str, &str, Purpose)] = &[
    ("after", "content", Purpose::Furniture),
    ("also", "like", Purpose::Furniture),
    ("also", "read", Purpose::Furniture),
    ("around", "web", Purpose::Furniture),
    ("article", "body", Purpose::Story),
    ("article", "content", Purpose::Story),
    ("article", "tags", Purpose::Furniture),
    ("article", "text", Purpose::Story),
    ("body", "content", Purpose::Story),
    ("body", "copy", Purpose::Story),
    ("body", "text", Purpose::Story),
    ("call", "action", Purpose::Furniture),
    ("content", "body", Purpose::Story),
    ("cookie", "banner", Purpose::NeverStory),
    ("entry", "content", Purpose::Story),
    ("editors", "picks", Purpose::Furniture),
    ("key", "points", Purpose::Unknown),
    ("latest", "news", Purpose::Furniture),
    ("latest", "posts", Purpose::Furniture),
    ("latest", "stories", Purpose::Furniture),
    ("links", "block", Purpose::Furniture),
    ("load", "more", Purpose::Furniture),
    ("more", "articles", Purpose::Furniture),
    ("more", "from", Purpose::Furniture),
    ("more", "info", Purpose::Unknown),
    ("more", "news", Purpose::Furniture),
    ("more", "on", Purpose::Furniture),
    ("more", "stories", Purpose::Furniture),
    ("most", "popular", Purpose::Furniture),
    ("most", "read", Purpose::Furniture),
    ("most", "viewed", Purpose::Furniture),
    ("must", "read", Purpose::Furniture),
    ("next", "article", Purpose::Furniture),
    ("next", "post", Purpose::Furniture),
    ("next", "prev", Purpose::Furniture),
    ("off", "screen", Purpose::Furniture),
    ("post", "body", Purpose::Story),
    ("post", "content", Purpose::Story),
    ("prev", "next", Purpose::Furniture),
    ("read", "also", Purpose::Furniture),
    ("read", "more", Purpose::Furniture),
    ("read", "next", Purpose::Furniture),
    ("read", "time", Purpose::Byline),
    ("recent", "posts", Purpose::Furniture),
    ("screen", "reader", Purpose::Furniture),
    ("see", "also", Purpose::Furniture),
    ("sign", "up", Purpose::Furniture),
    ("similar", "posts", Purpose::Furniture),
    ("skip", "link", Purpose::Furniture),
    ("sr", "only", Purpose::Furniture),
    ("story", "body", Purpose::Story),
    ("story", "content", Purpose::Story),
    ("story", "text", Purpose::Story),
    ("tag", "list", Purpose::Furniture),
    ("top", "stories", Purpose::Furniture),
    ("trinity", "player", Purpose::Furniture),
    ("up", "next", Purpose::Furniture),
    ("visually", "hidden", Purpose::Furniture),
    ("you", "may", Purpose::Furniture),
];

/// What the names of an element (its `class`, `id`, `role`, …) say of it; the least like a story wins.
pub(super) fn purpose(names: &str) -> Vec<Purpose> {
    let mut found = Vec::new();
    for name in names.split_ascii_whitespace() {
        let mut before: Option<String> = None;
        for word in words(name) {
            if let Some(before) = &before {
                let pair = PAIRS.binary_search_by(|(first, second, _)| {
                    (*first, *second).cmp(&(before.as_str(), word.as_str()))
                });
                if let Ok(at) = pair {
                    found.push(PAIRS[at].2);
                }
            }
            let single = alone(&word);
            if single != Purpose::Unknown {
                found.push(single);
            }
            before = Some(word);
        }
    }
    found
}

/// What one word of a name says.
fn alone(word: &str) -> Purpose {
    let is_in = |list: &[&str]| list.binary_search(&word).is_ok();
    match () {
        () if is_in(NEVER) => Purpose::NeverStory,
        () if is_in(STORY) => Purpose::Story,
        () if is_in(FURNITURE) => Purpose::Furniture,
        () if is_in(CAPTION) => Purpose::Caption,
        () if is_in(BYLINE) => Purpose::Byline,
        () if is_in(STANDFIRST) => Purpose::Standfirst,
        () => Purpose::Unknown,
    }
}

/// The words of a name in lower case: `relatedArticles2` is `related`, `articles`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut after_small = false;
    for letter in name.chars() {
        let breaks = !letter.is_ascii_alphabetic() || letter.is_ascii_uppercase() && after_small;
        if breaks && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if letter.is_ascii_alphabetic() {
            word.push(letter.to_ascii_lowercase());
        }
        after_small = letter.is_ascii_lowercase();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Whether a whole line only counts, dates, promotes or asks for something: it stands on the page, not in the story.
///
/// ```
/// use claimwatch::story::furniture::is_boilerplate;
///
/// assert!(is_boilerplate("READ MORE: Ten ways to save water"));
/// assert!(is_boilerplate("Updated 2 hours ago"));
/// assert!(!is_boilerplate("Two hours ago the convoy arrived, the mayor said."));
/// ```
#[must_use]
pub fn is_boilerplate(line: &str) -> bool {
    let words = line.split_whitespace().count();
    words == 0 || words <= 60 && PROMOTES.is_match(line) || words <= 14 && COUNTS.is_match(line)
}

/// Lines that start as a promotion of something else.
#[allow(clippy::expect_used)]
static PROMOTES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^[\W_]*(?:
            (?:also\ )?read(?:\ more|\ also|\ next|\ now|\ too|\ on)?\s*(?:[:|>»\]]|$)
          | also\ (?:on|in|from|see|watch|like)\b.{0,40}[:|]
          | (?:see|watch|listen|more|related|click\ here)\ ?(?:also|more|now|here|stories|articles|coverage|news|video|story|from|on)?\s*[:|]
          | (?:recommended|related|most\ read|most\ popular|trending|popular|don(?:'|’)t\ miss|must\ read|editor(?:'|’)s\ picks?|in\ pictures|up\ next)\s*(?:[:|].*|$)
          | advertisement$ | anzeige$ | publicité$ | publicidad$ | advertentie$ | werbung$ | sponsored(?:\ content)?$
          | (?:article|story)\ continues\ (?:below|after).{0,30}$
          | sign\ up\ (?:for|to)\ (?:our|the|a|get|receive|my)\b.{0,150}$
          | subscribe\ (?:to|now|for|today)\b.{0,120}$
          | follow\ (?:us|me|him|her|@|the\ author).{0,80}$
          | (?:share|tweet|email|print|save|comments?|facebook|twitter|whatsapp|linkedin|pinterest)(?:\ (?:this|article|story|on|via|to).{0,30})?:?$
          | share\ this\b.{0,30}$
          | (?:click|tap)\ here\ (?:to|for)\b.{0,80}$
          | (?:get|download)\ (?:the|our)\ .{0,30}\bapp\b.{0,40}$
          | lesen\ sie\ (?:auch|mehr|hier|dazu).{0,150}$ | mehr\ zum\ thema.{0,80}$ | lire\ aussi.{0,150}$ | à\ lire\ aussi.{0,150}$ | lea\ también.{0,150}$ | leia\ (?:também|mais).{0,150}$ | leggi\ anche.{0,150}$ | lees\ ook.{0,150}$ | läs\ (?:också|mer).{0,150}$ | czytaj\ także.{0,150}$ | читайте\ также.{0,150}$ | читать\ далее.{0,50}$
          | (?:this|the)\ (?:story|article|page|post|report)\ (?:has\ been|was|is\ being|will\ be)\ (?:last\ )?updated\b(?:.{0,60})$
          | (?:all\ rights\ reserved|copyright\ ©|©\ ?(?:19|20)\d\d|\(c\)\ (?:19|20)\d\d).{0,120}$
          | loading\s*(?:\.\.\.|…)?$
        )",
    )
    .expect("the pattern is written here")
});

/// Lines that only count or date.
#[allow(clippy::expect_used)]
static COUNTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^[\W_]*(?:
            (?:last\ )?(?:updated|published|modified|posted|first\ published|created)\s*(?:at|on|:)?\s*.{0,20}\d.{0,40}
          | (?:about\ |an?\ |over\ )?(?:\d+|an?|one|two|few)?\s*(?:sec(?:ond)?s?|min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?|months?|years?)\ ago
          | \d[\d.,\ ]*[km]?\s*(?:comments?|shares?|likes?|views?|replies|reactions?|votes?|retweets?|reads?|followers?|people\ reading(?:\ now)?|readers)
          | \d+\s*min(?:ute)?s?\ (?:to\ )?read
          | (?:reading\ time|estimated\ reading\ time|time\ to\ read)\b.{0,25}
          | (?:video|audio|watch|photo|photos|image|gallery)\s*[:|].{0,60}\(\d+:\d\d\)
          | (?:page|slide|photo|image)?\s*\d+\s*(?:of|/)\s*\d+
          | \d{1,2}:\d\d(?:\ ?[ap]\.?m\.?)?
        )[\W_]*$",
    )
    .expect("the pattern is written here")
});
