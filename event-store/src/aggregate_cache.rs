//! Aggregates as they were last seen, so that a busy one is not folded anew for each command.
//!
//! May be empty at any time: what is taken from here is checked against the log before anybody is
//! told anything.

use std::fmt;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lru::LruCache;

use crate::command_gateway::Loaded;

/// As many busy streams as one node is meant to carry, and then some.
const CAPACITY: NonZeroUsize = NonZeroUsize::new(16_384).unwrap();

pub(crate) struct AggregateCache<A>(Mutex<LruCache<String, Arc<Loaded<A>>>>);

impl<A> AggregateCache<A> {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(LruCache::new(CAPACITY)))
    }

    pub(crate) fn get(&self, aggregate_id: &str) -> Option<Arc<Loaded<A>>> {
        self.entries().get(aggregate_id).cloned()
    }

    /// Keeps the newer of what is known and this. Nothing yet is not worth remembering: ids that
    /// somebody makes up must not push out aggregates that exist.
    pub(crate) fn put(&self, aggregate_id: &str, loaded: Arc<Loaded<A>>) {
        let mut entries = self.entries();
        let known = entries.peek(aggregate_id).map_or(0, |known| known.version);
        if known < loaded.version {
            entries.put(aggregate_id.to_owned(), loaded);
        }
    }

    pub(crate) fn forget(&self, aggregate_id: &str) {
        self.entries().pop(aggregate_id);
    }

    fn entries(&self) -> MutexGuard<'_, LruCache<String, Arc<Loaded<A>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<A> fmt::Debug for AggregateCache<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AggregateCache({} entries)", self.entries().len())
    }
}
