use super::Outcome;
use crate::router;
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// One line an address: method, path, who may, which limits, longest body.
pub(super) fn run() -> Outcome {
    let routes = router::routes();
    let widest = routes.iter().map(|route| route.path.len()).max().unwrap_or(0);
    let mut out = io::stdout().lock();
    for route in &routes {
        let written = writeln!(
            out,
            "{:6} {:widest$}  {:12} {:7} {:8} {:>7}",
            route.method.as_str(),
            route.path,
            format!("{:?}", route.policy),
            format!("{:?}", route.rate),
            format!("{:?}", route.cache),
            route.body,
        );
        // `candor routes | head` is no error.
        if written.is_err() {
            break;
        }
    }
    Ok(ExitCode::SUCCESS)
}
