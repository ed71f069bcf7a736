//! What is known of single languages, one file each.

pub(super) mod en_statements;
