//! The product as its users meet it: a module for each promise, everything on loopback, nothing mocked below the socket.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod config;
mod config_mistakes;
mod fetch;
mod fetch_guard;
mod fetch_limits;
mod schedule;
mod served;
mod webhook;
