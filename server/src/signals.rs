//! What asks the process to end.

use std::thread;

use anyhow::Context;
use tokio::runtime::Builder;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// As shells report a process that an interrupt ended.
const ENDED_AT_ONCE: i32 = 130;

/// Cancelled by Ctrl-C, or by what a service manager sends. Signals are caught from the very
/// beginning, so that even a process that is still starting ends in order. Whoever asks twice does
/// not want to wait: what was recorded is on disk, and the next start takes up the rest.
pub(crate) fn asked_to_end() -> anyhow::Result<CancellationToken> {
    // A thread of its own hears a second signal also where everybody else is stuck
    let runtime = Builder::new_current_thread().enable_io().build();
    let runtime = runtime.context("signals cannot be waited for")?;
    let (mut interrupt, mut terminate) = {
        let _entered = runtime.enter();
        let cannot = "signals cannot be caught";
        let interrupt = signal(SignalKind::interrupt()).context(cannot)?;
        let terminate = signal(SignalKind::terminate()).context(cannot)?;
        (interrupt, terminate)
    };
    let asked = CancellationToken::new();
    let told = asked.clone();
    thread::spawn(move || {
        runtime.block_on(async {
            either(&mut interrupt, &mut terminate).await;
            tracing::info!("ending: open requests are answered, instances stay running");
            told.cancel();
            either(&mut interrupt, &mut terminate).await;
            tracing::warn!("asked to end a second time: ended at once");
            std::process::exit(ENDED_AT_ONCE);
        });
    });
    Ok(asked)
}

async fn either(one: &mut Signal, other: &mut Signal) {
    tokio::select! {
        _ = one.recv() => {}
        _ = other.recv() => {}
    }
}
