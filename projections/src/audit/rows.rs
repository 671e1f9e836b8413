//! All rows of a table, in the order of their primary keys, whatever the database.

use futures::TryStreamExt;
use futures::stream::BoxStream;
use sqlx::AnyConnection;

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
    let query = select_texts(&table, tables.dialect());
    let mut rows = texts(&mut connection, &query);
    while let Some(row) = rows.try_next().await? {
        take(StoredTableRow::from_text(&table, &row)?);
    }
    Ok(())
}

/// Each row as one text: read column by column, through drivers, it takes several times as long.
pub(super) fn select_texts(table: &Table, dialect: Dialect) -> String {
    let (row, order) = (dialect.row_as_text(table), in_key_order(table, dialect));
    format!("SELECT {row} FROM {} {order}", table.name)
}

pub(super) fn texts<'c>(
    connection: &'c mut AnyConnection,
    query: &'c str,
) -> BoxStream<'c, Result<String, sqlx::Error>> {
    sqlx::query_scalar(query)
        .persistent(false)
        .fetch(connection)
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

impl StoredTableRow {
    /// Of what [`select_texts`] gave.
    pub(super) fn from_text(table: &Table, text: &str) -> Result<Self, sqlx::Error> {
        let values: Vec<serde_json::Value> =
            serde_json::from_str(text).map_err(|error| undecodable(table.name, error))?;
        let names = table.columns.iter().map(|column| column.name);
        let columns: Vec<_> = names.zip(values.into_iter().map(Value::from)).collect();
        let of_key = |name: &&'static str| {
            let found = columns.iter().find(|(column, _)| column == name);
            found.map_or(Value::Null, |(_, value)| value.clone())
        };
        Ok(Self {
            key: table.primary_key.iter().map(of_key).collect(),
            columns,
        })
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
