//! Takes connections and answers what comes in on them.

use std::convert::Infallible;
use std::io::{Error, ErrorKind};
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::response::Response;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::{Service, ServiceExt};

use super::counted::Counted;

/// A head that is on its way when the server ends may still arrive.
const LEFT_AT_THE_END: Duration = Duration::from_secs(1);
/// The process has no file handle left: it gets some back as connections end.
const EXHAUSTED: Duration = Duration::from_secs(1);

/// What peers may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Connections open at once; further ones wait until one ends.
    pub(crate) connections: usize,
    /// For the head of a request, and between two on one connection.
    pub(crate) head_within: Duration,
}

/// Answers until `closing`, then lets the open requests finish.
pub(crate) async fn answer(
    listener: TcpListener,
    app: Router,
    limits: Limits,
    closing: &CancellationToken,
) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let connections = TaskTracker::new();
    let next = async || {
        let place = places.clone().acquire_owned().await.map_err(Error::other)?;
        let (stream, peer) = listener.accept().await?;
        Ok((Counted::new(stream, place), peer))
    };
    while let Some(accepted) = closing.run_until_cancelled(next()).await {
        match accepted {
            Ok((stream, peer)) => {
                let (app, closing) = (app.clone(), closing.clone());
                connections.spawn(async move {
                    converse(stream, peer, app, limits.head_within, &closing).await;
                });
            }
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be taken now");
                sleep(EXHAUSTED).await;
            }
        }
    }
    drop(listener);
    connections.close();
    connections.wait().await;
}

fn is_of_one_connection(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    )
}

async fn converse(
    stream: Counted,
    peer: SocketAddr,
    app: Router,
    head_within: Duration,
    closing: &CancellationToken,
) {
    let asked = Arc::new(AtomicBool::new(false));
    let service = TowerToHyperService::new(from(peer, app, asked.clone()));
    let connection = Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head_within)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    // However a connection ends, its peer knows
    if closing
        .run_until_cancelled(connection.as_mut())
        .await
        .is_none()
    {
        connection.as_mut().graceful_shutdown();
        let soon = timeout(LEFT_AT_THE_END, connection.as_mut()).await;
        // Whoever has asked for nothing by now is not waited for
        if soon.is_err() && asked.load(Ordering::Relaxed) {
            let _ended = connection.await;
        }
    }
}

fn from<B>(
    peer: SocketAddr,
    app: Router,
    asked: Arc<AtomicBool>,
) -> impl Service<Request<B>, Response = Response, Error = Infallible, Future: Send> + Clone
where
    B: axum::body::HttpBody<Data = axum::body::Bytes, Error: Into<axum::BoxError>> + Send + 'static,
{
    app.map_request(move |request: Request<B>| {
        asked.store(true, Ordering::Relaxed);
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        request
    })
}
