//! Reads the figures of texts in German, French, Spanish, Italian, Portuguese, Dutch, Polish, Russian and Ukrainian.
//!
//! English has a grammar of its own. For the others one small grammar serves, with a table of words for each: numbers in
//! digits and words, magnitudes, units, money, percent, fractions, ranges, bounds, dates and times. A language is one table.

mod book;
mod clock;
mod grammar;
mod numbers;
mod tables;
mod token;

use super::Figure;
use crate::story::Place;
use crate::text::Language;

/// The figures of a text, or `None` where the language has no table.
pub(super) fn figures(text: &str, language: &Language, place: Place) -> Option<Vec<Figure>> {
    let book = book::of(language.as_str())?;
    Some(grammar::read(book, text, place))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Every figure as `kind value unit`, with a bound before it.
    fn read(language: &str, text: &str) -> Vec<String> {
        figures(text, &Language::new(language), Place::Headline)
            .unwrap()
            .iter()
            .map(|figure| {
                let value = figure.amount.map_or_else(String::new, |amount| {
                    let bound = amount
                        .qualifier
                        .map_or_else(String::new, |bound| format!("{bound:?} "));
                    if amount.is_range() {
                        format!(" {bound}{}..{}", amount.low, amount.high)
                    } else {
                        format!(" {bound}{}", amount.low.round_dp(3).normalize())
                    }
                });
                let tally = figure
                    .tally
                    .map_or_else(String::new, |(one, other)| format!(" {one}:{other}"));
                let unit = figure
                    .unit
                    .as_ref()
                    .map_or_else(String::new, |unit| format!(" {}", unit.0));
                format!("{:?}{value}{tally}{unit}", figure.kind)
            })
            .collect()
    }

    #[test]
    fn numbers_in_words_are_read() {
        for (language, text, expected) in [
            ("de", "achtunddreißigtausend Menschen", "Count 38000"),
            ("de", "zweihundertfünfzig Menschen", "Count 250"),
            ("fr", "quatre-vingt-douze personnes", "Count 92"),
            ("fr", "trente et un blessés", "Count 31"),
            ("fr", "douze mille visiteurs", "Count 12000"),
            ("es", "setenta y cinco operaciones", "Count 75"),
            ("es", "seiscientos cuarenta viajeros", "Count 640"),
            ("it", "trentadue persone", "Count 32"),
            ("it", "centocinquanta case", "Count 150"),
            ("pt", "quarenta e duas casas", "Count 42"),
            ("nl", "tweeëntwintig huizen", "Count 22"),
            ("pl", "dwadzieścia trzy osoby", "Count 23"),
            ("ru", "тридцать четыре единицы", "Count 34"),
            ("uk", "сорок сім підстанцій", "Count 47"),
        ] {
            assert_eq!(read(language, text), [expected], "{text}");
        }
    }

    #[test]
    fn magnitudes_money_and_units_are_read() {
        for (language, text, expected) in [
            ("de", "2,3 Millionen Euro", "Money 2300000 EUR"),
            ("de", "7,5 Prozent der Befragten", "Percent 7.5 percent"),
            ("fr", "1,4 million d'euros", "Money 1400000 EUR"),
            ("fr", "1 400 000 euros", "Money 1400000 EUR"),
            (
                "es",
                "hasta el 70 por ciento del coste",
                "Percent UpTo 70 percent",
            ),
            ("es", "3.000 millones de euros", "Money 3000000000 EUR"),
            ("it", "85 mila euro", "Money 85000 EUR"),
            ("it", "1,2 chilometri", "Measure 1.2 kilometer"),
            ("pt", "R$ 2,5 mil", "Money 2500 BRL"),
            ("pt", "40 por cento", "Percent 40 percent"),
            ("nl", "ruim 28 kilometer", "Measure MoreThan 28 kilometer"),
            ("pl", "32 tys. złotych", "Money 32000 PLN"),
            ("ru", "48 тыс. гектаров", "Measure 48000 hectare"),
            ("uk", "2,4 метра", "Measure 2.4 meter"),
            ("uk", "понад 300 дерев", "Count MoreThan 300"),
        ] {
            assert_eq!(read(language, text), [expected], "{text}");
        }
    }

    #[test]
    fn ranges_scores_shares_and_ages_are_read() {
        for (language, text, expected) in [
            ("de", "10 bis 15 Personen", "Count 10..15"),
            ("de", "zwischen 10 und 15 Personen", "Count 10..15"),
            ("de", "Das Spiel endete 2:1.", "Score 2:1"),
            ("de", "jeder dritte Fernzug", "Fraction 0.333"),
            (
                "de",
                "knapp zwei Drittel der Wähler",
                "Fraction Nearly 0.667",
            ),
            ("de", "ein 51-jähriger Mann", "Age 51 year"),
            ("fr", "un Français sur trois", "Fraction 0.333"),
            ("fr", "un homme de 51 ans", "Age 51 year"),
            ("es", "uno de cada cinco alumnos", "Fraction 0.2"),
            ("it", "un quarto degli elettori", "Fraction 0.25"),
            ("pl", "co trzeci pacjent", "Fraction 0.333"),
            ("ru", "51-летний мужчина", "Age 51 year"),
            ("fr", "deux heures et demie", "Duration 2.5 hour"),
            ("de", "anderthalb Tage", "Duration 1.5 day"),
        ] {
            assert_eq!(read(language, text), [expected], "{text}");
        }
    }

    #[test]
    fn dates_hours_years_and_names_count_nothing() {
        for (language, text) in [
            ("de", "am 3. November"),
            ("de", "um 14.30 Uhr"),
            ("de", "im Jahr 1907"),
            ("fr", "le 30 juin 2026"),
            ("fr", "vers 10 h 20"),
            ("it", "alle 3.14"),
            ("pt", "às 18h30"),
            ("ru", "в 2019 году"),
            ("uk", "о 14:00"),
            ("de", "der G20-Gipfel zu Covid-19"),
        ] {
            let found = figures(text, &Language::new(language), Place::Headline).unwrap();
            assert!(
                found.iter().all(|figure| !figure.kind.is_claim()),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn a_word_of_a_thousand_number_words_ends_at_once() {
        let text = format!("{}x", "dreizehn".repeat(1_000));

        assert!(read("de", &text).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_and_every_figure_stands_in_it(text in "\\PC{0,200}", pick in 0usize..9) {
            let code = ["de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk"][pick];

            for figure in figures(&text, &Language::new(code), Place::Headline).unwrap() {
                let span = figure.span.start as usize..figure.span.end as usize;
                proptest::prop_assert!(text.get(span).is_some_and(|words| !words.is_empty()));
                if let Some(amount) = figure.amount {
                    proptest::prop_assert!(amount.low <= amount.high);
                }
            }
        }
    }

    #[test]
    fn an_article_is_no_number() {
        for (language, text) in [
            ("de", "eine Frau"),
            ("fr", "un homme"),
            ("es", "una casa"),
            ("it", "uno studio"),
        ] {
            assert!(read(language, text).is_empty(), "{text}");
        }
    }
}
