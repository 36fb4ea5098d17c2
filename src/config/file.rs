use anyhow::Context;
use secrecy::SecretString;
use std::{fs, path::Path};

/// A secret kept in a file, as container platforms hand them out; a line end at its end is not part of it.
pub(super) fn secret(path: &Path, variable: &str) -> anyhow::Result<SecretString> {
    let text = fs::read_to_string(path)
        .with_context(|| format!("{variable}: cannot read {}", path.display()))?;
    Ok(SecretString::from(text.trim_end_matches(['\r', '\n']).to_owned()))
}
