//! A given number of small maker orders, one at a time, on one side or alternating.
//!
//! It never trades with itself: every order is post-only, and the runtime refuses an order that
//! would meet another of ours.

mod config;
mod decide;
mod quote;

use std::time::Duration;

use domain::config::Violation;
use domain::ids::ExecutorType;
use serde_json::{Map, Value};

use self::config::VolumeConfig;
use crate::config_checks::{check_pair, check_positive, check_venue};
use crate::{
    Decision, MarketRef, MarketSnapshot, OnRestart, OwnState, StartPriceSource, Strategist,
    Strategy,
};

#[derive(Debug, Clone, Copy)]
pub struct Volume;

impl Strategy for Volume {
    fn executor_type(&self) -> ExecutorType {
        ExecutorType::new("volume")
    }

    fn parse(&self, config: &Map<String, Value>) -> Result<Box<dyn Strategist>, Vec<Violation>> {
        Ok(Box::new(VolumeConfig::read(config)?))
    }
}

impl Strategist for VolumeConfig {
    fn obstacles(&self, venues: &[String]) -> Vec<Violation> {
        [
            check_venue("exchangeName", &self.market.exchange, venues),
            check_pair("symbol", &self.market.pair),
            check_positive("tradeAmount", &self.trade_amount),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn cadence(&self) -> Duration {
        self.cadence
    }

    fn markets(&self) -> Vec<MarketRef> {
        vec![self.market.clone()]
    }

    fn start_price_source(&self) -> StartPriceSource {
        StartPriceSource::MidPrice(self.market.clone())
    }

    fn on_restart(&self) -> OnRestart {
        self.on_restart
    }

    fn decide(&self, market: &MarketSnapshot, own: &OwnState) -> Decision {
        decide::decide(self, market, own)
    }
}
