//! The IETF rate limit fields, so that a client can pace itself.

use axum::http::{HeaderMap, HeaderValue, header};

use super::{LoginThrottle, Refusal, Turn};

pub(super) fn announce(headers: &mut HeaderMap, turn: Turn) {
    let limit = LoginThrottle::LIMIT;
    let window = LoginThrottle::WINDOW_SECONDS;
    let policy = format!("\"login\";q={limit};w={window}");
    let left = format!(
        "\"login\";r={};t={}",
        turn.remaining, turn.resets_in_seconds
    );
    for (name, value) in [("ratelimit-policy", policy), ("ratelimit", left)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
}

/// For an attempt that may not be made now: when the next one may.
pub(super) fn announce_refusal(headers: &mut HeaderMap, refusal: Refusal) {
    let (Refusal::TooOften { retry_in_seconds } | Refusal::Locked { retry_in_seconds }) = refusal;
    headers.insert(header::RETRY_AFTER, HeaderValue::from(retry_in_seconds));
    let turn = Turn {
        remaining: 0,
        resets_in_seconds: retry_in_seconds,
    };
    announce(headers, turn);
}
