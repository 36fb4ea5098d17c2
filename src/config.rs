//! Every setting of a server, from flags and environment, in one struct. Nothing else reads the
//! environment. What administrators change at run time is in `settings/`.

mod file;
mod unknown;

use clap::Args;
use ipnet::IpNet;
use secrecy::SecretString;
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};
use url::Url;

pub use unknown::{refuse_unknown, variables, where_from};

/// How this server runs. The help texts are the documentation; README has them in one table.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Settings")]
pub struct Config {
    /// Address and port to listen on
    #[arg(long, env = "CANDOR_LISTEN", default_value = "127.0.0.1:8080", global = true)]
    pub listen: SocketAddr,

    /// Folder for everything that must not be lost: database, mail, files
    #[arg(long, env = "CANDOR_DATA", default_value = "./data", global = true)]
    pub data: PathBuf,

    /// Address people reach the server under; links in mails begin with it (default: http:// and the listening address)
    #[arg(long, env = "CANDOR_PUBLIC_URL", value_parser = public_url, global = true)]
    pub public_url: Option<Url>,

    /// PostgreSQL 15 or later for the server; without it a private one runs inside the data folder
    #[arg(long, env = "DATABASE_URL", value_parser = secret, hide_env_values = true, global = true)]
    pub database_url: Option<SecretString>,

    /// File that holds the value of `DATABASE_URL`
    #[arg(long, env = "DATABASE_URL_FILE", conflicts_with = "database_url", global = true)]
    pub database_url_file: Option<PathBuf>,

    /// PostgreSQL address for migrations, where the operator separates the two roles
    #[arg(long, env = "DATABASE_OWNER_URL", value_parser = secret, hide_env_values = true, global = true)]
    pub owner_database_url: Option<SecretString>,

    /// File that holds the value of `DATABASE_OWNER_URL`
    #[arg(
        long,
        env = "DATABASE_OWNER_URL_FILE",
        conflicts_with = "owner_database_url",
        global = true
    )]
    pub owner_database_url_file: Option<PathBuf>,

    /// Connections to the database at the most
    #[arg(long, env = "CANDOR_DATABASE_CONNECTIONS", default_value_t = 20, value_parser = clap::value_parser!(u32).range(2..=1000), global = true)]
    pub database_connections: u32,

    /// Folder with PostgreSQL's programs for the private database (default: PATH and the usual places)
    #[arg(long, env = "CANDOR_PG_BIN", global = true)]
    pub pg_bin: Option<PathBuf>,

    /// User the private database runs as when the server is root (default: postgres, candor or nobody)
    #[arg(long, env = "CANDOR_PG_USER", global = true)]
    pub pg_user: Option<String>,

    /// Mail server, such as `smtps://user:password@mail.example.com`; without it mails are files in the data folder
    #[arg(long, env = "CANDOR_SMTP_URL", value_parser = secret, hide_env_values = true, global = true)]
    pub smtp_url: Option<SecretString>,

    /// File that holds the value of `CANDOR_SMTP_URL`
    #[arg(long, env = "CANDOR_SMTP_URL_FILE", conflicts_with = "smtp_url", global = true)]
    pub smtp_url_file: Option<PathBuf>,

    /// Key that seals secrets in the database, 32 bytes in base64, the same for all servers on one database (default: a file in the data folder)
    #[arg(long, env = "CANDOR_SECRET_KEY", value_parser = secret, hide_env_values = true, global = true)]
    pub secret_key: Option<SecretString>,

    /// File that holds the value of `CANDOR_SECRET_KEY`
    #[arg(long, env = "CANDOR_SECRET_KEY_FILE", conflicts_with = "secret_key", global = true)]
    pub secret_key_file: Option<PathBuf>,

    /// Sender of mails (default: community@ and the host of the public address)
    #[arg(long, env = "CANDOR_MAIL_FROM", value_parser = mailbox, global = true)]
    pub mail_from: Option<lettre::message::Mailbox>,

    /// Client connections at the most
    #[arg(long, env = "CANDOR_MAX_CONNECTIONS", default_value_t = 4096, value_parser = clap::value_parser!(u32).range(8..=1_000_000), global = true)]
    pub max_connections: u32,

    /// Networks of reverse proxies, whose `X-Forwarded-For` is believed
    #[arg(long, env = "CANDOR_TRUSTED_PROXIES", value_delimiter = ',', default_value = "127.0.0.0/8,::1/128", value_parser = network, global = true)]
    pub trusted_proxies: Vec<IpNet>,

    /// Networks that the server may ask although they are not on the public internet, such as one with a sign-in provider in it
    #[arg(long, env = "CANDOR_OUTBOUND_ALLOW", value_delimiter = ',', value_parser = network, global = true)]
    pub outbound_allow: Vec<IpNet>,

    /// Whether members and networks are held back who send too much
    #[arg(long, env = "CANDOR_RATE_LIMITS", value_enum, default_value_t = RateLimits::On, global = true)]
    pub rate_limits: RateLimits,

    /// What to log, as in info or candor=debug,warn
    #[arg(long, env = "CANDOR_LOG", default_value = "info", global = true)]
    pub log: String,

    /// How log lines look
    #[arg(long, env = "CANDOR_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text, global = true)]
    pub log_format: LogFormat,
}

/// Whether rate limits hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum RateLimits {
    /// They hold.
    On,
    /// They do not: for measuring, and behind a gateway that has its own.
    Off,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines: one JSON object a line.
    Json,
}

impl Config {
    /// Reads the values that are kept in files.
    ///
    /// # Errors
    /// A file that cannot be read, named with its variable.
    pub fn with_files(mut self) -> anyhow::Result<Self> {
        for (value, path, variable) in [
            (&mut self.database_url, &self.database_url_file, "DATABASE_URL_FILE"),
            (
                &mut self.owner_database_url,
                &self.owner_database_url_file,
                "DATABASE_OWNER_URL_FILE",
            ),
            (&mut self.smtp_url, &self.smtp_url_file, "CANDOR_SMTP_URL_FILE"),
            (&mut self.secret_key, &self.secret_key_file, "CANDOR_SECRET_KEY_FILE"),
        ] {
            if let Some(path) = path {
                *value = Some(file::secret(path, variable)?);
            }
        }
        Ok(self)
    }

    /// The address people reach the server under, without a slash at the end.
    pub fn address(&self) -> String {
        match &self.public_url {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            None => format!("http://{}", self.listen),
        }
    }

    /// Whether browsers come by https, and cookies may say so.
    pub fn https(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.scheme() == "https")
    }

    /// Who mails come from.
    pub fn sender(&self) -> anyhow::Result<lettre::message::Mailbox> {
        if let Some(from) = &self.mail_from {
            return Ok(from.clone());
        }
        let host = self.public_url.as_ref().and_then(Url::domain).unwrap_or("localhost");
        Ok(format!("community@{host}").parse()?)
    }
}

fn secret(value: &str) -> Result<SecretString, std::convert::Infallible> {
    Ok(SecretString::from(value.to_owned()))
}

fn network(value: &str) -> Result<IpNet, String> {
    let alone = value.parse::<IpAddr>().map(IpNet::from);
    value.parse::<IpNet>().or(alone).map_err(|_| {
        "write networks or addresses with commas between, such as 10.0.0.0/8,192.0.2.7".to_owned()
    })
}

fn mailbox(value: &str) -> Result<lettre::message::Mailbox, String> {
    value.parse().map_err(|_| "write an address, such as Community <hello@example.com>".to_owned())
}

fn public_url(value: &str) -> Result<Url, String> {
    let url =
        Url::parse(value).map_err(|_| "write it whole, such as https://community.example.com")?;
    match (url.scheme(), url.host_str(), url.path(), url.query()) {
        ("http" | "https", Some(_), "/", None) => Ok(url),
        ("http" | "https", Some(_), _, _) => {
            Err("the community stands at the root of its host".into())
        }
        _ => Err("it begins with http:// or https://".into()),
    }
}
