//! An event in a few words.

use domain::definition::DefinitionEvent;
use domain::event::Event;
use domain::execution::ExecutionEvent;
use domain::guard::{GuardEvent, LossLimit};
use domain::installation::{InstallationEvent, MigrationMode};
use domain::instance::{InstanceEvent, Run, StopMode};
use domain::legacy_record::LegacyRecordEvent;
use domain::legacy_usage::LegacyUsageEvent;
use domain::projection::ProjectionEvent;
use event_store::Recorded;

/// What cannot be read is called by its type.
pub(crate) fn summary(recorded: &Recorded) -> String {
    match recorded.decode() {
        Ok(event) => words(&event),
        Err(_) => recorded.event_type.clone(),
    }
}

fn words(event: &Event) -> String {
    match event {
        Event::Definition(event) => definition(event),
        Event::Instance(event) => instance(event),
        Event::Execution(event) => execution(event),
        Event::Installation(event) => installation(event),
        Event::LegacyRecord(LegacyRecordEvent::LegacyRecordImported { .. }) => {
            "imported a row of the original".to_owned()
        }
        Event::LegacyUsage(LegacyUsageEvent::LegacyUsageCounted { counts, .. }) => {
            let calls: u64 = counts.iter().map(|count| u64::from(count.calls)).sum();
            format!("{calls} calls of legacy endpoints")
        }
        Event::Projection(event) => projection(event),
        Event::RiskGuards(event) => guard(event),
    }
}

fn definition(event: &DefinitionEvent) -> String {
    match event {
        DefinitionEvent::DefinitionCreated { version, .. } => {
            format!("created, with version {version}")
        }
        DefinitionEvent::DefinitionUpdated { .. } => "edited the draft".to_owned(),
        DefinitionEvent::DefinitionPublished { version, .. } => format!("published {version}"),
        DefinitionEvent::DefinitionVersionAdded { version, .. } => {
            format!("added {version} beside the current version")
        }
        DefinitionEvent::DefinitionEnabled { .. } => "enabled".to_owned(),
        DefinitionEvent::DefinitionDisabled { .. } => "disabled".to_owned(),
        DefinitionEvent::DefinitionRemoved { .. } => "removed".to_owned(),
        DefinitionEvent::DefinitionImported {
            current_version, ..
        } => {
            format!("imported at version {current_version}")
        }
    }
}

fn instance(event: &InstanceEvent) -> String {
    let run_words = |verb: &str, run: &Run| match &run.definition {
        Some(pin) => format!("{verb} run {} on {} {}", run.number, pin.key, pin.version),
        None => format!("{verb} run {}", run.number),
    };
    match event {
        InstanceEvent::InstanceStarted(run) => run_words("started", run),
        InstanceEvent::InstanceRestarted(run) => run_words("restarted", run),
        InstanceEvent::InstanceReconfigured { run, changed, .. } => {
            format!("changed {} of run {run}", changed.join(", "))
        }
        InstanceEvent::InstanceStopped { run, mode, .. } => match mode {
            StopMode::Cancel => format!("stopped run {run}"),
            StopMode::Flatten => format!("stopped run {run}, to close what it holds"),
            StopMode::Leave => format!("stopped run {run}, to leave its orders"),
        },
        InstanceEvent::InstanceFaulted { run, reason, .. } => {
            format!("run {run} faulted: {reason}")
        }
        InstanceEvent::LegacyInstanceImported(row) => {
            format!("imported from the original, {}", row.status.as_str())
        }
        InstanceEvent::LegacyLinkBackfilled {
            definition_key,
            definition_version,
            ..
        } => format!("linked to {definition_key} {definition_version}"),
        InstanceEvent::LegacyLinkSkipped { reason, .. } => format!("not linked: {reason}"),
    }
}

fn execution(event: &ExecutionEvent) -> String {
    match event {
        ExecutionEvent::ExecutionOpened { run, .. } => format!("took run {run} up"),
        ExecutionEvent::ExecutionResumed { open_orders, .. } => {
            format!("resumed with {open_orders} open orders")
        }
        ExecutionEvent::OrderIntended(order) => format!(
            "decided to {} {} {} at {} ({})",
            order.side.as_str(),
            order.quantity,
            order.pair,
            order.price,
            order.slot
        ),
        ExecutionEvent::OrderAcknowledged { .. } => "the venue has the order".to_owned(),
        ExecutionEvent::OrderRejected { reason, .. } => format!("the order was refused: {reason}"),
        ExecutionEvent::CancelIntended { reason, .. } => format!("decided to cancel: {reason}"),
        ExecutionEvent::OrderCancelled { .. } => "the order is off the book".to_owned(),
        ExecutionEvent::OrderFilled(fill) => {
            format!("{} traded at {}", fill.quantity, fill.price)
        }
        ExecutionEvent::TickSkipped { reason, .. } => format!("left out: {reason}"),
        ExecutionEvent::PriceBandMeasured(band) => {
            format!("quotes between {} and {}", band.floor, band.ceiling)
        }
        ExecutionEvent::PositionMarked { pair, price, .. } => {
            format!("what is held of {pair} counts at {price}")
        }
        ExecutionEvent::ExecutionClosed { reason, .. } => format!("closed: {reason}"),
    }
}

fn installation(event: &InstallationEvent) -> String {
    match event {
        InstallationEvent::MigrationModeChanged { mode, .. } => match mode {
            MigrationMode::Dual => "mode dual".to_owned(),
            MigrationMode::DefinitionsFirst => "mode definitions-first".to_owned(),
            MigrationMode::DefinitionsOnly => "mode definitions-only".to_owned(),
        },
        InstallationEvent::DynamicFlowSwitched { on, .. } => {
            format!("dynamic flow {}", if *on { "on" } else { "off" })
        }
        InstallationEvent::TradingHalted { reason, .. } => format!("trading halted: {reason}"),
        InstallationEvent::TradingResumed { .. } => "trading resumed".to_owned(),
    }
}

fn guard(event: &GuardEvent) -> String {
    match event {
        GuardEvent::GuardSet { name, .. } => format!("set guard {name}"),
        GuardEvent::GuardRemoved { name, .. } => format!("removed guard {name}"),
        GuardEvent::GuardTripped { name, trip } => {
            let limit = match trip.limit {
                LossLimit::Loss => "a loss",
                LossLimit::Drawdown => "a fall",
            };
            let (amount, profit) = (&trip.amount, &trip.profit);
            format!("guard {name} tripped: {limit} of {amount} was reached, profit {profit}")
        }
        GuardEvent::GuardReset { name, .. } => format!("reset guard {name}"),
    }
}

fn projection(event: &ProjectionEvent) -> String {
    match event {
        ProjectionEvent::ProjectionRebuildRequested { projection, .. } => {
            format!("{projection} is built anew")
        }
        ProjectionEvent::ProjectionResumeRequested {
            projection,
            parked_at,
            ..
        } => format!("{projection} tries position {parked_at} again"),
    }
}
