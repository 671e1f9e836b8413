//! Where SQLite and PostgreSQL say the same thing differently.

use super::table::{Kind, Table};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// Loads the groups named in a JSON array of texts.
    pub(crate) fn select_groups(self, table: &Table, name: &str) -> String {
        let only = table.newest.map_or(String::new(), |newest| {
            let group = table.group;
            format!(
                " AND {newest} = (SELECT max({newest}) FROM {name} AS others \
                 WHERE others.{group} = {name}.{group})"
            )
        });
        format!(
            "SELECT {} FROM {name} WHERE {} IN ({}){only}",
            table.column_list(),
            table.group,
            self.texts()
        )
    }

    /// Deletes the groups named in a JSON array of texts.
    pub(crate) fn delete_groups(self, table: &Table, name: &str) -> String {
        format!(
            "DELETE FROM {name} WHERE {} IN ({})",
            table.group,
            self.texts()
        )
    }

    /// A row as JSON, an array of all its columns: both databases print the same values the same, but
    /// for how they escape some characters.
    pub(crate) fn row_as_text(self, table: &Table) -> String {
        match self {
            Self::Sqlite => format!("json_array({})", table.column_list()),
            Self::Postgres => {
                let columns = table.columns.iter();
                let columns: Vec<String> = columns
                    .map(|column| format!("coalesce(to_json({})::text, 'null')", column.name))
                    .collect();
                format!("'[' || concat_ws(',', {}) || ']'", columns.join(", "))
            }
        }
    }

    /// Writes all rows of a [`super::Record`] in one statement.
    pub(crate) fn upsert(self, table: &Table, name: &str) -> String {
        let records = self.records(table);
        upsert(
            table,
            name,
            &table.column_list(),
            &format!("{records} WHERE true"),
        )
    }

    /// A statement to begin a transaction with that writes rows of a live table. Whoever needs both
    /// locks the table before its checkpoint, as a [`super::LiveWriter`]'s statement does by itself: in
    /// another order it and [`Self::lock_for_swap`]'s transaction would wait for each other.
    pub(crate) fn lock_for_rows(self, name: &str) -> Option<String> {
        self.lock(name, "ROW EXCLUSIVE")
    }

    /// As [`Self::lock_for_rows`], for whoever replaces the table: readers read on until then.
    pub(crate) fn lock_for_swap(self, name: &str) -> Option<String> {
        self.lock(name, "SHARE ROW EXCLUSIVE")
    }

    /// SQLite has one writer at a time anyway.
    fn lock(self, name: &str, mode: &str) -> Option<String> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some(format!("LOCK TABLE {name} IN {mode} MODE")),
        }
    }

    fn texts(self) -> &'static str {
        match self {
            Self::Sqlite => "SELECT value FROM json_each($1)",
            Self::Postgres => "SELECT json_array_elements_text($1::json)",
        }
    }

    fn records(self, table: &Table) -> String {
        let each = |column: fn(&str, Kind) -> String| {
            let columns = table.columns.iter().map(|c| column(c.name, c.kind));
            columns.collect::<Vec<_>>().join(", ")
        };
        match self {
            // Materialized, because SQLite would write out the record anew for each of its columns
            Self::Sqlite => format!(
                "WITH record AS MATERIALIZED (SELECT value FROM json_each($1)) \
                 SELECT {} FROM record",
                each(|name, _| format!("value ->> '{name}'"))
            ),
            Self::Postgres => format!(
                "SELECT {} FROM json_to_recordset($1::json) AS record({})",
                table.column_list(),
                each(|name, kind| match kind {
                    Kind::Text => format!("{name} TEXT"),
                    Kind::Integer => format!("{name} BIGINT"),
                })
            ),
        }
    }
}

/// `records` ends with a condition: without one, SQLite would read ON CONFLICT as a join's ON.
pub(super) fn upsert(table: &Table, name: &str, columns: &str, records: &str) -> String {
    let updates: Vec<String> = table
        .columns
        .iter()
        .filter(|column| !table.primary_key.contains(&column.name))
        .map(|column| format!("{0} = excluded.{0}", column.name))
        .collect();
    format!(
        "INSERT INTO {name} ({columns}) {records} ON CONFLICT ({}) DO UPDATE SET {}",
        table.primary_key.join(", "),
        updates.join(", ")
    )
}
