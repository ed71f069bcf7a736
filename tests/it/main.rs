//! What claimwatch promises, tested from outside: a module for each promise.

mod fetch;
mod mail;
mod served;
mod support;
mod webhook;
