use super::{Outcome, open};
use crate::{config::Config, importers::stackexchange};
use clap::ValueHint;
use std::{path::PathBuf, process::ExitCode};
use tokio_util::sync::CancellationToken;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// A Stack Exchange data dump, unpacked; an import that was interrupted goes on
    Stackexchange {
        /// Folder with Posts.xml and the others, named for the site
        #[arg(value_hint = ValueHint::DirPath)]
        folder: PathBuf,
        /// What the board for its questions is called [default: the site's name]
        #[arg(long)]
        board: Option<String>,
    },
}

/// Connections of an import: one writes while another reads what drawing needs.
const CONNECTIONS: u32 = 4;

pub(super) async fn run(config: Config, command: Command) -> Outcome {
    open::with(&config.clone(), async move |ground| {
        ground.migrate().await?;
        let stopping = CancellationToken::new();
        let app = open::app(config, &ground.opened, open::no_mail(), CONNECTIONS, stopping).await?;
        let done = match command {
            Command::Stackexchange { folder, board } => {
                stackexchange::run(&app, &folder, board).await
            }
        };
        app.db.close().await;
        done.map(|()| ExitCode::SUCCESS)
    })
    .await
}
