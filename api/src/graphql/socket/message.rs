//! What the two sides say.

use async_graphql::{Response, ServerError};
use axum::extract::ws::CloseFrame;
use serde_json::{Map, Value, json};

/// From the client.
#[derive(Debug)]
pub(super) enum ClientMessage {
    Init { payload: Map<String, Value> },
    Subscribe { id: String, payload: Value },
    Complete { id: String },
    Ping,
    Pong,
}

impl ClientMessage {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let Ok(Value::Object(mut message)) = serde_json::from_str(text) else {
            return None;
        };
        let payload = message.remove("payload");
        let id = match message.remove("id") {
            Some(Value::String(id)) => Some(id),
            Some(_) | None => None,
        };
        match message.get("type")?.as_str()? {
            "connection_init" => Some(Self::Init {
                payload: match payload {
                    Some(Value::Object(payload)) => payload,
                    Some(_) | None => Map::new(),
                },
            }),
            "subscribe" => Some(Self::Subscribe {
                id: id.filter(|id| !id.is_empty())?,
                payload: payload?,
            }),
            "complete" => Some(Self::Complete { id: id? }),
            "ping" => Some(Self::Ping),
            "pong" => Some(Self::Pong),
            _ => None,
        }
    }
}

pub(super) fn ack() -> String {
    json!({ "type": "connection_ack" }).to_string()
}

pub(super) fn pong() -> String {
    json!({ "type": "pong" }).to_string()
}

pub(super) fn ping() -> String {
    json!({ "type": "ping" }).to_string()
}

pub(super) fn complete(id: &str) -> String {
    json!({ "type": "complete", "id": id }).to_string()
}

pub(super) fn next(id: &str, response: &Response) -> serde_json::Result<String> {
    #[derive(serde::Serialize)]
    struct Next<'a> {
        #[serde(rename = "type")]
        kind: &'static str,
        id: &'a str,
        payload: &'a Response,
    }
    serde_json::to_string(&Next {
        kind: "next",
        id,
        payload: response,
    })
}

pub(super) fn error(id: &str, errors: &[ServerError]) -> serde_json::Result<String> {
    #[derive(serde::Serialize)]
    struct Errors<'a> {
        #[serde(rename = "type")]
        kind: &'static str,
        id: &'a str,
        payload: &'a [ServerError],
    }
    serde_json::to_string(&Errors {
        kind: "error",
        id,
        payload: errors,
    })
}

/// Why the server closes: codes below 4100 and 4400 to 4429 as others use them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Close {
    GoingAway,
    Malformed,
    Unauthorized,
    Forbidden,
    InitTimeout,
    IdTaken,
    TooSlow,
    InitTwice,
    Gone,
    Failed,
}

impl Close {
    pub(super) fn frame(self) -> CloseFrame {
        let (code, reason) = match self {
            Self::GoingAway => (1001, "The server is ending; connect again"),
            Self::Malformed => (4400, "Invalid message"),
            Self::Unauthorized => (4401, "Unauthorized"),
            Self::Forbidden => (4403, "Forbidden"),
            Self::InitTimeout => (4408, "Connection initialisation timeout"),
            Self::IdTaken => (4409, "Subscriber for this id already exists"),
            Self::TooSlow => (4410, "Too slow: connect again, after the last position"),
            Self::InitTwice => (4429, "Too many initialisation requests"),
            Self::Gone => (4411, "No answer to pings"),
            Self::Failed => (4500, "The server failed"),
        };
        CloseFrame {
            code,
            reason: reason.into(),
        }
    }
}
