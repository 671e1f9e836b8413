//! The price an instance shows as its start price: read once, when its key is first started.

use domain::config::Violation;
use domain::ids::ExecutorType;
use domain::money::Decimal;
use serde_json::{Map, Value};
use strategies::{MarketRef, StartPriceSource};

use crate::registry::StrategyExecutorRegistry;
use crate::venue::{UnknownExchange, VenueError, Venues};

/// Why a new instance can't be started for want of a price.
#[derive(Debug, thiserror::Error)]
pub enum StartPriceError {
    /// The caller can fix it.
    #[error("no executor runs {0}")]
    UnknownExecutor(ExecutorType),
    /// The caller can fix it.
    #[error("the configuration does not say where to trade")]
    Config(Vec<Violation>),
    /// An operator can fix it: the installation does not know the exchange.
    #[error("the exchange is not configured")]
    Exchange(#[source] UnknownExchange),
    /// A retry may succeed.
    #[error("the exchange gave no price")]
    Price(#[source] VenueError),
}

/// Zero where the ticker has no last price, and where a source that may fail has no answer.
pub async fn start_price(
    registry: &StrategyExecutorRegistry,
    venues: &Venues,
    executor_type: &ExecutorType,
    config: &Map<String, Value>,
) -> Result<Decimal, StartPriceError> {
    let executor = registry
        .find(executor_type)
        .ok_or_else(|| StartPriceError::UnknownExecutor(executor_type.clone()))?;
    let source = executor.start_price_source(config);
    match source.map_err(StartPriceError::Config)? {
        StartPriceSource::MidPrice(market) => Ok(mid_price(venues, &market)
            .await
            .unwrap_or_else(Decimal::zero)),
        StartPriceSource::LastPrice(market) => {
            let venue = venues
                .get(&market.exchange)
                .map_err(StartPriceError::Exchange)?;
            let ticker = venue.ticker(&market.pair).await;
            let ticker = ticker.map_err(StartPriceError::Price)?;
            Ok(ticker.last.unwrap_or_else(Decimal::zero))
        }
    }
}

async fn mid_price(venues: &Venues, market: &MarketRef) -> Option<Decimal> {
    let venue = venues.get(&market.exchange).ok()?;
    venue.book(&market.pair).await.ok()?.mid()
}
