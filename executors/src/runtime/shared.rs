//! What every turn of every run uses.

use std::sync::Arc;

use domain::ExecutorCatalogue;
use domain::clock::Clock;
use domain::execution::Execution;
use domain::instance::Instance;
use event_store::{CommandGateway, EventLog};
use tokio::sync::Semaphore;

use super::guards::GuardMeasures;
use super::known_runs::KnownRuns;
use super::listening::Listening;
use super::own_orders::OwnOrders;
use super::settings::RuntimeSettings;
use super::venue_calls::VenueCalls;
use crate::ownership::Ownership;
use crate::registry::StrategyExecutorRegistry;
use crate::venue::Venues;

/// What a runtime is made of.
#[derive(Debug, Clone)]
pub struct RuntimeParts {
    pub log: Arc<dyn EventLog>,
    pub registry: Arc<StrategyExecutorRegistry>,
    pub venues: Arc<Venues>,
    pub clock: Arc<dyn Clock>,
    pub ownership: Arc<dyn Ownership>,
    /// Shows what the loss guards have measured.
    pub measures: GuardMeasures,
    pub settings: RuntimeSettings,
}

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) log: Arc<dyn EventLog>,
    pub(crate) executions: Arc<CommandGateway<Execution>>,
    pub(crate) instances: CommandGateway<Instance>,
    pub(crate) registry: Arc<StrategyExecutorRegistry>,
    pub(crate) calls: Arc<VenueCalls>,
    pub(crate) own_orders: OwnOrders,
    pub(crate) known_runs: KnownRuns,
    pub(crate) listening: Listening,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ownership: Arc<dyn Ownership>,
    pub(crate) measures: GuardMeasures,
    pub(crate) settings: RuntimeSettings,
    pub(crate) permits: Semaphore,
}

impl Shared {
    pub(crate) fn new(parts: RuntimeParts) -> Self {
        let RuntimeParts {
            log,
            registry,
            venues,
            clock,
            ownership,
            measures,
            settings,
        } = parts;
        let catalogue: Arc<dyn ExecutorCatalogue> = registry.clone();
        Self {
            executions: Arc::new(CommandGateway::new(log.clone(), ())),
            instances: CommandGateway::new(log.clone(), catalogue),
            calls: Arc::new(VenueCalls::new(venues, &settings)),
            own_orders: OwnOrders::default(),
            known_runs: KnownRuns::default(),
            listening: Listening::default(),
            permits: Semaphore::new(settings.concurrency.max(1)),
            log,
            registry,
            clock,
            ownership,
            measures,
            settings,
        }
    }
}
