//! From HTTP to a socket, for pages of our own and for programs.

use axum::extract::{FromRequestParts, WebSocketUpgrade};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::connection::Connection;
use crate::auth::{identify, origin_is_host};
use crate::graphql::http::Served;

const PROTOCOL: &str = "graphql-transport-ws";
/// A document and its variables; never more than an HTTP body may have.
const LARGEST_MESSAGE: usize = 256 * 1024;

pub(crate) fn is_asked_for(headers: &HeaderMap) -> bool {
    let upgrade = headers.get(header::UPGRADE);
    upgrade.is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

pub(crate) async fn upgrade(served: Served, mut parts: Parts) -> Response {
    if !is_from_here(&parts.headers, &served.app.settings.cors.allowed_origins) {
        let message = "Pages of other origins may not connect";
        return (StatusCode::FORBIDDEN, message).into_response();
    }
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    let upgrade = upgrade
        .protocols([PROTOCOL])
        .max_message_size(LARGEST_MESSAGE)
        .max_frame_size(LARGEST_MESSAGE);
    if upgrade.selected_protocol().is_none() {
        let message = format!("The sub-protocol must be {PROTOCOL}");
        return (StatusCode::BAD_REQUEST, message).into_response();
    }
    let identity = identify(&served.app, &parts.method, &parts.headers).await;
    let headers = parts.headers;
    upgrade.on_upgrade(move |socket| async move {
        Connection::new(served, headers, identity).run(socket).await;
    })
}

/// Browsers let any page connect anywhere, with the user's cookies: only the origin tells which page
/// it was. Programs send none.
fn is_from_here(headers: &HeaderMap, allowed: &[String]) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    if allowed.iter().any(|one| one == origin) {
        return true;
    }
    origin_is_host(headers).unwrap_or(true)
}
