//! The log: append, load, feed, snapshots, and the gateway through which every change goes.
//!
//! The only crate that appends. It holds no rules and no views. Backends keep one contract,
//! which `tests/conformance` states.

mod aggregate_cache;
mod backend;
mod canonical;
mod command_figures;
pub mod command_gateway;
mod command_scope;
mod command_times;
mod encoded;
pub mod error;
mod lease;
pub mod log;
pub mod metadata;
mod moment;
mod open;
mod past_log;
mod reader_check;
mod reader_state;
mod rebuild;
pub mod recorded;
mod restore;
mod row_digest;
mod sealed_state;
mod snapshot_check;
mod stored_rows;
mod turns;
pub mod upcasters;

pub use canonical::canonical_bytes;
pub use command_gateway::{CommandGateway, CommandOptions, Loaded, Receipt};
pub use command_times::CommandTime;
pub use error::{AppendError, CommandError, StoreError};
pub use lease::{Lease, take_lease};
pub use log::{
    Append, AppendTrouble, Appended, EventLog, Expected, FeedFilter, FeedPage, HealthLine,
    Idempotency, NewEvent, Snapshot,
};
pub use metadata::{Actor, Metadata, Role, Source};
pub use moment::{position_at, version_of};
pub use open::{database_of, migrate, open, open_to_read, open_with, restore_into, with_mirror_in};
pub use past_log::PastLog;
pub use reader_state::{Reader, event_at};
pub use recorded::{Position, Recorded, StreamName};
pub use restore::{Restoring, StoredAnswer};
pub use row_digest::{Digesting, RowDigest};
pub use snapshot_check::{SnapshotVerdict, check_snapshot};
pub use stored_rows::{DeclaredHead, Extent, StoredRow, StoredRows, StoredSnapshot, UnreadableRow};
pub use upcasters::{Upcaster, Upcasters};
