//! What is measured while serving, for whoever asks at `metrics_listen`.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use api::AppState;
use metrics::gauge;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use tokio::time::interval;
use tokio_util::sync::CancellationToken;

/// Of durations, in seconds: from a decision's microseconds to a request that hangs.
const BUCKETS: [f64; 12] = [
    0.000_02, 0.000_1, 0.000_5, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 10.0,
];

const COUNTED_EVERY: Duration = Duration::from_secs(5);

/// An address that is listened on already, and the figures to tell there.
#[derive(Debug)]
pub(crate) struct Metrics {
    listener: TcpListener,
    handle: PrometheusHandle,
}

impl Metrics {
    /// From here on figures are collected.
    pub(crate) async fn listen(address: SocketAddr) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(address)
            .await
            .with_context(|| format!("cannot listen on {address}, metrics_listen"))?;
        let handle = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &BUCKETS)
            .context("the figures' buckets are wrong")?
            .install_recorder()
            .context("figures cannot be collected")?;
        gauge!("build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
        tracing::info!(address = %listener.local_addr()?, "figures at /metrics");
        Ok(Self { listener, handle })
    }

    pub(crate) async fn serve(self, app: AppState, stop: CancellationToken) {
        let handle = self.handle.clone();
        let render = move || {
            handle.run_upkeep();
            handle.render()
        };
        tokio::select! {
            () = api::serve_metrics(self.listener, app, render, &stop) => {}
            never = count_in(self.handle) => match never {},
        }
    }
}

/// Durations are kept one by one until they are counted into their buckets: also while nobody asks.
async fn count_in(handle: PrometheusHandle) -> Infallible {
    let mut pauses = interval(COUNTED_EVERY);
    loop {
        pauses.tick().await;
        handle.run_upkeep();
    }
}
