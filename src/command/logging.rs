use crate::config::{Config, LogFormat};
use anyhow::Context;
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// What PostgreSQL remarks on statements of ours, such as that a table was there already.
const QUIET: &str = "sqlx::postgres::notice=warn";

/// Log lines go to standard error, as the configuration wants them.
///
/// # Errors
/// A filter that cannot be read.
pub(super) fn begin(config: &Config) -> anyhow::Result<()> {
    let filter = EnvFilter::builder()
        .parse(format!("{QUIET},{}", config.log))
        .with_context(|| format!("CANDOR_LOG: `{}` is no list of levels", config.log))?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Text => lines.with_ansi(std::io::stderr().is_terminal()).init(),
        LogFormat::Json => lines.json().flatten_event(true).init(),
    }
    Ok(())
}
