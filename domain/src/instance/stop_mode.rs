//! What becomes of what a run leaves behind.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopMode {
    /// Orders are cancelled; what the run has bought or sold short stays.
    #[default]
    Cancel,
    /// Orders are cancelled, and what it holds is closed at what the market gives; then the run is over.
    Flatten,
    /// Orders stay until they trade or somebody takes them off at the venue; then the run is over.
    Leave,
}

impl StopMode {
    /// Left out of what is stored: events from before there were modes read the same.
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde asks with a reference"
    )]
    pub(crate) fn is_cancel(&self) -> bool {
        *self == Self::Cancel
    }
}
