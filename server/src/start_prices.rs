//! Start prices for the API, read from the venues that executors trade on.

use std::sync::Arc;

use api::{StartPriceError, StartPrices};
use async_trait::async_trait;
use domain::ids::ExecutorType;
use domain::money::Decimal;
use executors::venue::Venues;
use executors::{StartPriceError as Refusal, StrategyExecutorRegistry, start_price};
use serde_json::{Map, Value};

use crate::engine::Engine;

#[derive(Debug)]
pub(crate) struct VenueStartPrices {
    registry: Arc<StrategyExecutorRegistry>,
    venues: Arc<Venues>,
}

impl VenueStartPrices {
    pub(crate) fn of(engine: &Engine) -> Self {
        Self {
            registry: engine.registry.clone(),
            venues: engine.venues.clone(),
        }
    }
}

#[async_trait]
impl StartPrices for VenueStartPrices {
    async fn start_price(
        &self,
        executor_type: &ExecutorType,
        config: &Map<String, Value>,
    ) -> Result<Decimal, StartPriceError> {
        start_price(&self.registry, &self.venues, executor_type, config)
            .await
            .map_err(|refusal| match refusal {
                Refusal::Config(violations) => StartPriceError::Config(violations),
                Refusal::Exchange(unknown) => StartPriceError::UnknownExchange(unknown.0),
                other => StartPriceError::Unavailable(Box::new(other)),
            })
    }
}
