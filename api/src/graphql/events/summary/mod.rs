//! An event in a few words.

mod execution;
mod instance;

use std::net::IpAddr;

use domain::definition::DefinitionEvent;
use domain::event::Event;
use domain::guard::{GuardEvent, LossLimit};
use domain::installation::{InstallationEvent, MigrationMode};
use domain::legacy_record::LegacyRecordEvent;
use domain::legacy_usage::LegacyUsageEvent;
use domain::login::LoginEvent;
use domain::phrase::{Param, Phrase};
use domain::projection::ProjectionEvent;
use event_store::Recorded;

/// What cannot be read is called by its type.
pub(crate) fn summary(recorded: &Recorded) -> Param {
    match recorded.decode() {
        Ok(event) => said(&event).into(),
        Err(_) => Param::text(&recorded.event_type),
    }
}

fn said(event: &Event) -> Phrase {
    match event {
        Event::Definition(event) => definition(event),
        Event::Instance(event) => instance::said(event),
        Event::Execution(event) => execution::said(event),
        Event::Installation(event) => installation(event),
        Event::LegacyRecord(LegacyRecordEvent::LegacyRecordImported { .. }) => {
            Phrase::LegacyRecordImported {}
        }
        Event::LegacyUsage(LegacyUsageEvent::LegacyUsageCounted { counts, .. }) => {
            let calls: u64 = counts.iter().map(|count| u64::from(count.calls)).sum();
            let calls = Param::text(calls);
            Phrase::LegacyUsageCounted { calls }
        }
        Event::Login(event) => login(event),
        Event::Projection(event) => projection(event),
        Event::RiskGuards(event) => guard(event),
    }
}

fn definition(event: &DefinitionEvent) -> Phrase {
    match event {
        DefinitionEvent::DefinitionCreated { version, .. } => Phrase::DefinitionCreated {
            version: Param::text(version),
        },
        DefinitionEvent::DefinitionUpdated { .. } => Phrase::DefinitionUpdated {},
        DefinitionEvent::DefinitionPublished { version, .. } => Phrase::DefinitionPublished {
            version: Param::text(version),
        },
        DefinitionEvent::DefinitionVersionAdded { version, .. } => Phrase::DefinitionVersionAdded {
            version: Param::text(version),
        },
        DefinitionEvent::DefinitionEnabled { .. } => Phrase::DefinitionEnabled {},
        DefinitionEvent::DefinitionDisabled { .. } => Phrase::DefinitionDisabled {},
        DefinitionEvent::DefinitionRemoved { .. } => Phrase::DefinitionRemoved {},
        DefinitionEvent::DefinitionImported {
            current_version, ..
        } => Phrase::DefinitionImported {
            version: Param::text(current_version),
        },
    }
}

fn installation(event: &InstallationEvent) -> Phrase {
    match event {
        InstallationEvent::MigrationModeChanged { mode, .. } => match mode {
            MigrationMode::Dual => Phrase::MigrationModeDual {},
            MigrationMode::DefinitionsFirst => Phrase::MigrationModeDefinitionsFirst {},
            MigrationMode::DefinitionsOnly => Phrase::MigrationModeDefinitionsOnly {},
        },
        InstallationEvent::DynamicFlowSwitched { on: true, .. } => Phrase::DynamicFlowOn {},
        InstallationEvent::DynamicFlowSwitched { on: false, .. } => Phrase::DynamicFlowOff {},
        InstallationEvent::TradingHalted { reason, .. } => Phrase::TradingHalted {
            reason: Param::text(reason),
        },
        InstallationEvent::TradingResumed { .. } => Phrase::TradingResumed {},
    }
}

fn guard(event: &GuardEvent) -> Phrase {
    match event {
        GuardEvent::GuardSet { name, .. } => Phrase::GuardSet {
            name: Param::text(name),
        },
        GuardEvent::GuardRemoved { name, .. } => Phrase::GuardRemoved {
            name: Param::text(name),
        },
        GuardEvent::GuardTripped { name, trip } => {
            let name = Param::text(name);
            let (amount, profit) = (Param::text(&trip.amount), Param::text(&trip.profit));
            match trip.limit {
                LossLimit::Loss => Phrase::GuardTrippedByLoss {
                    name,
                    amount,
                    profit,
                },
                LossLimit::Drawdown => Phrase::GuardTrippedByDrawdown {
                    name,
                    amount,
                    profit,
                },
            }
        }
        GuardEvent::GuardReset { name, .. } => Phrase::GuardReset {
            name: Param::text(name),
        },
    }
}

fn login(event: &LoginEvent) -> Phrase {
    let shown = |address: &Option<IpAddr>| match address {
        Some(address) => Param::text(address),
        None => Param::text("an unknown address"),
    };
    match event {
        LoginEvent::LoginRefused { address, .. } => Phrase::LoginRefused {
            address: shown(address),
        },
        LoginEvent::LoginLocked { address, until, .. } => Phrase::LoginLocked {
            address: shown(address),
            until: Param::text(until),
        },
    }
}

fn projection(event: &ProjectionEvent) -> Phrase {
    match event {
        ProjectionEvent::ProjectionRebuildRequested { projection, .. } => {
            Phrase::ProjectionRebuildRequested {
                projection: Param::text(projection),
            }
        }
        ProjectionEvent::ProjectionResumeRequested {
            projection,
            parked_at,
            ..
        } => Phrase::ProjectionResumeRequested {
            projection: Param::text(projection),
            position: Param::text(parked_at),
        },
    }
}
