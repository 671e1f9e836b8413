//! The row that says how far a projection is. It moves in the transaction that writes what was
//! folded, and only if it still is what the folding started from.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use event_store::Position;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::catalogue::names;
use crate::sql::{Advance, Columns, time_text, undecodable};
use crate::tables::Tables;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Checkpoint {
    pub(crate) position: Position,
    /// Raised when a rebuilt table takes the live one's place.
    pub(crate) generation: i64,
    pub(crate) parked: Option<Parked>,
}

/// An event that could not be folded, and since when its projection waits there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    pub position: Position,
    pub since: DateTime<Utc>,
    /// The error with its causes.
    pub error: String,
}

const SELECT: &str = "SELECT name, position, generation, parked_at, parked_position, error \
                      FROM projection_state";

/// Moves the row on if it is what it was: to $1, the one called $2, from $3, of generation $4.
pub(super) const ADVANCE: &str = "UPDATE projection_state SET position = $1 \
     WHERE name = $2 AND position = $3 AND generation = $4 AND parked_at IS NULL";

impl Checkpoint {
    /// The named checkpoint; the beginning, where nothing was ever folded.
    pub(crate) async fn read(tables: &Tables, name: &str) -> Result<Self, sqlx::Error> {
        Ok(Self::find(tables, name).await?.unwrap_or_default())
    }

    pub(crate) async fn find(tables: &Tables, name: &str) -> Result<Option<Self>, sqlx::Error> {
        let row = sqlx::query(&format!("{SELECT} WHERE name = $1"))
            .bind(name)
            .fetch_optional(tables.readers())
            .await?;
        row.map(|row| Self::from_row(&row)).transpose()
    }

    /// As a transaction sees it.
    pub(crate) async fn find_within(
        connection: &mut AnyConnection,
        name: &str,
    ) -> Result<Option<Self>, sqlx::Error> {
        let row = sqlx::query(&format!("{SELECT} WHERE name = $1"))
            .bind(name)
            .fetch_optional(connection)
            .await?;
        row.map(|row| Self::from_row(&row)).transpose()
    }

    /// Of every projection that has one.
    pub(crate) async fn read_all(
        tables: &Tables,
    ) -> Result<BTreeMap<&'static str, Self>, sqlx::Error> {
        let rows = sqlx::query(SELECT).fetch_all(tables.readers()).await?;
        let mut checkpoints = BTreeMap::new();
        for row in rows {
            let name = Columns(&row).text("name")?;
            if let Some(known) = names().into_iter().find(|known| *known == name) {
                checkpoints.insert(known, Self::from_row(&row)?);
            }
        }
        Ok(checkpoints)
    }

    fn from_row(row: &AnyRow) -> Result<Self, sqlx::Error> {
        let columns = Columns(row);
        let parked = match columns.optional_text("parked_at")? {
            None => None,
            Some(since) => Some(Parked {
                position: columns.position("parked_position")?,
                since: since
                    .parse()
                    .map_err(|source| undecodable("parked_at", source))?,
                error: columns.text("error")?,
            }),
        };
        Ok(Self {
            position: columns.position("position")?,
            generation: columns.integer("generation")?,
            parked,
        })
    }

    /// Moves the row on. `false` when it is not (or no longer) what this checkpoint says: somebody
    /// else folded, and nothing of the transaction may be kept.
    ///
    /// The first statement of the transaction that writes: the row's lock makes everybody else wait.
    pub(crate) async fn advance(
        &self,
        connection: &mut AnyConnection,
        name: &str,
        to: Position,
    ) -> Result<bool, sqlx::Error> {
        if self.position == Position::default() {
            insert_if_missing(connection, name).await?;
        }
        let step = self.step(name, to);
        let moved = sqlx::query(ADVANCE)
            .bind(step.to)
            .bind(step.name)
            .bind(step.from)
            .bind(step.generation)
            .execute(connection)
            .await?;
        Ok(moved.rows_affected() == 1)
    }

    /// The same step, for whoever takes it in another way.
    pub(crate) fn step<'a>(&self, name: &'a str, to: Position) -> Advance<'a> {
        Advance {
            name,
            from: number(self.position),
            to: number(to),
            generation: self.generation,
        }
    }
}

pub(crate) async fn insert_if_missing(
    connection: &mut AnyConnection,
    name: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO projection_state (name, position, generation) VALUES ($1, 0, 0) \
         ON CONFLICT (name) DO NOTHING",
    )
    .bind(name)
    .execute(connection)
    .await?;
    Ok(())
}

/// Leaves the mark that an operator must remove.
pub(crate) async fn park(
    connection: &mut AnyConnection,
    name: &str,
    parked: &Parked,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE projection_state SET parked_at = $1, parked_position = $2, error = $3 \
         WHERE name = $4",
    )
    .bind(time_text(parked.since))
    .bind(number(parked.position))
    .bind(parked.error.replace('\0', "\u{fffd}"))
    .bind(name)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) fn number(position: Position) -> i64 {
    i64::try_from(position.0).unwrap_or(i64::MAX)
}
