//! `GET /health/ping`, as the original had it.

pub(crate) async fn ping() -> &'static str {
    "pong"
}
