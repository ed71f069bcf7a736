//! Recognises the lines that stand on a page but not in its story: they only count, date, promote or ask for something.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::Regex;

use super::pattern::{cues, pattern};

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
            (?:last\ |first\ )?(?:updated|published|modified|posted|created)\s*(?:at|on|:)?\s*(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d|\d{1,2}[:.]\d\d|\d{1,4}[\ ./-]|\d{1,2}(?:st|nd|rd|th)|\d+\s*[hm]|an?\ |today|yesterday|just\ now)[^.]{0,50}(?:[ap]\.m\.)?
          | (?:about\ |an?\ |over\ )?(?:\d+|an?|one|two|few)?\s*(?:sec(?:ond)?s?|min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?|months?|years?)\ ago
          | \d[\d.,\ ]*[km]?\s*(?:comments?|shares?|likes?|views?|replies|reactions?|votes?|retweets?|reads?|followers?|people\ reading(?:\ now)?|readers)
          | \d+\s*min(?:ute)?s?\ (?:to\ )?read
          | (?:reading\ time|estimated\ reading\ time|time\ to\ read)\b.{0,25}
          | (?:video|audio|watch|photo|photos|image|gallery)\s*[:|].{0,60}\(\d+:\d\d\)
          | (?:page|slide|photo|image)?\s*\d+\s*(?:of|/)\s*\d+
        )[\W_]*$",
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_count_date_or_promote_are_boilerplate() {
        for line in [
            "READ | Markets rally 31",
            "READ MORE: 10 ways to save water at home",
            "Also read: Storm nears coast",
            "Updated 2 hours ago",
            "Published 5 hours ago",
            "3 hours ago",
            "Last updated at 14:05 on 3 March 2024",
            "342 comments",
            "1.2K shares",
            "3 min read",
            "Advertisement",
            "Sign up to our morning newsletter",
            "Follow us on social media",
            "Follow the Courier on Facebook and Instagram",
            "Most read: 1. Storm warning for coast",
            "This story has been updated.",
            "© 2024 The Example Courier. All rights reserved.",
            "Lesen Sie auch: Der Sturm erreicht die Küste",
            "À lire aussi : La tempête approche",
        ] {
            assert!(is_boilerplate(line), "{line}");
        }
    }

    #[test]
    fn sentences_that_resemble_boilerplate_are_story() {
        for line in [
            "Two hours ago the convoy arrived, the mayor said.",
            "The post drew 342 comments within an hour.",
            "Related industries lost 4,000 jobs.",
            "Share prices fell by 3 percent.",
            "Follow-up talks are planned for Monday.",
            "Read aloud, the verdict took four hours.",
            "Updated figures show 1,240 dead.",
            "He said he would subscribe to no such theory.",
            "More on Monday than on Sunday stayed at home.",
            "Popular support fell to 31 percent.",
        ] {
            assert!(!is_boilerplate(line), "{line}");
        }
    }
}
