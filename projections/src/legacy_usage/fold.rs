//! What each event does to the counts of one day.

use chrono::NaiveDate;
use domain::legacy_usage::{LegacyUsageEvent, UsageCount};
use event_store::Recorded;

use super::UsageRow;
use crate::projection::FoldError;

/// Pure: the rows before and the event give the rows after.
pub(super) fn fold(
    mut rows: Vec<UsageRow>,
    event: &LegacyUsageEvent,
    recorded: &Recorded,
) -> Result<Vec<UsageRow>, FoldError> {
    match event {
        LegacyUsageEvent::LegacyUsageCounted { counts, .. } => {
            // The stream is the day, whatever the counting's hours were
            let day = &recorded.stream.aggregate_id;
            let day: NaiveDate = day.parse().map_err(|_| FoldError::NoDay(day.clone()))?;
            for count in counts {
                add(&mut rows, day, count, recorded);
            }
        }
    }
    Ok(rows)
}

fn add(rows: &mut Vec<UsageRow>, day: NaiveDate, count: &UsageCount, recorded: &Recorded) {
    let known = rows
        .iter_mut()
        .find(|row| row.caller == count.caller && row.endpoint == count.endpoint);
    if let Some(row) = known {
        row.calls += u64::from(count.calls);
        row.last_position = recorded.position;
        return;
    }
    rows.push(UsageRow {
        day,
        caller: count.caller.clone(),
        endpoint: count.endpoint.clone(),
        calls: u64::from(count.calls),
        last_position: recorded.position,
    });
}

#[cfg(test)]
mod tests;
