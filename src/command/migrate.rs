use super::{Outcome, open};
use crate::{config::Config, database::migrate};
use clap::Args;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Say what would be done and change nothing; exit code 1 where something would
    #[arg(long)]
    check: bool,
}

pub(super) async fn run(config: &Config, arguments: Arguments) -> Outcome {
    open::with(config, async |ground| {
        if arguments.check {
            let login = ground.opened.owner.as_ref().unwrap_or(&ground.opened.app);
            let check = migrate::check(login).await?;
            println!("{check}");
            check.refuse_unknown_floor()?;
            return Ok(ExitCode::from(u8::from(!check.is_up_to_date())));
        }
        let report = ground.opened.migrate().await?;
        for step in &report.applied {
            println!("{} {}", step.version, step.name);
        }
        match report.applied.len() {
            0 => println!("The schema is up to date."),
            ran => println!("{ran} run in {} ms.", report.took.as_millis()),
        }
        Ok(ExitCode::SUCCESS)
    })
    .await
}
