//! One newtype per identity, so that a key is never passed where an id is meant.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A definition's id on the wire; the log finds a definition by its [`DefinitionKey`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DefinitionId(pub Uuid);

impl fmt::Display for DefinitionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

text_id! {
    /// What people call a definition (`pure-market-making`); its stream's name. Never changes.
    DefinitionKey
}
text_id! {
    /// `userId-clientId-type`; an instance's stream name. Never taken apart: the parts may contain
    /// dashes, so identity lives in columns of its own.
    StrategyKey
}
text_id! {
    /// The person or system an instance trades for.
    UserId
}
text_id! {
    /// The caller's own name for the order or account an instance serves.
    ClientId
}
text_id! {
    /// What people call a loss guard (`desk-daily`).
    GuardName
}
text_id! {
    /// Which executor runs an instance: `pureMarketMaking`, `arbitrage` or `volume`.
    ExecutorType
}
text_id! {
    /// Names an order at a venue. Derived, so that a retry repeats it.
    ClientOrderId
}

impl StrategyKey {
    /// The one form of every key: `userId-clientId-type`.
    pub fn of(user: &UserId, client: &ClientId, strategy_type: &str) -> Self {
        Self(format!("{user}-{client}-{strategy_type}"))
    }
}
