//! `GET /api/v1/events/stream`: the log as server-sent events, for curl and auditors.

use std::convert::Infallible;
use std::future::ready;
use std::time::Duration;

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::ErrorChain;
use domain::event::{DecodeError, Event as Recordable};
use event_store::{FeedFilter, Position, Recorded, StoreError};
use futures::stream::{Stream, StreamExt};
use tokio::time::interval;

use crate::auth::{Identity, identify};
use crate::graphql::{EventJson, follow_log};
use crate::openapi::ProblemBody;
use crate::problem::Problem;
use crate::state::{App, AppState};

/// Proxies close what is silent for longer.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

const LAST_EVENT_ID: &str = "Last-Event-ID";

/// What a reader asks for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wanted {
    /// The position before the first event; without one, from now on.
    after: Option<Position>,
    filter: FeedFilter,
}

impl Wanted {
    /// What a browser sends when it comes back wins over the address.
    fn read(headers: &HeaderMap, query: &str) -> Result<Self, Problem> {
        let after = parameter(query, "after")?;
        let after = after.map(|text| position("after", &text)).transpose()?;
        let last = headers.get(LAST_EVENT_ID).map(HeaderValue::as_bytes);
        let last = last
            .map(String::from_utf8_lossy)
            .filter(|id| !id.is_empty());
        let last = last
            .map(|text| position(LAST_EVENT_ID, &text))
            .transpose()?;
        let stream_type = parameter(query, "streamType")?;
        if let Some(name) = &stream_type
            && let Err(DecodeError::UnknownAggregate(_)) = Recordable::decode(name, "")
        {
            let detail =
                "streamType is not a type of stream; strategy_instance is one, for example";
            return Err(Problem::with("streamType", detail));
        }
        Ok(Self {
            after: last.or(after),
            filter: FeedFilter {
                aggregate_types: Vec::from_iter(stream_type),
            },
        })
    }
}

fn parameter(query: &str, name: &'static str) -> Result<Option<String>, Problem> {
    let given = form_urlencoded::parse(query.as_bytes());
    let mut given = given.filter(|(found, _)| found == name);
    let value = given.next().map(|(_, value)| value.into_owned());
    match given.next() {
        Some(_) => Err(Problem::with(
            name,
            format!("{name} is given more than once"),
        )),
        None => Ok(value),
    }
}

fn position(name: &'static str, text: &str) -> Result<Position, Problem> {
    let detail = || format!("{name} is not a position: positions are whole numbers from 0");
    let parsed = text.parse().map(Position);
    parsed.map_err(|_| Problem::with(name, detail()))
}

/// Every event after a position in commit order, each with its position as the id: a client that
/// reconnects goes on where it was.
#[utoipa::path(
    get, path = "/api/v1/events/stream", tag = "events", operation_id = "stream_events",
    security(("token" = [])),
    params(
        ("after" = Option<String>, Query,
            description = "The position before the first event; without one, from now on"),
        ("streamType" = Option<String>, Query,
            description = "Events of one type of stream only, such as `strategy_instance`"),
        ("Last-Event-ID" = Option<String>, Header,
            description = "The position of the last event that was received; wins over `after`"),
    ),
    responses(
        (status = 200, description = "Events as they are recorded, until the login ends; `id` is the \
            position, `event` the type", body = String, content_type = "text/event-stream"),
        (status = 400, description = "A parameter that makes no sense: `parameter` names it",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "Nobody is logged in", body = ProblemBody,
            content_type = "application/problem+json"),
        (status = 500, description = "The log cannot be read: the server's own log says why",
            body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn stream(
    State(app): State<AppState>,
    identity: Result<Identity, Response>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    if identity.is_err() {
        let problem = Problem::new(StatusCode::UNAUTHORIZED, "Log in first");
        let scheme = [(header::WWW_AUTHENTICATE, "Bearer")];
        return (scheme, problem).into_response();
    }
    let wanted = match Wanted::read(&headers, query.as_deref().unwrap_or_default()) {
        Ok(wanted) => wanted,
        Err(problem) => return problem.into_response(),
    };
    let after = match wanted.after {
        Some(position) => position,
        None => match app.log.head().await {
            Ok(head) => head,
            Err(error) => return failed(&error).into_response(),
        },
    };
    let filter = wanted.filter;
    let login = login_ends(app.clone(), headers);
    let events = written(follow_log(app, after, filter)).take_until(Box::pin(login));
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE);
    Sse::new(events).keep_alive(keep_alive).into_response()
}

fn failed(error: &StoreError) -> Problem {
    tracing::error!(error = %ErrorChain(error), "the request failed");
    let detail = "The log cannot be read; the server's own log says why";
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
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
