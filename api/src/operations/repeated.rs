//! A request that is made again with its idempotency key gets its first answer, whatever has become
//! of what it was about.

use event_store::{AppendError, CommandOptions, FeedFilter, Position, Recorded};

use crate::state::App;

/// The last event of what this very request recorded when it was made before.
pub(crate) async fn recorded_before(
    app: &App,
    options: &CommandOptions,
) -> Result<Option<Recorded>, AppendError> {
    let Some(idempotency) = &options.idempotency else {
        return Ok(None);
    };
    let Some(earlier) = app.log.earlier_answer(idempotency).await? else {
        return Ok(None);
    };
    let before = Position(earlier.position.0.saturating_sub(1));
    let page = app.log.feed(before, 1, &FeedFilter::default()).await?;
    Ok(page.events.into_iter().next())
}
