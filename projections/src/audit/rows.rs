//! All rows of a table, in the order of their primary keys, whatever the database.

use futures::{Stream, TryStreamExt};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::error::TablesError;
use crate::projector::table_of;
use crate::sql::{Dialect, Kind, Table, undecodable};
use crate::tables::Tables;

/// What stands in a column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    Null,
    Integer(i64),
    Text(String),
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Null => f.write_str("nothing"),
            Self::Integer(number) => number.fmt(f),
            Self::Text(text) => write!(f, "{text:?}"),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTableRow {
    /// The primary key.
    pub key: Vec<Value>,
    /// Every column, with its name.
    pub columns: Vec<(&'static str, Value)>,
}

/// All rows of a projection's table, handed over one by one.
pub async fn rows_of(
    tables: &Tables,
    projection: &str,
    mut take: impl FnMut(StoredTableRow) + Send,
) -> Result<(), TablesError> {
    let table = table_of(projection)?;
    let mut connection = tables.readers().acquire().await?;
    let query = select_all(&table, tables.dialect());
    let mut rows = std::pin::pin!(stored_rows(&mut connection, &table, &query));
    while let Some(row) = rows.try_next().await? {
        take(row);
    }
    Ok(())
}

fn select_all(table: &Table, dialect: Dialect) -> String {
    table.select(&in_key_order(table, dialect))
}

/// As [`select_all`], each row as one text.
pub(super) fn select_texts(table: &Table, dialect: Dialect) -> String {
    let (row, order) = (dialect.row_as_text(table), in_key_order(table, dialect));
    format!("SELECT {row} FROM {} {order}", table.name)
}

/// Bytes decide the order, in PostgreSQL as in SQLite.
fn in_key_order(table: &Table, dialect: Dialect) -> String {
    let collation = |name: &str| {
        let kind = table.columns.iter().find(|column| column.name == name);
        match (dialect, kind.map(|column| column.kind)) {
            (Dialect::Postgres, Some(Kind::Text)) => format!("{name} COLLATE \"C\""),
            _ => name.to_owned(),
        }
    };
    let order: Vec<String> = table
        .primary_key
        .iter()
        .map(|name| collation(name))
        .collect();
    format!("ORDER BY {}", order.join(", "))
}

fn stored_rows<'c>(
    connection: &'c mut AnyConnection,
    table: &'c Table,
    query: &'c str,
) -> impl Stream<Item = Result<StoredTableRow, sqlx::Error>> + 'c {
    sqlx::query(query)
        .persistent(false)
        .fetch(connection)
        .and_then(move |row| std::future::ready(stored_row(table, &row)))
}

fn stored_row(table: &Table, row: &AnyRow) -> Result<StoredTableRow, sqlx::Error> {
    let mut columns = Vec::with_capacity(table.columns.len());
    for (at, column) in table.columns.iter().enumerate() {
        let value = match column.kind {
            Kind::Text => row.try_get::<Option<String>, _>(at)?.map(Value::Text),
            Kind::Integer => row.try_get::<Option<i64>, _>(at)?.map(Value::Integer),
        };
        columns.push((column.name, value.unwrap_or(Value::Null)));
    }
    Ok(StoredTableRow::of(table, columns))
}

impl StoredTableRow {
    fn of(table: &Table, columns: Vec<(&'static str, Value)>) -> Self {
        let of_key = |name: &&'static str| {
            let found = columns.iter().find(|(column, _)| column == name);
            found.map_or(Value::Null, |(_, value)| value.clone())
        };
        Self {
            key: table.primary_key.iter().map(of_key).collect(),
            columns,
        }
    }

    /// Of what [`select_texts`] gave.
    pub(super) fn from_text(table: &Table, text: &str) -> Result<Self, sqlx::Error> {
        let values: Vec<serde_json::Value> =
            serde_json::from_str(text).map_err(|error| undecodable(table.name, error))?;
        let names = table.columns.iter().map(|column| column.name);
        let columns = names.zip(values.into_iter().map(Value::from));
        Ok(Self::of(table, columns.collect()))
    }
}

impl From<serde_json::Value> for Value {
    fn from(value: serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::String(text) => Self::Text(text),
            other => match other.as_i64() {
                Some(number) => Self::Integer(number),
                // No column of ours holds such a thing, but somebody may have put it there
                None => Self::Text(other.to_string()),
            },
        }
    }
}
