//! Sessions whose holders logged out. In memory: they are forgotten by a restart, as cookies are
//! dropped by browsers that logged out.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Session;

/// Each with when it would have ended anyway; from then on it need not be remembered.
#[derive(Debug, Default)]
pub(crate) struct SessionsEnded(Mutex<HashMap<Uuid, DateTime<Utc>>>);

impl SessionsEnded {
    pub(super) fn add(&self, session: &Session, now: DateTime<Utc>) {
        let mut ended = self.lock();
        ended.retain(|_, until| *until > now);
        ended.insert(session.id, session.ends_at_last());
    }

    pub(in crate::auth) fn has(&self, id: Uuid) -> bool {
        self.lock().contains_key(&id)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, DateTime<Utc>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
