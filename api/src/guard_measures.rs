//! What loss guards have measured so far: a port, because executors are not ours to know.

use domain::guard::Measure;
use domain::ids::GuardName;

pub trait GuardMeasures: std::fmt::Debug + Send + Sync {
    /// Since this arming; `None` where it is not measured, or not here.
    fn of(&self, name: &GuardName, arming: u64) -> Option<Measure>;
}
