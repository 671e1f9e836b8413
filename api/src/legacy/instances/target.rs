//! What starts and stops have in common: whom they name, and what they answer.

use domain::event::Event;
use domain::ids::{ClientId, DefinitionId, DefinitionKey, ExecutorType, UserId};
use domain::instance::{InstanceEvent, LaunchRequest};
use event_store::CommandOptions;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::express::HttpError;
use crate::legacy::fields::Fields;
use crate::operations::recorded_before;
use crate::state::App;

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct LaunchBody {
    pub definition_id: String,
    pub user_id: String,
    pub client_id: String,
    /// Laid over the definition's defaults, member by member.
    #[schema(value_type = Option<Object>)]
    pub config: Option<Value>,
    /// Takes the client id's place for pure market making.
    pub market_making_order_id: Option<String>,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct StopBody {
    pub definition_id: String,
    pub user_id: String,
    pub client_id: String,
    /// Takes the client id's place for pure market making.
    pub market_making_order_id: Option<String>,
}

/// The instance a body asks for, with `overrides` as its configuration.
pub(crate) fn launch_request(
    fields: &Fields,
    overrides: Value,
) -> Result<LaunchRequest, HttpError> {
    Ok(LaunchRequest {
        user_id: fields.id("userId")?.map(UserId::new),
        client_id: fields.id("clientId")?.map(ClientId::new),
        market_making_order_id: fields.id("marketMakingOrderId")?,
        overrides,
    })
}

/// What a start was answered that this very request made before; `None` inside for one without a
/// definition. By now the definition may refuse it.
pub(crate) async fn started_before(
    app: &App,
    options: &CommandOptions,
) -> Result<Option<Option<Value>>, HttpError> {
    let Some(recorded) = recorded_before(app, options).await? else {
        return Ok(None);
    };
    let event = recorded.decode().map_err(|e| HttpError::internal(&e))?;
    let Event::Instance(
        InstanceEvent::InstanceStarted(run) | InstanceEvent::InstanceRestarted(run),
    ) = event
    else {
        return Ok(None);
    };
    Ok(Some(run.definition.map(|pin| {
        Acted::Started.answer(&pin.definition_id, &pin.key, &run.executor_type)
    })))
}

/// `Started` or `Stopped`.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Acted {
    Started,
    Stopped,
}

impl Acted {
    pub(crate) fn answer(
        self,
        id: &DefinitionId,
        key: &DefinitionKey,
        executor_type: &ExecutorType,
    ) -> Value {
        let verb = match self {
            Self::Started => "Started",
            Self::Stopped => "Stopped",
        };
        json!({
            "message": format!("{verb} strategy instance from definition {key}"),
            "definitionId": id,
            "controllerType": executor_type,
            "executorType": executor_type,
        })
    }
}
