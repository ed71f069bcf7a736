//! The promises of claimwatch, a module each.
#![allow(missing_docs)]

mod store;
