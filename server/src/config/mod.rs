//! Settings: from a file, the environment and flags, each overruling the one before.
//!
//! Every value is checked here, once, and a wrong one is refused with a sentence that says how to
//! put it right. `strategos.example.toml` explains every key.

mod accounts;
mod database_url;
mod document;
mod layers;
mod masked_url;
mod request_limits;
mod risk;
mod settings;
mod simulation;
mod values;

pub(crate) use accounts::{AccountSettings, SecretPlace};
pub(crate) use database_url::DatabaseUrl;
pub(crate) use layers::{Flags, load};
pub(crate) use masked_url::without_password;
pub(crate) use settings::{LegacyAuth, LogFormat, LogSettings, Settings};
pub(crate) use simulation::TradeFile;

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    #[error("the configuration file {0} does not exist; check --settings")]
    NoSuchFile(PathBuf),
    #[error("the configuration cannot be used")]
    Unreadable(#[source] config::ConfigError),
    #[error(
        "{place} sets something that is not a setting; strategos.example.toml explains every one"
    )]
    NoSetting {
        place: String,
        #[source]
        source: config::ConfigError,
    },
    #[error("{key} = {value:?}: {fix}")]
    Refused {
        key: &'static str,
        value: String,
        fix: String,
    },
}

/// A refusal whose value may be shown.
fn refuse<T>(
    key: &'static str,
    value: impl Into<String>,
    fix: impl Into<String>,
) -> Result<T, ConfigError> {
    Err(ConfigError::Refused {
        key,
        value: value.into(),
        fix: fix.into(),
    })
}
