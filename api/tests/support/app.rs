//! The application under test.

use std::net::SocketAddr;
use std::sync::Arc;

use api::auth::{Auth, Credentials};
use api::{App, AppState, Ports, Settings};
use argon2::password_hash::SaltString;
use argon2::{Argon2, Params, PasswordHasher};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request};
use chrono::{DateTime, TimeDelta, Utc};
use domain::clock::Clock;
use domain::event::Event;
use event_store::{
    Actor, Append, EventLog, Expected, FeedFilter, Metadata, NewEvent, Position, Role, Source,
    StreamName,
};
use http_body_util::BodyExt;
use projections::{Projector, Tables};
use serde_json::Value;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;
use uuid::Uuid;

use super::backtester::OnCommand;
use super::ports::{Measured, MovingClock, OneExchange, ThreeExecutors};
use super::{Answer, FailingLog, PASSWORD_HASH, SECRET};

/// A running application; everything it stored goes when it goes.
pub(crate) struct TestApp {
    pub(crate) state: AppState,
    pub(crate) clock: Arc<MovingClock>,
    pub(crate) prices: Arc<OneExchange>,
    pub(crate) measures: Arc<Measured>,
    pub(crate) backtester: Arc<OnCommand>,
    pub(crate) log: Arc<dyn EventLog>,
    /// The same log, to make it fail.
    pub(crate) failing: Arc<FailingLog>,
    router: Router,
    token: String,
    projector: CancellationToken,
    projecting: JoinHandle<()>,
    _folder: TempDir,
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.projector.cancel();
    }
}

impl TestApp {
    pub(crate) async fn start() -> Self {
        Self::with(Settings::default()).await
    }

    pub(crate) async fn with(settings: Settings) -> Self {
        let mut app = Self::build(settings, credentials(PASSWORD_HASH)).await;
        app.token = app.log_in().await;
        app
    }

    /// Nobody is logged in.
    pub(crate) async fn with_credentials(credentials: Credentials) -> Self {
        Self::build(Settings::default(), credentials).await
    }

    async fn build(settings: Settings, credentials: Credentials) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("strategos.db").display());
        let clock = Arc::new(MovingClock::starting("2026-03-01T10:00:00.123Z"));
        let recording = event_store::open(&url, clock.clone()).await.unwrap();
        let failing = FailingLog::over(recording);
        let log: Arc<dyn EventLog> = failing.clone();
        let tables = Tables::connect(&url).await.unwrap();
        tables.migrate().await.unwrap();
        let shutdown = CancellationToken::new();
        let projector = Projector::new(tables.clone(), log.clone(), clock.clone());
        let projecting = tokio::spawn(projector.run(shutdown.clone()));
        let prices = Arc::new(OneExchange::default());
        let measures = Arc::new(Measured::default());
        let backtester = Arc::new(OnCommand::default());
        let ports = Ports {
            catalogue: Arc::new(ThreeExecutors),
            start_prices: prices.clone(),
            guard_measures: measures.clone(),
            backtester: backtester.clone(),
        };
        let auth = Auth::new(credentials, clock.clone());
        let state = Arc::new(App::new(
            log.clone(),
            tables,
            clock.clone(),
            ports,
            auth,
            settings,
        ));
        Self {
            router: api::router(state.clone()),
            state,
            clock,
            prices,
            measures,
            backtester,
            log,
            failing,
            token: String::new(),
            projector: shutdown,
            projecting,
            _folder: folder,
        }
    }

    pub(crate) async fn log_in(&self) -> String {
        let body = format!(r#"{{"password":"{PASSWORD_HASH}"}}"#);
        let answer = self.send(post_json("/auth/login", &body)).await;
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, None).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.call(Method::DELETE, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.call(Method::POST, path, Some(body.to_string())).await
    }

    /// A POST without a body.
    pub(crate) async fn post_nothing(&self, path: &str) -> Answer {
        self.call(Method::POST, path, None).await
    }

    pub(crate) async fn post_text(&self, path: &str, body: &str) -> Answer {
        self.call(Method::POST, path, Some(body.to_owned())).await
    }

    async fn call(&self, method: Method, path: &str, body: Option<String>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let request = request.header("authorization", self.bearer());
        self.send(
            request
                .body(body.map_or_else(Body::empty, Body::from))
                .unwrap(),
        )
        .await
    }

    /// With an `Idempotency-Key`.
    pub(crate) async fn keyed(
        &self,
        method: Method,
        path: &str,
        body: &Value,
        key: &str,
    ) -> Answer {
        let request = Request::builder().method(method).uri(path);
        let request = request
            .header("authorization", self.bearer())
            .header("idempotency-key", key);
        let request = if body.is_null() {
            request.body(Body::empty())
        } else {
            let request = request.header("content-type", "application/json");
            request.body(Body::from(body.to_string()))
        };
        self.send(request.unwrap()).await
    }

    pub(crate) fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }

    /// Sends a request as it is, from `203.0.113.7`.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        self.send_from("203.0.113.7:40000", request).await
    }

    pub(crate) async fn send_from(&self, address: &str, mut request: Request<Body>) -> Answer {
        let address: SocketAddr = address.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(address));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body,
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) fn advance(&self, by: TimeDelta) {
        self.clock.advance(by);
    }

    /// From now on the tables stay as they are.
    pub(crate) async fn stop_projector(&mut self) {
        self.projector.cancel();
        (&mut self.projecting).await.unwrap();
    }

    /// Records so many events that mean little.
    pub(crate) async fn fill_log(&self, events: usize) {
        let counted = r#"{"LegacyUsageCounted":{"counts":[],"from":"2026-02-01T00:00:00Z","until":"2026-02-01T00:00:01Z"}}"#;
        for _ in 0..events.div_ceil(500) {
            self.record_usage(counted, 500).await;
        }
    }

    /// Records an event that nobody can read.
    pub(crate) async fn record_nonsense(&self) {
        self.record_usage(r#"{"LegacyUsageDreamt":{}}"#, 1).await;
    }

    async fn record_usage(&self, payload: &str, times: usize) {
        let event = || NewEvent {
            event_id: Uuid::new_v4(),
            event_type: "LegacyUsageCounted".to_owned(),
            event_version: "1.0".to_owned(),
            payload: payload.to_owned(),
        };
        let actor = Actor::new("a test", Role::System);
        let append = Append {
            stream: StreamName::new("legacy_usage", "2026-02-01"),
            expected: Expected::Any,
            events: std::iter::repeat_with(event).take(times).collect(),
            metadata: Metadata::new(actor, Source::Import, Uuid::nil()),
            unchanged: vec![],
            idempotency: None,
        };
        self.log.append(append).await.unwrap();
    }

    /// Everything that was recorded.
    pub(crate) async fn events(&self) -> Vec<Event> {
        let page = self
            .log
            .feed(Position(0), 10_000, &FeedFilter::default())
            .await
            .unwrap();
        assert!(page.at_head);
        page.events
            .iter()
            .map(|recorded| recorded.decode().unwrap())
            .collect()
    }
}

pub(crate) fn post_json(path: &str, body: &str) -> Request<Body> {
    Request::post(path)
        .header("content-type", "application/json")
        .body(Body::from(body.to_owned()))
        .unwrap()
}

/// As the server stores them, but cheap to check.
pub(crate) fn credentials(password_hash: &str) -> Credentials {
    let salt = SaltString::encode_b64(b"sixteen bytes ok").unwrap();
    let cheap = Params::new(8, 1, 1, None).unwrap();
    let argon2 = Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, cheap);
    let hash = argon2
        .hash_password(password_hash.as_bytes(), &salt)
        .unwrap()
        .to_string();
    Credentials::try_new(&hash, vec![SECRET.to_vec(), b"the key before".to_vec()]).unwrap()
}
