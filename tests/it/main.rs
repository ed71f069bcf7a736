//! What claimwatch promises, tested from outside: a module for each promise.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod alerts;
mod fetch;
mod mail;
mod served;
mod support;
mod webhook;
