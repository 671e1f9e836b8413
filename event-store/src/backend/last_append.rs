//! Whether the last append was stored, for those who judge this process' health.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

use super::appender::Verdict;
use crate::error::AppendError;
use crate::log::AppendTrouble;

#[derive(Debug, Default)]
pub(crate) struct LastAppend(Mutex<Option<(Instant, String)>>);

impl LastAppend {
    pub(crate) fn note(&self, verdict: &Verdict) {
        match verdict {
            Ok(_) => *self.lock() = None,
            Err(error @ (AppendError::OutcomeUnknown(_) | AppendError::Store(_))) => {
                *self.lock() = Some((Instant::now(), error.to_string()));
            }
            // The store did its work
            Err(
                AppendError::Conflict { .. } | AppendError::Moved { .. } | AppendError::KeyReused,
            ) => {}
        }
    }

    pub(crate) fn trouble(&self) -> Option<AppendTrouble> {
        let trouble = self.lock();
        trouble.as_ref().map(|(at, error)| AppendTrouble {
            error: error.clone(),
            ago: at.elapsed(),
        })
    }

    fn lock(&self) -> MutexGuard<'_, Option<(Instant, String)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
