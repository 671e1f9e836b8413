//! Why a projector gave up on something.

use event_store::{Position, StoreError};

use crate::error::TablesError;
use crate::projection::FoldError;

#[derive(Debug, thiserror::Error)]
pub enum ProjectorError {
    #[error(transparent)]
    Tables(#[from] TablesError),
    #[error("the log could not be read")]
    Log(#[from] StoreError),
    /// A rebuild met an event that cannot be folded. The live table is as it was.
    #[error("the event at position {position} cannot be folded into {projection}")]
    Poison {
        projection: &'static str,
        position: Position,
        #[source]
        source: FoldError,
    },
    /// Another rebuild of the same projection was begun.
    #[error("another rebuild of {0} took over")]
    Superseded(&'static str),
    #[error("a task of the projector ended early")]
    Task(#[from] tokio::task::JoinError),
}

impl From<sqlx::Error> for ProjectorError {
    fn from(error: sqlx::Error) -> Self {
        Self::Tables(error.into())
    }
}
