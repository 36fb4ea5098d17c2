use super::{Outcome, open, tools};
use crate::{
    backup::{self, Proof},
    config::Config,
    kit::Clock,
};
use clap::Args;
use std::{collections::BTreeMap, path::PathBuf, process::ExitCode};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The file to write
    file: PathBuf,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
}

pub(super) async fn run(config: &Config, arguments: Arguments) -> Outcome {
    open::with(config, async |ground| {
        ground.insist_on_schema().await?;
        let place = tools::place(config, ground).await?;
        let now = Clock::System.now();
        let file = &arguments.file;
        let made = backup::make(&place, file, arguments.force, settings(config), now).await?;
        println!(
            "{}: {} kB, {} rows in {} tables.",
            file.display(),
            made.bytes.div_ceil(1024),
            made.manifest.rows.values().sum::<i64>(),
            made.manifest.rows.len()
        );
        match made.proof {
            Proof::Restored => println!("Restored beside the database and compared: the same."),
            Proof::ReadBack => println!(
                "Read back, and every checksum is right. Not tried by restoring it: the database's login may not \
                 make databases (`alter role … createdb` allows it)."
            ),
        }
        if made.findings.iter().any(|finding| finding.wrong > 0) {
            println!("Some counters are wrong, here and in the backup: see `candor doctor`.");
        }
        Ok(ExitCode::SUCCESS)
    })
    .await
}

/// How this server is set up, for whoever sets up the next one; nothing that is secret.
fn settings(config: &Config) -> BTreeMap<String, String> {
    let given = |value: Option<String>| value.unwrap_or_default();
    [
        ("CANDOR_LISTEN", config.listen.to_string()),
        ("CANDOR_PUBLIC_URL", given(config.public_url.as_ref().map(ToString::to_string))),
        ("CANDOR_MAIL_FROM", given(config.mail_from.as_ref().map(ToString::to_string))),
        ("CANDOR_DATABASE_CONNECTIONS", config.database_connections.to_string()),
        ("CANDOR_MAX_CONNECTIONS", config.max_connections.to_string()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}
