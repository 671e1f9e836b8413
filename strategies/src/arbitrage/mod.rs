//! Buys where it is cheap and sells where it is dear, at the same moment, when the difference is
//! worth it for the whole amount; and sees to it that no leg stays alone.

mod config;
mod decide;
mod depth;
mod hedge;
mod opportunity;
mod watch;

use std::time::Duration;

use domain::config::Violation;
use domain::ids::ExecutorType;
use domain::phrase::{Param, Phrase};
use serde_json::{Map, Value};

use self::config::ArbitrageConfig;
use crate::config_checks::{check_pair, check_positive, check_venue, config_field};
use crate::{
    Decision, MarketRef, MarketSnapshot, OnRestart, OwnState, StartPriceSource, Strategist,
    Strategy,
};

#[derive(Debug, Clone, Copy)]
pub struct Arbitrage;

impl Strategy for Arbitrage {
    fn executor_type(&self) -> ExecutorType {
        ExecutorType::new("arbitrage")
    }

    fn parse(&self, config: &Map<String, Value>) -> Result<Box<dyn Strategist>, Vec<Violation>> {
        Ok(Box::new(ArbitrageConfig::read(config)?))
    }
}

impl Strategist for ArbitrageConfig {
    fn obstacles(&self, venues: &[String]) -> Vec<Violation> {
        let (a, b) = (&self.venue_a.market, &self.venue_b.market);
        let same = (a.exchange == b.exchange).then(|| {
            let phrase = Phrase::MustDifferFrom {
                subject: config_field("exchangeBName"),
                other: Param::text("exchangeAName"),
            };
            Violation::said("/exchangeBName", "venue", phrase)
        });
        [
            check_venue("exchangeAName", &a.exchange, venues),
            check_venue("exchangeBName", &b.exchange, venues),
            same,
            check_pair("pair", &a.pair),
            check_positive("amountToTrade", &self.amount),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn cadence(&self) -> Duration {
        self.cadence
    }

    fn markets(&self) -> Vec<MarketRef> {
        vec![self.venue_a.market.clone(), self.venue_b.market.clone()]
    }

    fn start_price_source(&self) -> StartPriceSource {
        StartPriceSource::LastPrice(self.venue_a.market.clone())
    }

    fn on_restart(&self) -> OnRestart {
        self.on_restart
    }

    fn decide(&self, market: &MarketSnapshot, own: &OwnState) -> Decision {
        decide::decide(self, market, own)
    }
}
