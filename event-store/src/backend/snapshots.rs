//! What both databases ask of their table of saved states, in words that both understand.

use crate::log::Snapshot;
use crate::recorded::StreamName;
use crate::stored_rows::StoredSnapshot;

pub(super) const SAVE: &str = "INSERT INTO log_snapshots (aggregate_type, aggregate_id, shape, version, state) \
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (aggregate_type, aggregate_id) DO UPDATE \
    SET shape = excluded.shape, version = excluded.version, state = excluded.state";

pub(super) const FIND: &str = "SELECT version, state FROM log_snapshots \
    WHERE aggregate_type = $1 AND aggregate_id = $2 AND shape = $3";

pub(super) const BEHIND: &str = "SELECT aggregate_type, aggregate_id, shape, version, state FROM log_snapshots \
    WHERE (aggregate_type, aggregate_id) > ($1, $2) \
    ORDER BY aggregate_type, aggregate_id LIMIT $3";

/// A row of [`BEHIND`].
pub(super) type SnapshotRow = (String, String, String, i64, String);

pub(super) fn stored(
    (aggregate_type, aggregate_id, shape, version, state): SnapshotRow,
) -> StoredSnapshot {
    StoredSnapshot {
        stream: StreamName::new(aggregate_type, aggregate_id),
        snapshot: snapshot(shape, (version, state)),
    }
}

/// Of a row of [`FIND`].
pub(super) fn snapshot(shape: impl Into<String>, (version, state): (i64, String)) -> Snapshot {
    Snapshot {
        shape: shape.into(),
        version: version.cast_unsigned(),
        state,
    }
}
