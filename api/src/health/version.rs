//! `GET /health/version`: which release answers.

use axum::Json;
use serde_json::{Value, json};

pub(crate) async fn version() -> Json<Value> {
    Json(json!({ "name": "strategos", "version": env!("CARGO_PKG_VERSION") }))
}
