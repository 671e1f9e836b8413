//! What readers see of an instance.

use chrono::{DateTime, Utc};
use domain::definition::DefinitionVersion;
use domain::ids::{ClientId, DefinitionId, DefinitionKey, ExecutorType, StrategyKey, UserId};
use domain::instance::InstanceStatus;
use domain::money::Decimal;
use event_store::Position;
use serde_json::{Map, Value};

use crate::object_text::ObjectText;

/// `C` is how the configuration is held: parsed for readers, as text while folding.
#[derive(Debug, Clone, PartialEq)]
pub struct InstanceRow<C = Map<String, Value>> {
    /// What legacy callers know it by. Imported rows keep theirs when it is free; others count up
    /// in the order of the log, so that a rebuild gives the same ids.
    pub id: i64,
    pub strategy_key: StrategyKey,
    pub user_id: UserId,
    pub client_id: ClientId,
    pub strategy_type: String,
    /// `None` for an imported row that no executor here runs.
    pub executor_type: Option<ExecutorType>,
    pub definition_id: Option<DefinitionId>,
    /// As named when the run started or the link was made; `None` where an import knew the id only.
    pub definition_key: Option<DefinitionKey>,
    /// As named when the run started; `None` for links made later.
    pub definition_name: Option<String>,
    pub definition_version: Option<DefinitionVersion>,
    pub market_making_order_id: Option<String>,
    pub start_price: Decimal,
    /// An imported row's own parameters, where they are not the same as `config`.
    pub parameters: Option<C>,
    /// What the current run runs.
    pub config: C,
    /// The number of the current (or last) run, from 1.
    pub run: u32,
    /// What somebody last asked for.
    pub status: InstanceStatus,
    /// What the executor of the current run was last seen doing.
    pub observed: Observed,
    pub fault_reason: Option<String>,
    /// Why the last tick decided nothing or left a side out; cleared by the next order.
    pub skip_reason: Option<String>,
    /// What an importer, a backfill or whoever stopped it last remarked.
    pub note: Option<String>,
    /// Trades of the current run, for executors that count.
    pub executed_trades: u32,
    pub created_at: DateTime<Utc>,
    /// When the current (or last) run began; `None` for an imported one, of which nobody knows.
    pub started_at: Option<DateTime<Utc>>,
    /// When it was last started, reconfigured, stopped, faulted or linked.
    pub updated_at: DateTime<Utc>,
    /// The instance stream's version: what a caller was looking at, for optimistic concurrency.
    pub revision: u64,
    /// The last event that changed the row, of the instance or of its execution.
    pub last_position: Position,
}

/// As it is folded and stored.
pub(crate) type StoredRow = InstanceRow<ObjectText>;

/// How far the executor has followed what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Observed {
    /// No executor has taken the current run up yet.
    None,
    Running,
    /// Asked to stop; orders may still be at the venue.
    Stopping,
    /// No order of the run is left at the venue.
    Stopped,
}

impl Observed {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Running => "running",
            Self::Stopping => "stopping",
            Self::Stopped => "stopped",
        }
    }
}
