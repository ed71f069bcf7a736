//! Reads any text as a story: no panic, every span slices its place, no range upside down, twice the same.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/it/support/invariants.rs"]
mod invariants;

fuzz_target!(|text: &str| invariants::hold(text));
