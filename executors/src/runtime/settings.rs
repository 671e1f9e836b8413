//! How patient and how careful the runtime is.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::time::Duration;

use chrono::TimeDelta;
use domain::money::Decimal;

#[derive(Debug, Clone)]
pub struct RuntimeSettings {
    /// How often new trades are looked for.
    pub tick: Duration,
    /// The least time between two looks at the feed, or for runs that are due.
    pub look_pause: Duration,
    /// For so long, all runs see a market as it was read for the first of them.
    pub market_shared: TimeDelta,
    /// How long a venue may take to answer.
    pub venue_timeout: Duration,
    /// How many runs are worked on at a time. With 1, a step is deterministic to the last event.
    pub concurrency: usize,
    /// How long a request without an answer may still reach its venue. Must exceed
    /// `venue_timeout`.
    pub unknown_grace: TimeDelta,
    /// How often a run asks its venue for all of its orders, also when nothing seems missing.
    pub review_every: TimeDelta,
    /// How often a run that holds something looks what it is worth, however seldom it is due.
    pub value_every: TimeDelta,
    /// Wait before a failed step is tried again; doubled each time, up to `retry_max`.
    pub retry_base: TimeDelta,
    pub retry_max: TimeDelta,
    /// Lifecycle events between two saved states of the runtime's own reading, at least.
    pub save_every: usize,
    /// How many requests an exchange takes, by its name; without a limit where none is known.
    pub requests_per_minute: BTreeMap<String, NonZeroU32>,
    pub limits: GateLimits,
}

/// Beyond these, something is wrong with the strategy, its configuration or what it was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateLimits {
    pub live_orders: usize,
    pub orders_per_minute: usize,
    /// A price may be at most this many times the reference price, or that fraction of it.
    pub price_factor: u32,
    /// A price may be so far from the reference price, in basis points of it.
    pub price_distance_bps: u32,
    /// What an order may be worth, in its quote currency.
    pub order_notional: Decimal,
    /// What a run may hold or owe in one market if all of its orders on a side fill, in quote
    /// currency.
    pub position_notional: Decimal,
    /// Nothing is placed on what is known of the market when it is older.
    pub market_age: TimeDelta,
    /// Once a run has lost so much, in quote currency, it places nothing more.
    pub run_loss: Option<Decimal>,
    /// The same once its profit has fallen so much from its highest.
    pub run_drawdown: Option<Decimal>,
}

impl Default for RuntimeSettings {
    fn default() -> Self {
        Self {
            tick: Duration::from_secs(1),
            look_pause: Duration::from_millis(10),
            market_shared: TimeDelta::milliseconds(100),
            venue_timeout: Duration::from_secs(5),
            concurrency: 64,
            unknown_grace: TimeDelta::seconds(10),
            review_every: TimeDelta::seconds(60),
            value_every: TimeDelta::seconds(10),
            retry_base: TimeDelta::seconds(1),
            retry_max: TimeDelta::seconds(30),
            save_every: 1000,
            requests_per_minute: BTreeMap::new(),
            limits: GateLimits::default(),
        }
    }
}

impl Default for GateLimits {
    fn default() -> Self {
        Self {
            live_orders: 200,
            orders_per_minute: 600,
            price_factor: 10,
            price_distance_bps: 10_000,
            order_notional: Decimal::from(100_000_000),
            position_notional: Decimal::from(1_000_000_000),
            market_age: TimeDelta::seconds(15),
            run_loss: None,
            run_drawdown: None,
        }
    }
}

impl RuntimeSettings {
    /// The wait after the `failures`th failure in a row.
    pub(crate) fn retry_after(&self, failures: u32) -> TimeDelta {
        let doublings = failures.saturating_sub(1).min(16);
        let wait = self.retry_base * 2_i32.pow(doublings);
        wait.min(self.retry_max)
    }
}
