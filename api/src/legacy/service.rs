//! Puts the route table together the way the original's framework worked: the body is parsed
//! first, then the path is matched whatever its case, then the gate, then the handler.

use std::sync::Arc;

use axum::Router;
use axum::extract::{OriginalUri, Request, State};
use axum::http::{StatusCode, Uri};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower::Layer;

use super::endpoint::Endpoint;
use super::endpoints;
use super::gate::{Gate, guard};
use crate::express::{HttpError, RoutePattern, answer_conditionally, matching_path, parse_body};
use crate::state::AppState;

/// The legacy routes and the 404 for everything else.
pub(crate) fn service(app: AppState) -> Router {
    let patterns: Arc<[RoutePattern]> = endpoints().iter().map(|one| one.path).collect();
    let mut routes = Router::new();
    for endpoint in endpoints() {
        let Endpoint {
            method,
            path,
            access,
            era,
            handler,
        } = endpoint;
        let name = format!("{method} {path}");
        let gate = Arc::new(Gate {
            app: app.clone(),
            access,
            era,
            name,
        });
        routes = routes.route(path, handler.layer(from_fn_with_state(gate, guard)));
    }
    let routes = routes
        .fallback(not_found)
        .method_not_allowed_fallback(not_found)
        .layer(from_fn(answer_conditionally))
        .with_state(app);
    // A router's own layers run after it has matched the path; these must run before
    let respelled = from_fn_with_state(patterns, respell_path).layer(routes);
    Router::new().fallback_service(from_fn(parse_body).layer(respelled))
}

async fn respell_path(
    State(patterns): State<Arc<[RoutePattern]>>,
    mut request: Request,
    next: Next,
) -> Response {
    if let Some(path) = matching_path(&patterns, request.uri().path()) {
        let with_query = match request.uri().query() {
            Some(query) => format!("{path}?{query}"),
            None => path,
        };
        if let Ok(uri) = with_query.parse::<Uri>() {
            *request.uri_mut() = uri;
        }
    }
    next.run(request).await
}

/// `Cannot GET /x`, for unknown paths and wrong methods alike.
pub(crate) async fn not_found(OriginalUri(uri): OriginalUri, request: Request) -> Response {
    let asked = uri.path_and_query().map_or("/", |asked| asked.as_str());
    let message = format!("Cannot {} {asked}", request.method());
    HttpError::told(StatusCode::NOT_FOUND, message).into_response()
}
