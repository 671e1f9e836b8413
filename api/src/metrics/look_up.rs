//! What is looked up when somebody asks for the figures.

use domain::ErrorChain;
use domain::instance::InstanceStatus;
use metrics::gauge;
use projections::instances::Observed;
use projections::instances::list::{InstanceSearch, counts};
use projections::{TablesError, projector};

use crate::state::App;

const STATUSES: [InstanceStatus; 3] = [
    InstanceStatus::Running,
    InstanceStatus::Stopped,
    InstanceStatus::Faulted,
];
const OBSERVED: [Observed; 4] = [
    Observed::None,
    Observed::Running,
    Observed::Stopping,
    Observed::Stopped,
];

/// Figures that cannot be read now keep what they last were; the log says why.
pub(super) async fn look_up(app: &App) {
    if let Err(error) = instances(app).await {
        tracing::warn!(error = %ErrorChain(&error), "instances could not be counted");
    }
    match projector::status(&app.tables, app.log.as_ref()).await {
        Ok(all) => {
            for status in all {
                let name = status.name;
                let parked = status.parked.is_some();
                gauge!("projection_position", "projection" => name)
                    .set(as_figure(status.position.0));
                gauge!("projection_lag_events", "projection" => name).set(as_figure(status.lag));
                gauge!("projection_parked", "projection" => name).set(f64::from(u8::from(parked)));
            }
        }
        Err(error) => {
            tracing::warn!(error = %ErrorChain(&error), "projections could not be looked at");
        }
    }
    match app.log.head().await {
        Ok(head) => gauge!("log_position").set(as_figure(head.0)),
        Err(error) => {
            tracing::warn!(error = %ErrorChain(&error), "the log could not be looked at");
        }
    }
    let halted = app.switches.current().halt.is_some();
    gauge!("trading_halted").set(f64::from(u8::from(halted)));
}

async fn instances(app: &App) -> Result<(), TablesError> {
    let found = counts(&app.tables, &InstanceSearch::default()).await?;
    for status in STATUSES {
        for observed in OBSERVED {
            let same =
                |count: &&(InstanceStatus, Observed, u64)| (count.0, count.1) == (status, observed);
            // A state that nobody is in any more is told as well
            let count = found.iter().find(same).map_or(0, |count| count.2);
            gauge!("instances", "desired" => status.as_str(), "observed" => observed.as_str())
                .set(as_figure(count));
        }
    }
    Ok(())
}

/// Figures are for graphs; the exact position is in the API.
#[expect(
    clippy::cast_precision_loss,
    reason = "the exporter takes nothing but floating point"
)]
fn as_figure(count: u64) -> f64 {
    count as f64
}
