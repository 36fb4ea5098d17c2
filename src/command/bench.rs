use super::Outcome;
use crate::{
    bench::{self, Options, ranks},
    config::Config,
};
use clap::{Args, Subcommand, ValueHint};
use std::{path::PathBuf, process::ExitCode, time::Duration};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    only: Option<Only>,
    /// How many posts the community has
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(i64).range(1..))]
    posts: i64,
    /// A Stack Exchange data dump to take the texts from [default: the sample community's]
    #[arg(long, value_hint = ValueHint::DirPath)]
    texts: Option<PathBuf>,
    /// How many seconds each figure is measured
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
    /// How many ask at a time, one round for each
    #[arg(long, value_delimiter = ',', default_value = "1,16,64")]
    concurrency: Vec<u8>,
}

/// Something else than pages and replies.
#[derive(Debug, Subcommand)]
enum Only {
    /// Measure what ranks cost: accepting an answer, looking at another ladder, counting everybody
    Ranks {
        /// How many members have a ledger
        #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(i64).range(10..))]
        members: i64,
        /// How many answers are accepted
        #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u16).range(1..))]
        accepts: u16,
    },
}

pub(super) async fn run(config: &Config, arguments: Arguments) -> Outcome {
    if let Some(Only::Ranks { members, accepts }) = arguments.only {
        let options = ranks::Options { members, accepts: accepts.into() };
        let report = ranks::run(config, options).await?;
        println!("{report}\n{}", report.json()?);
        return Ok(ExitCode::SUCCESS);
    }
    let options = Options {
        posts: arguments.posts,
        texts: arguments.texts,
        lasting: Duration::from_secs(arguments.seconds),
        concurrency: arguments.concurrency.into_iter().map(|many| many.max(1).into()).collect(),
    };
    let report = bench::run(config, &options).await?;
    println!("{report}\n{}", report.json()?);
    Ok(ExitCode::SUCCESS)
}
