//! One line of the route table.

use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{self, MethodRouter};

use crate::state::AppState;

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Anybody,
    /// Holders of a token.
    Admin,
    /// Holders of a token, or anybody where the operator opened `/strategy/*`.
    Strategy,
}

/// A route's place in the move from types to definitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Era {
    /// Stays as it is.
    Current,
    /// Deprecated once definitions come first; keeps answering.
    Yielding { successor: Option<&'static str> },
    /// Deprecated once definitions come first; 410 once they are the only way.
    Retiring { successor: &'static str },
}

pub(super) struct Endpoint {
    pub(super) method: Method,
    pub(super) path: &'static str,
    pub(super) access: Access,
    pub(super) era: Era,
    pub(super) handler: MethodRouter<AppState>,
}

impl Endpoint {
    pub(super) fn get<H: Handler<T, AppState>, T: 'static>(
        path: &'static str,
        access: Access,
        handler: H,
    ) -> Self {
        Self::new(Method::GET, path, access, routing::get(handler))
    }

    pub(super) fn post<H: Handler<T, AppState>, T: 'static>(
        path: &'static str,
        access: Access,
        handler: H,
    ) -> Self {
        Self::new(Method::POST, path, access, routing::post(handler))
    }

    pub(super) fn delete<H: Handler<T, AppState>, T: 'static>(
        path: &'static str,
        access: Access,
        handler: H,
    ) -> Self {
        Self::new(Method::DELETE, path, access, routing::delete(handler))
    }

    /// Answers for good, but there is something better.
    pub(super) fn yields_to(self, successor: &'static str) -> Self {
        Self {
            era: Era::Yielding {
                successor: Some(successor),
            },
            ..self
        }
    }

    /// Answers for good, but belongs to what is left behind.
    pub(super) fn yields(self) -> Self {
        Self {
            era: Era::Yielding { successor: None },
            ..self
        }
    }

    /// Starts or stops by type: goes away when definitions are the only way.
    pub(super) fn retires_for(self, successor: &'static str) -> Self {
        Self {
            era: Era::Retiring { successor },
            ..self
        }
    }

    fn new(
        method: Method,
        path: &'static str,
        access: Access,
        handler: MethodRouter<AppState>,
    ) -> Self {
        Self {
            method,
            path,
            access,
            era: Era::Current,
            handler,
        }
    }
}
