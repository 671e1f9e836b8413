//! What becomes of what a run leaves behind.

use serde::{Deserialize, Serialize};

/// Orders are cancelled either way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopMode {
    /// What the run has bought or sold short stays.
    #[default]
    Cancel,
    /// It is closed at what the market gives, and then the run is over.
    Flatten,
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
