//! Records the bounds that a decision measured, since no later one can work them out again.

use super::{Execution, ExecutionError, ExecutionEvent, PriceBand};

#[derive(Debug, Clone, PartialEq)]
pub struct MeasurePriceBand(pub PriceBand);

impl MeasurePriceBand {
    pub(super) fn decide(
        self,
        execution: &Execution,
    ) -> Result<Vec<ExecutionEvent>, ExecutionError> {
        execution.require_open()?;
        if execution.history.band.as_ref() == Some(&self.0) {
            return Ok(vec![]);
        }
        Ok(vec![ExecutionEvent::PriceBandMeasured(self.0)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::at;
    use crate::execution::ExecutionCommand;
    use crate::execution::examples::{opened, when};

    fn band() -> PriceBand {
        PriceBand {
            floor: 99.into(),
            ceiling: 101.into(),
            set_at: at(2),
        }
    }

    #[test]
    fn a_band_is_recorded_once() {
        let measure = ExecutionCommand::MeasurePriceBand(MeasurePriceBand(band()));
        let measured = ExecutionEvent::PriceBandMeasured(band());
        when(vec![opened()], measure.clone()).then_expect_events(vec![measured.clone()]);
        when(vec![opened(), measured], measure).then_expect_events(vec![]);
    }
}
