//! The projections' progress as it is made.

use std::time::Duration;

use async_graphql::{Context, Result, Subscription};
use futures::stream::{self, Stream};
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::projection::{Projection, all};
use crate::state::AppState;

const SHORTEST_MS: u32 = 250;
const LONGEST_MS: u32 = 60_000;

#[derive(Debug, Default)]
pub(crate) struct ProjectionLagSubscription;

#[Subscription]
impl ProjectionLagSubscription {
    /// All projections: at once, and whenever one of them moved, at most once per interval (250 ms or
    /// more).
    async fn projection_lag(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 1000)] interval_ms: u32,
    ) -> impl Stream<Item = Result<Vec<Projection>>> {
        let app = ctx.data_unchecked::<AppState>().clone();
        let every = interval_ms.clamp(SHORTEST_MS, LONGEST_MS);
        let mut ticks = interval(Duration::from_millis(every.into()));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let begin = Some((app, ticks, vec![]));
        stream::unfold(begin, |state| async move {
            let (app, mut ticks, told) = state?;
            match next(&app, &mut ticks, &told).await? {
                Ok(now) => Some((Ok(now.clone()), Some((app, ticks, now)))),
                Err(error) => Some((Err(error), None)),
            }
        })
    }
}

/// What is different from what was told; `None` when the server closes.
async fn next(
    app: &AppState,
    ticks: &mut Interval,
    told: &[Projection],
) -> Option<Result<Vec<Projection>>> {
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = app.closing.cancelled() => return None,
        }
        match all(app).await {
            Ok(now) if now == told => {}
            news => return Some(news),
        }
    }
}
