//! Real exchanges, reached through the crate `ccxt`: one account at one exchange is a [`CcxtVenue`].
//!
//! ccxt signs and sends, knows where each exchange is, and names what goes wrong. Money never passes
//! through its floats: requests carry our own decimals as text, and answers are read as the exchange
//! wrote them. How each exchange spells things is its dialect.

mod account;
mod answer;
mod client_ids;
mod connect;
mod dialect;
mod failure;
mod fills;
mod kraken;
mod listings;
mod look;
mod okx;
mod orders;
mod quiet_panics;
mod redaction;
mod session;
mod spot_v3;
mod tracked;
mod venue;

pub use account::LiveAccount;
pub use venue::{CcxtVenue, ConnectError};

#[cfg(panic = "abort")]
compile_error!("ccxt tells its failures by panicking: build with panic = \"unwind\"");
