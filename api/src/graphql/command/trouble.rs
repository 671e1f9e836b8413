//! Why a mutation changed nothing.

use async_graphql::Error;
use chrono::SecondsFormat;
use domain::phrase::{Param, Phrase};
use event_store::{CommandError, StreamName};
use serde_json::json;

use crate::graphql::events::summary;
use crate::graphql::failure::internal;
use crate::graphql::user_error::{UserError, UserErrorCode, of_operation};
use crate::operations::OperationError;
use crate::state::App;

/// To be told as data, or to fail with.
#[derive(Debug)]
pub(crate) enum Trouble {
    Told(Vec<UserError>),
    Failed(Error),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<UserError> for Trouble {
    fn from(error: UserError) -> Self {
        Self::Told(vec![error])
    }
}

impl Trouble {
    pub(crate) fn key_reused() -> Self {
        let message = "The idempotency key was used for another request";
        UserError::new(UserErrorCode::IdempotencyKeyReused, message)
            .at("/idempotencyKey")
            .into()
    }
}

/// A command's refusal, in the words of its aggregate.
pub(crate) async fn refused<E: std::error::Error + 'static>(
    app: &App,
    stream: &StreamName,
    error: CommandError<E>,
    words: fn(E) -> Vec<UserError>,
) -> Trouble {
    match error {
        CommandError::Refused(refusal) => Trouble::Told(words(refusal)),
        CommandError::Conflict { expected, actual } => {
            conflict(app, stream, (expected, actual), REVISION).await
        }
        CommandError::Moved { stream } => {
            let message = format!("{stream} changed while this was decided. Try again");
            UserError::new(UserErrorCode::Conflict, message).into()
        }
        CommandError::ReasonMissing => {
            let message = "Say why: the reason goes into the history";
            UserError::new(UserErrorCode::ReasonRequired, message)
                .at("/reason")
                .into()
        }
        CommandError::KeyReused => Trouble::key_reused(),
        CommandError::Store(error) => Trouble::Failed(internal(error)),
    }
}

/// Where callers say which revision they looked at.
pub(crate) const REVISION: &str = "/expectedRevision";

/// Who changed what meanwhile, in words; `field` is where the caller expected something else.
pub(crate) async fn conflict(
    app: &App,
    stream: &StreamName,
    (expected, actual): (u64, u64),
    field: &str,
) -> Trouble {
    let general = "It changed while you were looking at it. Look again";
    let told = |message: &str| UserError::new(UserErrorCode::Conflict, message);
    let params = json!({ "expected": expected, "actual": actual });
    let last = app.log.load(stream, actual.saturating_sub(1), 1).await;
    let last = match last {
        Ok(events) => events.into_iter().next(),
        Err(error) => return Trouble::Failed(internal(error)),
    };
    let Some(last) = last.filter(|_| actual > 0) else {
        return told(general).at(field).with(params).into();
    };
    let actor = last.metadata().map(|metadata| metadata.actor.name);
    let actor = actor.unwrap_or_else(|_| "somebody".to_owned());
    let phrase = Phrase::ChangedMeanwhile {
        actor: Param::text(&actor),
        what: summary(&last),
        expected: Param::text(expected),
        actual: Param::text(actual),
    };
    let params = json!({
        "expected": expected, "actual": actual, "type": last.event_type, "actor": actor,
        "at": last.recorded_at.to_rfc3339_opts(SecondsFormat::Millis, true),
        "position": last.position,
    });
    let error = UserError::saying(UserErrorCode::Conflict, &phrase);
    error.at(field).with(params).into()
}

impl Trouble {
    /// An operation's refusal; `stream` is what it would have changed.
    pub(crate) async fn of(app: &App, stream: &StreamName, error: OperationError) -> Self {
        if let Some(told) = of_operation(&error) {
            return Self::Told(told);
        }
        match error {
            OperationError::Command(error) => {
                refused(app, stream, error, crate::graphql::user_error::of_instance).await
            }
            other => Self::Failed(internal(other)),
        }
    }
}
