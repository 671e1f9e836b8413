//! Links instances from before definitions existed to the definition they run.

mod plan;
mod report;
mod run;

pub(crate) use plan::BackfillPlanQuery;
pub(crate) use run::RunBackfill;
