//! Rows in memory between loading and saving, and those of recent pages.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use event_store::Recorded;
use sqlx::Row;

use crate::projection::Projection;
use crate::sql::{Columns, Dialect};
use crate::tables::Tables;

/// Groups kept from page to page: rows that change often are not loaded again and again.
pub(super) const KEPT: usize = 50_000;

pub(super) struct Groups<P: Projection> {
    select: String,
    recent: HashMap<String, Group<P::Row>>,
    /// Hashes of every group ever touched, while the table is known to have begun empty: a group
    /// that is not among them needs no lookup. Two groups with one hash cost a lookup in vain.
    touched: Option<HashSet<u64>>,
    kept: usize,
}

pub(super) struct Group<R> {
    pub(super) rows: Vec<R>,
    /// The table may have rows of it.
    pub(super) stored: bool,
    /// All rows were removed at some point of this page, whatever came after.
    pub(super) cleared: bool,
    /// Folded since it was last written.
    pub(super) unsaved: bool,
}

impl<R> Group<R> {
    /// Written, or about to be: a cursor whose rows could not be is given up.
    pub(super) fn settle(&mut self, only_newest: bool) {
        self.stored = true;
        self.unsaved = false;
        if only_newest {
            let older = self.rows.len().saturating_sub(1);
            self.rows.drain(..older);
        }
    }
}

impl<R> Default for Group<R> {
    fn default() -> Self {
        Self {
            rows: vec![],
            stored: false,
            cleared: false,
            unsaved: false,
        }
    }
}

impl<P: Projection> Groups<P> {
    pub(super) fn new(dialect: Dialect, table: &str) -> Self {
        Self {
            select: dialect.select_groups(&P::TABLE, table),
            recent: HashMap::new(),
            touched: None,
            kept: KEPT,
        }
    }

    /// For a table that is filled in one go, from the beginning where it `is_empty` now.
    pub(super) fn to_fill(dialect: Dialect, table: &str, is_empty: bool, kept: usize) -> Self {
        Self {
            touched: is_empty.then(HashSet::new),
            kept,
            ..Self::new(dialect, table)
        }
    }

    /// The groups of these events that must be loaded before they are folded; a new group is in
    /// memory from now on.
    pub(super) fn not_in_memory<'e>(&mut self, events: &'e [Arc<Recorded>]) -> Vec<&'e str> {
        let mut unknown = vec![];
        for recorded in events {
            let name = P::group(recorded);
            if self.recent.contains_key(name) {
                continue;
            }
            let begins = recorded.version == 1 && name == recorded.stream.aggregate_id;
            let stored = self.may_be_stored(name) && !begins;
            if stored {
                unknown.push(name);
            }
            let group = Group {
                stored,
                ..Group::default()
            };
            self.recent.insert(name.to_owned(), group);
        }
        unknown
    }

    pub(super) async fn load(
        &mut self,
        tables: &Tables,
        unknown: &[&str],
    ) -> Result<(), sqlx::Error> {
        let unknown = serde_json::json!(unknown).to_string();
        let rows = sqlx::query(&self.select)
            .bind(unknown)
            .fetch_all(tables.readers())
            .await?;
        for row in rows {
            let name: String = row.try_get(P::TABLE.group)?;
            let row = P::read(&Columns(&row))?;
            self.recent.entry(name).or_default().rows.push(row);
        }
        Ok(())
    }

    /// Keeps memory bounded; only when everything is saved.
    pub(super) fn forget_some(&mut self) {
        if self.recent.len() > self.kept {
            self.recent.clear();
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Group<P::Row>> {
        self.recent.get(name)
    }

    /// A group that was loaded.
    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut Group<P::Row>> {
        self.recent.get_mut(name)
    }

    fn may_be_stored(&mut self, name: &str) -> bool {
        let Some(touched) = self.touched.as_mut() else {
            return true;
        };
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        !touched.insert(hasher.finish())
    }
}
