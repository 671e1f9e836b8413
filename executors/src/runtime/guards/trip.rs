//! Trips the guards whose limit was reached.

use domain::guard::{GuardCommand, GuardRule, LossLimit, Measure, RISK_GUARDS_ID, Trip, TripGuard};
use domain::ids::GuardName;
use domain::money::Decimal;
use event_store::{
    Actor, CommandError, CommandOptions, Metadata, Recorded, Role, Source, StoreError,
};
use metrics::counter;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::watch::GuardWatch;

/// What is known of one guard since it was armed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Watched {
    pub(super) arming: u64,
    pub(super) measure: Measure,
    /// The first event that brought it to its limit, until the log says so.
    reached: Option<(Uuid, Trip)>,
}

impl Watched {
    pub(super) fn new(arming: u64) -> Self {
        Self {
            arming,
            measure: Measure::default(),
            reached: None,
        }
    }

    pub(super) fn earn(&mut self, change: &Decimal, rule: &GuardRule, recorded: &Recorded) {
        self.measure.earn(change);
        if self.reached.is_some() {
            return;
        }
        self.reached = self.measure.reached(rule).map(|reached| {
            let trip = Trip {
                limit: reached.limit,
                amount: reached.amount,
                profit: self.measure.profit.clone(),
                highest: self.measure.highest.clone(),
                position: recorded.position.0,
                tripped_at: recorded.recorded_at,
            };
            (recorded.event_id, trip)
        });
    }
}

impl GuardWatch {
    /// Says whether there was one. What could not be recorded is tried again at the next look.
    pub(super) async fn trip_what_reached_its_limit(&mut self) -> Result<bool, StoreError> {
        let mut tripped = false;
        for (name, watched) in &mut self.known.watched {
            let Some((cause, trip)) = &watched.reached else {
                continue;
            };
            let command = TripGuard {
                name: name.clone(),
                arming: watched.arming,
                trip: trip.clone(),
            };
            let options = CommandOptions::from(metadata(name, watched.arming, *cause, trip));
            let command = GuardCommand::Trip(command);
            let executed = self.commands.execute(RISK_GUARDS_ID, command, options);
            match executed.await {
                Ok(receipt) if receipt.events.is_empty() => watched.reached = None,
                Ok(_) => {
                    tracing::warn!(guard = %name, profit = %trip.profit, "a guard tripped");
                    counter!("risk_guard_trips_total").increment(1);
                    tripped = true;
                    watched.reached = None;
                }
                Err(CommandError::Store(error)) => return Err(error),
                Err(error) => {
                    // It stays reached: a guard that did not trip holds nobody
                    tracing::error!(guard = %name, %error, "a guard could not be tripped yet");
                }
            }
        }
        Ok(tripped)
    }
}

fn metadata(name: &GuardName, arming: u64, cause: Uuid, trip: &Trip) -> Metadata {
    let actor = Actor::new("guard-watch", Role::System);
    let arming = format!("{name}#{arming}");
    let correlation = Uuid::new_v5(&Uuid::NAMESPACE_OID, arming.as_bytes());
    let (amount, profit) = (&trip.amount, &trip.profit);
    let reason = match trip.limit {
        LossLimit::Loss => format!("its runs lost {}, its limit is {amount}", -profit),
        LossLimit::Drawdown => {
            let fall = &trip.highest - profit;
            format!("the profit fell by {fall} from its highest, its limit is {amount}")
        }
    };
    Metadata::new(actor, Source::Executor, correlation)
        .caused_by(cause)
        .because(reason)
}
