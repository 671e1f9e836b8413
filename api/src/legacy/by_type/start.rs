//! `POST /admin/strategy/start`: by type, through the oldest enabled definition of that type when
//! there is one.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::ExecutorType;
use projections::definitions::query;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::types::{ARBITRAGE, PURE_MARKET_MAKING, VOLUME};
use super::{ArbitrageParams, PureMarketMakingParams, VolumeParams};
use crate::caller::Caller;
use crate::definition_keys::DefinitionRef;
use crate::express::{self, HttpError};
use crate::legacy::fields::Fields;
use crate::legacy::instances::{Acted, launch_request, started_before};
use crate::openapi::{ActedOn, ErrorBody, PlainErrorBody, UnauthorizedBody};
use crate::operations;
use crate::state::AppState;

/// For arbitrage these stand beside the parameters, and win over those inside even when absent.
const BESIDE: [&str; 2] = ["checkIntervalSeconds", "maxOpenOrders"];

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct StartByType {
    /// `arbitrage`, `marketMaking` or `volume`; the parameters must be of the same type.
    pub strategy_type: String,
    pub arbitrage_params: Option<ArbitrageParams>,
    pub market_making_params: Option<PureMarketMakingParams>,
    pub volume_params: Option<VolumeParams>,
    /// For arbitrage: seconds.
    pub check_interval_seconds: Option<f64>,
    /// For arbitrage.
    pub max_open_orders: Option<u32>,
}

#[utoipa::path(
    post, path = "/admin/strategy/start", tag = "by type",
    operation_id = "start_by_type", security(("token" = [])),
    request_body = StartByType,
    responses(
        (status = 201, description = "Started; no body when there is no definition to start from",
            body = Option<ActedOn>),
        (status = 400, description = "Refused: the message says why", body = ErrorBody),
        (status = 401, description = "No valid token", body = UnauthorizedBody),
        (status = 410, description = "Definitions are the only way now", body = ErrorBody),
        (status = 413, description = "More than 100 kB", body = PlainErrorBody),
        (status = 500, description = "A new instance got no start price", body = ErrorBody),
    ),
)]
pub(crate) async fn start(
    State(app): State<AppState>,
    caller: Caller,
    fields: Fields,
) -> Result<Response, HttpError> {
    let (executor_type, params) = parameters(&fields)?;
    let params = Fields(params);
    let request = launch_request(&params, Value::Object(params.0.clone()))?;
    let options = caller.options("start-by-type", &fields.fingerprint());
    if let Some(answer) = started_before(&app, &options).await? {
        return Ok(answered(answer.as_ref()));
    }
    let definition = if app.switches.current().dynamic_flow {
        query::oldest_enabled(&app.tables, &executor_type).await?
    } else {
        None
    };
    let Some(row) = definition else {
        operations::start_directly(&app, &executor_type, request, options).await?;
        return Ok(answered(None));
    };
    let definition = DefinitionRef {
        id: row.id,
        key: row.key,
    };
    let started = operations::start(&app, &definition, &request, options).await?;
    let answer = Acted::Started.answer(&definition.id, &definition.key, &started.executor_type);
    Ok(answered(Some(&answer)))
}

/// Without a definition there is nothing to tell.
fn answered(answer: Option<&Value>) -> Response {
    match answer {
        Some(answer) => express::json(StatusCode::CREATED, answer),
        None => express::empty(StatusCode::CREATED),
    }
}

/// The type asked for, with its own parameters; any other combination is refused.
fn parameters(fields: &Fields) -> Result<(ExecutorType, Map<String, Value>), HttpError> {
    let (executor_type, member) = match fields.get("strategyType").and_then(Value::as_str) {
        Some("arbitrage") => (ARBITRAGE, "arbitrageParams"),
        Some("marketMaking") => (PURE_MARKET_MAKING, "marketMakingParams"),
        Some("volume") => (VOLUME, "volumeParams"),
        Some(_) | None => return Err(invalid()),
    };
    let params = fields
        .get(member)
        .and_then(Value::as_object)
        .ok_or_else(invalid)?;
    let mut params = params.clone();
    if executor_type == ARBITRAGE {
        for name in BESIDE {
            params.shift_remove(name);
            if let Some(value) = fields.0.get(name) {
                params.insert(name.to_owned(), value.clone());
            }
        }
    }
    Ok((ExecutorType::new(executor_type), params))
}

fn invalid() -> HttpError {
    HttpError::bad_request("Invalid strategy parameters")
}
