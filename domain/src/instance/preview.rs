//! What a start would run and everything that speaks against it, for people who are still typing.

use serde_json::{Map, Value};

use super::launch::{check_schema, invalid, merged, plan};
use super::{InstanceError, LaunchRequest};
use crate::config::system_members;
use crate::definition::LiveDefinition;
use crate::executor_catalogue::ExecutorCatalogue;
use crate::ids::{ClientId, StrategyKey, UserId};

/// Stands in for an id that is not known yet.
const NOBODY: &str = "-";

#[derive(Debug, Clone, PartialEq)]
pub struct LaunchPreview {
    /// `None` while user or client is missing, or the start would not get that far.
    pub strategy_key: Option<StrategyKey>,
    /// Defaults, overrides and, once they are known, ids.
    pub config: Map<String, Value>,
    /// Where [`super::plan_launch`] stops at the first, these are all. Empty: it would start.
    pub refusals: Vec<InstanceError>,
}

/// Says of every start what [`super::plan_launch`] would say, and more where that refuses.
pub fn preview_launch(
    definition: &LiveDefinition,
    mut request: LaunchRequest,
    catalogue: &dyn ExecutorCatalogue,
) -> LaunchPreview {
    let content = &definition.content;
    let mut refusals = Vec::new();
    if !definition.enabled {
        refusals.push(InstanceError::DefinitionDisabled(definition.key.clone()));
    }
    let ids_known = fill_in_ids(&mut request, &mut refusals);
    let config = merged(content, &request.overrides);
    let plan = match plan(&content.executor_type, config.clone(), request, catalogue) {
        Ok(plan) => plan,
        Err(refusal) => {
            refusals.push(refusal);
            return LaunchPreview {
                strategy_key: None,
                config,
                refusals,
            };
        }
    };
    if let Err(refusal) = check_schema(&content.config_schema, &plan) {
        refusals.push(refusal);
    }
    let violations = catalogue.validate_config(&plan.executor_type, &plan.config);
    if !violations.is_empty() {
        refusals.push(invalid(violations));
    }
    let mut config = plan.config;
    if !ids_known {
        for name in system_members(&plan.executor_type) {
            config.shift_remove(*name);
        }
    }
    LaunchPreview {
        strategy_key: ids_known.then_some(plan.strategy_key),
        config,
        refusals,
    }
}

/// Whether both were there already.
fn fill_in_ids(request: &mut LaunchRequest, refusals: &mut Vec<InstanceError>) -> bool {
    let before = refusals.len();
    if request
        .user_id
        .as_ref()
        .is_none_or(|id| id.as_str().is_empty())
    {
        refusals.push(InstanceError::Missing("userId"));
        request.user_id = Some(UserId::new(NOBODY));
    }
    let nobody = |id: &ClientId| id.as_str().is_empty();
    if request.client_id.as_ref().is_none_or(nobody) {
        refusals.push(InstanceError::Missing("clientId"));
        request.client_id = Some(ClientId::new(NOBODY));
    }
    refusals.len() == before
}

#[cfg(test)]
mod tests {
    use cqrs_es::Aggregate;
    use serde_json::json;

    use super::*;
    use crate::definition::{Definition, DefinitionEvent, DefinitionVersion};
    use crate::examples::{at, catalogue, content, definition_id, object};
    use crate::ids::DefinitionKey;
    use crate::instance::plan_launch;

    fn definition(enabled: bool) -> LiveDefinition {
        let mut definition = Definition::default();
        definition.apply(DefinitionEvent::DefinitionCreated {
            definition_id: definition_id(1),
            key: DefinitionKey::new("mm"),
            content: content(),
            version: DefinitionVersion::first(),
            created_by: None,
            created_at: at(0),
        });
        if !enabled {
            definition.apply(DefinitionEvent::DefinitionDisabled { disabled_at: at(1) });
        }
        definition.live().unwrap().clone()
    }

    fn request(user: Option<&str>, overrides: Value) -> LaunchRequest {
        LaunchRequest {
            user_id: user.map(UserId::new),
            client_id: Some(ClientId::new("c")),
            market_making_order_id: None,
            overrides,
        }
    }

    fn preview(enabled: bool, request: LaunchRequest) -> LaunchPreview {
        preview_launch(&definition(enabled), request, catalogue().as_ref())
    }

    #[test]
    fn what_could_start_is_shown_as_it_would_run() {
        let wanted = request(Some("u"), json!({ "bidSpread": 0.2 }));
        let plan = plan_launch(&definition(true), wanted.clone(), catalogue().as_ref()).unwrap();
        let shown = preview(true, wanted);
        assert_eq!(shown.refusals, []);
        assert_eq!(shown.config, plan.config);
        assert_eq!(shown.strategy_key, Some(plan.strategy_key));
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let wrong = json!({ "bidSpread": -1, "pair": 7, "exchangeName": "nowhere" });
        let shown = preview(false, request(None, wrong));
        let told: Vec<String> = shown.refusals.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "Strategy definition mm is disabled",
                "userId is required",
                "Config field pair must be string",
                "Exchange nowhere is unknown",
            ]
        );
        let InstanceError::InvalidConfig { violations, .. } = &shown.refusals[2] else {
            panic!("{:?}", shown.refusals[2]);
        };
        let pointers: Vec<&str> = violations.iter().map(|v| v.pointer.as_str()).collect();
        assert_eq!(pointers, ["/pair", "/bidSpread"]);
        assert_eq!(shown.strategy_key, None);
    }

    #[test]
    fn ids_that_are_not_known_are_not_made_up() {
        let shown = preview(true, request(None, json!({})));
        assert_eq!(
            shown.config,
            object(json!({ "pair": "BTC/USDT", "bidSpread": 0.1 }))
        );
    }
}
