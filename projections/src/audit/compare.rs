//! A live table beside the one that the log makes.

use std::cmp::Ordering;
use std::sync::Arc;

use domain::clock::Clock;
use event_store::{EventLog, PastLog, Position};
use futures::TryStreamExt;
use sqlx::{AnyConnection, Connection};

use super::rows::{StoredTableRow, Value, select_texts, texts};
use crate::projector::{Checkpoint, Parked, Projector, ProjectorError, table_of};
use crate::sql::{Dialect, Table};
use crate::tables::Tables;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The log makes this row; the table lacks it.
    Missing { key: Vec<Value> },
    /// The table has this row; the log does not make it.
    Surplus { key: Vec<Value> },
    /// A column holds something else than the log makes of it.
    Changed {
        key: Vec<Value>,
        column: &'static str,
        stored: Value,
        rebuilt: Value,
    },
}

/// What was compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    pub rows: u64,
    /// How far the live table had followed the log.
    pub position: Position,
    /// Where the log ends.
    pub head: Position,
    pub parked: Option<Parked>,
}

/// Rebuilds a projection's table in `scratch`, which must be empty, as far as the live one has
/// followed the log, and tells of every difference. The live tables are only read.
pub async fn compare(
    log: Arc<dyn EventLog>,
    clock: Arc<dyn Clock>,
    live: &Tables,
    scratch: &Tables,
    projection: &str,
    mut tell: impl FnMut(Difference) + Send,
) -> Result<Compared, ProjectorError> {
    let table = table_of(projection)?;
    let mut connection = live.readers().acquire().await?;
    // Rows and checkpoint of one moment
    let mut transaction = connection.begin().await?;
    if live.dialect() == Dialect::Postgres {
        sqlx::query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            .execute(&mut *transaction)
            .await?;
    }
    let checkpoint = Checkpoint::find_within(&mut transaction, projection).await?;
    let checkpoint = checkpoint.unwrap_or_default();
    let head = log.head().await?;
    let past = Arc::new(PastLog::new(log, checkpoint.position));
    let projector = Projector::new(scratch.clone(), past, clock);
    projector.rebuild(projection, &|_| ()).await?;

    let mut rebuilt = scratch.readers().acquire().await?;
    let rows = compare_rows(
        &table,
        (&mut transaction, live.dialect()),
        (&mut rebuilt, scratch.dialect()),
        &mut tell,
    )
    .await?;
    Ok(Compared {
        rows,
        position: checkpoint.position,
        head,
        parked: checkpoint.parked,
    })
}

/// Both in the order of their keys, side by side; how many rows the live one has. Rows are taken apart
/// only where their texts differ.
async fn compare_rows(
    table: &Table,
    (live, live_dialect): (&mut AnyConnection, Dialect),
    (rebuilt, rebuilt_dialect): (&mut AnyConnection, Dialect),
    tell: &mut (dyn FnMut(Difference) + Send),
) -> Result<u64, sqlx::Error> {
    let (live_query, rebuilt_query) = (
        select_texts(table, live_dialect),
        select_texts(table, rebuilt_dialect),
    );
    let mut live = texts(live, &live_query);
    let mut rebuilt = texts(rebuilt, &rebuilt_query);
    let (mut stored, mut made) = (live.try_next().await?, rebuilt.try_next().await?);
    let mut rows = 0;
    loop {
        let order = if stored == made {
            if stored.is_none() {
                return Ok(rows);
            }
            Ordering::Equal
        } else {
            let row = |text: &Option<String>| {
                let text = text.as_deref();
                text.map(|text| StoredTableRow::from_text(table, text))
                    .transpose()
            };
            compare_row(row(&stored)?, row(&made)?, tell)
        };
        if order.is_le() {
            rows += 1;
            stored = live.try_next().await?;
        }
        if order.is_ge() {
            made = rebuilt.try_next().await?;
        }
    }
}

/// Which of the two comes first.
fn compare_row(
    stored: Option<StoredTableRow>,
    made: Option<StoredTableRow>,
    tell: &mut (dyn FnMut(Difference) + Send),
) -> Ordering {
    let order = match (&stored, &made) {
        (Some(stored), Some(made)) => stored.key.cmp(&made.key),
        (Some(_), None) => Ordering::Less,
        (None, _) => Ordering::Greater,
    };
    match (order, stored, made) {
        (Ordering::Less, Some(row), _) => tell(Difference::Surplus { key: row.key }),
        (Ordering::Greater, _, Some(row)) => tell(Difference::Missing { key: row.key }),
        (_, Some(stored), Some(made)) => compare_columns(&stored, &made, tell),
        _ => {}
    }
    order
}

fn compare_columns(
    stored: &StoredTableRow,
    made: &StoredTableRow,
    tell: &mut (dyn FnMut(Difference) + Send),
) {
    for ((column, stored_value), (_, rebuilt)) in stored.columns.iter().zip(&made.columns) {
        if stored_value != rebuilt {
            tell(Difference::Changed {
                key: stored.key.clone(),
                column,
                stored: stored_value.clone(),
                rebuilt: rebuilt.clone(),
            });
        }
    }
}
