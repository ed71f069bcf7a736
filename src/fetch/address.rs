//! Which addresses may be connected to.

/// A network in CIDR notation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// The first address.
    pub address: std::net::IpAddr,
    /// The length of the prefix in bits.
    pub prefix: u8,
}
