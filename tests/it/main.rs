//! The product as its users meet it: a module for each promise, everything on loopback, nothing mocked below the socket.

#![allow(
    clippy::pedantic,
    clippy::naive_bytecount,
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs
)]

mod access;
mod alerts;
mod architecture;
mod archive;
mod browser;
mod chat;
mod check;
mod claims;
mod cli;
mod config;
mod config_mistakes;
mod config_mutations;
mod crash;
mod daemon;
mod disclosure;
mod elsewhere;
mod export;
mod fetch;
mod fetch_guard;
mod fetch_limits;
mod fetch_tls;
mod flapping;
mod gone;
mod hostile;
mod injection;
mod json_values;
mod keeping;
mod lists;
mod looks;
mod mail;
mod mute;
mod outage;
mod pages;
mod postgres;
mod readme;
mod receivers;
mod reference;
mod reference_pages;
mod reload;
mod reports;
mod rest;
mod retention;
mod schedule;
mod schema;
mod served;
mod server;
mod service;
mod simulate;
mod store;
mod stories;
#[allow(dead_code, reason = "`tests/kill_loop.rs` uses the rest")]
mod support;
mod together;
mod webhook;
