//! One request, one answer.

use std::fmt;
use std::sync::Arc;

use async_graphql::parser::types::{ExecutableDocument, OperationType};
use async_graphql::{Request as GraphqlRequest, Response as GraphqlResponse};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::Response;
use axum::routing::any;

use super::answer::{answer, refused};
use super::media_type::MediaType;
use super::{Parameters, operation_type, refuse_explosive, within};
use crate::auth::{identify, unauthenticated};
use crate::body_reading::read_body;
use crate::graphql::context::Asker;
use crate::graphql::loaders::Loaders;
use crate::graphql::schema::{ApiSchema, schema};
use crate::graphql::socket;
use crate::request_id::request_id;
use crate::state::AppState;

const LARGEST_BODY: usize = 256 * 1024;

#[derive(Clone)]
pub(crate) struct Served {
    pub(crate) app: AppState,
    pub(crate) schema: ApiSchema,
}

impl fmt::Debug for Served {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Served")
    }
}

pub(crate) fn routes(app: &AppState) -> Router<AppState> {
    let served = Served {
        app: app.clone(),
        schema: schema(app.clone()),
    };
    Router::new().route("/graphql", any(serve).with_state(served))
}

async fn serve(State(served): State<Served>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if socket::is_asked_for(&parts.headers) {
        return socket::upgrade(served, parts).await;
    }
    let Some(identity) = identify(&served.app, &parts.method, &parts.headers).await else {
        return unauthenticated();
    };
    let Some(media_type) = MediaType::negotiated(&parts.headers) else {
        let message = "Answers are application/json or application/graphql-response+json";
        return refused(StatusCode::NOT_ACCEPTABLE, MediaType::Json, message);
    };
    let parameters = match parameters(&parts, body).await {
        Ok(parameters) => parameters,
        Err((status, message)) => return refused(status, media_type, message),
    };
    let mut request = parameters.request();
    let document = match refuse_explosive(&mut request) {
        Ok(document) => document,
        Err(error) => {
            return answer(media_type, &GraphqlResponse::from_errors(vec![error]));
        }
    };
    if parts.method == Method::GET && !is_query(document, request_name(&parts).as_deref()) {
        let message = "Only queries are answered on GET; send mutations by POST";
        return refused(StatusCode::METHOD_NOT_ALLOWED, media_type, message);
    }
    let asker = Asker {
        identity,
        correlation: request_id(&parts),
    };
    answer(media_type, &execute(&served, request, asker).await)
}

async fn parameters(parts: &Parts, body: Body) -> Result<Parameters, (StatusCode, &'static str)> {
    let malformed = |message| (StatusCode::BAD_REQUEST, message);
    match parts.method {
        Method::GET => {
            let query = parts.uri.query().unwrap_or_default();
            Parameters::from_url(query).map_err(malformed)
        }
        Method::POST => {
            if !is_json(&parts.headers) {
                let message = "The body must be application/json, in UTF-8";
                return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
            }
            let body = read_body(body, LARGEST_BODY).await.map_err(|unread| {
                let too_large = "The body must not be larger than 256 kB";
                (unread.status(), unread.message(too_large))
            })?;
            let Ok(json) = serde_json::from_slice(&body) else {
                return Err(malformed("The body is not JSON"));
            };
            Parameters::from_json(json).map_err(malformed)
        }
        _ => Err((
            StatusCode::METHOD_NOT_ALLOWED,
            "GraphQL is asked by GET or POST",
        )),
    }
}

/// Anything else could come from a form on somebody else's page.
fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE);
    let text = value
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let mut parts = text.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default();
    let utf8 = |parameter: &str| match parameter.split_once('=') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case("charset") => {
            value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        Some(_) | None => true,
    };
    kind.eq_ignore_ascii_case("application/json") && parts.all(utf8)
}

/// The operation that a GET's URL names.
fn request_name(parts: &Parts) -> Option<String> {
    let query = parts.uri.query().unwrap_or_default();
    let named = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "operationName");
    named.map(|(_, value)| value.into_owned())
}

/// What is unclear is left to execution, which refuses it.
fn is_query(document: &ExecutableDocument, name: Option<&str>) -> bool {
    operation_type(document, name).is_none_or(|kind| kind == OperationType::Query)
}

async fn execute(served: &Served, request: GraphqlRequest, asker: Asker) -> GraphqlResponse {
    let loaders = Arc::new(Loaders::new(&served.app));
    let request = request.data(asker).data(loaders.clone());
    let executed = loaders.serve(served.schema.execute(request));
    within(served.app.settings.deadline, executed).await
}
