//! The contract of a built-in strategy.

use std::fmt::Debug;
use std::time::Duration;

use domain::config::Violation;
use domain::ids::ExecutorType;
use serde_json::{Map, Value};

use crate::{Decision, MarketRef, MarketSnapshot, OnRestart, OwnState};

/// One per built-in.
pub trait Strategy: Send + Sync + Debug {
    fn executor_type(&self) -> ExecutorType;

    /// Of a new instance: stricter than [`Self::parse`], which must also take what was stored long ago.
    /// Says everything that keeps it from running, beyond what its JSON Schema says.
    fn validate_config(
        &self,
        config: &Map<String, Value>,
        venues: &[String],
    ) -> Result<Box<dyn Strategist>, Vec<Violation>> {
        let parsed = self.parse(config)?;
        let violations = parsed.obstacles(venues);
        if violations.is_empty() {
            Ok(parsed)
        } else {
            Err(violations)
        }
    }

    /// Reads a configuration as leniently as the original did: numbers may be strings, and what
    /// it had defaults for may be missing. Everything wrong is reported at once.
    fn parse(&self, config: &Map<String, Value>) -> Result<Box<dyn Strategist>, Vec<Violation>>;
}

/// A parsed configuration.
pub trait Strategist: Send + Sync + Debug {
    /// Why a new instance of this configuration would not run: unknown venues (keyword `venue`), amounts
    /// that are not positive, members that contradict each other.
    fn obstacles(&self, venues: &[String]) -> Vec<Violation>;

    /// Time from one due run to the next; at least a second.
    fn cadence(&self) -> Duration;

    /// Whose books and tickers [`Self::decide`] looks at; orders go to some or all of them.
    fn markets(&self) -> Vec<MarketRef>;

    /// Where the price comes from that an instance shows as its start price.
    fn start_price_source(&self) -> StartPriceSource;

    /// Asked when the run is taken up by another process than the one before.
    fn on_restart(&self) -> OnRestart;

    /// Deterministic: the same inputs give the same decision, today and in an audit.
    fn decide(&self, market: &MarketSnapshot, own: &OwnState) -> Decision;
}

/// Read once, when a strategy key is first started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StartPriceSource {
    /// The middle of the book, zero where there is none: a start never waits for it.
    MidPrice(MarketRef),
    /// The ticker's last price, zero when the ticker has none; without a ticker there is no start.
    LastPrice(MarketRef),
}
