//! What a run's executor may report.

use super::{
    CloseExecution, IntendCancels, IntendOrders, MeasurePriceBand, OpenExecution, RecordOutcomes,
    ResumeExecution, SkipTick,
};

#[derive(Debug, Clone, PartialEq)]
pub enum ExecutionCommand {
    Open(OpenExecution),
    Resume(ResumeExecution),
    IntendOrders(IntendOrders),
    IntendCancels(IntendCancels),
    RecordOutcomes(RecordOutcomes),
    MeasurePriceBand(MeasurePriceBand),
    SkipTick(SkipTick),
    Close(CloseExecution),
}
