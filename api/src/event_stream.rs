//! `GET /api/v1/events/stream`: the log as server-sent events, for curl and auditors.

use std::convert::Infallible;
use std::future::ready;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::ErrorChain;
use event_store::{FeedFilter, Position, Recorded, StoreError};
use futures::stream::{Stream, StreamExt};
use serde::Deserialize;
use tokio::time::interval;

use crate::auth::{Identity, identify};
use crate::graphql::{EventJson, follow_log};
use crate::state::{App, AppState};

/// Proxies close what is silent for longer.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Wanted {
    /// The position before the first event; `Last-Event-ID` wins. Without either, from now on.
    after: Option<String>,
    /// One aggregate type, such as `strategy_instance`.
    stream_type: Option<String>,
}

/// Every event after a position in commit order, each with its position as the id: a client that
/// reconnects goes on where it was.
pub(crate) async fn stream(
    State(app): State<AppState>,
    _: Identity,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Response {
    let last = headers.get("last-event-id");
    let last = last
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    let after = match last.filter(|id| !id.is_empty()).or(wanted.after) {
        Some(text) => match text.parse() {
            Ok(position) => Position(position),
            Err(_) => return (StatusCode::BAD_REQUEST, "after is no position").into_response(),
        },
        None => match app.log.head().await {
            Ok(head) => head,
            Err(error) => {
                tracing::error!(error = %ErrorChain(&error), "the request failed");
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            }
        },
    };
    let filter = FeedFilter {
        aggregate_types: Vec::from_iter(wanted.stream_type),
    };
    let login = login_ends(app.clone(), headers);
    let events = written(follow_log(app, after, filter)).take_until(Box::pin(login));
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE);
    Sse::new(events).keep_alive(keep_alive).into_response()
}

/// Asked as often as sockets are: whoever comes back then is told to log in.
async fn login_ends(app: AppState, headers: HeaderMap) {
    let mut asked = interval(app.settings.sockets.ping);
    while is_logged_in(&app, &headers).await {
        asked.tick().await;
    }
}

async fn is_logged_in(app: &App, headers: &HeaderMap) -> bool {
    identify(app, &Method::GET, headers).await.is_some()
}

/// Ends where the log cannot be read: the client comes back and goes on.
fn written(
    events: impl Stream<Item = Result<Recorded, StoreError>>,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let readable = events.map(|recorded| match recorded {
        Ok(recorded) => event(recorded),
        Err(error) => {
            tracing::error!(error = %ErrorChain(&error), "the log cannot be followed");
            None
        }
    });
    let readable = readable.take_while(|event| ready(event.is_some()));
    readable.filter_map(|event| ready(event.map(Ok)))
}

fn event(recorded: Recorded) -> Option<Event> {
    let (id, name) = (recorded.position.to_string(), recorded.event_type.clone());
    let event = EventJson::try_new(recorded).map_err(axum::Error::new);
    match event.and_then(|event| Event::default().id(id).event(name).json_data(event)) {
        Ok(event) => Some(event),
        Err(error) => {
            tracing::error!(error = %ErrorChain(&error), "an event cannot be written");
            None
        }
    }
}
