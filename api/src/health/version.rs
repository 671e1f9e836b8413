//! `GET /health/version`: which release answers, and whether it has the admin UI.

use axum::Json;
use serde_json::{Value, json};

use crate::web::WEB;

pub(crate) async fn version() -> Json<Value> {
    Json(json!({ "name": "strategos", "version": env!("CARGO_PKG_VERSION"), "web": WEB }))
}
