//! Expected revision, idempotency key and reason of one mutation.

use async_graphql::{Context, InputType};
use domain::config::refuse_hostile_text;
use domain::refuse_unfit_reason;
use event_store::{Actor, AppendError, CommandOptions, Idempotency, Metadata, Position, Source};
use sha2::{Digest, Sha256};

use super::Trouble;
use crate::graphql::context::asker;
use crate::graphql::failure::internal;
use crate::graphql::user_error::{UserError, UserErrorCode};
use crate::state::App;

const LONGEST_KEY: usize = 200;

/// What a caller adds to what it asks for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Terms {
    pub(crate) expected_revision: Option<i32>,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) reason: Option<String>,
}

impl Terms {
    /// Whether a reason is needed is the command's to say, not ours.
    pub(crate) fn options(
        self,
        ctx: &Context<'_>,
        operation: &str,
        input: &impl InputType,
    ) -> Result<CommandOptions, Trouble> {
        let wrong = self.wrong();
        if !wrong.is_empty() {
            return Err(Trouble::Told(wrong));
        }
        let asker = asker(ctx)?;
        let identity = &asker.identity;
        let actor = Actor::new(&identity.name, identity.role);
        let mut metadata = Metadata::new(actor, Source::Graphql, asker.correlation);
        metadata.reason = self.reason.filter(|reason| !reason.trim().is_empty());
        metadata.idempotency_key.clone_from(&self.idempotency_key);
        let mut options = CommandOptions::from(metadata);
        options.expected_version = self.expected_revision.and_then(|r| u64::try_from(r).ok());
        options.idempotency = self.idempotency_key.map(|key| Idempotency {
            key: format!("graphql:{}:{operation}:{key}", identity.name),
            fingerprint: format!("{:x}", Sha256::digest(input.to_value().to_string())),
        });
        Ok(options)
    }

    fn wrong(&self) -> Vec<UserError> {
        let mut wrong = Vec::new();
        if let Some(Err(unfit)) = self.reason.as_deref().map(refuse_unfit_reason) {
            let error = UserError::saying(UserErrorCode::InvalidInput, &unfit);
            wrong.push(error.at("/reason"));
        }
        let mut add = |pointer: &str, message: String| {
            let error = UserError::new(UserErrorCode::InvalidInput, message);
            wrong.push(error.at(pointer));
        };
        if self.expected_revision.is_some_and(|revision| revision < 0) {
            add("/expectedRevision", "A revision is not negative".to_owned());
        }
        if let Some(key) = &self.idempotency_key {
            if key.len() > LONGEST_KEY {
                let message = format!("Must not be longer than {LONGEST_KEY} bytes");
                add("/idempotencyKey", message);
            } else if let Err(violation) = refuse_hostile_text("/idempotencyKey", key) {
                add("/idempotencyKey", violation.message);
            }
        }
        if self.idempotency_key.as_ref().is_some_and(String::is_empty) {
            add("/idempotencyKey", "Must not be empty".to_owned());
        }
        wrong
    }
}

/// What the same request was answered before: then nothing may be decided anew, for by now it might
/// be refused.
pub(crate) async fn earlier(
    app: &App,
    options: &CommandOptions,
) -> Result<Option<Position>, Trouble> {
    let Some(idempotency) = &options.idempotency else {
        return Ok(None);
    };
    match app.log.earlier_answer(idempotency).await {
        Ok(earlier) => Ok(earlier.map(|answer| answer.position)),
        Err(AppendError::KeyReused) => Err(Trouble::key_reused()),
        Err(error) => Err(Trouble::Failed(internal(error))),
    }
}
