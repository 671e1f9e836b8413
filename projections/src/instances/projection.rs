//! How the projector keeps the instances.

use domain::event::{DecodeError, aggregate_type};
use domain::execution::ExecutionId;
use event_store::{Position, Recorded};
use sqlx::AnyPool;

use super::fold_execution::may_change;
use super::row::StoredRow;
use super::taken_ids::TakenIds;
use super::{fold, fold_execution, store};
use crate::projection::{FoldError, Projection};
use crate::sql::{Columns, Format, Record, Table};

#[derive(Debug)]
pub(crate) struct Instances;

impl Projection for Instances {
    const NAME: &'static str = "strategy_instances";
    const READS: &'static [&'static str] = &[aggregate_type::INSTANCE, aggregate_type::EXECUTION];
    const TABLE: Table = store::TABLE;
    type Row = StoredRow;
    type Memory = TakenIds;

    /// Most events are about orders.
    fn concerns(recorded: &Recorded) -> bool {
        recorded.stream.aggregate_type == aggregate_type::INSTANCE
            || may_change(&recorded.event_type)
    }

    fn group(recorded: &Recorded) -> &str {
        let stream = recorded.stream.aggregate_id.as_str();
        if recorded.stream.aggregate_type == aggregate_type::EXECUTION {
            ExecutionId::parts(stream).map_or(stream, |(strategy_key, _)| strategy_key)
        } else {
            stream
        }
    }

    fn fold(
        mut rows: Vec<StoredRow>,
        recorded: &Recorded,
        taken_ids: &mut TakenIds,
    ) -> Result<Vec<StoredRow>, FoldError> {
        let before = rows.pop();
        rows.push(row_after(before, recorded, taken_ids)?);
        Ok(rows)
    }

    fn last_position(row: &StoredRow) -> Position {
        row.last_position
    }

    fn read(columns: &Columns<'_>) -> Result<StoredRow, sqlx::Error> {
        store::read(columns)
    }

    fn write(row: &StoredRow, record: &mut Record<impl Format>) {
        store::write(row, record);
    }

    async fn recall(readers: &AnyPool, table: &str) -> Result<TakenIds, sqlx::Error> {
        TakenIds::load(readers, table).await
    }
}

/// The row before and any event of an instance or its executions give the row after.
pub(crate) fn row_after(
    before: Option<StoredRow>,
    recorded: &Recorded,
    taken_ids: &mut TakenIds,
) -> Result<StoredRow, FoldError> {
    match recorded.stream.aggregate_type.as_str() {
        aggregate_type::INSTANCE => fold::fold(before, recorded.decode_as()?, recorded, taken_ids),
        aggregate_type::EXECUTION => fold_execution::fold(before, &recorded.decode_as()?, recorded),
        other => Err(DecodeError::UnknownAggregate(other.to_owned()).into()),
    }
}

#[cfg(test)]
mod tests {
    use domain::instance::InstanceEvent;
    use serde_json::{Value, json};

    use super::*;
    use crate::recorded_events::recorded;
    use crate::sql::Objects;

    fn started(config: &str) -> Recorded {
        let payload = format!(
            r#"{{"InstanceStarted":{{"number":1,"user_id":"user","client_id":"client",
            "strategy_type":"volume","executor_type":"volume","definition":null,"config":{config},
            "market_making_order_id":null,"start_price":"1","started_at":"2026-11-22T00:00:00Z"}}}}"#
        );
        Recorded {
            payload,
            event_type: "InstanceStarted".to_owned(),
            event_version: "1.0".to_owned(),
            ..recorded("strategy_instance", "user-client-volume", 1)
        }
    }

    fn folded(recorded: &Recorded) -> Result<Vec<StoredRow>, FoldError> {
        Instances::fold(vec![], recorded, &mut TakenIds::default())
    }

    #[test]
    fn a_configuration_reaches_the_table_as_it_was_written() {
        let config = r#"{"price":1.50,"pair":"BTC/USDT","tiny":0.00000000000000000000001}"#;
        let rows = folded(&started(config)).unwrap();
        let mut record = Record::<Objects>::new();
        record.begin_row();
        Instances::write(&rows[0], &mut record);
        let written: Value = serde_json::from_str(&record.finish().unwrap().written.0).unwrap();
        assert_eq!(
            (&written[0]["config"], &written[0]["parameters"]),
            (&json!(config), &Value::Null)
        );
    }

    #[test]
    fn what_the_aggregate_could_not_read_is_not_folded() {
        for config in ["[]", "null", "{\"price\":}"] {
            let recorded = started(config);
            assert!(recorded.decode_as::<InstanceEvent>().is_err());
            assert!(matches!(folded(&recorded), Err(FoldError::Payload(_))));
        }
    }

    #[test]
    fn an_event_of_another_aggregate_is_not_folded() {
        let other = recorded("strategy_definition", "volume", 1);
        assert!(matches!(folded(&other), Err(FoldError::Payload(_))));
    }
}
