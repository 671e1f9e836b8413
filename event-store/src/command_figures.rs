//! Counts commands and their times, for whoever watches the process.

use std::time::Duration;

use metrics::{counter, histogram};

use crate::command_gateway::Receipt;
use crate::error::CommandError;

pub(crate) fn note<E, R: std::error::Error>(
    aggregate: &'static str,
    answer: &Result<Receipt<E>, CommandError<R>>,
    took: Duration,
) {
    counter!("commands_total", "aggregate" => aggregate, "outcome" => outcome(answer)).increment(1);
    histogram!("command_duration_seconds", "aggregate" => aggregate).record(took);
}

fn outcome<E, R: std::error::Error>(answer: &Result<Receipt<E>, CommandError<R>>) -> &'static str {
    match answer {
        Ok(receipt) if receipt.events.is_empty() => "nothing",
        Ok(_) => "done",
        Err(CommandError::Refused(_) | CommandError::ReasonMissing | CommandError::KeyReused) => {
            "refused"
        }
        Err(CommandError::Conflict { .. } | CommandError::Moved { .. }) => "conflict",
        Err(CommandError::Store(_)) => "failed",
    }
}
