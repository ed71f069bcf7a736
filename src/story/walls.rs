//! Tells a page that is no story (wall, error, empty shell, withdrawal) from one that is.
//!
//! A story may mention cookies, captchas and subscriptions, and most carry a box about each. So words alone never decide:
//! they must stand where a story's text should be, and that text must be too short to be one.

use std::sync::LazyLock;

use regex::Regex;

use super::json_ld::Article;
use super::outline::Head;
use super::pattern::{pattern, plain};
use super::{NotAStory, Paragraph, Role, Story, Why};

/// Fewer characters than this are no story, whatever they say.
const MIN_STORY_CHARS: usize = 16;
/// A text with more characters is a story even if walls are mentioned in it.
const MAX_WALL_CHARS: usize = 1_500;
/// A page that says of itself that it is not free shows less than this of it above its wall.
const MAX_FREE_CHARS: usize = 4_000;
/// A wall has hardly more text of its own than this.
const MAX_NOTICE_CHARS: usize = 400;

/// Why the page is not a story, or nothing where it is one. `visible` is the beginning of what a reader sees.
pub(super) fn judge(
    head: &Head,
    article: &Article,
    story: &Story,
    visible: &str,
) -> Option<NotAStory> {
    let chars = chars_of(&story.paragraphs);
    let last = story.paragraphs.iter().rev().take(4);
    let is_cut = || {
        last.filter(|paragraph| paragraph.text.len() < MAX_NOTICE_CHARS)
            .any(|paragraph| PAYWALL.is_match(&plain(&paragraph.text)))
    };
    if article.is_behind_wall && chars < MAX_FREE_CHARS && is_cut() {
        return Some(obstacle(Why::Paywall));
    }
    if chars >= MAX_WALL_CHARS {
        return None;
    }
    let (title, seen) = (plain(&head.title), plain(visible));
    if head.has_captcha && (CAPTCHA_TITLE.is_match(&title) || CAPTCHA.is_match(&seen)) {
        return Some(obstacle(Why::Captcha));
    }
    let is_login = LOGIN_TITLE.is_match(&title) || LOGIN_TITLE.is_match(&plain(&story.headline));
    if head.asks_password && (is_login && chars < MAX_NOTICE_CHARS || chars < MIN_STORY_CHARS) {
        return Some(obstacle(Why::Login));
    }
    of_text(&story.headline, &story.paragraphs)
        .or_else(|| by_title(&title, chars).map(obstacle))
        .or_else(|| (chars < MIN_STORY_CHARS).then(|| obstacle(of_empty(&seen))))
}

/// What stands in place of a text, for a page without one.
fn of_empty(seen: &str) -> Why {
    let kinds = [
        (&CAPTCHA, Why::Captcha),
        (&CONSENT, Why::Consent),
        (&PAYWALL, Why::Paywall),
        (&NOT_FOUND, Why::NotFound),
        (&ERROR, Why::ErrorPage),
    ];
    let found = kinds.iter().find(|(pattern, _)| pattern.is_match(seen));
    found
        .filter(|_| seen.chars().count() < MAX_WALL_CHARS)
        .map_or(Why::Empty, |(_, why)| *why)
}

fn chars_of(paragraphs: &[Paragraph]) -> usize {
    let story = paragraphs
        .iter()
        .filter(|paragraph| paragraph.role != Role::Caption);
    story.map(|paragraph| paragraph.text.chars().count()).sum()
}

/// Why a text is not a story, judged by its words alone.
///
/// ```
/// use claimwatch::story::{Story, Why, walls};
///
/// let stub = Story::from_text("Strike ends", &["The strike ends.", "This article is for subscribers only."]);
/// assert_eq!(walls::of_text(&stub.headline, &stub.paragraphs).unwrap().why, Why::Paywall);
/// ```
#[must_use]
pub fn of_text(headline: &str, paragraphs: &[Paragraph]) -> Option<NotAStory> {
    let chars = chars_of(paragraphs);
    if chars >= MAX_WALL_CHARS {
        return None;
    }
    let headline = plain(headline);
    let body: Vec<String> = paragraphs
        .iter()
        .filter(|paragraph| paragraph.role != Role::Caption)
        .map(|paragraph| plain(&paragraph.text))
        .collect();
    let starts_with = |pattern: &Regex| body.iter().take(3).any(|text| pattern.is_match(text));
    if WITHDRAWN_TITLE.is_match(&headline) || body.len() <= 4 && starts_with(&WITHDRAWN) {
        return Some(obstacle(Why::Withdrawn));
    }
    let notices: [(&Regex, Why, usize); 6] = [
        (&CAPTCHA, Why::Captcha, MAX_NOTICE_CHARS),
        (&NOT_FOUND, Why::NotFound, MAX_NOTICE_CHARS),
        (&LOGIN, Why::Login, MAX_NOTICE_CHARS / 2),
        (&CONSENT, Why::Consent, 2 * MAX_NOTICE_CHARS),
        (&ERROR, Why::ErrorPage, MAX_NOTICE_CHARS),
        (&NEEDS_SCRIPTS, Why::Empty, MAX_NOTICE_CHARS / 2),
    ];
    // Where the first words are the notice, there is no story above it.
    let notice = notices
        .iter()
        .find(|(pattern, _, most)| chars < *most && starts_with(pattern));
    if let Some((_, why, _)) = notice {
        return Some(obstacle(*why));
    }
    // A wall that asks for money follows a few paragraphs of the story, and ends it.
    let wall = body.iter().position(|text| PAYWALL.is_match(text));
    if wall.is_some_and(|at| body.len() - at <= 4) {
        return Some(obstacle(Why::Paywall));
    }
    by_title(&headline, chars).map(obstacle)
}

/// What the title alone gives away, for texts that are short enough.
fn by_title(title: &str, chars: usize) -> Option<Why> {
    let kinds: [(&LazyLock<Regex>, Why); 4] = [
        (&CAPTCHA_TITLE, Why::Captcha),
        (&NOT_FOUND_TITLE, Why::NotFound),
        (&ERROR_TITLE, Why::ErrorPage),
        (&LOGIN_TITLE, Why::Login),
    ];
    let found = kinds.iter().find(|(pattern, _)| pattern.is_match(title));
    found
        .filter(|_| chars < MAX_NOTICE_CHARS)
        .map(|(_, why)| *why)
}

/// The finding with one sentence for the operator.
pub(super) fn obstacle(why: Why) -> NotAStory {
    let detail = match why {
        Why::Empty => {
            "no text of a story was found; if the page needs scripts, set `browser: true` for this watch"
        }
        Why::Consent => {
            "a consent wall stood in place of the story; watch an address that shows it without asking"
        }
        Why::Captcha => {
            "a bot check stood in place of the story; check less often, or ask the publisher for access"
        }
        Why::Login => {
            "a login form stood in place of the story; watch an address that is free to read"
        }
        Why::Paywall => {
            "a subscription wall cut the story off; watch an address that is free to read"
        }
        Why::NotFound => {
            "the page says that the story was not found, although the server answered with success"
        }
        Why::Withdrawn => "the publisher says that the story was withdrawn",
        Why::ErrorPage => {
            "an error or maintenance page stood in place of the story; it is fetched again later"
        }
        Why::Hostile => {
            "the page was refused before reading; if it is a real story, watch another address of it"
        }
        Why::Format => "the format of the page is not read; watch the story's HTML page instead",
    };
    NotAStory {
        why,
        detail: detail.to_owned(),
    }
}

static CAPTCHA: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"verify\ (?:that\ )?you(?:\ are|'re)\ (?:a\ )?(?:human|not\ a\ (?:robot|bot)) | are\ you\ a\ (?:robot|human) | (?:i'm|are|is)\ not\ a\ robot
        | checking\ (?:your\ browser|if\ the\ site\ connection\ is\ secure) | unusual\ (?:traffic|activity)\ from\ your | complete\ the\ (?:security\ check|captcha)
        | enable\ javascript\ and\ cookies\ to\ continue | press\ (?:&|and)\ hold | automated\ access\ to | request\ unsuccessful\.\ incapsula",
    )
});
static CAPTCHA_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:just\ a\ moment|attention\ required|are\ you\ a\ robot|access\ (?:to\ this\ page\ has\ been\ )?denied|security\ check|(?:bot|human)\ verification
        |captcha|pardon\ our\ interruption|robot\ check|ddos-guard)\b",
    )
});
static NOT_FOUND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:page|story|article|content|url|link|document)\b[^.]*\b(?:(?:could|can|was)\ ?not\ (?:be\ )?found|can(?:no|')t\ be\ found|couldn't\ be\ found
          |no\ longer\ (?:exists?|available|here)|doesn't\ exist|does\ not\ exist|is\ not\ available|has\ (?:been\ moved\ or\ (?:deleted|removed)|expired))
        | ^(?:sorry,?\ )?(?:but\ )?we\ (?:can't|cannot|could\ not|couldn't)\ (?:seem\ to\ )?find\ (?:the|that|this|what)
        | seite\ (?:wurde\ )?(?:leider\ )?nicht\ gefunden | seite\ existiert\ nicht | page\ (?:est\ )?introuvable | page\ n'existe\ (?:pas|plus)
        | página\ no\ (?:encontrada|existe) | pagina\ non\ trovata | página\ não\ encontrada | pagina\ niet\ gevonden",
    )
});
static NOT_FOUND_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:error\ )?404\b|(?:page|story|article|file)\ not\ found|not\ found\b|page\ (?:introuvable|missing|unavailable)|seite\ nicht\ gefunden
        |página\ no\ encontrada|oops\b)",
    )
});
static CONSENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:we|our)\b.*\b(?:partners|vendors)\b.*\b(?:cookies|personal\ data|store\ and/or\ access) | \b(?:accept|agree\ to|consent\ to)\ (?:all\ )?(?:the\ use\ of\ )?(?:our\ )?cookies
        | ^before\ you\ continue\ to | \bwe\ value\ your\ privacy | ^your\ privacy\ (?:choices|is\ important)
        | wir\ (?:und\ unsere\ partner\ )?(?:benötigen|brauchen)\ ihre\ (?:zustimmung|einwilligung) | nous\ (?:et\ nos\ partenaires).*cookies
        | \b(?:we|site|website)\ uses?\ cookies\b.*\b(?:accept|agree|consent)",
    )
});
static PAYWALL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:article|story|content|page|post|analysis|report)\ is\ (?:only\ )?(?:for|available\ (?:only\ )?(?:to|for)|exclusive\ to|reserved\ for|restricted\ to)\ (?:our\ )?
          (?:(?:digital|premium|paid|paying|registered|logged-in)\ )*(?:subscribers|members|readers|customers)\b
        | \b(?:subscribe|subscription|sign\ up|register|log\ in|sign\ in|become\ a\ (?:member|subscriber))\b[^.]*\bto\ (?:continue|keep|read\ (?:on|more|the\ (?:full|rest|whole|entire)|this)|unlock|access\ (?:the|this))
        | \b(?:subscriber|member|premium)s?[\ -]only\ (?:article|content|story) | \bfor\ subscribers\ only\b
        | \bto\ (?:continue|keep)\ reading\b[^.]*\b(?:subscribe|log|sign|register|choose)
        | \byou\ have\ (?:reached|read|used)\b[^.]*\b(?:free|limit)\b | \bpremium\ (?:article|content)$ | \bunlock\ (?:this|the\ full)\ (?:article|story)
        | ^already\ (?:a\ (?:subscriber|member)|have\ an\ account)\?
        | \bnur\ für\ abonnenten | \bexklusiv\ für\ abonnenten | \bjetzt\ (?:abonnieren|registrieren)\ und\ weiterlesen | réservée?\ aux\ abonnés
        | \bil\ vous\ reste\b.*\bde\ cet\ article | (?:solo|exclusivo)\ para\ sus?criptores | exclusivo\ para\ assinantes | riservato\ agli\ abbonati
        | alleen\ voor\ abonnees",
    )
});
static LOGIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:please\ |you\ (?:must|need\ to)\ )?(?:log\ ?in|sign\ ?in)\ (?:to\ (?:continue|your\ account|view|proceed)|with\b|here\b|or\ (?:register|sign\ up|create))",
    )
});
static LOGIN_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:log|sign)[\ -]?in|(?:log|sign)\ in\ (?:to|or|-|\||–|:)[^.]*|anmelden|connexion|iniciar\ sesión|accedi|inloggen|logga\ in)(?:\ *[|–:-].*)?$",
    )
});
static NEEDS_SCRIPTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:enable|activate|turn\ on|requires?|without)\ java ?script\b | \bjava ?script\ (?:is\ (?:disabled|required|not)|to\ be\ enabled)",
    )
});
static ERROR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:this\ |the\ |our\ )?(?:service|site|page|website)\ is\ (?:temporarily\ |currently\ )?(?:unavailable|down|under\ maintenance|offline) | ^service\ (?:temporarily\ )?unavailable
        | \b(?:scheduled|planned|site)\ maintenance | \binternal\ server\ error | \bbad\ gateway | \bgateway\ time-?out | \berror\ establishing\ a\ database
        | ^(?:sorry,?\ |oops,?!?\ )?something\ went\ wrong | \bplease\ try\ again\ (?:later|in\ a\ (?:few|moment)) | ^too\ many\ requests | ^wartungsarbeiten | temporairement\ indisponible",
    )
});
static ERROR_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:error\ )?(?:500|502|503|504|429|403)(?:$|\ (?:error|bad|service|internal|gateway|too|forbidden))|service\ (?:temporarily\ )?unavailable|bad\ gateway|internal\ server\ error|403\ forbidden
        |(?:site\ |under\ )?maintenance$|down\ for\ maintenance|error$|an\ error\ (?:has\ )?occurred|something\ went\ wrong|wartungsarbeiten)",
    )
});
static WITHDRAWN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:editor'?s?'?\ note:?\ )?(?:this|the|a|an|our)\ (?:\w+\ )?(?:story|article|report|item|post|page)\b[^.]*\b(?:has\ been|was|is|have\ been)\ (?:withdrawn|retracted|removed|taken\ down|unpublished|killed)\b
        | \bno\ substitute\ (?:story|article)\b | ^(?:[\w\ ]*\ )?(?:withdraws?|retracts?|kills?)\ (?:the\ |its\ )?(?:story|article|report)\b
        | ^dieser\ (?:artikel|beitrag|text)\ wurde\ (?:zurückgezogen|gelöscht|entfernt) | ^cet\ article\ a\ été\ (?:retiré|supprimé) | ^este\ artículo\ ha\ sido\ (?:retirado|eliminado)",
    )
});
static WITHDRAWN_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:story|article)\ (?:withdrawn|retracted|removed|killed)\b|report\ (?:withdrawn|retracted):|withdrawn:|retracted:|retraction:|withdrawal:|kill:)",
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    fn why(headline: &str, paragraphs: &[&str]) -> Option<Why> {
        let story = Story::from_text(headline, paragraphs);
        of_text(&story.headline, &story.paragraphs).map(|found| found.why)
    }

    #[test]
    fn each_wall_is_told_by_its_words() {
        for (headline, text, expected) in [
            (
                "Just a moment...",
                "Checking your browser before you proceed.",
                Why::Captcha,
            ),
            ("Courier", "Please verify you are a human.", Why::Captcha),
            (
                "Page not found",
                "Sorry, the page you are looking for could not be found.",
                Why::NotFound,
            ),
            ("404", "Nothing here.", Why::NotFound),
            ("Log in", "Log in to continue.", Why::Login),
            (
                "Your privacy",
                "We and our 829 partners use cookies to store and access personal data.",
                Why::Consent,
            ),
            (
                "Maintenance",
                "The site is down for scheduled maintenance.",
                Why::ErrorPage,
            ),
            (
                "Courier",
                "503 Service Unavailable. Please try again later.",
                Why::ErrorPage,
            ),
            (
                "Ferry sinks",
                "This article is available to premium subscribers only.",
                Why::Paywall,
            ),
            (
                "Ferry sinks",
                "Subscribe now to continue reading.",
                Why::Paywall,
            ),
            (
                "Ferry sinks",
                "Dieser Artikel ist nur für Abonnenten.",
                Why::Paywall,
            ),
            (
                "Story withdrawn: ferry",
                "Our report of Monday cannot be upheld.",
                Why::Withdrawn,
            ),
            (
                "Ferry sinks",
                "This story has been withdrawn.",
                Why::Withdrawn,
            ),
            (
                "Courier",
                "You need to enable JavaScript to run this app.",
                Why::Empty,
            ),
        ] {
            assert_eq!(why(headline, &[text]), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_story_that_ends_in_a_wall_is_a_stub() {
        let stub = [
            "The ferry sank off the coast on Monday with 212 people on board, the coast guard said.",
            "This article is for subscribers only.",
            "Already have an account? Log in. Choose your plan: 1 euro for the first month.",
        ];

        assert_eq!(why("Ferry sinks", &stub), Some(Why::Paywall));
    }

    #[test]
    fn stories_about_walls_are_stories() {
        for (headline, text) in [
            (
                "Court rules on cookies",
                "Websites must ask before they set cookies, the court ruled on Monday.",
            ),
            (
                "Captchas get harder",
                "Researchers found that captchas stop 9 of 10 visitors, but only 3 of 10 machines.",
            ),
            (
                "Courier wins subscribers",
                "The newspaper said it had won 12,000 subscribers in a month.",
            ),
            (
                "Power plant down",
                "The plant was taken off the grid for maintenance, the operator said.",
            ),
            (
                "Lost village found",
                "The village could not be found on any map, the historian said.",
            ),
            (
                "Report withdrawn",
                "The ministry has withdrawn its report on the flood after criticism from the mayors.",
            ),
            (
                "Login data stolen",
                "Thieves took the login data of 40,000 customers, the bank said.",
            ),
        ] {
            assert_eq!(why(headline, &[text]), None, "{text}");
        }
    }

    #[test]
    fn a_long_story_is_never_a_wall() {
        let long =
            "The council debated the plan for four hours and put it off until spring. ".repeat(30);

        assert_eq!(
            why("Debate", &[&long, "Subscribe to continue reading."]),
            None
        );
    }
}
