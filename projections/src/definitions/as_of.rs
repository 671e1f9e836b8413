//! Definitions as they were, folded from the log by the code that keeps the table.

use std::collections::BTreeMap;

use domain::event::{Event, aggregate_type};
use domain::ids::DefinitionKey;
use event_store::{EventLog, Position, StreamName};

use super::DefinitionRow;
use super::fold::fold;
use crate::past::{PastError, stream_up_to, up_to};

/// The definition when `position` was the last; `None` before it was created or after it was removed.
pub async fn definition_as_of(
    log: &dyn EventLog,
    key: &DefinitionKey,
    position: Position,
) -> Result<Option<DefinitionRow>, PastError> {
    let stream = StreamName::new(aggregate_type::DEFINITION, key.as_str());
    let mut row = None;
    for recorded in stream_up_to(log, &stream, position).await? {
        if let Event::Definition(event) = recorded.decode()? {
            row = fold(row, &event, &recorded)?;
        }
    }
    Ok(row)
}

/// The whole catalogue when `position` was the last.
pub async fn definitions_as_of(
    log: &dyn EventLog,
    position: Position,
) -> Result<Vec<DefinitionRow>, PastError> {
    let mut rows: BTreeMap<String, DefinitionRow> = BTreeMap::new();
    up_to(log, position, &[aggregate_type::DEFINITION], |recorded| {
        let key = &recorded.stream.aggregate_id;
        if let Event::Definition(event) = recorded.decode()?
            && let Some(row) = fold(rows.remove(key), &event, &recorded)?
        {
            rows.insert(key.clone(), row);
        }
        Ok(())
    })
    .await?;
    Ok(rows.into_values().collect())
}
