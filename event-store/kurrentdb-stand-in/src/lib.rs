//! Speaks as much of KurrentDB's protocol as Strategos uses, for tests where no KurrentDB can be had.
//!
//! Streams with revisions, expected revisions, appends that are repeated under the same ids, the limit
//! of an append's size, users. It shows that the wire is handled as documented; what a cluster does
//! under load, partitions or a lost disk, only a real one shows.
#![expect(
    clippy::expect_used,
    reason = "a test that cannot have its server has failed"
)]

mod service;
mod streams;
mod wire;

use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Runtime;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;

use self::service::Streams;
use self::streams::State;

const PATIENCE: Duration = Duration::from_secs(10);

/// Unless it is told otherwise, the client waits half a second before it connects, and reads all
/// certificates that the system trusts, though it speaks no TLS.
const SETTINGS: &str = "tls=false&discoveryInterval=10&tlsCaFile=/dev/null";

/// A server on loopback. Its streams live as long as it does, also while it is stopped.
#[derive(Debug)]
pub struct StandIn {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    /// None while it is stopped. Connections end with it.
    running: Option<Runtime>,
}

impl StandIn {
    /// # Panics
    /// Where no port of loopback can be listened on.
    pub fn start() -> Self {
        let state = Arc::default();
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = listener.local_addr().expect("it listens");
        Self {
            running: Some(serve(listener, &state)),
            address,
            state,
        }
    }

    /// As KurrentDB's own clients want it.
    pub fn connection_string(&self) -> String {
        format!("kurrentdb://{}?{SETTINGS}", self.address)
    }

    /// The same for a user with a password.
    pub fn connection_string_of(&self, user: &str, password: &str) -> String {
        format!("kurrentdb://{user}:{password}@{}?{SETTINGS}", self.address)
    }

    /// From now on only this user is let in.
    pub fn admit_only(&self, user: &str, password: &str) {
        self.state().admitted = Some(format!("{user}:{password}"));
    }

    /// Everybody is cut off, in the middle of whatever it was.
    pub fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            // Whoever calls may be on a thread that must not wait
            let ended = std::thread::spawn(|| running.shutdown_timeout(PATIENCE));
            ended.join().expect("a runtime ends");
        }
    }

    /// Listens again, with everything that was stored.
    ///
    /// # Panics
    /// Where somebody else listens on its port by now.
    pub fn go_on(&mut self) {
        let listener = TcpListener::bind(self.address).expect("its port is still free");
        self.running = Some(serve(listener, &self.state));
    }

    /// The next append is stored, and whoever sent it is told that the server failed.
    pub fn lose_the_next_answer(&self) {
        self.state().loses_answer = true;
    }

    /// Removes the first events of a stream, as `truncateBefore` does.
    pub fn truncate(&self, stream: &str, before: u64) {
        self.state().truncate(stream, before);
    }

    /// How many events a stream holds.
    pub fn length(&self, stream: &str) -> u64 {
        self.state().length(stream)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.stop();
    }
}

/// On threads of its own: they and all connections end with the runtime.
fn serve(listener: TcpListener, state: &Arc<Mutex<State>>) -> Runtime {
    let running = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a thread can be started");
    let streams = Streams(state.clone());
    running.spawn(async move {
        listener.set_nonblocking(true).expect("a socket of ours");
        let listener = tokio::net::TcpListener::from_std(listener).expect("a socket of ours");
        // As KurrentDB does: a small answer does not wait for company
        let arriving = TcpIncoming::from(listener).with_nodelay(Some(true));
        let served = Server::builder()
            .add_service(streams)
            .serve_with_incoming(arriving);
        served.await.expect("it serves until it is dropped");
    });
    running
}
