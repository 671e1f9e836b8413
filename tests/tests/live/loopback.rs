//! An exchange on this machine: it answers as the test says, and remembers what it was asked.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::sync::Notify;

/// Stops with the test's runtime.
pub(crate) struct Loopback {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    arrivals: Arc<Notify>,
}

/// One request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// `POST /api/v3/order`
    pub(crate) what: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

pub(crate) enum Reply {
    Json(String),
    Status(u16, String),
    /// The connection breaks before the answer is whole.
    CutOff,
    /// No answer.
    Silence,
}

impl Loopback {
    pub(crate) async fn start(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let arrivals = Arc::new(Notify::new());
        let (remembered, arrived) = (asked.clone(), arrivals.clone());
        let answer = Arc::new(answer);
        let handler = move |method: Method, uri: Uri, headers: HeaderMap, body: Bytes| {
            let asked = Asked {
                what: format!("{method} {}", uri.path()),
                query: uri.query().unwrap_or_default().to_owned(),
                headers,
                body: String::from_utf8_lossy(&body).into_owned(),
            };
            let reply = answer(&asked);
            remembered.lock().unwrap().push(asked);
            arrived.notify_waiters();
            respond(reply)
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let router = axum::Router::new().fallback(handler);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            address,
            asked,
            arrivals,
        }
    }

    /// Returns when so many of a kind have arrived.
    pub(crate) async fn asked_so_often(&self, what: &str, times: usize) {
        loop {
            let arrival = self.arrivals.notified();
            if self.asked_for(what).len() >= times {
                return;
            }
            arrival.await;
        }
    }

    /// All requests so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    pub(crate) fn asked_for(&self, what: &str) -> Vec<Asked> {
        let asked = self.asked().into_iter();
        asked.filter(|asked| asked.what == what).collect()
    }

    /// The only request of its kind.
    pub(crate) fn once(&self, what: &str) -> Asked {
        let mut asked = self.asked_for(what);
        assert_eq!(asked.len(), 1, "{what}: {:?}", self.asked());
        asked.remove(0)
    }
}

impl Asked {
    /// Of query and body, without what differs with every request.
    pub(crate) fn said(&self) -> String {
        let varying = ["timestamp", "signature", "nonce"];
        let all = [self.query.as_str(), self.body.as_str()];
        let all = all.iter().flat_map(|part| part.split('&'));
        let said = all.filter(|pair| {
            let name = pair.split('=').next().unwrap_or_default();
            !pair.is_empty() && !varying.contains(&name)
        });
        said.collect::<Vec<_>>().join("&")
    }

    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let all = [self.query.as_str(), self.body.as_str()];
        let pairs = all.iter().flat_map(|part| part.split('&'));
        let pairs: BTreeMap<&str, &str> = pairs.filter_map(|pair| pair.split_once('=')).collect();
        pairs.get(name).map(|value| (*value).to_owned())
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

async fn respond(reply: Reply) -> Response {
    match reply {
        Reply::Json(text) => json(StatusCode::OK, text),
        Reply::Status(status, text) => json(StatusCode::from_u16(status).unwrap(), text),
        Reply::CutOff => {
            let begun: Result<Bytes, std::io::Error> = Ok(Bytes::from_static(b"{\"orderId\":"));
            let broken = Err(std::io::Error::other("cut off"));
            Body::from_stream(futures::stream::iter([begun, broken])).into_response()
        }
        Reply::Silence => std::future::pending::<Result<Response, Infallible>>()
            .await
            .into_response(),
    }
}

fn json(status: StatusCode, text: String) -> Response {
    let headers = [("content-type", "application/json")];
    (status, headers, text).into_response()
}
