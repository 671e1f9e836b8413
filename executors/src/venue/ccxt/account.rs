//! One account at one exchange, as an operator configured it.

use std::time::Duration;

use super::redaction::Redaction;
use crate::venue::{Credentials, LiveExchange};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveAccount {
    pub exchange: LiveExchange,
    pub credentials: Credentials,
    /// The exchange's own test network, with money that is worth nothing.
    pub sandbox: bool,
    /// Instead of the exchange's own address, such as `http://127.0.0.1:8080`: for tests.
    pub address: Option<String>,
    /// How long a request may take. Must be well below the time after which an order that the
    /// exchange does not know counts as never arrived.
    pub patience: Duration,
}

impl LiveAccount {
    pub fn new(exchange: LiveExchange, credentials: Credentials) -> Self {
        Self {
            exchange,
            credentials,
            sandbox: false,
            address: None,
            patience: Duration::from_secs(5),
        }
    }

    pub(super) fn redaction(&self) -> Redaction {
        let Credentials {
            api_key,
            secret,
            password,
        } = &self.credentials;
        let secrets = [api_key, secret].into_iter().chain(password);
        Redaction::of(secrets.cloned())
    }
}
