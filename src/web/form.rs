//! The three forms of every page: HTML for people, JSON for programs, Atom for feed readers.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::html::{Html, Page};
use crate::store;

/// How an answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// For people.
    Html,
    /// For programs.
    Json,
    /// For feed readers.
    Atom,
}

impl Form {
    /// The name of a page and the form its ending asks for.
    pub(super) fn of(name: &str) -> (&str, Self) {
        if let Some(name) = name.strip_suffix(".json") {
            (name, Self::Json)
        } else if let Some(name) = name.strip_suffix(".atom") {
            (name, Self::Atom)
        } else {
            (name, Self::Html)
        }
    }
}

/// Why there is no page.
pub(super) enum Trouble {
    /// There is no such thing.
    Missing(&'static str),
    /// The store does not answer.
    Store(store::Error),
    /// Something that should not have happened.
    Fault(&'static str),
}

impl From<store::Error> for Trouble {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Unknown { .. } => Self::Missing("There is no such version."),
            error => Self::Store(error),
        }
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let (status, title, words) = match self {
            Self::Missing(what) => (StatusCode::NOT_FOUND, "Not found", what),
            Self::Store(error) => {
                tracing::error!(%error, "the local page cannot be read from the store");
                let words = "The store does not answer; the log says why.";
                (StatusCode::SERVICE_UNAVAILABLE, "Not now", words)
            }
            Self::Fault(what) => (StatusCode::INTERNAL_SERVER_ERROR, "A fault", what),
        };
        let mut body = Html::default();
        body.element("p", words);
        let page = Page {
            title,
            root: "../",
            forms: None,
            query: "",
            body,
        };
        (status, page).into_response()
    }
}

/// JSON.
pub(super) fn json(value: &serde_json::Value) -> Response {
    let format = [(header::CONTENT_TYPE, "application/json")];
    (format, format!("{value:#}\n")).into_response()
}
