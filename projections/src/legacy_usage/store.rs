//! Which columns a usage count has.

use super::UsageRow;
use crate::sql::{Columns, Format, Record, Table, integer, text};

pub(super) const TABLE: Table = Table {
    name: "legacy_usage",
    group: "day",
    newest: None,
    primary_key: &["day", "caller", "endpoint"],
    columns: &[
        text("day"),
        text("caller"),
        text("endpoint"),
        integer("calls"),
        integer("last_position"),
    ],
};

pub(super) fn write(row: &UsageRow, record: &mut Record<impl Format>) {
    record.displayed("day", row.day);
    record.text("caller", &row.caller);
    record.text("endpoint", &row.endpoint);
    record.count("calls", row.calls);
    record.position("last_position", row.last_position);
}

pub(super) fn read(columns: &Columns<'_>) -> Result<UsageRow, sqlx::Error> {
    Ok(UsageRow {
        day: columns.parsed("day")?,
        caller: columns.text("caller")?,
        endpoint: columns.text("endpoint")?,
        calls: columns.count("calls")?,
        last_position: columns.position("last_position")?,
    })
}
