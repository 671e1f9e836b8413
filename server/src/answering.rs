//! From a node that only says how it is to one that answers everything, and to its last answer.

use std::net::SocketAddr;
use std::time::Duration;

use api::AppState;
use domain::ErrorChain;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::demo::start_demo;
use crate::terminal::say;

/// How long requests that are being answered may hold up the end.
const DRAIN: Duration = Duration::from_secs(10);

/// How long a start waits for tables that have everything still before them.
const CATCH_UP: Duration = Duration::from_mins(10);

/// What has to be so before the first answer: the switches are known, and the tables show
/// everything that was recorded so far, or a caller would decide on what is no longer true.
async fn prepare(state: &AppState, demo: bool) -> anyhow::Result<()> {
    state.switches.refresh().await?;
    if demo {
        let key = start_demo(state).await?;
        say(format!(
            "The demo instance {key} quotes WLD/USDT on recorded data."
        ));
    }
    let head = state.log.head().await?;
    if let Err(behind) = state.tables.wait_for(head, CATCH_UP).await {
        // The log still takes commands, and GET /health/ready tells what is wrong
        tracing::error!(error = %ErrorChain(&behind), "answering from tables that are behind");
    }
    Ok(())
}

fn announce(address: SocketAddr) {
    say(format!("Strategos is listening on http://{address}"));
    tracing::info!(%address, "listening");
}

/// Answers requests until the end is asked for, then a little longer. Before everything is prepared
/// only for its health: a start may take long, and is no reason to restart.
pub(crate) async fn answer(
    listener: TcpListener,
    state: AppState,
    demo: bool,
    asked_to_end: CancellationToken,
) -> anyhow::Result<()> {
    let address = listener.local_addr()?;
    let prepared = CancellationToken::new();
    let preparing = async {
        let prepare = asked_to_end.run_until_cancelled(prepare(&state, demo));
        if let Some(outcome) = prepare.await {
            outcome?;
            prepared.cancel();
            announce(address);
        }
        Ok(())
    };
    let too_long = async {
        asked_to_end.cancelled().await;
        tokio::time::sleep(DRAIN).await;
    };
    let shutdown = asked_to_end.clone().cancelled_owned();
    let answering = async {
        tokio::select! {
            () = api::serve(listener, state.clone(), prepared.clone(), shutdown) => {}
            () = too_long => {}
        }
        Ok(())
    };
    tokio::try_join!(preparing, answering).map(|_| ())
}
