//! The pretend exchange. To the runtime it is the outside world: it keeps its own orders and
//! trades in its own file, and knows every order it took even when the process was killed.
//!
//! Its prices are a function of time, so orders also trade for the time nobody looked.

mod account_balances;
mod admission;
mod arrival;
mod exchange;
mod fills;
mod ledger;
mod look;
mod matching;
mod orders;
mod price_key;
mod resting_pairs;
mod settings;
mod venue;

pub use ledger::{PaperError, PaperLedger};
pub use settings::{PaperSettings, StartingBalances};
pub use venue::PaperVenue;
