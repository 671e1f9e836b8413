//! What went wrong underneath, in a sentence an operator can act on.

use std::sync::Arc;

use crate::error::{AppendError, StoreError};
use crate::recorded::StreamName;
use crate::stored_rows::UnreadableRow;

/// A failure with its cause. Cheap to clone: every append of a failed batch is told.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{sentence}")]
pub(crate) struct Trouble {
    pub(crate) kind: Kind,
    sentence: &'static str,
    source: Arc<dyn std::error::Error + Send + Sync>,
    /// The row that is the trouble.
    row: Option<Arc<BadRow>>,
}

#[derive(Debug)]
struct BadRow {
    position: u64,
    stream: StreamName,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing was stored; later it may work.
    Unavailable,
    /// The connection broke at a moment when the transaction may have been committed.
    Lost,
    /// The database refuses: trying the same again gives the same.
    Refused,
}

impl Trouble {
    pub(crate) fn new(
        kind: Kind,
        sentence: &'static str,
        source: impl std::error::Error + Send + Sync + 'static,
    ) -> Self {
        Self {
            kind,
            sentence,
            source: Arc::new(source),
            row: None,
        }
    }

    /// A row that holds no event.
    pub(crate) fn unreadable(
        position: u64,
        stream: StreamName,
        source: impl std::error::Error + Send + Sync + 'static,
    ) -> Self {
        let sentence = "the row holds no event: strategos-replay verify lists all such";
        let row = Some(Arc::new(BadRow { position, stream }));
        Self {
            row,
            ..Self::new(Kind::Refused, sentence, source)
        }
    }

    pub(crate) fn sentence(&self) -> &'static str {
        self.sentence
    }

    #[must_use]
    pub(crate) fn of_kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }
}

impl From<UnreadableRow> for Trouble {
    fn from(row: UnreadableRow) -> Self {
        Self::unreadable(row.position.cast_unsigned(), row.stream.clone(), row)
    }
}

/// Reads have no outcome to be in doubt about: a lost connection is one to try again on.
impl From<Trouble> for StoreError {
    fn from(trouble: Trouble) -> Self {
        if let Some(row) = &trouble.row {
            return Self::Unreadable {
                position: row.position,
                stream: row.stream.clone(),
                source: Box::new(trouble.clone()),
            };
        }
        match trouble.kind {
            Kind::Unavailable | Kind::Lost => Self::Unavailable(Box::new(trouble)),
            Kind::Refused => Self::Failed(Box::new(trouble)),
        }
    }
}

impl From<Trouble> for AppendError {
    fn from(trouble: Trouble) -> Self {
        match trouble.kind {
            Kind::Lost => Self::OutcomeUnknown(Box::new(trouble)),
            Kind::Unavailable | Kind::Refused => Self::Store(trouble.into()),
        }
    }
}
