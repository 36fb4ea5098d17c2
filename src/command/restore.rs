use super::{Outcome, open, tools};
use crate::{backup, config::Config};
use anyhow::{Context, bail};
use clap::Args;
use std::{path::PathBuf, process::ExitCode};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The backup
    file: PathBuf,
    /// Put it in place of a community that is there, and end other sessions of the database
    #[arg(long)]
    force: bool,
}

pub(super) async fn run(config: &Config, arguments: Arguments) -> Outcome {
    std::fs::metadata(&arguments.file)
        .with_context(|| format!("cannot read {}", arguments.file.display()))?;
    open::with(config, async |ground| {
        if ground.shared {
            bail!("a server runs on {}: stop it first", config.data.display());
        }
        std::fs::create_dir_all(&config.data)
            .with_context(|| format!("cannot make {}", config.data.display()))?;
        let place = tools::place(config, ground).await?;
        let done = backup::put_back(&place, &arguments.file, arguments.force).await?;
        println!(
            "Restored: Candor {} of {}, {} rows in {} tables.",
            done.manifest.version,
            done.manifest.created,
            done.manifest.rows.values().sum::<i64>(),
            done.manifest.rows.len()
        );
        let quieted = done.quieted;
        println!(
            "So that nothing is sent twice, {} waiting jobs (mails among them) and {} events not yet told of were \
             dropped; {} browsers are signed out.",
            quieted.jobs, quieted.events, quieted.sessions
        );
        if let Some(before) = done.files_before {
            println!("The files that were there are now in {}.", before.display());
        }
        Ok(ExitCode::SUCCESS)
    })
    .await
}
