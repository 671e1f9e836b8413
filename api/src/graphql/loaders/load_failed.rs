//! Why something could not be looked up.

use std::sync::Arc;

use async_graphql::Error;
use event_store::StoreError;
use projections::{PastError, TablesError};

use crate::graphql::failure::{internal, past};

/// Everybody who waited for a load gets its error.
#[derive(Debug, Clone)]
pub(super) struct LoadFailed(Arc<PastError>);

impl LoadFailed {
    pub(super) fn told(self) -> Error {
        if matches!(*self.0, PastError::TooLong) {
            return past(PastError::TooLong);
        }
        internal(WaitedFor(self.0))
    }
}

impl From<PastError> for LoadFailed {
    fn from(error: PastError) -> Self {
        Self(Arc::new(error))
    }
}

impl From<TablesError> for LoadFailed {
    fn from(error: TablesError) -> Self {
        PastError::from(error).into()
    }
}

impl From<StoreError> for LoadFailed {
    fn from(error: StoreError) -> Self {
        PastError::from(error).into()
    }
}

#[derive(Debug, thiserror::Error)]
#[error("a list's rows could not be completed")]
struct WaitedFor(#[source] Arc<PastError>);
