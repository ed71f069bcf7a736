//! What claimwatch promises, tested from outside: a module for each promise.

mod fetch;
mod served;
mod webhook;
