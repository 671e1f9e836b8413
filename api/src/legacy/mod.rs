//! The original's REST surface. This file is its route table; one route, one file.

mod answers;
pub(crate) mod by_type;
pub(crate) mod definitions;
mod endpoint;
mod fields;
mod gate;
pub(crate) mod instances;
mod refusal;
mod service;
pub(crate) mod strategy;

pub(crate) use answers::parameters;
pub use endpoint::Access;
pub(crate) use service::{not_found, service};

use axum::http::Method;
use endpoint::Access::{Admin, Anybody, Strategy};
use endpoint::Endpoint;

use crate::auth;

/// What replaces the type-based paths.
const START: &str = "/admin/strategy/instances/start";
const STOP: &str = "/admin/strategy/instances/stop";
const LIST: &str = "/admin/strategy/instances";
const GRAPHQL: &str = "/graphql";

const BACKFILL: &str = "/admin/strategy/instances/backfill-definition-links";
const EXECUTE_PMM: &str = "/strategy/execute-pure-market-making";
const EXECUTE_INDICATOR: &str = "/strategy/execute-indicator-strategy";
const START_INDICATOR: &str = "/strategy/start-indicator-strategy";

fn endpoints() -> Vec<Endpoint> {
    let mut all = vec![Endpoint::post("/auth/login", Anybody, auth::login)];
    all.extend(definition_endpoints());
    all.extend(instance_endpoints());
    all.extend(type_endpoints());
    all.extend(strategy_endpoints());
    all
}

fn definition_endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::post("/admin/strategy/definitions", Admin, definitions::create),
        Endpoint::get("/admin/strategy/definitions", Admin, definitions::list),
        Endpoint::get("/admin/strategy/definitions/{id}", Admin, definitions::find),
        Endpoint::post(
            "/admin/strategy/definitions/{id}/update",
            Admin,
            definitions::update,
        ),
        Endpoint::post(
            "/admin/strategy/definitions/{id}/enable",
            Admin,
            definitions::enable,
        ),
        Endpoint::post(
            "/admin/strategy/definitions/{id}/disable",
            Admin,
            definitions::disable,
        ),
        Endpoint::post(
            "/admin/strategy/definitions/{id}/publish",
            Admin,
            definitions::publish,
        ),
        Endpoint::get(
            "/admin/strategy/definitions/{id}/versions",
            Admin,
            definitions::versions,
        ),
        Endpoint::delete(
            "/admin/strategy/definitions/{id}/remove",
            Admin,
            definitions::remove,
        ),
    ]
}

fn instance_endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::post(
            "/admin/strategy/instances/validate",
            Admin,
            instances::validate,
        ),
        Endpoint::post(START, Admin, instances::start),
        Endpoint::post(STOP, Admin, instances::stop),
        Endpoint::get(LIST, Admin, instances::list),
        Endpoint::post(BACKFILL, Admin, instances::backfill),
    ]
}

fn type_endpoints() -> Vec<Endpoint> {
    let starts = [
        Endpoint::post("/admin/strategy/start", Admin, by_type::start),
        Endpoint::post(
            "/strategy/execute-arbitrage",
            Strategy,
            by_type::execute_arbitrage,
        ),
        Endpoint::post(EXECUTE_PMM, Strategy, by_type::execute_pure_market_making),
        Endpoint::post(
            "/strategy/execute-volume-strategy",
            Strategy,
            by_type::execute_volume,
        ),
        Endpoint::post("/strategy/rerun", Strategy, strategy::rerun),
        Endpoint::post(EXECUTE_INDICATOR, Strategy, strategy::execute_indicator),
        Endpoint::post(START_INDICATOR, Strategy, strategy::start_indicator),
    ];
    let stops = [
        Endpoint::post("/admin/strategy/stop", Admin, by_type::stop),
        Endpoint::get(
            "/strategy/stop-arbitrage",
            Strategy,
            by_type::stop_arbitrage,
        ),
        Endpoint::get(
            "/strategy/stop-marketmaking",
            Strategy,
            by_type::stop_pure_market_making,
        ),
        Endpoint::post(
            "/strategy/stop-volume-strategy",
            Strategy,
            by_type::stop_volume,
        ),
        Endpoint::post(
            "/strategy/stop-indicator-strategy",
            Strategy,
            strategy::stop_indicator,
        ),
    ];
    let starts = starts.map(|endpoint| endpoint.retires_for(START));
    let stops = stops.map(|endpoint| endpoint.retires_for(STOP));
    starts.into_iter().chain(stops).collect()
}

fn strategy_endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/admin/strategies", Admin, strategy::admin_running).yields_to(LIST),
        Endpoint::get("/strategy/running", Strategy, strategy::running).yields_to(LIST),
        Endpoint::get("/strategy/all-strategies", Strategy, strategy::all).yields_to(LIST),
        Endpoint::get("/strategy/controllers", Strategy, strategy::controllers).yields_to(GRAPHQL),
        Endpoint::post("/strategy/join", Strategy, strategy::join).yields(),
        Endpoint::post(
            "/admin/contribution/verify",
            Admin,
            strategy::verify_contribution,
        )
        .yields(),
    ]
}

/// Every route there is and who may call it, for tests that must not forget one.
pub fn routes() -> Vec<(Method, &'static str, Access)> {
    endpoints()
        .into_iter()
        .map(|one| (one.method, one.path, one.access))
        .collect()
}
