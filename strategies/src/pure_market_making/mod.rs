//! Layered maker quotes around a reference price: one slot per layer and side, kept while the
//! quote stays the same, otherwise replaced.

mod config;
mod cost_basis;
mod decide;
mod hanging;
mod hanging_pairs;
mod options;
mod proposal;
mod quotes;
mod reconcile;
mod reference_price;
mod refresh;
mod refresh_pass;
mod spreads;
mod stages;
mod timers;

use std::time::Duration;

use domain::config::Violation;
use domain::ids::ExecutorType;
use domain::phrase::{Param, Phrase};
use serde_json::{Map, Value};

use self::config::PmmConfig;
use crate::config_checks::{check_pair, check_positive, check_venue};
use crate::{
    Decision, MarketRef, MarketSnapshot, OnRestart, OwnState, StartPriceSource, Strategist,
    Strategy,
};

#[derive(Debug, Clone, Copy)]
pub struct PureMarketMaking;

impl Strategy for PureMarketMaking {
    fn executor_type(&self) -> ExecutorType {
        ExecutorType::new("pureMarketMaking")
    }

    fn parse(&self, config: &Map<String, Value>) -> Result<Box<dyn Strategist>, Vec<Violation>> {
        Ok(Box::new(PmmConfig::read(config)?))
    }
}

/// What is only filled up is never renewed: one of the two would do nothing.
fn check_renewal(config: &PmmConfig) -> Option<Violation> {
    let timing = config.options.timing.as_ref();
    let timing = timing.filter(|_| config.hanging_orders)?;
    let phrase = Phrase::MustNotHaveMember {
        subject: Phrase::Config {}.into(),
        name: Param::text(timing.asked_by),
        why: Param::text("with hangingOrdersEnabled quotes are never renewed"),
    };
    Some(Violation::said("/hangingOrdersEnabled", "executor", phrase))
}

impl Strategist for PmmConfig {
    fn obstacles(&self, venues: &[String]) -> Vec<Violation> {
        let oracle = &self.price_market.exchange;
        let oracle = (*oracle != self.market.exchange).then_some(oracle);
        [
            check_venue("exchangeName", &self.market.exchange, venues),
            oracle.and_then(|oracle| check_venue("oracleExchangeName", oracle, venues)),
            check_pair("pair", &self.market.pair),
            check_positive("orderAmount", &self.order_amount),
            check_renewal(self),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn cadence(&self) -> Duration {
        self.cadence
    }

    fn markets(&self) -> Vec<MarketRef> {
        let mut markets = vec![self.market.clone(), self.price_market.clone()];
        markets.dedup();
        markets
    }

    fn start_price_source(&self) -> StartPriceSource {
        StartPriceSource::LastPrice(self.price_market.clone())
    }

    fn on_restart(&self) -> OnRestart {
        self.on_restart
    }

    fn decide(&self, market: &MarketSnapshot, own: &OwnState) -> Decision {
        decide::decide(self, market, own)
    }
}
