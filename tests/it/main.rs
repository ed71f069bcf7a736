//! The product as its users meet it: a module for each promise, everything on loopback, nothing mocked below the socket.

#![allow(
    clippy::pedantic,
    clippy::naive_bytecount,
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs
)]

mod alerts;
mod architecture;
mod check;
mod cli;
mod config;
mod config_mistakes;
mod crash;
mod daemon;
mod fetch;
mod fetch_guard;
mod fetch_limits;
mod keeping;
mod mail;
mod outage;
mod pages;
mod readme;
mod schedule;
mod schema;
mod served;
mod server;
mod store;
mod stories;
#[allow(dead_code, reason = "`tests/kill_loop.rs` uses the rest")]
mod support;
mod webhook;
