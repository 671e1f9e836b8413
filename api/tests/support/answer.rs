//! What came back.

use axum::body::Bytes;
use axum::http::HeaderMap;
use serde_json::Value;

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Status and exact body.
    #[track_caller]
    pub(crate) fn is(&self, status: u16, body: &str) {
        assert_eq!((self.status, self.text()), (status, body));
        assert_eq!(
            self.header("content-type"),
            Some("application/json; charset=utf-8")
        );
    }

    /// A 400 in the original's shape.
    #[track_caller]
    pub(crate) fn refused(&self, message: &str) {
        let message = Value::from(message);
        self.is(
            400,
            &format!(r#"{{"message":{message},"error":"Bad Request","statusCode":400}}"#),
        );
    }

    /// What a handler that returned nothing answered.
    #[track_caller]
    pub(crate) fn is_empty(&self, status: u16) {
        assert_eq!((self.status, self.text()), (status, ""));
        assert_eq!(self.header("content-length"), Some("0"));
        assert_eq!(self.header("content-type"), None);
        assert_eq!(self.header("etag"), None);
    }
}
