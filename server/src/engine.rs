//! The executors and venues that this installation runs on.

use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use event_store::{EventLog, FeedFilter, Position};
use executors::market::{KNOWN_EXCHANGES, MarketConfig, PaperMarket};
use executors::venue::paper::{PaperLedger, PaperSettings, PaperVenue};
use executors::venue::{Venue, Venues};
use executors::{StrategyExecutorRegistry, built_in_executors};

use crate::config::Settings;
use crate::stores::clock;

/// Orders and trades of the pretend exchanges.
const LEDGER_FILE: &str = "paper-venue.sqlite";

/// What decides and where orders go.
#[derive(Debug, Clone)]
pub(crate) struct Engine {
    pub(crate) registry: Arc<StrategyExecutorRegistry>,
    pub(crate) venues: Arc<Venues>,
}

impl Engine {
    /// The built-in executors on the paper venue.
    pub(crate) async fn build(settings: &Settings, log: &dyn EventLog) -> anyhow::Result<Self> {
        let market = MarketConfig {
            speed: settings.market.speed,
            loop_recorded: settings.market.starts_over,
            ..MarketConfig::new(settings.market.seed, epoch(log).await?)
        };
        let market = PaperMarket::try_new(market).context("the recorded market is damaged")?;
        let market = Arc::new(market);
        let ledger = PaperLedger::open(&settings.data_folder.join(LEDGER_FILE))
            .await
            .context("the paper venue cannot be opened")?;
        let paper = PaperSettings {
            maker_fee: settings.paper.maker_fee.clone(),
            taker_fee: settings.paper.taker_fee.clone(),
            latency: TimeDelta::milliseconds(settings.paper.latency_ms.cast_signed()),
            ..PaperSettings::default()
        };
        let venue = |name: &str| {
            let (market, ledger) = (market.clone(), ledger.clone());
            let venue = PaperVenue::new(name, market, ledger, clock(), paper.clone());
            (name.to_owned(), Arc::new(venue) as Arc<dyn Venue>)
        };
        Ok(Self {
            registry: registry()?,
            venues: Arc::new(Venues::new(KNOWN_EXCHANGES.map(venue))),
        })
    }
}

/// The executors there are, for commands that check configurations and trade nothing.
pub(crate) fn registry() -> anyhow::Result<Arc<StrategyExecutorRegistry>> {
    let exchanges = KNOWN_EXCHANGES.map(str::to_owned).to_vec();
    let registry = StrategyExecutorRegistry::try_new(built_in_executors(), exchanges)
        .context("the executors can't be registered")?;
    Ok(Arc::new(registry))
}

/// The paper market begins with the history: every start and every node see the same prices.
async fn epoch(log: &dyn EventLog) -> anyhow::Result<DateTime<Utc>> {
    let first = log.feed(Position(0), 1, &FeedFilter::default()).await?;
    let first = first.events.first().map(|event| event.recorded_at);
    Ok(first.unwrap_or_else(|| clock().now()))
}
