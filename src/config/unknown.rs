use clap::{Command, error::ContextKind, error::ContextValue};
use std::collections::BTreeSet;

/// The names of all variables that are set, whatever they are for.
pub fn variables() -> impl Iterator<Item = String> {
    std::env::vars_os().filter_map(|(name, _)| name.into_string().ok())
}

/// Says no to `CANDOR_…` variables that mean nothing, naming the one that was probably meant: a
/// misspelled setting must not be a silent default.
///
/// # Errors
/// The text for the operator.
pub fn refuse_unknown(
    command: &Command,
    variables: impl Iterator<Item = String>,
) -> Result<(), String> {
    let known = variables_of(command);
    let unknown: Vec<String> = variables
        .filter(|name| name.starts_with("CANDOR_"))
        .filter(|name| !known.contains(name))
        .map(|name| {
            let nearest = known
                .iter()
                .max_by(|a, b| {
                    strsim::jaro_winkler(a, &name).total_cmp(&strsim::jaro_winkler(b, &name))
                })
                .filter(|nearest| strsim::jaro_winkler(nearest, &name) > 0.85);
            match nearest {
                Some(nearest) => format!("{name} is not a setting; did you mean {nearest}?"),
                None => format!("{name} is not a setting; `candor serve --help` lists them all"),
            }
        })
        .collect();
    if unknown.is_empty() { Ok(()) } else { Err(unknown.join("\n")) }
}

/// Names the variable a bad value came from, because the operator may have typed no flag at all.
pub fn where_from(command: &Command, error: &clap::Error, typed: &[String]) -> Option<String> {
    let ContextValue::String(argument) = error.get(ContextKind::InvalidArg)? else { return None };
    let flag = argument.split_whitespace().next()?;
    if typed.iter().any(|word| word == flag || word.starts_with(&format!("{flag}="))) {
        return None;
    }
    let variable = command
        .get_arguments()
        .find(|arg| arg.get_long().is_some_and(|long| format!("--{long}") == flag))?
        .get_env()?
        .to_str()?;
    Some(format!("The value comes from the environment variable {variable}."))
}

fn variables_of(command: &Command) -> BTreeSet<String> {
    let own = command.get_arguments().filter_map(|arg| Some(arg.get_env()?.to_str()?.to_owned()));
    let below = command.get_subcommands().flat_map(variables_of);
    own.chain(below).collect()
}
