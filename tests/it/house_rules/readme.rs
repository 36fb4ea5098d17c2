//! README.md tells everything that one can set and type.

use super::{assert_none, files, root};
use std::{fs, process::Command};

#[test]
fn readme_has_every_variable() {
    let readme = readme();
    let mut variables: Vec<String> = files("src", &["rs"])
        .iter()
        .filter(|file| file.path.starts_with("src/config"))
        .flat_map(|file| {
            let quoted = file.text.split("env = \"").skip(1);
            quoted.filter_map(|rest| Some(rest.split('"').next()?.to_owned())).collect::<Vec<_>>()
        })
        .collect();
    variables.sort();
    let missing: Vec<_> =
        variables.iter().filter(|name| !readme.contains(&format!("`{name}`"))).cloned().collect();

    assert!(variables.len() > 10, "the variables were found: {variables:?}");
    assert_none(&missing, "README.md has every variable in its table.");
}

#[test]
fn readme_has_every_subcommand() {
    let readme = readme();
    let help = Command::new(env!("CARGO_BIN_EXE_candor")).arg("--help").output().expect("it runs");
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    let commands = help.split("Commands:\n").nth(1).unwrap_or_default();
    let commands = commands.lines().take_while(|line| line.starts_with("  "));
    let names: Vec<&str> = commands
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    let missing: Vec<_> = names
        .iter()
        .filter(|name| !readme.contains(&format!("candor {name}")))
        .map(|name| format!("candor {name}"))
        .collect();

    assert!(!names.is_empty(), "candor --help lists no commands");
    assert_none(&missing, "README.md names every command.");
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).expect("README.md is there")
}
