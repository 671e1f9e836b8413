//! What happened to an instance.

use domain::instance::{InstanceEvent, InstanceStatus, Run, StopMode};
use domain::phrase::{Param, Phrase};

pub(super) fn said(event: &InstanceEvent) -> Phrase {
    match event {
        InstanceEvent::InstanceStarted(run) => started(run),
        InstanceEvent::InstanceRestarted(run) => restarted(run),
        InstanceEvent::InstanceReconfigured { run, changed, .. } => Phrase::RunReconfigured {
            run: Param::text(run),
            changed: Param::Text(changed.join(", ")),
        },
        InstanceEvent::InstanceStopped { run, mode, .. } => {
            let run = Param::text(run);
            match mode {
                StopMode::Cancel => Phrase::RunStopped { run },
                StopMode::Flatten => Phrase::RunStoppedToFlatten { run },
                StopMode::Leave => Phrase::RunStoppedToLeave { run },
            }
        }
        InstanceEvent::InstanceFaulted { run, reason, .. } => Phrase::RunFaulted {
            run: Param::text(run),
            reason: Param::text(reason),
        },
        InstanceEvent::LegacyInstanceImported(row) => match row.status {
            InstanceStatus::Running => Phrase::LegacyInstanceImportedRunning {},
            InstanceStatus::Stopped => Phrase::LegacyInstanceImportedStopped {},
            InstanceStatus::Faulted => Phrase::LegacyInstanceImportedFaulted {},
        },
        InstanceEvent::LegacyLinkBackfilled {
            definition_key,
            definition_version,
            ..
        } => Phrase::LegacyLinkBackfilled {
            key: Param::text(definition_key),
            version: Param::text(definition_version),
        },
        InstanceEvent::LegacyLinkSkipped { reason, .. } => Phrase::LegacyLinkSkipped {
            reason: Param::text(reason),
        },
    }
}

fn started(run: &Run) -> Phrase {
    let number = Param::text(run.number);
    match &run.definition {
        Some(pin) => Phrase::RunStartedOn {
            run: number,
            key: Param::text(&pin.key),
            version: Param::text(&pin.version),
        },
        None => Phrase::RunStarted { run: number },
    }
}

fn restarted(run: &Run) -> Phrase {
    let number = Param::text(run.number);
    match &run.definition {
        Some(pin) => Phrase::RunRestartedOn {
            run: number,
            key: Param::text(&pin.key),
            version: Param::text(&pin.version),
        },
        None => Phrase::RunRestarted { run: number },
    }
}
