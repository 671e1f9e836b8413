//! All of HTTP: what every request passes, and where it goes.

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tower::Layer;

use crate::auth::{renew_session, session_routes};
use crate::body_deadline::limit_body_time;
use crate::express::share_across_origins;
use crate::metrics::time_request;
use crate::request_id::identify_request;
use crate::state::AppState;
use crate::{backtests, event_stream, graphql, health, legacy, openapi, web};

/// The whole surface. Whatever is not named here is a file or a page of the
/// UI, or goes to the legacy routes and their 404.
pub fn router(state: AppState) -> Router {
    let cors = Arc::new(state.settings.cors.clone());
    let timed = state.settings.time_requests;
    let router = Router::new()
        .route("/", get(web::first_page))
        .route("/manage/settings/strategies", get(web::strategies_page))
        .route("/openapi/legacy.json", get(openapi::legacy_document))
        .merge(with_sessions(&state))
        .merge(health::routes())
        .fallback_service(from_fn(web::pages).layer(legacy::service(state.clone())))
        .method_not_allowed_fallback(legacy::not_found)
        .layer(from_fn_with_state(state.clone(), limit_body_time))
        .layer(from_fn_with_state(cors, share_across_origins))
        .layer(from_fn(identify_request));
    let router = if timed {
        router.layer(from_fn(time_request))
    } else {
        router
    };
    router.with_state(state)
}

/// Everything that a session opens; using one keeps it alive.
fn with_sessions(state: &AppState) -> Router<AppState> {
    Router::new()
        .route("/api/v1/events/stream", get(event_stream::stream))
        .route(
            "/api/v1/backtests/{id}/report.html",
            get(backtests::download),
        )
        .merge(session_routes())
        .merge(graphql::routes(state))
        .layer(from_fn_with_state(state.clone(), renew_session))
}
