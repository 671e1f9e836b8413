//! The HTTP server and what runs beside it.

use std::time::Duration;

use axum::middleware::from_fn_with_state;
use domain::ErrorChain;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::connections::{self, Limits};
use crate::preparing::refuse_until_prepared;
use crate::router;
use crate::state::{AppState, LegacyAuth};

const RECORD_USAGE_EVERY: Duration = Duration::from_secs(5);

/// Answers requests until `shutdown` resolves, then lets the open ones finish. Until `prepared` is
/// cancelled only questions about the node's health are answered.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    prepared: CancellationToken,
    shutdown: impl Future<Output = ()> + Send + 'static,
) {
    if state.settings.legacy_auth == LegacyAuth::Open {
        tracing::warn!(
            "ANYBODY who reaches this server may start and stop strategies: legacy_auth is open"
        );
    }
    let following = tokio::spawn(follow_switches(state.clone()));
    let stop = CancellationToken::new();
    let recording = tokio::spawn(record_usage(state.clone(), stop.clone()));
    let closing = state.closing.clone();
    let ending = async {
        shutdown.await;
        // Sockets and feeds would otherwise hold the end up
        closing.cancel();
    };
    let router = router(state.clone()).layer(from_fn_with_state(prepared, refuse_until_prepared));
    let limits = Limits {
        connections: state.settings.connections,
        head_within: state.settings.head_within,
    };
    let answering = connections::answer(listener, router, limits, &closing);
    tokio::join!(ending, answering);
    following.abort();
    stop.cancel();
    // In the middle of a recording nobody knows what of it was stored
    if let Err(error) = recording.await {
        tracing::error!(error = %ErrorChain(&error), "legacy calls were recorded no more");
    }
    record_once(&state).await;
}

async fn follow_switches(state: AppState) {
    state.switches.follow(state.log.as_ref()).await;
}

/// Until `stop`, which never comes between the beginning and the end of a recording.
async fn record_usage(state: AppState, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(RECORD_USAGE_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while stop.run_until_cancelled(ticks.tick()).await.is_some() {
        record_once(&state).await;
    }
}

async fn record_once(state: &AppState) {
    if let Err(error) = state.legacy_calls.record().await {
        tracing::error!(error = %ErrorChain(&error), "legacy calls could not be recorded");
    }
}
