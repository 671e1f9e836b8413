//! Rows that have no aggregate here, as records: kept as they stood, acted on by nothing.

use chrono::{DateTime, Utc};
use domain::config::refuse_hostile;
use domain::legacy_record::ImportLegacyRecord;
use domain::money::Decimal;
use serde_json::{Map, Value};

use super::cell::{CellError, SourceRow};
use super::tables::{AMOUNTS, INTENTS, Table};

/// Longer keys would not fit an index row in every database.
const MAX_KEY_BYTES: usize = 400;

/// A row as a record; `note` says what had to be decided about it.
pub(super) fn read_record(
    table: &Table,
    row: &SourceRow,
    notes: &[String],
    imported_at: DateTime<Utc>,
) -> Result<ImportLegacyRecord, CellError> {
    let row_key = row.text(&[table.key])?;
    let kept = exact_amounts(&row.0);
    if row_key.len() > MAX_KEY_BYTES || refuse_hostile("", &Value::Object(kept.clone())).is_err() {
        return Err(CellError::Unreadable {
            column: table.key,
            expected: "a row that can be kept safely",
        });
    }
    Ok(ImportLegacyRecord {
        table: table.name.to_owned(),
        row_key,
        row: kept,
        note: (!notes.is_empty()).then(|| notes.join("; ")),
        imported_at,
    })
}

/// An order that the original had not finished must never be placed from here.
pub(super) fn doubt_about(table: &Table, row: &SourceRow) -> Option<String> {
    if table.name != INTENTS.name {
        return None;
    }
    match row.find_text(&["status"])?.as_str() {
        "NEW" => Some("not executed: it was still NEW".to_owned()),
        unfinished @ ("SENT" | "ACKED") => Some(format!(
            "not executed: it was {unfinished}; look at the exchange for its outcome"
        )),
        _ => None,
    }
}

/// Amounts, and whatever else was a fraction, as decimal text.
fn exact_amounts(row: &Map<String, Value>) -> Map<String, Value> {
    let exact = |(name, value): (&String, &Value)| {
        let is_amount = AMOUNTS.contains(&name.as_str());
        let value = match value {
            Value::Number(number) if is_amount || number.as_i64().is_none() => {
                let decimal = Decimal::try_from_json(value);
                let text = decimal.map_or_else(|_| number.to_string(), |exact| exact.to_string());
                Value::String(text)
            }
            other => other.clone(),
        };
        (name.clone(), value)
    };
    row.iter().map(exact).collect()
}
