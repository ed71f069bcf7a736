//! What claimwatch promises, tested from outside: a module for each promise.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod fetch;
mod fetch_guard;
mod fetch_limits;
mod served;
mod webhook;
