//! Which key a definition's id belongs to: what is once true of an id stays true, so it is asked
//! of the tables once.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::ids::{DefinitionId, DefinitionKey};
use projections::definitions::query;
use projections::{Tables, TablesError};

/// Far more definitions than installations have; beyond it, remembering begins anew.
const REMEMBERED: usize = 10_000;

/// What commands need to know of a definition to find its stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DefinitionRef {
    pub(crate) id: DefinitionId,
    pub(crate) key: DefinitionKey,
}

#[derive(Debug, Default)]
pub(crate) struct DefinitionKeys(Mutex<HashMap<DefinitionId, DefinitionKey>>);

impl DefinitionKeys {
    /// `None` for an id that no definition has. The definition may have been removed since: its
    /// stream knows.
    pub(crate) async fn find(
        &self,
        tables: &Tables,
        id: DefinitionId,
    ) -> Result<Option<DefinitionRef>, TablesError> {
        if let Some(key) = self.remembered(id) {
            return Ok(Some(DefinitionRef { id, key }));
        }
        let Some(row) = query::find(tables, id).await? else {
            return Ok(None);
        };
        self.remember(id, row.key.clone());
        Ok(Some(DefinitionRef { id, key: row.key }))
    }

    fn remembered(&self, id: DefinitionId) -> Option<DefinitionKey> {
        let keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.get(&id).cloned()
    }

    fn remember(&self, id: DefinitionId, key: DefinitionKey) {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.len() >= REMEMBERED {
            keys.clear();
        }
        keys.insert(id, key);
    }
}
