//! What loss guards have measured, for the API, from the runtime that measures it.

use domain::guard::Measure;
use domain::ids::GuardName;

#[derive(Debug)]
pub(crate) struct RuntimeMeasures(pub(crate) executors::GuardMeasures);

impl api::GuardMeasures for RuntimeMeasures {
    fn of(&self, name: &GuardName, arming: u64) -> Option<Measure> {
        self.0.of(name, arming)
    }
}
