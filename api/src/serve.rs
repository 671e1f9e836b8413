//! The HTTP server and what runs beside it.

use std::time::Duration;

use domain::ErrorChain;
use tokio::net::TcpListener;

use crate::connections;
use crate::router;
use crate::state::{AppState, LegacyAuth};

const RECORD_USAGE_EVERY: Duration = Duration::from_secs(5);

/// Answers requests until `shutdown` resolves, then lets the open ones finish.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) {
    if state.settings.legacy_auth == LegacyAuth::Open {
        tracing::warn!(
            "ANYBODY who reaches this server may start and stop strategies: legacy_auth is open"
        );
    }
    let following = tokio::spawn(follow_switches(state.clone()));
    let recording = tokio::spawn(record_usage(state.clone()));
    let closing = state.closing.clone();
    let ending = async {
        shutdown.await;
        // Sockets and feeds would otherwise hold the end up
        closing.cancel();
    };
    let answering = connections::answer(listener, router(state.clone()), &closing);
    tokio::join!(ending, answering);
    following.abort();
    recording.abort();
    record_once(&state).await;
}

async fn follow_switches(state: AppState) {
    state.switches.follow(state.log.as_ref()).await;
}

async fn record_usage(state: AppState) {
    let mut ticks = tokio::time::interval(RECORD_USAGE_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        record_once(&state).await;
    }
}

async fn record_once(state: &AppState) {
    if let Err(error) = state.legacy_calls.record().await {
        tracing::error!(error = %ErrorChain(&error), "legacy calls could not be recorded");
    }
}
