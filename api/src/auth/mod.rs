//! The legacy login: one administrator, a password hash from the browser, a two-hour token.

mod credentials;
mod identity;
mod login;
mod throttle;
mod token;

pub use credentials::{AuthError, Credentials};
pub use identity::Identity;
pub(crate) use identity::{identify, unauthenticated};
pub(crate) use login::*;
pub use login::{LoginRequest, LoginResponse};
pub use throttle::LoginThrottle;
pub(crate) use throttle::{Refusal, Turn};
pub use token::Principal;

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use domain::clock::Clock;
use tokio::sync::Semaphore;

/// Password checks at one time: each takes 19 MiB, and a flood of logins must not take them all.
const CONCURRENT_CHECKS: usize = 2;

/// Who may do what, and how often anybody may try to become somebody.
#[derive(Debug)]
pub struct Auth {
    pub(crate) credentials: Credentials,
    pub(crate) throttle: LoginThrottle,
    pub(crate) checks: Semaphore,
    clock: Arc<dyn Clock>,
}

impl Auth {
    pub fn new(credentials: Credentials, clock: Arc<dyn Clock>) -> Self {
        Self {
            credentials,
            throttle: LoginThrottle::default(),
            checks: Semaphore::new(CONCURRENT_CHECKS),
            clock,
        }
    }

    /// The holder of the bearer token, if there is one and it is valid now.
    pub(crate) fn principal(&self, headers: &HeaderMap) -> Option<Principal> {
        let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
        let mut parts = value.split_whitespace();
        let (scheme, token) = (parts.next()?, parts.next()?);
        if !scheme.eq_ignore_ascii_case("bearer") {
            return None;
        }
        self.credentials.verify_token(token, self.clock.now())
    }
}
