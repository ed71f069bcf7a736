//! The promises of claimwatch, each a module: everything runs for real, nothing is mocked below the socket.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod config;
//! What claimwatch promises, tested from outside: a module for each promise.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod fetch;
mod fetch_guard;
mod fetch_limits;
mod served;
mod webhook;
