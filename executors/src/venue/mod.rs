//! Exchanges: what is asked of one, those an installation knows, and the pretend one.

mod contract;
pub mod paper;
mod venues;

pub use contract::{
    FillCursor, FillPage, OrderAnswer, OrderReport, OrderRequest, PlaceAnswer, ReportedState,
    Venue, VenueError,
};
pub use venues::{UnknownExchange, Venues};
