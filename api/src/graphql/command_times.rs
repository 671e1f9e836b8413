//! How long commands took here lately.

use std::time::Duration;

use async_graphql::{Context, Object, SimpleObject};

use super::connection::count;
use super::context::app;

#[derive(Debug, Default)]
pub(crate) struct CommandTimesQuery;

/// Commands that recorded the same event, from being asked to being recorded.
#[derive(Debug, SimpleObject)]
struct CommandTime {
    event_type: String,
    /// Of how many it is told: the latest of this process, 512 at most.
    count: i64,
    p50_ms: f64,
    /// With few commands the slowest.
    p99_ms: f64,
}

#[Object]
impl CommandTimesQuery {
    /// How long commands given through this process took lately. The executors' own are not among
    /// them.
    async fn command_times(&self, ctx: &Context<'_>) -> Vec<CommandTime> {
        let app = app(ctx);
        let all = [
            app.definitions.times(),
            app.instances.times(),
            app.switches.times(),
            app.projections.times(),
        ];
        let told = all.into_iter().flatten().map(|time| CommandTime {
            event_type: time.event_type,
            count: count(time.count),
            p50_ms: milliseconds(time.median),
            p99_ms: milliseconds(time.p99),
        });
        told.collect()
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
