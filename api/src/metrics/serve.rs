//! `GET /metrics`, on an address of its own: whoever reaches it needs no login.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::look_up::look_up;
use crate::connections::{self, Limits};
use crate::state::AppState;

/// Whoever collects figures needs one or two.
const CONNECTIONS: usize = 32;

type Render = Arc<dyn Fn() -> String + Send + Sync>;

#[derive(Clone)]
struct Exposed {
    app: AppState,
    render: Render,
}

/// Answers until `closing`. `render` tells everything that was measured so far, in Prometheus' text
/// format.
pub async fn serve_metrics(
    listener: TcpListener,
    app: AppState,
    render: impl Fn() -> String + Send + Sync + 'static,
    closing: &CancellationToken,
) {
    let render: Render = Arc::new(render);
    let limits = Limits {
        connections: CONNECTIONS,
        head_within: app.settings.head_within,
    };
    let router = Router::new()
        .route("/metrics", get(metrics))
        .with_state(Exposed { app, render });
    connections::answer(listener, router, limits, closing).await;
}

async fn metrics(State(exposed): State<Exposed>) -> Response {
    look_up(&exposed.app).await;
    let kind = (CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    ([kind], (exposed.render)()).into_response()
}
