//! The batch forms: one JSON line in, one JSON line out, for researchers who run claimwatch over archives.
//!
//! Each file knows one form; reading and writing the lines is left to the command line.

pub mod compare;
pub mod page;
pub mod read;
pub mod story;
