//! What may be asked of the guards.

use super::{RemoveGuard, ResetGuard, SetGuard, TripGuard};

#[derive(Debug, Clone, PartialEq)]
pub enum GuardCommand {
    Set(SetGuard),
    Remove(RemoveGuard),
    Trip(TripGuard),
    Reset(ResetGuard),
}
