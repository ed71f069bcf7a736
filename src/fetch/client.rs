//! One request and its redirects.
