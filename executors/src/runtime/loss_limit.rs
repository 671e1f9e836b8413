//! How much a run may lose. What its log says it once lost stays lost, so a limit that was reached
//! holds until the run's end, also in another process.

use domain::execution::Execution;

use super::settings::GateLimits;

const UNTIL: &str = "nothing is placed until the instance is started again";

/// Why the run may place nothing more.
pub(super) fn lost_too_much(execution: &Execution, limits: &GateLimits) -> Option<String> {
    let course = &execution.ledger.course;
    if let Some(limit) = &limits.run_loss
        && -&course.lowest >= *limit
    {
        return Some(format!("the run lost {limit} or more, its limit: {UNTIL}"));
    }
    let limit = limits.run_drawdown.as_ref()?;
    (course.deepest_fall >= *limit).then(|| {
        format!("the run's profit fell by {limit} or more from its highest, its limit: {UNTIL}")
    })
}
