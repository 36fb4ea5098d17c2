use super::{Outcome, open};
use crate::{
    config::Config,
    database::as_owner,
    doctor::{self, Finding},
    kit::Clock,
    storage::Blobs,
};
use clap::Args;
use sqlx::{ConnectOptions, Connection};
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Put right what can be made anew, and say what was changed
    #[arg(long)]
    repair: bool,
}

pub(super) async fn run(config: &Config, arguments: Arguments) -> Outcome {
    open::with(config, async |ground| {
        ground.insist_on_schema().await?;
        let mut db = as_owner(ground.owner()?.clone()).connect().await?;
        if arguments.repair {
            for mended in doctor::repair(&mut db, Clock::System.now()).await? {
                println!("{:40} {} put right", mended.about, mended.rows);
            }
        }
        let mut findings = doctor::examine(&mut db, Clock::System.now()).await?;
        findings.push(doctor::contents(&mut db, &Blobs::disk(&config.data)).await?);
        db.close().await?;
        Ok(report(&findings))
    })
    .await
}

fn report(findings: &[Finding]) -> ExitCode {
    for finding in findings {
        match finding.wrong {
            0 => println!("{:40} ok", finding.about),
            wrong => println!("{:40} wrong ({wrong})", finding.about),
        }
    }
    if findings.iter().any(|finding| finding.wrong > 0 && finding.mendable) {
        println!(
            "\n`candor doctor --repair` puts counters right; what people wrote is not touched."
        );
    }
    ExitCode::from(u8::from(findings.iter().any(|finding| finding.wrong > 0)))
}
