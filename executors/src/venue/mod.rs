//! Exchanges: what is asked of one, those an installation knows, the pretend one, and what goes
//! wrong with any.

mod contract;
pub mod faults;
pub mod paper;
mod venues;

pub use contract::{
    Balance, FillCursor, FillPage, OrderAnswer, OrderReport, OrderRequest, PairBalances,
    PlaceAnswer, ReportedState, TimeInForce, Venue, VenueError,
};
pub use venues::{UnknownExchange, Venues};
