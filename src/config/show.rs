//! The configuration as YAML with every default filled in, and where each value came from.
