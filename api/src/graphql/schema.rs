//! The whole schema, and how much one request may ask of it.

use async_graphql::{MergedObject, MergedSubscription, Schema, SchemaBuilder};

use super::account::{AboutQuery, MeQuery};
use super::backfill::{BackfillPlanQuery, RunBackfill};
use super::backtests::{BacktestOptionsQuery, BacktestQuery, CancelBacktest, StartBacktest};
use super::command_times::CommandTimesQuery;
use super::definitions::{
    CompareVersionsQuery, CreateDefinition, DefinitionQuery, DefinitionsQuery, DisableDefinition,
    EnableDefinition, LintDefinitionQuery, PublishCheckQuery, PublishDefinition, RemoveDefinition,
    RestoreDefinitionVersion, UpdateDefinition,
};
use super::events::{EventQuery, EventsQuery, EventsSubscription};
use super::executions::ExecutionQuery;
use super::executors::ExecutorsQuery;
use super::guards::{GuardsQuery, RemoveGuard, ResetGuard, SetGuard};
use super::instances::{
    InstanceChangesSubscription, InstanceQuery, InstancesQuery, ReconfigureInstance,
    RestartInstance, RestartInstanceOnVersion, StartInstance, StopInstance, StopInstances,
    ValidateConfigQuery,
};
use super::legacy_usage::LegacyUsageQuery;
use super::node::NodeQuery;
use super::projections::{
    ProjectionLagSubscription, ProjectionsQuery, RebuildProjection, ResumeProjection,
};
use super::read_position::ReadPositionQuery;
use super::settings::{HaltTrading, ResumeTrading, SetSwitches, SettingsQuery};
use super::too_much::TooMuch;
use crate::state::AppState;

/// The standard introspection query is 15 deep.
const DEPTH: usize = 16;
/// Fields, where ten rows of a list count as one.
const COMPLEXITY: usize = 1_000;
const RECURSION: usize = 32;
const DIRECTIVES: usize = 10;

pub(crate) type ApiSchema = Schema<Query, Mutation, Subscription>;

#[derive(Debug, Default, MergedObject)]
pub(crate) struct Query(
    MeQuery,
    AboutQuery,
    NodeQuery,
    ReadPositionQuery,
    CommandTimesQuery,
    DefinitionQuery,
    DefinitionsQuery,
    CompareVersionsQuery,
    PublishCheckQuery,
    LintDefinitionQuery,
    InstanceQuery,
    InstancesQuery,
    ValidateConfigQuery,
    ExecutionQuery,
    EventQuery,
    EventsQuery,
    ExecutorsQuery,
    ProjectionsQuery,
    SettingsQuery,
    GuardsQuery,
    LegacyUsageQuery,
    BackfillPlanQuery,
    BacktestOptionsQuery,
    BacktestQuery,
);

#[derive(Debug, Default, MergedObject)]
pub(crate) struct Mutation(
    CreateDefinition,
    UpdateDefinition,
    PublishDefinition,
    RestoreDefinitionVersion,
    EnableDefinition,
    DisableDefinition,
    RemoveDefinition,
    StartInstance,
    StopInstance,
    StopInstances,
    RestartInstance,
    RestartInstanceOnVersion,
    ReconfigureInstance,
    RunBackfill,
    RebuildProjection,
    ResumeProjection,
    SetSwitches,
    HaltTrading,
    ResumeTrading,
    SetGuard,
    ResetGuard,
    RemoveGuard,
    StartBacktest,
    CancelBacktest,
);

#[derive(Debug, Default, MergedSubscription)]
pub(crate) struct Subscription(
    EventsSubscription,
    InstanceChangesSubscription,
    ProjectionLagSubscription,
);

pub(crate) fn schema(app: AppState) -> ApiSchema {
    builder().data(app).finish()
}

/// The schema as text, for clients to generate their types from.
pub fn sdl() -> String {
    builder().finish().sdl()
}

fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(
        Query::default(),
        Mutation::default(),
        Subscription::default(),
    )
    .limit_depth(DEPTH)
    .limit_complexity(COMPLEXITY)
    .limit_recursive_depth(RECURSION)
    .limit_directives(DIRECTIVES)
    .extension(TooMuch)
}
