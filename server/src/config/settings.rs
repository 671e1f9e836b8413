//! The settings that hold, every one of them known to be usable.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use executors::GateLimits;

use super::accounts::{AccountSettings, accounts};
use super::database_url::DatabaseUrl;
use super::document::{Document, Log};
use super::request_limits::request_limits;
use super::risk::limits;
use super::simulation::{MarketSettings, PaperSettings};
use super::values::{cors_origin, listen, metrics_listen, sunset};
use super::{ConfigError, refuse};

#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) data_folder: PathBuf,
    /// Where the log is.
    pub(crate) database_url: DatabaseUrl,
    /// Where the read tables are: the same database unless another one is named.
    pub(crate) tables_url: DatabaseUrl,
    pub(crate) listen: SocketAddr,
    pub(crate) metrics_listen: Option<SocketAddr>,
    pub(crate) behind_proxy: bool,
    pub(crate) seed_on_start: bool,
    pub(crate) legacy_auth: LegacyAuth,
    /// When the legacy paths will be turned off, as announced to their callers.
    pub(crate) legacy_sunset: Option<DateTime<Utc>>,
    pub(crate) cors_origins: Vec<String>,
    /// At real exchanges.
    pub(crate) accounts: Vec<AccountSettings>,
    pub(crate) market: MarketSettings,
    pub(crate) paper: PaperSettings,
    /// What no order may exceed, whatever its strategy decided.
    pub(crate) risk: GateLimits,
    /// How many requests an exchange takes.
    pub(crate) requests_per_minute: BTreeMap<String, NonZeroU32>,
    pub(crate) log: LogSettings,
}

/// Who may call the legacy paths outside `/admin`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LegacyAuth {
    /// Holders of a token from `POST /auth/login`.
    Token,
    /// Anybody, as the original's first release had it.
    Open,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LogSettings {
    /// A level, or directives such as `info,executors=debug`.
    pub(crate) level: String,
    pub(crate) format: LogFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// Human on a terminal, JSON otherwise.
    Auto,
    Human,
    Json,
}

impl TryFrom<Document> for Settings {
    type Error = ConfigError;

    fn try_from(document: Document) -> Result<Self, ConfigError> {
        if document.data_folder.as_os_str().is_empty() {
            return refuse("data_folder", "", "name a folder, such as ./strategos-data");
        }
        let off = is_off(&document.live_trading)?;
        let origins = document.cors_origins.iter();
        let database_url = DatabaseUrl::of_log(&document.database_url, &document.data_folder)?;
        Ok(Self {
            tables_url: DatabaseUrl::of_tables(&document.tables_url, &database_url)?,
            database_url,
            data_folder: document.data_folder,
            listen: listen(&document.listen, document.behind_proxy)?,
            metrics_listen: metrics_listen(&document.metrics_listen)?,
            behind_proxy: document.behind_proxy,
            seed_on_start: document.seed_on_start,
            legacy_auth: LegacyAuth::try_new(&document.legacy_auth)?,
            legacy_sunset: sunset(&document.legacy_sunset)?,
            cors_origins: origins
                .filter(|text| !text.is_empty())
                .map(|text| cors_origin(text))
                .collect::<Result<_, _>>()?,
            accounts: accounts(document.accounts, off)?,
            market: MarketSettings::try_from(document.market)?,
            paper: PaperSettings::try_from(document.paper)?,
            risk: limits(&document.risk)?,
            requests_per_minute: request_limits(document.requests_per_minute)?,
            log: LogSettings::try_from(document.log)?,
        })
    }
}

fn is_off(live_trading: &str) -> Result<bool, ConfigError> {
    match live_trading {
        "" => Ok(false),
        "off" => Ok(true),
        other => refuse(
            "live_trading",
            other,
            "write \"off\" to keep everything on paper, or leave it out and write live = true for \
             each account that is to trade",
        ),
    }
}

impl LegacyAuth {
    fn try_new(text: &str) -> Result<Self, ConfigError> {
        match text {
            "token" => Ok(Self::Token),
            "open" => Ok(Self::Open),
            other => refuse(
                "legacy_auth",
                other,
                "write \"token\", or \"open\" to let anybody who reaches the port start and stop \
                 strategies under /strategy",
            ),
        }
    }
}

impl TryFrom<Log> for LogSettings {
    type Error = ConfigError;

    fn try_from(log: Log) -> Result<Self, ConfigError> {
        if log
            .level
            .parse::<tracing_subscriber::filter::Targets>()
            .is_err()
        {
            return refuse(
                "log.level",
                log.level,
                "write error, warn, info, debug or trace, or one per part such as \
                 \"info,executors=debug\"",
            );
        }
        let format = match log.format.as_str() {
            "auto" => LogFormat::Auto,
            "human" => LogFormat::Human,
            "json" => LogFormat::Json,
            other => return refuse("log.format", other, "write auto, human or json"),
        };
        Ok(Self {
            level: log.level,
            format,
        })
    }
}

#[cfg(test)]
mod tests;
