//! The store's own health, and how far the tables are behind it.

use domain::installation::{INSTALLATION_ID, Installation};
use event_store::{CommandGateway, EventLog};
use projections::Tables;
use projections::projector::status;
use std::sync::Arc;

use super::checklist::Check;
use crate::switch::describe;

pub(super) async fn check_log(log: &Arc<dyn EventLog>) -> anyhow::Result<Vec<Check>> {
    let mut checks: Vec<Check> = log
        .health()
        .await?
        .into_iter()
        .map(|line| {
            Check::that(
                line.healthy,
                line.check,
                line.finding,
                "stop the server and restore the last good backup; see docs/operations/backup.md",
            )
        })
        .collect();
    let installation = CommandGateway::<Installation>::new(log.clone(), ());
    let switches = installation.load(INSTALLATION_ID).await?.aggregate;
    checks.push(Check::ok("the switches can be read", describe(&switches)));
    Ok(checks)
}

pub(super) async fn check_tables(
    tables: &Tables,
    log: &dyn EventLog,
) -> anyhow::Result<Vec<Check>> {
    let projections = status(tables, log).await?;
    let check = |projection: projections::projector::ProjectionStatus| {
        let subject = format!("the table {} follows the log", projection.name);
        match projection.parked {
            None => Check::ok(
                subject,
                format!(
                    "at position {}, {} behind",
                    projection.position, projection.lag
                ),
            ),
            Some(parked) => Check::failed(
                subject,
                format!(
                    "it stopped at position {}: {}",
                    parked.position, parked.error
                ),
                "install a release that can read that event, then run strategos-replay rebuild; \
                 the other tables go on meanwhile",
            ),
        }
    };
    Ok(projections.into_iter().map(check).collect())
}

/// Whether every table shows all that the log holds.
pub(super) async fn is_current(tables: &Tables, log: &dyn EventLog) -> anyhow::Result<bool> {
    let projections = status(tables, log).await?;
    Ok(projections.iter().all(|projection| projection.lag == 0))
}
