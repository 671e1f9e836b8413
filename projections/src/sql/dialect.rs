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
        format!(
            "SELECT {} FROM {name} WHERE {} IN ({})",
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

    /// Writes all rows of a [`super::Record`] in one statement.
    pub(crate) fn upsert(self, table: &Table, name: &str) -> String {
        let columns = table.column_list();
        let updates: Vec<String> = table
            .columns
            .iter()
            .filter(|column| !table.primary_key.contains(&column.name))
            .map(|column| format!("{0} = excluded.{0}", column.name))
            .collect();
        format!(
            "INSERT INTO {name} ({columns}) {} ON CONFLICT ({}) DO UPDATE SET {}",
            self.records(table),
            table.primary_key.join(", "),
            updates.join(", ")
        )
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
            // Materialized, because SQLite would write out the record anew for each of its columns;
            // "WHERE true" keeps it from reading ON CONFLICT as a join's ON
            Self::Sqlite => format!(
                "WITH record AS MATERIALIZED (SELECT value FROM json_each($1)) \
                 SELECT {} FROM record WHERE true",
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
