//! Read tables kept from the log: what is listed, filtered and shown. Never decides anything.
//!
//! One folder per read model: `fold` is pure, `store` says which columns, `query` is for readers.
//! `projector` follows the log and rebuilds; the same code does both.

pub mod audit;
pub mod definitions;
mod error;
pub mod executions;
mod generations;
pub mod history;
pub mod instance_moments;
pub mod instances;
pub mod legacy_usage;
mod object_text;
mod paging;
mod past;
mod projection;
pub mod projector;
mod read_your_writes;
#[cfg(test)]
mod recorded_events;
mod schema;
mod sql;
mod tables;
pub mod versions;

pub use error::TablesError;
pub use generations::generations;
pub use paging::Page;
pub use past::{PastError, stream_up_to};
pub use projection::FoldError;
pub use projector::{Projector, ProjectorError};
pub use read_your_writes::StillBehind;
pub use schema::Schema;
pub use sql::Direction;
pub use tables::Tables;
