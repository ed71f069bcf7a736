//! One story as `claimwatch read --json` prints it: what was read, and every claim in it.

use serde_json::{Value, json};

use crate::claims::{Claims, Decimal, Figure, FigureRole, Manner, Qualifier, Source, Statement};
use crate::story::{Date, Place, Story};

/// The story and its claims.
///
/// ```
/// use claimwatch::{claims, records, story::Story};
///
/// let story = Story::from_text("Truce holds", &["Some 60 buses left the town."]);
/// let record = records::story::record(&story, &claims::read(&story));
///
/// assert_eq!(record["figures"][0]["text"], "60");
/// assert_eq!(record["figures"][0]["qualifier"], "about");
/// ```
#[must_use]
pub fn record(story: &Story, claims: &Claims) -> Value {
    let date = |date: &Option<Date>| date.as_ref().map(|date| date.text.clone());
    let of = |manner: Manner| {
        let wanted = claims
            .statements
            .iter()
            .filter(move |statement| statement.manner == manner);
        wanted.map(statement).collect::<Vec<_>>()
    };
    json!({
        "headline": story.headline,
        "standfirst": story.standfirst,
        "byline": story.byline,
        "outlet": story.outlet,
        "agency": story.agency,
        "published": date(&story.published),
        "modified": date(&story.modified),
        "canonical": story.canonical,
        "language": story.language.as_str(),
        "paragraphs": story.paragraphs.iter().map(|paragraph| &paragraph.text).collect::<Vec<_>>(),
        "figures": claims.figures.iter().map(|found| figure(story, found)).collect::<Vec<_>>(),
        "quotes": of(Manner::Quote),
        "reported": of(Manner::Reported),
        "corrections": claims.corrections.iter().filter_map(|span| story.slice(*span)).collect::<Vec<_>>(),
    })
}

fn figure(story: &Story, figure: &Figure) -> Value {
    let number = |value: Decimal| f64::try_from(value).ok();
    json!({
        "text": story.slice(figure.span),
        "low": figure.amount.and_then(|amount| number(amount.low)),
        "high": figure.amount.and_then(|amount| number(amount.high)),
        "qualifier": figure.amount.and_then(|amount| amount.qualifier).map(Qualifier::as_str),
        "kind": figure.kind.as_str(),
        "claim": figure.kind.is_claim(),
        "unit": figure.unit.as_ref().map(|unit| &unit.0),
        "noun": figure.noun,
        "counted": figure.counted,
        "role": figure.role.map(FigureRole::as_str),
        "said_by": source(figure.said_by.as_ref()),
        "place": place(figure.span.place),
    })
}

fn statement(statement: &Statement) -> Value {
    json!({
        "text": statement.text,
        "negated": statement.negated,
        "said_by": source(statement.said_by.as_ref()),
        "place": place(statement.span.place),
    })
}

fn source(source: Option<&Source>) -> Value {
    source.map_or(
        Value::Null,
        |source| json!({"name": source.name, "via": source.via}),
    )
}

/// `headline`, `standfirst`, or the paragraph counted from 1.
fn place(place: Place) -> Value {
    match place {
        Place::Headline => "headline".into(),
        Place::Standfirst => "standfirst".into(),
        Place::Paragraph(index) => (index + 1).into(),
    }
}
