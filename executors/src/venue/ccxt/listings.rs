//! The markets an exchange has, and what it accepts there. Read once, and again every few hours.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use ccxt::Value;
use ccxt::types::Market;
use domain::money::Decimal;
use strategies::TradingRules;
use tokio::sync::Mutex;
use tokio::time::{Duration, Instant};

use super::account::LiveAccount;
use super::answer::{shortest, whole};
use super::failure::Failure;
use super::session::{Call, Session};
use crate::venue::LiveExchange;

/// Exchanges change their rules with notice, and new pairs can wait.
const GOOD_FOR: Duration = Duration::from_hours(4);

/// One spot market.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Listed {
    /// As configurations spell it: `ETH/USDT`.
    pub(super) pair: String,
    /// As the exchange spells it.
    pub(super) id: String,
    pub(super) base: Currency,
    pub(super) quote: Currency,
    pub(super) rules: Arc<TradingRules>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Currency {
    pub(super) name: String,
    /// As the exchange spells it.
    pub(super) id: String,
}

#[derive(Debug)]
pub(super) struct Listings {
    exchange: LiveExchange,
    known: RwLock<Option<Known>>,
    /// One reads for all.
    reading: Mutex<()>,
}

#[derive(Debug, Clone)]
struct Known {
    read_at: Instant,
    by_pair: Arc<ByPair>,
}

pub(super) type ByPair = BTreeMap<String, Arc<Listed>>;

impl Listings {
    pub(super) fn new(account: &LiveAccount) -> Self {
        Self {
            exchange: account.exchange,
            known: RwLock::default(),
            reading: Mutex::default(),
        }
    }

    /// `None` where the exchange has no such market, or does not trade it now.
    pub(super) async fn find(
        &self,
        session: &Session,
        pair: &str,
    ) -> Result<Option<Arc<Listed>>, Failure> {
        Ok(self.all(session).await?.get(pair).cloned())
    }

    /// Whether it has a market, where it was asked before.
    pub(super) fn lists(&self, pair: &str) -> Option<bool> {
        Some(self.known()?.by_pair.contains_key(pair))
    }

    /// However long ago they were read: a cancellation does not wait for news of markets.
    pub(super) async fn all(&self, session: &Session) -> Result<Arc<ByPair>, Failure> {
        if let Some(known) = self.known() {
            return Ok(known.by_pair);
        }
        let _reading = self.reading.lock().await;
        match self.known() {
            Some(known) => Ok(known.by_pair),
            None => self.learn(session).await,
        }
    }

    /// Reads them anew once they are old. What was read before is better than nothing, when nothing
    /// can be read now.
    pub(super) async fn refresh(&self, session: &Session) {
        let is_old = |known: &Known| known.read_at.elapsed() >= GOOD_FOR;
        if !self.known().as_ref().is_some_and(is_old) {
            return;
        }
        let Ok(_reading) = self.reading.try_lock() else {
            return;
        };
        if let Err(error) = self.learn(session).await {
            let exchange = self.exchange.as_str();
            tracing::warn!(exchange, %error, "markets could not be read anew");
        }
    }

    async fn learn(&self, session: &Session) -> Result<Arc<ByPair>, Failure> {
        let by_pair = Arc::new(self.read(session).await?);
        let known = Known {
            read_at: Instant::now(),
            by_pair: by_pair.clone(),
        };
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(known);
        Ok(by_pair)
    }

    fn known(&self) -> Option<Known> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.clone()
    }

    async fn read(&self, session: &Session) -> Result<ByPair, Failure> {
        let call = Call::to(self.exchange.dialect().markets());
        let answer = session.markets(call).await?;
        let markets: Vec<Value> = match answer {
            Value::Arr(list) => list.to_vec(),
            Value::Dict(by_symbol) => by_symbol.values().cloned().collect(),
            _ => return Err(Failure::unreadable("it has no markets")),
        };
        let markets = markets.into_iter().map(Market::from_value);
        let open = markets.filter(|market| market.spot && market.active);
        let listed = open.map(|market| (market.symbol.clone(), Arc::new(listed(market))));
        Ok(listed.collect())
    }
}

fn listed(market: Market) -> Listed {
    let raw = market.raw;
    let info = whole(&raw).get("info");
    // Only kraken names its currencies otherwise in accounts than in pairs
    let own = |side: &'static str, unified: String| match info.get(side).text() {
        Ok(id) => id,
        Err(_) => unified,
    };
    let step = |number: Option<f64>| number.and_then(shortest).filter(Decimal::is_positive);
    let rules = TradingRules {
        tick: step(market.precision.price),
        lot: step(market.precision.amount),
        min_quantity: step(market.limits.amount.min),
        min_notional: step(market.limits.cost.min),
        ..TradingRules::default()
    };
    Listed {
        base: Currency {
            name: market.base,
            id: own("base", market.base_id),
        },
        quote: Currency {
            name: market.quote,
            id: own("quote", market.quote_id),
        },
        pair: market.symbol,
        id: market.id,
        rules: Arc::new(rules),
    }
}

impl Listed {
    /// The name of a currency that a trade of this market was paid in, given the exchange's word.
    pub(super) fn currency_name(&self, id: Option<String>) -> String {
        match id {
            None => self.quote.name.clone(),
            Some(id) if id == self.base.id => self.base.name.clone(),
            Some(id) if id == self.quote.id => self.quote.name.clone(),
            Some(other) => other,
        }
    }
}
