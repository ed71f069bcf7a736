//! How the C library keeps memory for the service: one heap, given back as soon as it is free.
//!
//! Left alone, glibc makes a heap for every thread and keeps in each what the largest page ever took. It takes orders only
//! when a program starts, so the service starts itself again with them, as the same process.

use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::secret;

/// The orders, by the variables that glibc reads. Naming the sizes keeps it from raising them after the first large page; what
/// a usual page takes is kept for the next, because asking the system for it each time takes a sixth of a reading.
const ORDERS: [(&str, &str); 3] = [
    ("MALLOC_ARENA_MAX", "1"),
    ("MALLOC_TRIM_THRESHOLD_", "4194304"),
    ("MALLOC_MMAP_THRESHOLD_", "1048576"),
];

/// Starts the program again with the orders, unless somebody has given orders already. Where that cannot be done, the
/// service goes on as it is.
pub fn order() {
    let is_glibc = cfg!(all(target_os = "linux", target_env = "gnu"));
    if !is_glibc
        || ORDERS
            .iter()
            .any(|(name, _)| secret::environment(name).is_some())
    {
        return;
    }
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    let mut arguments = std::env::args_os();
    let name = arguments.next().unwrap_or_else(|| program.clone().into());
    // Comes back only where it has failed.
    let error = Command::new(program)
        .arg0(name)
        .args(arguments)
        .envs(ORDERS)
        .exec();
    tracing::debug!(%error, "memory is kept as the C library likes");
}
