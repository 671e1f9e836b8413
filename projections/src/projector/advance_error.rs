//! Why a page was not folded.

use tokio::task::JoinError;

use super::page::Poison;
use crate::error::TablesError;

/// Nothing of the page is stored, and the cursor must be opened anew.
#[derive(Debug)]
pub(super) enum AdvanceError {
    /// Somebody else moved the checkpoint.
    Overtaken,
    Poison(Poison),
    Tables(TablesError),
    /// Whoever wrote ended early.
    Task(JoinError),
}

impl From<sqlx::Error> for AdvanceError {
    fn from(error: sqlx::Error) -> Self {
        Self::Tables(error.into())
    }
}

impl From<TablesError> for AdvanceError {
    fn from(error: TablesError) -> Self {
        Self::Tables(error)
    }
}

impl From<JoinError> for AdvanceError {
    fn from(error: JoinError) -> Self {
        Self::Task(error)
    }
}
