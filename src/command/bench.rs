use super::Outcome;
use crate::{
    bench::{self, Options},
    config::Config,
};
use clap::{Args, ValueHint};
use std::{path::PathBuf, process::ExitCode, time::Duration};

#[derive(Debug, Args)]
pub(super) struct Arguments {
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

pub(super) async fn run(config: &Config, arguments: Arguments) -> Outcome {
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
