//! `GET /health/live`: the process answers. Says nothing about what it depends on, so that a
//! database that is down doesn't get every node restarted.

use axum::Json;
use serde_json::{Value, json};

pub(crate) async fn live() -> Json<Value> {
    Json(json!({ "status": "live" }))
}
