//! What can go wrong, by who can fix it: the caller, a retry, or an operator.

use crate::recorded::StreamName;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// The log could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A retry may succeed: the database is down, restarting or out of connections.
    #[error("the event store is not reachable")]
    Unavailable(#[source] Source),
    /// An operator must act: a full disk, a corrupt file, a missing migration.
    #[error("the event store failed")]
    Failed(#[source] Source),
    /// A stored event is not one this release can read.
    #[error("event {position} of {stream} cannot be read")]
    Unreadable {
        position: u64,
        stream: StreamName,
        #[source]
        source: Source,
    },
}

impl StoreError {
    pub(crate) fn opened_to_read() -> Self {
        Self::Failed("the log was opened to be read only".into())
    }
}

/// Why an append did not happen. Nothing of it was stored, except where `OutcomeUnknown` says so.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Somebody else wrote to the stream first.
    #[error("{stream} is at version {actual}, not {expected}")]
    Conflict {
        stream: StreamName,
        expected: u64,
        actual: u64,
    },
    /// A stream that had to stay as it was has moved; see [`crate::Append::unchanged`].
    #[error("{stream} changed meanwhile")]
    Moved { stream: StreamName },
    /// The idempotency key was used before, for something else.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The connection broke while committing: the events may or may not be stored. Repeat with the
    /// same event ids to find out.
    #[error("it is not known whether the events were stored")]
    OutcomeUnknown(#[source] Source),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a command changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum CommandError<E: std::error::Error + 'static> {
    /// The domain said no: the caller can fix it.
    #[error("the command was refused")]
    Refused(#[source] E),
    /// Someone else wrote first: reload and try again.
    #[error("the aggregate changed while the command ran")]
    Conflict { expected: u64, actual: u64 },
    /// What the decision relied on has changed: look again and decide anew.
    #[error("{stream} changed while the command was decided")]
    Moved { stream: StreamName },
    /// The command is one that needs a reason, from whoever can give one.
    #[error("a reason is required")]
    ReasonMissing,
    /// The caller used an idempotency key twice for different requests.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The store failed: an operator can fix it, or a retry.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl<E: std::error::Error + 'static> CommandError<E> {
    /// Somebody else was first: looking again may help.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict { .. } | Self::Moved { .. })
    }

    /// Whoever looks again may come to another answer.
    pub(crate) fn may_be_outdated(&self) -> bool {
        self.is_conflict() || matches!(self, Self::Refused(_))
    }
}

impl<E: std::error::Error + 'static> From<AppendError> for CommandError<E> {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::Conflict {
                expected, actual, ..
            } => Self::Conflict { expected, actual },
            AppendError::Moved { stream } => Self::Moved { stream },
            AppendError::KeyReused => Self::KeyReused,
            AppendError::OutcomeUnknown(source) => Self::Store(StoreError::Unavailable(source)),
            AppendError::Store(error) => Self::Store(error),
        }
    }
}
