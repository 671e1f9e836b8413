//! The log as people look through it: filtered, either end first, in pages.

mod filter;
mod search;
mod walk;

pub use filter::{EventFilter, Metadated};
pub use search::{EventOrder, EventPage, FoundEvents, search, search_stream};
