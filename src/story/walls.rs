//! Tells a page that is no story (wall, error, empty shell, withdrawal) from one that is.
//!
//! A story may mention cookies, captchas and subscriptions, and most carry a box about each. So words alone never decide:
//! they must stand where a story's text should be, and that text must be too short to be one.

use std::sync::LazyLock;

use regex::Regex;

use super::outline::Head;
use super::pattern::pattern;
use super::{NotAStory, Paragraph, Role, Story, Why};

/// Fewer characters than this are no story, whatever they say.
const MIN_STORY_CHARS: usize = 40;
/// A text with more characters is a story even if walls are mentioned in it.
const MAX_WALL_CHARS: usize = 1_500;

/// Why the page is not a story, or nothing where it is one. `visible` is everything a reader sees.
pub(super) fn judge(head: &Head, story: &Story, visible: &str) -> Option<NotAStory> {
    let chars: usize = story
        .paragraphs
        .iter()
        .map(|p| p.text.chars().count())
        .sum();
    let headline = story.headline.as_str();
    let title = head.title.as_str();
    if let Some(found) = of_text(headline, &story.paragraphs) {
        return Some(found);
    }
    if chars < MAX_WALL_CHARS {
        if head.has_captcha && (CAPTCHA.is_match(title) || CAPTCHA.is_match(visible)) {
            return Some(obstacle(Why::Captcha));
        }
        if head.asks_password
            && chars < 400
            && (LOGIN.is_match(title) || LOGIN.is_match(headline) || chars < MIN_STORY_CHARS)
        {
            return Some(obstacle(Why::Login));
        }
        if let Some(why) = by_title(title, chars) {
            return Some(obstacle(why));
        }
    }
    if chars < MIN_STORY_CHARS {
        let short = visible.chars().count() < MAX_WALL_CHARS;
        let why = if short && CAPTCHA.is_match(visible) {
            Why::Captcha
        } else if short && CONSENT.is_match(visible) {
            Why::Consent
        } else if short && PAYWALL.is_match(visible) {
            Why::Paywall
        } else if short && NOT_FOUND.is_match(visible) {
            Why::NotFound
        } else if short && ERROR.is_match(visible) {
            Why::ErrorPage
        } else {
            Why::Empty
        };
        return Some(obstacle(why));
    }
    None
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
    let body: Vec<&str> = paragraphs
        .iter()
        .filter(|paragraph| paragraph.role != Role::Caption)
        .map(|paragraph| paragraph.text.as_str())
        .collect();
    let chars: usize = body.iter().map(|text| text.chars().count()).sum();
    if chars >= MAX_WALL_CHARS {
        return None;
    }
    if WITHDRAWN_TITLE.is_match(headline)
        || body.len() <= 4 && body.iter().take(2).any(|text| WITHDRAWN.is_match(text))
    {
        return Some(obstacle(Why::Withdrawn));
    }
    let kinds: [(&LazyLock<Regex>, Why, usize); 5] = [
        (&CAPTCHA, Why::Captcha, 600),
        (&NOT_FOUND, Why::NotFound, 400),
        (&LOGIN_LINE, Why::Login, 300),
        (&CONSENT, Why::Consent, 900),
        (&ERROR, Why::ErrorPage, 400),
    ];
    // The end of the text is where a wall stands; one that asks for money follows a few paragraphs of the story.
    if let Some(at) = body.iter().position(|text| PAYWALL.is_match(text))
        && body.len() - at <= 4
    {
        return Some(obstacle(Why::Paywall));
    }
    for (pattern, why, most) in kinds {
        let hit = body.iter().take(3).any(|text| pattern.is_match(text));
        if chars < most && hit {
            return Some(obstacle(why));
        }
    }
    by_title(headline, chars).map(obstacle)
}

/// What the title alone gives away, for texts that are short enough.
fn by_title(title: &str, chars: usize) -> Option<Why> {
    if chars > 400 {
        return None;
    }
    let kinds: [(&LazyLock<Regex>, Why); 4] = [
        (&CAPTCHA_TITLE, Why::Captcha),
        (&NOT_FOUND_TITLE, Why::NotFound),
        (&ERROR_TITLE, Why::ErrorPage),
        (&LOGIN, Why::Login),
    ];
    kinds
        .iter()
        .find(|(pattern, _)| pattern.is_match(title))
        .map(|(_, why)| *why)
}

/// The finding with one sentence for the operator.
pub(super) fn obstacle(why: Why) -> NotAStory {
    let detail = match why {
        Why::Empty => {
            "no text of a story was found; if the page needs scripts, set `browser: true` for this watch"
        }
        Why::Consent => {
            "a consent wall stood in place of the story; give the watch the cookie that accepting sets"
        }
        Why::Captcha => {
            "a bot check stood in place of the story; check less often, or ask the publisher for access"
        }
        Why::Login => {
            "a login form stood in place of the story; give the watch the cookie or header of a subscriber"
        }
        Why::Paywall => {
            "a subscription wall cut the story off; give the watch the cookie or header of a subscriber"
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
        r"verify\ (?:that\ )?you\ are\ (?:a\ )?(?:human|not\ a\ (?:robot|bot))|are\ you\ a\ (?:robot|human)|not\ a\ robot|checking\ (?:your\ browser|if\ the\ site\ connection\ is\ secure)
      |unusual\ traffic|complete\ the\ (?:security\ check|captcha)|enable\ javascript\ and\ cookies\ to\ continue|press\ (?:&|and)\ hold|automated\ access|request\ unsuccessful\.\ incapsula|attention\ required!",
    )
});

static CAPTCHA_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:just\ a\ moment|attention\ required|are\ you\ a\ robot|access\ (?:to\ this\ page\ has\ been\ )?denied|security\ check|bot\ verification|human\ verification|captcha|pardon\ our\ interruption|robot\ check|ddos-guard)\b",
    )
});

static NOT_FOUND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:page|story|article|content|url|link|document)\b.{0,60}\b(?:(?:could|can|was)\ ?not\ (?:be\ )?found|cannot\ be\ found|can(?:'|’)t\ be\ found|couldn(?:'|’)t\ be\ found|no\ longer\ (?:exists?|available|here)|does\ ?n(?:o|')t\ exist|does\ not\ exist|is\ not\ available|has\ (?:been\ )?(?:moved\ or\ (?:deleted|removed)|expired))
      |(?:we|sorry,?\ we)\ (?:can(?:'|’)t|cannot|could(?:\ not|n(?:'|’)t))\ (?:seem\ to\ )?find\ (?:the|that|this|what)
      |seite\ (?:wurde\ )?nicht\ gefunden|seite\ existiert\ nicht|page\ (?:est\ )?introuvable|n(?:'|’)existe\ (?:pas|plus)|página\ no\ (?:encontrada|existe)|pagina\ non\ trovata|página\ não\ encontrada|pagina\ niet\ gevonden",
    )
});

static NOT_FOUND_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:(?:error\ )?404\b|(?:page|story|article|file)\ not\ found|not\ found\b|page\ (?:introuvable|missing|unavailable)|seite\ nicht\ gefunden|página\ no\ encontrada|oops)",
    )
});

static CONSENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:we|our)\b.{0,80}\b(?:partners|vendors)\b.{0,120}\b(?:cookies|personal\ data|store\ and/or\ access)|(?:accept|agree\ to|consent\ to)\ (?:all\ )?(?:the\ use\ of\ )?(?:our\ )?cookies|before\ you\ continue\ to|we\ value\ your\ privacy|your\ privacy\ (?:choices|is\ important)|wir\ (?:und\ unsere\ partner\ )?(?:benötigen|brauchen)\ ihre\ (?:zustimmung|einwilligung)|nous\ (?:et\ nos\ partenaires).{0,60}cookies|uses?\ cookies\b.{0,60}\b(?:accept|agree|consent)",
    )
});

static PAYWALL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:article|story|content|page|post|analysis|report)\ is\ (?:only\ )?(?:for|available\ (?:only\ )?(?:to|for)|exclusive\ to|reserved\ for|restricted\ to)\ (?:our\ )?(?:(?:digital|premium|paid|paying|registered|logged-in)\ )*(?:subscribers|members|readers|customers)
      |(?:subscribe|subscription|sign\ up|register|log\ in|sign\ in|become\ a\ (?:member|subscriber))\b.{0,30}\bto\ (?:continue|keep|read\ (?:on|more|the\ (?:full|rest|whole|entire)|this)|unlock|access\ (?:the|this))
      |(?:subscriber|member|premium)s?[\ -]only\ (?:article|content|story)|for\ subscribers\ only|to\ (?:continue|keep)\ reading,?\ (?:please\ )?(?:subscribe|log|sign|register|choose)
      |you\ have\ (?:reached|read|used)\b.{0,40}\b(?:free|limit)|(?:this\ is\ )?(?:a\ )?premium\ (?:article|content)\b|unlock\ (?:this|the\ full)\ (?:article|story)|already\ (?:a\ (?:subscriber|member)|have\ an\ account)\?\ (?:please\ )?(?:log|sign)
      |(?:weiterlesen|jetzt\ lesen)\ mit\b|nur\ für\ abonnenten|exklusiv\ für\ abonnenten|jetzt\ (?:abonnieren|registrieren)\ und\ weiterlesen|réservée?\ aux\ abonnés|il\ vous\ reste\b.{0,30}\bde\ cet\ article|(?:solo|exclusivo)\ para\ su[sb]s?criptores|exclusivo\ para\ assinantes|riservato\ agli\ abbonati|alleen\ voor\ abonnees",
    )
});

static LOGIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:log[\ -]?in|sign[\ -]?in|sign\ in\ to\ your\ account|anmelden|connexion|iniciar\ sesión|accedi|inloggen|logga\ in)\b.{0,40}$",
    )
});

static LOGIN_LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:please\ )?(?:log\ ?in|sign\ ?in)\ (?:to\ (?:continue|your\ account|view|read|proceed)|with\b|here\b|or\ (?:register|sign\ up|create))",
    )
});

static ERROR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:service|site|page|website)\ (?:is\ )?(?:temporarily\ )?(?:unavailable|down\ for\ maintenance|under\ maintenance|offline)|(?:scheduled|planned)\ maintenance|internal\ server\ error|bad\ gateway|gateway\ time-?out|error\ establishing\ a\ database|something\ went\ wrong|technical\ (?:difficulties|problems?)|please\ try\ again\ (?:later|in\ a\ (?:few|moment))|too\ many\ requests|wartungsarbeiten|temporairement\ indisponible",
    )
});

static ERROR_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:(?:error\ )?(?:5\d\d|429|403)\b|service\ (?:temporarily\ )?unavailable|bad\ gateway|internal\ server\ error|forbidden|maintenance|site\ maintenance|down\ for\ maintenance|error$|an\ error\ (?:has\ )?occurred|something\ went\ wrong|wartung)",
    )
});

static WITHDRAWN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:story|article|report|item|post|page)\b.{0,120}\b(?:has\ been|was|is|have\ been)\ (?:withdrawn|retracted|removed|taken\ down|unpublished|killed)\b|\bno\ substitute\ (?:story|article)\b|\b(?:withdraws?|retracts?|kills?)\ (?:the\ )?(?:story|article|report)\b|dieser\ artikel\ wurde\ (?:zurückgezogen|gelöscht|entfernt)|cet\ article\ a\ été\ (?:retiré|supprimé)|este\ artículo\ ha\ sido\ (?:retirado|eliminado)",
    )
});

static WITHDRAWN_TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\W*(?:(?:story|article|report)\ (?:withdrawn|retracted|removed|killed)|withdrawn\b\W|retracted\b\W|retraction:|(?:bc-)?.{0,30}story\ kill\b|kill:|withdrawal:)",
    )
});
