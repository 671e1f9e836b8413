//! Keeps the tables: follows the log live, catches up on demand, rebuilds beside the live tables.
//! All three move a cursor on, page by page: fold in memory, then save rows and checkpoint together.

mod advance_error;
mod batch;
mod catalogue;
mod checkpoint;
mod cursor;
mod error;
mod groups;
mod live;
mod newest_page;
mod page;
mod prepare;
mod rebuild;
mod run;
mod standby;
mod status;
mod write_behind;

pub use catalogue::names;
pub(crate) use catalogue::{PAST_PROJECTIONS, STRATEGY_PROJECTIONS, table_of};
pub(crate) use checkpoint::Checkpoint;
pub use checkpoint::Parked;
pub(crate) use cursor::Place;
pub use error::ProjectorError;
pub use rebuild::RebuildProgress;
pub use run::Projector;
pub use status::{ProjectionStatus, resume, status};
