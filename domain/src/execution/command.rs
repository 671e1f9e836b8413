//! What a run's executor may report.

use super::{
    CloseExecution, IntendCancels, IntendOrders, MarkPosition, MeasurePriceBand, OpenExecution,
    RecordOutcomes, ResumeExecution, SkipTick,
};

#[derive(Debug, Clone, PartialEq)]
pub enum ExecutionCommand {
    Open(OpenExecution),
    Resume(ResumeExecution),
    IntendOrders(IntendOrders),
    IntendCancels(IntendCancels),
    RecordOutcomes(RecordOutcomes),
    MeasurePriceBand(MeasurePriceBand),
    MarkPosition(MarkPosition),
    SkipTick(SkipTick),
    Close(CloseExecution),
}
