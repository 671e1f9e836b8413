//! What may be asked of an instance.

use super::{
    BackfillLink, FaultInstance, ImportLegacyInstance, RestartInstance, RestartOnVersion, SkipLink,
    StartInstance, StopInstance,
};

#[derive(Debug, Clone, PartialEq)]
pub enum InstanceCommand {
    Start(Box<StartInstance>),
    Restart(RestartInstance),
    RestartOnVersion(Box<RestartOnVersion>),
    Stop(StopInstance),
    Fault(FaultInstance),
    ImportLegacy(Box<ImportLegacyInstance>),
    BackfillLink(BackfillLink),
    SkipLink(SkipLink),
}
