//! Which instances, and in which order.

use async_graphql::{Enum, InputObject, Result};
use domain::ids::{DefinitionId, DefinitionKey};
use projections::definitions;
use projections::instances::list::{InstanceOrder as Order, InstanceSearch};
use uuid::Uuid;

use crate::graphql::direction::Direction;
use crate::graphql::failure::internal;
use crate::state::App;

#[derive(Debug, Default, Clone, InputObject)]
pub(crate) struct InstanceFilter {
    status: Option<Vec<InstanceStatus>>,
    observed: Option<Vec<Observed>>,
    definition_key: Option<String>,
    definition_version: Option<String>,
    executor_type: Option<Vec<String>>,
    user_id: Option<String>,
    client_id: Option<String>,
    /// Linked to a definition, or to none.
    linked: Option<bool>,
    /// Part of the key, whatever its case.
    text: Option<String>,
}

/// What somebody last asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::instance::InstanceStatus")]
pub(crate) enum InstanceStatus {
    Running,
    Stopped,
    Faulted,
}

/// What an instance's executor was last seen doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "projections::instances::Observed")]
pub(crate) enum Observed {
    /// No executor has taken the run up yet.
    None,
    Running,
    /// Asked to stop; orders may still be at the venue.
    Stopping,
    Stopped,
}

#[derive(Debug, Clone, Copy, InputObject)]
pub(crate) struct InstanceOrder {
    pub(super) field: InstanceOrderField,
    #[graphql(default)]
    pub(super) direction: Direction,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Order")]
pub(crate) enum InstanceOrderField {
    /// As they were first started or imported.
    Created,
    UpdatedAt,
    Key,
}

impl InstanceFilter {
    /// For one definition: the filter's own counts for nothing.
    pub(crate) fn of_a_definition(self) -> InstanceSearch {
        let statuses = self.status;
        let observed = self.observed;
        InstanceSearch {
            statuses: statuses.map(|all| all.into_iter().map(Into::into).collect()),
            observed: observed.map(|all| all.into_iter().map(Into::into).collect()),
            definition_id: None,
            definition_version: self.definition_version,
            executor_types: self.executor_type,
            user_id: self.user_id,
            client_id: self.client_id,
            linked: self.linked,
            text: self.text,
        }
    }

    /// Instances know their definition by its id: an unknown key is one that nothing is linked to.
    pub(crate) async fn search(self, app: &App) -> Result<InstanceSearch> {
        let definition_id = match &self.definition_key {
            None => None,
            Some(key) => {
                let key = DefinitionKey::new(key);
                let found = definitions::query::find_by_key(&app.tables, &key).await;
                let nothing = DefinitionId(Uuid::nil());
                Some(found.map_err(internal)?.map_or(nothing, |row| row.id))
            }
        };
        Ok(InstanceSearch {
            definition_id,
            ..self.of_a_definition()
        })
    }
}
