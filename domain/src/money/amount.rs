//! Amounts that are above zero.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Decimal;

macro_rules! positive_amount {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "Decimal", into = "Decimal")]
        pub struct $name(Decimal);

        impl $name {
            /// Refuses zero and negative amounts.
            pub fn try_new(amount: Decimal) -> Result<Self, NotPositive> {
                if amount.is_positive() { Ok(Self(amount)) } else { Err(NotPositive(amount)) }
            }

            pub fn amount(&self) -> &Decimal {
                &self.0
            }
        }

        impl TryFrom<Decimal> for $name {
            type Error = NotPositive;
            fn try_from(amount: Decimal) -> Result<Self, NotPositive> {
                Self::try_new(amount)
            }
        }

        impl From<$name> for Decimal {
            fn from(amount: $name) -> Self {
                amount.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

positive_amount! {
    /// Quote currency per unit of base currency; above zero.
    Price
}
positive_amount! {
    /// An amount of base currency; above zero.
    Quantity
}

impl Price {
    /// What `quantity` costs, in quote currency.
    pub fn notional(&self, quantity: &Quantity) -> Decimal {
        &self.0 * &quantity.0
    }
}

/// A price or quantity must be above zero.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not above zero")]
pub struct NotPositive(pub Decimal);
