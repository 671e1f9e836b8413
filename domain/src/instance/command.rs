//! What may be asked of an instance.

use super::{
    BackfillLink, FaultInstance, ImportLegacyInstance, RestartInstance, SkipLink, StartInstance,
    StopInstance,
};

#[derive(Debug, Clone, PartialEq)]
pub enum InstanceCommand {
    Start(Box<StartInstance>),
    Restart(RestartInstance),
    Stop(StopInstance),
    Fault(FaultInstance),
    ImportLegacy(Box<ImportLegacyInstance>),
    BackfillLink(BackfillLink),
    SkipLink(SkipLink),
}
