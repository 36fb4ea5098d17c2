use super::{Outcome, serve};
use crate::{
    app::App,
    config::Config,
    demo::{self, Filled, LOGINS, PASSWORD},
    reactions::TABLE,
};
use anyhow::{Result, bail};
use std::time::Instant;

pub(super) async fn run(config: Config) -> Outcome {
    serve::server(config, Some(&TABLE), fill, say).await
}

async fn fill(app: &App) -> Result<()> {
    let began = Instant::now();
    match demo::fill(app, &TABLE).await? {
        Filled::Done { deeds: 0 } => {}
        Filled::Done { deeds } => {
            tracing::info!(
                demo.deeds = deeds,
                demo.milliseconds = began.elapsed().as_millis() as u64,
                "the sample community has moved in"
            );
        }
        Filled::Inhabited => bail!(
            "this database holds a community that is not the demonstration, and is left as it is. Run it with \
             `candor serve`, or give the demonstration a place of its own: CANDOR_DATA=./demo-data candor demo"
        ),
    }
    Ok(())
}

fn say(address: &str) {
    println!("\nOpen {address} and look around, or sign in as:");
    for login in LOGINS {
        println!("  {:14} {}", login.role, login.handle);
    }
    println!("  Password       {PASSWORD}\n");
}
