//! Types of which a long log has few events: they are found by their type where many positions were
//! looked at for them in vain.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::database_log::Database;
use super::trouble::Trouble;
use crate::log::FeedPage;

/// So many are collected and sorted sooner than a long log is read.
const FEW: usize = 10_000;

#[derive(Debug, Default)]
pub(super) struct RareTypes {
    /// Types of which there are more: there will never be fewer again.
    many: Mutex<HashSet<Vec<String>>>,
}

impl RareTypes {
    /// Adds to a page of these types what is behind it, if it has room for more.
    pub(super) async fn complete(
        &self,
        page: &mut FeedPage,
        limit: usize,
        types: &[String],
        database: &impl Database,
    ) -> Result<(), Trouble> {
        let room = limit.saturating_sub(page.events.len());
        if page.at_head || room == 0 || types.is_empty() || self.many().contains(types) {
            return Ok(());
        }
        if database.count_of(types, FEW + 1).await? > FEW {
            self.many().insert(types.to_vec());
            return Ok(());
        }
        let behind = database.feed_of_few(page.up_to, room, types).await?;
        page.events.extend(behind.events);
        page.up_to = behind.up_to;
        page.at_head = behind.at_head;
        Ok(())
    }

    fn many(&self) -> MutexGuard<'_, HashSet<Vec<String>>> {
        self.many.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
