//! Exchanges: what is asked of one, those an installation knows, the pretend one, the real ones, and
//! what goes wrong with any.

#[cfg(feature = "ccxt")]
pub mod ccxt;
mod contract;
mod credentials;
pub mod faults;
mod live_exchange;
pub mod paper;
mod replacement;
mod venues;

pub use contract::{
    Balance, FillCursor, FillPage, OrderAnswer, OrderReport, OrderRequest, PairBalances,
    PlaceAnswer, ReportedState, TimeInForce, Venue, VenueError,
};
pub use credentials::{Credentials, Secret};
pub use live_exchange::LiveExchange;
pub use replacement::{OldOrder, ReplaceAnswer, Replacement, Replaces};
pub(crate) use venues::in_words;
pub use venues::{NoSuchVenue, UnknownExchange, Venues};
