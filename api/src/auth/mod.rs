//! One administrator, and two logins: the original's, where the browser sends a hash for a two-hour
//! token, and the UI's session in a cookie.

mod credentials;
mod identity;
mod login;
mod pacing;
mod password;
mod same_origin;
mod session;
mod throttle;
mod token;

pub use credentials::{AuthError, Credentials};
pub use identity::Identity;
pub(crate) use identity::{identify, unauthenticated};
pub(crate) use login::*;
pub use login::{LoginRequest, LoginResponse};
pub(crate) use same_origin::origin_is_host;
pub(crate) use session::{renew_session, session_routes};
pub use throttle::LoginThrottle;
pub(crate) use throttle::{Refusal, Turn};
pub use token::Principal;

use std::sync::{Arc, PoisonError, RwLock};

use axum::http::{HeaderMap, Method, header};
use domain::clock::Clock;
use tokio::sync::Semaphore;

use same_origin::is_same_origin;
use session::{Session, SessionsEnded, session_cookie};

/// The only account there is.
const USERNAME: &str = "admin";

/// Password checks at one time: each takes 19 MiB, and a flood of logins must not take them all.
const CONCURRENT_CHECKS: usize = 2;

/// Who may do what, and how often anybody may try to become somebody.
#[derive(Debug)]
pub struct Auth {
    credentials: RwLock<Arc<Credentials>>,
    pub(crate) throttle: LoginThrottle,
    pub(crate) checks: Semaphore,
    pub(crate) sessions_ended: SessionsEnded,
    clock: Arc<dyn Clock>,
}

impl Auth {
    pub fn new(credentials: Credentials, clock: Arc<dyn Clock>) -> Self {
        Self {
            credentials: RwLock::new(Arc::new(credentials)),
            throttle: LoginThrottle::default(),
            checks: Semaphore::new(CONCURRENT_CHECKS),
            sessions_ended: SessionsEnded::default(),
            clock,
        }
    }

    /// From now on logins are checked against these, and tokens and sessions that others signed are
    /// void.
    pub fn replace_credentials(&self, credentials: Credentials) {
        let mut held = self
            .credentials
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *held = Arc::new(credentials);
    }

    pub(crate) fn credentials(&self) -> Arc<Credentials> {
        let held = self.credentials.read();
        held.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The holder of the bearer token, if there is one and it is valid now.
    pub(crate) fn principal(&self, headers: &HeaderMap) -> Option<Principal> {
        let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
        let mut parts = value.split_whitespace();
        let (scheme, token) = (parts.next()?, parts.next()?);
        if !scheme.eq_ignore_ascii_case("bearer") {
            return None;
        }
        self.credentials().verify_token(token, self.clock.now())
    }

    /// The session in the cookie, if there is one and it has not ended.
    pub(crate) fn session(&self, headers: &HeaderMap, behind_proxy: bool) -> Option<Session> {
        let token = session_cookie(headers, behind_proxy)?;
        let session = self.credentials().verify_session(&token)?;
        let ended = session.expires() <= self.clock.now() || self.sessions_ended.has(session.id);
        (!ended).then_some(session)
    }

    /// As [`Self::session`], for a request that does something: the browser must say that it is our
    /// page's own doing.
    pub(crate) fn session_for(
        &self,
        method: &Method,
        headers: &HeaderMap,
        behind_proxy: bool,
    ) -> Option<Session> {
        let reads = method.is_safe() && !headers.contains_key(header::UPGRADE);
        if !reads && !is_same_origin(headers) {
            return None;
        }
        self.session(headers, behind_proxy)
    }
}
