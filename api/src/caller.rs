//! Who asks, from where, and under which request.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use event_store::{Actor, CommandOptions, Idempotency, Metadata, Role, Source};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::auth::Principal;
use crate::express::HttpError;
use crate::request_id::request_id;
use crate::state::AppState;

/// The caller of a legacy path, once it may call it.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// `None` where `/strategy/*` is open and no token was sent.
    principal: Option<Principal>,
    address: Option<IpAddr>,
    correlation: Uuid,
    idempotency_key: Option<String>,
}

impl Caller {
    pub(crate) fn new(
        principal: Option<Principal>,
        address: Option<IpAddr>,
        parts: &Parts,
    ) -> Self {
        let key = parts
            .headers
            .get("idempotency-key")
            .and_then(|value| value.to_str().ok());
        Self {
            principal,
            address,
            correlation: request_id(parts),
            idempotency_key: key.filter(|key| !key.is_empty()).map(str::to_owned),
        }
    }

    /// As usage counts name it: `admin@192.0.2.7`.
    pub(crate) fn name_and_address(&self) -> String {
        let address = self
            .address
            .map_or_else(|| "unknown".to_owned(), |ip| ip.to_string());
        format!("{}@{address}", self.name())
    }

    pub(crate) fn metadata(&self) -> Metadata {
        let role = self
            .principal
            .as_ref()
            .map_or(Role::Operator, |_| Role::Admin);
        let actor = Actor::new(format!("legacy:{}", self.name()), role);
        let mut metadata = Metadata::new(actor, Source::LegacyRest, self.correlation);
        metadata.idempotency_key.clone_from(&self.idempotency_key);
        metadata
    }

    /// For the one command of a request: a repeated `Idempotency-Key` gets the first answer.
    /// `request` is whatever makes two requests different.
    pub(crate) fn options(&self, operation: &str, request: &str) -> CommandOptions {
        let mut options = CommandOptions::from(self.metadata());
        options.idempotency = self.idempotency_key.as_ref().map(|key| Idempotency {
            key: format!("legacy:{}:{operation}:{key}", self.name()),
            fingerprint: format!("{:x}", Sha256::digest(request)),
        });
        options
    }

    fn name(&self) -> &str {
        self.principal
            .as_ref()
            .map_or("anonymous", |principal| &principal.username)
    }
}

/// Set by the route's gate, so a handler without one can't be reached by mistake.
impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = HttpError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, HttpError> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(HttpError::Unauthorized)
    }
}

/// Where a request came from; `None` when that is not known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ClientAddress(pub(crate) Option<IpAddr>);

impl FromRequestParts<AppState> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Infallible> {
        Ok(Self::of(parts, app.settings.behind_proxy))
    }
}

impl ClientAddress {
    pub(crate) fn of(parts: &Parts, behind_proxy: bool) -> Self {
        let forwarded = behind_proxy
            .then(|| forwarded_for(&parts.headers))
            .flatten();
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Self(forwarded.or_else(|| peer.map(|ConnectInfo(peer)| peer.ip())))
    }
}

/// The last entry: the one our own proxy wrote. Earlier ones are whatever the client claimed.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let value = headers.get_all("x-forwarded-for").iter().next_back()?;
    value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}
