//! Trades that a venue tells of after their run is over. They moved money all the same.

use std::collections::BTreeMap;

use domain::execution::{ExecutionCommand, ExecutionId, Fill, Outcome, RecordOutcomes};
use metrics::counter;

use super::journal::{Journal, run_metadata};
use super::known_runs::Known;
use super::shared::Shared;
use super::turn::TurnError;

/// Takes those of run `number` out and returns them; records the rest in the streams they belong
/// to.
pub(super) async fn keep_of_run(
    shared: &Shared,
    fills: Vec<Fill>,
    number: Option<u32>,
) -> Result<Vec<Fill>, TurnError> {
    let mut kept = Vec::new();
    let mut others: BTreeMap<u32, (Known, Vec<Fill>)> = BTreeMap::new();
    for fill in fills {
        match shared.known_runs.owner_of(&fill.client_order_id) {
            Some((_, run)) if Some(run) == number => kept.push(fill),
            Some((known, run)) => others.entry(run).or_insert((known, vec![])).1.push(fill),
            None => {}
        }
    }
    for (run, (known, fills)) in others {
        record(shared, &known, run, fills).await?;
    }
    Ok(kept)
}

async fn record(
    shared: &Shared,
    known: &Known,
    run: u32,
    mut fills: Vec<Fill>,
) -> Result<(), TurnError> {
    let id = ExecutionId::of(&known.key, run);
    let metadata = run_metadata(&known.executor_type, &id, known.cause);
    let journal = Journal::load(shared.executions.clone(), &known.key, run, metadata).await;
    let mut journal = journal.map_err(TurnError::Load)?;
    let execution = journal.state();
    fills.retain(|fill| {
        let order = execution.known_order(&fill.client_order_id);
        if order.is_none() {
            unaccounted(fill);
        }
        order.is_some()
    });
    if fills.is_empty() {
        return Ok(());
    }
    let outcomes = fills.into_iter().map(Outcome::Filled).collect();
    let command = ExecutionCommand::RecordOutcomes(RecordOutcomes(outcomes));
    journal.record(command).await?;
    if !journal.state().is_open() {
        journal.forget();
    }
    Ok(())
}

/// A trade of an order that ended so long ago that nobody can tell whether it was counted.
pub(super) fn unaccounted(fill: &Fill) {
    counter!("trades_unaccounted_total").increment(1);
    tracing::error!(
        client_order.id = %fill.client_order_id,
        trade.id = fill.fill_id,
        price = %fill.price,
        quantity = %fill.quantity,
        "the venue tells of a trade of an order that ended long ago: compare it with the run's fills, and with the account",
    );
}
