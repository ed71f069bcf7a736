//! The words by which pages name what surrounds a story, and the lines that only count, date or promote.
//!
//! Class names are read word by word (`related-articles`, `relatedArticles`), never as parts of words: `ad` must not be
//! found in `header`, nor `share` in `shareholders`.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::Regex;

use super::pattern::{cues, pattern};

/// What a name says of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The text of the story itself.
    Story = 1,
    /// Not the story, however much text it holds.
    Never = 2,
    /// Not the story, unless most of the text is in it.
    Furniture = 4,
    /// Not the story, unless it holds prose.
    Weak = 8,
    /// Text that belongs to a picture or video.
    Caption = 16,
    /// Who wrote it and when.
    Byline = 32,
    /// The summary above the story.
    Standfirst = 64,
    /// Text that only appears when it is pointed at, or only to screen readers.
    Unseen = 128,
}

/// Everything the names of an element say of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Purposes(u8);

impl Purposes {
    /// Whether the names say `purpose`.
    pub fn contains(self, purpose: Purpose) -> bool {
        self.0 & purpose as u8 != 0
    }

    /// Adds what one more name says.
    pub fn insert(&mut self, purpose: Purpose) {
        self.0 |= purpose as u8;
    }
}

/// Words that mean something on their own. Sorted by word.
const WORDS: &[(&str, Purpose)] = &[
    ("ad", Purpose::Furniture),
    ("adbox", Purpose::Furniture),
    ("adcontainer", Purpose::Furniture),
    ("addthis", Purpose::Furniture),
    ("addtoany", Purpose::Furniture),
    ("ads", Purpose::Furniture),
    ("adsbygoogle", Purpose::Furniture),
    ("adsense", Purpose::Furniture),
    ("adslot", Purpose::Furniture),
    ("adunit", Purpose::Furniture),
    ("advert", Purpose::Furniture),
    ("advertisement", Purpose::Furniture),
    ("advertising", Purpose::Furniture),
    ("advertisment", Purpose::Furniture),
    ("advertorial", Purpose::Furniture),
    ("adverts", Purpose::Furniture),
    ("adwrap", Purpose::Furniture),
    ("adwrapper", Purpose::Furniture),
    ("alsoread", Purpose::Furniture),
    ("anzeige", Purpose::Furniture),
    ("articlebody", Purpose::Story),
    ("articlebodytext", Purpose::Story),
    ("articlecontent", Purpose::Story),
    ("articlemeta", Purpose::Byline),
    ("articletext", Purpose::Story),
    ("attribution", Purpose::Weak),
    ("audio", Purpose::Weak),
    ("author", Purpose::Byline),
    ("authorbio", Purpose::Furniture),
    ("authorinfo", Purpose::Byline),
    ("authorname", Purpose::Byline),
    ("authors", Purpose::Byline),
    ("banner", Purpose::Furniture),
    ("bildunterschrift", Purpose::Caption),
    ("bio", Purpose::Furniture),
    ("bodycontent", Purpose::Story),
    ("bodytext", Purpose::Story),
    ("bookmark", Purpose::Weak),
    ("breadcrumb", Purpose::Furniture),
    ("breadcrumbs", Purpose::Furniture),
    ("breaking", Purpose::Furniture),
    ("btn", Purpose::Weak),
    ("button", Purpose::Weak),
    ("buttons", Purpose::Weak),
    ("byline", Purpose::Byline),
    ("bylines", Purpose::Byline),
    ("caption", Purpose::Caption),
    ("captions", Purpose::Caption),
    ("carousel", Purpose::Furniture),
    ("categories", Purpose::Weak),
    ("category", Purpose::Weak),
    ("chapeau", Purpose::Standfirst),
    ("colophon", Purpose::Never),
    ("comentarios", Purpose::Never),
    ("comment", Purpose::Never),
    ("commentaires", Purpose::Never),
    ("commentarea", Purpose::Never),
    ("commenti", Purpose::Never),
    ("commenting", Purpose::Never),
    ("commentlist", Purpose::Never),
    ("comments", Purpose::Never),
    ("consent", Purpose::Furniture),
    ("contentbody", Purpose::Story),
    ("contentinfo", Purpose::Furniture),
    ("contributor", Purpose::Byline),
    ("contributors", Purpose::Byline),
    ("controls", Purpose::Weak),
    ("cookie", Purpose::Furniture),
    ("cookiebanner", Purpose::Never),
    ("cookies", Purpose::Furniture),
    ("copyright", Purpose::Caption),
    ("correlati", Purpose::Furniture),
    ("countdown", Purpose::Weak),
    ("credit", Purpose::Caption),
    ("credits", Purpose::Caption),
    ("crosslinks", Purpose::Furniture),
    ("cta", Purpose::Furniture),
    ("date", Purpose::Byline),
    ("dateline", Purpose::Byline),
    ("datepublished", Purpose::Byline),
    ("datetime", Purpose::Byline),
    ("dateupdated", Purpose::Byline),
    ("deck", Purpose::Standfirst),
    ("dek", Purpose::Standfirst),
    ("dianomi", Purpose::Furniture),
    ("disclaimer", Purpose::Furniture),
    ("disqus", Purpose::Never),
    ("donate", Purpose::Furniture),
    ("donation", Purpose::Furniture),
    ("dontmiss", Purpose::Furniture),
    ("entrycontent", Purpose::Story),
    ("entrymeta", Purpose::Byline),
    ("eyebrow", Purpose::Weak),
    ("facebook", Purpose::Weak),
    ("fbcomments", Purpose::Never),
    ("feedback", Purpose::Furniture),
    ("figcaption", Purpose::Caption),
    ("flag", Purpose::Weak),
    ("flyout", Purpose::Furniture),
    ("follow", Purpose::Weak),
    ("fontsize", Purpose::Furniture),
    ("footer", Purpose::Furniture),
    ("footerlinks", Purpose::Never),
    ("footnav", Purpose::Never),
    ("gallery", Purpose::Weak),
    ("gdpr", Purpose::Furniture),
    ("hovercard", Purpose::Unseen),
    ("imagecaption", Purpose::Caption),
    ("imagecredit", Purpose::Caption),
    ("imgcaption", Purpose::Caption),
    ("infobox", Purpose::Furniture),
    ("interstitial", Purpose::Furniture),
    ("jprelatedposts", Purpose::Furniture),
    ("kicker", Purpose::Weak),
    ("kommentar", Purpose::Never),
    ("kommentare", Purpose::Never),
    ("lastupdated", Purpose::Byline),
    ("leesook", Purpose::Furniture),
    ("leftnav", Purpose::Furniture),
    ("leftrail", Purpose::Furniture),
    ("legende", Purpose::Caption),
    ("lightbox", Purpose::Furniture),
    ("linklist", Purpose::Furniture),
    ("linkset", Purpose::Furniture),
    ("lireaussi", Purpose::Furniture),
    ("livebar", Purpose::Furniture),
    ("livefyre", Purpose::Never),
    ("loading", Purpose::Weak),
    ("login", Purpose::Weak),
    ("maincontent", Purpose::Story),
    ("masthead", Purpose::Furniture),
    ("mediacaption", Purpose::Caption),
    ("megamenu", Purpose::Furniture),
    ("menu", Purpose::Furniture),
    ("meta", Purpose::Byline),
    ("metadata", Purpose::Byline),
    ("mgid", Purpose::Never),
    ("modal", Purpose::Furniture),
    ("morelinks", Purpose::Furniture),
    ("moreon", Purpose::Furniture),
    ("mostpopular", Purpose::Furniture),
    ("mostread", Purpose::Furniture),
    ("mostviewed", Purpose::Furniture),
    ("nativo", Purpose::Furniture),
    ("nav", Purpose::Furniture),
    ("navbar", Purpose::Furniture),
    ("navigation", Purpose::Furniture),
    ("navlist", Purpose::Furniture),
    ("newsbody", Purpose::Story),
    ("newscaption", Purpose::Caption),
    ("newscontent", Purpose::Story),
    ("newsletter", Purpose::Furniture),
    ("newsletters", Purpose::Furniture),
    ("newstext", Purpose::Story),
    ("noscript", Purpose::Unseen),
    ("notification", Purpose::Furniture),
    ("onetrust", Purpose::Never),
    ("outbrain", Purpose::Never),
    ("overlay", Purpose::Furniture),
    ("pager", Purpose::Furniture),
    ("pagination", Purpose::Furniture),
    ("paidcontent", Purpose::Furniture),
    ("partnercontent", Purpose::Furniture),
    ("partners", Purpose::Furniture),
    ("photocaption", Purpose::Caption),
    ("photocredit", Purpose::Caption),
    ("piccaption", Purpose::Caption),
    ("placeholder", Purpose::Weak),
    ("player", Purpose::Weak),
    ("playlist", Purpose::Furniture),
    ("podcast", Purpose::Weak),
    ("poll", Purpose::Weak),
    ("popover", Purpose::Unseen),
    ("popular", Purpose::Furniture),
    ("popup", Purpose::Furniture),
    ("postbody", Purpose::Story),
    ("postcontent", Purpose::Story),
    ("postdate", Purpose::Byline),
    ("postentry", Purpose::Story),
    ("postinfo", Purpose::Furniture),
    ("postmeta", Purpose::Byline),
    ("prevnext", Purpose::Furniture),
    ("print", Purpose::Weak),
    ("printable", Purpose::Unseen),
    ("printonly", Purpose::Furniture),
    ("promo", Purpose::Furniture),
    ("promobox", Purpose::Furniture),
    ("promos", Purpose::Furniture),
    ("promoted", Purpose::Furniture),
    ("promotion", Purpose::Furniture),
    ("pubdate", Purpose::Byline),
    ("publicidad", Purpose::Furniture),
    ("publicite", Purpose::Furniture),
    ("publishdate", Purpose::Byline),
    ("published", Purpose::Byline),
    ("quiz", Purpose::Weak),
    ("rail", Purpose::Furniture),
    ("rating", Purpose::Weak),
    ("ratings", Purpose::Weak),
    ("reacties", Purpose::Never),
    ("readalso", Purpose::Furniture),
    ("readingtime", Purpose::Byline),
    ("readmore", Purpose::Furniture),
    ("readnext", Purpose::Furniture),
    ("readtime", Purpose::Byline),
    ("recirc", Purpose::Furniture),
    ("recirculation", Purpose::Furniture),
    ("recommend", Purpose::Furniture),
    ("recommendation", Purpose::Furniture),
    ("recommendations", Purpose::Furniture),
    ("recommended", Purpose::Furniture),
    ("reklama", Purpose::Furniture),
    ("relacionadas", Purpose::Furniture),
    ("relacionados", Purpose::Furniture),
    ("related", Purpose::Furniture),
    ("relatedarticles", Purpose::Furniture),
    ("relatedbox", Purpose::Furniture),
    ("relatedcontent", Purpose::Furniture),
    ("relatedlinks", Purpose::Furniture),
    ("relatednews", Purpose::Furniture),
    ("relatedposts", Purpose::Furniture),
    ("relatedstories", Purpose::Furniture),
    ("replies", Purpose::Never),
    ("respond", Purpose::Never),
    ("revcontent", Purpose::Never),
    ("richtextbody", Purpose::Story),
    ("rightnav", Purpose::Furniture),
    ("rightrail", Purpose::Furniture),
    ("rubric", Purpose::Weak),
    ("screenreader", Purpose::Unseen),
    ("seealso", Purpose::Furniture),
    ("share", Purpose::Furniture),
    ("sharebar", Purpose::Furniture),
    ("sharebox", Purpose::Furniture),
    ("sharebutton", Purpose::Furniture),
    ("sharebuttons", Purpose::Furniture),
    ("sharedaddy", Purpose::Furniture),
    ("sharethis", Purpose::Furniture),
    ("sharetools", Purpose::Furniture),
    ("sharing", Purpose::Furniture),
    ("shop", Purpose::Weak),
    ("sidebar", Purpose::Furniture),
    ("sidenav", Purpose::Furniture),
    ("signup", Purpose::Furniture),
    ("sitefooter", Purpose::Never),
    ("skip", Purpose::Furniture),
    ("slideshow", Purpose::Weak),
    ("social", Purpose::Weak),
    ("socialbar", Purpose::Furniture),
    ("sociallinks", Purpose::Furniture),
    ("socialmedia", Purpose::Furniture),
    ("socials", Purpose::Furniture),
    ("socialshare", Purpose::Furniture),
    ("sottotitolo", Purpose::Standfirst),
    ("sponsor", Purpose::Furniture),
    ("sponsored", Purpose::Furniture),
    ("sponsors", Purpose::Furniture),
    ("spotim", Purpose::Never),
    ("sronly", Purpose::Unseen),
    ("srtext", Purpose::Unseen),
    ("standfirst", Purpose::Standfirst),
    ("standfirsts", Purpose::Standfirst),
    ("storybody", Purpose::Story),
    ("storycontent", Purpose::Story),
    ("storytext", Purpose::Story),
    ("subheadline", Purpose::Standfirst),
    ("submenu", Purpose::Furniture),
    ("subnav", Purpose::Furniture),
    ("subscribe", Purpose::Furniture),
    ("subscription", Purpose::Weak),
    ("subtitle", Purpose::Standfirst),
    ("survey", Purpose::Furniture),
    ("taboola", Purpose::Never),
    ("tag", Purpose::Weak),
    ("tagcloud", Purpose::Furniture),
    ("taglist", Purpose::Furniture),
    ("tags", Purpose::Furniture),
    ("teaser", Purpose::Furniture),
    ("teasers", Purpose::Furniture),
    ("textresizer", Purpose::Furniture),
    ("textsize", Purpose::Furniture),
    ("ticker", Purpose::Furniture),
    ("time", Purpose::Byline),
    ("timeago", Purpose::Byline),
    ("timer", Purpose::Weak),
    ("timestamp", Purpose::Byline),
    ("tipjar", Purpose::Furniture),
    ("toc", Purpose::Weak),
    ("toolbar", Purpose::Furniture),
    ("tools", Purpose::Weak),
    ("tooltip", Purpose::Unseen),
    ("tooltips", Purpose::Unseen),
    ("topics", Purpose::Weak),
    ("toplinks", Purpose::Furniture),
    ("topnav", Purpose::Furniture),
    ("topstories", Purpose::Furniture),
    ("trending", Purpose::Furniture),
    ("twitter", Purpose::Weak),
    ("updated", Purpose::Byline),
    ("upsell", Purpose::Furniture),
    ("verwandte", Purpose::Furniture),
    ("video", Purpose::Weak),
    ("viewers", Purpose::Furniture),
    ("visuallyhidden", Purpose::Unseen),
    ("visuallyhide", Purpose::Unseen),
    ("weather", Purpose::Weak),
    ("weiterlesen", Purpose::Furniture),
    ("werbung", Purpose::Furniture),
    ("whatsapp", Purpose::Weak),
    ("widget", Purpose::Weak),
    ("widgets", Purpose::Weak),
    ("wpcaption", Purpose::Caption),
    ("wpcnt", Purpose::Furniture),
    ("writer", Purpose::Byline),
    ("zergnet", Purpose::Never),
];

/// Two words that mean something together. Sorted.
const PAIRS: &[(&str, &str, Purpose)] = &[
    ("a11y", "text", Purpose::Unseen),
    ("about", "author", Purpose::Furniture),
    ("ad", "slot", Purpose::Furniture),
    ("after", "content", Purpose::Furniture),
    ("also", "like", Purpose::Furniture),
    ("also", "read", Purpose::Furniture),
    ("app", "promo", Purpose::Furniture),
    ("around", "web", Purpose::Furniture),
    ("article", "body", Purpose::Story),
    ("article", "content", Purpose::Story),
    ("article", "date", Purpose::Byline),
    ("article", "footer", Purpose::Furniture),
    ("article", "main", Purpose::Story),
    ("article", "meta", Purpose::Byline),
    ("article", "tags", Purpose::Furniture),
    ("article", "text", Purpose::Story),
    ("assistive", "text", Purpose::Unseen),
    ("author", "bio", Purpose::Furniture),
    ("author", "box", Purpose::Furniture),
    ("body", "content", Purpose::Story),
    ("body", "copy", Purpose::Story),
    ("body", "text", Purpose::Story),
    ("call", "action", Purpose::Furniture),
    ("comment", "section", Purpose::Never),
    ("comments", "area", Purpose::Never),
    ("content", "body", Purpose::Story),
    ("cookie", "banner", Purpose::Never),
    ("cookie", "consent", Purpose::Never),
    ("cookie", "notice", Purpose::Never),
    ("editor", "picks", Purpose::Furniture),
    ("editors", "picks", Purpose::Furniture),
    ("email", "signup", Purpose::Furniture),
    ("entry", "content", Purpose::Story),
    ("entry", "footer", Purpose::Furniture),
    ("entry", "meta", Purpose::Byline),
    ("fb", "comments", Purpose::Never),
    ("follow", "us", Purpose::Furniture),
    ("font", "size", Purpose::Furniture),
    ("footer", "bottom", Purpose::Never),
    ("footer", "links", Purpose::Never),
    ("footer", "wrap", Purpose::Never),
    ("global", "footer", Purpose::Never),
    ("image", "caption", Purpose::Caption),
    ("image", "credit", Purpose::Caption),
    ("inline", "links", Purpose::Furniture),
    ("last", "updated", Purpose::Byline),
    ("latest", "news", Purpose::Furniture),
    ("latest", "posts", Purpose::Furniture),
    ("latest", "stories", Purpose::Furniture),
    ("link", "list", Purpose::Furniture),
    ("links", "block", Purpose::Furniture),
    ("live", "bar", Purpose::Furniture),
    ("load", "more", Purpose::Furniture),
    ("main", "footer", Purpose::Never),
    ("media", "caption", Purpose::Caption),
    ("more", "articles", Purpose::Furniture),
    ("more", "from", Purpose::Furniture),
    ("more", "news", Purpose::Furniture),
    ("more", "on", Purpose::Furniture),
    ("more", "posts", Purpose::Furniture),
    ("more", "stories", Purpose::Furniture),
    ("more", "story", Purpose::Furniture),
    ("most", "popular", Purpose::Furniture),
    ("most", "read", Purpose::Furniture),
    ("most", "viewed", Purpose::Furniture),
    ("must", "read", Purpose::Furniture),
    ("news", "body", Purpose::Story),
    ("news", "content", Purpose::Story),
    ("news", "text", Purpose::Story),
    ("next", "article", Purpose::Furniture),
    ("next", "post", Purpose::Furniture),
    ("next", "prev", Purpose::Furniture),
    ("next", "up", Purpose::Furniture),
    ("off", "screen", Purpose::Unseen),
    ("page", "footer", Purpose::Never),
    ("photo", "credit", Purpose::Caption),
    ("post", "body", Purpose::Story),
    ("post", "content", Purpose::Story),
    ("post", "footer", Purpose::Furniture),
    ("post", "meta", Purpose::Byline),
    ("post", "navigation", Purpose::Furniture),
    ("post", "tags", Purpose::Furniture),
    ("prev", "next", Purpose::Furniture),
    ("print", "only", Purpose::Furniture),
    ("publish", "date", Purpose::Byline),
    ("read", "also", Purpose::Furniture),
    ("read", "more", Purpose::Furniture),
    ("read", "next", Purpose::Furniture),
    ("read", "time", Purpose::Byline),
    ("reading", "time", Purpose::Byline),
    ("recent", "news", Purpose::Furniture),
    ("recent", "posts", Purpose::Furniture),
    ("related", "links", Purpose::Furniture),
    ("rich", "text", Purpose::Story),
    ("rollover", "block", Purpose::Unseen),
    ("screen", "reader", Purpose::Unseen),
    ("see", "also", Purpose::Furniture),
    ("share", "links", Purpose::Furniture),
    ("sign", "up", Purpose::Furniture),
    ("similar", "posts", Purpose::Furniture),
    ("site", "footer", Purpose::Never),
    ("skip", "link", Purpose::Furniture),
    ("sr", "only", Purpose::Unseen),
    ("story", "body", Purpose::Story),
    ("story", "content", Purpose::Story),
    ("story", "footer", Purpose::Furniture),
    ("story", "links", Purpose::Furniture),
    ("story", "meta", Purpose::Byline),
    ("story", "text", Purpose::Story),
    ("tag", "list", Purpose::Furniture),
    ("text", "resize", Purpose::Furniture),
    ("text", "size", Purpose::Furniture),
    ("time", "ago", Purpose::Byline),
    ("top", "stories", Purpose::Furniture),
    ("trinity", "player", Purpose::Furniture),
    ("up", "next", Purpose::Furniture),
    ("user", "comments", Purpose::Never),
    ("visually", "hidden", Purpose::Unseen),
    ("wp", "caption", Purpose::Caption),
    ("you", "may", Purpose::Furniture),
    ("you", "might", Purpose::Furniture),
];

/// What the names of an element (its `class`, `id`, `role`, …) say of it.
pub(super) fn purposes(names: &str) -> Purposes {
    let mut found = Purposes::default();
    let mut word = String::new();
    let mut before = String::new();
    for name in names.split_ascii_whitespace() {
        before.clear();
        let mut after_small = false;
        for letter in name.chars().chain(Some('-')) {
            let is_part = letter.is_ascii_alphanumeric();
            let breaks = !is_part || letter.is_ascii_uppercase() && after_small;
            if breaks && !word.is_empty() {
                look_up(&before, &word, &mut found);
                std::mem::swap(&mut before, &mut word);
                word.clear();
            }
            if is_part {
                word.push(letter.to_ascii_lowercase());
            }
            after_small = letter.is_ascii_lowercase();
        }
    }
    found
}

/// Adds what a word says alone and after the word before it. A number at its end says nothing (`teaser2`), one inside it
/// makes it another word, so that hashes in class names do not read as words.
fn look_up(before: &str, word: &str, found: &mut Purposes) {
    let word = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
    // `content-with-sidebar` and `no-sidebar` are not sidebars.
    if matches!(
        before,
        "with" | "has" | "have" | "no" | "without" | "not" | "one" | "two" | "both" | "hide" | "is"
    ) {
        return;
    }
    if let Ok(at) = WORDS.binary_search_by(|(known, _)| (*known).cmp(word)) {
        found.insert(WORDS[at].1);
    }
    let pair = PAIRS.binary_search_by(|(first, second, _)| (*first, *second).cmp(&(before, word)));
    if let Ok(at) = pair {
        found.insert(PAIRS[at].2);
    }
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
    words == 0
        || words <= 60 && PROMOTES.is_match(line)
        || words <= 60 && CUES.is_match(line) && ADVERTISES.is_match(line)
        || words <= 14 && COUNTS.is_match(line)
}

/// Whether a short line is nothing but the time of day.
pub(super) fn is_clock_time(line: &str) -> bool {
    line.len() <= 24 && CLOCK.is_match(line)
}

/// Whether a heading announces other stories.
pub(super) fn announces_others(line: &str) -> bool {
    line.len() <= 80 && ANNOUNCES.is_match(line)
}

static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[\W_]*\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\ ?[ap]\.?m\.?)?(?:\ ?(?:uhr|gmt|utc|bst|[ce]e?s?t|[ecmp][sd]?t))?[\W_]*$",
    )
});

static ANNOUNCES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[\W_]*(?:
            (?:you\ (?:may|might|could)\ (?:also\ )?(?:like|be\ interested)|(?:we\ )?recommend(?:ed)?|related|more\ (?:on|from|about|stories|news|great|like|to\ read|in|articles|coverage)|read\ (?:more|next|also)|also\ (?:read|on|in)
              |trending|most\ (?:read|popular|viewed|shared|commented)|popular|top\ stories|latest|don(?:'|’)t\ miss|must\ reads?|editor(?:'|’)?s(?:'|’)?\ picks?|up\ next|next\ up|see\ also|further\ reading|keep\ reading|from\ the\ web|around\ the\ web
              |recent\ (?:posts|articles|stories|news)|similar\ (?:posts|articles|stories)|what\ (?:to\ read|others)|other\ (?:stories|news|articles)|sponsored|promoted|partner\ (?:news|content)|newsletters?
              |mehr\ zum\ thema|lesen\ sie\ auch|das\ könnte\ sie|(?:à\ )?lire\ aussi|sur\ le\ même\ (?:sujet|thème)|lea\ también|te\ puede\ interesar|más\ noticias|noticias\ relacionadas|leia\ (?:também|mais)|veja\ também|leggi\ anche|potrebbe\ interessarti|lees\ ook|läs\ (?:också|mer)|les\ også|читайте\ также|czytaj\ (?:także|też))
        )\b[^.!?]{0,50}[\W_]*$",
    )
});

/// One of these words is in every line that [`ADVERTISES`] finds.
static CUES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    cues(&[
        "inbox",
        "newsletter",
        "sign up",
        "subscribe",
        "contribut",
        "coverage",
        "tip",
        "reporting",
        "@",
        "our standards",
        "facebook",
        "twitter",
        "instagram",
        "youtube",
        "linkedin",
        "tiktok",
        "snapchat",
        "telegram",
        "whatsapp",
        "threads",
        "bluesky",
        "mastodon",
        " x",
        "for more",
        "provided",
        "produced",
        "sponsored",
    ])
});

/// Lines that ask for a subscription, a follower or a hint, wherever in them they do.
static ADVERTISES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"
            \b(?:sign\ up|subscribe)\b.{0,120}\b(?:newsletter|inbox|briefing|e-?mail\ updates?|alerts)\b | \b(?:newsletter|inbox)\b.{0,80}\b(?:sign\ up|subscribe)\b
          | ^get\ .{0,80}\b(?:inbox|newsletters?)\b
          | ^(?:follow|like|find|join)\ .{1,60}\b(?:on|at|via)\ (?:facebook|twitter|instagram|youtube|linkedin|tiktok|snapchat|telegram|whatsapp|threads|bluesky|mastodon|x\b)
          | ^follow\ .{0,60}\bcoverage\b | ^for\ more\ .{0,80}\b(?:coverage|visit|go\ to|click|follow)\b
          | ^(?:have|got)\ an?\ (?:news\ |story\ )?tip\b
          | \b(?:contributed|contributing)\ (?:reporting|to\ this\ (?:report|story|article))\b | ^(?:additional\ )?reporting\ (?:for\ this\ .{2,20}\ )?(?:was\ )?(?:contributed\ )?by\b
          | ^(?:write\ to|contact|e-?mail|reach)\ .{2,50}\b(?:at\ )?\S+@\S+
          | ^our\ standards:\ | ^this\ (?:content|article|story)\ (?:is|was)\ (?:provided|produced|sponsored)\b",
    )
});

/// Lines that start as a promotion of something else.
static PROMOTES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[\W_]*(?:
            (?:also\ )?read(?:\ more|\ also|\ next|\ now|\ too|\ on)?\s*(?:[:|>»\]]|$)
          | also\ (?:on|in|from|see|watch|like)\b.{0,40}[:|]
          | (?:see|watch|listen|more|related|click\ here)\ ?(?:also|more|now|here|stories|articles|coverage|news|video|story|from|on)?\s*[:|]
          | (?:recommended|related|most\ read|most\ popular|trending|popular|don(?:'|’)t\ miss|must\ read|editor(?:'|’)s\ picks?|in\ pictures|up\ next)(?:\ (?:news|stories|articles|coverage|content|posts|topics|links|video))?\s*(?:[:|].*|$)
          | advert(?:s|isements?|ising)?$ | ad$ | iklan$ | reklama?$ | anuncio$ | anzeige$ | text\ size$ | caption$ | close$ | tags?:?$ | topics:?$ | categor(?:y|ies):?$ | filed\ under\b.{0,60}$ | scroll\ (?:down\ )?(?:to|for)\b.{0,30}$ | publicité$ | publicidad$ | advertentie$ | werbung$ | sponsored(?:\ content)?$
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
});

/// Lines that only count or date.
static COUNTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[\W_]*(?:
            (?:last\ )?(?:updated|published|modified|posted|first\ published|created)\s*(?:at|on|:)?\s*.{0,20}\d.{0,40}
          | (?:about\ |an?\ |over\ )?(?:\d+|an?|one|two|few)?\s*(?:sec(?:ond)?s?|min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?|months?|years?)\ ago
          | \d[\d.,\ ]*[km]?\s*(?:comments?|shares?|likes?|views?|replies|reactions?|votes?|retweets?|reads?|followers?|people\ reading(?:\ now)?|readers)
          | \d+\s*min(?:ute)?s?\ (?:to\ )?read
          | (?:reading\ time|estimated\ reading\ time|time\ to\ read)\b.{0,25}
          | (?:video|audio|watch|photo|photos|image|gallery)\s*[:|].{0,60}\(\d+:\d\d\)
          | (?:page|slide|photo|image)?\s*\d+\s*(?:of|/)\s*\d+
        )[\W_]*$",
    )
});
