//! `POST /auth/login`: a token for the password's hash.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ErrorChain;
use event_store::Source;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::pacing::{announce, announce_refusal};
use super::password::{WrongPassword, attempt};
use super::{Refusal, USERNAME};
use crate::caller::ClientAddress;
use crate::express::{self, Body, HttpError};
use crate::state::AppState;

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
    let attempt = match attempt(&app, address, sent_hash(&body), Source::LegacyRest).await {
        Ok(attempt) => attempt,
        Err(refusal) => return refused(refusal),
    };
    let mut response = match attempt.outcome {
        Ok(()) => token(&app),
        Err(wrong) => wrong.into_response(),
    };
    announce(response.headers_mut(), attempt.turn);
    response
}

fn token(app: &AppState) -> Response {
    match app
        .auth
        .credentials()
        .issue_token(USERNAME, app.clock.now())
    {
        Ok(token) => express::json(StatusCode::CREATED, &json!({ "access_token": token })),
        Err(error) => {
            tracing::error!(error = %ErrorChain(&error), "a token could not be signed");
            HttpError::Internal.into_response()
        }
    }
}

fn sent_hash(Body(body): &Body) -> Result<String, WrongPassword> {
    match body.get("password") {
        None | Some(Value::Null | Value::Bool(false)) => Err(WrongPassword::Absent),
        Some(Value::String(text)) if text.is_empty() => Err(WrongPassword::Absent),
        Some(Value::Number(number)) if number.as_f64() == Some(0.0) => Err(WrongPassword::Absent),
        Some(Value::String(text)) => Ok(text.clone()),
        Some(_) => Err(WrongPassword::Wrong),
    }
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
    let error = match refusal {
        Refusal::TooOften { .. } => HttpError::TooManyRequests,
        Refusal::Locked { .. } => {
            let message = "Too many wrong passwords; the login is locked for 15 minutes";
            HttpError::told(StatusCode::FORBIDDEN, message)
        }
    };
    let mut response = error.into_response();
    announce_refusal(response.headers_mut(), refusal);
    response
}
