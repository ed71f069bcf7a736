//! What the tests share: servers on loopback and the program itself.

pub mod alerts;
pub mod asked;
pub mod atom;
pub mod chat;
pub mod chromium;
pub mod desk;
pub mod hook;
pub mod invariants;
pub mod mime;
pub mod newsroom;
pub mod postgres;
pub mod program;
pub mod site;
pub mod smtp;
pub mod tls;
