//! The first look at a source: what is there, whether all of it can be read, and which row of each
//! strategy key counts.

use std::collections::BTreeMap;

use futures::TryStreamExt;

use super::ImportError;
use super::cell::SourceRow;
use super::source::{FoundTable, LegacySource};
use super::tables::{DEFINITIONS, INSTANCES, RECORDS, Table, VERSIONS, reason_to_leave_out};

/// A source that is known to be whole.
#[derive(Debug)]
pub(super) struct Survey {
    pub(super) definitions: Option<FoundTable>,
    pub(super) versions: Option<FoundTable>,
    pub(super) instances: FoundTable,
    pub(super) records: Vec<FoundTable>,
    pub(super) left_out: Vec<LeftOut>,
    /// The newest row of each strategy key; the original let a key occur twice.
    pub(super) newest: BTreeMap<String, i64>,
}

/// A table that is there and not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LeftOut {
    pub(super) table: String,
    pub(super) rows: u64,
    pub(super) reason: &'static str,
}

impl Survey {
    /// Reads everything once and records nothing.
    pub(super) async fn of(source: &mut LegacySource) -> Result<Self, ImportError> {
        let names = source.table_names().await?;
        let instances = find(source, &names, &INSTANCES)
            .await?
            .ok_or(ImportError::NotTheOriginal)?;
        let mut records = Vec::new();
        for table in &RECORDS {
            records.extend(find(source, &names, table).await?);
        }
        let mut survey = Self {
            definitions: find(source, &names, &DEFINITIONS).await?,
            versions: find(source, &names, &VERSIONS).await?,
            instances,
            records,
            left_out: left_out(source, names).await?,
            newest: BTreeMap::new(),
        };
        survey.newest = newest(source, &survey.instances).await?;
        let others = survey.definitions.iter().chain(&survey.versions);
        for found in others.chain(&survey.records) {
            source
                .rows(found)
                .try_for_each(|_| async { Ok(()) })
                .await?;
        }
        Ok(survey)
    }

    /// Rows that will be gone through.
    pub(super) fn rows(&self) -> u64 {
        let tables = self.definitions.iter().chain(&self.records);
        tables.map(|found| found.rows).sum::<u64>() + self.instances.rows
    }
}

async fn find(
    source: &mut LegacySource,
    names: &[String],
    table: &Table,
) -> Result<Option<FoundTable>, ImportError> {
    if !names.iter().any(|name| name == table.name) {
        return Ok(None);
    }
    let columns = source.columns(table.name).await?;
    let is_there = |name: &&str| columns.iter().any(|column| column == name);
    for group in table.required {
        if !group.iter().any(&is_there) {
            return Err(ImportError::MissingColumn {
                table: table.name.to_owned(),
                column: group.join(" or "),
            });
        }
    }
    Ok(Some(FoundTable {
        table: *table,
        rows: source.count(table.name).await?,
        select: source.select(table),
    }))
}

async fn left_out(
    source: &mut LegacySource,
    names: Vec<String>,
) -> Result<Vec<LeftOut>, ImportError> {
    let read = [DEFINITIONS, VERSIONS, INSTANCES];
    let is_read = |name: &str| read.iter().chain(&RECORDS).any(|table| table.name == name);
    let mut left_out = Vec::new();
    for table in names.into_iter().filter(|name| !is_read(name)) {
        left_out.push(LeftOut {
            rows: source.count(&table).await?,
            reason: reason_to_leave_out(&table),
            table,
        });
    }
    Ok(left_out)
}

async fn newest(
    source: &mut LegacySource,
    instances: &FoundTable,
) -> Result<BTreeMap<String, i64>, ImportError> {
    let mut newest = BTreeMap::new();
    let mut rows = source.rows(instances);
    while let Some(row) = rows.try_next().await? {
        let Some((key, age)) = key_and_age(&row) else {
            continue;
        };
        let best = newest.entry(key).or_insert(age);
        if age > *best {
            *best = age;
        }
    }
    let ids = newest.into_iter().map(|(key, (_, id))| (key, id));
    Ok(ids.collect())
}

/// Rows of one key are compared by their last change, then by their id. A row that cannot be read
/// competes with none.
fn key_and_age(row: &SourceRow) -> Option<(String, (chrono::DateTime<chrono::Utc>, i64))> {
    let key = row.find_text(&["strategyKey"])?;
    let changed = row.time("updatedAt").ok()?;
    Some((key, (changed, row.integer("id").ok()?)))
}
