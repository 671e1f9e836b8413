//! Accounts at real exchanges: which there are, whether they trade, and where their keys are.

use std::collections::BTreeMap;
use std::path::PathBuf;

use domain::Trading;
use executors::venue::LiveExchange;

use super::document::Account;
use super::{ConfigError, refuse};

const KEY: &str = "accounts";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AccountSettings {
    pub(crate) exchange: LiveExchange,
    /// On paper unless somebody wrote otherwise.
    pub(crate) trading: Trading,
    pub(crate) api_key: SecretPlace,
    pub(crate) secret: SecretPlace,
    pub(crate) password: Option<SecretPlace>,
}

/// Where a credential is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SecretPlace {
    File(PathBuf),
    /// The name of an environment variable.
    Variable(String),
}

/// `off` is what was written for everything at once.
pub(super) fn accounts(
    sections: BTreeMap<String, Account>,
    off: bool,
) -> Result<Vec<AccountSettings>, ConfigError> {
    let accounts = sections.into_iter().map(|(name, section)| {
        let mut account = account(&name, section)?;
        if off {
            account.trading = Trading::Paper;
        }
        Ok(account)
    });
    accounts.collect()
}

fn account(name: &str, section: Account) -> Result<AccountSettings, ConfigError> {
    let Some(exchange) = LiveExchange::find(name) else {
        let known = LiveExchange::ALL.map(LiveExchange::as_str).join(", ");
        return refuse(
            KEY,
            name,
            format!("real orders can be sent to {known} only; the others are on paper"),
        );
    };
    let written = [
        ("api_key", section.api_key.is_some()),
        ("secret", section.secret.is_some()),
        ("password", section.password.is_some()),
    ];
    if let Some((field, _)) = written.into_iter().find(|(_, written)| *written) {
        return refuse(
            KEY,
            name,
            format!(
                "{field} must not be written here: put it into a file that only you can read, and \
                 name that in {field}_file, or name an environment variable in {field}_env"
            ),
        );
    }
    if section.sandbox && !exchange.has_sandbox() {
        return refuse(
            KEY,
            name,
            "it has no test network for spot trading: take sandbox = true out",
        );
    }
    let place = |field, file, variable| secret_place(name, field, file, variable);
    Ok(AccountSettings {
        exchange,
        trading: match (section.live, section.sandbox) {
            (false, _) => Trading::Paper,
            (true, true) => Trading::Sandbox,
            (true, false) => Trading::Live,
        },
        api_key: place("api_key", section.api_key_file, section.api_key_env)?,
        secret: place("secret", section.secret_file, section.secret_env)?,
        password: if exchange.wants_password() {
            let password = place("password", section.password_file, section.password_env)?;
            Some(password)
        } else {
            None
        },
    })
}

fn secret_place(
    name: &str,
    field: &str,
    file: Option<PathBuf>,
    variable: Option<String>,
) -> Result<SecretPlace, ConfigError> {
    match (file, variable) {
        (Some(file), None) => Ok(SecretPlace::File(file)),
        (None, Some(variable)) => Ok(SecretPlace::Variable(variable)),
        (Some(_), Some(_)) => refuse(
            KEY,
            name,
            format!("write either {field}_file or {field}_env, not both"),
        ),
        (None, None) => refuse(
            KEY,
            name,
            format!("write where its {field} is: {field}_file or {field}_env"),
        ),
    }
}
