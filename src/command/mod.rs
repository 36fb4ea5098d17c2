//! The command line: what can be asked of the program, one file for each.
//!
//! Every command that needs the database starts the private one, or uses that of a server running on
//! the same data folder. What people asked for goes to standard output, all else to standard error.
//! Exit codes: 0 done, 1 not done (or something is wrong, as `doctor` says), 2 not understood.

mod backup;
mod bench;
mod demo;
mod doctor;
mod import;
mod logging;
mod member;
mod migrate;
mod open;
mod restore;
mod routes;
mod serve;
mod signals;
mod tools;

use crate::config::{self, Config};
use anyhow::Context;
use clap::{CommandFactory, Parser, Subcommand, error::ErrorKind};
use std::{ffi::OsString, process::ExitCode};

/// A self-hosted customer community server.
#[derive(Debug, Parser)]
#[command(name = "candor", version, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    config: Config,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server
    Serve(serve::Arguments),
    /// Run the server with a sample community; fills an empty database
    Demo,
    /// Bring the database up to date, which `serve` does by itself
    Migrate(migrate::Arguments),
    /// Make members, give them roles, set their passwords
    #[command(subcommand)]
    Member(member::Command),
    /// Prove that counters, ranks and ledgers agree with what they are made of
    Doctor(doctor::Arguments),
    /// Bring a community over from another house
    #[command(subcommand)]
    Import(import::Command),
    /// Measure this machine: pages and replies in a community of a million posts
    Bench(bench::Arguments),
    /// Print every address of the server and who may use it
    Routes,
    /// Write everything into one file, also while the server runs
    Backup(backup::Arguments),
    /// Put the contents of a backup in place of what is there
    Restore(restore::Arguments),
}

/// How a command ends that was understood and could be carried out.
type Outcome = anyhow::Result<ExitCode>;

/// Reads the command line and does what it says.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.collect();
    let cli = match understood(&arguments) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    match carry_out(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("candor: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn understood(arguments: &[OsString]) -> Result<Cli, ExitCode> {
    let command = Cli::command();
    if let Err(problem) = config::refuse_unknown(&command, config::variables()) {
        eprintln!("candor: {problem}");
        return Err(ExitCode::from(2));
    }
    Cli::try_parse_from(arguments).map_err(|error| {
        // Failing to print, there is nobody left to tell.
        let _ = error.print();
        let typed: Vec<String> =
            arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        if let Some(origin) = config::where_from(&command, &error, &typed) {
            eprintln!("\n{origin}");
        }
        let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
        if asked { ExitCode::SUCCESS } else { ExitCode::from(2) }
    })
}

fn carry_out(cli: Cli) -> Outcome {
    let config = cli.config.with_files()?;
    logging::begin(&config)?;
    // The choice is the whole process's, and of several linked in none is taken by itself.
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        tracing::debug!("a TLS provider had been chosen before");
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?;
    let outcome = runtime.block_on(async {
        match cli.command {
            Command::Serve(arguments) => serve::run(config, arguments).await,
            Command::Demo => demo::run(config).await,
            Command::Migrate(arguments) => migrate::run(&config, arguments).await,
            Command::Member(command) => member::run(config, command).await,
            Command::Doctor(arguments) => doctor::run(&config, arguments).await,
            Command::Import(command) => import::run(config, command).await,
            Command::Bench(arguments) => bench::run(&config, arguments).await,
            Command::Routes => routes::run(),
            Command::Backup(arguments) => backup::run(&config, arguments).await,
            Command::Restore(arguments) => restore::run(&config, arguments).await,
        }
    });
    // A blocking read of standard input would otherwise hold the process.
    runtime.shutdown_background();
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
