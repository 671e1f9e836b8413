//! What readers may ask about the past of instances.

use domain::ids::{DefinitionId, StrategyKey};
use event_store::{EventLog, Position};
use futures::future::try_join_all;

use crate::error::TablesError;
use crate::instances::list::{self, InstancePage, InstanceSearch, LinkedByVersion, StateCounts};
use crate::instances::of_definitions::{self, AT_ONCE, OfDefinitions, by_definition, selections};
use crate::instances::{InstanceRow, Observed, definition_id, observed, of_its_own_stream};
use crate::paging::Page;
use crate::past::PastError;
use crate::sql::{Columns, Conditions, Use};
use crate::tables::Tables;

/// What of a row is not said by the instance's own stream.
#[derive(Debug)]
struct Moment {
    id: i64,
    definition_id: Option<DefinitionId>,
    strategy_key: StrategyKey,
    since: Position,
    observed: Observed,
    skip_reason: Option<String>,
    executed_trades: u32,
}

/// The instance when `position` was the last; `None` before its first start.
pub async fn find(
    tables: &Tables,
    log: &dyn EventLog,
    key: &StrategyKey,
    position: Position,
) -> Result<Option<InstanceRow>, PastError> {
    let mut conditions = Conditions::default();
    conditions.is(Use::LookUp, "strategy_key", key.as_str());
    let sql = format!(
        "SELECT {COLUMNS} FROM {} {}",
        then(position),
        conditions.clause()
    );
    let mut found = moments(tables, &conditions, &sql).await?;
    match found.pop() {
        Some(moment) => row(log, moment, position).await.map(Some),
        None => Ok(None),
    }
}

/// A page of the instances there were when `position` was the last.
pub async fn page(
    tables: &Tables,
    log: &dyn EventLog,
    search: &InstanceSearch,
    page: &InstancePage,
    position: Position,
) -> Result<Page<InstanceRow>, PastError> {
    let mut conditions = Conditions::default();
    let rest = list::selection(&mut conditions, search, page);
    let sql = format!("SELECT {COLUMNS} FROM {} {rest}", then(position));
    let found = moments(tables, &conditions, &sql).await?;
    let found = Page::of_one_more(found, page.limit);
    // Side by side: the log reads what it is asked for together
    let rows = found.rows.into_iter();
    let rows = try_join_all(rows.map(|moment| row(log, moment, position))).await?;
    Ok(Page {
        rows,
        more: found.more,
    })
}

/// The same page of each definition's instances, when `position` was the last. The search says
/// nothing of definitions.
pub async fn pages_of_definitions(
    tables: &Tables,
    log: &dyn EventLog,
    definitions: &[DefinitionId],
    search: &InstanceSearch,
    page: &InstancePage,
    position: Position,
) -> Result<OfDefinitions<Page<InstanceRow>>, PastError> {
    let source = then(position);
    let mut found = Vec::new();
    for definitions in definitions.chunks(AT_ONCE) {
        let (conditions, sql) = selections(COLUMNS, &source, definitions, search, page);
        found.extend(moments(tables, &conditions, &sql).await?);
    }
    let of = |moment: Moment| moment.definition_id.map(|id| (id, moment));
    let rows = found
        .into_iter()
        .filter_map(of)
        .map(|(id, moment)| async move {
            let row = row(log, moment, position).await?;
            Ok::<_, PastError>((id, row))
        });
    Ok(by_definition(try_join_all(rows).await?, page.limit))
}

/// How many of each definition's instances were in which state when `position` was the last.
pub async fn counts_of_definitions(
    tables: &Tables,
    definitions: &[DefinitionId],
    search: &InstanceSearch,
    position: Position,
) -> Result<OfDefinitions<StateCounts>, TablesError> {
    of_definitions::counts_in(tables, &then(position), definitions, search).await
}

/// How many were in which state when `position` was the last.
pub async fn counts(
    tables: &Tables,
    search: &InstanceSearch,
    position: Position,
) -> Result<StateCounts, TablesError> {
    list::counts_in(tables, &then(position), search).await
}

/// How many were linked to those definitions when `position` was the last.
pub async fn linked_by_version(
    tables: &Tables,
    ids: &[DefinitionId],
    position: Position,
) -> Result<LinkedByVersion, TablesError> {
    list::linked_in(tables, &then(position), ids).await
}

/// Each instance's newest moment up to `position`, in place of its row. One look into an index each,
/// however many moments there are.
fn then(position: Position) -> String {
    format!(
        "(SELECT i.id AS id, m.strategy_key AS strategy_key, m.since AS since, \
         m.user_id AS user_id, m.client_id AS client_id, m.executor_type AS executor_type, \
         m.definition_id AS definition_id, m.definition_version AS definition_version, \
         m.status AS status, m.observed AS observed, m.skip_reason AS skip_reason, \
         m.executed_trades AS executed_trades, m.updated_at AS updated_at \
         FROM strategy_instances AS i JOIN strategy_instance_moments AS m \
         ON m.strategy_key = i.strategy_key AND m.since = \
         (SELECT max(since) FROM strategy_instance_moments AS newest \
          WHERE newest.strategy_key = i.strategy_key AND newest.since <= {position})) AS moment"
    )
}

/// Of a [`Moment`], and what lists are sorted by.
const COLUMNS: &str = "id, definition_id, strategy_key, since, observed, skip_reason, \
    executed_trades, updated_at";

async fn moments(
    tables: &Tables,
    conditions: &Conditions,
    sql: &str,
) -> Result<Vec<Moment>, PastError> {
    let rows = conditions
        .bind(sqlx::query(sql))
        .fetch_all(tables.readers())
        .await;
    let rows = rows.map_err(TablesError::from)?;
    let read = |row| {
        let columns = Columns(row);
        Ok(Moment {
            id: columns.integer("id")?,
            definition_id: definition_id(&columns)?,
            strategy_key: columns.text("strategy_key").map(StrategyKey::new)?,
            since: columns.position("since")?,
            observed: observed(&columns.text("observed")?)?,
            skip_reason: columns.optional_text("skip_reason")?,
            executed_trades: columns.count("executed_trades")?,
        })
    };
    let moments: Result<_, sqlx::Error> = rows.iter().map(read).collect();
    Ok(moments.map_err(TablesError::from)?)
}

/// The whole row: what its own stream says, and the moment.
async fn row(
    log: &dyn EventLog,
    moment: Moment,
    position: Position,
) -> Result<InstanceRow, PastError> {
    let key = moment.strategy_key;
    let row = of_its_own_stream(log, &key, position).await?;
    let row = row.ok_or(PastError::NotInTheLog(key))?;
    Ok(InstanceRow {
        id: moment.id,
        observed: moment.observed,
        skip_reason: moment.skip_reason,
        executed_trades: moment.executed_trades,
        last_position: moment.since,
        ..row
    })
}
