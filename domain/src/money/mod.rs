//! Decimal amounts. No binary floating point touches money anywhere.

mod amount;
mod decimal;
mod machine_number;
mod steps;

pub use self::amount::{NotPositive, Price, Quantity};
pub use self::decimal::{Decimal, DecimalError};
