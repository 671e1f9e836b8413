//! What happened to an instance.

use domain::instance::{FaultStage, InstanceEvent, InstanceStatus, Run, StopMode};
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
        InstanceEvent::InstanceFaulted {
            run, stage, reason, ..
        } => faulted(*run, *stage, reason),
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

fn faulted(run: u32, stage: Option<FaultStage>, reason: &str) -> Phrase {
    let (run, reason) = (Param::text(run), Param::text(reason));
    let Some(stage) = stage else {
        return Phrase::RunFaulted { run, reason };
    };
    let stage = match stage {
        FaultStage::Executor => Phrase::FaultStageExecutor {},
        FaultStage::Configuration => Phrase::FaultStageConfiguration {},
        FaultStage::Trading => Phrase::FaultStageTrading {},
        FaultStage::RunOver => Phrase::FaultStageRunOver {},
        FaultStage::Reconfiguration => Phrase::FaultStageReconfiguration {},
    };
    Phrase::RunFaultedWhile {
        run,
        stage: stage.into(),
        reason,
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

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn a_fault_says_at_which_stage_where_that_was_recorded() {
        let fault = |stage| {
            said(&InstanceEvent::InstanceFaulted {
                run: 1,
                stage,
                reason: "no executor runs grid".to_owned(),
                faulted_at: DateTime::UNIX_EPOCH,
            })
            .to_string()
        };
        assert_eq!(fault(None), "run 1 faulted: no executor runs grid");
        assert_eq!(
            fault(Some(FaultStage::Executor)),
            "run 1 faulted while its executor was looked for: no executor runs grid"
        );
    }
}
