//! The words by which pages name what surrounds a story.
//!
//! Class names are read word by word (`related-articles`, `relatedArticles`), never as parts of words: `ad` must not be
//! found in `header`, nor `share` in `shareholders`.

/// What a name says of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
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
    ("consent", Purpose::Never),
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
    ("gdpr", Purpose::Never),
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

/// The longest word that is looked up.
const MAX_WORD_BYTES: usize = 24;

/// A word of a name in lower case.
#[derive(Clone, Copy, Default)]
struct Word {
    letters: [u8; MAX_WORD_BYTES],
    length: usize,
}

impl Word {
    fn push(&mut self, letter: u8) {
        if let Some(place) = self.letters.get_mut(self.length) {
            *place = letter.to_ascii_lowercase();
        }
        self.length += 1;
    }

    /// The word, empty where it is too long to be a known one. A number at its end says nothing (`teaser2`), one inside
    /// it makes it another word, so that hashes in class names do not read as words.
    fn known(&self) -> &str {
        let letters = self.letters.get(..self.length).unwrap_or_default();
        let text = std::str::from_utf8(letters).unwrap_or_default();
        text.trim_end_matches(|letter: char| letter.is_ascii_digit())
    }
}

/// What the names of an element (its `class`, `id`, `role`, …) say of it.
pub(super) fn purposes(names: &str) -> Purposes {
    let mut found = Purposes::default();
    let mut word = Word::default();
    let mut before = Word::default();
    let mut after_small = false;
    for letter in names.bytes().chain([b' ']) {
        let is_part = letter.is_ascii_alphanumeric();
        let breaks = !is_part || letter.is_ascii_uppercase() && after_small;
        if breaks && word.length > 0 {
            look_up(before.known(), word.known(), &mut found);
            before = word;
            word = Word::default();
        }
        if is_part {
            word.push(letter);
        } else if letter.is_ascii_whitespace() {
            before = Word::default();
        }
        after_small = letter.is_ascii_lowercase();
    }
    found
}

/// Adds what a word says alone and after the word before it.
fn look_up(before: &str, word: &str, found: &mut Purposes) {
    let Some(letter) = word.bytes().next() else {
        return;
    };
    // `content-with-sidebar` and `no-sidebar` are not sidebars.
    if matches!(
        before,
        "with" | "has" | "have" | "no" | "without" | "not" | "one" | "two" | "both" | "hide" | "is"
    ) {
        return;
    }
    let same_letter = &WORDS[WORDS_BY_LETTER[place(letter)]..WORDS_BY_LETTER[place(letter) + 1]];
    if let Ok(at) = same_letter.binary_search_by(|(known, _)| (*known).cmp(word)) {
        found.insert(same_letter[at].1);
    }
    let Some(letter) = before.bytes().next() else {
        return;
    };
    let same_letter = &PAIRS[PAIRS_BY_LETTER[place(letter)]..PAIRS_BY_LETTER[place(letter) + 1]];
    let pair =
        same_letter.binary_search_by(|(first, second, _)| (*first, *second).cmp(&(before, word)));
    if let Ok(at) = pair {
        found.insert(same_letter[at].2);
    }
}

/// Where the entries with each first letter begin, and after them the end. Nearly every word of a page is none of ours.
const WORDS_BY_LETTER: [usize; 28] = {
    let mut starts = [0; 28];
    let mut at = 0;
    while at < WORDS.len() {
        starts[place(WORDS[at].0.as_bytes()[0]) + 1] = at + 1;
        at += 1;
    }
    fill(starts)
};

/// As [`WORDS_BY_LETTER`], by the first word of each pair.
const PAIRS_BY_LETTER: [usize; 28] = {
    let mut starts = [0; 28];
    let mut at = 0;
    while at < PAIRS.len() {
        starts[place(PAIRS[at].0.as_bytes()[0]) + 1] = at + 1;
        at += 1;
    }
    fill(starts)
};

/// Letters without entries begin where the letter before them ends.
const fn fill(mut starts: [usize; 28]) -> [usize; 28] {
    let mut letter = 1;
    while letter < 28 {
        if starts[letter] < starts[letter - 1] {
            starts[letter] = starts[letter - 1];
        }
        letter += 1;
    }
    starts
}

/// The place of a first letter: `a` to `z`, and one for all others.
const fn place(letter: u8) -> usize {
    if letter.is_ascii_lowercase() {
        (letter - b'a') as usize
    } else {
        26
    }
}

/// Adds what the microdata of an element says of it.
pub(super) fn add_item(item: &str, found: &mut Purposes) {
    for word in item.split_ascii_whitespace() {
        let purpose = match word {
            "datePublished"
            | "dateModified"
            | "dateCreated"
            | "author"
            | "publisher"
            | "keywords"
            | "commentCount"
            | "interactionStatistic" => Purpose::Byline,
            "comment" => Purpose::Never,
            "description" | "abstract" | "alternativeHeadline" | "alternateName" => {
                Purpose::Standfirst
            }
            "caption" => Purpose::Caption,
            _ => continue,
        };
        found.insert(purpose);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        assert!(WORDS.is_sorted_by(|one, other| one.0 < other.0));
        assert!(PAIRS.is_sorted_by(|one, other| (one.0, one.1) < (other.0, other.1)));
    }

    #[test]
    fn every_listed_word_is_found() {
        for (word, purpose) in WORDS {
            assert!(purposes(word).contains(*purpose), "{word}");
        }
        for (first, second, purpose) in PAIRS {
            assert!(
                purposes(&format!("x-{first}_{second}")).contains(*purpose),
                "{first} {second}"
            );
        }
    }

    #[test]
    fn names_are_read_word_by_word() {
        assert!(purposes("relatedArticles2").contains(Purpose::Furniture));
        assert!(purposes("story__newsletter-box").contains(Purpose::Furniture));
        assert_eq!(
            purposes("header shareholders leadership css-4ads9x"),
            Purposes::default()
        );
        assert_eq!(purposes("content-with-sidebar"), Purposes::default());
    }
}
