//! The executors and venues that this installation runs on.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use domain::Trading;
use event_store::{EventLog, FeedFilter, Position};
use executors::market::{KNOWN_EXCHANGES, MarketConfig, PaperMarket, Tape, TradeSource};
use executors::venue::faults::FaultyVenue;
use executors::venue::paper::{PaperLedger, PaperSettings, PaperVenue};
use executors::venue::{LiveExchange, Venue, Venues};
use executors::{GuardMeasures, RuntimeSettings, StrategyExecutorRegistry, built_in_executors};

use crate::config::{Settings, TradeFile};
use crate::data_folder::reserve_private;
use crate::live::{self, with_real_venues};
use crate::stores::clock;

/// Orders and trades of the pretend exchanges.
const LEDGER_FILE: &str = "paper-venue.sqlite";

/// What decides and where orders go.
#[derive(Debug, Clone)]
pub(crate) struct Engine {
    pub(crate) registry: Arc<StrategyExecutorRegistry>,
    pub(crate) venues: Arc<Venues>,
    pub(crate) runtime: RuntimeSettings,
    /// What the loss guards have measured, once a runtime runs here.
    pub(crate) measures: GuardMeasures,
}

impl Engine {
    /// The built-in executors, on the paper venue where no account says otherwise.
    pub(crate) async fn build(settings: &Settings, log: &dyn EventLog) -> anyhow::Result<Self> {
        let market = MarketConfig {
            speed: settings.market.speed,
            loop_recorded: settings.market.starts_over,
            trades: trades(&settings.market.trades)?,
            ..MarketConfig::new(settings.market.seed, epoch(log).await?)
        };
        let market = PaperMarket::try_new(market).context("the paper market cannot be made")?;
        let market = Arc::new(market);
        let ledger = settings.data_folder.join(LEDGER_FILE);
        reserve_private(&ledger);
        let ledger = PaperLedger::open(&ledger)
            .await
            .context("the paper venue cannot be opened")?;
        let paper = paper(settings);
        let faults = &settings.paper.faults;
        if !faults.is_none() {
            tracing::warn!("the paper venue fails on purpose: paper.faults is set");
        }
        let venue = |name: &str| {
            let (market, ledger) = (market.clone(), ledger.clone());
            let venue = PaperVenue::new(name, market, ledger, clock(), paper.clone());
            let mut venue: Arc<dyn Venue> = Arc::new(venue);
            if !faults.is_none() {
                venue = Arc::new(FaultyVenue::new(name, venue, clock(), *faults));
            }
            (name.to_owned(), venue)
        };
        let venues = with_real_venues(settings, Venues::new(KNOWN_EXCHANGES.map(venue)))?;
        let venues = Arc::new(venues);
        let registry = executors_on(&live::trading(settings))?;
        Ok(Self {
            registry: Arc::new(registry.listed_at(venues.clone())),
            venues,
            runtime: runtime(settings),
            measures: GuardMeasures::default(),
        })
    }
}

/// How long an order may be on its way to a real exchange: waiting for its turn, for a free
/// connection, and for the answer.
const FAR_AWAY: TimeDelta = TimeDelta::seconds(30);

pub(crate) fn runtime(settings: &Settings) -> RuntimeSettings {
    let mut runtime = RuntimeSettings {
        limits: settings.risk.clone(),
        requests_per_minute: settings.requests_per_minute.clone(),
        ..RuntimeSettings::default()
    };
    let trading = live::trading(settings).into_iter();
    for (exchange, _) in trading.filter(|(_, trading)| *trading != Trading::Paper) {
        runtime.unknown_grace = FAR_AWAY;
        let limit = exchange.requests_per_minute();
        if let Some(limit) = NonZeroU32::new(limit) {
            let limits = &mut runtime.requests_per_minute;
            limits.entry(exchange.as_str().to_owned()).or_insert(limit);
        }
    }
    runtime
}

/// How the pretend exchanges treat orders.
pub(crate) fn paper(settings: &Settings) -> PaperSettings {
    PaperSettings {
        maker_fee: settings.paper.maker_fee.clone(),
        taker_fee: settings.paper.taker_fee.clone(),
        latency: TimeDelta::milliseconds(settings.paper.latency_ms.cast_signed()),
        starting_balances: settings.paper.starting_balances.clone(),
        ..PaperSettings::default()
    }
}

fn trades(files: &BTreeMap<String, TradeFile>) -> anyhow::Result<BTreeMap<String, TradeSource>> {
    let sources = files.iter().map(|(pair, file)| {
        let source = match file {
            TradeFile::Generated => TradeSource::Generated,
            TradeFile::Recorded(path) => {
                let tape = Tape::open(path).with_context(|| path.display().to_string())?;
                TradeSource::Recorded(Arc::new(tape))
            }
        };
        Ok((pair.clone(), source))
    });
    sources.collect()
}

/// The executors there are, and how the exchanges they may use are traded.
pub(crate) fn registry(
    trading: &BTreeMap<LiveExchange, Trading>,
) -> anyhow::Result<Arc<StrategyExecutorRegistry>> {
    Ok(Arc::new(executors_on(trading)?))
}

fn executors_on(
    trading: &BTreeMap<LiveExchange, Trading>,
) -> anyhow::Result<StrategyExecutorRegistry> {
    let exchanges = KNOWN_EXCHANGES.map(|name| {
        let real = LiveExchange::find(name).and_then(|exchange| trading.get(&exchange));
        domain::Venue {
            name: name.to_owned(),
            trading: real.copied().unwrap_or_default(),
        }
    });
    StrategyExecutorRegistry::try_new(built_in_executors(), exchanges)
        .context("the executors can't be registered")
}

/// The paper market begins with the history: every start and every node see the same prices.
async fn epoch(log: &dyn EventLog) -> anyhow::Result<DateTime<Utc>> {
    let first = log.feed(Position(0), 1, &FeedFilter::default()).await?;
    let first = first.events.first().map(|event| event.recorded_at);
    Ok(first.unwrap_or_else(|| clock().now()))
}
