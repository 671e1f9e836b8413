//! `POST /auth/login`: a token for the password's hash.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{LoginThrottle, Refusal, Turn};
use crate::caller::ClientAddress;
use crate::express::{self, Body, HttpError};
use crate::state::AppState;

/// The only account of the legacy scheme.
const USERNAME: &str = "admin";

#[derive(Debug, ToSchema)]
pub struct LoginRequest {
    /// Lower-case hex SHA-256 of the password.
    #[schema(example = "8c6976e5b5410415bde908bd4dee15dfb167a9c873fc4bb8a81f6f2ab448a918")]
    pub password: String,
}

#[derive(Debug, ToSchema)]
pub struct LoginResponse {
    /// Valid for two hours; send it as `Authorization: Bearer …`.
    pub access_token: String,
}

#[utoipa::path(
    post, path = "/auth/login", tag = "auth", operation_id = "login",
    request_body(content(
        (LoginRequest = "application/json"),
        (LoginRequest = "application/x-www-form-urlencoded"),
    )),
    responses(
        (status = 201, description = "A token", body = LoginResponse),
        (status = 400, description = "Not JSON", body = crate::openapi::ErrorBody),
        (status = 401, description = "No password, or not the right one",
            body = crate::openapi::ErrorBody),
        (status = 403, description = "Locked for a while after five wrong passwords",
            body = crate::openapi::ErrorBody),
        (status = 413, description = "More than 100 kB", body = crate::openapi::PlainErrorBody),
        (status = 429, description = "More than five attempts in a minute",
            body = crate::openapi::PlainErrorBody),
    ),
)]
pub(crate) async fn login(
    State(app): State<AppState>,
    ClientAddress(address): ClientAddress,
    body: Body,
) -> Response {
    let turn = match app.auth.throttle.take_turn(address, app.clock.now()) {
        Ok(turn) => turn,
        Err(refusal) => return refused(refusal),
    };
    let answer = check(&app, &body).await;
    match &answer {
        Ok(_) => app.auth.throttle.record_success(address),
        Err(WrongPassword::Wrong) => {
            app.auth.throttle.record_failure(address, app.clock.now());
            tracing::warn!(client.address = ?address, "login failed");
        }
        Err(WrongPassword::Absent | WrongPassword::Unchecked) => {}
    }
    let mut response = match answer {
        Ok(token) => express::json(StatusCode::CREATED, &json!({ "access_token": token })),
        Err(wrong) => wrong.into_response(),
    };
    announce(response.headers_mut(), turn);
    response
}

/// Why a password gave no token.
enum WrongPassword {
    Absent,
    Wrong,
    /// The check itself failed; the cause is in the log.
    Unchecked,
}

async fn check(app: &AppState, Body(body): &Body) -> Result<String, WrongPassword> {
    let sent = match body.get("password") {
        None | Some(Value::Null | Value::Bool(false)) => return Err(WrongPassword::Absent),
        Some(Value::String(text)) if text.is_empty() => return Err(WrongPassword::Absent),
        Some(Value::Number(number)) if number.as_f64() == Some(0.0) => {
            return Err(WrongPassword::Absent);
        }
        Some(Value::String(text)) => text.clone(),
        Some(_) => return Err(WrongPassword::Wrong),
    };
    let Ok(_permit) = app.auth.checks.acquire().await else {
        return Err(WrongPassword::Unchecked);
    };
    let credentials = app.auth.credentials.clone();
    let matches = tokio::task::spawn_blocking(move || credentials.password_matches(&sent)).await;
    match matches {
        Ok(true) => app
            .auth
            .credentials
            .issue_token(USERNAME, app.clock.now())
            .map_err(|error| unchecked(&error)),
        Ok(false) => Err(WrongPassword::Wrong),
        Err(error) => Err(unchecked(&error)),
    }
}

fn unchecked(error: &(dyn std::error::Error + 'static)) -> WrongPassword {
    tracing::error!(error = %domain::ErrorChain(error), "a password could not be checked");
    WrongPassword::Unchecked
}

impl IntoResponse for WrongPassword {
    fn into_response(self) -> Response {
        let unauthorized = |message| HttpError::told(StatusCode::UNAUTHORIZED, message);
        match self {
            Self::Absent => unauthorized("Password is required"),
            Self::Wrong => unauthorized("Invalid password"),
            Self::Unchecked => HttpError::Internal,
        }
        .into_response()
    }
}

fn refused(refusal: Refusal) -> Response {
    let (error, seconds) = match refusal {
        Refusal::TooOften { retry_in_seconds } => (HttpError::TooManyRequests, retry_in_seconds),
        Refusal::Locked { retry_in_seconds } => {
            let message = "Too many wrong passwords; the login is locked for 15 minutes";
            (
                HttpError::told(StatusCode::FORBIDDEN, message),
                retry_in_seconds,
            )
        }
    };
    let mut response = error.into_response();
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    announce(
        response.headers_mut(),
        Turn {
            remaining: 0,
            resets_in_seconds: seconds,
        },
    );
    response
}

/// The IETF rate limit fields, so that a client can pace itself.
fn announce(headers: &mut HeaderMap, turn: Turn) {
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
