//! Which legacy ids are in use, so that every rebuild deals out the same ones.

use std::collections::{BTreeMap, HashSet};

use domain::event::aggregate_type;
use domain::instance::InstanceEvent;
use event_store::{EventLog, FeedFilter, Position};
use sqlx::AnyPool;

use crate::object_text::ObjectText;
use crate::past::PastError;
use crate::sql::Columns;

/// Events read at once.
const PAGE: usize = 1_000;

/// The largest whole number that legacy callers' JSON readers keep exact.
const LARGEST: i64 = (1 << 53) - 1;

/// Ids in use, as runs without gaps: first id to last id. Almost always there is one run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakenIds(BTreeMap<i64, i64>);

impl TakenIds {
    pub(super) async fn load(readers: &AnyPool, table: &str) -> Result<Self, sqlx::Error> {
        // Neighbouring ids differ from their rank by the same amount
        let sql = format!(
            "SELECT min(id) AS first, max(id) AS last \
             FROM (SELECT id, id - row_number() OVER (ORDER BY id) AS run FROM {table}) AS ids \
             GROUP BY run"
        );
        let runs = sqlx::query(&sql).fetch_all(readers).await?;
        let run = |row| {
            Ok((
                Columns(row).integer("first")?,
                Columns(row).integer("last")?,
            ))
        };
        runs.iter().map(run).collect::<Result<_, _>>().map(Self)
    }

    /// Those that the log leads to: dealt out in its order, as they are when the table is folded.
    pub async fn dealt(log: &dyn EventLog) -> Result<Self, PastError> {
        let (mut taken, mut known) = (Self::default(), HashSet::new());
        let filter = FeedFilter::only(&[aggregate_type::INSTANCE]);
        let mut after = Position(0);
        loop {
            let page = log.feed(after, PAGE, &filter).await?;
            for recorded in page.events {
                if known.contains(&recorded.stream.aggregate_id) {
                    continue;
                }
                taken.deal(recorded.decode_as()?);
                known.insert(recorded.stream.aggregate_id);
            }
            if page.at_head {
                return Ok(taken);
            }
            after = page.up_to;
        }
    }

    /// To an instance that begins with this event.
    fn deal(&mut self, first: InstanceEvent<ObjectText>) {
        match first {
            InstanceEvent::LegacyInstanceImported(row) => self.claim(row.legacy_id),
            InstanceEvent::InstanceStarted(_)
            | InstanceEvent::InstanceRestarted(_)
            | InstanceEvent::InstanceReconfigured { .. }
            | InstanceEvent::InstanceStopped { .. }
            | InstanceEvent::InstanceFaulted { .. }
            | InstanceEvent::LegacyLinkBackfilled { .. }
            | InstanceEvent::LegacyLinkSkipped { .. } => self.next(),
        };
    }

    /// The wanted id if it is free, otherwise the next one.
    pub fn claim(&mut self, wanted: i64) -> i64 {
        if (1..=LARGEST).contains(&wanted) && !self.is_taken(wanted) {
            self.take(wanted);
            wanted
        } else {
            self.next()
        }
    }

    /// One above every id in use.
    pub(super) fn next(&mut self) -> i64 {
        let next = self.0.last_key_value().map_or(1, |(_, last)| last + 1);
        self.take(next);
        next
    }

    fn is_taken(&self, id: i64) -> bool {
        let run = self.0.range(..=id).next_back();
        run.is_some_and(|(_, &last)| id <= last)
    }

    fn take(&mut self, id: i64) {
        let last = self.0.remove(&(id + 1)).unwrap_or(id);
        match self.0.range_mut(..id).next_back() {
            Some((_, before)) if *before + 1 == id => *before = last,
            Some(_) | None => {
                self.0.insert(id, last);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_count_up_from_one() {
        let mut taken = TakenIds::default();
        assert_eq!([taken.next(), taken.next(), taken.next()], [1, 2, 3]);
        assert_eq!(taken, TakenIds(BTreeMap::from([(1, 3)])));
    }

    #[test]
    fn an_import_keeps_its_id_when_it_is_free() {
        let mut taken = TakenIds::default();
        assert_eq!(taken.claim(7), 7);
        assert_eq!(taken.next(), 8);
        assert_eq!(taken.claim(3), 3);
        assert_eq!(taken.next(), 9);
        assert_eq!(taken, TakenIds(BTreeMap::from([(3, 3), (7, 9)])));
    }

    #[test]
    fn an_import_whose_id_is_taken_gets_the_next() {
        let mut taken = TakenIds::default();
        taken.next();
        assert_eq!(taken.claim(1), 2);
    }

    #[test]
    fn impossible_ids_are_replaced() {
        let mut taken = TakenIds::default();
        let dealt: Vec<i64> = [0, -4, i64::MAX].map(|id| taken.claim(id)).into();
        assert_eq!(dealt, [1, 2, 3]);
    }

    #[test]
    fn a_filled_gap_joins_its_neighbours() {
        let mut taken = TakenIds::default();
        for id in [1, 3, 2] {
            taken.claim(id);
        }
        assert_eq!(taken, TakenIds(BTreeMap::from([(1, 3)])));
    }
}
