//! What can have happened to a guard.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{GuardRule, Trip};
use crate::event::domain_event;
use crate::ids::GuardName;

/// Stored forever: add variants and optional fields, never rename or remove them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum GuardEvent {
    /// A guard was added, or its rule replaced.
    GuardSet {
        name: GuardName,
        rule: GuardRule,
        set_at: DateTime<Utc>,
    },
    GuardRemoved {
        name: GuardName,
        removed_at: DateTime<Utc>,
    },
    /// What it watches lost too much; its action holds from here on.
    GuardTripped { name: GuardName, trip: Trip },
    /// A person lifted the action; the profit is measured from here on.
    GuardReset {
        name: GuardName,
        reset_at: DateTime<Utc>,
    },
}

impl GuardEvent {
    pub fn name(&self) -> &GuardName {
        match self {
            Self::GuardSet { name, .. }
            | Self::GuardRemoved { name, .. }
            | Self::GuardTripped { name, .. }
            | Self::GuardReset { name, .. } => name,
        }
    }
}

domain_event!(GuardEvent {
    GuardSet => "1.0",
    GuardRemoved => "1.0",
    GuardTripped => "1.0",
    GuardReset => "1.0",
});
