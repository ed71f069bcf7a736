//! Names the news agency a story comes from.

use super::Story;

/// How an agency is written in bylines and datelines, and the name it goes by.
const AGENCIES: &[(&str, &str)] = &[
    ("AFP", "AFP"),
    ("Agence France-Presse", "AFP"),
    ("ANI", "ANI"),
    ("ANP", "ANP"),
    ("ANSA", "ANSA"),
    ("AP", "AP"),
    ("APA", "APA"),
    ("Associated Press", "AP"),
    ("Belga", "Belga"),
    ("Bloomberg", "Bloomberg"),
    ("Canadian Press", "The Canadian Press"),
    ("dpa", "dpa"),
    ("DPA", "dpa"),
    ("EFE", "EFE"),
    ("Europa Press", "Europa Press"),
    ("Interfax", "Interfax"),
    ("Kyodo", "Kyodo"),
    ("Lusa", "Lusa"),
    ("PA Media", "PA Media"),
    ("PTI", "PTI"),
    ("Press Association", "PA Media"),
    ("Press Trust of India", "PTI"),
    ("Reuters", "Reuters"),
    ("REUTERS", "Reuters"),
    ("TASS", "TASS"),
    ("UPI", "UPI"),
    ("Ukrinform", "Ukrinform"),
    ("Xinhua", "Xinhua"),
];

/// A dateline stands within this many bytes of the beginning.
const DATELINE_BYTES: usize = 120;

/// The agency named in the byline, in the dateline (`KYIV (Reuters) - …`), or in brackets at the end.
pub(super) fn of(story: &Story) -> Option<String> {
    let in_byline = story.byline.iter().find_map(|name| {
        let name = name.trim_start_matches("The ");
        known(name).or_else(|| {
            name.split([',', '/', '|'])
                .find_map(|part| known(part.trim()))
        })
    });
    let mut body = story
        .paragraphs
        .iter()
        .map(|paragraph| paragraph.text.as_str());
    let first = body.next();
    let last = body.next_back().or(first);
    let dateline = first.and_then(|text| in_brackets(text.get(..DATELINE_BYTES).unwrap_or(text)));
    let signed = || {
        last.filter(|text| text.len() < DATELINE_BYTES)
            .and_then(in_brackets)
    };
    in_byline.or(dateline).or_else(signed).map(str::to_owned)
}

fn known(name: &str) -> Option<&'static str> {
    let name = name.strip_suffix(" Staff").unwrap_or(name);
    AGENCIES
        .iter()
        .find(|(written, _)| *written == name)
        .map(|(_, agency)| *agency)
}

/// The first agency that stands in brackets.
fn in_brackets(text: &str) -> Option<&'static str> {
    text.split('(').skip(1).find_map(|rest| {
        let inside = rest.split(')').next().unwrap_or_default();
        inside.split([',', '/']).find_map(|part| known(part.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_agency_is_found_in_byline_and_dateline() {
        let mut by = Story::from_text("Talks", &["The talks go on."]);
        by.byline = vec!["The Associated Press".to_owned()];
        let dateline = Story::from_text("Talks", &["KYIV (Reuters) - The talks go on."]);
        let signed = Story::from_text("Talks", &["The talks go on.", "(dpa/AFP)"]);
        let none = Story::from_text("Talks", &["The talks (the third this year) go on."]);

        assert_eq!(of(&by).as_deref(), Some("AP"));
        assert_eq!(of(&dateline).as_deref(), Some("Reuters"));
        assert_eq!(of(&signed).as_deref(), Some("dpa"));
        assert_eq!(of(&none), None);
    }
}
