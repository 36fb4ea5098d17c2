//! Rebuilds when a migration or a translation is added: both are compiled in.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=locales");
}
