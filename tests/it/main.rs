//! The promises of claimwatch, each a module: everything runs for real, nothing is mocked below the socket.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod config;
