//! `POST /api/v1/session`: the UI's login, with the password itself.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::ErrorChain;
use event_store::Source;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::Session;
use super::cookie::set_cookie;
use crate::auth::pacing::{announce, announce_refusal};
use crate::auth::password::{WrongPassword, attempt};
use crate::auth::same_origin::is_cross_origin;
use crate::auth::{Refusal, USERNAME};
use crate::body_reading::UnreadBody;
use crate::caller::ClientAddress;
use crate::problem::Problem;
use crate::state::AppState;

#[derive(Deserialize)]
pub(super) struct Login {
    password: String,
}

/// JSON only, so that no form of somebody else's can log a user in.
pub(super) async fn begin(
    State(app): State<AppState>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    body: Result<Json<Login>, JsonRejection>,
) -> Response {
    if is_cross_origin(&headers) {
        let detail = "Pages of other origins may not log in";
        return Problem::new(StatusCode::FORBIDDEN, detail).into_response();
    }
    let login = match body {
        Ok(Json(login)) => login,
        Err(rejection) => return unreadable(&rejection).into_response(),
    };
    let attempt = match attempt(&app, address, sent_hash(&login), Source::Rest).await {
        Ok(attempt) => attempt,
        Err(refusal) => return refused(refusal),
    };
    let mut response = match attempt.outcome {
        Ok(()) => begun(&app, &headers),
        Err(wrong) => problem(&wrong).into_response(),
    };
    announce(response.headers_mut(), attempt.turn);
    response
}

/// As legacy clients send it: the stored hash is over this.
fn sent_hash(login: &Login) -> Result<String, WrongPassword> {
    if login.password.is_empty() {
        return Err(WrongPassword::Absent);
    }
    Ok(format!("{:x}", Sha256::digest(&login.password)))
}

fn begun(app: &AppState, headers: &HeaderMap) -> Response {
    let session = Session::begin(USERNAME, app.clock.now());
    let token = match app.auth.credentials().issue_session(&session) {
        Ok(token) => token,
        Err(error) => {
            tracing::error!(error = %ErrorChain(&error), "a session could not be signed");
            return problem(&WrongPassword::Unchecked).into_response();
        }
    };
    let cookie = set_cookie(&token, headers, app.settings.behind_proxy);
    let cookie = cookie.map(|cookie| [(header::SET_COOKIE, cookie)]);
    (StatusCode::NO_CONTENT, cookie, ()).into_response()
}

/// The parser's own words could quote the password.
fn unreadable(rejection: &JsonRejection) -> Problem {
    match rejection {
        JsonRejection::MissingJsonContentType(_) => {
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            Problem::new(status, "The body must be application/json")
        }
        JsonRejection::BytesRejection(rejection) => {
            let unread = match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => UnreadBody::TooLarge,
                _ => UnreadBody::of(rejection),
            };
            let too_large = "The body must be at most 16 kB";
            Problem::new(unread.status(), unread.message(too_large))
        }
        _ => Problem::new(
            StatusCode::BAD_REQUEST,
            "The body must be an object with the text password",
        ),
    }
}

fn problem(wrong: &WrongPassword) -> Problem {
    let (status, detail) = match wrong {
        WrongPassword::Absent => (StatusCode::UNAUTHORIZED, "A password is needed"),
        WrongPassword::Wrong => (StatusCode::UNAUTHORIZED, "The password is wrong"),
        WrongPassword::Unchecked => (
            StatusCode::INTERNAL_SERVER_ERROR,
            "The password could not be checked",
        ),
    };
    Problem::new(status, detail)
}

/// Locked or not, the client waits as long as `Retry-After` says.
fn refused(refusal: Refusal) -> Response {
    let detail = match refusal {
        Refusal::TooOften { .. } => "Too many attempts; wait a little",
        Refusal::Locked { .. } => "Too many wrong passwords; the login is locked for 15 minutes",
    };
    let mut response = Problem::new(StatusCode::TOO_MANY_REQUESTS, detail).into_response();
    announce_refusal(response.headers_mut(), refusal);
    response
}
