use super::{Outcome, open};
use crate::{
    app::App,
    config::Config,
    error::Error,
    kit::{HandleProblem, Problems, Secret, handle_problem},
    members::{self, NewMember, Owner, PasswordSet, Role},
    words::Language,
};
use anyhow::{Context, Result, bail};
use clap::Args;
use secrecy::SecretString;
use std::{io::Read, process::ExitCode};
use tokio_util::sync::CancellationToken;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Make an account; prints the password it chose, unless one is given
    Create(Create),
    /// Give a member a role
    Promote {
        /// Whom
        handle: String,
        /// What they become
        #[arg(value_parser = role)]
        role: Role,
    },
    /// Take a member's second factors away who has lost them all, and sign the member out everywhere
    TakeFactors {
        /// Whose
        handle: String,
    },
    /// Set a new password and sign the member out everywhere; prints the password it chose, unless one is given
    ResetPassword {
        /// Whose
        handle: String,
        #[command(flatten)]
        password: Password,
    },
}

#[derive(Debug, Args)]
pub(super) struct Create {
    /// What the member is called in addresses and mentions
    handle: String,
    /// What the member is called [default: the handle]
    #[arg(long)]
    name: Option<String>,
    /// An address known to be theirs
    #[arg(long)]
    email: Option<String>,
    /// A role besides being a member
    #[arg(long, value_parser = role)]
    role: Option<Role>,
    #[command(flatten)]
    password: Password,
}

#[derive(Debug, Args)]
pub(super) struct Password {
    /// Read the password from standard input
    #[arg(long)]
    password_stdin: bool,
}

fn role(name: &str) -> Result<Role, String> {
    match name {
        "moderator" => Ok(Role::Moderator),
        "staff" => Ok(Role::Staff),
        "admin" => Ok(Role::Admin),
        _ => Err("one of moderator, staff, admin".into()),
    }
}

pub(super) async fn run(config: Config, command: Command) -> Outcome {
    open::with(&config.clone(), async move |ground| {
        ground.migrate().await?;
        let stopping = CancellationToken::new();
        let app = open::app(config, &ground.opened, open::no_mail(), 2, stopping).await?;
        let done = match command {
            Command::Create(new) => create(&app, new).await,
            Command::Promote { handle, role } => promote(&app, &handle, role).await,
            Command::TakeFactors { handle } => take_factors(&app, &handle).await,
            Command::ResetPassword { handle, password } => reset(&app, &handle, &password).await,
        };
        app.db.close().await;
        done.map(|()| ExitCode::SUCCESS)
    })
    .await
}

async fn create(app: &App, new: Create) -> Result<()> {
    if let Some(problem) = handle_problem(&new.handle) {
        bail!("{} is no handle: {}", new.handle, words(problem));
    }
    if let Some(email) = &new.email {
        email.parse::<lettre::Address>().with_context(|| format!("{email} is no mail address"))?;
    }
    let (password, chosen) = new.password.get()?;
    let name = new.name.as_deref().unwrap_or(&new.handle);
    let owner = Owner { handle: &new.handle, name, email: new.email.as_deref() };
    if let Some(weak) = members::weakness(&app.hasher, &password, &owner).await? {
        bail!("{}", Language::default().say(&weak));
    }
    let made = members::join(
        app,
        NewMember {
            handle: &new.handle,
            name,
            email: new.email.as_deref(),
            password: Some(password),
        },
    )
    .await;
    match made {
        Ok(Some(_)) => {}
        Ok(None) => bail!("somebody is called {} already, or something like it", new.handle),
        Err(Error::Database(sqlx::Error::Database(error)))
            if error.constraint() == Some("members_confirmed_email") =>
        {
            bail!("the mail address belongs to another member")
        }
        Err(error) => return Err(error.into()),
    }
    if let Some(role) = new.role {
        members::promote(app, &new.handle, role).await?;
    }
    println!("{} is a member.", new.handle);
    say_password(chosen);
    Ok(())
}

async fn promote(app: &App, handle: &str, role: Role) -> Result<()> {
    members::promote(app, handle, role).await?.with_context(|| nobody(handle))?;
    println!("{handle} is {}.", role.name());
    Ok(())
}

async fn take_factors(app: &App, handle: &str) -> Result<()> {
    match members::take_factors_from(app, handle).await?.with_context(|| nobody(handle))? {
        true => println!("{handle} has no second factor any more and is signed out everywhere."),
        false => println!("{handle} had no second factor."),
    }
    Ok(())
}

async fn reset(app: &App, handle: &str, password: &Password) -> Result<()> {
    let (password, chosen) = password.get()?;
    match members::set_password(app, handle, password).await? {
        PasswordSet::Done(_) => {}
        PasswordSet::TooWeak(weak) => bail!("{}", Language::default().say(&weak)),
        PasswordSet::Nobody => bail!("{}", nobody(handle)),
    }
    println!("{handle} has a new password and is signed out everywhere.");
    say_password(chosen);
    Ok(())
}

impl Password {
    /// The password, and its text where we chose it and must say it.
    fn get(&self) -> Result<(SecretString, Option<String>)> {
        if !self.password_stdin {
            let chosen: String = Secret::random().reveal().chars().take(20).collect();
            return Ok((SecretString::from(chosen.clone()), Some(chosen)));
        }
        let mut typed = String::new();
        std::io::stdin().read_to_string(&mut typed).context("cannot read the password")?;
        let typed = typed.trim_end_matches(['\r', '\n']);
        let mut problems = Problems::default();
        members::check_password("password", typed, &mut problems);
        if !problems.none() {
            bail!("a password has 10 to 128 characters");
        }
        Ok((SecretString::from(typed.to_owned()), None))
    }
}

fn say_password(chosen: Option<String>) {
    if let Some(chosen) = chosen {
        println!("Password: {chosen}");
    }
}

fn nobody(handle: &str) -> String {
    format!("nobody is called {handle}")
}

fn words(problem: HandleProblem) -> &'static str {
    match problem {
        HandleProblem::TooShort => "it is too short",
        HandleProblem::TooLong => "it is too long",
        HandleProblem::Characters => {
            "letters, digits, and single dots, hyphens or underscores between them"
        }
    }
}
