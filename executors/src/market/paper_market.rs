//! What the simulated exchanges show at any moment.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::money::Decimal;
use strategies::{Book, Ticker, TradingRules};

use super::listing::{HOME, Listing};
use super::noise::seed_for;
use super::pair::Pair;
use super::recording::wld_usdt;
use super::tape::Tape;
use super::{KNOWN_EXCHANGES, RecordingError};

/// Two markets with the same configuration are the same market.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarketConfig {
    pub seed: u64,
    /// When the simulated time starts: the recording's first candle opens then.
    pub epoch: DateTime<Utc>,
    /// Simulated seconds per second; zero stands still.
    pub speed: u32,
    /// Plays the recording forth and back for ever; otherwise its last price holds.
    pub loop_recorded: bool,
    /// Which exchanges there are.
    pub exchanges: Vec<String>,
    /// Pairs whose prices come from single trades.
    pub trades: BTreeMap<String, TradeSource>,
}

/// Where a pair's trades come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TradeSource {
    Recorded(Arc<Tape>),
    /// A random walk, the same for the same seed.
    Generated,
}

impl MarketConfig {
    /// All known exchanges, in real time, for ever.
    pub fn new(seed: u64, epoch: DateTime<Utc>) -> Self {
        Self {
            seed,
            epoch,
            speed: 1,
            loop_recorded: true,
            exchanges: KNOWN_EXCHANGES.map(str::to_owned).into(),
            trades: BTreeMap::new(),
        }
    }
}

/// Every question can be asked for any moment; `None` means that there is no such exchange, or
/// that the name is no pair.
#[derive(Debug, Clone)]
pub struct PaperMarket {
    config: MarketConfig,
    tapes: BTreeMap<Pair, Arc<Tape>>,
}

/// What was traded between two moments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traded {
    /// The lowest and the highest price that anything traded at.
    pub low: Decimal,
    pub high: Decimal,
    /// In base currency: what takers bought from the asks.
    pub bought: Decimal,
    /// What takers sold to the bids.
    pub sold: Decimal,
}

impl PaperMarket {
    /// Refused when the recording that is built in cannot be read, or trades are said to be those
    /// of a name that is no pair.
    pub fn try_new(config: MarketConfig) -> Result<Self, RecordingError> {
        wld_usdt()?;
        let mut tapes = BTreeMap::new();
        for (name, source) in &config.trades {
            let pair = Pair::find(name).ok_or_else(|| RecordingError::NoPair(name.clone()))?;
            let tape = match source {
                TradeSource::Recorded(tape) => tape.clone(),
                TradeSource::Generated => {
                    let listing = Listing::new(&config, HOME, pair.clone())?;
                    let seed = seed_for(seed_for(config.seed, &pair.base), &pair.quote);
                    Arc::new(Tape::generate(seed, listing.scale()))
                }
            };
            tapes.insert(pair, tape);
        }
        Ok(Self { config, tapes })
    }

    pub fn exchanges(&self) -> &[String] {
        &self.config.exchanges
    }

    /// The last price.
    pub fn price_at(&self, exchange: &str, pair: &str, at: DateTime<Utc>) -> Option<Decimal> {
        let listing = self.listing(exchange, pair)?;
        Some(listing.tick.times(listing.ticks_at(self.simulated_ms(at))))
    }

    pub fn book_at(&self, exchange: &str, pair: &str, at: DateTime<Utc>) -> Option<Book> {
        let listing = self.listing(exchange, pair)?;
        Some(listing.book_at(self.simulated_ms(at)))
    }

    pub fn ticker_at(&self, exchange: &str, pair: &str, at: DateTime<Utc>) -> Option<Ticker> {
        let listing = self.listing(exchange, pair)?;
        let at_ms = self.simulated_ms(at);
        let (bid, ask) = listing.best_at(at_ms);
        Some(Ticker {
            last: Some(listing.tick.times(listing.ticks_at(at_ms))),
            bid: (bid > 0).then(|| listing.tick.times(bid)),
            ask: Some(listing.tick.times(ask)),
        })
    }

    /// What was traded from one moment to a later one, for the fills of resting orders.
    pub fn traded_between(
        &self,
        exchange: &str,
        pair: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Option<Traded> {
        let listing = self.listing(exchange, pair)?;
        let from_ms = self.simulated_ms(from);
        let to_ms = self.simulated_ms(to).max(from_ms);
        let (low, high) = listing.range(from_ms, to_ms);
        let (bought, sold) = listing.flow(from_ms, to_ms);
        Some(Traded {
            low: listing.tick.times(low),
            high: listing.tick.times(high),
            bought: listing.lot.times(bought),
            sold: listing.lot.times(sold),
        })
    }

    pub fn rules(&self, exchange: &str, pair: &str) -> Option<TradingRules> {
        let listing = self.listing(exchange, pair)?;
        Some(TradingRules {
            min_quantity: Some(listing.lot.step.clone()),
            min_notional: Some(listing.min_notional),
            tick: Some(listing.tick.step),
            lot: Some(listing.lot.step),
            ..TradingRules::default()
        })
    }

    fn listing(&self, exchange: &str, pair: &str) -> Option<Listing> {
        let known = self.config.exchanges.iter().any(|name| name == exchange);
        let pair = Pair::find(pair).filter(|_| known)?;
        if let Some(tape) = self.tapes.get(&pair) {
            return Some(Listing::taped(&self.config, exchange, &pair, tape.clone()));
        }
        // The recording was read when this market was made
        Listing::new(&self.config, exchange, pair).ok()
    }

    fn simulated_ms(&self, at: DateTime<Utc>) -> i64 {
        let passed_ms = (at - self.config.epoch).num_milliseconds();
        passed_ms.saturating_mul(i64::from(self.config.speed))
    }
}
