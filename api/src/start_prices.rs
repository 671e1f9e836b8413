//! The market price at which a new instance starts: a port, because venues are not ours to know.

use async_trait::async_trait;
use domain::config::Violation;
use domain::ids::ExecutorType;
use domain::money::Decimal;
use serde_json::{Map, Value};

/// Asked once per strategy key, when its first run starts.
#[async_trait]
pub trait StartPrices: std::fmt::Debug + Send + Sync {
    /// The current price of what the configuration trades, in quote currency. Volume strategies
    /// may start without one: zero.
    async fn start_price(
        &self,
        executor_type: &ExecutorType,
        config: &Map<String, Value>,
    ) -> Result<Decimal, StartPriceError>;
}

#[derive(Debug, thiserror::Error)]
pub enum StartPriceError {
    /// The configuration lacks what would say where to look; only starts without a definition get
    /// this far with one.
    #[error("the configuration does not say where to trade")]
    Config(Vec<Violation>),
    /// The configuration names an exchange this installation does not have.
    #[error("exchange {0} is not configured")]
    UnknownExchange(String),
    /// The exchange is known but gave no price.
    #[error("no start price could be read")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}
