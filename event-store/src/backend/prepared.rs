//! An append that passed every check that needs no database.

use serde::de::IgnoredAny;

use crate::error::{AppendError, StoreError};
use crate::log::Append;

/// Made on the caller's task, so that the one writer has less to do.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) append: Append,
    /// The JSON text that every event of the append gets.
    pub(crate) metadata: String,
}

impl Prepared {
    pub(crate) fn try_new(mut append: Append) -> Result<Self, AppendError> {
        if append.events.is_empty() {
            return Err(refused("an append needs at least one event"));
        }
        for event in &append.events {
            serde_json::from_str::<IgnoredAny>(&event.payload)
                .map_err(|source| AppendError::Store(StoreError::Failed(Box::new(source))))?;
        }
        let texts = [&append.stream.aggregate_type, &append.stream.aggregate_id];
        if texts.iter().any(|text| text.contains('\0')) {
            // PostgreSQL has no room for it, and no backend shall take what another refuses
            return Err(refused("a stream's name must not contain a NUL character"));
        }
        if let Some(idempotency) = &append.idempotency {
            let key = || idempotency.key.clone();
            append.metadata.idempotency_key.get_or_insert_with(key);
        }
        let metadata = serde_json::to_string(&append.metadata)
            .map_err(|source| AppendError::Store(StoreError::Failed(Box::new(source))))?;
        Ok(Self { append, metadata })
    }

    pub(crate) fn weight(&self) -> usize {
        let payloads = self.append.events.iter().map(|event| event.payload.len());
        payloads.sum::<usize>() + self.metadata.len() * self.append.events.len()
    }
}

fn refused(reason: &'static str) -> AppendError {
    AppendError::Store(StoreError::Failed(reason.into()))
}
