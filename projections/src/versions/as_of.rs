//! A definition's versions as they were, folded from the log by the code that keeps the table.

use domain::event::{Event, aggregate_type};
use domain::ids::DefinitionKey;
use event_store::{EventLog, Position, StreamName};

use super::VersionRow;
use super::fold::fold;
use crate::past::{PastError, stream_up_to};

/// The versions when `position` was the last, the latest first.
pub async fn versions_as_of(
    log: &dyn EventLog,
    key: &DefinitionKey,
    position: Position,
) -> Result<Vec<VersionRow>, PastError> {
    let stream = StreamName::new(aggregate_type::DEFINITION, key.as_str());
    let mut rows = Vec::new();
    for recorded in stream_up_to(log, &stream, position).await? {
        if let Event::Definition(event) = recorded.decode()? {
            rows = fold(rows, &event, &recorded)?;
        }
    }
    // As the table's list is sorted
    let place = |row: &VersionRow| (row.created_at, row.last_position, row.version.clone());
    rows.sort_by_key(|row| std::cmp::Reverse(place(row)));
    Ok(rows)
}
