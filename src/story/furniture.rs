//! Recognises the lines that stand on a page but not in its story: they only count, date, promote or ask for something.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::Regex;

use super::pattern::{cues, pattern, plain};

/// Longer lines are read as text whatever they begin with.
const MAX_LINE_BYTES: usize = 400;
/// A line that counts or dates is short.
const MAX_COUNT_BYTES: usize = 100;

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
    if line.len() > MAX_LINE_BYTES {
        return false;
    }
    let plain = plain(line);
    // A row of underscores parts the texts of agencies and stays; other ornaments do not.
    plain.is_empty() && !line.contains('_')
        || PROMOTES.is_match(&plain)
        || CUES.is_match(&plain) && ADVERTISES.is_match(&plain)
        || plain.len() <= MAX_COUNT_BYTES && COUNTS.is_match(&plain)
}

/// Whether a short line is nothing but the time of day.
pub(super) fn is_clock_time(line: &str) -> bool {
    line.len() <= 24 && CLOCK.is_match(&plain(line))
}

/// Whether a heading announces other stories.
pub(super) fn announces_others(line: &str) -> bool {
    line.len() <= 90 && ANNOUNCES.is_match(&plain(line))
}

static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\ ?[ap]\.?m)?\.?(?:\ ?(?:uhr|gmt|utc|[a-z]{2,4}t))?$",
    )
});

static ANNOUNCES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:
            you\ (?:may|might|could)\ (?:also\ )?(?:like|be\ interested) | (?:we\ )?recommend(?:ed)? | related
          | more\ (?:on|from|about|stories|news|great|like|to\ read|in|articles|coverage) | read\ (?:more|next|also) | also\ (?:read|on|in)
          | trending | most\ (?:read|popular|viewed|shared|commented) | popular | top\ stories | latest | don't\ miss | must\ reads?
          | editor'?s?'?\ picks? | up\ next | next\ up | see\ also | further\ reading | keep\ reading | (?:from|around)\ the\ web
          | (?:recent|similar|other)\ (?:posts|articles|stories|news) | what\ (?:to\ read|others) | sponsored | promoted
          | partner\ (?:news|content) | newsletters?
          | mehr\ zum\ thema | lesen\ sie\ auch | das\ könnte\ sie | (?:à\ )?lire\ aussi | sur\ le\ même\ (?:sujet|thème) | lea\ también
          | te\ puede\ interesar | más\ noticias | noticias\ relacionadas | leia\ (?:também|mais) | veja\ também | leggi\ anche
          | potrebbe\ interessarti | lees\ ook | läs\ (?:också|mer) | les\ også | читайте\ также | czytaj\ (?:także|też)
        )(?:\ [^.!?]*)?$",
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
        " tip",
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
        "for more",
        "provided",
        "produced",
        "sponsored",
    ])
});

/// Lines that ask for a subscription, a follower or a hint, wherever in them they do.
static ADVERTISES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:sign\ up|subscribe)\b.*\b(?:newsletter|inbox|briefing|e-?mail\ updates?|alerts)\b | \b(?:newsletter|inbox)\b.*\b(?:sign\ up|subscribe)\b
        | ^get\ .*\b(?:inbox|newsletters?)\b
        | ^(?:follow|like|find|join)\ .+\b(?:on|at|via)\ (?:facebook|twitter|instagram|youtube|linkedin|tiktok|snapchat|telegram|whatsapp|threads|bluesky|mastodon)
        | ^follow\ .*\bcoverage\b | ^for\ more\ .*\b(?:coverage|visit|go\ to|click|follow)\b
        | ^(?:have|got)\ an?\ (?:news\ |story\ )?tip\b
        | \b(?:contributed|contributing)\ (?:reporting|to\ this\ (?:report|story|article))\b | ^(?:additional\ reporting|reporting\ for\ this\ (?:story|report|article))\ (?:was\ )?(?:contributed\ )?by\b
        | ^(?:write\ to|contact|e-?mail|reach)\ .+@
        | ^our\ standards:\ | ^this\ (?:content|article|story)\ (?:is|was)\ (?:provided|produced|sponsored)\b",
    )
});

/// Lines that start as a promotion of something else.
static PROMOTES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:
            (?:also\ )?read(?:\ more|\ also|\ next|\ now|\ too|\ on)?\ *(?:[:|>»\]]|$)
          | also\ (?:on|in|from|see|watch|like)\b[^.]*[:|]
          | (?:see|watch|listen|more|related|click\ here)\ ?(?:also|more|now|here|stories|articles|coverage|news|video|story|from|on)?\ *[:|]
          | (?:recommended|related|most\ read|most\ popular|trending|popular|don't\ miss|must\ read|editor's\ picks?|in\ pictures|up\ next)
            (?:\ (?:news|stories|articles|coverage|content|posts|topics|links|video))?\ *(?:[:|].*)?$
          | (?:advert(?:s|isements?|ising)?|ad|iklan|reklama?|anuncio|anzeige|publicité|publicidad|advertentie|werbung|sponsored(?:\ content)?
             |text\ size|caption|close|tags?|topics|categor(?:y|ies)|loading|more|share|tweet|email|print|save|comments?|facebook|twitter|whatsapp|linkedin|pinterest)$
          | scroll\ (?:down\ )?(?:to|for)\b[^.]*$
          | filed\ under\b[^.]*$
          | (?:article|story)\ continues\ (?:below|after)[^.]*$
          | sign\ up\ (?:for|to)\ (?:our|the|a|get|receive|my)\b
          | subscribe\ (?:to|now|for|today)\b
          | follow\ (?:us|me|@|the\ author)
          | (?:share|tweet|email|print|save)\ (?:this|article|story|on|via|to)\b[^.]{0,30}$
          | (?:click|tap)\ here\ (?:to|for)\b
          | (?:get|download)\ (?:the|our)\ [^.]*\bapp\b
          | lesen\ sie\ (?:auch|mehr|hier|dazu)\b | mehr\ zum\ thema\b | (?:à\ )?lire\ aussi\b | lea\ también | leia\ (?:também|mais) | leggi\ anche\b
          | lees\ ook\b | läs\ (?:också|mer)\b | czytaj\ (?:także|też) | читайте\ также | читать\ далее
          | (?:this|the)\ (?:story|article|page|post|report)\ (?:has\ been|was|is\ being|will\ be)\ (?:last\ )?updated\b
          | all\ rights\ reserved | copyright\ © | ©\ ?(?:19|20)\d\d | c\)\ (?:19|20)\d\d
        )",
    )
});

/// Lines that only count or date.
static COUNTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:
            (?:last\ |first\ )?(?:updated|published|modified|posted|created)\ *(?:at|on|:)?\ *
            (?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\ +)?
            (?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\ +\d|\d{1,2}[:.]\d\d|\d{1,4}[\ ./-]|\d{1,2}(?:st|nd|rd|th)|\d+\ *[hm]|an?\ |today|yesterday|just\ now)
            [^.]*(?:[ap]\.m)?
          | (?:about\ |an?\ |over\ )?(?:\d+|an?|one|two|few)?\ *(?:sec(?:ond)?s?|min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?|months?|years?)\ ago
          | \d[\d.,\ ]*[km]?\ *(?:comments?|shares?|likes?|views?|replies|reactions?|votes?|retweets?|reads?|followers?|people\ reading(?:\ now)?|readers)
          | \d+\ *min(?:ute)?s?\ (?:to\ )?read | source:\ [^.]*
          | (?:reading\ time|estimated\ reading\ time|time\ to\ read)\b[^.]*
          | (?:video|audio|watch|photo|photos|image|gallery)\ *[:|].*\(\d+:\d\d
          | (?:page|slide|photo|image)?\ *\d+\ *(?:of|/)\ *\d+
        )$",
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
