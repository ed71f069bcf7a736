//! What several promises are tested with.

pub mod alerts;
pub mod mime;
pub mod smtp;
