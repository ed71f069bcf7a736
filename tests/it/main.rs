//! What claimwatch promises, tested from outside: a module for each promise.

mod alerts;
mod fetch;
mod mail;
mod served;
mod support;
mod webhook;
