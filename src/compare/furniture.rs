//! What stands among the paragraphs and is not the story: counters, related links, newsletter boxes, time stamps.
//!
//! Extraction takes most of it away; what reaches a comparison all the same must not be taken for a change, because such
//! lines move with every look and carry numbers and other stories' headlines.

use std::sync::LazyLock;

use regex::bytes::RegexSet;

static FURNITURE: LazyLock<Option<RegexSet>> = LazyLock::new(|| {
    let patterns = [
        // Links to other stories.
        r"(?i)^(read (more|also|next|on)|related( (stories|articles|content|links|topics))?|more (on this( story)?|from .{2,40}|stories)|see also|also (read|on)|most (read|popular|viewed|shared|watched)|recommended( (for you|stories))?|trending( now)?|up next|you (may|might) (also )?like|don't miss|watch( (now|live|more))?|listen|explore more|editors?['’]? picks?|members read (this|next)( first)?|top stories|in other news|lesen sie auch|mehr zum thema|mehr dazu|das könnte sie auch|lire aussi|à lire aussi|voir aussi|lo más (leído|visto)|más leídas?|lea también|lee también|le puede interesar|te puede interesar|más información|leggi anche|leia (também|mais)|lees ook|najczęściej czytane|meest gelezen|più letti|i più letti|mais lidas|meistgelesen|les plus lus|czytaj (też|także|również)|читайте (также|також)|смотрите также|дивіться також)\s*([:|–—-]|$)",
        r"(?i)^(also|more|elsewhere|next) (in|from|on) .{2,40}[:|–—-].{0,120}[^.!]$",
        r"(?i)^(recipes?|quiz|crossword|podcast|videos?|gallery|photos|in pictures|interactive|explainer|rezept|recette|receta|ricetta|receita|recept|przepis|рецепт|quizz?|bildergalerie|diaporama|galería|galleria|galeria)\s*[:|–—-] .{0,120}[^.!]$",
        // Time stamps.
        r"(?i)^((last |first )?(published|updated|modified|posted)|zuletzt aktualisiert|aktualisiert|veröffentlicht|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|обновлено|оновлено|опубликовано|опубліковано)(?-u:\b)\s*(:|\d|on [0-9A-Za-z]+|at \d|an? |am |vor |um |le |il y a |el |hace |il |[0-9A-Za-z]{3,9}\.? \d|[0-9A-Za-z]+day|yesterday|today|just now|в |о |у |$).{0,60}$",
        r"(?i)^(an?|\d+|one|two|three|five|ten)\s+(sec(ond)?s?|min(ute)?s?|hours?|days?|weeks?)\s+ago$",
        r"(?i)^\d+\s*(min(ute)?s?)[ -](read|listen)$",
        // Counters.
        r"(?i)^((share|tweet|email|print|save)\s+){0,4}[\d.,]+\s*([km]|thousand|million)?\s*(comments?|shares?|likes?|views?|reactions?|replies|retweets?|readers?|kommentare?|commentaires?|comentarios|commenti|комментари[а-я]+|коментар[а-яі]+)$",
        r"(?i)^(comments?|shares?|likes?|views?|kommentare|commentaires|comentarios|commenti|reacties|komentarze|комментарии|коментарі)\s*[:(]?\s*[\d.,]+\s*[km]?$",
        r"(?i)^(share|comment|print|save|copy link|view comments|show more|load more|advertisement(\s*[:–—-].*)?|advertising|anzeige(\s*[:–—-].*)?|publicité|publicidad|реклама|sponsored( content)?|continue reading( below)?|story continues below.*|article continues below.*)$",
        r"(?i)^share (this|on|via)(?-u:\b).{0,60}$",
        r"(?i)^[\d.,]+\s*([km]|thousand|million)?\s*(people|readers?|users?|others?)?\s*(are|is|have|has)?\s*(now |currently |already )?(following|reading|watching|viewing|liked?|shared) (this|the) (page|story|article|live ?blog|post|thread|video|stream).{0,20}$",
        // Boxes.
        r"(?i)^(sign up|subscribe|register|get|join)(?-u:\b).{0,60}(?-u:\b)(newsletters?|inbox|alerts?|app|membership|subscribers?|channel|podcast|briefing)(?-u:\b).{0,80}$",
        r"(?i)^(follow|like|find|join) (us|our)(?-u:\b).{0,80}$",
        r"(?i)^newsletters?\s*[:–—-].{0,100}$",
        r"(?i)^(abonnieren sie|jetzt abonnieren|folgen sie uns|melden sie sich|abonnez-vous|inscrivez-vous|suivez-nous|suscríbase|suscríbete|síganos|síguenos|reciba|recibe|apúntese|iscriviti|seguici|ricevi|receba|assine|siga-nos|inscreva-se|schrijf je in|volg ons|abonneer je|zapisz się|zasubskrybuj|obserwuj nas|dołącz do nas|подпис(ывайтесь|аться|ыва[а-я]+)|следите за|підпис(уйтесь|уйтеся|атися)|стежте за|читайте нас).{0,120}$",
        r"(?i)^(download|get) (the|our)(?-u:\b).{0,40}(?-u:\b)app(?-u:\b).{0,60}$",
        r"(?i)^support (our|independent|quality)(?-u:\b).{0,40}(?-u:\b)journalism(?-u:\b).{0,120}$",
        // Credits and rights.
        r"(?i)^(photo(graph)?s?|image|picture|foto|bild|credit|video)( (source|credit|by|courtesy))?\s*[:/©].{0,80}$",
        r"(?i)^(copyright(?-u:\b)|all rights reserved).{0,120}$",
        // A note that only announces new material.
        r"(?i)^(this (is a )?(breaking|developing)( news)? (story|news)(?-u:\b).{0,120}|this (story|article|page|live blog) (has been|was|will be|is being|is) (automatically |regularly |constantly )?updated( automatically| regularly| constantly)?(\.|$|\s+(with|as|to (add|include|reflect (comment|new|the latest)))).{0,120}|updates? with(?-u:\b).{0,120}|more to follow.*|more details soon.*|updated with(?-u:\b).{0,120})$",
    ];
    RegexSet::new(patterns.map(sparing)).ok()
});

/// A pattern of which `.{0,120}` takes little: what one letter is, is told by the first byte and that others follow, in place
/// of the list of all that Unicode allows, which the engine would write down a hundred times for each thread.
fn sparing(pattern: &str) -> String {
    pattern.replace(".{", r"(?-u:[^\x80-\xBF\n][\x80-\xBF]*){")
}

/// The longest text that can be furniture; a real paragraph that begins like one is longer.
const LONGEST_FURNITURE_BYTES: usize = 400;

/// Whether a paragraph is no part of the story.
pub(super) fn is_furniture(text: &str) -> bool {
    let matches = |text: &str| {
        FURNITURE
            .as_ref()
            .is_some_and(|patterns| patterns.is_match(bare(text).as_bytes()))
    };
    // "38 comments · Follow our desk": several pieces in one line.
    text.len() <= LONGEST_FURNITURE_BYTES
        && (matches(text) || text.split(['·', '|', '•']).all(matches) || is_caption(text))
}

/// A line that ends in the credit of its picture: "The rocket lifts off. Photo: A. Pillai / CPA".
fn is_caption(text: &str) -> bool {
    const LONGEST_CAPTION_BYTES: usize = 240;
    let credit = [
        "Photo: ",
        "Photograph: ",
        "Picture: ",
        "Image: ",
        "Foto: ",
        "Photo by ",
        "Credit: ",
        "Bild: ",
        "Фото: ",
    ];
    text.len() <= LONGEST_CAPTION_BYTES
        && credit.iter().any(|mark| {
            text.find(mark).is_some_and(|at| {
                text.len() - at <= 60
                    && text
                        .get(..at)
                        .is_some_and(|before| before.trim_end().ends_with(['.', ')', '(']))
            })
        })
}

/// A text without the marks around it, which no pattern has to know.
pub(super) fn bare(text: &str) -> &str {
    text.trim_matches(|letter: char| !letter.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_links_and_time_stamps_are_furniture() {
        for text in [
            "214 comments",
            "1.2K shares",
            "Published 3 hours ago",
            "READ MORE: Ten ways to save water",
            "Related: Ferry operator cancels 40 sailings",
            "Most read: 1. Storm warning 2. Two die in fire",
            "Sign up to our evening newsletter",
            "Mehr zum Thema: Streik bei der Bahn",
        ] {
            assert!(is_furniture(text), "{text}");
        }
    }

    #[test]
    fn a_letter_counts_as_one_however_many_bytes_it_has() {
        let line = |letters: usize| format!("Следите за {}", "я".repeat(letters));

        assert!(FURNITURE.is_some());
        assert!(is_furniture(&line(119)));
        assert!(!is_furniture(&line(120)));
    }

    #[test]
    fn sentences_of_the_story_are_not() {
        for text in [
            "Related companies were searched as well, police said.",
            "Published figures show that 40 people died.",
            "Watch your step, the mayor said.",
            "Share prices fell by 4 percent.",
            "Comments by the minister caused 3 resignations.",
        ] {
            assert!(!is_furniture(text), "{text}");
        }
    }

    #[test]
    fn the_patterns_are_well_formed() {
        assert!(FURNITURE.is_some());
    }
}
