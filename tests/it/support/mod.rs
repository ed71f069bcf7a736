//! What the tests share: servers on loopback and the program itself.

pub mod hook;
pub mod program;
pub mod site;
