//! What may be asked of an instance.

use super::{
    BackfillLink, FaultInstance, ImportLegacyInstance, ReconfigureInstance, RestartInstance,
    RestartOnVersion, SkipLink, StartInstance, StopInstance,
};

#[derive(Debug, Clone, PartialEq)]
pub enum InstanceCommand {
    Start(Box<StartInstance>),
    Restart(RestartInstance),
    RestartOnVersion(Box<RestartOnVersion>),
    Reconfigure(Box<ReconfigureInstance>),
    Stop(StopInstance),
    Fault(FaultInstance),
    ImportLegacy(Box<ImportLegacyInstance>),
    BackfillLink(BackfillLink),
    SkipLink(SkipLink),
}
