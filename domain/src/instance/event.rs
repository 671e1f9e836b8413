//! What can have happened to an instance.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{FaultStage, InstanceStatus, StopMode};
use crate::definition::DefinitionVersion;
use crate::event::domain_event;
use crate::ids::{ClientId, DefinitionId, DefinitionKey, ExecutorType, UserId};
use crate::money::Decimal;

/// Stored forever: add variants and optional fields, never rename or remove them.
///
/// `C` is how a run's configuration is held: parsed, or as text by those who only pass it on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum InstanceEvent<C = Map<String, Value>> {
    /// The first run of this strategy key began.
    InstanceStarted(Run<C>),
    /// A further run began, whether the one before was stopped or still running.
    InstanceRestarted(Run<C>),
    /// The run goes on with another configuration.
    InstanceReconfigured {
        run: u32,
        /// The whole effective configuration from now on.
        config: C,
        changed: Vec<String>,
        reconfigured_at: DateTime<Utc>,
    },
    /// Nobody wants it to run any more; its executor cancels its orders and closes the execution.
    InstanceStopped {
        run: u32,
        reason: Option<String>,
        #[serde(default, skip_serializing_if = "StopMode::is_cancel")]
        mode: StopMode,
        stopped_at: DateTime<Utc>,
    },
    /// Its executor could not go on.
    InstanceFaulted {
        run: u32,
        /// Not known of faults from before it was recorded.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stage: Option<FaultStage>,
        reason: String,
        faulted_at: DateTime<Utc>,
    },
    /// A row of the original server, as it stood there.
    LegacyInstanceImported(LegacyInstanceRow),
    /// An instance from before definitions existed now names the definition it runs.
    LegacyLinkBackfilled {
        definition_id: DefinitionId,
        definition_key: DefinitionKey,
        definition_version: DefinitionVersion,
        executor_type: ExecutorType,
        backfilled_at: DateTime<Utc>,
    },
    /// A backfill found no definition for this instance, and why.
    LegacyLinkSkipped {
        reason: String,
        skipped_at: DateTime<Utc>,
    },
}

/// Everything an executor needs to run an instance, and an auditor to understand it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run<C = Map<String, Value>> {
    /// Counts the starts of this strategy key, from 1.
    pub number: u32,
    pub user_id: UserId,
    pub client_id: ClientId,
    /// The original's column of the same name; usually equal to the executor type.
    pub strategy_type: String,
    pub executor_type: ExecutorType,
    /// `None` when a legacy endpoint started it without a definition.
    pub definition: Option<DefinitionPin>,
    /// The whole effective configuration: defaults, overrides and ids, merged.
    pub config: C,
    pub market_making_order_id: Option<String>,
    /// Market price when the instance was first started, in quote currency; zero for volume.
    pub start_price: Decimal,
    pub started_at: DateTime<Utc>,
}

/// The definition a run was started from, as it was at that moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DefinitionPin {
    pub definition_id: DefinitionId,
    pub key: DefinitionKey,
    pub name: String,
    pub version: DefinitionVersion,
    /// SHA-256 over the configuration schema's canonical JSON, lower-case hex.
    pub schema_digest: String,
    /// The content was edited after `version` was published, so the run differs from that version.
    pub edited_since_publish: bool,
}

/// What the original's `strategy_instances` row said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LegacyInstanceRow {
    pub legacy_id: i64,
    pub user_id: UserId,
    pub client_id: ClientId,
    pub strategy_type: String,
    /// `None` when no executor here runs that type.
    pub executor_type: Option<ExecutorType>,
    pub start_price: Decimal,
    /// The stored parameters, untouched.
    pub parameters: Map<String, Value>,
    /// The parameters under the names executors use.
    pub config: Map<String, Value>,
    /// Trades a volume strategy had already done.
    pub executed_trades: u32,
    pub status: InstanceStatus,
    /// What the importer decided about this row, when it had to decide.
    pub note: Option<String>,
    pub definition: Option<(DefinitionId, DefinitionVersion)>,
    pub market_making_order_id: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

domain_event!(InstanceEvent {
    InstanceStarted => "1.0",
    InstanceRestarted => "1.0",
    InstanceReconfigured => "1.0",
    InstanceStopped => "1.0",
    InstanceFaulted => "1.0",
    LegacyInstanceImported => "1.0",
    LegacyLinkBackfilled => "1.0",
    LegacyLinkSkipped => "1.0",
});
