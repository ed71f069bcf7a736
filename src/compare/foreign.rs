//! What the reading of figures leaves open in languages other than English: separators, magnitude words, percent, dates.
//!
//! Every correction looks for the wrong reading first, so a language that is read rightly is left as it is.

use super::lexicon::Lexicon;
use super::reading::span;
use crate::claims::{Amount, Decimal, Figure, FigureKind, Unit};
use crate::story::Story;
use crate::text::Language;
use crate::text::similarity::fold;

/// Reads a figure as its language writes it.
pub(super) fn correct(figure: &mut Figure, story: &Story, lexicon: &Lexicon) {
    if lexicon.english {
        return;
    }
    let Some(text) = story.slice(figure.span).map(str::to_owned) else {
        return;
    };
    separators(figure, &text);
    // "17.7 milliards €": the magnitude stands inside and was not read.
    let inside = text
        .split(|c: char| !c.is_alphabetic())
        .find_map(|word| magnitude(&fold(word)));
    if let Some(power) = inside.filter(|_| is_as_written(figure, &text)) {
        scale(figure, power);
        return;
    }
    let after = story
        .text(figure.span.place)
        .and_then(|text| text.get(figure.span.end as usize..))
        .unwrap_or("");
    let words: Vec<&str> = after.split_whitespace().take(3).collect();
    let word = |at: usize| {
        words
            .get(at)
            .map(|word| fold(word.trim_matches(|c: char| !c.is_alphanumeric())))
            .unwrap_or_default()
    };
    let bare = figure.unit.is_none() && figure.kind == FigureKind::Count;
    if !bare || !after.starts_with([' ', '.', '\u{a0}', '\u{202f}']) {
        return;
    }
    let first = if after.starts_with(". ") {
        word(1)
    } else {
        word(0)
    };
    let next = if matches!(first.as_str(), "de" | "di") {
        word(1)
    } else {
        first.clone()
    };
    if is_date(figure) && lexicon.is_time(&next) && !next.is_empty() {
        figure.kind = FigureKind::Date;
    } else if let Some(power) = magnitude(&first) {
        scale(figure, power);
        let end = figure.span.end as usize + after.find(|c: char| c.is_alphabetic()).unwrap_or(0);
        let length = after[end - figure.span.end as usize..]
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(after.len() - (end - figure.span.end as usize));
        figure.span = span(figure.span.place, figure.span.start as usize, end + length);
    } else if is_percent(&first) {
        figure.kind = FigureKind::Percent;
        figure.unit = Some(Unit("percent".to_owned()));
    }
}

/// A word that is a figure where the other version has another one: "nobody" is 0, "doubled" is 2, "tres" is 3.
pub(super) fn spoken(word: &str, language: &Language) -> Option<(u32, FigureKind)> {
    let list = match language.as_str() {
        "en" | "" => {
            return match word {
                "nobody" => Some((0, FigureKind::Count)),
                "double" | "doubled" | "doubles" | "doubling" => Some((2, FigureKind::Multiple)),
                "triple" | "tripled" | "triples" | "tripling" | "trebled" => {
                    Some((3, FigureKind::Multiple))
                }
                "quadrupled" => Some((4, FigureKind::Multiple)),
                _ => None,
            };
        }
        "de" => "keine keinen|zwei|drei|vier|fünf|sechs|sieben||neun|zehn|elf|zwölf",
        "fr" => "aucun aucune|deux|trois|quatre|cinq|six|sept|huit||dix|onze|douze",
        "es" => "ningún ninguna|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce",
        "it" => "nessun nessuna|due|tre|quattro|cinque||sette|otto|nove|dieci|undici|dodici",
        "pt" => "nenhum nenhuma|dois duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze",
        "nl" => "geen|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf",
        "pl" => {
            "żadnych|dwa dwie dwóch dwoje|trzy troje|cztery|pięć|sześć|siedem|osiem|dziewięć|dziesięć|jedenaście|dwanaście"
        }
        "ru" => {
            "нет|два две двое|три трое|четыре четверо|пять пятеро|шесть|семь|восемь|девять|десять|одиннадцать|двенадцать"
        }
        "uk" => {
            "немає|два дві двоє|три троє|чотири четверо|п'ять п’ять|шість|сім|вісім|дев'ять дев’ять|десять|одинадцять|дванадцять"
        }
        _ => return None,
    };
    let at = list.split('|').position(|words| {
        words
            .split(' ')
            .any(|known| known == word && !known.is_empty())
    })?;
    let value = u32::try_from(at).ok()?;
    Some((if value == 0 { 0 } else { value + 1 }, FigureKind::Count))
}

/// "1.500" read as one and a half, "17,7" read as 177.
fn separators(figure: &mut Figure, text: &str) {
    let digits: String = text
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        .collect();
    let digits = digits.trim_end_matches(['.', ',']);
    let groups: Vec<&str> = digits.split('.').collect();
    let grouped = groups.len() > 1
        && groups[0].len() <= 3
        && groups[1..].iter().all(|group| group.len() == 3);
    let right = if grouped {
        digits.replace('.', "")
    } else {
        digits.replace(',', ".")
    };
    let wrong = if grouped {
        digits.to_owned()
    } else {
        digits.replace(',', "")
    };
    let (Ok(right), Ok(wrong)) = (right.parse::<Decimal>(), wrong.parse::<Decimal>()) else {
        return;
    };
    let Some(amount) = figure
        .amount
        .filter(|amount| amount.low == amount.high && !wrong.is_zero() && right != wrong)
    else {
        return;
    };
    // What the figure was multiplied with stays: "1.500 Millionen". A value that fits the right reading is right.
    let factor = |read: Decimal| {
        amount
            .low
            .checked_div(read)
            .filter(|factor| is_magnitude(*factor))
    };
    if factor(right).is_some() {
        return;
    }
    let factor = factor(wrong);
    if let Some(value) = factor.and_then(|factor| right.checked_mul(factor)) {
        figure.amount = Some(Amount {
            low: value,
            high: value,
            ..amount
        });
    }
}

/// Whether the value is that of the digits alone.
fn is_as_written(figure: &Figure, text: &str) -> bool {
    let digits: String = text
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        .collect();
    let digits = digits.trim_matches(['.', ',']).replace(',', ".");
    figure
        .amount
        .zip(digits.parse::<Decimal>().ok())
        .is_some_and(|(amount, value)| amount.low == value)
}

/// One, a thousand, a million, a billion, a trillion.
fn is_magnitude(factor: Decimal) -> bool {
    [0, 3, 6, 9, 12]
        .into_iter()
        .any(|power| factor == Decimal::from(10u64.pow(power)))
}

fn scale(figure: &mut Figure, power: u32) {
    let factor = Decimal::from(10u64.pow(power));
    if let Some(amount) = figure.amount
        && let (Some(low), Some(high)) = (
            amount.low.checked_mul(factor),
            amount.high.checked_mul(factor),
        )
    {
        figure.amount = Some(Amount {
            low,
            high,
            ..amount
        });
    }
}

fn is_date(figure: &Figure) -> bool {
    figure.amount.is_some_and(|amount| {
        amount.low == amount.high && amount.low <= Decimal::from(31) && amount.low.fract().is_zero()
    })
}

fn magnitude(word: &str) -> Option<u32> {
    match word {
        "tausend" | "mille" | "mil" | "mila" | "duizend" | "tysiac" | "tysiace" | "tysiecy"
        | "тысяча" | "тысячи" | "тысяч" | "тисяча" | "тисячі" | "тисяч" => {
            Some(3)
        }
        "million" | "millionen" | "millions" | "millon" | "millones" | "milione" | "milioni"
        | "milhao" | "milhoes" | "miljoen" | "milion" | "miliony" | "milionow" | "миллион"
        | "миллиона" | "миллионов" | "мільион" | "мільиона" | "мільионів" | "млн" => {
            Some(6)
        }
        "milliarde"
        | "milliarden"
        | "milliard"
        | "milliards"
        | "miliardo"
        | "miliardi"
        | "miljard"
        | "miliard"
        | "миллиард"
        | "миллиарда"
        | "миллиардов"
        | "мільярд"
        | "мільярда"
        | "мільярдів"
        | "млрд" => Some(9),
        _ => None,
    }
}

fn is_percent(word: &str) -> bool {
    matches!(
        word,
        "prozent"
            | "procent"
            | "процент"
            | "процента"
            | "процентов"
            | "відсоток"
            | "відсотка"
            | "відсотки"
            | "відсотків"
    )
}

#[cfg(test)]
mod tests {
    use crate::compare::{told_line, versions};
    use crate::story::Story;
    use crate::text::Language;

    fn told(language: &str, old: &str, new: &str) -> Vec<String> {
        let story = |text: &str| {
            let mut story = Story::from_text("Titel", &[text]);
            story.language = Language::new(language);
            story
        };
        versions(&story(old), &story(new))
            .changes
            .iter()
            .map(told_line)
            .collect()
    }

    #[test]
    fn a_point_groups_thousands_where_the_language_does() {
        let told = told(
            "de",
            "Rund 1.400 Menschen kamen.",
            "Rund 1.900 Menschen kamen.",
        );
        assert_eq!(told, ["figure_changed\t1.400\t1.900"]);
    }

    #[test]
    fn a_percent_word_and_a_percent_sign_are_the_same() {
        assert!(
            told(
                "de",
                "Die Quote sank auf 7,5 Prozent.",
                "Die Quote sank auf 7,5 %."
            )
            .is_empty()
        );
    }

    #[test]
    fn a_day_of_the_month_is_a_date() {
        let told = told(
            "de",
            "Das Urteil wird am 3. November verkündet.",
            "Das Urteil wird am 8. November verkündet.",
        );
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("statement_changed"), "{told:?}");
    }
}
