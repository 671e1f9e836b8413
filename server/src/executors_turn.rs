//! Which process runs the instances: of all servers on one log, one at a time.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::ErrorChain;
use event_store::{Lease, take_lease};
use executors::{Ownership, Runtime, RuntimeParts};
use metrics::gauge;
use tokio::sync::Mutex;
use tokio::time::{MissedTickBehavior, interval, sleep};
use tokio_util::sync::CancellationToken;

use crate::config::DatabaseUrl;

/// 1 while this server runs the instances, 0 while it stands by.
const RUNS_INSTANCES: &str = "runs_instances";

/// What the lease is called, in every database.
const LEASE: &str = "executors";

/// How often a server that stands by asks whether it is its turn.
const ASK_EVERY: Duration = Duration::from_secs(2);

/// How often the server whose turn it is makes sure that it still is.
const CONFIRM_EVERY: Duration = Duration::from_secs(1);

/// The lease while it is this process's turn; given up as soon as it could not be confirmed, so that a
/// run is never left to others by a process that goes on.
#[derive(Debug)]
struct HeldLease(Mutex<Option<Box<dyn Lease>>>);

impl HeldLease {
    async fn confirm(&self) -> bool {
        let mut held = self.0.lock().await;
        let Some(lease) = held.as_mut() else {
            return false;
        };
        if let Err(error) = lease.confirm().await {
            tracing::error!(error = %ErrorChain(&error), "another server may run the instances now: this one stops running them");
            *held = None;
        }
        held.is_some()
    }
}

#[async_trait]
impl Ownership for HeldLease {
    async fn is_ours(&self) -> bool {
        self.confirm().await
    }
}

/// Runs the instances whenever it is this process's turn, until `stop`.
pub(crate) async fn run_in_turn(
    database: DatabaseUrl,
    parts: RuntimeParts,
    stop: CancellationToken,
) {
    let mut told = false;
    gauge!(RUNS_INSTANCES).set(0.0);
    while !stop.is_cancelled() {
        match take_lease(database.expose(), LEASE).await {
            Ok(Some(lease)) => {
                told = false;
                run(lease, parts.clone(), &stop).await;
            }
            Ok(None) if !told => {
                told = true;
                tracing::warn!(
                    "another server on this database runs the instances; this one takes over when that ends"
                );
            }
            Ok(None) => {}
            Err(error) => {
                tracing::error!(error = %ErrorChain(&error), "whose turn it is to run the instances is not known");
            }
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = sleep(ASK_EVERY) => {}
        }
    }
}

async fn run(lease: Box<dyn Lease>, parts: RuntimeParts, stop: &CancellationToken) {
    let lease = Arc::new(HeldLease(Mutex::new(Some(lease))));
    let parts = RuntimeParts {
        ownership: lease.clone(),
        ..parts
    };
    let runtime = match Runtime::open(parts).await {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!(error = %ErrorChain(&error), "the instances cannot be run yet");
            return;
        }
    };
    tracing::info!("this server runs the instances");
    gauge!(RUNS_INSTANCES).set(1.0);
    let turn = stop.child_token();
    let ended = CancellationToken::new();
    let _lets_go = ended.clone().drop_guard();
    tokio::spawn(confirm(lease, turn.clone(), ended));
    runtime.run(turn).await;
    gauge!(RUNS_INSTANCES).set(0.0);
}

/// Ends the turn once the lease may be another's. Holds it until the last request of the turn has
/// `ended`.
async fn confirm(lease: Arc<HeldLease>, turn: CancellationToken, ended: CancellationToken) {
    let mut ticks = interval(CONFIRM_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = ended.cancelled() => return,
            _ = ticks.tick() => {}
        }
        if !lease.confirm().await {
            turn.cancel();
            return;
        }
    }
}
