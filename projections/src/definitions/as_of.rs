//! Definitions as they were, folded from the log by the code that keeps the table.

use std::collections::BTreeMap;

use domain::event::{Event, aggregate_type};
use domain::ids::DefinitionKey;
use event_store::{EventLog, Position, StreamName};

use super::DefinitionRow;
use super::fold::fold;
use crate::past::{PastError, stream_up_to, up_to};

/// Events read at once: each may hold a large schema.
const PAGE: usize = 100;

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

/// The definition when its stream had `revision` events; `None` where the last of them removed it.
/// `seen` is a row of it, of any age: from an older one only the events since are needed.
pub async fn definition_at(
    log: &dyn EventLog,
    key: &DefinitionKey,
    revision: u64,
    seen: Option<DefinitionRow>,
) -> Result<Option<DefinitionRow>, PastError> {
    let stream = StreamName::new(aggregate_type::DEFINITION, key.as_str());
    let mut row = seen.filter(|seen| seen.revision <= revision);
    let mut folded = row.as_ref().map_or(0, |row| row.revision);
    while folded < revision {
        let page = log.load(&stream, folded, PAGE).await?;
        if page.is_empty() {
            return Ok(row);
        }
        for recorded in page.into_iter().take_while(|one| one.version <= revision) {
            folded = recorded.version;
            if let Event::Definition(event) = recorded.decode()? {
                row = fold(row, &event, &recorded)?;
            }
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
