//! The program `candor`: see `candor --help`, and [`candor::command`] for what is behind it.

use std::process::ExitCode;

/// Gives memory back and does not fragment over weeks, which the system's allocator does with many
/// threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    candor::command::run(std::env::args_os())
}
