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

pub use endpoint::Access;
pub(crate) use service::{not_found, service};

use axum::http::Method;
use endpoint::Endpoint;

use crate::auth;

/// What replaces the type-based paths.
const START: &str = "/admin/strategy/instances/start";
const STOP: &str = "/admin/strategy/instances/stop";
const LIST: &str = "/admin/strategy/instances";

fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::post("/auth/login", Access::Anybody, auth::login),
        Endpoint::post("/admin/strategy/definitions", Access::Admin, definitions::create),
        Endpoint::get("/admin/strategy/definitions", Access::Admin, definitions::list),
        Endpoint::get("/admin/strategy/definitions/{id}", Access::Admin, definitions::find),
        Endpoint::post("/admin/strategy/definitions/{id}/update", Access::Admin, definitions::update),
        Endpoint::post("/admin/strategy/definitions/{id}/enable", Access::Admin, definitions::enable),
        Endpoint::post("/admin/strategy/definitions/{id}/disable", Access::Admin, definitions::disable),
        Endpoint::post("/admin/strategy/definitions/{id}/publish", Access::Admin, definitions::publish),
        Endpoint::get("/admin/strategy/definitions/{id}/versions", Access::Admin, definitions::versions),
        Endpoint::delete("/admin/strategy/definitions/{id}/remove", Access::Admin, definitions::remove),
        Endpoint::post("/admin/strategy/instances/validate", Access::Admin, instances::validate),
        Endpoint::post(START, Access::Admin, instances::start),
        Endpoint::post(STOP, Access::Admin, instances::stop),
        Endpoint::get(LIST, Access::Admin, instances::list),
        Endpoint::post("/admin/strategy/instances/backfill-definition-links", Access::Admin, instances::backfill),
        Endpoint::post("/admin/strategy/start", Access::Admin, by_type::start).retires_for(START),
        Endpoint::post("/admin/strategy/stop", Access::Admin, by_type::stop).retires_for(STOP),
        Endpoint::get("/admin/strategies", Access::Admin, strategy::running).yields_to(LIST),
        Endpoint::post("/admin/contribution/verify", Access::Admin, strategy::verify_contribution),
        Endpoint::get("/strategy/running", Access::Strategy, strategy::running).yields_to(LIST),
        Endpoint::get("/strategy/all-strategies", Access::Strategy, strategy::all).yields_to(LIST),
        Endpoint::get("/strategy/controllers", Access::Strategy, strategy::controllers),
        Endpoint::post("/strategy/join", Access::Strategy, strategy::join),
        Endpoint::post("/strategy/execute-arbitrage", Access::Strategy, by_type::execute_arbitrage).retires_for(START),
        Endpoint::get("/strategy/stop-arbitrage", Access::Strategy, by_type::stop_arbitrage).retires_for(STOP),
        Endpoint::post("/strategy/execute-pure-market-making", Access::Strategy, by_type::execute_pure_market_making).retires_for(START),
        Endpoint::get("/strategy/stop-marketmaking", Access::Strategy, by_type::stop_pure_market_making).retires_for(STOP),
        Endpoint::post("/strategy/execute-volume-strategy", Access::Strategy, by_type::execute_volume).retires_for(START),
        Endpoint::post("/strategy/stop-volume-strategy", Access::Strategy, by_type::stop_volume).retires_for(STOP),
        Endpoint::post("/strategy/rerun", Access::Strategy, strategy::rerun).retires_for(START),
        Endpoint::post("/strategy/execute-indicator-strategy", Access::Strategy, strategy::execute_indicator).retires_for(START),
        Endpoint::post("/strategy/start-indicator-strategy", Access::Strategy, strategy::start_indicator).retires_for(START),
        Endpoint::post("/strategy/stop-indicator-strategy", Access::Strategy, strategy::stop_indicator).retires_for(STOP),
    ]
}

/// Every route there is and who may call it, for tests that must not forget one.
pub fn routes() -> Vec<(Method, &'static str, Access)> {
    endpoints().into_iter().map(|one| (one.method, one.path, one.access)).collect()
}
