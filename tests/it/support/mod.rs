//! What the tests share: servers on loopback and the program itself.

pub mod alerts;
pub mod hook;
pub mod invariants;
pub mod mime;
pub mod program;
pub mod site;
pub mod smtp;
