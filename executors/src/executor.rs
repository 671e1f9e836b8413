//! What an executor is: the part that decides for the runs of one executor type.
//!
//! Executors decide and never act. The runtime reads the markets for them, and carries out what
//! they answer behind its gate; so the same executor serves live, paper and audit.

use std::time::Duration;

use domain::config::Violation;
use domain::definition::DefinitionContent;
use domain::execution::Execution;
use domain::ids::{ExecutorType, StrategyKey};
use domain::instance::Run;
use serde_json::{Map, Value};
use strategies::{
    Action, Decision, MarketRef, MarketSnapshot, OnRestart, OwnState, StartPriceSource,
    live_orders_in_order,
};

/// One per executor type.
pub trait Executor: std::fmt::Debug + Send + Sync {
    fn executor_type(&self) -> ExecutorType;

    /// What a definition for this executor may begin with.
    fn template(&self) -> Option<DefinitionContent> {
        None
    }

    /// In which markets a new instance of this configuration would trade, or why it would not run,
    /// beyond what its schema says.
    fn validate_config(
        &self,
        config: &Map<String, Value>,
        venues: &[String],
    ) -> Result<Vec<MarketRef>, Vec<Violation>>;

    /// Where the price comes from that a new instance shows as its start price.
    fn start_price_source(
        &self,
        config: &Map<String, Value>,
    ) -> Result<StartPriceSource, Vec<Violation>>;

    /// Which markets an instance of this configuration looks at and trades in, also one from long ago.
    fn markets(&self, config: &Map<String, Value>) -> Result<Vec<MarketRef>, Vec<Violation>>;

    /// Called when a run begins, and again when its process has come back. Refusing a run faults
    /// its instance.
    fn on_start(&self, context: &StartContext<'_>) -> Result<Box<dyn RunExecutor>, Vec<Violation>>;
}

/// An executor that has taken a run up.
pub trait RunExecutor: std::fmt::Debug + Send + Sync {
    /// Time from one tick to the next.
    fn cadence(&self) -> Duration;

    /// What the next tick wants to see.
    fn markets(&self) -> Vec<MarketRef>;

    /// Decides; must answer the same for the same context.
    fn on_tick(&self, context: &TickContext<'_>) -> Decision;

    /// Asked when the run is taken up by another process than the one before.
    fn on_restart(&self) -> OnRestart {
        OnRestart::Resume
    }

    /// What to cancel now that the run ends. Asked again until no order of the run is left: the
    /// run is over only then.
    fn on_stop(&self, context: &StopContext<'_>) -> Vec<Action> {
        cancel_everything(context)
    }
}

/// A run that begins or is taken up again.
#[derive(Debug)]
pub struct StartContext<'a> {
    pub strategy_key: &'a StrategyKey,
    pub run: &'a Run,
}

/// A run at the moment it is due.
#[derive(Debug)]
pub struct TickContext<'a> {
    pub market: &'a MarketSnapshot,
    pub own: &'a OwnState,
}

/// A run that is to end.
#[derive(Debug)]
pub struct StopContext<'a> {
    pub execution: &'a Execution,
    pub reason: &'a str,
}

/// The end of every run that does not say otherwise, and of those nobody can ask any more.
pub fn cancel_everything(context: &StopContext<'_>) -> Vec<Action> {
    live_orders_in_order(context.execution)
        .into_iter()
        .map(|order| Action::Cancel {
            client_order_id: order.intent.client_order_id.clone(),
            reason: context.reason.to_owned(),
        })
        .collect()
}
