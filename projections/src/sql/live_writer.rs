//! PostgreSQL: a live table and its checkpoint move on in one statement, which is its own transaction and
//! one round trip.

use std::time::Duration;

use sqlx::postgres::{PgArguments, PgConnectOptions};
use sqlx::query::Query;
use sqlx::{ConnectOptions, Connection, Executor, PgConnection, Postgres};
use tokio::time::Instant;

use super::dialect::upsert;
use super::record::{Cell, Cells, Rows};
use super::table::{Kind, Table};

/// After a pause a network may have forgotten the connection without telling either end.
const PAUSE: Duration = Duration::from_mins(1);

/// A connection of its own: one that goes back to a pool each time is tried out each time, and takes as
/// long again.
#[derive(Debug)]
pub(crate) struct LiveWriter {
    connection: PgConnection,
    last_used: Instant,
    table: &'static Table,
    /// An update with four arguments: to, name, from and generation.
    advance: &'static str,
    /// From the first rows on, which all others are like.
    stores: Option<Stores>,
}

#[derive(Debug)]
struct Stores {
    statement: String,
    /// Of the columns, in the order in which rows have them.
    kinds: Vec<Kind>,
}

/// How a checkpoint moves, if it still is what it was.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Advance<'a> {
    pub(crate) name: &'a str,
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) generation: i64,
}

impl LiveWriter {
    pub(crate) async fn connect(
        database: &PgConnectOptions,
        table: &'static Table,
        advance: &'static str,
    ) -> Result<Self, sqlx::Error> {
        let mut connection = database.connect().await?;
        for setting in [
            // Rows and checkpoint are lost together or not at all
            "SET synchronous_commit = off",
            // Both statements find what they change by its primary key, however large the tables are:
            // planning anew takes a fifth of their time
            "SET plan_cache_mode = force_generic_plan",
        ] {
            connection.execute(setting).await?;
        }
        Ok(Self {
            connection,
            last_used: Instant::now(),
            table,
            advance,
            stores: None,
        })
    }

    pub(crate) fn has_paused(&self) -> bool {
        self.last_used.elapsed() > PAUSE
    }

    pub(crate) async fn close(self) -> Result<(), sqlx::Error> {
        self.connection.close().await
    }

    /// Moves the checkpoint and stores the rows; `false`, with nothing done, when it is not what it was.
    pub(crate) async fn advance(
        &mut self,
        step: Advance<'_>,
        rows: Option<&Rows<Cells>>,
    ) -> Result<bool, sqlx::Error> {
        self.last_used = Instant::now();
        let Some(rows) = rows else {
            let advance = bind_step(sqlx::query(self.advance), step);
            let moved = advance.execute(&mut self.connection).await?;
            return Ok(moved.rows_affected() == 1);
        };
        let stores = match &mut self.stores {
            Some(stores) => stores,
            none => none.insert(Stores::new(self.table, self.advance, &rows.columns)),
        };
        let statement = bind_step(sqlx::query(&stores.statement), step);
        let statement = bind_rows(statement, &stores.kinds, &rows.written);
        let done = statement.execute(&mut self.connection).await?;
        Ok(done.rows_affected() > 0)
    }
}

impl Stores {
    fn new(table: &Table, advance: &str, columns: &str) -> Self {
        let kind = |name: &str| {
            let mut known = table.columns.iter();
            let column = known.find(|column| column.name == name);
            column.map_or(Kind::Text, |column| column.kind)
        };
        let kinds: Vec<Kind> = columns.split(", ").map(kind).collect();
        let arrays = (5..).zip(&kinds).map(|(argument, kind)| match kind {
            Kind::Text => format!("${argument}::text[]"),
            Kind::Integer => format!("${argument}::bigint[]"),
        });
        let arrays: Vec<String> = arrays.collect();
        let records = format!(
            "SELECT * FROM unnest({}) AS record ({columns}) WHERE EXISTS (SELECT 1 FROM moved)",
            arrays.join(", ")
        );
        let upsert = upsert(table, table.name, columns, &records);
        Self {
            statement: format!("WITH moved AS ({advance} RETURNING name) {upsert}"),
            kinds,
        }
    }
}

type Statement<'q> = Query<'q, Postgres, PgArguments>;

fn bind_step<'q>(statement: Statement<'q>, step: Advance<'q>) -> Statement<'q> {
    statement
        .bind(step.to)
        .bind(step.name)
        .bind(step.from)
        .bind(step.generation)
}

/// Column by column.
fn bind_rows<'q>(mut statement: Statement<'q>, kinds: &[Kind], rows: &'q Cells) -> Statement<'q> {
    for (column, kind) in kinds.iter().enumerate() {
        statement = match kind {
            Kind::Text => statement.bind(rows.column(column).map(Cell::text).collect::<Vec<_>>()),
            Kind::Integer => {
                statement.bind(rows.column(column).map(Cell::integer).collect::<Vec<_>>())
            }
        };
    }
    statement
}
